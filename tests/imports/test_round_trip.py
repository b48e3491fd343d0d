"""A board exported and brought into an empty repository gives the same figures, whatever its cards went through."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kanban.metrics.export.files import plain_cell, safe_cell
from tests.conftest import Answer, GitFolder
from tests.metrics.conftest import DEMO_DAY, demo_board  # noqa: F401

Kanban = Callable[..., Answer]
NOT_OURS = ("head", "suspicions", "known")


def figures(kanban: Kanban, root: Path, day: str) -> dict[str, Any]:
    answer = kanban("-C", root, "metrics", "--as-of", day, "--json")
    assert answer.code == 0, answer.err
    return {key: value for key, value in json.loads(answer.out).items() if key not in NOT_OURS}


@pytest.mark.parametrize(("form", "target"), [("csv", "figures"), ("jsonl", "figures.jsonl")])
@pytest.mark.parametrize(("board", "day"), [("demo_board", DEMO_DAY), ("golden_nine", "2025-03-31")])
def test_the_figures_are_the_same(
    board: str, day: str, form: str, target: str, request: pytest.FixtureRequest, tmp_path: Path, kanban: Kanban
) -> None:
    source: Path = request.getfixturevalue(board)
    written = tmp_path / target
    assert kanban("-C", source, "export", written, "--as-of", day).code == 0
    other = GitFolder(tmp_path / "other")
    shutil.copy(source / "board.yml", other.root / "board.yml")
    other.commit("board", date="2020-01-01T00:00:00Z")
    answer = kanban("-C", other.root, "import", written)
    assert answer.code == 0, answer.err
    wanted, found = figures(kanban, source, day), figures(kanban, other.root, day)
    for key, value in wanted.items():
        assert found[key] == value, key
    head = other.git("rev-parse", "HEAD")
    again = json.loads(kanban("-C", other.root, "import", written, "--json").out)
    assert (again["new"], again["commits"], again["refused"]) == ([], 0, [])
    assert other.git("rev-parse", "HEAD") == head
    assert other.git("status", "--porcelain") == ""


def test_a_card_that_says_otherwise_here_stays(golden_nine: Path, tmp_path: Path, kanban: Kanban) -> None:
    assert kanban("-C", golden_nine, "export", tmp_path / "out", "--as-of", "2025-03-31").code == 0
    other = GitFolder(tmp_path / "other")
    shutil.copy(golden_nine / "board.yml", other.root / "board.yml")
    other.write("p/a1.md", "---\ntitle: mine\n---\n")
    other.commit("board")
    answer = kanban("-C", other.root, "import", tmp_path / "out", "--json")
    assert answer.code == 1
    assert [one["card"] for one in json.loads(answer.out)["questions"]] == ["a1"]
    assert (other.root / "p/a1.md").read_text() == "---\ntitle: mine\n---\n"


@pytest.mark.parametrize("target", ["figures", "figures.jsonl"])
def test_companies_and_people_come_along(golden_nine: Path, tmp_path: Path, kanban: Kanban, target: str) -> None:
    root = tmp_path / "here"
    shutil.copytree(golden_nine, root)
    here = GitFolder(root)
    account = '---\nname: Globex SA\nalso: [Globex, "=GX"]\ndomain: globex.example\nowner: Zoé\n---\n\nNotes, *kept*.\n'
    person = "---\nname: Anna Dubois\naccount: Globex\nemail: a@globex.example\ndecision_maker: true\n---\n"
    here.write("accounts/globex.md", account)
    here.write("people/anna.md", person)
    here.commit("companies and people", date="2025-03-30T09:00:00+01:00")
    kanban("-C", root, "set", "a1", "account=globex", "contact=Anna Dubois")
    export = tmp_path / target
    assert kanban("-C", root, "export", export).code == 0
    told = kanban("-C", root, "sql", "--json", "select card, name, role from links join people on file = person")
    assert json.loads(told.out)["rows"] == [["a1", "Anna Dubois", None]]
    there = GitFolder(tmp_path / "there")
    there.write("board.yml", (golden_nine / "board.yml").read_text())
    there.commit("board", date="2025-01-01T08:00:00+01:00")
    brought = json.loads(kanban("-C", there.root, "import", export, "--json").out)
    assert {"accounts/globex.md", "people/anna.md"} <= set(brought["new"])
    assert (there.root / "accounts/globex.md").read_text() == account
    assert (there.root / "people/anna.md").read_text() == person
    (there.root / "people/anna.md").write_text(person + "more\n")
    there.commit("more")
    again = kanban("-C", there.root, "import", export, "--json")
    assert (again.code, [one["card"] for one in json.loads(again.out)["questions"]]) == (1, ["people/anna.md"])


@pytest.mark.parametrize("text", ["=1+1", "'=1", "''-x", "'quoted'", "--- \ntitle: x\n", "plain", "", "＝1", "'"])
def test_a_cell_made_safe_is_read_back_as_it_was(text: str) -> None:
    safe = safe_cell(text)
    assert plain_cell(safe) == text
    assert not safe.startswith(("=", "+", "-", "@", "\t", "＝"))


@pytest.mark.sweep
def test_a_thousand_deals_of_a_year(tmp_path: Path, kanban: Kanban) -> None:
    """A year's board, brought, exported and brought into an empty repository: every figure is the same."""
    some = Random(24)
    lines = ["id,title,account,amount,stage,created,closed"]
    for number in range(1000):
        made = date(2025, 1, 1) + timedelta(days=some.randrange(365))
        done = made + timedelta(days=some.randrange(1, 90))
        stage = some.choice(("won", "lost", "w1", "w2"))
        ended = done.isoformat() if stage in ("won", "lost") else ""
        lines.append(f"{number},Deal {number},Company {number % 300},{some.randrange(9000)},{stage},{made},{ended}")
    (tmp_path / "deals.csv").write_text("\n".join(lines))
    columns = "{key: w1, name: One}, {key: w2, name: Two}, {key: won, name: Won, kind: won}, {key: lost, name: Lost, kind: lost}"
    boards = [GitFolder(tmp_path / name) for name in ("one", "two")]
    for folder in boards:
        folder.write("board.yml", f"columns: [{columns}]\n")
        folder.commit("board", date="2020-01-01T00:00:00Z")
    one, two = (folder.root for folder in boards)
    assert kanban("-C", one, "import", tmp_path / "deals.csv", "--as-of", "2026-06-01").code == 0
    assert kanban("-C", one, "export", tmp_path / "out", "--as-of", "2026-06-01").code == 0
    assert kanban("-C", two, "import", tmp_path / "out").code == 0
    wanted = figures(kanban, one, "2026-06-01")
    assert wanted["cycle_time"]["n"] > 200
    assert figures(kanban, two, "2026-06-01") == wanted
