"""Reads the waivers of a board and takes out the findings that they cover."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from kanban.lint.facts.boardlines import line_in_board
from kanban.lint.finding import Finding
from kanban.lint.rule import CARD
from kanban.lint.selection import fits, rule_named
from kanban.lint.waivers.audit import Waiver
from kanban.lint.waivers.comments import KEY
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.settings.board_yml import BOARD_FILE
from kanban.model.text.cardfile import RawField

_FORM = re.compile(
    r"(?P<rule>[A-Za-z][\w-]*)\s+(?:until|jusqu['’]au)\s+(?P<until>\S+?)\s*:\s*(?P<reason>\S.*)", re.DOTALL
)
_NAME = re.compile(r"\s*([A-Za-z][\w-]*)")


def waivers_of(board: Board) -> tuple[Waiver, ...]:
    """All waivers, those of `board.yml` first."""
    declared = []
    for at, one in enumerate(board.config.lint.waivers):
        line, column = line_in_board(board, "lint", "waivers", at)
        rule = rule_named(one.rule)
        code, fault = (rule.code, "") if rule else ("", "unknown-rule")
        fault = "not-allowed" if rule and rule.binding else fault
        declared.append(
            Waiver(BOARD_FILE, line, column, one.rule, one.rule, code, one.card, one.path, one.until, fault)
        )
    return (*declared, *(waiver for card in board.cards for waiver in _on_card(card)))


def apply_waivers(
    findings: Iterable[Finding], waivers: tuple[Waiver, ...], today: date
) -> tuple[list[Finding], frozenset[int]]:
    """The findings that no waiver in force covers, and the places in `waivers` of those that covered one."""
    in_force = [(at, one) for at, one in enumerate(waivers) if not one.fault and not one.expired(today)]
    kept: list[Finding] = []
    used: set[int] = set()
    for finding in findings:
        covering = [at for at, one in in_force if covers(one, finding)]
        used.update(covering)
        if not covering:
            kept.append(finding)
    return kept, frozenset(used)


def covers(waiver: Waiver, finding: Finding) -> bool:
    """Whether a waiver is about a finding, its day aside."""
    if waiver.code != finding.code or (waiver.card and waiver.card != finding.card):
        return False
    return not waiver.pattern or any(fits(place, waiver.pattern) for place in finding.hit.places)


def _on_card(card: Card) -> Iterator[Waiver]:
    raw = card.raw.get(KEY) if card.mentions(KEY) else None  # of a card that does not, nothing is read
    for at, text in enumerate(raw.texts if raw is not None else ()):
        line, column = _place(raw, at) if raw is not None else (1, 1)
        yield _read(card, text, line, column)


def _place(raw: RawField, at: int) -> tuple[int, int]:
    return (raw.items[at].line, raw.items[at].column) if at < len(raw.items) else (raw.line, raw.column)


def _read(card: Card, text: str, line: int, column: int) -> Waiver:
    found = _FORM.fullmatch(text.replace("\u00a0", " ").replace("\u202f", " ").strip())
    first = _NAME.match(text)
    name = found["rule"] if found else first[1] if first else ""
    until = _day(found["until"]) if found else None
    rule = rule_named(name)
    if until is None:
        fault = "malformed"
    elif rule is None:
        fault = "unknown-rule"
    else:
        fault = "" if rule.waivable == CARD else "not-allowed"
    return Waiver(card.path, line, column, text, name, rule.code if rule else "", card.id, "", until, fault)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
