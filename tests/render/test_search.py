"""The search index as data, and the pages of people: who has one, and how one does without."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kanban.render.feeds.search import AVERAGE, _longest
from kanban.render.site import build
from kanban.render.site_input import Material
from tests.boards import FIVE_COLUMNS, TODAY, board_of, card_text

CARDS = {
    "prospects/a.md": card_text("## Notes\n\n- besoin *SSO*\n", contact="M. Dubois", owner="Zoé", amount="12 k€"),
    "perdu/b.md": card_text("Trop cher.\n", account="Beta", owner="Zoë"),
}


def rows(files: dict[str, bytes]) -> list[list[str]]:
    text = files["search-index.js"].decode()
    found: list[list[str]] = json.loads("[" + text.removeprefix("kanbanSearch(").removesuffix(");\n") + "]")[0]
    return found


def built(config: str = FIVE_COLUMNS, **changes: Any) -> dict[str, bytes]:
    return build(Material(board_of(CARDS, config), TODAY, **changes))


def test_a_row_has_the_words_of_a_card_and_no_figures() -> None:
    first, *_rest = rows(built())
    assert first == ["cards/a.html", "ACME", "Prospects", "Zoé", "appeler\nM. Dubois\nNotes\nbesoin *SSO"]


def test_open_cards_come_first_and_closed_ones_are_there() -> None:
    assert [row[0] for row in rows(built())][:2] == ["cards/a.html", "cards/b.html"]


CUTS = [([10, 10, 10], 10), ([100, 700, 5000], 1000), ([5000], AVERAGE), ([], 0)]


@pytest.mark.parametrize(("lengths", "longest"), CUTS)
def test_the_longest_give_way_first(lengths: list[int], longest: int) -> None:
    assert _longest(lengths) == longest
    assert sum(min(length, longest) for length in lengths) <= AVERAGE * len(lengths)


def test_owners_of_open_cards_have_a_page_unless_the_board_says_no() -> None:
    assert [name for name in built() if name.startswith("people/")] == ["people/index.html", "people/zoe-d92562a3.html"]
    without = built(FIVE_COLUMNS + "site: {people: no}\n")
    assert not [name for name in without if name.startswith("people/")]
    assert not [row for row in rows(without) if row[0].startswith("people/")]


def test_everybody_s_site_has_no_page_of_people_and_finds_nobody() -> None:
    files = built(FIVE_COLUMNS + "site: {public_fields: [next_action, owner]}\n", audience="public")
    assert not [name for name in files if name.startswith("people/")]
    assert "Dubois" not in files["search-index.js"].decode()
    assert "SSO" not in files["search-index.js"].decode()
