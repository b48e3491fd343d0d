"""Count the keys that the gestures of docs/a-day.md take: typed out, and with TAB.

    python tools/keystrokes.py          both languages
    python tools/keystrokes.py fr       one

A word that TAB completes counts as the letters up to which it does, and the TAB; a card or a column also as the fewest
letters that are its alone, and a space; a verb of every day as the letters it answers to. What a person says (a note, a
next action, a name) counts in full, and so does the Enter that says yes to what `new` understood of a line.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kanban.cli import cli
from kanban.commands.base.calling.invocation import verb_meant
from kanban.commands.base.completion.completing import answer
from kanban.demo.english import in_english
from kanban.demo.story import plan_demo
from kanban.errors import KanbanError
from kanban.folder.example import example_board
from kanban.folder.reading import read_folder
from kanban.model.cards.assembly import read_board
from kanban.model.cards.board import Board
from kanban.repository.planned.commits import write_history

ROOT = Path(__file__).resolve().parent.parent
GUIDES = {"en": ROOT / "docs/a-day.md", "fr": ROOT / "docs/fr/a-day.md"}
OPENED = date(2026, 10, 5)
_WORD = re.compile(r'[^\s"]*"[^"]*"|\S+')


@dataclass(frozen=True)
class Keys:
    """Keys of one command: `typed` out, and with `tab` and short names."""

    typed: int
    tab: int


BEFORE = {"en": 1350, "fr": 1349}
"""The same gestures typed out, in long options and with whole names of cards."""


def gestures(language: str) -> list[str]:
    """The commands of the guide."""
    return re.findall(r"(?m)^\$ ((?:kanban|k) .*)$", GUIDES[language].read_text("utf-8"))


def counted(command: str) -> Keys:
    """The keys of one command on the board in the current folder, with the Enter at its end."""
    program, *words = _WORD.findall(command)
    typed = len(program) + 2 + (words[0] == "new")
    tab = min(len(program), len("kan")) + 2 + (words[0] == "new")  # every shell completes the program's name
    line = "kanban "
    board = read_board(read_folder(Path.cwd()))
    for at, word in enumerate(words):
        typed += len(word) + 1
        short = (
            _verb(word) if not at else _named(board, word) if re.fullmatch(r"[\w-]+", word) and word[0] != "-" else None
        )
        tab += min(_with_tab(line, word), len(word) + 1 if short is None else short + 1)
        line += f"{word} "
    return Keys(typed, tab)


def _verb(word: str) -> int | None:
    """The fewest letters by which the verb answers."""
    return next((length for length in range(1, len(word)) if verb_meant(word[:length]) == word), None)


def _named(board: Board, word: str) -> int | None:
    """The fewest letters by which a person may name the card or column that `word` names; None where it names none."""
    for meant in (board.named, board.column_named):
        with suppress(KanbanError):
            found = meant(word)
            for length in range(1, len(word)):
                with suppress(KanbanError):
                    if meant(word[:length]) == found:
                        return length
            return len(word)
    return None


def _with_tab(line: str, word: str) -> int:
    """Keys for one word: the fewest letters after which TAB gives it whole, and the TAB; else all and a space."""
    key, mark, value = word.partition("=")
    for length in range(len(word)):
        told = answer(cli, line + word[:length])
        names = [one.partition("\t")[0] for one in told[1:]] if told[:1] == ["begins"] else []
        if names == [word]:
            return length + 1
        if mark and names == [f"{key}="]:
            return length + 1 + _value(line, word, len(key) + 1) if value else length + 1
    return len(word) + 1


def _value(line: str, word: str, start: int) -> int:
    for length in range(start, len(word)):
        if [one.partition("\t")[0] for one in answer(cli, line + word[:length])[1:]] == [word]:
            return length - start + 1
    return len(word) - start + 1


def total(language: str) -> tuple[list[tuple[str, Keys]], Keys]:
    """Each gesture of the guide with its keys, and their sum."""
    with tempfile.TemporaryDirectory() as folder:
        board = Path(folder) / "board"
        board.mkdir()
        commits = plan_demo(example_board(), OPENED)
        write_history(board, in_english(commits) if language == "en" else commits)
        _with_the_newcomer(board, language)
        before = Path.cwd()
        os.chdir(board)
        try:
            each = [(command, counted(command)) for command in gestures(language)]
        finally:
            os.chdir(before)
    keys = [one for _command, one in each]
    return each, Keys(sum(one.typed for one in keys), sum(one.tab for one in keys))


def _with_the_newcomer(board: Path, language: str) -> None:
    """The card that the guide adds in the morning."""
    name = {"en": "Delmont Papers", "fr": "Delmont Papiers"}[language]
    file = board / "prospects" / f"{name.lower().replace(' ', '-')}.md"
    file.write_text(f"---\naccount: {name}\n---\n", "utf-8")


def main() -> None:
    """Print the table of each language."""
    for language in sys.argv[1:] or GUIDES:
        each, whole = total(language)
        for command, keys in each:
            print(f"{keys.typed:5} {keys.tab:5}  {command}")
        print(f"{whole.typed:5} {whole.tab:5}  {len(each)} gestures")
        before = BEFORE[language]
        print(f"{before - whole.tab} of {before} are gone: {1 - whole.tab / before:.1%}")


if __name__ == "__main__":
    main()
