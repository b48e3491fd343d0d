"""`kanban new`: a new opportunity, one file, one commit."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kanban.commands.base.hand import Words, argument, hand, option
from kanban.commands.base.options import WriteFlags
from kanban.errors import KanbanError
from kanban.gestures.new import new
from kanban.i18n import _

if TYPE_CHECKING:
    from kanban.commands.base.session import Session


def _essentials(session: Session, flags: WriteFlags, words: Words) -> Words:
    """The wizard: ask for what was not given. Raises KanbanError without a terminal."""
    if words["account"] is not None:
        return words
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


command = hand(
    new,
    argument("account", metavar="[ACCOUNT]", required=False),
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
        'kanban new "Gamma" --template discovery --set segment=retail --dor contact-opt-in',
    ),
    asking=_essentials,
    help="""Add an opportunity to the first column. Due follow-ups downstream are said first.

Without ACCOUNT, on a terminal, the essential fields are asked for one by one.""",
)
