"""`kanban export`: three forms of the same tables, and SQL views that answer as the report does."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings

from kanban.cli import cli
from kanban.commands.base.calling.entry import run as run_verbs
from kanban.errors import KanbanError
from kanban.metrics.export.files import _replacing, safe_cell, write_sqlite, write_tables
from kanban.metrics.export.rows import SHAPES
from kanban.metrics.export.sql_views import VIEWS
from kanban.metrics.export.tables import export_tables
from kanban.metrics.report import Report
from kanban.metrics.tables import Table
from tests.conftest import Answer
from tests.golden_nine import AS_OF
from tests.metrics.conftest import DEMO_DAY
from tests.metrics.telling import cards_of, reported
from tests.metrics.test_brute_force import film, histories, report_of

DOCS = Path(__file__).parent.parent.parent / "docs" / "export.md"


def export(root: Path, target: Path, *arguments: str, as_of: str = AS_OF) -> None:
    done = CliRunner().invoke(cli, ["-C", str(root), "export", str(target), "--as-of", as_of, *arguments])
    assert done.exit_code == 0, done.output


def rows(database: sqlite3.Connection, query: str) -> list[dict[str, Any]]:
    cursor = database.execute(query)
    names = [one[0] for one in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def test_csv(golden_nine: Path, tmp_path: Path) -> None:
    export(golden_nine, tmp_path / "out")
    tables = {}
    for path in (tmp_path / "out").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    assert set(tables) == set(SHAPES)
    won = {row["card"]: row["cycle_days"] for row in tables["cards"] if row["outcome"] == "won"}
    assert won == {"a1": "29", "b2": "22", "c3": "43", "d4": "1", "f6": "64", "i9": "71"}
    assert len(tables["events"]) == 44
    assert [row["column"] for row in tables["stays"] if row["card"] == "i9"] == list("pqronwnw")
    assert json.loads(tables["cards"][0]["fields"]) == {"account": "A1 SA", "owner": "zoe"}


def test_json_lines_go_to_a_file_or_to_standard_output(golden_nine: Path, tmp_path: Path) -> None:
    export(golden_nine, tmp_path / "out.jsonl")
    done = CliRunner().invoke(
        cli, ["-C", str(golden_nine), "export", "-", "--format", "jsonl", "--as-of", AS_OF], catch_exceptions=False
    )
    assert done.stdout == (tmp_path / "out.jsonl").read_text("utf-8")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    kinds = {record["record"] for record in records}
    assert kinds == {"card", "event", "version", "stay", "column", "week", "fact"}
    (open_stay,) = [one for one in records if one["record"] == "stay" and one["card"] == "h8"]
    assert (open_stay["left"], open_stay["days"]) == (None, 35)


def test_the_database_holds_what_the_report_says(demo_board: Path, demo_report: dict[str, Any], tmp_path: Path) -> None:
    export(demo_board, tmp_path / "demo.db", as_of=DEMO_DAY)
    with sqlite3.connect(tmp_path / "demo.db") as database:
        weeks = rows(database, "SELECT * FROM throughput_weekly")
        for week, told in zip(weeks, demo_report["throughput"]["weeks"], strict=True):
            assert {key: week[key] for key in told} == told
        money = {row["bucket"]: row["weighted"] for row in rows(database, "SELECT * FROM weighted_pipeline")}
        months = demo_report["weighted_pipeline"]["EUR"]["months"]
        assert money == {month: float(amount) for month, amount in months.items()}
        lost = dict(database.execute("SELECT lost_reason, sum(cards) FROM lost_reasons GROUP BY lost_reason"))
        assert lost == {one["reason"]: one["count"] for one in demo_report["loss_reasons"]}
        owners = dict(database.execute("SELECT owner, sum(won) FROM owners GROUP BY owner"))
        assert owners == {cut["key"]: cut["won"] for cut in demo_report["cuts"]["owners"]}
        late = [row["card"] for row in rows(database, "SELECT * FROM without_next_action")]
        assert late == demo_report["next_action"]["missing"] + demo_report["next_action"]["overdue"]
        facts = dict(database.execute("SELECT name, value FROM facts"))
        assert (facts["head"], facts["as_of"]) == (demo_report["head"], DEMO_DAY)


def compare(report: Report, database: sqlite3.Connection) -> None:
    """Every view against the report, figure by figure."""
    wip = {
        row["column"]: (row["cards"], row["wip_limit"], row["light"]) for row in rows(database, "SELECT * FROM wip_now")
    }
    assert wip == {key: (level.count, level.limit, level.light) for key, level in report.wip.columns.items()}
    weeks = rows(database, "SELECT * FROM throughput_weekly")
    for week, told in zip(weeks, report.throughput.weeks, strict=True):
        for name in ("won", "lost", "parked", "deleted", "arrivals"):
            assert week[name] == getattr(told, name)
    (times,) = rows(database, "SELECT * FROM cycle_time")
    won = report.cycle_time.won
    assert (times["n"], times["p50"], times["p70"], times["p85"], times["p95"]) == (
        won.n, won.p50, won.p70, won.p85, won.p95,
    )  # fmt: skip
    for row, one in zip(rows(database, "SELECT * FROM conversion"), report.conversion, strict=True):
        counts = tuple(row[name] for name in ("column", "entered", "advanced", "exited", "open"))
        assert counts == (one.column, one.entered, one.advanced, one.exited, one.open)
        assert row["rate"] == (pytest.approx(one.rate) if one.rate is not None else None)
    daily = rows(database, "SELECT day, sum(cards) AS cards FROM wip_daily GROUP BY day ORDER BY day")
    assert [row["cards"] for row in daily] == list(report.stock.total(report.ledger.track.open_columns))
    spent = rows(database, "SELECT * FROM time_in_column")
    assert {(row["card"], row["column"]): row["days"] for row in spent} == {
        (journey.card, stay.column): sum(
            (other.until - other.since).days for other in journey.stays if other.until and other.column == stay.column
        )
        for journey in report.journeys
        for stay in journey.stays
        if stay.until
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories)
def test_views_answer_as_the_report_does(tmp_path: Path, moves: list[tuple[str, str, int]]) -> None:
    history, slow = film(moves)
    report = report_of(history, slow.as_of)
    target = tmp_path / "told.db"
    write_sqlite(target, export_tables(report))
    with sqlite3.connect(target) as database:
        compare(report, database)


FORMULAS = [
    ("=1+1", "'=1+1"),
    ("+33 1 99", "'+33 1 99"),
    ("-2", "'-2"),
    ("@cmd", "'@cmd"),
    ("\tx", "'\tx"),
    ("\r=1", "'\r=1"),
    ("＝1", "'＝1"),
    ("plain", "plain"),
    ("a=b", "a=b"),
    ("", ""),
    (None, ""),
    (-2, "-2"),
    (-2.5, "-2.5"),
    (True, "true"),
]


@pytest.mark.parametrize(("cell", "text"), FORMULAS)
def test_no_cell_is_a_formula(cell: str | float | bool | None, text: str) -> None:
    assert safe_cell(cell) == text


def test_a_hostile_card_stays_text_in_every_form(tmp_path: Path) -> None:
    hostile = cards_of(
        a={"account": '=HYPERLINK("http://x","y")', "owner": "'; DROP TABLE cards; --", "source": 'a,\n"b'}
    )
    report = reported({"a": "p01-06"}, "01-31", hostile)

    write_tables(tmp_path / "csv", export_tables(report))
    with (tmp_path / "csv" / "cards.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["account"].startswith("'=")
    assert row["source"] == 'a,\n"b'
    write_sqlite(tmp_path / "x.db", export_tables(report))
    with sqlite3.connect(tmp_path / "x.db") as database:
        (card,) = rows(database, "SELECT account, owner FROM cards")
    assert card == {"account": '=HYPERLINK("http://x","y")', "owner": "'; DROP TABLE cards; --"}


def test_what_is_there_is_not_written_over(
    golden_nine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "mine.db"
    target.write_text("mine")
    asked = ["-C", str(golden_nine), "export", str(target), "--as-of", AS_OF]
    assert run_verbs(cli, asked) == 2
    assert "--force" in capsys.readouterr().err
    assert target.read_text() == "mine"
    assert run_verbs(cli, [*asked, "--force"]) == 0
    assert target.read_bytes().startswith(b"SQLite format 3")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.db"]


REFUSED = [
    (["-", "--format", "sqlite"], "jsonl"),
    (["{folder}", "--format", "sqlite"], "name a file"),
    (["{folder}/file/x.db"], "may be written to"),
]


@pytest.mark.parametrize(("arguments", "cure"), REFUSED)
def test_what_cannot_be_written_is_said(
    golden_nine: Path, tmp_path: Path, arguments: list[str], cure: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    asked = [argument.format(folder=tmp_path) for argument in arguments]
    assert run_verbs(cli, ["-C", str(golden_nine), "export", *asked, "--as-of", AS_OF]) == 2
    assert cure in capsys.readouterr().err


def reference() -> str:
    """The part of the guide that lists tables and views."""
    lines: list[str] = []
    for name, shapes in SHAPES.items():
        lines += [f"### `{name}`", "", "| column | type | what it holds |", "|---|---|---|"]
        lines += [f"| `{shape.name}` | {shape.type} | {shape.doc} |" for shape in shapes]
        lines.append("")
    lines += ["## Views", "", "| view | the question it answers |", "|---|---|"]
    lines += [f"| `{view.name}` | {view.question} |" for view in VIEWS]
    return "\n".join(lines) + "\n"


def test_the_guide_lists_every_table_and_view(update_golden: bool) -> None:
    text = DOCS.read_text("utf-8")
    begin, end = "<!-- tables -->\n", "<!-- end of tables -->\n"
    head, _mark, rest = text.partition(begin)
    body, _end, tail = rest.partition(end)
    if update_golden:
        DOCS.write_text(head + begin + "\n" + reference() + "\n" + end + tail, "utf-8")
    else:
        assert body.strip() == reference().strip(), "run `pytest tests/metrics/test_export.py --update-golden`"


def test_what_a_kill_left_is_written_over_and_a_failure_leaves_all_as_it_was(tmp_path: Path) -> None:
    def broken() -> Iterator[Table]:
        yield Table("weeks", ("week",), (("2026-W40",),))
        raise OSError(28, "No space left on device")

    left = tmp_path / ".weeks.csv.kanban-export"
    left.write_text("half")
    write_tables(tmp_path, [Table("weeks", ("week",), (("2026-W39",),))])
    before = (tmp_path / "weeks.csv").read_bytes()
    assert before == b"\xef\xbb\xbfweek\r\n2026-W39\r\n"
    with pytest.raises(KanbanError, match="No space"):
        write_tables(tmp_path, broken())
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"weeks.csv": before}


def test_another_export_of_the_same_file_is_not_written_over(tmp_path: Path) -> None:
    draft = tmp_path / ".x.db.kanban-export"

    def meanwhile() -> None:
        with _replacing(tmp_path / "x.db") as path:
            path.unlink()
            draft.write_text("theirs")

    with pytest.raises(KanbanError, match="another command writes"):
        meanwhile()
    assert draft.read_text() == "theirs"


def test_a_path_up_from_the_board_is_told_short_but_not_through_a_link(
    golden_nine: Path, tmp_path: Path, kanban: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(golden_nine.parent)
    (tmp_path / "link").symlink_to(golden_nine)
    for board, told in ((golden_nine.name, "out.jsonl"), (str(tmp_path / "link"), f"{tmp_path}/link/../out.jsonl")):
        answer = kanban("-C", board, "export", "../out.jsonl", "--force", "--as-of", "2025-03-31")
        assert (answer.code, answer.err.rpartition(" → ")[2].strip()) == (0, told)
