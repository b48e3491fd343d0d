"""One section of the report each: from plain values to rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import PurePosixPath
from shlex import quote

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_days, format_list, format_money
from kanban.lint.report.markdown import SIGNS
from kanban.metrics.base.periods import period_name
from kanban.model.typed.values import Money
from kanban.paper.page import Row, Section, Sentence, rows_of, short
from kanban.review.report import Balance, FieldEdit, Found, Moved, Placed, QuarterLine, Report, Room, Shifted, StandsOut
from kanban.review.verdict import signed
from kanban.review.web import Web

ROWS = 10
"""More rows than these are folded, or told as one."""
_SAME = 5
"""More findings of one rule than these are told as one."""
_NOTHING = "–"


def line(text: str) -> Row:
    """A row of one text."""
    return Row((text,))


def errors(report: Report, web: Web) -> Section:
    """What keeps the change from being merged, with cures: all that the linter finds, steps included."""
    grave = tuple(one for one in report.findings_new if one.severity == "error")
    rows = _grouped(report, grave, web)
    title = _("To settle first")
    return Section("errors", title, head=_finding_head(), rows=rows[:ROWS], left_out=len(rows[ROWS:]), sums=True)


def warnings(report: Report, web: Web) -> Section:
    """What else is new."""
    mild = tuple(one for one in report.findings_new if one.severity != "error")
    return Section("findings-new", _("New warnings"), head=_finding_head(), rows=_grouped(report, mild, web))


def _finding_head() -> tuple[str, ...]:
    return ("", _("Place"), _("Rule"), _("Finding"), _("Cure"))


def _grouped(report: Report, findings: tuple[Found, ...], web: Web) -> tuple[Row, ...]:
    by_code: dict[str, list[Found]] = defaultdict(list)
    for one in findings:
        by_code[one.code].append(one)
    rows = []
    for found in by_code.values():
        if len(found) <= _SAME:
            rows += [_finding(report, one, web) for one in found]
        else:
            cards = ngettext("in {count} place", "in {count} places", len(found)).format(count=len(found))
            first = _("{message}, and so on").format(message=found[0].message)
            cells = (SIGNS.get(found[0].severity, ""), cards, found[0].code, short(first))
            rows.append(Row((*cells, Sentence(found[0].cure)), Decimal(len(found))))
    return tuple(rows)


def _finding(report: Report, one: Found, web: Web) -> Row:
    grave = {"error": 2, "warning": 1}
    place = web.file(f"{one.path}:{one.line}", report.board, one.path, one.line)
    cells = (SIGNS.get(one.severity, ""), place, short(one.code), short(one.message), Sentence(one.cure))
    return Row(cells, Decimal(grave.get(one.severity, 0)))


def conflicts(report: Report, web: Web) -> Section:
    """The files that a merge would tear, each with the command that settles it."""
    rows = []
    for path in report.conflicts:
        card = PurePosixPath(path).stem
        cure = _("`git merge {base}`, then `kanban resolve {card}`").format(base=report.base.name, card=quote(card))
        if path.rpartition("/")[2] == "board.yml" or not path.endswith(".md"):
            cure = _("`git merge {base}`, then settle it in an editor").format(base=report.base.name)
        rows.append(Row((web.file(path, report.board, path), Sentence(short(cure)))))
    head = (_("A merge would conflict in"), _("Cure"))
    return Section("conflicts", _("Conflicts"), head=head, rows=tuple(rows))


def outliers(report: Report, web: Web) -> Section:
    """What stands out among the edits."""
    rows = tuple(Row((_stands_out(report, one, web), short(one.title), _why(one))) for one in report.outliers)
    head = (_("Card"), _("Customer"), _("What stands out"))
    return Section("outliers", _("Look twice"), head=head, rows=rows)


def _stands_out(report: Report, one: StandsOut, web: Web) -> str:
    if not one.card:
        return ngettext("{count} card", "{count} cards", one.count).format(count=one.count)
    return web.file(one.card, report.board, one.path)


def _why(one: StandsOut) -> str:
    texts = {
        "tenfold": _("{field} is ten times what it was, or more: {old} → {new}"),
        "tenth": _("{field} is a tenth of what it was, or less: {old} → {new}"),
        "unusual": _("{field} is larger than any open deal by far: {new}"),
        "rewritten": _("{field} of a closed deal is rewritten: {old} → {new}"),
        "mass": _("{field} is changed on many cards: mostly {new}")
        if one.new
        else _("{field} is changed on many cards"),
    }
    text = texts.get(one.kind, "{field}: {old} → {new}")
    return short(text.format(field=one.label, old=one.old or _NOTHING, new=one.new or _NOTHING))


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
    """The open pipeline from before to after."""
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

    rows = tuple(Row(cells(one), abs(one.end - one.start)) for one in report.bridges)
    return Section("bridge", _("Value of the open pipeline"), head=tuple(head), rows=rows, sums=True)


def revenue(report: Report) -> Section:
    """Won deals from before to after: new wins, and what was rewritten."""
    head = ("", _("start"), _("won"), _("corrected"), _("taken back"), _("end"))
    rows = tuple(
        Row(
            (
                one.currency,
                _money(one.start, one.currency),
                signed(one.won, one.currency),
                signed(one.corrected, one.currency),
                signed(-one.taken_back, one.currency),
                _money(one.end, one.currency),
            )
        )
        for one in report.revenue
    )
    return Section("revenue", _("Value of what is won"), head=head, rows=rows, sums=True)


def quarters(report: Report) -> Section:
    """What each quarter holds: won, and expected of the open deals; beside the quota where there is one."""
    quota = (_("Quota"),) if any(one.quota is not None for one in report.quarters) else ()
    head = (_("Quarter"), *quota, _("Won"), _("Expected (amount × probability)"), _("Together"))
    rows = []
    for one in report.quarters:
        said = (_quota(one),) if quota else ()
        won = _changed(one.won_before, one.won_after, one.currency)
        expected = _changed(one.open_before, one.open_after, one.currency)
        together = _changed(one.won_before + one.open_before, one.won_after + one.open_after, one.currency)
        rows.append(Row((period_name(one.key), *said, won, expected, together)))
    return Section("quarters", _("By quarter"), head=head, rows=tuple(rows), sums=True)


def _quota(one: QuarterLine) -> str:
    now = _value(one.quota, one.currency)
    return now if one.quota_before in (None, one.quota) else f"{_value(one.quota_before, one.currency)} → {now}"


def _changed(before: Decimal, after: Decimal, currency: str) -> str:
    change = after - before
    return _money(after, currency) + (f" ({signed(change, currency)})" if change else "")


def shifts(report: Report, web: Web) -> Section:
    """The deals that go to another quarter."""
    head = (_("Card"), _("Customer"), _("Whose"), _("From"), _("To"), "", _("Amount"))
    rows = [_shift(report, one, web) for one in report.shifts]
    return _without_empty(Section("shifts", _("Pushed out and pulled in"), head=head, rows=tuple(rows)))


def _shift(report: Report, one: Shifted, web: Web) -> Row:
    way = _("pushed out") if one.later else _("pulled in")
    places = [f"{period_name(quarter)} ({day})" for quarter, day in ((one.source, one.old), (one.target, one.new))]
    cells = (one.title, one.owner, *places, way, _value(one.amount, one.currency))
    return _row(web.file(one.card, report.board, one.path), cells, one.amount)


def moves(report: Report, web: Web) -> Section:
    """The cards that changed column: wins and losses first."""
    head = (_("Card"), _("Customer"), _("Whose"), _("From"), _("To"), _("Days there"), _("Amount"), _("Why"))
    ranks = {"won": 0, "lost": 1, "parked": 2}
    ranked = sorted(report.moves, key=lambda one: (ranks.get(one.kind, 3), -(one.amount or Decimal(0)), one.card))
    rows = [_move(report, one, web) for one in ranked]
    return _without_empty(Section("moves", _("Moves"), head=head, rows=tuple(rows)))


def _move(report: Report, one: Moved, web: Web) -> Row:
    days = _NOTHING if one.days is None else format_days(one.days)
    places = (one.source_title, one.target_title)
    cells = (one.title, one.owner, *places, days, _value(one.amount, one.currency), one.reason)
    return _row(web.file(one.card, report.board, one.path), cells, one.amount)


def _row(name: str, cells: tuple[str, ...], amount: Decimal | None) -> Row:
    return Row((name, *map(short, cells)), amount or Decimal(0))


def _without_empty(section: Section) -> Section:
    """The table without the columns in which no row says anything."""
    kept = [at for at in range(len(section.head)) if any(row.cells[at] for row in section.rows)]
    rows = tuple(replace(row, cells=tuple(row.cells[at] for at in kept)) for row in section.rows)
    return replace(section, head=tuple(section.head[at] for at in kept), rows=rows)


def placed(key: str, title: str, cards: tuple[Placed, ...], report: Report, web: Web) -> Section:
    """Cards that came or went; of many, one line a column."""
    if len(cards) > ROWS:
        return Section(key, title, rows=tuple(map(line, _by_column(cards))), sums=True)
    return _without_empty(_placed(key, title, cards, report, web))


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
    head = (_("Card"), _("Customer"), _("Whose"), _("Column"), _("Amount"))
    rows = [
        _row(
            web.file(one.card, report.board, one.path),
            (one.title, one.owner, one.column_title, _value(one.amount, one.currency)),
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
    return Section("wip", _("WIP limits"), head=head, rows=rows)


def _room(one: Room, merging: bool) -> tuple[str, ...]:
    limit = _NOTHING if one.limit is None else str(one.limit)
    if one.limit != one.limit_base:
        limit = f"{_NOTHING if one.limit_base is None else one.limit_base} → {limit}"
    merged = (_NOTHING if one.merged is None else str(one.merged),) if merging else ()
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
                _money(one.won, one.currency) if one.won else _NOTHING,
            ),
            abs(one.after - one.before),
        )
        for one in report.owners
    )
    return Section("owners", _("By owner"), head=head, rows=rows)


def policy(report: Report) -> Section:
    """What the change does to the rules it is judged by."""
    rows = rows_of([(line.sign, short(line.text)) for line in report.policy])
    return Section("policy", _("Rules of the board that change (board.yml)"), head=("", _("Line")), rows=rows)


def renamed(report: Report, web: Web) -> Section:
    """The cards whose file has another name."""
    rows = tuple(Row((web.file(one.card, report.board, one.path), short(one.old))) for one in report.renamed)
    return Section("renamed", _("Renamed"), head=(_("Card"), _("Formerly")), rows=rows)


def waivers(report: Report) -> Section:
    """The waivers that were not there before."""
    head = (_("Rule"), _("For"), _("Until"), _("As written"))
    rows = rows_of(
        [tuple(map(short, (one.rule, one.place, one.until or _NOTHING, one.text))) for one in report.waivers]
    )
    return Section("waivers", _("Waivers added"), head=head, rows=rows)


def details(report: Report, web: Web) -> Iterator[Section]:
    """What is there for who asks: every field, every new card of many, what was cured, edited notes."""
    yield _detail("fields", _("Fields"), _field_head(), [_field(report, one, web) for one in report.fields])
    for key, title, cards in (
        ("new-cards", _("New cards, one by one"), report.added),
        ("removed-cards", _("Removed cards, one by one"), report.removed),
    ):
        if len(cards) > ROWS:
            each = _without_empty(_placed(key, title, cards, report, web))
            yield replace(each, folded=True, detail=True)
    cured = [_finding(report, one, web) for one in report.findings_fixed]
    yield _detail("findings-fixed", _("Findings cured"), _finding_head(), cured)
    notes = [
        _row(web.file(one.card, report.board, one.path), (one.title, f"+{one.added} −{one.removed}"), None)
        for one in report.notes
    ]
    yield _detail("notes", _("Notes only"), (_("Card"), _("Customer"), _("Lines")), notes)


def _detail(key: str, title: str, head: tuple[str, ...], rows: list[Row]) -> Section:
    return Section(key, title, head=head, rows=tuple(rows), folded=True, detail=True)


def _field_head() -> tuple[str, ...]:
    return (_("Card"), _("Customer"), _("Field"), _("Before"), _("After"))


def _field(report: Report, one: FieldEdit, web: Web) -> Row:
    cells = (one.title, one.label, one.old or _NOTHING, one.new or _NOTHING)
    return _row(web.file(one.card, report.board, one.path), cells, one.amount)


def _money(amount: Decimal, currency: str) -> str:
    return format_money(Money(amount, currency))


def _value(amount: Decimal | None, currency: str) -> str:
    return _NOTHING if amount is None else _money(amount, currency)
