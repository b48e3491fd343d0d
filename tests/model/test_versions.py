"""Past versions of cards: parsed once, when asked for, and told apart without parsing."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kanban.model.cards.assembly import read_board, renames_of
from kanban.model.cards.boardfile import BoardFile
from kanban.model.history.versions import Versions, cards_by_blob, may_differ, may_hold
from tests.metrics.telling import BOARD, CONFIG

CARD = "---\naccount: A\nclose_date: 2025-01-31\nowner: Zoé\n---\nclose to a deal\n"

PAIRS = [
    # another version | can it differ in close_date?
    (CARD, False),
    (CARD.replace("Zoé", "Paul"), True),  # the line after belongs to the value's reach: yes when in doubt
    (CARD.replace("account: A", "account: B"), False),
    (CARD + "more notes\n", False),
    (CARD.replace("2025-01-31", "2025-02-28"), True),
    (CARD.replace("close_date", '"close_date"'), True),
    (CARD.replace("close_date: 2025-01-31\n", ""), True),
    (CARD.replace("2025-01-31", "\n  2025-02-28"), True),
    ("close_date", True),
    ("", True),
]


@pytest.mark.parametrize(("text", "expected"), PAIRS)
def test_versions_are_told_apart_without_parsing(text: str, expected: bool) -> None:
    versions = Versions({"a": CARD.encode(), "b": text.encode()}, {}, CONFIG)
    assert versions.tell_apart("a", "b", "close_date") is expected
    assert versions._last == {}
    same = versions["a"].close_date == versions["b"].close_date
    assert expected or same


def test_without_bytes_two_versions_may_differ() -> None:
    card = Versions({"a": CARD.encode()}, {}, CONFIG)["a"]
    assert may_differ({"a": card, "b": card}, "a", "b", "close_date")
    assert not may_differ({}, "a", "a", "close_date")
    assert may_differ(Versions({"a": CARD.encode()}, {}, CONFIG), "a", "gone", "close_date")


def test_a_version_is_read_near_its_own_day() -> None:
    data = b"---\nclose_date: 30/10\n---\n"
    versions = Versions({"a": data, "b": data}, {"a": date(2025, 9, 1), "b": date(2026, 9, 1)}, CONFIG)
    assert (versions["a"].close_date, versions["b"].close_date) == (date(2025, 10, 30), date(2026, 10, 30))
    assert versions["a"] is versions["a"]
    assert (len(versions), list(versions), "c" in versions) == (2, ["a", "b"], False)


def test_renames_are_those_of_the_board_without_reading_it_all() -> None:
    files = [
        BoardFile("board.yml", BOARD),
        BoardFile("p/new.md", b"---\nformerly: [old, older, here]\n---\n"),
        BoardFile("q/here.md", b"---\naccount: formerly known\n---\n"),
        BoardFile("q/README.md", b"formerly: [x]\n"),
        BoardFile("q/link.md", None, note="symlink"),
    ]
    board = read_board(files)
    assert renames_of(files, board.config) == board.renames == {"old": "new", "older": "new"}


@pytest.mark.parametrize("naming", ["sha1", "sha256"])
def test_cards_are_found_by_the_id_git_gives_their_bytes(tmp_path: Path, naming: str) -> None:
    texts = {
        "plain": CARD,
        "titled by its file": "---\nowner: Zoé\n---\n",
        "with a problem": CARD.replace("2025-01-31", "soon"),
        "with a mark": "\ufeff" + CARD.replace("Zoé", "Paul"),
        "with dos lines": CARD.replace("\n", "\r\n"),
    }
    files = [BoardFile("board.yml", BOARD), *(BoardFile(f"q/{name}.md", text.encode()) for name, text in texts.items())]
    board = read_board(files, anchor=date(2025, 1, 1))
    subprocess.run(["git", "init", "-q", f"--object-format={naming}", tmp_path], check=True)
    command = ["git", "-C", tmp_path, "hash-object", "--stdin"]
    ids = {
        name: subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout.decode().strip()
        for name, text in texts.items()
    }
    found = cards_by_blob(board.cards, len(ids["plain"]))
    assert {found[blob].id for blob in ids.values() if blob in found} == {"plain", "with dos lines"}
    for name in ("plain", "with dos lines"):
        read = Versions({ids[name]: texts[name].encode()}, {ids[name]: date(2025, 1, 1)}, board.config)[ids[name]]
        assert replace(found[ids[name]], id="", column="", path="", blob=ids[name]) == read


def test_a_version_without_the_word_has_no_such_field() -> None:
    versions = Versions({"a": CARD.encode(), "b": CARD.replace("owner", "blocked_cause").encode()}, {}, CONFIG)
    assert [may_hold(versions, blob, "blocked_") for blob in ("a", "b", "gone")] == [False, True, False]
    assert may_hold({"a": versions["a"]}, "a", "blocked_")
