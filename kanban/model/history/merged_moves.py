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

from collections.abc import Callable, Iterable, Sequence

from kanban.model.history.commits import Change
from kanban.model.history.states import NOTHING, CardLinks, Link
from kanban.model.history.steps import Lines, Step

Ask = Callable[[Sequence[tuple[str, str]], Sequence[str]], Iterable[Sequence[Change]]]
"""Given pairs (merge, parent) and paths of interest, answers in order what changed from each parent to its merge."""


class Settling:
    """The walk over the graph for a set of cards."""

    def __init__(self, lines: Lines, cards: set[str], ask: Ask) -> None:
        self.lines = lines
        self.cards = cards
        self.ask = ask
        self.links = {card: CardLinks(lines, card) for card in cards}
        self._steps: dict[int, list[tuple[str, Step]]] = {}
        for card in cards:
            for step in lines.by_card[card].steps:
                self._steps.setdefault(step.commit, []).append((card, step))

    def final(self) -> dict[str, Link]:
        """Each card's last link, at the newest commit. `links` then holds every link made, per card."""
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
                    state[card] = self.links[card].followed(node, state.get(card, NOTHING), step.changes)
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
            change.path for card in self.cards for step in self.lines.by_card[card].steps for change in step.changes
        }
        for touched in self.lines.merged.values():
            paths.update(change.path for card in self.cards & touched.keys() for change in touched[card])
        return sorted(paths)

    def _merge(
        self,
        node: int,
        sides: list[dict[str, Link]],
        state: dict[str, Link],
        answers: list[dict[str, list[Change]]],
    ) -> None:
        cards = {card for answer in answers for card in answer}
        first = sides[0]
        for side in sides[1:]:
            cards |= first.keys() - side.keys()
            cards.update(card for card, link in side.items() if first.get(card) is not link)
        for card in sorted(cards):
            links = [side.get(card, NOTHING) for side in sides]
            state[card] = self.links[card].merged(node, links, answers[0].get(card, ()))
