"""Over https the site goes onto a phone and can be read without a network; elsewhere nothing of that happens."""

from __future__ import annotations

import json
import re
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest

from tests.browser.conftest import address

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


_RENEWED = b"<!doctype html><title>x</title><link rel=icon href=favicon.svg><h1>Rendered anew</h1>"


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that keeps what it is asked to itself; what was rendered anew stands beside the folder."""

    renewed: ClassVar[dict[str, bytes]] = {}

    def do_GET(self) -> None:
        """The file, or what it has become."""
        if self.path not in self.renewed:
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.renewed[self.path])
        return None

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing."""


@pytest.fixture
def server(site: Path, tmp_path: Path) -> Iterator[ThreadingHTTPServer]:
    """The site over https, with a certificate of its own making."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here to make a certificate with")
    pair = tmp_path / "pair.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    told = ["-days", "2", "-subj", "/CN=localhost", "-keyout", str(pair), "-out", f"{pair}.crt"]
    subprocess.run([*command, *told], check=True, capture_output=True)
    found = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{pair}.crt", pair)
    found.socket = context.wrap_socket(found.socket, server_side=True)
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield found
    found.shutdown()
    found.server_close()


def test_what_was_seen_is_read_without_a_network_and_the_network_goes_first(
    site: Path, server: ThreadingHTTPServer, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = f"https://localhost:{server.server_address[1]}"
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{root}/monday.html")
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    assert page.locator("link[rel=manifest]").count() == 1
    page.goto(f"{root}/cards/acme-sso.html")
    monkeypatch.setitem(Quiet.renewed, "/calendar.html", _RENEWED)
    page.goto(f"{root}/calendar.html")
    page.reload()
    assert page.locator("h1").inner_text() == "Rendered anew", "the network goes first, also on a reload"
    assert said == []
    server.shutdown()
    server.server_close()
    page.goto(f"{root}/cards/acme-sso.html")
    assert page.locator("h1").inner_text() == "ACME SAS"
    page.goto(f"{root}/calendar.html")
    assert page.locator("h1").inner_text() == "Rendered anew", "what came last is what is kept"
    page.goto(f"{root}/index.html")
    assert page.locator(".card").count() == 32, "kept though it was never opened"
    assert page.locator(".columns").evaluate("one => getComputedStyle(one).display") != "block", "with how it looks"
    page.close()


def test_pages_kept_before_they_are_opened_are_kept_with_all_they_ask_for(site: Path) -> None:
    listed = re.search(r"var FIRST = (\[.*?\]);", (site / "sw.js").read_text("utf-8"), re.S)
    kept = json.loads(listed[1]) if listed else []
    pages = [name for name in kept if name.endswith(".html")]
    asked = {
        found
        for name in pages
        for found in re.findall(r'(?:stylesheet" href|script src)="([^"]+)"', (site / name).read_text("utf-8"))
    }
    assert pages
    assert asked <= set(kept)


def test_from_a_disk_nothing_is_installed(site: Path, page: Page) -> None:
    page.goto(address(site, "monday.html"))
    assert page.locator("link[rel=manifest]").count() == 0
    manifest = json.loads((site / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert manifest["start_url"] == "monday.html"
    assert {icon["src"] for icon in manifest["icons"]} <= {file.name for file in site.iterdir()}
