"""What changed since last Monday: which kind of change, what it says, and what a week ago counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kanban.i18n.catalogue import use_language
from kanban.paper.page import Page
from kanban.paper.text import text
from kanban.render.pages.monday import monday_of
from kanban.render.site import build
from kanban.render.site_input import Material
from kanban.render.views.changes.week import changes_since, last_monday
from tests.boards import TODAY, board_of, card_text
from tests.metrics.telling import BOARD, told

MONDAYS = [
    ("2026-10-05", "2026-09-28"),  # a Monday: the one before
    ("2026-10-06", "2026-10-05"),
    ("2026-10-11", "2026-10-05"),
]


@pytest.mark.parametrize(("day", "monday"), MONDAYS)
def test_last_monday_is_the_one_before(day: str, monday: str) -> None:
    assert last_monday(date.fromisoformat(day)).isoformat() == monday


WEEKS = [
    # what happened (telling) | kind since 28 September, way
    ("p2026-09-01 w2026-10-01", "won", "Prospects → Won"),
    ("p2026-09-01 l2026-10-01", "lost", "Prospects → Lost"),
    ("p2026-09-01 q2026-10-01 o2026-10-02", "on", "Prospects → Offer"),
    ("p2026-09-01 q2026-09-02 p2026-10-02", "back", "Qualified → Prospects"),
    ("p2026-09-29", "new", "new in Prospects"),
    ("p2026-09-29 q2026-09-30", "new", "new in Qualified"),
    ("p2026-09-01 w2026-09-20", None, ""),
    ("p2026-09-01 q2026-09-28 p2026-09-30", None, ""),  # where it was
]


@pytest.mark.parametrize(("story", "kind", "way"), WEEKS)
def test_a_card_s_week_is_one_change(story: str, kind: str | None, way: str) -> None:
    column = story.rsplit(maxsplit=1)[-1][0]
    board = board_of({f"{column}/acme.md": card_text(amount="28 k€")}, BOARD.decode())
    with use_language("en"):
        groups = changes_since(board, told({"acme": story}), {}, date(2026, 9, 28))
    assert [(group.kind, one.way) for group in groups for one in group.changes] == ([(kind, way)] if kind else [])


def test_the_dearest_stand_first_and_the_won_are_summed() -> None:
    cards = {
        f"w/{name}.md": card_text(account=name, amount=amount) for name, amount in (("a", "10 k€"), ("b", "20 k€"))
    }
    board = board_of(cards, BOARD.decode())
    past = told({"a": "p2026-09-01 w2026-10-01", "b": "p2026-09-01 w2026-10-02"})
    with use_language("en"):
        (group,) = changes_since(board, past, {}, date(2026, 9, 28))
    assert ([one.label for one in group.changes], group.sum) == (["b", "a"], "€30k")


def material() -> Material:
    """One card late, one blocked, one won; a week ago none of it was."""
    cards = {
        "p/late.md": card_text(account="Late", next_action_date="2026-10-02"),
        "q/stuck.md": card_text(
            account="Stuck", blocked_since="2026-10-01", blocked_cause="Legal", blocked_owner="Karim"
        ),
        "w/won.md": card_text(account="Won", amount="12 k€"),
    }
    past = told({"late": "p2026-09-01", "stuck": "p2026-09-01 q2026-10-02", "won": "p2026-09-03 w2026-10-01"})
    return Material(board_of(cards, BOARD.decode()), TODAY, history=past)


def test_monday_answers_what_is_stuck_due_and_changed() -> None:
    with use_language("en"):
        view = monday_of(material())
    assert [(tile.value, tile.label, tile.css) for tile in view.tiles][:3] == [
        ("1", "blocked", "red"),
        ("1", "late", "red"),
        ("0", "due today", ""),
    ]
    assert [(one.label, one.why) for one in view.deals] == [("Late", "3\u00a0days late: appeler")]
    assert [(one.label, one.why, one.facts) for one in view.blocked] == [("Stuck", "Legal", "Karim · 4\u00a0d")]
    assert view.news == "Won: 1 (€12k) · Moved on: 1"


def test_what_is_kept_of_an_expensive_morning_is_what_a_first_one_says() -> None:
    first = replace(material(), known={})
    again = replace(material(), known=first.known)
    with use_language("en"):
        assert monday_of(first) == monday_of(again)


def test_a_board_without_a_past_has_a_monday_too() -> None:
    site = build(Material(material().board, TODAY))
    assert b"Stuck" in site["monday.html"]
    assert "changes.html" not in site
    assert b'href="digest.html"' not in site["monday.html"]


def test_everybody_s_site_tells_no_week() -> None:
    site = build(replace(material(), audience="public"))
    assert not {"monday.html", "changes.html", "digest.html", "digest.txt"} & set(site)


def test_the_digest_for_a_mail_says_what_the_page_says() -> None:
    with use_language("en"):
        site = build(material())
    mail = site["digest.txt"].decode()
    assert "Won (1) €12k" in mail
    assert max(map(len, mail.splitlines())) <= 76
    assert b"Prospects \xe2\x86\x92 Qualified" in site["digest.html"]
    outlook = next(line.removeprefix("  - ") for line in mail.splitlines() if line.startswith("  - "))
    assert outlook.split(":")[0].encode() in site["digest.html"]


def test_no_line_of_a_mail_is_longer_than_mails_are() -> None:
    page = Page("A board of a long name", "since Monday 28 September 2026", (), note="Won: 1 (€29k) · " * 4 + "end")
    assert text(page, width=40).splitlines() == [
        "A board of a long name",
        "since Monday 28 September 2026",
        "",
        "Won: 1 (€29k) · Won: 1 (€29k) · Won: 1",
        "(€29k) · Won: 1 (€29k) · end",
    ]


def test_a_week_ago_is_counted_as_it_was() -> None:
    older = material()
    with use_language("en"):
        young = replace(older, as_of=TODAY - timedelta(days=35))
        assert [tile.before for tile in monday_of(young).tiles][:3] == ["", "", ""]
        assert monday_of(older).tiles[0].before == "±0 in 7 days", (
            "the card's own text is all that is known of its past"
        )
