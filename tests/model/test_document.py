"""Reading a card file as text: fields, body and every problem in its place."""

from __future__ import annotations

import pytest

from kanban.model.document import document_title, parse_document


def codes(data: bytes) -> list[tuple[int, int, str]]:
    return [(problem.line, problem.column, problem.code) for problem in parse_document(data).problems]


def values(data: bytes) -> dict[str, str | tuple[str, ...]]:
    return {field.key: field.value for field in parse_document(data).fields}


def test_values_stay_the_text_that_was_typed() -> None:
    card = b"---\nowner: NO\namount: 012\ntime: 12:30\nprobability: 1_0\ntags: [on, 'off']\nempty:\nnothing: ~\n---\nBody\n"
    assert values(card) == {
        "owner": "NO",
        "amount": "012",
        "time": "12:30",
        "probability": "1_0",
        "tags": ("on", "off"),
        "empty": "",
        "nothing": "",
    }
    document = parse_document(card)
    assert (document.body, document.body_line, document.readable, document.problems) == ("Body\n", 10, True, ())


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", [(1, 1, "no-front-matter")]),
        (b"---\na: 1\n", [(1, 1, "unclosed-front-matter")]),
        (b"---\na: b: c\n---\n", [(2, 5, "yaml-syntax")]),
        (b"---\na: 1\na: 2\n---\n", [(3, 1, "yaml-duplicate-key")]),
        (b"\xef\xbb\xbf---\na: 1\n---\n", [(1, 1, "bom")]),
    ],
)
def test_each_problem_has_its_place(data: bytes, expected: list[tuple[int, int, str]]) -> None:
    assert codes(data) == expected


def test_title_is_the_field_or_the_first_heading() -> None:
    assert document_title(parse_document(b"---\ntitle: Demo\n---\n# Other\n")) == "Demo"
    assert document_title(parse_document(b"---\na: 1\n---\n```\n# no\n```\n# ACME SAS #\n")) == "ACME SAS"
