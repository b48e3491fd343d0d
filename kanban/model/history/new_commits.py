"""Adds new commits to a past that is known, so that nothing is read twice; or says that it cannot be sure.

What comes out equals a reading from the start. New commits on one line after the known head are added unless they touch
a card about which a merge had to decide. Work on several branches is added where every touched card's line still speaks
for itself. Else the answer is None, and everything must be read again.
"""

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any, cast

from kanban.model.cards.layout import Layout
from kanban.model.history.commits import Change, Commit
from kanban.model.history.entries import Entry
from kanban.model.history.history import DECIDED, NO_PART, NOTHING_FOLLOWED, Past, Stand, stand_of
from kanban.model.history.states import NOTHING, CardLinks, Link
from kanban.model.history.steps import Line, Lines
from kanban.values import dataclass


@dataclass(frozen=True)
class Growth:
    """What separates a new head from the known one.

    `commits` are new, the oldest first; `dropped` are those of the known past that the new head does not descend from,
    the newest first, each with its parents. `changed` is what differs between the trees of the two heads.
    """

    head: str
    commits: Sequence[Commit]
    dropped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    changed: Sequence[Change] = ()

    def is_line(self, known_head: str | None) -> bool:
        """Whether one line of commits gives way to another from the same commit on (mostly: just goes on)."""
        base = known_head
        for commit, parents in self.dropped.items():
            if commit != base or len(parents) != 1:
                return False
            base = parents[0]
        for new in self.commits:
            if new.parents != (base,):
                return False
            base = new.id
        return True


def grow(past: Past, growth: Growth, layout: Layout, formerly: Mapping[str, str]) -> Past | None:
    """The past of the new head; None when it must be read from the start.

    Commits that change `board.yml` must leave every column its folders: ask `kanban.repository.read.log`.
    """
    kept, followed = past.entries, past.followed
    line = growth.is_line(past.head)
    if (followed.moved and not line) or (followed != NOTHING_FOLLOWED and growth.dropped):
        return None
    if followed.claims:
        layout = Layout(layout.folders + followed.claims)
    if growth.dropped:
        kept = tuple(entry for entry in kept if entry.commit not in growth.dropped)
        if not _may_drop(past, kept, growth):
            return None
    last = {entry.card: entry for entry in kept}
    lines = Lines(layout, formerly, {}, past.ranks, lambda card: _begun(last.get(card)))
    for commit in growth.commits:
        names = (place[1] for change in commit.changes if (place := layout.place(change.path)))
        if any(name in formerly or name in followed.renamed for name in names):
            return None
        lines.add(commit)
    if lines.renaming:
        return None
    contested: dict[str, Stand | None] | None
    if line:
        contested, new = _continued(past, lines, last)
    else:
        contested, new = _read_off(past, lines, last, growth)
    if contested is None:
        return None
    ranks: Mapping[str, int] = ChainMap(dict(zip(lines.index, lines.ranks, strict=True)), cast("Any", past.ranks))
    if growth.dropped:
        ranks = {commit: rank for commit, rank in ranks.items() if commit not in growth.dropped}
    undoes = {commit: other for commit, other in past.undoes.items() if commit not in growth.dropped}
    undoes |= {commit.id: commit.undoes for commit in growth.commits if commit.undoes}
    imports = (past.imports - growth.dropped.keys()) | {commit.id for commit in growth.commits if commit.imported}
    return Past(_joined(kept, sorted(new)), growth.head, contested, ranks, undoes, followed, imports)


def _joined(kept: tuple[Entry, ...], new: list[Entry]) -> tuple[Entry, ...]:
    if not new or not kept or kept[-1] < new[0]:
        return (*kept, *new)
    return tuple(sorted((*kept, *new)))


def _begun(entry: Entry | None) -> Line:
    """The line of a card that speaks for itself, from its last entry."""
    return Line() if entry is None else Line(entry.to_column, entry.at, entry.rank)


def _may_drop(past: Past, kept: tuple[Entry, ...], growth: Growth) -> bool:
    """Whether what is left speaks for itself without the dropped commits."""
    affected = {entry.card for entry in past.entries if entry.commit in growth.dropped}
    if not affected.isdisjoint(past.contested):
        return False
    if any(stand is None or stand.merges != NO_PART for stand in past.contested.values()):
        return False
    columns: dict[str, str | None] = {}
    for entry in kept:
        if entry.card in affected:
            if entry.from_column != columns.get(entry.card):
                return False
            columns[entry.card] = entry.to_column
    return True


def _continued(
    past: Past, lines: Lines, last: Mapping[str, Entry]
) -> tuple[dict[str, Stand | None] | None, list[Entry]]:
    """One line of commits on top of a known state: every card's next steps follow from where it stood."""
    contested = dict(past.contested)
    new: list[Entry] = []
    for card, line in lines.by_card.items():
        stand = contested.get(card)
        if card in contested and (stand is None or stand.merges == DECIDED):
            return None, []
        link = _standing(stand, last.get(card), lines, line.steps[0].changes)
        links = CardLinks(lines, card)
        for step in line.steps:
            link = links.followed(step.commit, link, step.changes)
        entries = [made.step for made in links.made if made.step is not None]
        new += entries
        if stand is not None or len(link.files) > 1 or any(entry.at != entry.authored for entry in entries):
            contested[card] = stand_of(link, link.at, stand.merges if stand else NO_PART)
    return contested, new


def _standing(stand: Stand | None, entry: Entry | None, lines: Lines, next_changes: Iterable[Change]) -> Link:
    """The state from which a card goes on. A merge may have chosen an older content: what comes next knows better."""
    if stand is not None:
        path, blob, at = stand.path, stand.blob, stand.time
    elif entry is not None:
        path, blob, at = ("" if entry.kind == "removed" else entry.path), entry.blob, entry.at
    else:
        return NOTHING
    blob = next((change.before for change in next_changes if change.path == path), blob)
    place = lines.place(path) if path else None
    return Link(None, (), {path: blob} if path else {}, place[0] if place else None, path, at)


def _read_off(
    past: Past, lines: Lines, last: Mapping[str, Entry], growth: Growth
) -> tuple[dict[str, Stand | None] | None, list[Entry]]:
    """Work on branches: fine where the touched cards' lines speak for themselves and end where the tree says."""
    decided = any(stand is None or stand.merges == DECIDED for stand in past.contested.values())
    if decided or not lines.by_card.keys().isdisjoint(past.contested):
        return None, []
    before = {entry.card: entry.to_column for entry in past.entries if entry.moves}
    columns = {card: entry.to_column for card, entry in last.items()}
    columns |= {card: line.column for card, line in lines.by_card.items()}
    now = _now(lines, growth.changed)
    affected = {entry.card for entry in past.entries if entry.commit in growth.dropped}
    for card in now.keys() | lines.by_card.keys() | affected:
        if card in past.contested or columns.get(card) != now.get(card, before.get(card)):
            return None, []
    if any(line.contested for line in lines.by_card.values()):
        return None, []
    new = [step.entry for line in lines.by_card.values() for step in line.steps if step.entry is not None]
    return dict(past.contested), new


def _now(lines: Lines, changed: Iterable[Change]) -> dict[str, str | None]:
    """Where the cards stand in the new head's tree whose files differ from the known head's."""
    now: dict[str, str | None] = {}
    for change in changed:
        place = lines.place(change.path)
        if place is not None and (change.after or place[1] not in now):
            now[place[1]] = place[0] if change.after else None
    return now
