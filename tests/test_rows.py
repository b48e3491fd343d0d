"""Rows D03–D18 of the domain: one definition each, the same through `kanban move` and through `kanban lint` on a `git mv`.

A row names a board, a way to break the rule by hand, the codes that the linter then gives, what `kanban` refuses with
exit 1 (with words that must be said), and the change after which the same command goes through.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.boards import card_text
from tests.conftest import GitFolder, Kanban

AS_OF = "2026-10-05"

BOARD = """\
title: Pipeline
language: en
currency: EUR
timezone: Europe/Paris
columns:
  - {key: prospects, name: Prospects}
  - key: qualifies
    name: Qualified
    wip: 2
    dor:
      - {id: contact-opt-in, label: contact has opted in}
      - {id: budget-plausible, label: budget is plausible, field: amount, check: positive}
  - key: rdv
    name: Meeting
    wip: 2
    dor:
      - {id: slot-confirmed, label: day and time are confirmed, field: next_action_date, check: timed}
      - {id: agenda-sent, label: agenda has been sent}
    dod: [{id: meeting-held, label: meeting held or replanned}]
  - {key: gagne, name: Won, kind: won}
  - {key: perdu, name: Lost, kind: lost}
  - {key: nurturing, name: Nurturing, kind: parked}
classes:
  - standard
  - {key: fixed-date, name: Fixed Date, wip: 1}
  - {key: expedite, name: Expedite, wip: 1, retrospective_minutes: 10}
  - {key: partner, name: Partner, sla_hours: 24}
"""

READY = {"amount": "28 k€", "dor": "[contact-opt-in]"}


def card(**fields: str) -> bytes:
    return card_text(**{"owner": "Zoé", "probability": "20 %", **fields})


@dataclass(frozen=True)
class Row:
    """One row of the table. Paths ending in / are columns; `mend` replaces files so that the refused command succeeds."""

    id: str
    cards: dict[str, bytes]
    by_hand: tuple[str, str] | None
    codes: set[str]
    refused: tuple[str, ...]
    said: tuple[str, ...]
    mend: dict[str, bytes | None] = field(default_factory=dict)
    instead: tuple[str, ...] | None = None
    board: str = BOARD


TWO_IN = {"qualifies/a.md": card(**READY), "qualifies/b.md": card(**READY)}
X_READY = {"prospects/x.md": card(**READY)}

ROWS = (
    Row(
        "D03 a pull into a full column",
        TWO_IN | X_READY,
        ("prospects/x.md", "qualifies/x.md"),
        {"KB304"},
        ("move", "x", "qualifies"),
        ("Qualified is full: 2 cards for a limit of 2 (a, b)", "kanban win"),
        {"qualifies/b.md": None},
    ),
    Row(
        "D04 only from the column upstream",
        {
            "prospects/x.md": card(
                amount="1 k€", dor="[contact-opt-in, agenda-sent]", next_action_date="2026-10-08T10:00"
            )
        },
        ("prospects/x.md", "rdv/x.md"),
        {"KB401"},
        ("move", "x", "rdv"),
        ("Prospects → Meeting skips a column", "--reason"),
        instead=("move", "x", "rdv", "--reason", "met at the fair"),
    ),
    Row(
        "D04 back only with a reason",
        {"qualifies/x.md": card(**READY)},
        ("qualifies/x.md", "prospects/x.md"),
        {"KB402"},
        ("move", "x", "prospects"),
        ("Qualified → Prospects goes back", "--reason"),
        instead=("move", "x", "prospects", "--reason", "need was not real"),
    ),
    Row(
        "D05 catch up before adding",
        {"rdv/x.md": card(**READY | {"dor": "[contact-opt-in, agenda-sent]"}, next_action_date=AS_OF)},
        None,
        set(),
        ("new", "Gamma", "--next", "call", "--on", "tomorrow"),
        ("catch up first: 1 follow-up is due (x)", "kanban next"),
        {"rdv/x.md": None},
        board=BOARD + "policies: {catch_up: block}\n",
    ),
    Row(
        "D06 pulling stops while a next action is missing",
        X_READY | {"prospects/y.md": card(next_action="")},
        ("prospects/x.md", "qualifies/x.md"),
        {"KB409", "KB501"},
        ("move", "x", "qualifies"),
        ("pulling is stopped: 1 open card has no dated next action (y)", "kanban set y"),
        {"prospects/y.md": card()},
    ),
    Row(
        "D13 ready to enter, every lack at once",
        {"prospects/x.md": card()},
        ("prospects/x.md", "qualifies/x.md"),
        {"KB511"},
        ("move", "x", "qualifies"),
        (
            "not ticked: contact has opted in",
            "kanban tick x contact-opt-in",
            "budget is plausible",
            "kanban set x amount",
        ),
        {"prospects/x.md": card(**READY)},
    ),
    Row(
        "D09 D13 a meeting has a day and an hour",
        {"qualifies/x.md": card(amount="1 k€", dor="[contact-opt-in, agenda-sent]", next_action_date="2026-10-08")},
        ("qualifies/x.md", "rdv/x.md"),
        {"KB406"},
        ("move", "x", "rdv"),
        ("a day to come, with a time",),
        {
            "qualifies/x.md": card(
                amount="1 k€", dor="[contact-opt-in, agenda-sent]", next_action_date="2026-10-08T10:00"
            )
        },
    ),
    Row(
        "D11 D14 done before leaving forward",
        {"rdv/x.md": card(amount="1 k€", dor="[contact-opt-in, agenda-sent]")},
        ("rdv/x.md", "gagne/x.md"),
        {"KB407"},
        ("win", "x"),
        ("not ticked: meeting held or replanned", "--tick meeting-held"),
        {"rdv/x.md": card(amount="1 k€", dor="[contact-opt-in, agenda-sent]", dod="[meeting-held]")},
    ),
    Row(
        "D17 one active Expedite",
        {"prospects/e.md": card(**{"class": "expedite"}), "nurturing/x.md": card(**{"class": "expedite"})},
        ("nurturing/x.md", "prospects/x.md"),
        {"KB305"},
        ("reopen", "x", "--reason", "urgent again", "--to", "prospects"),
        ("Expedite is full: 1 card for a limit of 1 (e)",),
        {"prospects/e.md": card()},
    ),
    Row(
        "D17 Fixed Date has its own limit",
        {
            "prospects/f.md": card(**{"class": "Fixed Date"}, close_date="2026-12-18"),
            "nurturing/x.md": card(**{"class": "fixed-date"}, close_date="2026-12-17"),
        },
        ("nurturing/x.md", "prospects/x.md"),
        {"KB305"},
        ("reopen", "x", "--reason", "budget found", "--to", "prospects"),
        ("Fixed Date is full: 1 card for a limit of 1 (f)",),
        {"prospects/f.md": card()},
    ),
    Row(
        "D12 D18 a loss has a normalised reason",
        {"rdv/x.md": card(amount="1 k€", dor="[contact-opt-in, agenda-sent]")},
        ("rdv/x.md", "perdu/x.md"),
        {"KB505"},
        ("move", "x", "perdu"),
        ("a loss needs a normalised reason (price, timing, fit, competition)", "kanban lose x --reason price"),
        instead=("lose", "x", "--reason", "price"),
    ),
    Row(
        "D10 three touches, then nurturing",
        {"prospects/x.md": card(touches="3")},
        None,
        set(),
        ("touch", "x", "mail"),
        ("x has had its 3 touches", "kanban park x"),
        instead=("park", "x"),
    ),
    Row(
        "D16 a block says cause, next and who",
        {"prospects/x.md": card()},
        None,
        set(),
        ("block", "x", "--cause", "legal"),
        ("--next",),
        instead=("block", "x", "--cause", "legal", "--next", "call", "--who", "Zoé"),
    ),
    Row(
        "D15 a call note has three bullets",
        {"prospects/x.md": card()},
        None,
        set(),
        ("note", "x", "a", "b", "c", "d"),
        ("3 bullets at most",),
        instead=("note", "x", "a", "b", "c"),
    ),
)


@pytest.fixture
def repository(git_folder: GitFolder, monkeypatch: pytest.MonkeyPatch) -> GitFolder:
    monkeypatch.setenv("GIT_AUTHOR_DATE", f"{AS_OF}T09:00:00+02:00")
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"{AS_OF}T09:00:00+02:00")
    for column in ("prospects", "qualifies", "rdv", "gagne", "perdu", "nurturing"):
        git_folder.write(f"{column}/README.md", f"# {column}\n")
    return git_folder


def lay(folder: GitFolder, row: Row) -> None:
    folder.write("board.yml", row.board)
    for path, data in row.cards.items():
        folder.write(path, data)
    folder.commit("board", date="2026-10-02T10:00:00+02:00")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_the_command_refuses_with_every_reason_then_succeeds(row: Row, repository: GitFolder, kanban: Kanban) -> None:
    lay(repository, row)
    state = repository.git("rev-parse", "HEAD") + repository.git("status", "--porcelain")
    refused = kanban("-C", repository.root, *row.refused, "--as-of", AS_OF)
    assert refused.code == 1
    for words in row.said:
        assert words in refused.err
    assert repository.git("rev-parse", "HEAD") + repository.git("status", "--porcelain") == state
    for path, data in row.mend.items():
        if data is None:
            repository.git("rm", "-q", path)
        else:
            repository.write(path, data)
    repository.commit("mended", date="2026-10-02T11:00:00+02:00")
    done = kanban("-C", repository.root, *(row.instead or row.refused), "--as-of", AS_OF)
    assert (done.code, done.err) == (0, "")
    assert repository.git("status", "--porcelain") == ""


@pytest.mark.sweep
@pytest.mark.parametrize("row", [row for row in ROWS if row.by_hand], ids=lambda row: row.id)
def test_the_linter_sees_the_same_move_made_by_hand(row: Row, repository: GitFolder, kanban: Kanban) -> None:
    lay(repository, row)
    assert row.by_hand is not None
    before = codes(kanban("-C", repository.root, "lint", "--output-format", "json", "--as-of", AS_OF).json)
    repository.git("mv", *row.by_hand)
    repository.commit("by hand", date="2026-10-05T09:00:00+02:00")
    board = kanban("-C", repository.root, "lint", "--output-format", "json", "--as-of", AS_OF)
    steps = kanban(
        "-C", repository.root, "lint", "--range", "HEAD~1..HEAD", "--output-format", "json", "--as-of", AS_OF
    )
    found = codes(board.json) | codes(steps.json)
    assert row.codes <= found
    assert row.codes - {"KB501"} <= found - before, "it is the move that is found, not the board"
    assert 1 in (board.code, steps.code)


@pytest.mark.sweep
@pytest.mark.parametrize("row", [row for row in ROWS if row.by_hand], ids=lambda row: row.id)
def test_what_the_command_did_is_clean_for_the_linter(row: Row, repository: GitFolder, kanban: Kanban) -> None:
    lay(repository, row)
    for path, data in row.mend.items():
        if data is None:
            repository.git("rm", "-q", path)
        else:
            repository.write(path, data)
    repository.commit("mended", date="2026-10-02T11:00:00+02:00")
    assert kanban("-C", repository.root, *(row.instead or row.refused), "--as-of", AS_OF).code == 0
    for arguments in ((), ("--range", "HEAD~1..HEAD")):
        answer = kanban("-C", repository.root, "lint", *arguments, "--output-format", "json", "--as-of", AS_OF)
        assert not row.codes & codes(answer.json), arguments


BY_HAND = (
    ("D07 fields that can be read", card(amount="beaucoup"), {"KB202"}),
    ("D10 three touches", card(touches="4"), {"KB526"}),
    ("D15 a call note has three bullets", card_text("\n## Notes\n\n### 2026-10-02\n\n- a\n- b\n- c\n- d\n"), {"KB506"}),
    ("D16 a block says it all", card(blocked_cause="legal"), {"KB510"}),
    ("D17 a fixed date has a date", card(**{"class": "fixed-date"}), {"KB514"}),
    ("D17 a partner's request says when it came in", card(**{"class": "partner"}), {"KB516"}),
)


@pytest.mark.parametrize(("row", "data", "expected"), BY_HAND, ids=[row for row, _data, _codes in BY_HAND])
def test_the_linter_sees_the_same_written_by_hand(
    row: str, data: bytes, expected: set[str], repository: GitFolder, kanban: Kanban
) -> None:
    repository.write("board.yml", BOARD)
    repository.write("prospects/x.md", card())
    repository.commit("board", date="2026-10-02T10:00:00+02:00")
    before = codes(kanban("-C", repository.root, "lint", "--output-format", "json", "--as-of", AS_OF).json)
    repository.write("prospects/x.md", data)
    found = codes(kanban("-C", repository.root, "lint", "--output-format", "json", "--as-of", AS_OF).json)
    assert expected <= found - before, row


def codes(document: dict[str, list[dict[str, str]]]) -> set[str]:
    return {finding["code"] for finding in document["findings"]}
