"""From commits to events: one ordered history of a board, each thing that happened told once."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field, replace
from datetime import tzinfo
from typing import NamedTuple

from kanban.model.cards.layout import Layout
from kanban.model.history.commits import Commit
from kanban.model.history.counting import history_of
from kanban.model.history.entries import Entry, events_of
from kanban.model.history.events import History
from kanban.model.history.merged_moves import Ask, Settling
from kanban.model.history.states import Link
from kanban.model.history.steps import Lines, lines_of
from kanban.model.history.told_order import told_line
from kanban.values import dataclass

NO_PART, PART, DECIDED = range(3)


class Stand(NamedTuple):
    """Where a contested card's line has led: the time below which nothing more can happen to it, and its only file.

    `path` is `""` when the card is gone. What the next ordinary commit does to the card follows from this. `merges`
    says what part merges had in the line: `NO_PART`, `PART` (but it reads literally all the same), or `DECIDED`.
    """

    time: int
    path: str
    blob: str
    merges: int = NO_PART


class Followed(NamedTuple):
    """What a reading had to follow: folders of columns that have others now (with their columns), former card names

    that nothing but a commit tells of, and whether the board or the columns' folders changed places.
    """

    claims: tuple[tuple[str, str], ...] = ()
    renamed: frozenset[str] = frozenset()
    moved: bool = False


NOTHING_FOLLOWED = Followed()

Settings = tuple[tuple[int, str], ...] | None
"""The versions of `board.yml` with the times at which they were made; None where the commits are not one line from the
first to the last, or the board came from another folder."""


@dataclass(frozen=True)
class Past:
    """All that is known of a board's past up to the commit `head`, in a form that later commits can be added to.

    `contested` names the cards whose line had to be settled (None: it stands in several places at once). `ranks` is the
    rank of every commit. `undoes` maps commits that undo another one to that one; `imports` are those that say so.
    `settings` are told by a reading from the start alone.
    """

    entries: tuple[Entry, ...] = ()
    head: str | None = None
    contested: Mapping[str, Stand | None] = field(default_factory=dict)
    ranks: Mapping[str, int] = field(default_factory=dict)
    undoes: Mapping[str, str] = field(default_factory=dict)
    followed: Followed = NOTHING_FOLLOWED
    imports: frozenset[str] = frozenset()
    settings: Settings = None

    def history(self, zone: tzinfo, *, shallow: bool = False, known: Collection[str] = ()) -> History:
        """The past as a history, with times in a timezone; `known` are commits that touch none of its cards."""
        found = history_of(events_of(self.entries, zone), self.undoes, self.head, shallow=shallow, known=known)
        return replace(found, imports=self.imports) if self.imports else found


def read_past(lines: Lines, ask: Ask, followed: Followed = NOTHING_FOLLOWED, settings: Settings = None) -> Past:
    """What the lines of all cards tell; `ask` is called at most once, when merges must be looked into."""
    contested = lines.contested()
    entries = [
        step.entry
        for card, line in lines.by_card.items()
        if card not in contested
        for step in line.steps
        if step.entry is not None
    ]
    stands: dict[str, Stand | None] = {}
    if contested:
        settling = Settling(lines, contested, ask)
        final = settling.final()
        for card, links in settling.links.items():
            told, time, literal = told_line(links.made, final.get(card))
            chain = all(len(link.previous) == 1 for link in links.made)
            stands[card] = stand_of(final.get(card), time, NO_PART if chain else PART if literal else DECIDED)
            entries += told
    entries.sort()
    head = lines.commits[-1].id if lines.commits else None
    ranks = lines.ranks_taken()
    undoes = {commit.id: commit.undoes for commit in lines.commits if commit.undoes}
    imports = frozenset(commit.id for commit in lines.commits if commit.imported)
    return Past(tuple(entries), head, stands, ranks, undoes, followed, imports, settings)


def settings_told(commits: Iterable[Commit], path: str) -> Settings:
    """The versions of a board's file that its commits tell, where it always stood in one folder."""
    found: list[tuple[int, str]] = []
    before: tuple[str, ...] = ()
    for commit in commits:
        if commit.parents != before:
            return None
        for change in commit.settings:
            if change.path == path and change.after:
                found.append((commit.authored, change.after))
        before = (commit.id,)
    return tuple(found)


def stand_of(link: Link | None, time: int, merges: int) -> Stand | None:
    """Where a settled line has led, from its last link and the time below which nothing can follow."""
    if link is None or not link.files:
        return Stand(time, "", "", merges)
    return Stand(time, link.path, link.files[link.path], merges) if len(link.files) == 1 else None


def build_history(
    commits: Iterable[Commit],
    layout: Layout,
    zone: tzinfo,
    present: Mapping[str, str],
    ask: Ask,
    formerly: Mapping[str, str] | None = None,
    *,
    shallow: bool = False,
) -> History:
    """The events that commits tell, given from the oldest to the newest, parents before children, the head last.

    `present` says in which column each card stands in the head's tree; `formerly` maps former card ids to present ones.
    """
    past = read_past(lines_of(commits, layout, formerly or {}, present), ask)
    return past.history(zone, shallow=shallow)
