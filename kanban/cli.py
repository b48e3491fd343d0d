"""The table of contents of the command line. Each verb is a module that loads when it is called."""

from __future__ import annotations

import gc
import os
import sys

from kanban.again import INTERRUPTED, KEEPING, leave, ready_streams

TYPE_CHECKING = False  # an answer that is said again waits for no `typing`
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from kanban.commands.base.calling.entry import LazyGroup
    from kanban.commands.base.calling.invocation import Settings

    cli: LazyGroup

VERBS: dict[str, tuple[str, str]] = {
    "init": ("setup.init", "Set up a board: columns, banners, board.yml."),
    "new": ("cards.new", "Add an opportunity to the first column."),
    "list": ("views.list_", "List open cards."),
    "find": ("views.find", "Find words everywhere, in notes and closed cards too."),
    "show": ("views.show", "Show one card with its history."),
    "board": ("views.board", "Show the board: columns side by side."),
    "next": ("views.next", "Say what to do now, finishing before starting."),
    "daily": ("rituals.daily", "The daily: blocks, finishing, pulling."),
    "weekly": ("rituals.weekly", "The weekly: purge, ready leads, realistic dates."),
    "review": ("rituals.review", "The flow review: trend, bottleneck, one micro-rule."),
    "workshop": ("rituals.workshop", "Replay three lost deals and rewrite the script."),
    "mail": ("scripts.mail", "Fill a mail from a card; list the mails due."),
    "script": ("scripts.script", "Fill a talk script from a card; list the scripts."),
    "note": ("cards.note", "Note a call, set the next action, move on."),
    "set": ("cards.set_", "Change fields of a card."),
    "edit": ("cards.edit", "Open a card in your editor and check it on save."),
    "attach": ("cards.attach", "Keep files for a card: a brief, an offer."),
    "touch": ("cards.touch", "Count an outbound touch."),
    "tick": ("cards.tick", "Tick lines of the Definition of Ready or Done."),
    "ready": ("views.ready", "Say what a card lacks for its next column."),
    "pull": ("moves.pull", "Propose the best ready card for a column."),
    "move": ("moves.move", "Pull a card into another column."),
    "block": ("cards.block", "Put the red label on a card."),
    "unblock": ("cards.unblock", "Take the red label off."),
    "win": ("moves.win", "Record a deal as won."),
    "lose": ("moves.lose", "Record a deal as lost, with its reason."),
    "park": ("moves.park", "Send cards back to nurturing."),
    "reopen": ("moves.reopen", "Bring a closed card back."),
    "rename": ("cards.rename", "Rename a card's file; its past goes with it."),
    "archive": ("cards.archive", "File closed cards by year."),
    "batch": ("cards.batch", "Make several gestures in one go, all or none."),
    "undo": ("moves.undo", "Take back your last gesture, or the last on a card."),
    "log": ("views.log", "Show what happened to cards."),
    "lint": ("check.lint", "Check the board against its rules."),
    "rules": ("check.rules", "Explain the lint rules."),
    "editor": ("setup.editor", "Print configuration for your editor."),
    "diff": ("check.diff", "Say what a change does to the pipeline."),
    "account": ("directory.account", "Companies that several deals are with."),
    "person": ("directory.person", "People whom several deals are with."),
    "sync": ("together.sync", "Take in the others' work and share yours."),
    "hook": ("together.hook", "Have changes checked, here or on a server."),
    "resolve": ("together.resolve", "Settle a card that two people changed."),
    "merge-driver": ("together.merge_driver", "Merge one card, called by git."),
    "metrics": ("numbers.metrics", "Measure the flow from the git history."),
    "forecast": ("numbers.forecast", "Say what to expect, and how sure."),
    "diagnose": ("numbers.diagnose", "Name what goes wrong, and its remedy."),
    "experiment": ("numbers.experiment", "Try a micro-rule for two weeks and decide."),
    "portfolio": ("kanban.portfolio.command", "Ask several boards at once."),
    "import": ("kanban.imports.command", "Bring deals from elsewhere, with their past."),
    "log-mail": ("kanban.imports.mail.command", "File mails under the deals that they are about."),
    "export": ("publish.export", "Write cards, events and stays as CSV, JSON lines or SQLite."),
    "sql": ("publish.sql", "Ask the pipeline a question in SQL."),
    "remind": ("publish.remind", "What is due, for cron, CI and calendars."),
    "privacy": ("privacy.privacy", "Find people, say whose time is over, erase them."),
    "doctor": ("setup.doctor", "Check the start-up list and the set-up."),
    "render": ("publish.render", "Write the static site."),
    "watch": ("publish.watch", "Tell each change of the board while it happens."),
    "demo": ("setup.demo", "Make a demo board with half a year of history."),
    "tour": ("setup.tour", "Show kanban in ten steps, on a throw-away board."),
    "schema": ("setup.schema", "Print a JSON Schema."),
    "lsp": ("kanban.editors.command", "Serve your editor with findings, completion and gestures."),
    "ui": ("kanban.terminal.command", "Open the board in the terminal, to be touched."),
    "serve": ("kanban.web.command", "Open the board in the browser, to be touched."),
    "mcp": ("kanban.agents.command", "Serve this board to software agents, under its rules."),
    "agents": ("kanban.agents.checking", "Look back at what software agents did."),
    "completion": ("setup.completion", "Print the completion script of your shell."),
}


def __getattr__(name: str) -> Any:
    """`cli`, made when somebody asks for it: an answer that is said again is asked of nobody, and loads no click."""
    if name == "cli":
        globals()[name] = found = _group()
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _group() -> LazyGroup:
    from kanban.commands.base.calling.entry import LazyGroup

    return LazyGroup(
        name="kanban",
        verbs=VERBS,
        help="A sales pipeline that lives in git: one folder a column, one Markdown file an opportunity.",
    )


def _run(typed: list[str], settings: Settings | None = None) -> int:
    from kanban.commands.base.calling.entry import run

    return run(_group(), typed, settings)


COLLECT = (200_000, 20, 100)
"""How much is made before Python looks for cycles among the youngest, the younger and the old."""


def main() -> NoReturn:
    """Run the command line and exit with its code.

    Cards, events and pages are a great many small objects that stay: looking among them for cycles after every 700 new
    ones, as Python does, costs a verb on a large board a tenth of its time.
    """
    gc.set_threshold(*COLLECT)
    ready_streams()
    try:
        _answer(sys.argv[1:])
    except KeyboardInterrupt:  # while modules are loaded, or an answer that was said is kept
        from kanban.i18n import _

        print(_("interrupted"), file=sys.stderr)
        leave(INTERRUPTED)


def _answer(typed: list[str]) -> NoReturn:
    """Say what is known already, else work it out; and end."""
    if os.environ.get("_KANBAN_COMPLETE") or KEEPING.isdisjoint(typed):
        leave(_run(typed))
    from kanban.again.answers import Asking

    asking = Asking(typed, _board_below)
    kept = asking.known()
    if kept is None:
        from kanban.commands.base.answers.kept_answers import worked_out

        leave(worked_out(asking, lambda settings: _run(typed, settings)))
    try:
        kept.say()
    except OSError as error:
        from kanban.commands.base.answers.kept_answers import not_taken

        leave(not_taken(error, typed))
    os._exit(kept.code)  # all is said, and there is nothing to be put away


def _board_below(directory: str) -> str | None:
    from kanban.commands.base.answers.kept_answers import board_below

    return board_below(directory)
