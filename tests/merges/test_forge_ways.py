"""How a forge brings a pull request into `main`, each way pushed to a real bare repository that holds the rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import GitFolder
from tests.merges.conftest import CARD, change, push, tip

pytestmark = pytest.mark.sweep


def branch_of(folder: GitFolder, steps: tuple[tuple[str, str], ...]) -> None:
    """A branch `request` that takes acme these steps, a commit each, while `main` goes on."""
    folder.git("switch", "-qc", "request")
    for source, target in steps:
        change(folder, {f"{source}/acme.md": None, f"{target}/acme.md": CARD})
        folder.git("add", "-A")
        folder.git("commit", "-q", "-m", f"acme to {target}\n\nCard: acme\nFrom: {source}\nTo: {target}\n")
    folder.git("switch", "-q", "main")
    folder.write("notes.txt", "meanwhile")
    folder.commit("meanwhile")
    assert push(folder).returncode == 0


def merged(folder: GitFolder) -> None:
    folder.git("merge", "-q", "--no-ff", "-m", "Merge pull request #12 from acme/request", "request")


def squashed(folder: GitFolder) -> None:
    folder.git("merge", "-q", "--squash", "request")
    folder.git("commit", "-q", "--no-edit")


def squashed_by_the_button(folder: GitFolder) -> None:
    """The subject is the pull request's; the messages of its commits follow as a list."""
    told = folder.git("log", "--reverse", "--format=* %s%n%n%b", "main..request")
    folder.git("merge", "-q", "--squash", "request")
    folder.git("commit", "-q", "-m", f"Acme goes on (#12)\n\n{told}")


def rebased(folder: GitFolder) -> None:
    folder.git("switch", "-q", "request")
    folder.git("rebase", "-q", "main")
    folder.git("switch", "-q", "main")
    folder.git("merge", "-q", "--ff-only", "request")


def queued(folder: GitFolder) -> None:
    """A merge queue tests a branch of its own and moves `main` to it."""
    folder.git("switch", "-qc", "queue")
    merged(folder)
    done = push(folder, "origin", "queue:refs/heads/gh-readonly-queue/main/pr-12")
    folder.git("switch", "-q", "main")
    if done.returncode == 0:
        folder.git("merge", "-q", "--ff-only", "queue")
    else:
        raise AssertionError(done.stderr)


def from_a_fork(folder: GitFolder) -> None:
    """The commits come from another repository, and are merged here."""
    fork = folder.root.parent / "fork"
    folder.git("clone", "-q", "--no-hardlinks", "--branch", "request", str(folder.root), str(fork))
    folder.git("branch", "-q", "-D", "request")
    folder.git("pull", "-q", "--no-rebase", "--no-ff", "--no-edit", str(fork), "request")


WAYS = {
    "merge commit": merged,
    "squash": squashed,
    "squash button": squashed_by_the_button,
    "rebase": rebased,
    "merge queue": queued,
    "fork": from_a_fork,
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_what_the_branch_did_by_the_rules_comes_in_by_every_way(
    shared: Path, git_folder: GitFolder, way: Callable[[GitFolder], None]
) -> None:
    branch_of(git_folder, (("qualifies", "offre"), ("offre", "gagne")))
    way(git_folder)
    done = push(git_folder)
    assert done.returncode == 0, done.stderr
    assert tip(shared) == git_folder.git("rev-parse", "HEAD").strip()
    parents = git_folder.git("rev-list", "--parents", "-1", "HEAD").split()[1:]
    git_folder.git("revert", "--no-edit", *(["-m", "1"] if len(parents) > 1 else []), "HEAD")
    if way is not rebased:  # there the last commit alone is taken back
        assert (git_folder.root / "qualifies/acme.md").exists()
    taken_back = push(git_folder)
    assert taken_back.returncode == 0, taken_back.stderr


@pytest.mark.parametrize("way", [merged, squashed, rebased, queued, from_a_fork], ids=lambda way: way.__name__)
def test_what_the_branch_did_against_the_rules_comes_in_by_none(
    shared: Path, git_folder: GitFolder, way: Callable[[GitFolder], None]
) -> None:
    branch_of(git_folder, (("qualifies", "gagne"),))
    before = tip(shared)
    if way is queued:
        with pytest.raises(AssertionError, match="KB401"):
            way(git_folder)
    else:
        way(git_folder)
        refused = push(git_folder)
        assert refused.returncode != 0
        assert "KB401" in refused.stderr
    assert tip(shared) == before


def test_a_merged_result_that_a_forge_keeps_beside_the_branches_is_told_and_taken(
    shared: Path, git_folder: GitFolder
) -> None:
    """Merge requests of GitLab: what is tested stands under a name that is no branch."""
    branch_of(git_folder, (("qualifies", "gagne"),))
    merged(git_folder)
    done = push(git_folder, "origin", "main:refs/merge-requests/1/merge")
    assert done.returncode == 0
    assert "refs/merge-requests/1/merge is no branch" in done.stderr
    assert push(git_folder).returncode != 0, "the branch itself is judged"
