"""YAML read as text: nothing is guessed, everything has its place, nothing kills the process."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban.model.text.front import composing as yamltext
from kanban.model.text.front.yaml_nodes import Mapping, Scalar, Sequence
from kanban.model.text.front.yaml_text import read_yaml
from kanban.model.text.problem import line_and_column, line_at
from tests.model.card_texts import CardText, cards, soup


def plain(node: object) -> object:
    """The tree as dicts, lists and texts."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.pairs}
    return None


_GUESSED = (
    "NO no Off on y yes TRUE null Null ~ 012 0o14 0x1F 0b11 12:30 190:20:30 1_000 1.10 1e3 -0 +4930123 .5 .nan .inf -.INF "
    "2026-10-12 2026-02-30 2026-13-45 2026-10-12T10:00 2026-10-12T10:00:00+99:99 = << 1,000 28k 40% 12/10 00:00 0123456789 "
    "123456789012345678901234567890 1e400 1__0 0. 4e 0x"
)


@pytest.mark.parametrize("typed", _GUESSED.split())
def test_a_value_stays_the_characters_that_were_typed(typed: str) -> None:
    root, problems = read_yaml(f"key: {typed}\nlist: [{typed.replace(',', '')}]\n")
    assert problems == ()
    assert plain(root) == {"key": typed, "list": [typed.replace(",", "")]}


REFUSED = [
    # text | line, column, code
    ("a: 1\nb: &x 2\n", (2, 4, "yaml-alias")),
    ("a: *x\n", (1, 4, "yaml-alias")),
    ("a: !!int 2\n", (1, 4, "yaml-tag")),
    ("a: !mine 2\n", (1, 4, "yaml-tag")),
    ("! a: 2\n", (1, 1, "yaml-tag")),
    ("a: 1\nb: 2\na: 3\n", (3, 1, "yaml-duplicate-key")),
    ("a: {x: 1, x: 2}\n", (1, 11, "yaml-duplicate-key")),
    ("[a]: 1\n", (1, 1, "yaml-key")),
    ("a: 1\n--- b\n", (2, 1, "yaml-several-documents")),
    ("a: b: c\n", (1, 5, "yaml-syntax")),
    ("é: @x\n", (1, 4, "yaml-syntax")),
    ("a: 'b\nc: d\n", (1, 4, "yaml-syntax")),
    ("a: 1\nb: [1, 2\nc: 3\n", (2, 4, "yaml-syntax")),
    ("a: 1\njust text\nb: 2\n", (2, 1, "yaml-syntax")),
    ("a: 1\n\tb: 2\n", (2, 1, "yaml-syntax")),
    ("a: x\x07y\n", (1, 5, "yaml-syntax")),
    ("a: 'x\u2028\n  y'\nb: @\n", (3, 4, "yaml-syntax")),
    ("a: 'x\u2028\n  y'\nb: *z\n", (3, 4, "yaml-alias")),
    ("a: " + "[" * 30 + "]" * 30 + "\n", (1, 23, "yaml-too-deep")),
]


@pytest.mark.parametrize(("text", "expected"), REFUSED)
def test_what_plain_data_never_needs_is_a_problem_in_its_place(text: str, expected: tuple[int, int, str]) -> None:
    _, problems = read_yaml(text)
    assert [(one.line, one.column, one.code) for one in problems] == [expected]
    assert problems[0].message
    shifted = read_yaml(text, first_line=7)[1][0]
    assert (shifted.line, shifted.column) == (expected[0] + 6, expected[1])


WORDS = [
    # text | part of the message | part of the cure
    ("title: Foo: bar\n", "`title: Foo: bar` cannot be read: its value contains `: `", 'write `title: "Foo: bar"`'),
    ("owner: @ana\n", "a value cannot begin with `@`", 'write `owner: "@ana"`'),
    ("title: 'a': b\n", "", "double quotes"),
    ('c: "x": y\n', "", "double quotes"),
    ("a: 1\n b: 2\n", "continues the value of the line above", "without spaces"),
    ("a: 'x\n", "the quote that opens here is never closed", "closing quote"),
    ("a: [x\nb: 1\n", "the bracket that opens here is never closed", "closing bracket"),
    ("a: - b\n", "a list cannot begin on the line of its key", "[a, b]"),
    ("a:\n\tb: 1\n", "a tab begins the line", "spaces"),
    ('a: "\\q"\n', "`\\` has a meaning of its own", "single quotes"),
    ("a: 'x' y\n", "something stands after the value", "quotes"),
    ("a: | x\n", "open a block of text", 'write `a: "| x"`'),
    ("a: [b,, c]\n", "a comma or bracket stands where a value is due", "delete it, or put double quotes"),
    ("a: *\n", "a value cannot begin with `&` or `*`", 'write `a: "*"`'),
    ("a: ? b\n", "a value cannot begin with `?`", 'write `a: "? b"`'),
    ("  a: 1\nb: 2\n", "indented differently from the first field", "same column"),
    ("a: 1\na: 2\n", "`a` stands twice: first on line 1, again on line 2", "keep one"),
]


@pytest.mark.parametrize(("text", "message", "cure"), WORDS)
def test_the_parsers_complaint_is_said_in_the_cards_words(text: str, message: str, cure: str) -> None:
    problem = read_yaml(text)[1][0]
    assert message in problem.message
    assert cure in problem.cure


def test_the_first_of_two_equal_keys_counts() -> None:
    root, problems = read_yaml("a: 1\nb: 2\na: 3\n")
    assert plain(root) == {"a": "1", "b": "2"}
    assert problems[0].key == "a"


def test_nothing_at_all_is_no_problem() -> None:
    assert read_yaml("") == (None, ())
    assert read_yaml("# only a comment\n\n") == (None, ())


@pytest.mark.parametrize("opener", ["[", "{a: ", "- ", "? ", "[{a: ", "a:\n  - "])
@pytest.mark.parametrize("depth", [25_000, 1_000_000])
def test_deep_nesting_is_a_problem_and_no_signal(opener: str, depth: int) -> None:
    root, problems = read_yaml(opener * depth)
    assert root is None
    assert [one.code for one in problems] in (["yaml-too-deep"], ["yaml-syntax"])


def test_too_many_values_are_refused() -> None:
    _, problems = read_yaml("- x\n" * (yamltext.MAX_NODES + 1))
    assert [one.code for one in problems] == ["yaml-too-deep"]


BILLION = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(8)
)
MERGES = "a0: &a0 {x: 1}\n" + "".join(f"a{n + 1}: &a{n + 1}\n  <<: [{','.join([f'*a{n}'] * 9)}]\n" for n in range(7))


@pytest.mark.parametrize("bomb", [BILLION, MERGES])
def test_alias_bombs_stop_at_the_first_anchor(bomb: str) -> None:
    root, problems = read_yaml(bomb)
    assert root is None
    assert [one.code for one in problems] == ["yaml-alias"]


@given(soup)
@settings(max_examples=400, deadline=None)
def test_no_text_raises_and_every_problem_has_a_place_in_it(text: str) -> None:
    _, problems = read_yaml(text)
    last = line_and_column(text, len(text))[0]
    for problem in problems:
        assert 1 <= problem.line <= last
        assert problem.column >= 1
        assert problem.message
        assert problem.code.startswith("yaml-")


@given(st.one_of(cards().map(lambda card: "".join(lines for _, lines in card.entries)), soup))
@settings(max_examples=300, deadline=None)
def test_values_are_those_of_yamls_own_text_only_loader(text: str) -> None:
    root, problems = read_yaml(text)
    if problems or root is None:
        return
    assert plain(root) == yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - builds texts, lists and dicts only


@given(cards())
@settings(max_examples=150, deadline=None)
def test_a_value_stands_where_its_place_says(card: CardText) -> None:
    text = "".join(lines for _, lines in card.entries)
    root, _ = read_yaml(text)
    for key, node in root.pairs if isinstance(root, Mapping) else ():
        assert text[key.start : key.end] == key.text
        assert (key.line, key.column) == line_and_column(text, key.start)
        assert (node.line, node.column) == line_and_column(text, node.start)
        if isinstance(node, Scalar) and not node.style and "\n" not in text[node.start : node.end].replace("\r", "\n"):
            assert text[node.start : node.end] == node.text
            assert node.text in line_at(text, node.start)


def _without_libyaml(monkeypatch: pytest.MonkeyPatch, text: str) -> tuple[object, list[tuple[int, int, str]]]:
    with monkeypatch.context() as patch:
        patch.setattr(yamltext, "_PARSER", yaml.BaseLoader)
        root, problems = read_yaml(text)
    return root, [(one.line, one.column, one.code) for one in problems]


@pytest.mark.parametrize("text", [text for text, _ in REFUSED] + ["a: 1\nb: [x, 'y']\nc:\n  - |\n    t\n  - ~\n"])
def test_without_the_c_library_the_answer_is_the_same(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    root, problems = read_yaml(text)
    slow, slow_problems = _without_libyaml(monkeypatch, text)
    assert plain(slow) == plain(root)
    assert [one[2] for one in slow_problems] == [one.code for one in problems]
    if "yaml-syntax" not in {one.code for one in problems}:
        assert slow == root
