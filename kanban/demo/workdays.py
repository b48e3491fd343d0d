"""Working days counted from the day on which the example board stands, and texts carried to another day.

The whole demonstration is planned in the example board's own time. To open fresh on any day, every working day is
carried to the one that lies as far from the wanted day: order, free weekends and the number of working days between any
two events stay as planned, so what was green stays green whatever the weekday.
"""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AS_OF = date(2026, 10, 5)
ZONE = ZoneInfo("Europe/Paris")
DAYS_PER_WEEK = 5

_ISO = re.compile(r"(?<!\d)(20\d\d)-([01]\d)-([0-3]\d)(?!\d)")
_SHORT = re.compile(r"(?<![\d/])([0-3]\d)/([01]\d)(?![\d/])")
_QUARTER = re.compile(r"(?<!\d)20\d\d-Q[1-4]\b")
_NAMES = ("lundi", "mardi", "mercredi", "jeudi", "vendredi")
_NAME = re.compile(rf"\b({'|'.join(_NAMES)})\b")


def working_day(index: int, anchor: date = AS_OF) -> date:
    """The working day `index` days after (before, when negative) `anchor`, which must be one itself."""
    weeks, weekday = divmod(anchor.weekday() + index, DAYS_PER_WEEK)
    return anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=weeks, days=weekday)


def index_of(day: date) -> int:
    """How many working days after `AS_OF` the day lies (negative before); a weekend day counts as its Friday."""
    weeks, weekday = divmod((day - AS_OF).days, 7)
    return weeks * DAYS_PER_WEEK + min(weekday, DAYS_PER_WEEK - 1)


def opening_day(as_of: date) -> date:
    """The working day that the board is carried to: `as_of`, or the Monday after a weekend day."""
    return as_of if as_of.weekday() < DAYS_PER_WEEK else as_of + timedelta(days=7 - as_of.weekday())


class Carrier:
    """Carries days, moments and texts from the example board's time to a board opened on `as_of`."""

    def __init__(self, as_of: date) -> None:
        self.opening = opening_day(as_of)
        self.at_home = self.opening == AS_OF

    def day(self, day: date) -> date:
        """The day that stands in its place."""
        index = index_of(day)
        weekend = timedelta(days=max(0, day.weekday() - DAYS_PER_WEEK + 1))
        return min(working_day(index, self.opening) + weekend, working_day(index + 1, self.opening))

    def moment(self, index: int, minute: int) -> datetime:
        """Minute `minute` of working day `index`, as a time in Paris with its offset."""
        clock = time(*divmod(minute, 60))
        return datetime.combine(working_day(index, self.opening), clock, ZONE)

    def text(self, text: str) -> str:
        """The text with its days carried: `2026-10-12`, `12/10`, `2026-Q4` and French weekday names."""
        if self.at_home:
            return text
        text = _ISO.sub(self._iso, text)
        text = _SHORT.sub(self._short, text)
        text = _QUARTER.sub(f"{self.opening.year}-Q{(self.opening.month + 2) // 3}", text)
        return _NAME.sub(self._name, text)

    def _iso(self, found: re.Match[str]) -> str:
        try:
            day = date(*map(int, found.groups()))
        except ValueError:
            return found[0]
        return self.day(day).isoformat()

    def _short(self, found: re.Match[str]) -> str:
        number, month = map(int, found.groups())
        try:
            near = min((date(AS_OF.year + year, month, number) for year in (0, 1)), key=lambda day: abs(day - AS_OF))
        except ValueError:
            return found[0]
        return f"{self.day(near):%d/%m}"

    def _name(self, found: re.Match[str]) -> str:
        return _NAMES[(_NAMES.index(found[0]) + self.opening.weekday()) % DAYS_PER_WEEK]
