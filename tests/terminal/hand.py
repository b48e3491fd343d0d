"""The terminal board as one of many hands: the real app under Textual's pilot, in a thread and a loop of its own."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Checkbox, Input, Select, Static, TextArea

from kanban.hands.desk import Desk
from kanban.hands.wall import CardHere
from kanban.terminal.app import Board
from kanban.terminal.columns import Column
from kanban.terminal.forms import Form
from kanban.terminal.saving import Saving
from tests.hands.walks import OPEN, answer
from tests.terminal.pilot import board_of, said, type_in, until

Work = Callable[[Pilot[None]], Coroutine[Any, Any, None]]


class Terminal:
    """A person at `kanban ui`. Opened with `with`."""

    def __init__(self, root: Path, desk: Desk) -> None:
        self.root, self.desk = root, desk
        self._ready = threading.Event()
        self._wanted: asyncio.Queue[tuple[Work, Future[None]] | None] = asyncio.Queue()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()), daemon=True)

    def __enter__(self) -> Terminal:
        self._thread.start()
        assert self._ready.wait(60)
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._wanted.put_nowait, None)
        self._thread.join(60)

    async def _live(self) -> None:
        self._loop = asyncio.get_running_loop()
        async with Board(self.desk).run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            self._ready.set()
            while (wanted := await self._wanted.get()) is not None:
                work, told = wanted
                try:
                    await asyncio.wait_for(work(pilot), 100)
                    told.set_result(None)
                except BaseException as error:  # it is raised where it was asked for
                    told.set_exception(error)

    def do(self, work: Work) -> None:
        """Have something done at the board, and wait for it."""
        told: Future[None] = Future()
        self._loop.call_soon_threadsafe(self._wanted.put_nowait, (work, told))
        told.result(120)

    def act(self, chance: random.Random) -> None:
        """Lead a card somewhere with the keys or the mouse, note, add one, or take back."""
        what = chance.choice((led, led, dragged, noted, added, taken_back))
        self.do(lambda pilot: what(pilot, chance))

    def shows(self) -> dict[str, str]:
        """What stands in the columns on the screen."""
        found: dict[str, str] = {}

        async def look(pilot: Pilot[None]) -> None:
            board = board_of(pilot)
            await board.reload()
            for column in board.columns:
                found.update({row.id: column.here.key for row in column._rows if row and column.here.key in OPEN})

        self.do(look)
        return found


def a_card(board: Board, chance: random.Random) -> CardHere:
    """One of those on the screen, under the cursor."""
    card = chance.choice(list(board.wall.cards))
    board.go_to(card.id)
    return card


async def led(pilot: Pilot[None], chance: random.Random) -> None:
    """Taken up with space, led with the arrows, put down; what is asked is filled in."""
    board = board_of(pilot)
    a_card(board, chance)
    await pilot.press("space")
    await pilot.press(*[chance.choice(("left", "right"))] * chance.randrange(1, 4), "space")
    await settled(pilot)


async def dragged(pilot: Pilot[None], chance: random.Random) -> None:
    """The same with the mouse."""
    board = board_of(pilot)
    card = a_card(board, chance)
    column, target = board.column, chance.choice(board.columns)
    board.post_message(Column.Taken(card.id))
    for one in (column, target):
        board.post_message(Column.Over(one))
    await pilot.pause()
    board.post_message(Column.PutDown(target))
    await settled(pilot)


async def noted(pilot: Pilot[None], chance: random.Random) -> None:
    """A note with its next step."""
    a_card(board_of(pilot), chance)
    await pilot.press("n")
    await settled(pilot)


async def added(pilot: Pilot[None], chance: random.Random) -> None:
    """A card by one line."""
    await pilot.press("a")
    await pilot.pause()
    await type_in(pilot, f"Term{chance.randrange(9)} call tomorrow")
    await pilot.press("enter")
    await left(pilot)


async def taken_back(pilot: Pilot[None], _chance: random.Random) -> None:
    """The last gesture."""
    board_of(pilot).said.update("")
    await pilot.press("u")
    await until(pilot, lambda: said(pilot))


async def settled(pilot: Pilot[None]) -> None:
    """Whatever was begun is done: a form filled in and saved, or refused and left; no card is in the hand."""
    board = board_of(pilot)
    await pilot.pause()
    for _again in range(3):
        await until(pilot, lambda: isinstance(pilot.app.screen, Form) or not working(board))
        screen = pilot.app.screen
        if not isinstance(screen, Form):
            break
        for field in screen.fields:
            if isinstance(field.widget, Checkbox):
                field.widget.value = True
            elif isinstance(field.widget, Input | TextArea) and not field.typed and field.one.needed:
                text = answer(field.one.kind, field.one.value)
                field.widget.load_text(text) if isinstance(field.widget, TextArea) else setattr(
                    field.widget, "value", text
                )
            elif isinstance(field.widget, TextArea) and field.one.word == "bullets":
                field.widget.load_text("said")
            elif isinstance(field.widget, Select) and field.one.needed and field.widget.selection is None:
                field.widget.value = field.one.choices[0].value
        await pilot.press("ctrl+s")
        await left(pilot)
    await pilot.press("escape")
    await until(pilot, lambda: board.held is None)


async def left(pilot: Pilot[None]) -> None:
    """The form over the board is gone: saved, or left when it says why not."""
    if len(pilot.app.screen_stack) == 1:
        return
    screen = pilot.app.screen
    shown = screen.query_one(".answer", Static)
    assert isinstance(screen, Saving)
    await until(pilot, lambda: pilot.app.screen is not screen or (not screen.saving and str(shown.content).strip()))
    if pilot.app.screen is screen:
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is not screen)


def working(board: Board) -> bool:
    """Whether a gesture is on its way."""
    return any(one.is_running for one in board.workers if one.group == "gesture")
