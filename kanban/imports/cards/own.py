"""What `kanban export` wrote, read back: each event with the card's text after it, so that all figures are the same."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from kanban.demo.plan import Person, PlannedCommit
from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.imports.cards.commits import TRAILER, person_named
from kanban.imports.tables.sheet import LONGEST, decoded
from kanban.imports.trouble import Trouble
from kanban.metrics.export.files import plain_cell
from kanban.model.cards.board import Board
from kanban.model.cards.directory.links import ACCOUNTS, PEOPLE
from kanban.model.settings.board_yml import BoardConfig
from kanban.paper.plain import typed
from kanban.repository.write.message import commit_message
from kanban.schemas.reading import foreign_json

_SUFFIXES = (".jsonl", ".ndjson")
_TABLES = ("events", "versions")
_FILES = {"event": "events", "version": "versions", "account": "accounts", "person": "people"}
_ENTRIES = {"account": (ACCOUNTS, "account"), "person": (PEOPLE, "person")}


class Told(NamedTuple):
    """One event of an export: its place, the card, what happened, where it went, when, by whom, in which commit."""

    number: int
    card: str
    kind: str
    column: str
    at: datetime
    author: str
    commit: str


@dataclass
class OwnExport:
    """The events of an export in order, and the card's text after each that changed it."""

    name: str
    events: list[Told] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)
    """File → text of companies and people, where the export has them."""


def is_own(path: Path) -> bool:
    """Whether this is a folder or a file that `kanban export` wrote, with all that is needed to read it back."""
    if path.is_dir():
        return all((path / f"{table}.csv").is_file() for table in _TABLES)
    return path.suffix.lower() in _SUFFIXES


def read_own(path: Path) -> OwnExport:
    """The export. Raises KanbanError for what is none."""
    found = OwnExport(path.name)
    try:
        for record, row in _rows(path):
            if record == "event":
                at = datetime.fromisoformat(row["at"])
                column = row["to_column"] or ""
                event = (int(row["number"]), row["card"], row["kind"], column, at, row["author"], row["commit_id"])
                found.events.append(Told(*event))
            elif record == "version":
                found.texts[int(row["number"])] = row["text"]
            elif record in _ENTRIES:
                folder, key = _ENTRIES[record]
                found.entries[f"{folder}/{_stem(row[key])}.md"] = row["text"]
    except (OSError, KeyError, ValueError, TypeError) as error:
        message = _("{path} is no export of kanban that can be read back").format(path=path)
        raise KanbanError(
            message, cure=_("write it again: `kanban export {path}`").format(path=typed(str(path)))
        ) from error
    found.events.sort()
    if found.events and not found.texts:
        message = _("{path} has no versions of cards").format(path=path)
        raise KanbanError(message, cure=_again(path))
    return found


def _again(path: Path) -> str:
    return _("write it again: `kanban export {path}`").format(path=typed(str(path)))


def _stem(name: str) -> str:
    """A file's name from a table: it leads nowhere else. Raises ValueError."""
    if not name or "/" in name or "\\" in name or name.startswith("."):
        raise ValueError(name)
    return name


def _rows(path: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    if path.is_dir():
        csv.field_size_limit(LONGEST)
        for record, table in _FILES.items():
            if table not in _TABLES and not (path / f"{table}.csv").exists():
                continue
            with (path / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    yield record, {key: plain_cell(cell or "") for key, cell in row.items()}
        return
    for line in decoded(path.read_bytes()).splitlines():
        if line.strip():
            record = foreign_json(line)
            yield record["record"], record


class OwnPlan:
    """The commits that bring what is not here yet; cards that are here already and say otherwise are questions."""

    def __init__(self, export: OwnExport, board: Board, prefix: str, me: Person, now: datetime) -> None:
        self.export, self.board, self.prefix, self.me, self.now = export, board, prefix, me, now
        self.new: list[str] = []
        self.same = 0
        self.questions: list[Trouble] = []
        self.troubles: list[Trouble] = []
        self._wanted = self._cards()

    def commits(self) -> list[PlannedCommit]:
        """One commit for each commit of the source that touched a card, with its author and moment."""
        where: dict[str, str] = {}
        texts: dict[str, str] = {}
        groups: dict[tuple[datetime, str], list[tuple[str, bytes | None]]] = {}
        authors: dict[tuple[datetime, str], str] = {}
        for event in self.export.events:
            if event.card not in self._wanted:
                continue
            text = texts[event.card] = self.export.texts.get(event.number, texts.get(event.card, ""))
            old = where.pop(event.card, "")
            key = (event.at, event.commit)
            changes = groups.setdefault(key, [])
            authors[key] = event.author
            path = "" if event.kind == "removed" else self._path(event.column, event.card)
            if old and old != path:
                changes.append((old, None))
            if path:
                where[event.card] = path
                changes.append((path, text.encode()))
        made = [self._commit(at, authors[at, commit], changes) for (at, commit), changes in groups.items()]
        entries = self._entries()
        return [*made, self._commit(self.now, "", entries)] if entries else made

    def _entries(self) -> list[tuple[str, bytes | None]]:
        """The files of companies and people that are not here yet."""
        found: list[tuple[str, bytes | None]] = []
        for path, text in self.export.entries.items():
            here = self.board.files.get(path)
            if here is None:
                self.new.append(path)
                found.append((f"{self.prefix}{path}", text.encode()))
            elif here.data == text.encode():
                self.same += 1
            else:
                reason = _("{card} is here already and says otherwise").format(card=path)
                self.questions.append(Trouble(self.export.name, 0, reason, _("it stays as it is here"), path))
        return found

    def _cards(self) -> set[str]:
        """The cards to bring: those that are not here, and whose columns are all known."""
        here = {card.id: card for card in self.board.cards}
        last = {event.card: event for event in self.export.events}
        said = {
            event.card: self.export.texts[event.number]
            for event in self.export.events
            if event.number in self.export.texts
        }
        unknown = self._unknown()
        wanted = set()
        for card, event in last.items():
            if card in unknown:
                cure = _("add the column to board.yml: `{key}`").format(key=unknown[card])
                reason = _("{card} was in a column that this board does not have").format(card=card)
                self.troubles.append(Trouble(self.export.name, 0, reason, cure, card))
            elif card not in here:
                wanted.add(card)
                self.new.append(card)
            elif here[card].data == said.get(card, "").encode() and here[card].column == event.column:
                self.same += 1
            else:
                reason = _("{card} is here already and says otherwise").format(card=card)
                self.questions.append(Trouble(self.export.name, 0, reason, _("it stays as it is here"), card))
        return wanted

    def _unknown(self) -> dict[str, str]:
        config: BoardConfig = self.board.config
        return {one.card: one.column for one in self.export.events if one.column and config.column(one.column) is None}

    def _path(self, column: str, card: str) -> str:
        found = self.board.config.column(column)
        return f"{self.prefix}{found.directory if found else column}/{card}.md"

    def _commit(self, at: datetime, author: str, changes: Iterable[tuple[str, bytes | None]]) -> PlannedCommit:
        made = tuple(changes)
        trailers = [("Reason", "imported from kanban"), (TRAILER, "kanban"), ("Kanban", "import")]
        message = commit_message(f"import: {at.date().isoformat()} (kanban)", "", trailers)
        person = person_named(author, self.board.config) or self.me
        return PlannedCommit(person, at, self.now, message, made, (), self.me)
