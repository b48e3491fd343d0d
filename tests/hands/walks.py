"""Many hands at one board at random, two of them at once now and then; and what must hold of it however it went.

A hand makes one gesture or another when it is told to (`act`), and says what it shows (`shows`): card id → column of the
cards that are open. Which of them are there is the walk's affair: tests have a browser's page by what it asks, a real
browser, the terminal board under Textual's pilot, the command line, an editor.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from tests.conftest import GitFolder, Kanban
from tests.hands.test_desk import BOARD, CARDS
from tests.web.serving import Served

OPEN = ("prospects", "qualified", "offer")
EXITS = ("won", "lost", "nurturing")
LIMITS = {"qualified": 3, "offer": 1}
AT_ONCE = 0.3
"""How often another hand does something at the same time."""


class Hand(Protocol):
    """One of the surfaces."""

    def act(self, chance: random.Random) -> None:
        """Make a gesture; whatever is refused is refused."""

    def shows(self) -> dict[str, str] | None:
        """Card id → column of the open cards it shows, once it has caught up; None where it shows none."""


def begun(folder: GitFolder) -> Path:
    """The board that walks begin with."""
    folder.write("board.yml", BOARD)
    for path, data in CARDS.items():
        folder.write(path, data)
    folder.commit("begin", date="2026-10-01T09:00:00+02:00")
    return folder.root


def walk(chance: random.Random, first: Sequence[Hand], others: Sequence[Hand], steps: int) -> None:
    """So many steps. `first` are hands of this thread alone (a browser is); `others` may act beside any of them."""
    with ThreadPoolExecutor(1) as beside:
        for _step in range(steps):
            hand = chance.choice([*first, *others])
            waiting = [one for one in others if one is not hand]
            if waiting and chance.random() < AT_ONCE:
                done = beside.submit(chance.choice(waiting).act, random.Random(chance.random()))
                hand.act(chance)
                done.result(120)
            else:
                hand.act(chance)


def agreed(folder: GitFolder, hands: Sequence[Hand], kanban: Kanban) -> None:
    """What holds at the end: nothing lost, nothing double, every limit kept by every commit, one picture everywhere."""
    there = cards(folder.root)
    assert {"acme", "ready", "beta", "full", "later"} <= set(there), "no card is lost"
    assert set(there) == replayed(folder), "what is there was made, and what is not was taken back"
    shown = [(type(hand).__name__, pictured) for hand in hands if (pictured := hand.shows()) is not None]
    still_open = {name: column for name, column in there.items() if column in OPEN}
    assert shown == [(name, still_open) for name, _pictured in shown], "every surface shows the same"
    listed = json.loads(kanban("-C", folder.root, "list", "--all", "--json").out)["cards"]
    assert {one["card"]: one["column"] for one in listed} == there
    assert folder.git("fsck", "--strict", "--no-dangling") == ""


def cards(root: Path) -> dict[str, str]:
    """Card id → column, as the folder has them; a card stands there once."""
    files = list(root.glob("*/*.md"))
    assert max(Counter(path.stem for path in files).values()) == 1
    return {path.stem: path.parent.name for path in files}


def names(root: Path) -> list[str]:
    """The cards' ids as somebody sees them who looks while another hand moves one: it may stand there twice by now."""
    return sorted({path.stem for path in root.glob("*/*.md")})


def replayed(folder: GitFolder) -> set[str]:
    """The cards after all commits, each looked at: none has a card twice, takes one away or fills a column too much."""
    there: dict[str, str] = {}
    log = folder.git("log", "--reverse", "--format=%x01%B%x02", "--name-status", "--no-renames", "--first-parent")
    for commit in log.split("\x01")[1:]:
        message, _mark, changes = commit.partition("\x02")
        before, seen = Counter(there.values()), dict(there)
        lines = [line.split("\t") for line in changes.splitlines() if line.endswith(".md") and "/" in line]
        for kind, path in sorted(lines, key=lambda line: line[0] != "D"):
            column, _slash, name = path.removesuffix(".md").rpartition("/")
            if kind == "D":
                assert there.pop(name, None) == column
            else:
                assert there.get(name, column) == column, f"{name} twice: {message}"
                there[name] = column
        gone = set(seen) - set(there)
        assert not gone or "Undoes: " in message, f"{gone} lost: {message}"
        after = Counter(there.values())
        full = [key for key, limit in LIMITS.items() if after[key] > max(limit, before[key])]
        assert not seen or not full or "Override: wip-column: " in message, f"{full}: {message}"
    return set(there)


class Typed:
    """The command line."""

    def __init__(self, root: Path, kanban: Kanban) -> None:
        self.root, self.kanban = root, kanban

    def act(self, chance: random.Random) -> None:
        """Move a card, with a reason at hand where one is asked for. It may be taken back before the command begins."""
        card, column = chance.choice(names(self.root)), chance.choice([*OPEN, "won", "nurturing"])
        done = self.kanban("-C", self.root, "move", card, column, "--reason", "said")
        assert done.code in (0, 1) or (done.code == 2 and card not in names(self.root)), done

    def shows(self) -> None:
        """It is asked by itself."""


class Edited:
    """An editor, whose work is committed now and then."""

    def __init__(self, folder: GitFolder) -> None:
        self.folder = folder

    def act(self, chance: random.Random) -> None:
        """A line more in one of the files: in the one that was opened, wherever it stands by now."""
        file = chance.choice(sorted(self.folder.root.glob("*/*.md")))
        try:
            opened = os.open(file, os.O_WRONLY | os.O_APPEND)
        except FileNotFoundError:  # it was moved away just now
            return
        os.write(opened, b"\nsaid by hand\n")
        os.close(opened)
        if chance.random() < 0.5:
            self.folder.git("commit", "-qam", "by hand", check=False)  # refused while another one commits

    def shows(self) -> None:
        """Files alone."""


class Page:
    """A browser's page by what it asks its server: the state it shows, and what it lacks."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.showing, self.known = "", dict[str, str]()
        self.shows()

    def act(self, chance: random.Random) -> None:
        """Drop a card, note, add one, or take back."""
        what = chance.choice(("drop", "drop", "drop", "note", "new", "undo"))
        if what == "undo":
            self.served.hand("undo", {})
        elif what == "new":
            line = {"line": f"Page{chance.randrange(9)}+call+tomorrow"}
            said = self.served.hand("understand", **line)[1]
            self.served.hand("gesture", {"gesture": "new", "words": said["words"]})
        else:
            self._touch(chance, what)

    def _touch(self, chance: random.Random, what: str) -> None:
        card = chance.choice(self.served.hand("wall")[1]["cards"])
        if what == "note":
            words = {"card": card["id"], "bullets": ["said"]}
            self.served.hand("gesture", {"gesture": "note", "words": words, "versions": {card["id"]: card["version"]}})
            return
        status, places = self.served.hand("places", card=card["id"])
        if status != 200:  # it went meanwhile
            return
        place = chance.choice(places)
        words = dict(place["words"])
        if place["state"] == "asks":
            for one in place["inputs"]:
                text = one["before"] + answer(one["kind"], one["value"])
                words[one["word"]] = [*words.get(one["word"], []), text] if one["several"] else text
        body = {"gesture": place["gesture"], "words": words, "versions": {card["id"]: card["version"]}}
        assert self.served.hand("gesture", body)[0] in (200, 409, 422)

    def shows(self) -> dict[str, str]:
        """After it asked what it lacks."""
        status, wall = self.served.hand("wall", showing=self.showing, know="1" if self.known else "")
        assert status == 200
        self.showing = wall["showing"]
        for one in wall["gone"]:
            self.known.pop(one.removeprefix("card-"), None)
        self.known |= {one["id"]: one["column"] for one in wall["cards"]}
        for one in wall["walls"]:
            there = sorted(f"card-{name}" for name, column in self.known.items() if f"column-{column}" == one["anchor"])
            assert sorted(one["cards"]) == there, "the column lists the cards whose facts say that they stand in it"
        return {name: column for name, column in self.known.items() if column in OPEN}


def answer(kind: str, value: str) -> str:
    """What a person types into a field of this kind."""
    return {"when": "tomorrow 10:00", "day": "tomorrow", "money": "9 k€"}.get(kind, value or "price")
