"""From journeys to events: what was committed about each card, on which day, by whom, and the file after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from kanban.demo.casting import pick
from kanban.demo.dossier import ROAD
from kanban.demo.journey import Journey, Obstacle, Visit
from kanban.demo.market import ACTIONS
from kanban.demo.workdays import index_of, working_day

_MORNING, _EVENING = 8 * 60 + 35, 18 * 60 + 30
_PATIENCE = 4
_REMINDER = "set next_action, next_action_date"
_VERBS = {"gagne": "win", "perdu": "lose", "nurturing": "park"}
_PROBABILITY = ("", "20 %", "40 %", "50 %", "65 %")
_BACK_REASONS = {
    "qualifies": "le décideur a changé, à requalifier",
    "rdv": "nouveau décideur, démo à refaire",
    "offre": "périmètre revu, offre à réémettre",
    "prospects": "le projet repart",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One commit about one card: it stands at `path` with `text` afterwards; `old_path` is "" for a new card."""

    day: int
    minute: int
    card: str
    who: str
    subject: str
    body: str
    old_path: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class _Moment:
    """Something to record on a day: an entry into a column, or (without one) an edit."""

    day: int
    visit: Visit | None
    what: str = ""


def chronicle(journey: Journey, seed: int) -> list[Event]:
    """The events of one card in order. The last one leaves the card's file exactly in its last state."""
    rng = Random(f"{seed}:chronicle:{journey.card}")  # noqa: S311 - a plan, not a secret
    return list(_Chronicler(journey, rng).events())


class _Chronicler:
    """Walks through one card's moments, keeping its column, its reach and its path."""

    def __init__(self, journey: Journey, rng: Random) -> None:
        self.journey, self.rng = journey, rng
        self.dossier = journey.dossier
        self.moments = _with_reminders(_moments(journey), journey, rng)
        self.column = ""
        self.path = ""
        self.reach = 0

    def events(self) -> Iterator[Event]:
        """One event per moment, at increasing times."""
        minute, day = 0, None
        for at, moment in enumerate(self.moments):
            left = sum(other.day == moment.day for other in self.moments[at + 1 :])
            minute = max(_MORNING, minute + 1 if moment.day == day else 0)
            minute += int(self.rng.random() * (_EVENING - minute) / (left + 1))
            day = moment.day
            yield self._event(at, moment, minute)

    def _event(self, at: int, moment: _Moment, minute: int) -> Event:
        origin, old_path = self.column, self.path
        if moment.visit:
            self.column = moment.visit.column
            self.path = self._path(moment.visit)
            self.reach = max(self.reach, ROAD.index(self.column) if self.column in ROAD else 0)
        last = at == len(self.moments) - 1
        text = self.dossier.text if last else self._text(at, moment.day)
        subject, body = self._message(origin, moment)
        who = self._owner(leaving=origin)
        return Event(moment.day, minute, self.journey.card, who, subject, body, old_path, self.path, text)

    def _path(self, visit: Visit) -> str:
        if visit == self.journey.visits[-1]:
            return self.journey.path
        return f"{visit.column}/{self.journey.card}.md"

    def _owner(self, leaving: str = "") -> str:
        """Who has the card in hand: an SDR until it is qualified, then its owner."""
        final = self.dossier.value("owner")
        early = leaving in ROAD[:2] or (not leaving and self.column in ROAD[:2])
        return self.journey.sdr if early and self.dossier.value("role") == "AE" else final

    def _message(self, origin: str, moment: _Moment) -> tuple[str, str]:
        card = self.journey.card
        if moment.visit is None:
            verb = "\nKanban: set" if moment.what == _REMINDER else ""
            return f"{card}: {moment.what}", f"Card: {card}{verb}"
        if not origin:
            return f"{card}: new in {self.column}", f"Card: {card}\nTo: {self.column}\nKanban: new"
        trailers = f"Card: {card}\nFrom: {origin}\nTo: {self.column}"
        back = self.column in ROAD and (origin not in ROAD or ROAD.index(self.column) < ROAD.index(origin))
        if back:
            reason = _BACK_REASONS[self.column]
            trailers += f"\nOverride: pull-order: {reason}\nReason: {reason}"
        return f"{card}: {origin} → {self.column}", f"{trailers}\nKanban: {_VERBS.get(self.column, 'move')}"

    def _text(self, at: int, day: int) -> str:
        """The file after this moment."""
        said: dict[str, str | None] = {}
        ahead = self.moments[at + 1].day
        is_open = self.column in ROAD
        if is_open or self.column == "nurturing":
            said |= self._next_action(at, day, ahead)
        if self.reach >= 1:
            if self.column != self.journey.visits[-1].column:
                said["probability"] = _PROBABILITY[self.reach]
            if self.journey.first_amount and self.reach < 3:
                said["amount"] = self.journey.first_amount
            for slip in reversed(self.journey.slips):
                if day < slip.day:
                    said["close_date"] = slip.before.isoformat()
        if self._owner() != self.dossier.value("owner"):
            said |= {"owner": self._owner(), "role": "SDR"}
        for obstacle in self.journey.obstacles:
            if obstacle.start <= day < obstacle.end:
                said |= _blocked(obstacle)
        return self.dossier.as_of(working_day(day), self.reach, said)

    def _next_action(self, at: int, day: int, ahead: int) -> dict[str, str | None]:
        """What was planned next, for the day on which something was next done or a little before."""
        slack = int(self.rng.random() * 2.2) if ahead - day > 2 else 0
        when = working_day(max(day + 1, ahead - slack)).isoformat()
        action = pick(self.rng, ACTIONS[self.column])
        if self.column == "rdv":
            when += f"T{9 + int(self.rng.random() * 8):02d}:{pick(self.rng, ('00', '30'))}"
        return {"next_action": action, "next_action_date": when}


def _blocked(obstacle: Obstacle) -> dict[str, str | None]:
    return {
        "blocked_since": working_day(obstacle.start).isoformat(),
        "blocked_cause": f'"{obstacle.cause}"',
        "blocked_next": obstacle.next,
        "blocked_owner": obstacle.owner,
    }


def _moments(journey: Journey) -> list[_Moment]:
    """Entries into columns, and edits on days on which nothing was entered."""
    entered = {visit.day for visit in journey.visits}
    first, last = journey.visits[0].day, journey.visits[-1].day
    edits: dict[int, str] = {}
    for day in (journey.dossier.day("blocked_since"), journey.dossier.day("escalated")):
        if day:
            edits[index_of(day)] = "bloquée" if day == journey.dossier.day("blocked_since") else "escalade"
    for slip in journey.slips:
        edits[slip.day] = "échéance repoussée"
    for noted, what in journey.dossier.notes:
        edits.setdefault(index_of(noted), what)
    for obstacle in journey.obstacles:
        edits |= {obstacle.start: "bloquée", obstacle.end: "débloquée"}
    moments = [_Moment(visit.day, visit) for visit in journey.visits]
    moments += [_Moment(day, None, what) for day, what in edits.items() if day not in entered and day > first]
    late = [moment for moment in moments if not journey.is_open and moment.visit is None and moment.day > last]
    return sorted((moment for moment in moments if moment not in late), key=lambda moment: moment.day)


def _with_reminders(moments: list[_Moment], journey: Journey, rng: Random) -> list[_Moment]:
    """Between two events far apart, a salesperson usually plans the next action anew."""
    found: list[_Moment] = []
    column = ""
    for at, moment in enumerate(moments):
        found.append(moment)
        column = moment.visit.column if moment.visit else column
        until = moments[at + 1].day if at + 1 < len(moments) else moment.day
        day = moment.day + 2 + int(rng.random() * _PATIENCE)
        while column in ROAD and day < until:
            if rng.random() < 0.85:
                found.append(_Moment(day, None, _REMINDER))
            day += 2 + int(rng.random() * _PATIENCE)
    return found
