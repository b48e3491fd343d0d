"""Parquet by board and month: typed, replaced and not doubled, and DuckDB gives the figures that SQLite gives."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from kanban.metrics.export.parquet import KEYS, TABLES
from tests.conftest import Answer

pytestmark = pytest.mark.sweep(one_in=3)

Kanban = Callable[..., Answer]
AS_OF = "2025-03-31"
RECIPES = Path(__file__).parent.parent.parent / "docs" / "analysis.md"


@pytest.fixture
def lake(golden_nine: Path, tmp_path: Path, kanban: Kanban) -> Path:
    """Two boards in one folder."""
    target = tmp_path / "lake"
    for board in ("north", "south"):
        answer = kanban("-C", golden_nine, "export", target, "--format", "parquet", "--board", board, "--as-of", AS_OF)
        assert answer.code == 0, answer.err
    return target


def counted(name: str) -> str:
    key = ", ".join(f'"{one}"' for one in ("board", *KEYS[name]))
    return f"select '{name}', count(*), count(distinct ({key})) from {name}"  # noqa: S608 - own names


def asked(kanban: Kanban, lake: Path, question: str) -> list[list[object]]:
    answer = kanban("sql", "--from", lake, question, "--json")
    assert answer.code == 0, answer.err
    rows: list[list[object]] = json.loads(answer.out)["rows"]
    return rows


def test_a_second_run_replaces_and_does_not_double(golden_nine: Path, lake: Path, kanban: Kanban) -> None:
    keys = [counted(name) for name in TABLES]
    first = [asked(kanban, lake, one)[0] for one in keys]
    assert all(count == different for _name, count, different in first), first
    assert {name: count for name, count, _different in first}["events"] == 88
    kanban("-C", golden_nine, "export", lake, "--format", "parquet", "--board", "south", "--as-of", "2025-02-01")
    assert asked(kanban, lake, "select count(*) from events where board = 'north'") == [[44]]
    (less,) = asked(kanban, lake, "select count(*) from events where board = 'south'")[0]
    assert isinstance(less, int)
    assert 0 < less < 44
    assert sorted(path.name for path in lake.iterdir()) == sorted(TABLES)
    assert {path.name for path in (lake / "events").iterdir()} == {"board=north", "board=south"}


def test_types_and_months(lake: Path) -> None:
    files = str(lake / "events" / "**" / "*.parquet")
    read = f"read_parquet('{files}', hive_partitioning = true, hive_types_autocast = false)"
    types = {row[0]: row[1] for row in duckdb.sql(f"describe select * from {read}").fetchall()}  # noqa: S608 - own names
    assert (types["day"], types["number"], types["card"]) == ("DATE", "BIGINT", "VARCHAR")
    strays = f"select count(*) from {read} where strftime(day, '%Y-%m') <> month"  # noqa: S608 - own names
    assert duckdb.sql(strays).fetchall() == [(0,)]


@pytest.mark.parametrize(
    "question",
    [
        "select card, cycle_days from cards where outcome = 'won' and {board} order by card",
        'select "column", sum(days) from stays where until is not null and {board} group by 1 order by 1',
        "select kind, count(*) from events where {board} group by 1 order by 1",
    ],
)
def test_duckdb_and_sqlite_agree(question: str, golden_nine: Path, lake: Path, kanban: Kanban) -> None:
    told = kanban("-C", golden_nine, "sql", question.format(board="1 = 1"), "--as-of", AS_OF, "--json")
    assert asked(kanban, lake, question.format(board="board = 'north'")) == json.loads(told.out)["rows"]


def test_the_days_are_those_of_the_view(golden_nine: Path, lake: Path, kanban: Kanban) -> None:
    view = kanban("-C", golden_nine, "sql", "select * from wip_daily order by 1, 2", "--as-of", AS_OF, "--json")
    found = asked(kanban, lake, "select day, \"column\", cards from days where board = 'north' order by 1, 2")
    assert found == json.loads(view.out)["rows"]


def recipes() -> list[str]:
    return [block.split("```")[0] for block in RECIPES.read_text("utf-8").split("```sql\n")[1:]]


@pytest.mark.parametrize("question", recipes())
def test_the_recipes_are_answered(question: str, lake: Path, kanban: Kanban) -> None:
    assert isinstance(asked(kanban, lake, question), list)


@pytest.mark.parametrize(
    "question",
    [
        "drop table cards",
        "select 1; select 2",
        "copy cards to 'x.csv'",
        "select * from read_csv('/etc/passwd')",
        "attach 'x.db'",
        "set enable_external_access = true",
        "select nonsense from cards",
    ],
)
def test_nothing_else_is_answered(question: str, lake: Path, kanban: Kanban) -> None:
    answer = kanban("sql", "--from", lake, question)
    assert answer.code == 2
    assert "→" in answer.err
    assert kanban("sql", "--from", lake.parent / "none", "select 1").code == 2


def test_openmetrics(golden_nine: Path, kanban: Kanban, tmp_path: Path) -> None:
    answer = kanban("-C", golden_nine, "export", "-", "--format", "openmetrics", "--board", 'a"b', "--as-of", AS_OF)
    assert answer.code == 0
    assert answer.out.endswith("# EOF\n")
    lines = answer.out.splitlines()
    assert 'kanban_closed_cards{board="a\\"b",outcome="won"} 6' in lines
    assert 'kanban_cycle_time_days{board="a\\"b",percentile="50"} 29' in lines
    names = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(names) == len(set(names))
    assert kanban("-C", golden_nine, "export", tmp_path / "b.prom", "--board", 'a"b', "--as-of", AS_OF).code == 0
    assert (tmp_path / "b.prom").read_text() == answer.out
