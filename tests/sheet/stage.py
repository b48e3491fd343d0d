"""A board of a preset, in a language, in a real repository, and somebody who types on it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kanban.folder.reading import read_folder
from kanban.model.cards.assembly import read_board
from kanban.model.cards.board import Board
from tests.conftest import Answer, GitFolder, Kanban

DAY = "2026-10-05"
LANGUAGES = ("fr", "en")
PRESETS = ("b2b", "phone")
BOARDS = tuple((preset, language) for preset in PRESETS for language in LANGUAGES)
COLUMNS = {
    "b2b": ("prospects", "qualified", "meeting", "offer", "negotiation", "won", "lost", "parked"),
    "phone": ("prospects", "called", "callback", "meeting", "won", "lost", "parked"),
}
"""What the columns of a preset are called here, whatever their folders are called on a board."""

TYPED = re.compile(r"`((?:kanban|git) [^`]+)`")
ARROW = re.compile(r"^\s*→ ((?:kanban|git) .+)$", re.MULTILINE)
WORDS = {
    "decision_maker": "Mme Roy",
    "owner": "Zoé",
    "amount": "9000",
    "fixed_date": "2026-10-30",
    "close_date": "2026-10-30",
}


@dataclass
class Stage:
    """The board; `kanban` types on it, on `DAY` unless told otherwise."""

    folder: GitFolder
    kanban: Kanban
    preset: str
    language: str

    @property
    def board(self) -> Board:
        """The board as it stands on disk."""
        return read_board(read_folder(self.folder.root))

    def column(self, name: str) -> str:
        """The folder of a column, by its name here."""
        names = COLUMNS[self.preset]
        name = {"before": names[names.index("meeting") - 1], "next": names[1]}.get(name, name)
        return self.board.config.columns[names.index(name)].directory

    def write(self, column: str, card: str, body: str = "", **fields: str) -> None:
        """A card with a next action, by hand: written where it is to stand."""
        front = {"account": card.title(), "next_action": "call", "next_action_date": "2026-10-12T10:00", **fields}
        lines = "".join(f"{key}: {value}\n" for key, value in front.items() if value)
        for old in self.folder.root.glob(f"*/{card}.md"):
            old.unlink()
        self.folder.write(f"{self.column(column)}/{card}.md", f"---\n{lines}---\n{body}")

    def amend(self, lines: dict[str, str]) -> None:
        """What the patterns find in `board.yml`, each once, written over."""
        path = self.folder.root / "board.yml"
        text = path.read_text(encoding="utf-8")
        for pattern, written in lines.items():
            text, found = re.subn(pattern, lambda _found, to=written: to, text, count=1)
            assert found == 1, pattern
        path.write_text(text, encoding="utf-8")

    def place(self, column: str, card: str, day: str = DAY, body: str = "", **fields: str) -> None:
        """The same, committed on the day."""
        self.write(column, card, body, **fields)
        self.folder.commit(f"{card} by hand", date=f"{day}T09:00:00+02:00")

    def type(self, *words: str) -> Answer:
        """What a person types."""
        return self.kanban(*words)

    def typed(self, command: str) -> tuple[int, str]:
        """A whole command as it is printed, somebody's words in place of `…`."""
        words = shlex.split(filled(command))
        if words[0] != "kanban":
            done = subprocess.run(words, cwd=self.folder.root, env=os.environ, capture_output=True, check=False)
            return done.returncode, (done.stdout + done.stderr).decode()
        answer = self.kanban(*words[1:])
        return answer.code, answer.out + answer.err


def filled(command: str) -> str:
    """The command with words of one's own."""
    command = re.sub(r'(\w+)="?…"?', lambda found: f'{found[1]}="{WORDS.get(found[1], "x")}"', command)
    return command.replace('"…"', "said").replace("…", "Zoé")


def commands_in(text: str) -> list[str]:
    """The commands that a text tells to type, each once."""
    found: Iterable[str] = (*TYPED.findall(text), *ARROW.findall(text))
    return list(dict.fromkeys(one.strip() for one in found if " " in one.strip().removeprefix("kanban ")))


def staged(root: Path, kanban: Kanban, preset: str, language: str, *, hooks: bool = False) -> Stage:
    """A new board of the preset."""
    folder = GitFolder(root)
    made = kanban("init", folder.root, "--preset", preset, "--lang", language)
    assert made.code == 0, made.err
    folder.commit("board", date="2026-07-01T08:00:00+02:00")
    if hooks:
        assert kanban("-C", folder.root, "hook", "install").code == 0
    return Stage(folder, kanban, preset, language)
