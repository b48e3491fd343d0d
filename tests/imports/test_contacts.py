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
NOTE:Nobody\r
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


def card(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""])


LATIN = "CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE"
PICTURE = ["PHOTO;ENCODING=b;TYPE=JPEG:" + "A" * 40, *(" " + "B" * 74 for _line in range(50))]
WRITTEN = {
    "an old phone's": (
        card("VERSION:2.1", f"N;{LATIN}:Lef=E8vre;Zo=E9;;;", f"ORG;{LATIN}:Soci=E9t=E9 G=E9n=E9rale;Achats",
             "TITLE;ENCODING=QUOTED-PRINTABLE:Directrice =", "des achats", "TEL;CELL:+33 6 12", "TEL;WORK;VOICE:01 23",
             "EMAIL;PREF;INTERNET:zoe@sg.example"),
        "name: Zoé Lefèvre\naccount: Société Générale\nemail: zoe@sg.example\nphone: [+33 6 12, 01 23]\nrole: Directrice des achats\n",
    ),
    "folded, a picture, groups": (
        card("VERSION:3.0", "FN:Dr. Jürgen", "  Müller", *PICTURE, "item1.EMAIL;type=pref:j@m.example", "item1.X-ABLabel:_$!<Work>!$_",
             "ORG:Müller\\, Söhne & Co. KG;Einkauf", "TITLE:Leiter\\; Einkauf"),
        "name: Dr. Jürgen Müller\naccount: Müller, Söhne & Co. KG\nemail: j@m.example\nrole: Leiter; Einkauf\n",
    ),
    "addresses as links": (
        card("VERSION:4.0", 'ORG;SORT-AS="a:b;c":Acme', "FN:Ana Ñandú", "TEL;VALUE=uri;TYPE=\"voice,work\":tel:+34-91;ext=12",
             "EMAIL:mailto:Ana@acme.example"),
        "name: Ana Ñandú\naccount: Acme\nemail: ana@acme.example\nphone: +34-91\n",
    ),
    "lines that are none": (
        card("VERSION:3.0", "this is no property", "TEL", ":::", "X-;=:", "FN:Bad\\nname: owned\\n---", 'EMAIL:"a b"@x.example', "TEL:none"),
        'name: "Bad name: owned ---"\n',
    ),
    "somebody inside": (
        card("VERSION:2.1", "FN:Boss", "AGENT:", *card("FN:Assistant").split("\r\n")[:-1], "EMAIL:boss@x.example"),
        "name: Boss\nemail: boss@x.example\n",
    ),
    "wrapped twice": (
        card("VERSION:2.1", "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:H=C3=A9l=C3=A8ne=", " =20Roy"),
        "name: Hélène Roy\n",
    ),
    "old Mac's line ends": (card("FN:Mac").replace("\r\n", "\r"), "name: Mac\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRITTEN)
def test_people_are_read_as_phones_write_them(desk: Desk, name: str) -> None:
    text, wanted = WRITTEN[name]
    told = desk.bring(desk.export("book.vcf", text))
    (person,) = [one for one in told["new"] if one.startswith("people/")]
    assert (desk.root / f"{person}.md").read_text() == f"---\n{wanted}---\n"


def test_companies_groups_and_endless_names_are_no_people(desk: Desk) -> None:
    shown = card("FN:Initech", "N:;;;;", "ORG:Initech;", "X-ABShowAs:COMPANY") + card("KIND:org", "FN:Globex")
    odd = card("KIND:group", "FN:Buyers", "MEMBER:mailto:a@b.example") + card(f"FN:{'A' * 100_000}")
    told = desk.bring(desk.export("book.vcf", shown + odd), code=1)
    assert told["new"] == ["accounts/initech", "accounts/globex"]
    assert [one["reason"] for one in told["refused"]] == ["it is a group of contacts", "its name has 100000 letters"]


def test_a_company_without_a_person_keeps_its_address(desk: Desk) -> None:
    book = desk.export(
        "book.vcf",
        card("FN:Ana", "ORG:Initech") + card("FN:", "N:;;;;", "ORG:Initech", "EMAIL:Info@initech.example", "TEL:01 23"),
    )
    assert desk.bring(book)["new"] == ["accounts/initech", "people/ana"]
    kept = (desk.root / "accounts/initech.md").read_text()
    assert kept == "---\nname: Initech\nemail: [info@initech.example]\nphone: [01 23]\n---\n"
    assert desk.bring(book)["changed"] == []


def test_two_people_of_one_address_are_a_question(desk: Desk) -> None:
    book = desk.export(
        "book.vcf", card("FN:Ana Roy", "EMAIL:info@x.example") + card("FN:Bo Li", "EMAIL:info@x.example")
    )
    told = desk.bring(book, code=1)
    assert (told["new"], [one["reason"] for one in told["questions"]]) == (
        ["people/ana-roy"],
        ["people/ana-roy.md has the address of “Bo Li”, and is called otherwise"],
    )
    desk.folder.write("people/ana-roy.md", "---\nname: Ana Roy\nalso: Bo Li\nemail: info@x.example\n---\n")
    desk.folder.commit("one person")
    assert desk.bring(book)["same"] == 2


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


def test_a_meeting_put_off_takes_its_next_action_along_and_one_cancelled_is_asked(desk: Desk) -> None:
    desk.folder.write("prospects/acme.md", "---\naccount: ACME\ncontact_email: j.dubois@acme.example\n---\n")
    desk.folder.commit("card", date="2026-09-01T08:00:00+02:00")
    filed(desk, desk.export("m.ics", CALENDAR.format(AHEAD)))
    put_off = event("b", ":20991008T090000Z", more="SEQUENCE:1\r\n")
    assert [one["card"] for one in filed(desk, desk.export("m.ics", CALENDAR.format(put_off)))["filed"]] == ["acme"]
    assert "next_action: Demo b\nnext_action_date: 2099-10-08T11:00\n" in desk.card("acme")
    off = event("b", ":20991008T090000Z", more="SEQUENCE:2\r\nSTATUS:CANCELLED\r\n")
    told = filed(desk, desk.export("m.ics", CALENDAR.format(off)), code=1)
    assert [one["reason"] for one in told["doubtful"]] == ["it was cancelled, and is the next action of acme"]
    assert desk.run("-C", desk.root, "set", "acme", "next_action=call", "next_action_date=+2d").code == 0
    assert filed(desk, desk.export("m.ics", CALENDAR.format(off)))["doubtful"] == []


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
