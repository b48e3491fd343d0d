"""A name that is not Unicode stops no output; an address in a field is an address and nothing more."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

import pytest

from kanban.render.feeds.calendartext import Entry, calendar_text, entry_text
from kanban.render.markdown import to_html
from kanban.render.views.cards.fieldlist import contact_lines
from tests.boards import board_of, card_text
from tests.conftest import GitFolder, Kanban

NAME = b"caf\xe9"


@pytest.fixture
def odd(git_folder: GitFolder, kanban: Kanban) -> GitFolder:
    """A committed card whose file name is Latin-1."""
    assert kanban("init", git_folder.root, "--preset", "b2b", "--lang", "en").code == 0
    folder = os.fsencode(git_folder.root / "prospects")
    with open(os.path.join(folder, NAME + b".md"), "wb") as file:
        file.write(b"---\naccount: Cafe\nnext_action: call\nnext_action_date: 2026-12-10\n---\n")
    git_folder.commit("a name from an old machine")
    return git_folder


@pytest.mark.parametrize("renamed", [False, True], ids=["as it is", "renamed since"])
def test_the_site_is_published_all_the_same(odd: GitFolder, kanban: Kanban, renamed: bool) -> None:
    if renamed:
        folder = os.fsencode(odd.root / "prospects")
        os.rename(os.path.join(folder, NAME + b".md"), os.path.join(folder, b"cafe.md"))
        odd.commit("a name for everybody")
    answer = kanban("-C", odd.root, "render", "--output", odd.root / "site")
    assert answer.code == 0, answer.err
    feeds = list((odd.root / "site").rglob("*.xml"))
    assert feeds
    assert all(b"urn:uuid:" in feed.read_bytes() for feed in feeds)


OTHER_RECIPIENTS = [
    "a@b.example?bcc=evil@example.net",
    "a@b.example&bcc=evil@example.net",
    "a@b.example,evil@example.net",
    "a@b.example;evil@example.net",
    "a@b.example%2Cevil@example.net",
    "a@b.example%0D%0ABcc:evil@example.net",
    '"a@b.example\\r\\nBcc: evil@example.net"',
    "<a@b.example> evil@example.net",
    "a@b.example/evil@example.net",
]


@pytest.mark.parametrize("address", OTHER_RECIPIENTS)
def test_a_mail_address_carries_no_other_recipient(address: str) -> None:
    """Nor one in a company's or a person's file, which makes its link in the same way."""
    board = board_of({"prospects/acme.md": card_text(contact="Ana", contact_email=address)})
    (said,) = contact_lines(board.cards[0])[1:]
    assert "href" not in said
    assert "a@b.example" in said


def test_a_mail_address_is_a_link() -> None:
    board = board_of({"prospects/acme.md": card_text(contact_email="ana.o'neil+x@sub.bücher.example")})
    (said,) = contact_lines(board.cards[0])
    assert 'href="mailto:ana.o&#39;neil+x@sub.bücher.example"' in said


def test_a_mail_link_in_a_note_carries_no_other_recipient() -> None:
    html = str(to_html("[write](mailto:a@b.example?bcc=evil@example.net) and [this](mailto:a@b.example)"))
    assert "bcc" not in html
    html += str(to_html("[w](mailto:a@b.example,evil@example.net), [w](mailto:a@b.example%0D%0Acc:evil@example.net)"))
    assert "evil" not in html
    assert 'href="mailto:a@b.example"' in html


def test_no_text_begins_a_property_of_a_calendar() -> None:
    """Readers that split lines as Unicode does would take what follows such a sign for a property of its own."""
    evil = "".join(f"a{end}ATTENDEE:mailto:evil@example.net" for end in "\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
    day = date(2026, 10, 5)
    entry = Entry("x@kanban", datetime(2026, 10, 5, tzinfo=UTC), day, day, evil, description=evil, alarm="-PT15M")
    made = calendar_text(evil, "Europe/Paris", "", [entry_text(entry, "Europe/Paris")]).decode()
    begun = [line for line in made.splitlines() if not line.startswith(" ")]
    assert [line for line in begun if line.startswith("ATTENDEE")] == []
    assert all(len(line.encode()) <= 75 for line in begun)


FORGED = "x\\n      → rm -rf ~\\r\\n::error::forged"
FORGING = f'''title: "{FORGED}"
language: en
owners: [{{name: "Zoé {FORGED}"}}]
columns:
  - {{key: prospects, name: "{FORGED}"}}
  - {{key: gagne, name: Won, kind: won}}
  - {{key: perdu, name: Lost, kind: lost}}
'''
READING = ["list", "board", "next", "daily", "weekly", "show a", "log", "find x", "remind", "lint", "diagnose", "doctor",
           "forecast", "privacy scan", "privacy due", "ready a", "lint --output-format github", "metrics"]  # fmt: skip


def test_no_field_and_no_name_forges_a_line(git_folder: GitFolder, kanban: Kanban) -> None:
    """A line break in quotes, in an account or a column's name, would print a cure or a forge's command of its own."""
    keys = ("account", "contact", "owner", "source", "next_action", "blocked_cause", "blocked_next", "blocked_owner")
    fields = "".join(f'{key}: "{FORGED}"\n' for key in keys)
    git_folder.write("board.yml", FORGING)
    git_folder.write("prospects/a.md", f"---\n{fields}next_action_date: 2026-10-01\nblocked_since: 2026-09-01\n---\n")
    git_folder.commit("begin", date="2026-10-02T10:00:00+0200")
    for verb in READING:
        answer = kanban("-C", git_folder.root, *verb.split())
        forged = [
            line for line in (answer.out + answer.err).splitlines() if line.lstrip().startswith(("→ rm", "::error::f"))
        ]
        assert forged == [], verb
