"""Files and questions from strangers that are small and grow without end: each is told, at once, and nothing falls."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path

import pytest

from kanban.errors import KanbanError
from kanban.imports.cards.own import read_own
from kanban.imports.mail.message import Mail, Unread, read_mails
from kanban.imports.tables import workbook
from kanban.imports.tables.boards_elsewhere import read_trello
from kanban.lint.waivers.baseline import read_baseline
from kanban.metrics.export import parquet, questions
from kanban.privacy.encoded import Room, blocks, is_closed
from kanban.schemas.reading import foreign_json
from kanban.schemas.writing import to_json

DEEP = "[" * 100_000 + "]" * 100_000
HEAD = "From: a <a@b.example>\nTo: z@e.org\nDate: Fri, 27 Nov 2026 10:00:00 +0100\nSubject: s\nMIME-Version: 1.0\n"
PARTS = "".join(f'Content-Type: multipart/mixed; boundary="b{at}"\n\n--b{at}\n' for at in range(1200))


@pytest.mark.parametrize(
    "text",
    [
        HEAD + PARTS + "\nhello",
        HEAD + "Content-Type: message/rfc822\n\n" * 3000,
        HEAD.replace("a <a@b.example>", "(" * 20_000 + "a@b.example") + "\nhello",
    ],
    ids=["parts in parts", "mails in mails", "comments in comments"],
)
def test_a_mail_nested_without_end_is_doubtful_and_the_next_one_is_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.eml").write_text(text)
    (tmp_path / "b.eml").write_text(HEAD + "\nWe take it.")
    bad, good = read_mails(tmp_path, UTC)
    assert isinstance(bad, Unread)
    assert (bad.file, bad.reason) == ("a.eml", "it is nested without end")
    assert isinstance(good, Mail)
    assert good.lines == ("We take it.",)


def test_data_nested_without_end_is_no_data(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nested without end"):
        foreign_json(DEEP)
    with pytest.raises(KanbanError, match="no board that Trello exported"):
        read_trello(tmp_path / "b.json", f'{{"lists": {DEEP}}}'.encode())
    with pytest.raises(KanbanError, match="baseline"):
        read_baseline(f'{{"findings": {DEEP}}}', "baseline.json")
    (tmp_path / "cards.jsonl").write_text(f'{{"record": {DEEP}}}\n')
    with pytest.raises(KanbanError):
        read_own(tmp_path / "cards.jsonl")


def test_a_workbook_that_unpacks_without_end_is_not_unpacked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    monkeypatch.setattr(workbook, "LARGEST", 2_000_000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"x" * 2_100_000)
    with pytest.raises(KanbanError, match="holds 2 MB when it is unpacked"):
        workbook.read_workbook(tmp_path / "a.xlsx", packed.getvalue())


def _workbook(change: Callable[[str], str]) -> bytes:
    """A workbook of a heading and one deal, its sheet changed as text."""
    openpyxl = pytest.importorskip("openpyxl")
    book, made = openpyxl.Workbook(), io.BytesIO()
    for row in (["account", "next_action"], ["Acme", "call"]):
        book.active.append(row)
    book.save(made)
    with zipfile.ZipFile(made) as packed:
        members = {one: packed.read(one) for one in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    return _archive({**members, sheet: change(members[sheet].decode()).encode()})


BILLION = "<!DOCTYPE x [<!ENTITY a 'AAAAAAAAAA'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
WORKBOOKS: dict[str, tuple[Callable[[str], str], str]] = {
    "a file by its name": (
        lambda sheet: "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + sheet.replace("Acme", "&a;"),
        "undefined entity",
    ),
    "a billion laughs": (lambda sheet: f"{BILLION}]>{sheet.replace('Acme', '&i;')}", "amplification"),
    "a row far away": (lambda sheet: sheet.replace('<row r="2"', '<row r="999999999"'), r"row \d+ lies beyond"),
    "columns far away": (
        lambda sheet: sheet.replace(
            "</sheetData>", "".join(f'<row r="{at}"><c r="XFD{at}"/></row>' for at in range(3, 9)) + "</sheetData>"
        ),
        r"row \d lies beyond",
    ),
}


@pytest.mark.parametrize(("change", "said"), WORKBOOKS.values(), ids=WORKBOOKS)
def test_a_workbook_that_grows_while_it_is_read_or_names_files_is_told(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[str], str], said: str
) -> None:
    monkeypatch.setattr(workbook, "MOST_CELLS", 20_000)
    with pytest.raises(KanbanError, match=said):
        workbook.read_workbook(Path("a.xlsx"), _workbook(change))


def test_a_workbook_that_says_it_is_smaller_than_it_is_loses_no_deal() -> None:
    read = workbook.read_workbook(Path("a.xlsx"), _workbook(lambda sheet: sheet.replace("A1:B2", "A1")))
    assert [row.cells for row in read.rows] == [{"account": "Acme", "next_action": "call"}]


def _archive(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _unpacked(text: str, room: Room, deep: int = 3) -> Iterator[int]:
    for block in blocks(text, room) if deep else ():
        yield len(block.text)
        yield from _unpacked(block.text, room, deep - 1)


def test_archives_within_an_archive_share_one_room() -> None:
    """Sixty times nineteen megabytes came out of eighteen kilobytes, for one look for a person."""
    inner = _archive({"a": b"x" * 40_000})
    outer = _archive({f"{at}.zip": inner for at in range(12)})
    assert 120_000 < sum(_unpacked(outer.decode("utf-8", "surrogateescape"), Room(200_000))) <= 200_000
    assert sum(_unpacked(outer.decode("utf-8", "surrogateescape"), Room())) > 12 * 40_000


def test_an_archive_that_holds_more_than_is_read_is_told_to_be_closed() -> None:
    assert not is_closed(_archive({"word.xml": b"<p>Zo\xc3\xa9</p>"}))
    assert is_closed(_archive({str(at): b"x" * 7_000_000 for at in range(3)}))
    assert is_closed(b"PK\x03\x04 and no archive")


@pytest.mark.parametrize("spoilt", [b"\xff" * 15, b"\x00" * 15, b"PK\x03\x04" * 3])
def test_a_damaged_member_is_told_and_the_next_one_read(spoilt: bytes) -> None:
    """A torn office document ended the verb: the unpacker's own error is none of an archive."""
    data = bytearray(_archive({"a.xml": b"Jean Dubois, who calls on Mondays. " * 50, "b.xml": b"Helene Roy " * 9}))
    data[45 : 45 + len(spoilt)] = spoilt
    text = bytes(data).decode("utf-8", "surrogateescape")
    assert is_closed(bytes(data))
    assert [one.text for one in blocks(text, Room())] == ["Helene Roy " * 9]


def test_an_archive_of_a_kind_that_some_pythons_cannot_read_is_told_to_be_closed() -> None:
    pytest.importorskip("lzma", reason="this Python cannot write such an archive either")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a", "Jean Dubois")
    assert is_closed(held.getvalue())


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n", "goes on for too"),
        ("select length(zeroblob(900000000))", "too big"),
        (
            "with recursive n(x) as (select 1 union all select x + 1 from n) select zeroblob(9000000) from n",
            "too large",
        ),
        ("with recursive n(x) as (select 1 union all select x + 1 from n) select x, x from n", "too large|too long"),
        ("select load_extension('x')", "not authorized"),
        ("select readfile('/etc/passwd')", "no such function"),
        ("attach '/tmp/x' as y", "not authorized"),
        ("vacuum into '/tmp/x'", "denied"),
        ("pragma database_list", "not authorized"),
        ("select 1; select 2", "one statement"),
    ],
)
def test_a_question_reads_what_was_exported_and_ends(monkeypatch: pytest.MonkeyPatch, question: str, said: str) -> None:
    monkeypatch.setattr(questions, "_MOST_STEPS", 1_000_000)
    monkeypatch.setattr(questions, "MOST_CELLS", 50_000)
    monkeypatch.setattr(questions, "fill", lambda *_about: None)
    with pytest.raises(KanbanError, match=said):
        questions.ask((), question)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("select * from range(10000000000)", "too large"),
        ("select repeat('x', 60000000) from range(3)", "too large|Out of Memory|too long"),
        ("select count(*) from range(100000000000) a, range(100000000000) b where random() < 0", "too long"),
        ("select * from read_text('/etc/passwd')", "disabled"),
        ("select * from glob('/etc/*')", "disabled"),
        ("select * from query('copy cards to x')", "single SELECT"),
        ("select load_aws_credentials()", "aws"),
        ("copy (select 1) to 'x.csv'", "only one"),
        ("attach 'x.db'", "only one"),
        ("install httpfs", "only one"),
        ("set memory_limit = '1TB'", "only one"),
    ],
)
def test_a_question_to_the_tables_of_all_boards_is_as_bounded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, question: str, said: str
) -> None:
    duckdb = pytest.importorskip("duckdb")
    monkeypatch.setattr(questions, "MOST_CELLS", 5_000)
    monkeypatch.setattr(parquet, "_SECONDS", 0.2)
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "lake/cards/board=x/month=2026-01"
    place.mkdir(parents=True)
    duckdb.connect().execute(f"copy (select 1 as card) to '{place}/a.parquet'")
    with pytest.raises(KanbanError, match=said):
        parquet.ask_parquet(tmp_path / "lake", question)
    assert [one.name for one in tmp_path.iterdir()] == ["lake"]


def test_tables_that_are_no_tables_are_told(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards/a.parquet").write_bytes(b"PAR1 and nothing")
    with pytest.raises(KanbanError, match="holds no tables of an export"):
        parquet.ask_parquet(tmp_path, "select 1")


def test_data_shown_in_a_terminal_gives_it_no_orders() -> None:
    """JSON itself lets C1 and what turns the direction of a line stand as they are."""
    text = "a\x1b[2J\x9b31m\u202eb\u2066\u2028é💶"
    shown = to_json({"account": text})
    assert json.loads(shown) == {"account": text}
    assert '"a\\u001b[2J\\u009b31m\\u202eb\\u2066\\u2028é💶"' in shown
