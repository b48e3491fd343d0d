"""Front matters of plain lines are read as YAML's parser reads them, place by place, or left to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.read_card import read_card
from kanban.model.settings.board_yml import read_config
from kanban.model.text import cardfile
from kanban.model.text.cardfile import RawField, parse_document
from kanban.model.text.front import plain_lines
from kanban.model.text.front.front_fields import read_fields
from kanban.model.text.front.plain_lines import plain_fields, plain_values
from kanban.model.text.front.yaml_nodes import Mapping
from kanban.model.text.front.yaml_text import read_yaml
from tests.boards import FIVE_COLUMNS, TODAY
from tests.model.card_texts import CardText, cards

CONFIG = read_config(FIVE_COLUMNS.encode())[0]
assert CONFIG is not None

SHIFT, LINE = 4, 2

READ_HERE = [
    "",
    "account: ACME\n",
    "account: ACME et fils, Paris (FR)\namount: 28\u00a0k€\n",
    "amount: 28\u202f000 €\n",
    "next_action_date: 2026-10-13 10:00\nurl: http://x.y/z#a\n",
    "account: ACME\r\ntags: [a, b c]\r\n",
    "a:\nb: null\nc:   spaced   # why\n",
    "a: \"double\"\nb: 'single'  # why\nc: ''\n",
    "tags: []\nmore: [ a ,b,  c d , ]  # why\n",
    "# a comment\n\n   # another\naccount: ACME\n \n",
    "account: ACME",
    "n: null\nl: [null, x]\n",
]

LEFT_TO_YAML = [
    "a: 1\na: 2\n",
    "a: b: c\n",
    "a: ~\n",
    "a: -x\n",
    "a: x\n  y\n",
    "a:\n  - x\n",
    "a: |\n  x\n",
    'a: "x\\ty"\n',
    "a: 'it''s'\n",
    "a: [x, 'y']\n",
    "a: [x: y]\n",
    "a: [x,,y]\n",
    "a: [x\n",
    "a: [[x]]\n",
    "a: {x: y}\n",
    "a: &x y\n",
    "a: *x\n",
    "a: !x y\n",
    "a : x\n",
    "a:x\n",
    "'a': x\n",
    "é: x\n",
    "  a: x\n",
    "a: x\ty\n",
    "a: x\u200by\n",
    "a: x\ufeff\n",
    "a: x\u2028b: y\n",
    "a: x\rb: y\n",
    "a: x\n...\n",
    "<<: x\n",
    "? a\n: x\n",
    "a: '" + "x" * 20_000 + "'\n",
]


def by_yaml(text: str) -> tuple[RawField, ...] | None:
    """The fields as YAML's parser gives them; None when it has anything to say against the text."""
    root, problems = read_yaml(text, first_line=LINE)
    if root is None and not problems:
        return ()
    if problems or not isinstance(root, Mapping) or root.flow:
        return None
    fields, refused = read_fields(root, SHIFT)
    return None if refused else fields


@pytest.mark.parametrize("text", READ_HERE)
def test_plain_lines_are_read_here_and_as_yaml_reads_them(text: str) -> None:
    found = plain_fields(text, SHIFT, LINE)
    assert found is not None
    assert found == by_yaml(text)


@pytest.mark.parametrize("text", LEFT_TO_YAML)
def test_anything_else_is_left_to_yaml(text: str) -> None:
    assert plain_fields(text, SHIFT, LINE) is None


READ_BY_VALUE = {
    "a:\n  - x\n  - y z: q\n": None,
    "a:\n  - x\n\n  # why\n  - y:z # why\nb: c\n": {"a": ("x", "y:z"), "b": "c"},
    "a:\n- x\n- null\nb:\n": {"a": ("x", ""), "b": ""},
    "a:\n  - x\n - y\n": None,
    "a:\n  - x\n    y\n": None,
    "a: b\n  - x\n": None,
    "a: null\n  - x\n": None,
    "a: []\n- x\n": None,
    "a:\n  - x\na:\n": None,
    "a:\n  -\n": None,
    "a:\n  - - x\n": None,
    "- x\n": None,
    "a:\n  - €5\n": {"a": ("€5",)},
}


@pytest.mark.parametrize("text", list(READ_BY_VALUE))
def test_lists_of_one_item_a_line(text: str) -> None:
    assert plain_values(text) == READ_BY_VALUE[text]
    if READ_BY_VALUE[text] is not None:
        assert {one.key: one.value for one in by_yaml(text) or ()} == READ_BY_VALUE[text]


ATOMS = (
    "\n- ", "\n  - ", "\n  - x", "k:\n- x", "k:\n  - x", "€5", "$5",
    *"-:,[]{}'\"\\&*!|>%@`?#~=", " ", " ", "  ", "\n", "\n", "\r\n", "\t", "\u00a0", "\u202f", "\u2028", "\ufeff", "a", "key", "null",
    "é", "²", "٣", "ª", "😀", "x y", " #", "# c", ": ", "- ", "? ", "...", "---", "<<", "12:30", "28 k€", "a#b", "a:b", "\n  c",
    "k: [a,b ,c ]", "k: 'x y'", 'z: "q"', "\nw: ", "\nv: x", "\nu: [x]", "\nt: 'a'  # c", "\n# c\n", "\n \n", "1.5", "(x)",
)  # fmt: skip


@given(st.lists(st.sampled_from(ATOMS), max_size=14).map("".join), st.sampled_from(("", "k: ", "a: x\nk: ")))
@settings(max_examples=1500, deadline=None)
def test_any_text_is_read_as_yaml_reads_it(text: str, before: str) -> None:
    found = plain_fields(before + text, SHIFT, LINE)
    assert found is None or found == by_yaml(before + text)
    values, seen = plain_values(before + text), by_yaml(before + text)
    assert values is not None or found is None
    assert values is None or (seen is not None and values == {field.key: field.value for field in seen})


@given(cards())
@settings(max_examples=200, deadline=None)
def test_any_card_is_the_same_document(card: CardText) -> None:
    found = parse_document(card.data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cardfile, "plain_fields", lambda *_where: None)
        assert found == parse_document(card.data)


def test_the_fields_come_in_the_kinds_that_others_expect() -> None:
    found = plain_fields("a: x\nb: [y]\n", SHIFT, LINE)
    assert found is not None
    assert [type(field) for field in found] == [RawField, RawField]
    assert found[1].items[0] == plain_lines.Span(3, 5, 13, 14)


@given(cards(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_a_card_that_is_looked_at_equals_one_that_is_read_whole(card: CardText, looked_at: bool) -> None:
    file = BoardFile("offre/a.md", card.data, blob="1")
    whole = read_card(file, "a", "offre", CONFIG, anchor=TODAY, whole=True)
    found = read_card(file, "a", "offre", CONFIG, anchor=TODAY)
    if looked_at:
        for name in ("title", "values", "readable", "problems", "body", "text", "data", "block", "raw", "body_line"):
            assert getattr(found, name) == getattr(whole, name), name
    assert found == whole


PLAIN = "---\ntitle: Deal\naccount: ACME\namount: 28 k€\ntags: [a, b]\nowner:\n---\n# Notes\n\n- x\n"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (PLAIN, True),
        (PLAIN.replace("amount: 28 k€", "amount: many"), True),
        (PLAIN.replace("title: Deal\n", ""), True),
        (PLAIN.replace("title: Deal\n", "").replace("#", "-"), True),
        (PLAIN.replace("\n", "\r\n"), False),
        (PLAIN.replace("- x", "- x\tand\u00a0y"), True),
        (PLAIN.replace("- x", "- x\u200b"), False),
        (PLAIN.replace("- x", "<<<<<<< HEAD"), False),
        (PLAIN.replace("---\n#", "--- \n#"), False),
        (PLAIN.replace("---\n#", "----\n#"), False),
        ("---\n---\n", True),
        ("---\naccount: ACME\n---", True),
        ("---\naccount: ACME\n", False),
        ("\ufeff" + PLAIN, False),
        ("\n" + PLAIN, False),
        (PLAIN + "x" * 300_000, False),
    ],
)
def test_what_a_look_tells_is_what_is_written(text: str, plain: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    file = BoardFile("offre/a.md", text.encode())
    whole = read_card(file, "a", "offre", CONFIG, anchor=TODAY, whole=True)
    monkeypatch.setattr(cardfile, "parse_document", lambda _data: pytest.fail("read whole"))
    if not plain:
        with pytest.raises(pytest.fail.Exception):
            read_card(file, "a", "offre", CONFIG, anchor=TODAY)
        return
    found = read_card(file, "a", "offre", CONFIG, anchor=TODAY).placed("b", "gagne", "gagne/b.md")
    assert (found.id, found.column, found.path, found.title) == ("b", "gagne", "gagne/b.md", whole.title)
    assert (found.account, found.amount, found.tags, found.block) == (whole.account, whole.amount, whole.tags, None)
    assert (found.body, found.text, dict(found.values)) == (whole.body, whole.text, whole.values)
    assert [found.has(key) for key in ("title", "owner", "none")] == [
        whole.has(key) for key in ("title", "owner", "none")
    ]
    assert [found.get(key) for key in ("tags", "owner", "none")] == [
        whole.get(key) for key in ("tags", "owner", "none")
    ]
    if whole.problems:
        with pytest.raises(pytest.fail.Exception):
            found.problems  # noqa: B018 - a problem has a place
    else:
        assert found.problems == ()
