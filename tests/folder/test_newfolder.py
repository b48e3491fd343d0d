"""A folder to fill is whole, or as it was; what a disk keeps from being taken back, the same command makes whole."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from kanban.errors import KanbanError, PartlyDone
from kanban.folder import newfolder
from kanban.folder.newfolder import DRAFT, new_folder


def fill(path: Path) -> None:
    with new_folder(path) as draft:
        for name in ("a.md", "b.md", ".git"):
            (draft / name).write_text(name)


def refusing_at(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def refused(self: Path, target: Path) -> Path:
        if target.name == name:
            raise OSError(errno.ENOSPC, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refused)


@pytest.mark.parametrize("existed", [True, False])
@pytest.mark.parametrize("name", ["a.md", "b.md", ".git"])
def test_a_rename_that_fails_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, existed: bool
) -> None:
    path = tmp_path / "shop"
    if existed:
        path.mkdir()
    with monkeypatch.context() as patch:
        refusing_at(name, patch)
        with pytest.raises(OSError, match="No space"):
            fill(path)
    assert path.exists() == existed
    assert not existed or list(path.iterdir()) == []
    fill(path)
    assert sorted(one.name for one in path.iterdir()) == [".git", "a.md", "b.md"]


def test_what_cannot_be_taken_back_is_told_and_made_whole_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "shop"
    remove = newfolder._remove

    def refused(one: Path) -> None:
        if one.exists() and one.name != DRAFT:
            raise OSError(errno.EROFS, "Read-only file system")
        remove(one)

    with monkeypatch.context() as patch:
        refusing_at(".git", patch)
        patch.setattr(newfolder, "_remove", refused)
        with pytest.raises(PartlyDone, match=r"a part of .*shop is made"):
            fill(path)
    assert (path / DRAFT).is_dir()
    fill(path)
    assert sorted(one.name for one in path.iterdir()) == [".git", "a.md", "b.md"]


def test_an_empty_draft_beside_a_whole_folder_is_none_to_be_made_anew(tmp_path: Path) -> None:
    fill(tmp_path / "shop")
    (tmp_path / "shop" / "a.md").write_text("edited since")
    (tmp_path / "shop" / DRAFT).mkdir()
    with pytest.raises(KanbanError, match="is not empty"):
        fill(tmp_path / "shop")
    assert (tmp_path / "shop" / "a.md").read_text() == "edited since"
    assert not (tmp_path / "shop" / DRAFT).exists()
