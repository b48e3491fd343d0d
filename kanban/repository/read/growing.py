"""What separates a head from one whose past is known: the commits that came, and those that went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kanban.errors import KanbanError
from kanban.model.history.commits import Commit
from kanban.model.history.history import Past
from kanban.model.history.new_commits import Growth
from kanban.model.settings.board_yml import BOARD_FILE
from kanban.repository.git.rawlog import read_commits, read_differences, read_graph, read_main_line
from kanban.repository.read.source import Source

_MAIN_LINE = 2000
"""How far down the main line a commit is looked for that is known already."""


def growth_since(source: Source, known: Past) -> Growth | None:
    """What separates our head from the known one; None when that head is gone from the repository, or when

    `board.yml` gives a column another folder.
    """
    git, old = source.repository.git, str(known.head)
    try:
        growth = _growth_of_main_line(source, known) if source.first_parent else _growth_of_graph(source, known)
        if growth is None or not _layout_stays(source, growth.commits):
            return None
        if source.first_parent or growth.is_line(old):
            return growth
        changed = next(iter(read_differences(git, [(source.head, old)], source.prefix)))
    except KanbanError:
        return None
    return replace(growth, changed=changed)


def _growth_of_graph(source: Source, known: Past) -> Growth:
    git, old = source.repository.git, str(known.head)
    commits = list(read_commits(git, source.head, [source.prefix], [old]))
    dropped = {} if any(old in commit.parents for commit in commits) else read_graph(git, old, source.head)
    return Growth(source.head, commits, dropped)


def _growth_of_main_line(source: Source, known: Past) -> Growth | None:
    """The same where only first parents count: down from both heads to the commit that both lines share."""
    git = source.repository.git
    base = next((commit for commit in read_main_line(git, source.head, _MAIN_LINE) if commit in known.ranks), None)
    if base is None:
        return None
    commits = list(read_commits(git, source.head, [source.prefix], [base], first_parent=True))
    above = sorted((rank, commit) for commit, rank in known.ranks.items() if rank >= known.ranks[base])
    line = [commit for _rank, commit in reversed(above)]
    return Growth(source.head, commits, {commit: (line[at + 1],) for at, commit in enumerate(line[:-1])})


def _layout_stays(source: Source, commits: Sequence[Commit]) -> bool:
    """Whether each column keeps its folders, and the board its place, through all of these commits."""
    changes = [change for commit in commits for change in commit.settings if change.path == BOARD_FILE]
    if not all(change.before and change.after for change in changes):
        return False
    blobs = {blob for change in changes for blob in (change.before, change.after)}
    layouts = source.layouts(blobs) if blobs else {}
    return all(layouts.get(blob) == source.layout for blob in blobs)
