"""What most notes are made of (headings, paragraphs, lists of single lines, and no markup inside) as HTML, at a look.

What comes out is what the parser gives; wherever that could be something else, the answer is None and it is asked. Of
a site of ten thousand cards the parser takes an eighth.
"""

import re
from collections.abc import Callable

_INSIDE = r"(?:[^\W_]|[ ,.;:!?'’…()%€$£°/+=\"«»–—\u00a0\u202f-])*"
_TEXT = rf"(?!\d+[.)])[^\W_](?:{_INSIDE}[^\s\x1c-\x1f])?"
"""Begins with a letter or digit (and no number of a list), ends with no space, holds nothing that could be markup."""
_LINE = re.compile(rf"(?:(#{{1,6}}) |(- ))?({_TEXT})")
_ENDING = re.compile(r"[^\W_]|[,.;:!?'’…()%€$£°/+=\"«»–—-]")
_PARAGRAPH, _LIST, _NOTHING = "p", "ul", ""


def plain_html(text: str, heading: Callable[[int], int]) -> str | None:
    """The HTML, or None. `heading` gives for a heading's level as written, in order, the level that it gets."""
    found: list[str] = []
    lines: list[str] = []
    kind, after_blank = _NOTHING, False
    for line in text.split("\n"):
        if not line:
            after_blank = True
            continue
        match = _LINE.fullmatch(line)
        if match is None or not _ENDING.fullmatch(line[-1]):
            return None
        marks, dash, said = match.groups()
        own = _LIST if dash else _NOTHING if marks else _PARAGRAPH
        if kind == _LIST and own == (_LIST if after_blank else _PARAGRAPH):
            return None  # a list with space between its items, or a line that goes on with one
        if kind and (own != kind or after_blank):
            found.append(_block(kind, lines))
            lines = []
        said = said.replace('"', "&quot;")
        if marks:
            level = heading(len(marks))
            found.append(f"<h{level}>{said}</h{level}>\n")
        else:
            lines.append(said)
        kind, after_blank = own, False
    if kind:
        found.append(_block(kind, lines))
    return "".join(found)


def _block(kind: str, lines: list[str]) -> str:
    if kind == _LIST:
        return "<ul>\n" + "".join(f"<li>{line}</li>\n" for line in lines) + "</ul>\n"
    return "<p>" + "\n".join(lines) + "</p>\n"
