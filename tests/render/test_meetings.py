"""Meeting pages, forecast charts and prints, made from the golden nine cards and a small board."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from kanban.forecast.forecast import forecast_of
from kanban.metrics.base.ledger import open_ledger
from kanban.metrics.report import build_report
from kanban.model.cards.boardfile import BoardFile
from kanban.paper.page import Page, Section
from kanban.render.charts.forecasts import calibration, outcomes, pit_histogram, reliability
from kanban.render.site import build
from kanban.render.site_input import PUBLIC, Material
from kanban.render.views.meetings import CardNames, agenda
from kanban.render.views.wall.wall_prints import (
    LABELS_PER_SHEET,
    MOST_SHEETS,
    TICKETS_PER_SHEET,
    labels,
    poster,
    tickets,
)
from tests.boards import TODAY, board_of, card_text
from tests.metrics.telling import BOARD
from tests.render.golden import golden_board, golden_history

AS_OF = date(2025, 3, 31)
CARDS: dict[str, str | bytes] = {
    "p/late.md": card_text(account="Late & Co", next_action_date="2026-10-01"),
    "q/stuck.md": card_text(blocked_since="2026-10-01", blocked_cause="legal", blocked_owner="Zoé"),
    "o/fine.md": card_text(account="Fine"),
}


@pytest.fixture(scope="module")
def golden() -> dict[str, str]:
    built = build(Material(golden_board(), AS_OF, history=golden_history()))
    return {address: data.decode() for address, data in built.items()}


CROWDS = [
    # cards of one column | sheets, how they are printed
    (8, 1, "a4 filled"),
    (14, 1, "a4 filled tight"),
    (16, 2, "a4 filled"),
]


@pytest.mark.parametrize(("count", "sheets", "css"), CROWDS)
def test_cards_are_printed_smaller_where_that_saves_a_sheet(count: int, sheets: int, css: str) -> None:
    cards: dict[str, str | bytes] = {f"p/{at}.md": card_text(account=f"Firm {at}") for at in range(count)}
    found = poster(board_of(cards, BOARD.decode()), TODAY, "a4", filled=True)
    assert (len(found.sheets), found.css) == (sheets, css)


def test_a_poster_has_as_many_sheets_as_its_cards_need() -> None:
    cards: dict[str, str | bytes] = {f"p/{at}.md": card_text(account=f"Firm {at}") for at in range(16)}
    long = {f"q/{at}.md": card_text(account=f"A firm with a very long name {at}") for at in range(12)}
    stuck = {f"o/{at}.md": card_text(blocked_since="2026-10-01", blocked_cause="legal " * 20) for at in range(12)}
    found = poster(board_of({**cards, **long, **stuck}, BOARD.decode()), TODAY, "a3", filled=True)
    first, second = found.sheets
    shown = [len(column.cards) for column in first.columns if column.cards]
    assert shown[0] > shown[1] > shown[2] > 2
    assert (first.number, second.number) == ("1 / 2", "2 / 2")
    assert sum(len(column.cards) for sheet in found.sheets for column in sheet.columns) == 40
    assert {column.name for column in second.columns} == {
        "Prospects, continued",
        "Qualified, continued",
        "Offer, continued",
    }
    assert not any(column.more for sheet in found.sheets for column in sheet.columns)


LIMITS = [(2, "", "open"), (3, "full", "open amber"), (4, "limit exceeded", "open red")]


@pytest.mark.parametrize(("count", "verdict", "css"), LIMITS)
def test_a_limit_on_paper_is_said_in_words(count: int, verdict: str, css: str) -> None:
    cards: dict[str, str | bytes] = {f"q/{at}.md": card_text() for at in range(count)}
    (sheet,) = poster(board_of(cards, BOARD.decode()), TODAY, "a3", filled=True).sheets
    column = next(column for column in sheet.columns if column.name == "Qualified")
    assert (column.verdict, column.css) == (verdict, css)


def test_no_wall_is_papered_with_a_board() -> None:
    cards: dict[str, str | bytes] = {f"p/{at}.md": card_text() for at in range(1500)}
    found = poster(board_of(cards, BOARD.decode()), TODAY, "a4", filled=True)
    assert len(found.sheets) == MOST_SHEETS
    shown = sum(len(column.cards) for sheet in found.sheets for column in sheet.columns)
    assert found.sheets[-1].columns[-1].more == f"and {1500 - shown} more"


def test_a_script_is_shown_as_it_is_read_aloud() -> None:
    source = "{{ account }}{% if amount is defined %} – {{ amount | short }}{% endif %}\n{% if x %}\n{% endif %}\nHello"
    sheet = Page("x", "x", (Section("s", "S", text=source),))
    assert agenda(sheet).sections[0].text == "[Account] – [Amount]\n\nHello"


def test_a_script_names_the_field_behind_a_name_of_its_own() -> None:
    sheet = Page("x", "x", (Section("s", "S", text="by {{ close_day }} at {{ meeting_time }}"),))
    assert agenda(sheet).sections[0].text == "by [Close date] at [Date of the next action]"


SENTENCES = [
    ("ready, best first: acme, acme-sso", "ready, best first: Acme, ACME SSO"),
    ("ready, best first: acme", "ready, best first: Acme"),
    ("pulling is stopped (acme)", "pulling is stopped (Acme)"),
    ("acme-sso: 29% likely", "ACME SSO: 29% likely"),
    ("the acme of our trade", "the acme of our trade"),
    ("pre-acme-sso and acme-sso-two", "pre-acme-sso and acme-sso-two"),
    ("see cards/acme-sso.md, x@acme-sso", "see cards/acme-sso.md, x@acme-sso"),
    ("first: acme, nobody", "first: acme, nobody"),
    ("<b> acme-sso", "&lt;b&gt; ACME SSO"),
]


@pytest.mark.parametrize(("said", "shown"), SENTENCES)
def test_a_sentence_names_cards_as_people_do(said: str, shown: str) -> None:
    cards = {"p/acme.md": card_text(account="Acme"), "q/acme-sso.md": card_text(account="ACME SSO")}
    told = str(CardNames(board_of(cards, BOARD.decode()), "../")(said))
    assert re.sub(r'<a class="named" href="../cards/[a-z-]+.html">([^<]+)</a>', r"\1", told) == shown
    assert told.count("<a ") == sum(shown.count(name) for name in ("Acme", "ACME SSO"))


def test_what_is_too_much_for_a_meeting_is_folded() -> None:
    cards: dict[str, str | bytes] = {
        f"p/late-{at}.md": card_text(account=f"Late {at}", next_action_date="2026-10-01") for at in range(30)
    }
    page = build(Material(board_of(cards, BOARD.decode()), TODAY))["meetings/daily.html"].decode()
    shown, _summary, folded = page.partition("<summary>and 22 more</summary>")
    assert shown.count('<li class="red">') == 8
    assert folded.count('<li class="red">') >= 22


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_daily_goes_from_blocks_to_finishing_to_pulling() -> None:
    page = build(Material(board_of(CARDS, BOARD.decode()), TODAY))["meetings/daily.html"].decode()
    titles = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
    assert [title[:2] for title in titles[:3]] == ["1.", "2.", "3."]
    assert '<a href="../cards/late.html">Late &amp; Co' in page
    assert "kanban unblock stuck" in page


def test_meetings_about_the_flow_need_the_history(golden: dict[str, str]) -> None:
    without = build(Material(golden_board(), AS_OF))
    assert {"meetings/daily.html", "meetings/weekly.html"} <= without.keys()
    flow = {"meetings/review.html", "meetings/workshop.html", "meetings/diagnosis.html"}
    assert flow <= golden.keys()
    assert not flow & without.keys()
    assert "review.html" not in without["meetings/index.html"].decode()


def test_diagnosis_says_of_every_symptom_what_it_saw(golden: dict[str, str]) -> None:
    text = words(golden["meetings/diagnosis.html"])
    assert all(f"D{number}" in text for number in range(36, 44))


def test_meetings_are_for_the_team_alone() -> None:
    config = BOARD.decode() + "site: {public_fields: [class]}\n"
    built = build(Material(board_of(CARDS, config), TODAY, PUBLIC))
    assert not any(address.startswith("meetings/") for address in built)
    assert "meetings/" not in built["index.html"].decode()


def test_the_forecast_stands_among_the_five_figures(golden: dict[str, str]) -> None:
    page = golden["metrics.html"]
    assert page.count("<li", page.index('class="headlines"'), page.index("</ul>", page.index('class="headlines"'))) == 5
    assert 'id="outcomes"' in page
    assert 'id="calibration"' in page


def test_outcomes_are_the_whole_distribution() -> None:
    ledger = open_ledger(golden_board(), golden_history(), AS_OF)
    chart = outcomes(build_report(ledger), forecast_of(ledger))
    assert chart.spec is not None
    bars = chart.spec["layer"][0]["data"]["values"]
    assert sum(row["chance"] for row in bars) == pytest.approx(1, abs=0.03)
    sure = forecast_of(ledger).at_least[85]
    assert [row["wins"] for row in bars if not row["sure"]] == [row["wins"] for row in bars if row["wins"] < sure]
    shares = [float(cells[2].text.rstrip("%")) for cells in chart.table.rows]
    assert shares == sorted(shares, reverse=True)


def test_calibration_shows_range_and_outcome_of_past_forecasts() -> None:
    ledger = open_ledger(golden_board(), golden_history(), AS_OF)
    found = forecast_of(ledger, weeks=1).backtest()
    chart = calibration(build_report(ledger), found)
    assert chart.title == "6 of 6 past forecasts held what came in their range"
    assert [cells[3].text for cells in chart.table.rows] == ["1", "1", "0", "0", "0", "1"]


def test_reliability_and_pit_are_read_from_the_same_past_forecasts() -> None:
    ledger = open_ledger(golden_board(), golden_history(), AS_OF)
    found = forecast_of(ledger, weeks=1).backtest()
    trusted, spread = (make(build_report(ledger), found) for make in (reliability, pit_histogram))
    assert (trusted.spec, spread.spec) == (None, None)  # six are too few for a drawing
    assert len(trusted.table.rows) == 11
    assert sum(float(cells[1].text.rstrip("%")) for cells in spread.table.rows) == pytest.approx(100, abs=3)


def test_a_poster_for_sticky_notes_is_empty_and_one_sheet() -> None:
    cards: dict[str, str | bytes] = {f"p/card-{number:02}.md": card_text() for number in range(20)}
    (empty,) = poster(board_of(cards, BOARD.decode()), TODAY, "a3", filled=False).sheets
    assert all(not column.cards and not column.count and not column.more for column in empty.columns)


def test_sheets_are_filled_up_with_blanks() -> None:
    assert len(labels(board_of({}, BOARD.decode()))) == LABELS_PER_SHEET
    found = labels(board_of(CARDS, BOARD.decode()))
    assert (len(found), found[0].cause, found[0].who, found[1].cause) == (LABELS_PER_SHEET, "legal", "Zoé", "")
    assert len(tickets()) == TICKETS_PER_SHEET


def test_a_running_micro_rule_is_on_its_ticket() -> None:
    board = board_of(CARDS, BOARD.decode())
    text = b"---\nrule: no offer without a date\nproblem: stuck offers\nindicator: offers over 7 days\nstart: 2026-10-01\n---\n"
    file = BoardFile("experiments/dated-offers.md", text, "100644", "")
    made = build(Material(replace(board, files={**board.files, file.path: file}), TODAY))
    page = words(made["print/tickets.html"].decode())
    assert "no offer without a date" in page
    assert "15 Oct 2026" in page
