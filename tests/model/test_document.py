"""Reading a card file as text: fields, body and every problem in its place; never an exception."""

from __future__ import annotations

import re
from pathlib import Path

import frontmatter
import pytest
import yaml
from frontmatter.default_handlers import YAMLHandler
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban.model.text import cardfile as document_module
from kanban.model.text.cardfile import Document, document_title, parse_document
from kanban.model.text.problem import line_and_column
from tests.model.card_texts import CardText, bodies, cards, soup

BOM = b"\xef\xbb\xbf"


def found(data: bytes) -> list[tuple[int, int, str]]:
    return [(problem.line, problem.column, problem.code) for problem in parse_document(data).problems]


def values(document: Document) -> dict[str, str | tuple[str, ...]]:
    return {field.key: field.value for field in document.fields}


PROBLEMS = [
    # file | problems | the fields that can still be shown
    (b"", [(1, 1, "no-front-matter")], {}),
    (b"# Just text\n", [(1, 1, "no-front-matter")], {}),
    (b"\n\n---\na: 1\n---\n", [(3, 1, "front-matter-not-first")], {"a": "1"}),
    (b"---\na: 1\nb: 2\n", [(1, 1, "unclosed-front-matter")], {"a": "1", "b": "2"}),
    (b"---\na: 1\n\n# Body\nb: 2\n", [(1, 1, "unclosed-front-matter")], {"a": "1"}),
    (b"---\na: 1\n-----\nb: 2\n", [(1, 1, "unclosed-front-matter")], {"a": "1"}),
    (b"---", [(1, 1, "unclosed-front-matter")], {}),
    (b"----\na: 1\n----\nb: 2\n", [(1, 1, "no-front-matter")], {"a": "1"}),
    (b" ---\na: 1\n---\n", [(1, 1, "no-front-matter")], {"a": "1"}),
    (BOM + BOM + b"---\na: 1\n---\n", [(1, 1, "bom"), (1, 1, "control-character"), (1, 1, "no-front-matter")], {"a": "1"}),
    ("—\na: 1\n—\n".encode(), [(1, 1, "no-front-matter")], {"a": "1"}),
    (b"---\n- a\n- b\n---\n", [(2, 1, "front-matter-not-mapping")], {}),
    (b"---\njust a text\n---\n", [(2, 1, "front-matter-not-mapping")], {}),
    (b'---\n{"a": 1}\n---\n', [(2, 1, "foreign-front-matter")], {"a": "1"}),
    (b'{\n"a": 1\n}\n', [(1, 1, "foreign-front-matter")], {}),
    (b'{"a": 1}\n', [(1, 1, "foreign-front-matter")], {}),
    (b"+++\na = 1\n+++\n", [(1, 1, "foreign-front-matter")], {}),
    (b';;;\n"a": 1\n;;;\n', [(1, 1, "foreign-front-matter")], {}),
    (b"--- toml\na = 1\n---\n", [(1, 1, "foreign-front-matter")], {}),
    (b"---\nn: |\n  a\n---\n  b\n---\n", [(4, 1, "front-matter-cut")], {"n": "a\n"}),
    (b"---\nn: >\n---\nb\n---\n", [(3, 1, "front-matter-cut")], {"n": ""}),
    (b"---\na: {b: 1}\nc: 2\n---\n", [(2, 4, "nested-value")], {"c": "2"}),
    (b"---\na:\n  b: 1\nc: 2\n---\n", [(3, 3, "nested-value")], {"c": "2"}),
    (b"---\na: [x, [y]]\nc: 2\n---\n", [(2, 8, "nested-value")], {"c": "2"}),
    (b"---\na:\n  - x: 1\nc: 2\n---\n", [(3, 5, "nested-value")], {"c": "2"}),
    (b"---\n2024: 1\n~: 2\n'': 3\nb: 4\n---\n", [(2, 1, "bad-key"), (3, 1, "bad-key"), (4, 1, "bad-key")], {"b": "4"}),
    ("---\nsociété: ACME\n---\n".encode(), [(2, 1, "bad-key")], {}),
    (b"---\na b: 1\n---\n", [(2, 1, "bad-key")], {}),
    (b"---\n<<: {a: 1}\n---\n", [(2, 1, "bad-key")], {}),
    (b"---\na: 1\nb: 2\na: 3\n---\n", [(4, 1, "yaml-duplicate-key")], {"a": "1", "b": "2"}),
    (b"---\na: 1\nt: Foo: bar\nb: 2\n---\n", [(3, 7, "yaml-syntax")], {"a": "1", "t": "Foo: bar", "b": "2"}),
    (b"---\na: @ana\nb: [x, y]\n---\n", [(2, 4, "yaml-syntax")], {"a": "@ana", "b": ("x", "y")}),
    (b"---\na: 1\nwhat is this\nb: 2\n---\n", [(3, 1, "yaml-syntax")], {"a": "1", "b": "2"}),
    (b'---\na: "x\nb: 2\n---\n', [(2, 4, "yaml-syntax")], {"b": "2"}),
    (b"---\na: 1\nb: &x 2\nc:\n- z\n---\n", [(3, 4, "yaml-alias")], {"a": "1", "c": ("z",)}),
    (b"---\na: 1\nb: !!int 2\n---\n", [(3, 4, "yaml-tag")], {"a": "1"}),
    (b"---\n? [a]\n: 1\nb: 2\n---\n", [(2, 3, "yaml-key")], {"b": "2"}),
    (b"---\na: 1\n--- x\nb: 2\n---\n", [(3, 1, "yaml-several-documents")], {"a": "1", "b": "2"}),
    (b"---\na: 1\nb: " + b"[" * 999 + b"\n---\n", [(3, 23, "yaml-too-deep")], {"a": "1"}),
    (BOM + b"---\r\na: 1\r\n---\r\n", [(1, 1, "bom")], {"a": "1"}),
    (b"---\r\na: 1\nb: 2\r\n---\r\n", [(2, 5, "mixed-newlines")], {"a": "1", "b": "2"}),
    (b"---\na: 1\r\n---\n", [(2, 5, "mixed-newlines")], {"a": "1"}),
    (b"---\ra: 1\r---\rbody", [(1, 4, "carriage-return")], {"a": "1"}),
    (b"---\na: 1\n---\nx\ry\n", [(4, 2, "carriage-return")], {"a": "1"}),
    (b"---\na: \xe9t\xe9\nb: 2\n---\n", [(2, 4, "other-encoding")], {"a": "été", "b": "2"}),
    (b"---\na: \x98t\x98\nb: 2\n---\n", [(2, 4, "not-utf8")], {"a": "\ufffdt\ufffd", "b": "2"}),
    (b"---\nb: 2\n---\nbody \x98\n", [(4, 6, "not-utf8")], {"b": "2"}),
    ("---\na: é\n---\n".encode("utf-16"), [(1, 1, "other-encoding")], {"a": "é"}),
    (b"---\na: x\0y\nb: 2\n---\n", [(2, 5, "binary")], {"a": "x\ufffdy", "b": "2"}),
    (b"---\nb: 2\n---\n\0\n\0\n", [(4, 1, "binary")], {"b": "2"}),
    (b"\x89PNG\r\n\x1a\n\0\0\0", [(1, 1, "binary"), (1, 1, "no-front-matter")], {}),
    (b"---\na: x\x07y\nb: 2\n---\n", [(2, 5, "control-character")], {"a": "x\ufffdy", "b": "2"}),
    ("---\na: x\u202ey\n---\n\u200b\n".encode(), [(2, 5, "control-character"), (4, 1, "control-character")], {"a": "x\u202ey"}),
    (b'---\na: "x\\u202ey"\nb: ["\\x07"]\n---\n', [(2, 4, "control-character"), (3, 5, "control-character")],
     {"a": "x\u202ey", "b": ("\x07",)}),
    (b"---\na: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\nc: 4\n---\n",
     [(3, 1, "conflict-marker"), (5, 1, "conflict-marker"), (7, 1, "conflict-marker")], {"a": "1", "b": "2", "c": "4"}),
    (b"<<<<<<< HEAD\n---\na: 1\n---\n=======\n---\na: 2\n---\n>>>>>>> x\n",
     [(1, 1, "conflict-marker"), (5, 1, "conflict-marker"), (9, 1, "conflict-marker")], {"a": "1"}),
    (b"---\na: 1\n---\n<<<<<<<< x\nb\n|||||||| y\n========\nc\n>>>>>>>> z\n",
     [(4, 1, "conflict-marker"), (6, 1, "conflict-marker"), (7, 1, "conflict-marker"), (9, 1, "conflict-marker")], {"a": "1"}),
    (b"---\na: 1\n---\n>>>>>>> left over\n", [(4, 1, "conflict-marker")], {"a": "1"}),
    (b"---\na: 1\n---\n>>>>>>> x\nTitle\n=======\n", [(4, 1, "conflict-marker")], {"a": "1"}),
    (b"---\na: 1\n=======\n---\n", [(3, 1, "conflict-marker")], {"a": "1"}),
]  # fmt: skip


@pytest.mark.parametrize(("data", "problems", "fields"), PROBLEMS)
def test_every_problem_has_its_place_and_the_rest_is_still_read(
    data: bytes, problems: list[tuple[int, int, str]], fields: dict[str, str | tuple[str, ...]]
) -> None:
    document = parse_document(data)
    assert sorted(found(data)) == sorted(problems)
    assert values(document) == fields
    for problem in document.problems:
        assert problem.message
        assert problem.cure


READABLE = {
    "no-front-matter", "front-matter-not-first", "front-matter-cut", "nested-value", "bad-key", "bom", "mixed-newlines",
    "carriage-return", "control-character", "conflict-marker", "binary",
}  # fmt: skip


@pytest.mark.parametrize(("data", "problems"), [(data, problems) for data, problems, _ in PROBLEMS])
def test_a_card_that_cannot_be_read_whole_says_so(data: bytes, problems: list[tuple[int, int, str]]) -> None:
    document = parse_document(data)
    if {code for _, _, code in problems} - READABLE:
        assert not document.readable
    elif document.readable:
        assert document.text.encode() == data.removeprefix(BOM)
    else:
        inside = range(1, document.body_line)
        assert any(line in inside or code == "no-front-matter" for line, _, code in problems)


def test_the_table_of_codes_is_complete_and_each_one_occurs() -> None:
    documented = set(re.findall(r"^\| `([a-z0-9-]+)`", document_module.__doc__ or "", re.MULTILINE))
    occurring = {code for _, problems, _ in PROBLEMS for _, _, code in problems} | {"too-large"}
    assert documented == occurring


CLEAN = [
    b"---\n---\n",
    b"---\na: 1\n---",
    b"---   \na: 1\n---\t\nbody",
    b"---\n# only a comment\n---\n",
    b"---\na: 1\n---\n\nA heading\n=======\n\nAnother\n-------\n",
    b"---\na: 1\n---\n---\nmore\n---\n",
    b"---\nn: |\n  a\n\n---\nbody\n\n---\n",
    "---\na: 28\u00a0k€ — « été » 👩\u200d💻 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f ✅\n---\n".encode(),
    "---\na: नमस्\u200dते می\u200cخواهم\n---\n".encode(),
    b"---\na: a---b\nb: '--- x'\n---\n",
    b"---\na: 1\n---\n<<<<<< six\n>>>>>> six\n",
    b"---\na: 1\n---\n<<<<<<<no space\n",
]


@pytest.mark.parametrize("data", CLEAN)
def test_what_is_right_is_not_complained_about(data: bytes) -> None:
    document = parse_document(data)
    assert document.problems == ()
    assert document.readable


def test_too_large_a_file_is_read_in_part_only() -> None:
    data = b"---\naccount: ACME\n---\n" + b"x" * (256 * 1024)
    document = parse_document(data)
    assert found(data) == [(1, 1, "too-large")]
    assert values(document) == {"account": "ACME"}
    assert not document.readable
    exactly = data[: 256 * 1024]
    assert found(exactly) == []
    split = b"---\naccount: ACME\n---\nx" + "é".encode() * (128 * 1024)
    assert found(split) == [(1, 1, "too-large")]


def test_too_large_a_front_matter_is_read_in_part_only() -> None:
    lines = b"".join(b"k%d: %s\n" % (n, b"x" * 60) for n in range(1200))
    data = b"---\naccount: ACME\n" + lines + b"---\n"
    document = parse_document(data)
    assert found(data) == [(2, 1, "too-large")]
    assert values(document)["account"] == "ACME"
    assert not document.readable


def test_values_stay_the_text_that_was_typed() -> None:
    document = parse_document(
        b"---\nowner: NO\namount: 012\ntime: 12:30\ntags: [on, 'off', ~]\nempty:\nnothing: ~\nnull: null\nq: 'null'\n---\nBody\n"
    )
    assert values(document) == {
        "owner": "NO",
        "amount": "012",
        "time": "12:30",
        "tags": ("on", "off", ""),
        "empty": "",
        "nothing": "",
        "null": "",
        "q": "null",
    }
    assert (document.body, document.body_line, document.readable, document.problems) == ("Body\n", 11, True, ())


def test_keys_that_break_other_readers_are_ordinary() -> None:
    keys = ("content", "handler", "self", "no", "encoding", "metadata", "text", "__class__"[2:-2])
    document = parse_document(b"---\n" + b"".join(f"{key}: 1\n".encode() for key in keys) + b"---\n")
    assert values(document) == dict.fromkeys(keys, "1")
    assert document.problems == ()


def test_a_field_knows_where_it_stands() -> None:
    data = (
        BOM
        + "---\r\na: é\r\nb:   'x'  # c\r\nc:\r\nd: [u, \"v\"]\r\ne:\r\n  - w\r\n  -\r\nf: |\r\n  t\r\n---\r\nbody".encode()
    )
    document = parse_document(data)
    assert document.bom
    assert document.newline == "\r\n"
    places = [(field.key, field.key_line, field.line, field.column, field.style) for field in document.fields]
    assert places == [
        ("a", 2, 2, 4, ""),
        ("b", 3, 3, 6, "'"),
        ("c", 4, 4, 3, ""),
        ("d", 5, 5, 4, "["),
        ("e", 6, 7, 3, "-"),
        ("f", 9, 9, 4, "|"),
    ]
    shown = [document.text[field.start : field.end] for field in document.fields]
    assert shown[:4] == ["é", "'x'", "", '[u, "v"]']
    assert [field.quoted for field in document.fields] == [False, True, False, False, False, False]
    d, e = document.get("d"), document.get("e")
    assert d is not None
    assert e is not None
    assert [(item.line, item.column) for item in d.items] == [(5, 5), (5, 8)]
    assert [document.text[item.start : item.end] for item in (*d.items, *e.items)] == ["u", '"v"', "w", ""]
    assert d.is_list
    assert d.text == "u, v"
    assert document.text[slice(*document.front)].startswith("---\r\na")
    assert document.text[slice(*document.inside)] == document.text[5 : -len("---\r\nbody")]
    assert (document.body, document.body_line) == ("body", 12)


def test_a_problem_far_down_has_the_files_line() -> None:
    data = b"---\r\n" + b"# c\r\n" * 40 + b"a: b: c\r\n---\r\n"
    assert found(data) == [(42, 5, "yaml-syntax")]


def test_a_message_shows_the_words_of_the_card() -> None:
    latin = parse_document("---\naccount: Société Générale\n---\n".encode("cp1252")).problems[0]
    assert "Société Générale" in latin.message
    utf16 = parse_document("---\na: 1\n---\n".encode("utf-16")).problems[0]
    assert "UTF-16" in utf16.message
    hidden = parse_document("---\na: x\u200by\n---\n".encode()).problems[0]
    assert "U+200B ZERO WIDTH SPACE" in hidden.message
    near = parse_document(b"---\na: 1\n-----\nbody\n").problems[0]
    assert "`-----`" in near.cure
    assert "line 3" in near.cure


def test_a_hostile_file_gets_a_bounded_answer() -> None:
    assert len(parse_document(b"\x01\n" * 1000).problems) <= 60
    assert len(parse_document(b"<<<<<<< \n" * 1000).problems) <= 60
    assert parse_document(b"---\na: " + b"[" * 1_000_000 + b"\n---\n").problems[0].code == "too-large"


TITLES = [
    # front matter and body | title
    ("title: Demo\n---\n# Other\n", "Demo"),
    ("title:\n---\n# Heading\n", "Heading"),
    ("title: [a, b]\n---\n", "a, b"),
    ("a: 1\n---\ntext\n\n#  ACME SAS ##  \n", "ACME SAS"),
    ("a: 1\n---\n## Second level\n# First\n", "First"),
    ("a: 1\n---\n```\n# code\n```\n# Real\n", "Real"),
    ("a: 1\n---\n~~~md\n# code\n```\n~~~\n# Real\n", "Real"),
    ("a: 1\n---\n<!--\n# hidden\n-->\n# Real\n", "Real"),
    ("a: 1\n---\n    # code\n\n# Real\n", "Real"),
    ("a: 1\n---\nUnderlined\n==========\n", "Underlined"),
    ("a: 1\n---\n#no space\n", ""),
    ("a: 1\n---\n# C#\n", "C#"),
    ("a: 1\n---\n#\n", ""),
    ("a: 1\n---\n", ""),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("card", "title"), TITLES)
def test_the_title_is_the_field_or_the_first_heading(card: str, title: str, newline: str) -> None:
    assert document_title(parse_document(("---\n" + card).replace("\n", newline).encode())) == title


def test_the_example_board_has_no_problems() -> None:
    cards = sorted(Path(__file__).parents[2].glob("example-board/*/*.md"))
    read = [parse_document(card.read_bytes()) for card in cards if card.name != "README.md"]
    assert len(read) > 20
    assert [document.problems for document in read if document.problems and document.get("title")] == []


def _hold(data: bytes, document: Document) -> None:
    """What holds for any bytes whatever."""
    last = line_and_column(document.text, len(document.text))[0]
    for problem in document.problems:
        assert 1 <= problem.line <= last
        assert problem.column >= 1
        assert problem.message
        assert problem.cure
    assert list(document.problems) == sorted(document.problems)
    assert document.text[document.front[1] :] == document.body
    assert line_and_column(document.text, document.front[1])[0] == document.body_line
    if document.readable:
        assert document.text.encode() == (data[3:] if document.bom else data)
    keys = [field.key for field in document.fields]
    assert len(set(keys)) == len(keys)
    document_title(document)


@given(st.one_of(st.binary(max_size=200), st.binary(max_size=80).map(lambda data: b"---\n" + data + b"\n---\n")))
@settings(max_examples=300, deadline=None)
def test_no_bytes_raise(data: bytes) -> None:
    _hold(data, parse_document(data))


@given(soup, soup, st.sampled_from(("utf-8", "utf-8-sig", "cp1252", "utf-16")))
@settings(max_examples=500, deadline=None)
def test_no_token_soup_raises(front: str, body: str, encoding: str) -> None:
    data = f"---\n{front}\n---\n{body}".encode(encoding, "replace")
    _hold(data, parse_document(data))


@given(cards())
@settings(max_examples=200, deadline=None)
def test_values_and_body_are_those_that_python_frontmatter_splits(card: CardText) -> None:
    document = parse_document(card.data)
    if not document.readable:
        return

    class TextOnly(YAMLHandler):
        def load(self, fm: str, **_: object) -> object:
            return yaml.load(fm, Loader=yaml.CBaseLoader)  # noqa: S506 - builds texts, lists and dicts only

    text = re.sub(r"\r\n?", "\n", document.text)
    metadata, body = frontmatter.parse(text, handler=TextOnly())
    if not metadata or "---" in document.body:
        return
    told = {key: [*value] if isinstance(value, tuple) else value for key, value in values(document).items()}
    assert told == {key: _without_null(key, value, document) for key, value in metadata.items()}
    assert re.sub(r"\r\n?", "\n", document.body).strip() == body


def _without_null(key: str, value: str | list[str], document: Document) -> str | list[str]:
    field = document.get(key)
    return "" if field is not None and not field.style and value in ("~", "null") else value


@given(cards(), bodies)
@settings(max_examples=100, deadline=None)
def test_what_follows_the_front_matter_does_not_change_what_is_read(card: CardText, lines: list[str]) -> None:
    document = parse_document(card.data)
    longer = parse_document(card.data + ("\n" + "\n".join(lines)).encode())
    if "front-matter-cut" not in {problem.code for problem in (*document.problems, *longer.problems)}:
        assert longer.fields == document.fields
