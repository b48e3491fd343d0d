"""What an edit of a card changed: field by field, from what to what, as data and in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from kanban.i18n import _
from kanban.model.cards.card import Card
from kanban.model.cards.fields import label_of
from kanban.model.cards.said import value_said
from kanban.model.history.events import ChangeRecord, Event, texts
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.text.front.front_fields import joined
from kanban.values import dataclass

LONGEST = 60
"""Characters of a value that are told in a line."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Two versions of a card that follow each other."""

    before: Card
    after: Card

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields that differ, in the order of the newer file, then those that are gone."""
        both = dict.fromkeys((*self.after.written, *self.before.written))
        return tuple(key for key in both if text_of(self.before, key) != text_of(self.after, key))

    @property
    def notes(self) -> bool:
        """Whether what stands below the fields differs."""
        return self.before.body != self.after.body

    def records(self) -> list[ChangeRecord]:
        """As data; the notes, whose text can be long, only as `body` without it."""
        found: list[ChangeRecord] = [
            {"field": key, "before": text_of(self.before, key), "after": text_of(self.after, key)} for key in self.keys
        ]
        return [*found, {"field": "body", "before": None, "after": None}] if self.notes else found

    def said(self, config: BoardConfig) -> tuple[str, ...]:
        """In the reader's words, one text a field."""
        return tuple(self._said(config))

    def _said(self, config: BoardConfig) -> Iterator[str]:
        for key in self.keys:
            before, after = (_short(value_said(card, key, config)) for card in (self.before, self.after))
            change = f"{before or _('nothing')} → {after or _('nothing')}"
            yield f"{label_of(key, config)}{_(': ')}{change}"
        if self.notes:
            yield _("the notes")


def text_of(card: Card, key: str) -> str | None:
    """A field as written, the items of a list with commas between; None when the card has it not."""
    value = card.written.get(key)
    return None if value is None else joined(value)


def edits_of(events: Iterable[Event], versions: Mapping[str, Card]) -> dict[int, Edit]:
    """The order number of an event → the edit it made, for the events of one card whose two versions are at hand."""
    return {
        event.order: Edit(versions[before.blob], versions[event.blob])
        for before, event in pairwise(texts(events))
        if before.blob != event.blob and before.blob in versions and event.blob in versions
    }


def blobs_of(events: Sequence[Event]) -> dict[str, Event]:
    """The versions that the edits of one card need, each with the event that made it."""
    written = texts(events)
    return {event.blob: event for event in written} if len(written) > 1 else {}


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
