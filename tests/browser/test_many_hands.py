"""Many hands at one board at random, one of them a mouse in a real browser, beside all those of the smaller walk.

`KANBAN_RANDOM_WALKS=200 pytest --sweep tests/browser/test_many_hands.py` walks 200 (see `tests/hands/test_many_hands.py`).
"""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest

from tests.conftest import GitFolder, Kanban
from tests.hands.test_desk import opened
from tests.hands.test_many_hands import Seen
from tests.hands.walks import OPEN, Edited, Page, Typed, agreed, begun, walk
from tests.terminal.hand import Terminal
from tests.web.serving import Served, serving

if TYPE_CHECKING:
    from playwright.sync_api import Page as Window

pytestmark = [pytest.mark.sweep(only=True), pytest.mark.browser, pytest.mark.xdist_group("browser")]

WALKS = int(os.environ.get("KANBAN_RANDOM_WALKS", "4"))
STEPS = 12
_WHERE = """() => Array.from(document.querySelectorAll(".columns section[data-column] .card[data-card]"),
    (one) => [one.dataset.card, one.closest("[data-column]").dataset.column])"""


class Mouse:
    """A person at the board's page."""

    def __init__(self, served: Served, window: Window) -> None:
        self.window = window
        window.goto(served.address)
        window.wait_for_selector("#new-line")

    def act(self, chance: random.Random) -> None:
        """A card dragged to some column; what that asks is filled in, or left."""
        if not (there := self.window.evaluate(_WHERE)):  # every deal is decided
            return
        card, _column = chance.choice(there)
        target = self.window.locator(f'.columns section[data-column="{chance.choice((*OPEN, "won", "nurturing"))}"]')
        from_, to = self.window.locator(f'[data-card="{card}"]').bounding_box(), target.bounding_box()
        if from_ is None or to is None:  # it went meanwhile
            return
        mouse = self.window.mouse
        mouse.move(from_["x"] + 30, from_["y"] + 10)
        mouse.down()
        mouse.move(from_["x"] + 60, from_["y"] + 20)
        mouse.move(to["x"] + to["width"] / 2, to["y"] + 30, steps=3)
        mouse.up()
        self.window.wait_for_timeout(600)
        dialog = self.window.locator("dialog.ask")
        if dialog.count():
            for box in dialog.locator("input[type=checkbox]").all():
                box.check()
            for field in dialog.locator("input[required]:not([type=checkbox])").all():
                field.fill(chance.choice(("9 k€", "tomorrow 10:00")))
            if dialog.locator("button.primary").count():
                dialog.locator("button.primary").click()
                self.window.wait_for_timeout(600)
            self.window.keyboard.press("Escape")
        if self.window.locator("#pane .close").count():  # it was let go where it stood: a click
            self.window.click("#pane .close")

    def shows(self) -> dict[str, str]:
        """The open cards as they stand on the page."""
        self.window.evaluate("hand.refresh()")
        return {card: column for card, column in self.window.evaluate(_WHERE) if column in OPEN}


@pytest.mark.parametrize("seed", range(WALKS))
def test_a_mouse_among_many_hands(seed: int, git_folder: GitFolder, page: Window, kanban: Kanban) -> None:
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error.stack)))
    root = begun(git_folder)
    with serving(root) as served:
        mouse, other = Mouse(served, page), Page(served)
        with Terminal(root, opened(root, None)) as terminal:
            walk(random.Random(seed), [mouse, Typed(root, kanban)], (other, terminal, Edited(git_folder)), STEPS)
            shown = terminal.shows()
        agreed(git_folder, [mouse, other, Seen(shown)], kanban)
    assert wrong == []
