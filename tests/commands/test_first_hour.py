"""The first hour: five questions, what comes with a board, what the doctor says is missing, and the tour."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest
import yaml

from kanban.commands.setup.tour import STEPS
from tests.conftest import GitFolder, Kanban

pytestmark = pytest.mark.sweep(one_in=3)


class Typed(io.StringIO):
    """Standard input on which somebody types."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home and a shell that is known."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setattr(Path, "home", lambda: folder)
    monkeypatch.setenv("SHELL", "/bin/zsh")
    for word in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "ZDOTDIR"):
        monkeypatch.delenv(word, raising=False)
    return folder


def test_five_answers_make_a_board_with_everything(
    tmp_path: Path, home: Path, kanban: Kanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong answer is asked again; after the first, questions are in the board's language."""
    monkeypatch.setattr(sys, "stdin", Typed("klingon\nfrançais\nphone\nVentes : Lyon\nZoé, Karim Benali\n\n"))
    made = kanban("init", tmp_path / "ventes")
    assert made.code == 0, made.err
    assert "“klingon” is not one of them" in made.err
    assert "4/5  Qui sont les responsables des cartes" in made.err
    board = yaml.safe_load((tmp_path / "ventes/board.yml").read_text())
    assert (board["title"], board["language"]) == ("Ventes : Lyon", "fr")
    assert [owner["name"] for owner in board["owners"]] == ["Zoé", "Karim Benali"]
    assert (tmp_path / "ventes/a-appeler/README.md").exists()
    assert (tmp_path / "ventes/.gitignore").read_text() == "/site/\n"
    assert "merge=kanban" in (tmp_path / "ventes/.gitattributes").read_text()
    assert (tmp_path / "ventes/.git/hooks/pre-commit").exists()
    assert "git-kanban" in (home / ".zshrc").read_text()
    checks = {one["key"]: one["light"] for one in kanban("-C", tmp_path / "ventes", "doctor", "--json").json["checks"]}
    assert {checks[key] for key in ("hooks", "merge-driver", "identity")} == {"green"}


@pytest.mark.parametrize(
    ("typed", "there", "absent"),
    [
        ("1 3 4", [".gitattributes"], [".gitignore", ".git/hooks/pre-commit", "../home/.zshrc"]),
        ("none", [], [".gitignore", ".gitattributes", ".git/hooks/pre-commit", "../home/.zshrc"]),
    ],
)
def test_each_extra_can_be_left_out(
    tmp_path: Path,
    home: Path,
    kanban: Kanban,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    there: list[str],
    absent: list[str],
) -> None:
    monkeypatch.setattr(sys, "stdin", Typed(f"9\n{typed}\n"))
    board = tmp_path / "sales"
    made = kanban("init", board, "--lang", "en", "--preset", "b2b", "--title", "Sales", "--owner", "Ann")
    assert made.code == 0, made.err
    assert all((board / name).exists() for name in (*there, "board.yml"))
    assert not any((board / name).exists() for name in absent)


@pytest.mark.parametrize(
    ("remote", "path"),
    [
        ("git@github.com:a/b.git", ".github/workflows/board.yml"),
        ("https://gitlab.example.org/a/b.git", ".gitlab-ci.yml"),
        ("https://codeberg.org/a/b.git", ".forgejo/workflows/board.yml"),
    ],
)
def test_a_forge_that_is_seen_gets_its_job_and_scripts_are_asked_nothing(
    git_folder: GitFolder, home: Path, kanban: Kanban, remote: str, path: str
) -> None:
    git_folder.git("remote", "add", "origin", remote)
    made = kanban("init", git_folder.root / "sales", "--yes", "--lang", "en", "--skip", "completion")
    assert made.code == 0, made.err
    job = (git_folder.root / path).read_text()
    assert re.search(r'kanban"? -C "sales" lint', job)
    assert yaml.safe_load(job)
    assert not (home / ".zshrc").exists()
    assert git_folder.git("status", "--porcelain") == ""
    again = kanban("init", git_folder.root / "sales", "--yes", "--skip", "completion")
    assert (again.code, git_folder.git("status", "--porcelain")) == (0, "")
    assert "stands already" in again.err


def test_what_the_doctor_names_can_be_typed(
    git_folder: GitFolder, home: Path, kanban: Kanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kanban("init", git_folder.root, "--lang", "en").code == 0
    monkeypatch.chdir(git_folder.root)
    checks = {one["key"]: one for one in kanban("doctor", "--json").json["checks"]}
    assert checks["hooks"]["cure"] == "kanban hook install"
    assert checks["merge-driver"]["cure"] == "kanban init . --merge-driver"
    for key in ("hooks", "merge-driver"):
        assert kanban(*checks[key]["cure"].split()[1:]).code == 0
    assert kanban("init", ".", "--ci", "github").code == 0
    lights = {one["key"]: one["light"] for one in kanban("doctor", "--json").json["checks"]}
    assert (lights["hooks"], lights["merge-driver"], lights["ci"]) == ("green", "green", "green")


def test_a_board_that_is_there_says_how_to_set_up_its_clone(git_folder: GitFolder, kanban: Kanban) -> None:
    kanban("init", git_folder.root, "--lang", "en")
    again = kanban("init", git_folder.root)
    assert again.code == 2
    assert "--yes`" in again.err


@pytest.mark.sweep
@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_tour_runs_to_its_end_and_leaves_nothing(
    tmp_path: Path, kanban: Kanban, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    toured = kanban("--lang", language, "tour", "--yes")
    assert toured.code == 0
    assert [line for line in toured.out.splitlines() if line.startswith(f"{len(STEPS)}/{len(STEPS)}")]
    refusals = [line for line in toured.err.splitlines() if line.startswith(("error:", "erreur"))]
    assert len(refusals) == 1, "the one that the tour shows on purpose"
    assert list(tmp_path.iterdir()) == []


def test_the_tour_can_be_left(kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Typed("q\n"))
    toured = kanban("--lang", "en", "tour")
    assert toured.code == 0
    assert "2/10" not in toured.out


@pytest.fixture
def unknown_to_git(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new computer: git has never heard who sits there."""
    for role in ("AUTHOR", "COMMITTER"):
        for part in ("NAME", "EMAIL"):
            monkeypatch.delenv(f"GIT_{role}_{part}")
    monkeypatch.setenv("HOME", str(home))


@pytest.mark.usefixtures("unknown_to_git")
def test_who_commits_is_asked_where_git_does_not_know(
    tmp_path: Path, kanban: Kanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five answers were lost for want of a name, and the cure wanted the board that was refused."""
    monkeypatch.setattr(sys, "stdin", Typed("Zoé\nZoé Martin zoe@example.org\n\n\n\n\nnone\n"))
    made = kanban("--lang", "en", "init", tmp_path / "sales")
    assert made.code == 0, made.err
    assert "“Zoé” is not a name and an address" in made.err
    board = yaml.safe_load((tmp_path / "sales/board.yml").read_text())
    assert board["owners"] == [{"name": "Zoé Martin", "email": "zoe@example.org"}]
    assert "green" in {
        one["light"]
        for one in kanban("-C", tmp_path / "sales", "doctor", "--json").json["checks"]
        if one["key"] == "identity"
    }


@pytest.mark.usefixtures("unknown_to_git")
def test_a_script_is_told_what_to_type_and_leaves_nothing(tmp_path: Path, kanban: Kanban) -> None:
    refused = kanban("init", tmp_path / "sales", "--yes", "--skip", "completion")
    assert (refused.code, (tmp_path / "sales").exists()) == (2, False)
    assert f'kanban init {tmp_path / "sales"} --yes --skip completion --me "NAME <ADDRESS>"' in refused.err
    again = kanban("init", tmp_path / "sales", "--yes", "--skip", "completion", "--me", "Ann Lee <ann@example.org>")
    assert again.code == 0, again.err
    assert kanban("init", tmp_path / "other", "--yes", "--me", "Ann").code == 2
