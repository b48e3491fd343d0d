"""Export: a board and its history as plain tables, for spreadsheets and reporting tools.

Seven tables hang together by the card's id and the column's key: `cards`, `events`, `versions`, `stays`, `columns`,
`weeks` and `facts`.

Days are ISO dates in the board's timezone, moments ISO times with offset, amounts exact decimals as text.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType

from kanban.metrics.base.weeks import complete_mondays, week_key
from kanban.metrics.clock_days import Clocks
from kanban.metrics.export.rows import SHAPES
from kanban.metrics.report import Report
from kanban.metrics.tables import Cell, Table
from kanban.model.cards.card import Card
from kanban.model.history.events import Event

SCHEMA = "kanban-export/1"
NO_TEXTS: Mapping[str, str] = MappingProxyType({})


def export_tables(report: Report, texts: Mapping[str, str] = NO_TEXTS) -> tuple[Table, ...]:
    """All tables, in the order of `SHAPES`; `texts` are what files said, by blob id: the versions of cards."""
    rows = {
        "cards": _cards(report),
        "events": _events(report),
        "versions": _versions(report, texts),
        "stays": _stays(report),
        "columns": _columns(report),
        "weeks": _weeks(report),
        "facts": _facts(report),
    }
    return tuple(Table(name, tuple(shape.name for shape in shapes), rows[name]) for name, shapes in SHAPES.items())


Rows = tuple[tuple[Cell, ...], ...]


def _cards(report: Report) -> Rows:
    clocks = {one.card: one.clocks for one in report.age}
    return tuple(_card(report, name, clocks.get(name)) for name in sorted(report.ledger.journeys))


def _card(report: Report, name: str, clocks: Clocks | None) -> tuple[Cell, ...]:
    ledger = report.ledger
    card, journey = ledger.cards[name], ledger.journeys[name]
    ended = journey.ended
    return (
        name, card.title, card.account, card.contact, journey.column, journey.outcome, card.path,
        card.owner, ledger.owner(name) if ended else None, card.role, card.source, ledger.service_class(name),
        *_money(report, card), card.next_action, card.next_action_date.isoformat() if card.next_action_date else None,
        card.close_date, card.lost_reason or None, *_block(card),
        journey.started, ended, week_key(ended) if ended else None,
        report.count.inclusive(journey.started, ended) if journey.started and ended else None,
        *((clocks.age_days, clocks.column_days, clocks.idle_days) if clocks else (None, None, None)),
        json.dumps(dict(card.written), ensure_ascii=False, sort_keys=True),
    )  # fmt: skip


def _money(report: Report, card: Card) -> tuple[Cell, ...]:
    column = report.ledger.config.column(card.column)
    probability = card.probability if card.probability is not None else column.probability if column else None
    amount = card.amount
    return (
        f"{amount.amount:f}" if amount else None,
        amount.currency if amount else None,
        float(probability) if probability is not None else None,
    )


def _block(card: Card) -> tuple[Cell, ...]:
    block = card.block
    return (block is not None, block.since if block else None, block.cause or None if block else None)


def _events(report: Report) -> Rows:
    return tuple(
        (
            event.order, event.card, event.kind, event.from_column, event.to_column, _moment(event.at),
            event.at.date(), _moment(event.known_at), event.author, event.commit, event.path, event.edited,
        )
        for event in _told(report)
    )  # fmt: skip


def texts_needed(report: Report) -> tuple[str, ...]:
    """The blob ids of everything that cards ever said up to the day, each once."""
    return tuple(dict.fromkeys(event.blob for event in _told(report) if event.blob))


def _told(report: Report) -> Iterator[Event]:
    return (event for event in report.ledger.history if event.card in report.ledger.journeys)


def _versions(report: Report, texts: Mapping[str, str]) -> Rows:
    rows: list[tuple[Cell, ...]] = []
    before: dict[str, str] = {}
    for event in _told(report) if texts else ():
        text = texts.get(event.blob)
        if text is not None and before.get(event.card) != event.blob:
            rows.append((event.order, event.card, event.at.date(), text))
        before[event.card] = event.blob
    return tuple(rows)


def _stays(report: Report) -> Rows:
    return tuple(
        (
            stay.card, number, stay.column, _moment(stay.entered), _moment(stay.left) if stay.left else None,
            stay.since, stay.until, report.count.difference(stay.since, stay.until or report.as_of),
        )
        for journey in report.journeys
        for number, stay in enumerate(journey.stays, start=1)
    )  # fmt: skip


def _columns(report: Report) -> Rows:
    track, limits = report.ledger.track, report.ledger.limits.on(report.as_of)
    return tuple(
        (column.key, column.title, column.kind, at, limits.get(column.key), column.key in track.counted)
        for at, column in enumerate(report.ledger.config.columns)
    )


def _weeks(report: Report) -> Rows:
    first = report.ledger.first
    mondays = complete_mondays(first, report.as_of) if first else ()
    return tuple((week_key(monday), monday, date.fromordinal(monday.toordinal() + 6)) for monday in mondays)


def _facts(report: Report) -> Rows:
    ledger = report.ledger
    return (
        ("schema", SCHEMA),
        ("as_of", ledger.as_of.isoformat()),
        ("timezone", ledger.config.timezone),
        ("currency", ledger.config.currency),
        ("head", ledger.history.head),
        ("day_count", report.count.unit),
        ("title", ledger.config.title),
    )


def _moment(moment: datetime) -> str:
    return moment.isoformat()
