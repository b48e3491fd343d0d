"""git itself calls `kanban merge-driver`: in a merge, in a rebase, and in a merge that has not happened."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import pytest

from tests.conftest import GitFolder, Kanban
from tests.merges.conftest import CARD, change, read, start_board

ROOT = Path(__file__).resolve().parents[2]
MINE = CARD.replace("owner: Zoé", "owner: Inès") + "- mine\n"
THEIRS = CARD.replace("28 k€", "30 k€").replace("tags: [sso]", "tags: [sso, audit]") + "- theirs\n"
BOTH = THEIRS.replace("owner: Zoé", "owner: Inès") + "\n### 2026-10-01 — call\n\n- mine\n"
"""Four bullets are more than one note may have: what is mine is a note of its own."""


@pytest.fixture
def diverged(git_folder: GitFolder, kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> GitFolder:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setattr("shutil.which", lambda _name: None)
    start_board(git_folder)
    assert kanban("-C", git_folder.root, "init", "--merge-driver").code == 0
    git_folder.git("branch", "other")
    change(git_folder, {"prospects/acme.md": MINE})
    git_folder.commit("mine")
    git_folder.git("switch", "-q", "other")
    change(git_folder, {"prospects/acme.md": THEIRS})
    git_folder.commit("theirs")
    git_folder.git("switch", "-q", "main")
    return git_folder


def test_init_writes_attributes_once_and_the_clones_setting(diverged: GitFolder, kanban: Kanban) -> None:
    assert "/prospects/**/*.md merge=kanban\n" in read(diverged, ".gitattributes")
    command = diverged.git("config", "merge.kanban.driver").strip()
    assert command == f"{shlex.join([sys.executable, '-P', '-m', 'kanban'])} merge-driver %O %A %B %P %L"
    before = diverged.git("rev-parse", "HEAD")
    assert kanban("-C", diverged.root, "init", "--merge-driver").code == 0
    assert diverged.git("rev-parse", "HEAD") == before
    assert diverged.git("check-attr", "merge", "gagne/2026/x.md").strip().endswith("merge: kanban")
    assert diverged.git("status", "--porcelain") == ""


@pytest.mark.parametrize("how", ["merge", "rebase"])
def test_neighbouring_fields_and_notes_merge_by_themselves(diverged: GitFolder, how: str) -> None:
    diverged.git(how, "-q", "other")
    both = BOTH.replace("- mine", "- ?").replace("- theirs", "- mine").replace("- ?", "- theirs")
    assert read(diverged, "prospects/acme.md") == {"merge": BOTH, "rebase": both}[how]


def test_a_merge_that_has_not_happened(diverged: GitFolder) -> None:
    tree = diverged.git("merge-tree", "--write-tree", "main", "other").split()[0]
    assert diverged.git("show", f"{tree}:prospects/acme.md") == BOTH


def test_without_the_setting_git_conflicts_and_resolve_gives_the_same(diverged: GitFolder, kanban: Kanban) -> None:
    diverged.git("config", "--remove-section", "merge.kanban")
    diverged.git("merge", "-q", "other", check=False)
    assert "<<<<<<<" in read(diverged, "prospects/acme.md")
    assert kanban("-C", diverged.root, "resolve", "acme").code == 0
    assert read(diverged, "prospects/acme.md") == BOTH


def test_unsure_is_a_conflict(diverged: GitFolder) -> None:
    change(diverged, {"prospects/acme.md": MINE.replace("28 k€", "26 k€")})
    diverged.commit("mine again")
    diverged.git("merge", "-q", "other", check=False)
    text = read(diverged, "prospects/acme.md")
    assert "<<<<<<< ours\namount: 26 k€\n=======\namount: 30 k€\n>>>>>>> theirs\n" in text
    assert text.count("<<<<<<<") == 1
    assert "prospects/acme.md" in diverged.git("diff", "--name-only", "--diff-filter=U")


def test_a_card_that_cannot_be_read_is_merged_as_git_would(kanban: Kanban, tmp_path: Path) -> None:
    for name, text in (("o", "---\na: [\n"), ("a", "---\na: [\nx\n"), ("b", "---\na: [\n")):
        (tmp_path / name).write_text(text)
    files = [tmp_path / name for name in "oab"]
    assert kanban("merge-driver", *files, "p.md", "7").code == 0
    assert files[1].read_text() == "---\na: [\nx\n"
    files[2].write_text("---\na: [\ny\n")
    assert kanban("merge-driver", *files, "p.md", "9").code == 1
    assert files[1].read_text().count("<<<<<<<<< ours") == 1


def test_a_driver_that_cannot_write_loses_nothing(diverged: GitFolder, kanban: Kanban) -> None:
    """A git that knows the code ends the merge; an older one says conflict, keeps both sides, and `resolve` has them."""
    broken = f"{shlex.quote(sys.executable)} -c 'import sys; sys.exit(129)'"
    diverged.git("config", "merge.kanban.driver", broken)
    diverged.git("merge", "-q", "other", check=False)
    assert read(diverged, "prospects/acme.md") == MINE
    if diverged.git("status", "--porcelain"):
        assert kanban("-C", diverged.root, "resolve", "--all").code == 0
        assert read(diverged, "prospects/acme.md") == BOTH


def test_what_cannot_be_read_or_written_is_no_conflict(diverged: GitFolder, kanban: Kanban, tmp_path: Path) -> None:
    sides = [tmp_path / name for name in ("base", "mine", "theirs")]
    for side, text in zip(sides, (CARD, MINE, THEIRS), strict=True):
        side.write_text(text)
    (tmp_path / "mine.kanban").mkdir()
    answer = kanban("-C", diverged.root, "merge-driver", *sides)
    assert (answer.code, sides[1].read_text()) == (129, MINE)
    assert "cannot be written" in answer.err
    assert kanban("-C", diverged.root, "merge-driver", tmp_path / "none", *sides[1:]).code == 129


def test_where_gits_settings_cannot_be_written_nothing_is_committed(git_folder: GitFolder, kanban: Kanban) -> None:
    """Exit code 2 says that nothing was done; the same command does it once it can."""
    kanban("-C", git_folder.root, "init", "--lang", "en")
    before = git_folder.git("rev-parse", "HEAD")
    lock = git_folder.write(".git/config.lock", "")
    refused = kanban("-C", git_folder.root, "init", "--merge-driver")
    assert (refused.code, git_folder.git("rev-parse", "HEAD")) == (2, before)
    assert not (git_folder.root / ".gitattributes").exists()
    lock.unlink()
    assert kanban("-C", git_folder.root, "init", "--merge-driver").code == 0
    assert (git_folder.root / ".gitattributes").exists()
