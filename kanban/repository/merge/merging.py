"""An unfinished merge, rebase or cherry-pick: its sides as trees, its unmerged paths."""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kanban.errors import HookFailed, KanbanError
from kanban.i18n import _
from kanban.repository.git import objects
from kanban.repository.git.command import GitCommand
from kanban.repository.git.repository import Repository


@dataclass(frozen=True, slots=True)
class Merging:
    """What is going on. `mine` is the user's own work and `theirs` the other's, in a rebase too, where git calls the
    user's own commits "theirs". The three are commit ids; `base` is None when the histories never met.
    """

    operation: str
    base: str | None
    mine: str
    theirs: str


def merging(repo: Repository) -> Merging | None:
    """The operation that waits for the user; None when there is none. An octopus counts its first other side only."""
    for operation in ("rebase", "merge", "cherry-pick", "revert"):
        found = _sides(repo, operation)
        if found is not None:
            return Merging(operation, *found)
    return None


OPERATIONS = ("am", "rebase", "merge", "cherry-pick", "revert")


def go_on(repo: Repository) -> str:
    """Let git go on with what is unfinished, without an editor; the operation's name, "" when there is none.

    A search for the commit at fault ends, where it began.
    A commit of which nothing is left is left out. Where a mailed patch does not fit (`git am`), those before it stay
    and the rest is left to its file. Raises `HookFailed` with what git and the hooks said when it does
    not go on, and no file is in conflict.
    """
    going_on = repo.state().in_progress
    if "bisect" in going_on:
        repo.git.run("bisect", "reset")
        return "bisect"
    operation = next((name for name in going_on if name in OPERATIONS), "")
    if not operation:
        return ""
    words = ("--continue",)
    if operation != "merge" and not repo.git.run("diff", "--cached", "--quiet", "HEAD", codes=(0, 1)).code:
        words = ("--quit",) if operation == "am" else ("--skip",)
    done = repo.git.run(operation, *words, environment={"GIT_EDITOR": "true"}, codes=None)
    if done.code and not unmerged(repo):
        said = "\n".join(
            line for line in (*done.text.splitlines(), *done.err.splitlines()) if not line.startswith("hint:")
        )
        text = _("git did not go on with the {operation}; nothing was changed").format(operation=operation)
        raise HookFailed(text, said, cure=_("put right what is said above, then `kanban resolve --finish` again"))
    return operation


def _sides(repo: Repository, operation: str) -> tuple[str | None, str, str] | None:
    head = repo.head()
    names = {"merge": "MERGE_HEAD", "cherry-pick": "CHERRY_PICK_HEAD", "revert": "REVERT_HEAD", "rebase": "REBASE_HEAD"}
    if operation == "rebase" and not any(repo.git_path(name).exists() for name in ("rebase-merge", "rebase-apply")):
        return None
    file = repo.git_path(names[operation])
    if head is None or not file.is_file():
        return None
    other = file.read_text("ascii").split()[0]
    if operation == "merge":
        return repo.merge_base(head, other), head, other
    before = _parent(repo, other)
    if operation == "rebase":
        return before, other, head
    return (before, head, other) if operation == "cherry-pick" else (other, head, before or other)


def _parent(repo: Repository, commit: str) -> str | None:
    done = repo.git.read("rev-parse", "--verify", "--quiet", f"{commit}^", codes=(0, 1, 128))
    return done.text if done.code == 0 else None


def unmerged(repo: Repository) -> dict[str, dict[int, str]]:
    """Path (relative to the repository) → stage (1 base, 2 ours, 3 theirs, as git counts) → blob."""
    found: dict[str, dict[int, str]] = {}
    for entry in objects.index_entries(repo.git):
        if entry.stage:
            found.setdefault(entry.path, {})[entry.stage] = entry.blob
    return found


def who_changed(repo: Repository, since: str | None, side: str, paths: Iterable[str]) -> str:
    """Author of the newest commit of a side that touched one of the paths; "" when there is none."""
    bounds = (f"{since}..{side}",) if since else (side,)
    done = repo.git.read("log", "-1", "--format=%an", *bounds, "--", *paths, codes=(0, 128))
    return done.text if done.code == 0 else ""


def merge_lines(base: Path, mine: Path, theirs: Path, marker: int) -> tuple[bytes, bool]:
    """What git makes of three files line by line, and whether it is without conflicts."""
    names = ("-L", "ours", "-L", "base", "-L", "theirs", f"--marker-size={marker}")
    paths = [str(file.absolute()) for file in (mine, base, theirs)]
    done = GitCommand(Path.cwd()).run("merge-file", "-p", *names, *paths, codes=None)
    if done.code > 127:
        raise KanbanError(_("git could not merge {path}: {reason}").format(path=mine, reason=done.err))
    return done.out, done.code == 0


def keep_aside(repo: Repository, path: str, data: bytes) -> Path:
    """A copy of what somebody had typed into a file that is about to be replaced, under the git folder."""
    folder = repo.common_dir / "kanban" / "resolved"
    folder.mkdir(parents=True, exist_ok=True)
    stem, suffix = posixpath.splitext(posixpath.basename(path))
    number = 1
    while (file := folder / f"{stem}-{number}{suffix}").exists():
        number += 1
    file.write_bytes(data)
    return file
