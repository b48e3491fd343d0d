"""One card's past as a graph: a link is a state of the card on top of the states it followed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kanban.model.history.commits import Change
from kanban.model.history.entries import Entry
from kanban.model.history.steps import Lines


class Link:
    """A state of one card in one commit: where its files are and the step that led there (None: sides were joined).

    `previous` are the links it builds upon, `aside` those of sides that a merge did not keep. `at` is the step's time,
    not earlier than any link it builds upon. `back` marks a merge that undid what a side did: its result is not new,
    one of its parents had it (or it removed a card that its parents had in different places); it is told only where
    the card's line makes no sense without.
    """

    __slots__ = ("aside", "at", "back", "column", "files", "path", "previous", "step")

    def __init__(
        self,
        step: Entry | None,
        previous: tuple[Link, ...],
        files: dict[str, str],
        column: str | None,
        path: str,
        at: int,
    ) -> None:
        self.step = step
        self.previous = previous
        self.aside: tuple[Link, ...] = ()
        self.back = False
        self.files = files
        self.column = column
        self.path = path
        self.at = at

    @property
    def moves(self) -> bool:
        """Whether the link's step changed where the card stands."""
        return self.step is not None and self.step.moves

    def closure(self) -> set[Link]:
        """This link and all it builds upon."""
        return self._before(lambda link: link.previous)

    def ancestry(self) -> set[Link]:
        """This link and all that came before it, also what merges did not keep."""
        return self._before(lambda link: (*link.previous, *link.aside))

    def _before(self, links: Callable[[Link], Iterable[Link]]) -> set[Link]:
        found, open_links = {self}, [self]
        while open_links:
            for link in links(open_links.pop()):
                if link not in found:
                    found.add(link)
                    open_links.append(link)
        return found


NOTHING = Link(None, (), {}, None, "", -(1 << 62))
"""The state of a card before it exists."""


class CardLinks:
    """Makes the links of one card, in topological order; `made` lists them."""

    def __init__(self, lines: Lines, card: str) -> None:
        self.lines = lines
        self.card = card
        self.made: list[Link] = []

    def followed(self, node: int, link: Link, changes: Sequence[Change]) -> Link:
        """The state after an ordinary commit."""
        files, column, path = self._after(link, changes)
        return self._new(node, (link,), files, column, path) or link

    def _after(self, link: Link, changes: Sequence[Change]) -> tuple[dict[str, str], str | None, str]:
        """Files, column and path after some changes. A card with several copies counts where it was put last."""
        files = dict(link.files)
        come = []
        for change in changes:
            if change.after:
                if change.path not in files:
                    come.append(change.path)
                files[change.path] = change.after
            else:
                files.pop(change.path, None)
        if link.path in files and all(self._column(path) == link.column for path in come):
            return files, link.column, link.path
        for path in sorted(come, key=lambda path: (self._column(path) == link.column, path)):
            return files, self._column(path), path
        same = [path for path in files if self._column(path) == link.column]
        path = min(same or files, default="")
        return files, self._column(path), path

    def _column(self, path: str) -> str | None:
        place = self.lines.place(path) if path else None
        return place[0] if place else None

    def _new(
        self,
        node: int,
        previous: tuple[Link, ...],
        files: dict[str, str],
        column: str | None,
        path: str,
    ) -> Link | None:
        """The link for a step from the first of `previous`; None when nothing changed that counts."""
        before = previous[0]
        old_blob, blob = before.files.get(before.path, ""), files.get(path, "")
        if column == before.column:
            if files == before.files:
                return None
            kind, edited = "edited", False
        else:
            kind = "created" if before.column is None else "removed" if column is None else "moved"
            edited = kind == "moved" and old_blob != blob
        name, _parents, authored, committed, author = self.lines.commits[node][:5]
        at, rank = max(authored, *(link.at for link in previous)), self.lines.ranks[node]
        told = (kind, before.column, column, authored, committed, author, path or before.path, blob or old_blob, edited)
        link = Link(Entry(at, rank, name, self.card, *told), previous, files, column, path, at)
        self.made.append(link)
        return link

    def merged(self, node: int, links: list[Link], changes: Sequence[Change]) -> Link:
        """The card's state in a merge, given its states on the sides and what differs from the first side."""
        files, column, path = self._after(links[0], changes)
        twin = next((link for link in links if link.files == files), None)
        if twin is not None:
            column, path = twin.column, twin.path
        kept = list(dict.fromkeys(link for link in links if link.column == column))
        others = [link for link in links if link.column != column]
        if not kept:
            first = next((link for link in links if link.column is not None), links[0])
            links.sort(key=lambda link: link is not first)
            unseen = column is None and not set.intersection(*(set(link.files) for link in links))
            link = self._new(node, tuple(dict.fromkeys(links)), files, column, path) or links[0]
            link.back = unseen
            return link
        moves = {link for side in kept for link in side.closure() if link.moves}
        for other in others:
            if moves <= other.closure():
                link = self._new(node, (other, *kept), files, column, path) or kept[0]
                link.back, link.aside = True, tuple(others)
                return link
        blob = files.get(path, "")
        if blob and all(link.files.get(link.path) != blob for link in links):
            edited = self._new(node, tuple(kept), files, column, path)
            if edited is not None:
                edited.aside = tuple(others)
                return edited
        if len(kept) == 1 and kept[0].files == files and all(other in kept[0].closure() for other in others):
            return kept[0]
        link = Link(None, tuple(kept), files, column, path, max(link.at for link in kept))
        link.aside = tuple(others)
        self.made.append(link)
        return link
