"""From commits to events, without git: literal commits in, literal events out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from kanban.model.cards.layout import Layout
from kanban.model.history.commits import Change, Commit
from kanban.model.history.counting import known_by
from kanban.model.history.entries import moment
from kanban.model.history.events import History, event_json
from kanban.model.history.history import build_history

PARIS = ZoneInfo("Europe/Paris")
LAYOUT = Layout((("q", "q"), ("r", "r"), ("o", "o"), ("gagne", "w"), ("won", "w")))
DAY = 86_400


def commit(name: str, parents: str, at: int, *changes: tuple[str, str, str], known: int | None = None) -> Commit:
    changed = tuple(Change(*change) for change in changes)
    return Commit(name, tuple(parents.split()), at, at if known is None else known, "Zoé", changed)


def history(commits: Sequence[Commit], present: dict[str, str], formerly: dict[str, str] | None = None) -> History:
    def nothing_to_ask(pairs: object, paths: object) -> list[list[Change]]:
        raise AssertionError("no merge here")

    return build_history(commits, LAYOUT, PARIS, present, nothing_to_ask, formerly)


def told(history: History) -> list[str]:
    return [
        f"{event.commit} {event.card} {event.kind} {event.from_column}>{event.to_column}{' +edit' if event.edited else ''}"
        for event in history.told
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([("q/x.md", "1", ""), ("r/x.md", "", "1")], "moved q>r"),
        ([("q/x.md", "1", ""), ("r/x.md", "", "2")], "moved q>r +edit"),
        ([("q/x.md", "1", ""), ("gagne/2026/x.md", "", "1")], "moved q>w"),
        ([("q/x.md", "1", ""), ("q/2026/x.md", "", "1")], "edited q>q"),
        ([("q/x.md", "1", "2")], "edited q>q"),
        ([("q/x.md", "1", "")], "removed q>None"),
        ([("q/x.md", "1", ""), ("notes/x.md", "", "1")], "removed q>None"),
    ],
)
def test_what_one_commit_does_to_a_card(changes: list[tuple[str, str, str]], expected: str) -> None:
    here = {"moved q>r": "r", "moved q>r +edit": "r", "moved q>w": "w", "edited q>q": "q"}
    present = {"x": here[expected]} if expected in here else {}
    read = history([commit("a", "", 0, ("q/x.md", "", "1")), commit("b", "a", 9, *changes)], present)
    assert told(read) == ["a x created None>q", f"b x {expected}"]


def test_a_card_that_comes_back_is_created_again() -> None:
    read = history(
        [
            commit("a", "", 0, ("q/x.md", "", "1")),
            commit("b", "a", 1, ("q/x.md", "1", "")),
            commit("c", "b", 2, ("o/x.md", "", "1")),
        ],
        {"x": "o"},
    )
    assert told(read) == ["a x created None>q", "b x removed q>None", "c x created None>o"]
    assert read.column_of("x") == "o"


def test_two_folders_of_one_column_are_one_column() -> None:
    """A column whose folder was renamed: its cards were re-filed, not moved."""
    read = history(
        [
            commit("a", "", 0, ("gagne/x.md", "", "1")),
            commit("b", "a", 1, ("gagne/x.md", "1", ""), ("won/x.md", "", "1")),
        ],
        {"x": "w"},
    )
    assert told(read) == ["a x created None>w", "b x edited w>w"]


def test_a_clock_that_ran_backwards_is_clamped_for_that_card_alone() -> None:
    read = history(
        [
            commit("a", "", 5 * DAY, ("q/x.md", "", "1")),
            commit("b", "a", 2 * DAY, ("q/x.md", "1", ""), ("r/x.md", "", "1"), ("q/y.md", "", "1")),
            commit("c", "b", 6 * DAY, ("r/x.md", "1", "2")),
        ],
        {"x": "r", "y": "q"},
    )
    assert told(read) == ["b y created None>q", "a x created None>q", "b x moved q>r", "c x edited r>r"]
    (clamped,) = read.clamped
    assert (clamped.at, clamped.raw_at) == (moment(5 * DAY, PARIS), moment(2 * DAY, PARIS))
    assert clamped.known_at == moment(2 * DAY, PARIS)


@pytest.mark.parametrize("seconds", [0, -(10**11), 4_102_444_800, 99_999_999_999_999])
def test_a_date_no_calendar_holds_does_not_stop_the_reading(seconds: int) -> None:
    read = history(
        [commit("a", "", seconds, ("q/x.md", "", "1")), commit("b", "a", 7, ("q/x.md", "1", "2"))], {"x": "q"}
    )
    assert [event.kind for event in read] == ["created", "edited"]
    assert 1 <= read.events[0].at.year <= 9999


def test_same_second_events_keep_the_order_of_commits() -> None:
    read = history(
        [
            commit("z", "", 7, ("q/x.md", "", "1")),
            commit("m", "z", 7, ("q/x.md", "1", ""), ("r/x.md", "", "1")),
            commit("a", "m", 7, ("r/x.md", "1", ""), ("o/x.md", "", "1")),
        ],
        {"x": "o"},
    )
    assert [event.commit for event in read] == ["z", "m", "a"]
    assert [event.order for event in read] == [0, 1, 2]


def test_times_are_those_of_the_boards_timezone() -> None:
    at = int(datetime(2026, 3, 24, 22, 30, tzinfo=UTC).timestamp())
    (event,) = history([commit("a", "", at, ("q/x.md", "", "1"))], {"x": "q"})
    assert event.at.isoformat() == "2026-03-24T23:30:00+01:00"


RENAME = [
    commit("a", "", 0, ("q/old.md", "", "1")),
    commit("b", "a", 1, ("q/old.md", "1", ""), ("r/old.md", "", "1")),
]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([("r/old.md", "1", ""), ("r/new.md", "", "2")], "c new edited r>r"),
        ([("r/old.md", "1", ""), ("o/new.md", "", "2")], "c new moved r>o +edit"),
    ],
)
def test_a_renamed_card_keeps_its_past(changes: list[tuple[str, str, str]], expected: str) -> None:
    present = {"new": "o" if "moved" in expected else "r"}
    read = history([*RENAME, commit("c", "b", 2, *changes)], present, {"old": "new"})
    assert told(read) == ["a new created None>q", "b new moved q>r", expected]


def test_without_formerly_a_renamed_file_is_another_card() -> None:
    read = history([*RENAME, commit("c", "b", 2, ("r/old.md", "1", ""), ("r/new.md", "", "1"))], {"new": "r"})
    assert told(read)[2:] == ["c new created None>r", "c old removed r>None"]


def test_renamed_twice() -> None:
    read = history(
        [
            *RENAME,
            commit("c", "b", 2, ("r/old.md", "1", ""), ("r/mid.md", "", "1")),
            commit("d", "c", 3, ("r/mid.md", "1", ""), ("r/new.md", "", "1")),
        ],
        {"new": "r"},
        {"old": "mid", "mid": "new"},
    )
    assert read.cards == ("new",)
    assert [event.kind for event in read.told] == ["created", "moved", "edited", "edited"]


def test_an_old_name_given_to_another_card_later_is_that_cards() -> None:
    read = history(
        [
            *RENAME,
            commit("c", "b", 2, ("r/old.md", "1", ""), ("r/new.md", "", "1")),
            commit("d", "c", 3, ("q/old.md", "", "9")),
            commit("e", "d", 4, ("q/old.md", "9", "8")),
        ],
        {"new": "r", "old": "q"},
        {"old": "new"},
    )
    assert told(read)[2:] == ["c new edited r>r", "d old created None>q", "e old edited q>q"]


def test_names_that_rename_each_other_end() -> None:
    read = history([commit("a", "", 0, ("q/x.md", "", "1"))], {"x": "q"}, {"x": "y", "y": "x"})
    assert len(read.events) == 1


def test_two_copies_count_where_the_card_was_put_last() -> None:
    """A commit of only the new half of a move leaves the card in two columns; removing the rest is not a removal."""
    read = history(
        [
            commit("a", "", 0, ("q/x.md", "", "1")),
            commit("b", "a", 1, ("r/x.md", "", "1")),
            commit("c", "b", 2, ("q/x.md", "1", "")),
            commit("d", "c", 3, ("r/x.md", "1", "")),
        ],
        {},
    )
    assert told(read) == ["a x created None>q", "b x moved q>r", "c x edited r>r", "d x removed r>None"]


def test_unicode_forms_of_a_name_are_one_card() -> None:
    read = history(
        [commit("a", "", 0, ("q/cafe\u0301.md", "", "1")), commit("b", "a", 1, ("q/cafe\u0301.md", "1", ""), ("r/caf\u00e9.md", "", "1"))],
        {"caf\u00e9": "r"},
    )  # fmt: skip
    assert told(read) == ["a café created None>q", "b café moved q>r"]


def test_cuts_by_event_time_and_by_knowledge_time() -> None:
    read = history(
        [
            commit("a", "", DAY, ("q/x.md", "", "1")),
            commit("b", "a", 3 * DAY, ("q/x.md", "1", ""), ("r/x.md", "", "1"), known=9 * DAY),
        ],
        {"x": "r"},
    )
    assert [event.commit for event in read.as_of(date(1970, 1, 4))] == ["a", "b"]
    assert [event.commit for event in known_by(read, date(1970, 1, 4))] == ["a"]
    assert read.as_of(date(1970, 1, 3)).column_of("x") == "q"
    assert read.as_of(date(1970, 1, 1)).cards == ()
    assert read.of("nobody") == ()


def test_an_event_as_json() -> None:
    read = history(
        [
            commit("a", "", 5 * DAY, ("q/x.md", "", "1")),
            commit("b", "a", 2 * DAY, ("q/x.md", "1", ""), ("r/x.md", "", "2")),
        ],
        {"x": "r"},
    )
    assert event_json(read.events[0]).get("raw_at") is None
    assert event_json(read.events[1]) == {
        "card": "x",
        "kind": "moved",
        "from": "q",
        "to": "r",
        "at": "1970-01-06T01:00:00+01:00",
        "known_at": "1970-01-03T01:00:00+01:00",
        "author": "Zoé",
        "commit": "b",
        "path": "r/x.md",
        "edited": True,
        "raw_at": "1970-01-03T01:00:00+01:00",
    }


def test_no_commits_no_events() -> None:
    empty = history([], {})
    assert (empty.events, empty.head, empty.clamped) == ((), None, ())


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("q/x.md", ("q", "x")),
        ("gagne/2026/x.md", ("w", "x")),
        ("gagne/a/b/x.md", ("w", "x")),
        ("won/x.md", ("w", "x")),
        ("q/README.md", None),
        ("gagne/2026/readme.md", None),
        ("q/.hidden.md", None),
        ("q/.trash/x.md", None),
        ("q/x.txt", None),
        ("q/x.MD", None),
        ("q/.md", None),
        ("x.md", None),
        ("notes/x.md", None),
        ("notes/q/x.md", None),
        ("q/a b'\".md", ("q", "a b'\"")),
        ("q/a b'\"\n.md", None),
        ("board.yml", None),
    ],
)
def test_where_a_path_belongs(path: str, place: tuple[str, str] | None) -> None:
    assert LAYOUT.place(path) == place


def test_an_old_name_in_use_again_from_the_commit_in_which_the_new_one_appeared() -> None:
    """The renamed card appeared alone, in a commit of its own; from then on the old name is another card's."""
    read = history(
        [
            *RENAME,
            commit("c", "b", 2, ("r/new.md", "", "1")),
            commit("d", "c", 3, ("r/old.md", "1", "2")),
        ],
        {"new": "r", "old": "r"},
        {"old": "new"},
    )
    assert [(event.commit, event.card) for event in read.told] == [
        ("a", "new"),
        ("b", "new"),
        ("c", "new"),
        ("d", "old"),
    ]
