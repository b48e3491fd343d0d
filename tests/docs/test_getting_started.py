"""docs/getting-started.md is true: every command runs, in order, in an empty folder; every file shown is usable."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from kanban.cli import VERBS
from tests.conftest import Kanban
from tests.docs.console import run_guide

ROOT = Path(__file__).parent.parent.parent
GUIDES = {"sales": ROOT / "docs/getting-started.md", "ventes": ROOT / "docs/fr/getting-started.md"}
"""The board that a guide makes → the guide."""
FILE = re.compile(r"^```(?:yaml|sh)\n# file: (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOW = "2026-10-05T09:00:00+02:00"


def files(guide: Path) -> dict[str, str]:
    """The files that the guide shows."""
    return {match[1]: match[2] for match in FILE.finditer(guide.read_text("utf-8"))}


@pytest.mark.slow
@pytest.mark.parametrize("name", list(GUIDES))
def test_from_nothing_to_a_published_board(
    tmp_path: Path, kanban: Kanban, monkeypatch: pytest.MonkeyPatch, update_golden: bool, name: str
) -> None:
    guide = GUIDES[name]
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.setenv("SHELL", "/bin/bash")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    shim = tmp_path / "bin" / "kanban"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kanban "$@"\n')
    shim.chmod(0o755)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.setenv("PATH", f"{shim.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("KANBAN_AS_OF", "2026-10-05")
    for variable in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(variable, NOW)
    place = [work]

    def call(arguments: list[str]) -> str:
        program, *rest = arguments
        if program == "kanban":
            answer = kanban("-C", place[0], *rest)
            assert answer.code in (0, 1), answer.err
            return (answer.out + answer.err).replace(f"{place[0]}{os.sep}", "")
        if program == "cd":
            place[0] = place[0] / rest[0]
            return ""
        for path, text in files(guide).items():
            file = place[0] / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        done = subprocess.run(arguments, cwd=place[0], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    assert run_guide(guide, call, update=update_golden) == []
    board = work / name
    assert (board / "site" / "index.html").exists()
    log = subprocess.run(["git", "-C", str(board), "log", "--format=%s"], capture_output=True, text=True, check=True)
    assert log.stdout.splitlines()[0] in ("Check and publish the board", "Contrôler et publier le tableau")
    assert len(log.stdout.splitlines()) == 9


@pytest.mark.parametrize("name", list(GUIDES))
def test_the_files_name_hooks_and_verbs_that_exist(name: str) -> None:
    shown = files(GUIDES[name])
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    asked = yaml.safe_load(shown[".pre-commit-config.yaml"])["repos"][0]["hooks"]
    assert {hook["id"] for hook in asked} <= hooks
    for path, text in shown.items():
        if path.endswith(".yml"):
            assert yaml.safe_load(text)
        for verb in re.findall(r"^\s*(?:- |- run: |entry: )kanban (\S+)", text, re.MULTILINE):
            assert verb in VERBS
    assert {".github/workflows/board.yml", ".gitlab-ci.yml"} <= set(shown)
