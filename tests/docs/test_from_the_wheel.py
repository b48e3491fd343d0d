"""What a newcomer types works on whatever day it is, with what a package installs and not with this checkout.

README, first steps and a day in both languages, block by block, and the tour, in an empty home.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.docs.console import FENCE, steps_of
from tests.docs.test_getting_started import GUIDES, files
from tests.test_wheel import built

pytestmark = pytest.mark.sweep

ROOT = Path(__file__).parent.parent.parent
README = {"en": ROOT / "README.md", "fr": ROOT / "README.fr.md"}
DAYS = {"en": ROOT / "docs/a-day.md", "fr": ROOT / "docs/fr/a-day.md"}
SHELL_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
Run = Callable[[Path, str], subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package as the wheel installs it, and a `kanban` that starts it."""
    folder = tmp_path_factory.mktemp("wheel")
    wheel = built(folder, "tree")
    site = folder / "site"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile", "--target", str(site)]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    program = folder / "bin" / "kanban"
    program.parent.mkdir()
    start = "from kanban.cli import main; main()"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{site}" exec "{sys.executable}" -P -c "{start}" "$@"\n')
    program.chmod(0o755)
    return folder


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Run:
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[user]\nname = Ann Lee\nemail = ann@example.org\n[init]\ndefaultBranch = main\n")
    environment = {"HOME": str(home), "PATH": f"{installed / 'bin'}{os.pathsep}{os.environ['PATH']}", "LANG": "C.UTF-8"}
    environment |= {"SHELL": "/bin/bash"}

    def call(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(  # noqa: S602 - as a person types it
            command,
            cwd=folder,
            shell=True,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode in (0, 1), f"{command}: {done.stderr}"
        assert "Traceback" not in done.stderr
        return done

    return call


@pytest.mark.slow
def test_it_is_the_package_that_runs(installed: Path) -> None:
    code = "import kanban; print(kanban.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(installed / "site")}
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(str(installed / "site"))


@pytest.mark.slow
@pytest.mark.sweep(only=True)
@pytest.mark.parametrize("name", list(GUIDES))
def test_the_guide_can_be_finished_today(run: Run, tmp_path: Path, name: str) -> None:
    guide, place = GUIDES[name], tmp_path
    refused = []
    for block in FENCE.findall(guide.read_text("utf-8")):
        for step in steps_of(block):
            if step.arguments[0] == "cd":
                place = place / step.arguments[1]
                continue
            if step.arguments[:2] == ["git", "add"]:
                for path, text in files(guide).items():
                    (place / path).parent.mkdir(parents=True, exist_ok=True)
                    (place / path).write_text(text, "utf-8")
            if run(place, step.command).returncode:
                refused.append(step.command)
    assert [shlex.split(command)[1:3] for command in refused] == [["move", "acme-sas"]], "the one that the guide shows"
    assert (place / "site/index.html").exists()


@pytest.mark.sweep(only=True)
@pytest.mark.slow
@pytest.mark.parametrize("language", list(DAYS))
def test_a_day_is_what_the_guide_says(run: Run, tmp_path: Path, language: str) -> None:
    """In one process it always runs: `test_a_day.py`."""
    run(tmp_path, f"kanban --lang {language} demo board --as-of 2026-10-05")
    day = 'export KANBAN_AS_OF=2026-10-05 COLUMNS=120 GIT_AUTHOR_NAME=Zoé; k() { kanban "$@"; }; '
    day += "export GIT_AUTHOR_DATE=2026-10-05T11:00:00+02:00 GIT_COMMITTER_DATE=2026-10-05T11:00:00+02:00; "
    for block in FENCE.findall(DAYS[language].read_text("utf-8")):
        for step in steps_of(block):
            done = run(tmp_path / "board", day + step.command)
            assert [line.rstrip() for line in (done.stdout + done.stderr).splitlines()] == step.output.splitlines()


@pytest.mark.slow
@pytest.mark.parametrize("language", list(README))
def test_the_readme_works(run: Run, tmp_path: Path, language: str) -> None:
    text = README[language].read_text("utf-8")
    own = next(block for block in SHELL_BLOCK.findall(text) if "kanban init" in block)
    typed = [line.partition("#")[0].strip() for line in own.splitlines() if not line.startswith("pipx")]
    run(tmp_path, " && ".join(typed).replace("tour", "tour --yes"))
    assert list(tmp_path.glob("*/prospects/acme-sas.md"))
    run(tmp_path, f"kanban --lang {language} demo demo")
    codes = [
        run(tmp_path / "demo", step.command.partition("#")[0].partition("&&")[0]).returncode
        for block in FENCE.findall(text)
        for step in steps_of(block)
    ]
    assert codes == [0, 0, 0, 1, 0, 0, 0], "the offer is not ready, which the comment says"
