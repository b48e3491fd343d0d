"""Several boards asked at once: every number with its board, sums where a sum means something, no board hidden."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kanban.portfolio import asking
from tests.conftest import Answer, GitFolder

pytestmark = pytest.mark.sweep(one_in=3)

Kanban = Callable[..., Answer]
DAY = "2025-03-31"


@pytest.fixture
def place(golden_nine: Path, tmp_path: Path) -> Path:
    text = f"title: All\nboards:\n  - {{name: north, path: {golden_nine}}}\n  - {{name: south, path: {golden_nine}}}\n"
    (tmp_path / "portfolio.yml").write_text(text)
    (tmp_path / "below").mkdir()
    return tmp_path


def test_metrics_are_those_of_each_board_and_sums(place: Path, golden_nine: Path, kanban: Kanban) -> None:
    alone = json.loads(kanban("-C", golden_nine, "metrics", "--as-of", DAY, "--json").out)
    answer = kanban("-C", place / "below", "portfolio", "metrics", "--as-of", DAY)
    assert answer.code == 0, answer.err
    head, north, south, together = answer.out.splitlines()
    assert head.startswith("Board ")
    assert north.split()[1:] == south.split()[1:]
    assert str(alone["cycle_time"]["p50"]) in north
    assert together.startswith("all 2 boards")
    wip = alone["wip"]["total"]
    assert f" {2 * wip} " in together
    assert f" {wip} " in north
    told = json.loads(kanban("-C", place, "portfolio", "metrics", "--as-of", DAY, "--json").out)
    assert told["boards"]["north"] == told["boards"]["south"] == alone


def test_the_other_questions(place: Path, golden_nine: Path, kanban: Kanban) -> None:
    cards = json.loads(kanban("-C", golden_nine, "list", "--as-of", DAY, "--json").out)["cards"]
    listed = kanban("-C", place, "portfolio", "list", "--as-of", DAY)
    assert len(listed.out.splitlines()) == 1 + 2 * len(cards)
    forecast = kanban("-C", place, "portfolio", "forecast", "--as-of", DAY)
    assert (forecast.code, forecast.out.splitlines()[-1].startswith("all 2 boards")) == (0, True)
    assert kanban("-C", place, "portfolio", "lint", "--as-of", DAY).code in (0, 1)
    french = kanban("-C", place, "--lang", "fr", "portfolio", "metrics", "--as-of", DAY)
    assert french.out.splitlines()[-1].startswith("les 2 tableaux")


def test_a_board_that_cannot_answer_hides_no_other(place: Path, golden_nine: Path, kanban: Kanban) -> None:
    (place / "portfolio.yml").write_text(f"boards: [{{name: north, path: {golden_nine}}}, below]\n")
    answer = kanban("-C", place, "portfolio", "metrics", "--as-of", DAY)
    assert answer.code == 2
    assert "below cannot answer:" in answer.err
    assert answer.out.splitlines()[1].startswith("north ")


def test_boards_are_asked_side_by_side(place: Path, kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two boards that wait for each other end: neither could where one is asked after the other."""
    north, south = os.pipe(), os.pipe()

    def answer(typed: Sequence[str], _work: object) -> int:
        try:
            place.joinpath("first").mkdir()
            mine, other = north, south
        except FileExistsError:
            mine, other = south, north
        os.write(mine[1], b"!")
        print(json.dumps({"cards": [], "said": os.read(other[0], 1).decode()}))
        return 0

    monkeypatch.setattr(asking, "answered", answer)
    monkeypatch.setattr(asking.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(asking, "SECONDS", 20)
    told = kanban("-C", place, "portfolio", "list", "--json").json
    assert told["boards"] == {name: {"cards": [], "said": "!"} for name in ("north", "south")}


def test_a_board_that_takes_too_long_is_given_up(place: Path, kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "SECONDS", 0)
    monkeypatch.setattr(asking, "answered", lambda _typed, _work: signal.pause())
    answer = kanban("-C", place, "portfolio", "list")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.splitlines() == [f"{name} cannot answer: no answer within 0 s" for name in ("north", "south")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "there is no portfolio.yml"),
        ("boards: []\n", "names no board"),
        ("boards: [a/x, b/x]\n", "two boards are called x"),
        ("boards: [x]\ncolour: red\n", "no setting `colour`"),
    ],
)
def test_errors_are_for_people(tmp_path: Path, kanban: Kanban, text: str | None, said: str) -> None:
    if text is not None:
        (tmp_path / "portfolio.yml").write_text(text)
    answer = kanban("-C", tmp_path, "portfolio", "list")
    assert (answer.code, said in answer.err, "→" in answer.err) == (2, True, True), answer.err


def test_one_wall_of_boards_that_differ(tmp_path: Path, kanban: Kanban) -> None:
    """Columns of one name stand below each other, another board's own column beside its neighbour; sums of each."""
    boards = {
        "north": (
            "{key: a, name: Leads, wip: 1}, {key: b, name: Offer}",
            {"a/x": "10000", "a/y": "", "b/z": "5000 USD"},
        ),
        "south": ("{key: l, name: leads}, {key: m, name: Meeting}, {key: o, name: Offer}", {"m/x": "1000", "l/u": "1"}),
    }
    for name, (columns, cards) in boards.items():
        folder = GitFolder(tmp_path / name)
        folder.write("board.yml", f"columns: [{columns}, {{key: w, name: Won, kind: won}}]\n")
        for card, amount in cards.items():
            folder.write(f"{card}.md", f"---\naccount: {card}\namount: {amount}\n---\n")
        folder.commit("board")
    (tmp_path / "portfolio.yml").write_text("boards: [north, south]\n")
    answer = kanban("-C", tmp_path, "portfolio", "board")
    assert answer.code == 0, answer.err
    rows = [line.split("  ") for line in answer.out.splitlines()]
    assert [[cell.strip() for cell in row if cell.strip()] for row in rows] == [
        ["Board", "Leads", "Meeting", "Offer", "Open", "Amount"],
        ["north", "2/1 !", "–", "1", "3", "€10,000 + $5,000"],
        ["south", "1", "1", "0", "2", "€1,001"],
        ["all 2 boards", "3", "1", "1", "5", "€11,001 + $5,000"],
    ]


def test_a_revision_and_another_repository_are_read_from_a_copy(place: Path, tmp_path: Path, kanban: Kanban) -> None:
    folder = GitFolder(tmp_path / "team")
    folder.write("sales/board.yml", "columns: [{key: p, name: P}, {key: w, name: W, kind: won}]\n")
    folder.write("sales/p/old.md", "---\naccount: Old\n---\n")
    folder.commit("one")
    folder.git("tag", "first")
    folder.write("sales/p/new.md", "---\naccount: New\n---\n")
    folder.commit("two")
    (tmp_path / "portfolio.yml").write_text(
        "boards:\n- {name: now, path: team/sales}\n- {name: then, path: team/sales, revision: first}\n"
        "- {name: there, path: sales, repository: team, revision: HEAD~1}\n- {name: no, path: team/sales, revision: --help}\n"
    )
    before = folder.git("for-each-ref")
    answer = kanban("-C", tmp_path, "portfolio", "list", "--json")
    told = json.loads(answer.out)
    assert answer.code == 2
    cards = {name: [card["card"] for card in one["cards"]] for name, one in told["boards"].items()}
    assert cards == {"now": ["new", "old"], "then": ["old"], "there": ["old"]}
    assert "has no revision --help" in told["failed"]["no"]
    assert (folder.git("for-each-ref"), folder.git("status", "--porcelain")) == (before, "")


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ("{name: x, path: inside, repository: theirs}", "x cannot answer: "),
        ("{name: x, path: ../mine, repository: theirs}", "x cannot answer: ../mine lies outside theirs"),
        ("{name: x, path: inside/../../mine, repository: theirs}", "lies outside theirs"),
        ('{name: "x\\n  → rm -rf ~", path: nowhere}', "x → rm -rf ~ cannot answer: "),
        ("{name: x, path: ., repository: 'ext::sh -c touch% ran'}", "transport 'ext' not allowed"),
        ("{name: x, path: ., repository: '--upload-pack=touch ran'}", "does not exist"),
        ("{name: x, path: mine, revision: --output=ran}", "has no revision --output=ran"),
    ],
)
def test_a_member_leads_to_no_board_but_its_own(
    golden_nine: Path, tmp_path: Path, kanban: Kanban, member: str, said: str
) -> None:
    """A link in another's repository, a way out of it, or a name that is an option or a program of git."""
    shutil.copytree(golden_nine, tmp_path / "mine")
    theirs = GitFolder(tmp_path / "theirs")
    (tmp_path / "theirs/inside").symlink_to(tmp_path / "mine")
    theirs.commit("a link")
    (tmp_path / "portfolio.yml").write_text(f"boards: [{member}]\n")
    answer = kanban("-C", tmp_path, "portfolio", "list")
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert len(answer.err.splitlines()) == 1
    assert not list(tmp_path.rglob("ran"))


def test_sites_and_questions_of_all(place: Path, golden_nine: Path, kanban: Kanban) -> None:
    pytest.importorskip("duckdb")
    question = "select board, count(*) as n from cards group by all order by all"
    answer = kanban("-C", place, "portfolio", "sql", question, "--as-of", DAY, "--json")
    assert answer.code == 0, answer.err
    rows = json.loads(answer.out)["rows"]
    assert [row[0] for row in rows] == ["north", "south"]
    assert rows[0][1] == rows[1][1] > 0
    assert kanban("-C", place, "portfolio", "render", "-o", "sites", "--as-of", DAY).code == 0
    index = (place / "sites/index.html").read_text()
    assert 'href="north/index.html"' in index
    assert (place / "sites/south/metrics.html").is_file()
    assert kanban("-C", place, "portfolio", "render", "-o", "sites", "--as-of", DAY).code == 0, "again"
    refused = kanban("-C", place, "portfolio", "render", "-o", "below/..")
    assert (refused.code, "is not empty" in refused.err) == (2, True)


def test_a_hundred_boards(tmp_path: Path, kanban: Kanban) -> None:
    """Every board has its line, every number is its board's: asked in this process."""
    names = [f"b{number:03}" for number in range(100)]
    for number, name in enumerate(names):
        (tmp_path / name / "p").mkdir(parents=True)
        (tmp_path / name / "board.yml").write_text("columns: [{key: p, name: P}, {key: w, name: W, kind: won}]\n")
        for card in range(number % 4):
            (tmp_path / name / f"p/c{card}.md").write_text(f"---\naccount: C{card}\namount: {number}\n---\n")
    (tmp_path / "portfolio.yml").write_text(f"boards: [{', '.join(names)}]\n")

    told = kanban("-C", tmp_path, "portfolio", "board").out
    _head, *rows, together = told.splitlines()
    assert [row.split()[:3] for row in rows] == [[name, str(n % 4), str(n % 4)] for n, name in enumerate(names)]
    assert together.split()[3:5] == ["150", "150"]
    assert sum(n * (n % 4) for n in range(100)) == int(together.split("€")[1].replace(",", ""))
