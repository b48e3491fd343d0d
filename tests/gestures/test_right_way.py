"""Each gesture on a literal board: which bytes change, what the commit says, what the person is told."""

from typing import Any, NamedTuple

import pytest

from kanban.gestures.table import GESTURES
from tests.boards import FIVE_COLUMNS, card_text
from tests.gestures.telling import STAMP, left, situation

OWNERS = FIVE_COLUMNS + "owners:\n  - {name: Zoé, role: AE}\n"
TICKS = FIVE_COLUMNS.replace("name: Offre,", "name: Offre, dor: [{id: budget, label: Budget known}],")
ACME = card_text("Hello.\n")
NOTED = "\n## Notes\n\n### 2026-10-05\n\n- {0}\n"
FRONT = "---\naccount: ACME\nnext_action: appeler\nnext_action_date: 2026-10-06\n"


class Row(NamedTuple):
    """One gesture: words, the files it touches as they are after it, trailers, what it says, its warnings."""

    verb: str
    words: dict[str, Any]
    files: dict[str, str]
    trailers: list[tuple[str, str]]
    done: list[str]
    warnings: list[str] = []  # noqa: RUF012 - never changed
    around: dict[str, Any] = {}  # noqa: RUF012 - never changed


def moved(source: str, target: str, text: str = FRONT + "---\nHello.\n") -> dict[str, str]:
    return {f"{source}/acme.md": "", f"{target}/acme.md": text}


CARD = [("Card", "acme")]
RIGHT = [
    Row(
        "set",
        {"card": "acme", "assignments": ("amount=28 k€", "next_action="), "force": True, "reason": "asleep"},
        {"qualifies/acme.md": "---\naccount: ACME\nnext_action_date: 2026-10-06\namount: 28 k€\n---\nHello.\n"},
        [*CARD, ("Override", "next-action: asleep")],
        ["acme: amount = 28 k€", "acme: next_action removed"],
    ),
    Row(
        "note",
        {"card": "acme", "bullets": ("called  back",), "next_action": "send", "on": "+2d"},
        {
            "qualifies/acme.md": "---\naccount: ACME\nnext_action: send\nnext_action_date: 2026-10-07\n---\nHello.\n"
            + NOTED.format("called back")
        },
        CARD,
        ["acme: noted", "  Date of the next action: Wednesday 7 October 2026"],
    ),
    Row(
        "note",
        {"card": "acme", "bullets": ("yes",), "column": "offre"},
        moved("qualifies", "offre", FRONT + "---\nHello.\n" + NOTED.format("yes")),
        [("Card", "acme"), ("From", "qualifies"), ("To", "offre")],
        ["acme: Qualifiés → Offre"],
    ),
    Row(
        "touch",
        {"card": "acme", "channel": "mail"},
        {"qualifies/acme.md": FRONT + "touches: 1\n---\nHello.\n" + NOTED.format("touch 1: mail")},
        CARD,
        ["acme: touch 1 of 3 (mail)"],
    ),
    Row(
        "block",
        {"card": "acme", "cause": "legal  review", "next_action": "call", "who": "Zoé"},
        {
            "qualifies/acme.md": FRONT
            + "blocked_since: 2026-10-05\nblocked_cause: legal review\nblocked_next: call\nblocked_owner: Zoé\n---\nHello.\n"
        },
        CARD,
        ["acme: blocked since Monday 5 October 2026, Zoé unblocks"],
    ),
    Row(
        "tick",
        {"card": "acme", "ticks": ("known",)},
        {"qualifies/acme.md": FRONT + "dor: [budget]\n---\nHello.\n"},
        CARD,
        ["acme: ticked budget"],
        around={"config": TICKS},
    ),
    Row(
        "move",
        {"cards": ("acme",), "column": "offre"},
        moved("qualifies", "offre"),
        [("Card", "acme"), ("From", "qualifies"), ("To", "offre")],
        ["acme: Qualifiés → Offre"],
    ),
    Row(
        "move",
        {"cards": ("acme",), "column": "prospects", "reason": "too early"},
        moved("qualifies", "prospects"),
        [
            *(("Card", "acme"), ("From", "qualifies"), ("To", "prospects")),
            *(("Override", "pull-order: too early"), ("Reason", "too early")),
        ],
        ["acme: Qualifiés → Prospects"],
    ),
    Row(
        "pull",
        {"column": "offre"},
        moved("qualifies", "offre"),
        [("Card", "acme"), ("From", "qualifies"), ("To", "offre")],
        ["acme: Qualifiés → Offre"],
    ),
    Row(
        "lose",
        {"cards": ("acme",), "reason": "price", "note": "too dear"},
        moved("qualifies", "perdu", FRONT + "lost_reason: price\n---\nHello.\n" + NOTED.format("too dear")),
        [("Card", "acme"), ("From", "qualifies"), ("To", "perdu")],
        ["acme: Qualifiés → Perdu"],
    ),
    Row(
        "park",
        {"cards": ("acme",), "until": "2027-01-15"},
        moved("qualifies", "nurturing", FRONT + "parked_until: 2027-01-15\n---\nHello.\n"),
        [("Card", "acme"), ("From", "qualifies"), ("To", "nurturing")],
        ["acme: Qualifiés → Nurturing", "  Parked until: Friday 15 January 2027"],
    ),
    Row(
        "win",
        {"cards": ("acme",), "amount": "26 k€", "reason": "signed on the spot"},
        moved("qualifies", "gagne", FRONT + "amount: 26 k€\n---\nHello.\n"),
        [
            *(("Card", "acme"), ("From", "qualifies"), ("To", "gagne")),
            *(("Override", "pull-order: signed on the spot"), ("Reason", "signed on the spot")),
        ],
        ["acme: Qualifiés → Gagné"],
    ),
    Row(
        "rename",
        {"card": "acme", "new_id": "acme-sso"},
        {"qualifies/acme.md": "", "qualifies/acme-sso.md": FRONT + "formerly: [acme]\n---\nHello.\n"},
        [("Card", "acme-sso"), ("Formerly", "acme")],
        ["acme is now acme-sso"],
    ),
    Row("edit", {"card": "acme"}, {"qualifies/acme.md": FRONT + "---\nHello.\n"}, CARD, ["acme: edited"]),
    Row(
        "new",
        {"account": "Beta  CRM", "next_action": "call", "on": "tomorrow 10:00"},
        {
            "prospects/beta-crm.md": "---\naccount: Beta CRM\nnext_action: call\nnext_action_date: 2026-10-06T10:00\n"
            "owner: Zoé\nrole: AE\n---\n"
        },
        [("Card", "beta-crm"), ("To", "prospects")],
        [
            "beta-crm added to Prospects (prospects/beta-crm.md)",
            "  Date of the next action: Tuesday 6 October 2026 at 10:00",
        ],
        around={"config": OWNERS, "who": "zoe martin"},
    ),
    Row(
        "new",
        {"account": "ACME", "card_id": "second"},
        {"prospects/second.md": "---\naccount: ACME\nnext_action: make contact\nnext_action_date: 2026-10-06\n---\n"},
        [("Card", "second"), ("To", "prospects")],
        ["second added to Prospects (prospects/second.md)", "  Date of the next action: Tuesday 6 October 2026"],
        [
            "second: planned, since every open card has a dated next action: next_action=make contact, "
            'next_action_date=2026-10-06  → `kanban set second next_action="…" next_action_date=+2d`',
            "ACME has a card already: acme, in Qualifiés",
        ],
    ),
    Row(
        "experiment-new",
        {"title": "Agenda before noon", "problem": "no-shows", "target": "70 %"},
        {
            "experiments/agenda-before-noon.md": "---\ntitle: Agenda before noon\nproblem: no-shows\n"
            "rule: Agenda before noon\nindicator: throughput\ntarget: 70 %\nstart: 2026-10-05\nweeks: 2\n---\n"
        },
        [],
        ["agenda-before-noon begins on 2026-10-05: look at it with `kanban experiment show agenda-before-noon`"],
    ),
]


@pytest.mark.parametrize("row", RIGHT, ids=lambda row: f"{row.verb} {' '.join(row.words)}")
def test_the_right_way(row: Row) -> None:
    cards = {"qualifies/acme.md": ACME}
    made = GESTURES[row.verb](situation(cards, **row.around), **row.words)
    assert left(cards, made) == row.files
    assert list(made.trailers) == row.trailers
    assert list(made.done) == row.done
    assert list(made.warnings) == row.warnings


def test_every_gesture_of_the_table_is_tried() -> None:
    apart = {"unblock", "reopen", "archive", "experiment-decide"}
    assert {row.verb for row in RIGHT} | apart == set(GESTURES)


def test_a_label_that_is_taken_off_leaves_no_line() -> None:
    labels = {"blocked_since": "2026-10-01", "blocked_cause": "legal", "blocked_next": "call", "blocked_owner": "Zoé"}
    cards = {"qualifies/acme.md": card_text("Hello.\n", **labels)}
    made = GESTURES["unblock"](situation(cards), card="acme")
    assert left(cards, made) == {"qualifies/acme.md": ACME.decode()}


@pytest.mark.parametrize(
    ("past", "column"),
    [
        ([("2026-09-01", "acme", "prospects", "offre"), ("2026-09-20", "acme", "offre", "perdu")], "offre"),
        ([], "prospects"),
    ],
    ids=["where it was", "in the first column"],
)
def test_a_card_comes_back_where_it_was(past: list[tuple[str, str, str | None, str]], column: str) -> None:
    cards = {"perdu/acme.md": card_text(lost_reason="price")}
    made = GESTURES["reopen"](situation(cards, past=past), card="acme", reason="new sponsor")
    assert left(cards, made) == {"perdu/acme.md": "", f"{column}/acme.md": FRONT + "---\n"}
    assert made.trailers == (
        *(("Card", "acme"), ("From", "perdu"), ("To", column)),
        *(("Override", "pull-order: new sponsor"), ("Reason", "new sponsor")),
    )


@pytest.mark.parametrize(("days", "ids"), [(66, []), (65, ["old"]), (30, ["old"]), (0, ["new", "old"])])
def test_closed_cards_go_into_the_year_in_which_they_were_closed(days: int, ids: list[str]) -> None:
    cards = {"gagne/old.md": ACME, "gagne/new.md": ACME, "offre/open.md": ACME, "gagne/2025/filed.md": ACME}
    past = [("2026-08-01", "old", "offre", "gagne"), ("2026-10-01", "new", "offre", "gagne")]
    made = GESTURES["archive"](situation(cards, past=past), days=days)
    assert [change.path for change in made.changes] == [f"gagne/2026/{name}.md" for name in ids]
    assert [change.moved_from for change in made.changes] == [f"gagne/{name}.md" for name in ids]
    assert made.trailers == tuple(("Card", name) for name in ids)


def test_the_first_note_keeps_the_promise_to_a_partner() -> None:
    config = FIVE_COLUMNS + "classes:\n  - {key: partner, sla_hours: 4}\n"
    cards = {"prospects/acme.md": card_text("", **{"class": "partner", "received_at": "2026-10-05T08:00"})}
    made = GESTURES["note"](situation(cards, config), card="acme", bullets=("hello",))
    assert f"answered_at: {STAMP}\n" in left(cards, made)["prospects/acme.md"]


def test_a_decision_stands_in_its_ticket() -> None:
    cards = {"experiments/agenda.md": "---\ntitle: Agenda\nstart: 2026-09-01\n---\n"}
    made = GESTURES["experiment-decide"](situation(cards), name="ag", decision="keep", because="it works")
    text = left(cards, made)["experiments/agenda.md"]
    assert text.startswith("---\ntitle: Agenda\nstart: 2026-09-01\ndecision: keep\ndecided_on: 2026-10-05\n---\n")
    assert text.endswith("### 2026-10-05\n\n- it works\n")
    assert made.subject == "experiments: keep agenda"


def test_a_move_within_one_column_changes_nothing() -> None:
    made = GESTURES["move"](situation({"offre/acme.md": ACME}), cards=("acme",), column="offre")
    assert made.changes == ()
    assert made.done == ("acme is in Offre already",)


@pytest.mark.parametrize(("touches", "park", "moves"), [("1", True, False), ("2", True, True), ("2", None, False)])
def test_only_after_the_last_touch_a_card_is_parked(touches: str, park: bool | None, moves: bool) -> None:
    cards = {"prospects/acme.md": card_text(touches=touches)}
    made = GESTURES["touch"](situation(cards), card="acme", park=park)
    assert [change.moved_from for change in made.changes] == ["prospects/acme.md" if moves else None]


def test_a_new_card_further_right_says_why_once() -> None:
    words = {"account": "Beta", "column": "qualifies", "reason": "met at the fair"}
    made = GESTURES["new"](situation({}), **words)
    assert made.trailers == (("Card", "beta"), ("To", "qualifies"), ("Override", "pull-order: met at the fair"))
    full = {f"offre/{name}.md": card_text() for name in ("a", "b")}
    forced = GESTURES["new"](situation(full), **words | {"column": "offre"}, force=True)
    assert [value for key, value in forced.trailers if key == "Override"] == ["wip-column: met at the fair"]


def test_a_block_may_begin_today() -> None:
    words = {"cause": "legal", "next_action": "call", "who": "Zoé"}
    made = GESTURES["block"](situation({"offre/acme.md": ACME}), card="acme", since="2026-10-05", **words)
    assert made.document["since"] == "2026-10-05"
