"""What a commit says of itself (`Override:`, `Reason:`, `Undoes:`) means the same in every hook, in lint and on a server."""

from __future__ import annotations

import pytest

from kanban.cli import cli
from kanban.commands.base.calling.entry import run
from tests.team.conftest import Gather, Member

pytestmark = [pytest.mark.slow, pytest.mark.sweep]
HOOKED = pytest.mark.parametrize("hooks", [True, False], ids=["with hooks", "without"])
GESTURES = (
    ("negociation", "gamma", ("win", "gamma")),
    ("negociation", "gamma", ("lose", "gamma", "--reason", "price")),
    ("negociation", "gamma", ("park", "gamma", "--until", "2026-12-01")),
    ("prospects", "acme", ("move", "acme", "offre")),
    ("prospects", "acme", ("set", "acme", "amount=30000")),
    ("prospects", "acme", ("note", "acme", "called")),
)


@HOOKED
@pytest.mark.parametrize(("column", "name", "gesture"), GESTURES, ids=[one[2][0] for one in GESTURES])
def test_a_gesture_and_its_undo_pass_every_hook_and_the_push(
    gather: Gather, hooks: bool, column: str, name: str, gesture: tuple[str, ...]
) -> None:
    table = gather("Zoe", hooks=hooks)
    (zoe,) = table.members
    run(cli, ["hook", "install", "--server", str(table.shared)])
    before = zoe.read(name)
    done = zoe.kanban(*gesture)
    assert done.code == 0, done.text
    done = zoe.kanban("undo")
    assert done.code == 0, done.text
    assert f"undone: {name}: " in done.out
    assert "Oct" in done.out, "it says the day"
    assert (zoe.where(name), zoe.read(name)) == ([column], before)
    shared = zoe.kanban("sync")
    assert shared.code == 0, shared.text
    assert table.lands("rev-parse", "main") == zoe.git("rev-parse", "HEAD")
    assert zoe.kanban("lint", "--range", "HEAD~2..HEAD").code == 0


@HOOKED
def test_a_forced_move_passes_everywhere_and_lint_says_why_instead_of_refusing(gather: Gather, hooks: bool) -> None:
    table = gather("Zoe", hooks=hooks)
    (zoe,) = table.members
    run(cli, ["hook", "install", "--server", str(table.shared)])
    zoe.kanban("set", "acme", "amount=")
    assert zoe.kanban("move", "acme", "offre").code == 1
    forced = zoe.kanban("move", "acme", "offre", "--force", "--reason", "price follows on Friday")
    assert forced.code == 0, forced.text
    assert_excused(zoe, "KB511", "price follows on Friday")
    shared = zoe.kanban("sync")
    assert shared.code == 0, shared.text
    zoe.kanban("note", "acme", "called")
    assert_excused(zoe, "KB511", "price follows on Friday")
    assert zoe.kanban("move", "acme", "prospects", "--reason", "not yet").code == 0
    zoe.git("mv", "prospects/acme.md", "offre/acme.md")
    assert zoe.kanban("lint").code == 1, "it does not stand as it was forced any more"


@HOOKED
def test_a_move_forced_over_a_limit_is_said_and_passes_and_a_further_card_does_not(gather: Gather, hooks: bool) -> None:
    table = gather("Zoe", hooks=hooks)
    (zoe,) = table.members
    assert zoe.kanban("move", "beta", "negociation").code == 0
    assert zoe.kanban("move", "acme", "offre").code == 0
    forced = zoe.kanban("move", "acme", "negociation", "--force", "--reason", "signs today")
    assert forced.code == 0, forced.text
    assert_excused(zoe, "KB304", "signs today")
    zoe.git("mv", "prospects/norvane.md", "negociation/norvane.md")
    done = zoe.git("commit", "-m", "norvane\n\nReason: big", ok=False)
    assert ("KB304" in done) is hooks
    assert zoe.kanban("lint").code == 1


def assert_excused(member: Member, code: str, reason: str) -> None:
    found = member.kanban("lint", "--output-format", "concise")
    assert found.code == 0, found.text
    (line,) = [line for line in found.out.splitlines() if code in line]
    assert f"forced: {reason}" in line
