"""Where a line may break: text written by people as a printer would set it."""

import re

from kanban.i18n import current_language

_HELD = re.compile(r" (?=[·→] )|(?<=\d) (?=[^\W\d])")
_NARROW, _FULL = re.compile(r" (?=[;?!](?:\s|$))"), re.compile(r" (?=[:»](?:\s|$))|(?<=«) ")


def typeset(text: str) -> str:
    """The text with spaces that hold: a figure stays with its unit; no line begins with a separator or, in French, a
    high sign.

    Only spaces that are there are changed, none is added.
    """
    text = _HELD.sub("\u00a0", text)
    if current_language() == "fr":
        text = _FULL.sub("\u00a0", _NARROW.sub("\u202f", text))
    return text
