"""Who may ask the board's server, and for what: each request that must not be answered, and what an answer carries."""

from __future__ import annotations

import asyncio
import http.client
import re
import shutil
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send

from kanban.web.guard import Guard, Rules
from tests.boards import card_text
from tests.conftest import GitFolder
from tests.web.serving import KEY, Served, serving

pytestmark = pytest.mark.sweep(one_in=3)

BOARD = """\
title: Pipeline
timezone: Europe/Paris
columns:
  - {key: prospects, name: Prospects}
  - {key: offer, name: Offer}
  - {key: won, name: Won, kind: won}
  - {key: nurturing, name: Nurturing, kind: parked}
"""
HOSTILE = "<img src=x onerror=alert(1)>"
MOVE = {"gesture": "move", "words": {"cards": ["acme"], "column": "offer"}}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{name}_NAME", "Zoé")
            patch.setenv(f"GIT_{name}_EMAIL", "zoe@example.org")
        folder = GitFolder(tmp_path_factory.mktemp("guard") / "board")
        folder.write("board.yml", BOARD)
        folder.write("prospects/acme.md", card_text(account="ACME"))
        folder.write("prospects/hostile.md", card_text(f"## {HOSTILE}\n\n[x](javascript:alert(1))\n", account=HOSTILE))
        folder.commit("begin", date="2026-10-01T09:00:00+02:00")
        folder.git("config", "user.name", "Zoé")
        folder.git("config", "user.email", "zoe@example.org")
        with serving(folder.root, "2026-10-05") as found:
            yield found


REFUSED = {
    "no key": ("GET", "/", {}, 403),
    "a wrong key": ("GET", "/wrong/", {}, 403),
    "a part of the key": ("GET", f"/{KEY[:-1]}/", {}, 403),
    "the key as a question": ("GET", f"/?key={KEY}", {}, 403),
    "a foreign host": ("GET", f"/{KEY}/", {"host": "evil.example"}, 421),
    "a name that leads here": ("GET", f"/{KEY}/hand/wall", {"host": "127.0.0.1.evil.example:80"}, 421),
    "another address": ("GET", f"/{KEY}/", {"host": "192.0.2.7:80"}, 421),
    "no host": ("GET", f"/{KEY}/", {"host": ""}, 421),
    "a foreign page that reads": ("GET", f"/{KEY}/hand/wall", {"origin": "http://evil.example"}, 403),
    "a page of nowhere": ("GET", f"/{KEY}/hand/wall", {"origin": "null"}, 403),
    "a foreign page that loads": ("GET", f"/{KEY}/search-index.js", {"origin": None, "sec_fetch_site": "cross-site"}, 403),
    "another port of ours": ("GET", f"/{KEY}/hand/wall", {"origin": "http://127.0.0.1:1", "sec_fetch_site": "same-site"}, 403),
    "a foreign page that listens": ("GET", f"/{KEY}/hand/changes", {"origin": "http://evil.example", "sec_fetch_site": "cross-site"}, 403),
    "a frame of a foreign page": (
        "GET", f"/{KEY}/", {"origin": None, "sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "iframe"}, 403,
    ),
    "a foreign form": (
        "POST", f"/{KEY}/hand/gesture", {"origin": "http://evil.example", "content_type": "application/x-www-form-urlencoded"}, 403,
    ),
    "a form": ("POST", f"/{KEY}/hand/gesture", {"content_type": "text/plain"}, 415),
    "no page": ("POST", f"/{KEY}/hand/gesture", {"origin": None}, 403),
    "too much": ("POST", f"/{KEY}/hand/gesture", {"content_length": "2000000"}, 413),
    "a method": ("PUT", f"/{KEY}/hand/gesture", {}, 405),
    "another method": ("DELETE", f"/{KEY}/index.html", {}, 405),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused_and_nothing_happens(served: Served, case: str) -> None:
    method, path, headers, status = REFUSED[case]
    head = (served.folder / ".git/logs/HEAD").read_bytes()
    body = None if method == "GET" else b"" if case == "too much" else MOVE
    found, said, sent = served.ask(method, path, body, **headers)
    assert found == status
    assert b"ACME" not in said
    assert len(said) < 60
    assert sent["content-security-policy"].startswith("default-src 'none'; ")
    assert (served.folder / ".git/logs/HEAD").read_bytes() == head


CRAFTED = {
    "as it should be": (f"/{KEY}/hand/gesture", {}, 200),
    "a length in other digits": (f"/{KEY}/hand/gesture", {"content-length": "\xb2"}, 413),
    "a length without end": (f"/{KEY}/hand/gesture", {"content-length": "9" * 5000}, 413),
    "a length below nothing": (f"/{KEY}/hand/gesture", {"content-length": "-1"}, 413),
    "two lengths": (f"/{KEY}/hand/gesture", {"transfer-encoding": "chunked"}, 413),
    "two hosts": (f"/{KEY}/hand/gesture", {"host": "127.0.0.1:80, evil.example"}, 421),
    "a host behind a name": (f"/{KEY}/hand/gesture", {"host": "127.0.0.1@evil.example:80"}, 421),
    "two origins, ours first": (f"/{KEY}/hand/gesture", {"origin ": "http://evil.example"}, 400),
    "two kinds of text": (f"/{KEY}/hand/gesture", {"content-type ": "text/plain"}, 400),
    "two names of ours": (f"/{KEY}/hand/gesture", {"host ": "evil.example"}, 400),
    "two sites": (f"/{KEY}/hand/gesture", {"sec-fetch-site": "same-origin", "sec-fetch-site ": "cross-site"}, 400),
    "a name with a dot behind": (f"/{KEY}/hand/gesture", {"host": "localhost.:80"}, 421),
    "this machine as a number": (f"/{KEY}/hand/gesture", {"host": "2130706433:80"}, 421),
    "an origin that hides": (f"/{KEY}/hand/gesture", {"origin": "null"}, 403),
    "a key that is no text": ("/\udc80/hand/gesture", {}, 403),
    "nothing after the key": (f"/{KEY}", {}, 403),
}


@pytest.mark.parametrize(("path", "more", "status"), CRAFTED.values(), ids=CRAFTED)
def test_what_no_browser_sends_is_refused_in_words(path: str, more: dict[str, str], status: int) -> None:
    """Asked of the guard alone: the HTTP library in front of it need not stop any of them."""
    head = {"host": "127.0.0.1:80", "origin": "http://127.0.0.1:80", "content-type": "application/json"}
    head |= {"content-length": "2", **more}
    sent: list[Message] = []

    async def inside(scope: Scope, _receive: Receive, send: Send) -> None:
        assert scope["path"] == "/hand/gesture"
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> Message:
        raise AssertionError("nothing is read of what is refused")

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(name.strip().encode(), value.encode("latin-1")) for name, value in head.items()]
    scope = {"type": "http", "method": "POST", "path": path, "scheme": "http", "headers": headers}
    with ThreadPoolExecutor(1) as apart:  # a browser's tests may have a loop of their own in this process
        apart.submit(asyncio.run, Guard(inside, Rules.loopback(KEY))(scope, receive, send)).result()
    assert sent[0]["status"] == status


def test_a_question_never_writes(served: Served) -> None:
    head = (served.folder / ".git/logs/HEAD").read_bytes()
    for name in ("gesture", "undo", "sync"):
        for query in ("", "?gesture=move&words={}&cards=acme&column=offer"):
            assert served.ask("GET", f"/{KEY}/hand/{name}{query}")[0] == 404
    assert served.ask("POST", f"/{KEY}/hand/wall", {})[0] == 404
    assert (served.folder / ".git/logs/HEAD").read_bytes() == head


@pytest.mark.parametrize(
    "path",
    [
        "..%2f..%2fetc%2fpasswd",
        "../board.yml",
        "board.yml",
        ".git/config",
        "prospects/acme.md",
        "hand.py",
        "static/hand.js",
        "hand.js+../pages.py",
        "hand.js+hand.js",
    ],
)
def test_only_pages_are_served(served: Served, path: str) -> None:
    assert served.ask("GET", f"/{KEY}/{path}")[0] == 404


@pytest.mark.parametrize("page", ["", "cards/acme.html", "metrics.html"])
def test_a_page_asks_only_for_what_is_there(served: Served, page: str) -> None:
    """Its sheets and scripts, several in one: one name that is not published any more, and the board has no looks."""
    text = served.ask("GET", f"/{KEY}/{page}")[1].decode()
    asked = re.findall(r'<(?:script|link rel="stylesheet")[^>]* (?:src|href)="(?:\.\./)*([^"]+)"', text)
    kinds = {name: served.ask("GET", f"/{KEY}/{name}")[2].get("content-type", "") for name in asked}
    assert len(kinds) >= 2
    assert {name: kind.partition(";")[0] for name, kind in kinds.items()} == {
        name: "text/javascript" if name.endswith(".js") else "text/css" for name in kinds
    }


def test_a_file_kept_for_a_card_is_saved_and_never_a_page(served: Served) -> None:
    """Whatever somebody sent: it is handed out as a file, by the name that the board knows, links not followed."""
    (served.folder / "files/acme").mkdir(parents=True)
    (served.folder / "files/acme/plan.svg").write_bytes(b"<svg onload='alert(1)'/>")
    (served.folder / "files/acme/board.svg").symlink_to(served.folder / "board.yml")
    try:
        status, data, sent = served.ask("GET", f"/{KEY}/files/acme/plan.svg")
        assert (status, data, sent["content-disposition"]) == (200, b"<svg onload='alert(1)'/>", "attachment")
        assert sent["content-security-policy"].startswith("default-src 'none'")
        for path in ("files/acme/board.svg", "files/acme/nowhere.pdf", "files/acme/../../board.yml"):
            assert served.ask("GET", f"/{KEY}/{path}")[0] == 404
    finally:
        shutil.rmtree(served.folder / "files")


def test_what_a_browser_is_told_to_open_is_worth_nothing_to_who_reads_it(served: Served) -> None:
    """Others on this machine see the command line of a browser that is started: the key is not in it."""
    address = served.server.once()
    path = "/" + address.split("/", 3)[3]
    assert KEY not in address
    assert served.ask("GET", path, host="evil.example")[0] == 421
    assert served.ask("POST", path, {})[0] == 403
    status, _data, sent = served.ask("GET", path, origin=None, sec_fetch_site="none")
    assert (status, sent["location"], sent["cache-control"]) == (303, f"/{KEY}/", "no-store")
    assert served.ask("GET", path, origin=None, sec_fetch_site="none")[0] == 403


def test_a_link_from_elsewhere_may_be_followed(served: Served) -> None:
    followed = {
        "origin": None,
        "sec_fetch_site": "cross-site",
        "sec_fetch_mode": "navigate",
        "sec_fetch_dest": "document",
    }
    assert served.ask("GET", f"/{KEY}/", **followed)[0] == 200


def test_every_answer_shuts_other_hosts_out(served: Served) -> None:
    for path in ("", "index.html", "metrics.html", "cards/hostile.html", "hand.js", "hand/wall"):
        status, data, sent = served.ask("GET", f"/{KEY}/{path}")
        assert status == 200, path
        assert sent["content-security-policy"] == (
            "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        assert (sent["referrer-policy"], sent["x-content-type-options"]) == ("no-referrer", "nosniff")
        assert (sent["cache-control"], sent["x-frame-options"]) == ("no-store", "DENY")
        assert not re.search(rb"""(?:src|href)=["'](?:https?:)?//""", data), path
        assert HOSTILE.encode() not in data or path == "hand/wall"


def test_scripts_reach_no_other_host_and_write_no_markup() -> None:
    folder = Path(__file__).parents[2] / "kanban/web/static"
    for script in folder.glob("*.js"):
        text = script.read_text("utf-8")
        assert not re.search(
            r"https?://|innerHTML|outerHTML\s*=[^=]|insertAdjacentHTML|document\.write|\beval\b|new Function", text
        ), script.name


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"[]", 400), (b"{", 400), ({"gesture": "move", "words": []}, 400), ({"gesture": "rm -rf", "words": {}}, 422),
     ({"gesture": "move", "words": {"cards": ["acme"], "column": "nowhere"}}, 422)],
)  # fmt: skip
def test_what_cannot_be_read_is_said(served: Served, body: object, status: int) -> None:
    assert served.ask("POST", f"/{KEY}/hand/gesture", body)[0] == status


def test_who_sends_without_end_waits_for_nobody(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Heads without end are cut off, a body that does not come is not waited for, and others are answered meanwhile."""
    monkeypatch.setattr("kanban.web.server.PATIENCE", 0.3)
    head = f"POST /{KEY}/hand/gesture HTTP/1.1\r\n" + "".join(
        f"{name}: {text}\r\n" for name, text in served.own.items()
    )
    with socket.create_connection(("127.0.0.1", served.server.port), timeout=20) as slow:
        slow.sendall(f"{head}Content-Length: 900\r\n\r\n".encode() + b"{")
        assert served.ask("GET", f"/{KEY}/hand.js")[0] == 200
        assert slow.recv(4000).startswith(b"HTTP/1.1 408")
    with socket.create_connection(("127.0.0.1", served.server.port), timeout=20) as endless:
        with suppress(OSError):  # cut off in the middle
            for _again in range(400):
                endless.sendall(b"x" * 1000 if _again else f"{head}X-Long: ".encode())
            endless.sendall(b"\r\n\r\n")
        with suppress(ConnectionError):
            assert endless.recv(4000)[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 431", b"")
    assert served.ask("GET", f"/{KEY}/hand.js")[0] == 200


def test_the_stream_tells_within_a_second(served: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served.server.port, timeout=5)
    connection.request("GET", f"/{KEY}/hand/changes", headers={"Host": served.own["Host"]})
    answer = connection.getresponse()
    assert answer.getheader("content-type", "").startswith("text/event-stream")
    assert answer.fp is not None
    first = answer.fp.readline() + answer.fp.readline()
    time.sleep(0.3)
    began = time.monotonic()
    (served.folder / "prospects/acme.md").write_bytes(card_text(account="ACME", next_action="mail"))
    while b"data:" not in (line := answer.fp.readline()) or line in first:
        assert time.monotonic() - began < 3
    assert time.monotonic() - began < 1
    connection.close()


def test_read_only_and_the_network() -> None:
    around = Rules.around(KEY, ["board.example"])
    names = ["192.168.1.7:8080", "localhost:8080", "board.example", "[fe80::1]:80", "evil.example", "127.0.0.1.evil"]
    assert [around.knows(name) for name in names] == [True, True, True, True, False, False]
    names = ["192.168.1.7:8080", "127.0.0.1:1", "LOCALHOST", "[::1]:80", ""]
    assert [Rules.loopback(KEY).knows(name) for name in names] == [False, True, True, True, False]
