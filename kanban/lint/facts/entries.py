"""Findings on the files of companies and people."""

from collections.abc import Iterable, Iterator

from kanban.lint.finding import Hit
from kanban.model.cards.directory.entry import Entry, bare
from kanban.model.cards.directory.links import ACCOUNTS


def at_entry(entry: Entry, key: str, message: str, cure: str, detail: str = "") -> Hit:
    """A hit on a field of the file; on its first line when it has no such field."""
    found = entry.document.get(key) if entry.document is not None else None
    line, column = (found.line, found.column) if found is not None else (1, 1)
    return Hit(entry.path, line, column, message, cure, key=key, detail=detail)


def verb_of(entry: Entry) -> str:
    """The verb for its kind."""
    return "account" if entry.kind == ACCOUNTS else "person"


_SHORTEST = 5
"""Letters from which on one letter more or less is a slip of the hand, and not another name."""


class Alike:
    """Companies, or people, by names that are nearly theirs: but for a letter; companies', but for last words."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._slips: dict[str, Entry] = {}
        self._whole: dict[str, Entry] = {}
        self._begins: dict[str, Entry] = {}
        self._kind = ""
        for one in entries:
            self._kind = one.kind
            for name in (bare(text, one.kind) for text in (one.name, *one.also)):
                for index, keys in ((self._slips, _slips(name)), (self._whole, (name,)), (self._begins, _begins(name))):
                    for key in keys:
                        index.setdefault(key, one)

    def to(self, name: str) -> Entry | None:
        """The one whose name is nearly this."""
        plain = bare(name, self._kind)
        found = next((self._slips[one] for one in _slips(plain) if one in self._slips), None)
        if found is None and self._kind == ACCOUNTS and len(plain) >= _SHORTEST:
            found = self._begins.get(plain) or next(
                (self._whole[one] for one in _begins(plain) if one in self._whole), None
            )
        return found


def _slips(name: str) -> Iterator[str]:
    """A name without spaces, and without any one of its letters: two names that differ by a slip share one of these."""
    letters = name.replace(" ", "")
    yield letters
    if len(letters) >= _SHORTEST:
        yield from (letters[:at] + letters[at + 1 :] for at in range(len(letters)))


def _begins(name: str) -> Iterator[str]:
    """The first words of a name, as far as they tell something."""
    words = name.split()
    yield from (one for count in range(1, len(words)) if len(one := " ".join(words[:count])) >= _SHORTEST)
