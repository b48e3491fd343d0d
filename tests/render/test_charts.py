"""Charts are data: what their specifications, titles and tables say of the golden nine-card history."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kanban.i18n import use_language
from kanban.metrics.base.ledger import open_ledger
from kanban.metrics.report import Report, build_report
from kanban.model.history.events import History
from kanban.render.charts import age_trend, ageing, cycle_time, flow, funnel, limits, money, throughput
from kanban.render.charts import ranked_bars as causes
from kanban.render.charts.base.chart import Chart
from kanban.render.charts.base.drawing import draw
from kanban.render.charts.base.labels import dodged, nice_top, places, two_lines, wrapped
from kanban.render.charts.base.wording import Links, sampled
from kanban.render.pages.numbers import FLOW, SALES
from tests.boards import TODAY, board_of, card_text
from tests.metrics.telling import BOARD, told
from tests.render.golden import golden_board, golden_history

AS_OF = date(2025, 3, 31)


@pytest.fixture(scope="module")
def report() -> Report:
    return build_report(open_ledger(golden_board(), golden_history(), AS_OF))


@pytest.fixture(scope="module")
def links() -> Links:
    return Links(golden_board())


def rows_of(chart: Chart, layer: int = 0) -> list[dict[str, Any]]:
    assert chart.spec is not None
    found: list[dict[str, Any]] = chart.spec["layer"][layer]["data"]["values"]
    return found


def test_throughput_has_every_complete_week_zeros_included(report: Report, links: Links) -> None:
    chart = throughput.throughput(report, links)
    assert [row["count"] for row in rows_of(chart)] == [0, 1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1]
    assert chart.title == "Deals won: 0.5/week, 8 weeks to 30 Mar 2025"
    assert "n = 6" in chart.note
    assert chart.table.rows[0][0].text == "24 Mar 2025"


def test_cycle_time_marks_are_the_decided_cards_with_links(report: Report, links: Links) -> None:
    chart = cycle_time.cycle_time(report, links)
    assert chart.spec is not None
    dots = {layer["mark"]["filled"]: layer for layer in chart.spec["layer"] if layer["mark"]["type"] == "point"}
    assert sorted(row["days"] for row in dots[True]["data"]["values"]) == [1, 22, 29, 43, 64, 71]
    assert [row["name"] for row in dots[False]["data"]["values"]] == ["2025-02-10|E5: 28\u00a0d"]
    assert all(row["href"].startswith("https://site.invalid/cards/") for row in dots[True]["data"]["values"])
    rules = [layer for layer in chart.spec["layer"] if layer["mark"]["type"] == "rule"]
    assert [row["y"] for row in rules[0]["data"]["values"]] == [29, 64], "p85 and p95 are the maximum of six"


def test_ageing_sets_open_cards_before_bands_that_never_fall(report: Report, links: Links) -> None:
    chart = ageing.ageing(report, links)
    assert {cells[0].text: cells[2].text for cells in chart.table.rows} == {"G7": "57\u00a0d", "H8": "36\u00a0d"}
    tops: dict[float, list[int]] = {}
    for row in rows_of(chart):
        tops.setdefault(row["from"], []).append(row["high"])
    highest = [max(found) for _at, found in sorted(tops.items())]
    assert highest == sorted(highest)
    assert highest[-1] == 71


def test_ageing_says_below_each_column_how_many_of_its_cards_the_title_counts(report: Report, links: Links) -> None:
    chart = ageing.ageing(report, links)
    below = [row["text"][-1] for row in rows_of(chart, -1) if " of " in row["text"][-1]]
    slow, total = map(int, re.findall(r"\d+", chart.title)[:2])
    shares = [tuple(map(int, re.findall(r"\d+", one))) for one in below]
    assert [sum(column) for column in zip(*shares, strict=True)] == [slow, total]


def test_ageing_draws_the_oldest_of_a_crowded_column_and_says_so(
    report: Report, links: Links, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "drawn" not in ageing.ageing(report, links).note
    one_column = [replace(one, column="r") for one in report.age]
    monkeypatch.setattr(ageing, "_MOST_DOTS", 1)
    assert [one.clocks.age_days for one in ageing._drawn(one_column)] == [57]
    monkeypatch.setattr(ageing, "_MOST_DOTS", 0)
    chart = ageing.ageing(report, links)
    assert "drawn: the 0 oldest of each column" in chart.note
    assert len(chart.table.rows) == 2


def test_cumulative_flow_bands_add_up_to_arrivals(report: Report, links: Links) -> None:
    chart = flow.cumulative_flow(report, links)
    last = max(row["day"] for row in rows_of(chart))
    at_end = {row["band"]: row["count"] for row in rows_of(chart) if row["day"] == last}
    assert sum(at_end.values()) == 9
    assert at_end["won"] == 6
    assert at_end["lost"] == 1


def test_stock_is_exact_on_the_first_of_february(report: Report, links: Links) -> None:
    chart = flow.stock(report, links)
    day = {row["band"]: row["count"] for row in rows_of(chart) if row["day"] == "2025-02-01"}
    assert (day["Qualified"], day["Meeting"], day["Negotiation"]) == (2, 1, 2)


def test_funnel_counts_what_became_of_entries(report: Report, links: Links) -> None:
    chart = funnel.funnel(report, links)
    found = {cells[0].text: [cell.text for cell in cells[1:5]] for cells in chart.table.rows}
    assert found["Qualified"] == ["7", "6", "1", "0"]


def test_every_chart_says_of_what_how_many_and_as_of_when(report: Report, links: Links) -> None:
    for make in (*FLOW, *SALES):
        chart = make(report, links)
        assert chart.title, chart.name
        assert re.search(r" · n = \d+ · as of 31 Mar 2025, Europe/Paris$", chart.note), chart.note


def test_an_empty_history_draws_nothing_and_says_so(links: Links) -> None:
    empty = build_report(open_ledger(golden_board(), History(()), AS_OF))
    for make in (*FLOW, *SALES):
        chart = make(empty, links)
        assert chart.title, chart.name
        assert chart.name in ("wip-limits",) or chart.spec is None, chart.name


def test_drawing_is_the_same_every_time_and_in_the_reader_s_language(report: Report, links: Links) -> None:
    spec = cycle_time.cycle_time(report, links).spec
    assert spec is not None
    english = draw(spec, "")
    assert english == draw(spec, "")
    assert 'href="cards/a1.html"' in english
    assert '<title data-day="2025-02-03">A1: 29\u00a0d</title>' in english
    assert not re.search(r'\sstyle="|<script|\sid="', english)
    assert "site.invalid" not in english
    assert 'href="../cards/a1.html"' in draw(spec, "../")
    with use_language("fr"):
        assert "janv." in draw(spec, "") or "févr." in draw(spec, "")


def test_a_card_s_name_cannot_leave_its_label(report: Report) -> None:
    spec: dict[str, Any] = {
        "data": {
            "values": [{"x": 1, "name": '"><script>alert(1)</script>', "href": "https://site.invalid/cards/a.html"}]
        },
        "layer": [
            {
                "mark": {"type": "point", "aria": True},
                "encoding": {
                    "x": {"field": "x", "type": "quantitative"},
                    "href": {"field": "href"},
                    "description": {"field": "name"},
                },
            }
        ],
        "config": {"aria": False},
    }
    drawn = draw(spec, "")
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


@pytest.mark.parametrize(
    ("places", "moved"),
    [([], []), ([1.0], [1.0]), ([0.0, 10.0], [0.0, 10.0]), ([5.0, 5.0], [4.5, 5.5]), ([0.0, 0.0], [0.0, 1.0])],
)
def test_labels_are_moved_apart(places: list[float], moved: list[float]) -> None:
    assert dodged(places, 1.0) == pytest.approx(moved)


@pytest.mark.parametrize(("highest", "top"), [(0, 1), (1, 1), (3, 3), (7, 8), (11, 15), (150, 150), (151, 200)])
def test_axes_end_at_round_numbers(highest: float, top: float) -> None:
    assert nice_top(highest) == pytest.approx(top)


def test_sampling_keeps_the_last_day() -> None:
    for count in (1, 2, 91, 92, 93, 182, 1000):
        kept = sampled(count)
        assert kept[-1] == count - 1
        assert len(kept) <= 92
    assert sampled(0) == []


def test_words_are_wrapped_at_spaces() -> None:
    assert wrapped("RDV programmé") == ["RDV", "programmé"]
    assert wrapped("") == [""]


def test_names_beside_bars_take_two_lines_and_are_told_apart() -> None:
    assert two_lines("Budget gelé") == "Budget gelé"
    assert two_lines("Questionnaire de sécurité en attente") == "Questionnaire de\nsécurité en attente"
    assert (
        two_lines("one two three four five six seven eight nine ten eleven")
        == "one two three four five\nsix seven eight nine t…"
    )
    assert two_lines("Donaudampfschifffahrtsgesellschaft") == "Donaudampfschifffahrts…"
    assert len(set(places(["ACME", "ACME"]))) == 2


def test_money_stands_by_month_with_past_due_apart() -> None:
    cards: dict[str, str | bytes] = {
        "o/a.md": card_text(amount="10 k€", probability="50 %", close_date="2026-10-20"),
        "o/b.md": card_text(amount="8 k€", probability="50 %", close_date="2026-09-20"),
        "p/c.md": card_text(amount="6 k€"),
    }
    board = board_of(cards, BOARD.decode())
    past = told({"a": "o2026-10-01", "b": "o2026-10-01", "c": "p2026-10-01"})
    found = build_report(open_ledger(board, past, TODAY))
    chart = money.months(found, Links(board))
    assert [cells[0].text for cells in chart.table.rows] == ["past due", "Oct 2026"]
    assert "1 without one of the two" in chart.note
    assert limits.wip_against_limit(found, Links(board)).title == "No limit was ever exceeded"
    assert causes.loss_reasons(found, Links(board)).title == "No deal has been lost yet"
    assert age_trend.age_trend(found, Links(board)).title.startswith("The open cards are")
