"""The way of one card through the board: where it stood from which working day on, and what happened to it there."""

from dataclasses import dataclass, field
from datetime import date

from kanban.demo.dossier import ROAD, Dossier
from kanban.demo.workdays import index_of


@dataclass(frozen=True, slots=True)
class Visit:
    """An entry into a column on working day `day` (counted from the opening day, negative before).

    `forced` marks an entry for which no place was free on every day of the stay.
    """

    column: str
    day: int
    forced: bool = False


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A block that has been lifted again: from `start` to `end`, both working days."""

    start: int
    end: int
    cause: str
    next: str
    owner: str


@dataclass(frozen=True, slots=True)
class Slip:
    """The close date as it was written before working day `day`."""

    day: int
    before: date


@dataclass(frozen=True)
class Journey:
    """One opportunity from its first day to its last, and its file in its last state."""

    card: str
    visits: tuple[Visit, ...]
    dossier: Dossier
    path: str
    obstacles: tuple[Obstacle, ...] = ()
    slips: tuple[Slip, ...] = ()
    first_amount: str = ""
    sdr: str = field(default="Paul")

    @property
    def service_class(self) -> str:
        """The class of service."""
        return self.dossier.value("class") or "standard"

    @property
    def is_open(self) -> bool:
        """Whether the card is still work in progress when the demonstration opens."""
        return self.visits[-1].column in ROAD


SCRIPT: dict[str, str] = {
    "menuiserie-vauclair": "prospects 2026-09-24",
    "laboratoires-ormelune": "prospects 2026-10-01",
    "transports-lormeau": "prospects 2026-09-24",
    "groupe-hestival": "prospects 2026-09-29",
    "clinique-sainte-aubiere": "prospects 2026-10-02",
    "imprimerie-delcastel": "prospects 2026-09-22",
    "cooperative-du-haut-vernay": "prospects 2026-09-17",
    "atelier-monvoisin": "prospects 2026-09-23 qualifies 2026-09-30",
    "editions-caradel": "prospects 2026-09-22 qualifies 2026-09-28",
    "norvane-logistique": "prospects 2026-09-09 qualifies 2026-09-21",
    "cabinet-ferrandier": "prospects 2026-09-14 qualifies 2026-09-29",
    "brasserie-lunaval": "prospects 2026-09-25 qualifies 2026-10-02",
    "mutuelle-orsenne": "prospects 2026-09-16 qualifies 2026-09-24",
    "verrerie-des-trois-rives": "prospects 2026-09-11 qualifies 2026-09-28",
    "acme-sso": "prospects 2026-09-09 qualifies 2026-09-16 rdv 2026-09-24",
    "domotel-services": "prospects 2026-09-10 qualifies 2026-09-17 rdv 2026-09-28",
    "fondation-valclair": "prospects 2026-09-04 qualifies 2026-09-11 rdv 2026-09-25",
    "laboratoire-gravelin": "prospects 2026-09-14 qualifies 2026-09-18 rdv 2026-09-29",
    "ecole-beaurivel": "prospects 2026-09-07 qualifies 2026-09-15 rdv 2026-09-23",
    "aeroval-maintenance": "prospects 2026-08-27 qualifies 2026-09-08 rdv 2026-09-17",
    "assurances-belmaure": "prospects 2026-08-26 qualifies 2026-09-04 rdv 2026-09-15 offre 2026-10-01",
    "sogelium-industrie": "prospects 2026-08-24 qualifies 2026-09-01 rdv 2026-09-09 offre 2026-09-30",
    "val-arzille": "prospects 2026-08-20 qualifies 2026-08-31 rdv 2026-09-07 offre 2026-09-24",
    "optique-rivadel": "prospects 2026-09-02 qualifies 2026-09-09 rdv 2026-09-16 offre 2026-09-29",
    "semences-pradelou": "prospects 2026-08-28 qualifies 2026-09-03 rdv 2026-09-11 offre 2026-09-28",
    "technivair": "prospects 2026-09-21 qualifies 2026-09-21 rdv 2026-09-21 offre 2026-09-24 negociation 2026-09-29",
    "groupe-almadine": "prospects 2026-08-11 qualifies 2026-08-20 rdv 2026-08-27 offre 2026-09-11 "
    "negociation 2026-09-23",
    "hotels-corvane": "prospects 2026-08-25 qualifies 2026-09-01 rdv 2026-09-04 offre 2026-09-17 "
    "negociation 2026-09-30",
    "studio-percevent": "prospects 2026-08-31 qualifies 2026-09-07 rdv 2026-09-10 offre 2026-09-22 "
    "negociation 2026-09-29",
    "papeteries-lanvoy": "prospects 2026-08-10 qualifies 2026-08-14 rdv 2026-08-20 offre 2026-09-02 "
    "negociation 2026-09-10 gagne 2026-09-18",
    "institut-marsaude": "prospects 2026-08-17 qualifies 2026-08-24 rdv 2026-08-28 offre 2026-09-08 "
    "negociation 2026-09-16 gagne 2026-09-25",
    "cargoval": "prospects 2026-08-18 qualifies 2026-08-25 rdv 2026-09-01 offre 2026-09-15 "
    "negociation 2026-09-22 gagne 2026-10-01",
    "textiles-dorvigne": "prospects 2026-08-06 qualifies 2026-08-17 rdv 2026-08-25 offre 2026-09-07 "
    "negociation 2026-09-17 perdu 2026-09-29",
    "groupe-eskaline": "prospects 2026-07-30 qualifies 2026-08-10 rdv 2026-08-19 offre 2026-09-03 perdu 2026-09-24",
    "cinemas-lutessor": "prospects 2026-08-28 qualifies 2026-09-04 rdv 2026-09-11 perdu 2026-09-29",
    "pepinieres-vertamont": "prospects 2026-09-08 qualifies 2026-09-15 perdu 2026-09-23",
    "etude-chambrelan": "prospects 2026-09-01 nurturing 2026-09-28",
    "musee-de-l-arvane": "prospects 2026-08-19 nurturing 2026-09-22",
    "quintessor": "prospects 2026-08-27 qualifies 2026-09-07 nurturing 2026-09-30",
}
"""The cards of `example-board/`: the columns they went through, each with its day of entry."""

_SLIPPED = {
    "groupe-almadine": ("2026-09-21", "2026-09-30"),
    "hotels-corvane": ("2026-09-24", "2026-09-30"),
    "sogelium-industrie": ("2026-09-21", "2026-09-25"),
    "aeroval-maintenance": ("2026-09-25", "2026-10-30"),
}


def scripted_journey(path: str, text: str) -> Journey:
    """The journey of one card of the example board. Raises KeyError for a card that the script does not know."""
    card = path.rsplit("/", 1)[-1].removesuffix(".md")
    words = SCRIPT[card].split()
    visits = tuple(
        Visit(column, index_of(date.fromisoformat(day))) for column, day in zip(words[::2], words[1::2], strict=True)
    )
    slips: tuple[Slip, ...] = ()
    if card in _SLIPPED:
        day, before = map(date.fromisoformat, _SLIPPED[card])
        slips = (Slip(index_of(day), before),)
    return Journey(card, visits, Dossier(text), path, slips=slips, sdr=("Inès", "Paul")[len(card) % 2])
