"""The desk: where a held card may be put down, gestures made and refused, and what every hand is told."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from kanban.cli import COLLECT
from kanban.commands.base.calling.invocation import Settings
from kanban.commands.base.session import Session
from kanban.gestures.base.words import parameters_of
from kanban.gestures.table import GESTURES
from kanban.hands.desk import OFFERED, Desk
from kanban.hands.inputs import Input, filled
from kanban.hands.places import ASKS, FREE, HERE, SHUT, Place
from kanban.hands.wall import Wall, lanes
from kanban.i18n.catalogue import set_language
from tests.boards import card_text
from tests.conftest import GitFolder, Kanban

AS_OF = "2026-10-05"
BOARD = """\
title: Pipeline
timezone: Europe/Paris
language: en
owners: [{name: Zoé}, {name: Karim}]
columns:
  - {key: prospects, name: Prospects}
  - {key: qualified, name: Qualified, wip: 3, dor: [{id: opt-in, label: has opted in}, {id: worth, label: worth, field: amount, check: positive}]}
  - {key: offer, name: Offer, wip: 1}
  - {key: won, name: Won, kind: won}
  - {key: lost, name: Lost, kind: lost}
  - {key: nurturing, name: Nurturing, kind: parked}
"""
CARDS = {
    "prospects/acme.md": card_text(account="ACME", owner="Zoé", source="referral"),
    "prospects/ready.md": card_text(account="Ready", owner="Karim", amount="28 k€", dor="[opt-in]"),
    "qualified/beta.md": card_text(account="Beta", owner="Zoé", amount="10 k€", dor="[opt-in]", probability="50 %"),
    "offer/full.md": card_text(account="Full", amount="1 k€"),
    "nurturing/later.md": card_text(account="Later"),
}


@pytest.fixture
def repo(git_folder: GitFolder) -> GitFolder:
    git_folder.write("board.yml", BOARD)
    for path, data in CARDS.items():
        git_folder.write(path, data)
    git_folder.commit("begin", date="2026-10-01T09:00:00+02:00")
    return git_folder


@pytest.fixture
def desk(repo: GitFolder) -> Iterator[Desk]:
    yield opened(repo.root)
    set_language("en")


def opened(folder: Path, as_of: str | None = AS_OF, **more: Any) -> Desk:
    settings = Settings()
    settings.directory = str(folder)
    return Desk(settings, as_of, **more)


def place(desk: Desk, card: str, column: str) -> Place:
    return next(one for one in desk.places(card) if one.column == column)


@pytest.mark.parametrize(
    ("card", "column", "state", "gesture", "inputs", "said"),
    [
        ("acme", "prospects", HERE, "move", [], []),
        ("ready", "qualified", FREE, "move", [], []),
        ("acme", "qualified", ASKS, "move", ["ticks:opt-in", "assignments:amount="],
         ["not ticked: has opted in", "worth: Amount must be above 0"]),
        ("beta", "prospects", ASKS, "move", ["reason:"], ["Qualified → Prospects goes back"]),
        ("beta", "offer", SHUT, "move", [], ["Offer is full: 1 card for a limit of 1 (full)"]),
        ("beta", "lost", ASKS, "lose", ["reason:"], ["a loss needs a normalised reason (price, timing, fit, competition)"]),
        ("beta", "nurturing", FREE, "park", [], []),
        ("full", "won", FREE, "win", [], []),
        ("later", "prospects", ASKS, "reopen", ["reason:"], ["Nurturing → Prospects reopens a closed card"]),
    ],
)  # fmt: skip
def test_each_column_says_whether_a_held_card_may_go_there(
    desk: Desk, card: str, column: str, state: str, gesture: str, inputs: list[str], said: list[str]
) -> None:
    found = place(desk, card, column)
    assert (found.state, found.gesture) == (state, gesture)
    assert [f"{one.word}:{one.before or one.value}" for one in found.inputs] == inputs
    assert [one.message for one in found.hindrances] == said


def test_the_words_are_those_of_the_command_line(desk: Desk, repo: GitFolder, kanban: Kanban) -> None:
    for card, column in (("acme", "qualified"), ("beta", "offer"), ("beta", "prospects")):
        told = kanban("-C", repo.root, "move", card, column, "--as-of", AS_OF).err
        for one in place(desk, card, column).hindrances:
            assert f"  - {one.message}  → {one.cure}" in told


def test_what_a_column_asks_opens_it_in_one_commit_of_one_file(desk: Desk, repo: GitFolder) -> None:
    found = place(desk, "acme", "qualified")
    answers = {"opt-in": "opt-in", "amount=": "28 k€"}
    typed = [(one, answers[one.before or one.value]) for one in found.inputs]
    before = repo.git("rev-parse", "HEAD").strip()
    outcome = desk.make(found.gesture, filled(found.words, typed))
    assert outcome.refused is None
    assert repo.git("diff", "--name-status", "-M50", f"{before}..HEAD").split("\t")[1:] == [
        "prospects/acme.md",
        "qualified/acme.md\n",
    ]
    assert repo.git("rev-list", "--count", f"{before}..HEAD") == "1\n"
    assert "dor: [opt-in]\n" in repo.git("show", "HEAD:qualified/acme.md")
    assert "amount: 28 k€\n" in repo.git("show", "HEAD:qualified/acme.md")


def test_a_card_that_was_changed_meanwhile_is_left_as_it_is(desk: Desk, repo: GitFolder) -> None:
    seen = {card.id: card.version for card in desk.wall().cards}
    repo.write("prospects/ready.md", card_text(account="Ready", amount="29 k€", dor="[opt-in]"))
    head = repo.git("rev-parse", "HEAD")
    outcome = desk.make("move", {"cards": ["ready"], "column": "qualified"}, versions={"ready": seen["ready"]})
    assert outcome.refused is not None
    assert outcome.refused.changed
    assert outcome.refused.message == "ready was changed while you looked at it"
    assert repo.git("rev-parse", "HEAD") == head
    assert desk.make("move", {"cards": ["ready"], "column": "qualified"}).ok


def test_what_others_changed_on_a_card_in_the_hand_is_said_with_what_was_seen(desk: Desk, repo: GitFolder) -> None:
    desk.places("ready")
    seen = desk.pane("ready").version
    repo.write("prospects/ready.md", card_text(account="Ready", owner="Zoé", amount="28 k€") + b"- called\n")
    lines = [
        "Notes: you saw: – · it is now: - called",
        "Owner: you saw: Karim · it is now: Zoé",
        "has opted in: you saw: ✓ · it is now: –",
    ]
    assert [one.line for one in desk.changes("ready", seen)] == lines
    refused = desk.make("touch", {"card": "ready"}, versions={"ready": seen}).refused
    assert refused is not None
    assert [one.message for one in refused.hindrances] == lines
    assert refused.cure == "it stands in Prospects now"
    seen = desk.pane("ready").version
    repo.git("mv", "prospects/ready.md", "offer/ready.md")
    assert [one.line for one in desk.changes("ready", seen)] == ["Column: you saw: Prospects · it is now: Offer"]
    assert desk.changes("ready", "a version of long ago") == ()


@pytest.mark.parametrize(
    ("gesture", "words", "said"),
    [
        ("edit", {"card": "acme"}, "there is no gesture “edit” here"),
        ("../x", {}, "there is no gesture “../x” here"),
        ("move", {"cards": ["acme"]}, "column is missing"),
        ("move", {"cards": "acme", "column": "won"}, "cards cannot be read"),
        ("move", {"cards": ["acme"], "column": 3}, "column cannot be read"),
        ("move", {"cards": ["acme"], "column": "won", "force": "yes"}, "force cannot be read"),
        ("move", {"cards": ["acme"], "column": "won", "at": "x"}, "“at” is no word of move"),
        ("move", {"cards": ["nobody"], "column": "won"}, "there is no card “nobody”"),
    ],
)
def test_what_comes_from_outside_is_looked_at(desk: Desk, gesture: str, words: dict[str, Any], said: str) -> None:
    outcome = desk.make(gesture, words)
    assert outcome.refused is not None
    assert outcome.refused.message == said


def test_the_author_is_gits_whoever_looks(repo: GitFolder) -> None:
    desk = opened(repo.root, person="Karim")
    assert desk.make("new", {"account": "Gamma", "next_action": "call", "on": "tomorrow"}).ok
    assert repo.git("log", "-1", "--format=%an %ae|%cn").strip() == "Zoé Martin zoe@example.org|Zoé Martin"
    assert "owner: Karim\n" in repo.git("show", "HEAD:prospects/gamma.md")
    assert "On-behalf-of: Karim\n" in repo.git("log", "-1", "--format=%B")
    set_language("en")


def test_a_board_to_look_at_makes_no_gesture(repo: GitFolder) -> None:
    desk = opened(repo.root, read_only=True)
    head = repo.git("rev-parse", "HEAD")
    outcomes = [desk.make("park", {"cards": ["beta"]}), desk.undo()]
    assert [one.refused and one.refused.message for one in outcomes] == ["this board is shown to be read only"] * 2
    assert repo.git("rev-parse", "HEAD") == head
    assert desk.rehearse("park", {"cards": ["beta"]}).ok
    set_language("en")


def test_a_line_is_shown_as_understood_before_it_is_saved(desk: Desk, repo: GitFolder) -> None:
    head = repo.git("rev-parse", "HEAD")
    found = desk.understand("Delta demo tomorrow 10:00 28k 40% @zoé")
    assert found.pieces == (
        ("Account", "Delta"), ("Next action", "demo"), ("Date of the next action", "tomorrow 10:00"),
        ("Amount", "28k"), ("Probability", "40%"), ("Owner", "Zoé"),
    )  # fmt: skip
    assert found.outcome.done[0] == "delta added to Prospects (prospects/delta.md)"
    assert repo.git("rev-parse", "HEAD") == head
    assert desk.make("new", found.words).ok
    assert desk.undo().done == ("undone: delta: new in prospects",)
    refused = desk.understand("Delta @nobody").outcome.refused
    assert refused is not None
    assert refused.message == "nobody is called “nobody” here"


def test_lanes_hold_every_open_card_once(desk: Desk) -> None:
    wall = desk.wall()
    for by in ("owner", "class", "source"):
        found = lanes(wall, by)
        cards = [card.id for lane in found for cards in lane.cards.values() for card in cards]
        assert sorted(cards) == ["acme", "beta", "full", "ready"]
    assert [lane.label for lane in lanes(wall, "owner")] == ["Karim", "Zoé", "none"]
    assert [column.sums for column in wall.columns] == ["€28k", "€10k · weighted €5k", "€1k"]


def test_the_pane_has_every_field_tick_and_gesture(desk: Desk) -> None:
    pane = desk.pane("beta")
    assert [form.gesture for form in pane.forms] == ["note", "touch", "block", "win", "lose", "park"]
    assert [(tick.id, tick.ticked) for tick in pane.ticks] == [("opt-in", True)]
    assert next(one.value for one in pane.fields if one.before == "amount=") == "10 k€"
    assert [form.gesture for form in desk.pane("later").forms] == ["note", "reopen"]
    assert not {one.before for one in pane.fields} & {one.before for one in pane.more}
    words = filled(pane.forms[0].words, [(pane.forms[0].inputs[0], "one\n\ntwo\n"), (pane.forms[0].inputs[2], "")])
    assert words == {"card": "beta", "bullets": ("one", "two")}


def test_every_offered_gesture_can_be_typed() -> None:
    for name in OFFERED:
        assert parameters_of(GESTURES[name]), name


def test_histories_of_a_long_session_are_not_kept(desk: Desk) -> None:
    for number in range(6):
        assert desk.make("note", {"card": "beta", "bullets": [f"call {number}"]}).ok
        desk.wall()
    assert len(desk.kept.histories) <= 2


def test_what_lives_for_hours_looks_for_old_cycles_too(repo: GitFolder) -> None:
    """A verb that ends in a second does not (`COLLECT`): served so, a thousand gestures kept every board they had read."""
    usual = gc.get_threshold()
    try:
        gc.set_threshold(*COLLECT)
        desk = opened(repo.root)
        youngest, younger, old = gc.get_threshold()
        assert youngest * younger * old <= 1_000_000, "objects made between two looks at the old ones"
    finally:
        gc.set_threshold(*usual)
    for number in range(3):
        assert desk.make("note", {"card": "beta", "bullets": [f"call {number}"]}).ok
        desk.wall()
    gc.collect()
    assert sum(isinstance(one, Session) and one.kept is desk.kept for one in gc.get_objects()) <= 1


def test_what_was_left_empty_is_left_out() -> None:
    found = filled({"card": "a"}, [(Input("on", "When", "when"), "  "), (Input("who", "Who"), " Zoé ")])
    assert found == {"card": "a", "who": "Zoé"}


def test_a_slow_network_holds_nobody_up(repo: GitFolder, tmp_path: Path) -> None:
    """While the others' work is on its way the board is read; a gesture waits for its turn, and is made."""
    shared, waiting = tmp_path / "shared.git", tmp_path / "waiting"
    repo.git("clone", "-q", "--bare", ".", str(shared))
    repo.git("remote", "add", "origin", str(shared))
    repo.git("fetch", "-q", "origin")
    repo.git("branch", "-q", "-u", "origin/main")
    slow = tmp_path / "slow.sh"
    slow.write_text(f'#!/bin/sh\nwhile [ -e "{waiting}" ]; do sleep 0.05; done\nexec git-upload-pack "$@"\n')
    slow.chmod(0o755)
    repo.git("config", "remote.origin.uploadpack", str(slow))
    desk = opened(repo.root, None)
    assert desk.make("touch", {"card": "acme"}).ok
    waiting.touch()
    read: list[Wall] = []
    with ThreadPoolExecutor(2) as pool:
        sharing = pool.submit(desk.share)
        try:
            made = pool.submit(desk.make, "touch", {"card": "ready"})
            reader = threading.Thread(target=lambda: read.append(desk.wall()), daemon=True)
            reader.start()
            reader.join(60)
            assert read
            assert not made.done()
            assert not sharing.done()
        finally:
            waiting.unlink()
        assert sharing.result(60).refused is None
        assert made.result(60).ok
    assert desk.share().refused is None
    assert repo.git("rev-parse", "HEAD") == repo.git("rev-parse", "origin/main")
