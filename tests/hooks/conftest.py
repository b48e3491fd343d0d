"""The real pre-commit in real repositories, running the hooks that are published."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.conftest import PINNED, GitFolder
from tests.lint.conftest import BOARD, MONDAY, card

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
STAGES = ("pre-commit", "pre-merge-commit", "commit-msg", "pre-push")
LATER = ("commit-msg", "pre-push")
"""Hooks that only some tests need: they are put in place by `hook`."""
COLUMNS = ("prospects", "offre", "negociation", "gagne", "perdu", "nurturing")
HOOKS = ("kanban-lint", "kanban-push", "kanban-commit-msg")


def published(*ids: str) -> list[dict[str, object]]:
    """The published hooks with these ids, to be run with the `kanban` on the path instead of an installed one."""
    manifest = yaml.safe_load(MANIFEST.read_text("utf-8"))
    return [{**hook, "language": "system"} for hook in manifest if hook["id"] in ids]


def configuration(*ids: str) -> str:
    """A `.pre-commit-config.yaml` with these hooks."""
    return yaml.safe_dump({"repos": [{"repo": "local", "hooks": published(*ids)}]}, sort_keys=False)


@dataclass
class Verdict:
    """How a git command ended."""

    code: int
    said: str

    @property
    def green(self) -> bool:
        """Whether git did it."""
        return self.code == 0


class Workshop(GitFolder):
    """A board under pre-commit."""

    def try_git(self, *arguments: str, cwd: Path | None = None) -> Verdict:
        """Run git as a user does and see what the hooks say."""
        done = subprocess.run(
            ["git", *arguments], cwd=cwd or self.root, env=os.environ, capture_output=True, text=True, check=False
        )
        return Verdict(done.returncode, done.stdout + done.stderr)

    def try_commit(self, *arguments: str, message: str = "change") -> Verdict:
        """Commit, hooks and all."""
        return self.try_git("commit", "-q", "-m", message, *arguments)

    def force(self, message: str = "forced") -> None:
        """Stage everything and commit it past the hooks."""
        self.git("add", "-A")
        self.git("commit", "-q", "--no-verify", "--allow-empty", "-m", message, date=MONDAY)

    def hook(self, stage: str) -> None:
        """Put one of the later hooks in place."""
        (self.root / ".git" / stage).rename(self.root / ".git/hooks" / stage)

    def use(self, *ids: str) -> None:
        """Use these hooks instead, in a commit that no hook sees."""
        self.write(".pre-commit-config.yaml", configuration(*ids))
        self.force("other hooks")


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a `kanban` that runs this checkout."""
    folder = tmp_path_factory.mktemp("bin")
    shim = folder / "kanban"
    cache = tmp_path_factory.mktemp("bytecode")
    python = f'env -u PYTHONDONTWRITEBYTECODE PYTHONPATH="{ROOT}" PYTHONPYCACHEPREFIX="{cache}" "{sys.executable}"'
    shim.write_text(f'#!/bin/sh\nexec {python} -m kanban "$@"\n', "utf-8")
    shim.chmod(0o755)
    return folder


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, tools: Path) -> Path:
    """A repository with a board and the hooks installed, copied for each test."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | PINNED
    saved = dict(os.environ)
    os.environ.clear()
    os.environ.update(environment)
    try:
        found = Workshop(tmp_path_factory.mktemp("template") / "repo")
        found.write("board.yml", BOARD)
        for column in COLUMNS:
            found.write(f"{column}/README.md", f"# {column}\n")
        found.write("prospects/acme.md", card())
        found.write(".pre-commit-config.yaml", configuration(*HOOKS))
        found.commit("start", date=MONDAY)
        stages = [part for stage in STAGES for part in ("--hook-type", stage)]
        subprocess.run([sys.executable, "-m", "pre_commit", "install", *stages], cwd=found.root, check=True)
        for stage in LATER:
            (found.root / ".git/hooks" / stage).rename(found.root / ".git" / stage)
    finally:
        os.environ.clear()
        os.environ.update(saved)
    return found.root


@pytest.fixture
def workshop(template: Path, tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """A fresh copy of the template."""
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(template.parent / "home"))
    shutil.copytree(template, tmp_path / "repo", symlinks=True)
    return Workshop(tmp_path / "repo")
