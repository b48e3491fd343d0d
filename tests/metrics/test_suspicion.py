"""Suspicious history is told where its numbers stand, by commit, count and cure; and typing the cure silences it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import GitFolder, Kanban

pytestmark = pytest.mark.sweep

BOARD = """\
title: Told
language: en
timezone: Europe/Paris
columns:
  - {key: prospects, name: Prospects}
  - {key: offre, name: Offer}
  - {key: gagne, name: Won, kind: won}
  - {key: perdu, name: Lost, kind: lost}
  - {key: nurturing, name: Nurturing, kind: parked}
"""
TODAY = "2026-10-05"
START, LATER = "2026-08-03T10:00:00+02:00", "2026-09-14T10:00:00+02:00"


def card(name: str, text: str = "") -> str:
    return f"---\naccount: {name}\n---\n{text or name}\n"


def created_in(folder: GitFolder, column: str, count: int, letter: str = "e") -> None:
    for at in range(count):
        folder.write(f"{column}/{letter}{at}.md", card(f"{letter}{at}"))


def moved(folder: GitFolder, source: str, target: str, count: int) -> None:
    (folder.root / target).mkdir(exist_ok=True)
    for at in range(count):
        folder.git("mv", f"{source}/c{at}.md", f"{target}/c{at}.md")


def renamed(folder: GitFolder, count: int) -> None:
    """Renamed by hand with other words inside: no guess is made."""
    for at in range(count):
        (folder.root / f"prospects/c{at}.md").unlink()
        folder.write(f"prospects/d{at}.md", card(f"d{at}", "something else"))


def removed(folder: GitFolder, count: int) -> None:
    for at in range(count):
        (folder.root / f"prospects/c{at}.md").unlink()


def edited(folder: GitFolder) -> None:
    folder.write("prospects/c0.md", card("c0", "later"))


DEEDS: list[tuple[str, Callable[[GitFolder], None], dict[str, str], str, int]] = [
    # what one commit does | its dates, when others | kind and count, "" and 0 where nothing is suspicious
    ("four won cards created", lambda git: created_in(git, "gagne", 4), {}, "", 0),
    ("five won cards created", lambda git: created_in(git, "gagne", 5), {}, "exits", 5),
    ("five parked cards created", lambda git: created_in(git, "nurturing", 5), {}, "exits", 5),
    ("thirty prospects created", lambda git: created_in(git, "prospects", 30), {}, "", 0),
    ("nineteen moved", lambda git: moved(git, "prospects", "offre", 19), {}, "", 0),
    ("twenty moved", lambda git: moved(git, "prospects", "offre", 20), {}, "moves", 20),
    ("twenty lost", lambda git: moved(git, "prospects", "perdu", 20), {}, "moves", 20),
    ("a purge of twenty", lambda git: moved(git, "prospects", "nurturing", 20), {}, "", 0),
    ("four renamed and rewritten", lambda git: renamed(git, 4), {}, "", 0),
    ("five renamed and rewritten", lambda git: renamed(git, 5), {}, "renames", 5),
    ("nine removed", lambda git: removed(git, 9), {}, "", 0),
    ("ten removed", lambda git: removed(git, 10), {}, "removals", 10),
    ("dated in three weeks", edited, {"GIT_AUTHOR_DATE": "2026-10-30T10:00:00+02:00"}, "ahead", 1),
    ("dated the evening after", edited, {"GIT_AUTHOR_DATE": "2026-09-15T09:00:00+02:00"}, "", 0),
    ("dated last year", edited, {"GIT_AUTHOR_DATE": "2025-09-14T10:00:00+02:00"}, "backwards", 1),
    ("dated the day before the creation", edited, {"GIT_AUTHOR_DATE": "2026-08-02T11:00:00+02:00"}, "", 0),
]


@pytest.fixture
def lived(tmp_path: Path) -> Callable[[Callable[[GitFolder], None], dict[str, str]], tuple[GitFolder, str]]:
    def live(deed: Callable[[GitFolder], None], dates: dict[str, str]) -> tuple[GitFolder, str]:
        folder = GitFolder(tmp_path / "board")
        folder.write("board.yml", BOARD)
        created_in(folder, "prospects", 25, "c")
        folder.commit("start", date=START)
        deed(folder)
        folder.git("add", "-A")
        folder.git("commit", "-q", "-m", "deed", **{"GIT_AUTHOR_DATE": LATER, "GIT_COMMITTER_DATE": LATER} | dates)
        return folder, folder.git("rev-parse", "HEAD").strip()

    return live


def surfaces(folder: GitFolder, kanban: Kanban) -> dict[str, str]:
    """Everything that must tell it."""
    where, day = ("-C", folder.root), ("--as-of", TODAY)
    assert kanban(*where, "render", *day).code == 0
    lint = [one for one in kanban(*where, "lint", "--json", *day).json["findings"] if one["code"] == "KB312"]
    checks = [one for one in kanban(*where, "doctor", "--json", *day).json["checks"] if one["key"] == "history"]
    return {
        "lint": " ".join(f"{one['message']} {one['cure']}" for one in lint),
        "doctor": " ".join(f"{one['text']} {one['cure']}" for one in checks if one["light"] != "green"),
        "metrics": kanban(*where, "metrics", *day).out,
        "compare": kanban(*where, "metrics", "--compare", "previous", *day).out,
        "forecast": kanban(*where, "forecast", *day).out,
        "numbers": re.sub("<[^>]+>", "", (folder.root / "site" / "metrics.html").read_text("utf-8")),
    }


@pytest.mark.parametrize(("deed", "dates", "kind", "count"), [row[1:] for row in DEEDS], ids=[row[0] for row in DEEDS])
def test_it_is_told_and_cured(
    deed: Callable[[GitFolder], None], dates: dict[str, str], kind: str, count: int, lived: Any, kanban: Kanban
) -> None:
    folder, commit = lived(deed, dates)
    found = kanban("-C", folder.root, "metrics", "--json", "--as-of", TODAY).json["suspicions"]
    assert [(one["kind"], one["count"], one["commit"]) for one in found] == ([(kind, count, commit)] if kind else [])
    forecast = kanban("-C", folder.root, "forecast", "--json", "--as-of", TODAY).json
    assert forecast["suspicions"] == found
    said = surfaces(folder, kanban)
    for place, text in said.items():
        flat = re.sub(r"\s+", " ", text)
        assert (commit[:9] in flat and "imported:" in flat and str(count) in flat) == bool(kind), (place, text)
    if kind:
        setting = re.findall(r"history: \{imported: \[\w+\]\}", re.sub(r"\s+", " ", said["lint"]))[0]
        folder.write("board.yml", BOARD + setting + "\n")
        folder.commit("declared", date="2026-09-15T10:00:00+02:00")
        for place, text in surfaces(folder, kanban).items():
            assert commit[:9] not in text, place


def test_a_bulk_win_that_is_declared_is_no_win(lived: Any, kanban: Kanban) -> None:
    folder, commit = lived(lambda git: moved(git, "prospects", "gagne", 20), {})
    before = kanban("-C", folder.root, "metrics", "--json", "--as-of", TODAY).json
    assert (before["throughput"]["won"], before["win_rate"]["n"]) == (20, 20)
    folder.write("board.yml", BOARD + f"history: {{imported: [{commit[:9]}]}}\n")
    folder.commit("declared", date="2026-09-15T10:00:00+02:00")
    after = kanban("-C", folder.root, "metrics", "--json", "--as-of", TODAY).json
    assert (after["throughput"]["won"], after["win_rate"]["n"], after["imported_cards"]) == (0, 0, 20)
    assert after["wip"]["total"] == 5


def test_names_written_under_formerly_cure_a_mass_rename(lived: Any, kanban: Kanban) -> None:
    folder, _commit = lived(lambda git: renamed(git, 5), {})
    for at in range(5):
        folder.write(f"prospects/d{at}.md", f"---\naccount: d{at}\nformerly: [c{at}]\n---\nsomething else\n")
    folder.commit("they were those", date="2026-09-15T10:00:00+02:00")
    assert kanban("-C", folder.root, "metrics", "--json", "--as-of", TODAY).json["suspicions"] == []


def test_what_was_taken_back_is_not_suspicious(lived: Any, kanban: Kanban) -> None:
    folder, _commit = lived(lambda git: removed(git, 12), {})
    folder.git("revert", "--no-edit", "HEAD", date="2026-09-15T10:00:00+02:00")
    assert kanban("-C", folder.root, "metrics", "--json", "--as-of", TODAY).json["suspicions"] == []


def test_only_the_days_asked_about_are_told_of(lived: Any, kanban: Kanban) -> None:
    folder, _commit = lived(lambda git: created_in(git, "gagne", 6), {})
    ask = ("-C", folder.root, "metrics", "--json", "--as-of", TODAY)
    assert [one["kind"] for one in kanban(*ask, "--since", "2026-09-01").json["suspicions"]] == ["exits"]
    assert kanban(*ask, "--since", "2026-09-15").json["suspicions"] == []
    assert [one["kind"] for one in kanban(*ask).json["suspicions"]] == ["exits"]


def test_the_public_site_names_nobody(lived: Any, kanban: Kanban) -> None:
    folder, commit = lived(lambda git: created_in(git, "gagne", 6), {})
    folder.write("board.yml", BOARD + "site: {public_fields: [close_date]}\n")
    folder.commit("public", date="2026-09-15T10:00:00+02:00")
    assert kanban("-C", folder.root, "render", "--audience", "public", "--as-of", TODAY).code == 0
    assert commit[:9] not in (folder.root / "site" / "metrics.html").read_text("utf-8")


def test_gestures_one_at_a_time_are_never_suspicious(demo_report: dict[str, Any]) -> None:
    assert demo_report["suspicions"] == []
