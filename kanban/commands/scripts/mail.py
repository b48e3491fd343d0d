"""`kanban mail`: a mail filled from a card, as text, link, draft file or on the clipboard; and which mails are due."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, TypedDict

import click

from kanban.commands.base.calling.completed_names import CARD, OWNER, SCRIPT
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import WriteFlags, as_of_option, write_options
from kanban.commands.base.calling.places import A_FILE, A_FOLDER
from kanban.commands.base.day_shown import board_of
from kanban.commands.base.session import Session, emit_json, open_session
from kanban.commands.output.printing import put
from kanban.commands.scripts.due import tell_due
from kanban.commands.scripts.filling import copy_to_clipboard, fill_for, note_use
from kanban.errors import KanbanError
from kanban.i18n import _, current_language
from kanban.model.typed.choices import choice_said
from kanban.paper.plain import safe, typed
from kanban.schemas.fields import Language
from kanban.scripts.draft import LONG_LINK, draft_of, eml, mailto

if TYPE_CHECKING:
    from kanban.model.cards.card import Card
    from kanban.scripts.filling import Filled


@click.command(
    cls=Verb,
    examples=(
        "kanban mail --due                             which mails are due today",
        "kanban mail --due --write drafts              a draft file for each",
        "kanban mail acme-sso meeting-reminder         the text, to paste",
        "kanban mail val-arzille follow-up --mailto    a link that opens the mail program",
        "kanban mail val-arzille follow-up --eml - --log --on +5d",
    ),
)
@click.argument("card", required=False, metavar="[CARD", type=CARD)
@click.argument("script", required=False, metavar="SCRIPT]", type=SCRIPT)
@click.option("--due", is_flag=True, default=False, help="List the mails due today instead.")
@click.option("--owner", default=None, type=OWNER, help="With --due: only this owner's.")
@click.option(
    "--write",
    "folder",
    default=None,
    metavar="DIR",
    type=A_FOLDER,
    help="With --due: write each as a draft file.",
)
@click.option("--slot", default=None, metavar="WHEN", help="The moment to propose: `jeudi 10h`, `+2d 14:00`.")
@click.option("--mailto", "as_link", is_flag=True, default=False, help="As a mailto: link.")
@click.option(
    "--eml", "file", default=None, type=A_FILE, metavar="FILE", help="As a draft file; `-` writes to standard output."
)
@click.option("--clipboard", is_flag=True, default=False, help="Put the text on the clipboard.")
@click.option("--log", is_flag=True, default=False, help="Note on the card that the mail was sent.")
@click.option("--next", "next_text", default=None, help="With --log: the next action.")
@click.option("--on", default=None, metavar="WHEN", help="With --log: when it is.")
@as_of_option
@write_options
@click.pass_context
def command(
    context: click.Context,
    /,
    card: str | None,
    script: str | None,
    due: bool,
    as_of: str | None,
    flags: WriteFlags,
    **wanted: object,
) -> None:
    """Fill the mail SCRIPT for CARD. A field that the card lacks is an error that names it, never a blank.

    The board's own `scripts/SCRIPT.md` comes before the built-in one; `kanban script` lists them all.
    """
    session = open_session(context, as_of)
    if due:
        tell_due(session, wanted, flags)
        return
    if card is None or script is None:
        cure = (
            f"kanban mail {typed(card)} {choice_said('meeting-reminder')}" if card else "`kanban script`, `kanban list`"
        )
        raise KanbanError(_("name a card and a script, or ask for `--due`"), cure=cure)
    found = board_of(session).named(card)
    filled = fill_for(session, found, script, _text(wanted["slot"]))
    if filled.script.kind != "mail":
        message = _("{name} is something to say, not a mail").format(name=filled.script.name)
        raise KanbanError(message, cure=f"kanban script {typed(found.id)} {typed(filled.script.name)}")
    _answer(session, found, filled, wanted, flags)
    if wanted["log"]:
        note_use(session, found, filled.script, "mail", flags, _text(wanted["next_text"]), _text(wanted["on"]))


def _answer(session: Session, card: Card, filled: Filled, wanted: dict[str, object], flags: WriteFlags) -> None:
    heading = _("Subject: {subject}").format(subject=filled.subject)
    if wanted["clipboard"]:
        copy_to_clipboard(filled.text)
        click.echo(
            _("the text is on the clipboard; the subject is: {subject}").format(subject=safe(filled.subject)), err=True
        )
    if wanted["file"] is not None:
        data = eml(draft_of(board_of(session), card, filled))
        if wanted["file"] == "-":
            click.echo(data, nl=False)
        else:
            if not flags.dry_run:
                put(data, str(wanted["file"]))
            would = _("would do: ") if flags.dry_run else ""
            click.echo(would + _("draft written: {path}").format(path=wanted["file"]), err=True)
    elif wanted["as_link"]:
        link = mailto(draft_of(board_of(session), card, filled))
        click.echo(link)
        if len(link) > LONG_LINK:
            click.echo(_("note: some mail programs cut links this long; `--eml` has no limit"), err=True)
    elif flags.as_json:
        emit_json(mail_document(session, card, filled))
    elif not wanted["clipboard"]:
        click.echo(click.style(safe(heading), bold=True) + "\n\n" + safe(filled.text), nl=False)


class MailDocument(TypedDict):
    """A mail filled from a card."""

    schema: Literal["kanban-mail/1"]
    as_of: date
    card: str
    script: str
    language: Language
    to: str | None
    subject: str
    text: str


def mail_document(session: Session, card: Card, filled: Filled) -> MailDocument:
    """The mail as the `kanban-mail` document."""
    return {
        "schema": "kanban-mail/1",
        "as_of": session.today,
        "card": card.id,
        "script": filled.script.name,
        "language": current_language(),
        "to": board_of(session).directory.mail_of(card) or None,
        "subject": filled.subject,
        "text": filled.text,
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)
