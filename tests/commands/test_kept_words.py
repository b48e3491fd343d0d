"""TAB answers from what is kept as it would without it, whatever happened to the board since."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kanban.cli import cli
from kanban.commands.base.completion import kept_verbs
from kanban.commands.base.completion.completing import answer
from kanban.repository.kept.index import folders_above
from tests.boards import FIVE_COLUMNS, card_text
from tests.conftest import GitFolder
from tests.repository import indexed

LONG_AGO = 1_600_000_000


@pytest.fixture
def board(git_folder: GitFolder) -> GitFolder:
    """Three cards whose files are old enough to be known by their time."""
    git_folder.write("board.yml", FIVE_COLUMNS)
    for name in ("acme", "beta", "gamma"):
        git_folder.write(f"offre/{name}.md", card_text(account=f"{name} sa"))
    git_folder.write("gagne/done.md", card_text(account="over"))
    for file in git_folder.root.rglob("*.*"):
        os.utime(file, (LONG_AGO, LONG_AGO))
    return git_folder


def tab(board: GitFolder, words: str) -> list[str]:
    """The answer, the same as with nothing kept."""
    line = f"kanban -C {board.root} {words}"
    found = answer(cli, line)
    for file in (board.root / ".git/kanban").glob("index*"):
        file.rename(file.with_name(f"away-{file.name}"))
    assert found == answer(cli, line)
    for file in (board.root / ".git/kanban").glob("away-*"):
        file.replace(file.with_name(file.name.removeprefix("away-")))
    return found


def aged(file: Path) -> None:
    os.utime(file, (LONG_AGO + 100, LONG_AGO + 100))


CHANGES: dict[str, Callable[[GitFolder], object]] = {
    "nothing": lambda board: None,
    "an account": lambda board: aged(board.write("offre/beta.md", card_text(account="delta"))),
    "a new card": lambda board: board.write("prospects/new.md", card_text(account="new")),
    "one gone": lambda board: (board.root / "offre/beta.md").unlink(),
    "one closed": lambda board: (board.root / "offre/beta.md").rename(board.root / "gagne/beta.md"),
    "titles": lambda board: board.write("board.yml", FIVE_COLUMNS.replace("Offre", "Devis")),
    "another folder": lambda board: board.write(
        "board.yml", FIVE_COLUMNS.replace("key: offre,", "key: offre, folder: devis,")
    ),
    "no board": lambda board: (board.root / "board.yml").unlink(),
    "a broken card": lambda board: board.write("offre/acme.md", "---\naccount: [\n"),
}


@pytest.mark.sweep
@pytest.mark.parametrize("change", list(CHANGES))
@pytest.mark.parametrize("words", ["show ", "show b", "show sa", "move acme ", "move acme gagne --re", "set acme ow"])
def test_names_are_those_of_now(board: GitFolder, words: str, change: str) -> None:
    before = answer(cli, f"kanban -C {board.root} {words}")
    CHANGES[change](board)
    after = tab(board, words)
    assert tab(board, words) == after
    if change == "nothing":
        assert after == before != []


def test_a_card_that_did_not_change_is_not_read(board: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    line = f"kanban -C {board.root} show "
    found = answer(cli, line)
    monkeypatch.setattr("kanban.folder.reading.read_file", None)
    assert answer(cli, line) == found
    assert [one.split("\t")[0] for one in found] == ["begins", "acme", "beta", "gamma"]


def test_a_verb_of_another_program_is_made_again(board: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    line = f"kanban -C {board.root} lose acme --reason "
    found = answer(cli, line)
    assert len(indexed.rows(board.root, "verb")) == 1
    monkeypatch.setattr(kept_verbs, "_parameter", None)
    with pytest.raises(TypeError):
        answer(cli, line)
    monkeypatch.setattr(kept_verbs, "_sources", lambda paths: {"changed": [0, 0]})
    assert answer(cli, line) == found


VERBS = sorted(set(cli.verbs) - {"experiment", "hook"})


@pytest.mark.sweep
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_completes_as_it_does_itself(board: GitFolder, verb: str) -> None:
    for words in (f"{verb} -", f"{verb} --", f"{verb} ", f"{verb} a"):
        tab(board, words)
        assert answer(cli, f"kanban -C {board.root} {words}") == tab(board, words)


def test_the_git_folder_is_found_by_looking(board: GitFolder, tmp_path: Path) -> None:
    board.commit()
    board.git("worktree", "add", "-q", str(tmp_path / "linked"))
    git = board.root / ".git"
    found = folders_above(board.root / "offre")
    assert found is not None
    assert found.common_dir == git
    linked = folders_above(tmp_path / "linked")
    assert linked is not None
    assert linked.common_dir.samefile(git)
    assert folders_above(Path("/")) is None
