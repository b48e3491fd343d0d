"""Whole numbers, yes and no, one of a list, lists of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban.errors import KanbanError
from kanban.model.text.problem import Problem
from kanban.model.typed.read import Read, fold, read_bool, read_choice, read_integer, read_list


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15", 15),
        (" 15 ", 15),
        ("0", 0),
        ("007", 7),
        ("1 000", 1000),
        ("1\u202f000", 1000),
        ("1'000", 1000),
        ("deux", 2),
        ("Zéro", 0),
        ("six", 6),
        ("twelve", 12),
        ("１５", 15),
        ("deux cents", "integer-unreadable"),
        ("-1", "integer-out-of-range"),
        ("101", 101),
        ("1.5", "integer-unreadable"),
        ("1,000", "integer-unreadable"),
        ("1 00", "integer-unreadable"),
        ("15 j", "integer-unreadable"),
        ("1e3", "integer-unreadable"),
        ("0x1f", "integer-unreadable"),
        ("٣", "integer-unreadable"),
        ("²", "integer-unreadable"),
        ("9" * 5000, "integer-unreadable"),
        ("", "integer-unreadable"),
    ],
)
def test_whole_numbers(text: str, expected: int | str) -> None:
    read = read_integer(text)
    assert (read.code or read.value) == expected


@pytest.mark.parametrize(("text", "ok"), [("-3", True), ("−2", True), ("3", True), ("4", False), ("-4", False)])
def test_whole_numbers_keep_to_their_range(text: str, ok: bool) -> None:
    read = read_integer(text, minimum=-3, maximum=3)
    assert (not read.code) is ok
    assert read.cure == ("" if ok else "write a number from -3 to 3")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *[(word, True) for word in ("yes", "Oui", "TRUE", "vrai ")],
        *[(word, False) for word in ("no", "Non", "false", "FAUX")],
        *[(word, None) for word in ("", "on", "off", "1", "0", "y", "peut-être")],
    ],
)
def test_yes_and_no(text: str, expected: bool | None) -> None:
    read = read_bool(text)
    assert read.value is expected
    assert read.code in ("", "yes-no-unreadable")


REASONS = {"price": "Prix", "timing": "Calendrier", "fit": "Adéquation", "competition": "Concurrence"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("price", "price"),
        ("PRICE ", "price"),
        ("prix", "price"),
        ("adequation", "fit"),
        ("ADÉQUATION", "fit"),
        ("competitors", "did you mean Concurrence?"),
        ("pric", "did you mean Prix?"),
        ("concurence", "did you mean Concurrence?"),
        ("météo", "write one of: Prix, Calendrier, Adéquation, Concurrence"),
        ("", "write one of: Prix, Calendrier, Adéquation, Concurrence"),
    ],
)
def test_choices_by_key_or_label(text: str, expected: str) -> None:
    read = read_choice(text, REASONS)
    assert (read.value or read.cure) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("RDV pris", "rdv-pris"), ("rdv_pris", "rdv-pris"), ("à-appeler", "a-appeler"), ("Négociation", "negociation")],
)
def test_choices_do_not_depend_on_accents_or_hyphens(text: str, expected: str) -> None:
    assert read_choice(text, ["a-appeler", "rdv-pris", "negociation"]).value == expected


def test_a_key_goes_before_a_label_and_two_labels_are_ambiguous() -> None:
    assert read_choice("b", {"a": "B", "b": "C"}).value == "b"
    read = read_choice("prix", {"a": "Prix", "b": "PRIX"})
    assert (read.code, read.message) == ("choice-ambiguous", "`prix` fits several: a, b")


@given(st.text(), st.lists(st.text(max_size=8), max_size=5))
def test_no_text_breaks_the_reader_of_choices(text: str, choices: list[str]) -> None:
    read = read_choice(text, choices)
    assert (read.value is None) == bool(read.code and read.message and read.cure)
    assert read.value is None or read.value in choices


@given(st.lists(st.text(), max_size=5), st.data())
def test_a_choice_itself_is_always_understood(choices: list[str], data: st.DataObject) -> None:
    if choices:
        chosen = data.draw(st.sampled_from(choices))
        assert fold(str(read_choice(chosen, choices).value)) == fold(chosen)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a, b ,c", ("a", "b", "c")),
        ("a; b, c", ("a", "b", "c")),
        ("", ()),
        (" , ", ()),
        ("a, a", ("a",)),
        ("deux mots, trois", ("deux mots", "trois")),
        (["a, b", "c", ""], ("a, b", "c")),
        (("x", "x"), ("x",)),
    ],
)
def test_lists(text: str | list[str] | tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert read_list(text) == expected


@given(st.text())
def test_no_text_breaks_the_small_readers(text: str) -> None:
    for read in (read_integer(text), read_bool(text)):
        assert (read.value is None) == bool(read.code and read.message and read.cure)
    assert all(read_list(text))


def test_a_refusal_can_be_raised_or_placed() -> None:
    refused: Read[int] = read_integer("x")
    with pytest.raises(KanbanError) as caught:
        refused.required()
    assert (caught.value.message, caught.value.cure) == (refused.message, refused.cure)
    assert refused.problem(line=3, key="touches") == Problem(
        "", 3, 1, "integer-unreadable", refused.message, refused.cure, "touches"
    )
    assert read_integer("0").required() == 0
