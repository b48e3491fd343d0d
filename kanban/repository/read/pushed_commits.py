"""What commits say, and which commits a push brings."""

import os
from collections.abc import Iterable, Mapping, Sequence

from kanban.repository.git.repository import Repository
from kanban.values import dataclass

_NOTHING = "0"


@dataclass(frozen=True, slots=True)
class Update:
    """One ref that is pushed: from `old` (None when it is new) to `new` (None when it is deleted)."""

    ref: str
    old: str | None
    new: str | None

    @property
    def is_branch(self) -> bool:
        """Whether a branch is pushed; a tag or any other ref holds no board."""
        return not self.ref.startswith("refs/") or self.ref.startswith("refs/heads/")


def messages_of(repository: Repository, commits: Iterable[str]) -> dict[str, str]:
    """Commit id → its whole message."""
    wanted = "".join(f"{commit}\n" for commit in commits)
    if not wanted:
        return {}
    done = repository.git.read("log", "--no-walk=unsorted", "--format=%H%x01%B%x02", "--stdin", stdin=wanted.encode())
    entries = done.out.decode("utf-8", "replace").split("\x02")
    pairs = (entry.strip("\n").partition("\x01") for entry in entries if "\x01" in entry)
    return {commit: message for commit, _mark, message in pairs}


def parents_of(repository: Repository, commits: Iterable[str]) -> dict[str, str]:
    """Commit id → its first parent; first commits are left out."""
    wanted = "".join(f"{commit}\n" for commit in commits)
    if not wanted:
        return {}
    done = repository.git.read("log", "--no-walk=unsorted", "--format=%H %P", "--stdin", stdin=wanted.encode())
    rows = (line.split(" ") for line in done.text.split("\n"))
    return {row[0]: row[1] for row in rows if len(row) > 1 and row[1]}


def unshared(repository: Repository) -> int:
    """How many commits of the branch its shared branch had not when it was last looked at; 0 where none is known."""
    done = repository.git.read("rev-list", "--count", "--no-merges", "@{upstream}..HEAD", "--", codes=(0, 128))
    return int(done.text) if done.code == 0 else 0


def received(lines: Iterable[str]) -> tuple[Update, ...]:
    """What `pre-receive` is told on its input: `old new ref`, one ref a line."""
    rows = (line.split(" ", 2) for line in lines if line.strip())
    return tuple(Update(row[2].strip(), _id(row[0]), _id(row[1])) for row in rows if len(row) == 3)


def pushed(lines: Iterable[str], environment: Mapping[str, str] = os.environ) -> tuple[Update, ...]:
    """What is about to be pushed: told by pre-commit in the environment, by git on the hook's input, else nothing.

    The input's lines are `local-ref local-id remote-ref remote-id`.
    """
    new = environment.get("PRE_COMMIT_TO_REF")
    if new:
        ref = environment.get("PRE_COMMIT_REMOTE_BRANCH", "")
        return (Update(ref, _id(environment.get("PRE_COMMIT_FROM_REF", "")), _id(new)),)
    rows = (line.split() for line in lines if line.strip())
    return tuple(Update(row[2], _id(row[3]), _id(row[1])) for row in rows if len(row) == 4)


def commits_of(repository: Repository, update: Update, *, server: bool) -> list[str]:
    """The commits that an update brings, oldest first.

    For a new ref: those that no branch of the repository has yet (on the server; a tag is not judged, so that what only
    a tag has is new), or that no remote branch has.
    """
    if update.new is None:
        return []
    old = known_old(repository, update)
    without: Sequence[str] = (f"^{old}",) if old else ("--not", "--branches" if server else "--remotes")
    done = repository.git.read("rev-list", "--topo-order", "--reverse", update.new, *without, "--")
    return done.text.split("\n") if done.out else []


def taken_away(repository: Repository, update: Update) -> list[str]:
    """The commits that a forced update takes from a branch, or its deletion from all branches; newest first."""
    old = known_old(repository, update)
    if old is None:
        return []
    if update.new is not None:
        return repository.rev_list([old], [update.new])
    done = repository.git.read(
        "rev-list", old, "--not", f"--exclude={update.ref.removeprefix('refs/heads/')}", "--branches", "--"
    )
    return done.text.split("\n") if done.out else []


def known_old(repository: Repository, update: Update) -> str | None:
    """What the ref was before, when this repository has that commit; else None."""
    if update.old is None:
        return None
    return update.old if repository.git.read("cat-file", "-e", update.old, codes=(0, 1, 128)).code == 0 else None


def parent_of(repository: Repository, commit: str) -> str | None:
    """The first parent of a commit, None for a first commit."""
    done = repository.git.read("rev-parse", "--verify", "--quiet", f"{commit}^", codes=(0, 1, 128))
    return done.text if done.code == 0 else None


def merge_heads(repository: Repository, environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The other parents of a merge that is being committed, as git keeps them or tells them to its hooks."""
    file = repository.git_dir / "MERGE_HEAD"  # each working tree has its own
    told = [name.removeprefix("GITHEAD_") for name in environment if name.startswith("GITHEAD_")]
    kept = file.read_text("ascii").split() if file.is_file() else []
    return tuple(dict.fromkeys(commit for commit in (*kept, *told) if len(commit) in (40, 64)))


def _id(text: str) -> str | None:
    return text if text.strip(_NOTHING) else None
