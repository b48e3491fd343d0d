"""Accepted findings: kept by rule, card and field; they survive a move, and a stale one is told."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban.lint.finding import Finding, Hit, ordered
from kanban.lint.waivers.baseline import SCHEMA, read_baseline, written_baseline
from tests.lint.conftest import MONDAY, Board, card


def test_a_baseline_accepts_what_was_there_and_follows_a_move(board: Board) -> None:
    board.write("offre/norvane.md", card("Norvane", next_action_date=""))
    assert board.lint("--write-baseline", "accepted.json").code == 0
    assert json.loads((board.root / "accepted.json").read_text("utf-8"))["schema"] == SCHEMA
    assert board.lint("--baseline", "accepted.json").code == 0
    board.git("add", "-A")
    board.git("mv", "offre/norvane.md", "negociation/norvane.md")
    answer = board.lint("--baseline", "accepted.json")
    assert answer.code == 0
    assert "1 in the baseline" in answer.out
    assert board.codes("--baseline", "accepted.json", "--no-waivers") == []


def test_a_new_finding_beside_accepted_ones_is_told(board: Board) -> None:
    board.write("offre/norvane.md", card("Norvane", next_action_date=""))
    board.lint("--write-baseline", "accepted.json")
    board.write("offre/third.md", card("Third", next_action_date=""))
    assert board.codes("--baseline", "accepted.json") == ["KB501"]


def test_a_stale_entry_fails(board: Board) -> None:
    board.write("offre/norvane.md", card("Norvane", next_action_date=""))
    board.lint("--write-baseline", "accepted.json")
    board.write("offre/norvane.md", card("Norvane"))
    answer = board.lint("--baseline", "accepted.json")
    assert answer.code == 1
    assert "KB006" in answer.out
    assert "accepted.json:4" in answer.out
    assert board.codes("--baseline", "accepted.json", "prospects") == []


def test_the_board_can_name_its_baseline(board: Board) -> None:
    board.write("offre/norvane.md", card("Norvane", next_action_date=""))
    board.commit("a card that lacks something", date=MONDAY)
    board.lint("--write-baseline", "accepted.json")
    text = (board.root / "board.yml").read_text("utf-8") + "lint: {baseline: accepted.json}\n"
    board.write("board.yml", text)
    board.commit("baseline", date=MONDAY)
    places = ((), ("--staged",), ("--rev", "HEAD"), ("--range", "HEAD~1..HEAD"), ("--merge-with", "HEAD~1"))
    assert [board.codes(*place) for place in places] == [[]] * len(places)
    board.git("rm", "-q", "--cached", "accepted.json")
    assert board.codes("--staged") == ["KB501"], "the commit would not hold it"


def test_a_change_that_accepts_its_own_errors_is_judged_by_what_was_accepted_before(board: Board) -> None:
    """Nobody accepts in passing: the entry and the error come in one pull request, and both are told."""
    board.write("board.yml", (board.root / "board.yml").read_text("utf-8") + "lint: {baseline: accepted.json}\n")
    board.lint("--write-baseline", "accepted.json")
    board.commit("baseline", date=MONDAY)
    board.write("offre/norvane.md", card("Norvane", next_action_date=""))
    board.lint("--write-baseline", "accepted.json", "--accept-new")
    board.commit("a card that lacks something, and is accepted", date=MONDAY)
    board.git("branch", "parent", "HEAD~1")
    for place in (("--range", "HEAD~1..HEAD"), ("--merge-into", "parent")):
        answer = board.lint(*place, "--changed-only", "--output-format", "concise")
        assert answer.code == 1
        assert "KB501" in answer.out
        assert "accepts 1 finding more in accepted.json" in answer.err
    report = json.loads(board.kanban("diff", "parent", "HEAD", "--as-of", "2026-10-05", "--json").out)
    assert [one["code"] for one in report["findings_new"] if one["severity"] == "error"] == ["KB501"]
    assert {"sign": "!", "text": "accepts 1 finding more in accepted.json"} in report["policy"]
    board.write("notes.txt", "x")
    board.commit("later", date=MONDAY)
    assert board.lint("--range", "HEAD~1..HEAD", "--changed-only").code == 0, "once it has landed it counts"


NAMES = st.text(min_size=1, max_size=12)


@given(st.lists(st.tuples(NAMES, NAMES, NAMES), max_size=8))
def test_what_was_written_accepts_exactly_what_it_was_written_from(rows: list[tuple[str, str, str]]) -> None:
    findings = ordered(
        Finding("KB501", "missing-next-action", "error", Hit("x.md", 1, 1, "m", card=card_id, key=key, detail=detail))
        for card_id, key, detail in rows
    )
    baseline = read_baseline(written_baseline(findings), "b.json")
    kept, accepted, stale = baseline.split(findings)
    assert (kept, accepted, stale) == ([], len(findings), ())
    assert len({one.fingerprint for one in findings}) == len(findings)
    if findings:
        assert len(baseline.split(findings[1:])[2]) == 1


def test_a_file_that_stands_takes_nothing_new_in_passing(board: Board) -> None:
    board.write("offre/one.md", card("One", next_action_date=""))
    assert board.lint("--write-baseline", "accepted.json").code == 0
    board.write("prospects/fresh.md", card("Fresh", next_action_date=""))
    before = (board.root / "accepted.json").read_bytes()
    refused = board.lint("--write-baseline", "accepted.json")
    assert refused.code == 1
    assert "1 finding is new, and accepted.json stands" in refused.err
    assert "prospects/fresh.md:" in refused.err
    assert (board.root / "accepted.json").read_bytes() == before
    asked = board.lint("--write-baseline", "accepted.json", "--accept-new")
    assert (asked.code, "KB501  2" in asked.err) == (0, True)
    assert board.lint("--baseline", "accepted.json").code == 0
    (board.root / "accepted.json").write_text("<<<<<<< torn")
    torn = board.lint("--write-baseline", "accepted.json")
    assert (torn.code, "git restore accepted.json" in torn.err) == (2, True)
    assert "--write-baseline" not in torn.err


STALE = json.dumps({"schema": SCHEMA, "findings": [{"code": "KB501", "subject": "card:x", "field": "", "detail": ""}]})


@pytest.mark.parametrize(("text", "code"), [(STALE, 1), ('{"schema": "x"}', 2)])
def test_no_cure_accepts_anything(board: Board, text: str, code: int) -> None:
    board.write("accepted.json", text)
    answer = board.lint("--baseline", "accepted.json")
    assert "write-baseline" not in answer.out + answer.err
    assert answer.code == code


def test_what_is_accepted_until_a_day_is_told_after_it(board: Board) -> None:
    board.write("offre/one.md", card("One", next_action_date=""))
    assert board.lint("--write-baseline", "a.json", "--until", "2026-12-31", "--as-of", "2026-10-05").code == 0
    assert '"until": "2026-12-31"' in (board.root / "a.json").read_text()
    options = ("--baseline", "a.json", "--select", "KB501,KB006", "--output-format", "concise")
    assert board.lint(*options, "--as-of", "2026-12-31").code == 0
    late = board.lint(*options, "--as-of", "2027-01-01")
    assert late.code == 1
    assert "KB501" in late.out
    assert "until 2026-12-31: that day has passed" in late.out
    assert board.lint("--prune-baseline", "a.json", "--as-of", "2027-01-01", "--select", "KB501").code == 0
    assert '"findings": []' in (board.root / "a.json").read_text()
    assert board.lint("--until", "2026-12-31").code == 2
    assert board.lint("--accept-new").code == 2


def test_a_day_that_has_passed_is_no_last_day(board: Board) -> None:
    refused = board.lint("--write-baseline", "accepted.json", "--until", "2026-10-04")
    assert (refused.code, (board.root / "accepted.json").exists()) == (2, False)


def test_pruning_keeps_what_is_still_found_and_accepts_nothing_new(board: Board) -> None:
    board.write("offre/one.md", card("One", next_action_date=""))
    board.write("offre/two.md", card("Two", next_action_date=""))
    written = board.lint("--select", "KB501", "--write-baseline", "accepted.json")
    assert "KB501  2" in written.err
    board.write("offre/two.md", card("Two"))
    board.write("prospects/fresh.md", card("Fresh", next_action_date=""))
    stale = board.lint("--baseline", "accepted.json", "--select", "KB501,KB006")
    assert "`kanban lint --prune-baseline accepted.json`" in stale.out
    assert board.lint("--select", "KB501", "--prune-baseline", "accepted.json").code == 0
    assert "KB501  1" in board.lint("--select", "KB501", "--prune-baseline", "accepted.json").err
    left = board.lint("--baseline", "accepted.json", "--select", "KB501", "--output-format", "concise")
    assert (left.code, left.out.count("KB501"), "fresh" in left.out) == (1, 1, True)
