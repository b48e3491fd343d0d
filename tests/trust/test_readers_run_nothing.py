"""A clone whose configuration names programs everywhere is only looked at: none of them runs."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kanban.cli import cli
from kanban.commands.together.hook import script as server_script
from kanban.repository.hooks.scripts import script
from tests.conftest import GitFolder, Kanban

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
    *("experiment decide x keep", "import ../cards.csv", "log-mail ../reply.eml", "completion bash --install"),
]
NO_READERS = {
    "editor": "writes the settings of an editor",
    "merge-driver": "git calls it, with three files",
    "demo": "writes a new board",
    "tour": "writes a new board",
    "lsp": "a server: its gestures are those of the other verbs",
    "serve": "a server: its gestures are those of the other verbs",
    "ui": "a screen: its gestures are those of the other verbs",
    "mcp": "a server: its tools are the other verbs",
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
HOOKS = (
    *("post-index-change", "pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "post-checkout"),
    *("reference-transaction", "pre-push", "pre-auto-gc", "post-rewrite", "pre-merge-commit", "fsmonitor-watchman"),
)


@pytest.fixture
def hostile(git_folder: GitFolder, kanban: Kanban, tmp_path: Path) -> GitFolder:
    """Two branches that changed the same card, and a configuration in which everything that can is a program."""
    assert kanban("init", git_folder.root, "--preset", "b2b", "--lang", "en").code == 0
    git_folder.write(".gitattributes", "*.md merge=evil filter=evil diff=evil\n")
    git_folder.write("prospects/acme.md", CARD.format(name="ACME", owner="Zoé"))
    git_folder.commit("start")
    git_folder.git("branch", "other")
    git_folder.write("prospects/acme.md", CARD.format(name="ACME", owner="Karim"))
    git_folder.commit("ours")
    git_folder.git("checkout", "-q", "other")
    git_folder.write("prospects/acme.md", CARD.format(name="ACME SAS", owner="Zoé"))
    git_folder.commit("theirs")
    git_folder.git("checkout", "-q", "main")
    assert kanban("-C", git_folder.root, "set", "acme", "probability=40").code == 0, "something to undo"
    program = tmp_path / "evil"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> {tmp_path}/ran\ncat\n')
    program.chmod(0o755)
    for key in PROGRAMS:
        git_folder.git("config", key, str(program))
    for key, value in SWITCHES.items():
        git_folder.git("config", key, value)
    (tmp_path / "more").write_text(
        f"[core]\n\tfsmonitor = {program}\n[alias]\n\tlog = !{program}\n\tstatus = !{program}\n"
    )
    git_folder.git("config", "include.path", str(tmp_path / "more"))
    git_folder.git("config", "includeIf.gitdir:/.path", str(tmp_path / "more"))
    git_folder.git("config", "core.hooksPath", str(tmp_path / "hooks"))
    (tmp_path / "hooks").mkdir()
    for hook in HOOKS:
        (tmp_path / "hooks" / hook).symlink_to(program)
    (tmp_path / "ran").unlink(missing_ok=True)
    os.utime(git_folder.root / "prospects/acme.md")
    return git_folder


@pytest.mark.sweep
@pytest.mark.parametrize("typed", [*READERS, *(f"{one} --dry-run" for one in DRY_RUNS)])
def test_no_program_of_the_configuration_runs(
    hostile: GitFolder, kanban: Kanban, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    """Nor one that the path would offer in place of a pager, an editor, a shell of ssh or a signing program."""
    traps = tmp_path / "traps"
    traps.mkdir()
    for name in ("less", "more", "ssh", "gpg", "vi", "vim", "nano", "editor", "ssh-keygen", "git-remote-ext", "scp"):
        (traps / name).symlink_to(tmp_path / "evil")
    monkeypatch.setenv("PATH", f"{traps}{os.pathsep}{os.environ['PATH']}")
    for name in ("EDITOR", "VISUAL", "GIT_EDITOR"):
        monkeypatch.delenv(name, raising=False)
    (hostile.root / "portfolio.yml").write_text("boards: [{name: here, path: .}]\n")
    (tmp_path / "reply.eml").write_text("From: Ana <ana@example.org>\nSubject: Re: acme\n\nWe agree.\n")
    (tmp_path / "cards.csv").write_text("account;next_action\nGamma;call\n")
    answer = kanban("-C", hostile.root, *(word.replace("%20", " ") for word in typed.split()))
    assert answer.code in (0, 1, 2), answer.err
    assert "Traceback" not in answer.err
    ran = tmp_path / "ran"
    assert not ran.exists(), ran.read_text()
    assert not (hostile.root / "ran").exists()
    if typed in READERS[:20]:
        assert answer.code in (0, 1), answer.err


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


def test_the_traps_are_sprung_by_git_itself(hostile: GitFolder, tmp_path: Path) -> None:
    """Else the test above would prove nothing."""
    hostile.git("status", check=False)
    hostile.git("diff", "main~1", check=False)
    assert (tmp_path / "ran").exists()


def test_a_dry_sync_hears_what_others_did_and_runs_nothing(
    hostile: GitFolder, kanban: Kanban, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile.git("config", "remote.origin.url", str(tmp_path / "shared.git"))
    for key in ("remote.origin.promisor", "core.hooksPath"):
        hostile.git("config", "--unset", key)
    hooks = hostile.root / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for hook in HOOKS:
        (hooks / hook).unlink(missing_ok=True)
        (hooks / hook).symlink_to(tmp_path / "evil")
    elsewhere = GitFolder(tmp_path / "elsewhere")
    elsewhere.git("clone", "-q", "--bare", "--template=", str(hostile.root), str(tmp_path / "shared.git"))
    elsewhere.git("--git-dir", str(tmp_path / "shared.git"), "update-ref", "refs/heads/main", "refs/heads/other~1")
    (tmp_path / "ran").unlink(missing_ok=True)
    answer = kanban("-C", hostile.root, "sync", "--dry-run")
    assert answer.code == 0, answer.err
    assert "would do:" in answer.out
    assert not (tmp_path / "ran").exists(), (tmp_path / "ran").read_text()


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
