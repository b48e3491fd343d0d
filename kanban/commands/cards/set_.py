"""`kanban set`: change fields of a card, or of all cards that a condition fits, one line of the file each."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from kanban.commands.base.conditions import conditions_of, where_option
from kanban.commands.base.hand import Words, argument, hand, option
from kanban.commands.output.asking import confirm
from kanban.errors import KanbanError
from kanban.gestures.fields import set_fields
from kanban.i18n import _, ngettext
from kanban.paper.plain import safe, typed

if TYPE_CHECKING:
    from kanban.commands.base.calling.options import WriteFlags
    from kanban.commands.base.session import Session

_all_option = click.option("--all", "everything", is_flag=True, default=False, help="With --where: closed cards too.")
_yes_option = click.option("--yes", is_flag=True, default=False, help="With --where: do not ask.")


def _several(session: Session, flags: WriteFlags, words: Words) -> Words | None:
    """With `--where`: show which cards it is about, ask, and change them all in one commit."""
    from kanban.commands.base.write_verb import perform
    from kanban.commands.cards.several import batch

    where, yes, everything = words.pop("where"), words.pop("yes"), words.pop("everything")
    if not where:
        if not words["assignments"]:
            raise KanbanError(
                _("nothing to set"), cure=f'kanban set {typed(words["card"])} next_action="…" next_action_date=+2d'
            )
        return words
    words["assignments"] = (words.pop("card"), *words["assignments"])
    board = session.situation().board
    asked = conditions_of(board, where, None, session.today)
    among = board.cards if everything else board.open_cards
    cards = [card for card in among if all(fits(card) for fits in asked)]
    if not cards:
        click.echo(_("no card fits"))
        return None
    for card in cards:
        click.echo(safe(f"  {card.id}  {board.column_of(card).title}  {card.label}"), err=True)
    said = ngettext("{count} card: {fields}", "{count} cards: {fields}", len(cards))
    said = safe(said.format(count=len(cards), fields=", ".join(words["assignments"])))
    if not (yes or flags.dry_run):
        if not sys.stdin.isatty():
            raise KanbanError(said, cure=_("look at it with `--dry-run`, then say `--yes`"))
        if not confirm(said, default=False):
            return None
    perform(session, flags, batch, lines=[partial(set_fields, card=card.id, **words) for card in cards])
    return None


command = hand(
    set_fields,
    argument("card", metavar="CARD"),
    argument("assignments", required=False),
    lambda _parameters: where_option,
    lambda _parameters: _all_option,
    lambda _parameters: _yes_option,
    option("--reason"),
    option("--force"),
    examples=(
        'kanban set acme-sso next_action="send the offer" next_action_date="tomorrow 10:00"',
        'kanban set acme-sso amount="28 k€" probability="40 %" close_date=30/10',
        "kanban set acme-sso 28k 40% @zoé   amount, probability and owner say what they are",
        "kanban set acme-sso risk=        an empty value removes the field",
        'kanban set --where "owner = Paul" --where "column = offre" owner=Inès',
    ),
    asking=_several,
    help="""Set fields. Dates, amounts and shares are understood as people type them; what is ambiguous is refused.
An amount with its `k` or currency, a percentage, a day, `#source`, `@owner` and `!class` need no name before them.

With `--where` there is no CARD: the fields are set on every open card that fits, shown first, in one commit.""",
)
