"""Many hands at one board: two desks, the command line and an editor at random; no card is lost and limits hold."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from pathlib import Path

import pytest

from kanban.hands.desk import Desk
from kanban.hands.inputs import filled
from kanban.hands.places import ASKS, FREE
from tests.conftest import GitFolder, Kanban
from tests.hands.test_desk import BOARD, CARDS, opened

WALKS = int(os.environ.get("KANBAN_RANDOM_WALKS", "6"))
STEPS = 12
LIMITS = {"qualified": 3, "offer": 1}


@pytest.mark.sweep
@pytest.mark.parametrize("seed", range(WALKS))
def test_at_the_end_every_card_is_there_once_and_every_surface_agrees(
    seed: int, git_folder: GitFolder, kanban: Kanban
) -> None:
    git_folder.write("board.yml", BOARD)
    for path, data in CARDS.items():
        git_folder.write(path, data)
    git_folder.commit("begin", date="2026-10-01T09:00:00+02:00")
    chance, root = random.Random(seed), git_folder.root
    desks = (_today(root), _today(root))
    made = set(_cards(root))
    for step in range(STEPS):
        before = _counts(root)
        desk, others = desks[chance.random() < 0.5], chance.choice(("desk", "desk", "command", "editor", "new", "undo"))
        if others == "desk":
            _drop(desk, chance)
        elif others == "command":
            card, column = (
                chance.choice(sorted(made)),
                chance.choice(["prospects", "qualified", "offer", "won", "nurturing"]),
            )
            kanban("-C", root, "move", card, column, "--reason", "said")
        elif others == "editor":
            file = chance.choice(sorted(root.glob("*/*.md")))
            file.write_text(file.read_text() + f"\nedited by hand in step {step}\n")
            if chance.random() < 0.5:
                git_folder.commit(f"hand {step}")
        elif others == "new":
            outcome = desk.make("new", {"account": f"Made {step}", "next_action": "call", "on": "tomorrow"})
            made |= set(outcome.cards)
        else:
            undone = desk.undo()
            made = set(_cards(root)) if undone.ok else made
        assert set(_cards(root)) == made, (seed, step, others)
        now = _counts(root)
        assert all(now[key] <= max(limit, before[key]) for key, limit in LIMITS.items()), (seed, step, others)
    walls = [{card.id: card.column for card in desk.wall().cards} for desk in desks]
    told = kanban("-C", root, "list", "--all", "--json")
    listed = {one["card"]: one["column"] for one in json.loads(told.out)["cards"]}
    assert walls[0] == walls[1] == listed == _cards(root)
    assert git_folder.git("fsck", "--strict", "--no-dangling") == ""


def _today(root: Path) -> Desk:
    desk = opened(root)
    desk.as_of = None  # gestures of several hands are dated by the clock
    return desk


def _drop(desk: Desk, chance: random.Random) -> None:
    """A card put down somewhere, with what that column asks, or in spite of a card that was changed since."""
    card = chance.choice(list(desk.wall().cards))
    place = chance.choice(desk.places(card.id))
    answers = [
        (one, {"when": "tomorrow 10:00", "money": "9 k€"}.get(one.kind, one.value or "price")) for one in place.inputs
    ]
    words = filled(place.words, answers) if place.state == ASKS else place.words
    if chance.random() < 0.3:
        desk.make("note", {"card": card.id, "bullets": ("said",)})
    outcome = desk.make(place.gesture, words, versions={card.id: card.version})
    assert outcome.ok or place.state != FREE or (outcome.refused is not None and outcome.refused.changed)


def _cards(root: Path) -> dict[str, str]:
    files = list(root.glob("*/*.md"))
    assert max(Counter(path.stem for path in files).values()) == 1
    return {path.stem: path.parent.name for path in files}


def _counts(root: Path) -> Counter[str]:
    return Counter(_cards(root).values())
