"""From what an export tells of stages and days to the passages of one deal, in order and without contradiction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kanban.i18n import _
from kanban.imports.deals.deal import Passage
from kanban.model.settings.board_yml import BoardConfig


class Contradiction(Exception):
    """What an export tells of a deal cannot all be true: why, and what to do."""

    def __init__(self, reason: str, cure: str) -> None:
        super().__init__(reason)
        self.reason, self.cure = reason, cure


@dataclass(frozen=True, slots=True)
class Stations:
    """What is known of a deal's way: its column now, and the days of its creation, of its last step, of its end.

    `told` are the steps that a history tells; `before` the column that the first of them left, "" when it is not said.
    """

    column: str
    created: date | None
    changed: date | None
    closed: date | None
    told: tuple[Passage, ...] = ()
    before: str = ""
    author: str = ""


def passages_of(found: Stations, config: BoardConfig, today: date, *, undated: bool) -> tuple[Passage, ...]:
    """The way of a deal. Nothing is invented: a column whose day nobody tells is left out.

    Without a history a deal begins in the first column on its first day, and came into its present one on the day of
    its end or of its last step; where no such day is told, it stands where it stands from its first day on.
    `undated`: an end without a day is today's. Raises Contradiction.
    """
    closed = not _is_open(found.column, config)
    end = found.closed if closed else None
    if closed and end is None and not found.told:
        end = found.changed or (found.created if _is_parked(found.column, config) else None)
        if end is None and not undated:
            raise Contradiction(
                _("it is closed, and nothing says since when"),
                _("map its day under `columns: {closed: …}`, or say `undated: today`"),
            )
        end = end or today
    told = list(found.told)
    first = config.open_columns[0].key if config.open_columns else config.columns[0].key
    created = found.created or (told[0].day if told else found.changed or end or today)
    if end is not None and end < created:
        raise Contradiction(
            _("it was closed on {end}, before it was created on {start}").format(end=end, start=created),
            _("correct one of the two days in the source"),
        )
    for day in (created, end, *(one.day for one in told)):
        if day is not None and day > today:
            raise Contradiction(_("{day} is not over yet").format(day=day), _("correct the day in the source"))
    way = _begun(found, told, created, first, config)
    if way[-1].column != found.column:
        way.append(_last(found, way, end, config))
    return tuple(_without_repeats(way))


def _begun(found: Stations, told: list[Passage], created: date, first: str, config: BoardConfig) -> list[Passage]:
    """The way as far as the history goes, begun on the deal's first day."""
    if not told and _is_parked(found.column, config) and found.closed is None and found.changed is None:
        return [Passage(created, found.column, found.author)]
    if not told:
        leads = found.changed is not None and found.changed > created
        at_once = not leads and found.closed is None
        return [Passage(created, found.column if at_once else first, found.author)]
    if told[0].day <= created and not found.before:
        return [Passage(min(created, told[0].day), told[0].column, told[0].author, told[0].fields), *told[1:]]
    start = found.before or first
    return [Passage(min(created, told[0].day), start, found.author), *told]


def _last(found: Stations, way: Sequence[Passage], end: date | None, config: BoardConfig) -> Passage:
    """The step into the column where it stands now, which no history tells."""
    day = end or found.changed
    if day is None or day < way[-1].day:
        column = config.column(found.column)
        raise Contradiction(
            _("its history ends in {one}, and it stands in {other}").format(
                one=way[-1].column, other=column.title if column else found.column
            ),
            _("export both on the same day, or correct one of them"),
        )
    return Passage(day, found.column, found.author)


def _without_repeats(way: Sequence[Passage]) -> list[Passage]:
    kept = [way[0]]
    for one in way[1:]:
        if one.column != kept[-1].column:
            kept.append(one)
    return kept


def _is_parked(column: str, config: BoardConfig) -> bool:
    found = config.column(column)
    return found is not None and found.kind == "parked"


def _is_open(column: str, config: BoardConfig) -> bool:
    found = config.column(column)
    return found is None or found.is_open
