"""A slow reader of histories, to hold the fast one against: it asks git for the whole tree of every commit.

Written from the rules as they are told to users, not from the product's code. A board here has one folder per column, named
like the column's key, and no card stands in two places at once.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field, replace
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """Where a card is in one commit."""

    column: str
    path: str
    blob: str


@dataclass(order=True)
class Happening:
    """One event of one card in one commit."""

    card: str
    kind: str
    before: str | None
    after: str | None
    commit: str
    authored: int
    rank: int
    edited: bool = False
    at: int = 0
    back: bool = False
    """A merge that only undid what a side did: one of its parents stood there, or it dropped a card they disagreed on."""
    basis: set[int] = field(default_factory=set)
    """Numbers of the happenings it builds upon."""

    def told(self) -> tuple[str, str, str | None, str | None, int, str, bool]:
        return self.card, self.kind, self.before, self.after, self.at, self.commit, self.edited


Keyed = tuple[tuple[int, float, str, str], Happening]


class BruteForce:
    """All events of a repository's board whose column folders are given."""

    def __init__(self, root: Path, columns: str, prefix: str = "") -> None:
        self.root, self.columns, self.prefix = root, columns, prefix
        self.commits = self._git("rev-list", "--topo-order", "--reverse", "HEAD").split()
        self.parents = {c: self._git("log", "-1", "--format=%P", c).split() for c in self.commits}
        self.authored = {c: int(self._git("log", "-1", "--format=%at", c)) for c in self.commits}
        self.trees = {c: self._tree(c) for c in self.commits}
        self.rank: dict[str, int] = {}
        for commit in self.commits:
            self.rank[commit] = max((self.rank[p] + 1 for p in self.parents[commit]), default=0)
        self.ancestors: dict[str, set[str]] = {}
        for commit in self.commits:
            self.ancestors[commit] = {commit}.union(*(self.ancestors[parent] for parent in self.parents[commit]))

    def _git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, text=True, check=True)
        return done.stdout

    def _tree(self, commit: str) -> dict[str, Place]:
        places = {}
        for line in self._git("ls-tree", "-r", "-z", commit).split("\0")[:-1]:
            head, path = line.split("\t")
            inside = path.removeprefix(self.prefix)
            folder, _slash, _rest = inside.partition("/")
            if path.startswith(self.prefix) and folder in self.columns and path.endswith(".md"):
                places[path.rpartition("/")[2][:-3]] = Place(folder, inside, head.split()[2])
        return places

    def events(self) -> list[tuple[str, str, str | None, str | None, int, str, bool]]:
        """All events in order: card, kind, from, to, time, commit, edited."""
        cards = {card for tree in self.trees.values() for card in tree}
        told = [one for card in cards for one in self._card(card)]
        return [happening.told() for _key, happening in sorted(told, key=lambda one: one[0])]

    def _card(self, card: str) -> list[tuple[tuple[int, float, str, str], Happening]]:
        all_of_it: list[Happening] = []
        kept: dict[str, set[int]] = {}
        for commit in self.commits:
            kept[commit] = self._kept(card, commit, kept, all_of_it)
        literal = self._literal(card, all_of_it)
        if literal is not None:
            return literal
        final = kept[self.commits[-1]]
        keys = {number: self._key(happening) for number, happening in enumerate(all_of_it)}
        rivals = sorted((keys[number], number) for number in final if all_of_it[number].kind != "edited")
        twins, before = self._answers(all_of_it, [number for _key, number in rivals], final, kept)
        for number, first in before.items():
            happening, place = all_of_it[number], self._key(all_of_it[first])
            if place < keys[number]:
                keys[number] = (place[0], place[1] - 0.5 + happening.rank / (1 << 24), happening.commit, card)
        same: dict[int, list[int]] = {}
        for number, twin in twins.items():
            same.setdefault(twin, [twin]).append(number)
        late = {one for group in same.values() for one in sorted(group, key=lambda one: keys[one])[1:]}
        late -= {number for _key, number in rivals[-1:]}
        told = [(keys[number], happening) for number, happening in enumerate(all_of_it) if number not in late]
        return self._once(sorted(told))

    def _answers(
        self, all_of_it: list[Happening], rivals: list[int], final: set[int], kept: dict[str, set[int]]
    ) -> tuple[dict[int, int], dict[int, int]]:
        """For what merges did not keep: the kept one that is the same, or the kept one before which it is told."""
        twins: dict[int, int] = {}
        before: dict[int, int] = {}
        for number, happening in enumerate(all_of_it):
            if number in final or happening.kind == "edited":
                continue
            upon = self._all_basis(number, all_of_it)
            unknown = [rival for rival in rivals if rival not in upon]
            merges = self._overruled_by(number, kept)
            unknown = [one for one in unknown if not merges & self.ancestors[all_of_it[one].commit]] or unknown
            twin, met = None, None
            own = (other for other in upon if other not in final and all_of_it[other].kind != "edited")
            for other in sorted(own, key=lambda other: self._key(all_of_it[other])):
                twin = unknown.pop(0) if unknown and self._alike(all_of_it[other], all_of_it[unknown[0]]) else None
                met = (other, twin) if twin is not None else met
            if twin is not None:
                twins[number] = twin
            elif unknown:
                before[number] = unknown[0]
            elif met is not None:
                before[number] = met[1]
                if happening.before == all_of_it[met[1]].after:
                    twins.pop(met[0], None)
                    before[met[0]] = met[1]
            elif rivals:
                before[number] = rivals[-1]
        return twins, before

    def _overruled_by(self, number: int, kept: dict[str, set[int]]) -> set[str]:
        """The merges of which a side had this, and which did not take it."""
        return {
            commit
            for commit, parents in self.parents.items()
            if number not in kept[commit] and any(number in kept[parent] for parent in parents)
        }

    def _alike(self, one: Happening, other: Happening) -> bool:
        return (one.before, one.after) == (other.before, other.after)

    def _literal(self, card: str, all_of_it: list[Happening]) -> list[Keyed] | None:
        """What each commit changed against all its parents, by time; None when that does not read as one line."""
        fresh = [replace(one, basis=set()) for one in all_of_it if not one.back]
        for number, happening in enumerate(fresh):
            earlier = [one.at for one in fresh[:number] if one.commit in self.ancestors[happening.commit]]
            happening.at = max([happening.authored, *earlier])
        ordered = self._once(sorted((self._key(happening), happening) for happening in fresh))
        column = None
        for _key, happening in ordered:
            if happening.kind != "edited":
                if happening.before != column:
                    return None
                column = happening.after
        place = self.trees[self.commits[-1]].get(card)
        return ordered if column == (place.column if place else None) else None

    def _kept(self, card: str, commit: str, kept: dict[str, set[int]], all_of_it: list[Happening]) -> set[int]:
        now = self.trees[commit].get(card)
        parents = self.parents[commit]
        before = [self.trees[parent].get(card) for parent in parents] or [None]
        sides = [kept[parent] for parent in parents] or [set()]
        column = now.column if now else None
        columns = [place.column if place else None for place in before]
        agreeing = [side for side, there in zip(sides, columns, strict=True) if there == column]
        if not agreeing:
            first = next((place for place in before if place), None)
            result = self._happen(card, commit, first, now, set().union(*sides), all_of_it)
            all_of_it[-1].back = now is None and len({place.path for place in before if place}) > 1
            return result
        upon = set().union(*agreeing)
        moves = {number for number in upon if all_of_it[number].kind != "edited"}
        for side, place in zip(sides, before, strict=True):
            there = place.column if place else None
            if there != column and moves <= side:
                result = self._happen(card, commit, place, now, upon | side, all_of_it)
                all_of_it[-1].back = True
                return result
        content = now.blob if now else None
        if len(parents) > 1:
            changed = content is not None and all(place is None or place.blob != content for place in before)
        else:
            changed = now != before[0]
        return self._happen(card, commit, now, now, upon, all_of_it) if changed else upon

    def _happen(
        self,
        card: str,
        commit: str,
        before: Place | None,
        now: Place | None,
        upon: set[int],
        all_of_it: list[Happening],
    ) -> set[int]:
        old, new = before.column if before else None, now.column if now else None
        kind = "edited" if old == new else "created" if old is None else "removed" if new is None else "moved"
        edited = bool(kind == "moved" and before and now and before.blob != now.blob)
        happening = Happening(card, kind, old, new, commit, self.authored[commit], self.rank[commit], edited)
        happening.at = max([happening.authored, *(all_of_it[number].at for number in upon)])
        happening.basis = set(upon)
        all_of_it.append(happening)
        return upon | {len(all_of_it) - 1}

    def _all_basis(self, number: int, all_of_it: list[Happening]) -> set[int]:
        return all_of_it[number].basis | {number}

    def _key(self, happening: Happening) -> tuple[int, float, str, str]:
        return happening.at, float(happening.rank), happening.commit, happening.card

    def _once(
        self, ordered: list[tuple[tuple[int, float, str, str], Happening]]
    ) -> list[tuple[tuple[int, float, str, str], Happening]]:
        """No arrival in a column the card is in already: both sides of a merge made the same move."""
        column: str | None = None
        told = []
        for key, happening in ordered:
            if happening.kind != "edited":
                if happening.after == column:
                    continue
                column = happening.after
            happening.at = key[0]
            told.append((key, happening))
        return told
