"""Work in a forked process: its answer, and the same answer where nothing is forked or the forked one is killed."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from kanban import beside
from kanban.beside import Beside, Letter
from kanban.folder import made_beside as pages
from kanban.folder.made_beside import made_beside
from kanban.folder.site_writing import SiteFolder
from kanban.render.plan import PlannedFile

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is forked here")
US = os.getpid()


@pytest.fixture(autouse=True)
def _two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "processors", lambda: 2)
    monkeypatch.setattr(beside.threading, "active_count", lambda: 1)  # workers of the tests have threads of their own


def who() -> bytes:
    return str(os.getpid()).encode()


def killed() -> bytes:
    if os.getpid() != US:
        os.kill(os.getpid(), signal.SIGKILL)
    return who()


def failed() -> bytes:
    if os.getpid() != US:
        raise ValueError
    return who()


def test_another_process_answers() -> None:
    assert Beside(who).answer() not in (b"", who())
    assert Beside(lambda: b"x" * 300_000).answer() == b"x" * 300_000  # more than a pipe holds


def test_modules_loaded_beside_are_known_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also those of a process that was begun there."""
    monkeypatch.setattr(beside, "loaded", set[str]())

    def loads() -> bytes:
        beside.sys.modules["told.there"] = beside
        return Beside(loads_more).answer()

    def loads_more() -> bytes:
        beside.sys.modules["told.further"] = beside
        return b"done"

    assert Beside(loads).answer() == b"done"
    assert beside.loaded == {"told.there", "told.further"}


def test_a_patient_process_lets_others_go_first() -> None:
    told = [int(Beside(lambda: str(os.nice(0)).encode(), patient=patient).answer()) for patient in (False, True)]
    assert told == [os.nice(0), min(os.nice(0) + 3, 19)]


@pytest.mark.parametrize("work", [killed, failed])
def test_what_ends_without_an_answer_is_done_here(work: Callable[[], bytes]) -> None:
    assert Beside(work).answer() == who()


def test_where_nobody_tells_how_a_process_ended_it_is_done_here() -> None:
    """As below a service that lets the system forget the ends of its processes."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert Beside(who).answer() == who()
    finally:
        signal.signal(signal.SIGCHLD, before)


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning", "error::ResourceWarning")
def test_what_nobody_asked_for_leaves_no_file_open() -> None:
    letter = beside.Letter()
    letter.send(b"words")
    Beside(who)
    del letter
    beside.gc.collect()


def test_one_processor_does_it_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "processors", lambda: 1)
    done: list[int] = []
    begun = Beside(lambda: bytes(done.append(1) or b"here"))
    assert done == []
    assert begun.answer() == b"here"
    assert done == [1]


def test_a_process_with_threads_is_not_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(beside, "processors", lambda: 2)
    waits = threading.Event()
    thread = threading.Thread(target=waits.wait)
    thread.start()
    assert Beside(who).answer() == who()
    waits.set()
    thread.join()


@pytest.mark.parametrize("processors", [1, 2])
@pytest.mark.parametrize("words", [b"", b"a name", b"x" * 300_000])
def test_words_that_come_later_are_waited_for(monkeypatch: pytest.MonkeyPatch, processors: int, words: bytes) -> None:
    monkeypatch.setattr(beside, "processors", lambda: processors)
    letter = Letter()
    begun = Beside(lambda: letter.words() + b" " + who())
    letter.send(words)
    told, number = begun.answer().rsplit(b" ", 1)
    assert told == words
    assert (number == who()) == (processors == 1)


def test_a_killed_process_leaves_the_words_to_whoever_asks() -> None:
    letter = Letter()
    begun = Beside(lambda: killed() + letter.words())
    letter.send(b"a name")
    assert begun.answer() == who() + b"a name"


def test_words_that_nobody_sends_are_not_waited_for_for_ever() -> None:
    reader, writer = os.pipe()
    number = os.fork()
    if not number:  # begins the work and ends
        letter = Letter()
        again = os.fork()
        if not again:
            try:
                letter.words()
            except OSError:
                os.write(writer, b"ended")
        os._exit(0)
    os.close(writer)
    os.waitpid(number, 0)
    assert os.read(reader, 10) == b"ended"
    os.close(reader)


def test_what_nobody_asks_for_is_ended(tmp_path: Path) -> None:
    file = tmp_path / "late"

    def late() -> bytes:
        time.sleep(60)
        file.write_text("it went on")
        return b""

    begun = Beside(late)
    assert begun._begun is not None
    number = begun._begun._number
    del begun
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
    assert not file.exists()


def planned(count: int, write: Callable[[int], bytes]) -> list[PlannedFile]:
    """Of `count` cards, in the midst of other pages."""
    cards = [PlannedFile(f"cards/{at}.html", lambda at=at: write(at), f"key {at}", many=True) for at in range(count)]
    first, last = (PlannedFile(name, name.encode) for name in ("index.html", "rss.xml"))
    return [first, *cards, last]


def page(at: int) -> bytes:
    return f"page {at}\n".encode() * at


@pytest.mark.parametrize("processors", [1, 2])
@pytest.mark.parametrize("old", [{"key 7"}, {f"key {at}" for at in range(12)}], ids=["one old", "the first are old"])
@pytest.mark.parametrize("count", [0, 1, 4, 37])
def test_pages_are_made_elsewhere_and_come_in_their_order(
    monkeypatch: pytest.MonkeyPatch, processors: int, count: int, old: set[str]
) -> None:
    monkeypatch.setattr(pages, "BATCH", 5)
    monkeypatch.setattr(pages, "FEWEST", 2)
    monkeypatch.setattr(beside, "processors", lambda: processors)
    monkeypatch.setattr(pages, "processors", lambda: processors)
    here: list[int] = []

    def made(at: int) -> bytes:
        here.append(at)  # seen by nobody where another process does it
        return page(at)

    files = planned(count, made)
    told = [(file.address, file.write()) for file in made_beside(files, lambda file: file.key not in old)]
    assert told == [(file.address, file.write()) for file in planned(count, page)]
    assert (len(here) < count) == (processors == 2 and count > len(old) + pages.FEWEST)


def test_what_takes_long_is_begun_before_anything_is_written() -> None:
    done: list[str] = []

    def file(name: str, begin: bool = False) -> PlannedFile:
        early = partial(done.append, f"{name} begun") if begin else None
        return PlannedFile(name, lambda: done.append(name) or b"", name, begin=early)

    files = [file("old", begin=True), file("other"), file("numbers", begin=True)]
    for one in made_beside(files, lambda file: file.key != "old"):
        one.write()
    assert done == ["numbers begun", "old", "other", "numbers"]


def test_a_killed_process_leaves_no_half_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "BATCH", 5)
    monkeypatch.setattr(pages, "FEWEST", 2)

    def dies(at: int) -> bytes:
        if os.getpid() != US and at == 12:
            os.kill(os.getpid(), signal.SIGKILL)
        return page(at)

    SiteFolder(tmp_path / "two").update(planned(30, dies))
    monkeypatch.setattr(beside, "processors", lambda: 1)
    SiteFolder(tmp_path / "one").update(planned(30, page))
    two, one = (
        {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
        for folder in (tmp_path / "two", tmp_path / "one")
    )
    assert two == one
    assert len(one) == 33
