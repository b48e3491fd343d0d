"""The rules of the sheet that have one home: tables of their readings, and every surface giving the same answer."""

from datetime import date

import pytest

from kanban.lint.rules.actions import follow_up_missing, not_escalated, purge_prospect
from kanban.lint.rules.hygiene import partner_sla_missed
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.working_days import is_working_day, working_days_through, working_weekdays
from kanban.model.settings.columns import Column
from kanban.model.settings.policies import Calendar
from kanban.pull import cadence, classes, contact, meetings, milestones, wip
from kanban.pull.banner import rules_of
from kanban.pull.ranking import tasks
from kanban.pull.sla import promise_of
from kanban.rituals.daily import build_daily
from kanban.rituals.reminders import reminders
from kanban.rituals.weekly import build_weekly
from kanban.scripts.due import due_mails
from tests.boards import TODAY, board_of, card_text
from tests.lint.miniboard import context_of

CONFIG = """\
title: P
timezone: Europe/Paris
calendar: {holidays: [2026-10-07]}
policies: {meetings_per_day: 2, purge_after: 20, stale_after: 5, touches: 2, note_bullets: 4}
classes:
  - {key: standard}
  - {key: expedite, retrospective_minutes: 10}
  - {key: fixed-date}
  - {key: partner, sla_hours: %d}
columns:
  - {key: prospects, stage: prospects, stale_after: 0}
  - {key: leads, stage: prospects, purge_after: 3}
  - {key: rdv, stage: meeting, wip: 2}
  - {key: offre, stage: offer, follow_up: [7, 2, 7]}
  - {key: negociation, escalate: 7, ageing: {amber: 10, red: 20}}
  - {key: gagne, kind: won}
  - {key: nurturing, kind: parked}
"""


def a_board(cards: dict[str, bytes], hours: int = 24) -> Board:
    return board_of(dict(cards), CONFIG % hours)


def one(path: str, hours: int = 24, **fields: str) -> tuple[Board, Card]:
    board = a_board({path: card_text(**fields)}, hours)
    return board, board.cards[0]


def column_of(key: str) -> Column:
    column = a_board({}).config.column(key)
    assert column is not None
    return column


PROMISES = [
    # received | hours | due: a moment, or a day when no hour was written
    ("2026-10-01T09:00", 24, "2026-10-02T09:00"),
    ("2026-10-01T09:00", 4, "2026-10-01T13:00"),
    ("2026-10-01T22:30", 4, "2026-10-02T02:30"),
    ("2026-10-01T00:00", 24, "2026-10-02T00:00"),
    ("2026-10-01", 24, "2026-10-02"),
    ("2026-10-01", 4, "2026-10-01"),
    ("2026-10-01", 36, "2026-10-02"),
    ("2026-10-01", 48, "2026-10-03"),
]


@pytest.mark.parametrize(("received", "hours", "due"), PROMISES)
def test_the_hours_run_from_the_reception_and_a_day_without_an_hour_lasts_to_its_end(
    received: str, hours: int, due: str
) -> None:
    promise = promise_of(*one("rdv/a.md", hours, **{"class": "partner"}, received_at=received))
    assert promise is not None
    assert (promise.due.isoformat(), promise.hours) == (due, hours)


ANSWERS = [
    # received | answered | today | missed, broken
    ("2026-10-01T09:00", "", "2026-10-02", False, False),  # a day is taken whole
    ("2026-10-01T09:00", "", "2026-10-03", True, False),
    ("2026-10-01", "", "2026-10-02", False, False),
    ("2026-10-01", "", "2026-10-03", True, False),
    ("2026-10-01T09:00", "2026-10-02T09:00", "2026-10-09", False, False),
    ("2026-10-01T09:00", "2026-10-02T09:01", "2026-10-09", False, True),
    ("2026-10-01T09:00", "2026-10-02", "2026-10-09", False, False),  # the benefit of the whole day
    ("2026-10-01T09:00", "2026-10-03", "2026-10-09", False, True),
    ("2026-10-01", "2026-10-02T23:59", "2026-10-09", False, False),
    ("2026-10-01", "2026-10-03T00:00", "2026-10-09", False, True),
]


@pytest.mark.parametrize(("received", "answered", "today", "missed", "broken"), ANSWERS)
def test_an_answer_is_owed_missed_or_late_for_every_surface_alike(
    received: str, answered: str, today: str, missed: bool, broken: bool
) -> None:
    fields = {"class": "partner", "received_at": received, "answered_at": answered}
    text = "".join(f"{key}: {value}\n" for key, value in fields.items() if value)
    context = context_of(f"== today {today}\n== meeting/a.md\n---\naccount: ACME\n{text}---\n")
    card, day = context.board.cards[0], date.fromisoformat(today)
    promise = promise_of(context.board, card)
    assert promise is not None
    assert (promise.is_missed(day), promise.is_broken) == (missed, broken)
    assert len(list(partner_sla_missed.check.check(context))) == (missed or broken)
    why = " ".join(tasks(context.board, day)[0].why)
    assert ("answer was due" in why, "partner waits" in why) == (missed, not answered)
    assert [found.when for found in reminders(context.board, {}, day) if found.kind == "answer"] == (
        [] if answered else [promise.due]
    )


@pytest.mark.parametrize(("days", "told"), [(6, False), (7, True), (8, True)])
@pytest.mark.parametrize("written", ["", "escalated: 2026-10-01\n"])
def test_the_manager_is_told_on_day_seven_by_every_surface(days: int, told: bool, written: str) -> None:
    entered = date.fromordinal(TODAY.toordinal() - days)
    card = f"account: A\nnext_action: call\nnext_action_date: 2026-10-08\nowner: Z\nclose_date: 2026-11-02\n{written}"
    context = context_of(f"== negotiation/a.md\n---\n{card}---\n== history\n{entered} a to negotiation\n")
    board, clocks = context.board, context.clocks or {}
    wanted = told and not written
    attention = build_daily(board, None, clocks, TODAY).attention
    found = [one.when.day for one in reminders(board, clocks, TODAY) if one.kind == "escalation"]
    assert len(list(not_escalated.check.check(context))) == wanted
    assert any("tell the manager" in why for task in attention for why in task.why) == wanted
    assert any(
        "not escalated" in doubt for one in build_weekly(board, clocks, TODAY).doubts for doubt in one.doubts
    ) == (wanted)
    assert found == ([date.fromordinal(entered.toordinal() + 7)] if wanted else [])
    column = board.column_of(board.cards[0])
    assert (milestones.days_over_escalation(column, days) is not None) == told


@pytest.mark.parametrize(
    ("key", "days", "over"), [("negociation", None, None), ("offre", 90, None), ("negociation", 9, 2)]
)
def test_days_since_the_manager_was_to_know(key: str, days: int | None, over: int | None) -> None:
    assert milestones.days_over_escalation(column_of(key), days) == over


@pytest.mark.parametrize(
    ("key", "limit"), [("prospects", 20), ("leads", 3), ("rdv", None), ("negociation", None), ("nurturing", None)]
)
def test_silence_is_measured_by_the_column_then_for_prospects_by_the_board(key: str, limit: int | None) -> None:
    board, column = a_board({}), column_of(key)
    assert cadence.purge_limit(board.config, column) == limit
    for days, wanted in ((None, False), (limit, False), ((limit or 0) + 1, limit is not None)):
        assert cadence.is_to_be_purged(board.config, column, days) is wanted
    said = [rule for rule in rules_of(column, board.config) if "no action for more than" in rule]
    assert len(said) == (limit is not None)
    assert all(f" {limit} " in rule for rule in said)


@pytest.mark.parametrize(("idle", "wanted"), [(20, False), (21, True)])
def test_a_silent_prospect_is_proposed_by_every_surface(idle: int, wanted: bool) -> None:
    day = date.fromordinal(TODAY.toordinal() - idle)
    context = context_of(
        "== board.yml\ntitle: P\npolicies: {purge_after: 20}\ncolumns: [{key: prospects}, {key: gagne, kind: won}]\n"
        "== prospects/a.md\n---\naccount: A\nnext_action: call\nnext_action_date: 2026-10-08\n---\n"
        f"== history\n{day} a to prospects\n"
    )
    clocks = context.clocks or {}
    assert len(list(purge_prospect.check.check(context))) == wanted
    assert len(build_weekly(context.board, clocks, TODAY).purge) == wanted
    ranked = tasks(context.board, TODAY, idle_days={card: found.idle_days for card, found in clocks.items()})
    assert [task.why for task in ranked] == ([(f"no action for {idle} days: park it",)] if wanted else [])
    assert build_daily(context.board, None, clocks, TODAY).attention == ()


@pytest.mark.parametrize(
    ("key", "idle", "stale"), [("prospects", 0, False), ("prospects", 1, True), ("rdv", 5, False), ("rdv", 6, True)]
)
def test_a_column_s_own_patience_comes_first_even_when_it_is_none(key: str, idle: int, stale: bool) -> None:
    assert cadence.is_stale(a_board({}).config, column_of(key), idle) is stale


@pytest.mark.parametrize(("key", "days", "light"), [
    ("negociation", 10, "green"), ("negociation", 11, "amber"), ("negociation", 20, "amber"), ("negociation", 21, "red"),
    ("offre", 99, "none"),
])  # fmt: skip
def test_the_light_looks_at_the_days_in_the_column(key: str, days: int, light: str) -> None:
    assert cadence.age_light(column_of(key), days) == light
    assert (cadence.age_limits(column_of(key)) is None) == (light == "none")


FOLLOW_UPS = [
    # fields, the day it entered | (number, D+, day); Wednesday the 7th is a day off
    ({}, None, []),
    ({}, "2026-10-05", [(1, 2, "2026-10-08"), (2, 7, "2026-10-12")]),
    ({"offer_date": "2026-10-01"}, "2026-09-01", [(1, 2, "2026-10-05"), (2, 7, "2026-10-08")]),
    ({"offer_date": "2026-10-01"}, None, [(1, 2, "2026-10-05"), (2, 7, "2026-10-08")]),
    ({"follow_up_date": "2026-10-11"}, "2026-10-05", [(1, 2, "2026-10-08"), (2, 7, "2026-10-12")]),
    (
        {"follow_up_date": "2026-10-20"},
        "2026-10-05",
        [(1, 2, "2026-10-08"), (2, 7, "2026-10-12"), (3, 15, "2026-10-20")],
    ),
]


@pytest.mark.parametrize(("fields", "entered", "plan"), FOLLOW_UPS)
def test_the_days_of_the_follow_ups(
    fields: dict[str, str], entered: str | None, plan: list[tuple[int, int, str]]
) -> None:
    board, card = one("offre/a.md", **fields)
    since = date.fromisoformat(entered) if entered else None
    found = milestones.follow_ups(board.config, board.column_of(card), card, since)
    assert [(each.number, each.after, each.on.isoformat()) for each in found] == plan
    for each in found[:2]:
        days = (each.on - since).days if since else 0
        mails = due_mails(board, each.on, {"a": (days, days)} if since else {})
        assert [mail.on for mail in mails] == [each.on]
    rdv, held = one("rdv/a.md", **fields)
    assert milestones.follow_ups(rdv.config, rdv.column_of(held), held, since) == ()


@pytest.mark.parametrize(("offered", "missed"), [("", "D+2"), ("2026-10-04", None), ("2026-09-24", "D+2")])
def test_the_linter_counts_follow_ups_from_the_day_of_the_offer_too(offered: str, missed: str | None) -> None:
    written = f"offer_date: {offered}\n" if offered else ""
    context = context_of(
        f"== offer/a.md\n---\naccount: A\nnext_action: wait\nnext_action_date: 2026-10-20\n{written}---\n"
        "== history\n2026-09-24 a to offer\n"
    )
    found = list(follow_up_missing.check.check(context))
    assert [hit.detail for hit in found] == ([missed] if missed else [])


def test_days_with_too_many_meetings_are_full_and_the_next_working_day_with_room_is_named() -> None:
    times = {
        "a": "06T11:00",
        "b": "06T09:00",
        "c": "06T10:00",
        "d": "08T09:00",
        "e": "08T10:00",
        "f": "05",
        "past": "02",
    }
    cards = {f"rdv/{name}.md": card_text(next_action_date=f"2026-10-{when}") for name, when in times.items()}
    board = a_board(cards | {"offre/g.md": card_text(next_action_date="2026-10-05")})
    (full,) = meetings.full_days(board, TODAY)
    assert (full.day.isoformat(), [card.id for card in full.cards], full.limit) == ("2026-10-06", ["b", "c", "a"], 2)
    assert full.free == date(2026, 10, 9)  # the 7th is off, the 8th is full
    held = [card.id for card in board.cards if meetings.is_held(board, card, TODAY)]
    assert held == ["past"]
    assert wip.places(board, column_of("rdv")) == 0
    assert wip.places(board, column_of("offre")) is None
    assert wip.places(a_board({"rdv/a.md": card_text()}), column_of("rdv")) == 1


@pytest.mark.parametrize(
    ("fields", "kind", "rank"),
    [
        ({"class": "expedite"}, "expedite", 0),
        ({"class": "fixed-date", "fixed_date": "2026-10-05"}, "fixed-date", 1),
        ({"class": "fixed-date", "close_date": "2026-10-04"}, "standard", 3),
        ({"class": "fixed-date"}, "fixed-date", 1),
        ({"class": "partner"}, "partner", 2),
        ({}, "standard", 3),
    ],
)
def test_the_order_of_the_classes(fields: dict[str, str], kind: str, rank: int) -> None:
    board, card = one("rdv/a.md", **fields)
    assert (classes.class_kind(board, card, TODAY), classes.class_rank(board, card, TODAY)) == (kind, rank)


def test_what_a_class_and_a_contact_ask_for() -> None:
    for fields, owed in (
        ({"class": "expedite"}, True),
        ({"class": "expedite", "retrospective": "x"}, False),
        ({}, False),
    ):
        assert classes.owes_retrospective(*one("gagne/a.md", **fields)) is owed
    board, card = one("rdv/a.md", touches="2")
    assert (contact.touches_of(card), contact.most_touches(board.config), contact.most_bullets(board.config)) == (
        2,
        2,
        4,
    )
    assert contact.touches_of(one("rdv/a.md")[1]) == 0


@pytest.mark.parametrize(
    ("until", "awake"), [("", False), ("2026-10-04", True), ("2026-10-05", True), ("2026-10-06", False)]
)
def test_a_parked_card_wakes_on_its_day(until: str, awake: bool) -> None:
    assert cadence.is_awake(one("nurturing/a.md", parked_until=until)[1], TODAY) is awake


def test_one_calendar_says_which_days_are_worked_and_counts_them() -> None:
    calendar = Calendar(("wed", "mon"), (date(2026, 10, 7), date(2026, 10, 8), date(2026, 10, 7)))
    assert working_weekdays(calendar) == (0, 2)
    days = [date(2026, 10, day) for day in range(1, 32)]
    worked = [day for day in days if is_working_day(calendar, day)]
    assert [day.day for day in worked] == [5, 12, 14, 19, 21, 26, 28]
    before = working_days_through(calendar, date(2026, 9, 30))
    assert [working_days_through(calendar, day) - before for day in days] == [
        sum(one <= day for one in worked) for day in days
    ]
