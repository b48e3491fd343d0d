"""Past versions that have nothing to say of a block are looked at once; those that have, each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from kanban.model.settings.board_yml import read_config
from kanban.repository.git.command import GitCommand
from kanban.repository.git.objects import stream_blobs
from kanban.repository.git.repository import Repository
from kanban.repository.read import versions as reading
from kanban.repository.read.versions import Silent, read_versions
from tests.boards import FIVE_COLUMNS, card_text
from tests.conftest import GitFolder
from tests.repository import indexed

DAY = date(2026, 10, 5)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The blobs git was asked for since the list was last cleared."""
    seen: list[str] = []

    def watched(git: GitCommand, blobs: Iterable[str], limit: int | None = None) -> Iterator[tuple[str, bytes | None]]:
        seen.extend(blobs)
        return stream_blobs(git, seen[:], limit)

    monkeypatch.setattr(reading, "stream_blobs", watched)
    monkeypatch.setattr(reading, "WORTH_WRITING", 1)
    return seen


def blob(folder: GitFolder, data: bytes) -> str:
    folder.write("x.md", data)
    return folder.git("hash-object", "-w", "x.md").strip()


def test_the_answer_is_the_same_and_less_is_asked(git_folder: GitFolder, asked: list[str]) -> None:
    config = read_config(FIVE_COLUMNS.encode())[0]
    assert config is not None
    plain = [blob(git_folder, card_text(owner=name)) for name in ("Zoé", "Paul", "Inès")]
    blocked = blob(git_folder, card_text(blocked_since="2026-10-01"))
    repository = Repository.find(git_folder.root)
    needed, glanced = {plain[0]: DAY}, dict.fromkeys([*plain[1:], blocked], DAY)

    def read(needed: dict[str, date], *, cached: bool) -> dict[str, object]:
        asked.clear()
        silent = Silent(repository) if cached else None
        found = dict(read_versions(repository, config, needed, glanced, silent=silent))
        if silent is not None:
            silent.keep(glanced)
        return found

    cold = read(needed, cached=False)
    assert set(cold) == {plain[0], blocked}
    assert not (git_folder.root / ".git/kanban").exists()
    assert read(needed, cached=True) == cold
    assert sorted(asked) == sorted([*plain, blocked])
    assert read(needed, cached=True) == cold
    assert sorted(asked) == sorted([plain[0], blocked])
    assert set(read(dict.fromkeys(plain, DAY), cached=True)) == {*plain, blocked}


def test_a_damaged_file_counts_as_absent(git_folder: GitFolder, asked: list[str]) -> None:
    config = read_config(FIVE_COLUMNS.encode())[0]
    assert config is not None
    glanced = {blob(git_folder, card_text()): DAY}
    repository = Repository.find(git_folder.root)
    silent = Silent(repository)
    read_versions(repository, config, {}, glanced, silent=silent)
    silent.keep(glanced)
    indexed.spoil(git_folder.root, "silent", lambda body: body + b"x")
    asked.clear()
    read_versions(repository, config, {}, glanced, silent=Silent(repository))
    assert asked == list(glanced)
