"""The gestures of `docs/a-day.md` at the terminal board, by keys alone: the same repository as after the commands."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Select

from kanban.i18n.catalogue import set_language
from kanban.terminal.app import Board
from kanban.terminal.forms import Form
from tests.conftest import Kanban
from tests.docs.day import demonstration, what_differs
from tests.hands.test_desk import opened
from tests.terminal.pilot import board_of, choose, form, run, said, type_in, until

pytestmark = [pytest.mark.sweep(only=True)]


@pytest.fixture(autouse=True)
def _english_after() -> Iterator[None]:
    yield
    set_language("en")


async def done(pilot: Pilot[None], told: str) -> None:
    """It was said, no form is open any more, and the board shows it."""
    await until(pilot, lambda: told in said(pilot) and len(pilot.app.screen_stack) == 1)
    await board_of(pilot).reload()


async def gesture(pilot: Pilot[None], card: str, key: str, told: str, **typed: str) -> None:
    """A form of the card, filled in by its words and saved."""
    await choose(pilot, card)
    await pilot.press(key)
    await form(pilot, **typed)
    await done(pilot, told)


async def pulled(pilot: Pilot[None], card: str, told: str) -> None:
    """The card into the next column."""
    await choose(pilot, card)
    await pilot.press("greater_than_sign")
    await done(pilot, told)


def test_the_day_by_keys_leaves_the_repository_that_the_commands_leave(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, kanban: Kanban
) -> None:
    demo = demonstration(tmp_path_factory)
    mine = tmp_path / "mine"
    shutil.copytree(demo, mine)

    async def day() -> None:
        async with Board(opened(mine)).run_test(size=(120, 40)) as pilot:
            await morning(pilot)
            await noon(pilot)
            await evening(pilot)

    run(day)
    assert what_differs(mine, demo, tmp_path / "typed", kanban) == ""


async def morning(pilot: Pilot[None]) -> None:
    """Follow up, a new lead."""
    await gesture(
        pilot, "belmaure-insurance", "n", "noted",
        bullets="received the offer, likes phase 1\nboard meets on Thursday", next_action="call after the board", on="friday 10am",
    )  # fmt: skip
    await pulled(pilot, "belmaure-insurance", "Offer sent → Negotiation")
    await pilot.press("a")
    await pilot.pause()
    await type_in(pilot, "Delmont Papers discovery tomorrow 2pm")
    template = pilot.app.screen.query_one(Select)
    template.value = "discovery"
    await pilot.press("enter")
    await done(pilot, "delmont-papers added to Prospects")
    need = {"contact": "Ms Roy", "need": "three sites, three spreadsheets", "decision_maker": "Ms Roy"}
    await gesture(pilot, "delmont-papers", "e", "decision_maker", amount="14k", probability="20%", **need)
    await gesture(pilot, "delmont-papers", "t", "ticked", **{"contact-opt-in": " ", "need-explicit": " "})
    await pulled(pilot, "delmont-papers", "Prospects → Qualified")


async def noon(pilot: Pilot[None]) -> None:
    """A card that cannot move, and a column that is full."""
    await gesture(
        pilot, "pradelou-seeds", "b", "blocked since Friday 2 October 2026",
        cause="their lawyer is away", next_action="call on her return", since="-3d",
    )  # fmt: skip
    await choose(pilot, "arzille-valley")
    await pilot.press("greater_than_sign")
    await until(pilot, lambda: isinstance(pilot.app.screen, Form))
    assert "Negotiation is full: 5 cards for a limit of 5" in str(pilot.app.screen.query_one(".said").render())
    await pilot.press("escape", "escape")
    await until(pilot, lambda: board_of(pilot).held is None)
    await gesture(pilot, "studio-percevent", "w", "Negotiation → Won", note="signed")
    await pulled(pilot, "arzille-valley", "Offer sent → Negotiation")


async def evening(pilot: Pilot[None]) -> None:
    """Outbound; one is lost, one comes back; the wrong card."""
    await gesture(pilot, "vauclair-joinery", "o", "touch 2 of 3", channel="mail", next_action="LinkedIn", on="+2d")
    await gesture(pilot, "pradelou-seeds", "B", "free again", next_action="send the clause", on="tomorrow")
    await gesture(
        pilot, "sogelium-industries", "x", "Offer sent → Lost", reason="price", note="half our price elsewhere"
    )
    await gesture(pilot, "hestival-group", "p", "Prospects → Nurturing", until="11jan", note="new budget in January")
    await gesture(
        pilot, "hestival-group", "r", "Nurturing → Prospects",
        reason="budget found after all", next_action="call", on="tomorrow",
    )  # fmt: skip
    await gesture(pilot, "acme-sso", "e", "amount", amount="2.8k")
    await pilot.press("u")
    await done(pilot, "undone: acme-sso")
