"""How the answers look in a terminal: a set of pictures, made by one command.

    python tools/terminal_looks.py [--output looks] [--lang fr]

Runs the verbs that people look at most on the demonstration board of 2026-10-05, in terminals of 80, 100, 120 and 200
columns, and draws each answer on a dark ground, on a light one and without colour, as SVG: 4 verbs, 4 widths, 3 looks.
`index.html` beside them shows the whole set.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, MONOKAI, TerminalTheme
from rich.text import Text

AS_OF = "2026-10-05"
WIDTHS = (80, 100, 120, 200)
VERBS = {"board": ("board",), "list": ("list",), "show": ("show", "acme-sso"), "next": ("next",)}
LOOKS: dict[str, TerminalTheme] = {"dark": MONOKAI, "light": DEFAULT_TERMINAL_THEME, "plain": DEFAULT_TERMINAL_THEME}


def answer(board: Path, words: tuple[str, ...], columns: int, *, coloured: bool, language: str) -> str:
    """What a verb prints in a terminal of so many columns."""
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    environment |= {"COLUMNS": str(columns), "LINES": "60", "PAGER": "cat", "TERM": "xterm-256color"}
    environment |= {"FORCE_COLOR" if coloured else "NO_COLOR": "1", "KANBAN_AS_OF": AS_OF}
    command = [sys.executable, "-m", "kanban", "-C", str(board), "--lang", language, *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def drawn(text: str, columns: int, theme: TerminalTheme, title: str) -> str:
    """The answer as a picture of a terminal."""
    console = Console(record=True, width=columns, file=open(os.devnull, "w"), force_terminal=True)  # noqa: SIM115
    console.print(Text.from_ansi(text), soft_wrap=True)
    return console.export_svg(title=title, theme=theme, unique_id="kanban")


def pictures(board: Path, language: str) -> Iterator[tuple[str, str]]:
    """Each picture with its name."""
    for verb, words in VERBS.items():
        for columns in WIDTHS:
            for look, theme in LOOKS.items():
                text = answer(board, words, columns, coloured=look != "plain", language=language)
                title = f"kanban {' '.join(words)} · {columns}"
                yield f"{verb}-{columns}-{look}.svg", drawn(text, columns, theme, title)


def main() -> int:
    """Write the set and the page that shows it."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--output", type=Path, default=Path("looks"))
    reading.add_argument("--lang", choices=("en", "fr"), default="en")
    asked = reading.parse_args()
    asked.output.mkdir(parents=True, exist_ok=True)
    names = []
    with tempfile.TemporaryDirectory() as folder:
        board = Path(folder) / "board"
        make = [sys.executable, "-m", "kanban", "--lang", asked.lang, "demo", str(board), "--as-of", AS_OF]
        subprocess.run(make, check=True, capture_output=True)
        for name, svg in pictures(board, asked.lang):
            (asked.output / name).write_text(svg, "utf-8")
            names.append(name)
    shown = "\n".join(f'<figure><img src="{escape(one)}" alt="{escape(one)}"></figure>' for one in names)
    (asked.output / "index.html").write_text(f"<!doctype html>\n<title>Terminal</title>\n{shown}\n", "utf-8")
    sys.stdout.write(f"{len(names)} pictures: {asked.output / 'index.html'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
