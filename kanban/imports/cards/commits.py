"""The commits of an import: one a day and author, each event on its day, all known since today."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import NamedTuple

from kanban.demo.plan import Person, PlannedCommit
from kanban.imports.cards.changes import CardChange
from kanban.imports.deals.deal import Value
from kanban.model.cards.slug import slug
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.text.edit.note_writing import append_note
from kanban.model.text.edit.splice import new_document, remove_field, set_field
from kanban.repository.write.message import commit_message

TRAILER = "Imported-from"
_AT_END = ("lost_reason",)
_ORDER = ("title", "account", "contact", "contact_email", "contact_phone", "next_action", "next_action_date", "amount")
_BULLETS = 3
_NO_NAME = re.compile(r"[<>\n\r\0]+")


class _Place(NamedTuple):
    """Which commit an event is in: its day, its turn among those of one card on that day, its author.

    `late`: it is about a card that was here before, so it comes after what was done here on that day.
    """

    day: date
    late: bool
    turn: int
    author: str


class Planner:
    """Gathers what happens to files, then gives the commits."""

    def __init__(self, config: BoardConfig, prefix: str, system: str, me: Person, now: datetime) -> None:
        self.config, self.prefix, self.system, self.me, self.now = config, prefix, system, me, now
        self._changes: dict[_Place, list[tuple[str, bytes | None]]] = {}
        self._counts: dict[_Place, tuple[int, int]] = {}

    def commits(self, changes: Iterable[CardChange]) -> list[PlannedCommit]:
        """All commits, in the order of their days."""
        for change in changes:
            if change.card is None:
                self._create(change)
            else:
                self._change(change)
        return [self._commit(place) for place in sorted(self._changes)]

    def _path(self, column: str, card: str) -> str:
        found = self.config.column(column)
        return f"{self.prefix}{found.directory if found else column}/{card}.md"

    def _create(self, change: CardChange) -> None:
        deal = change.deal
        fields = {key: value for key, value in change.fields.items() if value is not None}
        begun = {key: value for key, value in fields.items() if key not in _AT_END}
        path, turn, day = "", 0, date.min
        for number, passage in enumerate(change.passages):
            last = number == len(change.passages) - 1
            then = {key: value for one in change.passages[: number + 1] for key, value in one.fields}
            said = fields if last else begun | then
            data = _document(said, deal.note, change.passages[0].day)
            turn = turn + 1 if passage.day == day else 0
            day, old, path = passage.day, path, self._path(passage.column, change.id)
            author = passage.author or str(fields.get("owner", ""))
            self._put(_Place(day, False, turn, author), [(path, data)], old)

    def _change(self, change: CardChange) -> None:
        assert change.card is not None  # noqa: S101 - asked by the caller
        card, now = change.card, self.now.date()
        data = card.data
        path = f"{self.prefix}{card.path}"
        edited = data
        for key, value in change.fields.items():
            edited = remove_field(edited, key) if value is None else set_field(edited, key, value)
        if not change.passages:
            self._put(_Place(now, True, 0, ""), [(path, edited)], "")
            return
        turn, day = 0, date.min
        for number, passage in enumerate(change.passages):
            last = number == len(change.passages) - 1
            turn = turn + 1 if passage.day == day else 0
            day, old, path = passage.day, path, self._path(passage.column, change.id)
            self._put(_Place(day, True, turn, passage.author), [(path, edited if last else data)], old)

    def _put(self, place: _Place, changes: list[tuple[str, bytes | None]], old: str) -> None:
        moved = bool(old) and old != changes[0][0]
        found = self._changes.setdefault(place, [])
        if moved:
            found.append((old, None))
        found += changes
        cards, moves = self._counts.get(place, (0, 0))
        self._counts[place] = (cards + 1, moves + moved)

    def _commit(self, place: _Place) -> PlannedCommit:
        cards, moves = self._counts[place]
        some = "1 card" if cards == 1 else f"{cards} cards"
        subject = f"import: {some} of {place.day.isoformat()}, {moves} moved ({self.system})"
        trailers = [("Reason", f"imported from {self.system}"), (TRAILER, self.system), ("Kanban", "import")]
        hour = time(23 if place.late else 12, place.turn % 60)
        person = person_named(place.author, self.config) or self.me
        changes = tuple(self._changes[place])
        at = min(datetime.combine(place.day, hour, self.config.zone), self.now)
        return PlannedCommit(person, at, self.now, commit_message(subject, "", trailers), changes, (), self.me)


def person_named(name: str, config: BoardConfig) -> Person | None:
    """Whoever did something elsewhere, with the address that the board knows; None for nobody."""
    plain = " ".join(_NO_NAME.sub(" ", name).split())
    if not plain:
        return None
    owner = config.owner(plain)
    return Person(plain, _NO_NAME.sub("", owner.email) if owner and owner.email else f"{slug(plain)}@invalid")


def _document(fields: dict[str, Value], note: str, day: date) -> bytes:
    ordered = [key for key in _ORDER if key in fields] + [key for key in fields if key not in _ORDER]
    data = new_document([(key, fields[key]) for key in ordered])
    return with_note(data, note, day) if note.strip() else data


def with_note(data: bytes, note: str, day: date) -> bytes:
    """The card with text from elsewhere: a few lines as a note of its first day, a long text as its background."""
    lines = [line.strip(" \t-*•") for line in note.splitlines() if line.strip(" \t-*•")]
    if len(lines) <= _BULLETS:
        return append_note(data, day.isoformat(), lines)
    return data + b"\n## Background\n\n" + "\n".join(line.rstrip() for line in note.splitlines()).encode() + b"\n"
