"""An Excel workbook as rows, by the library of the extra `imports`."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from kanban.errors import ExtraMissing, KanbanError
from kanban.i18n import _
from kanban.imports.tables.sheet import SEEN, Sheet, headings_in, table
from kanban.imports.trouble import Trouble

LARGEST = 200_000_000
"""Bytes of an unpacked workbook: some hundred thousand deals. A small file may unpack without end."""
_UNCOUNTED = re.compile(
    rb'<c r="[A-Z]+(\d+)"(?![^>]*\bt="str")[^>]*><f\b(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>'
)
"""A cell with a formula and no value; one whose result is an empty text says so."""
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_WIDEST = 256
MOST_CELLS = 10_000_000
"""Cells of a sheet, empty ones too: one cell in the last column makes a row of sixteen thousand."""


def read_workbook(path: Path, data: bytes, name: str = "") -> Sheet:
    """One sheet of a workbook, the first unless one is named: what its cells show, formulas by their last result."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise ExtraMissing(_("reading workbooks needs the extra `imports`"), "imports") from error

    try:
        with ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(one.file_size for one in packed.infolist())
        if unpacked > LARGEST:
            message = _("{path} holds {size} MB when it is unpacked").format(path=path, size=unpacked // 1_000_000)
            raise KanbanError(message, cure=_("export the rows that you need as CSV (UTF-8)"))
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        if name and name not in book.sheetnames:
            cure = _("there are {names}").format(names=", ".join(book.sheetnames))
            raise KanbanError(_("there is no sheet “{name}” in {path}").format(name=name, path=path), cure=cure)
        sheet = book[name] if name else book.worksheets[0]
        records, text = list(_records(sheet)), _text_of(data, sheet)
    except KanbanError:
        raise
    except Exception as error:  # the library raises whatever a damaged file leads it to
        message = _("{path} is no workbook that can be read: {reason}").format(path=path, reason=error)
        raise KanbanError(message, cure=_("save it as CSV (UTF-8)")) from error
    if not records:
        raise KanbanError(_("{path} holds no table").format(path=path), cure=_("name another with `--sheet`"))
    top = headings_in([cells for _line, cells in records[:SEEN]])
    found = table(path.name, top.names, _filled(records[top.end :], text))
    uncounted = frozenset(int(one[1]) for one in _UNCOUNTED.finditer(text)) if b"<f" in text else frozenset()
    reason = _("a formula in this row has no result yet")
    cure = _("open the workbook in a spreadsheet, save it, and import it again")
    troubles = [Trouble(path.name, row.line, reason, cure) for row in found.rows if row.line in uncounted]
    rows = tuple(row for row in found.rows if row.line not in uncounted)
    first = book.epoch.date()  # of 1904 in workbooks that began on an old Macintosh
    return replace(found, rows=rows, troubles=(*found.troubles, *troubles), first_day=first)


def _text_of(data: bytes, sheet: Any) -> bytes:
    """The sheet as the workbook holds it: what the library passes by where it reads row by row.

    Which formulas nothing has worked out, for programs that write workbooks leave that to the spreadsheet, and which
    cells are merged.
    """
    with ZipFile(io.BytesIO(data)) as packed:
        return packed.read(sheet._worksheet_path.lstrip("/"))


def _filled(records: list[tuple[int, list[str]]], text: bytes) -> list[tuple[int, list[str]]]:
    """The records, with what stands in a cell that is merged over several rows in each of them."""
    by_row = dict(records)
    for left, top, right, bottom in _MERGED.findall(text):
        first = by_row.get(int(top))
        if first is None or left != right:
            continue
        at = _place_of(left)
        for number in range(int(top) + 1, min(int(bottom), records[-1][0]) + 1):
            cells = by_row.get(number, [])
            if at < min(len(first), len(cells)) and any(cells):
                cells[at] = cells[at] or first[at]
    return records


def _place_of(letters: bytes) -> int:
    """Where a column stands: A is 0, AA is 26."""
    place = 0
    for letter in letters:
        place = 26 * place + letter - 64
    return place - 1


def _records(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    said = sheet.max_column or 0
    least = said if said <= _WIDEST else 0  # columns that are empty to the end have their place all the same
    sheet.reset_dimensions()  # what a workbook says of its own size is often wrong, and rows would be left out
    begun, held = False, 0
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        held += len(cells) + 1
        if held > MOST_CELLS:
            raise KanbanError(
                _("row {number} lies beyond what is read of a sheet").format(number=number),
                cure=_("export the rows that you need as CSV (UTF-8)"),
            )
        texts = [*(_text(cell) for cell in cells), *[""] * (least - len(cells))]
        begun = begun or any(texts)
        if begun:
            yield number, texts


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell)
    return f"{text}0" if isinstance(cell, float) and len(text.partition(".")[2]) == 3 else text  # no thousands
