"""What can go wrong, said to a person: each error carries its message, its cure and its exit code.

Exit codes are a stable interface: 1 = refused by a policy (or findings), 2 = could not be done.
Nothing below `kanban.commands` exits or prints; it raises one of these, and `kanban.cli` catches them in one place.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


class KanbanError(Exception):
    """Something could not be done.

    `message` says what is wrong in the user's words, `cure` what to type or change to get on,
    `where` is a `path` or `path:line` when the cause stands in a file.
    """

    exit_code = 2

    def __init__(self, message: str, *, cure: str = "", where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure
        self.where = where


class ExtraMissing(KanbanError):
    """A part of the tool was not installed. The cure adds it where this very Python looks, whatever else is there."""

    def __init__(self, message: str, extra: str) -> None:
        import shlex

        super().__init__(message, cure=f'`{shlex.quote(sys.executable)} -m pip install "git-kanban[{extra}]"`')


class NotFound(KanbanError):
    """A card, column, revision or path that the user named does not exist."""


class Ambiguous(KanbanError):
    """A name fits several things; `candidates` lists them so that the user can choose."""

    def __init__(self, message: str, candidates: Sequence[str], *, cure: str = "") -> None:
        super().__init__(message, cure=cure)
        self.candidates = tuple(candidates)


class NotARepository(KanbanError):
    """The folder is not inside a git repository, or git refuses to serve it."""


class RepositoryState(KanbanError):
    """The repository is in a state in which writing would do harm (merge, rebase, detached HEAD, no identity…)."""


class RepositoryBusy(KanbanError):
    """Another process holds a lock; trying again later may help."""


class Unreachable(KanbanError):
    """Another repository does not answer; nothing was changed."""


class NotLetIn(Unreachable):
    """Another repository answers, and does not let this person in."""


class StorageFailed(KanbanError):
    """The disk refused a write (full, read-only, broken); nothing was changed."""


class PartlyDone(KanbanError):
    """The disk refused the rest and the way back too; the same command, once it can, does the rest."""

    exit_code = 1


class SharedOnly(KanbanError):
    """The work was shared, but this clone could not follow: half is done, and the next `sync` does the rest."""

    exit_code = 1


class HookFailed(KanbanError):
    """One of the user's own git hooks said no; `output` is what it printed."""

    exit_code = 1

    def __init__(self, message: str, output: str = "", *, cure: str = "") -> None:
        super().__init__(message, cure=cure)
        self.output = output


class ShallowHistory(KanbanError):
    """A number was asked for that needs the whole history, and this clone has only part of it."""


class BadBoard(KanbanError):
    """`board.yml` cannot be used."""


class EditConflict(KanbanError):
    """A file changed between reading and writing, or a splice could not be proved to change only what it should.

    `line` is the line that stands in the way, 0 when there is none; whoever knows the file says so with `in_file`.
    """

    def __init__(self, message: str, *, cure: str = "", where: str = "", line: int = 0) -> None:
        super().__init__(message, cure=cure, where=where)
        self.line = line

    def in_file(self, path: str) -> EditConflict:
        """The same error, with the file it stands in."""
        if not self.where:
            self.where = f"{path}:{self.line}" if self.line else path
        return self


class Refused(KanbanError):
    """A policy of the board forbids it. `reasons` is the full list, never only the first."""

    exit_code = 1

    def __init__(self, message: str, reasons: Sequence[str] = (), *, cure: str = "") -> None:
        super().__init__(message, cure=cure)
        self.reasons = tuple(reasons)
