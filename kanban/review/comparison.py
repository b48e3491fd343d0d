"""Two boards, card by card: by id, never by path or likeness, so a move with a heavy edit is one move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.history.edits import Edit, text_of
from kanban.model.history.hand_renames import renamed_between, with_former_columns
from kanban.model.settings.trusted import keys_now


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one card: the texts as written, "" when absent."""

    key: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One card before and after; None on the side where it is not. `id` is the current id.

    `column_before` is the column's key before, as it is called now; "" when the card was not there.
    """

    id: str
    before: Card | None
    after: Card | None
    column_before: str = ""

    @property
    def column_after(self) -> str:
        """Column key after, "" when the card is gone."""
        return self.after.column if self.after else ""

    @property
    def is_move(self) -> bool:
        """Whether the card stands in another column than before."""
        return self.before is not None and self.after is not None and self.column_before != self.column_after

    @property
    def was_renamed(self) -> bool:
        """Whether its file had another name."""
        return self.before is not None and self.before.id != self.id

    def fields(self) -> tuple[FieldChange, ...]:
        """The fields that differ, in the order of the newer file, then those that are gone."""
        if self.before is None or self.after is None:
            return ()
        return tuple(
            FieldChange(key, text_of(self.before, key) or "", text_of(self.after, key) or "")
            for key in Edit(self.before, self.after).keys
        )

    @property
    def notes_changed(self) -> bool:
        """Whether the body differs."""
        return self.before is not None and self.after is not None and self.before.body != self.after.body

    @property
    def is_changed(self) -> bool:
        """Whether anything differs at all."""
        if self.before is None or self.after is None:
            return True
        return self.is_move or self.was_renamed or self.before.text != self.after.text


@dataclass(frozen=True, slots=True)
class Comparison:
    """All cards of both boards, by id; `unpaired` are ids that stand more than once on either side.

    `renames` are the ids that cards had before, with those they have now.
    """

    base: Board
    head: Board
    pairs: tuple[Pair, ...]
    unpaired: tuple[str, ...]
    renames: Mapping[str, str] = field(default_factory=dict)

    @property
    def changed(self) -> tuple[Pair, ...]:
        """The cards that differ."""
        return tuple(pair for pair in self.pairs if pair.is_changed)


def compare(base: Board, head: Board) -> Comparison:
    """Pair the cards of two boards; one renamed, with `formerly` or by hand and unchanged, with its old self.

    Cards are ordered by id. An id that several files claim on a side cannot be paired and is listed apart.
    """
    renames = {**renamed_between(base, head), **head.renames}
    before = {renames.get(card.id, card.id): card for card in base.cards}
    after = {card.id: card for card in head.cards}
    unpaired = {renames.get(card_id, card_id) for card_id in base.duplicates} | set(head.duplicates)
    ids = sorted((set(before) | set(after)) - unpaired)
    columns = keys_now(base.config, with_former_columns(base, head))
    keys = {card_id: columns.get(card.column, card.column) for card_id, card in before.items()}
    pairs = tuple(Pair(card_id, before.get(card_id), after.get(card_id), keys.get(card_id, "")) for card_id in ids)
    return Comparison(base, head, pairs, tuple(sorted(unpaired)), renames)
