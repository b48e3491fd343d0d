"""What only a person can decide is asked on a terminal, told as data, and answered beforehand, with the same words."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time

import pytest

from tests.team.conftest import Gather, Member, Table

pytestmark = [pytest.mark.slow, pytest.mark.sweep]


def at_odds(gather: Gather, *, hooks: bool = True) -> Table:
    """Won here and lost there, and two plans for what happens next."""
    table = gather("Zoe", "Karim", hooks=hooks)
    zoe, karim = table.members
    assert karim.kanban("lose", "gamma", "--reason", "price").code == 0
    assert karim.kanban("note", "acme", "karim called", "--next", "send offer", "--on", "2026-10-13").code == 0
    assert karim.kanban("sync").code == 0
    assert zoe.kanban("win", "gamma").code == 0
    assert zoe.kanban("note", "acme", "zoe called", "--next", "demo", "--on", "2026-10-12").code == 0
    return table


def on_a_terminal(member: Member, *words: str, typed: dict[str, str]) -> tuple[int, str]:
    """Run kanban on a terminal of its own; whenever what it said ends with a key of `typed`, its value is typed."""
    import pty  # not there on Windows

    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_AUTHOR", "GIT_COMM"))}
    environment |= {"KANBAN_AS_OF": member.day, "TERM": "dumb", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "kanban", *words]
    with subprocess.Popen(command, cwd=member.root, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as run:
        os.close(theirs)
        said, waiting, end = "", list(typed.items()), time.monotonic() + 60
        while time.monotonic() < end:
            if select.select([ours], [], [], 0.2)[0]:
                try:
                    said += os.read(ours, 4096).decode("utf-8", "replace")
                except OSError:
                    break
            elif run.poll() is not None:
                break
            if waiting and said.rstrip().endswith(waiting[0][0]):
                os.write(ours, waiting.pop(0)[1].encode())
                said += "\n"
        run.kill() if run.poll() is None else None
    os.close(ours)
    return run.returncode, said


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.parametrize("hooks", [True, False], ids=["with hooks", "without"])
def test_the_questions_are_asked_one_by_one_until_one_of_the_answers_is_named(gather: Gather, hooks: bool) -> None:
    table = at_odds(gather, hooks=hooks)
    zoe, karim = table.members
    asked = {"which one?:": "maybe\n", "numbers\r\nwhich one?:": "1\n", "Perdu\r\nwhich one?:": "gagne\n"}
    code, said = on_a_terminal(zoe, "sync", typed=asked)
    assert code == 0, said
    assert ": Next action: yours is “demo, 2026-10-12”, that of Karim is “send offer, 2026-10-13”" in said
    assert ": you moved it to Gagne, Karim moved it to Perdu" in said
    assert "type one of the numbers" in said
    assert "git " not in said
    assert zoe.where("gamma") == ["gagne"]
    assert "next_action: demo" in zoe.read("acme")
    assert "- karim called" in zoe.read("acme")
    assert "- zoe called" in zoe.read("acme")
    assert karim.kanban("sync").code == 0
    assert karim.where("gamma") == ["gagne"]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_giving_up_in_the_middle_changes_nothing(gather: Gather) -> None:
    (zoe, _karim) = at_odds(gather).members
    head = zoe.git("rev-parse", "HEAD")
    code, said = on_a_terminal(zoe, "sync", typed={"which one?:": "\x04"})
    assert code == 130, said
    assert zoe.git("rev-parse", "HEAD") == head
    assert zoe.git("status", "--porcelain") == ""


def test_the_questions_as_data_name_what_answers_them(gather: Gather) -> None:
    (zoe, _karim) = at_odds(gather).members
    refused = zoe.kanban("sync", "--json")
    assert refused.code == 1
    told = json.loads(refused.out)
    assert (told["schema"], told["upstream"], told["outcome"]) == ("kanban-sync/1", "origin/main", "asked")
    assert told["cure"] == "kanban sync --take acme.next_action=mine|theirs --take 'gamma=gagne|perdu'".replace("'", "")
    asked = {one["name"]: [choice["answer"] for choice in one["choices"]] for one in told["questions"]}
    assert asked == {"acme.next_action": ["mine", "theirs"], "gamma": ["gagne", "perdu"]}
    takes = [word for name, answers in asked.items() for word in ("--take", f"{name}={answers[1]}")]
    done = zoe.kanban("sync", "--json", *takes)
    assert done.code == 0, done.text
    assert json.loads(done.out)["pushed"] is True
    assert zoe.where("gamma") == ["perdu"]
    assert "next_action: send offer" in zoe.read("acme")
