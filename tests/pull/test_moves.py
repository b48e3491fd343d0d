"""May this card go there? A row a rule: the refusal with every reason, the success beside it (D03–D06, D13–D18)."""

from __future__ import annotations

import pytest

from kanban.pull import wip
from kanban.pull.moves import Verdict, judge, to_earn_again
from tests.boards import FIVE_COLUMNS, TODAY, board_of, card_text

READY = (
    FIVE_COLUMNS.replace(
        "{key: offre, name: Offre, wip: 2}",
        "{key: offre, name: Offre, wip: 2, dor: [{id: price, label: prix fixé, field: amount, check: positive}, brief,"
        " {id: follow-up, field: next_action_date, check: future}], dod: [receipt]}",
    )
    + "classes: [standard, {key: expedite, wip: 1}, {key: fixed-date, wip: 1}]\n"
)


def verdict(
    cards: dict[str, bytes], target: str, config: str = FIVE_COLUMNS, reason: str = "", card: str = "x"
) -> Verdict:
    board = board_of(cards, config)
    found = board.find(card)
    column = board.config.column(target)
    assert found is not None
    assert column is not None
    return judge(board, found, column, today=TODAY, reason=reason)


@pytest.mark.parametrize(
    ("source", "target", "direction", "rules"),
    [
        ("prospects", "qualifies", "forward", []),
        ("qualifies", "offre", "forward", []),
        ("offre", "gagne", "close", []),
        ("prospects", "offre", "skip", ["pull-order"]),
        ("prospects", "gagne", "skip", ["pull-order"]),
        ("offre", "qualifies", "back", ["pull-order"]),
        ("offre", "prospects", "back", ["pull-order"]),
        ("gagne", "offre", "reopen", ["pull-order"]),
        ("nurturing", "prospects", "reopen", ["pull-order"]),
        ("prospects", "nurturing", "close", []),
        ("offre", "perdu", "close", ["lost-reason"]),
        ("offre", "offre", "same", []),
        ("gagne", "perdu", "correct", ["pull-order", "lost-reason"]),
        ("perdu", "gagne", "correct", ["pull-order"]),
        ("gagne", "nurturing", "correct", ["pull-order"]),
        ("perdu", "nurturing", "correct", ["pull-order"]),
        ("nurturing", "gagne", "correct", ["pull-order"]),
        ("nurturing", "perdu", "close", ["lost-reason"]),
    ],
)
def test_the_way_a_card_may_go(source: str, target: str, direction: str, rules: list[str]) -> None:
    found = verdict({f"{source}/x.md": card_text()}, target)
    assert (found.direction, [reason.rule for reason in found.refusals]) == (direction, rules)


@pytest.mark.parametrize(("source", "target"), [("prospects", "offre"), ("offre", "prospects"), ("gagne", "offre")])
def test_a_reason_opens_the_ways_that_need_one(source: str, target: str) -> None:
    assert verdict({f"{source}/x.md": card_text()}, target, reason="client pressé").refusals == ()


SECOND = """columns:
- {key: prospects}
- {key: rdv, dor: [agenda, {id: slot, field: next_action_date}], dod: [held]}
- {key: offre, dor: [brief], dod: [receipt]}
- {key: nego, dor: [agenda]}
- {key: gagne, kind: won}
"""


@pytest.mark.parametrize(
    ("source", "target", "spent"),
    [
        ("nego", "offre", {"dod": ("receipt",)}),
        ("offre", "rdv", {"dor": ("brief",), "dod": ("held", "receipt")}),
        ("gagne", "nego", {}),
        ("gagne", "prospects", {"dor": ("agenda", "brief"), "dod": ("held", "receipt")}),
        ("prospects", "rdv", {}),
    ],
)
def test_who_comes_back_earns_its_ticks_again(source: str, target: str, spent: dict[str, tuple[str, ...]]) -> None:
    ticks = "dor: [agenda, brief, own]\ndod: [held, receipt]\n"
    text = card_text().replace(b"---\n", b"---\n" + ticks.encode(), 1)
    found = verdict({f"{source}/x.md": text}, target, config=SECOND)
    board = board_of({f"{source}/x.md": text}, SECOND)
    assert to_earn_again(board, found.card, found.target, found.direction) == spent


@pytest.mark.parametrize(("others", "refused"), [(1, False), (2, True), (3, True)])
def test_a_pull_into_a_full_column_is_refused_with_names(others: int, refused: bool) -> None:
    cards = {f"offre/o{number}.md": card_text() for number in range(others)} | {"qualifies/x.md": card_text()}
    found = verdict(cards, "offre")
    assert [reason.rule for reason in found.refusals] == (["wip-column"] if refused else [])
    if refused:
        message = found.refusals[0].message
        assert f"Offre is full: {others} cards for a limit of 2" in message
        assert "o0" in message
        assert "kanban win" in found.refusals[0].cure


def test_a_warning_limit_only_warns() -> None:
    config = FIVE_COLUMNS.replace("wip: 2", "wip: 0, wip_mode: warn")
    found = verdict({"qualifies/x.md": card_text()}, "offre", config)
    assert found.refusals == ()
    assert [reason.rule for reason in found.warnings] == ["wip-column"]


@pytest.mark.parametrize(
    ("owners", "refused"),
    [
        (("Zoé", "Zoé"), True),
        (("Zoé", "zoé"), True),
        (("zoé", "ZOÉ"), True),
        (("Zoé", "Karim"), False),
        (("Karim", "Karim"), False),
    ],
)
def test_a_person_s_own_limit_counts_that_person_however_written(owners: tuple[str, str], refused: bool) -> None:
    config = FIVE_COLUMNS + "owners: [{name: Zoé, wip: 1}, Karim]\n"
    there, moved = owners
    cards = {"qualifies/a.md": card_text(owner=there), "perdu/x.md": card_text(owner=moved)}
    found = verdict(cards, "prospects", config, reason="back again")
    assert ("wip-owner" in [reason.rule for reason in found.refusals]) is refused
    in_column = FIVE_COLUMNS.replace("wip: 2", "wip: 9, wip_per_owner: 1")
    found = verdict({"offre/a.md": cards["qualifies/a.md"], "qualifies/x.md": cards["perdu/x.md"]}, "offre", in_column)
    assert bool(found.refusals) is (there.casefold() == moved.casefold())


def test_a_card_takes_no_second_place_in_its_own_column() -> None:
    board = board_of({"offre/x.md": card_text(), "offre/y.md": card_text()}, FIVE_COLUMNS)
    card, column = board.find("x"), board.config.column("offre")
    assert card is not None
    assert column is not None
    assert wip.full_for(board, card, column) == ()


def test_the_limit_per_owner_counts_that_owner_only() -> None:
    config = FIVE_COLUMNS.replace("wip: 2", "wip: 9, wip_per_owner: 1")
    others = {"offre/a.md": card_text(owner="Zoé"), "offre/b.md": card_text(owner="Karim")}
    full = verdict(others | {"qualifies/x.md": card_text(owner="Zoé")}, "offre", config)
    free = verdict(others | {"qualifies/x.md": card_text(owner="Inès")}, "offre", config)
    assert [reason.rule for reason in full.refusals] == ["wip-owner-in-column"]
    assert free.refusals == ()


def test_one_active_expedite_at_most_and_a_limit_for_fixed_dates() -> None:
    active = {"offre/a.md": card_text(**{"class": "expedite"}), "offre/f.md": card_text(**{"class": "Fixed Date"})}
    config = FIVE_COLUMNS.replace("wip: 2", "wip: 9")
    config += "classes: [standard, {key: expedite, wip: 1}, {key: fixed-date, name: Fixed Date, wip: 1}]\n"
    for service, rules in (("expedite", ["wip-class"]), ("fixed-date", ["wip-class"]), ("standard", [])):
        found = verdict(active | {"qualifies/x.md": card_text(**{"class": service})}, "offre", config)
        assert [reason.rule for reason in found.refusals] == rules, service


def test_the_pull_stop_names_the_cards_and_can_be_softened() -> None:
    cards = {"prospects/y.md": card_text(next_action=""), "qualifies/x.md": card_text()}
    found = verdict(cards, "offre")
    assert [reason.rule for reason in found.refusals] == ["pull-stop"]
    assert "(y)" in found.refusals[0].message
    softened = verdict(cards, "offre", FIVE_COLUMNS + "policies: {pull_stop: warn}\n")
    assert (softened.refusals, [one.rule for one in softened.warnings]) == ((), ["pull-stop"])
    assert verdict(cards, "offre", FIVE_COLUMNS + "policies: {pull_stop: off}\n").reasons == ()
    assert verdict(cards, "offre", FIVE_COLUMNS + "policies: {pull_stop_share: 50 %}\n").reasons == ()
    assert verdict(cards, "nurturing").refusals == (), "closing is how one tidies up: never stopped"


def test_readiness_lists_everything_that_lacks() -> None:
    found = verdict({"qualifies/x.md": card_text(next_action_date="2026-10-04")}, "offre", READY)
    assert [reason.rule for reason in found.refusals] == ["dor", "dor", "dor"]
    told = " | ".join(f"{reason.message} {reason.cure}" for reason in found.refusals)
    assert "prix fixé" in told
    assert "kanban tick x brief" in told
    assert "next_action_date=+2d" in told


def test_a_ready_card_passes() -> None:
    card = card_text(amount="28 k€", dor="[brief]", next_action_date="2026-10-05")
    assert verdict({"qualifies/x.md": card}, "offre", READY).refusals == ()


def test_done_is_asked_on_leaving_forward_only() -> None:
    cards = {"offre/x.md": card_text(lost_reason="price")}
    assert [reason.rule for reason in verdict(cards, "gagne", READY).refusals] == ["dod"]
    assert verdict(cards, "perdu", READY).refusals == ()
    assert verdict(cards, "qualifies", READY, reason="besoin flou").refusals == ()
    assert verdict({"offre/x.md": card_text(dod="[receipt]")}, "gagne", READY).refusals == ()


@pytest.mark.parametrize(
    ("reason", "refused"),
    [("", True), ("trop cher", True), ("price", False), ("Price", False), ("competition", False)],
)
def test_a_loss_needs_a_normalised_reason(reason: str, refused: bool) -> None:
    found = verdict({"offre/x.md": card_text(lost_reason=reason)}, "perdu")
    assert [one.rule for one in found.refusals] == (["lost-reason"] if refused else [])


def test_a_broken_card_does_not_move_before_it_is_mended() -> None:
    broken = b"---\naccount: [ACME\nnext_action: appeler\n---\n"
    found = verdict({"prospects/x.md": broken}, "qualifies", FIVE_COLUMNS + "policies: {pull_stop: off}\n")
    assert [reason.rule for reason in found.refusals] == ["unreadable-card"]
    assert "prospects/x.md:" in found.refusals[0].message
