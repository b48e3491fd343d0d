"""Which column is the bottleneck, which micro-rule is proposed, which lost deals are replayed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kanban.i18n import use_language
from kanban.model.columns import Column
from kanban.rituals.review import Bottleneck, propose
from tests.conftest import GitFolder, Kanban
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
    rule = propose(Bottleneck(column, 0.4, 10, 9), slower=slower)
    assert rule.key == key
    assert "40%" in rule.problem
    with use_language("fr"):
        assert propose(Bottleneck(column, 0.4, 10, 9), slower=slower).rule != rule.rule


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
    assert found["bottleneck"] == {"column": "offre", "rate": pytest.approx(1 / 6), "n": 6, "days": 14}
    assert found["proposal"]["key"] == "follow-up-d2-d7"
    assert [week["won"] for week in found["weeks"]] == [0, 0, 0, 1, 0]


def test_a_trial_is_a_ticket_and_only_one_at_a_time(
    busy_board: Path, kanban: Kanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Typed("t\n"))
    assert kanban("-C", busy_board, "review", "-i", "--as-of", TODAY).code == 0
    ticket = f"follow-up-d2-d7-{TODAY}"
    assert (busy_board / "experiments" / f"{ticket}.md").exists()
    found = kanban("-C", busy_board, "review", "--json", "--as-of", TODAY).json
    assert found["proposal"] is None
    assert [one["id"] for one in found["running"]] == [ticket]
    monkeypatch.setattr(sys, "stdin", Typed("k\nq\n"))
    assert kanban("-C", busy_board, "review", "-i", "--as-of", "2026-10-19").code == 0
    assert "decision: keep" in (busy_board / "experiments" / f"{ticket}.md").read_text("utf-8")


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
