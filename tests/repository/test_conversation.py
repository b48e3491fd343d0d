"""A git that is asked for one content after the other tells the same as one that is asked for all; in any doubt nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kanban.beside import Beside
from kanban.repository.git.command import GitCommand
from kanban.repository.git.objects import read_blobs
from kanban.repository.git.processes import Conversation
from tests.conftest import GitFolder

CONTENTS = (b"", b"one\n", b"no end", b"x" * 300_000, b"blob 3\n0123\n")


@pytest.fixture
def asked(git_folder: GitFolder) -> tuple[GitCommand, list[str]]:
    """A repository with some contents, and their ids."""
    for number, data in enumerate(CONTENTS):
        git_folder.write(f"{number}.md", data)
    git_folder.commit()
    ids = [git_folder.git("rev-parse", f"HEAD:{number}.md").strip() for number in range(len(CONTENTS))]
    return GitCommand(Path(git_folder.root)), ids


def test_it_tells_what_reading_them_at_once_does(asked: tuple[GitCommand, list[str]]) -> None:
    git, ids = asked
    conversation = Conversation(git)
    assert [conversation.content(one) for one in (*ids, *ids)] == [*CONTENTS, *CONTENTS]
    assert read_blobs(git, ids) == dict(zip(ids, CONTENTS, strict=True))


@pytest.mark.parametrize("amiss", ["no such content", "no content", "two lines"])
def test_what_it_cannot_tell_ends_it(asked: tuple[GitCommand, list[str]], amiss: str) -> None:
    git, ids = asked
    conversation = Conversation(git)
    name = {"no such content": "0" * 40, "no content": "HEAD:nothing", "two lines": f"{ids[1]}\n{ids[2]}"}[amiss]
    assert conversation.content(ids[1]) == CONTENTS[1]
    assert conversation.content(name) is None
    assert conversation.content(ids[1]) is None


def test_a_git_that_was_killed_tells_nothing_more(asked: tuple[GitCommand, list[str]]) -> None:
    git, ids = asked
    conversation = Conversation(git)
    conversation.content(ids[1])
    assert conversation._process is not None
    conversation._process.kill()
    conversation._process.wait()
    assert conversation.content(ids[1]) is None


def test_a_forked_process_does_not_speak_into_it(
    asked: tuple[GitCommand, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    git, ids = asked
    conversation = Conversation(git)
    conversation.content(ids[1])
    monkeypatch.setattr("kanban.beside.may_fork", lambda: hasattr(os, "fork"))
    assert Beside(lambda: str(conversation.content(ids[1])).encode()).answer() == b"None"
    assert conversation.content(ids[3]) == CONTENTS[3]
