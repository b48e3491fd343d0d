"""The report: what it says about changes made of literal boards."""

from __future__ import annotations

import pytest

from kanban.i18n import use_language
from kanban.paper.text import text
from kanban.review.sections import page_of
from kanban.review.verdict import LINE, verdict
from kanban.schemas.writing import to_json
from tests.boards import FIVE_COLUMNS, card_text
from tests.review.changes import Cards, report_of

A = {"prospects/a.md": card_text(amount="100")}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (A, A, "No pipeline change."),
        (A, {"qualifies/a.md": card_text(amount="100")}, "1 card moved."),
        ({}, A, "1 new card. Open pipeline +€100 (weighted €0)."),
        (
            A,
            {"gagne/a.md": card_text(amount="100")},
            "Q4 2026: €100 won or expected (+€100). 1 won. Open pipeline −€100 (weighted €0).",
        ),
        (A, {}, "1 card removed. Open pipeline −€100 (weighted €0)."),
        (A, {"prospects/a.md": card_text("more\n", amount="100")}, "1 edited."),
        (
            A,
            {"prospects/a.md": card_text(amount="300", probability="50 %")},
            "1 edited. Open pipeline +€200 (weighted +€150).",
        ),
        ({}, {f"offre/{x}.md": card_text() for x in "abc"}, "1 error to settle. 3 new cards. 1 WIP limit broken."),
    ],
)
def test_the_verdict(before: Cards, after: Cards, said: str) -> None:
    assert verdict(report_of(before, after)) == (said, "")


def test_the_first_line_is_what_a_phone_shows() -> None:
    quotas = FIVE_COLUMNS + "quotas: [{period: 2026-Q4, amount: 2000000}]\n"
    deals = {f"offre/{x}.md": card_text(amount="1000000", probability="50 %", close_date="2026-11-30") for x in "abcd"}
    first, more = verdict(
        report_of(deals, {f"gagne/{x}.md": card_text(amount="9000000") for x in "abcd"}, rules=quotas)
    )
    assert len(first) <= LINE
    assert first == "Q4 2026 holds: €36,000,000 of €2,000,000 (+€34,000,000). 4 won and the board's rules changed."
    assert more == "Open pipeline −€4,000,000 (weighted −€2,000,000). 1 finding cured."


def test_a_quota_that_is_lowered_is_no_quarter_that_holds_as_before() -> None:
    quota = "quotas: [{{period: 2026-Q4, amount: {}}}]\n"
    won = {"gagne/a.md": card_text(amount="100")}
    report = report_of(won, won, rules=FIVE_COLUMNS + quota.format(90), old_rules=FIVE_COLUMNS + quota.format(200))
    assert verdict(report)[0].startswith("Q4 2026 holds: €100 of €90, a quota that was €200.")
    assert [(one.quota_before, one.quota) for one in report.quarters] == [(200, 90)]


@pytest.mark.parametrize("told", ["formerly: [offre],", ""])
def test_a_column_that_is_called_otherwise_keeps_its_cards(told: str) -> None:
    """Key and folder changed, the old one named or not: nothing has moved, and the limit is the same one."""
    old = {"offre/a.md": card_text(amount="100"), "offre/b.md": card_text()}
    new = {path.replace("offre", "devis"): text for path, text in old.items()}
    rules = FIVE_COLUMNS.replace("{key: offre,", f"{{key: devis, {told}")
    assert rules != FIVE_COLUMNS
    report = report_of(old, new, rules=rules)
    assert (report.moves, report.added, report.removed, report.wip) == ((), (), (), ())
    over = {path.replace("/a", "/c"): text for path, text in old.items()}
    exceeded = report_of(
        old | over, new | {path.replace("offre", "devis"): text for path, text in over.items()}, rules=rules
    )
    assert (exceeded.findings_new, exceeded.findings_fixed, exceeded.findings_left) == ((), (), 1)
    raised = report_of(old, new, rules=rules.replace("wip: 2", "wip: 9"))
    assert raised.policy[0].sign == "!"
    assert "2 → 9" in raised.policy[0].text


def test_a_column_whose_cards_went_elsewhere_was_taken_away() -> None:
    old = {"offre/a.md": card_text(), "offre/b.md": card_text(), "offre/c.md": card_text()}
    new = {"devis/a.md": card_text(), "qualifies/b.md": card_text(), "qualifies/c.md": card_text()}
    report = report_of(old, new, rules=FIVE_COLUMNS.replace("{key: offre,", "{key: devis,"))
    assert [(one.card, one.source, one.target) for one in report.moves] == [
        ("a", "offre", "devis"),
        ("b", "offre", "qualifies"),
        ("c", "offre", "qualifies"),
    ]


def test_the_verdict_in_french() -> None:
    with use_language("fr"):
        assert verdict(report_of(A, {"gagne/a.md": card_text(amount="100")}))[0].startswith(
            "T4 2026\u00a0: 100\u00a0€ gagnés ou attendus (+100\u00a0€). 1 gagnée"
        )


def test_a_move_with_a_heavy_edit_is_one_move_and_its_fields() -> None:
    after = {"offre/a.md": card_text("new text\n" * 40, amount="28 k€", owner="Zoé", contact="M. Dubois")}
    report = report_of(A, after)
    assert [(one.card, one.source, one.target) for one in report.moves] == [("a", "prospects", "offre")]
    assert (report.added, report.removed, report.notes) == ((), (), ())
    assert [(one.key, one.old, one.new) for one in report.fields] == [
        ("amount", "100", "28 k€"),
        ("owner", "", "Zoé"),
        ("contact", "", "•••"),
    ]
    assert "M. Dubois" in to_json(report_of(A, after, reveal=True))


def test_wip_counts_the_merge_not_only_the_branch() -> None:
    base = {"offre/a.md": card_text()}
    head = base | {"offre/b.md": card_text()}
    (room,) = report_of(base, head, head | {"offre/c.md": card_text()}).wip
    assert (room.base, room.head, room.merged, room.limit) == (1, 2, 3, 2)
    assert room.breached
    (alone,) = report_of(base, head).wip
    assert not alone.breached


def test_a_breach_that_stood_before_is_not_this_changes_fault() -> None:
    full = {f"offre/{x}.md": card_text() for x in "abc"}
    (room,) = report_of(full, full | {"prospects/d.md": card_text()}).wip
    assert (room.exceeded, room.breached) == (True, False)


def test_a_change_of_the_rules_is_said() -> None:
    report = report_of(A, A, rules=FIVE_COLUMNS.replace("wip: 2", "wip: 9"))
    assert [line.sign for line in report.policy] == ["!", "-", "+"]
    assert "2 → 9" in report.policy[0].text
    assert "The board's rules changed" in verdict(report)[0]
    assert [(room.limit_base, room.limit) for room in report.wip] == [(2, 9)]


def test_waivers_findings_and_notes() -> None:
    before = {"prospects/a.md": card_text(next_action=""), "prospects/b.md": card_text("one\ntwo\n")}
    waived = card_text(next_action="", lint_ignore="['KB501 until 2026-12-31: waiting']")
    report = report_of(before, {"prospects/a.md": waived, "prospects/b.md": card_text("one\nthree\nfour\n")})
    assert [(one.rule, one.place, one.until) for one in report.waivers] == [("KB501", "a", "2026-12-31")]
    assert [one.code for one in report.findings_fixed] == ["KB501"]
    assert [(one.card, one.added, one.removed) for one in report.notes] == [("b", 2, 1)]


def test_a_card_in_two_columns_is_named_and_not_guessed() -> None:
    report = report_of(A, A | {"offre/a.md": card_text(amount="100")})
    assert report.unpaired == ("a",)
    assert "More than one file claims these cards" in text(page_of(report))
