"""The history of a board, from git's log or, as far as it is known already, from the cache."""

import gc
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo

from kanban.errors import KanbanError
from kanban.model.cards.layout import Layout
from kanban.model.history.commits import Change
from kanban.model.history.entries import events_of
from kanban.model.history.events import History
from kanban.model.history.history import Past, read_past
from kanban.model.history.new_commits import Growth, grow
from kanban.repository.git.rawlog import Progress, read_commits, read_differences, read_graph, read_main_line
from kanban.repository.git.repository import Repository
from kanban.repository.kept.cache import Cache

WORTH_KEEPING = 500
"""A history of fewer commits is read as quickly as a cache."""
WORTH_WRITING = 100
"""The cache is written anew when at least so many commits separate it from the head: a few are quickly added again."""
_MAIN_LINE = 2000
"""How far down the main line a commit is looked for that is known already."""


def read_history(
    repository: Repository,
    *,
    prefix: str,
    layout: Layout,
    zone: tzinfo,
    renames: Mapping[str, str] | None = None,
    revision: str = "HEAD",
    first_parent: bool = False,
    progress: Progress | None = None,
    cached: bool = True,
) -> History:
    """All events of the board in folder `prefix`, over every commit reachable from `revision` (a name or an id).

    `renames` maps the ids that cards had before to those they have now. A repository without commits has no events.
    `first_parent`: only the main line counts, a merge being one step with its own date. No file content is read, so a
    partial clone stays partial. A shallow clone is read as far as it goes and says so (`History.shallow`). With
    `cached=False` the cache is neither used nor written; the answer is the same.
    """
    head = repository.head() if revision == "HEAD" else repository.resolve(revision)
    if head is None:
        return History(())
    shallow = repository.is_shallow()
    former = {unicodedata.normalize("NFC", old): new for old, new in (renames or {}).items()}
    reader = _Reader(repository, head, prefix.strip("/"), layout, former, first_parent, progress)
    with _collector_resting():
        past = reader.read_with_cache() if cached and not shallow else reader.read()
        return History(events_of(past.entries, zone), head, shallow)


@dataclass(frozen=True)
class _Reader:
    """One reading: of which board, how, and up to which commit."""

    repository: Repository
    head: str
    prefix: str
    layout: Layout
    renames: Mapping[str, str]
    first_parent: bool
    progress: Progress | None

    def read(self) -> Past:
        """The past from the start."""
        commits = read_commits(
            self.repository.git, self.head, self.prefix, first_parent=self.first_parent, progress=self.progress
        )
        return read_past(commits, self.layout, self._present(), self._ask, self.renames)

    def read_with_cache(self) -> Past:
        """The past as kept, with what is new added; kept anew when that is worth it."""
        place = self.repository.common_dir
        cache = Cache(place, self.prefix, self.layout, self.renames, self.first_parent)
        known = cache.load()
        if known is not None and known.head == self.head:
            return known
        if known is not None:
            growth = self._growth(known)
            past = grow(known, growth, self.layout, self.renames) if growth else None
            if past is not None:
                if growth and len(growth.commits) >= WORTH_WRITING:
                    cache.store(past)
                return past
        past = self.read()
        if len(past.ranks) >= WORTH_KEEPING and self._old_names_are_gone():
            cache.store(past)
        return past

    def _growth(self, known: Past) -> Growth | None:
        """What separates our head from the known one; None when that head is gone from the repository."""
        git, old = self.repository.git, str(known.head)
        try:
            if self.first_parent:
                return self._growth_of_main_line(known)
            commits = list(read_commits(git, self.head, self.prefix, [old]))
            dropped = {} if any(old in commit.parents for commit in commits) else read_graph(git, old, self.head)
            growth = Growth(self.head, commits, dropped)
            if growth.is_line(old):
                return growth
            changed = next(iter(read_differences(git, [(self.head, old)], self.prefix)))
        except KanbanError:
            return None
        return Growth(self.head, commits, dropped, changed)

    def _growth_of_main_line(self, known: Past) -> Growth | None:
        """The same where only first parents count: down from both heads to the commit that both lines share."""
        git = self.repository.git
        base = next((commit for commit in read_main_line(git, self.head, _MAIN_LINE) if commit in known.ranks), None)
        if base is None:
            return None
        commits = list(read_commits(git, self.head, self.prefix, [base], first_parent=True))
        above = sorted((rank, commit) for commit, rank in known.ranks.items() if rank >= known.ranks[base])
        line = [commit for _rank, commit in reversed(above)]
        return Growth(self.head, commits, {commit: (line[at + 1],) for at, commit in enumerate(line[:-1])})

    def _present(self) -> dict[str, str]:
        entries = self.repository.ls_tree(self.head, self.prefix)
        places = (self.layout.place(entry.path) for entry in entries if entry.mode.startswith("100"))
        return {place[1]: place[0] for place in places if place}

    def _old_names_are_gone(self) -> bool:
        """Whether no former id is in use again: only then a reading can be continued without looking at all of it."""
        return not self.renames or self._present().keys().isdisjoint(self.renames)

    def _ask(self, pairs: Sequence[tuple[str, str]], paths: Sequence[str]) -> Iterator[Sequence[Change]]:
        return read_differences(self.repository.git, pairs, self.prefix, paths)


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Hundreds of thousands of small values are made here and no cycles: looking for some would take half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
