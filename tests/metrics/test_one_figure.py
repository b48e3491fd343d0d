"""One figure, one uncertainty: every surface is read, and says the same thing of the same days.

Terminal, Markdown, JSON, CSV, SQLite and each page of the site, on the demo board at several days; and random histories
for what is measured in several places.
"""

from __future__ import annotations

import csv
import re
import sqlite3
from dataclasses import dataclass, field
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban.experiments.indicators import indicator
from kanban.i18n import use_language
from kanban.metrics.base.figure import SHARE, Figure
from kanban.metrics.base.ledger import open_ledger
from kanban.metrics.base.window import weeks_before
from kanban.metrics.comparison import WEEKS, compare, window_before
from kanban.metrics.figure_wording import figure_text, interval_text, value_text, window_text
from kanban.metrics.report import build_report
from kanban.model.cards.board import Board
from tests.conftest import Kanban
from tests.metrics.pages_told import check_pages, pages_of
from tests.metrics.telling import CONFIG
from tests.metrics.test_brute_force import film, histories

pytestmark = [pytest.mark.sweep(one_in=3), pytest.mark.xdist_group("one figure")]  # surfaces are made once

DAYS = ("2026-05-11", "2026-07-19", "2026-10-05")
FLOWS = ("throughput", "cycle_time", "conversion")


class _Text(HTMLParser):
    """The text of a page, one line a block; drawings and scripts left out."""

    BLOCKS = ("tr", "li", "p", "h1", "h2", "h3", "div", "figcaption", "section", "pre", "table", "td", "th")

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("svg", "script", "style")
        self.parts.append("\n" if tag in self.BLOCKS else "")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("svg", "script", "style")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def text_of(page: Path) -> str:
    """What a page says, spaces made plain."""
    reader = _Text()
    reader.feed(page.read_text("utf-8"))
    return plain("".join(reader.parts))


def plain(text: str) -> str:
    """Every space a plain one, one line a line."""
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def flat(text: str) -> str:
    """The text without its line breaks: tables of a terminal wrap."""
    return re.sub(r"\s+", " ", text)


@dataclass
class Surfaces:
    """Everything that the product says of a board on a day, read once."""

    day: str
    metrics: dict[str, Any]
    compared: dict[str, Any]
    review: dict[str, Any]
    forecast: dict[str, Any]
    sheet: str
    review_text: str
    review_markdown: str
    rows: list[dict[str, str]]
    database: Path
    numbers: str
    review_page: str
    diagnosis_page: str
    listed: dict[str, Any]
    pages: dict[str, str]
    figures: dict[tuple[str, str], Figure] = field(default_factory=dict)


@pytest.fixture(scope="module", params=DAYS)
def said(request: pytest.FixtureRequest, demo_board: Path, tmp_path_factory: pytest.TempPathFactory) -> Surfaces:
    from click.testing import CliRunner

    from kanban.cli import cli

    out = tmp_path_factory.mktemp("said")

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(cli, ["-C", str(demo_board), "--lang", "en", *arguments, "--as-of", request.param])
        assert done.exit_code == 0, done.output
        return done.stdout

    import json

    site = demo_board / f"site-{request.param}"
    run("render", "--output", site.name)
    run("metrics", "--csv", str(out))
    run("export", str(out / "board.db"))
    with (out / "targets.csv").open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    return Surfaces(
        day=request.param,
        metrics=json.loads(run("metrics", "--json")),
        compared=json.loads(run("metrics", "--compare", "previous", "--json"))["compare"],
        review=json.loads(run("review", "--json")),
        forecast=json.loads(run("forecast", "--json")),
        sheet=flat(plain(run("metrics"))),
        review_text=flat(plain(run("review"))),
        review_markdown=flat(plain(run("review", "--markdown"))),
        rows=rows,
        database=out / "board.db",
        numbers=text_of(site / "metrics.html"),
        review_page=flat(text_of(site / "meetings" / "review.html")),
        diagnosis_page=flat(text_of(site / "meetings" / "diagnosis.html")),
        listed=json.loads(run("list", "--all", "--json")),
        pages={name: flat(text_of(site / name)) for name in pages_of(site)},
    )


def figure_of(row: dict[str, Any]) -> Figure:
    """A figure as the JSON document has it."""
    window = row["window"] or {"since": None, "until": None}
    days = [date.fromisoformat(day) if day else None for day in (window["since"], window["until"])]
    return Figure(
        unit=row["unit"], value=row["value"], n=row["n"], since=days[0], until=days[1],
        low=row["interval"]["low"], high=row["interval"]["high"],
    )  # fmt: skip


def targets(said: Surfaces) -> list[dict[str, Any]]:
    return [row for row in said.metrics["targets"] if row["value"] is not None]


@pytest.mark.sweep
def test_the_terminal_and_the_site_print_the_figures_of_the_document(said: Surfaces) -> None:
    page = said.numbers.splitlines()
    with use_language("en"):
        for row in targets(said):
            one, short = figure_of(row), figure_of(row)
            assert flat(value_text(one)) in said.sheet
            assert flat(interval_text(one)) in said.sheet
            at = [
                start
                for start, line in enumerate(page)
                if line.startswith(row["name"]) and flat(value_text(short, short=True)) in page[start + 1 : start + 4]
            ]
            assert at, row
            around = page[at[-1] : at[-1] + 9]
            assert flat(interval_text(one)) in [*around, ""]
            assert flat(window_text(one)) in [*around, ""]


def test_every_page_has_the_counts_and_sums_of_the_documents(said: Surfaces) -> None:
    documents = {"list": said.listed, "metrics": said.metrics, "forecast": said.forecast}
    check_pages(said.pages, documents, "en")


@pytest.mark.sweep
def test_every_page_has_them_in_french(demo_board: Path, kanban: Kanban) -> None:
    typed = ("-C", demo_board, "--lang", "fr")
    assert kanban(*typed, "render", "--output", "site-fr", "--as-of", DAYS[-1]).code == 0
    site = demo_board / "site-fr"
    verbs = {"list": ("list", "--all"), "metrics": ("metrics",), "forecast": ("forecast",)}
    said = {name: kanban(*typed, *verb, "--json", "--as-of", DAYS[-1]).json for name, verb in verbs.items()}
    check_pages({name: flat(text_of(site / name)) for name in pages_of(site)}, said, "fr")


@pytest.mark.sweep
def test_a_headline_has_the_light_of_its_own_figure(said: Surfaces) -> None:
    rows = {row["metric"]: row for row in targets(said) if not row["column"]}
    words = {"green", "amber", "red"}
    lines = said.numbers.splitlines()
    with use_language("en"):
        for metric in ("throughput", "cycle_time"):
            if metric not in rows:
                continue
            row = rows[metric]
            at = lines.index(row["name"])
            tile = " ".join(lines[at + 1 : at + 3])
            assert tile.startswith(flat(value_text(figure_of(row)))), (metric, tile)
            assert flat(window_text(figure_of(row))) in tile
            found = {word for word in words if lines[at + 2].startswith(word)}
            assert found == ({row["light"]} & words), (metric, lines[at : at + 4])


def test_review_comparison_and_targets_agree_for_equal_days(said: Surfaces) -> None:
    compared = {(one["metric"], one["column"]): one for one in said.compared["rows"]}
    reviewed = {(one["metric"], one.get("column", "")): one for one in said.review["figures"]}
    reviewed |= {(one["metric"], one["column"]): one for one in said.review["conversion"]}
    assert reviewed.keys() == compared.keys()
    for key, one in reviewed.items():
        there = compared[key]
        assert (one["now"], one["before"], one["n"]) == (there["now"], there["then"], there["n_now"])
        assert (one["low"], one["high"]) == (there["interval_now"]["low"], there["interval_now"]["high"])
        assert (one["verdict"] or "", one["chance"]) == (there["verdict"], there["chance"])
    equal = 0
    for row in said.metrics["targets"]:
        if row["metric"] not in FLOWS:
            continue
        there = reviewed[row["metric"], row["column"] or ""]
        if row["window"] != {"since": there["since"], "until": there["until"]}:
            continue
        equal += 1
        assert row["value"] == (pytest.approx(there["now"]) if there["now"] is not None else None)
        assert (row["interval"]["low"], row["interval"]["high"]) == (there["low"], there["high"])
    assert equal == 7


def test_no_review_calls_out_what_may_be_chance(said: Surfaces) -> None:
    with use_language("en"):
        for row in said.metrics["targets"]:
            if row["metric"] not in FLOWS or row["value"] is None:
                continue
            text = flat(figure_text(figure_of(row)))
            for place in (said.review_text, said.review_markdown, said.review_page):
                assert text in place, (row["metric"], row["column"], text)
    told = re.findall(r"(\S+) [^·!+-]*?before", said.review_text)
    assert told
    for one in (*said.review["figures"], *said.review["conversion"]):
        if one["chance"] and one["verdict"] in ("better", "worse") and not one["too_thin"]:
            assert "could be chance" in said.review_text


def test_counts_are_the_same_everywhere_or_say_why(said: Surfaces) -> None:
    flow, rate = said.metrics["throughput"], said.metrics["win_rate"]
    assert (flow["won"], flow["lost"]) == (rate["won"], rate["lost"])
    with sqlite3.connect(said.database) as database:
        counted = dict(database.execute("SELECT outcome, count(*) FROM cards GROUP BY outcome").fetchall())
    for outcome in ("won", "lost", "parked"):
        assert counted.get(outcome, 0) == flow[outcome]
    line = next(line for line in said.numbers.splitlines() if line.startswith("Cards that had reached each column"))
    named = dict(re.findall(r"(won|lost|parked) \d+, now (\d+)", line))
    first = {name: int(number) for name, number in re.findall(r"(won|lost|parked) (\d+), now", line)}
    for outcome, now in named.items():
        assert int(now) == flow[outcome]
        assert first[outcome] != flow[outcome]
    assert f"{flow['won']} won, {flow['lost']} lost" in said.sheet


def test_the_bottleneck_is_one(said: Surfaces) -> None:
    found = said.review["bottleneck"]
    title = [line for line in said.numbers.splitlines() if "holds the flow up" in line]
    if found is None or found["rate"] is None:
        assert not any("holds the flow up:" in line for line in title)
        return
    row = next(one for one in said.review["conversion"] if one["column"] == found["column"])
    one = Figure(unit=SHARE, value=row["now"], n=row["n"], low=row["low"], high=row["high"])
    assert found["rate"] == row["now"]
    assert found["n"] == row["n"]
    with use_language("en"):
        assert any(f"{value_text(one)} of {row['n']} went on" in line for line in title), title
        assert f"{figure_text(one)} of {row['n']}" in said.review_text


def test_the_csv_has_the_figures_of_the_document(said: Surfaces) -> None:
    assert len(said.rows) == len(said.metrics["targets"])
    for line, row in zip(said.rows, said.metrics["targets"], strict=True):
        assert line["metric"] == row["metric"]
        for name, value in (("value", row["value"]), ("low", row["interval"]["low"]), ("n", row["n"])):
            assert line[name] == "" if value is None else float(line[name]) == pytest.approx(value)


def test_the_forecast_starts_from_the_same_wins(said: Surfaces) -> None:
    assert said.forecast["wins_per_week"] == said.metrics["throughput"]["won_per_week"]
    assert said.forecast["lead_time_p50"] == said.metrics["cycle_time"]["p50"]


def test_the_diagnosis_measures_as_the_numbers_do(demo_board: Path, kanban: Kanban) -> None:
    for day in DAYS:
        monday = weeks_before(date.fromisoformat(day), 13)
        assert monday.since is not None
        row = {
            one["id"]: one for one in kanban("-C", demo_board, "diagnose", "--json", "--as-of", day).json["symptoms"]
        }
        found = row["D39"]["numbers"]
        period = f"{monday.since}..{monday.until}"
        there = kanban("-C", demo_board, "metrics", "--compare", period, "--json", "--as-of", day).json["compare"]
        rate = next(one for one in there["rows"] if (one["metric"], one["column"]) == ("conversion", "rdv"))
        if "rate" in found:
            assert (found["rate"], found["decided"]) == (rate["then"], rate["n_then"])
            assert (found["low"], found["high"]) == (rate["interval_then"]["low"], rate["interval_then"]["high"])


@settings(max_examples=60)
@given(histories, st.integers(0, 60))
def test_what_is_measured_in_several_places_is_one_figure(moves: list[tuple[str, str, int]], later: int) -> None:
    history, _film = film(moves)
    if not history.events:
        return
    as_of = history.events[-1].at.date() + timedelta(days=later)
    report = build_report(open_ledger(Board(CONFIG, ()), history, as_of))
    window = weeks_before(as_of, WEEKS)
    rows = {(one.metric, one.column): one for one in compare(report, window_before(window)).rows}
    for row in report.targets:
        if (row.metric, row.column) in rows:
            there = rows[row.metric, row.column].now
            assert (row.value, row.low, row.high) == (there.value, there.low, there.high)
            assert (row.since, row.until, row.too_thin) == (there.since, there.until, there.too_thin)
            assert not (row.light == "red" and row.chance and row.metric == "conversion")
    for (metric, column), one in rows.items():
        named = indicator(f"{metric}-{column}" if column else metric, CONFIG)
        assert named is not None
        assert named.over(report.ledger, window) == one.now
        if one.now.too_thin or one.then.too_thin:
            assert one.told in ("", "same", "chance")
