"""An export as rows: CSV in whatever way it was written, with the line on which each row begins."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, zip_longest
from pathlib import Path
from statistics import mean, median

from kanban.errors import KanbanError, NotFound
from kanban.i18n import _
from kanban.imports.trouble import Trouble

_DELIMITERS = ",;\t|"
_OPEN = '"\n'
"""What stands for a row with a quote that is never closed."""
SEEN = 20
"""Records in which the separator and the headings are looked for."""
_UNIT = re.compile(r"[\W\d_]*(?:\w[\W\d_]*){0,2}|\W*[A-Z]{3}\W*")
"""A heading that says too little without what stands above it: `k€`, `%`, `HT`, `EUR`."""
LONGEST = 1 << 30
"""Bytes of an export that is read whole: a hundred times a large one."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by heading, stripped, and the line (in a workbook the row) on which it begins."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A table that was read. `troubles` are the rows that are none; `first_day` is the day before the one that is 1
    where a workbook's cell holds a day's number.
    """

    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    troubles: tuple[Trouble, ...] = ()
    first_day: date = date(1899, 12, 30)

    def values(self, heading: str) -> list[str]:
        """What stands under a heading, empty cells left out."""
        return [value for row in self.rows if (value := row.cells.get(heading, ""))]


@dataclass(frozen=True)
class Export:
    """What was exported: deals, and if it tells so what happened to them."""

    deals: Sheet
    history: Sheet | None = None
    system: str = ""
    extra: dict[str, str] = field(default_factory=dict)


def content_of(path: Path) -> bytes:
    """The bytes of an export. Raises NotFound, or KanbanError for what is no reasonable file."""
    try:
        if path.stat().st_size > LONGEST:
            raise KanbanError(_("{path} is too large").format(path=path), cure=_("split it into several files"))
        return path.read_bytes()
    except OSError as error:
        raise NotFound(_("{path} cannot be read").format(path=path), cure=_("check the path")) from error


def decoded(data: bytes) -> str:
    """The text of a file from a spreadsheet: UTF-8, UTF-16 (with a mark, or plainly so), else Windows' Western one."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    nothing = data[:400].count(0)
    if nothing > len(data[:400]) // 4:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read_csv(path: Path, data: bytes) -> Sheet:
    """A CSV or TSV file: its separator is found, quoted line breaks stay, a row that is broken breaks no other."""
    csv.field_size_limit(LONGEST)
    text = decoded(data).replace("\0", "")
    lines = list(io.StringIO(text, newline=""))
    while lines and not lines[0].strip(" \t\r\n,;"):
        lines.pop(0)
    skipped = len(list(io.StringIO(text, newline=""))) - len(lines)
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        delimiter = lines.pop(0).strip()[4]
        skipped += 1
    else:
        delimiter = max(_DELIMITERS, key=lambda mark: _usual_width(csv.reader(lines[:SEEN], delimiter=mark)))
    first = [cells for _line, cells in islice(_records(lines, delimiter, 0), SEEN)]
    top = headings_in(first)
    if not any(any(cells) for cells in first[top.start :]):
        raise KanbanError(_("{path} holds no table").format(path=path), cure=_("export it again, headings first"))
    records = islice(_records(lines, delimiter, len(top.names)), top.end, None)
    return table(path.name, top.names, ((skipped + line, cells) for line, cells in records))


def _usual_width(records: Iterator[list[str]]) -> tuple[float, float]:
    """How many cells most rows have, and all on average."""
    widths = [len(cells) for cells in records if cells] or [0]
    return median(widths), mean(widths)


@dataclass(frozen=True, slots=True)
class Top:
    """The headings of a table: in which of its records they begin and where the rows do."""

    names: tuple[str, ...]
    start: int
    end: int


def headings_in(records: Sequence[list[str]]) -> Top:
    """Where the headings are among the first records of a table.

    A spreadsheet that people look at has a title and remarks above, which fill few cells: the headings are the first
    record that fills at least half as many as the fullest. Merged cells make two of them: one over several columns
    has words below it in each of those, and no other column has.
    """
    filled = [sum(bool(cell.strip()) for cell in cells) for cells in records] or [0]
    most = max(filled)
    start = next(place for place, count in enumerate(filled) if 2 * count >= most and (count > 1 or most < 2))
    first = records[start] if records else []
    below = records[start + 1] if start + 1 < len(records) else []
    pairs = list(zip_longest((one.strip() for one in first), (one.strip() for one in below), fillvalue=""))
    if not pairs or not _are_merged(pairs):
        return Top(_headings(first), start, start + 1)
    names, group = [], ""
    for over, under in pairs:
        group = over or group
        names.append((under or over, f"{group} {under}".strip()))
    twice = Counter(name for name, _whole in names)
    told = [whole if twice[name] > 1 or _UNIT.fullmatch(name) else name for name, whole in names]
    return Top(_headings(told), start, start + 2)


def _are_merged(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether two records are the headings together: what stands over and under in each column."""
    over = [one for one, _under in pairs]
    in_group = [not one or not following for one, following in zip(over, [*over[1:], "-"], strict=True)]
    fits = all(bool(under) == group for (_over, under), group in zip(pairs, in_group, strict=True))
    return any(in_group) and fits and not any(re.search(r"\d|@", under) for _over, under in pairs)


def table(file: str, header: tuple[str, ...], records: Iterable[tuple[int, list[str]]]) -> Sheet:
    """The sheet of records; those with more cells than there are headings are trouble, empty ones nothing."""
    rows, troubles = [], []
    for line, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            reason = _("{count} cells under {headings} headings").format(count=len(cells), headings=len(header))
            troubles.append(Trouble(file, line, reason, _("put the cell that holds the separator in double quotes")))
            continue
        if cells == [_OPEN]:
            troubles.append(_unclosed(file, line))
            continue
        rows.append(Row(line, {name: cell.strip() for name, cell in zip(header, cells, strict=False) if cell.strip()}))
    return Sheet(file, header, tuple(rows), tuple(troubles))


def _headings(cells: list[str]) -> tuple[str, ...]:
    """Headings as they are, stripped; one that stands twice is numbered, one without a name has its place."""
    seen: Counter[str] = Counter()
    found = []
    for place, cell in enumerate(cells, 1):
        name = " ".join(cell.split()) or f"#{place}"
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(found)


def _records(lines: list[str], delimiter: str, width: int) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins; `width` is how many headings there are, 0 where that is not known.

    A quote that is opened and never closed swallows the lines after it. So a record of several lines is taken for its
    first one alone where it has another number of cells than the heading, an odd number of quotes, or a whole row
    inside; reading goes on below that.
    """
    at = 0
    while at < len(lines):
        reader = csv.reader((lines[place] for place in range(at, len(lines))), delimiter=delimiter)
        base = at
        for cells in reader:
            line, at = at + 1, base + reader.line_num
            if width and at > line and _swallows(lines[line - 1 : at], cells, width, delimiter):
                at = line
                yield line, [_OPEN]
                break
            yield line, cells
        else:
            return


def _swallows(lines: list[str], cells: list[str], width: int, delimiter: str) -> bool:
    if len(cells) != width or sum(line.count('"') for line in lines) % 2:
        return True
    return width > 2 and any(len(one) == width for one in csv.reader(lines[1:-1], delimiter=delimiter))


def _unclosed(file: str, line: int) -> Trouble:
    reason = _("a double quote is opened on this line and not closed where the row ends")
    return Trouble(file, line, reason, _("close it, or write two of them for one that is meant"))
