"""Address books become files of people and companies, calendars notes and next actions: twice is once, here is never overwritten."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.imports.conftest import Desk

BOOK = """\
BEGIN:VCARD\r
VERSION:3.0\r
FN:Jean Dubois\r
N:Dubois;Jean;;;\r
ORG:ACME SAS;Purchase\r
TITLE:Buyer\r
EMAIL;TYPE=work:J.Dubois@acme.example\r
item1.TEL:+33 6 12 34 56 78\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:2.1\r
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:P=C3=A9=\r
tit;L=C3=A9a;;;\r
ORG:Acme\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:4.0\r
ORG:Nobody\r
END:VCARD\r
BEGIN:VCARD\r
FN:Cut off\r
"""
DUBOIS = "---\nname: Jean Dubois\naccount: ACME SAS\nemail: j.dubois@acme.example\nphone: +33 6 12 34 56 78\nrole: Buyer\n---\n"


def test_an_address_book_becomes_files(desk: Desk) -> None:
    book = desk.export("book.vcf", BOOK)
    told = desk.bring(book, code=1)
    assert told["new"] == ["accounts/acme-sas", "people/jean-dubois", "people/lea-petit"]
    assert [(one["line"], one["reason"]) for one in told["refused"]] == [
        (16, "the contact has no name"),
        (20, "it cannot be read: its end is missing"),
    ]
    assert (desk.root / "people/jean-dubois.md").read_text() == DUBOIS
    assert (desk.root / "people/lea-petit.md").read_text() == "---\nname: Léa Pétit\naccount: Acme\n---\n"
    head = desk.folder.git("rev-parse", "HEAD")
    again = desk.bring(book, code=1)
    assert (again["new"], again["changed"], again["same"], again["commits"]) == ([], [], 2, 0)
    assert desk.folder.git("rev-parse", "HEAD") == head
    assert desk.folder.git("status", "--porcelain") == ""


def test_what_is_here_is_completed_and_never_overwritten(desk: Desk) -> None:
    desk.folder.write("accounts/acme.md", "---\nname: ACME\n---\n")
    here = "---\nname: J. Dubois # the boss\nemail: j.dubois@acme.example\nrole: Chief\n---\n\nLikes tea.\n"
    desk.folder.write("people/boss.md", here)
    desk.folder.commit("people")
    book = desk.export("book.vcf", BOOK.split("BEGIN:VCARD\r\nVERSION:2.1", maxsplit=1)[0])
    rehearsed = desk.bring(book, "--dry-run", code=1)
    assert (desk.root / "people/boss.md").read_text() == here
    told = desk.bring(book, code=1)
    assert (rehearsed["changed"], told["changed"], told["new"]) == (["people/boss"], ["people/boss"], [])
    assert [one["reason"] for one in told["questions"]] == [
        "people/boss.md, role: `Chief` here, `Buyer` in the address book"
    ]
    kept = (desk.root / "people/boss.md").read_text()
    assert kept == here.replace("role: Chief\n", "role: Chief\nphone: [+33 6 12 34 56 78]\naccount: ACME SAS\n")
    assert told["questions"][0]["cure"].endswith("`--theirs boss` takes the export's")
    desk.bring(book, "--theirs", "boss")
    assert "role: Buyer\n" in (desk.root / "people/boss.md").read_text()


def test_strict_takes_nothing_and_a_calendar_is_sent_where_it_belongs(desk: Desk) -> None:
    book = desk.export("book.vcf", BOOK)
    for words, said in (((book, "--strict"), "nothing was taken"), ((desk.export("m.ics", "x"),), "kanban log-mail")):
        answer = desk.run("-C", desk.root, "import", *words)
        assert (answer.code, said in answer.err) == (2, True), answer.err
    assert desk.folder.git("status", "--porcelain") == ""


def event(uid: str, start: str, who: str = "j.dubois@acme.example", more: str = "") -> str:
    return (
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART{start}\r\nSUMMARY:Demo {uid}\r\nORGANIZER:mailto:zoe@example.org\r\n"
        f"ATTENDEE;CN=x:mailto:{who}\r\nDESCRIPTION:Three users\\nprice\r\n{more}END:VEVENT\r\n"
    )


CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{}END:VCALENDAR\r\n"
HELD = event("a", ";TZID=Europe/Paris:20261001T100000")
AHEAD = event("b", ":20991001T080000Z")
MORE = event("c", ";VALUE=DATE:20991005") + event("d", ":20261002T080000Z", who="stranger@else.example")
CANCELLED = event("e", ":20261003T080000Z", more="STATUS:CANCELLED\r\n")


def filed(desk: Desk, path: Path, code: int = 0) -> dict[str, Any]:
    answer = desk.run("-C", desk.root, "log-mail", path, "--json")
    assert answer.code == code, answer.err
    found: dict[str, Any] = json.loads(answer.out)
    return found


@pytest.mark.parametrize("by", ["card", "person"])
def test_meetings_are_notes_or_the_next_action(desk: Desk, by: str) -> None:
    address = "contact_email: j.dubois@acme.example\n" if by == "card" else ""
    desk.folder.write("prospects/acme.md", f"---\naccount: ACME\ncontact: Jean Dubois\n{address}---\n")
    if by == "person":
        desk.folder.write("people/dubois.md", DUBOIS)
    desk.folder.commit("card", date="2026-09-01T08:00:00+02:00")
    told = filed(desk, desk.export("m.ics", CALENDAR.format(HELD + AHEAD + MORE + CANCELLED)), code=1)
    assert [one["subject"] for one in told["filed"]] == ["Demo a", "Demo b"]
    assert told["automatic"] == 1
    assert {one["subject"]: one["reason"] for one in told["doubtful"]} == {
        "Demo c": "acme has a next action already: `Demo b`",
        "Demo d": "no deal has its addresses",
    }
    card = desk.card("acme")
    assert "next_action: Demo b\nnext_action_date: 2099-10-01T10:00\n" in card
    assert "### 2026-10-01 — meeting\n\n- Demo a\n- Three users\n- price\n" in card
    again = filed(desk, desk.export("m.ics", CALENDAR.format(HELD + AHEAD)))
    assert (again["filed"], again["known"], desk.card("acme")) == ([], 2, card)
