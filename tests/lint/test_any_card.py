"""Whatever stands in a card, every rule gives an answer, the same one twice, and every fix leaves a readable card."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban.lint.engine import Report, lint
from kanban.lint.fixes import changes_of
from kanban.lint.report import FORMATS, written
from kanban.lint.report.view import View
from kanban.lint.rule import LintContext
from kanban.lint.rules.file.hidden_character import without_hidden
from kanban.lint.steps.step import Step
from kanban.metrics.clock_days import Clocks
from kanban.model.cards.assembly import read_board
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.fields import CARD_FIELDS
from kanban.model.history.events import History
from kanban.model.presets import preset_text
from kanban.model.text.cardfile import parse_document

TODAY = date(2026, 10, 5)
COLUMNS = ("prospects", "qualified", "meeting", "offer", "negotiation", "won", "lost", "nurturing")
KEYS = st.sampled_from([field.key for field in CARD_FIELDS] + ["status", "owmer", "next action", "é"])
DAYS = st.dates(TODAY - timedelta(days=90), TODAY + timedelta(days=90)).map(date.isoformat)
VALUES = st.one_of(
    st.text(max_size=30),
    DAYS,
    st.sampled_from(
        ["28 k€", "€ 28.000", "100 %", "expedite", "partner", "fixed-date", "TBD", "[a, b, c, d]", "price"]
    ),
    st.sampled_from(["12 Oct 10:00", "KB501", '["KB501 until 2026-12-31: x"]', "FR14 2004 1010 0505 0001 3M02 606"]),
)
FIELDS = st.dictionaries(KEYS, VALUES, max_size=8)
BODIES = st.one_of(
    st.just(""), st.text(max_size=60), st.just("## Notes\n\n### 2026-10-01\n\n- a\n- b\n- c\n- d\n[[x]]\n")
)


@st.composite
def cards(draw: st.DrawFn) -> bytes:
    if draw(st.booleans()) and draw(st.booleans()):
        return draw(st.binary(max_size=80))
    lines = [f"{key}: {value}" for key, value in draw(FIELDS).items()]
    text = "\n".join(["---", *lines, "---", draw(BODIES)])
    return text.encode("utf-8", "surrogatepass")


def context_of(files: dict[str, bytes]) -> LintContext:
    """Every rule gets what it needs."""
    board_file = BoardFile("board.yml", preset_text("b2b", "en").encode())
    board = read_board([board_file, *(BoardFile(path, data) for path, data in files.items())], anchor=TODAY)
    clocks = {card.id: Clocks(40, 25, 40) for card in board.cards}
    steps = tuple(Step(card.id, "offer", card.column, TODAY, "c", "moved") for card in board.cards)
    return LintContext(board, TODAY, clocks, History(()), {}, board, steps=steps)


def checked(files: dict[str, bytes]) -> tuple[LintContext, Report]:
    context = context_of(files)
    report = lint(context)
    assert not report.skipped
    return context, report


@settings(max_examples=20, deadline=None)
@given(
    st.dictionaries(st.sampled_from([f"{column}/acme-{n}.md" for n, column in enumerate(COLUMNS)]), cards(), max_size=4)
)
def test_any_card_gets_an_answer_in_every_format(files: dict[str, bytes]) -> None:
    context, report = checked(files)
    assert written(View(report, TODAY), "jsonl") == written(View(checked(files)[1], TODAY), "jsonl")
    assert len({one.fingerprint for one in report.findings}) == len(report.findings)
    texts = {card.path: card.text for card in context.board.cards}
    for name in FORMATS:
        written(View(report, TODAY, sources=texts), name).encode("utf-8")


def words(data: bytes) -> list[str]:
    """The words of a card's notes, invisible characters and the targets of links aside."""
    body = parse_document(without_hidden(data) or b"").body
    return re.sub(r"\[\[[^\]]*\]\]", "", body).split()


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(COLUMNS), cards())
def test_a_fix_never_makes_a_readable_card_unreadable(column: str, data: bytes) -> None:
    path = f"{column}/acme.md"
    _context, report = checked({path: data})
    changes = changes_of(report.findings, {path: data}.get, unsafe=True)
    fixed = changes.files.get(path)
    if fixed is not None and parse_document(data).readable:
        assert parse_document(fixed).readable
        assert words(fixed) == words(data)


@pytest.mark.parametrize("unit", ["a", "a.", " ", "# ", "a@", "06 ", "4111 ", "](", "`", "FR76 "])
def test_a_card_of_one_endless_line_is_checked_in_one_go(unit: str) -> None:
    """A pattern that tries such a line at each of its characters takes hours."""
    endless = unit * (240_000 // len(unit)) + "!"
    checked({"prospects/title.md": f"---\naccount: A\n---\n# {endless}\n".encode()})
