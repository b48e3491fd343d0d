"""What a reviewer settles or looks at before anything else: findings, conflicts, what stands out, changed rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import PurePosixPath
from shlex import quote

from kanban.i18n import _, ngettext
from kanban.lint.report.markdown import SIGNS
from kanban.paper.page import Row, Section, Sentence, rows_of, short
from kanban.review.report import Found, Report, StandsOut
from kanban.review.tables import NOTHING, ROWS, customer, without_empty
from kanban.review.web import Web

_SAME = 5
"""More findings of one rule than these are told as one."""


def unjudged(report: Report) -> Section:
    """That nobody has looked at the steps of the change, and what makes it possible."""
    rows = (Row((Sentence(f"⚠ {report.unjudged}"),)),) if report.unjudged else ()
    return Section("unjudged", rows=rows, sums=True)


def errors(report: Report, web: Web) -> Section:
    """What keeps the change from being merged, with cures: all that the linter finds, steps included."""
    grave = tuple(one for one in report.findings_new if one.severity == "error")
    rows = _grouped(report, grave, web)
    return Section("errors", _("To settle first"), rows=rows[:ROWS], left_out=len(rows[ROWS:]), sums=True)


def warnings(report: Report, web: Web) -> Section:
    """What else is new."""
    mild = tuple(one for one in report.findings_new if one.severity != "error")
    return Section("findings-new", _("New warnings"), rows=_grouped(report, mild, web))


def _grouped(report: Report, findings: tuple[Found, ...], web: Web) -> tuple[Row, ...]:
    by_code: dict[str, list[Found]] = defaultdict(list)
    for one in findings:
        by_code[one.code].append(one)
    rows = []
    for found in by_code.values():
        if len(found) <= _SAME:
            rows += [_finding(report, one, web) for one in found]
        else:
            rows.append(_finding(report, found[0], web, len(found) - 1))
    return tuple(rows)


def _finding(report: Report, one: Found, web: Web, others: int = 0) -> Row:
    """What is wrong and what cures it before where it is: a list, since a phone shows the left of a table alone."""
    grave = {"error": 2, "warning": 1}
    gone = any(one.path == card.path for card in report.removed)
    place = (Web() if gone else web).file(f"{one.path}:{one.line}", report.board, one.path, one.line)
    more = ngettext("and {count} more", "and {count} more", others).format(count=others)
    said = (f"{SIGNS.get(one.severity, '')} {short(one.message)}", "→", Sentence(one.cure), "·", place)
    ends = (*((more,) if others else ()), "·", short(one.code))
    return Row((*said, *ends), Decimal(others + grave.get(one.severity, 0)))


def cured(report: Report) -> Section:
    """What the change has settled: where it stood, which the newer side need not have any more."""
    rows = tuple(_finding(report, one, Web()) for one in report.findings_fixed)
    return Section("findings-fixed", _("Findings cured"), rows=rows, folded=True, detail=True)


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
    rows = tuple(
        Row((_stands_out(report, one, web), _why(one), short(customer(one.card, one.title)))) for one in report.outliers
    )
    head = (_("Card"), _("What stands out"), _("Customer"))
    return without_empty(Section("outliers", _("Look twice"), head=head, rows=rows))


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
    return short(text.format(field=one.label, old=one.old or NOTHING, new=one.new or NOTHING))


def policy(report: Report) -> Iterator[Section]:
    """What the change does to the rules it is judged by: what it loosens in words, then the lines; many are folded."""
    rows = rows_of([(f"⚠ {short(one.text)}",) for one in report.policy if one.sign == "!"])
    differing = [f"{one.sign} {short(one.text)}" for one in report.policy if one.sign != "!"]
    title, text = _("Rules of the board that change (board.yml)"), "\n".join(differing)
    if len(differing) <= ROWS:
        yield Section("policy", title, rows=rows, text=text, sums=True)
        return
    count = ngettext("{count} line differs", "{count} lines differ", len(differing)).format(count=len(differing))
    yield Section("policy", title, rows=(*rows, Row((count,))), sums=True)
    yield Section("policy-lines", _("Lines of board.yml that differ"), text=text, folded=True, detail=True)
