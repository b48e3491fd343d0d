"""Exports in the column layouts of known systems go through without a mapping written by hand.

Made up deals; the headings are those of the systems' own documentation (docs/import.md names the pages).
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.imports.conftest import Desk

D = date
PIPEDRIVE = """\
Deal - ID,Deal - Title,Deal - Organization,Deal - Contact person,Deal - Value,Deal - Currency of value,Deal - Stage,Deal - Status,Deal - Owner,Deal - Deal created,Deal - Won time,Deal - Lost time,Deal - Lost reason,Deal - Expected close date,Deal - Probability,Deal - Label
101,ACME SSO,ACME SAS,M. Dubois,28000,EUR,Proposal Made,Won,Zoé,2026-03-02 09:10:00,2026-04-20 16:00:00,,,2026-04-30,,Hot
102,Basalt CRM,Basalt,,12000,USD,Negotiations Started,Lost,Karim,2026-03-05 10:00:00,,2026-05-11 08:00:00,Too expensive,2026-05-30,,
103,Corail,Corail,,9500.50,EUR,Demo Scheduled,Open,Zoé,2026-04-01 11:00:00,,,,2026-12-01,40,
"""
HUBSPOT = '''\
"Record ID","Deal Name","Pipeline","Deal Stage","Amount","Close Date","Create Date","Deal owner","Associated Company","Associated Contact","Closed Lost Reason","Date entered ""Qualified To Buy (Sales Pipeline)""","Date entered ""Presentation Scheduled (Sales Pipeline)"""
"201","ACME SSO","Sales Pipeline","Closed Won","28000","2026-04-20 16:00","2026-03-02 09:10","Zoé","ACME SAS","M. Dubois","","2026-03-10 10:00","2026-03-20 10:00"
"202","Basalt","Sales Pipeline","Closed Lost","12000","2026-05-11 08:00","2026-03-05 10:00","Karim","Basalt","","Competitor chosen","2026-03-15 12:00",""
"203","Corail","Sales Pipeline","Presentation Scheduled","9500.5","2026-12-01 00:00","2026-04-01 11:00","Zoé","Corail","","","2026-04-03 10:00","2026-04-20 09:00"
'''
SALESFORCE = """\
Id,Name,Account.Name,StageName,Amount,Probability,CloseDate,LeadSource,NextStep,Owner.Name,CreatedDate,IsClosed,IsWon
0061,ACME SSO,ACME SAS,Closed Won,28000.0,100,2026-04-20,Web,,Zoé,2026-03-02T08:10:00.000+0000,true,true
0062,Basalt,Basalt,Closed Lost,12000.0,0,2026-05-11,,,Karim,2026-03-05T09:00:00.000+0000,true,false
0063,Corail,Corail,Needs Analysis,9500.5,20,2026-12-01,,Call back,Zoé,2026-04-01T10:00:00.000+0000,false,false
"""
SALESFORCE_HISTORY = """\
OpportunityId,StageName,Amount,CloseDate,CreatedDate,CreatedBy.Name
0061,Prospecting,20000.0,2026-04-30,2026-03-02T08:10:00.000+0000,Zoé
0061,Proposal/Price Quote,28000.0,2026-04-30,2026-03-20T08:10:00.000+0000,Zoé
0061,Closed Won,28000.0,2026-04-20,2026-04-20T14:00:00.000+0000,Inès
0062,Prospecting,12000.0,2026-05-30,2026-03-05T09:00:00.000+0000,Karim
0062,Closed Lost,12000.0,2026-05-11,2026-05-11T09:00:00.000+0000,Karim
"""
FIELD_HISTORY = """\
OpportunityId,Field,OldValue,NewValue,CreatedDate,CreatedBy.Name
0061,Amount,20000,28000,2026-03-19T08:10:00.000+0000,Zoé
0061,StageName,Prospecting,Proposal/Price Quote,2026-03-20T08:10:00.000+0000,Zoé
0061,StageName,Proposal/Price Quote,Closed Won,2026-04-20T14:00:00.000+0000,Inès
0062,StageName,Prospecting,Closed Lost,2026-05-11T09:00:00.000+0000,Karim
"""
ODOO = """\
"External ID","Opportunity","Customer","Contact Name","Email","Phone","Expected Revenue","Probability","Stage","Salesperson","Created on","Closed Date","Last Stage Update","Expected Closing","Lost Reason","Active","Tags"
"crm_1","ACME SSO","ACME SAS","M. Dubois","dubois@acme.example","","28000.0","100.0","Won","Zoé","2026-03-02 09:10:00","2026-04-20 16:00:00","2026-04-20 16:00:00","2026-04-30","","True","SSO"
"crm_2","Basalt","Basalt","","","","12000.0","0.0","Proposition","Karim","2026-03-05 10:00:00","2026-05-11 08:00:00","2026-03-30 08:00:00","","Too expensive","False",""
"crm_3","Corail","Corail","","","","9500.5","33.33","Qualified","Zoé","2026-04-01 11:00:00","","2026-04-20 10:00:00","2026-12-01","","True",""
"""
FRENCH = """\
Client;Affaire;Montant;Étape;Statut;Commercial;Créé le;Clos le;Raison de perte;Commentaire
ACME SAS;SSO;28 k€;Offre envoyée;Gagné;Zoé;02/03/2026;20/04/2026;;Démo appréciée
Basalt;CRM;12 000,00 €;Négociation;Perdu;Karim;05/03/2026;11/05/2026;trop cher;
Corail;;9 500,50;Qualifié;En cours;Zoé;01/04/2026;;;
"""
TRELLO = {
    "name": "Sales",
    "lists": [{"id": "l1", "name": "Prospects"}, {"id": "l2", "name": "Offer sent"}, {"id": "l3", "name": "Won"}],
    "members": [{"id": "m1", "fullName": "Zoé"}],
    "cards": [
        {
            "id": "69a5564a0000000000000001",
            "name": "ACME SSO",
            "idList": "l3",
            "idMembers": ["m1"],
            "desc": "",
            "labels": [],
        },
        {
            "id": "69cceb0a0000000000000002",
            "name": "Corail",
            "idList": "l2",
            "idMembers": [],
            "desc": "- a\n- b",
            "labels": [{"name": "hot"}],
            "due": "2026-12-01T08:00:00.000Z",
        },
    ],
    "actions": [
        {
            "type": "updateCard",
            "date": "2026-04-20T14:00:00.000Z",
            "memberCreator": {"fullName": "Inès"},
            "data": {
                "card": {"id": "69a5564a0000000000000001"},
                "listBefore": {"name": "Offer sent"},
                "listAfter": {"name": "Won"},
            },
        },
        {
            "type": "updateCard",
            "date": "2026-03-20T14:00:00.000Z",
            "memberCreator": {"fullName": "Zoé"},
            "data": {
                "card": {"id": "69a5564a0000000000000001"},
                "listBefore": {"name": "Prospects"},
                "listAfter": {"name": "Offer sent"},
            },
        },
        {
            "type": "createCard",
            "date": "2026-03-02T09:10:00.000Z",
            "memberCreator": {"fullName": "Zoé"},
            "data": {"card": {"id": "69a5564a0000000000000001"}, "list": {"name": "Prospects"}},
        },
    ],
}
WON = [("prospects", D(2026, 3, 2), "Zoé"), ("won", D(2026, 4, 20), "Zoé")]
LOST = [("prospects", D(2026, 3, 5), "Karim"), ("lost", D(2026, 5, 11), "Karim")]
CASES = [
    ("pipedrive", PIPEDRIVE, "", WON, LOST, [("meeting", D(2026, 4, 1), "Zoé")]),
    ("hubspot", HUBSPOT, "",
     [("prospects", D(2026, 3, 2), "Zoé"), ("qualified", D(2026, 3, 10), "Zoé"), ("meeting", D(2026, 3, 20), "Zoé"), ("won", D(2026, 4, 20), "Zoé")],
     [("prospects", D(2026, 3, 5), "Karim"), ("qualified", D(2026, 3, 15), "Karim"), ("lost", D(2026, 5, 11), "Karim")],
     [("prospects", D(2026, 4, 1), "Zoé"), ("qualified", D(2026, 4, 3), "Zoé"), ("meeting", D(2026, 4, 20), "Zoé")]),
    ("salesforce", SALESFORCE, "", WON, LOST, [("qualified", D(2026, 4, 1), "Zoé")]),
    ("salesforce", SALESFORCE, SALESFORCE_HISTORY,
     [("prospects", D(2026, 3, 2), "Zoé"), ("offer", D(2026, 3, 20), "Zoé"), ("won", D(2026, 4, 20), "Inès")],
     LOST, [("qualified", D(2026, 4, 1), "Zoé")]),
    ("salesforce", SALESFORCE, FIELD_HISTORY,
     [("prospects", D(2026, 3, 2), "Zoé"), ("offer", D(2026, 3, 20), "Zoé"), ("won", D(2026, 4, 20), "Inès")],
     LOST, [("qualified", D(2026, 4, 1), "Zoé")]),
    ("odoo", ODOO, "", WON, LOST, [("prospects", D(2026, 4, 1), "Zoé"), ("qualified", D(2026, 4, 20), "Zoé")]),
]  # fmt: skip


@pytest.mark.parametrize(("system", "deals", "history", "won", "lost", "still_open"), CASES)
def test_a_known_layout(
    desk: Desk, system: str, deals: str, history: str, won: list[object], lost: list[object], still_open: list[object]
) -> None:
    told = ["--history", desk.export("history.csv", history)] if history else []
    found = desk.bring(desk.export("deals.csv", deals), *told)
    acme, basalt, corail = found["new"]
    assert (found["system"], found["refused"], found["questions"]) == (system, [], [])
    assert desk.way(acme) == won
    assert desk.way(basalt) == lost
    assert desk.way(corail) == still_open
    card = desk.card(acme)
    assert "account: ACME SAS\n" in card
    assert "amount: 28000\n" in card
    assert "owner: Zoé\n" in card
    assert f"imported_from: {system}:" in card
    assert "amount: 9500.50\n" in desk.card(corail) or "amount: 9500.5\n" in desk.card(corail)
    assert desk.bring(desk.export("deals.csv", deals), *told)["same"] == 3


def test_details_of_the_systems(desk: Desk) -> None:
    desk.bring(desk.export("deals.csv", PIPEDRIVE))
    assert "currency: USD\n" in desk.card("basalt-crm")
    assert "lost_reason: price\n" in desk.card("basalt-crm")
    assert "tags: [Hot]\n" in desk.card("acme-sas-acme-sso")
    assert "probability: 40%\n" in desk.card("corail")


def test_a_spreadsheet_in_french(git_folder: object, kanban: object) -> None:
    desk = Desk(git_folder, kanban, "fr")  # type: ignore[arg-type] # the fixtures' own types
    found = desk.bring(desk.export("affaires.csv", FRENCH.encode("cp1252")))
    assert found["refused"] == []
    assert desk.way("acme-sas-sso") == WON
    assert desk.way("basalt-crm") == LOST
    assert "lost_reason: price\n" in desk.card("basalt-crm")
    assert "- Démo appréciée\n" in desk.card("acme-sas-sso")
    assert desk.way("corail") == [("qualified", D(2026, 4, 1), "Zoé")]


def test_a_trello_board(desk: Desk) -> None:
    found = desk.bring(desk.export("board.json", json.dumps(TRELLO)))
    assert (found["system"], found["new"]) == ("trello", ["acme-sso", "corail"])
    assert desk.way("acme-sso") == [
        ("prospects", D(2026, 3, 2), "Zoé"),
        ("offer", D(2026, 3, 20), "Zoé"),
        ("won", D(2026, 4, 20), "Inès"),
    ]
    assert desk.way("corail") == [("offer", D(2026, 4, 1), "Zoé Martin")]
    assert "next_action_date: 2026-12-01T09:00\n" in desk.card("corail")
    assert "- a\n- b\n" in desk.card("corail")


def test_what_is_archived_on_trello_is_in_no_pipeline_and_yet_won(desk: Desk) -> None:
    """Cards and lists that were put away; a won deal that was is one all the same."""
    lists = [
        {"id": "a", "name": "Prospects"},
        {"id": "b", "name": "Offer sent", "closed": True},
        {"id": "c", "name": "Won"},
    ]
    where = (("a", False), ("a", True), ("b", False), ("c", True), ("c", False))
    cards = [
        {"id": f"69a5564a000000000000000{n}", "name": f"Case {n}", "idList": one, "closed": closed}
        for n, (one, closed) in enumerate(where)
    ]
    moved = [
        {
            "type": "updateCard",
            "date": f"2026-04-2{n}T14:00:00Z",
            "data": {"card": {"id": cards[n]["id"]}, "listAfter": {"name": "Won"}},
        }
        for n in (4, 3)
    ]
    board = {"lists": lists, "cards": cards, "actions": moved}
    found = desk.bring(desk.export("board.json", json.dumps(board)))
    assert (found["new"], found["passed_over"], found["refused"]) == (["case-0", "case-3", "case-4"], 2, [])
    assert [desk.way(card)[-1][0] for card in found["new"]] == ["prospects", "won", "won"]


def test_a_folder_of_backlog(desk: Desk) -> None:
    folder = desk.root.parent / "backlog" / "tasks"
    folder.mkdir(parents=True)
    text = "---\nid: task-{n}\ntitle: {t}\nstatus: {s}\nassignee: [Zoé]\ncreated_date: '2026-03-02'\nupdated_date: '2026-04-20'\n---\n\n## Description\n\nbody\n"
    Path(folder / "task-1 - acme.md").write_text(text.format(n=1, t="ACME SSO", s="Done"))
    Path(folder / "task-2 - corail.md").write_text(text.format(n=2, t="Corail", s="In Progress"))
    Path(folder / "task-3 - broken.md").write_text("---\ntitle: [never\n---\n")
    found = desk.bring(folder.parent, code=1)
    assert [one["file"] for one in found["refused"]] == ["tasks/task-3 - broken.md"]
    assert desk.way("acme-sso") == WON
    assert desk.way("corail") == [("prospects", D(2026, 3, 2), "Zoé"), ("qualified", D(2026, 4, 20), "Zoé")]


REPORT = """\
"Opportunity Name";"Account Name";"Stage";"Amount";"Probability (%)";"Close Date";"Created Date";"Opportunity Owner";"Age"
"SSO";"ACME";"Negotiation/Review";"28.000,00";"75";"30/12/2026";"03/10/2026";"Zoé";"57"
"CRM";"Basalt";"Closed Lost";"1.200,00";"0";"14/10/2026";"05/10/2026";"Karim";"40"
"ERP";"Corail";"Id. Decision Makers";"";"40";"31/01/2027";"13/10/2026";"Zoé";"16"
"""


def test_a_report_of_salesforce_with_a_persons_own_headings_and_days(desk: Desk) -> None:
    found = desk.bring(desk.export("report.csv", REPORT))
    assert (found["system"], found["new"], found["refused"]) == (
        "salesforce",
        ["acme-sso", "basalt-crm", "corail-erp"],
        [],
    )
    assert desk.way("acme-sso") == [("negotiation", D(2026, 10, 3), "Zoé")]
    assert desk.way("basalt-crm") == [("prospects", D(2026, 10, 5), "Karim"), ("lost", D(2026, 10, 14), "Karim")]
    assert "amount: 28000\n" in desk.card("acme-sso")


def test_a_status_that_is_a_stage_and_a_deal_that_rests(desk: Desk) -> None:
    text = "Company,Value,Status,Added\nAcme,12500,Negotiation,2026-09-01\nCorail,,On hold,2026-07-01\nDune,,Won,2026-08-01\n"
    found = desk.bring(desk.export("mine.csv", text), code=1)
    assert [one["line"] for one in found["refused"]] == [4]
    assert desk.way("acme") == [("negotiation", D(2026, 9, 1), "Zoé Martin")]
    assert desk.way("corail") == [("nurturing", D(2026, 7, 1), "Zoé Martin")]


STATUSES = {
    "Open": "open", "En cours": "open", "Actif": "open", "Working": "open", "New": "open", "Won": "won", "Gagnée": "won",
    "Lost": "lost", "Annulé": "lost", "Cancelled": "lost", "On hold": "parked", "Deleted": "-", "Merged with 12": "-",
    "Supprimée": "-", "Archived": "-", "Zorglub": "",
}  # fmt: skip


def test_a_status_is_known_or_asked_about_and_deals_that_are_none_are_passed_over(desk: Desk) -> None:
    """A word that tells nothing is not taken for open."""
    rows = [f"{n},Deal {n},X,Prospects,{one},2026-01-02,2026-02-03" for n, one in enumerate(STATUSES)]
    table = desk.export("deals.csv", "\n".join(["Deal ID,Deal,Customer,Stage,Status,Created,Closed", *rows, ""]))
    found = desk.bring(table, code=1)
    assert (len(found["new"]), found["passed_over"]) == (11, 4)
    assert [one["reason"] for one in found["refused"]] == ["“Zorglub” is mapped to nothing"]
    assert "statuses: {Zorglub: …}" in found["refused"][0]["cure"]
    columns = {path.stem: path.parent.name for path in desk.root.glob("*/*.md")}
    wanted = {"open": "prospects", "won": "won", "lost": "lost", "parked": "nurturing"}
    for number, meant in enumerate(STATUSES.values()):
        assert columns.get(f"x-deal-{number}") == wanted.get(meant)


CHAIN = """\
OpportunityId,Field,OldValue,NewValue,CreatedDate,CreatedBy.Name
0061,StageName,Proposal/Price Quote,Closed Won,2026-04-20T14:00:00.000+0000,Inès
0061,StageName,Qualification,Proposal/Price Quote,2026-03-20T08:10:00.000+0000,Zoé
0061,StageName,Prospecting,Qualification,2026-03-20T08:10:00.000+0000,Zoé
0062,StageName,Prospecting,Qualification,2026-03-09T09:00:00.000+0000,Karim
0062,StageName,Negotiation/Review,Proposal/Price Quote,2026-03-12T09:00:00.000+0000,Karim
0062,StageName,Proposal/Price Quote,Closed Lost,2026-05-11T09:00:00.000+0000,Karim
0099,StageName,Prospecting,Qualification,2026-03-09T09:00:00.000+0000,Karim
0099,StageName,Qualification,Closed Lost,2026-03-10T09:00:00.000+0000,Karim
0063,Amount,1,2,2026-04-10T09:00:00.000+0000,Karim
"""


def test_rows_of_a_history_that_contradict_it_or_are_of_no_deal_are_named(desk: Desk) -> None:
    """The newest row first, steps of one moment, a step from elsewhere, a deal that is not there; each row once."""
    files = desk.export("deals.csv", SALESFORCE), "--history", desk.export("history.csv", CHAIN)
    found = desk.bring(*files, code=1)
    assert [(one["file"], one["line"], one["reason"]) for one in found["refused"]] == [
        ("history.csv", 6, "the deal came from negotiation, and the row before left it in qualified"),
        ("history.csv", 8, "deals.csv has no deal `0099`"),
        ("history.csv", 9, "deals.csv has no deal `0099`"),
    ]
    assert all(one["cure"] for one in found["refused"])
    acme, basalt, _corail = found["new"]
    assert [column for column, *_rest in desk.way(acme)] == ["prospects", "qualified", "offer", "won"]
    assert [column for column, *_rest in desk.way(basalt)] == ["prospects", "qualified", "lost"]
    assert desk.bring(*files, code=1)["commits"] == 0
    without = desk.export("deals.csv", SALESFORCE.replace("Id,", "Nothing,", 1))
    refused = desk.run("-C", desk.root, "import", without, "--history", files[2])
    assert (refused.code, "which rows of history.csv are about which deal" in refused.err) == (2, True)


def test_a_report_and_its_history_are_of_one_deal_though_one_id_is_longer(desk: Desk) -> None:
    deals = SALESFORCE.replace("0061,", "0065g00000A1b2c,").replace("0062,", "0065g00000A1b2C,")
    history = FIELD_HISTORY.replace("0061,", "0065g00000A1b2cAAB,").replace("0062,", "0065g00000A1b2CAAR,")
    found = desk.bring(desk.export("deals.csv", deals), "--history", desk.export("history.csv", history))
    assert desk.way(found["new"][0])[1] == ("offer", D(2026, 3, 20), "Zoé")
