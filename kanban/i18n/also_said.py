"""Words that people type for a word of ours: the sheet's own, other genders, what sales people say.

Both languages stand here, so that a board which keeps the French word (`lost_reasons: [prix]`) understands the English
one, whatever the language in force.
"""

from functools import cache

_MEANING = {
    "high": ("haute", "haut", "élevé", "élevée"),
    "medium": ("moyen", "moyenne"),
    "low": ("faible", "basse", "bas"),
    "keep": ("garder",),
    "adjust": ("ajuster",),
    "drop": ("jeter", "abandonner"),
    "discovery": ("découverte", "entrant", "inbound"),
    "outbound": ("sortant", "prospection"),
    "offer": ("offre", "chiffrage"),
    "negotiation": ("négociation", "closing"),
    "inbound": ("entrant",),
    "referral": ("recommandation", "référence", "parrainage"),
    "trade show": ("salon",),
    "partner": ("partenaire", "partenariat"),
    "standard": ("normal", "normale"),
    "fixed date": ("fixed", "date fixe", "échéance fixe"),
    "expedite": ("incident", "urgent", "urgente", "urgence"),
    "price": ("prix",),
    "timing": ("délai", "calendrier"),
    "fit": ("adéquation",),
    "competition": ("concurrence", "concurrent", "competitor"),
    "call": ("appel", "phone", "téléphone", "tél"),
    "mail": ("email", "e-mail", "courriel"),
    "other": ("autre",),
    "follow up": ("relance", "relance offre", "relance post offre", "suivi"),
    "follow up again": ("seconde relance", "relance 2"),
    "meeting close": ("close du rdv", "clôture rdv", "fin de rdv", "close rdv"),
    "meeting confirmation": ("confirmation", "confirmation rdv"),
    "meeting reminder": ("rappel", "rappel rdv", "reminder"),
    "price objection": ("objection", "objection prix"),
    "throughput": ("débit", "gagnées par semaine", "wins"),
    "cycle time": ("temps de cycle", "durée de cycle", "délai"),
    "win rate": ("taux de gain", "taux de signature"),
    "arrivals": ("arrivées", "entrées"),
    "wip": ("encours", "en cours"),
    "reports in time": ("cr à temps", "cr sous 24 h", "comptes rendus à temps"),
    "follow ups in time": ("relances à temps",),
    "conversion": ("taux de conversion",),
    "time in column": ("temps en colonne", "temps dans la colonne"),
    "age": ("âge", "âge des cartes"),
    "weighted pipeline": ("pipe pondéré", "pipeline pondéré"),
    "without next action": ("sans prochaine action",),
    "phone": ("téléprospection", "prospection"),
    "previous": ("précédent", "précédente", "d'avant"),
    "contact opt in": ("opt in", "contact opt in"),
    "need explicit": ("besoin explicite",),
    "budget plausible": ("budget plausible",),
    "decision maker": ("décideur identifié", "décideur"),
    "agenda sent": ("agenda envoyé", "ordre du jour envoyé"),
    "meeting held": ("rdv tenu", "rendez vous tenu", "rdv replanifié"),
    "brief validated": ("brief validé",),
    "receipt acknowledged": ("accusé de réception",),
    "open": ("ouvert", "ouverte"),
    "won": ("gagné", "gagnée", "gagnés"),
    "lost": ("perdu", "perdue", "perdus"),
    "parked": ("garé", "en attente", "nurturing"),
    "prospects": ("prospect",),
    "qualified": ("qualifié", "qualifiés"),
    "meeting": ("rdv", "rendez vous"),
    "block": ("bloquer", "bloque", "bloqué", "bloquant"),
    "warn": ("avertir", "avertit", "prévenir"),
    "off": ("arrêté", "désactivé", "aucun"),
    "hard": ("strict", "stricte", "dur"),
    "error": ("erreur",),
    "warning": ("avertissement",),
    "ticked": ("coché", "cochée"),
    "present": ("présent", "rempli"),
    "positive": ("positif",),
    "future": ("à venir", "futur"),
    "timed": ("avec heure", "daté avec heure"),
    "any": ("tout", "toutes", "tous"),
    "money": ("montant", "argent"),
    "text": ("texte",),
    "day": ("jour",),
    "choice": ("choix",),
    "list": ("liste",),
    "yes no": ("oui non",),
    "number": ("nombre",),
    "share": ("part", "pourcentage"),
    "fr": ("français", "french"),
    "en": ("anglais", "english"),
    "mon": ("monday", "lun", "lundi"),
    "tue": ("tuesday", "mar", "mardi"),
    "wed": ("wednesday", "mer", "mercredi"),
    "thu": ("thursday", "jeu", "jeudi"),
    "fri": ("friday", "ven", "vendredi"),
    "sat": ("saturday", "sam", "samedi"),
    "sun": ("sunday", "dim", "dimanche"),
}
"""A word of ours, spaces for its hyphens → what people type for it. A word may stand for several of ours."""


def _plain(word: str) -> str:
    return " ".join(word.replace("-", " ").replace("_", " ").split()).casefold()


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for main, others in _MEANING.items():
        for word in (main, *others):
            known = found.get(_plain(word), ())
            found[_plain(word)] = tuple(dict.fromkeys((*known, main, *others)))
    return found


def also_said(word: str) -> tuple[str, ...]:
    """Every word that means the same, hyphens as spaces, a plain form of `word` among them; () when we know of none."""
    return _groups().get(_plain(word), ())
