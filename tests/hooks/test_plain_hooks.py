"""Hooks for people without pre-commit: written once, renewed, never over somebody else's."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from kanban.errors import PartlyDone, RepositoryState
from kanban.repository.git.repository import Repository
from kanban.repository.hooks.scripts import HOOKS, install_hooks, script
from tests.conftest import GitFolder
from tests.hooks.conftest import Workshop
from tests.lint.conftest import card


def test_the_hooks_are_written_renewed_and_leave_others_alone(git_folder: GitFolder) -> None:
    own = git_folder.write(".git/hooks/pre-push", "#!/bin/sh\nexit 0\n")
    first = install_hooks(Repository.find(git_folder.root))
    assert [path.name for path in first.written] == [name for name in HOOKS if name != "pre-push"]
    assert [path.name for path in first.kept] == ["pre-push"]
    assert own.read_text("utf-8") == "#!/bin/sh\nexit 0\n"
    assert all(os.access(path, os.X_OK) for path in first.written)
    assert install_hooks(Repository.find(git_folder.root)) == first


def test_a_shared_folder_of_hooks_is_not_touched(git_folder: GitFolder, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    git_folder.git("config", "core.hooksPath", str(shared))
    with pytest.raises(RepositoryState, match="share"):
        install_hooks(Repository.find(git_folder.root))
    assert not list(shared.iterdir())


def test_where_the_disk_refuses_the_rest_and_the_way_back_it_is_said_that_some_are_written(
    git_folder: GitFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository, replace, unlink = Repository.find(git_folder.root), os.replace, os.unlink

    def broken(*paths: Path) -> None:
        if os.path.lexists(git_folder.root / ".git/hooks/commit-msg"):
            raise OSError(errno.EIO, "Input/output error")
        (replace if len(paths) > 1 else unlink)(*paths)

    monkeypatch.setattr(os, "replace", broken)
    monkeypatch.setattr(os, "unlink", broken)
    with pytest.raises(PartlyDone, match="some of the hooks are written") as told:
        install_hooks(repository)
    assert (told.value.exit_code, "kanban hook install" in told.value.cure) == (1, True)
    monkeypatch.undo()
    assert len(install_hooks(repository).written) == 4
    assert not list((git_folder.root / ".git/hooks").glob(".*"))


def test_a_board_below_the_top_is_named() -> None:
    assert "kanban -C 'our sales' lint --staged" in script(HOOKS["pre-commit"], "our sales/")


@pytest.mark.slow
def test_the_plain_hooks_judge_as_the_published_ones(workshop: Workshop) -> None:
    shutil.rmtree(workshop.root / ".git/hooks")
    install_hooks(Repository.find(workshop.root))
    workshop.write("prospects/acme.md", card(next_action_date=""))
    workshop.git("add", "-A")
    verdict = workshop.try_commit()
    assert not verdict.green
    assert "KB501" in verdict.said


@pytest.mark.slow
def test_our_own_moves_pass_our_own_hooks_with_their_reason_and_over_a_limit_only_by_force(workshop: Workshop) -> None:
    shutil.rmtree(workshop.root / ".git/hooks")
    workshop.write("negociation/one.md", card("One"))
    workshop.write("offre/two.md", card("Two"))
    workshop.force()
    install_hooks(Repository.find(workshop.root))
    move = ("-c", "alias.k=!kanban", "k", "move", "two")
    assert workshop.try_git(*move, "prospects", "--reason", "too early").green
    workshop.write("prospects/undated.md", card("Undated", next_action_date=""))
    workshop.force()
    assert not workshop.try_git(*move, "offre").green, "pulling is stopped"
    assert workshop.try_git(*move, "offre", "--force", "--reason", "signs today").green
    assert not workshop.try_git(*move, "negociation").green, "it is full"
    assert workshop.try_git(*move, "negociation", "--force", "--reason", "urgent").green, "said openly"
    workshop.git("mv", "prospects/acme.md", "negociation/acme.md")
    refused = workshop.try_commit(message="acme\n\nReason: urgent too")
    assert not refused.green
    assert "KB304" in refused.said
    workshop.git("reset", "-q", "--hard")
    assert workshop.git("status", "--porcelain") == ""
