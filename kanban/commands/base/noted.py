"""The report as data, after commits that change nothing of it but when cards were last acted on: most are notes.

The whole document is a row of the index, at the head that it names. What the commits since did to their cards is told
as for a tally; where that is no more than the day of the last action, the lines of these cards are put in their place,
and the target about cards that nobody thinks of. In every other case all figures are worked out.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kanban import __version__
from kanban.again.rows import digest_of
from kanban.commands.base.tally import FEW, Change, change_since, known_tally
from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.i18n.catalogue import current_language
from kanban.metrics.base.limits import LimitHistory
from kanban.metrics.base.window import Window
from kanban.metrics.cards.ageing import age_record, ageing
from kanban.metrics.clock_days import Clocks
from kanban.metrics.tally import COUNTS, Tally
from kanban.pull.cadence import is_stale
from kanban.repository.kept.index import Index
from kanban.schemas.writing import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kanban.commands.base.session import Session
    from kanban.metrics.cards.deals import Deal

VERSION = 1
"""Grows with every change of what the document's parts mean or are asked of."""
MOST = 4
"""Boards, days, windows and languages whose documents are kept: the last."""

CHOICES = ("owner", "source", "service_class", "working_days", "known")
"""What may be chosen of a report besides its days; nothing is known of such a one."""

_KIND = "report"
_AMISS = (ValueError, KeyError, TypeError, LookupError)

Json = dict[str, Any]


def window_of(session: Session, wanted: Mapping[str, str | bool]) -> Window:
    """The days of the flow figures that were asked for."""

    def day(option: str, default: date | None) -> date | None:
        text = wanted[option]
        return session.day(str(text), f"--{option}") if text else default

    until = min(day("until", session.today) or session.today, session.today)
    since = day("since", None)
    if since is not None and since > until:
        raise KanbanError(_("--since lies after the last day"), cure=_("give an earlier day"))
    return Window(until, since)


class KnownReport:
    """The kept document of a session's board over a window; nothing is kept where no tally is."""

    def __init__(self, session: Session, window: Window) -> None:
        self._session = session
        tally = known_tally(session)
        self._index = Index(Path(session.place.common_dir)) if tally is not None else None
        days = (str(window.since), str(window.until), current_language())
        self._key = digest_of(__version__, str(VERSION), *days, tally.key if tally is not None else b"")

    def at_head(self) -> Json | None:
        """The document at the session's head; None where it must be worked out."""
        body = self._index.get(_KIND, self._key) if self._index is not None else None
        if not body:
            return None
        try:
            told = json.loads(body)
            return self._noted(told["document"], told["first"])
        except _AMISS:
            return None

    def keep(self, document: Mapping[str, Any], tally: Tally) -> None:
        """Keep a document that was worked out, with the day of the board's first event."""
        if self._index is not None and tally.lasting:
            first = tally.first.isoformat() if tally.first is not None else None
            body = json.dumps({"document": document, "first": first}, default=plain)
            self._index.keep(_KIND, {self._key: body.encode()}, MOST)

    def _noted(self, document: Json, first: str | None) -> Json | None:
        session, head = self._session, self._session.repository.head()
        if document["head"] == head:
            return document
        change = change_since(session, document["head"])
        if change is None or len(change.cards) > FEW or not _only_acted(change):
            return None
        was, now = (_ages(session, tally) for tally in (change.before, change.after))
        lines = document["age"]
        places = {line["card"]: place for place, line in enumerate(lines)}
        if any(lines[places[card]] != line for card, line in was.items()):
            return None
        stale = [_stale(session, ages.values()) for ages in (was, now)]
        for card, line in now.items():
            lines[places[card]] = line
        if stale[0] != stale[1]:
            _put_idle(session, document, first)
        document["head"] = head
        return document


def _only_acted(change: Change) -> bool:
    """Whether nothing that a figure asks is another than before but when open cards were last acted on."""
    before, after = change.before, change.after
    same = ("slips", "blocks", "clamped", *COUNTS)
    if change.odd or any(getattr(before, name) != getattr(after, name) for name in same):
        return False
    if list(before.deals) != list(after.deals):
        return False
    return all(_acted_alike(one, other) for one, other in zip(before.deals.values(), after.deals.values(), strict=True))


def _acted_alike(one: Deal, other: Deal) -> bool:
    if one.now is None or other.now is None:
        return one == other
    return one == other._replace(now=other.now._replace(acted=one.now.acted))


def _ages(session: Session, tally: Tally) -> dict[str, Json]:
    found = ageing(tally.deals.values(), session.config, session.today)
    return {one.card: age_record(one) for one in found}


def _stale(session: Session, lines: Iterable[Json]) -> int:
    columns = {column.key: column for column in session.config.columns}
    return sum(is_stale(session.config, columns[line["column"]], line["idle_days"]) for line in lines)


def _put_idle(session: Session, document: Json, first: str | None) -> None:
    """The line of the targets that tells of cards without an action."""
    from kanban.metrics.document import target_record
    from kanban.metrics.targets import idle

    day = date.fromisoformat(first) if first is not None else None
    tally = Tally(session.config, session.today, LimitHistory(()), first=day)
    clocks = [
        (line["column"], Clocks(line["age_days"], line["column_days"], line["idle_days"])) for line in document["age"]
    ]
    line = json.loads(json.dumps(target_record(idle(tally, clocks)), default=plain))
    (place,) = (at for at, row in enumerate(document["targets"]) if row["metric"] == line["metric"])
    document["targets"][place] = line
