"""The board of a past day: what verbs show is what a plain reader of the commits finds, and what the numbers count."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import GitFolder, Kanban
from tests.metrics.conftest import DEMO_DAY

pytestmark = pytest.mark.sweep(file=True)

PARIS = ZoneInfo("Europe/Paris")
KEYS = ("p", "q", "w", "l")
BOARD = """\
title: Days
language: en
timezone: Europe/Paris
columns:
  - {{key: p, name: Prospects}}
  - {{key: q, name: Qualified, wip: {limit}}}
  - {{key: w, name: Won, kind: won}}
  - {{key: l, name: Lost, kind: lost}}
"""
START = datetime(2026, 3, 2, 10, tzinfo=PARIS)


def read(kanban: Kanban, root: Path, *verb: str) -> Any:
    done = kanban("-C", root, *verb, "--json")
    assert done.code == 0, done.err
    return done.json


gestures = st.lists(
    st.tuples(
        st.integers(0, 4),  # days since the last one
        st.integers(0, 3),  # which card
        st.sampled_from(("p", "q", "w", "l", "owner", "owner", "delete", "limit")),
    ),
    min_size=1,
    max_size=9,
)


def make(root: Path, plan: list[tuple[int, int, str]]) -> GitFolder:
    """A repository with one commit a gesture."""
    folder = GitFolder(root)
    folder.write("board.yml", BOARD.format(limit=9))
    now = START
    folder.commit("board", date=now.isoformat())
    for number, (days, name, what) in enumerate(plan):
        now += timedelta(days=days, minutes=number)
        card = f"c{name}"
        stands = next(iter(folder.root.glob(f"*/{card}.md")), None)
        if what == "limit":
            folder.write("board.yml", BOARD.format(limit=number + 1))
        elif stands is None:
            folder.write(f"{what if what in KEYS else 'p'}/{card}.md", f"---\naccount: {card}\nowner: n{number}\n---\n")
        elif what == "delete":
            stands.unlink()
        elif what == "owner":
            stands.write_text(f"---\naccount: {card}\nowner: n{number}\n---\n")
        else:
            data = stands.read_text()
            stands.unlink()
            folder.write(f"{what}/{card}.md", data)
        folder.commit("gesture", date=now.isoformat())
    return folder


def _cards_of(folder: GitFolder, commit: str) -> dict[str, tuple[str, str]]:
    found = {}
    for path in folder.git("ls-tree", "-r", "--name-only", commit).split():
        if "/" in path:
            owner = folder.git("show", f"{commit}:{path}").split("owner: ")[1].split("\n")[0]
            found[path[2:-3]] = (path[0], owner)
    return found


def plainly_read(folder: GitFolder, day: date) -> tuple[dict[str, tuple[str, str]], int]:
    """Card id → column and owner in the last commit of the day or before, and the limit then; one line, so no merges.

    A card that was deleted and comes back later counts as if it had stayed.
    """
    commits = [line.split(" ", 1) for line in folder.git("log", "--format=%H %aI").splitlines()]
    inside = [commit for commit, at in commits if datetime.fromisoformat(at).astimezone(PARIS).date() <= day]
    if not inside:
        return {}, 9
    found = _cards_of(folder, inside[0])
    after = [commit for commit, _at in commits if commit not in inside]
    back = {card for commit in after for card in _cards_of(folder, commit)}
    for commit in inside[1:]:
        found = {card: place for card, place in _cards_of(folder, commit).items() if card in back} | found
    return found, int(folder.git("show", f"{inside[0]}:board.yml").split("wip: ")[1].split("}")[0])


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=gestures, back=st.integers(-1, 30))
def test_a_past_day_is_what_its_last_commit_says_and_what_the_numbers_count(
    plan: list[tuple[int, int, str]], back: int, tmp_path_factory: pytest.TempPathFactory, kanban: Kanban
) -> None:
    folder = make(tmp_path_factory.mktemp("days") / "repo", plan)
    day = START.date() + timedelta(days=back)
    cards, limit = plainly_read(folder, day)
    on = ("--as-of", day.isoformat())
    listed = {
        card["card"]: (card["column"], card["owner"])
        for card in read(kanban, folder.root, "list", "--all", *on)["cards"]
    }
    assert listed == cards
    metrics = read(kanban, folder.root, "metrics", *on)
    columns = {column["key"]: column for column in read(kanban, folder.root, "board", *on)["columns"]}
    for key, told in metrics["wip"]["columns"].items():
        assert (columns[key]["count"], columns[key]["limit"]) == (told["count"], told["limit"])
        assert columns[key]["count"] == sum(column == key for column, _owner in cards.values())
    if cards:
        assert columns["q"]["limit"] == limit
    ages = {one["card"]: one for one in metrics["age"]}
    for card in read(kanban, folder.root, "list", *on)["cards"]:
        assert {key: card[key] for key in ("age_days", "column_days", "idle_days")} == {
            key: ages[card["card"]][key] for key in ("age_days", "column_days", "idle_days")
        }


@pytest.fixture
def board(git_folder: GitFolder) -> GitFolder:
    """Two cards on 2 March; on the 9th one is won, one deleted; the win reached this repository on the 20th."""
    git_folder.write("board.yml", BOARD.format(limit=9))
    for name in ("gone", "won"):
        git_folder.write(f"q/{name}.md", f"---\naccount: {name}\nowner: Zoé\n---\n")
    git_folder.commit("board", date="2026-03-02T10:00:00+01:00")
    git_folder.git("mv", "q/won.md", "w.md")
    (git_folder.root / "w").mkdir()
    git_folder.git("mv", "w.md", "w/won.md")
    (git_folder.root / "q/gone.md").unlink()
    git_folder.git("add", "-A")
    late = {"GIT_AUTHOR_DATE": "2026-03-09T10:00:00+01:00", "GIT_COMMITTER_DATE": "2026-03-20T10:00:00+01:00"}
    git_folder.git("commit", "-qm", "late", **late)
    return git_folder


VERBS = (
    ("list",), ("board",), ("next",), ("daily",), ("show", "gone"), ("ready", "gone"),
)  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_that_shows_cards_shows_a_deleted_one_on_the_day_before(
    board: GitFolder, kanban: Kanban, verb: tuple[str, ...]
) -> None:
    done = kanban("-C", board.root, *verb, "--json", "--as-of", "2026-03-08")
    assert done.code in (0, 1), done.err
    assert '"gone"' in done.out
    after = kanban("-C", board.root, *verb, "--json", "--as-of", "2026-03-09")
    assert '"gone"' not in after.out or '"kind": "removed"' in after.out


def test_the_site_of_a_past_day_has_its_cards(board: GitFolder, kanban: Kanban, tmp_path: Path) -> None:
    assert kanban("-C", board.root, "render", "--output", tmp_path / "s", "--as-of", "2026-03-08").code == 0
    told = json.loads((tmp_path / "s/board.json").read_text())
    assert {card["card"] for column in told["columns"] for card in column["cards"]} == {"gone", "won"}


def test_what_was_known_is_another_question(board: GitFolder, kanban: Kanban) -> None:
    on = ("list", "--all", "--as-of", "2026-03-10")
    assert {card["card"]: card["column"] for card in read(kanban, board.root, *on)["cards"]} == {"won": "w"}
    known = {card["card"]: card["column"] for card in read(kanban, board.root, *on, "--known")["cards"]}
    assert known == {"gone": "q", "won": "q"}


def test_what_is_not_committed_is_today_only(board: GitFolder, kanban: Kanban) -> None:
    board.write("p/new.md", "---\naccount: New\n---\n")
    assert [card["card"] for card in read(kanban, board.root, "list", "--as-of", "2026-03-21")["cards"]] == ["new"]
    assert "new" not in [card["card"] for card in read(kanban, board.root, "list", "--as-of", "2026-03-08")["cards"]]


def test_part_of_the_history_makes_no_past_board(board: GitFolder, kanban: Kanban, tmp_path: Path) -> None:
    subprocess.run(["git", "clone", "-q", "--depth", "1", board.root.as_uri(), tmp_path / "part"], check=True)
    done = kanban("-C", tmp_path / "part", "list", "--as-of", "2026-03-08")
    assert done.code == 2
    assert "kanban doctor --repair" in done.err


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("monday", "2026-03-09"), ("lundi", "2026-03-09"), ("tuesday", "2026-03-10"), ("wed", "2026-03-11"),
        ("thursday", "2026-03-05"), ("-7d", "2026-03-04"), ("last monday", "2026-03-09"), ("hier", "2026-03-10"),
    ],
)  # fmt: skip
def test_a_day_looked_back_to_lies_behind(typed: str, day: str) -> None:
    from kanban.gestures.base.days import past_day_typed

    assert past_day_typed(typed, "--as-of", date(2026, 3, 11), "en").isoformat() == day


@pytest.mark.parametrize("back", [1, 2, 9, 20, 33, 40])
def test_the_page_of_a_past_day_shows_the_cards_that_list_has(demo_board: Path, kanban: Kanban, back: int) -> None:
    day = (date.fromisoformat(DEMO_DAY) - timedelta(days=back)).isoformat()
    render = ("render", "--output", "past", "--days", "40", "--as-of", DEMO_DAY)
    assert kanban("-C", demo_board, "--lang", "en", *render).code == 0
    listed = kanban("-C", demo_board, "list", "--json", "--as-of", day).json["cards"]
    shown = (demo_board / "past" / "days" / f"{day}.html").read_text("utf-8").partition('<div class="columns">')[2]
    counts = [int(count) for count in re.findall(r'<p class="count">(\d+)', shown)]
    assert sum(counts[:5]) == len(listed)
    for card in listed:
        line = rf'cards/{card["card"]}\.html">[^<]*</a> <span>[^<]*\b{card["column_days"]}\b'
        assert re.search(line, shown), card["card"]


def _idle(found: Any, name: str) -> Any:
    """The idle days that a document gives a card, wherever it stands in it."""
    parts = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    if isinstance(found, dict) and "idle_days" in found and name in (found.get("card"), found.get("id")):
        return found["idle_days"]
    return next((days for part in parts if (days := _idle(part, name)) is not None), None)


@pytest.mark.parametrize(
    ("change", "idle"),
    [
        ({"source": "fair"}, (5, 5)),  # a label is no action
        ({"next_action": "call again"}, (2, 2)),
        ({}, (5, 5)),
    ],
)
def test_idle_is_one_number_wherever_actions_count(
    git_folder: GitFolder, kanban: Kanban, change: dict[str, str], idle: tuple[int, int]
) -> None:
    fields = {"account": "A", "owner": "Zoé", "next_action": "call", "next_action_date": "2026-03-20"}

    def write(**values: str) -> None:
        text = "".join(f"{key}: {value}\n" for key, value in (fields | values).items())
        git_folder.write("p/a.md", f"---\n{text}---\n")

    git_folder.write("board.yml", BOARD.format(limit=3) + "policies: {idle_counts: actions, idle_limit: 1}\n")
    write()
    git_folder.commit("start", date="2026-03-02T10:00:00+01:00")
    write(**change)
    git_folder.commit("later", date="2026-03-05T10:00:00+01:00")
    for day, expected in (("2026-03-07", idle[0]), ("2026-03-05", 3 if idle[0] == 5 else 0)):
        where = ("-C", git_folder.root)
        found = {
            verb: _idle(kanban(*where, *verb.split(), "--json", "--as-of", day).json, "a")
            for verb in ("list", "metrics", "show a")
        }
        for revision in ((), ("--revision", "HEAD")):
            assert kanban(*where, "render", *revision, "--as-of", day).code == 0
            site = json.loads((git_folder.root / "site" / "board.json").read_text("utf-8"))
            found[f"site {revision}"] = _idle(site, "a")
        assert found == dict.fromkeys(found, expected), day


def test_new_line_ends_are_no_action_on_a_closed_card_either(git_folder: GitFolder, kanban: Kanban) -> None:
    text = "---\naccount: A\n---\n- signed\n"
    git_folder.write("board.yml", BOARD.format(limit=3) + "policies: {idle_counts: actions}\n")
    git_folder.write("p/a.md", text)
    git_folder.commit("start", date="2026-03-02T10:00:00+01:00")
    (git_folder.root / "p/a.md").unlink()
    git_folder.write("w/a.md", text)
    git_folder.commit("won", date="2026-03-03T10:00:00+01:00")
    git_folder.write("w/a.md", text.replace("\n", "\r\n"))
    git_folder.commit("line ends", date="2026-03-05T10:00:00+01:00")
    git_folder.write("w/a.md", text + "- paid\n")
    git_folder.commit("a note", date="2026-03-09T10:00:00+01:00")
    for day, idle in (("2026-03-06", 3), ("2026-03-10", 1)):
        listed = kanban("-C", git_folder.root, "list", "--all", "--json", "--as-of", day).json
        assert _idle(listed, "a") == idle, day


def test_a_site_of_the_commit_has_the_numbers_of_the_folder(demo_board: Path, kanban: Kanban) -> None:
    for day in (DEMO_DAY, "2026-08-03"):
        pages = []
        for revision in ((), ("--revision", "HEAD")):
            assert kanban("-C", demo_board, "render", "--output", "same", *revision, "--as-of", day).code == 0
            site = demo_board / "same"
            pages.append([(site / name).read_bytes() for name in ("metrics.html", "index.html", "board.json")])
        assert pages[0] == pages[1], day


SCRIPT = "---\nkind: mail\ntitle: Mine\nsubject: {text}\n---\n{text} text\n"
TICKET = "---\ntitle: {text}\nproblem: slow\nrule: {text}\nindicator: cycle_time\ntarget: 30\nstart: 2026-02-01\n---\n"


def own_files(folder: GitFolder, text: str, day: str, limit: int, place: str = "") -> None:
    """A script, a ticket and a limit that say on which day they were written."""
    folder.write(f"{place}board.yml", BOARD.format(limit=limit))
    folder.write(f"{place}scripts/mine.md", SCRIPT.format(text=text))
    folder.write(f"{place}experiments/one.md", TICKET.format(text=text))
    folder.commit(text, date=f"{day}T10:00:00+01:00")


@pytest.fixture
def rewritten(git_folder: GitFolder) -> GitFolder:
    """Scripts and tickets of 2 and 9 March and, not committed, of today; on the 16th all of it moved into a folder."""
    git_folder.write("q/a.md", "---\naccount: A\n---\n")
    own_files(git_folder, "aaone", "2026-03-02", 2)
    own_files(git_folder, "bbtwo", "2026-03-09", 4)
    (git_folder.root / "sales").mkdir()
    git_folder.git("mv", "board.yml", "q", "scripts", "experiments", "sales/")
    git_folder.commit("moved", date="2026-03-16T10:00:00+01:00")
    git_folder.write("sales/scripts/mine.md", SCRIPT.format(text="ccthree"))
    git_folder.write("sales/experiments/one.md", TICKET.format(text="ccthree"))
    return git_folder


@pytest.mark.parametrize(
    ("day", "text", "limit"),
    [
        ("2026-03-02", "aaone", 2), ("2026-03-08", "aaone", 2), ("2026-03-09", "bbtwo", 4),
        ("2026-03-15", "bbtwo", 4), ("2026-03-17", "ccthree", 4),
    ],
)  # fmt: skip
def test_scripts_tickets_and_limits_of_a_day_are_those_of_the_day(
    rewritten: GitFolder, kanban: Kanban, tmp_path: Path, day: str, text: str, limit: int
) -> None:
    root = rewritten.root / "sales"
    assert read(kanban, root, "mail", "a", "mine", "--as-of", day)["subject"] == text
    scripts = read(kanban, root, "script", "--as-of", day)["scripts"]
    assert [one["path"] for one in scripts if one["own"]] == ["scripts/mine.md"]
    assert [one["rule"] for one in read(kanban, root, "experiment", "list", "--as-of", day)["experiments"]] == [text]
    assert read(kanban, root, "experiment", "show", "one", "--as-of", day)["experiments"][0]["rule"] == text
    assert read(kanban, root, "metrics", "--as-of", day)["wip"]["columns"]["q"]["limit"] == limit
    assert text in kanban("-C", root, "daily", "--json", "--as-of", day).out
    assert kanban("-C", root, "render", "--output", tmp_path / "s", "--as-of", day).code == 0
    pages = "".join(page.read_text("utf-8") for page in (tmp_path / "s").rglob("*.html"))
    assert {one for one in ("aaone", "bbtwo", "ccthree") if one in pages} == {text}


def test_before_they_were_written_there_were_none(rewritten: GitFolder, kanban: Kanban) -> None:
    root = rewritten.root / "sales"
    assert read(kanban, root, "experiment", "list", "--as-of", "2026-03-01")["experiments"] == []
    assert not [one for one in read(kanban, root, "script", "--as-of", "2026-03-01")["scripts"] if one["own"]]


def test_a_script_alone_that_changed_since_is_a_past_too(git_folder: GitFolder, kanban: Kanban) -> None:
    git_folder.write("q/a.md", "---\naccount: A\n---\n")
    own_files(git_folder, "aaone", "2026-03-02", 2)
    git_folder.write("scripts/mine.md", SCRIPT.format(text="bbtwo"))
    git_folder.commit("later", date="2026-03-05T10:00:00+01:00", GIT_COMMITTER_DATE="2026-03-20T10:00:00+01:00")

    def subject(*words: str) -> str:
        return str(read(kanban, git_folder.root, "mail", "a", "mine", *words)["subject"])

    assert [subject("--as-of", day) for day in ("2026-03-04", "2026-03-05")] == ["aaone", "bbtwo"]
