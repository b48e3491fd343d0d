"""A shared repository that holds the rules itself: real pushes into a real bare repository."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.conftest import GitFolder, Kanban
from tests.merges.conftest import CARD, change, start_board

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def shared(git_folder: GitFolder, kanban: Kanban, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bare repository with the hook, and `git_folder` pushing to it. Offre holds 1 of 2."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setattr("shutil.which", lambda _name: None)
    start_board(git_folder, {"qualifies/acme.md": CARD, "qualifies/gamma.md": CARD, "offre/beta.md": CARD})
    bare = tmp_path / "shared.git"
    git_folder.git("clone", "-q", "--bare", str(git_folder.root), str(bare))
    git_folder.git("remote", "add", "origin", f"file://{bare}")
    done = kanban("hook", "install", bare, "--server")
    assert done.code == 0, done.err
    assert os.access(bare / "hooks/pre-receive", os.X_OK)
    return bare


def push(folder: GitFolder, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "push", *(arguments or ("origin", "main"))],
        cwd=folder.root,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )


def tip(bare: Path, branch: str = "main") -> str:
    done = subprocess.run(
        ["git", f"--git-dir={bare}", "rev-parse", "--verify", "-q", branch], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def test_a_push_that_breaks_a_limit_is_refused_before_it_is_accepted(shared: Path, git_folder: GitFolder) -> None:
    before = tip(shared)
    change(git_folder, {"qualifies/acme.md": None, "offre/acme.md": CARD})
    git_folder.commit("acme pulled")
    assert push(git_folder).returncode == 0
    good = tip(shared)
    assert good != before
    change(git_folder, {"qualifies/gamma.md": None, "offre/gamma.md": CARD})
    git_folder.commit("gamma pulled")
    refused = push(git_folder)
    assert refused.returncode != 0
    assert "KB301" in refused.stderr or "wip" in refused.stderr.lower()
    assert tip(shared) == good


def test_a_board_that_is_over_its_limit_takes_what_makes_it_better(shared: Path, git_folder: GitFolder) -> None:
    """Three of two: one may go and notes may be written; nobody may come in, not even in exchange."""
    hook = shared / "hooks/pre-receive"
    hook.rename(shared / "kept")
    change(git_folder, {f"offre/{name}.md": CARD for name in "xyz"})
    git_folder.commit("four of two")
    assert push(git_folder).returncode == 0
    (shared / "kept").rename(hook)
    change(git_folder, {"offre/x.md": None, "prospects/x.md": CARD})
    git_folder.commit("x back\n\nReason: too early")
    better = push(git_folder)
    assert better.returncode == 0, better.stderr
    assert "so it was before" in better.stderr
    assert tip(shared) == git_folder.git("rev-parse", "HEAD").strip()
    change(git_folder, {"offre/y.md": None, "prospects/y.md": CARD, "qualifies/acme.md": None, "offre/acme.md": CARD})
    git_folder.commit("acme for y\n\nReason: more urgent")
    assert push(git_folder).returncode != 0


def test_two_clones_and_the_last_place(shared: Path, git_folder: GitFolder, tmp_path: Path) -> None:
    """The second to push merges cleanly, and only the server sees the limit broken."""
    other = GitFolder(tmp_path / "karim")
    other.git("pull", "-q", f"file://{shared}", "main")
    other.git("remote", "add", "origin", f"file://{shared}")
    change(git_folder, {"qualifies/acme.md": None, "offre/acme.md": CARD})
    git_folder.commit("acme pulled")
    assert push(git_folder).returncode == 0
    change(other, {"qualifies/gamma.md": None, "offre/gamma.md": CARD})
    other.commit("gamma pulled")
    assert push(other).returncode != 0
    other.git("pull", "-q", "--rebase", "origin", "main")
    refused = push(other)
    assert refused.returncode != 0
    assert "pre-receive hook declined" in refused.stderr
    assert tip(shared) == git_folder.git("rev-parse", "HEAD").strip()


def test_a_new_branch_a_deletion_and_a_repository_without_board(
    shared: Path, git_folder: GitFolder, kanban: Kanban, tmp_path: Path
) -> None:
    git_folder.git("switch", "-qc", "plan")
    change(git_folder, {f"offre/{name}.md": CARD for name in "xyz"})
    git_folder.commit("too many")
    assert push(git_folder, "origin", "plan").returncode != 0
    git_folder.git("reset", "-q", "--hard", "main")
    assert push(git_folder, "origin", "plan").returncode == 0
    assert push(git_folder, "origin", ":plan").returncode == 0
    assert tip(shared, "plan") == ""


def test_a_branch_that_holds_no_board_is_none_of_the_hooks_business(
    shared: Path, git_folder: GitFolder, kanban: Kanban
) -> None:
    """A branch for pages may be committed and pushed; a board that goes from its branch is refused."""
    hook = ("lint", "--staged", "--changed-only")
    git_folder.git("switch", "-q", "--orphan", "pages")
    git_folder.write("index.html", "hello")
    git_folder.git("add", "-A")
    for folder in (git_folder.root, git_folder.root / "sales"):
        assert kanban("-C", folder, *hook).code == 0
    git_folder.git("commit", "-q", "-m", "pages")
    sent = push(git_folder, "origin", "pages")
    assert sent.returncode == 0, sent.stderr
    git_folder.git("switch", "-q", "main")
    git_folder.git("rm", "-q", "board.yml")
    assert kanban("-C", git_folder.root, *hook).code == 2
    git_folder.git("commit", "-q", "-m", "no board")
    refused = push(git_folder)
    assert refused.returncode != 0
    assert "no board.yml" in refused.stderr


def test_somebody_elses_hook_is_left_alone(shared: Path, kanban: Kanban) -> None:
    assert kanban("hook", "install", shared, "--server").code == 0
    hook = shared / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 0\n")
    refused = kanban("hook", "install", shared, "--server")
    assert (refused.code, "not ours" in refused.err) == (1, True)
    assert hook.read_text() == "#!/bin/sh\nexit 0\n"
    assert "lint --pre-receive" in kanban("hook", "show", "--server").out


def test_the_hooks_of_a_clone(git_folder: GitFolder, kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setattr("shutil.which", lambda _name: None)
    start_board(git_folder, {"offre/a.md": CARD, "offre/b.md": CARD, "prospects/c.md": CARD})
    assert kanban("-C", git_folder.root, "hook", "install").code == 0
    change(git_folder, {"prospects/c.md": None, "offre/c.md": CARD})
    git_folder.git("add", "-A")
    before = git_folder.git("rev-parse", "HEAD")
    git_folder.git("commit", "-q", "-m", "too many", check=False)
    assert git_folder.git("rev-parse", "HEAD") == before
