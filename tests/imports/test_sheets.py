"""Files as spreadsheets write them: every encoding and separator, quoted line breaks, rows that are broken."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from kanban.errors import KanbanError
from kanban.imports.mapping.forms import (
    decimal_mark,
    order_of_dates,
    orders_of_dates,
    plain_amount,
    read_day,
    share_of,
    unit_of,
)
from kanban.imports.tables.exports import read_export
from kanban.imports.tables.sheet import Sheet
from kanban.model.settings.board_yml import BoardConfig
from tests.imports.conftest import Desk

PLAIN = "Client;Montant;Étape\r\nSociété Générale;12 000,50 €;Négociation\r\n"
READ = [{"Client": "Société Générale", "Montant": "12 000,50 €", "Étape": "Négociation"}]
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be")


def rows(path: Path) -> list[dict[str, str]]:
    return [row.cells for row in read_export(path).deals.rows]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "deals.csv"
    file.write_bytes(PLAIN.encode(encoding))
    assert rows(file) == READ


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_separators_and_line_breaks_in_quotes(tmp_path: Path, mark: str) -> None:
    file = tmp_path / "deals.csv"
    told = [["Name", "Notes", "Stage"], ["A", '"first\nsecond ""quoted"""', "Won"], ["B", "", "Lost"]]
    file.write_text("\n".join(mark.join(one) for one in told) + "\n")
    found = read_export(file).deals.rows
    assert [(one.line, one.cells) for one in found] == [
        (2, {"Name": "A", "Notes": 'first\nsecond "quoted"', "Stage": "Won"}),
        (4, {"Name": "B", "Stage": "Lost"}),
    ]


def test_a_separator_that_excel_names_and_empty_lines_before_it(tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text("sep=|\nName|Stage\n\nA, B|Won\n")
    found = read_export(file).deals.rows
    assert [(one.line, one.cells) for one in found] == [(4, {"Name": "A, B", "Stage": "Won"})]


def test_a_quote_that_is_never_closed_costs_its_own_row(tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text('Name,Notes,Stage\nA,x,Won\nB,"never closed,Won\nC,y,Lost\nD,z "5"" pipe",Won\nE,1,Won,2\n')
    sheet = read_export(file).deals
    assert [one.cells["Name"] for one in sheet.rows] == ["A", "C", "D"]
    assert [(one.line, one.reason[:20]) for one in sheet.troubles] == [
        (3, "a double quote is op"),
        (6, "4 cells under 3 head"),
    ]


TOPS: list[tuple[list[str], tuple[str, ...], int]] = [
    (["Client,Deal", "A,B"], ("Client", "Deal"), 1),
    (["Pipeline 2026,,", "by Zoé,,", ",,", "Client,Deal,Amount", "A,B,1"], ("Client", "Deal", "Amount"), 4),
    (["Pipeline 2026", "Client,Deal,Amount", "A,B,1"], ("Client", "Deal", "Amount"), 2),
    (["Deal,,,Days,", "Client,Name,Amount,Start,End", "A,B,1,,"], ("Client", "Name", "Amount", "Start", "End"), 2),
    (["Title", "Client,Deal,,Days,", ",Name,Amount,Start,End", "A,B,1,,"],
     ("Client", "Name", "Amount", "Start", "End"), 3),
    (["Client,Plan,,Real,", ",From,To,From,To", "A,1,2,3,4"], ("Client", "Plan From", "Plan To", "Real From", "Real To"), 2),
    (["Client,Deal,,", "A,B,,", "C,D,,"], ("Client", "Deal", "#3", "#4"), 1),
    (["Client,,Mail,Stage", "A,B,,won", "C,D,e@x.org,won"], ("Client", "#2", "Mail", "Stage"), 1),
    (["Name", "A", "B"], ("Name",), 1),
    (["Name;Amount", "A;1,5", "B;2,5"], ("Name", "Amount"), 1),
]  # fmt: skip
"""What stands above a table, its headings, and the line of the last of them."""


@pytest.mark.parametrize(("lines", "names", "line"), TOPS)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_where_the_headings_are(tmp_path: Path, lines: list[str], names: tuple[str, ...], line: int, form: str) -> None:
    file = tmp_path / f"deals.{form}"
    if form == "csv":
        file.write_text("\n".join(lines) + "\n")
    else:
        book = openpyxl.Workbook()
        mark = ";" if ";" in lines[0] else ","
        for one in lines:
            book.worksheets[0].append([cell or None for cell in one.split(mark)])
        book.save(file)
    sheet = read_export(file).deals
    assert (sheet.header, sheet.rows[0].line, sheet.troubles) == (names, line + 1, ())


def test_a_number_of_a_workbook_is_never_taken_for_thousands(tmp_path: Path) -> None:
    file = tmp_path / "deals.xlsx"
    book = openpyxl.Workbook()
    for row in (["Name", "Amount"], ["A", 150.125], ["B", 28000.0], ["C", 0.5]):
        book.worksheets[0].append(row)
    book.save(file)
    values = read_export(file).deals.values("Amount")
    assert values == ["150.1250", "28000", "0.5"]
    assert [plain_amount(one, decimal_mark(values, "fr")) for one in values] == values


def test_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([None, None])
    sheet.append(["Name", "Amount", "Created", "Closed"])
    sheet.append(["A", 1200.0, date(2026, 3, 4), datetime(2026, 3, 5, 10, 30)])
    sheet.append(["B", 0.5, 46085, True])
    data = io.BytesIO()
    book.save(data)
    file = tmp_path / "deals.xlsx"
    file.write_bytes(data.getvalue())
    assert rows(file) == [
        {"Name": "A", "Amount": "1200", "Created": "2026-03-04", "Closed": "2026-03-05 10:30"},
        {"Name": "B", "Amount": "0.5", "Created": "46085", "Closed": "true"},
    ]
    with pytest.raises(KanbanError, match="there is no sheet “Q2”"):
        read_export(file, sheet="Q2")


def test_a_cell_without_end_and_columns_without_number(tmp_path: Path) -> None:
    """More than the CSV reader takes by itself: a line of a megabyte, a hundred thousand headings."""
    file = tmp_path / "deals.csv"
    wide = ",".join(f"c{number}" for number in range(100_000))
    file.write_text(f"Deal,{wide}\nA{',' * 100_000}\n{'B' * 1_000_000},x\n")
    found = rows(file)
    assert (len(found[0]), len(found[1]["Deal"]), found[1]["c0"]) == (1, 1_000_000, "x")


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"\xd0\xcf\x11\xe0\xa1\xb1" + b"\0" * 600, b"PK\x03\x04broken", b'{"lists": 3}']
)
def test_what_is_no_table(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "deals.csv"
    file.write_bytes(data)
    with pytest.raises(KanbanError):
        read_export(file)


ZONE = BoardConfig(timezone="Europe/Paris").zone
DAYS = [
    ("2026-03-04", "iso", "2026-03-04"),
    ("2026-03-04 09:05:11", "iso", "2026-03-04T09:05"),
    ("2026-03-04T23:30:00.000Z", "iso", "2026-03-05T00:30"),
    ("2026-03-04T23:30:00.000+0000", "iso", "2026-03-05T00:30"),
    ("03/04/2026", "day-first", "2026-04-03"),
    ("03/04/2026", "month-first", "2026-03-04"),
    ("3/4/26 2:05 PM", "month-first", "2026-03-04T14:05"),
    ("3.4.2026", "day-first", "2026-04-03"),
    ("46085", "iso", "2026-03-04"),
    ("1772582400000", "iso", "2026-03-04"),
    ("Mar 4, 2026", "iso", "2026-03-04"),
    ("03/04/2026", "iso", None),
    ("2026-02-30", "iso", None),
    ("31/02/2026", "day-first", None),
    ("soon", "iso", None),
]


@pytest.mark.parametrize(("text", "order", "wanted"), DAYS)
def test_days(text: str, order: str, wanted: str | None) -> None:
    read = read_day(text, order, "en", ZONE, Sheet("x", (), ()).first_day)
    assert (read.value.isoformat() if read.value else None) == wanted
    assert wanted or (read.message and read.cure)


@pytest.mark.parametrize(
    ("values", "language", "wanted"),
    [
        (["2026-01-02"], "en", "iso"),
        (["01/02/2026", "13/02/2026"], "en", "day-first"),
        (["01/02/2026", "02/13/2026"], "fr", "month-first"),
        (["01/02/2026"], "fr", "day-first"),
        (["01/02/2026"], "en", "iso"),
        (["1.2.2026"], "en", "day-first"),
        (["13/01/2026", "14/01/2026", "01/13/2026"], "en", "day-first"),
    ],
)
def test_the_order_of_dates_is_that_of_all_of_them(values: list[str], language: str, wanted: str) -> None:
    assert order_of_dates(values, language) == wanted


DAY, MONTH, EITHER = ["13/02/2026", "14/02/2026"], ["02/13/2026", "02/14/2026"], ["01/02/2026"]


@pytest.mark.parametrize(
    ("columns", "dates", "dates_in"),
    [
        ({"a": DAY, "b": EITHER}, "day-first", {}),
        ({"a": MONTH, "b": EITHER, "c": ["2026-01-02"]}, "month-first", {}),
        ({"a": DAY, "b": MONTH, "c": EITHER}, "iso", {"a": "day-first", "b": "month-first"}),
        ({"a": DAY, "b": [*EITHER, MONTH[0]]}, "iso", {"a": "day-first"}),
        ({"a": EITHER}, "iso", {}),
    ],
)
def test_each_column_may_have_its_own_order(
    columns: dict[str, list[str]], dates: str, dates_in: dict[str, str]
) -> None:
    assert orders_of_dates(columns, "en") == (dates, dates_in)


def test_two_orders_in_one_table_and_none_is_guessed(desk: Desk) -> None:
    text = "ID,Deal,Client,Stage,Created,Expected close\n" + "".join(
        f"{one},D{one},C{one},Prospects,{month}/{day}/2026,{close}/{month + 3}/2026\n"
        for one, (month, day, close) in enumerate([(2, 13, 25), (3, 20, 26), (4, 5, 6)], 1)
    )
    found = desk.bring(desk.export("deals.csv", text))
    assert (found["new"], found["refused"]) == (["c1-d1", "c2-d2", "c3-d3"], [])
    assert desk.way("c3-d3")[0][1] == date(2026, 4, 5)
    assert "close_date: 2026-07-06\n" in desk.card("c3-d3")
    guessed = desk.run("-C", desk.root, "import", desk.export("deals.csv", text), "--guess").out
    assert "\ndates_in:\n  Created: month-first\n  Expected close: day-first\n" in guessed
    assert desk.bring(desk.export("deals.csv", text), "--mapping", desk.export("map.yml", guessed))["same"] == 3


def test_days_that_an_old_macintosh_counts(desk: Desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for row in (
        ("ID", "Deal", "Client", "Stage", "Created", "Expected close"),
        (1, "A", "B", "Prospects", 44606, 44835.0),
    ):
        book.active.append(row)
    book.active["F2"].number_format = "yyyy-mm-dd"
    book.save(tmp_path / "mac.xlsx")
    assert desk.bring(tmp_path / "mac.xlsx")["new"] == ["b-a"]
    assert desk.way("b-a")[0][1] == date(2026, 2, 15)
    assert "close_date: 2026-10-02\n" in desk.card("b-a")


@pytest.mark.parametrize(
    ("values", "language", "mark", "first"),
    [
        (["1.234,50 €", "900"], "en", ",", "1234.50 €"),
        (["1,234.50"], "fr", ".", "1234.50"),
        (["12,5"], "en", ",", "12.5"),
        (["1.234"], "fr", ",", "1234"),
        (["1,234"], "en", ".", "1234"),
        (["1,234,567"], "en", ".", "1234567"),
        (["28 000,50 €"], "fr", ",", "28 000.50 €"),
        (["1.5 M€", "3,25 M€", "0,5"], "fr", ",", "1.5 M€"),
    ],
)
def test_amounts(values: list[str], language: str, mark: str, first: str) -> None:
    assert decimal_mark(values, language) == mark
    assert plain_amount(values[0], mark) == first


UNITS = [
    ("Montant (k€)", ("k", "EUR")), ("CA HT en K€", ("k", "EUR")), ("Amount in M USD", ("M", "USD")),
    ("Montant (€)", ("", "EUR")), ("Montant en milliers", ("k", "")), ("Montant", ("", "")), ("Team EUROPE", ("", "")),
    ("Marks", ("", "")), ("Value £", ("", "GBP")),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "unit"), UNITS)
def test_what_a_heading_says_of_its_amounts(heading: str, unit: tuple[str, str]) -> None:
    assert unit_of(heading) == unit


def test_probabilities() -> None:
    assert [share_of(one, False) for one in ("40", "40 %", "66.67", "0,5")] == ["40 %", "40 %", "66.67 %", "0.5 %"]
    assert [share_of(one, True) for one in ("0.4", "1", "0")] == ["40 %", "100 %", "0 %"]


def test_a_formula_that_nothing_has_worked_out_is_no_empty_cell(desk: Desk, tmp_path: Path) -> None:
    """Programs that write workbooks leave results to the spreadsheet: an amount would be missing without a word."""
    book = openpyxl.Workbook()
    for row in (
        ("Deal ID", "Deal", "Customer", "Amount", "Stage", "Created"),
        (1, "SSO", "ACME", "=1000*2", "Prospects", "2026-03-01"),
        (2, "CRM", "Basalt", 2000, "Prospects", "2026-03-01"),
    ):
        book.active.append(row)
    book.save(tmp_path / "deals.xlsx")
    found = desk.bring(tmp_path / "deals.xlsx", code=1)
    assert (found["new"], [(one["line"], one["reason"]) for one in found["refused"]]) == (
        ["basalt-crm"],
        [(2, "a formula in this row has no result yet")],
    )
    with zipfile.ZipFile(tmp_path / "deals.xlsx") as packed, zipfile.ZipFile(tmp_path / "saved.xlsx", "w") as saved:
        for name in packed.namelist():
            text = packed.read(name)
            saved.writestr(name, re.sub(rb"(1000\*2</f>)<v ?/>", rb"\1<v>2000</v>", text.replace(b"<v></v>", b"<v />")))
    assert desk.bring(tmp_path / "saved.xlsx")["new"] == ["acme-sso"]
    assert "amount: 2000\n" in desk.card("acme-sso")
