"""Figures in words, the same on every surface: the value in its unit, its interval, its days, how far to trust it."""

from decimal import Decimal

from kanban.i18n import _
from kanban.i18n.formats import NO_NUMBER, format_date, format_days, format_money, format_number, format_percent
from kanban.metrics.base.figure import CARDS, DAYS, PER_WEEK, SHARE, Figure, Shift
from kanban.metrics.wording import weeks_text
from kanban.model.typed.values import Money


def amount_text(value: float | None, unit: str, *, short: bool = False, bare: bool = False) -> str:
    """`2.17/week`, `45 d`, `75%`, `€253,480` (`short`: €253k); `bare`: without the word for the unit, where one can."""
    if value is None:
        return NO_NUMBER
    if unit == PER_WEEK:
        number = format_number(value, digits=2)
        return number if bare else _("{number}/week").format(number=number)
    if unit == DAYS:
        return format_number(value) if bare else format_days(value)
    if unit == SHARE:
        return format_number(value * 100, digits=0) if bare else format_percent(value, digits=0)
    return format_number(value) if unit == CARDS else format_money(Money(Decimal(str(value)), unit), short=short)


def value_text(one: Figure, *, short: bool = False) -> str:
    """The value in its unit; a dash where there is none."""
    return amount_text(one.value, one.unit, short=short)


def interval_text(one: Figure) -> str:
    """`63–84%`: where the true value lies with 95 % confidence; "" where that cannot be told."""
    if one.value is None or one.low is None or one.high is None or one.low == one.high == one.value:
        return ""
    return f"{amount_text(one.low, one.unit, bare=True)}–{amount_text(one.high, one.unit)}"


def figure_text(one: Figure) -> str:
    """`75% (63–84%)`."""
    interval = interval_text(one)
    return f"{value_text(one)} ({interval})" if interval else value_text(one)


def window_text(one: Figure) -> str:
    """`8 weeks to 4 Oct 2026`, `6 Apr – 4 Oct 2026`; "" for what is counted as it stands, or for no day."""
    if one.until is None or (one.since is not None and one.since > one.until):
        return ""
    until = format_date(one.until, "medium")
    if one.weeks:
        return _("{weeks} to {day}").format(weeks=weeks_text(one.weeks), day=until)
    return until if one.since is None else f"{format_date(one.since, 'medium')} – {until}"


def doubt_text(one: Figure, *, chance: bool) -> str:
    """Why a figure is not judged: too little was seen, or the difference from before may be chance."""
    if one.value is None:
        return ""
    return _("too few to judge") if one.too_thin else _("could be chance") if chance else ""


def verdict_name(verdict: str) -> str:
    """`better`, `worse`, `the same`, `could be chance`; "" where nothing can be said."""
    words = {"better": _("better"), "worse": _("worse"), "same": _("same"), "chance": _("could be chance")}
    return words.get(verdict, "")


def change_text(change: Shift, unit: str) -> str:
    """A difference with its sign; shares in points."""
    return NO_NUMBER if change.value is None else signed_text(change.value, unit)


def signed_text(value: float, unit: str) -> str:
    """A number with its sign; shares in points."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    if unit == SHARE:
        return sign + _("{number} points").format(number=format_number(abs(value) * 100, digits=0))
    return sign + amount_text(abs(value), unit)
