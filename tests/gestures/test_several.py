"""Several gestures as one: each on the board that the ones before it left, and the board is not made anew for each."""

from __future__ import annotations

from functools import partial
from random import Random

import pytest

from kanban.commands.cards.several import Line, batch
from kanban.errors import Refused
from kanban.gestures.fields import set_fields
from kanban.gestures.move import move
from kanban.model.cards import assembly
from kanban.model.cards.assembly import board_with, read_board
from kanban.model.cards.board import Board
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.read_card import Taking
from tests.boards import FIVE_COLUMNS, TODAY, card_text
from tests.gestures.telling import situation

CONFIG = FIVE_COLUMNS + "classes: [standard, {key: expedite, wip: 1}]\n"
COLUMNS = ("prospects", "qualifies", "offre", "gagne", "perdu", "nurturing")
DERIVED = ("_by_id", "_by_column", "open_cards", "open_by_class", "renames", "without_next_action", "duplicates")


def files(chance: Random) -> dict[str, BoardFile]:
    """Some cards: some with former names, some claiming one id in two columns; and a file beside them."""
    found = {"board.yml": BoardFile("board.yml", CONFIG.encode()), "README.md": BoardFile("README.md", b"# read\n")}
    for _card in range(12):
        path = f"{chance.choice(COLUMNS)}/{chance.choice('abcdefgh')}.md"
        found[path] = BoardFile(path, text(chance))
    return found


def text(chance: Random) -> bytes:
    former = chance.choice(("", "", f"[{chance.choice('abcdxyz')}]"))
    return card_text(**{"class": chance.choice(("", "expedite"))}, formerly=former, tags=f"[t{chance.randrange(9)}]")


@pytest.mark.parametrize("seed", range(40))
def test_a_board_that_changed_is_the_one_that_is_read(seed: int) -> None:
    chance = Random(seed)
    now = files(chance)
    board = read_board(now.values(), anchor=TODAY)
    for _step in range(4):
        for name in chance.sample(DERIVED, chance.randrange(len(DERIVED))):
            getattr(board, name)
        changed: dict[str, BoardFile | None] = dict.fromkeys(chance.sample(sorted(filter(is_card, now)), 2))
        card, beside = (
            f"{chance.choice(COLUMNS)}/{chance.choice('abcdefgh')}.md",
            chance.choice(("x/y.md", "offre/y.txt")),
        )
        for path in (card, beside) if chance.random() < 0.3 else (card,):
            changed[path] = BoardFile(path, text(chance))
        if chance.random() < 0.1:
            changed["board.yml"] = BoardFile("board.yml", CONFIG.replace("wip: 2", "wip: 4").encode())
        known = dict(now)
        now = {path: file for path, file in {**now, **changed}.items() if file is not None}
        before, board = board, board_with(board, changed, anchor=TODAY)
        fresh = read_board(now.values(), anchor=TODAY)
        assert board == fresh
        assert {name: getattr(board, name) for name in DERIVED} == {name: getattr(fresh, name) for name in DERIVED}
        left, come = board.differs_from(before)
        assert {card.path for card in (*left, *come)} >= {
            path for path in (*known, *now) if is_card(path) and known.get(path) != now.get(path)
        }
        assert (set(map(id, left)) & set(map(id, board.cards)), set(map(id, come)) & set(map(id, before.cards))) == (
            set(),
            set(),
        )


def is_card(path: str) -> bool:
    return path.partition("/")[0] in COLUMNS and path.endswith(".md")


def test_no_gesture_makes_the_board_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    at = situation({f"prospects/c{number}.md": card_text(owner="Zoé") for number in range(40)})
    for card in at.board.cards:
        card.readable  # noqa: B018 - what is on the board is read
    read: list[str] = []

    def counted(taking: Taking) -> dict[str, object] | None:
        read.append(taking._file.path)
        return look(taking)

    def anew(*_words: object, **_more: object) -> Board:
        raise AssertionError("the board was made anew")

    look = Taking.look
    monkeypatch.setattr(Taking, "look", counted)
    monkeypatch.setattr(assembly, "read_board", anew)
    made = batch(
        at, lines=[partial(set_fields, card=f"c{number}", assignments=("owner=Paul",)) for number in range(40)]
    )
    assert len(made.changes) == 40
    assert sorted(set(read)) == sorted(f"prospects/c{number}.md" for number in range(40))
    assert len(read) <= 2 * 40


def moved(card: str, target: str) -> Line:
    return partial(move, cards=(card,), column=target, reason="as agreed")


def test_limits_are_judged_one_after_the_other() -> None:
    cards = {"qualifies/a.md": card_text(), "offre/b.md": card_text(), "offre/c.md": card_text()}
    at = situation(cards)
    full = [moved("a", "offre"), moved("b", "nurturing")]
    with pytest.raises(Refused, match="a"):
        batch(at, lines=full)
    paths = {(one.moved_from, one.path) for one in batch(at, lines=full[::-1]).changes}
    assert paths == {("offre/b.md", "nurturing/b.md"), ("qualifies/a.md", "offre/a.md")}
