"""What is read from git's files is what git says, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

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
