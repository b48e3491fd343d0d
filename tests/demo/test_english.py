"""The demonstration in English: the same story in other words, with no French left."""

from __future__ import annotations

import re
from datetime import date

import pytest

from kanban.demo.english import in_english
from kanban.demo.plan import PlannedCommit
from kanban.demo.story import plan_demo
from kanban.folder.example import example_board
from kanban.model.cards.assembly import read_board
from kanban.model.cards.boardfile import BoardFile
from tests.demo.replay import trees

FRENCH = re.compile(
    r"[àâçèêîïôûœ«»]|\b(?:de|du|des|le|la|les|une|et|pour|avec|sans|pas|sur|dans|est|au|aux|relance|appel|appeler|"
    r"lundi|mardi|mercredi|jeudi|vendredi|recommandation|partenaire|salon|qualifies|rdv|offre|negociation|gagne|perdu)\b|"
    r"\d[  ]€|k€|\d[  ]%",
    re.IGNORECASE,
)
NAMES = re.compile("Zoé|Inès|Léa|Guérin|Prévost|De Rosa|Da Silva")


@pytest.mark.parametrize(
    ("day", "weeks", "seed"), [(date(2026, 10, 5), 26, 2), (date(2027, 2, 11), 30, 7), (date(2026, 3, 4), 16, 11)]
)
def test_no_french_is_left(day: date, weeks: int, seed: int) -> None:
    texts = set()
    for commit in in_english(plan_demo(example_board(), day, weeks=weeks, seed=seed)):
        texts |= set(commit.message.splitlines())
        for path, data in commit.changes:
            texts |= {path, *(data or b"").decode().splitlines()}
    left = sorted(text for text in texts if FRENCH.search(NAMES.sub("", text)))
    assert left == []


def test_it_is_the_same_story(plan: list[PlannedCommit]) -> None:
    """Commit for commit, parent for parent, card for card; the last state is a board that reads without a problem."""
    english = in_english(plan)
    assert [(one.person, one.written_at, one.parents) for one in english] == [
        (one.person, one.written_at, one.parents) for one in plan
    ]
    french, ours = trees(plan)[-1], trees(english)[-1]
    assert len(ours) == len(french)
    boards = [read_board(BoardFile(path, data) for path, data in tree.items()) for tree in (french, ours)]
    assert boards[1].problems == ()
    assert boards[1].config.language == "en"
    amounts = [sorted((str(card.amount), str(card.probability)) for card in board.cards) for board in boards]
    assert amounts[0] == amounts[1]
    assert [sum(1 for _ in board.cards) for board in boards] == [len(boards[0].cards)] * 2
