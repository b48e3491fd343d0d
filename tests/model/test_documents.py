"""A document that is put together from what is remembered equals the one that is parsed."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings

from kanban.model.text import parsed_before as remembering
from kanban.model.text.cardfile import parse_document
from kanban.model.text.parsed_before import Documents
from kanban.repository.kept.documentcache import READERS
from tests.model.card_texts import CardText, cards

MODEL = Path(remembering.__file__).parents[1]


def parsed_again(data: bytes) -> Documents:
    """The memory of a second run, in which `data` was parsed with what a first run had remembered."""
    first = Documents()
    assert first.parsed(data) == parse_document(data)
    second = Documents(first.made)
    assert second.parsed(data) == parse_document(data)
    return second


@pytest.mark.parametrize(
    "data",
    [
        b"---\naccount: ACME\namount: 28 k\xe2\x82\xac\n---\nNotes.\n",
        b"---\r\naccount: ACME\r\ntags: [a, 'b c']\r\n---\r\n\r\n# Title\r\n",
        b"---\na: \"x\\ty\"\nb: 'it''s'\nc:\nd: ~\ne: null\n---\n",
        b'---\ntags:\n  - a\n  - "b"\nlong: |\n  one\n  two\nfold: >-\n  three\n  four\n---\n',
        b"---\n  indented: x\n  too: y\n---\n",
        b"---\n# a comment\n? q\n: r\nx:   spaced   # why\n---",
        b"---\n'quoted key': no\n\"k\": v\n---\n",
    ],
)
def test_what_was_parsed_once_is_not_parsed_again(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Documents()
    whole = first.parsed(data)
    assert whole == parse_document(data)
    if whole.problems:
        assert first.made == {}
        return
    monkeypatch.setattr(remembering, "parse_document", lambda _data: pytest.fail("parsed again"))
    second = Documents(first.made)
    assert second.parsed(data) == whole
    assert second.made == {}


@pytest.mark.parametrize(
    "data",
    [b"", b"no front matter\n", b"\xef\xbb\xbf---\na: 1\n---\n", b"---\na: 1\na: 2\n---\n", b"---\na: \xff\n---\n"],
)
def test_a_file_with_a_problem_is_read_each_time_in_the_language_of_the_day(data: bytes) -> None:
    assert parsed_again(data).known == {}


def test_what_cannot_be_understood_is_parsed_anew() -> None:
    data = b"---\naccount: ACME\n---\n"
    key = remembering.content_key(data)
    for outline in (b"", b"[]", b"nonsense", b"[1,2,3,4,5,6,[[1]]]", b'{"a": 1}', b"\xff", b'["\\n",4,0,4,4,4,null]'):
        assert Documents({key: outline}).parsed(data) == parse_document(data)


@given(cards())
@settings(max_examples=300, deadline=None)
def test_any_card_is_the_same_from_memory(card: CardText) -> None:
    parsed_again(card.data)


def test_every_module_that_has_a_part_in_the_reading_is_in_the_cache_key() -> None:
    waiting, found = ["text/parsed_before"], set()
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for node in ast.walk(ast.parse((MODEL / f"{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kanban.model."):
                waiting.append(str(node.module).removeprefix("kanban.model.").replace(".", "/"))
    assert found == set(READERS)
