"""A board as one frozen value: its configuration and its cards, wherever they were read from."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from weakref import ref

from kanban.errors import Ambiguous, NotFound
from kanban.i18n import _
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.card import Card
from kanban.model.cards.links.attachments import attachments_in
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.columns import KIND_OF_KEY, OTHER_NAME, STAGE_OF_KEY, Column
from kanban.model.text.plain import nearest, plain
from kanban.model.text.problem import Problem
from kanban.values import dataclass

if TYPE_CHECKING:
    from kanban.model.cards.directory.directory import Directory

__all__ = ["Board", "Stray", "plain"]


@dataclass(frozen=True, slots=True, order=True)
class Stray:
    """A file that stands where the board cannot use it. `reason` is a stable word for the linter:

    `unknown-column`, `not-a-card`, `symlink`.
    """

    path: str
    reason: str


@dataclass(frozen=True)
class Board:
    """Cards in pull order of their columns, then by id. Broken cards are among them, marked as such."""

    config: BoardConfig
    cards: tuple[Card, ...]
    strays: tuple[Stray, ...] = ()
    problems: tuple[Problem, ...] = ()
    files: Mapping[str, BoardFile] = field(default_factory=dict)

    @classmethod
    def of_columns(
        cls,
        config: BoardConfig,
        columns: Mapping[str, Iterable[Card]],
        speaking: Collection[Card],
        *rest: Any,
    ) -> Board:
        """A board of the cards of each column, put in order; those that are not `speaking` are silent."""
        found = {key: tuple(sorted(cards, key=_BY_ID_AND_PATH)) for key, cards in columns.items() if cards}
        board = cls(config, tuple(chain.from_iterable(found.values())), *rest)
        board.__dict__["_by_column"] = found
        position = config.position
        board.__dict__["_speaking"] = tuple(sorted(speaking, key=lambda one: (position(one.column), one.id, one.path)))
        return board

    def at(self, paths: frozenset[str]) -> Board:
        """The board with the cards at some paths alone; kept, because each round of rules asks for it."""
        made: dict[frozenset[str], Board] = self.__dict__.setdefault("_at", {})
        if paths not in made:
            made[paths] = replace(self, cards=tuple([card for card in self.cards if card.path in paths]))
        return made[paths]

    @cached_property
    def _by_id(self) -> dict[str, tuple[Card, ...]]:
        found: dict[str, tuple[Card, ...]] = {card.id: (card,) for card in self.cards}
        if len(found) == len(self.cards):  # as it ought to be
            return found
        found.clear()
        for card in self.cards:
            found[card.id] = (*found.get(card.id, ()), card)
        return found

    @cached_property
    def _by_column(self) -> dict[str, tuple[Card, ...]]:
        found: dict[str, list[Card]] = {}
        for card in self.cards:
            found.setdefault(card.column, []).append(card)
        return {key: tuple(cards) for key, cards in found.items()}

    def find(self, card_id: str) -> Card | None:
        """The card with exactly this id (the leftmost copy when there are several)."""
        copies = self._by_id.get(card_id)
        return copies[0] if copies else None

    def named_so(self, card_id: str) -> tuple[Card, ...]:
        """All cards with exactly this id: several only where something is wrong."""
        return self._by_id.get(card_id, ())

    def in_column(self, key: str) -> tuple[Card, ...]:
        """The cards of a column."""
        return self._by_column.get(key, ())

    def column_of(self, card: Card) -> Column:
        """The column in which the card stands."""
        return self.config._by_key[card.column]

    def is_open(self, card: Card) -> bool:
        """Whether the card is work in progress."""
        return self.column_of(card).is_open

    @cached_property
    def open_cards(self) -> tuple[Card, ...]:
        """All work in progress."""
        return tuple([card for column in self.config.open_columns for card in self.in_column(column.key)])

    @cached_property
    def open_by_class(self) -> dict[str, tuple[Card, ...]]:
        """Class of service → its open cards; kept, because class limits are asked once for every card."""
        found: dict[str, list[Card]] = {}
        for card in self.open_cards:
            found.setdefault(self._open_class(card), []).append(card)
        return {key: tuple(cards) for key, cards in found.items()}

    def _open_class(self, card: Card) -> str:
        """The key of the card's class of service; "" for one that is not open."""
        return self.config.class_of(card.service_class).key if self.is_open(card) else ""

    @cached_property
    def without_next_action(self) -> tuple[Card, ...]:
        """Open cards without a dated next action; kept, because the pull stop is asked once for every card."""
        return tuple(card for card in self.open_cards if not card.has_dated_next_action)

    @cached_property
    def troubled(self) -> tuple[Card, ...]:
        """The cards with which something was wrong in reading; kept, because thirty rules tell each their part."""
        return tuple([card for card in self.cards if card.problems])

    @cached_property
    def directory(self) -> Directory:
        """The companies and people that have a file of their own; empty on a board without any."""
        from kanban.model.cards.directory.directory import read_directory

        return read_directory(self.files, self.cards, (column.directory for column in self.config.columns))

    @cached_property
    def attachments(self) -> dict[str, tuple[BoardFile, ...]]:
        """Card id → the files kept for it, by path; what lies in no card's folder under ""."""
        return attachments_in(self.files, (column.directory for column in self.config.columns))

    @cached_property
    def duplicates(self) -> dict[str, tuple[Card, ...]]:
        """Ids that several files claim, with all their copies."""
        return {card_id: copies for card_id, copies in self._by_id.items() if len(copies) > 1}

    @cached_property
    def renamed_cards(self) -> tuple[Card, ...]:
        """The cards that say under which ids they went before."""
        return tuple([card for card in self._speaking if card.formerly])

    @cached_property
    def _speaking(self) -> tuple[Card, ...]:
        """The cards that may say so."""
        return tuple([card for card in self.cards if not card.is_silent])

    @cached_property
    def renames(self) -> dict[str, str]:
        """Former id → current id, from the cards' `formerly`; an id in use again is not a former one."""
        return {old: card.id for card in self.renamed_cards for old in card.formerly if old not in self._by_id}

    def with_cards(self, gone: Collection[str], come: Iterable[Card]) -> Board:
        """The board without the cards at the paths that are `gone`, and with those that `come`.

        The others are the same objects, and what was worked out of them all stays worked out: on a large board a
        gesture costs what it touches.
        """
        place = self._place
        come = tuple(sorted(come, key=place))
        left = tuple([card for card in self.cards if card.path in gone])
        cards = [card for card in self.cards if card.path not in gone]
        for card in come:
            insort(cards, card, key=place)
        made = replace(self, cards=tuple(cards))
        made.__dict__["_came_of"] = ref(self), left, come
        self._by_id, self._by_column  # noqa: B018 - once for both: what is asked of one is asked of the other
        known, worked_out = self.__dict__, made.__dict__

        def instead(cards: Iterable[Card], new: Iterable[Card]) -> tuple[Card, ...]:
            return tuple(sorted([*(card for card in cards if card.path not in gone), *new], key=place))

        ways = (("_by_id", _id_of), ("_by_column", _column_of), ("open_by_class", self._open_class))
        for name, group_of in ways:
            if name in known:
                worked_out[name] = groups = dict(known[name])
                for key in {group_of(card) for card in (*left, *come)}:
                    group = instead(groups.pop(key, ()), (card for card in come if group_of(card) == key))
                    groups |= {key: group} if key and group else {}
        if "renamed_cards" in known:
            worked_out["renamed_cards"] = instead(known["renamed_cards"], (card for card in come if card.formerly))
        return made

    def differs_from(self, before: Board) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
        """The cards of the board `before` that are not on this one, as the same objects, and those that are instead."""
        came_of, left, come = self.__dict__.get("_came_of", (None, (), ()))
        if came_of is not None and came_of() is before:
            return left, come
        came_of, left, come = before.__dict__.get("_came_of", (None, (), ()))
        if came_of is not None and came_of() is self:
            return come, left
        ours, theirs = (set(map(id, board.cards)) for board in (self, before))
        return (
            tuple(card for card in before.cards if id(card) not in ours),
            tuple(card for card in self.cards if id(card) not in theirs),
        )

    def _place(self, card: Card) -> tuple[int, str, str]:
        """By what cards are in order: their column, their id."""
        return self.config.position(card.column), card.id, card.path

    def named(self, name: str) -> Card:
        """The card a person means: by id, path, unique prefix of the id, or part of title or account.

        Raises NotFound or Ambiguous (with the candidates).
        """
        if not name.strip():
            raise NotFound(_("no card is named"), cure=_("say which: {command}").format(command="`kanban list`"))
        exact = self.find(name) or next((card for card in self.cards if name in (card.path, f"{card.id}.md")), None)
        if exact is not None:
            return exact
        wanted = name.casefold()
        tail = wanted.removesuffix(".md").rsplit("/", 1)[-1]
        for fits in (
            [card for card in self.cards if card.id.casefold() == tail],
            [card for card in self.cards if card.id.casefold().startswith(tail)],
            [card for card in self.cards if wanted in card.title.casefold() or wanted in card.account.casefold()],
            [card for card in self.cards if tail in card.id.casefold()],
            [card for card in self.cards if (bare := _bare(tail)) and bare in (_bare(card.id), _bare(card.account))],
        ):
            if len({card.id for card in fits}) == 1:
                return fits[0]
            if fits:
                message = _("“{name}” fits {count} cards").format(name=name, count=len(fits))
                cure = _("name one of them in full")
                raise Ambiguous(message, [card.id for card in fits], cure=cure)
        close = self._similar(tail)
        cure = (
            _("did you mean {ids}?").format(ids=", ".join(close))
            if close
            else _("`kanban list --all` shows every card")
        )
        raise NotFound(_("there is no card “{name}”").format(name=name), cure=cure)

    def _similar(self, name: str) -> list[str]:
        return nearest(name, list(self._by_id), most=3)

    def column_named(self, name: str) -> Column:
        """The column a person means, as `column_meant` says."""
        return column_meant(self.config.columns, name)


_BY_ID_AND_PATH = attrgetter("id", "path")


def _id_of(card: Card) -> str:
    return card.id


def _column_of(card: Card) -> str:
    return card.column


def _bare(text: str) -> str:
    """A name's letters and digits alone: who types `loreal` means L'Oréal."""
    return "".join(letter for letter in plain(text) if letter.isalnum())


def column_meant(columns: Sequence[Column], name: str) -> Column:
    """The column a person means: by key, name or folder, accents and case aside, a unique prefix, or
    what the presets of the other language call it.

    Raises NotFound or Ambiguous.
    """
    wanted = plain(name)
    for fits in (
        [column for column in columns if column.key == name],
        [column for column in columns if wanted in (plain(column.key), plain(column.title), plain(column.directory))],
        [
            column
            for column in columns
            if plain(column.key).startswith(wanted) or plain(column.title).startswith(wanted)
        ],
        _same_step(columns, wanted),
    ):
        if len(fits) == 1:
            return fits[0]
        if fits and wanted:
            message = _("“{name}” fits several columns").format(name=name)
            raise Ambiguous(message, [column.key for column in fits], cure=_("name one of them in full"))
    known = ", ".join(column.key for column in columns)
    raise NotFound(_("there is no column “{name}”").format(name=name), cure=_("columns are {keys}").format(keys=known))


def _same_step(columns: Sequence[Column], wanted: str) -> list[Column]:
    """The columns that are what the presets of the other language call so: `offre` on a board in English."""
    alike = ((STAGE_OF_KEY, "effective_stage"), (KIND_OF_KEY, "kind"), (OTHER_NAME, "key"))
    return [
        column
        for column in columns
        if any(wanted in words and getattr(column, what) == words[wanted] for words, what in alike)
    ]
