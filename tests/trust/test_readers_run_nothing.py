"""A clone whose configuration names programs everywhere is only looked at: none of them runs."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from kanban.cli import cli
from kanban.commands.base.calling.entry import run
from kanban.commands.base.calling.invocation import Settings
from kanban.commands.together.hook import script as server_script
from kanban.hands.desk import Desk
from kanban.repository.hooks.scripts import script
from tests.conftest import PINNED, GitFolder, Kanban

CARD = "---\naccount: {name}\nnext_action: call\nnext_action_date: 2026-12-10\nowner: {owner}\n---\n\n# {name}\n"
READERS = [
    *("lint --merge-with other", "lint --range main~1..main", "lint --staged", "lint", "lint --statistics"),
    *("diff other...main", "diff main~1 main", "diff", "list", "board", "show acme", "log", "next", "ready acme"),
    *(
        "metrics --json",
        "forecast --json",
        "diagnose",
        "doctor",
        "daily",
        "weekly",
        "review",
        "remind",
        "export --format jsonl -",
    ),
    *(
        "render --output site",
        "render --output site --revision HEAD",
        "mail --due",
        "script",
        "rules KB304",
        "undo --list",
    ),
    *("privacy scan", "privacy scan Zoé", "privacy due", "experiment list", "schema board", "hook show", "resolve"),
    *(
        "find acme",
        "workshop",
        "experiment show x",
        "agents check",
        "portfolio list",
        "portfolio metrics",
        "portfolio forecast",
        "portfolio lint",
        "portfolio board",
        "portfolio render --output walls",
        "portfolio sql select%201",
        "account list",
        "account show Beta",
        "person list",
        "person show Ana",
        "sql select%20count(*)%20from%20cards",
    ),
]
DRY_RUNS = [
    *(
        "undo",
        "new Beta",
        "move acme qualifies --force --reason x",
        "set acme owner=Paul",
        "note acme said",
        "touch acme call",
    ),
    *(
        "block acme --cause x --next y --owner Z",
        "park acme --until 2027-01-01",
        "lose acme --reason price",
        "win acme",
    ),
    *(
        "archive",
        "rename acme acme-2",
        "lint --fix",
        "privacy erase Zoé",
        "tick acme x",
        "pull qualifies",
        "hook install",
    ),
    *(
        "sync",
        "sync --merge",
        "init . --ci github --agents --hooks --merge-driver",
        "mail acme",
        "script acme",
        "edit acme",
    ),
    *("unblock acme", "reopen acme --reason x", "batch", "resolve acme --take mine", "experiment new x --change y"),
    *("account new Delta", "account rename Beta Gamma", "account merge Beta Delta"),
    *("person new Ana", "person rename Ana Anna", "person merge Ana Zoé"),
    *(
        "experiment decide x keep",
        "import ../cards.csv",
        "log-mail ../reply.eml",
        "attach acme ../reply.eml",
        "completion bash --install",
    ),
]
NO_READERS = {
    "editor": "writes the settings of an editor",
    "merge-driver": "git calls it, with three files",
    "demo": "writes a new board",
    "tour": "writes a new board",
    "lsp": "a server: what it reads is tried below",
    "serve": "a server: what it reads is tried below",
    "watch": "stays until it is ended: what it reads is what `list` and `lint` read",
    "ui": "a screen: what it reads is tried below",
    "mcp": "a server: what it reads is tried below",
}
"""Verbs of which no run is a look, and why."""


PROGRAMS = (
    *("merge.evil.driver", "merge.kanban.driver", "merge.a=b.driver", "core.fsmonitor", "core.pager", "pager.log"),
    *("filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "diff.evil.textconv", "diff.evil.command"),
    *("diff.external", "gpg.program", "gpg.ssh.program", "gpg.x509.program", "gpg.ssh.defaultKeyCommand"),
    *("core.sshCommand", "core.askPass", "core.editor", "sequence.editor", "credential.helper", "core.gitProxy"),
    *("core.alternateRefsCommand", "trailer.card.command", "interactive.diffFilter", "remote.origin.uploadpack"),
)
SWITCHES = {
    "merge.renormalize": "true",
    "commit.gpgSign": "true",
    "tag.gpgSign": "true",
    "log.showSignature": "true",
    "protocol.ext.allow": "always",
    "remote.origin.url": "ext::sh -c touch% ran",
    "remote.origin.promisor": "true",
    "diff.evil.cachetextconv": "true",
    "core.untrackedCache": "true",
}
ON_THE_PATH = ("less", "more", "ssh", "gpg", "vi", "vim", "nano", "editor", "ssh-keygen", "git-remote-ext", "scp")
HOOKS = (
    *("post-index-change", "pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "post-checkout"),
    *("reference-transaction", "pre-push", "pre-auto-gc", "post-rewrite", "pre-merge-commit", "fsmonitor-watchman"),
)


@dataclass(frozen=True)
class Trap:
    """A clone in which everything that can is a program, and the file in which each says that it ran."""

    clone: Path
    program: Path
    ran: Path


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Trap:
    """Two branches that changed the same card, and a configuration full of programs. Tests work in copies."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in PINNED.items():
            patch.setenv(name, value)
        return _planted(tmp_path_factory.mktemp("trap"))


def _planted(place: Path) -> Trap:
    folder = GitFolder(place / "clone")
    assert run(cli, ["init", str(folder.root), "--preset", "b2b", "--lang", "en"]) == 0
    folder.write(".gitattributes", "*.md merge=evil filter=evil diff=evil\n")
    folder.write("prospects/acme.md", CARD.format(name="ACME", owner="Zoé"))
    folder.commit("start")
    folder.git("branch", "other")
    folder.write("prospects/acme.md", CARD.format(name="ACME", owner="Karim"))
    folder.commit("ours")
    folder.git("checkout", "-q", "other")
    folder.write("prospects/acme.md", CARD.format(name="ACME SAS", owner="Zoé"))
    folder.commit("theirs")
    folder.git("checkout", "-q", "main")
    assert run(cli, ["-C", str(folder.root), "set", "acme", "probability=40"]) == 0, "something to undo"
    made = Trap(folder.root, place / "evil", place / "ran")
    made.program.write_text(f'#!/bin/sh\necho "$0 $*" >> {made.ran}\ncat\n')
    made.program.chmod(0o755)
    (place / "more").write_text(f"[alias]\n\tlog = !{made.program}\n\tstatus = !{made.program}\n")
    (place / "hooks").mkdir()
    for hook in HOOKS:
        (place / "hooks" / hook).symlink_to(made.program)
    (place / "path").mkdir()
    for name in ON_THE_PATH:
        (place / "path" / name).symlink_to(made.program)
    settings = dict.fromkeys(PROGRAMS, str(made.program)) | SWITCHES
    settings |= {"core.hooksPath": str(place / "hooks"), "include.path": str(place / "more")}
    settings["includeIf.gitdir:/.path"] = str(place / "more")
    with (folder.root / ".git/config").open("a", encoding="utf-8") as config:
        for key, value in settings.items():
            section, _dot, rest = key.partition(".")
            part, _dot, name = rest.rpartition(".")
            config.write(f"[{section}{f' {chr(34)}{part}{chr(34)}' if part else ''}]\n\t{name} = {value}\n")
    made.ran.unlink(missing_ok=True)
    return made


@pytest.fixture
def hostile(trap: Trap, tmp_path: Path) -> GitFolder:
    """A copy of the trap: no file in it is as the index knows it, so that git would ask its filters."""
    shutil.copytree(trap.clone, tmp_path / "repo", symlinks=True)
    trap.ran.unlink(missing_ok=True)
    os.utime(tmp_path / "repo/prospects/acme.md")
    return GitFolder(tmp_path / "repo", init=False)


@pytest.fixture
def traps_on_the_path(trap: Trap, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the path would offer in place of a pager, an editor, a shell of ssh or a signing program."""
    monkeypatch.setenv("PATH", f"{trap.ran.parent / 'path'}{os.pathsep}{os.environ['PATH']}")
    for name in ("EDITOR", "VISUAL", "GIT_EDITOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.sweep
@pytest.mark.parametrize("typed", [*READERS, *(f"{one} --dry-run" for one in DRY_RUNS)])
def test_no_program_of_the_configuration_runs(
    hostile: GitFolder, kanban: Kanban, tmp_path: Path, trap: Trap, traps_on_the_path: None, typed: str
) -> None:
    (hostile.root / "portfolio.yml").write_text("boards: [{name: here, path: .}]\n")
    (tmp_path / "reply.eml").write_text("From: Ana <ana@example.org>\nSubject: Re: acme\n\nWe agree.\n")
    (tmp_path / "cards.csv").write_text("account;next_action\nGamma;call\n")
    answer = kanban("-C", hostile.root, *(word.replace("%20", " ") for word in typed.split()))
    assert answer.code in (0, 1, 2), answer.err
    assert "Traceback" not in answer.err
    assert not trap.ran.exists(), trap.ran.read_text()
    assert not (hostile.root / "ran").exists()
    if typed in READERS[:20]:
        assert answer.code in (0, 1), answer.err


def the_browser(root: Path) -> None:
    """Every page of the site as it is served, and every question that the page asks."""
    pytest.importorskip("starlette")
    from kanban.hands.watching import Watch
    from kanban.web.answers import Answers
    from kanban.web.pages import BOARD, Pages

    desk = Desk(_settings(root))
    pages = Pages(desk, Watch(desk))
    answers = Answers(desk, pages)
    for address in (BOARD, "cards/acme.html", "calendar.ics", "feed.xml", "board.json", "nowhere.html"):
        pages.read(address)
    words = {"card": "acme", "line": "Beta call tomorrow", "name": "daily", "showing": "", "know": ""}
    for question in answers.reading.values():
        assert question(words).status == 200


def the_terminal_board(root: Path) -> None:
    """What the board in the terminal asks of its desk; a gesture is only rehearsed."""
    desk = Desk(_settings(root))
    assert desk.wall().columns
    assert desk.wall("owner = Karim")
    assert desk.find("acme")
    assert desk.places("acme")
    assert desk.pane("acme")
    assert desk.meeting("weekly")
    desk.rehearse("move", {"cards": ("acme",), "column": "qualifies"})
    assert desk.unshared() >= 0


def the_language_server(root: Path) -> None:
    """An open card, edited, and everything that is worked out for it."""
    pytest.importorskip("pygls")
    from kanban.editors.desk import Desk as EditorsDesk
    from kanban.editors.diagnostics import quick_look, whole_look
    from kanban.editors.draft import Draft

    desk = EditorsDesk(root, None, None)
    desk.look()
    path = root / "prospects/acme.md"
    draft = Draft(desk, path.as_uri(), "prospects/acme.md", path.read_text("utf-8") + "- said\n")
    assert quick_look(draft, None)
    assert whole_look(draft)
    assert desk.clocks_of("acme") is not None
    path.write_text(path.read_text("utf-8") + "- said\n", "utf-8")
    assert desk.look()


def the_agents(root: Path) -> None:
    """What the server of agents does before it answers; its tools are the verbs that are tried above."""
    pytest.importorskip("mcp")
    from kanban.agents import server

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "serve", lambda hand: hand.session.told)
        assert run(cli, ["-C", str(root), "mcp"]) == 0


def _settings(root: Path) -> Settings:
    made = Settings()
    made.directory = str(root)
    return made


@pytest.mark.parametrize("listening", [the_browser, the_terminal_board, the_language_server, the_agents])
def test_no_hand_that_listens_runs_one(
    hostile: GitFolder, trap: Trap, traps_on_the_path: None, listening: Callable[[Path], None]
) -> None:
    listening(hostile.root)
    assert not trap.ran.exists(), trap.ran.read_text()
    assert not (hostile.root / "ran").exists()


def verbs(command: click.Command, *path: str) -> Iterator[tuple[str, bool]]:
    """Every verb that can be typed, and whether it can be tried dry."""
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            found = command.get_command(click.Context(command), name)
            assert found is not None
            yield from verbs(found, *path, name)
    else:
        yield " ".join(path), "--dry-run" in {option for one in command.params for option in one.opts}


def test_every_verb_is_looked_at() -> None:
    """A verb that comes later is tried too, or says here why not."""
    for name, dry in verbs(cli):
        tried = DRY_RUNS if dry else READERS
        assert name in NO_READERS or any(f"{one} ".startswith(f"{name} ") for one in tried), name


def test_the_traps_are_sprung_by_git_itself(hostile: GitFolder, trap: Trap) -> None:
    """Else the tests above would prove nothing."""
    hostile.git("status", check=False)
    hostile.git("diff", "main~1", check=False)
    assert trap.ran.exists()


def test_a_dry_sync_hears_what_others_did_and_runs_nothing(
    hostile: GitFolder, kanban: Kanban, tmp_path: Path, trap: Trap
) -> None:
    hostile.git("config", "remote.origin.url", str(tmp_path / "shared.git"))
    for key in ("remote.origin.promisor", "core.hooksPath"):
        hostile.git("config", "--unset", key)
    hooks = hostile.root / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for hook in HOOKS:
        (hooks / hook).unlink(missing_ok=True)
        (hooks / hook).symlink_to(trap.program)
    elsewhere = GitFolder(tmp_path / "elsewhere")
    elsewhere.git("clone", "-q", "--bare", "--template=", str(hostile.root), str(tmp_path / "shared.git"))
    elsewhere.git("--git-dir", str(tmp_path / "shared.git"), "update-ref", "refs/heads/main", "refs/heads/other~1")
    trap.ran.unlink(missing_ok=True)
    answer = kanban("-C", hostile.root, "sync", "--dry-run")
    assert answer.code == 0, answer.err
    assert "would do:" in answer.out
    assert not trap.ran.exists(), trap.ran.read_text()


def test_a_merge_looked_at_is_the_merge_of_lines_where_a_foreign_driver_is_named(
    hostile: GitFolder, kanban: Kanban
) -> None:
    """The account and the owner stand apart by two lines: git's own merge of lines finds a conflict in neither."""
    answer = kanban("-C", hostile.root, "diff", "other...main", "--json")
    assert answer.code in (0, 1)
    assert "<<<<<<<" not in answer.out


def test_a_folder_named_as_the_program_is_not_run(git_folder: GitFolder, kanban: Kanban, tmp_path: Path) -> None:
    """git calls a merge driver at the top of the repository: a folder `kanban/` there must not be taken for it."""
    assert kanban("init", git_folder.root, "--preset", "b2b", "--lang", "en").code == 0
    git_folder.write("kanban/__init__.py", "")
    git_folder.write("kanban/__main__.py", f"open({str(tmp_path / 'ran')!r}, 'w').write('x')\n")
    git_folder.write(".gitattributes", "*.md merge=kanban\n")
    git_folder.write("prospects/acme.md", CARD.format(name="ACME", owner="Zoé"))
    git_folder.commit("start")
    git_folder.git("config", "merge.kanban.driver", "kanban merge-driver %O %A %B %P %L")
    git_folder.git("checkout", "-q", "-b", "other")
    git_folder.write("prospects/acme.md", CARD.format(name="ACME", owner="Karim"))
    git_folder.commit("theirs")
    git_folder.git("checkout", "-q", "main")
    git_folder.write("prospects/acme.md", CARD.format(name="ACME SAS", owner="Zoé"))
    git_folder.commit("ours")
    assert kanban("-C", git_folder.root, "lint", "--merge-with", "other").code in (0, 1)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("of_a_server", [False, True], ids=["of a clone", "of a server"])
def test_a_hook_does_not_take_files_of_the_board_for_the_program(
    git_folder: GitFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, of_a_server: bool
) -> None:
    """git calls hooks at the top of the repository, where a change may have brought a `kanban/` or a `click.py`."""
    monkeypatch.setattr("shutil.which", lambda _name: None)
    for path in ("kanban/__init__.py", "kanban/__main__.py", "click.py", "yaml.py", "git.py"):
        git_folder.write(path, f"open({str(tmp_path / 'ran')!r}, 'w').write('x')\n")
    hook = git_folder.write(".git/hooks/x", server_script("--version") if of_a_server else script("--version"))
    environment = {**os.environ, "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        ["sh", hook], cwd=git_folder.root, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "kanban" in done.stdout) == (0, True), done.stderr
    assert not (tmp_path / "ran").exists()
