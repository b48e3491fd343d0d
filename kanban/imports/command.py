"""`kanban import`: a pipeline from elsewhere onto this board, with its past."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import as_of_option, json_option
from kanban.commands.base.calling.places import A_FILE
from kanban.commands.base.session import Session, open_session
from kanban.demo.plan import Person, PlannedCommit
from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.imports.cards.changes import CardChange, Changes, changes_of
from kanban.imports.cards.commits import Planner
from kanban.imports.cards.known import known_in
from kanban.imports.cards.own import OwnPlan, is_own, read_own
from kanban.imports.contacts.people import AddressBook
from kanban.imports.contacts.vcards import is_address_book, read_contacts
from kanban.imports.deals.reading import Taken, read_deals
from kanban.imports.mapping.guessing import guess_mapping, notes_on, pipelines_in, untaken_in
from kanban.imports.mapping.mapping import ImportMapping, mapping_text, read_mapping
from kanban.imports.tables.exports import read_export
from kanban.imports.tables.sheet import Export, content_of
from kanban.imports.telling import Outcome, tell, tell_troubles
from kanban.imports.trouble import Trouble
from kanban.repository.merge.bringing import bring


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
        "kanban import contacts.vcf                           people and companies, as files beside the cards",
    ),
)
@click.argument("place", metavar="FILE", type=A_FILE)
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
    place: str,
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
    what was changed there and here is asked, never overwritten. An address book (`.vcf`) gives files of people and
    companies; meetings (`.ics`) are for `kanban log-mail`.
    """
    session, path = open_session(context, as_of), Path(place)
    asked = _Asked(dry_run, strict, theirs, as_json)
    if is_own(path):
        return _bring_own(session, path, asked)
    if is_address_book(path):
        return _bring_contacts(session, path, asked)
    if path.suffix.lower() in (".ics", ".ical"):
        cure = _("`kanban log-mail {file}` files its meetings under their deals").format(file=shlex.quote(str(path)))
        raise KanbanError(_("{path} is a calendar").format(path=path), cure=cure)
    export = read_export(path, Path(history) if history else None, sheet)
    if mapped is None:
        mapping = guess_mapping(export, session.config)
    else:
        mapping = read_mapping(content_of(Path(mapped)), mapped)
    if guess:
        click.echo(mapping_text(mapping, notes_on(mapping, export, session.config)), nl=False)
        return 0
    _check(export, mapping, path)
    taken = read_deals(export, mapping, session.config, session.today)
    _refuse_where_strict(taken.troubles, asked)
    return _bring(session, export, mapping, taken, asked)


def _check(export: Export, mapping: ImportMapping, path: Path) -> None:
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
            ).format(file=shlex.quote(str(path))),
        )
    if export.history is not None and mapping.history is None:
        raise KanbanError(
            _("{file} cannot be read as a history").format(file=export.history.file),
            cure=_("name its columns in the mapping: `history: {deal: …, stage: …, at: …}`"),
        )
    if export.history is not None and "id" not in mapping.columns:
        raise KanbanError(
            _("nothing in {file} says which rows of {history} are about which deal").format(
                file=export.deals.file, history=export.history.file
            ),
            cure=_("name the column of its ids in the mapping: `columns: {id: …}`"),
        )


def _bring(session: Session, export: Export, mapping: ImportMapping, taken: Taken, asked: _Asked) -> int:
    found: list[Changes] = []
    made: list[PlannedCommit] = []

    def plan() -> list[PlannedCommit]:
        board = session.board_at("HEAD")
        history = session.history()
        known = known_in(session.repository, board, history)
        file, today = export.deals.file, session.today
        changes = changes_of(taken, known, history, board.config, file, asked.theirs, today=today)
        found[:] = [changes]
        planner = Planner(board.config, session.prefix, mapping.system or "sheet", _me(session), session.now)
        made[:] = planner.commits(changes.all)
        return made

    commit = _done(session, plan, export.deals.file, asked)
    changes = found[0]
    outcome = Outcome(
        mapping.system,
        export.deals.file,
        asked.dry_run,
        new=[one.id for one in changes.new],
        changed=[one.id for one in changes.changed],
        same=changes.same,
        passed=taken.passed,
        troubles=taken.troubles,
        questions=changes.questions,
        made=made,
        commit=commit,
        lines=[_line(change) for change in changes.all],
        undated=sum(one.deal.undated for one in changes.new),
        absent=changes.absent,
        notes=[*pipelines_in(mapping, export), *(untaken_in(mapping, export) if changes.new else ())],
    )
    return tell(outcome, as_json=asked.as_json)


def _bring_own(session: Session, path: Path, asked: _Asked) -> int:
    """What `kanban export` wrote, back onto a board."""
    export = read_own(path)
    found: list[OwnPlan] = []
    made: list[PlannedCommit] = []

    def plan() -> list[PlannedCommit]:
        found[:] = [OwnPlan(export, session.board_at("HEAD"), session.prefix, _me(session), session.now)]
        made[:] = found[0].commits()
        return made

    commit = _done(session, plan, export.name, asked)
    told = found[0]
    outcome = Outcome(
        "kanban",
        export.name,
        asked.dry_run,
        new=told.new,
        same=told.same,
        troubles=told.troubles,
        questions=told.questions,
        made=made,
        commit=commit,
        lines=[f"+ {card}" for card in told.new],
    )
    return tell(outcome, as_json=asked.as_json)


def _bring_contacts(session: Session, path: Path, asked: _Asked) -> int:
    """People and companies of an address book, as files beside the cards."""
    contacts, troubles = read_contacts(path)
    _refuse_where_strict(troubles, asked)
    found: list[AddressBook] = []
    made: list[PlannedCommit] = []

    def plan() -> list[PlannedCommit]:
        found[:] = [AddressBook(session.board_at("HEAD"), path.name, asked.theirs)]
        found[0].take(contacts)
        made[:] = found[0].commits(_me(session), session.now, session.prefix)
        return made

    commit = _done(session, plan, path.name, asked)
    told = found[0]
    outcome = Outcome(
        "vcard",
        path.name,
        asked.dry_run,
        new=told.new,
        changed=told.changed,
        same=told.same,
        troubles=troubles,
        questions=told.questions,
        made=made,
        commit=commit,
        lines=[*(f"+ {one}" for one in told.new), *(f"~ {one}" for one in told.changed)],
    )
    return tell(outcome, as_json=asked.as_json)


def _refuse_where_strict(troubles: Sequence[Trouble], asked: _Asked) -> None:
    if asked.strict and troubles and not asked.dry_run:
        tell_troubles(troubles)
        raise KanbanError(_("nothing was taken: some rows are wrong"), cure=_("correct them, or leave `--strict` out"))


def _done(session: Session, plan: Callable[[], list[PlannedCommit]], name: str, asked: _Asked) -> str | None:
    """The last commit, once all is done; None for a rehearsal, or when there is nothing to do."""
    if asked.dry_run:
        plan()
        return None
    return bring(session.repository, plan, f"import: {name}")


def _me(session: Session) -> Person:
    identity = session.repository.identity()
    return Person(identity.name, identity.email) if identity else Person("kanban", "kanban@invalid")


def _line(change: CardChange) -> str:
    """`+ acme-sso: prospects 2026-03-01 → won 2026-05-02`; `~` for a card that is here already."""
    way = " → ".join(f"{one.column} {one.day.isoformat()}" for one in change.passages)
    if change.card is None:
        return f"+ {change.id}: {way}"
    return f"~ {change.id}: " + ", ".join(filter(None, (way, ", ".join(change.fields))))
