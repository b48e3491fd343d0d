"""`kanban block`: the red label, dated, with its cause, what comes next and who does it (D16)."""

from __future__ import annotations

import click

from kanban.commands.cardedit import card_gesture
from kanban.commands.entry import Verb
from kanban.commands.fieldinput import edit_of
from kanban.commands.gesture import Gesture, WriteFlags, perform, write_options
from kanban.commands.names import CARD
from kanban.commands.session import as_of_option, open_session
from kanban.errors import Refused
from kanban.i18n import _
from kanban.model.board import Board


@click.command(
    cls=Verb,
    examples=('kanban block acme-sso --cause "legal review" --next "call their lawyer" --who Zoé',),
)
@click.argument("card", metavar="CARD", type=CARD)
@click.option("--cause", default="", help="What blocks; needed.")
@click.option("--next", "next_text", default="", help="What will unblock it; needed.")
@click.option("--who", default="", help="Who unblocks it; needed.")
@click.option("--since", default=None, metavar="DAY", help="Since when; default: today.")
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
    day = session.day(since, "--since") if since else session.today
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
        edit = edit_of(
            {
                "blocked_since": day.isoformat(),
                "blocked_cause": " ".join(cause.split()),
                "blocked_next": " ".join(next_text.split()),
                "blocked_owner": " ".join(who.split()),
            }
        )
        done = _("{card}: blocked since {day}, {who} unblocks").format(card=found.id, day=day.isoformat(), who=who)
        return card_gesture("block", found, edit, done, since=day.isoformat())

    perform(session, plan, flags)
