"""The board's page begins at once: its frame while the board is being worked out, and the same bytes in the end."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from kanban.commands.publish.render import gather
from kanban.hands.watching import Watch
from kanban.web.answers import Answers
from kanban.web.pages import BOARD, Pages
from kanban.web.server import in_turn
from kanban.web.showing import FIRST
from tests.conftest import GitFolder
from tests.hands.test_desk import BOARD as SETTINGS
from tests.hands.test_desk import CARDS, opened


@pytest.fixture
def folder(git_folder: GitFolder) -> GitFolder:
    git_folder.write("board.yml", SETTINGS)
    for path, data in CARDS.items():
        git_folder.write(path, data)
    git_folder.commit("begin", date="2026-10-01T09:00:00+02:00")
    return git_folder


def pages_of(folder: Path) -> Pages:
    desk = opened(folder)
    return Pages(desk, Watch(desk))


def test_the_frame_comes_first_and_the_page_is_the_same(folder: GitFolder) -> None:
    pages = pages_of(folder.root)
    begun = pages.begun()
    assert pages._showing is None, "no card was asked for yet"
    assert begun.startswith(b"<!doctype html>\n<html")
    assert begun.endswith(b'<main id="main">\n')
    assert b"as of" in begun
    whole = pages_of(folder.root).read(BOARD)
    assert whole is not None
    run = pages._run.encode()
    told = b"".join(in_turn(pages, begun))
    assert told.replace(run, b"RUN") == whole[0].replace(whole[0].split(b'data-showing="')[1][:6], b"RUN")
    assert pages.begun() == b"", "the whole is at hand"


def test_a_frame_of_a_moment_ago_asks_for_all_that_it_may_lack(folder: GitFolder) -> None:
    pages = pages_of(folder.root)
    begun = pages.begun()
    folder.write("prospects/acme.md", CARDS["prospects/acme.md"] + b"\nmore\n")
    folder.commit("another", date="2026-10-02T09:00:00+02:00")
    told = b"".join(in_turn(pages, begun))
    assert told.count(b"<html") == told.count(b"</html>") == told.count(b'<main id="main">') == 1
    assert b'data-showing=""' in told


def test_a_page_begins_with_the_first_cards_of_each_column_and_asks_for_the_rest(folder: GitFolder) -> None:
    for number in range(FIRST + 6):
        folder.write(f"prospects/card-{number:02}.md", CARDS["prospects/acme.md"])
    folder.commit("many", date="2026-10-02T09:00:00+02:00")
    answers = Answers(desk := opened(folder.root), Pages(desk, Watch(desk)))
    page, _kind = answers.pages.read(BOARD) or (b"", "")
    assert page.count(b'<li class="card') == FIRST + 2, "all of the other two columns"
    assert b"<b>32</b>" in page, "the count is that of all"
    showing = page.split(b'data-showing="')[1].partition(b'"')[0].decode()
    lacking = answers.wall({"showing": showing}).document
    assert len(lacking["faces"]) == 32 - FIRST
    assert [(one["anchor"], len(one["cards"])) for one in lacking["walls"]] == [("column-prospects", 32)]
    assert len(lacking["cards"]) == 35
    now = answers.wall({"showing": lacking["showing"], "know": "1"}).document
    assert (now["showing"], now["faces"], now["walls"], now["cards"]) == (lacking["showing"], {}, [], [])


def test_while_the_board_is_worked_out_the_frame_and_how_it_looks_are_served(folder: GitFolder) -> None:
    pages = pages_of(folder.root)
    first = pages.begun()
    found: list[object] = []
    with pages._lock, pages.desk.one_at_a_time:  # somebody is at it
        asking = threading.Thread(target=lambda: found.extend([pages.begun(), pages.read("site.css")]))
        asking.start()
        asking.join(20)
        assert not asking.is_alive()
    assert found[0] == first
    assert found[1] is not None


def test_the_frame_is_there_before_any_card_is_read(folder: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    pages, found = pages_of(folder.root), []

    def gathered(*told: Any, **more: Any) -> Any:
        asking = threading.Thread(target=lambda: found.append(pages.begun()))
        asking.start()
        asking.join(20)
        return gather(*told, **more)

    monkeypatch.setattr("kanban.web.pages.gather", gathered)
    monkeypatch.setattr(Watch, "look", lambda _watch: ())
    whole, _kind = pages.read(BOARD) or (b"", "")
    assert found[0] != b""
    assert whole.startswith(found[0]), "the same frame, with its commit"


def test_a_board_that_cannot_be_read_any_more_is_said_in_the_page(folder: GitFolder) -> None:
    pages = pages_of(folder.root)
    begun = pages.begun()
    folder.write("board.yml", "title: [\n")
    told = b"".join(in_turn(pages, begun)).decode()
    assert told.endswith("</p></main></body></html>")
    assert "board.yml:" in told.rpartition('<p class="stop" role="alert">')[2]
