"""`kanban log-mail`: mails filed under the deals that they are about, from files, without a server."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal, TypedDict

import click

from kanban.commands.base.calling.completed_names import CARD
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import FINDINGS
from kanban.commands.base.calling.options import json_option
from kanban.commands.base.calling.places import A_FILE
from kanban.commands.base.session import Session, emit_json, open_session
from kanban.demo.plan import Person, PlannedCommit
from kanban.errors import KanbanError
from kanban.i18n import _, ngettext
from kanban.imports.mail.filing import Clerk, Filed, filed_before
from kanban.imports.mail.matching import Matcher
from kanban.imports.mail.meetings import read_meetings
from kanban.imports.mail.message import Mail, Unread, read_mails
from kanban.imports.mail.post import Fetched, fetch
from kanban.imports.mail.server import MailFolder, MailServer, folder_named
from kanban.imports.tables.sheet import content_of
from kanban.imports.trouble import Trouble
from kanban.paper.plain import safe, typed
from kanban.repository.merge.bringing import bring
from kanban.repository.read.passwords import Account, password_of, remember


class FiledRecord(TypedDict):
    """A mail and the card under which it was filed."""

    file: str
    card: str
    subject: str


class DoubtfulRecord(TypedDict):
    """A mail that was not filed: why, and which cards it may be about."""

    file: str
    subject: str
    reason: str
    perhaps: list[str]


class LogMailDocument(TypedDict):
    """What became of the mails."""

    schema: Literal["kanban-log-mail/1"]
    dry_run: bool
    filed: list[FiledRecord]
    known: int
    automatic: int
    strangers: Annotated[int, "mails on a server that nothing connects to a deal"]
    doubtful: list[DoubtfulRecord]
    commit: str | None


@click.command(
    cls=Verb,
    name="log-mail",
    examples=(
        "kanban log-mail reply.eml                     under the deal with this address",
        "kanban log-mail ~/Maildir/.Sales --dry-run    what would be filed where, and what is doubtful",
        "kanban log-mail reply.eml --card acme-sso     where you know better",
        "kanban log-mail --imap imaps://zoe@mail.example.org/INBOX   from a mail server, which is only looked at",
        "kanban log-mail meetings.ics                  meetings: held ones as notes, the next one as next action",
    ),
)
@click.argument("paths", metavar="[FILE]...", nargs=-1, type=A_FILE)
@click.option("--imap", "servers", multiple=True, metavar="URL", help="A folder on a mail server, or one mail of it.")
@click.option("--since", default=None, metavar="DAY", help="From a server: mails of this day on; default: 30 days.")
@click.option("--card", default=None, type=CARD, help="File all of them under this card.")
@click.option("--me", multiple=True, metavar="ADDRESS", help="An address of yours that the board does not know.")
@click.option("--body", is_flag=True, default=False, help="Keep the whole text too, not only two lines.")
@click.option("--dry-run", is_flag=True, default=False, help="Check everything, change nothing.")
@json_option
@click.pass_context
def command(
    context: click.Context,
    /,
    paths: tuple[str, ...],
    servers: tuple[str, ...],
    since: str | None,
    card: str | None,
    me: tuple[str, ...],
    body: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """File mails as dated notes: from `.eml` files, folders of them, maildirs, an mbox, or a mail server (IMAP).

    A mail goes to the deal whose `contact_email` it is from or to, or to that of the mail it answers; where several
    deals share an address, the one that its subject names, as in `[acme-sso]`. What is doubtful is listed, never
    guessed (exit 1). The note holds the subject and two lines. The same mail again changes nothing.

    Meetings of a calendar (`.ics`) are filed likewise, by who takes part: those held as notes, one to come as the next
    action of a card that has none from today on.

    A mail server is asked with the password that git keeps for it (`git help credentials`), or you are asked. Its
    folder is only looked at: nothing is moved or marked as read, and mails of strangers are counted, not fetched.
    """
    session = open_session(context)
    if not paths and not servers:
        raise click.UsageError(_("name a file, a folder, or a mail server with `--imap`"), context)
    first = session.day(since, "--since") if since else session.today - timedelta(days=30)
    post = _from_files(paths, session)
    clerk = _clerk(session, card, me, body)
    for server in servers:
        post.add(_from_server(folder_named(server), session, clerk, first))
    found: list[Filed] = []

    def plan() -> list[PlannedCommit]:
        found[:] = [_clerk(session, card, me, body).file(post.mails)]
        return found[0].commits

    commit = None
    if dry_run:
        plan()
    else:
        commit = bring(session.repository, plan, "log-mail")
    filed = found[0]
    for one in post.unread:
        filed.doubtful.append(Trouble(one.file, 0, _("it cannot be read: {reason}").format(reason=one.reason)))
        filed.perhaps.append(())
    filed.strangers += post.strangers
    if as_json:
        emit_json(_document(filed, dry_run, commit))
    else:
        _tell(filed, dry_run, post.places)
    return FINDINGS if filed.doubtful else 0


def _from_files(paths: tuple[str, ...], session: Session) -> Fetched:
    found = Fetched()
    for path in paths:
        for one in _read(Path(path), session):
            found.take(one)
            place = str(Path(path) / one.file) if Path(path).is_dir() else path
            inside = one.file.rpartition("#")[2] if "#" in one.file and "#" not in place else ""
            found.places.setdefault(one.file, []).append(f"{place}#{inside}" if inside else place)
    return found


def _from_server(place: MailFolder, session: Session, clerk: Clerk, since: date) -> Fetched:
    """What a mail server has about our deals."""
    if clerk.card and not place.uid:
        message = _("`--card` takes one mail of a server, not all of a folder")
        raise KanbanError(
            message, cure=_("name it, as doubtful ones are: `--imap '{url}'`").format(url=place.address(1))
        )
    account = Account("imaps" if place.secure else "imap", place.place, place.user)
    password = password_of(session.repository, account)
    server = MailServer(place, session.config.zone)
    try:
        right = server.sign_in(password)
        remember(session.repository, account, password, right=right)
        if not right:
            message = _("{host} does not let {user} in").format(host=place.host, user=place.user)
            cure = _("type the password again; many servers want one that was made for a program like this")
            raise KanbanError(message, cure=cure)
        server.open()
        return fetch(server, clerk, since)
    finally:
        server.close()


def _read(path: Path, session: Session) -> Iterator[Mail | Unread]:
    """The mails or, of a calendar, the meetings in a file."""
    whole, _mark, number = path.name.rpartition("#")
    if number.isdecimal() and whole and not path.exists():  # one mail of a mailbox, as doubtful ones are named
        yield from (one for one in _read(path.with_name(whole), session) if one.file == path.name)
        return
    if path.suffix.lower() in (".ics", ".ical"):
        yield from read_meetings(path.name, content_of(path), session.config.zone, session.now)
        return
    yield from read_mails(path, session.config.zone)


def _clerk(session: Session, card: str | None, me: tuple[str, ...], body: bool) -> Clerk:
    board = session.board_at("HEAD")
    identity = session.repository.identity()
    addresses = [owner.email for owner in board.config.owners] + list(me) + ([identity.email] if identity else [])
    own = frozenset(one.casefold() for one in addresses if one)
    register = filed_before(session.repository)
    matcher = Matcher(board, own, register.filed)
    person = Person(identity.name, identity.email) if identity else Person("kanban", "kanban@invalid")
    name = board.named(card).id if card else ""
    history, back = session.history(), register.taken_back
    return Clerk(board, history, matcher, session.prefix, person, session.now, body, name, back)


def _document(found: Filed, dry_run: bool, commit: str | None) -> LogMailDocument:
    return {
        "schema": "kanban-log-mail/1",
        "dry_run": dry_run,
        "filed": [{"file": mail.file, "card": card, "subject": mail.subject} for mail, card in found.filed],
        "known": found.known,
        "automatic": found.automatic,
        "strangers": found.strangers,
        "doubtful": [
            {"file": one.file, "subject": one.deal, "reason": one.reason, "perhaps": list(perhaps)}
            for one, perhaps in zip(found.doubtful, found.perhaps, strict=True)
        ],
        "commit": commit,
    }


def _tell(found: Filed, dry_run: bool, places: Mapping[str, list[str]]) -> None:
    for mail, card in found.filed:
        said = _("{file} → {card}: {subject}").format(file=mail.file, card=card, subject=mail.subject)
        click.echo((_("would do: ") if dry_run else "") + safe(said))
    for one, perhaps in zip(found.doubtful, found.perhaps, strict=True):
        click.echo(click.style(_("doubtful:"), fg=130) + safe(f" {one.file}: {one.deal}: {one.reason}"), err=True)
        if one.cure:
            click.echo("  → " + safe(one.cure), err=True)
        where = places.get(one.file, [one.file])
        for card in perhaps[:3] if len(where) == 1 else ():
            place = f"{'--imap ' if '://' in one.file else ''}{shlex.quote(where[0])}"
            click.echo("  → " + safe(f"`kanban log-mail {place} --card {typed(card)}`"), err=True)
    parts = [
        ngettext("{count} mail filed", "{count} mails filed", len(found.filed)).format(count=len(found.filed)),
        *([_("{count} filed before").format(count=found.known)] if found.known else []),
        *([_("{count} automatic").format(count=found.automatic)] if found.automatic else []),
        *([_("{count} of strangers").format(count=found.strangers)] if found.strangers else []),
        *([_("{count} doubtful").format(count=len(found.doubtful))] if found.doubtful else []),
    ]
    click.echo(", ".join(parts))
