"""Fewer keys for the same gesture: first letters of a verb, the next column unsaid, quotes forgotten, fields unnamed."""

from __future__ import annotations

import pytest

from kanban.cli import VERBS
from kanban.commands.base.calling.invocation import EVERYDAY, verb_meant
from tests.boards import card_text
from tests.conftest import Answer, GitFolder, Kanban

BOARD = """\
title: Sales
language: en
currency: EUR
columns: [{key: lead}, {key: offer}, {key: won, kind: won}, {key: lost, kind: lost}]
sources: [fair]
owners: [{name: Zoé}, {name: Zora}, {name: Paul}]
policies: {pull_stop: none}
"""


@pytest.fixture
def board(git_folder: GitFolder) -> GitFolder:
    git_folder.write("board.yml", BOARD)
    for column, name in (("lead", "acme"), ("offer", "beta"), ("lost", "gone")):
        git_folder.write(f"{column}/{name}.md", card_text(account=name, owner="Paul", next_action="call"))
    git_folder.commit("board", date="2026-10-01T10:00:00+02:00")
    return git_folder


def typed(kanban: Kanban, board: GitFolder, line: str) -> Answer:
    return kanban("-C", board.root, *line.split(), "--as-of", "2026-10-05")


@pytest.mark.parametrize(
    ("letters", "verb"),
    [
        *(("n", "note"), ("ne", "next"), ("m", "move"), ("s", "set"), ("sh", "show"), ("l", "list"), ("lo", "lose")),
        *(("b", "board"), ("bl", "block"), ("t", "tick"), ("to", "touch"), ("reo", "reopen"), ("ls", "list")),
        *(("metric", "metric"), ("er", "er"), ("", ""), ("sy", "sy")),
    ],
)
def test_a_verb_of_every_day_answers_to_its_first_letters(letters: str, verb: str) -> None:
    assert verb_meant(letters) == verb


def test_a_whole_name_is_never_another_verbs() -> None:
    assert set(EVERYDAY) <= set(VERBS)
    assert [verb for verb in EVERYDAY if verb_meant(verb) != verb] == []


@pytest.mark.parametrize(
    ("line", "path", "wanted"),
    [
        ("m acme", "offer/acme.md", "account: acme"),
        ("déplacer acme", "offer/acme.md", "account: acme"),
        (
            "block acme -c their lawyer is away -n call her friday",
            "lead/acme.md",
            "blocked_cause: their lawyer is away",
        ),
        ("block acme -c legal -n call her friday", "lead/acme.md", "blocked_owner: Paul"),
        ("reopen gone -r budget found after all -n call tomorrow", "lead/gone.md", "next_action_date: 2026-10-06"),
        ("new Delmont Papers -c Ms Roy -n call 9 Oct", "lead/delmont-papers.md", "contact: Ms Roy"),
        ("set acme 28k 40% @paul", "lead/acme.md", "probability: 40%"),
        ("set acme 28k€ friday", "lead/acme.md", "next_action_date: 2026-10-09"),
        ("set acme #fair need=seats", "lead/acme.md", "source: fair"),
    ],
)
def test_said_in_fewer_keys(kanban: Kanban, board: GitFolder, line: str, path: str, wanted: str) -> None:
    answer = typed(kanban, board, line)
    assert answer.code == 0, answer.err
    assert wanted in (board.root / path).read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("set acme “need=three seats”", "need: three seats"),
        ("set acme need=“three seats, one room” 28k", "need: three seats, one room"),
        ("set acme need=three seats, one room", "need: three seats, one room"),
        ("set acme next step=call back", "next_action: call back"),
        ("block acme -c « legal review » -n “call them friday”", "blocked_cause: legal review"),
        ("changer ACME. need=seats", "need: seats"),
    ],
)
def test_quotes_of_a_word_processor_and_none_at_all(kanban: Kanban, board: GitFolder, line: str, wanted: str) -> None:
    answer = typed(kanban, board, line)
    assert answer.code == 0, answer.err
    assert wanted in (board.root / "lead/acme.md").read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("m beta", 2, "`kanban win beta`, `kanban lose beta`, `kanban park beta`"),
        ("m gone", 2, "`kanban reopen gone`"),
        ("set acme 280", 2, "write it like `amount=280`"),
        ("note acme he will think it over", 1, "kanban note acme 'he will think it over'"),
        ("set acme soon", 2, "write it like `next_action_date=+2d`"),
        ("set acme @zo", 2, "Zoé, Zora"),
        ("lose acme -r price half elsewhere", 2, "there is no card “half”"),
        ("reopen -r budget is back gone", 2, "put a text of several words"),
    ],
)
def test_what_could_mean_two_things_is_asked(kanban: Kanban, board: GitFolder, line: str, code: int, said: str) -> None:
    answer = typed(kanban, board, line)
    assert answer.code == code
    assert said in answer.err
