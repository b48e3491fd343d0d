"""What git says when it ends badly, in our words and with the cure."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kanban.errors import KanbanError, NotARepository, RepositoryBusy
from kanban.i18n import _
from kanban.patterns import pattern
from kanban.repository.disk.storage import storage_failed

if TYPE_CHECKING:
    from kanban.repository.git.done import Done

DISK_REFUSED = pattern(
    r"No space left on device|Out of diskspace|Disk quota exceeded|"
    r"Read-only file system|Input/output error|File too large"
)

_NOT_ALLOWED = pattern(
    r"(?:could not lock config file|[Uu]nable to (?:create|write|append)|insufficient permission)[^\n]*"
)

LOCK_IN_THE_WAY = pattern(
    r"(?:Unable to create '|could not lock config file )(?P<path>[^']*?)(?:\.lock')?: File exists"
)
"""git's words for a lock file that stands there; the path is without its `.lock`."""


def failure(done: Done, arguments: Sequence[str]) -> KanbanError:
    """The error to raise for a git command that ended badly, with git's reason and, where known, the cure."""
    dubious = re.search(r"dubious ownership in repository at '(.*)'", done.err)
    if dubious:
        return NotARepository(
            _("git refuses to read {path}: the folder belongs to another user").format(path=dubious[1]),
            cure=_("if you trust it: {command}").format(command=f"kanban doctor --trust {shlex.quote(dubious[1])}"),
        )
    if "not a git repository" in done.err:
        return NotARepository(_("this folder is not inside a git repository"), cure="kanban init . --git")
    if "from promisor remote" in done.err:
        return contents_missing()
    refused = DISK_REFUSED.search(done.err)
    if refused:
        return storage_failed(refused[0])
    forbidden = _NOT_ALLOWED.search(done.err)
    if forbidden and re.search("[Pp]ermission", forbidden[0]):
        return storage_failed("Permission denied")
    locked = LOCK_IN_THE_WAY.search(done.err)
    if locked:
        return lock_in_the_way(locked["path"])
    said = done.err.splitlines()[0] if done.err else _("no reason given (exit code {code})").format(code=done.code)
    verb = next((part for part in arguments if not part.startswith("-")), "")
    return KanbanError(_("git {verb} did not work: {reason}").format(verb=verb, reason=said))


def lock_in_the_way(path: str) -> RepositoryBusy:
    """The error to raise for a lock of git's that stands there: of a git at work, or of one that was killed."""
    return RepositoryBusy(
        _("git keeps a lock: another command is at work here, or one that was stopped left it behind"),
        cure=_("try again in a moment; if it stays so, `kanban doctor --repair` removes what was left behind"),
        where=f"{path}.lock",
    )


def contents_missing() -> KanbanError:
    """A partial clone lacks contents of the past. Fetching them one by one, as git would, takes hours."""
    return KanbanError(
        _("this is a partial clone: it lacks contents of the past that this command reads"),
        cure="kanban doctor --repair",
    )
