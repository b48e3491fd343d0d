"""The local preview: serves the folder to this machine, and nothing beside it."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from kanban.folder.preview import Preview
from kanban.render.pages.missing import missing_page
from kanban.render.site_input import Material
from tests.boards import TODAY, board_of


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_bytes(next(missing_page(Material(board_of({}), TODAY))).write())
    (site / "site.css").write_text("p { color: red }")
    (tmp_path / "secret.txt").write_text("secret")
    (site / "linked.html").symlink_to(tmp_path / "secret.txt")
    server = Preview(site)
    server.start()
    yield server
    server.stop()


def get(preview: Preview, path: str, host: str | None = None, method: str = "GET") -> tuple[int, str]:
    address = preview.address.removesuffix("/index.html") + path
    request = urllib.request.Request(address, method=method)  # noqa: S310
    if host:
        request.add_header("Host", host)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - our own server
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""


def test_pages_come_with_the_reloading_script_and_files_as_they_are(preview: Preview) -> None:
    status, page = get(preview, "/")
    assert status == 200
    assert '<script src="/.preview.js" defer></script></head>' in page
    assert "connect-src" in page
    assert get(preview, "/site.css") == (200, "p { color: red }")
    assert "location.reload" in get(preview, "/.preview.js")[1]


def test_open_pages_hear_of_a_change(preview: Preview) -> None:
    before = get(preview, "/.preview")
    preview.changed()
    assert get(preview, "/.preview") != before


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/nothing.html", "/linked.html"])
def test_nothing_beside_the_folder_is_served(preview: Preview, path: str) -> None:
    assert get(preview, path)[0] == 404


def test_a_page_elsewhere_that_found_the_port_is_refused(preview: Preview) -> None:
    assert get(preview, "/", "evil.example:80")[0] == 403
    assert get(preview, "/site.css", "evil.example:80", "HEAD")[0] == 405
    assert get(preview, "/site.css", "evil.example:80", "POST")[0] == 501


def test_the_policy_that_the_preview_loosens_is_the_one_pages_have() -> None:
    from kanban.folder.preview import _POLICY

    page = next(missing_page(Material(board_of({}), TODAY))).write()
    assert page.count(_POLICY) == 1
