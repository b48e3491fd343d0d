"""What the pages are made of, asked without a page: closed cards, the box of Little's law, an empty column."""

from datetime import date

import pytest

from kanban.metrics.base.clocks import Clocks
from kanban.metrics.base.window import Window
from kanban.metrics.flow.little import Little
from kanban.render.views.cards.closed_cards import rail
from kanban.render.views.figures.numbers import law_box
from kanban.render.views.wall.columns import column_view
from tests.boards import FIVE_COLUMNS, TODAY, board_of, card_text
from tests.metrics.telling import reported

BROKEN = b"---\naccount: ACME\naccount: Twice\n---\n"

CLOSED = [
    # path, card | what the line notes, and its style
    ("nurturing/a.md", card_text(parked_until="2026-11-02"), "2 Nov", "parked"),
    ("nurturing/a.md", card_text(), "", "parked"),
    ("nurturing/a.md", BROKEN, "line 3", "parked unreadable"),
    ("perdu/a.md", card_text(lost_reason="price", parked_until="2026-11-02"), "price", "lost"),
    ("perdu/a.md", card_text(), "no reason", "lost"),
    ("gagne/a.md", card_text(amount="28000", parked_until="2026-11-02"), "€28k", "won"),
    ("gagne/a.md", BROKEN, "line 3", "won unreadable"),
]


@pytest.mark.parametrize(("path", "card", "note", "css"), CLOSED)
def test_a_closed_card_in_one_line(path: str, card: bytes, note: str, css: str) -> None:
    (line,) = (line for group in rail(board_of({path: card}), {}, TODAY).groups for line in group.cards)
    assert (line.note, line.css) == (note, css)


LAWS = [
    # WIP, exits a day, cycle time, what fails | the light of the box, None without one
    ((12.0, 0.5, 24.0, ()), "green"),
    ((12.0, 0.5, 24.0, ("wip-drifts",)), "none"),
    ((None, 0.5, 24.0, ()), None),
    ((12.0, None, 24.0, ()), None),
    ((12.0, 0.5, None, ()), None),
    ((None, None, None, ("too-few-exits",)), None),
]


@pytest.mark.parametrize(("measured", "light"), LAWS)
def test_the_law_is_told_where_all_three_were_measured(
    measured: tuple[float | None, float | None, float | None, tuple[str, ...]], light: str | None
) -> None:
    report = reported({"a": "p01-06 w02-03"}, "03-31")
    report.__dict__["little"] = Little(Window(date(2025, 3, 31), date(2025, 1, 6)), *measured)
    box = law_box(report)
    assert (box.light if box else None) == light
    if box is not None:
        assert len(box.failed) == len(measured[3])
        assert "12 cards in progress ≈ 0.5 leaving a day × 24 days" in box.sentence.replace("\xa0", " ")
        assert ("1 to 1" in box.verdict) == (light == "green")


def test_an_empty_column_names_the_card_that_next_would_pull() -> None:
    cards = {
        "qualifies/blocked.md": card_text(account="A", blocked_cause="law"),
        "qualifies/short.md": card_text(account="B"),
        "qualifies/long.md": card_text(account="C"),
    }
    board = board_of(cards)
    clocks = {name: Clocks(9, days, 1) for name, days in (("blocked", 9), ("short", 1), ("long", 5))}
    (offre,) = (column for column in board.config.columns if column.key == "offre")
    assert column_view(board, offre, clocks, TODAY, {}).empty.label == "C"
    first = column_view(board_of({}, FIVE_COLUMNS), board.config.columns[0], {}, TODAY, {}).empty
    assert "kanban new" in first.text
