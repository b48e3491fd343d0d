"""A person in a board is found wherever they stand, their time is known, and they can be taken out, the past included."""

from __future__ import annotations

import base64
import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from kanban.commands.setup.schema import schema_of
from kanban.privacy.person import Person
from tests.boards import board_of
from tests.conftest import GitFolder, Kanban

BOARD = """title: T
language: en
policies: {pull_stop: "off", ready: "off"}
columns:
  - {key: prospects, name: Prospects}
  - {key: perdu, name: Lost, kind: lost}
"""
CARD = """---
account: Acme
contact: Hélène Ygrazil
first_name: Léna
contact_email: h.y@acme.example
contact_phone: "+33 6 12 34 56 78"
next_action: call Helene
next_action_date: 2099-01-05
---

# Acme

- talked to HELENE YGRAZIL, 06.12.34.56.78, prefers Léna; ask Paul Martin
"""
OTHER = "---\naccount: Beta\ncontact: Hélène Durand\nnext_action: call\nnext_action_date: 2099-01-05\n---\n"

SURE = ["Hélène Ygrazil", "ygrazil helene", "HÉLÈNE-YGRAZIL", "He\u0301le\u0300ne Ygrazil", "H. Ygrazil", "hygrazil",
        "helene.ygrazil@x.example", "h.y@acme.example", "0612345678", "+33 (0)6 12 34 56 78", "Hélène%20Ygrazil"]  # fmt: skip
PERHAPS = ["Hélène Durand", "Ygrazil", "ask Helene"]
NOT = ["Ygrazille", "Paul Martin", "06 12 34 56 79", "H. Martin"]


@pytest.fixture
def helene() -> Person:
    board = board_of({"prospects/acme.md": CARD}, BOARD)
    return Person.named("Hélène Ygrazil", board.cards)


@pytest.mark.parametrize("text", SURE)
def test_the_whole_name_is_found_in_every_form(helene: Person, text: str) -> None:
    assert helene.stands_in(f"talk to {text}, soon")
    erased = helene.erased(f"talk to {text}, soon", "(erased)")
    assert not helene.stands_in(erased)
    assert erased.startswith("talk to ")
    assert erased.endswith(", soon")


@pytest.mark.parametrize("text", PERHAPS)
def test_a_part_of_a_name_may_be_somebody_else(helene: Person, text: str) -> None:
    assert not helene.stands_in(text)
    assert helene.may_stand_in(text)
    assert helene.erased(text, "…") == text


@pytest.mark.parametrize("text", NOT)
def test_others_are_left_alone(helene: Person, text: str) -> None:
    assert not helene.stands_in(text)
    assert not helene.may_stand_in(text)


@pytest.fixture
def board(git_folder: GitFolder) -> GitFolder:
    """Two versions of a card of hers, one of a namesake, a branch, a tag, a message, a note, and a deleted file."""
    git_folder.write("board.yml", BOARD)
    git_folder.write("prospects/acme.md", CARD.replace("call Helene", "mail"))
    git_folder.write("prospects/beta.md", OTHER)
    git_folder.write("prospects/helene-ygrazil.md", OTHER)
    git_folder.commit("start")
    git_folder.git("branch", "side")
    git_folder.git("tag", "-a", "v1", "-m", "for Hélène Ygrazil")
    git_folder.git("rm", "-q", "prospects/helene-ygrazil.md")
    git_folder.write("prospects/acme.md", CARD)
    git_folder.git("add", "-A")
    git_folder.git("commit", "-q", "-m", "spoke to Helene Ygrazil", GIT_AUTHOR_NAME="Hélène Ygrazil")
    return git_folder


def test_scan_names_every_place(board: GitFolder, kanban: Kanban) -> None:
    answer = kanban("-C", board.root, "privacy", "scan", "Helene Ygrazil", "--json")
    assert answer.code == 1
    found = answer.json
    Draft202012Validator(schema_of("privacy")).validate(found)
    assert {(one["path"], one["line"]) for one in found["places"] if one["sure"]} == {
        ("prospects/acme.md", line) for line in (3, 5, 6, 7, 13)
    }
    assert [one["path"] for one in found["places"] if not one["sure"]] == ["prospects/beta.md"]
    kept = found["kept"]
    assert kept["commits"] == 2
    assert (kept["messages"], kept["authors"]) == (1, 1)
    assert kept["file_names"] == ["prospects/helene-ygrazil.md"]
    assert kept["refs"] == ["refs/heads/main", "refs/heads/side", "refs/tags/v1"]
    assert kanban("-C", board.root, "privacy", "scan", "Nobody Known").code == 0


def test_erase_takes_the_person_out_and_says_what_git_holds(board: GitFolder, kanban: Kanban) -> None:
    dry = kanban("-C", board.root, "privacy", "erase", "Hélène Ygrazil", "--dry-run")
    assert dry.code == 0
    assert (board.root / "prospects/acme.md").read_text() == CARD
    answer = kanban("-C", board.root, "privacy", "erase", "Hélène Ygrazil")
    assert answer.code == 0, answer.err
    text = (board.root / "prospects/acme.md").read_text()
    assert "contact: (erased)\nnext_action: call (erased)\n" in text
    assert "- talked to (erased), (erased), prefers (erased); ask Paul Martin" in text
    for gone in ("first_name", "contact_email", "contact_phone", "Léna", "12"):
        assert gone not in text
    assert (board.root / "prospects/beta.md").read_text() == OTHER
    assert "look at this yourself: prospects/beta.md:3: contact: Hélène Durand" in answer.out
    assert "git still holds it: 3 commits" in answer.out
    assert "Ygrazil" not in board.git("log", "-1", "--format=%B")
    assert board.git("status", "--porcelain") == ""


def typed_by(answer: str, word: str) -> list[str]:
    return [line.strip() for line in answer.splitlines() if line.startswith("  ") and word in line]


def test_the_history_is_written_anew_by_the_commands_that_are_printed(
    board: GitFolder, kanban: Kanban, tmp_path: Path
) -> None:
    """What `erase` prints is typed as it stands, then what `--history` prints: nothing is left, here and at the remote."""
    remote = tmp_path / "remote.git"
    board.git("clone", "-q", "--bare", "--template=", ".", str(remote))
    board.git("remote", "add", "origin", str(remote))
    board.git("fetch", "-q", "origin")
    before = board.git("log", "--format=%an|%at|%T", "main")
    first = kanban("-C", board.root, "privacy", "erase", "Hélène Ygrazil")
    (again,) = typed_by(first.out, "--history")
    second = run(again, board.root)
    for line in typed_by(second, "git "):
        run(line, board.root)
    whole = b"".join(one.read_bytes() for one in (board.root / ".git").rglob("*") if one.is_file())
    assert b"grazil" not in whole
    for place in (board.root, remote):
        if place == remote:
            subprocess.run(["git", "gc", "-q", "--prune=now"], cwd=remote, check=True)
        for name in ("Hélène Ygrazil", "h.y@acme.example"):
            shown = kanban("-C", board.root, "privacy", "scan", name, "--json").json["kept"]
            assert (shown["commits"], shown["versions"], shown["unreached"]) == (0, 0, 0), shown
        objects = subprocess.run(
            ["git", "cat-file", "--batch", "--batch-all-objects"], cwd=place, capture_output=True, check=True
        ).stdout.decode("utf-8", "replace")
        for gone in ("Ygrazil", "h.y@acme", "56 78", "Léna", "grazil"):
            assert gone not in objects, (place, gone)
    assert "refs/tags/v1" in board.git("for-each-ref")
    assert "prospects/erased.md" in board.git("ls-tree", "-r", "--name-only", "side")
    after = board.git("log", "--format=%an|%at|%T", "main")
    assert len(after.splitlines()) == len(before.splitlines()) + 1
    assert kanban("-C", board.root, "lint").code == 0
    assert kanban("-C", board.root, "log", "acme").out.count("\n") >= 2


def run(line: str, folder: Path) -> str:
    done = subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{line}\n{done.stderr}"
    return done.stdout


def test_due_counts_from_the_last_thing_done_and_leaves_cards_in_play(git_folder: GitFolder, kanban: Kanban) -> None:
    git_folder.write("board.yml", BOARD)
    git_folder.write("perdu/old.md", "---\naccount: Old\ncontact: Ann Old\nlost_reason: price\n---\n")
    git_folder.write("perdu/both.md", "---\naccount: Both\ncontact: Ben Both\nlost_reason: price\n---\n")
    git_folder.write("prospects/both-2.md", OTHER.replace("Hélène Durand", "ben BOTH"))
    git_folder.git("add", "-A")
    git_folder.git("commit", "-q", "-m", "x", date="2020-01-31T10:00:00+0000")
    code = kanban("-C", git_folder.root, "privacy", "due", "--as-of", "2023-01-30").code
    assert code == 0
    answer = kanban("-C", git_folder.root, "privacy", "due", "--as-of", "2023-01-31", "--json")
    assert answer.code == 1
    Draft202012Validator(schema_of("privacy")).validate(answer.json)
    assert [(one["name"], one["since"]) for one in answer.json["due"]] == [("Ann Old", "2023-01-31")]
    git_folder.write("board.yml", BOARD.replace('"off", ready', '"off", retention_months: 1, ready'))
    answer = kanban("-C", git_folder.root, "privacy", "due", "--as-of", "2023-01-31", "--json")
    assert [one["since"] for one in answer.json["due"]] == ["2020-02-29"]


NAME = "Hélène Ygrazil"
MARK = "(effacé)"
ENCODED = {
    "prospects/a.eml": (
        b"From: =?utf-8?Q?H=C3=A9l=C3=A8ne?=\n =?utf-8?Q?_Ygrazil?= <x@y.example>\nSubject: =?iso-8859-1?B?UGF1bA==?=\n\n"
        + b"\n".join(
            base64.b64encode(f"Bonjour {NAME}, merci. ".encode() * 8)[at : at + 76] for at in range(0, 400, 76)
        )
    ),
    "prospects/b.eml": b"Content-Transfer-Encoding: quoted-printable\n\nVu H=C3=A9l=C3=\n=A8ne Ygra=\nzil, prix =3D 3\n",
    "prospects/c.ics": f"BEGIN:VCALENDAR\r\nSUMMARY:Point avec {NAME[:9]}\r\n {NAME[9:]}\r\nATTENDEE;CN={NAME}:mailto:h.y@acme.example\r\n".encode(),
    "prospects/d.vcf": b"BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:Ygrazil;H=C3=A9l=C3=A8=\nne\nNOTE;ENCODING=b:SMOpbMOobmUgWWdyYXppbA==\n",
    "prospects/e.txt": f"Vu {NAME} hier\n".encode("latin-1"),
    "prospects/f.csv": f"nom;ville\n{NAME};Lyon\n".encode("utf-16"),
    "prospects/g.json": b'{"n": "H\\u00e9l\\u00e8ne Ygrazil", "u": "?q=H%C3%A9l%C3%A8ne%20Ygrazil"}\n',
    "prospects/h.html": b"<b>H&eacute;l&#232;ne&nbsp;Ygrazil</b> 12 &lt; 13\n",
}
KEPT = {
    "prospects/a.eml": b"UGF1bA==", "prospects/b.eml": b"prix =3D 3", "prospects/c.ics": b"Point avec", "prospects/d.vcf": b"N;ENC",
    "prospects/e.txt": b" hier", "prospects/g.json": b'"u": "?q=', "prospects/h.html": b"12 &lt; 13",
}  # fmt: skip


@pytest.mark.parametrize("path", ENCODED)
def test_what_is_encoded_is_found_and_written_again_without_the_person(path: str) -> None:
    person = Person.named(f"{NAME}", board_of({"prospects/acme.md": CARD}, BOARD).cards)
    text = ENCODED[path].decode("utf-8", "surrogateescape")
    assert person.stands_in(text)
    erased = person.erased(text, MARK)
    assert not person.stands_in(erased)
    assert not person.may_stand_in(erased)
    assert KEPT.get(path, b"") in erased.encode("utf-8", "surrogateescape")
    data = erased.encode("utf-8", "surrogateescape")
    if path.endswith(".csv"):
        assert data.decode("utf-16") == f"nom;ville\n{MARK};Lyon\n"
    if path.endswith("a.eml"):
        body = b"".join(data.partition(b"\n\n")[2].split())
        assert base64.b64decode(body).decode().startswith(f"Bonjour {MARK}, merci. Bonjour")
    if path.endswith("g.json"):
        assert json.loads(data)["n"] == MARK


def test_attachments_are_scanned_and_erased_and_what_is_closed_is_named(board: GitFolder, kanban: Kanban) -> None:
    for path, data in ENCODED.items():
        (board.root / path).write_bytes(data)
    with zipfile.ZipFile(board.root / "prospects/offer.docx", "w") as archive:
        archive.writestr("word/document.xml", "<w:t>Hélène Ygr</w:t><w:t>azil</w:t>")
    packed = (board.root / "prospects/offer.docx").read_bytes()
    (board.root / "prospects/contract.pdf").write_bytes(b"%PDF-1.7\n\0")
    with zipfile.ZipFile(board.root / "prospects/torn.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", "nobody " * 300)
        archive.writestr("word/document.xml", "<w:t>Hélène Ygrazil</w:t>")
    torn = bytearray((board.root / "prospects/torn.docx").read_bytes())
    torn[45:60] = b"\xff" * 15
    (board.root / "prospects/torn.docx").write_bytes(torn)
    board.commit("attachments")
    (board.root / "prospects/fresh.vcf").write_bytes(ENCODED["prospects/d.vcf"])
    scanned = kanban("-C", board.root, "privacy", "scan", NAME)
    for path in (*ENCODED, "prospects/fresh.vcf"):
        assert f"{path}:" in scanned.out, path
    assert "prospects/offer.docx: inside: Hélène Ygrazil" in scanned.out
    assert "prospects/contract.pdf: cannot be looked into from here" in scanned.out
    assert "prospects/torn.docx: cannot be looked into from here" in scanned.out
    assert "prospects/torn.docx: inside: Hélène Ygrazil" in scanned.out
    answer = kanban("-C", board.root, "privacy", "erase", NAME)
    assert answer.code == 0, answer.err
    for path in ("offer.docx", "contract.pdf", "fresh.vcf"):
        assert f"look at this yourself: prospects/{path}" in answer.out
    assert (board.root / "prospects/offer.docx").read_bytes() == packed, "torn files help nobody"
    again = kanban("-C", board.root, "privacy", "scan", NAME).out
    assert not [path for path in ENCODED if f"{path}:" in again]
    assert board.git("status", "--porcelain").split() == ["??", "prospects/fresh.vcf"]
