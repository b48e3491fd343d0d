"""`kanban park`: back to nurturing, out of the work in progress."""

from __future__ import annotations

import click

from kanban.commands.base.completed_names import CARD
from kanban.commands.base.entry import Verb
from kanban.commands.base.session import as_of_option, open_session
from kanban.commands.base.write_verb import WriteFlags, perform, write_options
from kanban.commands.moves.closing import plan_closing


@click.command(
    cls=Verb,
    examples=(
        'kanban park beta-crm --until 2027-01-15 --note "new budget in January"',
        "kanban park beta-crm gamma-soft",
    ),
)
@click.argument("cards", nargs=-1, required=True, metavar="CARD...", type=CARD)
@click.option("--until", default="", metavar="DAY", help="When to look at it again.")
@click.option("--note", default=None, help="A note.")
@click.option("--reason", default="", help="Why; recorded in the commit.")
@as_of_option
@write_options
@click.pass_context
def command(
    context: click.Context,
    /,
    cards: tuple[str, ...],
    until: str,
    note: str | None,
    reason: str,
    as_of: str | None,
    flags: WriteFlags,
) -> None:
    """Park cards in nurturing. Parked cards are neither work in progress nor lost; `reopen` brings them back."""
    session = open_session(context, as_of)
    perform(
        session,
        lambda board: plan_closing(
            session, board, "park", cards, "parked", fields={"parked_until": until}, note=note, reason=reason
        ),
        flags,
    )
