"""`kanban sql`: one select over the exported tables, and nothing else."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kanban.metrics.export.sql_views import VIEWS
from tests.boards import FIVE_COLUMNS, card_text
from tests.conftest import GitFolder, Kanban

DAY = ("--as-of", "2026-10-05")


@pytest.fixture
def board(git_folder: GitFolder) -> GitFolder:
    """Two open cards and a won one."""
    git_folder.write("board.yml", FIVE_COLUMNS)
    git_folder.write("offre/a.md", card_text(owner="Zoé", amount="1000 EUR"))
    git_folder.write("offre/b.md", card_text(owner="Karim", amount="2500 EUR"))
    git_folder.write("gagne/c.md", card_text(owner="Zoé", title="=1+1"))
    git_folder.commit(date="2026-10-01T10:00:00+02:00")
    return git_folder


def test_an_answer_in_each_form(board: GitFolder, kanban: Kanban) -> None:
    question = "select owner, count(*) as n, sum(amount) as worth from cards group by owner order by owner"
    call = ("-C", board.root, "sql", question, *DAY)
    assert kanban(*call).out == "owner  n  worth\nKarim  1   2500\nZoé    2   1000\n"
    assert kanban(*call, "--csv").out == "owner,n,worth\r\nKarim,1,2500\r\nZoé,2,1000\r\n"
    assert kanban(*call, "--json").json == {
        "schema": "kanban-sql/1",
        "columns": ["owner", "n", "worth"],
        "rows": [["Karim", 1, 2500], ["Zoé", 2, 1000]],
    }
    assert kanban("-C", board.root, "sql", "select title from cards where card = 'c'", "--csv", *DAY).out.endswith(
        "'=1+1\r\n"
    )


@pytest.mark.parametrize("view", [view.name for view in VIEWS])
def test_every_view_says_what_the_export_says(board: GitFolder, kanban: Kanban, tmp_path: Path, view: str) -> None:
    kanban("-C", board.root, "export", tmp_path / "all.db", *DAY)
    with closing(sqlite3.connect(tmp_path / "all.db")) as database:
        exported = [list(row) for row in database.execute(f"select * from {view}")]  # noqa: S608 - our own names
    assert kanban("-C", board.root, "sql", f"select * from {view}", "--json", *DAY).json["rows"] == exported  # noqa: S608 - the same


@pytest.mark.parametrize(
    "question",
    [
        "delete from cards",
        "drop table cards",
        "create table x (y)",
        "attach '/tmp/x.db' as x",
        "pragma writable_schema = 1",
        "select 1; select 2",
        "select load_extension('x')",
        "vacuum into '/tmp/x.db'",
        "select nothing from nowhere",
        "words",
        "select '\ud800'",
    ],
)
def test_nothing_but_one_select_is_answered(board: GitFolder, kanban: Kanban, question: str) -> None:
    answer = kanban("-C", board.root, "sql", question, *DAY)
    assert answer.code == 2
    assert answer.out == ""
    assert "SQLite does not answer this" in answer.err


def test_without_a_question_it_says_what_may_be_asked(kanban: Kanban, tmp_path: Path) -> None:
    answer = kanban("-C", tmp_path, "sql")
    assert answer.code == 0
    assert "cards  card, title, account" in answer.out
    assert all(view.name in answer.out for view in VIEWS)
    assert "Combien de cartes" in kanban("-C", tmp_path, "--lang", "fr", "sql").out


def test_a_past_day_is_asked_as_it_was(board: GitFolder, kanban: Kanban) -> None:
    board.write("offre/d.md", card_text())
    board.commit(date="2026-10-04T10:00:00+02:00")
    question = "select count(*) from cards"
    for day, count in (("2026-10-03", 3), ("2026-10-05", 4)):
        assert kanban("-C", board.root, "sql", question, "--json", "--as-of", day).json["rows"] == [[count]]
