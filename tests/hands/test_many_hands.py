"""Many hands at one board at random: a browser's page by what it asks its server, the desk of a terminal, the command
line, an editor. No card is lost, limits hold, and at the end all of them show the same.
"""

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
from tests.web.serving import Served, serving

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
    with serving(root) as served:
        _walk(seed, chance, git_folder, kanban, served)
    assert git_folder.git("fsck", "--strict", "--no-dangling") == ""


def _walk(seed: int, chance: random.Random, git_folder: GitFolder, kanban: Kanban, served: Served) -> None:
    root, desk = git_folder.root, _today(git_folder.root)
    showing, faces = _page(served)
    made = set(_cards(root))
    for step in range(STEPS):
        before = _counts(root)
        others = chance.choice(("page", "page", "desk", "command", "editor", "new", "undo"))
        if others == "page":
            _dropped(served, chance)
        elif others == "desk":
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
        if chance.random() < 0.4:
            showing, faces = _page(served, showing, faces)
    walls = [{card.id: card.column for card in one.wall().cards} for one in (desk, served.server.desk)]
    told = kanban("-C", root, "list", "--all", "--json")
    listed = {one["card"]: one["column"] for one in json.loads(told.out)["cards"]}
    assert walls[0] == walls[1] == listed == _cards(root)
    _showing, faces = _page(served, showing, faces)
    assert faces == {name: column for name, column in _cards(root).items() if column in OPEN}, "as the open page has it"


OPEN = ("prospects", "qualified", "offer")


def _page(served: Served, showing: str = "", faces: dict[str, str] | None = None) -> tuple[str, dict[str, str]]:
    """What an open page shows after it asked what it lacks: its state, and each open card's column."""
    status, wall = served.hand("wall", showing=showing, know="1" if faces else "")
    assert status == 200
    known = dict(faces or {})
    for one in wall["gone"]:
        known.pop(one.removeprefix("card-"), None)
    known |= {one["id"]: one["column"] for one in wall["cards"]}
    order = {anchor: one["cards"] for one in wall["walls"] for anchor in [one["anchor"]]}
    for anchor, cards in order.items():
        there = sorted(f"card-{name}" for name, column in known.items() if f"column-{column}" == anchor)
        assert sorted(cards) == there, "the column lists the cards whose facts say that they stand in it"
    return wall["showing"], {name: column for name, column in known.items() if column in OPEN}


def _dropped(served: Served, chance: random.Random) -> None:
    """The same as `_drop` by what the page asks over HTTP."""
    cards = served.hand("wall")[1]["cards"]
    card = chance.choice(cards)
    place = chance.choice(served.hand("places", card=card["id"])[1])
    words = dict(place["words"])
    if place["state"] == ASKS:
        for one in place["inputs"]:
            text = {"when": "tomorrow 10:00", "money": "9 k€"}.get(one["kind"], one["value"] or "price")
            text = one["before"] + text
            words[one["word"]] = [*words.get(one["word"], []), text] if one["several"] else text
    if chance.random() < 0.3:
        served.hand("gesture", {"gesture": "note", "words": {"card": card["id"], "bullets": ["said"]}})
    body = {"gesture": place["gesture"], "words": words, "versions": {card["id"]: card["version"]}}
    status, told = served.hand("gesture", body)
    assert status == 200 or place["state"] != FREE or (status == 409 and told["refused"]["changed"])


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
