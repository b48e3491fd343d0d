"""What an edit of a card changed: field by field, from what to what, as data and in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from kanban.i18n import _
from kanban.model.cards.card import Card
from kanban.model.cards.fields import label_of
from kanban.model.cards.said import items_said, value_said
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
            yield f"{label_of(key, config)}{_(': ')}{self._change(key, config)}"
        if self.notes:
            yield _("the notes")

    def _change(self, key: str, config: BoardConfig) -> str:
        """Before → after; of a list what came to it and what went."""
        items = [items_said(card, key, config) for card in (self.before, self.after)]
        came, went = ([one for one in items[at] if one not in items[1 - at]] for at in (1, 0))
        if any(items) and (came or went):
            return ", ".join([*(f"+ {_short(one)}" for one in came), *(f"− {_short(one)}" for one in went)])
        before, after = _apart(*(" ".join(value_said(card, key, config).split()) for card in (self.before, self.after)))
        return f"{_short(before) or _('nothing')} → {_short(after) or _('nothing')}"


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


def _apart(before: str, after: str) -> tuple[str, str]:
    """Two long texts from shortly before the place where they part: of what they share the end alone is told."""
    if max(len(before), len(after)) <= LONGEST:
        return before, after
    shared = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before))
    begin = before.rfind(" ", 0, max(0, min(shared, len(after)) - LONGEST // 3)) + 1
    return ("… " + before[begin:], "… " + after[begin:]) if begin else (before, after)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
