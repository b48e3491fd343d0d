"""Every way of every row of the sheet, on boards of both presets in both languages, in real repositories."""

from __future__ import annotations

import re
import shlex
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from tests.conftest import GitFolder, Kanban
from tests.sheet.stage import BOARDS, DAY, Stage, staged
from tests.sheet.table import ROWS, Cards, Row

pytestmark = pytest.mark.sweep(one_in=20)

CASES = [(row, *board) for row in ROWS for board in BOARDS if board[0] in row.presets]
IDS = [f"{row.id}-{preset}-{language}" for row, preset, language in CASES]
HOOKED = (("b2b", "fr"), ("phone", "en"))
"""The boards on which git really runs the hooks; on the others what they run is run here."""
Prepared = dict[tuple[str, str], Path]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Where the bare boards stand, one of each kind; a test works on a copy."""
    return {board: tmp_path_factory.mktemp("sheet") / "-".join(board) for board in BOARDS}


@pytest.fixture
def stage(
    preset: str,
    language: str,
    prepared: Prepared,
    tmp_path: Path,
    kanban: Kanban,
    monkeypatch: pytest.MonkeyPatch,
) -> Stage:
    """A board with the hooks in place."""
    source = prepared[preset, language]
    if not source.exists():
        staged(source, kanban, preset, language, hooks=(preset, language) in HOOKED)
    shutil.copytree(source, tmp_path / "board")
    monkeypatch.chdir(tmp_path / "board")
    return Stage(GitFolder(tmp_path / "board"), kanban, preset, language)


def put(stage: Stage, cards: Cards) -> None:
    """The cards, those of a day in one commit that no hook sees: the board as somebody finds it."""
    days: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for place, fields in cards.items():
        days[fields.get("created", DAY)][place] = {key: value for key, value in fields.items() if key != "created"}
    for day, found in sorted(days.items()):
        for place, fields in found.items():
            column, _slash, name = place.partition("/")
            stage.write(column, name, fields.pop("body", ""), **fields)
        stage.folder.git("add", "-A")
        stage.folder.git("commit", "-qnm", "cards", date=f"{day}T09:00:00+02:00")


def words(stage: Stage, command: str) -> list[str]:
    """A command of the table as it is typed on this board."""
    return shlex.split(re.sub(r"\{(\w+)\}", lambda found: stage.column(found[1]), command))


def of(way: str) -> pytest.MarkDecorator:
    """The rows that have the way, on each board that they are about."""
    chosen = [at for at, case in enumerate(CASES) if any(getattr(case[0], way))]
    return pytest.mark.parametrize(
        ("row", "preset", "language"), [CASES[at] for at in chosen], ids=[IDS[at] for at in chosen]
    )


@of("see")
def test_a_row_is_seen(row: Row, stage: Stage) -> None:
    put(stage, row.cards | (row.hand if row.id == "D44" else {}))
    answer = stage.type(*words(stage, row.see[0]))
    assert answer.code in (0, 1), answer.err
    assert re.search(row.see[1], answer.out), answer.out


@of("right")
def test_the_right_way_goes_through(row: Row, stage: Stage) -> None:
    put(stage, row.cards)
    for command in row.right:
        answer = stage.type(*words(stage, command))
        assert answer.code == 0, (command, answer.err)
    assert not [one for one in stage.kanban("lint", "--json").json["findings"] if one["severity"] == "error"]


@of("wrong")
def test_the_wrong_way_is_refused(row: Row, stage: Stage) -> None:
    put(stage, row.cards | (row.hand if row.id == "D44" else {}))
    before = stage.folder.git("rev-parse", "HEAD")
    answer = stage.type(*words(stage, row.wrong[0]))
    assert answer.code in (1, 2), answer.out
    assert row.wrong[1] in answer.err
    assert stage.folder.git("rev-parse", "HEAD") == before


@of("code")
def test_by_hand_lint_tells_it_and_the_hook_refuses_it(row: Row, stage: Stage) -> None:
    put(stage, row.cards)
    for place, fields in row.hand.items():
        if place == "board.yml":
            stage.amend(fields)
            continue
        column, _slash, name = place.partition("/")
        mine = {key: value for key, value in fields.items() if key not in ("created", "body")}
        stage.write(column, name, fields.get("body", ""), **mine)
    stage.folder.git("add", "-A")
    if (stage.preset, stage.language) in HOOKED and row.hook:
        stage.folder.git("commit", "-qm", "by hand", check=False)
        assert stage.folder.git("status", "--porcelain"), "the hook has let it pass"
    assert (stage.kanban("lint", "--staged").code == 1) is row.hook
    day = next((one["created"] for one in row.hand.values() if "created" in one), DAY)
    stage.folder.git("commit", "-qnm", "by hand", date=f"{day}T09:00:00+02:00")
    found = stage.kanban("lint", "--json", "--select", row.code).json["findings"]
    assert found, row.code
    assert all(one["cure"] for one in found)
    assert {one["severity"] for one in found} <= ({"error"} if row.hook else {"error", "warning", "info"})


@of("moved")
def test_a_move_by_plain_git_is_judged(row: Row, stage: Stage) -> None:
    put(stage, row.cards)
    card, column = words(stage, row.moved[0])
    (path,) = stage.folder.root.glob(f"*/{card}.md")
    stage.folder.git("mv", path.relative_to(stage.folder.root).as_posix(), f"{column}/{card}.md")
    staged_findings = stage.kanban("lint", "--staged", "--json").json["findings"]
    head = stage.folder.git("rev-parse", "HEAD")
    if (stage.preset, stage.language) in HOOKED:
        stage.folder.git("commit", "-qm", "by hand", check=False)
        assert stage.folder.git("rev-parse", "HEAD") == head, "a hook has let it pass"
    stage.folder.git("commit", "-qnm", "by hand", date=f"{DAY}T12:00:00+02:00")
    found = stage.kanban("lint", "--json", "--range", "HEAD~1..HEAD").json["findings"]
    codes = {one["code"] for one in (*found, *staged_findings)}
    assert row.moved[1] in codes


@pytest.mark.parametrize(("preset", "language"), BOARDS, ids=["-".join(one) for one in BOARDS])
def test_the_site_shows_it(stage: Stage) -> None:
    rows = [row for row in ROWS if stage.preset in row.presets and any(row.site)]
    every: Cards = {}
    for row in rows:
        for place, fields in row.cards.items():
            column, _slash, name = place.partition("/")
            every[f"{column}/{row.id.lower()}-{name}"] = fields
    put(stage, every)
    assert stage.type("render").code == 0
    missing = []
    for row in rows:
        path = stage.folder.root / "site" / row.site[0].replace("cards/", f"cards/{row.id.lower()}-")
        if not re.search(row.site[1], path.read_text(encoding="utf-8"), re.IGNORECASE):
            missing.append((row.id, row.site))
    assert missing == []


def test_the_table_has_all_rows() -> None:
    assert [row.id for row in ROWS] == [f"D{number:02}" for number in range(1, 58)]
    reading = [row for row in ROWS if "D19" <= row.id <= "D43"]
    assert [row.id for row in reading if not row.none and not (any(row.wrong) and (row.code or any(row.moved)))] == []
    assert all(any(row.see) or row.right or any(row.wrong) or any(row.site) for row in ROWS)
