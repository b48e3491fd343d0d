"""Two people on one board, each on a branch of a real repository."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.boards import FIVE_COLUMNS
from tests.conftest import GitFolder, Kanban

Files = Mapping[str, str | None]
COLUMNS = ("prospects", "qualifies", "offre", "gagne", "perdu", "nurturing")

CARD = """\
---
account: ACME SAS
contact: M. Dubois
next_action: appeler
next_action_date: 2026-10-06
amount: 28 k€
owner: Zoé
tags: [sso]
---

# ACME SAS

## Notes

### 2026-10-01 — call

- SSO and two integrations
- price objection likely
"""


def start_board(folder: GitFolder, files: Files | None = None) -> None:
    """A board with banners and a card, committed on `main`."""
    folder.write("board.yml", FIVE_COLUMNS)
    for column in COLUMNS:
        folder.write(f"{column}/README.md", f"# {column}\n")
    for path, text in ({"prospects/acme.md": CARD} if files is None else files).items():
        folder.write(path, text or "")
    folder.commit("start", date="2026-10-01T10:00:00+02:00")


def change(folder: GitFolder, files: Files) -> None:
    """Write files, remove those given as None."""
    for path, text in files.items():
        if text is None:
            (folder.root / path).unlink()
        else:
            folder.write(path, text)


Diverge = Callable[..., GitFolder]


@pytest.fixture
def diverge(git_folder: GitFolder) -> Diverge:
    """`diverge(zoe, karim, how="merge")`: both change the board, then Zoé takes in Karim's work."""

    def make(zoe: Files, karim: Files, how: str = "merge", start: Files | None = None) -> GitFolder:
        start_board(git_folder, start)
        git_folder.git("branch", "karim")
        change(git_folder, zoe)
        git_folder.commit("zoe", date="2026-10-02T10:00:00+02:00")
        git_folder.git("switch", "-q", "karim")
        change(git_folder, karim)
        person = {"GIT_AUTHOR_NAME": "Karim", "GIT_AUTHOR_EMAIL": "k@example.org"}
        git_folder.commit("karim", date="2026-10-03T10:00:00+02:00", **person)
        git_folder.git("switch", "-q", "main")
        git_folder.git(*{"pick": ("cherry-pick",)}.get(how, (how,)), "karim", check=False)
        return git_folder

    return make


def staged(folder: GitFolder) -> list[str]:
    """Paths of the index, unmerged ones with their stage."""
    lines = folder.git("-c", "core.quotePath=false", "ls-files", "-s").splitlines()
    return [line.split("\t")[1] + ("" if line.split()[2] == "0" else f"#{line.split()[2]}") for line in lines]


def cards_in(folder: GitFolder) -> list[str]:
    """Card paths of the index, which the disk agrees with."""
    found = [path for path in staged(folder) if path.endswith(".md") and "README" not in path]
    on_disk = sorted(
        file.relative_to(folder.root).as_posix() for file in folder.root.glob("*/*.md") if file.name != "README.md"
    )
    assert sorted(found) == on_disk
    return found


def read(folder: GitFolder, path: str) -> str:
    return Path(folder.root / path).read_bytes().decode()


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
