"""Every way to get a card past its rules with one push or several: refused by the server's hook, or told."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import GitFolder, Kanban
from tests.trust.test_the_judge import CARD, config

pytestmark = pytest.mark.sweep(one_in=3)


@dataclass
class Pushed:
    """How a push ended: 0 accepted, else refused; and what was said."""

    code: int
    said: str


class Server:
    """A bare repository with the hook, and a clone from which all tricks are played."""

    def __init__(self, clone: GitFolder, bare: Path) -> None:
        self.clone, self.bare = clone, bare

    def push(self, *words: str) -> Pushed:
        done = subprocess.run(
            ["git", "push", str(self.bare), *words], cwd=self.clone.root, capture_output=True, text=True, check=False
        )
        return Pushed(done.returncode, done.stderr)

    def cards_in(self, column: str, branch: str = "main") -> int:
        shown = subprocess.run(
            ["git", "ls-tree", "--name-only", branch, f"{column}/"],
            cwd=self.bare, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return shown.stdout.count(".md")


@pytest.fixture
def server(git_folder: GitFolder, kanban: Kanban, tmp_path: Path) -> Server:
    """Two cards in a column of two; two more are waiting."""
    git_folder.write("board.yml", config())
    for name in ("a", "b"):
        git_folder.write(f"qualifies/{name}.md", CARD.format(name=name))
    for name in ("c", "d"):
        git_folder.write(f"prospects/{name}.md", CARD.format(name=name))
    git_folder.commit("start")
    bare = tmp_path / "bare.git"
    git_folder.git("clone", "-q", "--bare", "--template=", ".", str(bare))
    assert kanban("-C", bare, "hook", "install", "--server").code == 0
    return Server(git_folder, bare)


def pull(folder: GitFolder, card: str = "c", message: str = "pulled") -> None:
    folder.git("mv", f"prospects/{card}.md", f"qualifies/{card}.md")
    folder.commit(message)


def the_plain_way(server: Server) -> Pushed:
    pull(server.clone)
    return server.push("main")


def forced_from_another_start(server: Server) -> Pushed:
    """A new root commit with a lax board, forced over main."""
    server.clone.git("checkout", "-q", "--orphan", "other")
    server.clone.write("board.yml", config(wip=9))
    pull(server.clone)
    return server.push("--force", "other:main")


def forced_back_and_on(server: Server) -> Pushed:
    server.clone.git("commit", "-q", "--allow-empty", "-m", "more")
    assert server.push("main").code == 0
    server.clone.git("reset", "-q", "--hard", "HEAD~1")
    pull(server.clone)
    return server.push("--force", "main")


def on_a_new_branch(server: Server) -> Pushed:
    pull(server.clone)
    return server.push("main:refs/heads/work")


def by_a_tag_then_a_branch(server: Server) -> Pushed:
    """The commits are on the server by the tag before the branch comes."""
    pull(server.clone)
    server.clone.git("tag", "v1")
    tagged = server.push("v1")
    assert tagged.code == 0
    assert "no branch, so what it leads to was not judged" in tagged.said
    return server.push("main:refs/heads/work")


def two_refs_at_once(server: Server) -> Pushed:
    """The rules go to one branch, the card to the other, in one push."""
    server.clone.git("checkout", "-q", "-b", "rules")
    server.clone.write("board.yml", config(wip=9))
    server.clone.commit("rules")
    server.clone.git("checkout", "-q", "-b", "cards")
    pull(server.clone)
    return server.push("rules:refs/heads/rules", "cards:main")


def by_an_octopus(server: Server) -> Pushed:
    """Each branch takes one free place; there is none for all."""
    server.clone.write("board.yml", config(wip=3))
    server.clone.commit("one more place")
    assert server.push("main").code == 0
    for card in ("c", "d"):
        server.clone.git("checkout", "-q", "-b", f"take-{card}", "main")
        pull(server.clone, card)
    server.clone.git("checkout", "-q", "main")
    server.clone.git("commit", "-q", "--allow-empty", "-m", "x")
    server.clone.git("merge", "-q", "-m", "all", "take-c", "take-d")
    assert len(server.clone.git("log", "-1", "--format=%P").split()) == 3
    return server.push("main")


def in_the_merge_itself(server: Server) -> Pushed:
    server.clone.git("checkout", "-q", "-b", "side")
    server.clone.git("commit", "-q", "--allow-empty", "-m", "side")
    server.clone.git("checkout", "-q", "main")
    server.clone.git("merge", "-q", "--no-ff", "--no-commit", "side")
    pull(server.clone)
    return server.push("main")


def by_a_replace_ref(server: Server) -> Pushed:
    pull(server.clone)
    server.clone.git("replace", "HEAD", "HEAD~1")
    assert server.push("refs/replace/*:refs/replace/*").code != 0
    server.clone.git(
        "replace", "-d", server.clone.git("for-each-ref", "--format=%(refname:lstrip=2)", "refs/replace").strip()
    )
    return server.push("main")


def by_a_graft(server: Server) -> Pushed:
    """A graft on the server's side that makes the new commit look like an old one."""
    pull(server.clone)
    commit = server.clone.git("rev-parse", "HEAD").strip()
    grafts = server.bare / "info"
    grafts.mkdir(exist_ok=True)
    (grafts / "grafts").write_text(f"{commit}\n")
    return server.push("main")


def with_the_column_called_otherwise(server: Server) -> Pushed:
    text = config(wip=9).replace("{key: qualifies,", "{key: ripe, folder: qualifies,")
    server.clone.write("board.yml", text)
    pull(server.clone)
    return server.push("main")


def with_the_board_moved(server: Server) -> Pushed:
    """The board goes into a folder, with other rules."""
    (server.clone.root / "team").mkdir()
    pull(server.clone)
    server.clone.git("mv", "board.yml", "prospects", "qualifies", "team/")
    server.clone.write("team/board.yml", config(wip=9))
    server.clone.commit("moved")
    return server.push("main")


def with_the_main_branch_deleted(server: Server) -> Pushed:
    server.clone.git("config", "push.default", "nothing")
    subprocess.run(["git", "config", "receive.denyDeleteCurrent", "ignore"], cwd=server.bare, check=True)
    return server.push("--delete", "main")


TRICKS: list[Callable[[Server], Pushed]] = [
    the_plain_way,
    forced_from_another_start,
    forced_back_and_on,
    on_a_new_branch,
    by_a_tag_then_a_branch,
    two_refs_at_once,
    by_an_octopus,
    in_the_merge_itself,
    by_a_replace_ref,
    by_a_graft,
    with_the_column_called_otherwise,
    with_the_board_moved,
    with_the_main_branch_deleted,
]


@pytest.mark.parametrize("trick", TRICKS, ids=[one.__name__ for one in TRICKS])
def test_a_trick_is_refused(server: Server, trick: Callable[[Server], Pushed]) -> None:
    before = server.cards_in("qualifies")
    answer = trick(server)
    assert answer.code != 0, answer.said
    assert "Traceback" not in answer.said
    assert "wip-exceeded" in answer.said or "loses" in answer.said, answer.said
    assert server.cards_in("qualifies") == before
    assert server.cards_in("qualifies", "work") == 0


def test_rules_in_one_push_are_told_and_cards_come_in_the_next(server: Server) -> None:
    server.clone.write("board.yml", config(wip=9))
    server.clone.commit("rules")
    first = server.push("main")
    assert first.code == 0
    assert "this change is about the rules too: raises the limit of Qualified: 2 → 9" in first.said
    pull(server.clone)
    assert server.push("main").code == 0


def test_a_branch_of_work_may_lose_commits_and_that_is_told(server: Server) -> None:
    server.clone.git("checkout", "-q", "-b", "work")
    server.clone.git("commit", "-q", "--allow-empty", "-m", "one")
    assert server.push("work").code == 0
    server.clone.git("commit", "-q", "--amend", "--allow-empty", "-m", "other")
    forced = server.push("--force", "work")
    assert forced.code == 0
    assert "work loses 1 commit by this push" in forced.said
    gone = server.push("--delete", "work")
    assert gone.code == 0
    assert "work loses 1 commit by this push" in gone.said


def test_a_history_written_anew_goes_in_when_the_server_allows_it(server: Server) -> None:
    server.clone.git("commit", "-q", "--amend", "-m", "anew")
    refused = server.push("--force", "main")
    assert refused.code != 0
    assert "git config kanban.allowRewrite true" in refused.said
    subprocess.run(["git", "config", "kanban.allowRewrite", "true"], cwd=server.bare, check=True)
    assert server.push("--force", "main").code == 0


def test_an_empty_push_and_a_tag_of_what_is_there_pass(server: Server) -> None:
    assert server.push("main").code == 0
    server.clone.git("tag", "-a", "v0", "-m", "x")
    assert server.push("v0").code == 0


def test_the_pull_request_says_the_same(server: Server, kanban: Kanban) -> None:
    """What the hook refuses, the check of the branch finds."""
    for trick in (with_the_column_called_otherwise, with_the_board_moved):
        server.clone.git("checkout", "-q", "-B", "work", "main")
        trick(server)
        answer = kanban("-C", server.clone.root, "lint", "--range", "main..work")
        assert answer.code == 1, answer.out
        assert "wip-exceeded" in answer.out
