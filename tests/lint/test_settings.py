"""What a board and a command line may settle: severities, exclusions, paths, thresholds; and what needs a history."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.lint.conftest import BOARD, MONDAY, Board, card

UNDATED = card("Norvane", next_action_date="")


def with_lint(board: Board, settings: str) -> None:
    board.write("board.yml", BOARD + f"lint: {settings}\n")


@pytest.mark.parametrize(
    ("settings", "code", "severities"),
    [
        ("{severity: {KB501: warning}}", 0, ["warning"]),
        ("{severity: {missing-next-action: info}}", 0, ["info"]),
        ("{ignore: [KB5]}", 0, []),
        ("{select: [KB3]}", 0, []),
        ("{exclude: [offre]}", 0, []),
        ('{per_path_ignores: {"offre/**": [KB501]}}', 0, []),
        ('{per_path_ignores: {"gagne/**": [KB501]}}', 1, ["error"]),
    ],
)
def test_a_board_settles_its_rules(board: Board, settings: str, code: int, severities: list[str]) -> None:
    board.write("offre/norvane.md", UNDATED)
    with_lint(board, settings)
    answer = board.lint("--json")
    assert [one["severity"] for one in json.loads(answer.out)["findings"]] == severities
    assert answer.code == code


def test_the_command_line_selects_over_the_board_and_ignores_besides_it(board: Board) -> None:
    board.write("offre/norvane.md", card("Norvane", next_action_date="", owner=""))
    with_lint(board, "{select: [KB3], ignore: [KB525]}")
    assert board.codes("--select", "KB5") == ["KB501"]
    assert board.codes("--extend-select", "KB501") == ["KB501"]
    assert board.codes("--select", "KB5", "--ignore", "KB501") == []
    assert board.codes("--select", "ALL", "--per-path-ignores", "offre:KB501") == []


def test_the_threshold_decides_the_exit_code(board: Board) -> None:
    board.write("offre/norvane.md", card("Norvane", owner=""))
    assert board.codes() == ["KB525"]
    assert board.lint().code == 0
    assert board.lint("--fail-on", "warning").code == 1
    assert board.lint("--fail-on", "info").code == 1
    assert board.lint("--fail-on", "warning", "--exit-zero").code == 0


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        ([], ["KB501", "KB501"]),
        (["."], ["KB501", "KB501"]),
        (["offre"], ["KB501"]),
        (["offre/"], ["KB501"]),
        (["offre/norvane.md"], ["KB501"]),
        (["offre", "prospects/acme.md"], ["KB501", "KB501"]),
        (["nurturing"], []),
    ],
)
def test_paths_limit_what_is_told(board: Board, paths: list[str], expected: list[str]) -> None:
    board.write("offre/norvane.md", UNDATED)
    board.write("prospects/acme.md", card(next_action_date=""))
    assert board.codes(*paths) == expected


def test_a_path_elsewhere_names_its_own_board(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    board.write("offre/norvane.md", UNDATED)
    monkeypatch.chdir(board.root.parent)
    assert board.codes(str(board.root)) == ["KB501"]
    assert board.codes("sales/offre") == ["KB501"]
    assert board.codes("sales/prospects") == []
    assert board.kanban("lint", "nowhere").code == 2


def test_a_board_below_the_top_is_told_from_the_top(board: Board) -> None:
    for name in ("board.yml", "prospects", "offre", "negociation", "gagne", "perdu", "nurturing"):
        if (board.root / name).exists():
            (board.root / "sub").mkdir(exist_ok=True)
            board.git("mv", name, f"sub/{name}")
    board.commit("moved below", date=MONDAY)
    board.write("sub/offre/norvane.md", UNDATED)
    board.git("add", "-A")
    for arguments in ([], ["--staged"], ["-C", "sub"], ["-C", "sub/offre", "--staged"]):
        findings = json.loads(board.lint("--json", *arguments).out)["findings"]
        assert [one["path"] for one in findings] == ["sub/offre/norvane.md"], arguments


def skipped(board: Board, *arguments: str) -> tuple[list[str], str]:
    answer = board.lint("--json", *arguments)
    return [one["code"] for one in json.loads(answer.out)["skipped"] if one["needs"] == "clocks"], answer.err


def test_without_a_commit_rules_about_ages_are_left_out_and_said(board: Board, tmp_path: Path) -> None:
    fresh = Board(tmp_path / "fresh")
    for name in ("board.yml", "prospects/acme.md"):
        fresh.write(name, (board.root / name).read_bytes())
    codes, said = skipped(board, "-C", str(fresh.root))
    assert "KB503" in codes
    assert "no commit yet" in said
    fresh.git("add", "-A")
    codes, said = skipped(board, "-C", str(fresh.root), "--staged")
    assert "KB503" in codes


def test_a_shallow_clone_leaves_ages_out_and_checks_the_rest(board: Board, tmp_path: Path) -> None:
    board.write("offre/norvane.md", UNDATED)
    board.commit("second", date=MONDAY)
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", f"file://{board.root}", str(tmp_path / "shallow")], check=True
    )
    codes, said = skipped(board, "-C", str(tmp_path / "shallow"))
    assert "KB503" in codes
    assert "kanban doctor --repair" in said
    assert board.codes("-C", str(tmp_path / "shallow"), "--select", "KB501") == ["KB501"]


def test_the_history_is_read_only_when_a_rule_needs_it(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    from kanban.commands.check.inputs import reading as sources

    asked: list[str] = []
    real = sources.read_history
    monkeypatch.setattr(sources, "read_history", lambda *a, **k: asked.append("read") or real(*a, **k))
    board.codes("--select", "KB501")
    assert asked == []
    board.codes("--select", "KB503")
    assert asked == ["read"]


def test_an_old_card_is_stale_until_it_is_touched(board: Board) -> None:
    board.write("offre/old.md", card("Old"))
    board.commit("old", date="2026-09-20T09:00:00+02:00")
    assert board.codes("offre") == ["KB503"]
    board.write("offre/old.md", card("Old", amount="30000"))
    assert board.codes("offre") == []
    assert board.codes("--rev", "HEAD", "offre") == ["KB503"]


def test_github_also_fills_the_summary_of_the_job(
    board: Board, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    board.write("offre/norvane.md", UNDATED)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    assert board.lint("--output-format", "github").out.startswith("::error file=offre/norvane.md,")
    assert "KB501" in (tmp_path / "summary.md").read_text("utf-8")


def test_a_report_goes_into_a_file(board: Board, tmp_path: Path) -> None:
    board.write("offre/norvane.md", UNDATED)
    answer = board.lint("--output-format", "sarif", "--output-file", str(tmp_path / "out.sarif"))
    assert (answer.code, answer.out) == (1, "")
    assert json.loads((tmp_path / "out.sarif").read_text("utf-8"))["version"] == "2.1.0"


def test_what_is_counted(board: Board) -> None:
    board.write("offre/norvane.md", UNDATED)
    assert board.lint("--statistics").out.splitlines()[0].startswith("1  KB501 missing-next-action")


def test_help_and_completion_do_not_load_the_rules() -> None:
    code = "import sys, kanban.cli; sys.exit('kanban.lint' in sys.modules or 'git' in sys.modules)"
    assert subprocess.run(["python", "-c", code], check=False).returncode == 0
