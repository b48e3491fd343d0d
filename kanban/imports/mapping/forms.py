"""How an export writes days and amounts: found out from all its values, then read exactly."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal

from kanban.i18n import _
from kanban.model.typed.dates import EARLIEST_YEAR, LATEST_YEAR, read_card_when
from kanban.model.typed.result import Read, shown
from kanban.model.typed.values import When

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{1,2}:\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?", re.IGNORECASE
)
_PARTS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:,?\s+(\d{1,2}):(\d{2})(?::\d{2})?\s*([AaPp][Mm])?)?")
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.\d+)?")
_MILLISECONDS = re.compile(r"1\d{12}")
_CURRENCIES = {"€": "EUR", "$": "USD", "£": "GBP", "EURO": "EUR", "EUROS": "EUR"}
_IN_HEADING = re.compile(
    r"(?<!\w)(?P<size>[kKmM] ?)?(?P<currency>[€$£]|(?:EUR|USD|GBP|CHF|euros?)(?!\w))", re.IGNORECASE
)


def order_of_dates(values: Sequence[str], language: str) -> str:
    """`day-first` or `month-first` when days such as 03/04/2026 are written so; `iso` where none can be mistaken.

    What decides is a value that only one order allows. Where none does, French puts the day first, as does a dot;
    English is left `iso`, so that such a value is refused and a person says which.
    """
    parts = [match for value in values if (match := _PARTS.fullmatch(value.strip()))]
    if not parts:
        return "iso"
    day_first = any(int(one[1]) > 12 for one in parts)
    month_first = any(int(one[2]) > 12 for one in parts)
    if day_first != month_first:
        return "day-first" if day_first else "month-first"
    dotted = sum("." in one[0] for one in parts) * 2 > len(parts)
    if day_first:
        many = sum(int(one[1]) > 12 for one in parts) >= sum(int(one[2]) > 12 for one in parts)
        return "day-first" if many else "month-first"
    return "day-first" if language == "fr" or dotted else "iso"


def orders_of_dates(columns: Mapping[str, Sequence[str]], language: str) -> tuple[str, dict[str, str]]:
    """The order of all columns of days, and those of columns that differ.

    One person's column may be typed as they write, beside those that the system exported: where two columns can only
    be read in two orders, each has its own. One that could be either, or for which a single value speaks, is left to
    a person.
    """
    told = {heading: order for heading, values in columns.items() if (order := order_of_dates(values, "en")) != "iso"}
    if len(set(told.values())) < 2:
        return order_of_dates([value for values in columns.values() for value in values], language), {}
    return "iso", {heading: order for heading, order in told.items() if _speaking(columns[heading]) > 1}


def _speaking(values: Sequence[str]) -> int:
    """How many of the values only one order allows."""
    parts = [match for value in values if (match := _PARTS.fullmatch(value.strip()))]
    return sum(int(one[1]) > 12 or int(one[2]) > 12 for one in parts)


def read_day(text: str, order: str, language: str, zone: tzinfo, first_day: date) -> Read[When]:
    """The day in a cell: ISO, a moment with its offset (in the board's timezone), 03/04/2026 in the export's order, a
    workbook's count of days from `first_day` on, milliseconds since 1970, or as a card would have it."""
    text = text.strip()
    if _ISO.fullmatch(text):
        try:
            return _plausible(text, date.fromisoformat(text))
        except ValueError:
            return _no_day(text)
    moment = _MOMENT.fullmatch(text)
    if moment:
        return _moment(text, moment, zone)
    parts = _PARTS.fullmatch(text)
    if parts and order != "iso":
        return _ordered(text, parts, order)
    if _SERIAL.fullmatch(text):
        return _plausible(text, first_day + timedelta(days=int(float(text))))
    if _MILLISECONDS.fullmatch(text):
        return Read(When(datetime.fromtimestamp(int(text) / 1000, UTC).astimezone(zone).date()))
    read = read_card_when(text, language)
    if read.code == "date-ambiguous":
        return Read(None, read.code, read.message, _("say `dates: day-first` or `dates: month-first` in the mapping"))
    return read


def _moment(text: str, found: re.Match[str], zone: tzinfo) -> Read[When]:
    try:
        at = datetime.fromisoformat(f"{found[1]}T{found[2]:0>5}")
    except ValueError:
        return _no_day(text)
    if found[3]:
        offset = "+00:00" if found[3].upper() in ("Z", "UTC", "GMT") else found[3]
        offset = offset if ":" in offset else f"{offset[:3]}:{offset[3:]}"
        at = datetime.fromisoformat(f"{at.isoformat()}{offset}").astimezone(zone)
    return _plausible(text, at.date(), None if at.time() == time() else at.time().replace(tzinfo=None))


def _ordered(text: str, found: re.Match[str], order: str) -> Read[When]:
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    day, month = (first, second) if order == "day-first" else (second, first)
    hour, minute = int(found[4] or 0), int(found[5] or 0)
    if found[6]:
        hour = hour % 12 + (12 if found[6].lower() == "pm" else 0)
    try:
        at = time(hour, minute)
        return _plausible(text, date(year + (2000 if year < 100 else 0), month, day), at if at != time() else None)
    except ValueError:
        return _no_day(text)


def _plausible(text: str, day: date, at: time | None = None) -> Read[When]:
    return Read(When(day, at)) if EARLIEST_YEAR <= day.year <= LATEST_YEAR else _no_day(text)


def _no_day(text: str) -> Read[When]:
    message = _("`{text}` is no day of the calendar").format(text=shown(text))
    return Read(None, "date-impossible", message, _("correct it in the source, as 2026-10-12"))


def decimal_mark(values: Sequence[str], language: str) -> str:
    """The mark before cents in a column of amounts: what most of its values can only mean; else the language's."""
    votes = {".": 0, ",": 0}
    for value in values:
        digits = re.sub(r"[^\d.,]", "", value)
        marks = [mark for mark in digits if mark in ".,"]
        if not marks:
            continue
        last, tail = marks[-1], len(digits) - 1 - digits.rindex(marks[-1])
        if len(set(marks)) == 2 or (len(marks) == 1 and tail != 3):
            votes[last] += 1
        elif len(marks) > 1:
            votes["." if last == "," else ","] += 1
    if votes["."] == votes[","]:
        return "," if language == "fr" else "."
    return max(votes, key=lambda mark: votes[mark])


def plain_amount(text: str, mark: str) -> str:
    """An amount whose groups are gone and whose cents stand after a point, with whatever stands around the number."""
    group = "." if mark == "," else ","

    def plain(found: re.Match[str]) -> str:
        whole, cents, rest = found[0].partition(mark)
        if mark in rest:
            return found[0]
        if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+", whole):
            whole = whole.replace(group, "")
        return f"{whole}.{rest}" if cents else whole

    return re.sub(r"\d(?:[\d.,' \u00a0\u202f]*\d)?", plain, text)


def unit_of(heading: str) -> tuple[str, str]:
    """What a heading of amounts says that its cells count: `k` for thousands, `M` for millions, ""; and its currency.

    `Montant (k€)`, `Amount in M USD`. The currency is "" where it says none.
    """
    found = _IN_HEADING.search(heading)
    if found is None:
        thousands = re.search(r"milliers|thousands", heading, re.IGNORECASE)
        return ("k" if thousands else ""), ""
    size, mark = (found["size"] or "").strip().casefold(), found["currency"].upper()
    return {"k": "k", "m": "M"}.get(size, ""), _CURRENCIES.get(mark, mark)


def share_of(text: str, fractions: bool) -> str:
    """A probability as text that can only be read in percent: `0.4` of a column of fractions is `40 %`."""
    plain = text.replace(",", ".").strip().rstrip("%").strip()
    try:
        number = Decimal(plain)
    except ArithmeticError:
        return text
    if fractions and "%" not in text:
        number *= 100
    return f"{number.normalize():f} %"


def are_fractions(values: Sequence[str]) -> bool:
    """Whether a column of probabilities runs from 0 to 1: none above, and one between."""
    numbers = []
    for value in values:
        try:
            numbers.append(Decimal(value.replace(",", ".").strip().rstrip("%").strip()))
        except ArithmeticError:
            continue
        if "%" in value:
            return False
    return bool(numbers) and max(numbers) <= 1 and any(0 < one < 1 for one in numbers)
