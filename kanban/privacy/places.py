"""Where a person stands in the files of a board: which file, which line, surely or perhaps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kanban.i18n import _
from kanban.model.cards.boardfile import ATTACHED, BoardFile
from kanban.privacy.encoded import ZIP, is_closed
from kanban.privacy.person import Person


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, or the file as a whole (line 0): its name, or what only another program can change or read.

    `sure` is False where only a part of the name stands, or nobody can tell.
    """

    path: str
    line: int
    text: str
    sure: bool


def places_of(person: Person, files: Iterable[BoardFile]) -> Iterator[Place]:
    """Every line that names the person, in the order of the files; parts of the name after what is sure of a file."""
    for file in files:
        if file.note == ATTACHED:
            continue  # named with the board; its bytes are among those that were read beside it
        if person.stands_in(file.path) or person.may_stand_in(file.path):
            yield Place(file.path, 0, file.path, person.stands_in(file.path))
        data = file.data or b""
        closed = file.note == "too-large" or is_closed(data)
        if closed:
            yield Place(file.path, 0, _("cannot be looked into from here"), False)
        if not closed or data.startswith(ZIP.encode()):  # of an archive that is damaged, what is whole is read
            yield from _lines(person, file)


def _lines(person: Person, file: BoardFile) -> Iterator[Place]:
    text = text_of(file)
    found = list(person.where(text))
    if found and text.startswith(ZIP):
        yield Place(file.path, 0, _("inside: {text}").format(text=found[0][1]), True)
        return
    coded = {_line(text, start): said for start, said in found if not text.startswith(said, start)}
    for number, line in enumerate(text.splitlines(), 1):
        if number in coded:
            yield Place(file.path, number, _("{text} (encoded)").format(text=coded[number]), True)
        elif person.may_stand_in(line) or (found and person.stands_in(line)):
            yield Place(file.path, number, line.strip(), bool(found))


def _line(text: str, at: int) -> int:
    return len(text[:at].splitlines()) + (text[:at].endswith(("\n", "\r")) or not at)


def text_of(file: BoardFile) -> str:
    """What a file says, whatever its bytes; "" for a link or one too large to be a card."""
    return file.data.decode("utf-8", "surrogateescape") if file.data is not None else ""
