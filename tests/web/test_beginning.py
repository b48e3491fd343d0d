"""The board's page begins at once: its frame while the board is being worked out, and the same bytes in the end."""

from __future__ import annotations

import http.client
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from kanban.commands.base.calling.invocation import Settings
from kanban.commands.publish.render import gather
from kanban.hands.desk import Desk
from kanban.hands.watching import Watch
from kanban.web.answers import Answers
from kanban.web.guard import Rules
from kanban.web.pages import BOARD, Pages
from kanban.web.server import Server, in_turn
from kanban.web.showing import FIRST
from tests.conftest import GitFolder
from tests.hands.test_desk import BOARD as SETTINGS
from tests.hands.test_desk import CARDS, opened
from tests.web.serving import KEY, serving


@pytest.fixture
def folder(git_folder: GitFolder) -> GitFolder:
    git_folder.write("board.yml", SETTINGS)
    for path, data in CARDS.items():
        git_folder.write(path, data)
    git_folder.commit("begin", date="2026-10-01T09:00:00+02:00")
    return git_folder


SAID = '<p class="reading" role="status">The cards are being read…</p>\n'.encode()
READING = b'<main id="main">\n' + SAID


def pages_of(folder: Path) -> Pages:
    desk = opened(folder)
    return Pages(desk, Watch(desk))


def test_the_frame_comes_first_and_the_page_is_the_same(folder: GitFolder) -> None:
    pages = pages_of(folder.root)
    begun = pages.begun()
    assert pages._showing is None, "no card was asked for yet"
    assert begun.startswith(b"<!doctype html>\n<html")
    assert begun.endswith(READING)
    assert b"as of" in begun
    assert b"acme" not in begun
    whole = pages_of(folder.root).read(BOARD)
    assert whole is not None
    run = pages._run.encode()
    told = b"".join(in_turn(pages, begun)).replace(READING, b'<main id="main">\n', 1)
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
    for lock in (pages._lock, pages.desk.one_at_a_time):
        found: list[object] = []
        with lock:  # the board is read, or a hook runs
            asking = threading.Thread(
                target=lambda kept: kept.extend([pages.begun(), pages.read("site.css")]), args=(found,)
            )
            asking.start()
            asking.join(20)
            assert not asking.is_alive()
        assert found[0] == first
        assert found[1] is not None


def test_an_edit_keeps_nobody_waiting_for_the_frame(folder: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = pages_of(folder.root)
    assert pages.read(BOARD) is not None
    folder.write("prospects/acme.md", CARDS["prospects/acme.md"] + b"\nmore\n")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("kanban.web.pages.gather", lambda *_told, **_more: pytest.fail("a card was read"))
        begun = pages.begun()
    assert begun.endswith(READING)
    assert b"".join(in_turn(pages, begun)).count(b'data-showing="%s-2' % pages._run.encode()) == 1, "it lacks nothing"


def test_who_opens_the_address_is_answered_while_the_board_is_worked_out(
    folder: GitFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, answered = f"/{KEY}/wall.css+card.css+hand.css", threading.Event()
    began: list[bool] = []

    def gathered(*told: Any, **more: Any) -> Any:
        until = time.monotonic() + 20  # works without a pause, as the reading of many cards does
        while not answered.is_set() and time.monotonic() < until:
            pass
        began.append(answered.is_set())
        return gather(*told, **more)

    monkeypatch.setattr("kanban.web.pages.gather", gathered)
    with serving(folder.root) as served:
        connection = http.client.HTTPConnection("127.0.0.1", served.server.port, timeout=30)
        connection.request("GET", f"/{KEY}/", headers={"Host": f"127.0.0.1:{served.server.port}"})
        page = connection.getresponse()
        frame = page.read1()
        assert frame.endswith(READING)
        assert served.ask("GET", looks)[0] == 200
        answered.set()
        rest = page.read()
        connection.close()
    assert began[0], "how it looks came before the cards"
    assert b"acme" in rest


def test_the_address_is_said_when_the_frame_is_there(folder: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    made = threading.Event()
    monkeypatch.setattr("kanban.web.pages.gather", lambda *told, **more: made.wait(20) and gather(*told, **more))
    settings = Settings()
    settings.directory = str(folder.root)
    server = Server(Desk(settings), rules=Rules.loopback(KEY))
    with ThreadPoolExecutor(1) as pool:  # the browser of other tests keeps a loop in this thread
        pool.submit(server.begin).result()
    assert server.pages._begun.endswith(READING)
    assert "anyio._backends._asyncio" in sys.modules, "what an answer needs is loaded"
    made.set()
    server._ready.join(20)
    server.stop()


def test_a_board_that_cannot_be_read_any_more_is_said_in_the_page(folder: GitFolder) -> None:
    pages = pages_of(folder.root)
    begun = pages.begun()
    folder.write("board.yml", "title: [\n")
    told = b"".join(in_turn(pages, begun)).decode()
    assert told.endswith("</p></main></body></html>")
    assert "board.yml:" in told.rpartition('<p class="stop" role="alert">')[2]


def test_a_page_that_is_told_why_there_is_no_board_asks_again(folder: GitFolder) -> None:
    with serving(folder.root) as served:
        assert b"acme" in served.ask("GET", f"/{KEY}/")[1]
        folder.write("board.yml", "title: [\n")
        status, said, headers = served.ask("GET", f"/{KEY}/")
        assert (status, headers["refresh"]) == (500, "2")
        assert said.startswith(b"board.yml:")
        folder.write("board.yml", SETTINGS)
        status, _page, headers = served.ask("GET", f"/{KEY}/")
        assert (status, headers.get("refresh")) == (200, None)


SLOW = """
import time
import kanban.web.pages
kanban.web.pages.gather = lambda *told, **more: time.sleep(60)
from kanban.cli import main
main()
"""


@pytest.mark.sweep
def test_who_leaves_is_not_kept_by_a_board_that_is_being_read(folder: GitFolder) -> None:
    command = [sys.executable, "-uc", SLOW, "-C", str(folder.root), "serve", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        host, key = server.stdout.readline().strip().removeprefix("http://").split("/")[:2]
        connection = http.client.HTTPConnection(host, timeout=30)
        connection.request("GET", f"/{key}/")
        assert connection.getresponse().read1().endswith(READING)
        server.send_signal(signal.SIGINT)
        _out, said = server.communicate(timeout=30)
    assert (server.returncode, said) == (0, "Ctrl+C ends it\n")
