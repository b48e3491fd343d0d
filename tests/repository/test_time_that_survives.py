"""What people and git do to files without meaning anything by it: no number may change.

Each test does it to the demonstration board and compares every leaf of what the verbs say as data.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kanban.cli import cli
from tests.conftest import GitFolder

pytestmark = pytest.mark.sweep(one_in=3)

AS_OF = "2026-06-30"
DATE = "2026-06-29T09:00:00+02:00"
VERBS = (("metrics",), ("forecast",), ("list", "--all"))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("demo") / "board"
    done = CliRunner().invoke(cli, ["--lang", "fr", "demo", str(root), "--as-of", AS_OF])
    assert done.exit_code == 0, done.output
    return root


@pytest.fixture
def board(demo: Path, tmp_path: Path) -> GitFolder:
    folder = GitFolder.__new__(GitFolder)
    folder.root = tmp_path / "board"
    shutil.copytree(demo, folder.root)
    return folder


def data(root: Path, *verb: str, as_of: str = AS_OF) -> Any:
    done = CliRunner().invoke(cli, ["-C", str(root), *verb, "--json", "--as-of", as_of])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{name}.{key}")
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from leaves(item, f"{name}[{at}]")
    else:
        yield name, value


def all_leaves(root: Path) -> dict[str, Any]:
    """Every leaf but the commit, and where files lie."""
    found = {f"{verb[0]}{name}": leaf for verb in VERBS for name, leaf in leaves(data(root, *verb))}
    return {name: leaf for name, leaf in found.items() if name not in ("metrics.head", "forecast.head")}


@pytest.fixture(scope="module")
def before(demo: Path) -> dict[str, Any]:
    return all_leaves(demo)


def without_paths(found: dict[str, Any]) -> dict[str, Any]:
    return {name: leaf for name, leaf in found.items() if not name.endswith(".path")}


def test_a_deletion_by_mistake_that_is_reverted(board: GitFolder, before: dict[str, Any]) -> None:
    board.git("rm", "-rq", "gagne", "perdu")
    board.git("commit", "-qm", "tidy up", date=DATE)
    board.git("revert", "--no-edit", "HEAD", date=DATE)
    assert all_leaves(board.root) == before


def test_a_revert_of_a_revert_of_a_revert(board: GitFolder, before: dict[str, Any]) -> None:
    board.git("rm", "-rq", "gagne", "negociation")
    board.git("commit", "-qm", "tidy up", date=DATE)
    for _time in range(3):
        board.git("revert", "--no-edit", "HEAD", date=DATE)
    assert all_leaves(board.root) == before


def test_cards_brought_back_from_an_old_commit(board: GitFolder, before: dict[str, Any]) -> None:
    board.git("rm", "-rq", "offre", "gagne")
    board.git("commit", "-qm", "tidy up", date=DATE)
    board.git("commit", "-qm", "something else", "--allow-empty", date=DATE)
    board.git("checkout", "-q", "HEAD~2", "--", "offre", "gagne")
    board.git("commit", "-qm", "bring back", date=DATE)
    assert all_leaves(board.root) == before


def test_cards_brought_back_by_a_merge(board: GitFolder, before: dict[str, Any]) -> None:
    board.git("branch", "side")
    board.git("rm", "-rq", "gagne")
    board.git("commit", "-qm", "tidy up", date=DATE)
    board.git("merge", "-q", "-s", "ours", "--no-commit", "side", check=False)
    board.git("checkout", "-q", "side", "--", "gagne")
    board.git("commit", "-qm", "keep them", "--allow-empty", date=DATE)
    assert all_leaves(board.root) == before


def into_folder(board: GitFolder, name: str = "sales") -> Path:
    (board.root / name).mkdir()
    for file in sorted(os.listdir(board.root)):
        if file not in (".git", name):
            board.git("mv", file, f"{name}/{file}")
    board.git("commit", "-qm", "one folder deeper", date=DATE)
    return board.root / name


def test_the_board_moves_into_a_folder(board: GitFolder, before: dict[str, Any]) -> None:
    assert all_leaves(into_folder(board)) == before


def test_the_board_moves_into_a_folder_and_back_and_to_another(board: GitFolder, before: dict[str, Any]) -> None:
    root = into_folder(board)
    for file in sorted(os.listdir(root)):
        board.git("mv", f"sales/{file}", file)
    board.git("commit", "-qm", "back", date=DATE)
    root.rmdir()
    assert all_leaves(board.root) == before
    assert all_leaves(into_folder(board, "deals")) == before


@pytest.mark.parametrize("first", ["cards", "board.yml"])
def test_the_board_moves_in_two_commits(board: GitFolder, before: dict[str, Any], first: str) -> None:
    (board.root / "sales").mkdir()
    files = [file for file in sorted(os.listdir(board.root)) if file not in (".git", "sales")]
    order = (["board.yml"], [file for file in files if file != "board.yml"])
    for some in order if first == "board.yml" else reversed(order):
        for file in some:
            board.git("mv", file, f"sales/{file}")
        board.git("commit", "-qm", "a part", date=DATE)
    assert all_leaves(board.root / "sales") == before


def test_a_branch_from_before_the_move_is_merged_after_it(board: GitFolder) -> None:
    board.git("branch", "side")
    straight = board.root.with_name("straight")
    shutil.copytree(board.root, straight)

    def win(root: Path) -> str:
        card = data(root, "list")["cards"]
        return next(one["path"] for one in card if one["column"] == "negociation")

    path = win(board.root)
    target = f"gagne/{path.rpartition('/')[2]}"
    other = GitFolder.__new__(GitFolder)
    other.root = straight
    for folder in (board, other):
        folder.git("checkout", "-q", "-b", "deal", "side")
        folder.git("mv", path, target)
        folder.git("commit", "-qm", "won", date=DATE)
        folder.git("checkout", "-q", "-")
    into_folder(board)
    board.git("merge", "-q", "--no-edit", "deal", date=DATE, check=False)
    board.git("checkout", "-q", "deal", "--", target)
    board.git("rm", "-qf", "--ignore-unmatch", f"sales/{path}", path)
    board.git("mv", "-f", target, f"sales/{target}")
    board.git("commit", "-qm", "Merge branch 'deal'", date=DATE)
    other.git("merge", "-q", "--no-ff", "--no-edit", "deal", date=DATE)
    assert (board.root / "sales" / target).exists()
    assert all_leaves(board.root / "sales") == all_leaves(straight)


def test_a_subtree_of_another_repository(board: GitFolder, before: dict[str, Any], tmp_path: Path) -> None:
    project = GitFolder.__new__(GitFolder)
    project.root = tmp_path / "project"
    project.root.mkdir()
    project.git("init", "-q", "-b", "main")
    project.write("README.md", "hello\n")
    project.git("add", "-A")
    project.git("commit", "-qm", "start", date="2025-01-01T00:00:00+00:00")
    project.git("fetch", "-q", str(board.root), "HEAD")
    project.git("merge", "-q", "-s", "ours", "--no-commit", "--allow-unrelated-histories", "FETCH_HEAD")
    project.git("read-tree", "--prefix=sales/", "-u", "FETCH_HEAD")
    project.git("commit", "-qm", "the board as a folder", date=DATE)
    assert all_leaves(project.root / "sales") == before


def rename_column(board: GitFolder, key: str, folder: str, *, write: bool = True, move: bool = True) -> None:
    if move:
        board.git("mv", key, folder)
    if write:
        text = (board.root / "board.yml").read_text(encoding="utf-8")
        text = re.sub(rf"(key: {key})(,|\n *)", rf"\1\2 folder: {folder}\2", text).replace(
            "\n     folder", "\n    folder"
        )
        board.write("board.yml", text)
    board.git("add", "-A")
    board.git("commit", "-qm", f"{key} is {folder} now", date=DATE)


@pytest.mark.parametrize("key", ["gagne", "negociation"])
def test_a_columns_folder_gets_another_name(board: GitFolder, before: dict[str, Any], key: str) -> None:
    rename_column(board, key, "signe")
    assert without_paths(all_leaves(board.root)) == without_paths(before)


@pytest.mark.parametrize("written_first", [True, False])
def test_a_columns_folder_gets_another_name_in_two_commits(
    board: GitFolder, before: dict[str, Any], written_first: bool
) -> None:
    rename_column(board, "gagne", "signe", write=written_first, move=not written_first)
    rename_column(board, "gagne", "signe", write=not written_first, move=written_first)
    assert without_paths(all_leaves(board.root)) == without_paths(before)


def test_cards_are_copied_to_the_new_folder_before_the_old_one_goes(board: GitFolder, before: dict[str, Any]) -> None:
    shutil.copytree(board.root / "gagne", board.root / "signe")
    rename_column(board, "gagne", "signe", move=False)
    board.git("rm", "-rq", "gagne")
    board.git("commit", "-qm", "the old one goes", date=DATE)
    assert without_paths(all_leaves(board.root)) == without_paths(before)


def test_card_files_are_renamed_by_hand(board: GitFolder, before: dict[str, Any]) -> None:
    for column in ("gagne", "perdu", "negociation"):
        for file in sorted((board.root / column).rglob("*.md")):
            if file.name != "README.md":
                board.git("mv", str(file), str(file.with_name(f"{file.stem}-2.md")))
    board.git("commit", "-qm", "better names", date=DATE)
    now = all_leaves(board.root)

    def plain(found: dict[str, Any]) -> list[Any]:
        kept = without_paths(found)
        return sorted(str(leaf).removesuffix("-2") for leaf in kept.values())

    assert plain(now) == plain(before)
    board.git("revert", "--no-edit", "HEAD", date=DATE)
    assert all_leaves(board.root) == before


@pytest.mark.parametrize("rebased", [False, True])
def test_a_win_that_is_undone(board: GitFolder, before: dict[str, Any], rebased: bool) -> None:
    board.git("config", "user.name", "Zoé")
    board.git("config", "user.email", "zoe@example.org")
    card = next(one["card"] for one in data(board.root, "list")["cards"] if one["column"] == "negociation")
    for verb in (["win", card, "--force", "--reason", "by mistake"], ["undo"]):
        done = CliRunner().invoke(cli, ["-C", str(board.root), *verb])
        assert done.exit_code == 0, done.output
    if rebased:
        won, undone = board.git("rev-list", "-2", "--reverse", "HEAD").split()
        board.git("reset", "-q", "--hard", "HEAD~2")
        board.git("commit", "-qm", "beside", "--allow-empty", date=DATE)
        board.git("cherry-pick", won, undone, date=DATE)
    assert all_leaves(board.root) == before
    told = CliRunner().invoke(cli, ["-C", str(board.root), "log", card, "--json"]).stdout.splitlines()
    assert [json.loads(line).get("undone") for line in told][-2:] == [True, True]


def test_a_partial_clone_knows_a_renamed_folder_again(board: GitFolder, before: dict[str, Any], tmp_path: Path) -> None:
    """It lacks the earlier versions of `board.yml`, and fetches nothing."""
    rename_column(board, "gagne", "signe")
    board.git("config", "uploadpack.allowFilter", "true")
    board.git("clone", "-q", "--filter=blob:none", board.root.as_uri(), str(tmp_path / "partial"))
    document = dict(leaves(data(tmp_path / "partial", "metrics")))
    told = {
        f"metrics{name}": leaf for name, leaf in document.items() if name.startswith((".throughput", ".cycle_time"))
    }
    assert told == {name: leaf for name, leaf in before.items() if name in told}
    assert sum(leaf for name, leaf in told.items() if name.endswith("].won")) > 20


def test_an_octopus_merge_of_branches_that_do_all_of_it(board: GitFolder, before: dict[str, Any]) -> None:
    main = board.git("branch", "--show-current").strip()
    cards = [one for one in data(board.root, "list")["cards"] if one["column"] == "negociation"]
    for number, what in enumerate(("rename", "lose", "refile")):
        board.git("checkout", "-q", "-b", what, main)
        path = cards[number]["path"]
        if what == "rename":
            board.git("mv", path, path.replace(".md", "-2.md"))
        elif what == "lose":
            board.git("rm", "-q", path)
        else:
            rename_column(board, "perdu", "lost")
        board.git("commit", "-qm", what, "--allow-empty", date=DATE)
        if what == "lose":
            board.git("revert", "--no-edit", "HEAD", date=DATE)
    board.git("checkout", "-q", main)
    board.git("merge", "-q", "--no-edit", "rename", "lose", "refile", date=DATE)
    assert len(board.git("log", "-1", "--format=%P").split()) > 2
    now = without_paths(all_leaves(board.root))
    assert sorted(str(leaf).removesuffix("-2") for leaf in now.values()) == sorted(
        str(leaf) for leaf in without_paths(before).values()
    )


def test_moves_that_are_cherry_picked_and_then_merged_all_the_same(board: GitFolder) -> None:
    """The same two moves on main, picked from a branch that is merged afterwards: each happened once."""
    card = next(path for path in sorted(board.root.glob("negociation/*.md")) if path.name != "README.md")
    board.git("checkout", "-qb", "side")
    board.git("mv", f"negociation/{card.name}", f"gagne/{card.name}")
    won = board.commit("won", date=DATE)
    board.git("checkout", "-q", "main")
    board.git("cherry-pick", won)
    once = all_leaves(board.root)
    board.git("merge", "-q", "--no-ff", "-m", "merged", "side", date=DATE)
    assert without_paths(all_leaves(board.root)) == without_paths(once)


def test_a_clone_whose_branch_was_forced_to_a_moved_board(
    board: GitFolder, before: dict[str, Any], tmp_path: Path
) -> None:
    """Somebody rewrites the whole history below a folder (as `git filter-repo` does) and pushes by force."""
    board.git("clone", "-q", str(board.root), str(tmp_path / "clone"))
    assert all_leaves(tmp_path / "clone") == before
    told = board.git("fast-export", "--all").splitlines(keepends=True)
    below = re.compile(r"^(M \d+ \S+ |D )\"?")
    moved = "".join(below.sub(lambda found: found[0] + "sales/", line) for line in told)
    other = GitFolder(tmp_path / "rewritten")
    other.git("config", "core.ignorecase", "false")
    subprocess.run(["git", "fast-import", "--quiet", "--force"], cwd=other.root, input=moved.encode(), check=True)
    clone = GitFolder.__new__(GitFolder)
    clone.root = tmp_path / "clone"
    clone.git("fetch", "-q", "--force", str(other.root), "main")
    clone.git("reset", "-q", "--hard", "FETCH_HEAD")
    assert without_paths(all_leaves(clone.root / "sales")) == without_paths(before)


def test_a_foreign_repository_of_tasks_has_no_false_win(tmp_path: Path) -> None:
    """685 task files, renamed in bulk and restructured twice, never won: nobody sells anything by tidying up."""
    folder = GitFolder(tmp_path / "tasks")
    columns = ["todo: Todo", "doing: Doing"]
    keys = [line.partition(":")[0] for line in columns]
    text = "title: Tasks\nlanguage: en\ntimezone: Europe/Paris\ncolumns:\n"
    text += "".join(f"  - {{key: {key}, name: {key}}}\n" for key in keys) + "  - {key: done, name: Done, kind: won}\n"
    folder.write("board.yml", text)
    for at in range(685):
        folder.write(f"{keys[at % 2]}/{at // 100}/task-{at}.md", f"---\ntitle: Task {at}\n---\n\n- line {at}\n")
    folder.commit("start", date="2026-01-05T10:00:00+01:00")
    started = data(folder.root, "metrics")["wip"]["total"]
    for number, change in enumerate((_rename_in_bulk, _into_one_folder, _by_first_letter)):
        change(folder.root, keys)
        folder.commit("tidied", date=f"2026-0{2 + number}-05T10:00:00+01:00")
    found = data(folder.root, "metrics")
    assert (found["throughput"]["won"], found["throughput"]["deleted"]) == (0, 0)
    assert (found["wip"]["total"], found["arrivals"]["count"], started) == (685, 685, 685)


def _rename_in_bulk(root: Path, keys: list[str]) -> None:
    for key in keys:
        for path in sorted((root / key).rglob("task-*.md")):
            path.rename(path.with_name(path.name.replace("task-", "t")))


def _into_one_folder(root: Path, keys: list[str]) -> None:
    for key in keys:
        for path in sorted((root / key).rglob("t*.md")):
            path.rename(root / key / path.name)


def _by_first_letter(root: Path, keys: list[str]) -> None:
    for key in keys:
        for path in sorted((root / key).glob("t*.md")):
            (root / key / f"hundred-{path.stem[-1]}").mkdir(exist_ok=True)
            path.rename(root / key / f"hundred-{path.stem[-1]}" / path.name)
