"""The table of contents of the command line. Each verb is a module that loads when it is called."""

from __future__ import annotations

import gc
import sys

from kanban.commands.entry import LazyGroup, run

VERBS: dict[str, str] = {
    "init": "Set up a board: columns, banners, board.yml.",
    "new": "Add an opportunity to the first column.",
    "list": "List open cards.",
    "show": "Show one card with its history.",
    "board": "Show the board: columns side by side.",
    "next": "Say what to do now, finishing before starting.",
    "daily": "The daily: blocks, finishing, pulling.",
    "weekly": "The weekly: purge, ready leads, realistic dates.",
    "review": "The flow review: trend, bottleneck, one micro-rule.",
    "workshop": "Replay three lost deals and rewrite the script.",
    "mail": "Fill a mail from a card; list the mails due.",
    "script": "Fill a talk script from a card; list the scripts.",
    "note": "Note a call, set the next action, move on.",
    "set": "Change fields of a card.",
    "edit": "Open a card in your editor and check it on save.",
    "touch": "Count an outbound touch.",
    "tick": "Tick lines of the Definition of Ready or Done.",
    "ready": "Say what a card lacks for its next column.",
    "pull": "Propose the best ready card for a column.",
    "move": "Pull a card into another column.",
    "block": "Put the red label on a card.",
    "unblock": "Take the red label off.",
    "win": "Record a deal as won.",
    "lose": "Record a deal as lost, with its reason.",
    "park": "Send cards back to nurturing.",
    "reopen": "Bring a closed card back.",
    "rename": "Rename a card's file; its past goes with it.",
    "archive": "File closed cards by year.",
    "undo": "Take back the last kanban commit.",
    "log": "Show what happened to cards.",
    "lint": "Check the board against its rules.",
    "rules": "Explain the lint rules.",
    "editor": "Print configuration for your editor.",
    "diff": "Say what a change does to the pipeline.",
    "sync": "Take in the others' work and share yours.",
    "hook": "Install the git hooks, here or on a server.",
    "resolve": "Get a card out of a merge conflict.",
    "merge-driver": "Merge one card, called by git.",
    "metrics": "Measure the flow from the git history.",
    "forecast": "Say what to expect, and how sure.",
    "diagnose": "Name what goes wrong, and its remedy.",
    "experiment": "Try a micro-rule for two weeks and decide.",
    "export": "Write cards, events and stays as CSV, JSON lines or SQLite.",
    "remind": "What is due, for cron, CI and calendars.",
    "doctor": "Check the start-up list and the set-up.",
    "render": "Write the static site.",
    "demo": "Make a demo board with half a year of history.",
    "schema": "Print a JSON Schema.",
    "completion": "Print the completion script of your shell.",
}

cli = LazyGroup(
    name="kanban",
    verbs=VERBS,
    help="A sales pipeline that lives in git: one folder a column, one Markdown file an opportunity.",
)


COLLECT = (50_000, 20, 100)
"""How much is made before Python looks for cycles among the youngest, the younger and the old."""


def main() -> None:
    """Run the command line and exit with its code.

    Cards, events and pages are a great many small objects that stay: looking among them for cycles after every 700 new
    ones, as Python does, costs a verb on a large board a tenth of its time.
    """
    gc.set_threshold(*COLLECT)
    sys.exit(run(cli))
