"""Tells a report: the verdict in a line, then a section for each thing that a reviewer asks."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_days, format_list, format_money
from kanban.lint.report.markdown import SIGNS
from kanban.model.typed.values import Money
from kanban.paper.page import Page, Row, Section, Sentence, rows_of, short
from kanban.review.report import Balance, Found, Moved, Placed, Report, Room
from kanban.review.verdict import signed, verdict

_NOTHING = "–"
MARKER = "kanban-diff"


def page_of(report: Report) -> Page:
    """The page of a report, complete."""
    source = _("{base} → {head}, as of {day}").format(
        base=_side(report.base.name, report.base.commit),
        head=_side(report.head.name, report.head.commit),
        day=report.as_of,
    )
    sections = () if report.is_empty else tuple(section for section in _sections(report) if section.rows)
    return Page(_("Pipeline change"), "", sections, verdict(report), foot=short(source), marker=marker_of(report.board))


def marker_of(board: str) -> str:
    """What finds the comment again. One comment a board: a repository may hold several."""
    return MARKER + (f": {board.replace('-', '_')}" if board else "")


def _side(name: str, commit: str) -> str:
    if not commit or commit.startswith(name):
        return name
    return f"{short(name)} ({commit[:10]})"


def _sections(report: Report) -> Iterator[Section]:
    yield _warnings(report)
    yield _policy(report)
    yield _bridge(report)
    yield Section("moves", _("Moves"), head=_move_head(), rows=tuple(map(_move, report.moves)))
    yield Section("new", _("New cards"), head=_placed_head(), rows=tuple(map(_placed, report.added)))
    yield Section("removed", _("Removed cards"), head=_placed_head(), rows=tuple(map(_placed, report.removed)))
    yield _wip(report)
    yield _findings("findings-new", _("New findings"), report.findings_new)
    yield _waivers(report)
    yield _fields(report)
    yield _findings("findings-fixed", _("Findings cured"), report.findings_fixed, detail=True)
    yield _notes(report)


def _warnings(report: Report) -> Section:
    lines = []
    for text, ids in (
        (_("A merge would conflict in: {names}"), report.conflicts),
        (_("More than one file claims these cards, so they cannot be compared: {names}"), report.unpaired),
        (_("No readable amount, counted as zero: {names}"), report.without_amount),
        (_("Changed, and the next action is overdue: {names}"), report.overdue),
    ):
        if ids:
            lines.append((text.format(names=_names(ids)),))
    return Section("warnings", _("Worth knowing"), rows=rows_of(lines), sums=True)


def _names(ids: tuple[str, ...]) -> str:
    shown = [short(name) for name in ids[:10]]
    rest = len(ids) - len(shown)
    if rest:
        shown.append(ngettext("{count} more", "{count} more", rest).format(count=rest))
    return format_list(shown)


def _bridge(report: Report) -> Section:
    names = (
        ("new", _("new"), 1),
        ("reopened", _("reopened"), 1),
        ("increased", _("increased"), 1),
        ("decreased", _("decreased"), -1),
        ("won", _("won"), -1),
        ("lost", _("lost"), -1),
        ("parked", _("parked"), -1),
        ("removed", _("removed"), -1),
    )
    used = [row for row in names if any(getattr(one, row[0]) for one in report.bridges)]
    head = ["", _("start"), *(label for _key, label, _sign in used), _("end"), _("weighted")]

    def cells(one: Balance) -> tuple[str, ...]:
        steps = [signed(sign * getattr(one, key), one.currency) for key, _label, sign in used]
        change = one.weighted_end - one.weighted_start
        weighted = _money(one.weighted_end, one.currency) + (f" ({signed(change, one.currency)})" if change else "")
        return (one.currency, _money(one.start, one.currency), *steps, _money(one.end, one.currency), weighted)

    rows = tuple(Row(cells(one), abs(one.end - one.start)) for one in report.bridges)
    return Section("bridge", _("Value of the open pipeline"), head=tuple(head), rows=rows, sums=True)


def _money(amount: Decimal, currency: str) -> str:
    return format_money(Money(amount, currency))


def _value(amount: Decimal | None, currency: str) -> str:
    return _NOTHING if amount is None else _money(amount, currency)


def _move_head() -> tuple[str, ...]:
    return (_("Card"), _("Customer"), _("From"), _("To"), _("Days there"), _("Amount"))


def _move(one: Moved) -> Row:
    days = _NOTHING if one.days is None else format_days(one.days)
    value = _value(one.amount, one.currency)
    cells = (one.card, one.title, one.source_title, one.target_title, days, value)
    return Row(tuple(map(short, cells)), one.amount or Decimal(0))


def _placed_head() -> tuple[str, ...]:
    return (_("Card"), _("Customer"), _("Column"), _("Amount"))


def _placed(one: Placed) -> Row:
    cells = (one.card, one.title, one.column_title, _value(one.amount, one.currency))
    return Row(tuple(map(short, cells)), one.amount or Decimal(0))


def _wip(report: Report) -> Section:
    merging = any(one.merged is not None for one in report.wip)
    merged = (_("after the merge"),) if merging else ()
    head = (_("Limit"), _("allowed"), _("before"), _("after"), *merged, "")
    rows = tuple(Row(tuple(map(short, _room(one, merging))), Decimal(one.breached)) for one in report.wip)
    return Section("wip", _("WIP limits"), head=head, rows=rows, sums=True)


def _room(one: Room, merging: bool) -> tuple[str, ...]:
    limit = _NOTHING if one.limit is None else str(one.limit)
    if one.limit != one.limit_base:
        limit = f"{_NOTHING if one.limit_base is None else one.limit_base} → {limit}"
    merged = (_NOTHING if one.merged is None else str(one.merged),) if merging else ()
    state = _("too many because of this change") if one.breached else _("too many") if one.exceeded else ""
    return (one.title, limit, str(one.base), str(one.head), *merged, ("🔴 " if one.breached else "") + state)


def _findings(key: str, title: str, findings: tuple[Found, ...], *, detail: bool = False) -> Section:
    head = ("", _("Place"), _("Rule"), _("Finding"), _("Cure"))
    grave = {"error": 2, "warning": 1}
    rows = tuple(Row(_finding(one), Decimal(grave.get(one.severity, 0))) for one in findings)
    return Section(key, title, head=head, rows=rows, folded=detail, detail=detail)


def _finding(one: Found) -> tuple[str, ...]:
    place = f"{one.path}:{one.line}"
    said = (SIGNS.get(one.severity, ""), place, one.code, one.message)
    return (*map(short, said), Sentence(short(one.cure)))


def _policy(report: Report) -> Section:
    rows = rows_of([(line.sign, short(line.text)) for line in report.policy])
    return Section("policy", _("Rules of the board that change (board.yml)"), head=("", _("Line")), rows=rows)


def _waivers(report: Report) -> Section:
    head = (_("Rule"), _("For"), _("Until"), _("As written"))
    rows = rows_of(
        [tuple(map(short, (one.rule, one.place, one.until or _NOTHING, one.text))) for one in report.waivers]
    )
    return Section("waivers", _("Waivers added"), head=head, rows=rows)


def _fields(report: Report) -> Section:
    head = (_("Card"), _("Customer"), _("Field"), _("Before"), _("After"))
    rows = tuple(
        Row(
            tuple(map(short, (one.card, one.title, one.label, one.old or _NOTHING, one.new or _NOTHING))),
            one.amount or Decimal(0),
        )
        for one in report.fields
    )
    return Section("fields", _("Fields"), head=head, rows=rows, folded=True, detail=True)


def _notes(report: Report) -> Section:
    head = (_("Card"), _("Customer"), _("Lines"))
    rows = rows_of([(short(one.card), short(one.title), f"+{one.added} −{one.removed}") for one in report.notes])
    return Section("notes", _("Notes only"), head=head, rows=rows, folded=True, detail=True)
