"""`kanban win`: the deal is signed."""

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
        'kanban win acme-sso --amount "26 k€" --note "signed by M. Dubois"',
        'kanban win beta --reason "signed on the spot"',
    ),
)
@click.argument("cards", nargs=-1, required=True, metavar="CARD...", type=CARD)
@click.option("--amount", default="", help="The amount as signed.")
@click.option("--note", default=None, help="A last note.")
@click.option("--reason", default="", help="Why, when columns are skipped or with --force.")
@click.option("--force", is_flag=True, default=False, help="Although a rule forbids it; needs --reason.")
@as_of_option
@write_options
@click.pass_context
def command(
    context: click.Context,
    /,
    cards: tuple[str, ...],
    amount: str,
    note: str | None,
    reason: str,
    force: bool,
    as_of: str | None,
    flags: WriteFlags,
) -> None:
    """Record a deal as won."""
    session = open_session(context, as_of)
    perform(
        session,
        lambda board: plan_closing(
            session, board, "win", cards, "won", fields={"amount": amount}, note=note, reason=reason, force=force
        ),
        flags,
    )
