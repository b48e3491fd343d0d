"""Tables as people keep them: other languages, a row that adds up, cells merged downwards, a report's last words."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from kanban.imports.tables.exports import read_export
from tests.conftest import GitFolder
from tests.imports.conftest import Desk

GERMAN_PIPEDRIVE = """\
Deal - ID;Deal - Titel;Deal - Organisation;Deal - Wert;Deal - Währung;Deal - Besitzer;Deal - Phase;Deal - Status;Deal - Deal erstellt;Deal - Gewonnen am;Deal - Verloren am;Deal - Verlustgrund
1;Umbau;Müller GmbH;12.500,50;EUR;Käthe Groß;Angebot;Offen;03.02.2026 09:15;;;
2;Audit;Bäckerei Weiß;3.200;EUR;Käthe Groß;Verhandlung;Gewonnen;12.01.2026 10:00;05.03.2026 11:00;;
3;Tunnel;Straub AG;1'200'000;CHF;Käthe Groß;Qualifiziert;Verloren;13.01.2026;;02.02.2026;Preis
"""
GERMAN_HUBSPOT = """\
Datensatz-ID,Dealname,Deal-Phase,Betrag,Zuständiger Mitarbeiter für Deal,Erstelldatum,Abschlussdatum,Zugeordnetes Unternehmen
1,Umbau,Präsentation vereinbart,"12.500,50",Käthe Groß,03.02.2026,30.10.2026,Müller GmbH
2,Audit,Abgeschlossen und gewonnen,3.200,Käthe Groß,12.01.2026,05.03.2026,Bäckerei Weiß
3,Tunnel,Abgeschlossen und verloren,1.200.000 CHF,Käthe Groß,13.01.2026,02.02.2026,Straub AG
"""
OWN_GERMAN = """\
Kunde\tProjekt\tBetrag\tPhase\tStatus\tErstellt am\tGewonnen am\tVerloren am\tVerlustgrund\tVerantwortlich
Müller GmbH\tUmbau\t12'500.50\tAngebot\toffen\t3.2.2026\t\t\t\tKäthe Groß
Bäckerei Weiß\tAudit\t3’200\tVerhandlung\tgewonnen\t12.1.2026\t5.3.2026\t\t\tKäthe Groß
Straub AG\tTunnel\tCHF 1 200 000\tBedarf\tverloren\t13.1.2026\t\t2.2.2026\tzu teuer\tKäthe Groß
"""


@pytest.mark.parametrize("coding", ["cp1252", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    ("system", "text", "open_in"),
    [("pipedrive", GERMAN_PIPEDRIVE, "offer"), ("hubspot", GERMAN_HUBSPOT, "meeting"), ("sheet", OWN_GERMAN, "offer")],
    ids=["pipedrive", "hubspot", "own"],
)
def test_german(desk: Desk, system: str, text: str, open_in: str, coding: str) -> None:
    told = desk.bring(desk.export("deals.csv", text.encode(coding)))
    cards = ["muller-gmbh-umbau", "backerei-weiss-audit", "straub-ag-tunnel"]
    assert (told["system"], told["new"], told["refused"]) == (system, cards, [])
    ways = [[(step[0], step[1].isoformat()) for step in desk.way(card)] for card in cards]
    assert ways == [
        [(open_in, "2026-02-03")],
        [("prospects", "2026-01-12"), ("won", "2026-03-05")],
        [("prospects", "2026-01-13"), ("lost", "2026-02-02")],
    ]
    assert "\namount: 12500.5" in desk.card(cards[0])
    assert "\namount: 3200\n" in desk.card(cards[1])
    assert "\namount: 1200000\ncurrency: CHF\n" in desk.card(cards[2])
    assert desk.bring(desk.root.parent / "deals.csv")["commits"] == 0


@pytest.mark.parametrize(("amount", "mark"), [("12.500", ","), ("12,500", ".")])
def test_an_amount_that_may_be_thousands_is_asked_and_the_cure_settles_it(desk: Desk, amount: str, mark: str) -> None:
    file = desk.export("deals.csv", f'Client,Deal,Amount,Stage,Created\nAcme,Site,"{amount}",Prospects,2026-02-03\n')
    mapping, wrong = desk.root.parent / "map.yml", "." if mark == "," else ","
    guessed = desk.run("-C", desk.root, "import", file, "--guess").out
    mapping.write_text(re.sub(r"decimal: .*", f'decimal: "{wrong}"', guessed))
    refused = desk.bring(file, "--mapping", mapping, code=1)["refused"]
    assert refused[0]["cure"] == f'say `decimal: "{mark}"` in the mapping, or write the cents'
    mapping.write_text(re.sub(r"decimal: .*", f'decimal: "{mark}"', guessed))
    assert desk.bring(file, "--mapping", mapping)["new"] == ["acme-site"]
    assert "\namount: 12500\n" in desk.card("acme-site")


HEAD = (
    "Client;Deal;Amount;Stage;Created\nAcme;Site;1200,50;Offer sent;2026-02-03\nBeta;Audit;99,50;Prospects;2026-02-04\n"
)


@pytest.mark.parametrize(
    ("last", "passed", "new", "left_out"),
    [
        ("Total;;1 300,00;;", 1, 2, 0),
        (";TOTAL GÉNÉRAL :;1.300,00 €;;", 1, 2, 0),
        ("Summe (2);;;;", 1, 2, 0),
        ("Total;;1400;;", 0, 2, 1),  # of something else, or a customer without a stage: named
        ("Total;Fuel;1300;Offer sent;2026-02-05", 0, 3, 0),  # the customer of that name
        ("Totalise;;1300;;", 0, 2, 1),
        ("Total;;1300;;\nGamma;Site;5;Prospects;2026-02-05", 0, 3, 1),  # a deal below it
    ],
)
def test_a_row_that_adds_up_is_no_deal(desk: Desk, last: str, passed: int, new: int, left_out: int) -> None:
    told = desk.bring(desk.export("deals.csv", HEAD + last + "\n"), code=int(left_out > 0))
    assert (told["passed_over"], len(told["new"]), len(told["refused"])) == (passed, new, left_out)


def test_the_last_words_of_a_report_are_no_deals(desk: Desk) -> None:
    text = """\
"Opportunity ID","Opportunity Name","Account Name","Stage","Amount","Close Date","Created Date","Opportunity Owner"
"0065g00000AbCdE","Site","Acme","Prospecting","12,500.00","6/30/2026","2/13/2026","Zoé"

"Opportunities this year"
"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."
"Confidential Information - Do Not Distribute"
"Generated By:  Zoé Petit 6/1/2026"
"""
    told = desk.bring(desk.export("report.csv", text))
    assert (told["new"], told["passed_over"]) == (["acme-site"], 4)


def test_a_longer_id_is_that_of_the_same_deal_and_another_case_is_not(desk: Desk) -> None:
    head = "Opportunity ID,Opportunity Name,Account Name,Stage,Created Date,Amount\n"
    rows = "0065g00000A1b2c,SSO,ACME,Prospecting,2026-02-03,{}\n0065g00000A1b2C,Audit,Beta,Prospecting,2026-02-03,7\n"
    longer = rows.replace("A1b2c,", "A1b2cAAB,").replace("A1b2C,", "A1b2CAAR,")
    assert desk.bring(desk.export("a.csv", head + rows.format(5)))["new"] == ["acme-sso", "beta-audit"]
    again = desk.bring(desk.export("b.csv", head + longer.format(5)))
    assert (again["same"], again["commits"]) == (2, 0)
    newer = desk.bring(desk.export("c.csv", head + longer.format(6)))
    assert (newer["new"], newer["changed"]) == ([], ["acme-sso"])
    assert "\namount: 6\n" in desk.card("acme-sso")
    assert "\nimported_from: salesforce:0065g00000A1b2c\n" in desk.card("acme-sso")
    desk.folder.git("rm", "-q", "prospects/acme-sso.md")
    desk.folder.commit("away", date="2026-10-01T10:00:00+02:00")
    asked = desk.bring(desk.root.parent / "c.csv", code=1)
    assert [one["reason"] for one in asked["questions"]] == ["ACME SSO was deleted here, and the export still has it"]
    twice = desk.bring(desk.export("d.csv", head + rows.format(5) + longer.format(5).splitlines()[1] + "\n"), code=1)
    assert [one["line"] for one in twice["refused"]] == [4]


def workbook(file: Path, book: openpyxl.Workbook) -> Path:
    data = io.BytesIO()
    book.save(data)
    file.write_bytes(data.getvalue())
    return file


def test_days_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    assert book.active is not None
    book.active.append(["Name", "Created", "Closed"])
    book.active.append(["A", datetime(2026, 3, 4), datetime(2026, 3, 5, 10, 30)])
    file = workbook(tmp_path / "mac.xlsx", book)
    assert read_export(file).deals.rows[0].cells == {
        "Name": "A",
        "Created": "2026-03-04",
        "Closed": "2026-03-05 10:30",
    }


def test_cells_merged_over_rows_and_headings_in_two_lines(desk: Desk, tmp_path: Path) -> None:
    """A customer whose cell is merged over its deals; an amount whose unit stands in the second line of headings."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (
        ["Pipeline 2026", "", "", "", "", ""],
        ["Client", "Affaire", "Montant", "", "Étape", "Date"],
        ["", "", "k€", "Proba", "", ""],
        ["Acme", "Refonte", 12.5, 0.4, "RDV", datetime(2026, 2, 3)],
        ["", "Audit", 3, 0.9, "Négo", datetime(2026, 2, 13)],
        ["Bêta", "Site", 7, 0.2, "RDV", datetime(2026, 3, 1)],
        ["TOTAL", "", 22.5, "", "", ""],
    ):
        sheet.append(cells)
    for cells in ("A1:F1", "C2:D2", "A4:A5"):
        sheet.merge_cells(cells)
    told = desk.bring(workbook(tmp_path / "deals.xlsx", book))
    assert (told["new"], told["passed_over"]) == (["acme-refonte", "acme-audit", "beta-site"], 1)
    assert "\naccount: Acme\n" in desk.card("acme-audit")
    assert "\namount: 12500\n" in desk.card("acme-refonte")
    assert [step[0] for step in desk.way("acme-audit")] == ["negotiation"]


def test_the_line_of_a_broken_row_counts_the_lines_of_those_above(desk: Desk) -> None:
    """Line breaks in quotes, an empty line, lines of a Mac's and of Windows' ends: the line is that of the file."""
    text = (
        "Client;Deal;Notes;Stage;Created\r\n"
        'Acme;"Site,\r\nphase 2";"a\r\nb\r\n";Prospects;2026-02-03\r\n'
        "\r\n"
        'Beta;Audit;"x";Prospects;2026-02-30\r\n'
        'Gamma;Audit;"y\n\nz";Nowhere;2026-02-03\r\n'
        "Delta;Audit;;Prospects;2026-02-04\r\n"
        "Epsilon;Audit;;Prospects;tomorrow or so\r\n"
    )
    told = desk.bring(desk.export("deals.csv", text), code=1)
    assert (len(told["new"]), [one["line"] for one in told["refused"]]) == (2, [7, 8, 12])
    lines = text.replace("\r\n", "\n").split("\n")
    assert [lines[line - 1].split(";")[0] for line in (7, 8, 12)] == ["Beta", "Gamma", "Epsilon"]


DANGERS = ("=1+1", "+33 1 23", "-2+3", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0", "'=1", '=HYPERLINK("http://x","y")')


def test_what_a_spreadsheet_would_run_goes_out_safely_and_comes_back_as_it_was(desk: Desk, tmp_path: Path) -> None:
    for number, danger in enumerate(DANGERS):
        desk.folder.write(f"prospects/c{number}.md", f"---\ntitle: {json.dumps(danger)}\n---\n\n## Notes\n\n{danger}\n")
    desk.folder.commit("cards", date="2026-02-03T10:00:00+01:00")
    assert desk.run("-C", desk.root, "export", tmp_path / "out").code == 0
    for file in (tmp_path / "out").glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as opened:
            cells = [cell for row in csv.reader(opened) for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r", "-2"))] == [], file.name
    there = GitFolder(tmp_path / "there")
    there.write("board.yml", (desk.root / "board.yml").read_text())
    there.commit("board", date="2026-01-01T08:00:00+01:00")
    brought = desk.run("-C", there.root, "import", tmp_path / "out", "--json")
    assert brought.code == 0, brought.err
    for file in (desk.root / "prospects").glob("*.md"):
        assert (there.root / "prospects" / file.name).read_text() == file.read_text()


@pytest.mark.parametrize("hook", ["pre-commit", "commit-msg", "post-commit", "post-checkout", "pre-push"])
def test_a_hook_that_fails_stops_no_import_halfway(desk: Desk, hook: str) -> None:
    """An import is no commit of one's own: whatever hooks say, all of it is there or none, and again changes nothing."""
    file = desk.folder.write(f".git/hooks/{hook}", "#!/bin/sh\nexit 1\n")
    file.chmod(0o755)
    text = "Client,Deal,Stage,Created,Closed\nAcme,Site,Won,2026-02-03,2026-03-04\nBeta,Audit,Prospects,2026-02-04,\n"
    told = desk.bring(desk.export("deals.csv", text))
    assert (told["new"], told["commits"]) == (["acme-site", "beta-audit"], 3)
    assert desk.bring(desk.root.parent / "deals.csv")["commits"] == 0
    assert desk.folder.git("status", "--porcelain") == ""
