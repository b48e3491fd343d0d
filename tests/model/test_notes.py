"""Headings and notes of a card's body: read as a reader sees them, added to without touching what stands there."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kanban.errors import EditConflict
from kanban.model.text.cardfile import parse_document
from kanban.model.text.edit.note_writing import append_note, append_to_body
from kanban.model.text.headings import read_headings
from kanban.model.text.notes import Note, every_note, notes_are_short, read_notes
from tests.model.card_texts import CardText, cards

HEADINGS = [
    # body | (level, text, line) of each heading
    ("# One\ntext\n## Two ##\n", [(1, "One", 1), (2, "Two", 3)]),
    ("One\n===\n\nTwo\n-\n", [(1, "One", 1), (2, "Two", 4)]),
    ("   # In\n    # code\n", [(1, "In", 1)]),
    (
        "# #\n## ## \n# a # b #\n# a\\t#\t\n# a ##b\n".replace("\\t", "\t"),
        [(1, "", 1), (2, "", 2), (1, "a # b", 3), (1, "a", 4), (1, "a ##b", 5)],
    ),
    ("#No\n####### seven\n# C#\n#\n", [(1, "C#", 3), (1, "", 4)]),
    ("```\n# code\n``\n```\n# real\n", [(1, "real", 5)]),
    ("````\n```\n# code\n````\n# real\n", [(1, "real", 5)]),
    ("~~~ python\n# code\n~~~\n# real\n", [(1, "real", 4)]),
    ("<!-- # one -->\n# real\n<!--\n# hidden\n-->\n# also\n", [(1, "real", 2), (1, "also", 6)]),
    ("- item\n---\n> quote\n===\n\n---\n", []),
    ("text\n\n---\n# real\n", [(1, "real", 4)]),
]


@pytest.mark.parametrize("between", [" ", "\t", " #", "# ", "## "])
def test_a_heading_of_half_a_million_characters_is_read_in_one_go(between: str) -> None:
    """Tried at every blank, as a pattern would, this takes an hour."""
    line = "# a" + between * (500_000 // len(between)) + "b"
    assert [heading.text for heading in read_headings(line)] == [line[2:].strip()]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("body", "expected"), HEADINGS)
def test_headings(body: str, expected: list[tuple[int, str, int]], newline: str) -> None:
    body = body.replace("\n", newline)
    headings = list(read_headings(body))
    assert [(one.level, one.text, one.line) for one in headings] == expected
    for one in headings:
        assert body[one.start : one.end].strip("\r\n").startswith(body[one.start : one.end].splitlines()[0])
        assert one.text in body[one.start : one.end]


_LINES = ("# A", "## B ##", "text", "", "===", "---", "- x", "> q", "```", "~~~", "    # code", "#x", "1. y", "***")


@given(st.lists(st.sampled_from(_LINES), max_size=8))
@settings(max_examples=100, deadline=None)
def test_headings_with_marks_are_those_of_a_markdown_parser(lines: list[str]) -> None:
    assume(not any(line[:1] in "->1" and after.strip() for line, after in pairwise(lines)))
    body = "\n".join(lines) + "\n"
    tokens = [token for token in MarkdownIt().parse(body) if token.type == "heading_open" and token.markup[0] == "#"]
    told = [(one.level, one.line) for one in read_headings(body) if body[one.start :].lstrip(" ").startswith("#")]
    assert told == [(int(token.tag[1]), token.map[0] + 1) for token in tokens if token.map]


READ = [
    # body | notes: heading, day, line, bullets, their lines
    ("", ()),
    ("# Notes on pricing\n### x\n", ()),
    (
        "\n## Notes\n\n### 2026-10-02 — call\n\n- one\n  goes on\n- two\n\n### later\n* three\n1. four\n\n## Other\n### not\n- x\n",
        (
            Note("2026-10-02 — call", date(2026, 10, 2), 14, ("one goes on", "two"), (16, 18)),
            Note("later", None, 20, ("three", "four"), (21, 22)),
        ),
    ),
    ("# notes\n\n## 2026-02-30\ntext\n", (Note("2026-02-30", None, 13, (), ()),)),
    ("## Notes\n#### deep\n- a\n### top\n- b\n", (Note("top", None, 14, ("b",), (15,)),)),
    ("Notes\n-----\n\nintro\n\n### n\n- a\n    - nested\n", (Note("n", None, 16, ("a - nested",), (17,)),)),
]


@pytest.mark.parametrize(("body", "expected"), READ)
def test_notes_are_read_with_their_places(body: str, expected: tuple[Note, ...]) -> None:
    assert read_notes(body, 11) == expected


F = "---\na: 1\n---\n"
NEW = "### 2026-10-03 — call\n\n- one\n- two\n"

ADDED = [
    # card | card with the note
    (F, F + "\n## Notes\n\n" + NEW),
    ("---\na: 1\n---", F + "\n## Notes\n\n" + NEW),
    ("", "## Notes\n\n" + NEW),
    (F + "text\n", F + "text\n\n## Notes\n\n" + NEW),
    (F + "text", F + "text\n\n## Notes\n\n" + NEW.rstrip("\n")),
    (F + "text\n\n", F + "text\n\n## Notes\n\n" + NEW),
    (F + "\n## Notes\n", F + "\n## Notes\n\n" + NEW),
    (F + "\n## Notes", F + "\n## Notes\n\n" + NEW.rstrip("\n")),
    (F + "\n## NOTES\n\nintro\n", F + "\n## NOTES\n\nintro\n\n" + NEW),
    (
        F + "\n## Notes\n\nintro\n\n### 2026-10-01 — call\n\n- a\n",
        F + "\n## Notes\n\nintro\n\n" + NEW + "\n### 2026-10-01 — call\n\n- a\n",
    ),
    (F + "## Notes\n### 2026-10-01\n- a", F + "## Notes\n\n" + NEW + "\n### 2026-10-01\n- a"),
    (
        F + "## Notes\n\n### 2026-09-01\n- a\n\n### 2026-10-01\n- b\n\n## Next\ntext\n",
        F + "## Notes\n\n### 2026-09-01\n- a\n\n### 2026-10-01\n- b\n\n" + NEW + "\n## Next\ntext\n",
    ),
    (F + "## Notes\nintro\n## Next\n", F + "## Notes\nintro\n\n" + NEW + "\n## Next\n"),
    (F + "# T\n\n# Notes\n\n## 2026-10-01\n- a\n", F + "# T\n\n# Notes\n\n" + NEW[1:] + "\n## 2026-10-01\n- a\n"),
    (F + "```\n## Notes\n```\n", F + "```\n## Notes\n```\n\n## Notes\n\n" + NEW),
]


@pytest.mark.parametrize(
    ("lines", "bullets"),
    [
        (["- SSO", "  - by SAML", "  - by OIDC", "- price", "    - in two parts", "- budget"], 3),
        (["1. SSO", "   - by SAML", "2. price", "3. budget"], 3),
        (["- SSO", "", "  - by SAML", "- price"], 2),
        ([" - SSO", " - price", "- budget"], 3),
        (["* SSO", "\t* by SAML", "* price"], 2),
        (["  - SSO", "  - price", "  - budget", "  - team"], 4),
        (["- SSO", "", "Then:", "", "  - price", "  - budget"], 3),
    ],
)
def test_a_nested_bullet_belongs_to_the_one_above(lines: list[str], bullets: int) -> None:
    (note,) = read_notes("\n".join(["## Notes", "", "### 2026-10-02", "", *lines, ""]))
    assert len(note.bullets) == bullets
    assert "price" in " ".join(note.bullets)


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("card", "expected"), ADDED)
def test_a_note_is_added_newest_first(card: str, expected: str, newline: str, bom: str) -> None:
    if not re.search(r"\n", card):
        newline = "\n"
    data = (bom + card.replace("\n", newline)).encode()
    added = append_note(data, "2026-10-03 — call", ["one", "two"])
    assert added.decode() == bom + expected.replace("\n", newline)
    body = parse_document(added).body
    assert Note("2026-10-03 — call", date(2026, 10, 3), 0, ("one", "two"), ()) in [
        Note(note.heading, note.day, 0, note.bullets, ()) for note in read_notes(body)
    ]


def test_a_notes_words_stay_on_their_line() -> None:
    added = append_note(F.encode(), "2026-10-03\n## Forged", ["a\r\n- forged", "  ", "28\u00a0k€ "], section="Échanges")
    assert added.decode() == F + "\n## Échanges\n\n### 2026-10-03 ## Forged\n\n- a - forged\n- 28\u00a0k€\n"
    assert append_note(F.encode(), "h", []).decode() == F + "\n## Notes\n\n### h\n"


def test_the_same_note_twice_stands_twice() -> None:
    twice = append_note(append_note(F.encode(), "h", ["a"]), "h", ["a"])
    assert len(read_notes(parse_document(twice).body)) == 2


@pytest.mark.parametrize("body", ["```\nnever closed\n", "<!--\nnever closed\n"])
def test_a_note_nobody_would_see_is_refused(body: str) -> None:
    with pytest.raises(EditConflict, match="never closed"):
        append_note((F + body).encode(), "h", ["a"])


APPENDED = [
    # card | markdown | card afterwards
    (F, "text\n", F + "\ntext\n"),
    (F + "one\n", "two\n\nthree", F + "one\n\ntwo\n\nthree\n"),
    (F + "one", "two\n", F + "one\n\ntwo"),
    (F + "one\n\n", "\n\ntwo", F + "one\n\ntwo\n"),
    ("---\na: 1\n---", "two", F + "\ntwo\n"),
    ("", "two", "two\n"),
    (F + "one\n", " \n", F + "one\n"),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("card", "markdown", "expected"), APPENDED)
def test_text_is_added_at_the_end(card: str, markdown: str, expected: str, newline: str) -> None:
    if not card:
        newline = "\n"
    assert append_to_body(card.replace("\n", newline).encode(), markdown).decode() == expected.replace("\n", newline)


def test_what_would_become_front_matter_is_refused() -> None:
    with pytest.raises(EditConflict):
        append_to_body(b"", "---\na: 1\n---\n")
    with pytest.raises(EditConflict) as refused:
        append_to_body(b"---\na: b: c\n---\n", "text")
    assert refused.value.line == 2
    with pytest.raises(EditConflict) as refused:
        append_note(b"---\na: b: c\n---\n", "h", ["x"])
    assert refused.value.line == 2


@given(cards(), st.lists(st.sampled_from(("one", "## two", "- x", "---", "28\u00a0k€", "a\nb")), max_size=3))
@settings(max_examples=100, deadline=None)
def test_what_stood_there_still_stands_in_its_order(card: CardText, bullets: list[str]) -> None:
    before = parse_document(card.data)
    assume(before.readable)
    added = append_note(card.data, "2026-10-03 — call", bullets)
    after = parse_document(added)
    assert after.fields == before.fields
    place = 0
    while place < len(before.text) and before.text[place] == after.text[place]:
        place += 1
    assert after.text.rstrip("\r\n").endswith(before.text[place:].rstrip("\r\n"))
    assert len(read_notes(after.body)) == len(read_notes(before.body)) + 1
    assert after.text.endswith(("\n", "\r")) == before.text.endswith(("\n", "\r")) or not before.body
    if before.newline != "\n" and "\n" not in before.text.replace("\r\n", ""):
        assert "\n" not in after.text.replace(before.newline, "")
    grown = append_to_body(card.data, "more")
    assert grown.startswith(card.data.rstrip(b"\r\n"))


def test_the_example_boards_notes_are_read() -> None:
    cards = Path(__file__).parents[2].glob("example-board/*/*.md")
    notes = [note for card in cards for note in read_notes(parse_document(card.read_bytes()).body)]
    assert len(notes) > 30
    assert all(note.day and note.bullets for note in notes)


@pytest.mark.parametrize(
    "add", [lambda text: append_note(b"---\n---\n", "x", [text]), lambda text: append_to_body(b"", text)]
)
def test_what_is_no_character_is_refused(add: Callable[[str], bytes]) -> None:
    with pytest.raises(EditConflict, match="no character"):
        add("caf\udce9")


PIECES = (
    *(
        "# Acme",
        "## Notes",
        "### 2026-10-02 appel",
        "#### detail",
        "Notes :",
        "**Call notes:**",
        "Call notes",
        "---",
        "===",
    ),
    *(
        "- wants SSO",
        "  - nested",
        "1. one",
        "plain words",
        "    indented",
        "",
        "",
        "```",
        "<!-- x",
        "-->",
        "\r",
        "x" * 30,
    ),
)


def test_a_look_never_calls_short_what_a_reading_finds_long() -> None:
    chance = random.Random(20)
    looks = 0
    for _body in range(4000):
        pieces = chance.sample(PIECES, 5)
        lines = [chance.choice(pieces) for _line in range(chance.randint(3, 14))]
        body = "\n".join(lines)
        if notes_are_short(body, 3, 40):
            looks += 1
            for note in every_note(body):
                assert len(note.points) <= 3, body
                assert all(len(text) <= 40 for _line, text in note.points), body
    assert looks > 400
    assert notes_are_short("## Notes\n\n### 2026-10-02 appel\n\n- un\n- deux\n", 3, 280)
    assert not notes_are_short("## Notes\n\n- un\n- deux\n- trois\n- quatre\n", 3, 280)
