"""`kanban new`: a new opportunity, one file, one commit."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kanban.commands.base.calling.options import WriteFlags
from kanban.commands.base.hand import Words, argument, hand, option
from kanban.commands.output.asking import confirm
from kanban.errors import KanbanError
from kanban.gestures.new import new
from kanban.i18n import _
from kanban.paper.plain import safe

if TYPE_CHECKING:
    from kanban.commands.base.session import Session
    from kanban.model.cards.quick_line import QuickLine


def _joined(_context: click.Context, _param: click.Parameter, value: tuple[str, ...]) -> str | None:
    """Words that the shell took apart are one name, or one line."""
    return " ".join(value) or None


def _essentials(session: Session, flags: WriteFlags, words: Words) -> Words | None:
    """The line taken apart, where nothing but a line was typed; without one the wizard, which asks for what was not
    given. Raises KanbanError without a terminal."""
    if words["account"] is not None:
        return words if any(words[name] for name in _OF_THE_LINE) else _quick(session, words)
    if not sys.stdin.isatty():
        raise KanbanError(_("a card needs an account"), cure='kanban new "ACME SAS"')
    words["account"] = click.prompt(_("Account"), err=True)
    questions = {
        "contact": _("Contact"),
        "next_action": _("Next action"),
        "on": _("When (tomorrow 10:00, 12 Oct 10:00, +7d)"),
        "amount": _("Amount"),
        "owner": _("Owner"),
        "source": _("Source"),
    }
    for name, question in questions.items():
        if not words[name]:
            words[name] = click.prompt(question, default="", show_default=False, err=True) or None
    return words


_OF_THE_LINE = ("next_action", "on", "amount", "probability", "owner", "source", "service", "column")
"""What a line may say: where one of these is an option, the words are a name and nothing else."""


def _quick(session: Session, words: Words) -> Words | None:
    """What one natural line says, shown as it was understood; on a terminal None when that is not what was meant."""
    said = _read(session, words["account"])
    if not said.is_a_line:
        return words
    shown = [f"{label}{_(': ')}{value}" if label else value for label, value in said.understood]
    click.echo(safe(_("understood: {pieces}").format(pieces=" · ".join(shown))), err=True)
    if sys.stdin.isatty() and not confirm(_("Is that right?")):
        return None
    more = {"tag": (*words["tag"], *said.tags), "assignments": (*words["assignments"], *said.extra)}
    return words | {name: value for name, value in said.words.items() if name == "account" or not words[name]} | more


def _read(session: Session, line: str) -> QuickLine:
    """The line taken apart. What has several readings is asked on a terminal; elsewhere KanbanError is raised."""
    from kanban.model.cards.quick_line import Unclear, read_quick_line

    board = session.situation().board
    while True:
        try:
            return read_quick_line(line, board, session.today)
        except Unclear as unclear:
            if not (sys.stdin.isatty() and unclear.lines):
                raise
            click.echo(safe(unclear.message), err=True)
            for number, shown in enumerate(unclear.lines.values(), 1):
                click.echo(safe(f"  {number}. {shown}"), err=True)
            chosen = click.prompt(_("Which one?"), type=click.IntRange(1, len(unclear.lines)), err=True)
            line = list(unclear.lines)[chosen - 1]


command = hand(
    new,
    argument("account", metavar="[ACCOUNT]", required=False, nargs=-1, callback=_joined),
    option("--template"),
    option("--title"),
    option("--contact"),
    option("--next", "next_action"),
    option("--on"),
    option("--amount"),
    option("--probability"),
    option("--owner"),
    option("--role"),
    option("--source"),
    option("--close"),
    option("--class", "service"),
    option("--tag"),
    option("--dor"),
    option("--set", "assignments", metavar="KEY=VALUE"),
    option("--note"),
    option("--id", "card_id"),
    option("--column"),
    option("--reason"),
    option("--force"),
    examples=(
        'kanban new "ACME SAS" --contact "M. Dubois" --next "call back" --on "tomorrow 10:00"',
        'kanban new "Beta CRM" --amount "28 k€" --probability "40 %" --owner Zoé --source referral',
        'kanban new "Delta SA rappeler lundi 10h 28k 40% #referral @zoé"      one line, shown as it was understood',
        'kanban new "Gamma" --template discovery --set segment=retail --dor contact-opt-in',
    ),
    asking=_essentials,
    help="""Add an opportunity to the first column. Due follow-ups downstream are said first.

ACCOUNT alone may be a whole line: a name, what is next, a day, `28k`, `40%`, `#source`, `@owner`, `!class`, `>column`,
a mail address, a phone number, `key=value`.

Without ACCOUNT, on a terminal, the essential fields are asked for one by one.""",
)
