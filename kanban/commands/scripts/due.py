"""`kanban mail --due`: the mails of the day, as a list, as data, or all as draft files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict

import click

from kanban.commands.base.calling.completed_names import say_unknown_owner
from kanban.commands.base.calling.options import WriteFlags
from kanban.commands.base.day_shown import board_of, clocks_of
from kanban.commands.base.session import Session, emit_json
from kanban.commands.scripts.filling import fill_for, note_use
from kanban.errors import KanbanError
from kanban.i18n import _, ngettext
from kanban.model.cards.board import plain
from kanban.paper.plain import safe, typed
from kanban.scripts.draft import draft_of, eml
from kanban.scripts.due import due_mails

if TYPE_CHECKING:
    from kanban.scripts.due import DueMail


def due_now(session: Session, owner: str | None = None) -> tuple[DueMail, ...]:
    """The mails due on the session's day."""
    clocks = clocks_of(session).items()
    days = {card: (found.column_days, found.idle_days) for card, found in clocks}
    found = due_mails(board_of(session), session.today, days)
    return tuple(mail for mail in found if owner is None or plain(mail.card.owner) == plain(owner))


def tell_due(session: Session, wanted: dict[str, object], flags: WriteFlags) -> None:
    """List the mails due, or write them all; exit 1 when one of them could not be filled."""
    owner = wanted["owner"]
    say_unknown_owner(board_of(session), None if owner is None else str(owner))
    mails = due_now(session, None if owner is None else str(owner))
    folder = wanted["folder"]
    written, failed = (
        _write_all(session, mails, Path(folder), bool(wanted["log"]), flags) if isinstance(folder, str) else ({}, {})
    )
    if flags.as_json:
        emit_json(_document(session, mails, written, failed))
    else:
        _tell(session, mails, written, failed, folder is not None, _("would do: ") if flags.dry_run else "")
    if failed:
        click.get_current_context().exit(1)


class DueMailRecord(TypedDict):
    """A mail that is due; `file` is the draft written of it, `error` why none was."""

    card: str
    script: str
    on: date
    late_days: int
    why: str
    owner: str | None
    to: str | None
    file: str | None
    error: str | None


class DueMailsDocument(TypedDict):
    """The mails that are due."""

    schema: Literal["kanban-mails-due/1"]
    as_of: date
    mails: list[DueMailRecord]


def _document(
    session: Session, mails: tuple[DueMail, ...], written: dict[str, Path], failed: dict[str, KanbanError]
) -> DueMailsDocument:
    directory = board_of(session).directory
    rows: list[DueMailRecord] = [
        {
            "card": mail.card.id,
            "script": mail.script,
            "on": mail.on,
            "late_days": mail.late(session.today),
            "why": mail.why,
            "owner": mail.card.owner or None,
            "to": directory.mail_of(mail.card) or None,
            "file": str(written[mail.card.id]) if mail.card.id in written else None,
            "error": failed[mail.card.id].message if mail.card.id in failed else None,
        }
        for mail in mails
    ]
    return {"schema": "kanban-mails-due/1", "as_of": session.today, "mails": rows}


def _tell(
    session: Session,
    mails: tuple[DueMail, ...],
    written: dict[str, Path],
    failed: dict[str, KanbanError],
    writing: bool,
    would: str,
) -> None:
    if not mails:
        click.echo(_("no mail is due"))
        return
    for mail in mails:
        late = mail.late(session.today)
        since = " · " + ngettext("{days} day late", "{days} days late", late).format(days=late) if late else ""
        head = click.style(safe(mail.card.id), bold=True) + f"  {safe(mail.card.label)} · {mail.why}{since}"
        click.echo(head + (f" · {safe(mail.card.owner)}" if mail.card.owner else ""))
        if mail.card.id in written:
            click.echo(f"    {would}{written[mail.card.id]}")
        elif mail.card.id in failed:
            error = failed[mail.card.id]
            click.echo(
                click.style(safe(f"    {error.where + ': ' if error.where else ''}{error.message}"), fg="red")
                + f"  → {safe(error.cure)}"
            )
        elif not writing:
            click.echo(safe(f"    kanban mail {typed(mail.card.id)} {typed(mail.script)}"))


def _write_all(
    session: Session, mails: tuple[DueMail, ...], folder: Path, log: bool, flags: WriteFlags
) -> tuple[dict[str, Path], dict[str, KanbanError]]:
    """A draft per mail in `folder`; a file that is there already is kept, because somebody may have worked on it."""
    written: dict[str, Path] = {}
    failed: dict[str, KanbanError] = {}
    for mail in mails:
        path = folder / f"{mail.card.id}.{mail.script}.eml"
        try:
            filled = fill_for(session, mail.card, mail.script)
            data = eml(draft_of(board_of(session), mail.card, filled))
            if not flags.dry_run:
                folder.mkdir(parents=True, exist_ok=True)
                if not path.exists():
                    path.write_bytes(data)
            written[mail.card.id] = path
            if log:
                note_use(session, mail.card, filled.script, "mail", flags)
        except KanbanError as error:
            failed[mail.card.id] = error
        except OSError as error:
            reason = _("{path} cannot be written: {reason}").format(path=path, reason=error.strerror or error)
            raise KanbanError(reason, cure=_("name another folder")) from error
    return written, failed
