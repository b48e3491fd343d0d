"""Columns of a board and what each asks of a card: limits, readiness, ageing."""

from decimal import Decimal

from kanban.i18n import N_, _
from kanban.model.settings.declared import setting
from kanban.model.settings.kinds import Choice, Flag, Listed, Number, Record, Share, Shorthand, Text
from kanban.values import dataclass

KEY = r"[a-z0-9][a-z0-9_-]{0,39}"
KEY_HINT = N_("use lower-case letters, digits and hyphens")
FOLDER = r"[^/\\:*?\"<>|\x00-\x1f.][^/\\:*?\"<>|\x00-\x1f]{0,79}"

KINDS = ("open", "won", "lost", "parked")
CHECKS = ("ticked", "present", "positive", "future", "timed", "yes")
STAGES = ("prospects", "qualified", "meeting", "offer", "negotiation")

STAGE_OF_KEY = {
    "prospects": "prospects",
    "a-appeler": "prospects",
    "to-call": "prospects",
    "leads": "prospects",
    "qualifies": "qualified",
    "qualified": "qualified",
    "appele": "qualified",
    "called": "qualified",
    "rdv": "meeting",
    "rdv-pris": "meeting",
    "meeting": "meeting",
    "meeting-booked": "meeting",
    "offre": "offer",
    "offer": "offer",
    "negociation": "negotiation",
    "negotiation": "negotiation",
}
"""Which step of the sale a column is that is called so, in either language."""
KIND_OF_KEY = {"gagne": "won", "won": "won", "perdu": "lost", "lost": "lost", "nurturing": "parked", "parked": "parked"}
"""Which kind of exit a column is that is called so, in either language."""
OTHER_NAME = {"rappel": "call-back", "call-back": "rappel"}
"""A column of the presets that is no step of its own, in the other language."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of a Definition of Ready or Done: a human tick, or a check of a field.

    A tick is stored on the card (`dor: [agenda-sent]`, `dod: [meeting-held]`). `future` and `timed` are asked
    when the card enters the column; later only that the field is there.
    """

    id: str = setting(Text(KEY, KEY_HINT), "the name that is ticked on the card", required=True)
    label: str = setting(Text(), "what it means, in the team's words; default: the id", default="")
    field: str = setting(Text(KEY, KEY_HINT), "the field to check; without it a person ticks", default="")
    check: str = setting(
        Choice(*CHECKS),
        "`present`: filled; `positive`: an amount above 0; `future`: a day not before today; "
        "`timed`: a future day with a time; `yes`: marked yes; `ticked`: a person ticked it",
        default="",
    )

    @property
    def effective_check(self) -> str:
        """The check that applies: `ticked` without a field, `present` with one unless another is named."""
        return self.check or ("present" if self.field else "ticked")

    @property
    def text(self) -> str:
        """The label, or the id made readable."""
        return _(self.label) if self.label else self.id.replace("-", " ")


@dataclass(frozen=True, slots=True)
class Ageing:
    """Traffic light on days in the column: green up to and including `amber`, red above `red`."""

    amber: int = setting(Number(0, 3650), "last green day in the column", required=True)
    red: int = setting(Number(0, 3650), "last amber day in the column", required=True)

    def light(self, column_days: int) -> str:
        """`green`, `amber` or `red` for a card that entered its column `column_days` days ago."""
        if column_days <= self.amber:
            return "green"
        return "amber" if column_days <= self.red else "red"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a folder of cards with its limit and its rules."""

    key: str = setting(Text(KEY, KEY_HINT), "the column's name in commands and JSON", required=True)
    name: str = setting(Text(), "the name people read; default: the key", default="")
    folder: str = setting(Text(FOLDER, N_("use one plain folder name")), "its folder; default: the key", default="")
    kind: str = setting(Choice(*KINDS), "`open`, or an exit: `won`, `lost`, `parked`", default="open")
    stage: str = setting(
        Choice(*STAGES),
        "which step of the sale it is, for diagnosis and rituals; known for the presets' keys",
        default="",
    )
    wip: int | None = setting(Number(0, 10_000), "the most cards the column may hold; none: no limit", default=None)
    wip_mode: str = setting(
        Choice("hard", "warn"), "`hard` refuses a pull over the limit, `warn` only says so", default="hard"
    )
    wip_per_owner: int | None = setting(Number(0, 10_000), "the most cards one owner may hold here", default=None)
    dor: tuple[Requirement, ...] = setting(
        Listed(Shorthand(Requirement, "requirement", "id")),
        "Definition of Ready: asked of a card that enters",
        default=(),
    )
    dod: tuple[Requirement, ...] = setting(
        Listed(Shorthand(Requirement, "requirement", "id")),
        "Definition of Done: asked of a card that leaves forward",
        default=(),
    )
    ageing: Ageing | None = setting(Record(Ageing, "ageing"), "traffic light on days in the column", default=None)
    escalate: int | None = setting(Number(0, 3650), "days in the column from which on a manager is told", default=None)
    stale_after: int | None = setting(
        Number(0, 3650), "days without any action after which a card here is stale; default: the board's", default=None
    )
    purge_after: int | None = setting(
        Number(0, 3650), "days without any action after which a card is proposed for parking", default=None
    )
    follow_up: tuple[int, ...] = setting(
        Listed(Number(0, 365)), "days after entry on which a follow-up is due, such as [2, 7]", default=()
    )
    catch_up: bool | None = setting(
        Flag(), "due follow-ups here come before new prospects; default: meeting, offer and negotiation", default=None
    )
    probability: Decimal | None = setting(Share(), "probability of a card that declares none", default=None)
    active: bool = setting(Flag(), "no for a column in which cards wait for the customer", default=True)
    formerly: tuple[str, ...] = setting(Listed(Text()), "earlier folder names or keys of this column", default=())
    rules: tuple[str, ...] = setting(Listed(Text()), "further rules printed on the column's banner", default=())

    @property
    def title(self) -> str:
        """The name people read."""
        return self.name or self.key

    @property
    def directory(self) -> str:
        """The folder's name under the board."""
        return self.folder or self.key

    @property
    def is_open(self) -> bool:
        """Whether cards here are work in progress."""
        return self.kind == "open"

    @property
    def effective_stage(self) -> str:
        """The step of the sale: declared, or known from a preset's key; "" when neither."""
        return self.stage or (STAGE_OF_KEY.get(self.key, "") if self.is_open else "")

    @property
    def catches_up(self) -> bool:
        """Whether due work here comes before pulling or adding prospects (D05)."""
        if self.catch_up is not None:
            return self.catch_up and self.is_open
        return self.effective_stage in ("meeting", "offer", "negotiation")
