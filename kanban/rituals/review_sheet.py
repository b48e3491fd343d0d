"""The flow review as a sheet to go through."""

from __future__ import annotations

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date, format_days
from kanban.metrics.base.figure import CHANCE, DAYS, PER_WEEK
from kanban.metrics.base.periods import week_name
from kanban.metrics.baselines import THROUGHPUT
from kanban.metrics.comparison import Difference
from kanban.metrics.figure_wording import amount_text, doubt_text, figure_text, window_text
from kanban.metrics.wording import name_of
from kanban.paper.page import Entry, Page, Section
from kanban.rituals.daily_sheet import day_text, tickets_section
from kanban.rituals.review import Review

MINUTES = 20
_LIGHTS = {"better": "green", "worse": "red"}
_FIGURES = ("throughput", "cycle_time", "win_rate", "arrivals", "wip")


def review_sheet(review: Review) -> Page:
    """Trend, stages, bottleneck, one micro-rule."""
    subtitle = _("{day}, {minutes} minutes").format(day=format_date(review.as_of, "full"), minutes=MINUTES)
    sections = [_trend(review), _figures(review), _stages(review), _bottleneck(review)]
    if review.due:
        sections.append(tickets_section(review.due))
    sections.append(_micro_rule(review))
    return Page(_("Flow review"), subtitle, tuple(sections))


def _trend(review: Review) -> Section:
    """Wins per complete week, drawn with one sign per win."""
    names = [week_name(week.monday) for week in review.weeks]
    wide = max(map(len, names), default=0)
    lines = [
        f"{name:<{wide}}  {'■' * week.won or '·'}  {week.won}" for name, week in zip(names, review.weeks, strict=True)
    ]
    title = _("1. Deals won per week")
    return Section("trend", title, (), "" if lines else _("no complete week yet"), "", "\n".join(lines), False)


def _figures(review: Review) -> Section:
    now = window_text(review.row(THROUGHPUT).now) or _("the last eight complete weeks")
    note = _("{now}, and the eight before; in brackets 95% confidence").format(now=now)
    entries = tuple(_figure(row) for row in map(review.row, _FIGURES) if _counted(row))
    empty = "" if entries else _("nothing to count yet")
    return Section("figures", _("2. The flow"), entries, empty, note, to_settle=False)


def _counted(row: Difference) -> bool:
    """Whether there is a figure in these weeks or in those before; a board begins without any."""
    return row.now.value is not None or row.then.value is not None


def _figure(row: Difference) -> Entry:
    text = _("{name}: {now}, before {then}")
    head = text.format(name=name_of(row.metric), now=figure_text(row.now), then=figure_text(row.then))
    return Entry(_judged(head, row), light=_LIGHTS.get(row.told, ""))


def _judged(head: str, row: Difference) -> str:
    """With the reason why nothing is said of the difference, where that is so."""
    doubt = doubt_text(row.then if row.then.too_thin else row.now, chance=row.told == CHANCE)
    return f"{head} · {doubt}" if doubt and row.told == CHANCE else head


def _stages(review: Review) -> Section:
    note = _("of the cards decided in these weeks: how many went on")
    rows = [row for row in review.comparison.rows if row.metric == "conversion" and _counted(row)]
    titles = {column.key: column.title for column in review.columns}
    entries = tuple(_stage(row, titles.get(row.column, row.column)) for row in rows)
    empty = "" if entries else _("no card was decided yet")
    return Section("conversion", _("3. Conversion per stage"), entries, empty, note, to_settle=False)


def _stage(row: Difference, title: str) -> Entry:
    count = ngettext("{count} card", "{count} cards", row.now.n).format(count=row.now.n)
    text = _("{name}: {now} of {count}, before {then}")
    head = text.format(name=title, now=figure_text(row.now), count=count, then=figure_text(row.then))
    return Entry(_judged(head, row), light=_LIGHTS.get(row.told, ""))


def _bottleneck(review: Review) -> Section:
    found = review.bottleneck
    note = _("the first symptom’s column; else the one that lets the fewest through, five cards decided at least")
    if found is None:
        return Section("bottleneck", _("4. Bottleneck"), (), _("too few cards were decided to name one"), note)
    lines = [found.symptom.title, *found.symptom.evidence] if found.symptom else []
    if found.rate is not None:
        text = ngettext("{rate} of {n} card went on", "{rate} of {n} cards went on", found.n)
        lines.append(text.format(rate=figure_text(found.conversion), n=found.n))
    if found.days is not None:
        lines.append(_("half of the cards stay there {days} or less").format(days=format_days(found.days, short=False)))
    if found.column.wip is not None:
        lines.append(_("WIP limit {limit}").format(limit=found.column.wip))
    entry = Entry(found.column.title, "", tuple(lines), "", "amber")
    return Section("bottleneck", _("4. Bottleneck"), (entry,), "", note, to_settle=False)


def _indicator(review: Review, key: str) -> str:
    """`Throughput (throughput)`: what people call it, and what is typed."""
    kind, _dash, column = key.partition("-")
    title = next((one.title for one in review.columns if one.key == column), "")
    said = f"{name_of(kind)} · {title}" if title else name_of(kind)
    return f"{said} ({key})" if said != key else key


def _target(text: str) -> str:
    """The target that is typed, as people read it: `2.30` is wins a week, `36` days, a share says so itself."""
    if not text.replace(".", "", 1).isdigit():
        return text
    return amount_text(float(text), PER_WEEK if "." in text else DAYS)


def _micro_rule(review: Review) -> Section:
    title = _("5. One micro-rule for two weeks")
    if review.proposal is not None:
        rule = review.proposal
        lines = [_("problem: {text}").format(text=rule.problem), *rule.evidence]
        lines.append(_("indicator: {text}").format(text=_indicator(review, rule.indicator)))
        if rule.target:
            lines.append(_("target: {text}").format(text=_target(rule.target)))
        return Section("micro-rule", title, (Entry(rule.rule, "", tuple(lines), "kanban review --interactive"),))
    if review.running:
        entries = []
        for ticket in review.running:
            line = _("tried since {start}, decision on {due}").format(
                start=day_text(ticket.start), due=day_text(ticket.due_on)
            )
            entries.append(Entry(ticket.tried, ticket.id, (line,)))
        return Section("micro-rule", title, tuple(entries), "", _("one at a time: this one is under trial"), "", False)
    return Section("micro-rule", title, (), _("nothing to propose: choose one together"))
