"""Journeys told in one line each: start, end, outcome, days."""

from __future__ import annotations

import pytest

from kanban.metrics.base.journeys import journeys
from kanban.metrics.base.track import track_of
from tests.metrics.telling import board_config, day, journeys_of, told

CASES = [
    # line | start, end, outcome, inclusive days
    ("p01-06 q01-08", "01-06", None, "open", None),
    ("p01-06T08:00 w01-06T18:00", "01-06", "01-06", "won", 1),
    ("p01-06 w01-07", "01-06", "01-07", "won", 2),
    ("r01-06 w01-10", "01-06", "01-10", "won", 5),  # created further right: the clock starts there
    ("w01-06", "01-06", "01-06", "won", 1),  # recorded when already won
    ("p01-06 w01-13 n01-15", "01-06", None, "open", None),  # a reopened win is no win
    ("p01-06 w01-13 n01-15 w03-17", "01-06", "03-17", "won", 71),
    ("p01-06 k01-20 p03-01 w03-10", "01-06", "03-10", "won", 64),  # parking does not start the clock anew
    ("p01-06 l01-20 k02-01", "01-06", "02-01", "parked", 27),  # the exit it stands in now
    ("p01-06 q01-08 -01-10", "01-06", "01-10", "deleted", 5),
    ("p01-06 w01-10 -02-01", "01-06", "01-10", "won", 5),  # tidying a won card away keeps the win
    ("p01-06 -01-08 q01-20", "01-06", None, "open", None),  # brought back
    ("p01-06 =01-07 q01-08 =01-09", "01-06", None, "open", None),
    ("k01-06 q01-20 w02-01", "01-20", "02-01", "won", 13),  # created parked: the clock starts where it is worked on
    ("l01-06 k01-08 w01-20", "01-20", "01-20", "won", 1),
    ("k01-06 l01-20", "01-06", "01-20", "lost", 15),  # never worked on
    ("p03-29T23:30 w03-30T00:30", "03-29", "03-30", "won", 2),  # the night clocks go forward
    ("p10-25T23:59 w10-26T23:59", "10-25", "10-26", "won", 2),  # a day of 25 hours
]


@pytest.mark.parametrize(("line", "start", "end", "outcome", "inclusive"), CASES, ids=[case[0] for case in CASES])
def test_a_journey(line: str, start: str, end: str | None, outcome: str, inclusive: int | None) -> None:
    journey = journeys_of({"a": line})["a"]
    assert journey.started == day(start)
    assert journey.ended == (day(end) if end else None)
    assert (journey.outcome, journey.days) == (outcome, inclusive)


LATER = [
    # line | start when the clock starts at q
    ("p01-06", None),
    ("p01-06 q01-08 r01-10", "01-08"),
    ("p01-06 r01-10", "01-10"),  # q was skipped
    ("p01-06 k01-10", "01-10"),  # left from before the commitment: in and out on one day
    ("p01-06 -01-10", None),
    ("p01-06 q01-08 p01-10 q01-20", "01-08"),
]


@pytest.mark.parametrize(("line", "start"), LATER, ids=[case[0] for case in LATER])
def test_the_clock_starts_at_the_commitment_column(line: str, start: str | None) -> None:
    track = track_of(board_config("commitment: q\n"))
    journey = journeys(told({"a": line}), track)["a"]
    assert journey.started == (day(start) if start else None)


IMPORTED = [
    # line, its first event being the import | start, end, outcome, stays
    ("q01-06", None, None, "open", [("q", "01-06")]),
    ("q01-06 =01-20", "01-20", None, "open", [("q", "01-20")]),
    ("q01-06 w01-20", "01-20", "01-20", "won", [("w", "01-20")]),
    ("q01-06 r01-20 w02-01", "01-20", "02-01", "won", [("r", "01-20"), ("w", "02-01")]),
    ("w01-06", None, None, "won", [("w", "01-06")]),
    ("w01-06 =01-20", None, None, "won", [("w", "01-20")]),
    ("w01-06 n01-20 w02-01", "01-20", "02-01", "won", [("n", "01-20"), ("w", "02-01")]),
]


@pytest.mark.parametrize(("line", "start", "end", "outcome", "stays"), IMPORTED, ids=[case[0] for case in IMPORTED])
def test_an_imported_card_counts_from_its_next_event(
    line: str, start: str | None, end: str | None, outcome: str, stays: list[tuple[str, str]]
) -> None:
    track = track_of(board_config("history: {imported: ['0000000']}\n"))
    journey = journeys(told({"a": line}), track)["a"]
    assert journey.imported
    assert (journey.started, journey.ended) == (start and day(start), end and day(end))
    assert journey.outcome == outcome
    assert [(stay.column, stay.since) for stay in journey.stays] == [(key, day(since)) for key, since in stays]


def test_edits_make_no_stay_and_the_last_move_of_a_day_counts() -> None:
    stays = journeys_of({"a": "p01-06 =01-07 q01-08T09:00 r01-08T11:00 =01-08T12:00"})["a"].stays
    assert [(stay.column, stay.since, stay.until) for stay in stays] == [
        ("p", day("01-06"), day("01-08")),
        ("q", day("01-08"), day("01-08")),
        ("r", day("01-08"), None),
    ]
