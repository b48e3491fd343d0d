"""A past day in a real repository: fields, limits and moves as they were then, and as they were known then."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kanban.cli import cli
from kanban.commands.base.calling.entry import run as run_verbs
from tests.conftest import PINNED, GitFolder
from tests.random_history import COLUMNS, RandomHistory

BOARD = """\
title: Past
language: en
currency: EUR
timezone: Europe/Paris
columns:
  - {{key: p, name: Prospects}}
  - {{key: q, name: Qualified, wip: {limit}}}
  - {{key: w, name: Won, kind: won}}
  - {{key: l, name: Lost, kind: lost}}
"""


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


def card(owner: str, amount: int, close: str, extra: str = "") -> str:
    return (
        f"---\naccount: A\nowner: {owner}\namount: {amount}\nprobability: 50%\nclose_date: {close}\n"
        f"next_action: call\nnext_action_date: 2025-03-01\n{extra}---\n"
    )


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four commits on 6 January, 20 January, 3 February and 1 March, the last one made on the 10th."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in PINNED.items():
            patch.setenv(name, value)
        git = GitFolder(tmp_path_factory.mktemp("past") / "repo")
        git.write("board.yml", BOARD.format(limit=1))
        git.write("q/a.md", card("Zoé", 1000, "2025-02-15"))
        git.write("q/b.md", card("Paul", 500, "2025-02-15", "blocked_since: 2025-01-06\nblocked_cause: legal\n"))
        git.commit("start", date="2025-01-06T10:00:00+01:00")
        git.write("board.yml", BOARD.format(limit=3))
        git.write("q/a.md", card("Zoé", 2000, "2025-03-15"))
        git.write("q/b.md", card("Paul", 500, "2025-02-15"))
        git.commit("more", date="2025-01-20T10:00:00+01:00")
        git.git("mv", "q/b.md", "w.md")
        git.write("w/b.md", card("Karim", 700, "2025-02-15"))
        (git.root / "w.md").unlink()
        git.commit("won", date="2025-02-03T10:00:00+01:00")
        git.write("w/b.md", card("Inès", 700, "2025-02-15"))
        git.write("q/a.md", card("Zoé", 4000, "2025-04-15"))
        git.git("add", "-A")
        late = {"GIT_AUTHOR_DATE": "2025-03-01T10:00:00+01:00", "GIT_COMMITTER_DATE": "2025-03-10T10:00:00+01:00"}
        git.git("commit", "-qm", "late", **late)
        return git.root


def document(root: Path, as_of: str, *arguments: str) -> dict[str, Any]:
    done = CliRunner().invoke(cli, ["-C", str(root), "metrics", "--json", "--as-of", as_of, *arguments])
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


DAYS = [
    # as of | WIP and limit of q, weighted total, past due, open next actions late
    ("2025-01-06", 2, 1, "red", "750.00", "0.00", 0),
    ("2025-01-19", 2, 1, "red", "750.00", "0.00", 0),
    ("2025-01-20", 2, 3, "green", "1250.00", "0.00", 0),
    ("2025-02-03", 1, 3, "green", "1000.00", "0.00", 0),
    ("2025-02-28", 1, 3, "green", "1000.00", "0.00", 0),
    ("2025-03-05", 1, 3, "green", "2000.00", "0.00", 1),
    ("2025-04-16", 1, 3, "green", "2000.00", "2000.00", 1),
]


@pytest.mark.parametrize(("as_of", "count", "limit", "light", "total", "past_due", "late"), DAYS)
def test_a_past_day_shows_fields_and_limits_of_that_day(
    past: Path, as_of: str, count: int, limit: int, light: str, total: str, past_due: str, late: int
) -> None:
    found = document(past, as_of)
    assert found["wip"]["columns"]["q"] == {"count": count, "limit": limit, "light": light}
    money = found["weighted_pipeline"]["EUR"]
    assert (money["total"], money["past_due"]) == (total, past_due)
    assert len(found["next_action"]["overdue"]) == late


def test_days_over_the_limit_are_judged_by_the_limit_of_each_day(past: Path) -> None:
    assert document(past, "2025-03-31")["wip"]["days_over_limit"] == {"q": {"days": 14, "worst": 1}}


def test_pushes_blocks_and_owners_come_from_versions(past: Path) -> None:
    found = document(past, "2025-03-31")
    (slip,) = found["slips"]
    assert (slip["card"], slip["first"], slip["current"], slip["pushes"]) == ("a", "2025-02-15", "2025-04-15", 2)
    assert found["blocked"] == [{"cause": "legal", "count": 1, "days": 14, "cards": ["b"]}]
    owners = {cut["key"]: cut["won"] for cut in found["cuts"]["owners"]}
    assert owners == {"Karim": 1, "Zoé": 0}  # who won it, not who has it now
    assert document(past, "2025-03-31", "--owner", "karim")["throughput"]["won"] == 1


def test_known_answers_what_had_been_committed_by_then(past: Path) -> None:
    assert document(past, "2025-03-05")["weighted_pipeline"]["EUR"]["total"] == "2000.00"
    assert document(past, "2025-03-05", "--known")["weighted_pipeline"]["EUR"]["total"] == "1000.00"
    assert document(past, "2025-03-10", "--known")["weighted_pipeline"]["EUR"]["total"] == "2000.00"


def test_what_is_not_committed_is_in_no_number(past: Path) -> None:
    extra = past / "q" / "zz.md"
    extra.write_text(card("Zoé", 9999, "2025-05-01"))
    try:
        assert document(past, "2025-03-31")["wip"]["total"] == 1
    finally:
        extra.unlink()


def test_the_same_day_gives_the_same_bytes(past: Path) -> None:
    asked = ["-C", str(past), "metrics", "--json", "--as-of", "2025-03-31"]
    assert CliRunner().invoke(cli, asked).stdout == CliRunner().invoke(cli, asked).stdout


@pytest.mark.parametrize(("history", "started"), [("all", "2025-01-06"), ("first-parent", "2025-01-10")])
def test_a_team_may_let_the_merge_be_the_moment_of_truth(git_folder: GitFolder, history: str, started: str) -> None:
    git_folder.write("board.yml", BOARD.format(limit=1) + f"history: {history}\n")
    git_folder.commit("board", date="2025-01-01T10:00:00+01:00")
    git_folder.git("switch", "-qc", "side")
    git_folder.write("q/a.md", card("Zoé", 1000, "2025-02-15"))
    git_folder.commit("a", date="2025-01-06T10:00:00+01:00")
    git_folder.git("switch", "-q", "main")
    git_folder.git("merge", "-q", "--no-ff", "-m", "merge", "side", date="2025-01-10T10:00:00+01:00")
    (one,) = document(git_folder.root, "2025-01-10")["age"]
    assert one["age_days"] == 11 - int(started[-2:])


def test_a_partial_clone_serves_what_it_can_say_and_fetches_nothing(
    past: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(past, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", past.as_uri(), "partial")
    root = tmp_path / "partial"
    lacking = git(root, "rev-list", "--objects", "--all", "--missing=print")
    assert lacking.count("?") > 3
    whole, partial = document(past, "2025-03-31"), document(root, "2025-03-31")
    left_out = {"slips": [], "blocked": []}
    assert {key: partial[key] for key in left_out} == left_out
    same = whole.keys() - {*left_out, "wip", "cuts"}
    assert {key: partial[key] for key in same} == {key: whole[key] for key in same}
    for verb in (["log", "--json"], ["metrics", "--as-of", "2025-03-31"]):
        assert run_verbs(cli, ["-C", str(root), *verb]) == 0
    assert "partial clone" in capsys.readouterr().err
    assert run_verbs(cli, ["-C", str(root), "metrics", "--as-of", "2025-01-20"]) == 2
    assert "kanban doctor --repair" in capsys.readouterr().err
    assert git(root, "rev-list", "--objects", "--all", "--missing=print") == lacking


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`a` is rewritten on a branch on 20 January and pulled on the main line on the 22nd; git joins both on the 24th.

    `b` is rewritten on both sides, on the 20th and the 21st: the merge keeps the branch's version, the older one.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name, value in PINNED.items():
            patch.setenv(name, value)
        git = GitFolder(tmp_path_factory.mktemp("merged") / "repo")
        git.write("board.yml", BOARD.format(limit=5))
        git.write("p/a.md", card("Zoé", 1000, "2025-02-15"))
        git.write("q/b.md", card("Paul", 500, "2025-02-15"))
        git.commit("start", date="2025-01-06T10:00:00+01:00")
        git.git("switch", "-qc", "side")
        git.write("p/a.md", card("Zoé", 3000, "2025-03-15"))
        git.write("q/b.md", card("Paul", 100, "2025-04-15"))
        git.commit("rewrite", date="2025-01-20T10:00:00+01:00")
        git.git("switch", "-q", "main")
        git.write("q/b.md", card("Karim", 900, "2025-06-15"))
        git.commit("rewrite too", date="2025-01-21T10:00:00+01:00")
        git.git("mv", "p/a.md", "q/a.md")
        git.commit("pull", date="2025-01-22T10:00:00+01:00")
        git.git("merge", "-q", "-X", "theirs", "-m", "merge", "side", date="2025-01-24T10:00:00+01:00")
        assert "amount: 3000" in (git.root / "q/a.md").read_text()
        return git.root


def test_a_merge_joins_an_edit_and_a_later_move_of_the_card_before_it(merged: Path, tmp_path: Path) -> None:
    found = document(merged, "2025-01-31")
    assert found["wip"]["columns"]["q"]["count"] == 2
    euros = found["weighted_pipeline"]["EUR"]
    assert euros["months"] == {"2025-03": "1500.00", "2025-04": "50.00"}  # a: 3000 × 50 %, b: 100 × 50 %
    (slip,) = [slip for slip in found["slips"] if slip["card"] == "a"]
    assert (slip["current"], slip["pushes"], slip["pull_ins"]) == ("2025-03-15", 1, 0)
    done = CliRunner().invoke(cli, ["-C", str(merged), "export", "-", "--format", "jsonl", "--as-of", "2025-01-31"])
    cards = [record for record in map(json.loads, done.stdout.splitlines()) if record["record"] == "card"]
    assert {record["card"]: record["path"] for record in cards} == {"a": "q/a.md", "b": "q/b.md"}


def test_between_edit_and_merge_a_past_day_shows_the_last_text_written_by_then(merged: Path) -> None:
    months = document(merged, "2025-01-22")["weighted_pipeline"]["EUR"]["months"]
    assert months["2025-03"] == "1500.00"
    assert document(merged, "2025-01-20")["weighted_pipeline"]["EUR"]["months"] == {
        "2025-03": "1500.00",
        "2025-04": "50.00",
    }
    assert document(merged, "2025-01-19")["weighted_pipeline"]["EUR"]["months"] == {"2025-02": "750.00"}


@pytest.mark.parametrize("seed", range(8))
def test_however_branches_were_joined_the_numbers_say_what_the_files_say(tmp_path: Path, seed: int) -> None:
    made = RandomHistory(tmp_path, seed)
    made.advance(14)
    columns = "".join(f"  - {{key: {key}}}\n" for key in COLUMNS[:-1]) + f"  - {{key: {COLUMNS[-1]}, kind: won}}\n"
    (tmp_path / "board.yml").write_text(f"title: Random\ntimezone: Europe/Paris\ncolumns:\n{columns}")
    done = CliRunner().invoke(cli, ["-C", str(tmp_path), "export", "-", "--format", "jsonl", "--as-of", "2026-01-01"])
    assert done.exit_code == 0, done.output
    cards = [record for record in map(json.loads, done.stdout.splitlines()) if record["record"] == "card"]
    told = {
        card["card"]: (card["path"], f"---\naccount: {card['account']}\n---\n")
        for card in cards
        if card["path"] in {path for path, _text in made.trees[made.tips["main"]].values()}
    }
    assert told == made.trees[made.tips["main"]]
