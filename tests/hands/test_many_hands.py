"""Many hands at one board at random: a page by what it asks its server, the terminal board under Textual's pilot, the
command line, an editor; two of them at once now and then.

`KANBAN_RANDOM_WALKS=200 pytest --sweep tests/hands/test_many_hands.py` walks 200 of them; `tests/browser/
test_many_hands.py` does the same with a real browser beside them.
"""

from __future__ import annotations

import os
import random

import pytest

from tests.conftest import GitFolder, Kanban
from tests.hands.test_desk import opened
from tests.hands.walks import Edited, Page, Typed, agreed, begun, walk
from tests.terminal.hand import Terminal
from tests.web.serving import serving

WALKS = int(os.environ.get("KANBAN_RANDOM_WALKS", "6"))
STEPS = 12


@pytest.mark.sweep
@pytest.mark.parametrize("seed", range(WALKS))
def test_at_the_end_every_card_is_there_once_and_every_surface_agrees(
    seed: int, git_folder: GitFolder, kanban: Kanban
) -> None:
    root = begun(git_folder)
    with serving(root) as served:
        page = Page(served)
        with Terminal(root, opened(root, None)) as terminal:  # gestures of several hands are dated by the clock
            others = (page, terminal, Edited(git_folder))
            walk(random.Random(seed), [Typed(root, kanban)], others, STEPS)
            shown = terminal.shows()
        agreed(git_folder, [page, Seen(shown)], kanban)


class Seen:
    """What the terminal board showed before it was closed: it keeps what is printed to itself while it is open."""

    def __init__(self, shown: dict[str, str]) -> None:
        self.shown = shown

    def act(self, chance: random.Random) -> None:
        """It is closed."""

    def shows(self) -> dict[str, str]:
        """The open cards by column."""
        return self.shown
