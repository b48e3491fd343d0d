"""Front matters that YAML refuses and that have one reading left; and those that would be a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban.errors import EditConflict
from kanban.model.text.cardfile import parse_document
from kanban.model.text.edit.splice import rename_field
from kanban.model.text.front.healing import healed

A = "account: A\n"


def card(inside: str, body: str = "Hello.\n") -> str:
    return f"---\n{A}{inside}---\n{body}"


HEALS = [
    (card("next_action: rappeler : budget\n"), card('next_action: "rappeler : budget"\n')),
    (card("amount:5 k€\n"), card("amount: 5 k€\n")),
    (card('contact: "Zoé\n'), card('contact: "Zoé"\n')),
    (card("\towner: Zoé\n"), card("owner: Zoé\n")),
    (card("contact: @zoe\ntags: [a, b\n"), card('contact: "@zoe"\ntags: [a, b]\n')),
    (card('title: "A" démo\n'), card('title: "\\"A\\" démo"\n')),
    (card("contact: 'L'Oréal'\n"), card('contact: "L\'Oréal"\n')),
    (card('need: "dire "oui""\n'), card('need: "dire \\"oui\\""\n')),
    (card('need: "A" et "B"\n'), card('need: "\\"A\\" et \\"B\\""\n')),
    (card("amount: 5 k€\namount: 5 k€\nowner: Zoé\n"), card("amount: 5 k€\nowner: Zoé\n")),
    (card("owner: Zoé\nowner: Zoé\n"), card("owner: Zoé\n")),
    ("---\naccount:A\nneed:a b\n---\nHello.\n", card("need: a b\n")),
    ("---\naccount = A\nowner = Zoé\n---\n", card("owner: Zoé\n", "")),
    ("---\n- account: A\n- owner: Zoé\n---\n", card("owner: Zoé\n", "")),
    (card("need: - x\n"), card('need: "- x"\n')),
    (card("need: |\n  a: b: c\nx: y: z\n"), card('need: |\n  a: b: c\nx: "y: z"\n')),
    (f"---\n{A}owner: Zoé\n\nHello.\n", f"---\n{A}owner: Zoé\n---\n\nHello.\n"),
    (f"---\n{A}owner: Zoé", f"---\n{A}owner: Zoé\n---\n"),
    (f"---\n{A}----\nHello.\n", card("")),
    (f"--\n{A}---\nHello.\n", card("")),
    (f"{A}---\nHello.\n", card("")),
    (f"{A}owner: Zoé\n\nHello.\n", f"---\n{A}owner: Zoé\n---\n\nHello.\n"),
    (f"{A}need: a : b\n---\n", card('need: "a : b"\n', "")),
    (card("owner = Zoé\nneed: a : b\n"), card('owner: Zoé\nneed: "a : b"\n')),
    ("---\naccount:\u00a0A\nowner: Zoé\n---\nHello.\n", card("owner: Zoé\n")),
    ("---\n account: A\nowner: Zoé\n---\nHello.\n", card("owner: Zoé\n")),
    (card("prochaine action: oui: non\ntags =\n- a\n"), card('prochaine action: "oui: non"\ntags:\n- a\n')),
    (card("owner：Zoé\n"), card("owner: Zoé\n")),
    ("---\naccount：A\nneed：a：b\n---\nHello.\n", card("need: a：b\n")),
    ("account：A\nowner： Zoé\n---\n", card("owner: Zoé\n", "")),
    ("---\naccount:\u202fA\nowner = Zoé\n\nHello.\n", f"---\n{A}owner: Zoé\n---\n\nHello.\n"),
]


@pytest.mark.parametrize(("broken", "whole"), HEALS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_one_reading_is_left(broken: str, whole: str, newline: str, mark: str) -> None:
    data = (mark + broken.replace("\n", newline)).encode()
    assert healed(data) == (mark + whole.replace("\n", newline)).encode()


GUESSES = [
    f"---\n{A}need: x\n    Hello, a note\n",
    f"---\n{A}next_action: call\n  back tomorrow\nowner: Zoé\n\nHello.\n",
    card("next_action: a: b # c\n"),
    card("no entry at all\n"),
    card("amount: 5 k€\namount: 6 k€\n"),
    card("tags: [a]\ntags:\n  - a\n"),
    card("tags:\n- a\ntags:\n- b\n"),
    "---\naccount:A\naccount:B\n---\n",
    "---\nhttp://example.org\n---\n",
    "---\n- account: A\n- a second line\n---\n",
    card("need: >\n  a\n b: c\n"),
    card("<<<<<<< ours\nowner: Zoé\n=======\nowner: Ana\n>>>>>>> theirs\n"),
    "Called Ana: she will call back.\n",
    "Note: called Ana\n\nTomorrow.\n",
    "# ACME\n",
    "",
]


@pytest.mark.parametrize("text", GUESSES)
def test_what_would_be_a_guess_is_left(text: str) -> None:
    assert healed(text.encode()) is None


def test_a_card_that_can_be_read_is_left() -> None:
    assert healed(card("owner: Zoé\n").encode()) is None


@given(st.text(alphabet="ab:é\" '[]{}#@-|>\t\u00a0", max_size=14), st.text(alphabet="xy: \"'", max_size=8))
def test_the_other_fields_and_the_body_stay(value: str, more: str) -> None:
    data = card(f"need: {value}\nowner: Zoé\nscope: {more}\n", "Body: x\n").encode()
    after = healed(data)
    if after is not None:
        read = parse_document(after)
        assert read.readable
        said = {field.key: field.value for field in read.fields}
        assert (said["account"], said["owner"], read.body) == ("A", "Zoé", "Body: x\n")


KEYS = ("account", "montant", "Responsable", "prochaine action", "date")
SIGNS = st.sampled_from([": ", ":", " : ", "\t:\t", ":\u00a0", ": \u202f", "= ", " = "])
VALUES = st.sampled_from(["ACME", "5 k€", "« x »", "l'appeler", '"Béta', "* voir", "@zoé", "- v2", "[X] corp", "100 %"])
BODY = "\n## Notes\n\n- déjà : « vu » – c'est dit\n\t- tab\n- 100 %\n"


@given(st.lists(st.sampled_from(KEYS), min_size=1, unique=True), st.data(), st.sampled_from(["\n", "\r\n"]))
def test_whatever_is_typed_the_healed_card_is_clean_and_its_body_whole(
    keys: list[str], data: st.DataObject, newline: str
) -> None:
    """However the lines are typed: either nothing is done, or the card can be read, says what was typed, and goes on."""
    said = {key: data.draw(VALUES) for key in keys}
    lines = [f"{key}{data.draw(SIGNS)}{value}" for key, value in said.items()]
    mended = healed(("\n".join(["---", *lines, "---"]) + "\n" + BODY).replace("\n", newline).encode())
    if mended is not None:
        document = parse_document(mended)
        assert document.readable
        assert healed(mended) is None, "once is enough"
        assert mended.endswith(BODY.replace("\n", newline).encode())
        plain = {key: value.removeprefix('"') for key, value in said.items() if " " not in key}  # KB109 is about those
        assert {one.key: str(one.value).strip('\u202f"') for one in document.fields} == plain


@pytest.mark.parametrize(
    ("before", "old", "key", "after"),
    [
        ("montant: 5 k€ # net\n", "montant", "amount", "amount: 5 k€ # net\n"),
        ("Prochaine étape: x\n", "Prochaine étape", "next_action", "next_action: x\n"),
        ("Téléphone : 06\n", "Téléphone", "contact_phone", "contact_phone: 06\n"),
        ("montant\u00a0:\u00a05 k€\n", "montant\u00a0:\u00a05 k€", "amount", None),
        ("tag:\n  - a\n  - b\n", "tag", "tags", "tags:\n  - a\n  - b\n"),
    ],
)
def test_a_field_is_called_otherwise(before: str, old: str, key: str, after: str | None) -> None:
    data = card(before).encode()
    if after is None:
        with pytest.raises(EditConflict):
            rename_field(data, old, key)
    else:
        assert rename_field(data, old, key) == card(after).encode()


def test_a_field_that_is_there_is_not_overwritten() -> None:
    with pytest.raises(EditConflict, match="the card has one already"):
        rename_field(card("montant: 5 k€\namount: 6 k€\n").encode(), "montant", "amount")
