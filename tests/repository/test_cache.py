"""The cache never changes an answer: whatever happened to the repository or to the file, cached equals cold."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kanban import beside
from kanban.metrics import suspicion
from kanban.model.cards.layout import Layout
from kanban.model.history.events import History
from kanban.model.history.history import Past
from kanban.model.history.new_commits import grow
from kanban.repository.git.repository import Repository
from kanban.repository.kept import cache as caching
from kanban.repository.kept import packing, past_by_card
from kanban.repository.kept.index import Index
from kanban.repository.read import log
from tests.conftest import GitFolder
from tests.golden_nine import PARIS, build
from tests.random_history import COLUMNS, RandomHistory
from tests.repository import indexed

pytestmark = pytest.mark.sweep(one_in=3)

LAYOUT = Layout(tuple((column, column) for column in "pqronwl"))


@pytest.fixture(autouse=True)
def _always_keep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "WORTH_KEEPING", 0)
    monkeypatch.setattr(log, "WORTH_WRITING", 1)
    monkeypatch.setattr(past_by_card, "CARDS", 2)


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How each reading was made: `cold`, or `grown` from the cache (nothing is added when the cache was just right)."""
    made: list[str] = []

    def counted_grow(*arguments: Any) -> Past | None:
        past = grow(*arguments)
        made.append("grown" if past else "refused")
        return past

    def counted_read(*arguments: Any) -> Past:
        made.append("cold")
        return real_read(*arguments)

    real_read = log.read_past
    monkeypatch.setattr(log, "grow", counted_grow)
    monkeypatch.setattr(log, "read_past", counted_read)
    return made


def read(root: Path, layout: Layout = LAYOUT, renames: dict[str, str] | None = None, **options: Any) -> History:
    return log.read_history(
        Repository.find(root),
        prefix="",
        layout=layout,
        zone=PARIS,
        renames=renames,
        **options,
    )


def same_as_cold(root: Path, layout: Layout = LAYOUT, renames: dict[str, str] | None = None) -> History:
    found = read(root, layout, renames)
    assert found == read(root, layout, renames, cached=False)
    return found


@pytest.fixture
def nine(tmp_path: Path, ways: list[str]) -> GitFolder:
    """The golden nine, read once."""
    folder = GitFolder.__new__(GitFolder)
    folder.root = build(tmp_path / "nine")
    read(folder.root)
    assert ways == ["cold"]
    ways.clear()
    return folder


def kept(folder: GitFolder) -> bytes:
    return indexed.body(folder.root, "history")


def move(folder: GitFolder, old: str, new: str, date: str = "2025-04-02T10:00:00+02:00") -> str:
    (folder.root / new).parent.mkdir(exist_ok=True)
    folder.git("mv", old, new)
    return folder.commit(f"move {old}", date=date)


def test_an_unchanged_repository_is_not_read_again(nine: GitFolder, ways: list[str]) -> None:
    read(nine.root)
    assert ways == []
    same_as_cold(nine.root)


def test_one_new_commit_is_added(nine: GitFolder, ways: list[str]) -> None:
    head = move(nine, "p/h8.md", "q/h8.md")
    history = same_as_cold(nine.root)
    assert ways == ["grown", "cold"]
    assert history.head == history.events[-1].commit == head


def test_a_few_new_commits_are_added_each_time_without_writing(
    nine: GitFolder, ways: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "WORTH_WRITING", 2)
    before = kept(nine)
    move(nine, "p/h8.md", "q/h8.md")
    read(nine.root)
    assert kept(nine) == before
    move(nine, "q/h8.md", "r/h8.md")
    read(nine.root)
    assert kept(nine) != before
    assert ways == ["grown", "grown"]


def test_a_clock_that_ran_backwards_in_new_commits(nine: GitFolder, ways: list[str]) -> None:
    move(nine, "r/g7.md", "o/g7.md", "2025-01-01T10:00:00+01:00")
    assert same_as_cold(nine.root).clamped
    move(nine, "o/g7.md", "n/g7.md", "2025-01-02T10:00:00+01:00")
    assert len(same_as_cold(nine.root).clamped) == 2
    assert ways == ["grown", "cold"] * 2


def test_amended(nine: GitFolder, ways: list[str]) -> None:
    move(nine, "p/h8.md", "q/h8.md")
    read(nine.root)
    nine.git("commit", "--amend", "-qm", "better said", date="2025-04-03T10:00:00+02:00")
    same_as_cold(nine.root)
    nine.git("mv", "q/h8.md", "l/h8.md")
    nine.git("commit", "--amend", "-qm", "better moved")
    assert same_as_cold(nine.root).column_of("h8") == "l"
    assert "refused" not in ways


def test_after_an_amended_commit_the_next_readings_are_quick_again(
    nine: GitFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    move(nine, "p/h8.md", "q/h8.md")
    read(nine.root)
    monkeypatch.setattr(log, "WORTH_WRITING", 100)
    nine.git("commit", "--amend", "-qm", "better said", date="2025-04-03T10:00:00+02:00")
    whole = read(nine.root)
    some = log.Looked()
    told = read(nine.root, only={"h8"}, looked=some).of("h8")
    assert [event.commit for event in told] == [event.commit for event in whole.of("h8")]
    assert some.whole is None


def test_amended_where_a_clock_had_been_clamped(nine: GitFolder, ways: list[str]) -> None:
    move(nine, "r/g7.md", "o/g7.md", "2025-01-01T10:00:00+01:00")
    assert same_as_cold(nine.root).clamped
    (nine.root / "n").mkdir()
    nine.git("mv", "o/g7.md", "n/g7.md")
    nine.git("commit", "--amend", "-qm", "at the right time", "--date=2025-04-02T10:00:00+02:00")
    assert not same_as_cold(nine.root).clamped
    assert "refused" in ways


def test_rebased_and_force_pushed(nine: GitFolder) -> None:
    nine.git("switch", "-qc", "side", "main~3")
    move(nine, "p/h8.md", "q/h8.md")
    nine.git("switch", "-q", "main")
    move(nine, "r/g7.md", "o/g7.md")
    same_as_cold(nine.root)
    nine.git("switch", "-q", "side")
    same_as_cold(nine.root)
    nine.git("-c", "merge.renames=false", "rebase", "-q", "--apply", "main")
    same_as_cold(nine.root)
    nine.git("branch", "-qf", "main", "side~1")
    nine.git("switch", "-q", "main")
    nine.git("reset", "-q", "--hard", "HEAD~3")
    same_as_cold(nine.root)


def test_history_rewritten_and_the_old_one_thrown_away(nine: GitFolder, ways: list[str]) -> None:
    shutil.rmtree(nine.root / "w")
    nine.git("checkout", "-q", "--orphan", "fresh")
    nine.commit("all new")
    nine.git("branch", "-D", "main")
    nine.git("reflog", "expire", "--expire=now", "--all")
    nine.git("gc", "-q", "--prune=now")
    same_as_cold(nine.root)
    assert ways == ["cold", "cold"]


def test_merged(nine: GitFolder, ways: list[str]) -> None:
    nine.git("switch", "-qc", "side")
    move(nine, "p/h8.md", "q/h8.md")
    nine.git("switch", "-q", "main")
    move(nine, "r/g7.md", "o/g7.md")
    nine.git("merge", "-qm", "merge", "side")
    same_as_cold(nine.root)
    assert ways == ["grown", "cold"]


def test_merged_against_each_other(nine: GitFolder, ways: list[str]) -> None:
    nine.git("switch", "-qc", "side")
    move(nine, "p/h8.md", "q/h8.md")
    nine.git("switch", "-q", "main")
    move(nine, "p/h8.md", "l/h8.md")
    nine.git("merge", "-q", "-s", "ours", "-m", "merge", "side")
    assert same_as_cold(nine.root).column_of("h8") == "l"
    assert ways == ["refused", "cold", "cold"]


@pytest.mark.parametrize("cached", [True, False])
@pytest.mark.parametrize("renames", [{}, {"h0": "h9"}])
@pytest.mark.parametrize("later", [False, True], ids=["known", "said later"])
def test_a_reading_begun_beside_tells_the_same(
    nine: GitFolder,
    ways: list[str],
    monkeypatch: pytest.MonkeyPatch,
    cached: bool,
    renames: dict[str, str],
    later: bool,
) -> None:
    monkeypatch.setattr(beside, "processors", lambda: 2)
    monkeypatch.setattr(beside.threading, "active_count", lambda: 1)
    repository, asked = Repository.find(nine.root), {"prefix": "", "layout": LAYOUT, "renames": renames}
    shutil.rmtree(nine.root / ".git/kanban")
    letter = beside.Letter()
    first = {**asked, "renames": letter if later else lambda: renames}
    looked = log.begin(repository, cards=lambda: log.WORTH_BEGINNING, revision="HEAD", cached=cached, **first)
    log.say_renames(letter, renames)
    some = log.read_history(repository, zone=PARIS, only={"a1"}, looked=looked, cached=cached, **asked)
    whole = log.read_history(repository, zone=PARIS, looked=looked, cached=cached, **asked)
    assert ways == []  # in this process
    assert (nine.root / ".git/kanban").exists() == cached
    cold = read(nine.root, renames=renames, cached=False)
    assert whole == cold
    some_of, cold_of = ([one._replace(order=0) for one in told.of("a1")] for told in (some, cold))
    assert some_of == cold_of
    first["renames"] = lambda: renames
    again = log.begin(repository, cards=lambda: log.WORTH_BEGINNING, revision="HEAD", **first)
    assert (again.begun is None) == cached  # what is known is not read again
    few = log.begin(repository, cards=lambda: log.WORTH_BEGINNING - 1, revision="HEAD", cached=False, **first)
    assert few.begun is None


def test_other_columns_or_renames_are_another_question(nine: GitFolder, ways: list[str]) -> None:
    renamed = Layout((*LAYOUT.folders, ("x", "q")))
    assert same_as_cold(nine.root, renamed).events
    other = Layout(tuple((folder, column.upper()) for folder, column in LAYOUT.folders))
    assert same_as_cold(nine.root, other).column_of("g7") == "R"
    assert same_as_cold(nine.root, LAYOUT, {"g7": "g8"}).of("g8")
    assert set(ways) == {"cold"}


def test_an_old_name_in_use_again_is_never_kept(nine: GitFolder, ways: list[str]) -> None:
    nine.git("mv", "p/h8.md", "p/h9.md")
    nine.commit("renamed", date="2025-04-02T10:00:00+02:00")
    renames = {"h8": "h9"}
    same_as_cold(nine.root, renames=renames)
    nine.write("q/h8.md", "another card\n")
    nine.commit("again", date="2025-04-03T10:00:00+02:00")
    assert same_as_cold(nine.root, renames=renames).of("h8")
    assert same_as_cold(nine.root, renames=renames).of("h9")
    assert "grown" not in ways


def damage(data: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    kind = seed % 4
    if kind == 0:
        return data[: chance.randrange(len(data))]
    if kind == 1:
        at = chance.randrange(len(data))
        return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
    if kind == 2:
        return chance.randbytes(chance.randrange(3000))
    return data[:31] + chance.randbytes(len(data) - 31)


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_row_counts_as_absent_and_is_replaced(nine: GitFolder, ways: list[str], seed: int) -> None:
    whole = kept(nine)
    indexed.spoil(nine.root, "history", lambda body: damage(body, seed))
    same_as_cold(nine.root)
    assert ways == ["cold", "cold"]
    assert kept(nine) == whole


def test_content_that_only_looks_right_counts_as_absent(nine: GitFolder) -> None:
    """A checksum can be right and what it protects wrong: then too nothing breaks."""
    whole = kept(nine)
    index = Index(nine.root / ".git")
    (row,) = index.all("history")
    for seed in range(300):
        body = bytearray(whole)
        chance = random.Random(seed)
        for _change in range(chance.randint(1, 4)):
            body[chance.randrange(400 if seed % 2 else len(body))] = chance.randrange(256)
        index.keep("history", {row: bytes(body)})
        loaded = caching.Cache(nine.root / ".git", "", LAYOUT, {}, False).load()
        assert loaded is None or isinstance(loaded, Past)


def test_deleted_or_a_folder_that_cannot_be_written(nine: GitFolder) -> None:
    shutil.rmtree(nine.root / ".git/kanban")
    same_as_cold(nine.root)
    shutil.rmtree(nine.root / ".git/kanban")
    (nine.root / ".git/kanban").write_text("in the way")
    same_as_cold(nine.root)


def test_a_shallow_clone_keeps_nothing(nine: GitFolder, tmp_path: Path) -> None:
    clone = tmp_path / "shallow"
    nine.git("clone", "-q", "--depth=2", f"file://{nine.root}", str(clone))
    assert read(clone).shallow
    assert indexed.rows(clone, "history") == {}
    subprocess.run(["git", "fetch", "-q", "--unshallow"], cwd=clone, check=True)
    assert read(clone) == read(nine.root)


def test_without_the_cache_nothing_is_written(tmp_path: Path) -> None:
    root = build(tmp_path / "nine")
    read(root, cached=False)
    assert not (root / ".git/kanban").exists()


WRITER = """
import sys
from pathlib import Path
from kanban.repository.read import log
from tests.repository.test_cache import read
log.WORTH_KEEPING, log.WORTH_WRITING = 0, 1
for revision in sys.argv[2:] * 3:
    read(Path(sys.argv[1]), revision=revision)
"""


@pytest.mark.slow
def test_two_writers_at_once(nine: GitFolder) -> None:
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(nine.root), *revisions], env=here)
        for revisions in (["HEAD", "HEAD~9"], ["HEAD~30", "HEAD~2"])
    ]
    for _reading in range(5):
        same_as_cold(nine.root)
    assert [writer.wait() for writer in writers] == [0, 0]
    same_as_cold(nine.root)


def test_linked_working_trees_share_one_cache(nine: GitFolder, tmp_path: Path, ways: list[str]) -> None:
    nine.git("worktree", "add", "-q", str(tmp_path / "linked"))
    read(tmp_path / "linked")
    assert ways == []


def test_two_boards_in_one_repository_have_each_their_own(tmp_path: Path) -> None:
    root = build(tmp_path / "nine", prefix="teams/paris/")
    repository = Repository.find(root)

    def at(prefix: str, **options: bool) -> History:
        return log.read_history(repository, prefix=prefix, layout=LAYOUT, zone=PARIS, **options)

    for prefix in ("teams/paris/", "teams/lyon/", "", "teams/paris/"):
        assert at(prefix) == at(prefix, cached=False)
    assert len(at("teams/paris/").cards) == 9
    assert at("teams/paris/", first_parent=True) == at("teams/paris/")
    assert len(indexed.rows(root, "history")) == 4


@pytest.mark.parametrize("harm", ["another commit is asked for", "the whole is gone"])
def test_who_asked_for_a_few_cards_and_then_for_all_is_told_all(nine: GitFolder, harm: str) -> None:
    """Also where the whole past belongs to another commit by then, as after `kanban diff HEAD~3`."""
    read(nine.root, only={"h8"})
    looked = log.Looked()
    read(nine.root, only={"h8"}, looked=looked)
    read(nine.root, revision="HEAD~3") if harm != "the whole is gone" else Index(nine.root / ".git").forget("history")
    assert read(nine.root, looked=looked) == read(nine.root, cached=False)


@pytest.mark.parametrize("harm", ["none", "the whole is gone", "rows of another past", "a row is gone", "damaged"])
def test_a_few_cards_are_told_by_rows_of_their_own(nine: GitFolder, ways: list[str], harm: str) -> None:
    index = Index(nine.root / ".git")
    read(nine.root, only={"h8"})
    old = index.all(past_by_card.KIND)
    move(nine, "p/h8.md", "q/h8.md")
    whole = read(nine.root)
    read(nine.root, only={"h8"})
    rows = index.all(past_by_card.KIND)
    about, *others = sorted(rows)
    assert len(others) == 5
    if harm == "none":
        indexed.spoil(nine.root, "history", bytes.upper)  # it is not fetched
    elif harm == "the whole is gone":
        index.forget("history")
    elif harm == "rows of another past":
        index.keep(past_by_card.KIND, {row: body for row, body in old.items() if row != about})
    elif harm == "a row is gone":
        index.forget(past_by_card.KIND)
        index.keep(past_by_card.KIND, {row: rows[row] for row in (about, *others[:3])})
    else:
        indexed.spoil(nine.root, past_by_card.KIND, bytes.upper)
    ways.clear()
    some = read(nine.root, only={"h8"})
    assert told_of(some, whole, frozenset({"h8"})) == told_of(whole, whole, frozenset({"h8"}))
    assert ways == []
    assert read(nine.root, only={f"{name}" for name in whole.cards}) == whole


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9))
@example(seed=214)  # a move made on both sides, the untold one later by a wrong clock: what follows waits for it
def test_random_repositories_read_at_random_revisions(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    """New commits, branches, older revisions and other branches in turn: each answer equals the cold one."""
    root = tmp_path_factory.mktemp("random")
    chance = random.Random(seed)
    made = RandomHistory(root, seed, cards=chance.choice([3, 10]), skew=chance.random() < 0.5)
    layout = Layout(tuple((column, column) for column in COLUMNS))
    for _step in range(4):
        made.advance(chance.choice([1, 2, 6]))
        revisions = subprocess.run(["git", "rev-list", "--all"], cwd=root, capture_output=True, text=True, check=True)
        for revision in ("HEAD", chance.choice(revisions.stdout.split())):
            options = {"revision": revision, "first_parent": seed % 4 == 3}
            whole = read(root, layout, cached=False, **options)
            looked = log.Looked()
            for _time in range(2):
                cards = frozenset(chance.sample(made.names, 2))
                with pytest.MonkeyPatch.context() as patched:
                    patched.setattr(log, "WORTH_WRITING", 100)
                    some = read(root, layout, only=cards, looked=looked, **options)
                assert told_of(some, whole, cards) == told_of(whole, whole, cards)
            assert read(root, layout, **options) == whole
    shutil.rmtree(root)


def told_of(history: History, whole: History, cards: frozenset[str]) -> list[list[tuple[object, ...]]]:
    """What a history tells of some cards, and of the commits in which much happened, or by a clock that cannot be."""
    count = Counter(event.commit for event in whole.told)
    odd = {event.commit for event in whole.told if event.raw_at or event.at > event.known_at}
    odd |= {commit for commit, events in count.items() if events >= packing.MANY}
    return [
        [event._replace(order=0) for event in events if event.card in cards or event.commit in odd]
        for events in (history.told, history.events)
    ]


def test_a_commit_is_unusual_before_anybody_suspects_it() -> None:
    fewest = (suspicion.FEWEST_EXITS, suspicion.FEWEST_MOVES, suspicion.FEWEST_RENAMES, suspicion.FEWEST_REMOVALS)
    assert min(fewest) >= packing.MANY


def test_a_board_that_moved_is_read_once(nine: GitFolder, ways: list[str]) -> None:
    """What came with the move is kept: one more commit is added to it."""
    (nine.root / "sales").mkdir()
    nine.write("board.yml", "columns: [{key: p}, {key: q}]\n")
    nine.commit("settings")
    for file in sorted(os.listdir(nine.root)):
        if file not in (".git", "sales"):
            nine.git("mv", file, f"sales/{file}")
    nine.commit("one folder deeper")

    def sales(**options: Any) -> History:
        return log.read_history(Repository.find(nine.root), prefix="sales", layout=LAYOUT, zone=PARIS, **options)

    assert len(sales().events) == len(read(nine.root, revision="HEAD~2").events)
    ways.clear()
    move(nine, "sales/p/h8.md", "sales/q/h8.md")
    assert sales() == sales(cached=False)
    assert ways == ["grown", "cold"]


def test_the_cards_of_a_renamed_folder_go_on(nine: GitFolder, ways: list[str]) -> None:
    nine.write("board.yml", "columns: [{key: p}, {key: q}, {key: r}, {key: o}, {key: n}, {key: w}, {key: l}]\n")
    nine.commit("settings")
    same_as_cold(nine.root)
    text = (nine.root / "board.yml").read_text()
    nine.write("board.yml", text.replace("{key: w}", "{key: w, folder: won}"))
    nine.git("mv", "w", "won")
    nine.commit("another folder")
    layout = Layout(tuple((column if column != "w" else "won", column) for column in "pqronwl"))
    before = read(nine.root, revision="HEAD~1")
    assert [event.at for event in same_as_cold(nine.root, layout)] == [event.at for event in before]
    ways.clear()
    move(nine, "p/h8.md", "q/h8.md")
    same_as_cold(nine.root, layout)
    assert ways == ["grown", "cold"]
