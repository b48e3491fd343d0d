"""The output folder: nothing foreign is touched, nothing outside is reached, only what differs is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kanban.errors import KanbanError
from kanban.folder import site_writing
from kanban.folder.site_writing import LIST_FILE, SiteFolder, guard_output
from kanban.render.plan import PlannedFile


def planned(**files: str) -> list[PlannedFile]:
    """`a_html="x"` is the page `a.html`; its key is its text."""
    return [PlannedFile(name.replace("_", "."), text.encode, text) for name, text in files.items()]


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert SiteFolder(site).update(planned(a_html="1", b_html="2")).written == ("a.html", "b.html")
    before = (site / "b.html").stat().st_mtime_ns
    done = SiteFolder(site).update(planned(a_html="3", b_html="2"))
    assert (done.written, done.unchanged) == (("a.html",), 1)
    assert (site / "b.html").stat().st_mtime_ns == before


def test_a_page_with_the_same_key_is_not_even_made(tmp_path: Path) -> None:
    folder = SiteFolder(tmp_path / "site")
    folder.update(planned(a_html="1"))

    def never() -> bytes:
        raise AssertionError

    assert folder.update([PlannedFile("a.html", never, "1")]).unchanged == 1
    assert SiteFolder(tmp_path / "site").update([PlannedFile("a.html", never, "1")]).unchanged == 1


def test_pages_left_as_they_were_are_not_read_by_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, notes, read = tmp_path / "site", dict[str, str](), list[str]()
    digest_of = site_writing._digest_of
    monkeypatch.setattr(site_writing, "_digest_of", lambda path: read.append(path.name) or digest_of(path))
    SiteFolder(site, notes).update(planned(a_html="1", b_html="2"))
    read.clear()
    SiteFolder(site, notes).update(planned(a_html="1", b_html="2"))
    assert set(read) == {LIST_FILE}
    SiteFolder(site, notes).update(planned(a_html="3", b_html="2"))
    assert len(notes) == 1
    read.clear()
    SiteFolder(site).update(planned(a_html="3", b_html="2"))
    assert {"a.html", "b.html"} <= set(read)


@pytest.mark.parametrize("text", ["mine, longer", "2"])
@pytest.mark.parametrize("fresh", [True, False])
@pytest.mark.parametrize("notes", [None, {}])
def test_a_page_somebody_changed_is_written_again(
    tmp_path: Path, fresh: bool, text: str, notes: dict[str, str] | None
) -> None:
    site = tmp_path / "site"
    folder = SiteFolder(site, notes)
    folder.update(planned(a_html="1"))
    (site / "a.html").write_text(text)
    again = SiteFolder(site, notes) if fresh else folder
    assert again.update(planned(a_html="1")).written == ("a.html",)
    assert (site / "a.html").read_text() == "1"


def test_pages_that_are_gone_are_removed_unless_somebody_changed_them(tmp_path: Path) -> None:
    site = tmp_path / "site"
    folder = SiteFolder(site)
    folder.update([PlannedFile("cards/a.html", lambda: b"1"), *planned(b_html="2", c_html="3")])
    (site / "b.html").write_text("mine")
    (site / "notes.txt").write_text("mine too")
    done = folder.update(planned(c_html="3"))
    assert (done.removed, done.foreign) == (("cards/a.html",), ("b.html",))
    assert sorted(path.name for path in site.iterdir()) == [LIST_FILE, "b.html", "c.html", "notes.txt"]


def test_a_foreign_file_in_the_way_is_not_overwritten(tmp_path: Path) -> None:
    site = tmp_path / "site"
    folder = SiteFolder(site)
    folder.update(planned(a_html="1"))
    (site / "b.html").write_text("mine")
    with pytest.raises(KanbanError, match="not written by"):
        folder.update(planned(a_html="1", b_html="2"))
    assert (site / "b.html").read_text() == "mine"


@pytest.mark.parametrize("address", ["../a.html", "/a.html", "a/../../b.html", "A.html", "a\\b.html", "a//b", "", ".x"])
def test_no_address_leads_out(tmp_path: Path, address: str) -> None:
    with pytest.raises(KanbanError, match="cannot be the address"):
        SiteFolder(tmp_path / "site").update([PlannedFile(address, lambda: b"x")])
    assert list(tmp_path.iterdir()) == [tmp_path / "site"]


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder = SiteFolder(site)
    folder.update(planned(a_html="1"))
    (site / "cards").symlink_to(elsewhere)
    with pytest.raises(KanbanError, match="is a link"):
        folder.update([PlannedFile("cards/a.html", lambda: b"x")])
    assert list(elsewhere.iterdir()) == []


def test_a_run_that_dies_leaves_a_list_of_what_it_wrote(tmp_path: Path) -> None:
    site = tmp_path / "site"

    def dies() -> bytes:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        SiteFolder(site).update([*planned(a_html="1"), PlannedFile("b.html", dies)])
    assert list(json.loads((site / LIST_FILE).read_text())["files"]) == ["a.html"]
    assert SiteFolder(site).update(planned(a_html="1", b_html="2")).written == ("b.html",)


@pytest.mark.parametrize(
    ("output", "message"),
    [(".", "holds the board"), ("..", "holds the board"), ("offre", "is a column"), ("offre/site", "is a column")],
)
def test_the_board_is_no_output_folder(tmp_path: Path, output: str, message: str) -> None:
    board = tmp_path / "board"
    (board / "offre").mkdir(parents=True)
    with pytest.raises(KanbanError, match=message):
        guard_output(board / output, board, ["offre"])


def test_a_folder_with_files_is_refused_an_empty_or_own_one_taken(tmp_path: Path) -> None:
    board, other = tmp_path / "board", tmp_path / "other"
    board.mkdir()
    other.mkdir()
    assert guard_output(other, board, []) == other
    (other / "thesis.txt").write_text("years of work")
    with pytest.raises(KanbanError, match="not empty"):
        guard_output(other, board, [])
    with pytest.raises(KanbanError, match="is a file"):
        guard_output(other / "thesis.txt", board, [])
    site = tmp_path / "site"
    SiteFolder(site).update(planned(a_html="1"))
    assert guard_output(site, board, []) == site


def test_a_damaged_list_is_said(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / LIST_FILE).write_text('{"schema": "something else"}')
    with pytest.raises(KanbanError, match="damaged"):
        SiteFolder(site)


class Stopped(BaseException):
    """A kill, as far as one can be played inside a process: nothing is tidied up."""


@pytest.mark.parametrize("at", range(1, 9))
def test_a_run_that_was_stopped_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """Stopped before each rename, and with the list never saved again: the next run, of another board, goes on."""
    site = tmp_path / "site"
    left = [at]

    def replace(source: str, target: Path) -> None:
        left[0] -= 1
        if left[0] <= 0:
            raise Stopped
        Path(source).replace(target)

    def unlink(path: str) -> None:
        raise Stopped

    with monkeypatch.context() as patched:
        patched.setattr(site_writing.os, "replace", replace)
        patched.setattr(site_writing.os, "unlink", unlink)
        for text in ("1", "2"):
            try:
                SiteFolder(site).update(planned(a_html=text, b_html=text, c_html="1"))
            except Stopped:
                break
    site_writing._our_own.cache_clear()  # the next run is another process
    assert guard_output(site, tmp_path / "board", []) == site.resolve()
    SiteFolder(site).update(planned(a_html="3", b_html="3"))
    assert {path.name: path.read_text() for path in site.glob("*.html")} == {"a.html": "3", "b.html": "3"}
    assert sorted(path.name for path in site.iterdir()) == [LIST_FILE, "a.html", "b.html"]


def test_a_stopped_run_makes_nobodys_file_ours(tmp_path: Path) -> None:
    site = tmp_path / "site"
    SiteFolder(site).update(planned(a_html="1"))
    (site / site_writing.JOURNAL_FILE).write_text("00 b.html\n../x y\ntorn")
    (site / "b.html").write_text("mine")
    with pytest.raises(KanbanError, match="was not written by"):
        SiteFolder(site).update(planned(a_html="1", b_html="2"))
    assert (site / "b.html").read_text() == "mine"
