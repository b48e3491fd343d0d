"""The objection workshop, twice a month (D22): three lost deals replayed, and the script to rewrite.

Which three: of the deals lost in the last 90 days (of all, when these are fewer than three), the largest of each
reason in turn, the reason with the largest deal first; amounts count in the board's currency, the latest loss decides
between equals.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import zip_longest

from kanban.metrics.base.journeys import LOST, Journey
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.flow.time_in_column import days_by_column
from kanban.model.cards.card import Card
from kanban.model.text.notes import Note, read_notes

COUNT = 3
RECENT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Replay:
    """One lost deal: when and why it was lost, the days it spent per column, and what was noted, oldest first.

    `script` is the one that answers its reason, "" when there is none yet.
    """

    card: Card
    reason: str
    lost_on: date
    days: int | None
    stays: tuple[tuple[str, int], ...]
    notes: tuple[Note, ...]
    script: str


@dataclass(frozen=True)
class Workshop:
    """The deals to replay, out of how many, and the scripts they call for."""

    as_of: date
    replays: tuple[Replay, ...]
    candidates: int
    recent: bool
    columns: dict[str, str]

    @property
    def scripts(self) -> tuple[str, ...]:
        """The scripts to rewrite, the one that failed most often first."""
        names = [replay.script for replay in self.replays if replay.script]
        return tuple(sorted(dict.fromkeys(names), key=lambda name: -names.count(name)))


def script_for(reason: str) -> str:
    """The name of the script that answers a reason of loss."""
    return f"{reason}-objection"


def build_workshop(ledger: Ledger, scripts: Collection[str], *, count: int = COUNT) -> Workshop:
    """The workshop at the ledger's day; `scripts` are the names of the scripts there are."""
    lost = [one for one in ledger.journeys.values() if one.outcome == LOST and one.on_board and one.ended is not None]
    recent = [one for one in lost if one.ended is not None and one.ended > ledger.as_of - RECENT]
    chosen = recent if len(recent) >= count else lost
    replays = tuple(_replay(ledger, one, scripts) for one in _spread(ledger, chosen)[:count])
    titles = {column.key: column.title for column in ledger.config.columns}
    return Workshop(ledger.as_of, replays, len(chosen), chosen is recent, titles)


def _spread(ledger: Ledger, lost: list[Journey]) -> list[Journey]:
    """The largest of each reason in turn."""
    by_reason: dict[str, list[Journey]] = {}
    for journey in sorted(lost, key=lambda one: _rank(ledger, one)):
        by_reason.setdefault(ledger.cards[journey.card].lost_reason, []).append(journey)
    rounds = zip_longest(*by_reason.values())
    return [journey for one_round in rounds for journey in one_round if journey is not None]


def _rank(ledger: Ledger, journey: Journey) -> tuple[Decimal, int, str]:
    money = ledger.cards[journey.card].amount
    amount = money.amount if money is not None and money.currency == ledger.config.currency else Decimal(0)
    return -amount, -(journey.ended or date.min).toordinal(), journey.card


def _replay(ledger: Ledger, journey: Journey, scripts: Collection[str]) -> Replay:
    card = ledger.cards[journey.card]
    script = script_for(card.lost_reason)
    notes = sorted(read_notes(card.body, card.body_line), key=lambda note: note.day or date.min)
    stays = [(key, days) for key, days in days_by_column(journey).items() if ledger.track.is_open(key)]
    return Replay(
        card=card,
        reason=card.lost_reason,
        lost_on=journey.ended or ledger.as_of,
        days=journey.days,
        stays=tuple(stays),
        notes=tuple(notes),
        script=script if script in scripts else "",
    )
