"""What people do to a whole board and its columns, two things at a time: no number may change.

Each row does it to the demonstration board; every leaf of what the verbs say as data is compared.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import GitFolder, Kanban
from tests.repository.test_time_that_survives import (  # noqa: F401 - fixtures
    DATE,
    all_leaves,
    before,
    board,
    data,
    demo,
    into_folder,
    rename_column,
    without_paths,
)

pytestmark = pytest.mark.sweep


def told(root: Path, renamed: dict[str, str]) -> dict[str, Any]:
    """Every leaf, with columns under the keys they had before; `list` goes by file names, so its cards by their ids."""

    def former(text: str) -> str:
        for new, old in renamed.items():
            text = re.sub(rf"(?<=\.){new}(?=\.|$)", old, text)
        return text

    return {former(name): renamed.get(leaf, leaf) if isinstance(leaf, str) else leaf for name, leaf in plain(root)}


def plain(root: Path) -> Iterator[tuple[str, Any]]:
    found = without_paths(all_leaves(root))
    cards = {
        name[: -len(".card")]: leaf for name, leaf in found.items() if re.fullmatch(r"list\.cards\[\d+\]\.card", name)
    }
    for name, leaf in found.items():
        place, _dot, rest = name.rpartition(".")
        yield (f"list.{cards[place]}.{rest}" if place in cards else name), leaf


@pytest.fixture(scope="module")
def straight(demo: Path) -> dict[str, Any]:  # noqa: F811
    return told(demo, {})


def settings(folder: GitFolder, change: Callable[[str], str]) -> None:
    text = (folder.root / "board.yml").read_text("utf-8")
    assert change(text) != text
    folder.write("board.yml", change(text))


def with_folder(key: str, folder: str) -> Callable[[str], str]:
    return lambda text: text.replace(f"{{key: {key},", f"{{key: {key}, folder: {folder},")


def with_key(key: str, new: str, more: str = "") -> Callable[[str], str]:
    return lambda text: text.replace(f"{{key: {key},", f"{{key: {new}{more},")


def without(key: str) -> Callable[[str], str]:
    return lambda text: re.sub(rf"^  - key: {key}\n(    .*\n)*", "", text, flags=re.M)


def deeper_with_two_columns_renamed(folder: GitFolder) -> Path:
    for key, other in (("gagne", "signe"), ("perdu", "lost")):
        folder.git("mv", key, other)
        settings(folder, with_folder(key, other))
    folder.git("add", "-A")
    return into_folder(folder)


def deep_and_up_again(folder: GitFolder) -> Path:
    into_folder(folder, "sales")
    (folder.root / "deep").mkdir()
    for old, new in (("sales", "deep/sales"), ("deep/sales", "up")):
        folder.git("mv", old, new)
        folder.git("commit", "-qm", "moved", date=DATE)
    return folder.root / "up"


def columns_that_swap_folders(folder: GitFolder) -> Path:
    for old, new in (("gagne", "between"), ("perdu", "gagne"), ("between", "perdu")):
        folder.git("mv", old, new)
    settings(folder, with_folder("gagne", "perdu"))
    settings(folder, with_folder("perdu", "gagne"))
    folder.commit("swapped", date=DATE)
    return folder.root


def a_folder_in_capitals(folder: GitFolder) -> Path:
    for old, new in (("gagne", "between"), ("between", "Gagne")):
        folder.git("mv", old, new)
    settings(folder, with_folder("gagne", "Gagne"))
    folder.commit("capitals", date=DATE)
    return folder.root


def a_column_gone_and_back(folder: GitFolder) -> Path:
    settings(folder, without("offre"))
    folder.git("rm", "-rq", "offre")
    folder.commit("no offers", date=DATE)
    folder.git("revert", "--no-edit", "HEAD", date=DATE)
    return folder.root


def a_column_left_out_of_the_settings_for_a_while(folder: GitFolder) -> Path:
    whole = (folder.root / "board.yml").read_text("utf-8")
    settings(folder, without("offre"))
    folder.commit("no offers", date=DATE)
    folder.commit("between", date=DATE)
    folder.write("board.yml", whole)
    folder.commit("again", date=DATE)
    return folder.root


def a_board_without_its_file_for_a_while(folder: GitFolder) -> Path:
    folder.git("rm", "-q", "board.yml")
    folder.git("commit", "-qm", "tidied", date=DATE)
    folder.git("revert", "--no-edit", "HEAD", date=DATE)
    return folder.root


def a_merge_that_is_reverted(folder: GitFolder) -> Path:
    folder.git("checkout", "-qb", "side")
    folder.git("rm", "-rq", "gagne")
    folder.git("commit", "-qm", "tidied", date=DATE)
    folder.git("checkout", "-q", "main")
    folder.commit("beside", date=DATE)
    folder.git("merge", "-q", "--no-ff", "-m", "merged", "side", date=DATE)
    folder.git("revert", "--no-edit", "-m", "1", "HEAD", date=DATE)
    return folder.root


def project_around(folder: GitFolder) -> GitFolder:
    project = GitFolder(folder.root.with_name("project"))
    project.write("README.md", "hello\n")
    project.commit("start", date="2025-01-01T00:00:00+00:00")
    return project


def merged_below(project: GitFolder, folder: GitFolder) -> Path:
    project.git("fetch", "-q", str(folder.root), "HEAD")
    project.git("merge", "-q", "-s", "ours", "--no-commit", "--allow-unrelated-histories", "FETCH_HEAD")
    project.git("rm", "-rqf", "--ignore-unmatch", "sales", ".gitmodules")
    shutil.rmtree(project.root / "sales", ignore_errors=True)
    project.git("read-tree", "--prefix=sales/", "-u", "FETCH_HEAD")
    project.git("commit", "-qm", "a folder now", date=DATE)
    return project.root / "sales"


def a_submodule_that_becomes_a_folder(folder: GitFolder) -> Path:
    project = project_around(folder)
    project.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(folder.root), "sales")
    project.commit("a submodule", date="2026-06-20T00:00:00+00:00")
    return merged_below(project, folder)


def a_submodule_that_goes_first(folder: GitFolder) -> Path:
    project = project_around(folder)
    project.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(folder.root), "sales")
    project.commit("a submodule", date="2026-06-20T00:00:00+00:00")
    project.git("rm", "-rqf", "sales", ".gitmodules")
    project.commit("no submodule", date=DATE)
    return merged_below(project, folder)


def git_subtree(folder: GitFolder) -> Path:
    project = project_around(folder)
    project.git("subtree", "add", "-q", "--prefix=sales", str(folder.root), "HEAD", date=DATE)
    folder.commit("more", date=DATE)
    project.git("subtree", "pull", "-q", "--prefix=sales", "-m", "pulled", str(folder.root), "HEAD", date=DATE)
    return project.root / "sales"


CHANGES = (
    deeper_with_two_columns_renamed, deep_and_up_again, columns_that_swap_folders, a_folder_in_capitals,
    a_column_gone_and_back, a_column_left_out_of_the_settings_for_a_while, a_board_without_its_file_for_a_while,
    a_merge_that_is_reverted, a_submodule_that_becomes_a_folder, a_submodule_that_goes_first, git_subtree,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_no_number_changes(
    board: GitFolder,  # noqa: F811
    straight: dict[str, Any],
    change: Callable[[GitFolder], Path],
) -> None:
    assert told(change(board), {}) == straight


@pytest.mark.parametrize("commits", [1, 2])
def test_a_column_gets_another_key_and_folder(
    board: GitFolder,  # noqa: F811
    straight: dict[str, Any],
    commits: int,
) -> None:
    """Twice in a row; in one commit, or the files first."""
    for key, new in (("gagne", "signe"), ("signe", "conclu")):
        board.git("mv", key, new)
        if commits == 2:
            board.git("commit", "-qm", "files", date=DATE)
        settings(board, with_key(key, new))
        board.commit("key", date=DATE)
    assert told(board.root, {"conclu": "gagne"}) == straight


def test_a_column_gets_another_key_and_keeps_its_folder(
    board: GitFolder,  # noqa: F811
    straight: dict[str, Any],
) -> None:
    settings(board, with_key("gagne", "signe", ", folder: gagne"))
    board.commit("key", date=DATE)
    assert told(board.root, {"signe": "gagne"}) == straight


def test_cards_of_a_dropped_column_that_go_to_another_were_never_in_a_third(board: GitFolder) -> None:  # noqa: F811
    """One key goes, a new one comes in its place, and the cards go elsewhere: the new column is new."""
    for file in sorted((board.root / "qualifies").glob("*.md")):
        if file.name != "README.md":
            board.git("mv", f"qualifies/{file.name}", f"prospects/{file.name}")
    settings(
        board, lambda text: without("qualifies")(text).replace("  - key: rdv\n", "  - key: rappel\n  - key: rdv\n")
    )
    board.commit("dropped", date=DATE)
    conversion = data(board.root, "metrics")["conversion"]
    assert conversion["rappel"]["entered"] == 0
    assert conversion["prospects"]["entered"] > 100


@pytest.mark.parametrize(
    "words",
    [
        ("win", "CARD", "--force", "--reason", "by mistake"), ("lose", "CARD", "--reason", "prix"),
        ("set", "CARD", "amount=999999"), ("note", "CARD", "called", "--next", "call again", "--on", "2026-07-09"),
    ],
    ids=lambda words: str(words[0]),
)  # fmt: skip
def test_a_gesture_of_a_past_day_that_is_undone_later(
    board: GitFolder,  # noqa: F811
    before: dict[str, Any],  # noqa: F811
    kanban: Kanban,
    words: tuple[str, ...],
) -> None:
    """Undo is dated by the clock: whenever it is typed, the day of the gesture is as if it had not been."""
    card = next(one["card"] for one in data(board.root, "list")["cards"] if one["column"] == "negociation")
    typed = [word.replace("CARD", card) for word in words]
    assert kanban("-C", board.root, *typed, "--as-of", "2026-06-29").code == 0
    assert all_leaves(board.root) != before
    assert kanban("-C", board.root, "undo").code == 0
    assert all_leaves(board.root) == before
