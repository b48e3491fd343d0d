"""`kanban demo` as it is typed."""

from __future__ import annotations

import subprocess
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kanban.cli import cli
from kanban.commands.base.calling.entry import run
from kanban.demo.workdays import ZONE
from kanban.web.server import Server


def kanban(*arguments: str) -> int:
    return run(cli, arguments)


def head_of(folder: Path) -> str:
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_it_makes_the_same_repository_each_time_and_says_what_to_try(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        assert kanban("-C", str(tmp_path), "demo", name, "--as-of", "2026-10-05") == 0
    assert head_of(tmp_path / "one") == head_of(tmp_path / "two")
    assert (tmp_path / "one" / "board.yml").is_file()
    assert f"kanban -C {tmp_path / 'one'} board" in capsys.readouterr().out


def test_without_a_day_it_opens_today(tmp_path: Path) -> None:
    assert kanban("demo", str(tmp_path / "now")) == 0
    done = subprocess.run(
        ["git", "log", "-1", "--format=%cs"], cwd=tmp_path / "now", check=True, capture_output=True, text=True
    )
    last = date.fromisoformat(done.stdout.strip())
    assert timedelta(0) < datetime.now(ZONE).date() - last + timedelta(days=1) <= timedelta(days=5)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert kanban("demo", str(tmp_path)) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert "not empty" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [("--as-of", "soonish"), ("--weeks", "3"), ("--seed", "x")])
def test_what_cannot_be_meant_is_said_and_nothing_is_written(tmp_path: Path, arguments: tuple[str, str]) -> None:
    assert kanban("demo", str(tmp_path / "new"), *arguments) == 2
    assert not (tmp_path / "new").exists()


def test_a_file_in_the_way_is_an_error_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x")
    assert kanban("demo", str(tmp_path / "file")) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert (tmp_path / "file").read_text() == "x"


def test_what_fails_halfway_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kanban.commands.setup import demo
    from kanban.errors import KanbanError

    def half(folder: Path, commits: object) -> str:
        (folder / ".git").mkdir()
        (folder / "board.yml").write_text("x")
        raise KanbanError("git stopped")

    monkeypatch.setattr(demo, "write_history", half)
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        assert kanban("demo", str(tmp_path / name)) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]
    assert list((tmp_path / "empty").iterdir()) == []


@pytest.mark.sweep
@pytest.mark.parametrize("day", ["2026-10-05", "2026-10-08", "2026-10-10", "2027-03-02"])
def test_the_linter_finds_nothing_on_whatever_weekday_it_opens(
    tmp_path: Path, day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert kanban("demo", str(tmp_path / "new"), "--as-of", day) == 0
    found = kanban("-C", str(tmp_path / "new"), "lint", "--as-of", day, "--fail-on", "info", "--no-waivers")
    assert found == 0, capsys.readouterr().out
    steps = kanban("-C", str(tmp_path / "new"), "lint", "--as-of", day, "--range", "HEAD~200..HEAD")
    assert steps == 0, capsys.readouterr().out


def test_the_linter_does_find_what_grows_stale(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two weeks later the same board is no longer clean: the check above can fail."""
    assert kanban("demo", str(tmp_path / "new"), "--as-of", "2026-10-05") == 0
    assert kanban("-C", str(tmp_path / "new"), "lint", "--as-of", "2026-10-19", "--fail-on", "info") == 1
    assert "acme-sso" in capsys.readouterr().out


@pytest.mark.sweep
def test_it_is_opened_in_the_browser_when_that_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[str] = []

    def run(server: Server) -> None:
        served.append(f"{server.address} {server.desk.wall().title}")

    monkeypatch.setattr(Server, "run", run)
    assert kanban("demo", str(tmp_path / "now"), "--weeks", "16", "--serve") == 0
    address, _space, title = served[0].partition(" ")
    assert title == "Sales pipeline"
    assert capsys.readouterr().out.endswith(f"{address}\n")
