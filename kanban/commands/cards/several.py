"""Several gestures as one: each is made on the board that the ones before it left, and all of it is one commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from kanban.errors import EditConflict, KanbanError
from kanban.gestures.base.change import Edit, PathChange, edits
from kanban.gestures.base.gesture import Gesture, Told
from kanban.gestures.base.situation import Situation
from kanban.i18n import _
from kanban.model.cards.assembly import board_with
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
    at.board.renames  # noqa: B018 - worked out once, for every board on the way
    way = _Way(at)
    for line in lines:
        gesture = line(way.at)
        way.go(gesture.changes)
        made.append(gesture)
    cards = dict.fromkeys(value for one in made for key, value in one.trailers if key == "Card")
    subject = f"{', '.join(cards)}: batch" if made else "batch"
    done = tuple(line for one in made for line in one.done)
    warnings = tuple(dict.fromkeys(warning for one in made for warning in one.warnings))
    refused = tuple(reason for one in made for reason in one.refused)
    document: Told = {"gestures": [{"verb": one.verb, **one.document} for one in made]}
    return Gesture("batch", subject, tuple(way.changes()), done, tuple(_trailers(made)), warnings, document, refused)


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


def _becoming(data: bytes) -> Edit:
    return lambda _now: data


class _Way:
    """A board on its way through gestures. Only the files that one of them touches are held, and only these read."""

    def __init__(self, at: Situation) -> None:
        self.at = at
        self._cards = {card.path: card for card in at.board.cards}
        self._others = at.board.files
        self._files: dict[str, _File | None] = {}

    def go(self, changes: Iterable[PathChange]) -> None:
        """Change the files, and the board accordingly."""
        touched: set[str] = set()
        for change in changes:
            self._apply(change)
            touched |= {change.source, change.path} & self._files.keys()
        now = {path: self._now(path) for path in touched}
        self.at = replace(self.at, board=board_with(self.at.board, now, anchor=self.at.today))

    def changes(self) -> Iterator[PathChange]:
        """What became of each file, all gestures in one."""
        left = {file.origin for file in self._files.values() if file is not None}
        for path, file in self._files.items():
            if file is None:
                continue
            edit = edits(*file.steps) if file.steps else None
            before = self._before(path)
            if file.origin is None:
                yield PathChange.created(path, file.data)
            elif file.origin != path:
                yield PathChange.moved(file.origin, path, edit)
            elif edit is not None and before is not None and file.data != before.data:
                yield PathChange.edited(path, edit)
        for path in self._files:
            if path not in left and self._before(path) is not None:
                yield PathChange.removed(path)

    def _before(self, path: str) -> BoardFile | None:
        """The file as the board had it before the first gesture; None where there was none that was read."""
        card = self._cards.get(path)
        if card is not None:
            return BoardFile(card.path, card.text.encode(), card.mode, card.blob)
        other = self._others.get(path)
        return other if other is not None and other.data is not None else None

    def _file(self, path: str) -> _File | None:
        if path not in self._files:
            before = self._before(path)
            return _File(path, (), before.data) if before is not None and before.data is not None else None
        return self._files[path]

    def _apply(self, change: PathChange) -> None:
        known = self._file(change.source)
        if change.is_removal:
            if known is not None:
                self._files[change.path] = None
            return
        if known is None or change.is_creation:
            if change.data is None or known is not None:
                raise KanbanError(_("{path} is not there any more").format(path=change.source))
            self._files[change.path] = _File(None, (), change.data)
            return
        if change.moved_from is not None and self._file(change.path) is not None:
            raise EditConflict(_("there is already a file {path}").format(path=change.path))
        if change.expected is not None and change.expected != known.data:
            raise EditConflict(_("{path} was changed by an earlier line").format(path=change.source))
        step = change.edit if change.edit is not None else _becoming(change.data) if change.data is not None else None
        self._files[change.source] = None
        steps = (*known.steps, step) if step is not None else known.steps
        data = step(known.data) if step is not None else known.data
        self._files[change.path] = _File(known.origin, steps, data)

    def _now(self, path: str) -> BoardFile | None:
        file, before = self._files[path], self._before(path)
        if file is None or before is None or before.data != file.data:
            return BoardFile(path, file.data) if file is not None else None
        return before
