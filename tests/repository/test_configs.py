"""Which settings were in force when: read from the main line, the same with and without what is kept of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kanban.model.cards.layout import Layout
from kanban.repository.git.command import GitCommand
from kanban.repository.git.done import Done
from kanban.repository.git.repository import Repository
from kanban.repository.read import configs
from kanban.repository.read.configs import past_configs
from kanban.repository.read.following import Source, follow
from tests.boards import FIVE_COLUMNS
from tests.conftest import GitFolder
from tests.repository import indexed

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture(autouse=True)
def _always_keep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(configs, "WORTH_KEEPING", 1)


@pytest.fixture
def logs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What `git log` was asked since the list was last cleared."""
    asked: list[tuple[str, ...]] = []
    real = GitCommand.read

    def watched(self: GitCommand, *arguments: str, stdin: bytes | None = None, codes: tuple[int, ...] = (0,)) -> Done:
        if arguments[0] == "log":
            asked.append(arguments)
        return real(self, *arguments, stdin=stdin, codes=codes)

    monkeypatch.setattr(GitCommand, "read", watched)
    return asked


def limit(folder: GitFolder, wip: int, day: str) -> None:
    folder.write("board.yml", f"columns:\n  - {{key: a, wip: {wip}}}\n  - {{key: won, kind: won}}\n")
    folder.commit(date=f"{day}T23:30:00+00:00")


def read(root: Path, *, cached: bool = True) -> list[tuple[date, int | None]]:
    found = past_configs(Repository.find(root), "", PARIS, cached=cached)
    return [(day, config.columns[0].wip) for day, config in found]


@pytest.fixture
def board(git_folder: GitFolder) -> GitFolder:
    limit(git_folder, 5, "2026-01-01")
    limit(git_folder, 4, "2026-02-01")
    git_folder.write("a/x.md", "x")
    git_folder.commit(date="2026-02-02T10:00:00+01:00")
    return git_folder


def test_each_version_holds_from_its_day_in_the_boards_timezone(board: GitFolder) -> None:
    assert read(board.root) == [(date(2026, 1, 2), 5), (date(2026, 2, 2), 4)]


def test_a_line_that_went_on_is_looked_at_from_where_it_was(board: GitFolder, logs: list[tuple[str, ...]]) -> None:
    known = Repository.find(board.root).head()
    read(board.root)
    logs.clear()
    assert len(read(board.root)) == 2
    assert logs == []
    limit(board, 3, "2026-03-01")
    assert read(board.root) == [*read(board.root, cached=False)]
    assert read(board.root)[-1] == (date(2026, 3, 2), 3)
    assert f"^{known}" in logs[0]


@pytest.mark.parametrize(
    "rewriting",
    [
        ("commit", "-q", "--amend", "-m", "other"),
        ("reset", "-q", "--hard", "HEAD~1"),
        ("reset", "-q", "--hard", "HEAD~2"),
        ("checkout", "-q", "--orphan", "new"),
    ],
)
def test_a_rewritten_line_is_looked_at_anew(board: GitFolder, rewriting: tuple[str, ...]) -> None:
    read(board.root)
    board.git(*rewriting)
    limit(board, 2, "2026-04-01")
    assert read(board.root) == read(board.root, cached=False)
    board.git("reflog", "expire", "--expire=now", "--all")
    board.git("gc", "-q", "--prune=now")
    limit(board, 1, "2026-05-01")
    assert read(board.root) == read(board.root, cached=False)


def test_a_branch_counts_once_it_is_merged_whatever_was_read_before(board: GitFolder) -> None:
    board.git("checkout", "-q", "-b", "side", "HEAD~1")
    limit(board, 3, "2026-03-01")
    read(board.root)
    board.git("checkout", "-q", "main")
    assert read(board.root) == read(board.root, cached=False) == [(date(2026, 1, 2), 5), (date(2026, 2, 2), 4)]
    board.git("merge", "-q", "--no-ff", "-m", "m", "side", date="2026-06-01T10:00:00+02:00")
    assert read(board.root) == read(board.root, cached=False)
    assert read(board.root)[-1] == (date(2026, 6, 1), 3)
    board.git("checkout", "-q", "side")
    assert read(board.root) == read(board.root, cached=False)
    assert read(board.root)[-1] == (date(2026, 3, 2), 3)


def test_a_damaged_file_counts_as_absent(board: GitFolder) -> None:
    whole = read(board.root)
    indexed.spoil(board.root, "settings and folders", lambda body: body[:-2])
    assert read(board.root) == whole


@pytest.mark.parametrize("side", ["one line", "a branch", "brought here", "taken away and brought back"])
def test_the_commits_tell_the_versions_where_they_are_one_line(git_folder: GitFolder, side: str) -> None:
    """Elsewhere they tell nothing, and git is asked for its main line."""
    git_folder.write("sales/board.yml" if side == "brought here" else "board.yml", FIVE_COLUMNS)
    git_folder.write("sales/prospects/a.md", "---\nowner: Zoé\n---\n")
    git_folder.commit(date="2026-09-01T10:00:00+02:00")
    if side == "a branch":
        git_folder.git("switch", "-q", "-c", "other")
        git_folder.write("board.yml", FIVE_COLUMNS + "currency: CHF\n")
        git_folder.commit(date="2026-09-02T10:00:00+02:00")
        git_folder.git("switch", "-q", "-")
        git_folder.write("notes.md", "x")
        git_folder.commit(date="2026-09-03T10:00:00+02:00")
        git_folder.git("merge", "-q", "--no-edit", "other", date="2026-09-04T10:00:00+02:00")
    if side == "brought here":
        git_folder.git("mv", "sales/board.yml", "board.yml")
        git_folder.commit(date="2026-09-02T10:00:00+02:00")
    if side == "taken away and brought back":
        git_folder.git("rm", "-q", "board.yml")
        git_folder.commit(date="2026-09-02T10:00:00+02:00")
        git_folder.write("board.yml", FIVE_COLUMNS)
        git_folder.commit(date="2026-09-03T10:00:00+02:00")
    git_folder.write("board.yml", FIVE_COLUMNS + "language: fr\n")
    git_folder.commit(date="2026-09-05T10:00:00+02:00")
    repository = Repository.find(git_folder.root)
    layout = Layout((("prospects", "prospects"),))
    told = follow(Source(repository, str(repository.head()), "", layout, {})).settings
    assert (told is not None) == (side in ("one line", "taken away and brought back"))

    asked = past_configs(repository, "", PARIS, cached=False)
    assert past_configs(repository, "", PARIS, cached=False, told=told) == asked
    assert len(asked) >= 2
