"""Every cure cures: what refusals, `next`, `daily`, `weekly`, `diagnose` and `doctor` print is typed, and it is over."""

from __future__ import annotations

import pytest

from tests.conftest import Kanban
from tests.sheet.stage import COLUMNS, Stage, commands_in

pytestmark = pytest.mark.sweep

ROUNDS = 9


def followed(stage: Stage, *words: str) -> None:
    """Type it, then everything that a refusal says to type, until it goes through."""
    for _round in range(ROUNDS):
        answer = stage.type(*words)
        assert answer.code in (0, 1), answer.err
        if answer.code == 0:
            return
        cures = [one for one in commands_in(answer.err) if "--force" not in one]
        assert cures, answer.err
        for cure in cures:
            code, said = stage.typed(cure)
            assert code == 0, (cure, said)
    raise AssertionError(answer.err)


@pytest.mark.parametrize("template", [(), ("--template", "discovery"), ("--template", "outbound")])
def test_who_follows_every_refusal_signs_the_deal(stage: Stage, template: tuple[str, ...]) -> None:
    assert stage.type("new", "ACME SAS", *template).code == 0
    for name in COLUMNS[stage.preset][1:-3]:
        followed(stage, "move", "acme-sas", stage.column(name))
    followed(stage, "win", "acme-sas")
    assert not [one for one in stage.kanban("lint", "--json").json["findings"] if one["severity"] == "error"]


def complaining(stage: Stage) -> None:
    """A board on which everything is wrong that the rituals speak of."""
    owned = {"owner": "Zoé", "amount": "9000", "probability": "40", "close_date": "2026-11-30"}
    stage.place("prospects", "silent", "2026-08-20", next_action_date="2026-10-20", **owned)
    stage.place("prospects", "touched", touches="3", **owned)
    stage.place("prospects", "bare", next_action="", next_action_date="", **owned)
    stage.place("prospects", "late", next_action_date="2026-10-01", **owned)
    stage.place("prospects", "today", next_action_date="2026-10-05", **owned)
    label = {"blocked_since": "2026-09-28", "blocked_cause": "legal", "blocked_next": "call", "blocked_owner": "Zoé"}
    stage.place("prospects", "blocked", **label, **owned)
    stage.place("prospects", "partner", **{"class": "partner"}, received_at="2026-10-01T09:00", **owned)
    stage.place("meeting", "held", "2026-09-20", next_action_date="2026-10-02T10:00", dor="[agenda-sent]", **owned)
    if stage.preset == "b2b":
        stage.place("offer", "quiet", "2026-09-03", next_action_date="2026-11-25", **owned)
        stage.place("offer", "nobody")
        stage.place("negotiation", "old", "2026-09-23", **owned)
        stage.place("negotiation", "overripe", "2026-09-23", **(owned | {"close_date": "2026-09-30"}))


@pytest.mark.parametrize("verb", ["next", "daily", "weekly", "lint"])
def test_what_a_ritual_prints_settles_it(stage: Stage, verb: str) -> None:
    complaining(stage)
    assert commands_in(stage.type(verb).out)
    for _round in range(3):
        for command in commands_in(stage.type(verb).out):
            word = command.split()[1]
            code, said = stage.typed(f"{command} --yes" if word == "pull" else command)
            assert code == 0 or word in ("pull", "move", "park"), (command, said)  # parked already; its place is taken
    left = {one for one in commands_in(stage.type(verb).out) if one.split()[1] not in ("pull", "move")}
    assert left == set(), left


def test_what_diagnose_prints_can_be_typed(stage: Stage) -> None:
    for number in range(9):
        stage.place("meeting", f"stuck-{number}", "2026-08-01", next_action_date="2026-10-05T10:00", amount="9000")
    for command in commands_in(stage.type("diagnose").out):
        code, said = stage.typed(command)
        assert code == 0, (command, said)


def test_what_doctor_prints_to_a_newcomer_works(stage: Stage) -> None:
    told = stage.type("doctor").out
    commands = commands_in(told)
    assert 'kanban new "ACME SAS" --template discovery' in commands
    far = stage.folder.root.parent / "far.git"
    stage.folder.git("clone", "-q", "--bare", ".", str(far))
    for command in commands:
        code, said = stage.typed(command.replace("--remote …", f"--remote {far}"))
        assert code == 0, (command, said)
    again = commands_in(stage.type("doctor").out)
    assert not set(commands) & set(again)


@pytest.mark.parametrize("word", ["…", "..."])
def test_a_cure_copied_with_its_dots_is_refused(stage: Stage, kanban: Kanban, word: str) -> None:
    stage.place("prospects", "x")
    before = stage.folder.git("rev-parse", "HEAD")
    typed = [
        ("note", "x", word),
        ("note", "x", "said", "--next", word, "--on", "+2d"),
        ("set", "x", f"owner={word}"),
        ("set", "x", f"decision_maker={word}"),
        ("block", "x", "--cause", word, "--next", "call", "--who", "Zoé"),
        ("park", "x", "--note", word),
        ("lose", "x", "--reason", "price", "--note", word),
        ("new", word),
        ("reopen", "x", "--reason", word),
        ("touch", "x", "call", "--next", word),
        ("new", "Beta", "--next", word, "--on", "+2d"),
    ]
    passed = [words for words in typed if stage.type(*words).code == 0]
    assert passed == []
    assert stage.folder.git("rev-parse", "HEAD") == before


def test_commands_are_found_in_what_is_printed() -> None:
    said = 'no → `kanban tick x a`, or `git add .`\n   → kanban note x "…"\n`kanban next` ranks'
    assert commands_in(said) == ["kanban tick x a", "git add .", 'kanban note x "…"']
