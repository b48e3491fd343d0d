"""`kanban archive`: closed cards into year folders, so that a column's folder stays short."""

from __future__ import annotations

from datetime import date

import click

from kanban.commands.base.completed_names import CARD
from kanban.commands.base.entry import Verb
from kanban.commands.base.session import Session, as_of_option, open_session
from kanban.commands.base.write_verb import Gesture, WriteFlags, card_trailers, perform, write_options
from kanban.i18n import ngettext
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.repository.write.publication import PathChange


@click.command(
    cls=Verb,
    examples=(
        "kanban archive                    won and lost cards closed over 30 days ago",
        "kanban archive acme-sso --days 0",
    ),
)
@click.argument("cards", nargs=-1, metavar="[CARD]...", type=CARD)
@click.option("--days", type=click.IntRange(0), default=30, help="Closed for at least so many days.")
@as_of_option
@write_options
@click.pass_context
def command(context: click.Context, /, cards: tuple[str, ...], days: int, as_of: str | None, flags: WriteFlags) -> None:
    """Move won and lost cards into a folder of the year in which they were closed, such as `gagne/2026/`.

    They stay in their column for every number and page.
    """
    session = open_session(context, as_of)

    def plan(board: Board) -> Gesture:
        chosen = [board.named(name) for name in cards] or list(board.cards)
        changes, ids = [], []
        for card in chosen:
            closed = _closed_on(session, board, card)
            if closed is not None and (session.today - closed).days >= days:
                path = f"{board.column_of(card).directory}/{closed.year}/{card.id}.md"
                changes.append(PathChange.moved(card.path, path))
                ids.append(card.id)
        done = ngettext("{count} card archived", "{count} cards archived", len(ids)).format(count=len(ids))
        trailers = tuple(trailer for card_id in ids for trailer in card_trailers(card_id))
        subject = ngettext("board: {count} card archived", "board: {count} cards archived", len(ids))
        return Gesture(
            "archive", subject.format(count=len(ids)), tuple(changes), (done,), trailers, document={"cards": ids}
        )

    perform(session, plan, flags)


def _closed_on(session: Session, board: Board, card: Card) -> date | None:
    """The day on which a won or lost card that is not filed by year yet entered its exit; None for all others."""
    column = board.column_of(card)
    filed = "/" in card.path.removeprefix(f"{column.directory}/")
    if column.kind not in ("won", "lost") or filed:
        return None
    for event in reversed(session.history().of(card.id)):
        if event.to_column == column.key and event.from_column != column.key:
            return event.at.date()
    return None
