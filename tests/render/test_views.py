"""What the pages are made of, asked without a page: closed cards, the box of Little's law, an empty column."""

import re
from datetime import date

import pytest

from kanban.metrics.base.window import Window
from kanban.metrics.clock_days import Clocks
from kanban.metrics.flow.little import Little
from kanban.render.addresses import person_keys
from kanban.render.markdown import to_html
from kanban.render.views.cards.card import card_view, verdict_of
from kanban.render.views.cards.card_history import Past
from kanban.render.views.cards.closed_cards import rail
from kanban.render.views.figures.numbers import law_box
from kanban.render.views.wall.card_on_board import owners_of
from kanban.render.views.wall.columns import column_view
from tests.boards import FIVE_COLUMNS, TODAY, board_of, card_text
from tests.metrics.telling import reported

BROKEN = b"---\naccount: ACME\naccount: Twice\n---\n"

CLOSED = [
    # path, card | what the line notes, and its style
    ("nurturing/a.md", card_text(parked_until="2026-11-02"), "2 Nov", "parked"),
    ("nurturing/a.md", card_text(), "", "parked"),
    ("nurturing/a.md", BROKEN, "line 3", "parked unreadable"),
    ("perdu/a.md", card_text(lost_reason="price", parked_until="2026-11-02"), "price", "lost"),
    ("perdu/a.md", card_text(), "no reason", "lost"),
    ("gagne/a.md", card_text(amount="28000", parked_until="2026-11-02"), "€28k", "won"),
    ("gagne/a.md", BROKEN, "line 3", "won unreadable"),
]


@pytest.mark.parametrize(("path", "card", "note", "css"), CLOSED)
def test_a_closed_card_in_one_line(path: str, card: bytes, note: str, css: str) -> None:
    board = board_of({path: card})
    (line,) = (line for group in rail(board, {}, TODAY, owners_of(board)).groups for line in group.cards)
    assert (line.note, line.css) == (note, css)


LAWS = [
    # WIP, exits a day, cycle time, what fails | the light of the box, None without one
    ((12.0, 0.5, 24.0, ()), "green"),
    ((12.0, 0.5, 24.0, ("wip-drifts",)), "none"),
    ((None, 0.5, 24.0, ()), None),
    ((12.0, None, 24.0, ()), None),
    ((12.0, 0.5, None, ()), None),
    ((None, None, None, ("too-few-exits",)), None),
]


@pytest.mark.parametrize(("measured", "light"), LAWS)
def test_the_law_is_told_where_all_three_were_measured(
    measured: tuple[float | None, float | None, float | None, tuple[str, ...]], light: str | None
) -> None:
    report = reported({"a": "p01-06 w02-03"}, "03-31")
    report.__dict__["little"] = Little(Window(date(2025, 3, 31), date(2025, 1, 6)), *measured)
    box = law_box(report)
    assert (box.light if box else None) == light
    if box is not None:
        assert len(box.failed) == len(measured[3])
        assert "12 cards in progress ≈ 0.5 leaving a day × 24 days" in box.sentence.replace("\xa0", " ")
        assert ("1 to 1" in box.verdict) == (light == "green")


def test_an_empty_column_names_the_card_that_next_would_pull() -> None:
    cards = {
        "qualifies/blocked.md": card_text(account="A", blocked_cause="law"),
        "qualifies/short.md": card_text(account="B"),
        "qualifies/long.md": card_text(account="C"),
    }
    board = board_of(cards)
    clocks = {name: Clocks(9, days, 1) for name, days in (("blocked", 9), ("short", 1), ("long", 5))}
    (offre,) = (column for column in board.config.columns if column.key == "offre")
    assert column_view(board, offre, clocks, TODAY, {}).empty.label == "C"
    first = column_view(board_of({}, FIVE_COLUMNS), board.config.columns[0], {}, TODAY, {}).empty
    assert "kanban new" in first.text


KEYS = [
    ("Zoé",),
    ("zoe", "Zoé"),
    ("Zoë", "Zoé"),
    ("con", "李"),
]
WANTED = [("zoe",), ("zoe", "zoe-"), ("zoe-", "zoe-"), ("con-", "x-")]


@pytest.mark.parametrize(("names", "wanted"), list(zip(KEYS, WANTED, strict=True)))
def test_an_owner_s_key_can_be_typed_and_is_theirs_alone(names: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    keys = person_keys(names)
    assert len(set(keys.values())) == len(names)
    for name, key in zip(names, wanted, strict=True):
        assert keys[name] == key or (key.endswith("-") and keys[name].startswith(key))
        assert person_keys([*names, "Karim"])[name] == keys[name]


@pytest.mark.parametrize("name", ["index", "Index", "CON", "Nul", "com1"])
def test_nobody_takes_the_place_of_the_list_or_a_name_no_file_may_have(name: str) -> None:
    assert person_keys([name, "Zoé"])[name].startswith(f"{name.casefold()}-")


UNREADY = [
    # fields | days in the column | what stands against it
    ({}, 5, ()),
    ({"blocked_since": "2026-10-01", "blocked_cause": "Legal"}, 5, ("Blocked: Legal",)),
    ({"next_action_date": "2026-10-03"}, 5, ("next action 2 days late",)),
    ({}, 11, ("11 days in Negotiation: amber",)),
    ({}, 21, ("21 days in Negotiation: red",)),
    ({}, None, ()),
]


@pytest.mark.parametrize(("fields", "standing", "said"), UNREADY)
def test_what_is_blocked_late_or_old_is_not_called_ready(
    fields: dict[str, str], standing: int | None, said: tuple[str, ...]
) -> None:
    columns = "columns: [{key: n, name: Negotiation, ageing: {amber: 10, red: 20}}, {key: w, name: Won, kind: won}]\n"
    board = board_of({"n/a.md": card_text(**fields)}, columns)
    (card,) = board.cards
    view = card_view(board, card, TODAY, Past(), verdict=verdict_of(board, card, TODAY), standing=standing)
    assert view.readiness is not None
    assert tuple(str(check.message) for check in view.readiness.checks) == said
    assert view.readiness.css == ("lacking" if said else "ready")


HEADINGS = [
    ("## A\n\n## B", ["h2", "h2"]),
    ("# A\n\n### B\n\n## C\n\n#### D", ["h2", "h3", "h3", "h4"]),
    ("#### A\n\n# B", ["h2", "h2"]),
]


@pytest.mark.parametrize(("text", "levels"), HEADINGS)
def test_headings_of_notes_skip_no_level(text: str, levels: list[str]) -> None:
    assert re.findall(r"<(h\d)>", to_html(text, first_level=2)) == levels


CURES = [
    # who is asked | what the sentence ends with | what is to be copied
    ("m", " → held early or put off", 'kanban note a "…" --next "…" --on +2d --tick held'),
    ("p", "", "kanban tick a ready"),
]


@pytest.mark.parametrize(("column", "words", "command"), CURES)
def test_a_cure_is_a_command_to_copy_and_its_words_a_sentence(column: str, words: str, command: str) -> None:
    columns = (
        "columns: [{key: p}, {key: m, stage: meeting, dor: [ready], dod: [held]}, {key: o}, {key: w, kind: won}]\n"
        "policies: {pull_stop: off}\n"
    )
    fields = {"next_action": "demo", "next_action_date": "2026-10-12"}
    board = board_of({f"{column}/a.md": card_text(**fields)}, columns)
    (card,) = board.cards
    view = card_view(board, card, TODAY, Past(), verdict=verdict_of(board, card, TODAY), standing=0)
    assert view.readiness is not None
    (check,) = view.readiness.checks
    assert (str(check.message).endswith(words), check.cure) == (True, command)
    assert "`" not in check.cure + str(check.message)
