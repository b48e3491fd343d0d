"""What is read from git's files is what git says, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kanban.errors import KanbanError
from kanban.repository.git import discovery
from kanban.repository.git.plain_files import checked_out, is_plainly_whole
from kanban.repository.git.repository import Repository
from tests.conftest import GitFolder

WAYS: dict[str, Callable[[GitFolder], object]] = {
    "a branch": lambda folder: None,
    "packed": lambda folder: folder.git("pack-refs", "--all"),
    "packed, then moved": lambda folder: (folder.git("pack-refs", "--all"), folder.commit("more")),
    "detached": lambda folder: folder.git("checkout", "-q", "--detach"),
    "a name with a slash": lambda folder: folder.git("checkout", "-q", "-b", "team/paris"),
    "another branch whose name ends alike": lambda folder: (
        folder.git("branch", "x/main"),
        folder.commit("more"),
        folder.git("pack-refs", "--all"),
    ),
    "a symbolic branch": lambda folder: (
        folder.git("symbolic-ref", "refs/heads/alias", "refs/heads/main"),
        folder.git("symbolic-ref", "HEAD", "refs/heads/alias"),
    ),
    "unborn": lambda folder: folder.git("checkout", "-q", "--orphan", "new"),
}


@pytest.mark.parametrize("way", list(WAYS))
def test_the_commit_checked_out(git_folder: GitFolder, way: str) -> None:
    git_folder.write("a", "a")
    git_folder.commit()
    WAYS[way](git_folder)
    told = git_folder.git("rev-parse", "--verify", "--quiet", "HEAD", check=False).strip() or None
    git = git_folder.root / ".git"
    assert checked_out(git, git) in (told, None)
    assert Repository.find(git_folder.root).head() == told
    assert (checked_out(git, git) is None) == (way in ("a symbolic branch", "unborn"))


def test_in_a_linked_working_tree(git_folder: GitFolder, tmp_path: Path) -> None:
    git_folder.commit()
    git_folder.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "linked"))
    head = Repository.find(tmp_path / "linked").head()
    assert head == git_folder.git("rev-parse", "side").strip()


@pytest.mark.parametrize(
    ("settings", "whole"),
    [
        ([], True),
        (["remote.origin.promisor", "true"], False),
        (["extensions.partialClone", "origin"], False),
        (["include.path", "elsewhere"], False),
    ],
)
def test_a_clone_that_may_be_partial(git_folder: GitFolder, settings: list[str], whole: bool) -> None:
    if settings:
        git_folder.git("config", *settings)
    assert is_plainly_whole(git_folder.root / ".git") is whole


def test_no_configuration_is_no_answer(tmp_path: Path) -> None:
    assert not is_plainly_whole(tmp_path)


PLACES: dict[str, tuple[bool, Callable[[GitFolder], object]]] = {
    "ordinary": (True, lambda folder: None),
    "a branch with a slash": (True, lambda folder: folder.git("checkout", "-q", "-b", "team/paris")),
    "unborn": (True, lambda folder: folder.git("checkout", "-q", "--orphan", "new")),
    "detached": (True, lambda folder: folder.git("checkout", "-q", "--detach")),
    "another working tree": (False, lambda folder: folder.git("config", "core.worktree", str(folder.root / "sub"))),
    "bare after all": (False, lambda folder: folder.git("config", "core.bare", "true")),
    "bare, in short": (False, lambda folder: (folder.root / ".git/config").write_text("[core]\n\tbare\n")),
    "extensions": (False, lambda folder: folder.git("config", "extensions.worktreeConfig", "true")),
    "another version": (False, lambda folder: folder.git("config", "core.repositoryformatversion", "1")),
    "cut off": (False, lambda folder: (folder.root / ".git/shallow").write_text(folder.git("rev-parse", "HEAD"))),
    "a file for a folder": (
        False,
        lambda folder: (
            (folder.root / ".git").rename(folder.root.parent / "elsewhere"),
            (folder.root / ".git").write_text(f"gitdir: {folder.root.parent / 'elsewhere'}\n"),
        ),
    ),
    "a link for a folder": (
        False,
        lambda folder: (
            (folder.root / ".git").rename(folder.root.parent / "elsewhere"),
            (folder.root / ".git").symlink_to(folder.root.parent / "elsewhere"),
        ),
    ),
    "no head": (False, lambda folder: (folder.root / ".git/HEAD").write_text("nothing\n")),
    "an empty one on the way": (False, lambda folder: (folder.root / "sub/.git").mkdir()),
    "a bare one on the way": (False, lambda folder: folder.git("init", "-q", "--bare", str(folder.root / "sub"))),
}


@pytest.mark.parametrize("way", list(PLACES))
def test_the_place_is_what_git_says_or_nothing(git_folder: GitFolder, way: str) -> None:
    git_folder.write("a", "a")
    git_folder.commit()
    (git_folder.root / "sub/été").mkdir(parents=True)
    plain, make = PLACES[way]
    make(git_folder)
    for folder in (git_folder.root / "sub/été", git_folder.root / "sub"):
        told = discovery._plain(folder)
        assert (told is not None) == plain
        assert told in (None, _told_by_git(folder))
    assert discovery._plain(git_folder.root / ".git") is None


def test_another_users_folders_are_for_git_to_judge(git_folder: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    git_folder.commit()
    monkeypatch.setattr("os.geteuid", lambda: 4_000_000)
    assert discovery._plain(git_folder.root) is None


def _told_by_git(folder: Path) -> discovery.Place | None:
    try:
        return discovery._ask(folder)
    except KanbanError:
        return None
