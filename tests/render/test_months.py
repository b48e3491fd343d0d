"""The months ahead: what stands on which day, in which order, what a week should bring."""

from __future__ import annotations

import pytest

from kanban.i18n.catalogue import use_language
from kanban.render.site import build
from kanban.render.site_input import Material
from kanban.render.views.months import months
from tests.boards import FIVE_COLUMNS, TODAY, board_of, card_text

CARDS = {
    "offre/demo.md": card_text(account="Demo", next_action_date="2026-10-12T10:00", amount="5 k€"),
    "offre/early.md": card_text(
        account="Early", next_action_date="2026-10-12T09:00", close_date="2026-10-14", amount="20 k€"
    ),
    "offre/mail.md": card_text(account="Mail", next_action_date="2026-10-12"),
    "offre/dear.md": card_text(account="Dear", close_date="2026-10-14", amount="30 k€"),
    "offre/late.md": card_text(account="Late", close_date="2026-10-01"),
    "offre/far.md": card_text(account="Far", close_date="2027-05-01"),
}


def test_meetings_stand_by_their_time_and_close_dates_by_their_amount() -> None:
    with use_language("en"):
        found = months(board_of(CARDS), TODAY)
    assert [month.name for month in found] == ["October 2026", "November 2026", "December 2026"]
    days = {day.iso: day for month in found for week in month.weeks for day in week.days if day.shown}
    said = {iso: [(one.what, one.label, one.css) for one in day.shown] for iso, day in days.items()}
    assert said == {
        "2026-10-01": [("", "Late", "close late")],
        "2026-10-12": [("09:00", "Early", "meeting"), ("10:00", "Demo", "meeting")],
        "2026-10-14": [("€30k", "Dear", "close"), ("€20k", "Early", "close")],
    }
    assert found[0].lead == "2 meetings · 3 close dates · €50k"
    assert [week.closing for week in found[0].weeks] == ["", "", "€50k", "", ""]


@pytest.mark.parametrize(("count", "shown", "rest", "full"), [(5, 5, 0, False), (6, 4, 2, False), (11, 4, 7, True)])
def test_a_busy_day_folds_what_is_too_much_and_says_when_it_is(count: int, shown: int, rest: int, full: bool) -> None:
    cards = {
        f"offre/m{at}.md": card_text(account=f"M{at}", next_action_date=f"2026-10-12T{8 + at:02}:00")
        for at in range(count)
    }
    (month,) = months(board_of(cards, FIVE_COLUMNS), TODAY)
    (day,) = (day for week in month.weeks for day in week.days if day.shown)
    assert (len(day.shown), len(day.rest), bool(day.note)) == (shown, rest, full)


def test_an_empty_board_has_its_month_and_a_public_site_none() -> None:
    board = board_of({})
    assert len(months(board, TODAY)) == 1
    assert "calendar.html" in build(Material(board, TODAY))
    assert "calendar.html" not in build(Material(board, TODAY, audience="public"))
