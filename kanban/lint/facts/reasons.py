"""Which normalised reason a person meant by the text they wrote."""

import re

from kanban.i18n import _, use_language
from kanban.model.cards.board import plain
from kanban.model.settings.board_yml import BoardConfig

_ALSO = {
    "price": ("prix", "cost", "expensive", "cher", "chère", "trop cher", "tarif", "budget", "too expensive"),
    "timing": ("délai", "delai", "calendrier", "report", "postponed", "later", "plus tard", "too late", "trop tard"),
    "fit": ("besoin", "adéquation", "fonctionnel", "features", "no need", "pas de besoin", "pas adapté", "not a fit"),
    "competition": ("concurrence", "concurrent", "competitor", "competitors", "compétition", "concurrents"),
}


def reason_meant(text: str, config: BoardConfig) -> str:
    """The only reason of the board that the text can mean, "" when there is none or several."""
    words = plain(re.sub(r"[.!…\s]+$", "", text.strip()))
    if not words:
        return ""
    meant = {reason for reason in config.lost_reasons if words in _names(reason)}
    return meant.pop() if len(meant) == 1 else ""


def _names(reason: str) -> set[str]:
    names = {reason, *_ALSO.get(reason, ())}
    for language in ("en", "fr"):
        with use_language(language):
            names.add(_(reason))
    return {plain(name) for name in names}
