"""States of a repository in which a write would do harm, each refused with its name and the way out."""

import os
import posixpath
from pathlib import Path

from kanban.errors import EditConflict, RepositoryState
from kanban.i18n import _
from kanban.repository.disk.storage import of_another_repository
from kanban.repository.git.branches import WAY_BACK
from kanban.repository.write.user_hooks import is_inside_a_write
from kanban.repository.write.write_session import Session
from kanban.values import dataclass

_OPERATIONS = (
    ("MERGE_HEAD", "merge"),
    ("rebase-merge", "rebase"),
    ("rebase-apply/applying", "am"),
    ("rebase-apply", "rebase"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("sequencer", "cherry-pick"),
    ("BISECT_LOG", "bisect"),
)


@dataclass(frozen=True, slots=True)
class Base:
    """What a write starts from: the branch (full name), its commit and that commit's tree (None before the first)."""

    branch: str
    commit: str | None
    tree: str | None


def check_state(session: Session, *, commit: bool) -> None:
    """Raise `RepositoryState` when the repository is bare, in the middle of something, or has no identity set."""
    top = session.top
    if is_inside_a_write():
        raise RepositoryState(
            _("a git hook cannot write cards while the commit that started it is being made"),
            cure=_("let the hook look only, or run the command after the commit"),
        )
    for name, operation in _OPERATIONS:
        if (session.repo.git_dir / name).exists():
            raise RepositoryState(
                _("a {operation} is in progress: a card written now would become part of it").format(
                    operation=operation
                ),
                cure=_("finish it first: `kanban resolve --finish`"),
                where=str(top),
            )
    if commit:
        _check_identity(session)


def _check_identity(session: Session) -> None:
    """Refuse before anything is touched when git would refuse to commit, or would have to guess who commits."""
    for role in ("AUTHOR", "COMMITTER"):
        set_here = all(
            os.environ.get(f"GIT_{role}_{part}")
            or session.settings.get(f"{role.lower()}.{part.lower()}")
            or session.settings.get(f"user.{part.lower()}")
            for part in ("NAME", "EMAIL")
        )
        if not set_here:
            raise RepositoryState(
                _("git does not know who you are: a commit needs your name and your address"),
                cure=_('kanban doctor --me "NAME <ADDRESS>"'),
            )


def read_base(session: Session, *, commit: bool) -> Base:
    """The branch and commit that a write starts from. `RepositoryState` when HEAD is detached and a commit is meant."""
    asked = session.git("rev-parse", "HEAD^{commit}", "HEAD^{tree}", "--symbolic-full-name", "HEAD", codes=(0, 128))
    told = asked.text.split("\n")
    if not asked.code and len(told) == 3 and told[2].startswith("refs/heads/"):
        return Base(told[2], told[0], told[1])
    done = session.git("symbolic-ref", "--quiet", "HEAD", codes=(0, 1))  # no branch, no commit, or a branch named HEAD
    if done.code and commit:
        raise RepositoryState(
            _("no branch is checked out (detached HEAD): a commit made now would belong to no branch"),
            cure=WAY_BACK,
        )
    found = session.git("rev-parse", "HEAD^{commit}", "HEAD^{tree}", codes=(0, 128))
    if found.code:
        return Base(done.text, None, None)
    head, tree = found.text.split("\n")
    return Base(done.text, head, tree)


def check_ignored(session: Session, paths: list[str]) -> None:
    """Raise `EditConflict` when a new path is one that the repository ignores: teammates would never see it."""
    if not paths:
        return
    stdin = "".join(f"./{path}\0" for path in paths).encode("utf-8", "surrogateescape")
    done = session.git("check-ignore", "--no-index", "-z", "-v", "--stdin", stdin=stdin, codes=(0, 1))
    told = done.text.split("\0")
    for file, line, rule, path in zip(told[0::4], told[1::4], told[2::4], told[3::4], strict=False):
        if rule.startswith("!"):  # which says that it is not ignored
            continue
        raise EditConflict(
            _("{path} is ignored by this repository: colleagues would never see it").format(
                path=path.removeprefix("./")
            ),
            cure=_("change the line `{rule}` there, or choose another name").format(rule=rule),
            where=f"{file}:{line}",
        )


def check_moved_by_hand(session: Session, commit: str, sources: list[str]) -> None:
    """Raise `EditConflict` when a file that HEAD does not know looks like one that HEAD holds elsewhere.

    `sources` are the files to move or edit that HEAD does not hold. A commit of theirs would leave the card in two
    places, because the old one, gone from disk, would still be in HEAD.
    """
    if not sources:
        return
    done = session.repo.git.read("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
    names = {posixpath.basename(path): path for path in sources}
    for old in os.fsdecode(done.out).rstrip("\0").split("\0"):
        new = names.get(posixpath.basename(old))
        if new is not None and not os.path.lexists(session.top / old):
            raise EditConflict(
                _("{new} was moved by hand from {old}, and that is not committed yet").format(new=new, old=old),
                cure=_("`kanban doctor --repair` puts it back; then move it with kanban"),
            )


def check_submodules(session: Session, paths: list[str]) -> None:
    """Raise `EditConflict` for a path in a submodule that is not checked out: an empty folder, a link in the index."""
    above = {"/".join(path.split("/")[:count]) for path in paths for count in range(1, path.count("/") + 1)}
    empty = sorted(folder for folder in above if _is_empty(session.top / folder))
    if not empty:
        return
    for line in session.git("ls-files", "-z", "--stage", "--full-name", "--", *empty).text.split("\0"):
        if line.startswith("160000"):
            raise of_another_repository(line.partition("\t")[2])


def _is_empty(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is None
    except (FileNotFoundError, NotADirectoryError):
        return False
