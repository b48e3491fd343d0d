"""One section of the report each: from plain values to rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_days, format_list, format_money
from kanban.metrics.base.periods import period_name
from kanban.model.cards.slug import slug
from kanban.model.typed.values import Money
from kanban.paper.page import Row, Section, rows_of, short
from kanban.review.report import Balance, FieldEdit, Moved, Placed, QuarterLine, Report, Room, Shifted
from kanban.review.verdict import signed
from kanban.review.web import Web

ROWS = 10
"""More rows than these are folded, or told as one."""
NOTHING = "–"
"""What a cell says where there is nothing."""


def line(text: str) -> Row:
    """A row of one text."""
    return Row((text,))


def worth_knowing(report: Report) -> Section:
    """What is no finding and should be known."""
    lines = []
    for text, ids in (
        (_("More than one file claims these cards, so they cannot be compared: {names}"), report.unpaired),
        (_("No readable amount, counted as zero: {names}"), report.without_amount),
        (_("Changed, and the next action is overdue: {names}"), report.overdue),
    ):
        if ids:
            lines.append((text.format(names=_names(ids)),))
    return Section("warnings", _("Worth knowing"), rows=rows_of(lines), sums=True)


def _names(ids: tuple[str, ...]) -> str:
    shown = [short(name) for name in ids[:ROWS]]
    rest = len(ids) - len(shown)
    if rest:
        shown.append(ngettext("{count} more", "{count} more", rest).format(count=rest))
    return format_list(shown)


def bridge(report: Report) -> Section:
    """The open pipeline from before to after; nothing where nothing changed."""
    names = (
        ("new", _("new"), 1),
        ("reopened", _("reopened"), 1),
        ("increased", _("increased"), 1),
        ("decreased", _("decreased"), -1),
        ("unread", _("without amount now"), -1),
        ("won", _("won"), -1),
        ("lost", _("lost"), -1),
        ("parked", _("parked"), -1),
        ("removed", _("removed"), -1),
    )
    used = [row for row in names if any(getattr(one, row[0]) for one in report.bridges)]
    head = ["", _("start"), *(label for _key, label, _sign in used), _("end"), _("weighted")]

    def cells(one: Balance) -> tuple[str, ...]:
        steps = [signed(sign * getattr(one, key), one.currency) for key, _label, sign in used]
        return (
            one.currency,
            _money(one.start, one.currency),
            *steps,
            _money(one.end, one.currency),
            _changed(one.weighted_start, one.weighted_end, one.currency),
        )

    told = [one for one in report.bridges if used or one.weighted_start != one.weighted_end]
    rows = tuple(Row(cells(one), abs(one.end - one.start)) for one in told)
    return Section("bridge", _("Value of the open pipeline"), head=tuple(head), rows=rows, sums=True)


def revenue(report: Report) -> Section:
    """Won deals from before to after: new wins, and what was rewritten."""
    names = (("won", _("won"), 1), ("corrected", _("corrected"), 1), ("taken_back", _("taken back"), -1))
    used = [row for row in names if any(getattr(one, row[0]) for one in report.revenue)]
    head = ("", _("start"), *(label for _key, label, _sign in used), _("end"))
    rows = tuple(
        Row(
            (
                one.currency,
                _money(one.start, one.currency),
                *(signed(sign * getattr(one, key), one.currency) for key, _label, sign in used),
                _money(one.end, one.currency),
            )
        )
        for one in report.revenue
    )
    return Section("revenue", _("Value of what is won"), head=head, rows=rows, sums=True)


def quarters(report: Report) -> Section:
    """What each quarter holds: won, and expected of the open deals; beside the quota where there is one.

    Nothing where no quarter changed: the verdict says how the present one stands.
    """
    quota = (_("Quota"),) if any(one.quota is not None for one in report.quarters) else ()
    head = (_("Quarter"), _("Together"), *quota, _("Won"), _("Expected (amount × probability)"))
    rows = []
    for one in report.quarters:
        said = (_quota(one),) if quota else ()
        won = _changed(one.won_before, one.won_after, one.currency)
        expected = _changed(one.open_before, one.open_after, one.currency)
        together = _changed(one.won_before + one.open_before, one.won_after + one.open_after, one.currency)
        rows.append(Row((period_name(one.key), together, *said, won, expected)))
    kept = tuple(rows) if any(map(_differs, report.quarters)) else ()
    return Section("quarters", _("By quarter"), head=head, rows=kept, sums=True)


def _differs(one: QuarterLine) -> bool:
    return (one.quota_before, one.won_before, one.open_before) != (one.quota, one.won_after, one.open_after)


def _quota(one: QuarterLine) -> str:
    now = _value(one.quota, one.currency)
    return now if one.quota_before in (None, one.quota) else f"{_value(one.quota_before, one.currency)} → {now}"


def _changed(before: Decimal, after: Decimal, currency: str) -> str:
    change = after - before
    return _money(after, currency) + (f" ({signed(change, currency)})" if change else "")


def shifts(report: Report, web: Web) -> Section:
    """The deals that go to another quarter."""
    head = (_("Card"), _("From → to"), _("Amount"), "", _("Whose"), _("Customer"))
    rows = [_shift(report, one, web) for one in report.shifts]
    return without_empty(Section("shifts", _("Pushed out and pulled in"), head=head, rows=tuple(rows)))


def _shift(report: Report, one: Shifted, web: Web) -> Row:
    way = _("pushed out") if one.later else _("pulled in")
    places = [f"{period_name(quarter)} ({day})" for quarter, day in ((one.source, one.old), (one.target, one.new))]
    cells = (" → ".join(places), _value(one.amount, one.currency), way, one.owner, customer(one.card, one.title))
    return _row(web.file(one.card, report.board, one.path), cells, one.amount)


def moves(report: Report, web: Web) -> Section:
    """The cards that changed column: wins and losses first."""
    head = (_("Card"), _("From → to"), _("Amount"), _("Why"), _("Days there"), _("Whose"), _("Customer"))
    ranks = {"won": 0, "lost": 1, "parked": 2}
    ranked = sorted(report.moves, key=lambda one: (ranks.get(one.kind, 3), -(one.amount or Decimal(0)), one.card))
    rows = [_move(report, one, web) for one in ranked]
    return without_empty(Section("moves", _("Moves"), head=head, rows=tuple(rows)))


def _move(report: Report, one: Moved, web: Web) -> Row:
    days = NOTHING if one.days is None else format_days(one.days)
    way, amount = f"{short(one.source_title)} → {short(one.target_title)}", _value(one.amount, one.currency)
    cells = (way, amount, one.reason, days, one.owner, customer(one.card, one.title))
    return _row(web.file(one.card, report.board, one.path), cells, one.amount)


def _row(name: str, cells: tuple[str, ...], amount: Decimal | None) -> Row:
    return Row((name, *map(short, cells)), amount or Decimal(0))


def customer(card: str, title: str) -> str:
    """Whose deal it is; "" where the card's name says so."""
    return "" if slug(title) == card else title


def without_empty(section: Section) -> Section:
    """The table without the columns in which no row says anything."""
    kept = [at for at in range(len(section.head)) if any(row.cells[at] for row in section.rows)]
    rows = tuple(replace(row, cells=tuple(row.cells[at] for at in kept)) for row in section.rows)
    return replace(section, head=tuple(section.head[at] for at in kept), rows=rows)


def placed(key: str, title: str, cards: tuple[Placed, ...], report: Report, web: Web) -> Section:
    """Cards that came or went; of many, one line a column."""
    if len(cards) > ROWS:
        return Section(key, title, rows=tuple(map(line, _by_column(cards))), sums=True)
    return without_empty(_placed(key, title, cards, report, web))


def _by_column(cards: tuple[Placed, ...]) -> Iterator[str]:
    groups: dict[str, list[Placed]] = defaultdict(list)
    for one in cards:
        groups[one.column_title].append(one)
    for title, found in groups.items():
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for one in found:
            if one.amount is not None:
                sums[one.currency] += one.amount
        money = [_money(amount, currency) for currency, amount in sorted(sums.items())]
        count = ngettext("{count} card", "{count} cards", len(found)).format(count=len(found))
        yield f"{short(title)}{_(': ')}{format_list([count, *money])}"


def _placed(key: str, title: str, cards: tuple[Placed, ...], report: Report, web: Web) -> Section:
    head = (_("Card"), _("Amount"), _("Column"), _("Whose"), _("Customer"))
    rows = [
        _row(
            web.file(one.card, report.board, one.path),
            (_value(one.amount, one.currency), one.column_title, one.owner, customer(one.card, one.title)),
            one.amount,
        )
        for one in cards
    ]
    return Section(key, title, head=head, rows=tuple(rows))


def wip(report: Report) -> Section:
    """The limits that differ or are full."""
    merging = any(one.merged is not None for one in report.wip)
    merged = (_("after the merge"),) if merging else ()
    head = (_("Limit"), _("allowed"), _("before"), _("after"), *merged, "")
    rows = tuple(Row(tuple(map(short, _room(one, merging))), Decimal(one.breached)) for one in report.wip)
    return without_empty(Section("wip", _("WIP limits"), head=head, rows=rows))


def _room(one: Room, merging: bool) -> tuple[str, ...]:
    limit = NOTHING if one.limit is None else str(one.limit)
    if one.limit != one.limit_base:
        limit = f"{NOTHING if one.limit_base is None else one.limit_base} → {limit}"
    merged = (NOTHING if one.merged is None else str(one.merged),) if merging else ()
    state = _("too many because of this change") if one.breached else _("too many") if one.exceeded else ""
    return (one.title, limit, str(one.base), str(one.head), *merged, ("🔴 " if one.breached else "") + state)


def owners(report: Report) -> Section:
    """Who has what open, before and after."""
    head = (_("Whose"), _("Open before"), _("Open after"), _("Won"))
    rows = tuple(
        Row(
            (
                short(one.owner or _("nobody")),
                _money(one.before, one.currency),
                _changed(one.before, one.after, one.currency),
                _money(one.won, one.currency) if one.won else NOTHING,
            ),
            abs(one.after - one.before),
        )
        for one in report.owners
    )
    return Section("owners", _("By owner"), head=head, rows=rows)


def renamed(report: Report, web: Web) -> Section:
    """The cards whose file has another name."""
    rows = tuple(Row((web.file(one.card, report.board, one.path), short(one.old))) for one in report.renamed)
    return Section("renamed", _("Renamed"), head=(_("Card"), _("Formerly")), rows=rows)


def waivers(report: Report) -> Section:
    """The waivers that were not there before."""
    head = (_("Rule"), _("For"), _("Until"), _("As written"))
    rows = rows_of([tuple(map(short, (one.rule, one.place, one.until or NOTHING, one.text))) for one in report.waivers])
    return Section("waivers", _("Waivers added"), head=head, rows=rows)


def details(report: Report, web: Web) -> Iterator[Section]:
    """What is there for who asks: every field, every new card of many, edited notes."""
    head = (_("Card"), _("Field"), _("Before"), _("After"), _("Customer"))
    edits = [_field(report, one, web) for one in report.fields]
    yield without_empty(_detail("fields", _("Fields"), head, edits))
    for key, title, cards, where in (
        ("new-cards", _("New cards, one by one"), report.added, web),
        ("removed-cards", _("Removed cards, one by one"), report.removed, Web()),
    ):
        if len(cards) > ROWS:
            each = without_empty(_placed(key, title, cards, report, where))
            yield replace(each, folded=True, detail=True)
    notes = [
        _row(web.file(one.card, report.board, one.path), (f"+{one.added} −{one.removed}", one.title), None)
        for one in report.notes
    ]
    yield _detail("notes", _("Notes only"), (_("Card"), _("Lines"), _("Customer")), notes)


def _detail(key: str, title: str, head: tuple[str, ...], rows: list[Row]) -> Section:
    return Section(key, title, head=head, rows=tuple(rows), folded=True, detail=True)


def _field(report: Report, one: FieldEdit, web: Web) -> Row:
    cells = (one.label, one.old or NOTHING, one.new or NOTHING, customer(one.card, one.title))
    return _row(web.file(one.card, report.board, one.path), cells, one.amount)


def _money(amount: Decimal, currency: str) -> str:
    return format_money(Money(amount, currency))


def _value(amount: Decimal | None, currency: str) -> str:
    return NOTHING if amount is None else _money(amount, currency)
