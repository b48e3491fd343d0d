"""Wording: tickets and trials in sentences, in the language in force."""

from datetime import date

from kanban.experiments.indicators import DAYS, PER_WEEK, SHARE
from kanban.experiments.sample import Sample
from kanban.experiments.ticket import DECIDED, DUE, PLANNED, RUNNING, UNDATED, Ticket
from kanban.experiments.trial import Trial
from kanban.i18n import _, ngettext
from kanban.i18n.formats import NO_NUMBER, format_date, format_number, format_percent


def state_name(state: str) -> str:
    """A ticket's state as a word."""
    names = {
        PLANNED: _("planned"),
        RUNNING: _("running"),
        DUE: _("decide now"),
        DECIDED: _("decided"),
        UNDATED: _("no start"),
    }
    return names[state]


def decision_name(decision: str) -> str:
    """A decision as a word; what is none of ours stands for itself."""
    return {"keep": _("keep"), "adjust": _("adjust"), "drop": _("drop")}.get(decision, decision)


def state_text(one: Ticket, today: date) -> str:
    """`running until 28 Sep 2026`, `keep, since 28 Sep 2026`."""
    state = one.state(today)
    if state == DECIDED:
        day = format_date(one.decided_on, "medium") if one.decided_on else NO_NUMBER
        return _("{decision}, decided on {day}").format(decision=decision_name(one.decision), day=day)
    if one.due_on is None:
        return state_name(state)
    return _("{state}, decision on {day}").format(state=state_name(state), day=format_date(one.due_on, "medium"))


def value_text(value: float | None, unit: str) -> str:
    """A value of an indicator."""
    if value is None:
        return NO_NUMBER
    if unit == SHARE:
        return format_percent(value, digits=0)
    number = format_number(value, digits=2)
    if unit == PER_WEEK:
        return _("{number} per week").format(number=number)
    return _("{number} days").format(number=number) if unit == DAYS else number


def sample_text(one: Sample, unit: str) -> str:
    """`0.5 per week (n = 7)`."""
    return _("{value} (n = {count})").format(value=value_text(one.value, unit), count=one.n)


def trial_text(found: Trial) -> tuple[str, ...]:
    """What was measured, and what it is worth."""
    if found.indicator is None:
        return (_("its indicator is not one that can be measured, so nothing is compared"),)
    if found.days == 0:
        return (_("not begun yet"),)
    unit = found.indicator.unit
    days = ngettext("{count} day", "{count} days", found.days).format(count=found.days)
    before = sample_text(found.before, unit) if found.watched else _("not measured: the board is too young")
    lines = [
        _("{days} before: {value}").format(days=days, value=before),
        _("{days} after: {value}").format(days=days, value=sample_text(found.after, unit)),
        verdict_text(found),
    ]
    if found.reached is not None:
        target = value_text(found.ticket.target_value, unit)
        reached = _("target {target}: reached") if found.reached else _("target {target}: not reached")
        lines.append(reached.format(target=target))
    return tuple(lines)


def verdict_text(found: Trial) -> str:
    """The difference with its interval, and whether chance could have made it."""
    if found.indicator is None or found.shift.value is None:
        return _("no comparison possible")
    unit = found.indicator.unit
    change = _signed(found.shift.value, unit)
    if found.shift.low is None or found.shift.high is None:
        return _("difference {change}; too few figures for an honest interval").format(change=change)
    span = _("difference {change} (95% between {low} and {high})").format(
        change=change, low=_signed(found.shift.low, unit), high=_signed(found.shift.high, unit)
    )
    words = {"better": _("better"), "worse": _("worse"), "chance": _("could be chance")}
    return f"{span} → {words[found.verdict]}"


def _signed(value: float, unit: str) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    if unit == SHARE:
        return sign + _("{number} points").format(number=format_number(abs(value) * 100, digits=0))
    return sign + format_number(abs(value), digits=2)
