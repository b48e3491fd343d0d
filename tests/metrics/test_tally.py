"""A tally into which new events are folded equals one that is counted again, whatever happened and wherever it is cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import blake2b
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban.metrics.base.ledger import Ledger, open_ledger
from kanban.metrics.base.window import Window
from kanban.metrics.document import metrics_document
from kanban.metrics.report import Figures, build_report
from kanban.metrics.suspicion import suspicions
from kanban.metrics.tally import COUNTS, ROWS, Tally, tally_of
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.history.events import History
from kanban.model.settings.board_yml import BoardConfig
from kanban.repository.kept.known_tally import KnownTally
from kanban.schemas.writing import to_json
from tests.metrics.telling import CONFIG, board_config, card, opened
from tests.metrics.test_brute_force import film, histories

BOARDS = (
    CONFIG,
    board_config("commitment: r\npolicies: {idle_counts: actions}\n"),
    board_config(
        "history: {imported: ['0000000000000000000000000000000000000003', '000000000000000000000000000000000000001']}\n"
    ),
)


def version(blob: str) -> Card:
    """What a card says in a version: any mix of fields, always the same for the same blob."""
    chance = blake2b(blob.encode(), digest_size=8).digest()
    fields: dict[str, object] = {
        "owner": ("", "Zoé", "zoé", "Karim")[chance[0] % 4],
        "class": ("", "expedite")[chance[0] % 2],
    }
    if chance[1] % 3:
        fields["amount"] = f"{chance[1] * 100}.{chance[2] % 100:02} {('EUR', 'CHF')[chance[2] % 2]}"
    if chance[3] % 3:
        fields["probability"] = chance[3] % 101
    if chance[4] % 3:
        fields["close_date"] = f"2025-{chance[4] % 12 + 1:02}-{chance[5] % 28 + 1:02}"
    if chance[6] % 2:
        fields |= {"next_action": "call", "next_action_date": f"2025-03-{chance[6] % 28 + 1:02}"}
    if chance[7] % 3 == 0:
        fields |= {
            "blocked_since": f"2025-03-{chance[7] % 28 + 1:02}",
            "blocked_cause": ("legal", "Legal", "money")[chance[0] % 3],
        }
    if chance[7] % 5 == 0:
        fields["lost_reason"] = ("price", "silence")[chance[6] % 2]
    return card(blob[:1], **fields)


def ledger(history: History, as_of: date, config: BoardConfig) -> Ledger:
    versions = {event.blob: version(event.blob) for event in history if event.blob}
    return open_ledger(Board(config, ()), history, as_of, versions=versions)


def written(tally: Tally, window: Window) -> str:
    return to_json(metrics_document(Figures(tally, window)))


def folded(history: History, at: int, as_of: date, config: BoardConfig) -> Tally:
    """The tally of the first events, with the rest folded in."""
    kept = tally_of(ledger(replace(history, events=history.events[:at], head="1" * 40), as_of, config))
    new = history.events[at:]
    touched = {event.card for event in new}
    before = ledger(replace(history, events=history.events[:at]).only(touched), as_of, config)
    after = ledger(history.only(touched), as_of, config)
    return kept.folded(tally_of(before), tally_of(after), suspicions(new, kept.track))


CASES = (histories, st.integers(0, 40), st.sampled_from(BOARDS), st.sampled_from([None, 1]))


@settings(max_examples=30, deadline=None)
@given(*CASES)
def test_a_fold_equals_a_recount(
    moves: list[tuple[str, str, int]], at: int, config: BoardConfig, since: int | None
) -> None:
    folds_as_counted(moves, at, config, since)


@pytest.mark.sweep(only=True)
@settings(max_examples=2000, deadline=None)
@given(*CASES)
def test_a_fold_equals_a_recount_for_long(
    moves: list[tuple[str, str, int]], at: int, config: BoardConfig, since: int | None
) -> None:
    folds_as_counted(moves, at, config, since)


def folds_as_counted(moves: list[tuple[str, str, int]], at: int, config: BoardConfig, since: int | None) -> None:
    """Every part of the tally, and the document over all days or from the first of the month on."""
    history, slow = film(moves)
    whole = ledger(history, slow.as_of, config)
    found, counted = folded(history, at, slow.as_of, config), tally_of(whole)
    for name in (*ROWS, *COUNTS):
        assert getattr(found, name) == getattr(counted, name), name
    window = Window(slow.as_of, None if since is None else slow.as_of.replace(day=since))
    assert written(found, window) == to_json(metrics_document(build_report(whole, window=window)))


@settings(max_examples=15, deadline=None)
@given(histories, st.sampled_from(BOARDS))
def test_what_is_kept_is_what_was_counted(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[str, str, int]], config: BoardConfig
) -> None:
    history, slow = film(moves)
    counted = tally_of(ledger(history, slow.as_of, config))
    known = KnownTally(tmp_path_factory.mktemp("kept"), config, slow.as_of, "told")
    assert known.load() is None
    known.keep(counted)
    found = known.load()
    assert found is not None
    for name in (*ROWS, *COUNTS):
        assert getattr(found, name) == getattr(counted, name), name
    assert written(found, Window(slow.as_of)) == written(counted, Window(slow.as_of))


def test_a_kept_tally_that_is_damaged_or_of_another_day_is_not_there(tmp_path: Path) -> None:
    tally = tally_of(opened({"a": "p01-06 q01-08 w01-20", "b": "p01-07"}, "02-01"))
    known = KnownTally(tmp_path, CONFIG, tally.as_of, "told")
    known.keep(tally)
    assert known.load() is not None
    assert KnownTally(tmp_path, CONFIG, tally.as_of, "other words").load() is None
    assert KnownTally(tmp_path, CONFIG, date(2025, 2, 2), "told").load() is None
    body = known._index.get("tally", known.key)
    assert body is not None
    for size in (0, 7, 40, len(body) // 2, len(body) - 3):
        known._index.keep("tally", {known.key: body[:size]})
        assert known.load() is None
