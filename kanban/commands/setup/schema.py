"""`kanban schema`: the JSON Schema of board.yml, of cards, or of a JSON document that kanban prints."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from importlib import import_module
from operator import or_
from typing import Any

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import settings_of, speak
from kanban.commands.base.session import emit_json, open_session
from kanban.errors import KanbanError, NotFound
from kanban.i18n import _
from kanban.model.cards.json_schema import board_schema, card_schema
from kanban.schemas.from_types import document_schema

DOCUMENTS: Mapping[str, tuple[str, str, str]] = {
    "agents-check": ("agents.record", "AgentsCheckDocument", "kanban agents check --json"),
    "backtest": ("forecast.backtest_document", "BacktestDocument", "kanban forecast --backtest --json"),
    "daily": ("rituals.document", "DailyDocument", "kanban daily --json"),
    "diagnose": ("diagnosis.document", "DiagnoseDocument", "kanban diagnose --json"),
    "diff": ("review.report", "Report", "kanban diff --json"),
    "directory": (
        "commands.directory.document",
        "DirectoryDocument EntryDocument",
        "kanban account|person list|show --json",
    ),
    "doctor": ("commands.setup.doctor", "DoctorDocument", "kanban doctor --json"),
    "experiments": ("experiments.document", "ExperimentsDocument", "kanban experiment list|show --json"),
    "export": ("metrics.export.rows", "ExportRow", "one line of kanban export --format jsonl"),
    "find": ("commands.views.find", "FindDocument", "kanban find --json"),
    "forecast": ("forecast.document", "ForecastDocument", "kanban forecast --json"),
    "gesture": ("commands.base.write_verb", "GestureDocument", "kanban new, move, note, set … --json"),
    "import": ("imports.telling", "ImportDocument", "kanban import --json"),
    "init": ("commands.setup.init", "InitDocument", "kanban init --json"),
    "lint": ("lint.report.document", "LintDocument", "kanban lint --output-format json"),
    "list": ("commands.output.card_records", "ListDocument", "kanban list --json"),
    "log-mail": ("imports.mail.command", "LogMailDocument", "kanban log-mail --json"),
    "log": ("model.history.events", "EventRecord", "one line of kanban log --json"),
    "mail": ("commands.scripts.mail", "MailDocument", "kanban mail --json"),
    "mails-due": ("commands.scripts.due", "DueMailsDocument", "kanban mail --due --json"),
    "metrics": ("metrics.records", "MetricsDocument", "kanban metrics --json"),
    "next": ("commands.output.card_records", "NextDocument", "kanban next --json"),
    "portfolio": (
        "portfolio.document",
        "PortfolioDocument",
        "kanban portfolio list|board|metrics|… --json",
    ),
    "privacy": ("privacy.document", "ScanDocument DueDocument", "kanban privacy scan|due --json"),
    "ready": ("commands.output.card_records", "ReadyDocument", "kanban ready --json"),
    "remind": ("commands.publish.remind", "RemindDocument", "kanban remind --json"),
    "resolve": ("commands.together.resolve", "ConflictsDocument ResolvedDocument", "kanban resolve --json"),
    "review": ("rituals.review_document", "ReviewDocument", "kanban review --json"),
    "rules": ("commands.check.rules", "RulesDocument", "kanban rules --json"),
    "script": ("commands.scripts.script", "ScriptDocument", "kanban script CARD SCRIPT --json"),
    "scripts": ("commands.scripts.script", "ScriptsDocument", "kanban script --json"),
    "show": ("commands.output.card_records", "ShowDocument", "kanban show --json"),
    "site": ("render.feeds.data", "SiteDocument", "board.json of a kanban site"),
    "sql": ("commands.publish.sql", "SqlDocument", "kanban sql QUESTION --json"),
    "sync": (
        "commands.together.sync_document",
        "SyncDocument QuestionsDocument NotSharedDocument",
        "kanban sync --json",
    ),
    "undo": ("commands.moves.undo", "UndoDocument GesturesDocument", "kanban undo [--list] --json"),
    "wall": ("commands.output.card_records", "BoardDocument", "kanban board --json"),
    "watch": ("commands.publish.watch", "CardRecord CommitRecord", "one line of kanban watch --json"),
    "weekly": ("rituals.document", "WeeklyDocument", "kanban weekly --json"),
    "workshop": ("rituals.review_document", "WorkshopDocument", "kanban workshop --json"),
}
"""The JSON documents that are described: where the records stand that each may be, which, and what prints it.

None is loaded before it is asked for: together they are most of the program.
"""


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema of one of the documents."""
    module, records, title = DOCUMENTS[name]
    home = import_module(f"kanban.{module}")
    return document_schema(reduce(or_, (getattr(home, record) for record in records.split())), title)


@click.command(
    cls=Verb,
    examples=(
        "kanban schema board > board.schema.json   for the editor that completes board.yml",
        "kanban schema card                        the fields of this board's cards",
        "kanban schema metrics                     what `kanban metrics --json` prints",
    ),
)
@click.argument("name", default="board")
@click.pass_context
def command(context: click.Context, /, name: str) -> None:
    """Print a JSON Schema: `board`, `card`, or the name of a JSON document such as `list` or `metrics`."""
    emit_json(_schema(context, name))


def _schema(context: click.Context, name: str) -> Any:
    if name == "board":
        return board_schema()
    if name == "card":
        try:
            return card_schema(open_session(context).config)
        except KanbanError:
            return card_schema()
    if name in DOCUMENTS:
        return schema_of(name)
    speak(settings_of(context))
    known = ", ".join(["board", "card", *DOCUMENTS])
    raise NotFound(
        _("there is no schema “{name}”").format(name=name), cure=_("choose one of {names}").format(names=known)
    )
