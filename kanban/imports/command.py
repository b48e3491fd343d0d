"""`kanban import`: a pipeline from elsewhere onto this board, with its past."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypedDict

import click

from kanban.commands.base.entry import Verb
from kanban.commands.base.invocation import FINDINGS
from kanban.commands.base.options import as_of_option, json_option
from kanban.commands.base.places import A_FILE
from kanban.commands.base.session import Session, emit_json, open_session
from kanban.demo.plan import Person, PlannedCommit
from kanban.errors import KanbanError
from kanban.i18n import _, ngettext
from kanban.imports.changes import CardChange, Changes, changes_of
from kanban.imports.commits import Planner
from kanban.imports.exports import read_export
from kanban.imports.guessing import guess_mapping, notes_on
from kanban.imports.known import known_in
from kanban.imports.mapping import ImportMapping, mapping_text, read_mapping
from kanban.imports.reading import Taken, read_deals
from kanban.imports.sheet import Export, content_of
from kanban.imports.trouble import Trouble
from kanban.paper.plain import safe
from kanban.repository.merge.bringing import bring


class TroubleRecord(TypedDict):
    """A row that was refused, or a question about a card: where it stands, why, and what to do."""

    file: str
    line: int
    card: str
    reason: str
    cure: str


class ImportDocument(TypedDict):
    """What an import did, or would do."""

    schema: Literal["kanban-import/1"]
    dry_run: bool
    system: str
    new: list[str]
    changed: list[str]
    same: int
    passed_over: int
    refused: list[TroubleRecord]
    questions: list[TroubleRecord]
    commits: int
    commit: str | None


@dataclass(frozen=True)
class _Asked:
    """What was typed."""

    dry_run: bool
    strict: bool
    theirs: tuple[str, ...]
    as_json: bool


@click.command(
    cls=Verb,
    name="import",
    examples=(
        "kanban import deals.csv --dry-run                    what would come, and each row that is wrong",
        "kanban import deals.csv --guess > deals.yml          propose a mapping, to be corrected",
        "kanban import deals.csv --mapping deals.yml          deals become cards, their days commits",
        "kanban import opps.csv --history history.csv         with every stage change on its day",
        "kanban import board.json                             a Trello board; a folder of Backlog.md likewise",
    ),
)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--history", type=A_FILE, default=None, metavar="FILE", help="A table of stage changes beside it.")
@click.option(
    "--mapping", "mapped", type=A_FILE, default=None, metavar="FILE", help="How to read it; default: guessed."
)
@click.option("--guess", is_flag=True, default=False, help="Print the mapping that would be used, and stop.")
@click.option("--sheet", default="", metavar="NAME", help="The sheet of a workbook; default: the first.")
@click.option("--theirs", multiple=True, metavar="CARD", help="Where both sides changed it, take the export's.")
@click.option("--strict", is_flag=True, default=False, help="Take nothing while any row is wrong.")
@click.option("--dry-run", is_flag=True, default=False, help="Check everything, change nothing.")
@json_option
@as_of_option
@click.pass_context
def command(
    context: click.Context,
    /,
    path: Path,
    history: str | None,
    mapped: str | None,
    guess: bool,
    sheet: str,
    theirs: tuple[str, ...],
    strict: bool,
    dry_run: bool,
    as_json: bool,
    as_of: str | None,
) -> int:
    """Bring deals onto this board from CSV, TSV, Excel (extra `imports`), Trello's JSON or a folder of Backlog.md.

    Exports of Pipedrive, HubSpot, Salesforce and Odoo are known by their headings, a spreadsheet by what people call
    things. Every stage change becomes an event on its day, so that metrics are right from the first day on. Rows that
    are wrong are named and left out (exit 1). The same export again changes nothing, a newer one what changed in it;
    what was changed there and here is asked, never overwritten.
    """
    session = open_session(context, as_of)
    export = read_export(path, Path(history) if history else None, sheet)
    if mapped is None:
        mapping = guess_mapping(export, session.config)
    else:
        mapping = read_mapping(content_of(Path(mapped)), mapped)
    if guess:
        click.echo(mapping_text(mapping, notes_on(mapping, export, session.config)), nl=False)
        return 0
    _check(export, mapping, session)
    taken = read_deals(export, mapping, session.config, session.today)
    asked = _Asked(dry_run, strict, theirs, as_json)
    if strict and taken.troubles and not dry_run:
        _tell_troubles(taken.troubles)
        raise KanbanError(_("nothing was taken: some rows are wrong"), cure=_("correct them, or leave `--strict` out"))
    return _bring(session, export, mapping, taken, asked)


def _check(export: Export, mapping: ImportMapping, session: Session) -> None:
    """Refuse a mapping that names headings the export does not have, and one that says too little."""
    headings = set(export.deals.header)
    named = (*mapping.columns.items(), *((heading, heading) for heading in (*mapping.entered, *mapping.only)))
    for key, heading in named:
        if heading not in headings:
            raise KanbanError(
                _("{file} has no column “{heading}”, which the mapping names for `{key}`").format(
                    file=export.deals.file, heading=heading, key=key
                ),
                cure=_("its columns are {names}").format(names=", ".join(export.deals.header)),
            )
    if not {"title", "account", "id"}.intersection(mapping.columns):
        raise KanbanError(
            _("nothing in {file} says what a deal is called").format(file=export.deals.file),
            cure=_(
                "`kanban import {file} --guess > map.yml`, then name its column under `columns: {{title: …}}`"
            ).format(file=export.deals.file),
        )
    if export.history is not None and mapping.history is None:
        raise KanbanError(
            _("{file} cannot be read as a history").format(file=export.history.file),
            cure=_("name its columns in the mapping: `history: {deal: …, stage: …, at: …}`"),
        )


def _bring(session: Session, export: Export, mapping: ImportMapping, taken: Taken, asked: _Asked) -> int:
    found: list[Changes] = []
    made: list[PlannedCommit] = []

    def plan() -> list[PlannedCommit]:
        board = session.board_at("HEAD")
        history = session.history()
        known = known_in(session.repository, board, history)
        changes = changes_of(taken.deals, known, history, board.config, export.deals.file, asked.theirs)
        found[:] = [changes]
        planner = Planner(board.config, session.prefix, mapping.system or "sheet", _me(session), session.now)
        made[:] = planner.commits(changes.all)
        return made

    commit = None
    if asked.dry_run:
        plan()
    else:
        commit = bring(session.repository, plan, f"import: {export.deals.file}")
    _tell(session, export, mapping, taken, found[0], made, commit, asked)
    return FINDINGS if taken.troubles or found[0].questions else 0


def _me(session: Session) -> Person:
    identity = session.repository.identity()
    return Person(identity.name, identity.email) if identity else Person("kanban", "kanban@invalid")


def _tell(
    session: Session,
    export: Export,
    mapping: ImportMapping,
    taken: Taken,
    changes: Changes,
    made: list[PlannedCommit],
    commit: str | None,
    asked: _Asked,
) -> None:
    if asked.as_json:
        document: ImportDocument = {
            "schema": "kanban-import/1",
            "dry_run": asked.dry_run,
            "system": mapping.system,
            "new": [one.id for one in changes.new],
            "changed": [one.id for one in changes.changed],
            "same": changes.same,
            "passed_over": taken.passed,
            "refused": [_record(one) for one in taken.troubles],
            "questions": [_record(one) for one in changes.questions],
            "commits": len(made),
            "commit": commit,
        }
        emit_json(document)
        return
    if asked.dry_run:
        for change in changes.all:
            click.echo(safe(_line(change)))
    _tell_troubles(taken.troubles)
    for one in changes.questions:
        click.echo(
            click.style(_("question:"), fg=130) + f" {safe(f'{one.place}: {one.reason}  → {one.cure}')}", err=True
        )
    click.echo(_summary(export, taken, changes, made, asked.dry_run))
    undated = sum(one.deal.undated and one.card is None for one in changes.new)
    if undated:
        text = ngettext(
            "{count} deal without a first day begins on the first day that is known of it",
            "{count} deals without a first day begin on the first day that is known of them",
            undated,
        )
        click.echo(_("note:") + " " + text.format(count=undated), err=True)
    if made and not asked.dry_run:
        click.echo("  → " + _("look at it: {command}").format(command="`kanban metrics`, `kanban lint`"))


def _record(one: Trouble) -> TroubleRecord:
    return {"file": one.file, "line": one.line, "card": one.deal, "reason": one.reason, "cure": one.cure}


def _line(change: CardChange) -> str:
    """`+ acme-sso: prospects 2026-03-01 → won 2026-05-02`; `~` for a card that is here already."""
    way = " → ".join(f"{one.column} {one.day.isoformat()}" for one in change.passages)
    if change.card is None:
        return f"+ {change.id}: {way}"
    return f"~ {change.id}: " + ", ".join(filter(None, (way, ", ".join(change.fields))))


def _tell_troubles(troubles: tuple[Trouble, ...]) -> None:
    for one in troubles:
        cure = f"  → {one.cure}" if one.cure else ""
        click.echo(click.style(_("left out:"), fg=130) + f" {safe(f'{one.place}: {one.reason}{cure}')}", err=True)


def _summary(export: Export, taken: Taken, changes: Changes, made: list[PlannedCommit], dry_run: bool) -> str:
    head = _("would bring") if dry_run else _("brought")
    parts = [
        _("{count} new").format(count=len(changes.new)),
        _("{count} changed").format(count=len(changes.changed)),
        _("{count} as they were").format(count=changes.same),
    ]
    if taken.passed:
        parts.append(_("{count} passed over by the mapping").format(count=taken.passed))
    if taken.troubles:
        parts.append(
            ngettext("{count} row left out", "{count} rows left out", len(taken.troubles)).format(
                count=len(taken.troubles)
            )
        )
    if changes.questions:
        text = ngettext("{count} question", "{count} questions", len(changes.questions))
        parts.append(text.format(count=len(changes.questions)))
    said = f"{head} {export.deals.file}: {', '.join(parts)}"
    if made:
        first, last = made[0].written_at.date(), made[-1].written_at.date()
        text = ngettext("; {count} commit, {first} to {last}", "; {count} commits, {first} to {last}", len(made))
        said += text.format(count=len(made), first=first.isoformat(), last=last.isoformat())
    return safe(said)
