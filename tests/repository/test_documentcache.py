"""What card files were found to hold is kept between commands, and never changes an answer."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from kanban.model.text import parsed_before as remembering
from kanban.model.text.cardfile import Document, parse_document
from kanban.repository.kept import documentcache
from kanban.repository.kept.documentcache import DocumentCache
from kanban.repository.kept.index import Index
from tests.boards import FIVE_COLUMNS, card_text
from tests.conftest import GitFolder, Kanban
from tests.repository import indexed

DAY = ("--as-of", "2026-10-05")


@pytest.fixture(autouse=True)
def _always_keep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documentcache, "WORTH_WRITING", 1)
    documentcache._key.cache_clear()


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The files parsed since the list was last cleared."""
    seen: list[bytes] = []

    def counted(data: bytes) -> Document:
        seen.append(data)
        return parse_document(data)

    monkeypatch.setattr(remembering, "parse_document", counted)
    return seen


@pytest.fixture
def board(git_folder: GitFolder) -> GitFolder:
    """Four cards, one of them broken."""
    git_folder.write("board.yml", FIVE_COLUMNS)
    for name in ("a", "b", "c"):
        git_folder.write(f"offre/{name}.md", card_text(amount="1 k€", tags="[x, y]", account=name))
    git_folder.write("offre/broken.md", "---\naccount: [\n---\n")
    git_folder.commit(date="2026-10-01T10:00:00+02:00")
    return git_folder


def test_a_second_command_parses_only_what_is_new(board: GitFolder, kanban: Kanban, parsed: list[bytes]) -> None:
    cold = kanban("-C", board.root, "list", "--json", *DAY)
    assert len(parsed) == 4
    parsed.clear()
    assert kanban("-C", board.root, "list", "--json", *DAY) == cold
    assert parsed == [b"---\naccount: [\n---\n"]
    parsed.clear()
    changed = board.write("offre/b.md", card_text(amount="2 k€", account="b"))
    warm = kanban("-C", board.root, "list", "--json", *DAY)
    assert parsed == [changed.read_bytes(), b"---\naccount: [\n---\n"]
    assert warm == kanban("-C", board.root, "--no-cache", "list", "--json", *DAY)
    amounts = {card["card"]: card["amount"] for card in warm.json["cards"]}
    assert amounts == {"a": "1000", "b": "2000", "broken": None, "c": "1000"}


def test_the_numbers_use_it_too(board: GitFolder, kanban: Kanban, parsed: list[bytes]) -> None:
    cold = kanban("-C", board.root, "metrics", "--json", *DAY)
    parsed.clear()
    assert kanban("-C", board.root, "metrics", "--json", *DAY) == cold
    assert parsed == [b"---\naccount: [\n---\n"]


def test_the_linter_parses_what_both_sides_have_once(board: GitFolder, kanban: Kanban, parsed: list[bytes]) -> None:
    board.write("offre/b.md", card_text(amount="2 k€", account="b"))
    board.git("add", "-A")
    parsed.clear()
    cold = kanban("-C", board.root, "lint", "--staged", "--json", *DAY)
    assert cold.code == 1
    assert len([data for data in parsed if b"account: [" not in data]) == 4
    parsed.clear()
    assert kanban("-C", board.root, "lint", "--staged", "--json", *DAY) == cold
    assert [data for data in parsed if b"account: [" not in data] == []


def test_the_boards_settings_have_no_part_in_it(board: GitFolder, kanban: Kanban, parsed: list[bytes]) -> None:
    kanban("-C", board.root, "list", "--json", *DAY)
    board.write("board.yml", "language: fr\ncurrency: CHF\n" + FIVE_COLUMNS)
    parsed.clear()
    warm = kanban("-C", board.root, "list", "--json", *DAY)
    assert len(parsed) == 1
    assert warm == kanban("-C", board.root, "--no-cache", "list", "--json", *DAY)


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data + b"x", lambda data: b"", bytes.upper])
def test_a_damaged_row_counts_as_absent(
    board: GitFolder, kanban: Kanban, parsed: list[bytes], damage: Callable[[bytes], bytes]
) -> None:
    cold = kanban("-C", board.root, "list", "--json", *DAY)
    whole = indexed.rows(board.root, "document")
    indexed.spoil(board.root, "document", damage)
    parsed.clear()
    assert kanban("-C", board.root, "list", "--json", *DAY) == cold
    assert len(parsed) == 4
    assert indexed.rows(board.root, "document") == whole


def test_content_that_only_looks_right_breaks_nothing(board: GitFolder, kanban: Kanban) -> None:
    kanban("-C", board.root, "list", "--json", *DAY)
    index = Index(board.root / ".git")
    kept = index.all("document")
    for at in range(max(map(len, kept.values()))):
        index.keep(
            "document",
            {row: body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :] for row, body in kept.items() if at < len(body)},
        )
        documents = DocumentCache(index).load()
        for name in "abc":
            documents.parsed((board.root / f"offre/{name}.md").read_bytes())


def test_another_parser_or_program_starts_anew(
    board: GitFolder, kanban: Kanban, parsed: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    kanban("-C", board.root, "list", "--json", *DAY)
    parsed.clear()
    documentcache._key.cache_clear()
    monkeypatch.setattr("yaml.__version__", "0.0")
    kanban("-C", board.root, "list", "--json", *DAY)
    assert len(parsed) == 4


def test_without_the_cache_nothing_is_read_or_written(board: GitFolder, kanban: Kanban) -> None:
    kanban("-C", board.root, "--no-cache", "list", *DAY)
    assert not indexed.file_of(board.root).exists()


def test_a_board_outside_git_needs_none(board: GitFolder, kanban: Kanban) -> None:
    shutil.rmtree(board.root / ".git")
    assert kanban("-C", board.root, "list", *DAY).code == 0


def test_a_folder_that_cannot_be_written_is_no_error(board: GitFolder, kanban: Kanban) -> None:
    board.write(".git/kanban", "in the way")
    assert kanban("-C", board.root, "list", *DAY).code == 0


def test_only_so_many_are_remembered(board: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documentcache, "MOST", 3)
    cache = DocumentCache(Index(board.root / ".git"))
    for number in range(5):
        documents = cache.load()
        documents.parsed(card_text(account=str(number)))
        cache.keep(documents)
    known = cache.load().known
    there = [remembering.content_key(card_text(account=str(number))) in known for number in range(5)]
    assert there == [False, False, True, True, True]


def test_a_few_new_files_are_not_worth_a_write(board: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documentcache, "WORTH_WRITING", 2)
    cache = DocumentCache(Index(board.root / ".git"))
    documents = cache.load()
    documents.parsed(card_text())
    cache.keep(documents)
    assert not indexed.file_of(board.root).exists()
