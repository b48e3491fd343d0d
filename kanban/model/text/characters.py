"""What a card's text must not hide: control and invisible characters, merge conflict markers, stray line ends."""

import re
import unicodedata

from kanban.i18n import _
from kanban.model.text.problem import LINE_BREAK, Problem, line_and_column, line_end
from kanban.patterns import pattern

# A file full of them is one mistake: the first ones are enough to find it.
MOST = 50

_SUSPECT = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional controls
    "\u200b-\u200d\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"  # invisible, separators
    "\U000e0000-\U000e007f]"  # tags
)
_CONFLICT = pattern(r"(?:(?<=[\r\n])|\A)([<|=>])\1{6,}(?=[ \t\r\n]|\Z)")
_LONE_RETURN = pattern(r"\r(?!\n)")
_BLACK_FLAG = "\U0001f3f4"
_LONGEST_FLAG = 8


def next_suspect(text: str, position: int = 0) -> re.Match[str] | None:
    """The next character nobody sees and that changes what is read; joiners inside emoji are left alone."""
    return next((found for found in _SUSPECT.finditer(text, position) if not _joins(text, found.start())), None)


def _joins(text: str, offset: int) -> bool:
    """True for a joiner between two characters that are not Latin, and for the tags of a flag emoji."""
    character = text[offset]
    if character in "\u200c\u200d":
        before, after = text[max(0, offset - 1) : offset], text[offset + 1 : offset + 2]
        return before >= "\u0300" and after >= "\u0300"
    if "\U000e0020" <= character <= "\U000e007f":
        flag = text.rfind(_BLACK_FLAG, max(0, offset - _LONGEST_FLAG), offset)
        return flag >= 0 and all("\U000e0020" <= tag <= "\U000e007e" for tag in text[flag + 1 : offset])
    return False


def name_of(character: str) -> str:
    """`U+200B ZERO WIDTH SPACE`, or the code alone when Unicode gives no name."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def character_problems(text: str) -> list[Problem]:
    """One problem for each line with characters nobody sees, `binary` for the first NUL."""
    if text.replace("\n", "").isprintable():  # most texts, told ten times as quickly
        return []
    problems: list[Problem] = []
    binary = False
    found = next_suspect(text)
    while found is not None and len(problems) < MOST:
        line, column = line_and_column(text, found.start())
        if found.group() != "\0":
            problems.append(_hidden(line, column, found.group()))
        elif not binary:
            binary = True
            problems.append(_binary(line, column))
        found = next_suspect(text, line_end(text, found.start()))
    return problems


def _binary(line: int, column: int) -> Problem:
    message = _("a zero byte stands here: git and editors take the file for a binary one")
    return Problem("", line, column, "binary", message, _("delete it, or save the card as UTF-8 text again"))


def _hidden(line: int, column: int, character: str, key: str = "") -> Problem:
    message = _("an invisible character stands here: {name}").format(name=name_of(character))
    cure = _("delete it and type the words around it again")
    return Problem("", line, column, "control-character", message, cure, key)


def hidden_in_value(value: str, key: str, line: int, column: int) -> Problem | None:
    """The problem when a quoted value, once its escapes are read, holds an invisible character."""
    found = next_suspect(value)
    return _hidden(line, column, found.group(), key) if found else None


def with_signs(text: str) -> str:
    """The text with a visible sign (U+FFFD) in place of each character nobody sees, and with LF line ends."""
    kept, position = [], 0
    while found := next_suspect(text, position):
        kept += [text[position : found.start()], "\ufffd"]
        position = found.end()
    return LINE_BREAK.sub("\n", "".join([*kept, text[position:]])) if kept or "\r" in text else text


def conflict_problems(text: str, front_end: int) -> list[Problem]:
    """Lines that git leaves where a merge could not decide. `front_end` is where the front matter ends.

    `=======` is also how Markdown underlines a heading: in the body it counts only after a `<<<<<<<`.
    """
    if "<<<<<<<" not in text and ">>>>>>>" not in text and "|||||||" not in text and "=======" not in text[:front_end]:
        return []
    problems: list[Problem] = []
    opened = False
    for found in _CONFLICT.finditer(text):
        mark = found.group(1)
        if mark == "=" and not opened and found.start() >= front_end:
            continue
        opened = mark == "<" or (opened and mark != ">")
        line, column = line_and_column(text, found.start())
        message = _("`{text}` is left over from a merge").format(text=found.group()[:20])
        cure = _("keep the lines that are right and delete the lines with the markers")
        problems.append(Problem("", line, column, "conflict-marker", message, cure))
        if len(problems) >= MOST:
            break
    return problems


def main_newline(text: str) -> str:
    """The line end most lines have: `\\n`, `\\r\\n` or `\\r`; `\\n` when there is none."""
    if "\r" not in text:
        return "\n"
    pairs = text.count("\r\n")
    alone = text.count("\r") - pairs
    feeds = text.count("\n") - pairs
    most = max(pairs, alone, feeds)
    return "\n" if most == feeds else "\r\n" if most == pairs else "\r"


def newline_problems(text: str, newline: str) -> list[Problem]:
    """One problem when the file's lines do not all end alike, or when one ends in a lone carriage return."""
    if "\r" not in text:
        return []
    lone = _LONE_RETURN.search(text)
    if lone is not None:
        line, column = line_and_column(text, lone.start())
        message = _("this line ends with a lone carriage return, which git and most tools do not see as a line end")
        return [Problem("", line, column, "carriage-return", message, _("save the file with LF line ends"))]
    odd = next((found for found in LINE_BREAK.finditer(text) if found.group() != newline), None)
    if odd is None:
        return []
    line, column = line_and_column(text, odd.start())
    message = _("this line does not end like the others: the file mixes LF and CRLF")
    return [Problem("", line, column, "mixed-newlines", message, _("save the file with one kind of line end"))]
