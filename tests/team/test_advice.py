"""Whoever types what is printed, and nothing else, gets on and loses nothing: with hooks and without."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator

import pytest

from tests.team.conftest import Gather, Member

pytestmark = [pytest.mark.slow, pytest.mark.sweep(file=True, one_in=20)]
HOOKED = pytest.mark.parametrize("hooks", [True, False], ids=["with hooks", "without"])
COMMAND = re.compile(r"`((?:kanban|git|mv) [^`]+)`|→ ((?:kanban|git|mv) [^`]+)$", re.MULTILINE)
PLACEHOLDER = re.compile(r"…|\b[A-Z]{3,}\b")


def advised(said: str) -> Iterator[list[str]]:
    """The commands that a text prints, each with its first choice; those with something to fill in are left out."""
    for pair in dict.fromkeys(COMMAND.findall(said)):
        for command in "".join(pair).split(" && "):
            if not PLACEHOLDER.search(command):
                yield [re.sub(r"\|[^=\s]+", "", word) for word in shlex.split(command)]


def by_the_book(member: Member, *wanted: str) -> list[str]:
    """Type a command until it works, and in between everything that it and its advice advise. What was typed."""
    typed = []
    for _round in range(9):
        done = member.kanban(*wanted)
        if done.code == 0:
            return typed
        waiting, seen = list(advised(done.err + done.out)), 0
        assert not re.search(r"(`|→ )git (?!show)", done.err + done.out), done.text
        assert waiting, done.text
        while waiting and seen < 6:
            words, seen = waiting.pop(0), seen + 1
            typed.append(shlex.join(words))
            if words[0] == "kanban":
                if words[1:] == list(wanted):
                    continue
                done = member.kanban(*words[1:])
                waiting = [*advised(done.err + done.out), *waiting] if done.code else waiting
            elif words[0] == "git":
                member.git(*words[1:], ok=False)
            else:
                (member.root / words[1]).rename(member.root / words[2])
    raise AssertionError(f"stuck after {typed}: {done.text}")


def append(member: Member, path: str, text: str) -> None:
    file = member.root / path
    file.write_text(file.read_text("utf-8").rstrip("\n") + f"\n- {text}\n", "utf-8")


def edited(zoe: Member) -> None:
    append(zoe, "prospects/acme.md", "zoe typed this")


def edited_and_staged(zoe: Member) -> None:
    append(zoe, "prospects/acme.md", "zoe typed this")
    zoe.git("add", "-A")


def rules_edited(zoe: Member) -> None:
    file = zoe.root / "board.yml"
    file.write_text(file.read_text("utf-8") + "# zoe typed this\n", "utf-8")


def merging(zoe: Member) -> None:
    append(zoe, "prospects/acme.md", "zoe typed this")
    zoe.git("commit", "-q", "-a", "-m", "zoe by hand", ok=False)
    zoe.git("pull", "-q", "--no-rebase", ok=False)


def rebasing(zoe: Member) -> None:
    append(zoe, "prospects/acme.md", "zoe typed this")
    zoe.git("commit", "-q", "-a", "-m", "zoe by hand", ok=False)
    zoe.kanban("note", "beta", "another")
    zoe.kanban("note", "acme", "and more")
    zoe.git("pull", "-q", "--rebase", ok=False)


def picking(zoe: Member) -> None:
    zoe.git("fetch", "-q")
    append(zoe, "prospects/acme.md", "zoe typed this")
    zoe.git("commit", "-q", "-a", "-m", "zoe by hand", ok=False)
    zoe.git("cherry-pick", "origin/main", ok=False)


def nowhere(zoe: Member) -> None:
    zoe.git("checkout", "-q", "--detach")


def nowhere_with_a_commit(zoe: Member) -> None:
    zoe.git("checkout", "-q", "--detach")
    append(zoe, "prospects/acme.md", "zoe typed this")
    zoe.git("commit", "-q", "-a", "-m", "zoe by hand")


def moved_by_hand(zoe: Member) -> None:
    (zoe.root / "prospects/norvane.md").rename(zoe.root / "nurturing/norvane.md")


def twice(zoe: Member) -> None:
    text = (zoe.root / "prospects/norvane.md").read_text("utf-8")
    (zoe.root / "nurturing/norvane.md").write_text(text + "\n- zoe typed this\n", "utf-8")
    zoe.git("add", "-A")
    zoe.git("commit", "-q", "--no-verify", "-m", "copied\n\nReason: by mistake")


def rules_torn(zoe: Member) -> None:
    file = zoe.root / "board.yml"
    file.write_text(file.read_text("utf-8").replace("Pipeline", "My pipeline"), "utf-8")
    zoe.git("commit", "-q", "--no-verify", "-a", "-m", "zoe by hand")
    append(zoe, "prospects/acme.md", "zoe typed this")
    zoe.git("commit", "-q", "--no-verify", "-a", "-m", "zoe by hand")
    zoe.git("pull", "-q", "--no-rebase", ok=False)


SITUATIONS = (
    (rules_torn, ("sync",)),
    (edited, ("sync",)),
    (edited, ("undo", "acme")),
    (edited_and_staged, ("sync",)),
    (rules_edited, ("sync",)),
    (merging, ("sync",)),
    (merging, ("note", "beta", "called")),
    (rebasing, ("sync",)),
    (rebasing, ("note", "beta", "called")),
    (picking, ("sync",)),
    (nowhere, ("sync",)),
    (nowhere, ("note", "beta", "called")),
    (nowhere_with_a_commit, ("sync",)),
    (moved_by_hand, ("note", "norvane", "called")),
    (twice, ("note", "norvane", "called")),
    (twice, ("lint",)),
)


@HOOKED
@pytest.mark.parametrize(
    ("situation", "wanted"), SITUATIONS, ids=[f"{one.__name__}, {words[0]}" for one, words in SITUATIONS]
)
def test_what_is_printed_gets_on_and_loses_nothing(
    gather: Gather, hooks: bool, situation: Callable[[Member], None], wanted: tuple[str, ...]
) -> None:
    table = gather("Zoe", "Karim", hooks=hooks)
    zoe, karim = table.members
    assert zoe.kanban("note", "acme", "zoe first").code == 0
    assert zoe.kanban("sync").code == 0
    assert karim.kanban("sync").code == 0
    assert karim.kanban("note", "acme", "karim called").code == 0
    append(karim, "prospects/acme.md", "karim by hand")
    append(karim, "board.yml", "karim: rules")
    karim.git("checkout", "-q", "board.yml")
    rules = karim.root / "board.yml"
    rules.write_text(rules.read_text("utf-8").replace("Pipeline", "Our pipeline"), "utf-8")
    karim.git("commit", "-q", "--no-verify", "-a", "-m", "karim by hand")
    assert karim.kanban("sync").code == 0
    before = written(zoe) | written(karim)
    situation(zoe)
    before |= written(zoe)
    typed = by_the_book(zoe, *wanted)
    typed += by_the_book(zoe, "sync")
    assert karim.kanban("sync").code == 0
    kept = written(karim) | {
        line for branch in zoe.git("branch", "--format=%(refname)").split() for line in at(zoe, branch)
    }
    if "undo" not in wanted:
        assert before - kept == set(), typed
    assert karim.where("acme"), typed
    assert karim.where("norvane") in (["prospects"], ["nurturing"]), typed


def written(member: Member) -> set[str]:
    """The lines of the notes on disk, and of the rules."""
    return {
        line for file in member.root.glob("*/*.md") for line in file.read_text("utf-8").splitlines() if line[:2] == "- "
    }


def at(member: Member, revision: str) -> set[str]:
    """The lines of the notes of a commit."""
    return set(member.git("grep", "-h", "^- ", revision, "--", "*.md").splitlines())


def test_a_file_set_back_by_hand_is_asked_about_also_when_kanban_committed_it(gather: Gather) -> None:
    zoe, karim = gather("Zoe", "Karim").members
    old = zoe.read("acme")
    assert karim.kanban("note", "acme", "karim called").code == 0
    assert karim.kanban("sync").code == 0
    assert zoe.kanban("sync").code == 0
    (zoe.root / "prospects/acme.md").write_text(old, "utf-8")
    done = zoe.kanban("edit", "acme", "--saved")
    assert done.code == 0, done.text
    refused = zoe.kanban("sync")
    assert "acme: your commits take back what Karim did to it, and no command of yours did" in refused.err
    assert zoe.kanban("sync", "--take", "acme=theirs").code == 0
    assert "- karim called" in zoe.read("acme")
