"""Where a line may break: text written by people as a printer would set it."""

import re

from markupsafe import Markup, escape

from kanban.i18n import current_language

_HELD = re.compile(r" (?=[·→] )|(?<=\d) (?=[^\W\d]|[€$£¥%]|\d{3}\b)")
_NARROW, _FULL = re.compile(r" (?=[;?!](?:\s|$))"), re.compile(r" (?=[:»](?:\s|$))|(?<=«) ")

_LEFTWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RUNS = re.compile(rf"([{_LEFTWARD}](?:[{_LEFTWARD}\s.,'’-]*[{_LEFTWARD}])?)")


def isolated(text: str) -> Markup:
    """The text, escaped; words read from right to left stand apart, so that they turn nothing beside them around."""
    return Markup("").join(
        Markup("<bdi>{}</bdi>").format(part) if at % 2 else escape(part) for at, part in enumerate(_RUNS.split(text))
    )


def typeset(text: str) -> str:
    """The text with spaces that hold: a figure stays whole and with its unit; no line begins with a separator or, in
    French, a high sign.

    Only spaces that are there are changed, none is added.
    """
    text = _HELD.sub("\u00a0", text)
    if current_language() == "fr":
        text = _FULL.sub("\u00a0", _NARROW.sub("\u202f", text))
    return text
