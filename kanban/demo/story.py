"""The whole demonstration as a list of commits: setting up, six months of work, the merges of people who work apart."""

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from kanban.again.files import FILES
from kanban.demo.casting import cast
from kanban.demo.chronicle import Event, chronicle
from kanban.demo.funnel import simulate
from kanban.demo.journey import Journey, scripted_journey
from kanban.demo.plan import TEAM, PlannedCommit
from kanban.demo.workdays import DAYS_PER_WEEK, Carrier
from kanban.errors import BadBoard
from kanban.i18n import _
from kanban.model.settings.board_yml import BOARD_FILE, read_config

SEED = 2
WEEKS = 26
_LEADS_PER_WEEK = 111 / 26
_SETUP, _STOCK, _RETURN, _MERGE = 8 * 60 + 5, 8 * 60 + 20, 8 * 60 + 31, 18 * 60 + 40
_YEAR_FOLDER = re.compile(r"/20\d\d/")
_APART_EVERY = 17
_BREACH_REASON = "fin de trimestre, le client signe cette semaine ou renonce"
_Limits = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One commit of one day, before it has a parent."""

    minute: int
    who: str
    message: str
    changes: tuple[tuple[str, bytes | None], ...]
    cards: frozenset[str]

    @property
    def second(self) -> int:
        """Somewhere within the minute."""
        return zlib.crc32(self.message.encode()) % 60


def plan_demo(files: Mapping[str, bytes], as_of: date, *, weeks: int = WEEKS, seed: int = SEED) -> list[PlannedCommit]:
    """Plan the demonstration that opens on `as_of`, from the files of the example board (path → bytes).

    `weeks` is how much history there is (16 or more); the same arguments always give the same plan.
    Raises BadBoard when the files hold no usable `board.yml`.
    """
    config, problems = read_config(files.get(BOARD_FILE, b""))
    if config is None:
        reason = problems[0].message if problems else ""
        raise BadBoard(_("the example board cannot be used: {reason}").format(reason=reason))
    cards = {path: data.decode() for path, data in files.items() if _is_card(path)}
    scripted = [scripted_journey(path, text) for path, text in sorted(cards.items())]
    limits = {column.key: column.wip for column in config.columns}
    leads = simulate(weeks, round(weeks * _LEADS_PER_WEEK), scripted, limits, seed)
    simulated = cast(leads, [journey.card for journey in scripted], seed)
    burst = {journey.card for journey, lead in zip(simulated, leads, strict=True) if lead.at_show}
    kept = {path: data for path, data in files.items() if path.startswith(f"{FILES}/")}
    fixtures = {path: data for path, data in files.items() if path not in cards | kept}
    return _Story(Carrier(as_of), -DAYS_PER_WEEK * weeks, burst, kept).told(
        fixtures, [*scripted, *simulated], limits, seed
    )


def _is_card(path: str) -> bool:
    return "/" in path and path.endswith(".md") and not path.endswith("/README.md")


class _Story:
    """Puts events in order, one day after the other, and gives them their parents."""

    def __init__(self, carrier: Carrier, start: int, burst: set[str], kept: Mapping[str, bytes]) -> None:
        self.carrier, self.start, self.burst = carrier, start, burst
        self.kept = dict(kept)
        self.commits: list[PlannedCommit] = []
        self.apart = 0

    def told(
        self, fixtures: Mapping[str, bytes], journeys: Sequence[Journey], limits: _Limits, seed: int
    ) -> list[PlannedCommit]:
        """Every commit, parents first."""
        setup = tuple((path, self._carried(data.decode())) for path, data in sorted(fixtures.items()))
        setup += ((".gitignore", b"site/\n"),)
        self._commit(self.start, _Entry(_SETUP, "Zoé", "board: set up\n\nKanban: init\n", setup, frozenset()))
        events = [event for journey in journeys for event in chronicle(journey, seed)]
        events = list(_with_overrides(sorted(events, key=lambda event: (event.day, event.minute, event.card)), limits))
        for day, of_day in groupby(events, key=lambda event: event.day):
            self._tell_day(day, list(self._entries(day, list(of_day))))
        return self.commits

    def _entries(self, day: int, events: Sequence[Event]) -> Iterator[_Entry]:
        """One entry per event; the first stock and what came back from the show are committed together."""
        together: dict[str, list[Event]] = {}
        single: list[Event] = []
        for event in events:
            if event.old_path or (day != self.start and event.card not in self.burst):
                single.append(event)
            else:
                together.setdefault("Karim" if day == self.start else event.who, []).append(event)
        for who, created in together.items():
            title = "Reprise du tableur" if day == self.start else "Retour du salon"
            minute = _STOCK if day == self.start else created[0].minute
            trailers = "\n".join(f"Card: {event.card}" for event in created)
            message = f"{title} : {len(created)} cartes\n\n{trailers}\n"
            changes = tuple(change for event in created for change in self._changes(event))
            yield _Entry(minute, who, message, changes, frozenset(event.card for event in created))
        for event in single:
            message = f"{event.subject}\n\n{event.body}\n"
            yield _Entry(event.minute, event.who, message, self._changes(event), frozenset({event.card}))

    def _changes(self, event: Event) -> tuple[tuple[str, bytes | None], ...]:
        year = self.carrier.moment(event.day, 0).year
        path = _YEAR_FOLDER.sub(f"/{year}/", event.path)
        written: tuple[tuple[str, bytes | None], ...] = ((path, self._carried(event.text)),)
        linked = [one for one in self.kept if f"](../{one})" in event.text]
        written += tuple((one, self.kept.pop(one)) for one in linked)
        return written if event.old_path in ("", path) else ((event.old_path, None), *written)

    def _carried(self, text: str) -> bytes:
        return self.carrier.text(text).encode()

    def _tell_day(self, day: int, entries: list[_Entry]) -> None:
        entries.sort(key=lambda entry: (entry.minute, entry.second))
        who = self._works_apart(day, entries)
        if who is None:
            for entry in entries:
                late = entry is entries[-1] and day % 7 == 3 and self.start < day < -1
                self._commit(day, entry, late=late)
            return
        fork = len(self.commits) - 1
        own = [entry for entry in entries if entry.who == who]
        for entry in entries:
            if entry.who != who:
                self._commit(day, entry)
        trunk = len(self.commits) - 1
        tip = fork
        for entry in own:
            tip = self._commit(day, entry, parent=tip)
        changes = tuple(change for entry in own for change in entry.changes)
        merge = _Entry(_MERGE, who, f"Merge branch '{_branch(who)}'\n", changes, frozenset())
        self._commit(day, merge, parent=trunk, second=tip)
        self.apart = day

    def _works_apart(self, day: int, entries: Sequence[_Entry]) -> str | None:
        """Who works on a branch that day: the one back from the show, or now and then an SDR; None for nobody."""
        people = {entry.who for entry in entries}
        show = any(len(entry.cards) > 1 for entry in entries) and day != self.start
        if not show and (day < self.apart + _APART_EVERY if self.apart else day < self.start + _APART_EVERY):
            return None
        for who in ("Inès", "Paul"):
            own = {card for entry in entries if entry.who == who for card in entry.cards}
            others = {card for entry in entries if entry.who != who for card in entry.cards}
            if who in people and len(own) > 1 and others and not own & others:
                return who
        return None

    def _commit(
        self, day: int, entry: _Entry, *, late: bool = False, parent: int | None = None, second: int | None = None
    ) -> int:
        """Add one commit on top of `parent` (default: the one before); returns its place."""
        written = self.carrier.moment(day, entry.minute) + timedelta(seconds=entry.second)
        recorded = self.carrier.moment(day + 1, _RETURN) if late else written
        first = len(self.commits) - 1 if parent is None else parent
        parents = tuple(place for place in (first, second) if place is not None and place >= 0)
        self.commits.append(PlannedCommit(TEAM[entry.who], written, recorded, entry.message, entry.changes, parents))
        return len(self.commits) - 1


def _with_overrides(events: Sequence[Event], limits: _Limits) -> Iterator[Event]:
    """Whoever enters a full column says so in the commit, as `kanban move --force` would write it."""
    counts: Counter[str] = Counter()
    for event in events:
        column, before = event.path.partition("/")[0], event.old_path.partition("/")[0]
        if column == before:
            yield event
            continue
        limit = limits.get(column)
        over = limit is not None and counts[column] >= limit
        counts.update({column: 1, before: -1})
        yield replace(event, body=_overridden(event.body)) if over else event


def _overridden(body: str) -> str:
    head, verb = body.rsplit("\n", 1)
    return f"{head}\nOverride: wip-column: {_BREACH_REASON}\nReason: {_BREACH_REASON}\n{verb}"


def _branch(who: str) -> str:
    return {"Inès": "ines", "Paul": "paul"}[who]
