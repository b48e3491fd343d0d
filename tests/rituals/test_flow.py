"""Which column is the bottleneck, which micro-rule is proposed, which lost deals are replayed."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kanban.diagnosis.diagnosis import SYMPTOMS, diagnose
from kanban.diagnosis.symptom import Symptom
from kanban.experiments.indicators import indicator
from kanban.i18n import use_language
from kanban.metrics.base.figure import median, share
from kanban.metrics.base.intervals import rate_of
from kanban.metrics.report import build_report
from kanban.model.cards.boardfile import BoardFile
from kanban.model.settings.columns import Column
from kanban.rituals.bottleneck import Bottleneck
from kanban.rituals.microrule import MicroRule, aimed, propose
from kanban.rituals.review import build_review
from kanban.rituals.review_sheet import review_sheet
from kanban.rituals.workshop import build_workshop
from tests.conftest import GitFolder, Kanban
from tests.diagnosis.telling import ledger_told
from tests.metrics.telling import card, opened, reported
from tests.rituals.conftest import TODAY, lost
from tests.rituals.test_interactive import Typed


@pytest.mark.parametrize(
    ("column", "slower", "key"),
    [
        (Column(key="negociation", wip=5), False, "wip-negociation"),
        (Column(key="offre", wip=8), False, "follow-up-d2-d7"),
        (Column(key="offre", wip=8), True, "wip-offre"),
        (Column(key="rdv", wip=1), True, "close-of-meeting"),
        (Column(key="qualifies"), False, "decision-maker-first"),
        (Column(key="other"), False, "decision-date-other"),
    ],
)
def test_one_micro_rule_per_bottleneck(column: Column, slower: bool, key: str) -> None:
    found = Bottleneck(column, share(rate_of(4, 10)), median([9]))
    rule = propose(found, slower=slower)
    assert rule is not None
    assert (rule.key, rule.indicator) == (key, f"conversion-{column.key}")
    assert "40%" in rule.problem
    with use_language("fr"):
        french = propose(found, slower=slower)
    assert french is not None
    assert french.rule != rule.rule
    assert propose(Bottleneck(column, share(rate_of(0, 0)), median([])), slower=slower) is None


def test_the_first_symptom_names_column_and_rule_until_its_remedies_are_tried() -> None:
    """Four cards have been in the offer column for three weeks: D40, and nothing before it in the table."""
    standing = dict.fromkeys("abcd", "p05-01 r05-12 o06-05")
    report = build_report(ledger_told(standing))
    board = report.ledger.board
    review = build_review(report, board)
    first, second = (row for row in diagnose(report.ledger).found[0].remedies[:2])
    assert review.bottleneck is not None
    assert review.bottleneck.symptom is not None
    assert (review.bottleneck.column.key, review.bottleneck.symptom.id) == ("o", "D40")
    assert review.proposal is not None
    assert (review.proposal.rule, review.proposal.indicator) == (first, "time_in_column-o")
    said = f"---\nrule: {first}\nstart: 2025-06-01\ndecision: drop\n---\n".encode()
    tried = BoardFile("experiments/t.md", said)
    again = build_review(report, replace(board, files={tried.path: tried})).proposal
    assert again is not None
    assert again.rule == second


def test_a_board_without_cards_has_no_figures_rather_than_dashes() -> None:
    report = build_report(ledger_told({}))
    sheet = review_sheet(build_review(report, report.ledger.board))
    said = {one.key: (one.entries, one.empty) for one in sheet.sections if one.key in ("figures", "conversion")}
    assert said == {"figures": ((), "nothing to count yet"), "conversion": ((), "no card was decided yet")}


@pytest.mark.parametrize("symptom", SYMPTOMS, ids=lambda one: one.id)
def test_what_a_symptom_should_move_can_be_measured(symptom: Symptom) -> None:
    ledger = ledger_told({"a": "p05-01"})
    row = next(row for row in diagnose(ledger).rows if row.id == symptom.id)
    assert indicator(row.indicator, ledger.config) is not None
    assert bool(row.column) == bool(symptom.stage)


@pytest.fixture
def busy_board(git_folder: GitFolder) -> Path:
    """Six cards went through the offer column, one of them on to a win; losses of two reasons."""
    git_folder.write(
        "board.yml",
        "title: P\ntimezone: Europe/Paris\ncolumns: [{key: prospects}, {key: offre, wip: 8}, {key: gagne, kind: won}, {key: perdu, kind: lost}]\n",
    )
    amounts = {"a": "10 k€", "b": "50 k€", "c": "40 k€", "d": "30 k€", "e": "20 k€"}
    reasons = {"a": "timing", "b": "price", "c": "price", "d": "price", "e": "price"}
    for name in "abcde":
        git_folder.write(f"prospects/{name}.md", lost(name.upper(), reasons[name], amounts[name], f"note {name}"))
    git_folder.write("prospects/f.md", lost("F", "", "1 k€", "x"))
    git_folder.commit("in", date="2026-08-31T09:00:00+0200")
    for path in sorted(git_folder.root.glob("prospects/*.md")):
        (git_folder.root / "offre").mkdir(exist_ok=True)
        path.rename(git_folder.root / "offre" / path.name)
    git_folder.commit("offers", date="2026-09-07T09:00:00+0200")
    for path in sorted(git_folder.root.glob("offre/*.md")):
        exit_ = "gagne" if path.stem == "f" else "perdu"
        (git_folder.root / exit_).mkdir(exist_ok=True)
        path.rename(git_folder.root / exit_ / path.name)
    git_folder.commit("closed", date="2026-09-21T09:00:00+0200")
    return git_folder.root


def test_the_bottleneck_is_named_from_the_figures(busy_board: Path, kanban: Kanban) -> None:
    found = kanban("-C", busy_board, "review", "--json", "--as-of", TODAY).json
    figures = {"column": "offre", "rate": pytest.approx(1 / 6), "n": 6, "days": 14, "symptom": None}
    assert found["bottleneck"] == figures
    assert found["proposal"]["key"] == "follow-up-d2-d7"
    assert [week["won"] for week in found["weeks"]] == [0, 0, 0, 1, 0]


def test_a_trial_is_a_ticket_and_only_one_at_a_time(
    busy_board: Path, kanban: Kanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Typed("t\n"))
    assert kanban("-C", busy_board, "review", "-i", "--as-of", TODAY).code == 0
    ticket = "every-offer-is-followed-up-at-d-2-and-d-7"
    assert (busy_board / "experiments" / f"{ticket}.md").exists()
    found = kanban("-C", busy_board, "review", "--json", "--as-of", TODAY).json
    assert found["proposal"] is None
    assert [one["id"] for one in found["running"]] == [ticket]
    monkeypatch.setattr(sys, "stdin", Typed("k\nq\n"))
    assert kanban("-C", busy_board, "review", "-i", "--as-of", "2026-10-19").code == 0
    assert "decision: keep\ndecided_on: 2026-10-19\n" in (busy_board / "experiments" / f"{ticket}.md").read_text(
        "utf-8"
    )


TICKET = ("--problem", "no-shows", "--target", "2")


def test_the_weeks_of_the_ticket_count(busy_board: Path, kanban: Kanban) -> None:
    made = kanban("-C", busy_board, "experiment", "new", "Agenda", *TICKET, "--weeks", "4", "--as-of", TODAY)
    assert made.code == 0, made.err
    for day, due in (("2026-11-01", []), ("2026-11-02", ["agenda"])):
        for verb, key in (("daily", "experiments"), ("weekly", "experiments"), ("review", "due")):
            found = kanban("-C", busy_board, verb, "--json", "--as-of", day).json[key]
            assert [one["id"] for one in found] == due, (verb, day)


def test_the_rule_proposed_on_the_demo_can_be_measured(
    tmp_path: Path, kanban: Kanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = tmp_path / "demo"
    assert kanban("--lang", "fr", "demo", board, "--weeks", "16", "--as-of", TODAY).code == 0
    proposal = kanban("-C", board, "review", "--json", "--as-of", TODAY).json["proposal"]
    monkeypatch.setattr(sys, "stdin", Typed("t\n"))
    answer = kanban("-C", board, "review", "-i", "--as-of", TODAY)
    assert answer.code == 0, answer.err
    (ticket,) = kanban("-C", board, "experiment", "list", "--json", "--as-of", TODAY).json["experiments"]
    assert [ticket[key] for key in ("problem", "rule", "indicator", "target")] == [
        proposal[key] for key in ("problem", "rule", "indicator", "target")
    ]
    assert float(ticket["target"]) > 0
    assert (ticket["start"], ticket["weeks"], ticket["state"]) == (TODAY, 2, "running")
    trial = kanban("-C", board, "experiment", "show", ticket["id"], "--json", "--as-of", "2026-10-12").json["trial"]
    assert (trial["indicator"], trial["days"], trial["watched"]) == (ticket["indicator"], 8, True)
    assert trial["before"]["value"] is not None


def test_three_lost_deals_the_largest_of_each_reason_in_turn(busy_board: Path, kanban: Kanban) -> None:
    found = kanban("-C", busy_board, "workshop", "--json", "--as-of", TODAY).json
    assert [one["card"] for one in found["replays"]] == ["b", "a", "c"]
    assert found["candidates"] == 5
    assert found["replays"][0]["stays"] == [{"column": "prospects", "days": 7}, {"column": "offre", "days": 14}]
    assert found["replays"][0]["notes"][0]["bullets"] == ["note b"]
    assert found["scripts"] == ["price-objection"]


def test_a_shallow_clone_gets_no_figures(busy_board: Path, tmp_path: Path, kanban: Kanban) -> None:
    GitFolder(tmp_path / "x").git("clone", "-q", "--depth", "1", busy_board.as_uri(), str(tmp_path / "clone"))
    for verb in ("review", "workshop"):
        assert kanban("-C", tmp_path / "clone", verb).code == 2


@pytest.mark.parametrize(
    ("amounts", "replayed"),
    [
        (("1000", "2000", "3000"), "cba"),
        (("1000", "9000 USD", "500"), "acb"),  # another currency does not compare
        (("1000", "", "500"), "acb"),
        (("", "9000 USD", ""), "cba"),  # nothing to compare: the latest loss first
    ],
)
def test_the_largest_deals_in_the_board_s_currency_are_replayed_first(amounts: tuple[str, ...], replayed: str) -> None:
    lines = {name: f"p01-06 n02-03 l03-0{at}" for at, name in enumerate("abc", 1)}
    cards = {
        name: card(name, lost_reason=name, **({"amount": amount} if amount else {}))
        for name, amount in zip("abc", amounts, strict=True)
    }
    found = build_workshop(opened(lines, "03-31", cards), ())
    assert "".join(replay.card.id for replay in found.replays) == replayed


@pytest.mark.parametrize(
    ("measured", "target"),
    [
        ("win_rate", "55 %"),  # one of two won: five points more
        ("conversion-n", "55 %"),
        ("cycle_time", "24"),  # 30 days: a fifth fewer, rounded up
        ("time_in_column-q", ""),  # nobody was there
        ("wip", ""),  # a level has no aim of its own
        ("unheard-of", ""),
    ],
)
def test_a_micro_rule_aims_a_little_above_what_is(measured: str, target: str) -> None:
    report = reported({"a": "p01-06 n01-20 w02-04", "b": "p01-06 n01-20 l02-20"}, "03-31")
    rule = MicroRule("key", "problem", "rule", measured)
    assert aimed(rule, report) == replace(rule, target=target)
