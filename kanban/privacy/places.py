"""Where a person stands in the files of a board: which file, which line, surely or perhaps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kanban.model.cards.boardfile import BoardFile
from kanban.privacy.person import Person


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, or the file's name (line 0). `sure` is False where only a part of the name stands."""

    path: str
    line: int
    text: str
    sure: bool


def places_of(person: Person, files: Iterable[BoardFile]) -> Iterator[Place]:
    """Every line that names the person, in the order of the files; parts of the name after what is sure of a file."""
    for file in files:
        if person.stands_in(file.path) or person.may_stand_in(file.path):
            yield Place(file.path, 0, file.path, person.stands_in(file.path))
        text = text_of(file)
        whole = person.stands_in(text)
        for number, line in enumerate(text.splitlines(), 1):
            if person.stands_in(line) or person.may_stand_in(line):
                yield Place(file.path, number, line.strip(), whole)


def text_of(file: BoardFile) -> str:
    """What a file says, whatever its bytes; "" for a link or one too large to be a card."""
    return file.data.decode("utf-8", "surrogateescape") if file.data is not None else ""
