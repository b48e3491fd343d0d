"""TAB in the real shells: bash, zsh and fish, installed by one command, on the French example board."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from kanban.cli import VERBS, cli
from kanban.commands.base.completion.completing import answer
from kanban.commands.setup.completion import SCRIPTS
from tests.conftest import Kanban
from tests.shells.typing_in import ROOT, STARTED, Shell, shell_at

BOARD = ROOT / "example-board"
GIT_COMPLETION = Path("/usr/share/bash-completion/completions/git")


@pytest.fixture(scope="module", params=list(STARTED))
def shell(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """Each shell, after `kanban completion --install` into an empty home."""
    name = request.param
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    home = tmp_path_factory.mktemp(name)
    if name == "bash":  # as bash-completion does for whoever has it
        (home / ".bashrc").write_text(f"[ -r {GIT_COMPLETION} ] && . {GIT_COMPLETION}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("SHELL", f"/usr/bin/{name}")
        for word in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "ZDOTDIR"):
            patch.delenv(word, raising=False)
        for _again in range(2):
            assert CliRunner().invoke(cli, ["completion", "--install", "--alias", "k"]).exit_code == 0
    with shell_at(name, BOARD, home) as session:
        yield session


@pytest.mark.sweep
@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("kanban show Éco\t", "kanban show ecole-beaurivel"),
        ("kanban mov\tacme-s\tnego\t", "kanban move acme-sso negociation"),
        ("kanban set acme-sso own\t", "kanban set acme-sso owner="),
        ("kanban set acme-sso owner=Z\t", "kanban set acme-sso owner=Zoé"),
        ("kanban next --owner=K\t", "kanban next --owner=Karim"),
        ("k mov\tacme-s\tnego\t", "k move acme-sso negociation"),
        ("kanban render --output of\t", "kanban render --output offre"),
        ("git kanban show acm\t", "git kanban show acme-sso"),
    ],
)
def test_the_line_after_a_tab(shell: Shell, typed: str, words: str) -> None:
    if shell.name == "bash" and typed.startswith("git") and not GIT_COMPLETION.exists():
        pytest.skip("git brings no completion for bash here")
    assert [word.rstrip("/") for word in shell.after(typed)] == words.split()


@pytest.mark.slow
def test_what_was_typed_is_never_erased_and_the_candidates_are_told_in_the_boards_language(shell: Shell) -> None:
    """`sso` begins no card and is within three: they are shown, and the line stays."""
    seen, line = shell.shown("kanban show sso\t\t", "quintessor")
    assert {"acme-sso", "cinemas-lutessor", "quintessor"} <= set(seen.replace("\n", " ").split())
    assert line[:3] == ["kanban", "show", "sso"] or (shell.name, line[:2]) == ("fish", ["kanban", "show"])
    assert "Dire ce qui manque" in shell.shown("kanban re\t\t", "Dire ce qui manque")[0]


def test_installing_twice_writes_one_line(tmp_path: Path, kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for word in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "ZDOTDIR"):
        monkeypatch.delenv(word, raising=False)
    (tmp_path / ".zshrc").write_text("alias k=kanban")
    for _again in range(2):
        for name in SCRIPTS:
            assert kanban("completion", name, "--install").code == 0
    assert (tmp_path / ".zshrc").read_text() == (
        "alias k=kanban\n"
        f'[ -r "{tmp_path}/.local/share/git-kanban/kanban.zsh" ] && . "{tmp_path}/.local/share/git-kanban/kanban.zsh"'
        "  # git-kanban: completion\n"
    )
    assert (tmp_path / ".config/fish/conf.d/kanban.fish").read_text() == kanban("completion", "fish").out
    profile = (tmp_path / ".config/powershell/Microsoft.PowerShell_profile.ps1").read_text()
    assert (profile.count("kanban.ps1"), profile.count("\n")) == (2, 1)
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    refused = kanban("completion", "--lang", "fr")
    assert refused.code == 2
    assert "bash|zsh|fish|powershell" in refused.err


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    monkeypatch.chdir(BOARD)
    return lambda line: answer(cli, line)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("kanban mov", ["begins", "move\tTirer une carte dans une autre colonne."]),
        ("kanban --lang en mov", ["begins", "move\tPull a card into another column."]),
        ("git -C . kanban mov", ["begins", "move\tTirer une carte dans une autre colonne."]),
        ("k mov", ["begins", "move\tTirer une carte dans une autre colonne."]),
        ("kanban next --own", ["begins", "--owner\tSeulement les cartes de ce responsable."]),
        ("kanban set acme-sso mont", ["within", "amount=\tMontant"]),
        ("kanban set acme-sso risk=h", ["begins", "risk=high\t"]),
        ("kanban set acme-sso source=", 7),
        ("kanban lint --baseline ", ["files"]),
        ("kanban -C ", ["folders"]),
        ("kanban show zzz", []),
        ("kanban show 'unfinished", []),
    ],
)
def test_one_answer_for_every_shell(asked: Callable[[str], list[str]], line: str, said: list[str] | int) -> None:
    told = asked(line)
    assert (len(told) if isinstance(said, int) else told) == said


def test_every_verb_is_offered_and_open_cards_first(asked: Callable[[str], list[str]]) -> None:
    assert [line.partition("\t")[0] for line in asked("kanban ")[1:]] == list(VERBS)
    offered = [line.partition("\t")[0] for line in asked("kanban show ")[1:]]
    assert "acme-sso" in offered
    assert "cargoval" not in offered
    assert [line.partition("\t")[0] for line in asked("kanban show carg")[1:]] == ["cargoval"]


def test_the_script_for_powershell_is_whole(kanban: Kanban) -> None:
    """Where nothing runs PowerShell, the script's shape is held; where its grammar is at hand, that it is one."""
    text = kanban("completion", "powershell", "--alias", "k").out
    for opening, closing in ("()", "{}", "[]"):
        assert text.count(opening) == text.count(closing)
    assert "Register-ArgumentCompleter -Native -CommandName @('kanban', 'git-kanban', 'k') -ScriptBlock {" in text
    assert text.endswith("Set-Alias k kanban\n")
    for name in ("_KANBAN_COMPLETE", "_KANBAN_LINE", "PYTHONUTF8"):
        assert text.count(f"$env:{name} = ") == 2, "what is set for the question is taken away again"
    needs_quotes = text.partition("$value -match '")[2].partition("')")[0].replace(r"\p{L}\p{N}", r"\w")
    for value, quoted in {"O'Brien": 1, "a b": 1, "a;b": 1, "a,b": 1, "$x": 1, "owner=Zoé": 0, "--owner": 0}.items():
        assert bool(re.search(needs_quotes, value)) == bool(quoted), value
    grammar = pytest.importorskip("tree_sitter_powershell", reason="no grammar of PowerShell is installed")
    tree_sitter = pytest.importorskip("tree_sitter")
    parsed = tree_sitter.Parser(tree_sitter.Language(grammar.language())).parse(text.encode())
    assert not parsed.root_node.has_error


@pytest.mark.sweep
@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pwsh") is None, reason="no pwsh here; a forge's machines have it")
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("kanban mov", "move"),
        ("kanban show acm", "acme-sso"),
        ("kanban set acme-sso owner=Z", "owner=Zoé"),
        ("k mov", "move"),
    ],
)
def test_powershell_completes(tmp_path: Path, kanban: Kanban, typed: str, first: str) -> None:
    """PowerShell's own completion is asked, with the script loaded: where it is installed, as on a forge's machines."""
    script = tmp_path / "kanban.ps1"
    script.write_text(kanban("completion", "powershell", "--alias", "k").out, "utf-8")
    program = tmp_path / "kanban"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kanban "$@"\n')
    program.chmod(0o755)
    ask = f". '{script}'; [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new(); "
    ask += f"[System.Management.Automation.CommandCompletion]::CompleteInput('{typed}', {len(typed)}, $null)"
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["pwsh", "-NoProfile", "-Command", ask + ".CompletionMatches.CompletionText"],
        cwd=BOARD, env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.stdout.splitlines()[:1] == [first], done.stderr


@pytest.mark.parametrize("alias", ["a b", "-k", "k;rm", "", "é"])
def test_an_alias_is_a_plain_word(kanban: Kanban, alias: str) -> None:
    answer = kanban("completion", "bash", "--alias", alias)
    assert answer.code == (0 if not alias else 2)
    assert ";rm" not in answer.out
