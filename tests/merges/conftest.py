"""Two people on one board, each on a branch of a real repository."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.boards import FIVE_COLUMNS
from tests.conftest import GitFolder

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
