"""A fix as an edit of lines, so that it travels: into JSON, review tools, code scanning and a forge's suggestion."""

from kanban.errors import EditConflict
from kanban.lint.finding import Fix
from kanban.values import dataclass

_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Edit:
    """Lines of one file to be replaced. `path` is relative to the board.

    The lines `start` to `end` (1-based, both taken) give way to `text`; with `end` = `start` − 1 the text is put in
    before the line `start`. Every line of `text` ends as the file's lines do; "" deletes.
    """

    path: str
    start: int
    end: int
    text: str


def edit_of(fix: Fix, before: bytes | None) -> Edit | None:
    """The edit that makes a fix; None where it cannot be said as one: a file that comes or goes, or is not text."""
    try:
        after = fix.change(before) if before is not None else None
        if before is None or after is None or before == after or before[:3] == _MARK != after[:3]:
            return None
        old, new = (_lines(data) for data in (before, after))
    except (EditConflict, UnicodeDecodeError):
        return None
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    return Edit(fix.path, head + 1, len(old) - tail, "".join(new[head : len(new) - tail]))


def _lines(data: bytes) -> list[str]:
    """Lines with their ends, told apart as editors and forges do: by line feeds alone."""
    lines = data.removeprefix(_MARK).decode("utf-8").split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _alike(one: list[str], other: list[str]) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
