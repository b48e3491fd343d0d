"""Changing one field: that field's lines change, and nothing else in the file."""

from __future__ import annotations

import os
import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from kanban.errors import EditConflict
from kanban.model.text.cardfile import RawField, parse_document
from kanban.model.text.edit.splice import add_to_list, new_document, remove_field, remove_from_list, set_field
from tests.model.card_texts import AWKWARD, KEYS, CardText, cards, soup, texts, values

Value = str | tuple[str, ...]
# More examples for a nightly run: KANBAN_EXAMPLES=5000.
EXAMPLES = int(os.environ.get("KANBAN_EXAMPLES", "60"))


def held(data: bytes, key: str) -> RawField | None:
    return parse_document(data).get(key)


def others(data: bytes, key: str) -> list[tuple[str, Value]]:
    return [(field.key, field.value) for field in parse_document(data).fields if field.key != key]


def front(lines: str) -> bytes:
    return f"---\nz: 0\n{lines}y: 9\n---\nbody\n".encode()


CHANGES: list[tuple[str, Value, str]] = [
    # lines of the field `k` | new value | lines afterwards
    ("k: a\n", "b", "k: b\n"),
    ("k: a  # why\n", "b", "k: b  # why\n"),
    ("k:    a\n", "b", "k:    b\n"),
    ("k : a\n", "b", "k : b\n"),
    ("k: 'a'\n", "b", "k: 'b'\n"),
    ("k: 'a'  # why\n", "it's", "k: 'it''s'  # why\n"),
    ("k: 'a'\n", "b\nc", 'k: "b\\nc"\n'),
    ('k: "a"\n', "b", 'k: "b"\n'),
    ('k: "a" # why\n', 'say "b" \\ c', 'k: "say \\"b\\" \\\\ c" # why\n'),
    ("k: a\n", "b: c", 'k: "b: c"\n'),
    ("k: a\n", "# b", 'k: "# b"\n'),
    ("k: a\n", "b # c", 'k: "b # c"\n'),
    ("k: a\n", "b#c", "k: b#c\n"),
    ("k: a\n", "@ana", 'k: "@ana"\n'),
    ("k: a\n", "- b", 'k: "- b"\n'),
    ("k: a\n", "b ", 'k: "b "\n'),
    ("k: a\n", "b\n", 'k: "b\\n"\n'),
    ("k: a\n", "b\tc", "k: b\tc\n"),
    ("k: a\n", "", "k:\n"),
    ("k: a  # why\n", "", "k:   # why\n"),
    ("k: 'a'\n", "", "k: ''\n"),
    ('k: "a"\n', "", 'k: ""\n'),
    ("k: a\n", "~", 'k: "~"\n'),
    ("k: a\n", "null", 'k: "null"\n'),
    ("k: a\n", "NO", "k: NO\n"),
    ("k: a\n", "012", "k: 012\n"),
    ("k: a\n", "2026-10-12T10:00", "k: 2026-10-12T10:00\n"),
    ("k: a\n", "28\u00a0k€ 😀 👩\u200d💻 é", "k: 28\u00a0k€ 😀 👩\u200d💻 é\n"),
    ("k: a\n", "x\u202ey", 'k: "x\\U0000202Ey"\n'),
    ("k: a\n", "x\x07\0y", 'k: "x\\x07\\0y"\n'),
    ("k:\n", "b", "k: b\n"),
    ("k: \n", "b", "k: b\n"),
    ("k:   # why\n", "b", "k: b   # why\n"),
    ("k: ~\n", "b", "k: b\n"),
    ("k: a\n  folded\n", "b", "k: b\n"),
    ("k:\n  a\n", "b", "k:\n  b\n"),
    ("k:\n  a\n", "", "k:\n"),
    ('k: "a\n  folded"  # why\n', "b", 'k: "b"  # why\n'),
    ("k: |\n    a\n    b\n\n", "c\nd\n", "k: |\n    c\n    d\n\n"),
    ("k: |  # why\n  a\n", "c\n\nd", "k: |-  # why\n  c\n\n  d\n"),
    ("k: |2-\n  a\n# after\n", "c\n", "k: |\n  c\n# after\n"),
    ("k: >\n  a\n  b\n", "c\nd\n", "k: >\n  c\n\n  d\n"),
    ("k: >-\n  a\n", "c", "k: >-\n  c\n"),
    ("k: |+\n  a\n\n", "c\n", "k: |\n  c\n"),
    ("k: |\n  a\n", " c", 'k: " c"\n'),
    ("k: |  # why\n  a\n", "c\n\n", 'k: "c\\n\\n"  # why\n'),
    ("k: |\n  a\n", "", "k:\n"),
    ("k: |\n", "c", "k: |-\n  c\n"),
    ("k: |\n  a\n", ("b", "c"), "k: [b, c]\n"),
    ("k: a\n", ("b", "c, d"), 'k: [b, "c, d"]\n'),
    ("k: a\n", (), "k: []\n"),
    ("k:  # why\n", ("b",), "k: [b]  # why\n"),
    ("k: [a, 'b', \"c\"]  # why\n", ("a", "b", "x"), "k: [a, 'b', \"x\"]  # why\n"),
    ("k: [a, 'b']\n", ("a", "b", "c"), "k: [a, 'b', c]\n"),
    ("k: [a,'b']\n", ("a", "b", "c"), "k: [a,'b',c]\n"),
    ("k: [ a , b ]\n", ("b",), "k: [ b ]\n"),
    ("k: [a, b, c]\n", ("a", "c"), "k: [a, c]\n"),
    ("k: [a, b, c]\n", ("a", "b"), "k: [a, b]\n"),
    ("k: [a, b]\n", ("x", "a", "b"), "k: [x, a, b]\n"),
    ("k: [a, b,]\n", ("a",), "k: [a,]\n"),
    ("k: [a, b]\n", (), "k: []\n"),
    ("k: []\n", ("a", "b"), "k: [a, b]\n"),
    ("k: [ ]\n", ("a",), "k: [a]\n"),
    ("k: [a, b]\n", "c", "k: c\n"),
    ("k: [a]\n", ("-", "?", "a]", ""), 'k: ["-", "?", "a]", ""]\n'),
    ("k: [\n  a,  # about a\n  b  # about b\n]\n", ("a",), "k: [\n  a,  # about a\n    # about b\n]\n"),
    ("k: [\n  a,\n  b,\n]\n", ("a", "b", "c"), "k: [\n  a,\n  b,\n  c,\n]\n"),
    ("k:\n  - a\n  - 'b'\n", ("a", "b", "c"), "k:\n  - a\n  - 'b'\n  - c\n"),
    ("k:\n- a\n- b\n", ("b",), "k:\n- b\n"),
    ("k:\n-   a  # why\n# between\n-   b\n", ("x", "b"), "k:\n-   x  # why\n# between\n-   b\n"),
    ("k:\n  - a\n  - b\n  - c\n", ("a", "c"), "k:\n  - a\n  - c\n"),
    ("k:\n  - a\n", ("x", "a"), "k:\n  - x\n  - a\n"),
    ("k:\n  - a\n", ("a", "b: c", "- d"), 'k:\n  - a\n  - "b: c"\n  - "- d"\n'),
    ("k:\n  -\n", ("x", "y"), "k:\n  - x\n  - y\n"),
    ("k:\n  - |\n    t\n  - b\n", ("u", "b"), "k:\n  - u\n  - b\n"),
    ("k:  # why\n  - a\n  - b\n", (), "k: []  # why\n"),
    ("k:\n  - a\n  - b\n", "c", "k: c\n"),
    ("k:\n  -\n    a\n", ("b",), "k: [b]\n"),
    ("'k': a\n", "b", "'k': b\n"),
]  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("before", "value", "after"), CHANGES)
def test_only_the_lines_of_the_field_change(before: str, value: Value, after: str, newline: str) -> None:
    data = front(before).replace(b"\n", newline.encode())
    expected = front(after).replace(b"\n", newline.encode())
    changed = set_field(data, "k", value)
    assert changed.decode() == expected.decode()
    field = held(changed, "k")
    assert field is not None
    assert field.value == value
    assert set_field(changed, "k", value) is changed


WHOLE = [
    # file | key | value | file afterwards
    (b"---\na: 1\n---\n", "b", "2", b"---\na: 1\nb: 2\n---\n"),
    (b"---\na: 1\n---", "b", ("x", "y"), b"---\na: 1\nb: [x, y]\n---"),
    (b"---\n---\n", "b", "", b"---\nb:\n---\n"),
    (b"\xef\xbb\xbf---\r\na: 1\r\n---\r\nbody", "b", "2", b"\xef\xbb\xbf---\r\na: 1\r\nb: 2\r\n---\r\nbody"),
    (b"---\n  a: 1\n---\n", "b", "2", b"---\n  a: 1\n  b: 2\n---\n"),
    (b"---\na: 1\n# last\n---\n", "b", "2", b"---\na: 1\n# last\nb: 2\n---\n"),
    (b"---\na: |+\n  x\n\n---\n", "b", "2", b"---\na: |+\n  x\n\nb: 2\n---\n"),
    (b"---\na: 1\r\n---\nx\n", "b", "2", b"---\na: 1\r\nb: 2\r\n---\nx\n"),
    (b"\n---\na: 1\n---\n", "b", "2", b"\n---\na: 1\nb: 2\n---\n"),
    (b"# Text\n", "b", "2", b"---\nb: 2\n---\n# Text\n"),
    (b"# Text\r\nmore", "b", "x: y", b'---\r\nb: "x: y"\r\n---\r\n# Text\r\nmore'),
    (b"\xef\xbb\xbftext", "b", "2", b"\xef\xbb\xbf---\nb: 2\n---\ntext"),
    (b"", "b", "2", b"---\nb: 2\n---\n"),
    (
        b"---\na: {x: 1}\nsoci\xc3\xa9t\xc3\xa9: y\n---\n",
        "b",
        "2",
        b"---\na: {x: 1}\nsoci\xc3\xa9t\xc3\xa9: y\nb: 2\n---\n",
    ),
]


@pytest.mark.parametrize(("data", "key", "value", "expected"), WHOLE)
def test_a_new_field_is_the_last_line_of_the_front_matter(data: bytes, key: str, value: Value, expected: bytes) -> None:
    assert set_field(data, key, value) == expected


REMOVALS = [
    # lines of the field `k` | what stays of them
    ("k: a  # why\n", ""),
    ("# above\nk: a\n# below\n", "# above\n# below\n"),
    ("k:\n", ""),
    ("k: [a,\n  b]\n", ""),
    ("k:\n  - a\n  - b\n", ""),
    ("k:\n- a\n# below\n", "# below\n"),
    ("k: |\n  a\n\n  b\n", ""),
    ("k: |+\n  a\n\n", ""),
    ("k: >\n  a\n\n# below\n", "\n# below\n"),
    ("k: a\n  b\n", ""),
    ("k: 'a\n  b'\n", ""),
    ("k:\n  - |\n    t\n", ""),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("lines", "left"), REMOVALS)
def test_removing_a_field_takes_its_lines(lines: str, left: str, newline: str) -> None:
    data = front(lines).replace(b"\n", newline.encode())
    removed = remove_field(data, "k")
    assert removed.decode() == front(left).decode().replace("\n", newline)
    assert remove_field(removed, "k") is removed


def test_the_empty_lines_above_are_not_lengthened_by_a_removal() -> None:
    data = b"---\na: |+\n  x\n\nk: 1\n\nb: 2\n---\n"
    assert remove_field(data, "k") == b"---\na: |+\n  x\n\nb: 2\n---\n"


def test_items_are_added_and_removed_where_they_stand() -> None:
    data = b"---\ntags: [a, 'b']  # why\n---\n"
    added = add_to_list(data, "tags", "c d")
    assert added == b"---\ntags: [a, 'b', c d]  # why\n---\n"
    assert add_to_list(added, "tags", "b") is added
    assert remove_from_list(added, "tags", "c d") == data
    assert remove_from_list(data, "tags", "zzz") is data
    assert add_to_list(b"---\n---\n", "tags", "a") == b"---\ntags: [a]\n---\n"
    assert add_to_list(b"---\ntags:\n---\n", "tags", "a") == b"---\ntags: [a]\n---\n"
    assert add_to_list(b"---\ntags: a\n---\n", "tags", "b") == b"---\ntags: [a, b]\n---\n"
    assert remove_from_list(b"---\ntags: a\n---\n", "tags", "a") == b"---\ntags: []\n---\n"
    assert remove_from_list(b"---\ntags: [a, b, a]\n---\n", "tags", "a") == b"---\ntags: [b]\n---\n"
    assert remove_from_list(b"---\n---\n", "tags", "a") == b"---\n---\n"


REFUSED = [
    # file | key | value | part of the message | part of the cure
    (b"---\na: b: c\n---\n", "k", "1", "line 2: `a: b: c` cannot be read", 'write `a: "b: c"`'),
    (b"\xef\xbb\xbf---\na: 1\na: 2\n---\n", "a", "1", "line 3: `a` stands twice", "keep one"),
    (b"---\na: 1\n", "a", "2", "line 1", "`---`"),
    (b"---\na: \xe9\n---\n", "a", "2", "line 2", "UTF-8"),
    (b"---\na: x\0\n---\n", "a", "2", "line 2", "UTF-8"),
    (b"---\na: x\x07\n---\n", "a", "2", "line 2", "delete"),
    ("---\nb: x\u200b\na: x\x07\n---\n".encode(), "a", "2", "line 3", "delete"),
    (b"----\na: 1\n----\n", "a", "2", "line 1", "`---`"),
    (b"---\n<<<<<<< x\na: 1\n---\n", "a", "2", "line 2", "markers"),
    (b"---\n- a\n---\n", "a", "2", "line 2", "key: value"),
    (b"---\n{a: 1}\n---\n", "a", "2", "line 2", "key: value"),
    (b"+++\na = 1\n+++\n", "a", "2", "line 1", "key: value"),
    (b"x" * (256 * 1024 + 1), "a", "2", "line 1", "elsewhere"),
    (b"---\na: {b: 1}\n---\n", "a", "2", "line 2: `a` holds more", "field of its own"),
    (b"---\na: 1\n---\n", "né", "2", "cannot be the name of a field", "letters"),
    (b"---\na: 1\n---\n", "a b", "2", "cannot be the name of a field", "letters"),
    (b"---\na: 1\n---\n", "a:\nb", "2", "cannot be the name of a field", "letters"),
    (b"---\na: 1\n---\n", "a", "\ud800", "cannot be written", "not text"),
    (b"---\na: 1\n---\n", "a", ("\ud800",), "cannot be written", "not text"),
    (b"---\na: 1\n---\n", "a", "x" * 70_000, "larger than 64 KiB", "below"),
    (b"---\na: 1\n...\n---\n", "b", "x", "cannot be read", "column"),
]


@pytest.mark.parametrize(("data", "key", "value", "message", "cure"), REFUSED)
def test_what_cannot_be_done_safely_is_refused(data: bytes, key: str, value: Value, message: str, cure: str) -> None:
    with pytest.raises(EditConflict) as refused:
        set_field(data, key, value)
    said = refused.value.message.replace("the card cannot be edited safely: ", f"line {refused.value.line}: ")
    assert message in said
    assert cure in refused.value.cure
    assert refused.value.exit_code == 2


@pytest.mark.parametrize("data", [b"---\na: b: c\nk: 1\n---\n", b"---\nk: {a: 1}\n---\n"])
def test_removal_and_lists_refuse_the_same(data: bytes) -> None:
    with pytest.raises(EditConflict):
        remove_field(data, "k")
    with pytest.raises(EditConflict):
        add_to_list(data, "k", "x")


def test_a_card_with_an_invisible_character_elsewhere_can_be_edited() -> None:
    data = "---\na: x\u200by\nb: 1\n---\n\x07\n".encode()
    assert set_field(data, "b", "2") == data.replace(b"b: 1", b"b: 2")


def test_the_proof_refuses_an_edit_that_changes_something_else(monkeypatch: pytest.MonkeyPatch) -> None:
    from kanban.model.text.edit import splice

    data = b"---\na: 1\nb: 2\n---\nbody\n"
    for spoilt in (
        b"---\na: 9\nb: 3\n---\nbody\n",
        b"---\nb: 3\na: 1\n---\n",
        b"---\na: 1\nb: 2\n---\nbody\n",
        b"a: 1",
    ):
        monkeypatch.setattr(splice, "apply_edits", lambda *_, spoilt=spoilt: spoilt)
        with pytest.raises(EditConflict, match="`b` cannot be changed"):
            splice.set_field(data, "b", "3")


def test_a_fresh_card() -> None:
    fields: list[tuple[str, Value]] = [
        ("account", "ACME SAS"),
        ("title", "SSO: 2 intégrations"),
        ("tags", ("sso", "a, b")),
        ("amount", ""),
        ("dor", ()),
    ]
    data = new_document(fields, "## Notes\r\n\r\ntext\n\n\n")
    assert data.decode() == (
        '---\naccount: ACME SAS\ntitle: "SSO: 2 intégrations"\ntags: [sso, "a, b"]\namount:\ndor: []\n---\n'
        "\n## Notes\n\ntext\n"
    )
    assert new_document([], "") == b"---\n---\n"
    with pytest.raises(EditConflict):
        new_document([("a b", "x")], "")


@given(st.lists(st.tuples(st.sampled_from(KEYS), values), unique_by=lambda pair: pair[0]), texts)
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_fresh_card_reads_back(fields: list[tuple[str, Value]], body: str) -> None:
    document = parse_document(new_document(fields, body))
    assert document.readable
    assert [(field.key, field.value) for field in document.fields] == fields
    lines = re.sub(r"\r\n?", "\n", body).strip("\n")
    assert document.body == (f"\n{lines}\n" if lines else "")


@given(cards(), st.sampled_from((*KEYS, "new_key")), values)
@settings(max_examples=EXAMPLES * 4, deadline=None)
@example(CardText("---\n", (("tags", "tags:\n  -\n"),), "---\n", False), "tags", ("a", "b"))
@example(CardText("---\n", (("tags", "tags: [ a , b ]\n"),), "---\n", False), "tags", ("a", "-"))
def test_setting_a_field_changes_that_field_alone(card: CardText, key: str, value: Value) -> None:
    assume(parse_document(card.data).readable)
    changed = set_field(card.data, key, value)
    document = parse_document(changed)
    field = document.get(key)
    assert field is not None
    assert field.value == value
    before, own, after = card.around(key)
    assert document.bom == card.bom
    assert document.text.startswith(before)
    assert document.text.endswith(after)
    assert others(changed, key) == others(card.data, key)
    if own.partition("\n")[0].partition("\r")[0].endswith(("# keep", "# keep: 'me'")):
        assert "# keep" in document.text[len(before) : len(document.text) - len(after)]
    assert set_field(changed, key, value) == changed


@given(cards(), st.sampled_from(KEYS))
@settings(max_examples=EXAMPLES, deadline=None)
def test_removing_a_field_leaves_every_other_byte(card: CardText, key: str) -> None:
    assume(parse_document(card.data).readable)
    removed = remove_field(card.data, key)
    document = parse_document(removed)
    assert document.get(key) is None
    before, _, after = card.around(key)
    assert document.text.startswith(before)
    assert document.text.endswith(after)
    rest = document.text[len(before) : len(document.text) - len(after)]
    assert all(not line.strip() or line.lstrip().startswith("#") for line in re.split(r"[\r\n]", rest))
    assert others(removed, key) == others(card.data, key)


@given(cards(), st.sampled_from(KEYS), texts)
@settings(max_examples=EXAMPLES, deadline=None)
def test_adding_an_item_and_taking_it_away(card: CardText, key: str, item: str) -> None:
    assume(parse_document(card.data).readable)
    old = held(card.data, key)
    texts_before = old.texts if old is not None else ()
    added = add_to_list(card.data, key, item)
    field = held(added, key)
    assert field is not None
    assert field.texts == (texts_before if item in texts_before else (*texts_before, item))
    removed = held(remove_from_list(added, key, item), key)
    assert removed is not None
    assert removed.texts == tuple(text for text in texts_before if text != item)


@given(soup, soup, st.sampled_from(("a", "account", "title")), st.one_of(st.sampled_from(AWKWARD), values))
@settings(max_examples=EXAMPLES * 4, deadline=None)
def test_on_any_text_an_edit_is_right_or_refused(lines: str, body: str, key: str, value: Value) -> None:
    data = f"---\na: 1\n{lines}\n---\n{body}".encode()
    refused = None
    changed = data
    try:
        changed = set_field(data, key, value)
    except EditConflict as conflict:
        refused = conflict
    if refused is not None:
        assert refused.message
        assert refused.cure
        return
    field = held(changed, key)
    assert field is not None
    assert field.value == value
    assert others(changed, key) == others(data, key)
    assert parse_document(changed).body == parse_document(data).body
