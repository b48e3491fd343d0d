"""Files kept for cards, typed as a salesperson does: what lies where, what follows, what is shown, what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kanban.lint.engine import Request, lint
from kanban.lint.rule import LintContext
from kanban.lint.selection import Selection
from kanban.model.cards.boardfile import ATTACHED, BoardFile
from kanban.model.cards.links.attachments import is_plain, name_kept
from kanban.model.cards.links.following import following
from tests.boards import FIVE_COLUMNS, TODAY, board_of, card_text
from tests.conftest import Answer, GitFolder, Kanban

Verb = Callable[..., Answer]
LINK = "## Files\n\n- [devis-acme-v2.pdf]({}files/acme/devis-acme-v2.pdf)\n"
PDF = b"%PDF-1.7\x00\xff\xfe bytes"


@pytest.fixture
def board(git_folder: GitFolder, monkeypatch: pytest.MonkeyPatch) -> GitFolder:
    git_folder.write("board.yml", FIVE_COLUMNS + "language: en\nsite: {public_fields: [owner, close_date]}\n")
    git_folder.write("qualifies/acme.md", card_text("Hello.\n", amount="10 k€"))
    git_folder.write("qualifies/norvane.md", card_text(account="Norvane"))
    git_folder.commit("board", date="2026-10-01T10:00:00+02:00")
    git_folder.write("../Devis ACME (v2).PDF", PDF)
    monkeypatch.setenv("KANBAN_AS_OF", "2026-10-05")
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2026-10-05T09:00:00+02:00")
    return git_folder


@pytest.fixture
def run(board: GitFolder, kanban: Kanban) -> Verb:
    return lambda verb, *words: kanban("-C", board.root, verb, *words)


def kept(board: GitFolder) -> dict[str, bytes]:
    return {str(path.relative_to(board.root)): path.read_bytes() for path in (board.root / "files").rglob("*.*")}


def changed(board: GitFolder) -> list[str]:
    return board.git("show", "--no-renames", "--format=", "--name-status", "HEAD").split("\n")[:-1]


def test_a_file_is_copied_linked_shown_and_one_small_commit(board: GitFolder, run: Verb) -> None:
    done = run("attach", "acme", "../Devis ACME (v2).PDF")
    assert (done.code, done.out) == (0, "acme: kept files/acme/devis-acme-v2.pdf\n")
    assert kept(board) == {"files/acme/devis-acme-v2.pdf": PDF}
    assert (board.root / "qualifies/acme.md").read_text().endswith("---\nHello.\n\n" + LINK.format("../"))
    assert changed(board) == ["A\tfiles/acme/devis-acme-v2.pdf", "M\tqualifies/acme.md"]
    board.write("files/acme/by-hand.pdf", PDF)
    shown = run("show", "acme").out
    assert LINK.format("../") in shown
    assert "\n\nFiles\n  files/acme/by-hand.pdf  17\u00a0B\n\nHistory\n" in shown, (
        "what the text leads to is not told twice"
    )
    (board.root / "files/acme/by-hand.pdf").unlink()
    assert json.loads(run("show", "acme", "--json").out)["attachments"] == ["files/acme/devis-acme-v2.pdf"]
    assert run("lint", "--select", "KB7").code == 0
    assert run("undo").code == 0
    assert kept(board) == {}


def test_files_stay_as_the_card_moves_and_follow_its_name(board: GitFolder, run: Verb) -> None:
    """A move is the card's one line of the diff; the link is right in every column, in the archive, under a new name."""
    run("attach", "acme", "../Devis ACME (v2).PDF")
    board.write("qualifies/acme.md", (board.root / "qualifies/acme.md").read_bytes() + b"\nAs with [N](norvane.md).\n")
    board.commit("see also")
    assert run("win", "acme", "--reason", "signed").code == 0
    assert changed(board) == ["A\tgagne/acme.md", "D\tqualifies/acme.md"]
    text = (board.root / "gagne/acme.md").read_text()
    assert LINK.format("../") in text
    assert text.endswith("\nAs with [N](../qualifies/norvane.md).\n")
    assert run("archive", "acme", "--days", "0").code == 0
    text = (board.root / "gagne/2026/acme.md").read_text()
    assert LINK.format("../../") in text
    assert text.endswith("[N](../../qualifies/norvane.md).\n")
    assert run("rename", "acme", "acme-sso").code == 0
    assert kept(board) == {"files/acme-sso/devis-acme-v2.pdf": PDF}
    assert not (board.root / "files/acme").exists()
    assert LINK.format("../../").replace("/acme/", "/acme-sso/") in (board.root / "gagne/2026/acme-sso.md").read_text()
    assert run("lint", "--select", "KB7").out == "The board keeps its rules.\n"


def test_a_newer_version_takes_the_place_when_asked_and_off_takes_away(board: GitFolder, run: Verb) -> None:
    run("attach", "acme", "../Devis ACME (v2).PDF")
    board.write("../Devis ACME (v2).PDF", b"newer")
    again = run("attach", "acme", "../Devis ACME (v2).PDF")
    assert (again.code, kept(board)) == (2, {"files/acme/devis-acme-v2.pdf": PDF})
    assert "files/acme/devis-acme-v2.pdf is kept already" in again.err
    cure = again.err.partition("`kanban attach ")[2].partition("`")[0]
    assert cure == f"acme '{board.root.parent}/Devis ACME (v2).PDF' --replace"
    assert run("attach", "acme", f"{board.root}/../Devis ACME (v2).PDF", "--replace").code == 0
    assert kept(board) == {"files/acme/devis-acme-v2.pdf": b"newer"}
    assert changed(board) == ["M\tfiles/acme/devis-acme-v2.pdf"]
    for name in ("nowhere.pdf", "DEVIS ACME (V2).pdf"):
        off = run("attach", "acme", "--off", name)
        assert off.code == (2 if name == "nowhere.pdf" else 0), off.err
    assert kept(board) == {}
    assert not (board.root / "files").exists()
    assert (board.root / "qualifies/acme.md").read_text().endswith("Hello.\n\n## Files\n\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.pdf"], "there is no file {root}/nowhere.pdf here"),
        (["qualifies"], "{root}/qualifies is a folder"),
        (["large.bin"], "large.bin is too large: 8 MB are kept at most"),
        (["board.yml", "board.yml"], "files/acme/board-card.yml is kept already"),
    ],
)
def test_refusals_leave_the_board_alone(board: GitFolder, run: Verb, words: list[str], said: str) -> None:
    with (board.root / "large.bin").open("wb") as large:
        large.truncate(8_000_001)
    done = run("attach", "acme", *words)
    assert (done.code, board.git("log", "--oneline").count("\n")) == (2, 1)
    assert said.format(root=board.root) in done.err.replace("\u00a0", " ")
    assert not (board.root / "files").exists()


def test_nothing_of_them_is_public_and_a_person_in_them_is_found(board: GitFolder, run: Verb, tmp_path: Path) -> None:
    board.write("../brief.txt", "Signed: Hélène Ygrazil\n")
    run("attach", "acme", "../brief.txt", "../Devis ACME (v2).PDF")
    board.write("files/acme/plan.txt", "Ours.\n")
    board.commit("by hand")
    assert run("render", "--output", tmp_path / "in").code == 0
    assert run("render", "--output", tmp_path / "out", "--audience", "public").code == 0
    assert "<li>plan.txt <small>6\u00a0B</small></li>" in (tmp_path / "in/cards/acme.html").read_text()
    for page in (tmp_path / "out").rglob("*.*"):
        assert b"brief.txt" not in page.read_bytes(), page
        assert b"devis-acme" not in page.read_bytes(), page
        assert b"plan.txt" not in page.read_bytes(), page
    assert "files/acme/brief.txt:1: Signed: Hélène Ygrazil" in run("privacy", "scan", "Hélène Ygrazil").out
    assert run("privacy", "erase", "Hélène Ygrazil").code == 0
    assert kept(board)["files/acme/brief.txt"] == b"Signed: (erased)\n"


def findings(files: dict[str, str | bytes], *more: BoardFile, config: str = FIVE_COLUMNS) -> list[tuple[str, str, str]]:
    """Code, place and cure of what the rules about files say."""
    board = board_of(files, config)
    board = type(board)(board.config, board.cards, board.strays, (), {**board.files, **{one.path: one for one in more}})
    request = Request(Selection(select=("KB701", "KB714", "KB715")))
    report = lint(LintContext(board, TODAY), request)
    return [(one.code, f"{one.path}:{one.hit.line}", one.hit.cure) for one in report.findings]


def attached(path: str, size: int = 10) -> BoardFile:
    return BoardFile(path, None, note=ATTACHED, size=size)


def test_lint_names_what_is_missing_orphaned_too_large_and_badly_named() -> None:
    text = "[a](val/absent.pdf) [b](../files/acme/gone.pdf) [c](../files/acme/here.pdf) [d](../../drive.pdf) [e](../price.pdf)\n"
    found = findings(
        {"offre/acme.md": card_text(text), "offre/b.md": card_text("[x](<../files/b/a b.pdf>) [[files/b/a b.pdf]]\n", formerly="[old]")},
        attached("files/acme/here.pdf"), attached("files/acme/Gone!.pdf"), attached("files/b/a b.pdf"),
        attached("files/old/x.pdf"), attached("files/lost.pdf"), attached("files/b/big.iso", 9_000_000),
        attached("files/b/con.pdf"), attached("files/b/HERE.pdf"), attached("files/b/here.pdf"),
    )  # fmt: skip
    assert found == [
        ("KB715", "files/b/big.iso:1", "put it where the team can reach it, and link there"),
        ("KB715", "files/b/con.pdf:1", "`kanban attach b files/b/con.pdf` keeps it as con-card.pdf; then delete this one"),
        ("KB715", "files/b/here.pdf:1", "keep one of the two files"),
        ("KB714", "files/lost.pdf:1", "`kanban attach CARD files/lost.pdf` keeps it for one; then `git rm files/lost.pdf`"),
        ("KB714", "files/old/x.pdf:1", "its card is now b: `kanban attach b files/old/x.pdf`, then `git rm files/old/x.pdf`"),
        ("KB701", "offre/acme.md:6", "keep the file with the card: `kanban attach acme offre/val/absent.pdf`; then remove this link"),
        ("KB701", "offre/acme.md:6", "keep the file with the card: `kanban attach acme gone.pdf`; then remove this link"),
    ]  # fmt: skip


def test_a_board_whose_column_is_called_files_has_no_such_folder() -> None:
    config = FIVE_COLUMNS.replace("{key: prospects,", "{key: prospects, folder: files,")
    assert findings({"files/acme.md": card_text()}, attached("files/acme.pdf", 9_000_000), config=config) == []
    assert board_of({"files/acme.md": card_text()}, config).find("acme") is not None


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("a/x.md", "b/x.md", "[f](../files/x/f.pdf)", "[f](../files/x/f.pdf)"),
        ("a/x.md", "b/2026/x.md", "[f](../files/x/f.pdf#p2)", "[f](../../files/x/f.pdf#p2)"),
        ("a/2026/x.md", "b/x.md", "[f](../../files/x/a%20b.pdf)", "[f](../files/x/a%20b.pdf)"),
        ("a/x.md", "b/c/x.md", "[f](<../files/x/a b.pdf>)", "[f](<../../files/x/a b.pdf>)"),
        ("a/x.md", "a/y.md", "[f](../files/x/f.pdf)", "[f](../files/y/f.pdf)"),
        ("a/x.md", "b/x.md", "[s](z.md) [m](#top) [h](https://e.org/z.md)", "[s](../a/z.md) [m](#top) [h](https://e.org/z.md)"),
        ("a/x.md", "b/x.md", "`[s](z.md)` [o](../../o.md)", "`[s](z.md)` [o](../../o.md)"),
        ("a/x.md", "b/x.md", "[d](./../files/x/f.pdf)", "[d](./../files/x/f.pdf)"),
    ],
)  # fmt: skip
def test_links_follow(old: str, new: str, before: str, after: str) -> None:
    """Only the links that would lead elsewhere change; not a byte beside them, byte order mark and line ends included."""
    moves = {old: new} | ({"files/x/f.pdf": "files/y/f.pdf"} if new == "a/y.md" else {})
    shell = "\ufeff---\r\naccount: ACME\r\n---\r\n\r\n{}\r\n"
    assert following(old, new, moves)(shell.format(before).encode()) == shell.format(after).encode()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Offre été n°3 (v2).pdf", "offre-ete-n3-v2.pdf"),
        ("board.yml", "board-card.yml"),  # else who works in that folder has another board
        ("Board.YAML", "board-card.yaml"),
        ("README.md", "readme-card.md"),
        ("con.txt", "con-card.txt"),
        (".gitattributes", "gitattributes"),
        ("???.pdf", "file.pdf"),
        ("-rf", "rf"),
    ],
)
def test_the_name_under_which_a_file_is_kept(name: str, kept: str) -> None:
    assert name_kept(name, "fr") == kept
    assert is_plain(kept)


def test_a_link_is_followed_and_said(board: GitFolder, run: Verb) -> None:
    """What a person points at is what they see when they open it; colleagues get a file, never a link into nowhere."""
    link = board.root / "../latest.pdf"
    link.symlink_to(board.root / "../Devis ACME (v2).PDF")
    done = run("attach", "acme", str(link))
    assert (done.code, kept(board)) == (0, {"files/acme/latest.pdf": PDF})
    assert not (board.root / "files/acme/latest.pdf").is_symlink()
    assert "latest.pdf is a link; what is kept is a copy of" in done.err
    assert "Devis ACME (v2).PDF" in done.err
    (board.root / "../gone.pdf").symlink_to(board.root / "../nothing.pdf")
    assert run("attach", "acme", str(board.root / "../gone.pdf")).code == 2
