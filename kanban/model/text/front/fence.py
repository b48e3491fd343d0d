"""The two `---` lines around a card's front matter: where they stand, and what is wrong when they do not."""

import re

from kanban.i18n import _
from kanban.model.text.problem import LINE_BREAK, Problem, line_and_column, line_at, line_end
from kanban.values import dataclass

# Possessive and atomic groups: a file of a hundred thousand line ends must not be tried in every combination.
_LEADING = re.compile(r"(?>(?:[ \t]*+|[<|=>]{7,}+(?:[ \t][^\r\n]*+)?+)(?>\r\n|\n|\r))*+")
_FENCE = re.compile(r"---[ \t]*+(?>\r\n|\n|\r|\Z)")
_NEAR_OPENING = re.compile(r"[\s\ufeff\u200b]*+(?:-{4,}|[-–—―]{1,3}|-{3}[ \t]+\S.*)[ \t]*$")
_NEAR_CLOSING = re.compile(r"(?:-{4,}|[ \t]+-{3,}|[–—―]{1,3}|\.{3})[ \t]*$")
_FOREIGN = re.compile(r"(?:\{[ \t]*$|\{[ \t]*\"|;;;|\+\+\+|<\?|---[ \t]*(?:json|toml)\b)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Fence:
    """The front matter block of a text, as offsets.

    `block` runs from the opening `---` to just past the closing one's line break, `inside` is the YAML between
    them; both are (0, 0) without front matter. `whole` is False when what is inside cannot be trusted.
    """

    block: tuple[int, int]
    inside: tuple[int, int]
    whole: bool
    problems: tuple[Problem, ...] = ()


def find_fence(text: str) -> Fence:
    """Find the front matter of `text`. Blank lines and conflict markers above it are passed over, and reported."""
    start = _first_line(text)
    opening = _FENCE.match(text, start)
    if opening is None:
        return _without_opening(text, start)
    problems = () if _is_top(text, start) else (_not_first(text, start),)
    closing = _closing(text, opening.end())
    if closing is None:
        return _unclosed(text, start, opening.end(), problems)
    return Fence((start, closing.end()), (opening.end(), closing.start()), True, problems)


def _first_line(text: str) -> int:
    leading = _LEADING.match(text)
    return leading.end() if leading else 0


def _is_top(text: str, start: int) -> bool:
    return start == 0 or any(mark in text[:start] for mark in "<|=>")


def _closing(text: str, position: int) -> re.Match[str] | None:
    for found in _FENCE.finditer(text, position):
        if text[found.start() - 1] in "\r\n":
            return found
    return None


def _not_first(text: str, start: int) -> Problem:
    line, column = line_and_column(text, start)
    message = _("the front matter begins on line {line}; other tools see it on line 1 only").format(line=line)
    return Problem("", line, column, "front-matter-not-first", message, _("delete the empty lines above `---`"))


def _without_opening(text: str, start: int) -> Fence:
    line, column = line_and_column(text, start)
    shown = line_at(text, start)
    if _FOREIGN.match(text, start):
        message = _("front matter that begins with `{text}` is JSON or TOML, not YAML").format(text=shown[:40])
        cure = _("write it as `key: value` lines between two `---` lines")
        return Fence((0, 0), (0, 0), False, (Problem("", line, column, "foreign-front-matter", message, cure),))
    if _NEAR_OPENING.match(shown):
        message = _("`{text}` does not open a front matter: it takes exactly three dashes").format(text=shown[:40])
        problem = Problem("", line, column, "no-front-matter", message, _("write `---` alone on that line"))
        inside = line_end(text, start)
        near = _near_closing(text, inside)
        return Fence((start, near[1]), (inside, near[0]), False, (problem,))
    cure = _("begin the file with a `---` line, `key: value` lines, and another `---` line")
    problem = Problem("", 1, 1, "no-front-matter", _("the card has no front matter"), cure)
    return Fence((0, 0), (0, 0), True, (problem,))


def _unclosed(text: str, start: int, inside: int, problems: tuple[Problem, ...]) -> Fence:
    line, column = line_and_column(text, start)
    message = _("the front matter opened on line {line} is never closed").format(line=line)
    cure = _("put a line with `---` alone after the last field")
    end, after = _near_closing(text, inside)
    near = text[end:after].strip()
    if near:
        cure = _("write `---` in place of `{text}` on line {line}").format(
            text=near[:40], line=line_and_column(text, end)[0]
        )
    problem = Problem("", line, column, "unclosed-front-matter", message, cure)
    return Fence((start, after), (inside, end), False, (*problems, problem))


def _near_closing(text: str, position: int) -> tuple[int, int]:
    """Where a front matter that is not closed most likely ends: at a line that looks like a fence, else a blank one."""
    blank: tuple[int, int] | None = None
    while position < len(text):
        found = LINE_BREAK.search(text, position)
        end, after = (found.start(), found.end()) if found else (len(text), len(text))
        line = text[position:end]
        if line.startswith("---") and not line.strip("- \t"):
            return position, after
        if blank is None and _NEAR_CLOSING.match(line):
            return position, after
        if blank is None and not line.strip():
            blank = position, after
        position = after
    return blank or (len(text), len(text))
