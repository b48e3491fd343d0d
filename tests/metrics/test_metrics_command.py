"""`kanban metrics` as people call it: filters, periods, files, and boards on which there is little to measure."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kanban.cli import cli
from kanban.commands.base.calling.entry import run as run_verbs
from tests.conftest import GitFolder
from tests.golden_nine import AS_OF, BOARD


def metrics(root: Path, *arguments: str, as_of: str = AS_OF) -> Result:
    return CliRunner().invoke(cli, ["-C", str(root), "metrics", "--as-of", as_of, *arguments])


def document(root: Path, *arguments: str, as_of: str = AS_OF) -> dict[str, Any]:
    done = metrics(root, "--json", *arguments, as_of=as_of)
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


WINDOWS = [
    # since, until | wins, arrivals
    ("2025-01-01", "2025-01-31", 2, 7),
    ("2025-02-01", "2025-02-28", 2, 2),
    ("2025-03-01", "2025-03-31", 2, 0),
    ("2025-01-13", "2025-01-13", 1, 1),
]


@pytest.mark.parametrize(("since", "until", "won", "arrived"), WINDOWS)
def test_a_window_holds_what_ended_and_began_in_it(
    golden_nine: Path, since: str, until: str, won: int, arrived: int
) -> None:
    found = document(golden_nine, "--since", since, "--until", until)
    assert (found["throughput"]["won"], found["arrivals"]["count"]) == (won, arrived)
    assert found["cycle_time"]["n"] == won
    assert found["wip"]["total"] == 2  # what is, is as of the day


def test_a_window_lists_only_weeks_that_lie_wholly_in_it(golden_nine: Path) -> None:
    weeks = document(golden_nine, "--since", "2025-01-14", "--until", "2025-02-02")["throughput"]["weeks"]
    assert [week["week"] for week in weeks] == ["2025-W04", "2025-W05"]


def test_comparing_two_months(golden_nine: Path) -> None:
    february = ("--since", "2025-02-01", "--until", "2025-02-28")
    for period in ("2025-01", "2025-01-01..2025-01-31"):
        found = document(golden_nine, *february, "--compare", period)["compare"]
        rows = {row["metric"]: row for row in found["rows"] if not row["column"]}
        assert found["now"]["observed_days"] == 28
        assert found["then"] == {"since": "2025-01-01", "until": "2025-01-31", "observed_days": 26}
        assert rows["throughput"]["now"] == pytest.approx(2 / 4)
        assert rows["throughput"]["then"] == pytest.approx(2 / 26 * 7)
        assert rows["throughput"]["verdict"] == "worse"
        assert (rows["cycle_time"]["now"], rows["cycle_time"]["then"]) == (29, 1)


def test_previous_is_the_window_before(golden_nine: Path) -> None:
    found = document(golden_nine, "--since", "2025-03-01", "--compare", "previous")["compare"]
    assert found["then"]["since"] == "2025-01-29"
    assert found["then"]["until"] == "2025-02-28"
    eight = document(golden_nine, "--compare", "previous")["compare"]
    assert (eight["now"]["since"], eight["now"]["until"]) == ("2025-02-03", "2025-03-30")
    assert (eight["then"]["since"], eight["then"]["until"]) == ("2024-12-09", "2025-02-02")


def test_working_days_are_labelled_and_fewer(golden_nine: Path) -> None:
    found = document(golden_nine, "--working-days")
    assert found["day_count"] == "working"
    assert found["cycle_time"]["p50"] == 21  # 6 January to 3 February: 29 days, 8 of them on week-ends


def test_an_unknown_owner_source_or_period_is_refused_with_the_way_out(
    golden_nine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, cure in (
        (["--owner", "karim"], "there are zoe"),
        (["--compare", "2025-Q5"], "2025-Q1"),
        (["--since", "2025-05-01"], "earlier"),
    ):
        code = run_verbs(cli, ["-C", str(golden_nine), "metrics", "--as-of", AS_OF, *arguments])
        assert code == 2
        assert cure in capsys.readouterr().err


def test_a_class_that_the_board_declares_and_no_card_has_yet_gives_zeros(golden_nine: Path) -> None:
    found = document(golden_nine, "--class", "Expedite")
    assert (found["wip"]["total"], found["throughput"]["won"], found["cycle_time"]["p50"]) == (0, 0, None)
    assert len(found["throughput"]["weeks"]) == 12  # the board's weeks, not the cards'


def test_the_report_in_the_terminal_puts_figures_first_and_says_lights_in_words(golden_nine: Path) -> None:
    done = metrics(golden_nine, "--lang", "en")
    assert done.exit_code == 0, done.output
    text = re.sub(r"\x1b\[[0-9;]*m", "", done.output)
    assert text.index("Throughput") < text.index("Targets") < text.index("Weeks") < text.index("Little")
    assert "Without a next action" in text
    assert re.search(r"Without a next action +100% +– +0% +2 +red", text)
    assert "does not apply here" in text
    assert "\x1b[" not in done.output


def test_the_report_speaks_french(golden_nine: Path) -> None:
    text = metrics(golden_nine, "--lang", "fr").output
    assert "Débit" in text
    assert "rouge" in text
    assert "Temps de cycle" in text


def test_csv_files_can_be_read_back(golden_nine: Path, tmp_path: Path) -> None:
    done = metrics(golden_nine, "--csv", str(tmp_path / "out"), "--compare", "2025-01")
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    tables = {}
    for path in (tmp_path / "out").glob("*.csv"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8-sig", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    assert {row["card"]: row["days"] for row in tables["cycle_time"] if row["outcome"] == "won"}["c3"] == "43"
    assert sum(int(row["total"]) for row in tables["wip_daily"]) == 342
    assert [row["won"] for row in tables["throughput_weeks"]] == list("010110100011")
    assert tables["cumulative_flow"][-1]["left_won"] == "6"
    assert {row["metric"] for row in tables["compare"]} >= {"throughput", "conversion"}
    assert set(tables) >= {"age", "blocks", "conversion", "cuts", "slips", "targets", "weighted_pipeline"}


def test_a_folder_that_cannot_be_made_is_said(
    golden_nine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    code = run_verbs(cli, ["-C", str(golden_nine), "metrics", "--as-of", AS_OF, "--csv", str(tmp_path / "file")])
    assert code == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_shallow_clone_is_refused_with_the_cure(
    golden_nine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subprocess.run(["git", "clone", "-q", "--depth", "1", golden_nine.as_uri(), tmp_path / "shallow"], check=True)
    for verb in ("metrics", "forecast", "log"):
        code = run_verbs(cli, ["-C", str(tmp_path / "shallow"), verb, "--as-of", AS_OF, "--json"])
        said = capsys.readouterr()
        assert (code, said.out) == (2, "")
        assert "kanban doctor --repair" in said.err
    for asked in (["show", "f6"], ["show", "f6", "--json"]):  # what is left of the past would be a false beginning
        code = run_verbs(cli, ["-C", str(tmp_path / "shallow"), *asked])
        said = capsys.readouterr()
        assert (code, "part of the history" in said.err) == (0, True)
        assert "History" not in said.out
        assert '"commit"' not in said.out


@pytest.mark.parametrize("committed", [False, True], ids=["no commit yet", "a board and no card"])
def test_a_young_board_has_a_report_without_figures(git_folder: GitFolder, committed: bool) -> None:
    git_folder.write("board.yml", BOARD)
    git_folder.write("p/new.md", "---\naccount: New\n---\n") if not committed else None
    if committed:
        git_folder.commit("board", date="2025-03-01T10:00:00+01:00")
    found = document(git_folder.root)
    assert found["wip"]["total"] == 0
    assert found["throughput"]["weeks"] == []
    assert found["throughput"]["won_per_week"] is None
    assert found["little"]["ratio"] is None
    assert found["next_action"] == {"open": 0, "missing": [], "share_missing": None, "overdue": []}
    assert metrics(git_folder.root).exit_code == 0
    assert metrics(git_folder.root, "--compare", "previous").exit_code == 0
    assert metrics(git_folder.root, "--csv", str(git_folder.root / "out")).exit_code == 0


def test_a_board_on_which_nothing_was_closed(git_folder: GitFolder) -> None:
    git_folder.write("board.yml", BOARD)
    git_folder.write("q/a.md", "---\naccount: A\namount: 1000\nprobability: 50%\nclose_date: 2025-02-01\n---\n")
    git_folder.commit("a", date="2025-03-01T10:00:00+01:00")
    found = document(git_folder.root)
    assert found["cycle_time"] | {"n": 0, "p50": None} == found["cycle_time"]
    assert found["win_rate"]["rate"] is None
    assert (
        found["weighted_pipeline"]["EUR"] | {"total": "500.00", "past_due": "500.00"}
        == found["weighted_pipeline"]["EUR"]
    )
    assert found["time_in_column"]["q"] == {"n": 0, "p50": None, "p85": None}
    assert metrics(git_folder.root).exit_code == 0


@pytest.fixture
def strange(git_folder: GitFolder) -> Path:
    """A board whose file names and texts are as bad as they get."""
    git_folder.write("board.yml", BOARD)
    git_folder.write(os.fsdecode(b"p/caf\xe9.md"), "---\naccount: A\n---\n")
    git_folder.write("p/two\nlines.md", "---\naccount: nobody's\n---\n")
    git_folder.write("p/two lines.md", '---\nowner: "\\e]0;x\\a"\nblocked_cause: "\\e[31mred"\n---\n')
    git_folder.write("p/broken.md", "---\naccount: [\n")
    git_folder.write("p/big.md", "x" * 300_000)
    git_folder.commit("strange", date="2025-03-01T10:00:00+01:00")
    return git_folder.root


def test_strange_names_and_texts_do_no_harm(strange: Path) -> None:
    found = document(strange)
    assert {one["card"] for one in found["age"]} == {"caf\\udce9", "two lines", "broken", "big"}
    text = metrics(strange, "--color", "always").output
    assert "\x1b]0" not in text
    assert "\x1b[31mred" not in text
    assert "two lines" in text
    for arguments in (
        ["metrics", "--csv", "out"],
        ["export", "out.db"],
        ["export", "out"],
        ["export", "out.jsonl"],
    ):
        target = str(strange / arguments.pop())
        done = CliRunner().invoke(cli, ["-C", str(strange), *arguments, target, "--as-of", AS_OF])
        assert done.exit_code == 0, (arguments, done.exception)


def on_a_terminal(root: Path, pager: str, *arguments: str) -> str:
    """What a person sees who types the command in a terminal of 100 columns with this pager."""
    pty = pytest.importorskip("pty")
    seen: list[bytes] = []

    def read(descriptor: int) -> bytes:
        data = os.read(descriptor, 65536)
        seen.append(data)
        return data

    environment = {"PAGER": pager, "PYTHONPATH": str(Path(__file__).parent.parent.parent), "TERM": "xterm"}
    command = ["env", *(f"{name}={value}" for name, value in environment.items()), sys.executable, "-m", "kanban"]
    status = pty.spawn([*command, "-C", str(root), "metrics", "--as-of", AS_OF, *arguments], read)
    assert os.waitstatus_to_exitcode(status) == 0
    return b"".join(seen).decode()


def test_a_terminal_gets_colours_and_the_users_pager(golden_nine: Path) -> None:
    shown = on_a_terminal(golden_nine, "sed s/^/paged:/", "--lang", "en")
    assert "paged:Targets" in re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert "\x1b[1;31mred" in shown
    plain = on_a_terminal(golden_nine, "cat", "--color", "never")
    assert "paged:" not in plain
    assert "\x1b[" not in plain
