"""`kanban privacy`: where people stand, whose time is over, and taking them out."""

from __future__ import annotations

from pathlib import Path

import click

from kanban.commands.base.calling.entry import VerbGroup
from kanban.commands.base.calling.invocation import FINDINGS
from kanban.commands.base.calling.options import WriteFlags, as_of_option, json_option, write_options
from kanban.commands.base.calling.places import A_FOLDER
from kanban.commands.base.edits import every_version
from kanban.commands.base.session import Session, emit_json, open_session
from kanban.commands.base.write_verb import perform
from kanban.commands.privacy.kept import caches_removed, tell_kept
from kanban.commands.privacy.rewriting import rewrite
from kanban.errors import NotFound
from kanban.folder.reading import read_beside, read_folder
from kanban.i18n import _
from kanban.i18n.formats import format_date
from kanban.model.cards.boardfile import BoardFile
from kanban.paper.plain import safe, typed
from kanban.privacy.document import DueDocument, KeptRecord, PersonRecord, ScanDocument
from kanban.privacy.erasure import erase as erasing
from kanban.privacy.person import Person
from kanban.privacy.places import Place, places_of
from kanban.privacy.retention import Known, due, people_of
from kanban.repository.erasing.holdings import Holdings, holdings


@click.group(cls=VerbGroup)
def command() -> None:
    """People in the board: where they stand, whose time is over, and taking them out."""


@command.command(
    "scan",
    examples=(
        "kanban privacy scan                    everybody who is a card's contact",
        'kanban privacy scan "Hélène Ygrazil"   where this person stands, in the files and in all that git keeps',
    ),
)
@click.argument("person", required=False)
@json_option
@click.pass_context
def scan(context: click.Context, /, person: str | None, as_json: bool) -> None:
    """Say where a person stands: files, past versions, messages, authors, names, what nothing leads to any more.

    Exit 1 when the person stands anywhere. Parts of a name are told apart: another person may be meant.
    """
    session = open_session(context, None)
    if person is None:
        _tell_people(session, as_json=as_json)
        return
    wanted = _person(session, person)
    places = list(places_of(wanted, (*read_folder(session.root), *_beside(session))))
    kept = holdings(session.repository, wanted.stands_in)
    if as_json:
        emit_json(scan_document(person, places, kept))
    else:
        for place in places:
            mark = "" if place.sure or not place.line else f"  ({_('perhaps')})"
            where = f"{place.path}:{place.line}" if place.line else place.path
            click.echo(f"{safe(where)}: {safe(place.text)}{mark}")
        if not places:
            click.echo(_("no file of the board names this person"))
        tell_kept(kept)
    context.exit(FINDINGS if any(place.sure for place in places) or not kept.nothing else 0)


def _beside(session: Session) -> tuple[BoardFile, ...]:
    """The attachments in the board's folder, all but those that git is told to ignore."""
    known = _listed(session, "--cached", "--others", "--exclude-standard")
    return tuple(file for file in read_beside(session.root) if file.path in known)


def _tracked(session: Session) -> frozenset[str]:
    return _listed(session, "--cached")


def _listed(session: Session, *which: str) -> frozenset[str]:
    """The files below the board that git knows of, as the board calls them."""
    below = [session.prefix.rstrip("/")] if session.prefix else []
    told = session.repository.git.read("ls-files", "-z", "--full-name", *which, "--", *below)
    names = told.out.decode("utf-8", "surrogateescape").split("\0")
    return frozenset(name.removeprefix(session.prefix) for name in names if name)


def _person(session: Session, text: str) -> Person:
    """The person with the addresses and numbers that any version of a card has beside the name."""
    versions = every_version(session, session.history(needed=False).told).values()
    found = Person.named(text, [*session.board.cards, *versions], session.board.directory.entries)
    if not found.words and not found.mails:
        raise NotFound(_("`{text}` is no name").format(text=text), cure=_("type the name or the mail address"))
    return found


def _tell_people(session: Session, *, as_json: bool) -> None:
    people = people_of(session.board, session.history(needed=False))
    if as_json:
        document: ScanDocument = {
            "schema": "kanban-privacy/1",
            "person": None,
            "people": [_record(one) for one in people],
            "places": [],
            "kept": None,
        }
        emit_json(document)
        return
    for one in people:
        day = format_date(one.last_contact, "medium") if one.last_contact else _("no date")
        click.echo(safe(f"{one.name}  {', '.join(one.cards)}  {day}"))
    if not people:
        click.echo(_("no card names a contact"))


def _record(person: Known) -> PersonRecord:
    last = person.last_contact
    return {"name": person.name, "cards": list(person.cards), "last_contact": last.isoformat() if last else None}


def scan_document(person: str, places: list[Place], kept: Holdings) -> ScanDocument:
    """Where one person stands, as data."""
    record: KeptRecord = {
        "commits": kept.commits,
        "first": kept.first or None,
        "last": kept.last or None,
        "versions": kept.versions,
        "messages": kept.messages,
        "authors": kept.authors,
        "file_names": sorted(kept.file_names),
        "refs": kept.refs,
        "ref_names": kept.ref_names,
        "unreached": kept.unreached,
    }
    return {
        "schema": "kanban-privacy/1",
        "person": person,
        "people": [],
        "places": [{"path": one.path, "line": one.line, "text": one.text, "sure": one.sure} for one in places],
        "kept": record,
    }


@command.command("due", examples=("kanban privacy due    whose data is to be erased by now",))
@as_of_option
@json_option
@click.pass_context
def due_now(context: click.Context, /, as_of: str | None, as_json: bool) -> None:
    """Say whose time is over: so many months after the last contact, on closed cards (`policies: retention_months`).

    The French authority's practice for prospects is three years, the default. Exit 1 when somebody's is.
    """
    session = open_session(context, as_of)
    months = session.config.policies.retention_months
    found = list(due(session.board, session.history(), session.today))
    if as_json:
        document: DueDocument = {
            "schema": "kanban-privacy-due/1",
            "as_of": session.today.isoformat(),
            "retention_months": months,
            "due": [{**_record(person), "since": since.isoformat()} for person, since in found],
        }
        emit_json(document)
    else:
        for person, since in found:
            text = _("{person}: since {day}; cards {cards}").format(
                person=person.name, day=format_date(since, "medium"), cards=", ".join(person.cards)
            )
            click.echo(safe(text))
            click.echo(f"  kanban privacy erase {typed(safe(person.name))}")
        if not found:
            click.echo(_("nobody; months after the last contact: {count}").format(count=months))
    context.exit(FINDINGS if found else 0)


@command.command(
    "erase",
    examples=(
        'kanban privacy erase "Hélène Ygrazil"             from the files, in one commit; says what git still holds',
        'kanban privacy erase "Hélène Ygrazil" --dry-run',
        'kanban privacy erase "Hélène Ygrazil" --history ../clean.git    the history too, written anew beside this one',
    ),
)
@click.argument("person")
@click.option(
    "--history", metavar="DIR", type=A_FOLDER, default=None, help="Write the history anew into DIR, without the person."
)
@write_options
@click.pass_context
def erase(context: click.Context, /, person: str, history: str | None, flags: WriteFlags) -> None:
    """Take a person out of cards, notes and the texts beside them, and say what git still holds.

    With --history nothing here is changed further: the whole history is written anew, without the person, into a new
    bare repository, and you are told what that breaks and what to type next.
    """
    session = open_session(context, None)
    wanted = _person(session, person)
    kept_by_git = _tracked(session)
    beside = tuple(file for file in _beside(session) if file.path in kept_by_git)
    perform(session, flags, erasing, person=wanted, beside=beside)
    if flags.dry_run or flags.as_json:
        return
    caches_removed(session)
    if history is not None:
        rewrite(session, wanted, Path(history))
        return
    everything = (*read_folder(session.root), *_beside(session))
    for place in places_of(wanted, everything):
        if place.line == 0 or not place.sure or place.path not in kept_by_git:
            where = f"{place.path}:{place.line}" if place.line else place.path
            click.echo(safe(_("look at this yourself: {place}: {text}").format(place=where, text=place.text)))
    kept = holdings(session.repository, wanted.stands_in)
    tell_kept(kept)
    if not kept.nothing:
        click.echo(_("To write the history anew without this person, beside this repository:"))
        click.echo(
            f"  kanban privacy erase {typed(safe(person))} --history {typed(f'../{session.root.name}-erased.git')}"
        )
