"""What a gesture refuses: every reason at once, each with its cure, and the exit code that goes with it."""

from typing import Any

import pytest

from kanban.errors import Ambiguous, KanbanError, NotFound, Refused, ShallowHistory
from kanban.gestures.table import GESTURES
from kanban.gestures.tick import ready_tick
from kanban.model.cards.assembly import read_board
from kanban.model.cards.boardfile import BoardFile
from tests.boards import FIVE_COLUMNS, card_text
from tests.gestures.telling import situation

FULL = {
    "qualifies/acme.md": card_text(),
    "offre/one.md": card_text(),
    "offre/two.md": card_text(next_action="", next_action_date=""),
}
OFFER = FIVE_COLUMNS.replace("name: Offre,", "name: Offre, dor: [{id: budget, label: Budget known}],")
ALL_REASONS = [
    "Offre is full: 2 cards for a limit of 2 (one, two)  → finish one of them first: `kanban win`, `kanban lose`, "
    "`kanban park` or pull it on",
    "pulling is stopped: 1 open card has no dated next action (two)  → "
    '`kanban set two next_action="…" next_action_date=+2d`',
    "not ticked: Budget known  → `kanban tick acme budget`",
]


def refused(cards: dict[str, bytes], verb: str, config: str = FIVE_COLUMNS, /, **words: Any) -> KanbanError:
    with pytest.raises(KanbanError) as caught:
        GESTURES[verb](situation(cards, config), **words)
    return caught.value


def test_a_move_names_every_reason_and_the_way_past_them() -> None:
    error = refused(FULL, "move", OFFER, cards=("acme",), column="offre")
    assert isinstance(error, Refused)
    assert error.message == "acme may not go to Offre"
    assert list(error.reasons) == ALL_REASONS
    assert error.cure == 'to do it all the same: `--force --reason "…"`, recorded in the commit'


def test_what_is_forced_is_recorded_rule_by_rule() -> None:
    words = {"cards": ("acme",), "column": "offre", "force": True, "reason": "signed tomorrow"}
    made = GESTURES["move"](situation(FULL, OFFER), **words)
    assert [value for key, value in made.trailers if key == "Override"] == [
        "wip-column: signed tomorrow",
        "pull-stop: signed tomorrow",
        "dor: signed tomorrow",
    ]


def test_several_cards_move_all_or_none_and_fill_the_column_together() -> None:
    cards = {f"qualifies/{name}.md": card_text() for name in ("a", "b", "c")}
    error = refused(cards, "move", cards=("a", "b", "c"), column="offre")
    assert isinstance(error, Refused)
    assert [reason.split(" ", 1)[0] for reason in error.reasons] == ["c:"]


ACME = {"qualifies/acme.md": card_text()}
SEVERAL = {"qualifies/acme-one.md": card_text(), "qualifies/acme-two.md": card_text()}
WORDS = [
    ("block", {"card": "acme", "cause": " "}, Refused, "a block label says it all, so that somebody acts on it", 3),
    ("block", {"card": "acme", "since": "+2d"}, KanbanError, "--since: 2026-10-07 is still to come", 0),
    ("unblock", {"card": "acme"}, KanbanError, "acme is not blocked", 0),
    ("note", {"card": "acme", "bullets": (" ",)}, KanbanError, "the note is empty", 0),
    ("note", {"card": "acme", "bullets": tuple("abcd")}, Refused, "a call note has 3 bullets at most", 1),
    ("lose", {"cards": ("acme",), "reason": "moon"}, Refused, "acme may not be lost for “moon”", 1),
    ("reopen", {"card": "acme", "reason": "why"}, KanbanError, "acme is open already", 0),
    ("rename", {"card": "acme", "new_id": "Acme SSO"}, KanbanError, "“Acme SSO” cannot be a card's file name", 0),
    ("rename", {"card": "acme", "new_id": "acme"}, KanbanError, "there is or was a card acme already", 0),
    *(
        ("set", {"card": "acme", "assignments": (f"formerly={name}",)}, KanbanError, f"formerly: “{name}” {why}", 0)
        for name, why in (
            ("../../x", "was never a card's file name"),
            ("..", "was never a card's file name"),
            ("a\\b", "was never a card's file name"),
            ("acme", "is a card's name now (qualifies/acme.md)"),
        )
    ),
    ("set", {"card": "acme", "assignments": ("amount",)}, KanbanError, "“amount” is not of the form key=value", 0),
    ("move", {"cards": ("moon",), "column": "offre"}, NotFound, "there is no card “moon”", 0),
    ("move", {"cards": ("acme",), "column": "moon"}, NotFound, "there is no column “moon”", 0),
    ("move", {"cards": ("acme",), "column": "gagne"}, Refused, "acme may not go to Gagné", 1),
    (
        "move",
        {"cards": ("acme",), "column": "offre", "force": True},
        KanbanError,
        "`--force` needs a reason",
        0,
    ),
    ("tick", {"card": "acme", "ticks": ("moon",)}, NotFound, "no column asks for the tick “moon”", 0),
    ("new", {"account": " "}, KanbanError, "a card needs an account", 0),
    ("new", {"account": "A", "card_id": "acme"}, KanbanError, "there is a card acme already", 0),
    ("new", {"account": "A", "template": "moon"}, NotFound, "there is no template “moon”", 0),
    ("new", {"account": "A", "force": True}, KanbanError, "`--force` needs a reason", 0),
    ("pull", {"column": "prospects"}, KanbanError, "nothing is pulled into Prospects", 0),
    ("pull", {"column": "qualifies"}, Refused, "no card may be pulled into Qualifiés", 0),
    ("experiment-new", {"title": " "}, KanbanError, "an experiment needs a title", 0),
    ("experiment-new", {"title": "T", "indicator": "moon"}, NotFound, "“moon” is not an indicator", 0),
    ("experiment-decide", {"name": "x", "decision": "keep"}, NotFound, "there is no experiment “x”", 0),
]


@pytest.mark.parametrize(
    ("verb", "words", "kind", "message", "reasons"), WORDS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_words_that_cannot_be_done(
    verb: str, words: dict[str, Any], kind: type[KanbanError], message: str, reasons: int
) -> None:
    error = refused(ACME, verb, **words)
    assert type(error) is kind
    assert error.message == message
    assert len(getattr(error, "reasons", ())) == reasons


def test_a_name_that_fits_several_cards_lists_them() -> None:
    error = refused(SEVERAL, "set", card="acme", assignments=("amount=1",))
    assert isinstance(error, Ambiguous)
    assert error.candidates == ("acme-one", "acme-two")


def test_after_the_last_touch_there_is_none() -> None:
    error = refused({"prospects/acme.md": card_text(touches="3")}, "touch", card="acme")
    assert isinstance(error, Refused)
    assert (error.message, error.reasons) == ("acme has had its 3 touches", ("no answer after 3 touches",))
    assert error.cure == "back to nurturing: `kanban park acme`"


def test_a_card_that_cannot_be_edited_names_its_line() -> None:
    cards = {"qualifies/acme.md": b"---\naccount: ACME\nowner: [a\n---\n"}
    error = refused(cards, "park", cards=("acme",), until="2027-01-01")
    assert error.where.startswith("qualifies/acme.md")


def test_numbers_that_need_the_whole_past_are_refused_without_it() -> None:
    with pytest.raises(ShallowHistory):
        GESTURES["archive"](situation({"gagne/acme.md": card_text()}, shallow=True))


@pytest.mark.parametrize(
    ("verb", "words"), [("touch", {}), ("block", {"cause": "lawyer", "next_action": "call", "who": "Zoé"})]
)
def test_a_deal_that_is_over_is_neither_approached_nor_blocked(verb: str, words: dict[str, str]) -> None:
    error = refused({"perdu/acme.md": card_text(lost_reason="price")}, verb, card="acme", **words)
    assert (error.message, error.cure) == ("acme is closed: Perdu", '`kanban reopen acme --reason "…"`')


def test_a_new_card_is_ticked_with_what_a_column_asks_for() -> None:
    columns = "columns: [{key: a}, {key: b, dor: [{id: need-explicit, label: besoin explicite}]}]\n"
    board = read_board([BoardFile("board.yml", columns.encode())])
    assert ready_tick(board, "besoin explicite") == "need-explicit"
    with pytest.raises(NotFound) as raised:
        ready_tick(board, "zzz")
    assert "need-explicit" in raised.value.cure
