"""What is to be published, and what became of it: values that the commands fill in and read."""

from __future__ import annotations

from kanban.gestures.base.change import PathChange
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class Publication:
    """The changes of one commit, and its message (see `kanban.repository.write.message.commit_message`).

    `authored` is when it happened, where that is another moment than now (ISO time with offset).
    """

    changes: tuple[PathChange, ...]
    message: str
    authored: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """What happened.

    `commit` is the new commit's id; None when only staged, on a dry run, or when there was nothing to change.
    `paths` are all paths that the commit touches, old ones of moves too, sorted. `carried` are the paths that hold
    edits of the user's which were *not* committed and went along as they were. `hook_paths` are paths beyond the
    named ones that a pre-commit hook of the user's staged, `hook_output` is what the hooks printed.
    `recovered` says in a sentence what was left over from an interrupted command and has been put right first, `rest`
    that the disk refused the end of this one, which the next command does.
    """

    commit: str | None
    paths: tuple[str, ...]
    staged: bool = False
    dry_run: bool = False
    carried: tuple[str, ...] = ()
    hook_paths: tuple[str, ...] = ()
    hook_output: str = ""
    recovered: str = ""
    rest: str = ""
