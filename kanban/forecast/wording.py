"""Wording: the forecast in sentences, in the language in force when they are asked for."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from kanban.forecast import methods as method
from kanban.forecast.backtest import FEWEST_ORIGINS, Backtest
from kanban.forecast.forecast import Forecast
from kanban.forecast.horizon import Horizon
from kanban.forecast.models.distribution import mean
from kanban.forecast.money import PAST_DUE, UNDATED
from kanban.forecast.quota import WINS, Attainment
from kanban.forecast.stress import FACTOR
from kanban.forecast.whatif import WEEKS_AHEAD, Dropped, Limited, Run
from kanban.i18n import _, ngettext
from kanban.i18n.formats import NO_NUMBER, format_date, format_days, format_money, format_number, format_percent
from kanban.metrics.base.intervals import Rate
from kanban.model.typed.values import Money


def title(forecast: Forecast) -> str:
    """`Wins in the next 4 weeks, 6 Oct – 2 Nov 2026`."""
    weeks = ngettext("Wins in the next week", "Wins in the next {count} weeks", forecast.weeks)
    first, last = forecast.as_of + timedelta(days=1), forecast.as_of + timedelta(weeks=forecast.weeks)
    days = f"{format_date(first, 'medium')} – {format_date(last, 'medium')}"
    return f"{weeks.format(count=forecast.weeks)}, {days}"


def recommended_text(forecast: Forecast) -> str:
    """What to expect, and the range that eight in ten outcomes lie in."""
    found = forecast.recommended
    if not found:
        return _("no complete week yet: there is nothing to forecast from")
    text = _("{middle} wins, between {low} and {high} in eight cases out of ten")
    return text.format(middle=found[50], low=found[10], high=found[90])


def at_least_text(forecast: Forecast) -> str:
    """`at least 8 at 50 %, 4 at 85 %, 3 at 95 %`."""
    said = _("{count} with {share} confidence")
    parts = [said.format(count=count, share=_share(level / 100)) for level, count in forecast.at_least.items()]
    return _("at least {counts}").format(counts=", ".join(parts)) if parts else ""


def sheet_text(forecast: Forecast) -> str:
    """The sheet's rule with its interval."""
    sheet = forecast.sheet
    if sheet is None:
        return ""
    text = _("{weeks} × {x} = {expected}").format(
        weeks=sheet.weeks, x=_number(sheet.wins_per_week), expected=_number(sheet.expected)
    )
    if sheet.low is None or sheet.high is None:
        return text
    span = _("± σ: {low} to {high}").format(low=_number(sheet.low), high=_number(sheet.high))
    return f"{text}, {span}"


def coverage_text(rate: Rate) -> str:
    """How far to trust the sheet's interval: what it promises, what it held here, or elsewhere."""
    if rate.rate is None:
        return _("one σ promises 68%; measured on simulated boards it holds 27 to 32% of outcomes")
    text = _("one σ promises 68%; on this board it held {share} of {count} past outcomes")
    return text.format(share=_share(rate.rate), count=rate.n)


def inputs_text(forecast: Forecast) -> str:
    """X, W and L in one line."""
    sheet, found = forecast.sheet, forecast.stress
    lead = forecast.lead_time.p50
    column = forecast.ledger.config.column(found.column)
    return _("X = {x} wins per week · W = {w} cards in {column} · L = {lead} from first column to win (median)").format(
        x=_number(sheet.wins_per_week) if sheet else NO_NUMBER,
        w=found.w,
        column=column.title if column else found.column,
        lead=NO_NUMBER if lead is None else format_days(lead),
    )


def stress_text(forecast: Forecast) -> str:
    """The stress test in one sentence, with what to do when it fails."""
    found = forecast.stress
    if found.history is None:
        return _("stress test: no complete week yet")
    weeks = ngettext("last complete week", "last {count} complete weeks", found.weeks).format(count=found.weeks)
    facts = _("W = {w}, mean of the {weeks} {mean}, alarm above {alarm}").format(
        w=found.w, weeks=weeks, mean=_number(found.history), alarm=_number(FACTOR * found.history)
    )
    if found.stressed:
        advice = _("too full: lower its WIP limit and plan follow-ups for what stands there, or deals will take longer")
        return f"{facts} → {advice}"
    return f"{facts} → " + _("as usual")


def young_text(forecast: Forecast) -> str:
    """What to say while there are fewer than six complete weeks; "" from then on."""
    if forecast.enough_history:
        return ""
    seen = len(forecast.evidence.weekly_wins)
    text = ngettext("only {count} complete week so far", "only {count} complete weeks so far", seen)
    return text.format(count=seen) + _(": read these figures as a first guess")


def method_text() -> str:
    """How the recommended forecast comes about, in one line."""
    return _(
        "half from each open card’s column and age, and the arrivals to come; half from the wins of the last "
        "26 weeks; computed, not drawn"
    )


def method_name(name: str) -> str:
    """What people call a method."""
    names = {
        method.SHEET: _("the sheet’s rule"),
        method.MONTE_CARLO: _("Monte Carlo on 6 weeks"),
        method.MONTE_CARLO_LONG: _("Monte Carlo on 26 weeks"),
        method.WEEKS: _("weekly wins (Gamma-Poisson)"),
        method.CARDS: _("card by card"),
        method.RECOMMENDED: _("recommended: both, half and half"),
    }
    return names[name]


def month_name(key: str) -> str:
    """The name of a bucket of close dates."""
    special = {PAST_DUE: _("past due"), UNDATED: _("undated")}
    return special.get(key) or format_date(date.fromisoformat(f"{key}-01"), "month")


def money_text(amount: Decimal, currency: str) -> str:
    """An amount, short."""
    return format_money(Money(amount, currency), short=True)


def quota_text(one: Attainment, currency: str) -> str:
    """One quota: won, target, pace, chance."""

    def shown(value: Decimal) -> str:
        return format_number(value, digits=1) if one.unit == WINS else money_text(value, currency)

    who = f" · {one.owner}" if one.owner else ""
    text = _("{period}{who}: {won} of {target}, pace {pace}").format(
        period=one.period, who=who, won=shown(one.won), target=shown(one.target), pace=shown(one.pace)
    )
    if one.reach is not None:
        text += ", " + _("{share} likely to be reached").format(share=_share(one.reach))
    if one.coverage is not None:
        text += ", " + _("weighted pipeline covers {times} times what is missing").format(times=_number(one.coverage))
    return text


def when_text(found: Horizon) -> str:
    """By when so many wins will have come."""
    parts = [
        _("by {day} with {share}").format(day=format_date(day, "medium"), share=_share(level / 100))
        if day
        else _("not within a year with {share}").format(share=_share(level / 100))
        for level, day in found.by.items()
    ]
    head = ngettext("{count} more win: {days}", "{count} more wins: {days}", found.wins)
    return head.format(count=found.wins, days=", ".join(parts))


def limited_text(found: Limited, column: str) -> tuple[str, ...]:
    """What another limit does, under both readings, and what the model is."""
    head = _("{column} at {limit} instead of {present}, the next {weeks} weeks, {now} cards there now").format(
        column=column,
        limit=found.limit,
        present=_("no limit") if found.present is None else found.present,
        weeks=WEEKS_AHEAD,
        now=found.now,
    )
    names = {
        "own": _("if each card keeps its own pace"),
        "shared": _("if the team’s attention is shared by fewer cards"),
    }
    lines = [f"{names[name]}: {_change(before, after)}" for name, (before, after) in found.readings.items()]
    note = _("a model of mean flows with the rates seen so far; other columns without limits. The truth lies between.")
    return (head, *lines, note)


def _change(before: Run, after: Run) -> str:
    def days(run: Run) -> str:
        return NO_NUMBER if run.days is None else format_days(round(run.days))

    return _("{before} → {after} wins, {days_before} → {days_after} in the column").format(
        before=_number(before.wins), after=_number(after.wins), days_before=days(before), days_after=days(after)
    )


def dropped_text(found: Dropped) -> tuple[str, ...]:
    """What leaving cards does."""
    cards = ", ".join(f"{card} {_share(chance)}" for card, chance in found.chances.items())
    before, after = _number(mean(found.before)), _number(mean(found.after))
    return (
        _("without {cards}").format(cards=cards),
        _("expected wins {before} → {after}").format(before=before, after=after),
        _("a model: the half of the forecast that rests on past weeks knows no cards and stays as it is"),
    )


def backtest_text(found: Backtest) -> tuple[str, ...]:
    """What the record of past forecasts allows to claim."""
    if not found.origins:
        return (_("not enough history: no past forecast can be checked yet"),)
    count = len(found.apart)
    if not found.enough_history:
        text = _("not enough history for a claim: {count} past forecasts that do not overlap, {needed} are needed")
        return (text.format(count=count, needed=FEWEST_ORIGINS),)
    lines = []
    for name, one in found.differences().items():
        verdict = _("no proven difference")
        if one.proven:
            verdict = _("proven better") if one.mean < 0 else _("proven worse")
        text = _("recommended against {name}: loss {mean} wins ({low} to {high}, n = {count}): {verdict}")
        figures = {"mean": signed(one.mean), "low": signed(one.low), "high": signed(one.high)}
        lines.append(text.format(name=method_name(name), count=one.n, verdict=verdict, **figures))
    return tuple(lines)


def signed(value: float, *, digits: int = 2) -> str:
    """A difference with its sign."""
    return ("+" if value > 0 else "−" if value < 0 else "") + format_number(abs(value), digits=digits)


def _number(value: float | Decimal) -> str:
    return format_number(value, digits=2)


def _share(value: float) -> str:
    return format_percent(value, digits=0)


def signed_share(value: float) -> str:
    """A relative difference in percent with its sign."""
    return ("+" if value > 0 else "−" if value < 0 else "") + _share(abs(value))
