"""The table of contents of the command line. Each verb is a module that loads when it is called."""

from __future__ import annotations

import sys

from kanban.commands.entry import LazyGroup, run

VERBS: dict[str, str] = {
    "init": "Set up a board: columns, banners, board.yml.",
    "new": "Add an opportunity to the first column.",
    "list": "List open cards.",
    "show": "Show one card with its history.",
    "board": "Show the board: columns side by side.",
    "edit": "Open a card in your editor and check it on save.",
    "set": "Change fields of a card.",
    "move": "Pull a card into another column.",
    "log": "Show what happened to cards.",
    "lint": "Check the board against its rules.",
    "rules": "Explain the lint rules.",
    "metrics": "Measure the flow from the git history.",
    "render": "Write the static site.",
    "demo": "Make a demo board with half a year of history.",
    "schema": "Print a JSON Schema.",
}

cli = LazyGroup(
    name="kanban",
    verbs=VERBS,
    help="A sales pipeline that lives in git: one folder a column, one Markdown file an opportunity.",
)


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(run(cli))
