"""Calendars, feed and data, read back by others' parsers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from xml.etree import ElementTree

import icalendar
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban.commands.setup.schema import schema_of
from kanban.render.feeds import calendars, changes
from kanban.render.feeds.calendartext import Entry, entry_text
from kanban.render.feeds.data import indented
from kanban.render.pages.meetings import MeetingRoom
from kanban.render.plan import installed
from kanban.render.site import build
from kanban.render.site_input import Material, Revision
from tests.boards import TODAY, board_of, card_text
from tests.metrics.telling import BOARD, told

CONFIG = BOARD.decode() + 'rituals: {daily: "09:15", weekly: mon 10:00}\n'
ATOM = "{http://www.w3.org/2005/Atom}"
CARDS: dict[str, str | bytes] = {
    "q/acme.md": card_text(
        next_action="Démo, puis « offre »; suite\\n", next_action_date="2026-10-12T10:00", owner="Zoé"
    ),
    "o/beta.md": card_text(
        account="Société à très long nom, avec des accents éèà pour le pliage", close_date="2026-10-30"
    ),
    "p/none.md": card_text(next_action="", next_action_date=""),
    "w/won.md": card_text(amount="12 k€"),
}


def material(**changes: Any) -> Material:
    past = told({"acme": "p2026-09-01 q2026-09-20", "beta": "o2026-09-02", "won": "p2026-09-03 w2026-10-01"})
    revision = Revision("a" * 40, datetime(2026, 10, 2, 16, 4, 42, tzinfo=UTC))
    return replace(Material(board_of(CARDS, CONFIG), TODAY, revision=revision, history=past), **changes)


@pytest.fixture(scope="module")
def built() -> dict[str, bytes]:
    return build(material())


def events(data: bytes) -> dict[str, Any]:
    return {str(one["summary"]): one for one in icalendar.Calendar.from_ical(data).walk("VEVENT")}


def test_calendar_reads_back_with_times_in_the_board_s_timezone(built: dict[str, bytes]) -> None:
    found = events(built["calendar.ics"])
    demo = found["ACME: Démo, puis « offre »; suite\\n"]
    assert demo["dtstart"].dt.isoformat() == "2026-10-12T10:00:00+02:00"
    assert demo["dtstamp"].dt == datetime(2026, 10, 2, 16, 4, 42, tzinfo=UTC)
    close = next(one for summary, one in found.items() if summary.startswith("Close date"))
    assert (close["dtstart"].dt, close["dtend"].dt) == (date(2026, 10, 30), date(2026, 10, 31))
    assert found["Daily at the board"]["rrule"]["BYDAY"] == ["MO", "TU", "WE", "TH", "FR"]
    assert found["Weekly review"]["dtstart"].dt.isoformat() == "2026-10-05T10:00:00+02:00"


def test_calendar_lines_are_folded_at_75_bytes(built: dict[str, bytes]) -> None:
    lines = built["calendar.ics"].split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)


def test_an_owner_s_calendar_has_their_cards_and_the_meetings(built: dict[str, bytes]) -> None:
    address = next(one for one in built if one.startswith("calendars/"))
    assert address == "calendars/zoe-" + address[14:22] + ".ics"
    assert len(events(built[address])) == 3


def test_a_card_keeps_its_uid_as_it_moves_and_changes() -> None:
    moved = {"n/acme.md" if path == "q/acme.md" else path: text for path, text in CARDS.items()}
    moved["n/acme.md"] = card_text(next_action="Signer", next_action_date="2026-11-02")
    before, after = build(material()), build(material(board=board_of(moved, CONFIG)))
    uids = [
        {str(one["uid"]) for summary, one in events(data["calendar.ics"]).items() if "ACME" in summary}
        for data in (before, after)
    ]
    assert uids[0] & uids[1], "the next action is moved, not doubled"
    every = [str(one["uid"]) for one in icalendar.Calendar.from_ical(before["calendar.ics"]).walk("VEVENT")]
    assert len(every) == len(set(every))


def test_a_timezone_s_rules_are_made_once(built: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    known: dict[str, str] = {}
    assert build(material(known=known))["calendar.ics"] == built["calendar.ics"]
    monkeypatch.setattr(calendars, "zone_component", None)
    assert build(material(known=known))["calendar.ics"] == built["calendar.ics"]


def test_which_version_is_installed_is_seen_without_python_s_reader() -> None:
    assert installed("icalendar", "icalendar") == f"icalendar-{version('icalendar')}.dist-info"
    with pytest.raises(PackageNotFoundError):
        installed("json", "no-such-distribution")


@pytest.mark.parametrize("at_once", [1, 2, 1000])
def test_the_feed_is_the_same_however_far_is_looked_back_at_once(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "_AT_ONCE", at_once)
    for most in (1, 3, 50):
        monkeypatch.setattr(changes, "MOST", most)
        assert build(material())["feed.xml"].count(b"<entry>") == min(most, 5)


def test_a_sheet_that_shows_no_chart_asks_for_no_numbers() -> None:
    asked: list[str] = []
    room = MeetingRoom(material(open_ledger=lambda: asked.append("numbers")))
    assert room.sheet_page("daily")
    assert room.sheet_page("weekly")
    assert not asked


def test_feed_tells_moves_newest_first(built: dict[str, bytes]) -> None:
    feed = ElementTree.fromstring(built["feed.xml"])  # noqa: S314 - our own output
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles[0] == "ACME: Prospects → Won"
    assert len(titles) == 5
    assert feed.findtext(f"{ATOM}updated") == "2026-10-01T10:00:00+02:00"
    links = [link.get("href") for link in feed.iter(f"{ATOM}link")]
    assert all(link in built for link in links)


def test_data_keeps_its_schema(built: dict[str, bytes]) -> None:
    document = json.loads(built["board.json"])
    jsonschema.Draft202012Validator(schema_of("site")).validate(document)
    cards = {card["card"]: card for column in document["columns"] for card in column["cards"]}
    assert cards["won"]["amount"] == "12000"
    assert cards["won"]["ended"] == "2026-10-01"
    assert cards["acme"]["column_days"] == 15
    assert cards["none"]["next_action"] is None


def test_feeds_are_the_same_bytes_twice(built: dict[str, bytes]) -> None:
    again = build(material())
    for address in ("calendar.ics", "feed.xml", "board.json", "metrics.html"):
        assert again[address] == built[address]


VALUES = [
    None, 1.5, "é", [], {}, [[]], {"a": {}}, [1, "b\n", None], {"a": 1, "é": "à"}, [{"a": [1, {"b": 2}], "c": {"d": None}}],
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_data_is_indented_as_json_does(value: Any) -> None:
    assert indented(value) == json.dumps(value, indent=1)


@given(st.text("aé€😀\\;,\n\r\x07 ", max_size=200))
@settings(max_examples=40, deadline=None)
def test_a_calendar_line_is_folded_as_others_do_and_read_back(text: str) -> None:
    written = entry_text(Entry("uid", datetime(2026, 10, 2, tzinfo=UTC), TODAY, TODAY, text), "Europe/Paris")
    event = icalendar.Event.from_ical(written)
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    assert str(event["SUMMARY"]) == text.replace("\r", "").replace("\x07", "")


def test_feed_and_calendars_lead_to_the_site_where_the_board_says_where_it_is() -> None:
    config = CONFIG + "site: {address: https://sales.example.org/board/}\n"
    site = build(material(board=board_of(CARDS, config)))
    root = ElementTree.fromstring(site["feed.xml"])  # noqa: S314 - we have just written it
    links = [link.attrib["href"] for link in root.iter(f"{ATOM}link")]
    assert all(link.startswith("https://sales.example.org/board/") for link in links)
    assert "https://sales.example.org/board/cards/acme.html" in links
    demo = events(site["calendar.ics"])["ACME: Démo, puis « offre »; suite\\n"]
    assert demo["url"] == "https://sales.example.org/board/cards/acme.html"


def test_only_one_s_own_calendar_reminds(built: dict[str, bytes]) -> None:
    assert b"VALARM" not in built["calendar.ics"]
    own = next(data for name, data in built.items() if name.startswith("calendars/zo"))
    (alarm,) = icalendar.Calendar.from_ical(own).walk("VALARM")
    assert alarm["trigger"].dt == timedelta(minutes=-15)
