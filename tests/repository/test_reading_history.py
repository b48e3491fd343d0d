"""Events read from real repositories: what people and git do to cards, and what must come out."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Generator
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kanban.model.cards.layout import Layout
from kanban.model.history.counting import known_by
from kanban.model.history.events import History
from kanban.repository.git import rawlog
from kanban.repository.git.command import Begun, GitCommand
from kanban.repository.git.repository import Repository
from kanban.repository.read import log
from kanban.repository.read.log import read_history
from tests.brute_force import BruteForce
from tests.conftest import GitFolder
from tests.golden_nine import MOVES, PARIS
from tests.random_history import COLUMNS, RandomHistory
from tests.two_boards import KEYS, TwoBoards

LAYOUT = Layout(tuple((column, column) for column in "pqronwl"))
CARD = "---\naccount: {name}\nowner: zoe\namount: 28 k€\n---\n\nNotes.\n"


def read(root: Path, prefix: str = "", revision: str = "HEAD", **options: bool) -> History:
    return read_history(Repository.find(root), prefix=prefix, layout=LAYOUT, zone=PARIS, revision=revision, **options)


def lines(history: History) -> list[str]:
    return [f"{event.card} {event.kind} {event.from_column}>{event.to_column}" for event in history.told]


def day(number: int, time: str = "10:00", zone: str = "+01:00") -> str:
    return f"2026-01-{number:02}T{time}:00{zone}"


def card(folder: GitFolder, path: str, text: str = "", date: str = day(1)) -> None:
    folder.write(path, text or CARD.format(name=path))
    folder.commit(f"write {path}", date=date)


def move(folder: GitFolder, old: str, new: str, date: str) -> None:
    (folder.root / new).parent.mkdir(parents=True, exist_ok=True)
    folder.git("mv", old, new)
    folder.commit(f"move {old}", date=date)


def test_the_golden_nine_are_read_move_by_move(golden_nine: Path) -> None:
    history = read(golden_nine)
    for name, line in MOVES.items():
        columns = [event.to_column for event in history.of(name) if event.places]
        assert columns == [word[0] for word in line.split()]
    assert [event.kind for event in history.of("f6")].count("edited") == 2
    assert history.of("f6")[-1].at.isoformat() == "2025-03-24T23:30:00+01:00"
    assert history.of("d4")[0].at.isoformat() == "2025-01-13T08:00:00+01:00"
    assert not history.clamped
    assert not history.shallow


def test_a_move_with_a_rewritten_card_is_a_move(git_folder: GitFolder) -> None:
    card(git_folder, "q/acme.md")
    git_folder.git("mv", "q/acme.md", "q/x.tmp")
    (git_folder.root / "q/x.tmp").unlink()
    card(git_folder, "r/acme.md", "nothing of the old text is left\n", day(2))
    history = read(git_folder.root)
    assert lines(history) == ["acme created None>q", "acme moved q>r"]
    assert history.events[1].edited


def test_look_alike_cards_are_not_a_move(git_folder: GitFolder) -> None:
    """git itself calls this a rename."""
    card(git_folder, "q/d-101.md", CARD)
    git_folder.git("rm", "-q", "q/d-101.md")
    card(git_folder, "r/d-104.md", CARD + "Another deal.\n", day(2))
    assert "R" in git_folder.git("show", "--format=", "--name-status", "-M")
    assert sorted(lines(read(git_folder.root))) == [
        "d-101 created None>q",
        "d-101 removed q>None",
        "d-104 created None>r",
    ]


def test_two_cards_swap_columns(git_folder: GitFolder) -> None:
    git_folder.write("q/a.md", "same\n")
    git_folder.write("r/b.md", "same\n")
    git_folder.commit(date=day(1))
    shutil.move(git_folder.root / "q/a.md", git_folder.root / "r/a.md")
    shutil.move(git_folder.root / "r/b.md", git_folder.root / "q/b.md")
    git_folder.commit(date=day(2))
    history = read(git_folder.root)
    assert lines(history)[2:] == ["a moved q>r", "b moved r>q"]
    assert [event.edited for event in history] == [False] * 4


@pytest.mark.parametrize("name", ["déjà vu", "a 'b' \"c\"", "-dash", ":(top)x", "*", "back\\slash", "日本"])
def test_names_come_out_as_they_are(git_folder: GitFolder, name: str) -> None:
    card(git_folder, f"q/{name}.md")
    git_folder.git("config", "core.quotePath", "true")
    git_folder.write(f"r/{name}.md", (git_folder.root / f"q/{name}.md").read_bytes())
    (git_folder.root / f"q/{name}.md").unlink()
    git_folder.commit(date=day(2))
    assert [(event.card, event.path) for event in read(git_folder.root)] == [
        (name, f"q/{name}.md"),
        (name, f"r/{name}.md"),
    ]


@pytest.mark.parametrize("name", ["new\nline", "tab\there"])
def test_a_name_that_forges_lines_is_no_card_s(git_folder: GitFolder, name: str) -> None:
    card(git_folder, f"q/{name}.md")
    assert list(read(git_folder.root)) == []


def test_times_of_several_zones_are_one_order(git_folder: GitFolder) -> None:
    card(git_folder, "q/a.md", date=day(1, "23:30", "-05:00"))
    card(git_folder, "q/b.md", date=day(2, "04:00", "+00:00"))
    card(git_folder, "q/c.md", date=day(2, "12:00", "+09:00"))
    history = read(git_folder.root)
    assert [(event.card, event.at.isoformat()) for event in history] == [
        ("c", "2026-01-02T04:00:00+01:00"),
        ("b", "2026-01-02T05:00:00+01:00"),
        ("a", "2026-01-02T05:30:00+01:00"),
    ]


def test_known_at_is_the_committers_date_and_survives_as_recorded(git_folder: GitFolder) -> None:
    git_folder.write("q/a.md", CARD)
    git_folder.git("add", "-A")
    git_folder.git("commit", "-qm", "x", GIT_AUTHOR_DATE=day(1), GIT_COMMITTER_DATE=day(9))
    (event,) = read(git_folder.root)
    assert (event.at.day, event.known_at.day, event.raw_at) == (1, 9, None)


def side_branch(folder: GitFolder) -> None:
    """A card in q on main, and a branch `side` from there."""
    card(folder, "q/a.md")
    folder.git("branch", "side")


def test_a_move_made_while_merging_is_seen(git_folder: GitFolder) -> None:
    side_branch(git_folder)
    card(git_folder, "q/b.md", date=day(2))
    git_folder.git("switch", "-q", "side")
    card(git_folder, "q/c.md", date=day(3))
    git_folder.git("switch", "-q", "main")
    git_folder.git("merge", "-q", "--no-commit", "side")
    move(git_folder, "q/a.md", "o/a.md", day(4))
    history = read(git_folder.root)
    assert lines(history)[-1] == "a moved q>o"
    assert history.events[-1].commit == git_folder.git("rev-parse", "HEAD").strip()


def test_a_merge_moves_from_the_first_parents_column(git_folder: GitFolder) -> None:
    side_branch(git_folder)
    move(git_folder, "q/a.md", "r/a.md", day(2))
    git_folder.git("switch", "-q", "side")
    move(git_folder, "q/a.md", "o/a.md", day(3))
    git_folder.git("switch", "-q", "main")
    git_folder.git("merge", "-q", "-s", "ours", "--no-commit", "side")
    move(git_folder, "r/a.md", "w/a.md", day(4))
    assert lines(read(git_folder.root)) == ["a created None>q", "a moved q>r", "a moved q>o", "a moved r>w"]


@pytest.mark.parametrize("first_side", ["main", "side"])
def test_the_same_move_on_both_sides_is_told_once_by_the_earlier(git_folder: GitFolder, first_side: str) -> None:
    side_branch(git_folder)
    days = {"main": 2, "side": 3} if first_side == "main" else {"main": 3, "side": 2}
    commits = {}
    for branch in ("main", "side"):
        git_folder.git("switch", "-q", branch)
        move(git_folder, "q/a.md", "r/a.md", day(days[branch]))
        commits[branch] = git_folder.git("rev-parse", "HEAD").strip()
    git_folder.git("switch", "-q", "main")
    git_folder.git("merge", "-q", "-m", "merge", "side", date=day(5))
    history = read(git_folder.root)
    assert lines(history) == ["a created None>q", "a moved q>r"]
    assert history.events[1].commit == commits[first_side]


@pytest.mark.parametrize(
    ("first", "further", "expected"),
    [
        (2, False, ["q>r main 2", "r>o main 3"]),
        (5, False, ["q>r side 1", "r>o main 6"]),
        (2, True, ["q>r main 2", "r>w side 3", "r>o main 3"]),
        (5, True, ["q>r side 1", "r>w side 2", "r>o main 6"]),
    ],
)
def test_the_same_move_is_told_once_by_the_earlier_also_where_sides_disagree_about_the_next(
    git_folder: GitFolder, first: int, further: bool, expected: list[str]
) -> None:
    """`main` pulls the card twice from day `first` on and is kept; `side` made the first of these moves, too."""
    side_branch(git_folder)
    move(git_folder, "q/a.md", "r/a.md", day(first))
    move(git_folder, "r/a.md", "o/a.md", day(first + 1))
    git_folder.git("switch", "-q", "side")
    start = 1 if first == 5 else 4
    move(git_folder, "q/a.md", "r/a.md", day(start, "11:00"))
    if further:
        move(git_folder, "r/a.md", "w/a.md", day(start + 1))
    side = git_folder.git("rev-list", "main..side").split()
    git_folder.git("switch", "-q", "main")
    git_folder.git("merge", "-q", "-s", "ours", "-m", "merge", "side", date=day(9))
    told = [
        f"{event.from_column}>{event.to_column} {'side' if event.commit in side else 'main'} {event.at.day}"
        for event in read(git_folder.root)
    ]
    assert told == ["None>q main 1", *expected]


@pytest.mark.parametrize("chosen", ["main", "side"])
@pytest.mark.parametrize("later", ["main", "side"])
def test_a_merge_between_different_moves_ends_where_the_tree_is(git_folder: GitFolder, chosen: str, later: str) -> None:
    side_branch(git_folder)
    targets = {"main": "r", "side": "o"}
    for branch, target in targets.items():
        git_folder.git("switch", "-q", branch)
        move(git_folder, "q/a.md", f"{target}/a.md", day(7 if branch == later else 4))
    git_folder.git("switch", "-q", chosen)
    git_folder.git("merge", "-q", "-s", "ours", "-m", "merge", "main" if chosen == "side" else "side", date=day(9))
    history = read(git_folder.root)
    other = "main" if chosen == "side" else "side"
    assert lines(history) == ["a created None>q", f"a moved q>{targets[other]}", f"a moved q>{targets[chosen]}"]
    assert history.column_of("a") == targets[chosen]
    prevailing = history.events[-1]
    assert prevailing.at.day == (7 if chosen == later else 4)
    assert history.events[1].raw_at is None or history.events[1].raw_at.day == 7


def test_a_merge_that_undoes_a_branch_is_told_as_a_move_back(git_folder: GitFolder) -> None:
    side_branch(git_folder)
    git_folder.git("switch", "-q", "side")
    move(git_folder, "q/a.md", "r/a.md", day(2))
    git_folder.git("switch", "-q", "main")
    git_folder.git("merge", "-q", "-s", "ours", "-m", "no", "side", date=day(3))
    assert lines(read(git_folder.root)) == ["a created None>q", "a moved q>r", "a moved r>q"]


def test_a_content_merge_is_at_most_one_edit(git_folder: GitFolder) -> None:
    text = "".join(f"line {number}\n" for number in range(20))
    card(git_folder, "q/a.md", text)
    git_folder.git("branch", "side")
    card(git_folder, "q/a.md", text.replace("line 1\n", "one\n"), day(2))
    git_folder.git("switch", "-q", "side")
    card(git_folder, "q/a.md", text.replace("line 18\n", "eighteen\n"), day(3))
    git_folder.git("switch", "-q", "main")
    git_folder.git("merge", "-q", "-m", "merge", "side", date=day(4))
    assert lines(read(git_folder.root)) == ["a created None>q"] + ["a edited q>q"] * 3


def test_a_move_on_one_side_and_an_edit_on_the_other(git_folder: GitFolder) -> None:
    side_branch(git_folder)
    move(git_folder, "q/a.md", "r/a.md", day(2))
    git_folder.git("switch", "-q", "side")
    card(git_folder, "q/a.md", CARD.format(name="q/a.md") + "one more line\n", day(3))
    git_folder.git("switch", "-q", "main")
    git_folder.git("merge", "-q", "-m", "merge", "side", date=day(4))
    assert (git_folder.root / "r/a.md").read_text().endswith("one more line\n")
    history = read(git_folder.root)
    assert lines(history) == ["a created None>q", "a moved q>r", "a edited q>q"]
    assert history.column_of("a") == "r"


def test_an_octopus_merge_adds_nothing_of_its_own(git_folder: GitFolder) -> None:
    git_folder.write("q/a.md", "a\n")
    git_folder.write("q/b.md", "b\n")
    git_folder.write("q/c.md", "c\n")
    git_folder.commit(date=day(1))
    for number, name in enumerate("abc", start=2):
        git_folder.git("switch", "-qc", f"side-{name}", "main")
        move(git_folder, f"q/{name}.md", f"r/{name}.md", day(number))
    git_folder.git("switch", "-q", "main")
    git_folder.git("merge", "-q", "-m", "all", "side-a", "side-b", "side-c", date=day(9))
    assert lines(read(git_folder.root))[3:] == ["a moved q>r", "b moved q>r", "c moved q>r"]


def test_first_parent_sees_only_what_the_main_line_saw(git_folder: GitFolder) -> None:
    side_branch(git_folder)
    git_folder.git("switch", "-q", "side")
    move(git_folder, "q/a.md", "r/a.md", day(2))
    move(git_folder, "r/a.md", "o/a.md", day(3))
    git_folder.git("switch", "-q", "main")
    git_folder.git("merge", "-q", "--no-ff", "-m", "merge", "side", date=day(8))
    assert len(read(git_folder.root).events) == 3
    history = read(git_folder.root, first_parent=True)
    assert lines(history) == ["a created None>q", "a moved q>o"]
    assert history.events[1].at.day == 8


def test_unrelated_histories_merged_together(git_folder: GitFolder) -> None:
    card(git_folder, "q/a.md")
    git_folder.git("switch", "-q", "--orphan", "other")
    card(git_folder, "r/b.md", date=day(2))
    git_folder.git("switch", "-q", "main")
    git_folder.git("merge", "-q", "--allow-unrelated-histories", "-m", "join", "other", date=day(3))
    assert lines(read(git_folder.root)) == ["a created None>q", "b created None>r"]


def test_boards_in_sub_folders_do_not_see_each_other(git_folder: GitFolder) -> None:
    card(git_folder, "sales/paris/q/a.md")
    card(git_folder, "sales/lyon/q/b.md", date=day(2))
    card(git_folder, "q/c.md", date=day(3))
    move(git_folder, "sales/paris/q/a.md", "sales/lyon/q/a.md", day(4))
    paris = read(git_folder.root, "sales/paris/")
    assert lines(paris) == ["a created None>q", "a removed q>None"]
    assert paris.events[0].path == "q/a.md"
    assert lines(read(git_folder.root, "sales/lyon")) == ["b created None>q", "a created None>q"]
    assert lines(read(git_folder.root, "nowhere")) == []


def test_a_merge_in_a_repository_whose_board_is_in_a_sub_folder(git_folder: GitFolder) -> None:
    """Both sides matter, although git would follow only one of them when asked about a folder."""
    card(git_folder, "b/q/a.md")
    git_folder.git("branch", "side")
    move(git_folder, "b/q/a.md", "b/r/a.md", day(2))
    git_folder.git("switch", "-q", "side")
    card(git_folder, "elsewhere.txt", "x", day(3))
    card(git_folder, "b/q/n.md", date=day(4))
    git_folder.git("rm", "-q", "b/q/n.md")
    git_folder.commit(date=day(5))
    git_folder.git("switch", "-q", "main")
    git_folder.git("merge", "-q", "-m", "merge", "side", date=day(6))
    assert lines(read(git_folder.root, "b/"))[2:] == ["n created None>q", "n removed q>None"]


def test_a_link_is_not_a_card(git_folder: GitFolder) -> None:
    card(git_folder, "q/a.md")
    (git_folder.root / "r").mkdir()
    (git_folder.root / "r/b.md").symlink_to("/etc/hostname")
    (git_folder.root / "q/a.md").chmod(0o755)
    git_folder.commit(date=day(2))
    assert lines(read(git_folder.root)) == ["a created None>q"]


def test_before_the_first_commit_there_are_no_events(git_folder: GitFolder) -> None:
    assert read(git_folder.root).events == ()


def test_a_shallow_clone_says_so(git_folder: GitFolder, tmp_path: Path) -> None:
    card(git_folder, "q/a.md")
    move(git_folder, "q/a.md", "r/a.md", day(2))
    git_folder.git("clone", "-q", "--depth=1", f"file://{git_folder.root}", str(tmp_path / "shallow"))
    assert read(tmp_path / "shallow").shallow
    assert not read(git_folder.root).shallow


def test_a_partial_clone_fetches_no_content(git_folder: GitFolder, tmp_path: Path) -> None:
    side_branch(git_folder)
    move(git_folder, "q/a.md", "r/a.md", day(2))
    card(git_folder, "r/a.md", "second version\n", day(3))
    git_folder.git("switch", "-q", "side")
    move(git_folder, "q/a.md", "r/a.md", day(4))
    card(git_folder, "r/a.md", "third version\n", day(5))
    git_folder.git("switch", "-q", "main")
    git_folder.git("merge", "-q", "-s", "ours", "-m", "m", "side", date=day(6))
    git_folder.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "partial"
    git_folder.git("clone", "-q", "--bare", "--filter=blob:none", f"file://{git_folder.root}", str(clone))
    before = sorted((clone / "objects").rglob("*"))
    assert lines(read(clone)) == lines(read(git_folder.root))
    assert sorted((clone / "objects").rglob("*")) == before


def test_a_repository_with_longer_ids(tmp_path: Path) -> None:
    root = tmp_path / "sha256"
    root.mkdir()
    folder = GitFolder(root)
    shutil.rmtree(root / ".git")
    folder.git("init", "-q", "-b", "main", "--object-format=sha256")
    side_branch(folder)
    move(folder, "q/a.md", "r/a.md", day(2))
    folder.git("switch", "-q", "side")
    move(folder, "q/a.md", "o/a.md", day(3))
    folder.git("merge", "-q", "-s", "ours", "-m", "m", "main", date=day(4))
    history = read(root)
    assert lines(history)[1:] == ["a moved q>r", "a moved q>o"]
    assert {len(event.commit) for event in history} == {64}
    assert {len(event.blob) for event in history} == {64}


HOSTILE = {
    "color.ui": "always", "color.diff": "always", "diff.renames": "copies", "diff.noprefix": "true", "core.quotePath": "true",
    "diff.external": "/bin/false", "log.showSignature": "true", "log.decorate": "full", "log.follow": "true",
    "diff.orderFile": "/nowhere", "log.diffMerges": "first-parent", "log.date": "relative", "core.pager": "false",
    "format.pretty": "oneline", "diff.ignoreSubmodules": "all", "core.abbrev": "4", "log.abbrevCommit": "true",
    "i18n.logOutputEncoding": "latin1", "diff.relative": "true", "log.mailmap": "true", "core.attributesFile": "/nowhere",
    "diff.interHunkContext": "9", "log.excludeDecoration": "x", "notes.displayRef": "refs/notes/*",
}  # fmt: skip


def test_a_users_settings_change_nothing(golden_nine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read(golden_nine)
    config = tmp_path / "hostile"
    for key, value in HOSTILE.items():
        subprocess.run(["git", "config", "--file", config, key, value], check=True)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "0")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "/bin/false")
    assert read(golden_nine) == expected


def test_a_mailmap_and_replaced_objects_do_not_rewrite_the_past(git_folder: GitFolder) -> None:
    card(git_folder, "q/a.md")
    first = git_folder.git("rev-parse", "HEAD").strip()
    card(git_folder, ".mailmap", "Someone Else <x@example.org> <zoe@example.org>\n", day(2))
    git_folder.git("replace", first, "HEAD")
    (event,) = read(git_folder.root)
    assert (event.author, event.commit) == ("Zoé Martin", first)


def test_wild_dates_in_real_commits(git_folder: GitFolder) -> None:
    card(git_folder, "q/a.md")
    tree = git_folder.git("rev-parse", "HEAD^{tree}").strip()
    parent = git_folder.git("rev-parse", "HEAD").strip()
    for stamp in ("99999999999999 +0000", "0 +9999", "4102444800 -9999", "99999999999999999999999 +0000", "x"):
        body = f"tree {tree}\nparent {parent}\nauthor Zoé <z@e> {stamp}\ncommitter Zoé <z@e> {stamp}\n\nx\n"
        done = subprocess.run(
            ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"],
            cwd=git_folder.root, input=body.encode(), capture_output=True, check=True,
        )  # fmt: skip
        parent = done.stdout.decode().strip()
        git_folder.git("update-ref", "refs/heads/main", parent)
    git_folder.git("reset", "-q", "--hard")
    move(git_folder, "q/a.md", "r/a.md", day(2))
    assert lines(read(git_folder.root)) == ["a created None>q", "a moved q>r"]


def test_an_author_of_any_bytes(git_folder: GitFolder) -> None:
    git_folder.write("q/a.md", CARD)
    git_folder.git("add", "-A")
    git_folder.git("commit", "-qm", "x", GIT_AUTHOR_NAME="A\x02B \x01 C")
    git_folder.git("-c", "i18n.commitEncoding=latin1", "commit", "-qm", "y", "--allow-empty")
    (event,) = read(git_folder.root)
    assert event.author == "A\x02B \x01 C"


def test_reading_tells_how_far_it_is(golden_nine: Path) -> None:
    seen: list[int] = []
    read_history(Repository.find(golden_nine), prefix="", layout=LAYOUT, zone=PARIS, progress=seen.append)
    assert seen[-1] == 44
    assert seen == sorted(seen)


def test_a_reader_that_stops_early_leaves_no_git_behind(golden_nine: Path) -> None:
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    if not children.exists():
        pytest.skip("needs /proc")
    before = children.read_text().split()
    stream = Repository.find(golden_nine).git.stream("log", "--format=%H", "HEAD")
    next(stream)
    assert len(children.read_text().split()) == len(before) + 1
    stream.close()
    assert children.read_text().split() == before


@pytest.mark.parametrize("first_parent", [False, True])
def test_commits_told_by_several_gits_are_the_same_in_the_same_order(
    golden_nine: Path, monkeypatch: pytest.MonkeyPatch, first_parent: bool
) -> None:
    repository = Repository.find(golden_nine)
    head = str(repository.head())
    whole = list(rawlog.read_commits(repository.git, head, [""], first_parent=first_parent))
    assert len(whole) == 44
    for size in (1, 7, 43, 44):
        monkeypatch.setattr(rawlog, "_BLOCK", size)
        assert list(rawlog.read_commits(repository.git, head, [""], first_parent=first_parent)) == whole


def test_a_reading_that_is_broken_off_starts_no_more_gits(golden_nine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    begun: list[Begun] = []
    begin_as_ever = GitCommand.begin

    def counted(self: GitCommand, *arguments: str, **options: Any) -> Begun:
        started.append(arguments[0])
        begun.append(begin_as_ever(self, *arguments, **options))
        return begun[-1]

    monkeypatch.setattr(GitCommand, "begin", counted)
    monkeypatch.setattr(rawlog, "_BLOCK", 1)
    monkeypatch.setattr(rawlog, "processors", lambda: 2)
    repository = Repository.find(golden_nine)
    commits = rawlog.read_commits(repository.git, str(repository.head()), [""])
    next(commits)
    assert isinstance(commits, Generator)
    commits.close()
    assert started == ["diff-tree"] * 3
    assert all(one._process.returncode is not None and one._out.closed for one in begun)


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(seed=31746)  # made on two branches in two columns, removed and brought back
@given(seed=st.integers(0, 10**9))
def test_random_histories_agree_with_a_reader_that_asks_git_commit_by_commit(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    root = tmp_path_factory.mktemp("random")
    made = RandomHistory(root, seed, prefix="b/" if seed % 3 == 0 else "")
    made.advance(14)
    layout = Layout(tuple((column, column) for column in COLUMNS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rawlog, "_BLOCK", 3 if seed % 2 else 4000)
        history = read_history(Repository.find(root), prefix=made.prefix, layout=layout, zone=ZoneInfo("Asia/Kolkata"))
    oracle = BruteForce(root, COLUMNS, made.prefix)
    assert [
        (e.card, e.kind, e.from_column, e.to_column, int(e.at.timestamp()), e.commit, e.edited) for e in history.told
    ] == oracle.events()
    here = oracle.trees[oracle.commits[-1]]
    assert {name: history.column_of(name) for name in history.cards} == {
        name: here[name].column if name in here else None for name in history.cards
    }
    shutil.rmtree(root)


MEANINGLESS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.slow
@settings(max_examples=4, deadline=None, suppress_health_check=MEANINGLESS)
@example(seed=28992, branches=True)  # two texts of one merge, then the board is deleted and brought back
@example(seed=2097151, branches=True)  # the same
@example(seed=286833407, branches=True)  # a win taken back on one branch, made on the other, the merge keeps it
@given(seed=st.integers(0, 10**9), branches=st.booleans())
def test_whatever_people_do_to_files_the_deals_stay_the_same(
    tmp_path_factory: pytest.TempPathFactory, seed: int, branches: bool
) -> None:
    """Boards moved, folders and files renamed, cards deleted and brought back, wins undone, on branches and in merges."""
    _stay_the_same(tmp_path_factory.mktemp("two"), seed, branches)


def _stay_the_same(root: Path, seed: int, branches: bool) -> None:
    boards = TwoBoards(root, seed, branches=branches)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(log, "WORTH_KEEPING", 0)
        patch.setattr(log, "WORTH_WRITING", 1)
        for _time in range(2):
            boards.advance(5)
            facts = boards.facts
            layout = Layout(tuple((facts["claimed", key], key) for key in KEYS))
            names = {facts["name", card]: card for card in boards.cards}
            place = facts["prefix", "board"].rstrip("/")
            real = read_history(Repository.find(boards.real.root), prefix=place, layout=layout, zone=PARIS)
            cold = read_history(
                Repository.find(boards.real.root), prefix=place, layout=layout, zone=PARIS, cached=False
            )
            plain = read_history(
                Repository.find(boards.plain.root),
                prefix="",
                layout=Layout(tuple(zip(KEYS, KEYS, strict=True))),
                zone=PARIS,
            )
            assert real == cold
            assert deals(real, names) == deals(plain, {})
    shutil.rmtree(root)


def deals(history: History, names: dict[str, str]) -> dict[str, list[tuple[object, ...]]]:
    """What counts of each card, under its first name."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for event in history:
        told = (event.kind, event.from_column, event.to_column, event.at, event.known_at, event.edited)
        found.setdefault(names.get(event.card, event.card), []).append(told)
    return found


def test_two_boards_in_one_repository_are_not_confused(git_folder: GitFolder) -> None:
    """The board `b` moves to where another board, now deleted, stood before."""
    config = "columns: [{key: q}, {key: r}]\n"
    for board, column in (("a", "q"), ("b", "r")):
        git_folder.write(f"{board}/board.yml", config)
        git_folder.write(f"{board}/{column}/of-{board}.md", CARD.format(name=board))
    git_folder.commit(date=day(1))
    git_folder.git("rm", "-rq", "a")
    git_folder.commit("the first board is given up", date=day(2))
    git_folder.git("mv", "b", "a")
    git_folder.commit("the second takes its place", date=day(3))
    assert lines(read(git_folder.root, "a")) == ["of-b created None>r"]


def test_a_copy_of_a_board_is_another_board(git_folder: GitFolder) -> None:
    git_folder.write("a/board.yml", "columns: [{key: q}]\n")
    git_folder.write("a/q/one.md", CARD)
    git_folder.commit(date=day(1))
    shutil.copytree(git_folder.root / "a", git_folder.root / "b")
    git_folder.commit(date=day(5))
    (event,) = read(git_folder.root, "b")
    assert event.at.day == 5


def test_a_folder_that_became_another_columns(git_folder: GitFolder) -> None:
    """What was the column `q` is `r` from then on: the cards in the folder moved, though no file did."""
    git_folder.write("board.yml", "columns: [{key: q, folder: one}, {key: r, folder: two}]\n")
    git_folder.write("one/a.md", CARD)
    git_folder.commit(date=day(1))
    git_folder.write("board.yml", "columns: [{key: q, folder: two}, {key: r, folder: one}]\n")
    git_folder.commit(date=day(2))
    layout = Layout((("two", "q"), ("one", "r")))
    history = read_history(Repository.find(git_folder.root), prefix="", layout=layout, zone=PARIS)
    assert [(line, event.at.day) for line, event in zip(lines(history), history, strict=True)] == [
        ("a created None>q", 1),
        ("a moved q>r", 2),
    ]


@pytest.mark.parametrize("broken", ["columns: [\n", "", "nothing: here\n"])
def test_a_broken_version_of_the_settings_changes_nothing(git_folder: GitFolder, broken: str) -> None:
    git_folder.write("board.yml", "columns: [{key: q, folder: one}, {key: r}]\n")
    git_folder.write("one/a.md", CARD)
    git_folder.commit(date=day(1))
    git_folder.write("board.yml", broken)
    git_folder.commit(date=day(2))
    git_folder.git("mv", "one", "q")
    git_folder.commit(date=day(3))
    git_folder.write("board.yml", "columns: [{key: q}, {key: r}]\n")
    git_folder.commit(date=day(4))
    assert deals(read(git_folder.root), {}).keys() == {"a"}
    assert [event.kind for event in read(git_folder.root)] == ["created"]


def test_files_renamed_without_a_change_are_paired_only_where_one_can_be_sure(git_folder: GitFolder) -> None:
    for name in ("q/a", "r/b", "r/c"):
        git_folder.write(f"{name}.md", "the same\n")
    git_folder.commit(date=day(1))
    for old, new in (("q/a", "q/x"), ("r/b", "r/y"), ("r/c", "r/z")):
        git_folder.git("mv", f"{old}.md", f"{new}.md")
    git_folder.commit(date=day(2))
    history = read(git_folder.root)
    assert sorted(lines(history)) == [
        "b created None>r",
        "b removed r>None",
        "c created None>r",
        "c removed r>None",
        "x created None>q",
        "y created None>r",
        "z created None>r",
    ]
    assert history.of("x")[0].at.day == 1


def test_an_undo_counts_for_the_card_it_moved_and_for_no_other(git_folder: GitFolder) -> None:
    for name in "ab":
        card(git_folder, f"q/{name}.md", date=day(1))
    move(git_folder, "q/a.md", "r/a.md", day(2))
    won = git_folder.git("rev-parse", "HEAD").strip()
    move(git_folder, "q/b.md", "r/b.md", day(3))
    for name in "ab":
        git_folder.git("mv", f"r/{name}.md", f"q/{name}.md")
    git_folder.commit(f"undo: move a\n\nKanban: undo\nUndoes: {won}\n", date=day(4))
    history = read(git_folder.root)
    assert [event.kind for event in history.of("a")] == ["created"]
    assert [event.kind for event in history.of("b")] == ["created", "moved", "moved"]
    assert [event.undone for event in history.told if event.card == "a"] == [False, True, True]


def test_inside_the_gap_the_card_was_gone_by_what_was_known(git_folder: GitFolder) -> None:
    card(git_folder, "q/a.md", date=day(1))
    git_folder.git("rm", "-q", "q/a.md")
    git_folder.commit(date=day(3))
    git_folder.git("revert", "--no-edit", "HEAD", date=day(7))
    history = read(git_folder.root)
    assert history.as_of(date(2026, 1, 5)).column_of("a") == "q"
    assert known_by(history, date(2026, 1, 5)).column_of("a") is None
    assert [event.restored for event in history.told] == [False, False, True]


def test_a_tree_of_tasks_is_renamed_in_bulk_and_its_folders_twice(git_folder: GitFolder) -> None:
    """685 files of a board that was kept by hand: nothing is won by filing."""
    config = "columns:\n  - {key: todo, folder: NAME}\n  - {key: done, kind: won, folder: END}\n"
    folders = [("backlog-tasks", "completed"), ("tasks", "done"), ("open", "finished")]
    now, end = folders[0]
    git_folder.write("board.yml", config.replace("NAME", now).replace("END", end))
    for number in range(685):
        git_folder.write(f"{now}/task-{number} - Title {number}.md", f"---\ntitle: Task {number}\n---\n")
    git_folder.commit(date=day(1))
    for number in range(300):
        name = f"task-{number} - Title {number}.md"
        (git_folder.root / end).mkdir(exist_ok=True)
        (git_folder.root / now / name).rename(git_folder.root / end / name)
    git_folder.commit(date=day(2))
    for step, (new, last) in enumerate(folders[1:]):
        (git_folder.root / now).rename(git_folder.root / new)
        (git_folder.root / end).rename(git_folder.root / last)
        now, end = new, last
        git_folder.commit("folders", date=day(3 + 3 * step))
        git_folder.write("board.yml", config.replace("NAME", now).replace("END", end))
        git_folder.commit("settings", date=day(4 + 3 * step))
        for file in [*(git_folder.root / now).iterdir(), *(git_folder.root / end).iterdir()]:
            file.rename(file.with_name(f"{file.stem.partition(' ')[0]}{'-x' * step}.md"))
        git_folder.commit("names", date=day(5 + 3 * step))
    layout = Layout(((now, "todo"), (end, "done")))
    history = read_history(Repository.find(git_folder.root), prefix="", layout=layout, zone=PARIS)
    assert len(history.cards) == 685
    wins = [event.at.day for event in history if event.to_column == "done" and event.places]
    assert wins == [2] * 300
    assert {event.at.day for event in history} == {1, 2}
