"""The history of a board, from git's log or, as far as it is known already, from the cache."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import tzinfo

from kanban.model.commits import Change
from kanban.model.entries import events_of
from kanban.model.events import History
from kanban.model.history import Past, read_past
from kanban.model.layout import Layout
from kanban.repository.rawlog import Progress, read_commits, read_differences
from kanban.repository.repository import Repository


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
) -> History:
    """All events of the board in folder `prefix`, over every commit reachable from `revision` (a name or an id).

    `renames` maps the ids that cards had before to those they have now. A repository without commits has no events.
    `first_parent`: only the main line counts, a merge being one step with its own date. No file content is read, so a
    partial clone stays partial. A shallow clone is read as far as it goes and says so (`History.shallow`).
    """
    head = repository.head() if revision == "HEAD" else repository.resolve(revision)
    if head is None:
        return History(())
    with _collector_resting():
        past = _read(repository, head, prefix.strip("/"), layout, renames or {}, first_parent, progress)
        return History(events_of(past.entries, zone), head, repository.is_shallow())


def _read(
    repository: Repository,
    head: str,
    prefix: str,
    layout: Layout,
    renames: Mapping[str, str],
    first_parent: bool,
    progress: Progress | None,
) -> Past:
    entries = repository.ls_tree(head, prefix)
    places = (layout.place(entry.path) for entry in entries if entry.mode.startswith("100"))
    present = {place[1]: place[0] for place in places if place}
    commits = read_commits(repository.git, head, prefix, first_parent=first_parent, progress=progress)

    def ask(pairs: Sequence[tuple[str, str]], paths: Sequence[str]) -> Iterator[Sequence[Change]]:
        return read_differences(repository.git, pairs, prefix, paths)

    return read_past(commits, layout, present, ask, renames)


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
