"""`kanban forecast`: what the past lets one expect, and how such forecasts did before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from kanban.commands.base.calling.completed_names import CARD
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import as_of_option, json_option
from kanban.commands.base.day_shown import board_of
from kanban.commands.base.ledger import ledger_of
from kanban.commands.base.session import Session, emit_json, open_session
from kanban.commands.output.console import console
from kanban.commands.output.forecast import backtest_sheet, deals_sheet, forecast_sheet
from kanban.errors import KanbanError
from kanban.forecast import document, wording
from kanban.forecast.backtest import HORIZONS
from kanban.forecast.backtest_document import backtest_document
from kanban.forecast.deals import deals_of
from kanban.forecast.forecast import forecast_of
from kanban.forecast.whatif import limit_wip
from kanban.i18n import _
from kanban.paper.plain import safe

if TYPE_CHECKING:
    from kanban.forecast.forecast import Forecast
    from kanban.forecast.whatif import Dropped, Limited


@click.command(
    cls=Verb,
    examples=(
        "kanban forecast                         wins of the next four weeks",
        "kanban forecast --weeks 8 --wins 10     two months, and when ten more will be won",
        "kanban forecast --wip negotiation=4     what another limit would do, under the model",
        "kanban forecast --drop acme-sso         what leaving a card would cost",
        "kanban forecast --backtest              how past forecasts did",
    ),
)
@click.option("--weeks", default=4, type=click.IntRange(1, 52), help="How far ahead; default: 4.")
@click.option(
    "--wins", default=None, type=click.IntRange(1, 10_000), metavar="N", help="Say when N more wins will have come."
)
@click.option("--wip", "limits", multiple=True, metavar="COLUMN=N", help="What if a column had this WIP limit.")
@click.option("--drop", "cards", multiple=True, type=CARD, help="What if this card were dropped (may be repeated).")
@click.option("--backtest", "scored", is_flag=True, default=False, help="Score the forecasts of past weeks.")
@click.option("--known", is_flag=True, default=False, help="With --as-of: only what had been committed by that day.")
@as_of_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    /,
    as_of: str | None,
    as_json: bool,
    weeks: int,
    wins: int | None,
    limits: tuple[str, ...],
    cards: tuple[str, ...],
    scored: bool,
    known: bool,
) -> None:
    """Forecast wins and money from the board's own past, with the spread, and say what it rests on.

    The same commit and day give the same answer: nothing is drawn at random.
    """
    session = open_session(context, as_of)
    forecast = forecast_of(ledger_of(session, known=known, whole=scored), weeks=weeks)
    if scored:
        _backtest(forecast, as_json)
        return

    changed = [_limited(session, forecast, text) for text in limits]
    dropped = _dropped(session, forecast, cards)
    if as_json:
        _print_json(forecast, wins, changed, dropped)
    else:
        _print(session, forecast, wins, changed, dropped)


def _limited(session: Session, forecast: Forecast, text: str) -> Limited:
    name, _equals, number = text.partition("=")
    if not number.strip().isdigit():
        raise KanbanError(_("--wip {text}: not a column and a number").format(text=text), cure="--wip negotiation=4")
    column = board_of(session).column_named(name)
    if not column.is_open:
        raise KanbanError(
            _("--wip {text}: {column} is an exit, where no limit counts").format(text=text, column=column.key),
            cure=_("columns are {keys}").format(keys=", ".join(one.key for one in session.config.open_columns)),
        )
    return limit_wip(forecast.model, column.key, int(number), column.wip)


def _dropped(session: Session, forecast: Forecast, names: tuple[str, ...]) -> Dropped | None:
    cards = tuple(dict.fromkeys(board_of(session).named(name).id for name in names))
    closed = [card for card in cards if card not in forecast.chances]
    if closed:
        message = _("--drop {card}: not an open card in the history").format(card=closed[0])
        raise KanbanError(message, cure=_("`kanban list` shows the open cards"))
    return forecast.drop(cards) if cards else None


def _print_json(forecast: Forecast, wins: int | None, changed: list[Limited], dropped: Dropped | None) -> None:
    found = document.forecast_document(forecast)
    if wins is not None:
        found["when"] = document.horizon_json(forecast.when(wins))
    what_if: list[dict[str, Any]] = [document.limited_json(one) for one in changed]
    if dropped is not None:
        what_if.append(document.dropped_json(dropped))
    if what_if:
        found["what_if"] = what_if
    emit_json(found)


def _print(
    session: Session, forecast: Forecast, wins: int | None, changed: list[Limited], dropped: Dropped | None
) -> None:
    screen = console()
    for part in forecast_sheet(forecast):
        screen.print(part)
    for heading, lines in _asked(session, forecast, wins, changed, dropped):
        screen.print("")
        screen.print(heading, style="bold")
        for line in lines:
            screen.print("  " + safe(line))


def _asked(
    session: Session, forecast: Forecast, wins: int | None, changed: list[Limited], dropped: Dropped | None
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What was asked for beyond the usual: heading and lines."""
    if wins is not None:
        told = forecast.enough_history
        yield _("When"), (wording.when_text(forecast.when(wins)) if told else wording.young_text(forecast),)
    for one in changed:
        column = session.config.column(one.column)
        yield _("What if"), wording.limited_text(one, column.title if column else one.column)
    if dropped is not None:
        told = forecast.enough_history
        yield _("What if"), wording.dropped_text(dropped) if told else (wording.young_text(forecast),)


def _backtest(forecast: Forecast, as_json: bool) -> None:
    found, horizons = forecast.backtest(), [forecast.backtest(weeks) for weeks in HORIZONS]
    deals = deals_of(forecast.ledger)
    if as_json:
        emit_json(backtest_document(found, horizons, deals, forecast.as_of))
        return

    screen = console()
    for part in (*backtest_sheet(found, horizons), *deals_sheet(deals)):
        screen.print(part)
