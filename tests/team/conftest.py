"""A shared repository and clones of it, each with or without our own hooks, and kanban run in them as a person would."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kanban.cli import cli
from kanban.commands.base.calling.entry import run
from kanban.repository.git.repository import Repository
from kanban.repository.hooks.scripts import install_hooks
from tests.conftest import GitFolder
from tests.lint.conftest import card

RULES = """\
title: Pipeline
language: en
timezone: Europe/Paris
columns:
  - {key: prospects, name: Prospects}
  - {key: offre, name: Offre, wip: 3, dor: [{id: priced, field: amount}]}
  - {key: negociation, name: Negociation, wip: 2}
  - {key: gagne, name: Gagne, kind: won}
  - {key: perdu, name: Perdu, kind: lost}
  - {key: nurturing, name: Nurturing, kind: parked}
"""
COLUMNS = ("prospects", "offre", "negociation", "gagne", "perdu", "nurturing")
CARDS = {"prospects": ("acme", "norvane"), "offre": ("beta",), "negociation": ("gamma",)}


@dataclass
class Said:
    """How a command ended, and everything it said."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return self.out + self.err


class Member:
    """One person's clone."""

    def __init__(self, root: Path, name: str, capfd: pytest.CaptureFixture[str]) -> None:
        self.root, self.name, self.capfd = root, name, capfd
        self.day = "2026-10-05"

    def kanban(self, *words: str) -> Said:
        """Run a verb in this process, its hooks in theirs."""
        self.capfd.readouterr()
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.root)
            patch.setenv("KANBAN_AS_OF", self.day)
            for role in ("AUTHOR", "COMMITTER"):
                patch.setenv(f"GIT_{role}_DATE", f"{self.day}T10:00:00+02:00")
                patch.delenv(f"GIT_{role}_NAME")
                patch.delenv(f"GIT_{role}_EMAIL")
            code = run(cli, list(words))
        out, err = self.capfd.readouterr()
        return Said(code, out, err)

    def git(self, *words: str, ok: bool = True) -> str:
        """Run plain git, as somebody who does not use kanban."""
        day = {f"GIT_{role}_DATE": f"{self.day}T10:00:00+02:00" for role in ("AUTHOR", "COMMITTER")}
        own = {
            name: value for name, value in os.environ.items() if not name.startswith(("GIT_AUTHOR", "GIT_COMMITTER"))
        }
        environment = {**own, **day, "KANBAN_AS_OF": self.day}
        done = subprocess.run(
            ["git", *words], cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )
        assert not ok or done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip() if ok else done.stdout + done.stderr

    def where(self, name: str) -> list[str]:
        """The columns in which a card stands on disk."""
        return [file.parent.name for file in self.root.glob(f"*/{name}.md")]

    def read(self, name: str) -> str:
        """The card's text."""
        (file,) = self.root.glob(f"*/{name}.md")
        return file.read_text("utf-8")


@dataclass
class Table:
    """The people and what they share."""

    shared: Path
    members: tuple[Member, ...]

    def lands(self, *words: str) -> str:
        done = subprocess.run(["git", f"--git-dir={self.shared}", *words], capture_output=True, text=True, check=True)
        return done.stdout.strip()


Gather = Callable[..., Table]


@pytest.fixture
def gather(git_folder: GitFolder, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Gather:
    """`gather("Zoé", "Karim", hooks=True)`: their clones of one shared board."""

    def make(*names: str, hooks: bool = True, rules: str = RULES) -> Table:
        git_folder.write("board.yml", rules)
        for column in COLUMNS:
            git_folder.write(f"{column}/README.md", f"# {column}\n")
        for column, ids in CARDS.items():
            for name in ids:
                git_folder.write(f"{column}/{name}.md", card(name.title()))
        git_folder.commit("start", date="2026-10-01T10:00:00+02:00")
        shared = tmp_path / "shared.git"
        git_folder.git("clone", "-q", "--bare", str(git_folder.root), str(shared))
        members = []
        for name in names:
            root = tmp_path / name.casefold()
            git_folder.git("clone", "-q", f"file://{shared}", str(root))
            member = Member(root, name, capfd)
            member.git("config", "user.name", name)
            member.git("config", "user.email", f"{name.casefold()}@example.org")
            if hooks:
                install_hooks(Repository.find(root))
            members.append(member)
        return Table(shared, tuple(members))

    return make
