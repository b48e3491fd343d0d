"""Completion of what people name: cards by id, account or title, columns, owners, ticks, … Reads files, never git."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from kanban.commands.base.invocation import settings_of
from kanban.errors import KanbanError
from kanban.folder.finding import find_board
from kanban.folder.reading import read_folder
from kanban.i18n import _
from kanban.i18n.catalogue import in_every_language, use_language
from kanban.model.cards.assembly import read_board
from kanban.model.cards.board import Board, plain
from kanban.model.cards.fields import CARD_FIELDS, label_of
from kanban.model.templates import TEMPLATES
from kanban.model.typed.choices import fold
from kanban.scripts.script import script_names


class _Name(click.ParamType[str], ABC):
    """Text that completes from the board; anything may be typed."""

    name = "text"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The candidates that begin with, or for cards contain, what was typed."""
        try:
            return self.candidates(_board(ctx), incomplete)
        except (KanbanError, OSError):
            return []

    @abstractmethod
    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        """The board's names that fit."""


class CardName(_Name):
    """A card: open ones while nothing is typed, else any whose id begins so, else any with the word in its names."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        word = plain(typed)
        cards = sorted(board.cards, key=lambda card: not board.column_of(card).is_open)
        fits = [card for card in cards if card.id.startswith(word)] or [
            card for card in cards if word in plain(f"{card.id} {card.account} {card.title}")
        ]
        return [CompletionItem(card.id, help=card.label) for card in (fits if word else board.open_cards or fits)]


class ColumnName(_Name):
    """A column."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        return _beginning({one.key: one.title for one in board.config.columns}, typed)


class OwnerName(_Name):
    """An owner."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        names = {owner.name for owner in board.config.owners} | {card.owner for card in board.open_cards if card.owner}
        return [CompletionItem(name) for name in sorted(names) if plain(name).startswith(plain(typed))]


class TickName(_Name):
    """A tick of the Definitions of Ready and Done."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        asked = {
            one.id: one.label
            for column in board.config.columns
            for one in (*column.dor, *column.dod)
            if one.effective_check == "ticked"
        }
        return _beginning(asked, typed)


class ReasonName(_Name):
    """A reason of a loss, in the board's language."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        with use_language(board.config.language):
            return _beginning({_(reason): "" for reason in board.config.lost_reasons}, typed)


class ClassName(_Name):
    """A class of service."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        return _beginning({one.key: one.name for one in board.config.classes}, typed)


class SourceName(_Name):
    """A source of opportunities."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        return _beginning(dict.fromkeys(board.config.sources, ""), typed)


class Assignment(_Name):
    """A field to set, by key or by label; behind its `=`, the names that may stand there."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        key, mark, value = typed.partition("=")
        if mark:
            return [CompletionItem(f"{key}={one.value}", help=one.help) for one in _values(board, key, value)]
        keys = [one.key for one in CARD_FIELDS] + list(board.config.fields)
        labels = {one: label_of(one, board.config) for one in keys}
        fits = [one for one in keys if one.startswith(key)] or [one for one in keys if fold(key) in fold(labels[one])]
        return [CompletionItem(f"{one}=", help=labels[one]) for one in fits]


def _values(board: Board, key: str, typed: str) -> list[CompletionItem]:
    """The names that the board knows for a field; none for one that holds free text."""
    names: dict[str, _Name] = {"owner": OWNER, "blocked_owner": OWNER, "class": CLASS, "source": SOURCE}
    names |= {"lost_reason": REASON, "dor": TICK, "dod": TICK}
    if key in names:
        return names[key].candidates(board, typed)
    field = next((one for one in CARD_FIELDS if one.key == key), board.config.fields.get(key))
    return _beginning(dict.fromkeys(field.choices, "") if field else {}, typed)


class TemplateName(_Name):
    """A card template, the board's own too."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        own = [path.split("/")[-1].removesuffix(".md") for path in board.files if path.startswith("templates/")]
        return _beginning(dict.fromkeys([*TEMPLATES, *own], ""), typed)


class ScriptName(_Name):
    """A mail or talk script, the board's own too."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        return _beginning(dict.fromkeys(script_names(board.files), ""), typed)


def _beginning(names: Mapping[str, str], typed: str) -> list[CompletionItem]:
    return [CompletionItem(name, help=said) for name, said in names.items() if plain(name).startswith(plain(typed))]


class CardOrColumnName(_Name):
    """A card, or the column that ends the line: a shell cannot tell which word is the last."""

    def candidates(self, board: Board, typed: str) -> list[CompletionItem]:
        columns = COLUMN.candidates(board, typed)
        cards = CARD.candidates(board, typed)
        begins = [one for one in cards if one.value.startswith(plain(typed))]
        return [*columns, *(begins if columns and typed else cards)]


CARD_OR_COLUMN = CardOrColumnName()
CARD, COLUMN, OWNER = CardName(), ColumnName(), OwnerName()
TICK, REASON, CLASS, SOURCE = TickName(), ReasonName(), ClassName(), SourceName()
ASSIGNMENT, TEMPLATE, SCRIPT = Assignment(), TemplateName(), ScriptName()


class Spoken(click.Choice[str]):
    """One of a few words, typed as it is listed or as it is said in either language (`call`, `appel`, `phone`)."""

    def __init__(self, choices: Sequence[str], same: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(choices, case_sensitive=False)
        self.same = {fold(said): word for said, word in same}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word as it is listed."""
        typed = fold(str(value))
        meant = [word for word in self.choices if typed in map(fold, (word, *in_every_language(word)))]
        return super().convert(meant[0] if len(meant) == 1 else self.same.get(typed, value), param, ctx)


def _board(context: click.Context) -> Board:
    return read_board(read_folder(find_board(Path(settings_of(context).directory))))


def say_unknown_owner(board: Board, owner: str | None) -> None:
    """Note on standard error that neither `board.yml` nor a card knows the owner that was asked for, if so."""
    names = {one.name for one in board.config.owners} | {card.owner for card in board.cards if card.owner}
    if owner and plain(owner) not in map(plain, names):
        _say(_("nobody is called “{name}” here").format(name=owner), names)


def say_unknown_class(board: Board, service: str | None) -> None:
    """The same for a class of service."""
    keys = {one.key for one in board.config.classes}
    if service and service not in keys:
        _say(_("there is no class “{name}”").format(name=service), keys)


def _say(message: str, names: set[str]) -> None:
    cure = "  → " + _("there are {values}").format(values=", ".join(sorted(names))) if names else ""
    click.echo(click.style(_("note:"), fg=130) + f" {message}{cure}", err=True)
