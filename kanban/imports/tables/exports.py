"""A file or folder that somebody exported, read by what it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.imports.tables.boards_elsewhere import read_backlog, read_trello
from kanban.imports.tables.sheet import Export, Sheet, content_of, read_csv
from kanban.imports.tables.workbook import read_workbook

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def read_export(path: Path, history: Path | None = None, sheet: str = "") -> Export:
    """The deals in a file or folder, and the history beside it. Raises KanbanError for what cannot be read."""
    export = read_backlog(path) if path.is_dir() else _read_file(path, sheet)
    return export if history is None else replace(export, history=_table(history, content_of(history), ""))


def _read_file(path: Path, sheet: str) -> Export:
    data = content_of(path)
    if path.suffix.lower() == ".json" or data.lstrip()[:1] == b"{":
        return read_trello(path, data)
    return Export(_table(path, data, sheet))


def _table(path: Path, data: bytes, sheet: str) -> Sheet:
    if data.startswith(_ZIP) or (path.suffix.lower() in (".xlsx", ".xlsm") and not data.startswith(_OLD_EXCEL)):
        return read_workbook(path, data, sheet)
    if data.startswith(_OLD_EXCEL):
        message = _("{path} is a workbook of an old Excel, or one with a password").format(path=path)
        raise KanbanError(message, cure=_("save it as .xlsx without a password, or as CSV (UTF-8)"))
    return read_csv(path, data)
