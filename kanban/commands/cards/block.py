"""`kanban block`: the red label, dated, with its cause, what comes next and who does it (D16)."""

from __future__ import annotations

from datetime import date

import click

from kanban.commands.base.completed_names import CARD
from kanban.commands.base.entry import Verb
from kanban.commands.base.field_input import edit_of
from kanban.commands.base.session import Session, as_of_option, open_session
from kanban.commands.base.write_verb import Gesture, WriteFlags, card_gesture, perform, write_options
from kanban.errors import KanbanError, Refused
from kanban.i18n import _
from kanban.model.cards.board import Board


@click.command(
    cls=Verb,
    examples=('kanban block acme-sso --cause "legal review" --next "call their lawyer" --who Zoé',),
)
@click.argument("card", metavar="CARD", type=CARD)
@click.option("--cause", default="", help="What blocks; needed.")
@click.option("--next", "next_text", default="", help="What will unblock it; needed.")
@click.option("--who", default="", help="Who unblocks it; needed.")
@click.option("--since", default=None, metavar="DAY", help="Since when; default: today, or as the label says already.")
@as_of_option
@write_options
@click.pass_context
def command(
    context: click.Context,
    /,
    card: str,
    cause: str,
    next_text: str,
    who: str,
    since: str | None,
    as_of: str | None,
    flags: WriteFlags,
) -> None:
    """Put the block label on a card. It is red on every view, and its age counts from its date."""
    session = open_session(context, as_of)
    day = _began(session, since)
    wanted = {
        _("its cause: `--cause`"): cause,
        _("what comes next: `--next`"): next_text,
        _("who unblocks it: `--who`"): who,
    }
    missing = [label for label, text in wanted.items() if not text.strip()]
    if missing:
        raise Refused(_("a block label says it all, so that somebody acts on it"), missing)

    def plan(board: Board) -> Gesture:
        found = board.named(card)
        standing = found.block.since if found.block is not None else None
        first = (day or standing or session.today).isoformat()
        edit = edit_of(
            {
                "blocked_since": first,
                "blocked_cause": " ".join(cause.split()),
                "blocked_next": " ".join(next_text.split()),
                "blocked_owner": " ".join(who.split()),
            }
        )
        done = _("{card}: blocked since {day}, {who} unblocks").format(card=found.id, day=first, who=who)
        return card_gesture("block", found, edit, done, since=first)

    perform(session, plan, flags)


def _began(session: Session, since: str | None) -> date | None:
    """The day that was typed, None when none was. Raises KanbanError for a day to come."""
    day = session.day(since, "--since") if since else None
    if day is not None and day > session.today:
        message = _("--since: {day} is still to come").format(day=day.isoformat())
        raise KanbanError(message, cure=_("leave `--since` out for today"))
    return day
