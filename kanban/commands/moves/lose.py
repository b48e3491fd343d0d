"""`kanban lose`: the deal is lost, for one of the board's normalised reasons (D18)."""

from __future__ import annotations

import click

from kanban.commands.base.completed_names import CARD, REASON
from kanban.commands.base.entry import Verb
from kanban.commands.base.session import as_of_option, open_session
from kanban.commands.base.write_verb import WriteFlags, perform, write_options
from kanban.commands.moves.closing import plan_closing


@click.command(
    cls=Verb,
    examples=("kanban lose beta-crm --reason price", 'kanban lose beta-crm --reason timing --note "budget next year"'),
)
@click.argument("cards", nargs=-1, required=True, metavar="CARD...", type=CARD)
@click.option(
    "--reason",
    required=True,
    type=REASON,
    help="One of the board's reasons: price, timing, fit, competition by default.",
)
@click.option("--note", default=None, help="A last note, in your own words.")
@as_of_option
@write_options
@click.pass_context
def command(
    context: click.Context,
    /,
    cards: tuple[str, ...],
    reason: str,
    note: str | None,
    as_of: str | None,
    flags: WriteFlags,
) -> None:
    """Record a deal as lost. Free text goes into --note; the reason is from the list, so that losses can be counted."""
    session = open_session(context, as_of)
    perform(
        session,
        lambda board: plan_closing(session, board, "lose", cards, "lost", fields={"lost_reason": reason}, note=note),
        flags,
    )
