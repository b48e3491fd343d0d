"""Settles contested cards: walks the commit graph and finds which moves a merge kept.

Each card's past becomes a graph of links: a link is a step on top of the links it followed. At a merge the card stands
where the merged tree says. The sides that stood there already are kept; a side that stood elsewhere is

- stale, when the kept side had moved on from there: nothing to do;
- taken back, when it had moved on from the kept side: the merge itself is a move back, or the card's line would end in
  a column it is not in;
- overruled, when both had moved on: its moves happened and stay in the record, but before the move that prevailed,
  whose time they cannot exceed.

So the last event of a card always says where the card stands, in every commit, whichever branch was slower.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from kanban.model.commits import Change
from kanban.model.lines import Lines, Step

Ask = Callable[[Sequence[tuple[str, str]], Sequence[str]], Iterable[Sequence[Change]]]
"""Given pairs (merge, parent) and paths of interest, answers in order what changed from each parent to its merge."""


class Link:
    """A state of one card: where its files are, and the step that led there from the links before (None: a join)."""

    __slots__ = ("at", "column", "files", "node", "path", "previous", "step")

    def __init__(
        self,
        node: int,
        step: Settled | None,
        previous: tuple[Link, ...],
        files: dict[str, str],
        column: str | None,
        path: str,
        at: int,
    ) -> None:
        self.node = node
        self.step = step
        self.previous = previous
        self.files = files
        self.column = column
        self.path = path
        self.at = at

    def closure(self) -> set[Link]:
        """This link and all before it."""
        found, open_links = {self}, [self]
        while open_links:
            for link in open_links.pop().previous:
                if link not in found:
                    found.add(link)
                    open_links.append(link)
        return found


class Settled(NamedTuple):
    """A step as it counts: `kind` and columns known, and `edited` for a move with a change of content."""

    commit: int
    kind: str
    from_column: str | None
    to_column: str | None
    path: str
    blob: str
    edited: bool


_NOTHING = Link(-1, None, (), {}, None, "", -(1 << 62))


class Settling:
    """The walk over the graph for a set of cards."""

    def __init__(self, lines: Lines, cards: set[str], ask: Ask) -> None:
        self.lines = lines
        self.cards = cards
        self.ask = ask
        self.links: dict[str, list[Link]] = {card: [] for card in cards}
        self._steps: dict[int, list[tuple[str, Step]]] = {}
        for card in cards:
            for step in lines.by_card[card].steps:
                self._steps.setdefault(step.commit, []).append((card, step))

    def final(self) -> dict[str, Link]:
        """Each card's last link, at the newest commit. `links` then holds every link with a step, per card."""
        stands, nodes = self._relevant()
        answers = self._answers(node for node in nodes if len(self.lines.commits[node].parents) > 1)
        bases = {node: self._parents(node, stands) for node in nodes}
        uses: dict[int, int] = {}
        for parents in bases.values():
            for parent in parents:
                uses[parent] = uses.get(parent, 0) + 1
        last = stands[-1] if stands else -1
        uses[last] = uses.get(last, 0) + 1
        states: dict[int, dict[str, Link]] = {-1: {}}
        for node in nodes:
            sides = [states[parent] for parent in bases[node]] or [{}]
            state = self._taken(states, bases[node], uses)
            if len(bases[node]) > 1:
                self._merge(node, sides, state, answers[node])
            else:
                for card, step in self._steps.get(node, ()):
                    state[card] = self._followed(node, card, state.get(card, _NOTHING), step.all_changes())
            states[node] = state
        return states[last]

    def _parents(self, node: int, stands: list[int]) -> list[int]:
        index = self.lines.index
        return [stands[index[parent]] for parent in self.lines.commits[node].parents if parent in index]

    def _taken(self, states: dict[int, dict[str, Link]], parents: list[int], uses: dict[int, int]) -> dict[str, Link]:
        """The first parent's state, copied only if another node still needs it; states nobody needs are let go."""
        if not parents:
            return {}
        first = states[parents[0]]
        for parent in parents:
            uses[parent] -= 1
        state = dict(first) if uses[parents[0]] or len(parents) > 1 else first
        for parent in set(parents):
            if not uses[parent]:
                del states[parent]
        return state

    def _relevant(self) -> tuple[list[int], list[int]]:
        """For each commit the nearest commit in which a card of ours may have changed, and the list of those."""
        stands: list[int] = []
        nodes: list[int] = []
        index, steps, merged = self.lines.index, self._steps, self.lines.merged
        for number, commit in enumerate(self.lines.commits):
            before = {stands[index[parent]] for parent in commit.parents if parent in index}
            if len(before) > 1 or number in steps or (number in merged and not self.cards.isdisjoint(merged[number])):
                stands.append(number)
                nodes.append(number)
            else:
                stands.append(before.pop() if before else -1)
        return stands, nodes

    def _answers(self, merges: Iterable[int]) -> dict[int, list[dict[str, list[Change]]]]:
        """For each merge and each of its parents, what changed from the parent to the merge, by card."""
        commits, index = self.lines.commits, self.lines.index
        asked = [(number, parent) for number in merges for parent in commits[number].parents if parent in index]
        if not asked:
            return {}
        answers: dict[int, list[dict[str, list[Change]]]] = {}
        pairs = [(commits[number].id, parent) for number, parent in asked]
        for (number, _parent), changes in zip(asked, self.ask(pairs, self._paths()), strict=True):
            of_cards: dict[str, list[Change]] = {}
            for change in changes:
                place = self.lines.place(change.path)
                if place is not None and place[1] in self.cards:
                    of_cards.setdefault(place[1], []).append(change)
            answers.setdefault(number, []).append(of_cards)
        return answers

    def _paths(self) -> list[str]:
        paths = {
            change.path
            for card in self.cards
            for step in self.lines.by_card[card].steps
            for change in step.all_changes()
        }
        for touched in self.lines.merged.values():
            paths.update(change.path for card in self.cards & touched.keys() for change in touched[card])
        return sorted(paths)

    def _followed(self, node: int, card: str, link: Link, changes: Sequence[Change]) -> Link:
        """The state after an ordinary commit."""
        files, column, path = self._after(link, changes)
        return self._new(node, card, (link,), files, column, path) or link

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
        card: str,
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
        commit = self.lines.commits[node]
        at = max(commit.authored, *(link.at for link in previous))
        step = Settled(node, kind, before.column, column, path or before.path, blob, edited)
        link = Link(node, step, previous, files, column, path, at)
        self.links[card].append(link)
        return link

    def _merge(
        self,
        node: int,
        sides: list[dict[str, Link]],
        state: dict[str, Link],
        answers: list[dict[str, list[Change]]],
    ) -> None:
        cards = {card for answer in answers for card in answer}
        cards |= {
            card
            for side in sides[1:]
            for card in side.keys() | sides[0].keys()
            if side.get(card) is not sides[0].get(card)
        }
        for card in sorted(cards):
            links = [side.get(card, _NOTHING) for side in sides]
            state[card] = self._merged(node, card, links, answers[0].get(card, ()))

    def _merged(self, node: int, card: str, links: list[Link], changes: Sequence[Change]) -> Link:
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
            return self._new(node, card, tuple(dict.fromkeys(links)), files, column, path) or links[0]
        for other in others:
            if all(link in other.closure() for link in kept):
                back = self._new(node, card, (other, *kept), files, column, path)
                return back or kept[0]
        blob = files.get(path, "")
        if blob and all(link.files.get(link.path) != blob for link in links):
            edited = self._new(node, card, tuple(kept), files, column, path)
            if edited is not None:
                return edited
        if len(kept) == 1 and kept[0].files == files:
            return kept[0]
        return Link(node, None, tuple(kept), files, column, path, max(link.at for link in kept))
