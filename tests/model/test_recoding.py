"""Files saved in another encoding by hand: what they say is plain, is read so, and is saved as UTF-8 without a loss."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban.model.text.cardfile import parse_document
from kanban.model.text.front.healing import healed
from kanban.model.text.recoding import recoded

CARD = "---\naccount: Société Générale\nnext_action: rappeler l'été\namount: 5 k€\n---\n\n- déjà vu – « oui » À voir\n"
DOS = CARD.replace("€", "EUR").replace("–", "-")


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (CARD, "cp1252", "Windows-1252"),
        (CARD, "mac_roman", "Mac OS Roman"),
        (DOS, "cp850", "MS-DOS 850"),
        (CARD, "utf-16", "UTF-16"),
        (CARD, "utf-16-le", "UTF-16"),
        (CARD, "utf-16-be", "UTF-16"),
        ("---\nowner: Muñoz\n---\n", "cp1252", "Windows-1252"),
        ("---\nowner: Zoé\n---\n", "latin-1", "Windows-1252"),
    ],
)
def test_one_reading_is_left(text: str, encoding: str, name: str) -> None:
    data = text.encode(encoding)
    assert recoded(data) == (text, name)
    assert healed(data) == text.encode()
    document = parse_document(data)
    assert [(one.code, "--fix" in one.cure) for one in document.problems] == [("other-encoding", True)]
    assert (document.text, document.readable) == (text, False), "shown as it was meant, and not written to before"


def test_a_line_pasted_from_elsewhere_is_mended_and_the_rest_stays() -> None:
    data = CARD.encode() + "- 😀 café\n".encode() + b"- th\xe9\n"
    assert healed(data) == (CARD + "- 😀 café\n- thé\n").encode()
    (problem,) = parse_document(data).problems
    assert (problem.line, problem.column) == (9, 5)
    assert "0xE9" in problem.message
    assert "`- thé`" in problem.message


@pytest.mark.parametrize(
    "data",
    [
        CARD.encode(),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        bytes(range(128, 256)),
        "привет".encode("cp1251"),
        "日本語".encode("shift_jis"),
        "---\nowner: Inès\n---\n".encode("cp850"),  # which a Mac would read as Inäs
        b"---\nowner: a\0b\n---\n",
        b"\xff\xfea",
    ],
)
def test_what_would_be_a_guess_stays(data: bytes) -> None:
    assert recoded(data) is None


SPOKEN = (
    "déjà",
    "été",
    "À",
    "voir",
    "Éric",
    "l’offre",
    "«\u00a0oui\u00a0»",
    "5\u00a0k€",
    "naïf",
    "–",
    "---\n",
    "a:b",
    "ça",
)
WORDS = st.lists(st.sampled_from(SPOKEN), max_size=20).map(" ".join)


@given(WORDS, st.sampled_from(["cp1252", "utf-16", "utf-16-le"]))
def test_no_byte_is_lost(body: str, encoding: str) -> None:
    text = f"---\naccount: ACME\nnext_action: rappeler : demain\n---\n\n- déjà {body}"
    data = text.encode(encoding)
    mended = healed(data)
    assert mended is not None
    assert parse_document(mended).readable
    assert mended.decode() == text.replace("rappeler : demain", '"rappeler : demain"')


@given(st.binary(max_size=200))
def test_whatever_the_bytes_they_can_be_had_again(data: bytes) -> None:
    meant = recoded(data)
    if meant is not None and meant[1] == "UTF-16":
        assert data.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff") in (
            meant[0].encode("utf-16-le"),
            meant[0].encode("utf-16-be"),
        )
