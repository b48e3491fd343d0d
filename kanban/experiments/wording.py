"""Wording: tickets and trials in sentences, in the language in force."""

from datetime import date

from kanban.experiments.ticket import DECIDED, DUE, PLANNED, RUNNING, UNDATED, Ticket
from kanban.experiments.trial import Trial
from kanban.i18n import _, ngettext
from kanban.i18n.formats import NO_NUMBER, format_clauses, format_date
from kanban.metrics.base.figure import Figure
from kanban.metrics.figure_wording import amount_text, interval_text, signed_text, value_text, verdict_name


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


def sample_text(one: Figure) -> str:
    """`0.5/week (0.2–1.1/week; n = 7)`."""
    inside = format_clauses(text for text in (interval_text(one), f"n = {one.n}") if text)
    return f"{value_text(one)} ({inside})"


def trial_text(found: Trial) -> tuple[str, ...]:
    """What was measured, and what it is worth."""
    if found.indicator is None:
        return (_("its indicator is not one that can be measured, so nothing is compared"),)
    if found.days == 0:
        return (_("not begun yet"),)
    unit = found.indicator.unit
    days = ngettext("{count} day", "{count} days", found.days).format(count=found.days)
    before = sample_text(found.before) if found.watched else _("not measured: the board is too young")
    lines = [
        _("{days} before: {value}").format(days=days, value=before),
        _("{days} after: {value}").format(days=days, value=sample_text(found.after)),
        verdict_text(found),
    ]
    if found.reached is not None:
        target = amount_text(found.ticket.target_value, unit)
        reached = _("target {target}: reached") if found.reached else _("target {target}: not reached")
        lines.append(reached.format(target=target))
    return tuple(lines)


def verdict_text(found: Trial) -> str:
    """The difference with its interval, and whether chance could have made it."""
    if found.indicator is None or found.shift.value is None:
        return _("no comparison possible")
    unit = found.indicator.unit
    change = signed_text(found.shift.value, unit)
    if found.shift.low is None or found.shift.high is None:
        return _("difference {change}; too few figures for an honest interval").format(change=change)
    span = _("difference {change} (95% between {low} and {high})").format(
        change=change, low=signed_text(found.shift.low, unit), high=signed_text(found.shift.high, unit)
    )
    return f"{span} → {verdict_name(found.verdict)}"
