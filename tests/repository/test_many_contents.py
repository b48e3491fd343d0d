"""Contents are told one by one as they are, however they lie across what git says at once."""

from __future__ import annotations

import pytest

from kanban.errors import KanbanError
from kanban.repository.git import objects
from kanban.repository.git.command import GitCommand
from tests.conftest import GitFolder

CONTENTS = (b"", b"\n", b"a", b"blob 3\n" * 7, b"x" * 63, b"x" * 64, b"x" * 65, b"y" * 1000, b"\0\n\0", b"last")
LIMIT = 900


@pytest.mark.parametrize("at_once", [1, 7, 64, 1 << 18])
def test_each_content_is_told_whole(git_folder: GitFolder, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(objects, "_AT_ONCE", at_once)
    ids = []
    for data in CONTENTS:
        git_folder.write("x", data)
        ids.append(git_folder.git("hash-object", "-w", "x").strip())
    git = GitCommand(git_folder.root)
    absent = "1" * 40
    whole = dict(zip(ids, CONTENTS, strict=True))
    assert dict(objects.stream_blobs(git, [ids[0], absent, *ids[1:]])) == whole
    assert objects.read_blobs(git, [*ids, absent], LIMIT) == {
        blob: None if len(data) > LIMIT else data for blob, data in whole.items()
    }


def test_a_git_that_ends_too_early_is_an_error(git_folder: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    git_folder.write("x", b"text")
    blob = git_folder.git("hash-object", "-w", "x").strip()
    monkeypatch.setattr(objects._Said, "line", lambda said: b"")
    with pytest.raises(KanbanError, match="git stopped while reading"):
        objects.read_blobs(GitCommand(git_folder.root), [blob])
