"""What kanban tells a person to type is kanban: git's own commands are only named to somebody who has just typed one."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.team.conftest import Gather

pytestmark = pytest.mark.sweep(one_in=3)

CATALOGUES = Path(__file__).parents[2] / "kanban" / "i18n" / "locale" / "fr" / "LC_MESSAGES"
WHO_READS = {
    "kanban/lint/": "a finding on what was done by hand, with git or an editor, told by a hook of git's",
    "kanban/commands/check/": "whoever committed or pushed with git and is refused by our hook, or keeps the server",
    "kanban/review/to_settle.py": "the report under a pull request, on a branch made with git",
    "kanban/metrics/suspicion_wording.py": "a commit that was made with git and looks wrong",
    "kanban/repository/git/repository.py": "whoever typed a revision of git's",
    "kanban/repository/write/transaction.py": "whoever told git to sign",
    "kanban/repository/read/passwords.py": "git keeps the password, and its manual says how",
    "kanban/imports/mail/command.py": "the same",
    "kanban/commands/setup/completion.py": "`git kanban` is kanban",
    "kanban/commands/privacy/": "whoever keeps the server writes its history anew",
}
GIT = re.compile(r"`git (?!kanban)[a-z]|(^|→ )git [a-z-]+ -")


def _texts() -> list[tuple[str, str]]:
    found = []
    for file in sorted(CATALOGUES.glob("*.po")):
        with file.open("rb") as opened:
            for message in read_po(opened):
                texts = message.id if isinstance(message.id, (list, tuple)) else [message.id]
                found += [(path, text) for path, _line in message.locations for text in texts]
    return found


def test_git_is_only_named_to_whom_has_typed_it() -> None:
    named = {path: text for path, text in _texts() if GIT.search(text)}
    assert {path: text for path, text in named.items() if not path.startswith(tuple(WHO_READS))} == {}
    assert len(named) > 10


def _patches(root: Path, cards: tuple[str, ...]) -> list[str]:
    """A mailed patch for each card, made elsewhere."""
    made = []
    for number, card in enumerate(cards, 1):
        (file,) = root.glob(f"*/{card}.md")
        file.write_text(file.read_text("utf-8") + f"- patched {number}\n", "utf-8")
        subprocess.run(["git", "commit", "-qam", f"patch {number}"], cwd=root, check=True)
        made.append(f"{number}.patch")
        done = subprocess.run(["git", "format-patch", "-1", "--stdout"], cwd=root, capture_output=True, check=True)
        (root / ".git" / made[-1]).write_bytes(done.stdout)
    subprocess.run(["git", "reset", "-q", "--hard", "HEAD~" + str(len(cards))], cwd=root, check=True)
    return [str(root / ".git" / name) for name in made]


def test_mailed_patches_that_stopped_halfway_are_finished_by_kanban(gather: Gather) -> None:
    """What fitted stays, what did not is still in its file, and the next gesture works."""
    (zoe,) = gather("Zoe").members
    patches = _patches(zoe.root, ("acme", "beta"))
    assert zoe.kanban("note", "beta", "in the way").code == 0
    assert "patch does not apply" in zoe.git("am", *patches, ok=False)
    refused = zoe.kanban("note", "acme", "called")
    assert refused.code == 2
    assert "→ finish it first: `kanban resolve --finish`" in refused.err
    assert zoe.kanban("resolve", "--finish").code == 0
    assert "- patched 1" in zoe.read("acme")
    assert "- patched 2" not in zoe.read("beta")
    assert zoe.kanban("note", "acme", "called").code == 0
    assert zoe.git("status", "--porcelain") == ""


@pytest.mark.parametrize("how", ["--depth=1", "--filter=blob:none"])
def test_a_clone_with_part_of_the_past_fetches_the_rest(gather: Gather, tmp_path: Path, how: str) -> None:
    table = gather("Zoe")
    (zoe,) = table.members
    table.lands("config", "uploadpack.allowFilter", "true")
    zoe.kanban("note", "acme", "called")
    zoe.kanban("sync")
    zoe.git("clone", "-q", how, f"file://{table.shared}", str(tmp_path / "part"))
    part = type(zoe)(tmp_path / "part", "part", zoe.capfd)
    assert "the rest of the history was fetched" in part.kanban("doctor", "--repair").err
    lacking = part.git("rev-list", "--objects", "--all", "--missing=print")
    assert "?" not in lacking
    assert part.git("rev-list", "--count", "HEAD") == "2"
    assert part.kanban("metrics").code == 0
    assert (part.root / ".git" / "shallow").exists() is False


def test_a_board_without_git_begins_by_one_command(gather: Gather, tmp_path: Path) -> None:
    (zoe,) = gather("Zoe").members
    (zoe.root / ".git").rename(tmp_path / "gone")
    refused = zoe.kanban("note", "acme", "called")
    assert (refused.code, "kanban init . --git" in refused.err) == (2, True)
    assert "kanban init . --git" in zoe.kanban("doctor").out
    told = zoe.kanban("init", ".", "--git")
    assert told.code == 2
    assert '→ kanban init . --git --me "NAME <ADDRESS>"' in told.err
    assert zoe.kanban("init", ".", "--git", "--me", "Zoe <zoe@example.org>").out == "the board is in git now\n"
    assert zoe.git("status", "--porcelain") == ""
    assert zoe.kanban("note", "acme", "called").code == 0
    assert "there is a board here already" in zoe.kanban("init", ".", "--git").err


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs to change a folder's owner")
def test_a_folder_of_another_user_is_trusted_by_the_line_that_is_printed(
    gather: Gather, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "settings"))
    (zoe,) = gather("Zoe").members
    for place in (zoe.root, zoe.root / ".git"):
        os.chown(place, 4321, 4321)
    refused = zoe.kanban("note", "acme", "called")
    assert refused.code == 2
    assert f"→ if you trust it: kanban doctor --trust {zoe.root}" in refused.err
    assert zoe.kanban("doctor", "--trust", str(zoe.root)).code in (0, 1)
    assert zoe.kanban("note", "acme", "called").code == 0


def test_a_card_that_would_be_ignored_is_told_with_the_line_that_does_it(gather: Gather) -> None:
    (zoe,) = gather("Zoe").members
    (zoe.root / ".gitignore").write_text("*.tmp\n!norvane.md\nprospects/new-*\n", "utf-8")
    refused = zoe.kanban("new", "New deal", "--next", "call", "--on", "2026-10-09")
    assert refused.code == 2
    assert ".gitignore:3: prospects/new-deal.md is ignored" in refused.err
    assert "change the line `prospects/new-*` there" in refused.err
