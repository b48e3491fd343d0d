"""What is said to and by a shared repository, and what is hidden from it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kanban.errors import HookFailed, KanbanError, RepositoryBusy
from kanban.repository.git.branches import Upstream, upstream_of
from kanban.repository.git.creating import create_repository
from kanban.repository.git.remote import LostRace, fetch, push
from kanban.repository.git.repository import Repository
from tests.conftest import GitFolder, Kanban

MAIN = "refs/heads/main"


@pytest.fixture
def shared(git_folder: GitFolder, tmp_path: Path) -> Path:
    """A bare repository that `git_folder` shares its branch with, as `origin`."""
    git_folder.write("prospects/acme.md", "acme\n")
    git_folder.commit("first")
    bare = tmp_path / "shared.git"
    git_folder.git("clone", "-q", "--bare", str(git_folder.root), str(bare))
    git_folder.git("remote", "add", "origin", f"file://{bare}")
    return bare


def tip(bare: Path) -> str:
    return subprocess.check_output(["git", f"--git-dir={bare}", "rev-parse", "main"], text=True).strip()


def hook(bare: Path, body: bytes) -> None:
    file = bare / "hooks/pre-receive"
    file.write_bytes(b"#!/bin/sh\ncat >/dev/null\n" + body)
    file.chmod(0o755)


def other_work(git_folder: GitFolder, bare: Path, tmp_path: Path) -> str:
    """Somebody else's commit in the shared repository."""
    clone = GitFolder.__new__(GitFolder)
    clone.root = tmp_path / "other"
    git_folder.git("clone", "-q", str(bare), str(clone.root))
    clone.write("offre/beta.md", "beta\n" * 9999)
    commit = clone.commit("theirs")
    clone.git("push", "-q")
    return commit


def test_where_a_branch_is_shared(git_folder: GitFolder, shared: Path) -> None:
    repository = Repository.find(git_folder.root)
    assert upstream_of(repository) == Upstream("origin", MAIN)
    git_folder.git("config", "branch.main.remote", str(shared))
    git_folder.git("config", "branch.main.merge", "refs/heads/sales")
    assert upstream_of(repository) == Upstream(str(shared), "refs/heads/sales")
    git_folder.git("config", "branch.main.remote", ".")
    assert upstream_of(repository) == Upstream("origin", MAIN)


def test_fetched_and_pushed_with_what_was_heard_of_it(git_folder: GitFolder, shared: Path, tmp_path: Path) -> None:
    repository, heard = Repository.find(git_folder.root), set[tuple[bool, int]]()
    git_folder.git("config", "transfer.unpackLimit", "1")
    theirs = other_work(git_folder, shared, tmp_path)
    assert fetch(repository, Upstream("origin", MAIN), lambda *told: heard.add(told)) == theirs
    assert git_folder.git("cat-file", "-t", theirs).strip() == "commit"
    assert not (repository.git_dir / "FETCH_HEAD").exists()
    git_folder.git("reset", "-q", "--hard", theirs)
    git_folder.write("offre/gamma.md", "gamma\n")
    mine = git_folder.commit("mine")
    push(repository, Upstream("origin", MAIN), mine, lambda *told: heard.add(told))
    assert tip(shared) == mine
    assert {(False, 100), (True, 100)} <= heard


def test_a_linked_working_tree_and_an_address_instead_of_a_name(
    git_folder: GitFolder, shared: Path, tmp_path: Path
) -> None:
    git_folder.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "linked"))
    theirs = other_work(git_folder, shared, tmp_path)
    linked = Repository.find(tmp_path / "linked")
    assert upstream_of(linked) == Upstream("origin", "refs/heads/side")
    assert fetch(linked, Upstream(f"file://{shared}", MAIN)) == theirs
    assert fetch(linked, Upstream("origin", "refs/heads/side")) is None


def test_a_lost_race(git_folder: GitFolder, shared: Path, tmp_path: Path) -> None:
    theirs = other_work(git_folder, shared, tmp_path)
    git_folder.write("offre/gamma.md", "gamma\n")
    mine = git_folder.commit("mine")
    with pytest.raises(LostRace):
        push(Repository.find(git_folder.root), Upstream("origin", MAIN), mine)
    assert tip(shared) == theirs


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"echo 'Offre: 3 cards, limit 2'; echo 'error: 2 cards'; exit 1\n", "Offre: 3 cards, limit 2\nerror: 2 cards"),
        (b"printf 'refus\\351\\n'; exit 1\n", "refus\ufffd"),
    ],
    ids=["lines that look like progress", "not UTF-8"],
)
def test_a_refusal_is_quoted(git_folder: GitFolder, shared: Path, body: bytes, said: str) -> None:
    hook(shared, body)
    git_folder.write("offre/gamma.md", "gamma\n")
    mine = git_folder.commit("mine")
    with pytest.raises(HookFailed) as refused:
        push(Repository.find(git_folder.root), Upstream("origin", MAIN), mine)
    assert said in "\n".join(line.rstrip() for line in refused.value.output.splitlines())
    assert "Writing objects" not in refused.value.output


def test_an_address_where_nothing_is(git_folder: GitFolder, shared: Path) -> None:
    git_folder.git("remote", "set-url", "origin", "file:///nowhere/at/all")
    with pytest.raises(KanbanError, match=r"origin cannot be reached: '/nowhere/at/all' does not appear"):
        fetch(Repository.find(git_folder.root), Upstream("origin", MAIN))


def test_variables_of_another_repository_are_hidden_and_put_back(
    git_folder: GitFolder, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository.find(git_folder.root)
    create_repository(_made(tmp_path / "foreign"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "foreign/.git"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path / "foreign/.git/objects"))
    assert upstream_of(repository).remote == "origin"
    assert fetch(repository, Upstream("origin", MAIN)) == tip(shared)
    assert os.environ["GIT_DIR"] == str(tmp_path / "foreign/.git")


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


READING = (
    ("list", "--json"),
    ("next",),
    ("show", "acme"),
    ("lint", "--staged"),
    ("log",),
    ("note", "acme", "called back", "--dry-run"),
)


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_who_asks_git_a_few_questions_does_not_wait_for_gitpython(
    git_folder: GitFolder, kanban: Kanban, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """Nor is any git started that answers nothing (`git version`)."""
    assert kanban("init", str(git_folder.root), "--preset", "b2b").code == 0
    assert kanban("-C", git_folder.root, "new", "ACME", "--id", "acme").code == 0
    trace = tmp_path / "trace"
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "kanban", "-C", str(git_folder.root), *words],
        env={**os.environ, "GIT_TRACE": str(trace)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr[-800:]
    imported = {line.split("|")[-1].strip() for line in done.stderr.splitlines() if line.startswith("import time")}
    assert "kanban.cli" in imported
    assert not imported & {"git", "gitdb", "jinja2", "icalendar"}
    assert "version" not in [line.split()[-1] for line in trace.read_text().splitlines() if "built-in: git" in line]


def test_a_lock_that_was_left_is_called_a_lock(git_folder: GitFolder, shared: Path, tmp_path: Path) -> None:
    """Not the network: `kanban doctor` sees it and `--repair` removes it."""
    repository = Repository.find(git_folder.root)
    git_folder.git("fetch", "-q", "origin")
    other_work(git_folder, shared, tmp_path)
    lock = git_folder.write(".git/refs/remotes/origin/main.lock", "")
    with pytest.raises(RepositoryBusy, match="git keeps a lock") as caught:
        fetch(repository, Upstream("origin", MAIN))
    assert caught.value.where == str(lock)
    assert "kanban doctor --repair" in caught.value.cure


def test_what_git_advises_about_a_lock_here_is_not_quoted_after_a_push(git_folder: GitFolder, shared: Path) -> None:
    """The push went through; nobody is told to remove files by hand."""
    repository = Repository.find(git_folder.root)
    git_folder.git("fetch", "-q", "origin")
    git_folder.write("offre/gamma.md", "gamma\n")
    mine = git_folder.commit("mine")
    git_folder.write(".git/refs/remotes/origin/main.lock", "")
    assert push(repository, Upstream("origin", MAIN), mine) == ()
    assert tip(shared) == mine


def test_a_lock_over_there_is_not_others_pushing(git_folder: GitFolder, shared: Path) -> None:
    lock = shared / "refs/heads/main.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.write_bytes(b"")
    commit = git_folder.commit("mine")
    with pytest.raises(LostRace) as caught:
        push(Repository.find(git_folder.root), Upstream("origin", MAIN), commit)
    said = caught.value.given_up(Upstream("origin", MAIN))
    assert said.message == "origin/main is locked over there: nothing was changed"
    assert "whoever keeps the server" in said.cure
    assert LostRace().given_up(Upstream("origin", MAIN)).message.startswith("others keep pushing")
