"""Editor configuration, tried on what the linter really prints, in the real editors where they are installed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.hooks.conftest import tools  # noqa: F401 - a fixture
from tests.lint.conftest import Board, card

MISTAKES = card("Nörvane, Ltd: a | b", next_action_date="", owner="Zoé")


@pytest.fixture
def wrong(board: Board, tools: Path, monkeypatch: pytest.MonkeyPatch) -> Board:  # noqa: F811
    """A board with findings of every severity, and `kanban` on the path."""
    board.write("offre/nörvane ltd.md", MISTAKES)
    board.write("prospects/acme.md", card(objections="[a, b, c, d]", amount="€ 28 000"))
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    return board


def files_of(board: Board, editor: str) -> dict[str, str]:
    answer = board.kanban("editor", editor)
    assert answer.code == 0
    parts = re.split(r"(?m)^==> (.*) <==\n", answer.out)
    return dict(zip(parts[1::2], parts[2::2], strict=True)) or {"": answer.out}


def test_the_problem_matcher_takes_every_finding_apart(wrong: Board) -> None:
    tasks = json.loads(files_of(wrong, "vscode")[".vscode/tasks.json"])
    matcher = tasks["tasks"][0]["problemMatcher"]["pattern"]
    findings = json.loads(wrong.lint("--json").out)["findings"]
    lines = wrong.lint("--output-format", "concise").out.splitlines()
    matched = [found for found in (re.match(matcher["regexp"], line) for line in lines) if found]
    taken = [
        (found[matcher["file"]], int(found[matcher["line"]]), found[matcher["severity"]], found[matcher["code"]])
        for found in matched
    ]
    assert taken == [(one["path"], one["line"], one["severity"], one["code"]) for one in findings]
    assert {severity for _path, _line, severity, _code in taken} == {"error", "warning", "info"}
    assert all((wrong.root / path).exists() for path, *_rest in taken)


def test_a_task_runs_what_exists(wrong: Board) -> None:
    tasks = json.loads(files_of(wrong, "vscode")[".vscode/tasks.json"])["tasks"]
    for task in tasks:
        answer = wrong.kanban(*task["args"], "--as-of", "2026-10-05")
        assert answer.code in (0, 1), answer.err


def test_snippets_offer_what_the_board_knows(wrong: Board) -> None:
    text = (wrong.root / "board.yml").read_text("utf-8")
    wrong.write("board.yml", text + "owners: [Zoé, 'a, b']\nsources: [inbound]\n")
    snippets = json.loads(files_of(wrong, "vscode")[".vscode/kanban.code-snippets"])
    body = "\n".join(snippets["A card"]["body"])
    assert "owner: ${6|Zoé,a\\, b|}" in body
    assert "source: ${7|inbound|}" in body
    typed = re.sub(r"\$\{\d+\|([^,|]*).*?\|\}", r"\1", body)
    typed = re.sub(r"\$\{\d+:?([^{}]*?)\}|\$0", r"\1", typed)
    typed = typed.replace("$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "2026-10-08").replace("amount: ", "amount: 5")
    wrong.write("prospects/acme.md", typed + "\n")
    assert [one for one in wrong.codes("prospects/acme.md") if one not in ("KB522",)] == []


def test_files_are_written_once(wrong: Board) -> None:
    assert wrong.kanban("editor", "vscode", "--write").out.count("wrote") == 4
    json.loads((wrong.root / ".vscode/board.schema.json").read_text("utf-8"))
    again = wrong.kanban("editor", "vscode", "--write")
    assert again.out == ""
    assert again.err.count("stays as it is") == 4


def test_helix_reads_its_configuration(wrong: Board) -> None:
    files = files_of(wrong, "helix")
    keys = tomllib.loads(files["~/.config/helix/config.toml"])["keys"]["normal"]["space"]["k"]
    assert keys["l"].startswith(":sh kanban ")
    servers = tomllib.loads(files["~/.config/helix/languages.toml"])["language-server"]
    assert servers["yaml-language-server"]["config"]["yaml"]["schemas"] == {"board.schema.json": "board.yml"}


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("nvim"), reason="needs Neovim")
def test_neovim_shows_the_findings(wrong: Board, tmp_path: Path) -> None:
    wrong.git("add", "-A")
    (tmp_path / "kanban.lua").write_text(files_of(wrong, "neovim")[""], "utf-8")
    script = tmp_path / "try.lua"
    script.write_text(
        "vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end)\n"
        "local found = {}\n"
        "for _, one in ipairs(vim.diagnostic.get(0)) do table.insert(found, { one.lnum, one.col, one.message }) end\n"
        "vim.cmd('KanbanLint')\n"
        "local listed = #vim.tbl_filter(function(one) return one.valid == 1 end, vim.fn.getqflist())\n"
        f"vim.fn.writefile({{ vim.json.encode({{ found, listed }}) }}, '{tmp_path}/found.json')\n"
        "vim.cmd('qall!')\n",
        "utf-8",
    )
    command = ["nvim", "--headless", "-u", "NONE", "-c", f"luafile {tmp_path}/kanban.lua"]
    command += ["-c", "edit offre/nörvane\\ ltd.md", "-c", f"luafile {script}"]
    subprocess.run(command, cwd=wrong.root, timeout=60, check=True, capture_output=True)
    found, listed = json.loads((tmp_path / "found.json").read_text("utf-8"))
    missing = next(one for one in found if "has no date" in one[2])
    assert missing[:2] == [2, len("next_action: ")]
    assert listed >= 4


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("emacs"), reason="needs Emacs")
def test_emacs_shows_the_findings(wrong: Board, tmp_path: Path) -> None:
    (tmp_path / "kanban.el").write_text(files_of(wrong, "emacs")[""], "utf-8")
    script = (
        '(progn (find-file "offre/nörvane ltd.md") (kanban-maybe-enable) (let (found)'
        " (kanban-flymake (lambda (list) (setq found (or list t))))"
        " (while (not found) (accept-process-output nil 0.2))"
        ' (dolist (one found) (princ (format "%s %s %s\\n" (line-number-at-pos (flymake-diagnostic-beg one))'
        " (flymake-diagnostic-type one) (flymake-diagnostic-text one))))))"
    )
    command = ["emacs", "-Q", "--batch", "-l", str(tmp_path / "kanban.el"), "--eval", script]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
    done = subprocess.run(command, cwd=wrong.root, timeout=60, check=True, capture_output=True, env=environment)
    assert re.search(r"^3 :error KB501: ", done.stdout.decode(), re.MULTILINE), done.stderr.decode()


def test_settings_of_ones_own_are_written_at_home_and_only_once(
    wrong: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert wrong.kanban("editor", "neovim", "--write").out == "wrote ~/.config/nvim/after/plugin/kanban.lua\n"
    written = (tmp_path / ".config/nvim/after/plugin/kanban.lua").read_text("utf-8")
    assert written == files_of(wrong, "neovim")[""]
    assert "stays as it is" in wrong.kanban("editor", "neovim", "--write").err
    assert "your own settings" in wrong.kanban("editor", "helix", "--write").err


def test_every_other_editor_is_told_to_start_the_server(wrong: Board) -> None:
    template = json.loads(files_of(wrong, "jetbrains")[""])
    assert template["programArgs"]["default"] == "kanban lsp"
    helix = tomllib.loads(files_of(wrong, "helix")["~/.config/helix/languages.toml"])
    assert helix["language-server"]["kanban"] == {"command": "kanban", "args": ["lsp"]}
    zed = files_of(wrong, "zed")
    assert tomllib.loads(zed["kanban-zed/extension.toml"])["language_servers"]["kanban"]["languages"] == [
        "Markdown",
        "YAML",
    ]
    tomllib.loads(zed["kanban-zed/Cargo.toml"])
