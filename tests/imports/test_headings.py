"""What the headings of tables and exports are taken for, and that what is not taken is said."""

from __future__ import annotations

import pytest

from kanban.imports.html_text import said_in
from kanban.imports.mapping.guessing import guess_mapping
from kanban.imports.tables.sheet import Export, table
from kanban.model.settings.board_yml import BoardConfig, read_config
from tests.imports.conftest import BOARD, Desk

CONFIG = read_config(BOARD.format(language="en").encode())[0] or BoardConfig()


@pytest.mark.parametrize(
    ("heading", "value", "field"),
    [
        ("Next date", "2026-12-01", "next_action_date"),
        ("Follow-up", "2026-12-01", "next_action_date"),
        ("Follow-up", "call them again", "next_action"),
        ("À relancer le", "12/01/2026", "next_action_date"),
        ("Relance", "envoyer l'offre", "next_action"),
        ("Nachfassen am", "1.12.2026", "next_action_date"),
        ("Confidence", "40 %", "probability"),
        ("Confidence", "high", ""),
        ("Customer name", "ACME", "account"),
        ("Raison sociale", "ACME", "account"),
        ("Deal size", "1,200", "amount"),
        ("Volumen", "groß", ""),
        ("Account manager", "Zoé", "owner"),
        ("Sales stage", "Demo", "stage"),
        ("Premier contact", "01/02/2026", "created"),
        ("Observations", "late payer", "notes"),
        ("Rival", "Concurrix", ""),
    ],
)
def test_what_people_call_their_columns(heading: str, value: str, field: str) -> None:
    header = ("Deal", heading)
    guessed = guess_mapping(Export(table("deals.csv", header, [(2, ["SSO", value])])), CONFIG)
    assert {key: one for key, one in guessed.columns.items() if key != "title"} == ({field: heading} if field else {})


def test_what_is_not_taken_is_said_with_new_deals_alone(desk: Desk) -> None:
    file = desk.export("deals.csv", "ID,Deal,Client,Stage,Created,Rival\n1,SSO,ACME,Prospects,2026-03-01,Concurrix\n")
    for first in (True, False):
        answer = desk.run("-C", desk.root, "import", file, "--as-of", "2026-11-01")
        assert ("note: not taken: Rival; to keep one" in answer.err) is first


DELETED = """Id,Name,StageName,Amount,CloseDate,IsDeleted,CreatedDate
006A0001,SSO,Prospecting,900,2026-12-20,{one},2026-03-01
006A0002,CRM,Prospecting,900,2026-12-20,{other},2026-03-01
"""


@pytest.mark.parametrize(("one", "other", "new"), [("0", "1", 1), ("false", "TRUE", 1), ("0", "0", 2)])
def test_a_deal_in_the_bin_of_a_system_is_none(desk: Desk, one: str, other: str, new: int) -> None:
    found = desk.bring(desk.export("deals.csv", DELETED.format(one=one, other=other)))
    assert (len(found["new"]), found["passed_over"]) == (new, 2 - new)


def test_what_odoo_plans_and_notes(desk: Desk) -> None:
    head = "External ID,Opportunity,Expected Revenue,Salesperson,Stage,Created on,Next Activity Summary,My Activity Deadline,Internal Notes\n"
    row = '__export__.crm_lead_1,SSO,900.00,Zoé,New,2026-03-01 08:00:00,Call her,2026-12-04,"<p>Wants <b>SSO</b> &amp; CRM</p><p>soon</p>"\n'
    assert desk.bring(desk.export("odoo.csv", head + row))["new"] == ["sso"]
    card = desk.card("sso")
    assert "next_action: Call her\nnext_action_date: 2026-12-04\n" in card
    assert "- Wants SSO & CRM\n- soon\n" in card


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a < b and c > d", "a < b and c > d"),
        ("<3 them", "<3 them"),
        ("<p>a</p><script>x</script>", "a"),
        ("1<p>", "1<p>"),
    ],
)
def test_only_html_is_read_as_html(text: str, said: str) -> None:
    assert said_in(text) == said
