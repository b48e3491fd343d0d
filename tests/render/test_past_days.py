"""The time machine: small pages of past days, the same as `list --as-of` has them, written once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import GitFolder, Kanban

pytestmark = pytest.mark.sweep(one_in=3)

BOARD = """\
title: Sales
language: en
timezone: Europe/Paris
columns:
  - {key: prospects, name: Prospects}
  - {key: offre, name: Offer, wip: 2}
  - {key: gagne, name: Won, kind: won}
"""


@pytest.fixture
def week(git_folder: GitFolder) -> GitFolder:
    """One card a day from Monday 1 June 2026: made, pulled on Wednesday, won on Friday; a second one deleted."""
    folder = git_folder
    folder.write("board.yml", BOARD)
    folder.write("prospects/acme.md", "---\naccount: ACME & Söhne\namount: 1000\ncurrency: EUR\n---\n")
    folder.write("prospects/bolt.md", "---\naccount: Bolt\n---\n")
    folder.commit("start", date="2026-06-01T09:00:00+02:00")
    folder.root.joinpath("offre").mkdir()
    folder.git("mv", "prospects/acme.md", "offre/acme.md")
    folder.commit("pull", date="2026-06-03T09:00:00+02:00")
    folder.root.joinpath("gagne").mkdir()
    folder.git("mv", "offre/acme.md", "gagne/acme.md")
    folder.git("rm", "-q", "prospects/bolt.md")
    folder.commit("won", date="2026-06-05T09:00:00+02:00")
    return folder


def text(page: Path) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.read_text("utf-8")).replace("\u202f", " "))


def test_each_day_as_it_was(week: GitFolder, kanban: Kanban) -> None:
    assert kanban("-C", week.root, "render", "--days", "30", "--as-of", "2026-06-08").code == 0
    days = week.root / "site" / "days"
    assert sorted(file.name for file in days.iterdir()) == [
        *(f"2026-06-0{day}.html" for day in range(1, 8)),
        "index.html",
    ]
    first, third, fifth, last = (text(days / f"2026-06-0{day}.html") for day in (1, 3, 5, 7))
    assert "As it was on Monday 1 June 2026" in first
    assert re.search(r"Prospects 2 ACME &amp; Söhne €1k · 0 d Bolt 0 d Offer 0 / 2", first)
    assert re.search(r"Prospects 1 Bolt 2 d Offer 1 / 2 ACME &amp; Söhne €1k · 0 d", third)
    assert re.search(r"Prospects 0 Offer 0 / 2 Won 1 ACME &amp; Söhne €1k", fifth)
    assert "ACME" not in last
    page = (days / "2026-06-03.html").read_text("utf-8")
    assert 'href="../cards/acme.html"' in page
    assert "cards/bolt.html" not in page, "it has no page today"
    assert "8 June" not in page
    listed = text(days / "index.html")
    assert listed.index("Sunday 7 June") < listed.index("Friday 5 June") < listed.index("Monday 1 June")


def test_every_page_leads_there_and_no_link_is_dead(week: GitFolder, kanban: Kanban) -> None:
    assert kanban("-C", week.root, "render", "--days", "30", "--as-of", "2026-06-08").code == 0
    site = week.root / "site"
    pages = [page for page in site.rglob("*.html") if page.name != "404.html"]
    assert len(pages) > 12
    for page in pages:
        targets = [
            (page.parent / href.partition("#")[0]).resolve()
            for href in re.findall(r'href="([^"]+)"', page.read_text("utf-8"))
            if "://" not in href and not href.startswith(("#", "mailto:"))
        ]
        assert site.resolve() / "days" / "index.html" in targets, page
        if page.parent.name == "days":
            assert all(target.exists() for target in targets), page


def test_a_day_that_is_over_is_written_once(week: GitFolder, kanban: Kanban) -> None:
    render = ("-C", week.root, "render", "--days", "30", "--as-of")
    assert kanban(*render, "2026-06-08").code == 0
    days = week.root / "site" / "days"
    before = {page.name: (page.read_bytes(), page.stat().st_mtime_ns) for page in days.glob("2026*")}
    week.write("prospects/corail.md", "---\naccount: Corail\n---\n")
    week.commit("new", date="2026-06-09T09:00:00+02:00")
    assert kanban(*render, "2026-06-10").code == 0
    after = {page.name: (page.read_bytes(), page.stat().st_mtime_ns) for page in days.glob("2026*")}
    assert after.keys() - before.keys() == {"2026-06-08.html", "2026-06-09.html"}
    assert {name: after[name] for name in before} == before
    again = kanban(*render, "2026-06-10")
    assert again.err.startswith("0 files written")


def test_weeks_are_their_sundays_and_both_may_be_asked(week: GitFolder, kanban: Kanban) -> None:
    days = week.root / "site" / "days"
    assert kanban("-C", week.root, "render", "--weeks", "3", "--as-of", "2026-06-17").code == 0
    assert sorted(page.stem for page in days.glob("2026*")) == ["2026-06-07", "2026-06-14"]
    assert kanban("-C", week.root, "render", "--weeks", "1", "--days", "2", "--as-of", "2026-06-17").code == 0
    assert sorted(page.stem for page in days.glob("2026*")) == ["2026-06-14", "2026-06-15", "2026-06-16"]
    assert kanban("-C", week.root, "render", "--as-of", "2026-06-17").code == 0
    assert not list(days.glob("*.html"))
    assert "days/" not in (week.root / "site" / "metrics.html").read_text("utf-8")


def test_a_past_rewritten_is_written_anew(week: GitFolder, kanban: Kanban) -> None:
    render = ("-C", week.root, "render", "--days", "30", "--as-of", "2026-06-08")
    assert kanban(*render).code == 0
    week.git("reset", "-q", "--hard", "HEAD~1")
    assert kanban(*render).code == 0
    assert "ACME" in text(week.root / "site" / "days" / "2026-06-07.html")


def test_they_are_for_the_team_alone(week: GitFolder, kanban: Kanban) -> None:
    week.write("board.yml", BOARD + "site: {public_fields: [close_date]}\n")
    answer = kanban("-C", week.root, "render", "--days", "2", "--audience", "public")
    assert answer.code == 1
    assert "past days are shown to the team only" in answer.err


def test_they_stand_beside_the_newest_commit(week: GitFolder, kanban: Kanban) -> None:
    render = ("-C", week.root, "render", "--days", "3", "--as-of", "2026-06-08", "--revision")
    assert kanban(*render, "HEAD").code == 0
    assert len(list((week.root / "site" / "days").glob("2026*"))) == 3
    answer = kanban(*render, "HEAD~1")
    assert (answer.code, "beside the newest commit" in answer.err) == (1, True)
