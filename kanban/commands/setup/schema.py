"""`kanban schema`: the JSON Schema of board.yml, of cards, or of a JSON document that kanban prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from kanban.commands.base.entry import Verb
from kanban.commands.base.invocation import settings_of, speak
from kanban.commands.base.session import emit_json, open_session
from kanban.commands.check.rules import RulesDocument
from kanban.commands.output.card_json import ListDocument
from kanban.commands.publish.remind import RemindDocument
from kanban.commands.scripts.due import DueMailsDocument
from kanban.commands.scripts.mail import MailDocument
from kanban.commands.scripts.script import ScriptDocument, ScriptsDocument
from kanban.commands.setup.doctor import DoctorDocument
from kanban.commands.together.resolve import ConflictsDocument, ResolvedDocument
from kanban.commands.together.sync import SyncDocument
from kanban.diagnosis.document import DiagnoseDocument
from kanban.errors import KanbanError, NotFound
from kanban.experiments.document import ExperimentsDocument
from kanban.forecast.document import ForecastDocument
from kanban.i18n import _
from kanban.lint.report.document import LintDocument
from kanban.metrics.export.rows import ExportRow
from kanban.metrics.records import MetricsDocument
from kanban.model.cards.json_schema import board_schema, card_schema
from kanban.model.history.events import EventRecord
from kanban.render.feeds.data import SiteDocument
from kanban.review.report import Report
from kanban.rituals.document import DailyDocument, WeeklyDocument
from kanban.rituals.review_document import ReviewDocument, WorkshopDocument
from kanban.schemas.from_types import document_schema

DOCUMENTS: Mapping[str, tuple[Any, str]] = {
    "daily": (DailyDocument, "kanban daily --json"),
    "diagnose": (DiagnoseDocument, "kanban diagnose --json"),
    "diff": (Report, "kanban diff --json"),
    "doctor": (DoctorDocument, "kanban doctor --json"),
    "experiments": (ExperimentsDocument, "kanban experiment list|show --json"),
    "export": (ExportRow, "one line of kanban export --format jsonl"),
    "forecast": (ForecastDocument, "kanban forecast --json"),
    "lint": (LintDocument, "kanban lint --output-format json"),
    "list": (ListDocument, "kanban list --json"),
    "log": (EventRecord, "one line of kanban log --json"),
    "mail": (MailDocument, "kanban mail --json"),
    "mails-due": (DueMailsDocument, "kanban mail --due --json"),
    "metrics": (MetricsDocument, "kanban metrics --json"),
    "remind": (RemindDocument, "kanban remind --json"),
    "resolve": (ConflictsDocument | ResolvedDocument, "kanban resolve --json"),
    "review": (ReviewDocument, "kanban review --json"),
    "rules": (RulesDocument, "kanban rules --json"),
    "script": (ScriptDocument, "kanban script CARD SCRIPT --json"),
    "scripts": (ScriptsDocument, "kanban script --json"),
    "site": (SiteDocument, "board.json of a kanban site"),
    "sync": (SyncDocument, "kanban sync --json"),
    "weekly": (WeeklyDocument, "kanban weekly --json"),
    "workshop": (WorkshopDocument, "kanban workshop --json"),
}
"""The JSON documents that are described: the record that each is, and what prints it."""


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema of one of the documents."""
    return document_schema(*DOCUMENTS[name])


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
