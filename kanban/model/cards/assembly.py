"""From files to a board: the same for the working tree, the index, a revision, a possible merge, or buffers."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from operator import attrgetter
from shlex import quote

from kanban.again.files import FILES
from kanban.errors import BadBoard
from kanban.i18n import _
from kanban.model.cards.board import Board, Stray
from kanban.model.cards.boardfile import SILENT, SIZE_CAP, BoardFile
from kanban.model.cards.card import Card
from kanban.model.cards.directory.links import KINDS
from kanban.model.cards.layout import Layout
from kanban.model.cards.read_card import read_card
from kanban.model.cards.unchanged_cards import CardMemory
from kanban.model.settings.board_yml import BOARD_FILE, BoardConfig, read_config
from kanban.model.text.problem import Problem
from kanban.patterns import pattern

Files = Mapping[str, BoardFile]
_TORN = pattern(rb"(?m)^<{7,} ")
"""How a version begins in a file in which git left both."""
OWN_FOLDERS = ("scripts", "templates", "experiments", *KINDS)


def layout_of(config: BoardConfig) -> Layout:
    """Which folder is which column, former folder names included."""
    current = [(column.directory, column.key) for column in config.columns]
    taken = {folder for folder, _key in current}
    former = [(old, column.key) for column in config.columns for old in column.formerly if old not in taken]
    return Layout(tuple(current + former))


def read_board(
    files: Iterable[BoardFile],
    *,
    anchor: date | None = None,
    memory: CardMemory | None = None,
    under: BoardConfig | None = None,
) -> Board:
    """Assemble a board. `anchor` is the day near which a date without a year is meant.

    `memory` is kept by a caller that reads the same board again and again. `under` is the configuration to read the
    cards by, in place of the one in their own `board.yml`.

    Raises BadBoard when there is no usable `board.yml`; everything else is a problem of the board.
    """
    files = list(files)
    staged = any(file.stage for file in files)
    by_path = {file.path: file for file in sorted(files, key=_by_path_and_stage if staged else _BY_PATH)}
    config, problems = config_from(by_path) if under is None else (under, ())
    layout = layout_of(config)
    memory = memory or CardMemory()
    columns: dict[str, list[Card]] = {column.key: [] for column in config.columns}
    speaking: list[Card] = []
    strays: list[Stray] = []
    others: dict[str, BoardFile] = {}
    read = memory.read
    for path, file in by_path.items():
        place = layout.place(path)
        if place is not None:
            column, card_id = place
            card = read(file, card_id, column, config, anchor)
            if file.stage:
                card = _unmerged(card)
            columns[column].append(card)
            if not file.lacks(SILENT):
                speaking.append(card)
            continue
        others[path] = file
        reason = _stray_reason(path, layout)
        if reason:
            strays.append(Stray(path, reason))
    return Board.of_columns(config, columns, speaking, tuple(strays), problems, others)


def board_near(
    board: Board, files: Files, others: Files, *, anchor: date | None = None, memory: CardMemory
) -> Board | None:
    """What `read_board` makes of `others`, from the board that it made of `files`: cards that differ are looked at.

    None where anything but whole cards differs.
    """
    other = [path for path, file in files.items() if others.get(path) is not file]
    other += [path for path in others if path not in files]
    paths = [path for path in other if files.get(path) != others.get(path)]
    layout = layout_of(board.config)
    places = {path: layout.place(path) for path in paths}
    found = (one for path in paths for one in (files.get(path), others.get(path)) if one is not None)
    if None in places.values() or any(file.stage for file in found):
        return None
    return board_with(board, {path: others.get(path) for path in places}, anchor=anchor, memory=memory)


def board_with(
    board: Board,
    changed: Mapping[str, BoardFile | None],
    *,
    anchor: date | None = None,
    memory: CardMemory | None = None,
) -> Board:
    """What `read_board` makes of the board's files after these have changed (None: there is no such file any more).

    Cards whose files are not among them are the same objects.
    """
    if BOARD_FILE in changed:
        cards = {card.path: BoardFile(card.path, card.text.encode(), card.mode, card.blob) for card in board.cards}
        now = {**board.files, **cards, **changed}
        return read_board(filter(None, now.values()), anchor=anchor, memory=memory)
    layout, memory = layout_of(board.config), memory or CardMemory()
    placed = {path: place for path in changed if (place := layout.place(path)) is not None}
    come = [
        _placed(file, place, board.config, anchor, memory) for path, place in placed.items() if (file := changed[path])
    ]
    board = board.with_cards(placed.keys(), come)
    beside = {path: file for path, file in changed.items() if path not in placed}
    if not beside:
        return board
    files = {path: file for path, file in {**board.files, **beside}.items() if file is not None}
    strays = [Stray(path, reason) for path in sorted(files) if (reason := _stray_reason(path, layout))]
    return replace(board, strays=tuple(strays), files=files)


_BY_PATH = attrgetter("path")


def _by_path_and_stage(file: BoardFile) -> tuple[str, int]:
    return file.path, -file.stage


def renames_of(files: Iterable[BoardFile], config: BoardConfig) -> dict[str, str]:
    """Former id → current id, as `Board.renames` has it, reading only the cards that speak of former names."""
    layout = layout_of(config)
    placed = [(file, place) for file in files if (place := layout.place(file.path)) is not None]
    present = {card_id for _file, (_column, card_id) in placed}
    found: dict[str, str] = {}
    for file, (column, card_id) in placed:
        if not file.lacks(SILENT) and file.data is not None and SILENT.encode() in file.data:
            card = read_card(file, card_id, column, config)
            found |= {old: card_id for old in card.formerly if old not in present}
    return found


def config_from(files: dict[str, BoardFile]) -> tuple[BoardConfig, tuple[Problem, ...]]:
    """The configuration among the files. Raises BadBoard with the first problem when it cannot be used."""
    file = files.get(BOARD_FILE)
    if file is None or file.note == "missing":
        cure = _("`kanban init` writes one")
        raise BadBoard(_("there is no `{name}` here").format(name=BOARD_FILE), cure=cure)
    if file.data is None:
        raise _not_read(file)
    config, problems = read_config(file.data)
    if config is None and _TORN.search(file.data):
        text = _("a merge left what both sides made of it, one below the other")
        raise BadBoard(text, cure=f"kanban resolve {BOARD_FILE} --take mine|theirs", where=BOARD_FILE)
    if config is None:
        first = problems[0]
        raise BadBoard(first.message, cure=first.cure, where=f"{BOARD_FILE}:{first.line}")
    return config, problems


def _not_read(file: BoardFile) -> BadBoard:
    """What is wrong with a `board.yml` whose bytes were not read."""
    if file.note == "too-large":
        message = _("{name} has more than {limit} KiB").format(name=BOARD_FILE, limit=SIZE_CAP // 1024)
        return BadBoard(
            message, cure=_("keep the columns and the rules in it, and leave out the rest"), where=BOARD_FILE
        )
    message = _("{name} cannot be read").format(name=BOARD_FILE)
    return BadBoard(message, cure=_("put a regular text file in its place"), where=BOARD_FILE)


def _placed(
    file: BoardFile, place: tuple[str, str], config: BoardConfig, anchor: date | None, memory: CardMemory
) -> Card:
    column, card_id = place
    card = memory.read(file, card_id, column, config, anchor)
    return _unmerged(card) if file.stage else card


def _unmerged(card: Card) -> Card:
    message = _("a merge left this card unresolved")
    problem = Problem(card.path, 1, 1, "unmerged", message, _("type `kanban resolve {id}`").format(id=quote(card.id)))
    return replace(card, problems=(problem, *card.problems))


def _stray_reason(path: str, layout: Layout) -> str:
    """Why the file is no part of the board; "" when it has a place (banner, script, template, a file beside)."""
    folder, _slash, rest = path.partition("/")
    if not rest or folder.startswith(".") or folder in (*OWN_FOLDERS, FILES):
        return ""
    if folder not in layout.names:
        return "unknown-column" if path.endswith(".md") else ""
    return "" if rest.casefold().endswith("readme.md") or rest.startswith(".") else "not-a-card"
