"""The names on a board that complete a word, but those of cards and columns: read afresh each time, never from git."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from click.shell_completion import CompletionItem

from kanban.folder.reading import read_folder
from kanban.i18n import _
from kanban.i18n.catalogue import use_language
from kanban.model.cards.assembly import read_board
from kanban.model.cards.board import Board
from kanban.model.cards.directory.links import ACCOUNTS, PEOPLE
from kanban.model.cards.fields import CARD_FIELDS, label_of
from kanban.model.templates import TEMPLATES
from kanban.model.text.plain import plain
from kanban.model.typed.choices import fold
from kanban.scripts.script import script_names


def candidates(kind: str, root: Path, typed: str) -> list[CompletionItem]:
    """The names of a kind on the board in `root` that fit."""
    return NAMES[kind](read_board(read_folder(root)), typed)


def owners(board: Board, typed: str) -> list[CompletionItem]:
    """An owner."""
    names = {owner.name for owner in board.config.owners} | {card.owner for card in board.open_cards if card.owner}
    return [CompletionItem(name) for name in sorted(names) if plain(name).startswith(plain(typed))]


def ticks(board: Board, typed: str) -> list[CompletionItem]:
    """A tick of the Definitions of Ready and Done."""
    asked = {
        one.id: one.label
        for column in board.config.columns
        for one in (*column.dor, *column.dod)
        if one.effective_check == "ticked"
    }
    return _beginning(asked, typed)


def reasons(board: Board, typed: str) -> list[CompletionItem]:
    """A reason of a loss, in the board's language."""
    with use_language(board.config.language):
        return _beginning({_(reason): "" for reason in board.config.lost_reasons}, typed)


def classes(board: Board, typed: str) -> list[CompletionItem]:
    """A class of service."""
    return _beginning({one.key: one.name for one in board.config.classes}, typed)


def sources(board: Board, typed: str) -> list[CompletionItem]:
    """A source of opportunities."""
    return _beginning(dict.fromkeys(board.config.sources, ""), typed)


def assignments(board: Board, typed: str) -> list[CompletionItem]:
    """A field to set, by key or by label; behind its `=`, the names that may stand there."""
    key, mark, value = typed.partition("=")
    if mark:
        return [CompletionItem(f"{key}={one.value}", help=one.help) for one in values_of(board, key, value)]
    keys = [one.key for one in CARD_FIELDS] + list(board.config.fields)
    labels = {one: label_of(one, board.config) for one in keys}
    fits = [one for one in keys if one.startswith(key)] or [one for one in keys if fold(key) in fold(labels[one])]
    return [CompletionItem(f"{one}=", help=labels[one]) for one in fits]


def values_of(board: Board, key: str, typed: str) -> list[CompletionItem]:
    """The names that the board knows for a field; none for one that holds free text."""
    names = {"owner": owners, "blocked_owner": owners, "class": classes, "source": sources}
    names |= {"lost_reason": reasons, "dor": ticks, "dod": ticks}
    if key in names:
        return names[key](board, typed)
    if key in ("account", "contact"):
        return _names(board, ACCOUNTS if key == "account" else PEOPLE, typed)
    field = next((one for one in CARD_FIELDS if one.key == key), board.config.fields.get(key))
    return _beginning(dict.fromkeys(field.choices, "") if field else {}, typed)


def templates(board: Board, typed: str) -> list[CompletionItem]:
    """A card template, the board's own too."""
    own = [path.split("/")[-1].removesuffix(".md") for path in board.files if path.startswith("templates/")]
    return _beginning(dict.fromkeys([*TEMPLATES, *own], ""), typed)


def scripts(board: Board, typed: str) -> list[CompletionItem]:
    """A mail or talk script, the board's own too."""
    return _beginning(dict.fromkeys(script_names(board.files), ""), typed)


def accounts(board: Board, typed: str) -> list[CompletionItem]:
    """A company that has a file, by the file's name."""
    return _entries(board, ACCOUNTS, typed)


def people(board: Board, typed: str) -> list[CompletionItem]:
    """A person who has a file, by the file's name."""
    return _entries(board, PEOPLE, typed)


def _entries(board: Board, kind: str, typed: str) -> list[CompletionItem]:
    """Those whose name or file begins so, else those in whose names it stands."""
    word, found = plain(typed), board.directory.of_kind(kind)
    begins = [one for one in found if any(plain(name).startswith(word) for name in (one.id, one.name))]
    fits = begins or [one for one in found if word in plain(" ".join((one.name, *one.also)))]
    return [CompletionItem(one.id, help=one.name) for one in fits]


def _names(board: Board, kind: str, typed: str) -> list[CompletionItem]:
    """What a card calls them."""
    names = dict.fromkeys([one.name for one in board.directory.of_kind(kind)], "")
    return _beginning(names, typed)


def _beginning(names: Mapping[str, str], typed: str) -> list[CompletionItem]:
    return [CompletionItem(name, help=said) for name, said in names.items() if plain(name).startswith(plain(typed))]


NAMES: dict[str, Callable[[Board, str], list[CompletionItem]]] = {
    "owner": owners,
    "tick": ticks,
    "reason": reasons,
    "class": classes,
    "source": sources,
    "assignment": assignments,
    "template": templates,
    "script": scripts,
    "account": accounts,
    "person": people,
}
