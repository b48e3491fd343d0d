"""A journal that was found is believed only as far as it can be one of ours, for this repository.

It may have been copied along with a folder, cut short by a broken disk, or planted: nothing in it may name a file
outside the working tree, or another repository.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.repository.write.durable.journal import VERSION, Journal, Odd, Step, place_of
from kanban.repository.write.paths.path_state import Entry
from kanban.repository.write.paths.private_index import Placing
from kanban.schemas.reading import foreign_json

_NAME = re.compile(r"[0-9a-f]{12}")
_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_BRANCH = re.compile(r"HEAD|refs/heads/[^\x00-\x20\x7f~^:?*\[\\]+")
_MODES = ("100644", "100755", "120000", "160000")


class ForeignJournal(KanbanError):
    """A journal stands there that no write in this repository left, or one that this version cannot read."""


def load(common_dir: Path) -> Journal | None:
    """The journal of a write that was interrupted; None when there is none. Raises `ForeignJournal`."""
    file = place_of(common_dir)
    try:
        record: Any = foreign_json(file.read_bytes())
    except FileNotFoundError:
        return None
    except (ValueError, OSError):
        raise foreign(file) from None
    try:
        return _journal(dict(record))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise foreign(file) from None


def foreign(file: Path) -> ForeignJournal:
    """The error to raise for a journal that is not believed."""
    return ForeignJournal(
        _("the journal of an interrupted write cannot be one of this repository or of this version of kanban"),
        cure=_("`kanban doctor --repair` puts it aside, then `kanban lint` shows what the write may have left"),
        where=str(file),
    )


def _journal(record: dict[str, Any]) -> Journal:
    if record.pop("version") != VERSION:
        raise ValueError("version")
    known = {name: record.pop(name, default) for name, default in (("files_only", False), ("odd", ()))}
    journal = Journal(
        name=_matching(_NAME, record["name"]),
        top=_absolute(record["top"]),
        git_dir=_absolute(record["git_dir"]),
        branch=record["branch"] and _branch(record["branch"]),
        old=_id(record["old"]),
        steps=tuple(_step(step) for step in record["steps"]),
        folders=tuple(_path(folder) for folder in record["folders"]),
        staging=record["staging"] is True,
        new=_id(record["new"]),
        placings=tuple(_placing(item) for item in record["placings"]),
        ready=record["ready"] is True,
        files_only=known["files_only"] is True,
        odd=tuple(Odd(_path(item["path"]), _entry(item["old"]), _entry(item["new"])) for item in known["odd"]),
    )
    if len({step.path for step in journal.steps}) != len(journal.steps):
        raise ValueError("steps")
    return journal


def _step(item: dict[str, Any]) -> Step:
    moved_from = item["moved_from"]
    return Step(
        _path(item["path"]),
        _id(item["before"]),
        _id(item["after"]),
        _permissions(item["permissions"]),
        None if item["new_permissions"] is None else _permissions(item["new_permissions"]),
        None if moved_from is None else _path(moved_from),
    )


def _placing(item: dict[str, Any]) -> Placing:
    return Placing(_path(item["path"]), _entry(item["entry"]), item.get("skipped") is True)


def _entry(item: dict[str, Any] | None) -> Entry | None:
    if item is None:
        return None
    if item["mode"] not in _MODES:
        raise ValueError("mode")
    return Entry(item["mode"], _matching(_ID, item["blob"]))


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError(pattern.pattern)
    return value


def _id(value: Any) -> str | None:
    return None if value is None else _matching(_ID, value)


def _branch(value: Any) -> str:
    name = _matching(_BRANCH, value)
    _path(name)
    return name


def _absolute(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value or not Path(value).is_absolute():
        raise ValueError("folder")
    return value


def _path(value: Any) -> str:
    """A path below the top of the working tree, not in git's own folder."""
    parts = _text(value).split("/")
    if any(part in ("", ".", "..") or part.lower() == ".git" or "\0" in part for part in parts):
        raise ValueError("path")
    if "\\" in value and Path(value).parts != tuple(parts):
        raise ValueError("path")
    return str(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("path")
    return value


def _permissions(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value <= 0o7777:
        raise ValueError("permissions")
    return value
