"""Mails go under the right deal or are listed; none is put under a wrong one without a word."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from kanban.imports.mail.message import Mail, read_mail
from kanban.imports.mail.text_of import first_lines
from tests.conftest import Answer, GitFolder
from tests.imports.conftest import BOARD
from tests.imports.mail.correspondence import AUTOMATIC, DOUBTFUL, KNOWN, Deal, Writer, deals

Kanban = Callable[..., Answer]


def desk(folder: GitFolder, cards: list[Deal]) -> GitFolder:
    text = BOARD.format(language="en").replace(
        "zoe@example.org}", "zoe@us.example}, {name: Karim, email: karim@us.example}"
    )
    folder.write("board.yml", text)
    for card in cards:
        folder.write(f"{card.column}/{card.id}.md", card.text)
    folder.commit("board", date="2026-01-01T08:00:00+01:00")
    return folder


def maildir(folder: Path, mails: list[tuple[bytes, str]]) -> Path:
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    for number, (data, label) in enumerate(mails):
        new = number % 2 or label == KNOWN  # a copy comes after what it is one of
        (folder / ("new" if new else "cur") / f"{number:05}.host").write_bytes(data)
    return folder


def sorted_out(kanban: Kanban, root: Path, box: Path, *more: str) -> tuple[dict[int, str], dict[str, Any]]:
    answer = kanban("-C", root, "log-mail", box, "--json", *more)
    found = json.loads(answer.out)
    cards = {int(one["file"].partition("/")[2][:5]): one["card"] for one in found["filed"]}
    cards |= {int(one["file"].partition("/")[2][:5]): DOUBTFUL for one in found["doubtful"]}
    return cards, found


@pytest.mark.parametrize("count", [200, pytest.param(1000, marks=pytest.mark.sweep)])
def test_a_correspondence_with_traps(count: int, git_folder: GitFolder, kanban: Kanban) -> None:
    cards = deals(60)
    mails = Writer(cards, 5).write(count)
    desk(git_folder, cards)
    box = maildir(git_folder.root.parent / "box", mails)
    found, said = sorted_out(kanban, git_folder.root, box, "--dry-run", "--me", "zoe.private@gmail.com")
    passed = (AUTOMATIC, KNOWN)
    wrong = {
        at: (found.get(at, AUTOMATIC), label, mails[at][0].decode("utf-8", "replace")[:600])
        for at, (_data, label) in enumerate(mails)
        if found.get(at, AUTOMATIC) != (AUTOMATIC if label in passed else label)
    }
    silently = {at: pair for at, pair in wrong.items() if pair[0] != DOUBTFUL}
    assert silently == {}
    assert len(wrong) <= 0.02 * len(mails), wrong
    assert [said[one] for one in passed] == [sum(label == one for _data, label in mails) for one in passed]
    assert said["commit"] is None
    assert git_folder.git("status", "--porcelain") == ""


ACME = Deal("acme-sso", "ACME", "SSO", "dubois@acme.example")


def test_the_note_and_the_second_time(git_folder: GitFolder, kanban: Kanban) -> None:
    desk(git_folder, [ACME])
    mails = Writer([ACME, *deals(12)], 1)
    mails.single = [ACME]
    mails.plain()
    mails.sent()
    box = maildir(git_folder.root.parent / "box", mails.made)
    found, said = sorted_out(kanban, git_folder.root, box)
    assert set(found.values()) == {"acme-sso"}
    text = (git_folder.root / "offer/acme-sso.md").read_text()
    assert "### 2026-03-02 — mail\n" in text
    assert "- We looked at the proposal.\n- Could you call on Monday?\n" in text
    assert "secret" not in text
    told = git_folder.git(
        "log",
        "-2",
        "--format=%an|%as|%(trailers:key=Card,valueonly,separator=)|%(trailers:key=Kanban,valueonly,separator=)",
    )
    assert told.splitlines() == ["Zoé Martin|2026-03-02|acme-sso|log-mail"] * 2
    assert "dubois" not in git_folder.git("log", "-2", "--format=%B")
    head = git_folder.git("rev-parse", "HEAD")
    again, said = sorted_out(kanban, git_folder.root, box)
    assert (again, said["known"], git_folder.git("rev-parse", "HEAD")) == ({}, 2, head)
    assert git_folder.git("status", "--porcelain") == ""


def test_the_whole_text_only_when_asked_and_under_a_named_card(git_folder: GitFolder, kanban: Kanban) -> None:
    desk(git_folder, [ACME])
    writer = Writer([ACME, *deals(12)], 1)
    writer.forwarded_bare()
    file = git_folder.root.parent / "one.eml"
    file.write_bytes(writer.made[0][0])
    refused = kanban("-C", git_folder.root, "log-mail", file)
    assert (refused.code, "doubtful: one.eml: Fwd: their answer: no deal has its addresses" in refused.err) == (1, True)
    assert kanban("-C", git_folder.root, "log-mail", file, "--card", "acme-sso", "--body").code == 0
    text = (git_folder.root / "offer/acme-sso.md").read_text()
    assert "> secret words" in text.replace("> > ", "> ")
    assert kanban("-C", git_folder.root, "lint", "--select", "KB1").code in (0, 1)


def test_a_mail_that_was_taken_back_goes_where_somebody_says(git_folder: GitFolder, kanban: Kanban) -> None:
    """And nowhere by itself: the next run over the folder would put it under the wrong deal again."""
    desk(git_folder, [ACME, Deal("corail", "Corail", "ERP", "x@corail.example")])
    file = git_folder.root.parent / "one.eml"
    file.write_bytes(b"From: dubois@acme.example\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nSubject: Hi\n\nYes\n")

    def said(*words: str) -> tuple[list[str], int, list[str]]:
        found = json.loads(kanban("-C", git_folder.root, "log-mail", file, "--json", *words).out)
        return [one["card"] for one in found["filed"]], found["known"], [one["reason"] for one in found["doubtful"]]

    assert said() == (["acme-sso"], 0, [])
    assert said() == ([], 1, [])
    wrong = "it is filed under acme-sso; `kanban undo acme-sso` takes back what was last done there"
    assert said("--card", "corail") == ([], 0, [wrong])
    assert kanban("-C", git_folder.root, "undo", "acme-sso").code == 0
    assert said() == ([], 1, [])
    assert said("--card", "corail") == (["corail"], 0, [])
    assert said() == ([], 1, [])
    assert "Yes" not in (git_folder.root / "offer/acme-sso.md").read_text()


def test_what_is_no_mail_is_listed(git_folder: GitFolder, kanban: Kanban) -> None:
    desk(git_folder, [ACME])
    folder = git_folder.root.parent / "box"
    folder.mkdir()
    (folder / "a.eml").write_bytes(b"\xff\xfe\x00garbage")
    (folder / "b.eml").write_bytes(b"From: x@y.example\n\nno date\n")
    (folder / "c.eml").write_bytes(b"From: =?broken\nDate: yesterday\n\nx\n")
    answer = kanban("-C", git_folder.root, "log-mail", folder, "--json")
    assert answer.code == 1
    assert [one["file"] for one in json.loads(answer.out)["doubtful"]] == ["a.eml", "b.eml", "c.eml"]
    assert kanban("-C", git_folder.root, "log-mail", folder / "none.eml").code == 2


def test_letters_of_no_alphabet_that_is_named_and_a_day_that_is_not_over(git_folder: GitFolder, kanban: Kanban) -> None:
    desk(git_folder, [ACME])
    folder = git_folder.root.parent / "box"
    folder.mkdir()
    head = "From: dubois@acme.example\nTo: z@example.org\nDate: Mon, 12 Oct {} 10:00:00 +0200\nSubject: {}\n"
    for name, charset, text in (("a", "foo-bar", "café".encode("cp1252")), ("b", "us-ascii", "crème".encode())):
        told = head.format(2026, name) + f"Content-Type: text/plain; charset={charset}\n\n"
        (folder / f"{name}.eml").write_bytes(told.encode() + text)
    (folder / "c.eml").write_text(head.format(2099, "c") + "\nlater\n")
    answer = kanban("-C", git_folder.root, "log-mail", folder, "--json")
    assert [(one["file"], one["reason"]) for one in json.loads(answer.out)["doubtful"]] == [
        ("c.eml", "2099-10-12 is not over yet")
    ]
    text = (git_folder.root / "offer/acme-sso.md").read_text()
    assert "- café\n" in text
    assert "- crème\n" in text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Bonjour Zoé,\n\nOui.\n\nÀ lundi\n-- \nAnna", ("Oui.", "À lundi")),
        ("Yes\n\nOn Mon, 2 Mar 2026 Zoé wrote:\n> asked", ("Yes",)),
        ("Le 2 mars 2026, Zoé a écrit :\n> demandé", ()),
        ("> quoted\nanswer below", ("answer below",)),
        ("-----Original Message-----\nold", ()),
        ("Siehe unten\n\n-----Ursprüngliche Nachricht-----\nVon: Jan\n\ngeheim", ("Siehe unten",)),
        ("D'accord\n\n-----Message d'origine-----\nsecret", ("D'accord",)),
        ("Oui\n\nDe : Jean Dubois <j@x.example>\nEnvoyé : lundi\n\nsecret", ("Oui",)),
        ("Von: Jan\nGesendet: Montag\n\ngeheim", ()),
        ("x" * 300, ("x" * 159 + "…",)),
        ("Yes\n\nOn Mon, 2 Mar 2026 at 10:00, Zoé Martin <zoe@us.example>\nwrote:\n\nsecret", ("Yes",)),
        ("Oui\nEnvoyé de mon iPhone\nsecret", ("Oui",)),
        ("Voilà\n\nBegin forwarded message:\n\nsecret", ("Voilà",)),
        ("\u200c\u00a0\u200c\n\ufeffYes", ("Yes",)),
        ("On Monday we sign\nthe contract", ("On Monday we sign", "the contract")),
    ],
)
def test_the_first_lines_are_the_senders_own(text: str, lines: tuple[str, ...]) -> None:
    assert first_lines(text) == lines


@pytest.mark.parametrize(
    ("kind", "body", "lines"),
    [
        ("text/html", "<p>We <b>take</b> <a href='x'>it</a>,\nall of it.</p><p>Anna</p>", ("We take it, all of it.", "Anna")),
        ("text/html", "<head><title>no</title><style>p {}</style></head><body>Yes<br>&eacute;t&eacute;", ("Yes", "été")),
        ("text/html", "<!--[if mso]><p>no</p><![endif]--><div>Yes</div><blockquote>secret<br>too</blockquote>", ("Yes",)),
        ("text/html", "<div>Yes</div><div>On 2 Mar 2026, Zoé wrote:</div><div>secret</div>", ("Yes",)),
        ("text/html", "<script>no()</script>5 &lt; 6 <i>&amp;</i> 7", ("5 < 6 & 7",)),
        ("text/plain; format=flowed", "one line that \nwas wrapped\nand one more\n", ("one line that was wrapped", "and one more")),
        ("multipart/alternative; boundary=b",
         "--b\nContent-Type: text/plain\n\n \n--b\nContent-Type: text/html\n\n<p>Only here</p>\n--b--\n", ("Only here",)),
        ("application/pdf", "%PDF", ()),
    ],
)  # fmt: skip
def test_what_is_said_in_whatever_form(kind: str, body: str, lines: tuple[str, ...]) -> None:
    head = f"From: a@x.example\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nContent-Type: {kind}\n\n"
    mail = read_mail("a.eml", (head + body).encode(), UTC)
    assert isinstance(mail, Mail), mail
    assert mail.lines == lines


@pytest.mark.parametrize("place", ["folder", "box", "file"])
def test_the_line_that_files_a_doubtful_mail_is_one(git_folder: GitFolder, kanban: Kanban, place: str) -> None:
    """Wherever it is typed: a mail in a folder by its path, one of a mailbox by its number."""
    desk(git_folder, [Deal("a-one", "Basalt", "One", "x@b.example"), Deal("b-two", "Basalt", "Two", "x@b.example")])
    mail = b"From: x@b.example\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nMessage-ID: <7@b.example>\nSubject: Hi\n\nYes\n"
    there = git_folder.root.parent / "post it"
    file = {"folder": there / "m.eml", "box": there, "file": there}[place]
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"From a\n" + mail.replace(b"x@b", b"y@c") + b"\nFrom b\n" + mail if place == "box" else mail)
    told = kanban("-C", git_folder.root, "log-mail", there)
    typed = next(line for line in told.err.splitlines() if "--card b-two" in line).partition("`")[2].partition("`")[0]
    assert kanban("-C", git_folder.root, *shlex.split(typed)[1:]).code == 0
    assert "- x: Hi" in next(git_folder.root.glob("*/b-two.md")).read_text()
    again = kanban("-C", git_folder.root, "log-mail", there, "--json")
    assert json.loads(again.out)["known"] == (2 if place == "box" else 1), "of one id, both in the box"


def test_an_answer_of_the_same_minute_follows_its_mail(git_folder: GitFolder, kanban: Kanban) -> None:
    desk(git_folder, [ACME])
    there = git_folder.root.parent / "post"
    there.mkdir()
    for number in range(8):
        head = "From: dubois@acme.example" if number == 0 else "From: else@else.example\nIn-Reply-To: <0@x>"
        text = f"{head}\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nMessage-ID: <{number}@x>\nSubject: Hi\n\nYes\n"
        (there / f"{number}.eml").write_text(text)
    answer = kanban("-C", git_folder.root, "log-mail", there, "--json")
    assert (answer.code, len(json.loads(answer.out)["filed"])) == (0, 8)
