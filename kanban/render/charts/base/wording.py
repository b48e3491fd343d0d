"""What stands beside every chart: of which cards, over which days, how many, in which unit, as of when."""

from datetime import date, timedelta

from kanban.i18n import _
from kanban.i18n.formats import format_date
from kanban.metrics.report import Report
from kanban.model.cards.board import Board
from kanban.render.addresses import address_of
from kanban.render.charts.base.chart import LINK, Cell

LONGEST = 182
"""Days that a chart over time goes back; the numbers beside it may go back further, and say so."""
_MOST_POINTS = 92


def note(report: Report, population: str, n: int, *, since: date | None = None) -> str:
    """`Won deals · since 6 Apr 2026 · n = 39 · as of 5 Oct 2026, Europe/Paris`."""
    parts = [population]
    if since is not None:
        parts.append(_("since {day}").format(day=format_date(since, "medium")))
    parts.append(f"n = {n}")
    zone = report.ledger.config.timezone
    parts.append(_("as of {day}, {zone}").format(day=format_date(report.as_of, "medium"), zone=zone))
    return " · ".join(parts)


def flow_note(report: Report, population: str, n: int) -> str:
    """The note of what flowed over the report's days."""
    return note(report, population, n, since=report.window.first(report.ledger.first))


def first_day(report: Report) -> date | None:
    """Where a chart over time begins: the board's first day, or half a year back when that is later."""
    first = report.ledger.first
    return None if first is None else max(first, report.as_of - timedelta(days=LONGEST - 1))


def sampled(count: int) -> list[int]:
    """Positions of a daily series that are drawn: all of a short one, every few of a long one, the last always."""
    step = max(1, -(-count // _MOST_POINTS))
    return list(range((count - 1) % step, count, step)) if count else []


class Links:
    """Names and addresses of cards, for marks and table cells; deleted cards have a name and no page."""

    def __init__(self, board: Board) -> None:
        self.board = board

    def name(self, card: str) -> str:
        """What people call the card."""
        found = self.board.find(card)
        return found.label if found is not None else card

    def address(self, card: str) -> str:
        """The address of the card's page; "" for a card that has none."""
        found = self.board.find(card)
        return address_of(self.board, found) if found is not None else ""

    def href(self, card: str) -> str | None:
        """What a mark links to."""
        address = self.address(card)
        return LINK + address if address else None

    def cell(self, card: str) -> Cell:
        """A table cell with the card's name."""
        return Cell(self.name(card), self.address(card))
