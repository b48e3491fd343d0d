"""Ticket: one micro-rule being tried, as its Markdown file in `experiments/` says.

Reading never fails: what cannot be understood is left out, and `start` is then None, so the ticket is never due.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from kanban.model.cards.boardfile import BoardFile
from kanban.model.text.front.front_matter import read_front_matter, write_front_matter
from kanban.model.typed.read import read_card_when, read_choice
from kanban.values import dataclass

FOLDER = "experiments/"
DECISIONS = ("keep", "adjust", "drop")
WEEKS = 2
PLANNED, RUNNING, DUE, DECIDED, UNDATED = "planned", "running", "due", "decided", "undated"
_MOST_WEEKS = 52


@dataclass(frozen=True, slots=True)
class Ticket:
    """What is wrong, the rule tried against it, the indicator it should move, and what was decided.

    `target` is as typed; `target_value` the number in it, shares as 0 to 1, None when it is none.
    """

    id: str
    path: str
    title: str
    problem: str
    rule: str
    indicator: str
    target: str
    start: date | None
    weeks: int
    decision: str
    decided_on: date | None

    @property
    def tried(self) -> str:
        """What is tried, in words: the rule, else the title."""
        return self.rule or self.title

    @property
    def due_on(self) -> date | None:
        """The day on which the team decides: the day after the last of its weeks."""
        return None if self.start is None else self.start + timedelta(weeks=self.weeks)

    @property
    def target_value(self) -> float | None:
        """The number in the target."""
        text = self.target.replace("\u00a0", " ").replace("\u202f", " ").strip()
        share = text.endswith("%")
        try:
            number = float(text.rstrip("% ").replace(",", "."))
        except ValueError:
            return None
        return number / 100 if share else number

    def state(self, today: date) -> str:
        """`decided`, `undated`, `planned`, `running` or `due`."""
        if self.decision:
            return DECIDED
        if self.start is None or self.due_on is None:
            return UNDATED
        if today < self.start:
            return PLANNED
        return DUE if today >= self.due_on else RUNNING


def read_ticket(file: BoardFile, language: str, today: date) -> Ticket:
    """The ticket in a file; `today` is the day near which a date without a year is meant."""
    text = read_front_matter(file.data or b"").text

    def day(key: str) -> date | None:
        read = read_card_when(text(key), language, anchor=today).value
        return read.day if read is not None else None

    name = file.path.removeprefix(FOLDER).removesuffix(".md")
    weeks = text("weeks")
    number = int(weeks) if weeks.isascii() and weeks.isdigit() and len(weeks) < 4 else WEEKS
    return Ticket(
        id=name,
        path=file.path,
        title=text("title") or text("rule") or name,
        problem=text("problem"),
        rule=text("rule"),
        indicator=text("indicator"),
        target=text("target"),
        start=day("start"),
        weeks=min(max(number, 1), _MOST_WEEKS),
        decision=read_choice(text("decision"), DECISIONS).value or text("decision"),
        decided_on=day("decided_on"),
    )


def tickets(files: Mapping[str, BoardFile], today: date, *, language: str = "en") -> tuple[Ticket, ...]:
    """Every ticket among a board's files, in order of start (undated ones last), then of id."""
    found = [
        read_ticket(file, language, today)
        for path, file in files.items()
        if path.startswith(FOLDER) and path.endswith(".md") and file.data is not None and not _is_banner(path)
    ]
    return tuple(sorted(found, key=lambda one: (one.start or date.max, one.id)))


def _is_banner(path: str) -> bool:
    return path.rpartition("/")[2].lower() == "readme.md"


def open_experiments(files: Mapping[str, BoardFile], today: date, *, language: str = "en") -> tuple[Ticket, ...]:
    """The tickets that have begun and on which nobody has decided, the one due first at the top."""
    found = [one for one in tickets(files, today, language=language) if one.state(today) in (RUNNING, DUE)]
    return tuple(sorted(found, key=lambda one: (one.due_on or date.max, one.id)))


def due_experiments(files: Mapping[str, BoardFile], today: date, *, language: str = "en") -> tuple[Ticket, ...]:
    """The tickets whose weeks are over and on which nobody has decided."""
    return tuple(one for one in tickets(files, today, language=language) if one.state(today) == DUE)


def new_ticket(fields: Mapping[str, str | int | date]) -> bytes:
    """The file of a fresh ticket: those of the fields that say something, in this order."""
    return write_front_matter({key: value for key, value in fields.items() if value})
