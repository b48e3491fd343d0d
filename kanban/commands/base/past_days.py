"""Past days for the site's time machine: which ones, what each is made of, and how to look at it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from kanban.commands.base.ledger import cards_then, configs_of, ledger_of
from kanban.metrics.base.weeks import WEEK, last_complete_monday
from kanban.render.site_input import PastDay

if TYPE_CHECKING:
    from kanban.commands.base.session import Session
    from kanban.metrics.base.ledger import Ledger
    from kanban.model.cards.board import Board
    from kanban.model.history.events import History


def past_days(session: Session, history: History, days: int, weeks: int) -> tuple[PastDay, ...]:
    """The last `days` before the session's day and the last `weeks` Sundays, the newest first, as far as the board was

    there. Each knows by a digest whether anything before its end has changed.
    """
    today, last = session.today, last_complete_monday(session.today) + timedelta(days=6)
    wanted = {today - timedelta(days=back) for back in range(1, days + 1)}
    wanted |= {last - WEEK * back for back in range(weeks)} - {today}
    first = history.events[0].at.date() if history.events else today
    order = sorted(day for day in wanted if first <= day < today)
    found = zip(order, _keys(session, history, order), strict=True)
    return tuple(PastDay(day, key, partial(_open, session, day)) for day, key in found)[::-1]


def _keys(session: Session, history: History, days: Sequence[date]) -> Iterator[str]:
    """One digest a day of all events and settings up to its end."""
    told, events = hashlib.sha256(), iter(history.events)
    configs = configs_of(session)
    event = next(events, None)
    for day in days:
        while event is not None and event.at.date() <= day:
            said = (event.card, event.kind, event.to_column, event.at.isoformat(), event.path, event.blob)
            told.update(repr(said).encode(errors="replace"))
            event = next(events, None)
        rules = [config for since, config in configs if since <= day][-1:]
        yield hashlib.sha256(told.digest() + repr(rules).encode(errors="replace")).hexdigest()


def _open(session: Session, day: date) -> tuple[Board, Ledger]:
    past = ledger_of(session, as_of=day, known=session.known)
    return cards_then(session, past), past
