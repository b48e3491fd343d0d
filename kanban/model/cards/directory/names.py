"""Who is called so: companies and people by what cards and address books call them."""

from __future__ import annotations

from collections.abc import Iterable

from kanban.model.cards.directory.entry import Entry, bare
from kanban.model.cards.directory.links import link_label, link_target
from kanban.model.typed.choices import fold


class Names:
    """Companies and people by path, name and address; one that changes is added once more."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._by_path: dict[str, Entry] = {}
        self._called: dict[tuple[str, str], tuple[Entry, ...]] = {}
        for one in entries:
            self.add(one)

    def add(self, entry: Entry) -> None:
        """Know it, in place of what stood in its file before."""
        before = self._by_path.get(entry.path)
        for name in _names(before) if before is not None else ():
            self._called[entry.kind, name] = tuple(one for one in self._called[entry.kind, name] if one is not before)
        self._by_path[entry.path] = entry
        for name in _names(entry):
            self._called[entry.kind, name] = (*self._called.get((entry.kind, name), ()), entry)

    def at(self, path: str) -> Entry | None:
        """The entry in a file, by the file's path or the same without `.md`."""
        return self._by_path.get(path) or self._by_path.get(f"{path}.md")

    def exactly(self, kind: str, name: str) -> tuple[Entry, ...]:
        """Those of that name or mail address, as names are compared."""
        return self._called.get((kind, name), ())

    def called(self, kind: str, name: str) -> tuple[Entry, ...]:
        """Those that a card may mean by a name: a file's name or path, a name, another name, or a link to the file."""
        one = self.at(name) or self.at(f"{kind}/{link_target(name)}")
        if one is not None and one.kind == kind:
            return (one,)
        text = link_label(name)
        return self.exactly(kind, fold(text)) or self.exactly(kind, f" {bare(text, kind)}")


def _names(entry: Entry) -> tuple[str, ...]:
    """Its names; exactly, and with a space before where legal form or title are left out."""
    return tuple(dict.fromkeys((*entry.names, *entry.emails, *(f" {name}" for name in entry.bare_names))))
