"""Textual's pilot as a person at the terminal board: choosing with arrows, typing, filling in forms, waiting."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Checkbox, Static, TextArea

from kanban.terminal.app import Board
from kanban.terminal.forms import Form
from tests.conftest import in_a_loop
from tests.hands.test_desk import AS_OF, opened

KEYS = {
    " ": "space",
    "#": "number_sign",
    "@": "at",
    "%": "percent_sign",
    ",": "comma",
    ":": "colon",
    "=": "equals_sign",
}


@asynccontextmanager
async def on_screen(
    folder: Path, size: tuple[int, int] = (120, 40), as_of: str | None = AS_OF
) -> AsyncIterator[Pilot[None]]:
    board = Board(opened(folder, as_of))
    async with board.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


def run(what: Callable[[], Coroutine[Any, Any, None]]) -> None:
    in_a_loop(asyncio.wait_for(what(), 600))


def board_of(pilot: Pilot[None]) -> Board:
    assert isinstance(pilot.app, Board)
    return pilot.app


async def until(pilot: Pilot[None], holds: Callable[[], object]) -> None:
    """Wait for it, however slow the machine is; so long that only what never comes is waited for in vain."""
    end = time.monotonic() + 90
    while not holds():
        assert time.monotonic() < end, said(pilot)
        await pilot.pause(0.02)


def said(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen_stack[0].query_one("#said", Static).content)


async def choose(pilot: Pilot[None], card: str) -> None:
    """With the arrows alone, as a person does who sees it."""
    board = board_of(pilot)
    columns = [column.here.key for column in board.columns]
    target = next(one for one in board.wall.cards if one.id == card).column
    far = columns.index(target) - columns.index(board.column.here.key)
    await pilot.press(*["right" if far > 0 else "left"] * abs(far))
    shown = [one.id if one else "" for one in board.column._rows]
    below = shown.index(card) - (board.column.cards.highlighted or 0)
    await pilot.press(*["down" if below > 0 else "up"] * abs(below))
    assert board.chosen is not None
    assert board.chosen.id == card


async def type_in(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*(KEYS.get(sign, sign) for sign in text))


async def form(pilot: Pilot[None], **typed: str) -> None:
    """Fill in the form on the screen, by the gesture's words, and save it."""
    await until(pilot, lambda: isinstance(pilot.app.screen, Form) and pilot.app.screen.is_running)
    screen = pilot.app.screen
    assert isinstance(screen, Form)
    for field in screen.fields:
        text = typed.get(field.one.word) or typed.get(field.one.before.rstrip("=")) or typed.get(field.one.value)
        if not text:
            continue
        if isinstance(field.widget, TextArea):
            field.widget.text = text
        elif isinstance(field.widget, Checkbox):
            field.widget.value = True
        else:
            field.widget.value = text
    await pilot.press("ctrl+s")
