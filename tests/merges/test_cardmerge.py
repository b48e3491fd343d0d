"""Merging the text of two versions: key by key, bullet by bullet, a conflict when unsure."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban.model.text.cardfile import parse_document
from kanban.review.merge.body import Clash, merge_bodies, units_of
from kanban.review.merge.card import merge_cards
from kanban.review.merge.markers import versions_of


def merged(base: str, mine: str, theirs: str) -> str:
    result = merge_cards(*(f"---\n{front}---\nbody\n".encode() for front in (base, mine, theirs)))
    assert result is not None
    keys = [clash.key for clash in result.fields]
    return f"clash: {' '.join(keys)}" if keys else result.data.decode()[4:-9]


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        ("a: 1\nb: 1\n", "a: 2\nb: 1\n", "a: 1\nb: 2\n", "a: 2\nb: 2\n"),
        ("a: 1\nb: 1\n", "b: 1\n", "a: 1\nb: 2\n", "b: 2\n"),
        ("a: 1\n", "a: 1\nx: 1\n", "a: 1\ny: 1\n", "a: 1\ny: 1\nx: 1\n"),
        ("a: 1\nb: 1\n", "a: 1\nb: 1\n", "a: 1\nx: 1\nb: 1\n", "a: 1\nx: 1\nb: 1\n"),
        ("a: 1\n", "a: 2\n", "a: 2\n", "a: 2\n"),
        ("a: 1\n", "a: 2\n", "a: 3\n", "clash: a"),
        ("a: 1\n", "", "a: 3\n", "clash: a"),
        ("a: 1\n", "a: 1\nx: 1\n", "a: 1\nx: 2\n", "clash: x"),
        ("a: 1 # why\n", "a: 2 # why\n", "a: 1 # because\n", "clash: a"),
        ("# top\na: 1\n", "# top\na: 2\n", "# other\na: 1\n", "# other\na: 2\n"),
        ("t: [x]\n", "t: [x, y]\n", "t: [x, z]\n", "t: [x, y, z]\n"),
        ("t: [x, w]\n", "t: [w, y]\n", "t: [x, w, z]\n", "t: [w, y, z]\n"),
        ("t:\n  - x\n", "t:\n  - x\n  - y\n", "t:\n  - x\n  - z\n", "t:\n  - x\n  - y\n  - z\n"),
        ("t: x\n", "t: [x, y]\n", "t: z\n", "clash: t"),
        (
            "next_action: call\nnext_action_date: 2026-10-01\n",
            "next_action: demo\nnext_action_date: 2026-10-01\n",
            "next_action: call\nnext_action_date: 2026-11-05\n",
            "clash: next_action next_action_date",
        ),
        ("amount: 5\n", "amount: 6\n", "amount: 5\ncurrency: CHF\n", "clash: amount currency"),
        ("n: |\n  one\n  two\nb: 1\n", "n: |\n  one\n  three\nb: 1\n", "n: |\n  one\n  two\nb: 2\n", None),
    ],
)
def test_front_matter(base: str, mine: str, theirs: str, expected: str | None) -> None:
    found = merged(base, mine, theirs)
    assert found == (expected if expected is not None else "n: |\n  one\n  three\nb: 2\n")


def body(base: str | None, mine: str, theirs: str) -> str:
    pieces = merge_bodies(base, mine, theirs)
    return "".join(f"<{one.mine}|{one.theirs}>" if isinstance(one, Clash) else one for one in pieces)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        ("- a\n- b\n", "- A\n- b\n", "- a\n- B\n", "- A\n- B\n"),
        ("- a\n", "- a\n- x\n", "- a\n- y\n", "- a\n- x\n- y\n"),
        ("- a\n", "- a\n- x\n", "- a\n- x\n", "- a\n- x\n"),
        ("- a\n- b\n", "- b\n", "- a\n- b\n- c\n", "- b\n- c\n"),
        ("- a\n", "- b\n", "- c\n", "<- b\n|- c\n>"),
        ("- a\n  more\n", "- A\n  more\n", "- a\n  less\n", "<- A\n  more\n|- a\n  less\n>"),
        ("- a\n", "", "- A\n", "<|- A\n>"),
        ("one\ntwo\n", "ONE\ntwo\n", "one\nTWO\n", "<ONE\ntwo\n|one\nTWO\n>"),
        ("", "text\n", "other\n", "<text\n|other\n>"),
        ("x\n", "x\n\n### d1\n\n- a\n", "x\n\n### d2\n\n- b\n", "x\n\n### d1\n\n- a\n\n### d2\n\n- b\n"),
        ("x\n", "x\n\n### d\n\n- a\n", "x\n\n### d\n\n- b\n", "x\n\n### d\n\n- a\n- b\n"),
        (
            "## N\n\n### d\n\n- a\n",
            "## N\n\n### d\n\n- b\n- c\n\n### d\n\n- a\n",
            "## N\n\n### d\n\n- e\n- f\n\n### d\n\n- a\n",
            "## N\n\n### d\n\n- b\n- c\n\n### d\n\n- e\n- f\n\n### d\n\n- a\n",
        ),
        (
            "## N\n\n### 2026-10-01\n",
            "## N\n\n### 2026-10-07\n\n- b\n\n### 2026-10-05\n\n- c\n\n### 2026-10-01\n",
            "## N\n\n### 2026-10-06\n\n- e\n\n### 2026-10-05\n\n- f\n\n### 2026-10-01\n",
            "## N\n\n### 2026-10-07\n\n- b\n\n### 2026-10-06\n\n- e\n\n### 2026-10-05\n\n- c\n- f\n\n### 2026-10-01\n",
        ),
        (
            "### 2026-10-01\n\n- a\n\n### 2026-10-02\n\n- b\n",
            "### 2026-10-01\n\n- a\n\n### 2026-10-02\n\n- b\n\n### 2026-10-06\n\n- mine\n",
            "### 2026-10-01\n\n- a\n\n### 2026-10-02\n\n- b\n- by hand\n\n### 2026-10-05\n\n- theirs\n",
            "### 2026-10-01\n\n- a\n\n### 2026-10-02\n\n- b\n- by hand\n\n### 2026-10-05\n\n- theirs\n\n"
            "### 2026-10-06\n\n- mine\n",
        ),
        ("```\na\n```\n", "```\nA\n```\n", "```\na\nb\n```\n", "<```\nA\n```\n|```\na\nb\n```\n>"),
        (None, "- a\n- x\n", "- a\n- y\n", "- a\n- x\n- y\n"),
    ],
)
def test_bodies(base: str | None, mine: str, theirs: str, expected: str) -> None:
    assert body(base, mine, theirs) == expected


LINES = st.lists(st.sampled_from(["- a", "- b", "- c", "", "## H", "text", "  more", "```"]), max_size=8).map(
    lambda lines: "".join(f"{line}\n" for line in lines)
)


@settings(max_examples=150, deadline=None)
@given(base=LINES, mine=LINES, theirs=LINES)
def test_no_line_of_either_side_is_lost(base: str, mine: str, theirs: str) -> None:
    """What a side added stands in the result; one side alone gives that side; the order of sides only orders."""
    assert "".join(units_of(mine)) == mine
    assert body(base, base, theirs) == theirs
    assert body(base, mine, base) == mine
    assert body(base, mine, mine) == mine
    whole = "".join(one if isinstance(one, str) else one.mine + one.theirs for one in merge_bodies(base, mine, theirs))
    for side in (mine, theirs):
        added = set(side.splitlines()) - set(base.splitlines()) - {""}
        assert added <= set(whole.splitlines())
    free = "".join(one if isinstance(one, str) else one.mine + one.theirs for one in merge_bodies(None, mine, theirs))
    assert set(free.splitlines()) - {""} == (set(mine.splitlines()) | set(theirs.splitlines())) - {""}


def bullets(*texts: str) -> str:
    return "".join(f"- {text}\n" for text in texts)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        ("a", "ab", "acd", "## Notes\n\n{acd}\n### Notes\n\n{b}"),
        ("ab", "xab", "aby", "## Notes\n\n{aby}\n### Notes\n\n{x}"),
        ("a", "ab", "ac", "## Notes\n\n{abc}"),
        ("a", "abcd", "ae", "## Notes\n\n{abcde}"),
        ("", "abc", "def", "## Notes\n\n{def}\n### Notes\n\n{abc}"),
    ],
    ids=["at the end", "above and below", "they fit", "mine was too long itself", "both new"],
)
@pytest.mark.parametrize("after", ["", "\n### 2026-10-01\n\n- old\n", "\n## Links\n\n- one\n- two\n- three\n- four\n"])
def test_a_note_that_only_the_two_make_too_long_is_two(
    base: str, mine: str, theirs: str, expected: str, after: str
) -> None:
    """Three of four points each of us may have written; the server would take the four from neither."""
    texts = [f"---\na: 1\n---\n## Notes\n\n{bullets(*side)}{after}" for side in (base, mine, theirs)]
    result = merge_cards(*(text.encode() for text in texts))
    assert result is not None
    assert result.clean
    whole = re.sub(r"\{(\w+)\}", lambda found: bullets(*found[1]), expected)
    assert result.data.decode() == f"---\na: 1\n---\n{whole}{after}"


def test_a_call_of_one_day_to_which_both_add_is_two_calls() -> None:
    texts = ["## Notes\n\n### 2026-10-01 call\n\n" + bullets(*side) for side in ("ab", "abc", "dab")]
    result = merge_cards(*(f"---\na: 1\n---\n{text}".encode() for text in texts))
    assert result is not None
    assert result.data.decode().endswith(f"call\n\n{bullets(*'dab')}\n### 2026-10-01 call\n\n{bullets('c')}")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(newline: str, bom: str) -> None:
    texts = ["---\na: 1\nb: 1\n---\nx\n", "---\na: 2\nb: 1\n---\nx\n", "---\na: 1\nb: 2\n---\nx\ny\n"]
    result = merge_cards(*((bom + text.replace("\n", newline)).encode() for text in texts))
    assert result is not None
    assert result.data == (bom + "---\na: 2\nb: 2\n---\nx\ny\n".replace("\n", newline)).encode()


def test_clashes_are_marked_and_can_be_taken_apart_again() -> None:
    texts = [f"---\na: {n}\nb: 1\n---\n- {n}\n".encode() for n in (1, 2, 3)]
    result = merge_cards(*texts)
    assert result is not None
    assert result.data.decode() == (
        "---\n<<<<<<< mine\na: 2\n=======\na: 3\n>>>>>>> theirs\nb: 1\n---\n"
        "<<<<<<< mine\n- 2\n=======\n- 3\n>>>>>>> theirs\n"
    )
    assert versions_of(result.data) == (texts[1], texts[2])


@pytest.mark.parametrize("text", ["---\na: [\n---\n", "no front matter\n", "---\na: 1\na: 2\n---\n"])
def test_what_cannot_be_read_is_not_merged(text: str) -> None:
    good = b"---\na: 1\n---\n"
    assert merge_cards(good, text.encode(), good) is None


def test_markers_within_markers() -> None:
    inner = b"<<<<<<< a\n1\n=======\n2\n>>>>>>> b\n"
    assert versions_of(b"x\n<<<<<<<< p\n" + inner + b"========\n3\n>>>>>>>> q\n") == (b"x\n1\n", b"x\n2\n", b"x\n3\n")
    assert versions_of(b"<<<<<<< a\n1\n||||||| o\n0\n=======\n2\n>>>>>>> b\n") == (b"1\n", b"2\n")
    assert versions_of(b"<<<<<<< a\n1\n") == (b"<<<<<<< a\n1\n",)


def test_what_is_merged_can_be_read() -> None:
    result = merge_cards(b"---\na: 1\n---\n", b"---\na: 1\nb: |\n  text\n---\nx\n", b"---\na: 1\nc: 'q'\n---\n")
    assert result is not None
    document = parse_document(result.data)
    assert [(one.key, one.text) for one in document.fields] == [("a", "1"), ("c", "q"), ("b", "text\n")]


_NOTES = "\n## Notes\n\n### 2026-10-05\n\n- first\n"
_TAKEN_AWAY = {
    "the whole section, a new note above": ("\n", "### 2026-10-05\n\n- second\n\n### 2026-10-05\n\n- first\n"),
    "the whole section, a bullet below": ("\n", "### 2026-10-05\n\n- first\n- second\n"),
    "the note, a new one above": ("\n## Notes\n", "### 2026-10-05\n\n- second\n\n### 2026-10-05\n\n- first\n"),
    "the note, a bullet below": ("\n## Notes\n", "### 2026-10-05\n\n- first\n- second\n"),
}


@pytest.mark.parametrize("way", _TAKEN_AWAY)
def test_a_note_that_was_taken_back_stays_away_when_the_other_side_adds_to_it(way: str) -> None:
    theirs, notes = _TAKEN_AWAY[way]
    mine = f"\n## Notes\n\n{notes}"
    for pieces in (merge_bodies(_NOTES, mine, theirs), merge_bodies(_NOTES, theirs, mine)):
        assert pieces == [piece for piece in pieces if isinstance(piece, str)]
        assert "".join(map(str, pieces)) == "\n## Notes\n\n### 2026-10-05\n\n- second\n"


def test_only_the_bullet_that_was_taken_back_goes() -> None:
    base = "## Notes\n\n### 2026-10-05\n\n- first\n- second\n"
    mine, theirs = base + "- third\n", base.replace("- second\n", "")
    assert "".join(map(str, merge_bodies(base, mine, theirs))) == theirs + "- third\n"


def test_a_text_whose_first_note_was_taken_back_still_begins_with_an_empty_line() -> None:
    mine = "\n## Notes\n\n### 2026-10-05\n\n- second\n\n### 2026-10-05\n\n- first\n"
    assert "".join(map(str, merge_bodies(_NOTES, mine, ""))) == "\n## Notes\n\n### 2026-10-05\n\n- second\n"


def test_what_one_side_has_of_the_other_already_is_not_put_in_another_order() -> None:
    """A colleague took my notes in by a squash merge and added one above: nothing is left for me to say."""
    note = "## Notes\n\n### 2026-10-05\n\n- one\n"
    both = "## Notes\n\n### 2026-10-05\n\n- two\n\n### 2026-10-05\n\n- one\n"
    assert "".join(map(str, merge_bodies("", note, both))) == both
    assert "".join(map(str, merge_bodies("", both, note))) == both
