"""Wording: the forecast in sentences, in the language in force when they are asked for."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from kanban.forecast.backtest import REPORTED, Backtest
from kanban.forecast.deals import DealRecord
from kanban.forecast.ensemble import ensemble, regime
from kanban.forecast.ensemble.counts import LEVELS
from kanban.forecast.ensemble.ensemble import ENSEMBLE
from kanban.forecast.ensemble.record import FEWEST, RECENT_MISSES
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
from kanban.metrics.base.periods import period_name
from kanban.metrics.flow.throughput import RECENT_WEEKS
from kanban.metrics.wording import weeks_text
from kanban.model.typed.values import Money

_NAMED, _LEAST = 3, 0.01


def title(forecast: Forecast) -> str:
    """`Wins in the next 4 weeks, 6 Oct – 2 Nov 2026`."""
    weeks = ngettext("Wins in the next week", "Wins in the next {count} weeks", forecast.weeks)
    first, last = forecast.as_of + timedelta(days=1), forecast.as_of + timedelta(weeks=forecast.weeks)
    days = f"{format_date(first, 'medium')} – {format_date(last, 'medium')}"
    return f"{weeks.format(count=forecast.weeks)}, {days}"


def recommended_text(forecast: Forecast) -> str:
    """What to expect, with what such forecasts held before; no share is named where the record is too short for it.

    Where the past is too short for any forecast, that alone is said, and from when on there will be one.
    """
    found, origin, record = forecast.recommended, forecast.origin, forecast.record
    if origin is None or not forecast.enough_history:
        return young_text(forecast)
    wins = ngettext("{count} win", "{count} wins", found[50]).format(count=found[50])
    if record.promises:
        text = _("{wins}, between {low} and {high}; {record}")
        return text.format(wins=wins, low=found[10], high=found[90], record=record_text(forecast))
    low, high = origin.range
    text = _("{wins}; one way to count or another says {low} to {high}; {record}")
    return text.format(wins=wins, low=low, high=high, record=record_text(forecast))


def young_text(forecast: Forecast) -> str:
    """What is said instead of a forecast while there are fewer than six complete weeks."""
    weekly, day = forecast.evidence.weekly_wins, forecast.told_from
    if not weekly or day is None:
        return _("no complete week yet: there is nothing to forecast from")
    wins = ngettext("{count} win", "{count} wins", sum(weekly)).format(count=sum(weekly))
    text = _("too early to forecast: {wins} in {weeks} so far; a forecast takes {needed} complete weeks, from {day} on")
    return text.format(wins=wins, weeks=weeks_text(len(weekly)), needed=RECENT_WEEKS, day=format_date(day, "medium"))


def record_text(forecast: Forecast) -> str:
    """What past intervals over so many weeks held, with how many there were; or why that is no ground for a promise."""
    record = forecast.record
    held, n = record.held, record.held.n
    if not n:
        return _("no past forecast can be checked yet, so no odds are given")
    if n < FEWEST:
        inside = round((held.rate or 0.0) * n)
        text = ngettext(
            "{inside} of {count} past forecast fell inside, too few to give odds",
            "{inside} of {count} past forecasts fell inside, too few to give odds",
            n,
        )
        return text.format(inside=inside, count=n)
    text = _("of the last {count} forecasts at this horizon, {share} fell inside")
    said = text.format(count=n, share=_share(held.rate or 0.0))
    return said if record.promises else said + _(", but none of the last {count}").format(count=RECENT_MISSES)


def before_text(forecast: Forecast) -> str:
    """The middle of the forecast as it was made a week ago: `6 on 27 Sept`; "" where none was."""
    made = forecast.before
    if made is None:
        return ""
    middle = int(made.quantiles[LEVELS.index(0.5)])
    return _("{count} on {day}").format(count=middle, day=format_date(made.day, "short"))


def notes_text(forecast: Forecast) -> tuple[str, ...]:
    """Why the past may be no guide, a sentence each; none where nothing is said of what is ahead."""
    if not forecast.enough_history:
        return ()
    texts = {
        regime.NO_WIN_YET: _("nothing has been won yet: there is no past to go by"),
        regime.START_UP: _("start-up: the weeks before the first win do not count, and there are few since"),
        regime.DOUBLED: _("wins are up by half or more in six weeks, beyond chance: older weeks are a poor guide"),
        regime.HALVED: _("wins are down by a third or more in six weeks, beyond chance: older weeks are a poor guide"),
        regime.HOLIDAYS: _("weeks ahead brought less than half of the usual in the years before: holidays?"),
        regime.MISSED: _("the last three forecasts missed: something has changed that the past does not know"),
    }
    return tuple(texts[note] for note in forecast.notes)


def at_least_text(forecast: Forecast) -> str:
    """`at least 8 at 50 %, 4 at 85 %, 3 at 95 %`; "" while the record is too short to name shares."""
    if not forecast.record.promises:
        return ""
    said = _("{count} with {share} confidence")
    parts = [said.format(count=count, share=_share(level / 100)) for level, count in forecast.at_least.items()]
    return _("at least {counts}").format(counts=", ".join(parts))


def sheet_text(forecast: Forecast) -> str:
    """The sheet's rule with its interval; "" while there are fewer weeks than it asks for."""
    sheet = forecast.sheet
    if sheet is None or not forecast.enough_history:
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
    standing = ngettext("{count} card in {column}", "{count} cards in {column}", found.w).format(
        count=found.w, column=column.title if column else found.column
    )
    return _(
        "X = {x} wins per week over {weeks} · W = {standing} · L = {lead} from first column to win (median of {count})"
    ).format(
        x=_number(sheet.wins_per_week) if sheet else NO_NUMBER,
        weeks=weeks_text(min(RECENT_WEEKS, len(forecast.evidence.weekly_wins))),
        count=forecast.lead_time.n,
        standing=standing,
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


def method_text(forecast: Forecast) -> str:
    """How the recommended forecast comes about, in one line."""
    origin = forecast.origin
    if origin is None or not forecast.enough_history:
        return ""
    if origin.method != ENSEMBLE:
        return _("by {name}, which is proven better on this board than what weighs all methods").format(
            name=method_name(origin.method)
        )
    order = sorted(origin.weights.items(), key=lambda pair: (-pair[1], pair[0]))
    most = [(name, weight) for name, weight in order[:_NAMED] if weight >= _LEAST]
    names = ", ".join(f"{method_name(name)} {_share(weight)}" for name, weight in most)
    text = _("weighted by their past loss here: {names} and {count} more; computed, not drawn")
    return text.format(names=names, count=len(origin.weights) - len(most))


def method_name(name: str) -> str:
    """What people call a method."""
    names = {
        REPORTED: _("what was said"),
        ensemble.ENSEMBLE: _("all methods, weighted"),
        ensemble.SHEET: _("the sheet’s rule"),
        ensemble.MONTE_CARLO: _("Monte Carlo on 6 weeks"),
        ensemble.MONTE_CARLO_LONG: _("Monte Carlo on 26 weeks"),
        ensemble.CARDS: _("card by card"),
        "weeks-26": _("mean of 26 weeks"),
        "weeks-52": _("mean of 52 weeks"),
        "smooth": _("mean that forgets slowly"),
        "smooth-fast": _("mean that forgets fast"),
        "trend": _("damped trend"),
        "quarter-ago": _("as a quarter ago"),
        "year-ago": _("as a year ago"),
        "quarter": _("season of the quarter"),
        "year": _("season of the year"),
    }
    return names[name]


def month_name(key: str) -> str:
    """The name of a bucket of close dates."""
    special = {PAST_DUE: _("past due"), UNDATED: _("undated")}
    return special.get(key) or format_date(date.fromisoformat(f"{key}-01"), "month")


def money_text(amount: Decimal, currency: str) -> str:
    """An amount, short."""
    return format_money(Money(amount, currency), short=True)


def quota_text(one: Attainment, forecast: Forecast, *, lately: bool = False) -> str:
    """One quota: won, target, pace; the chance of reaching it only where the record of forecasts allows a share.

    With `lately`, what was won says how much of it came in the last seven days: `3 (+2 in 7 days)`.
    """
    currency = forecast.ledger.config.currency

    def shown(value: Decimal) -> str:
        return format_number(value, digits=1) if one.unit == WINS else money_text(value, currency)

    who = f" · {one.owner}" if one.owner else ""
    won = shown(one.won)
    if lately:
        step = _("{step} in 7 days").format(step=f"+{shown(one.lately)}" if one.lately else "±0")
        won = f"{won} ({step})"
    target = shown(one.target)
    if one.unit == WINS:
        target = ngettext("{count} win", "{count} wins", int(one.target)).format(count=target)
    text = _("{period}{who}: {won} of {target}, pace {pace}").format(
        period=period_name(one.period), who=who, won=won, target=target, pace=shown(one.pace)
    )
    if one.reach is not None and forecast.record.promises:
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
    lines = [
        _("{label}: {text}").format(label=names[name], text=_change(before, after))
        for name, (before, after) in found.readings.items()
    ]
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
        _("a model: card by card has {share} of the say here, what rests on past weeks knows no cards").format(
            share=_share(found.say)
        ),
    )


def brier_text(found: DealRecord) -> str:
    """How far probabilities were off, and what saying nothing of single deals would have been."""
    text = _("each probability once per deal that has ended; mean squared error {brier}, always saying 50% has 0.25")
    return text.format(brier=_number(found.brier or 0.0))


def late_text(found: DealRecord) -> str:
    """By when deals are won, counted from the close date first written on them."""
    text = ngettext("{count} deal with a close date", "{count} deals with a close date", found.dated)
    parts = [text.format(count=found.dated)]
    for level, days in ((50, found.late_p50), (90, found.late_p90)):
        if days is not None:
            said = _("{share} won by {days} after the first one written")
            parts.append(said.format(share=_share(level / 100), days=format_days(days)))
    if len(parts) == 1:
        parts.append(_("too few were won to say how late"))
    return ", ".join(parts)


def backtest_text(found: Backtest) -> tuple[str, ...]:
    """What the record of past forecasts allows to claim."""
    if not found.origins:
        return (_("not enough history: no past forecast can be checked yet"),)
    count = len(found.apart)
    if not found.enough_history:
        text = _("not enough history for a claim: {count} past forecasts that do not overlap, {needed} are needed")
        return (text.format(count=count, needed=FEWEST),)
    lines = []
    for name, one in found.differences().items():
        verdict = _("no proven difference")
        if one.proven:
            verdict = _("proven better") if one.mean < 0 else _("proven worse")
        text = _("recommended against {name}: loss {mean} wins ({low} to {high}, n = {count}): {verdict}")
        figures = {"mean": signed(one.mean), "low": signed(one.low), "high": signed(one.high)}
        lines.append(text.format(name=method_name(name), count=one.n, verdict=verdict, **figures))
    return tuple(lines)


def rate_text(rate: Rate) -> str:
    """`83 % (71–91 %)`."""
    if rate.rate is None or rate.low is None or rate.high is None:
        return NO_NUMBER
    return f"{_share(rate.rate)} ({format_number(100 * rate.low, digits=0)}–{_share(rate.high)})"


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
