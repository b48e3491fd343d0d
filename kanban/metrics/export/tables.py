"""Export: a board and its history as plain tables, for spreadsheets and reporting tools.

The tables hang together by the card's id and the column's key: `cards`, `events`, `versions`, `stays`, `columns` and
`weeks`; `accounts` and `people`, tied to cards by `links`; and `facts`.

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
from kanban.model.cards.directory.directory import Directory
from kanban.model.cards.directory.entry import Entry
from kanban.model.cards.directory.links import ACCOUNTS, PEOPLE
from kanban.model.history.events import Event

SCHEMA = "kanban-export/1"
NO_TEXTS: Mapping[str, str] = MappingProxyType({})


def export_tables(
    report: Report, texts: Mapping[str, str] = NO_TEXTS, entries: tuple[Entry, ...] = ()
) -> tuple[Table, ...]:
    """All tables, in the order of `SHAPES`; `texts` are what files said, by blob id: the versions of cards; `entries`
    are the companies and people."""
    directory = Directory(entries, tuple(report.ledger.cards.values()))
    rows = {
        "cards": _cards(report),
        "events": _events(report),
        "versions": _versions(report, texts),
        "stays": _stays(report),
        "columns": _columns(report),
        "weeks": _weeks(report),
        "accounts": tuple(map(_account, directory.of_kind(ACCOUNTS))),
        "people": tuple(_person(directory, one) for one in directory.of_kind(PEOPLE)),
        "links": tuple(_links(directory)),
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
    return tuple(dict.fromkeys(event.blob for event in _told(report) if event.kind != "removed"))


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


def _account(one: Entry) -> tuple[Cell, ...]:
    return one.id, one.name, _listed(one.also), _listed(one.domains), one.get("owner") or None, one.text


def _person(directory: Directory, one: Entry) -> tuple[Cell, ...]:
    company = directory.company_of(one)
    return (
        one.id, one.name, _listed(one.also), company.id if company else one.account or None, _listed(one.emails),
        _listed(one.phones), one.role or None, one.decides, one.text,
    )  # fmt: skip


def _links(directory: Directory) -> Iterator[tuple[Cell, ...]]:
    for card in sorted(directory.cards if directory else (), key=lambda card: card.id):
        company = directory.account_of(card)
        for one in ((company,) if company else ()) + directory.people_of(card):
            yield card.id, one.kind, one.id


def _listed(texts: tuple[str, ...]) -> str | None:
    return ", ".join(texts) or None


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
