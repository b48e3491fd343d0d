"""Several gestures as one: each is made on the board that the ones before it left, and all of it is one commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from kanban.errors import EditConflict, KanbanError
from kanban.gestures.base.change import Edit, PathChange, edits
from kanban.gestures.base.gesture import Gesture, Told
from kanban.gestures.base.situation import Situation
from kanban.i18n import _
from kanban.model.cards.assembly import read_board
from kanban.model.cards.board import Board
from kanban.model.cards.boardfile import BoardFile
from kanban.values import dataclass

Line = Callable[[Situation], Gesture]


@dataclass(frozen=True, slots=True)
class _File:
    """A file on its way: where it was (None: it is new), what happened to it, and its bytes now."""

    origin: str | None
    steps: tuple[Edit, ...]
    data: bytes


def batch(at: Situation, *, lines: Iterable[Line]) -> Gesture:
    """All of the gestures, or none: what one raises says so. Later ones see what earlier ones did."""
    made: list[Gesture] = []
    known = _known(at.board)
    files = {path: _File(path, (), file.data) for path, file in known.items() if file.data is not None}
    before = dict(files)
    for line in lines:
        gesture = line(at)
        for change in gesture.changes:
            _apply(files, change)
        made.append(gesture)
        at = replace(at, board=_board(at, known, files))
    cards = dict.fromkeys(value for one in made for key, value in one.trailers if key == "Card")
    subject = f"{', '.join(cards)}: batch" if made else "batch"
    done = tuple(line for one in made for line in one.done)
    warnings = tuple(dict.fromkeys(warning for one in made for warning in one.warnings))
    refused = tuple(reason for one in made for reason in one.refused)
    document: Told = {"gestures": [{"verb": one.verb, **one.document} for one in made]}
    return Gesture(
        "batch", subject, tuple(_changes(before, files)), done, tuple(_trailers(made)), warnings, document, refused
    )


def _trailers(made: list[Gesture]) -> Iterator[tuple[str, str]]:
    """What each gesture says; a card that went through several columns says through which, since git sees one step."""
    columns: dict[str, list[str]] = {}
    for one in made:
        about = ""
        for key, value in one.trailers:
            about = value if key == "Card" else about
            if key == "From":
                columns.setdefault(about, []).append(value)
            yield key, value
    for card, through in columns.items():
        if len(through) > 1:
            yield "Card", card
            yield "Reason", _("one by one through {columns}").format(columns=", ".join(through))


def _apply(files: dict[str, _File], change: PathChange) -> None:
    if change.is_removal:
        files.pop(change.path, None)
        return
    known = files.get(change.source)
    if known is None or change.is_creation:
        if change.data is None or known is not None:
            raise KanbanError(_("{path} is not there any more").format(path=change.source))
        files[change.path] = _File(None, (), change.data)
        return
    if change.moved_from is not None and change.path in files:
        raise EditConflict(_("there is already a file {path}").format(path=change.path))
    if change.expected is not None and change.expected != known.data:
        raise EditConflict(_("{path} was changed by an earlier line").format(path=change.source))
    step = change.edit if change.edit is not None else _becoming(change.data) if change.data is not None else None
    del files[change.source]
    steps = (*known.steps, step) if step is not None else known.steps
    files[change.path] = _File(known.origin, steps, step(known.data) if step is not None else known.data)


def _becoming(data: bytes) -> Edit:
    return lambda _now: data


def _changes(before: dict[str, _File], after: dict[str, _File]) -> Iterator[PathChange]:
    left = {file.origin for file in after.values()}
    for path, file in after.items():
        edit = edits(*file.steps) if file.steps else None
        if file.origin is None:
            yield PathChange.created(path, file.data)
        elif file.origin != path:
            yield PathChange.moved(file.origin, path, edit)
        elif edit is not None and file.data != before[path].data:
            yield PathChange.edited(path, edit)
    for path in before:
        if path not in left:
            yield PathChange.removed(path)


def _known(board: Board) -> dict[str, BoardFile]:
    cards = {card.path: BoardFile(card.path, card.text.encode(), card.mode, card.blob) for card in board.cards}
    return {**board.files, **cards}


def _board(at: Situation, known: Mapping[str, BoardFile], files: dict[str, _File]) -> Board:
    now = {path: file for path, file in known.items() if file.data is None}
    for path, file in files.items():
        same = known.get(path)
        now[path] = same if same is not None and same.data == file.data else BoardFile(path, file.data)
    return read_board(now.values(), anchor=at.today)
