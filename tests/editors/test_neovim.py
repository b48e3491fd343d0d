"""Neovim, headless, with the configuration that `kanban editor neovim` prints."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import GitFolder, Kanban
from tests.editors.client import ACME, AS_OF, BETA, BOARD

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not shutil.which("nvim"), reason="needs Neovim")]

DRIVE = """
local found = {}
local function wait(what) vim.wait(20000, what, 50) end
local function told(code)
  return #vim.tbl_filter(function(one) return one.code == code end, vim.diagnostic.get(0)) > 0
end
local function ask(method, params)
  for _, one in pairs(vim.lsp.buf_request_sync(0, method, params, 20000) or {}) do return one.result end
end
local here = { uri = vim.uri_from_bufnr(0) }
wait(function() return #vim.lsp.buf_get_clients(0) > 0 end)
vim.api.nvim_buf_set_lines(0, 6, 7, false, { "montant: 5", "owner: " })
wait(function() return told("KB201") end)
for _, one in ipairs(vim.diagnostic.get(0)) do table.insert(found, { one.lnum, one.code, one.source }) end
local words = ask("textDocument/completion", { textDocument = here, position = { line = 7, character = 7 } })
local lens = ask("textDocument/hover", { textDocument = here, position = { line = 1, character = 2 } })
vim.cmd("edit!")
local range = { start = { line = 0, character = 0 }, ["end"] = { line = 0, character = 1 } }
local actions
wait(function()
  actions = ask("textDocument/codeAction", { textDocument = here, range = range, context = { diagnostics = {} } })
  for _, one in ipairs(actions or {}) do if one.title == "Tick: the need is explicit" then return true end end
  return false
end)
for _, one in ipairs(actions) do
  if one.title == "Tick: the need is explicit" then ask("workspace/executeCommand", one.command) end
end
vim.fn.writefile({ vim.json.encode({ found = found, hover = lens.contents.value, words = vim.tbl_map(function(one)
  return one.label
end, words.items) }) }, vim.env.FOUND)
vim.cmd("qall!")
"""


@pytest.fixture
def board(git_folder: GitFolder) -> GitFolder:
    git_folder.write("board.yml", BOARD)
    git_folder.write("prospects/acme.md", ACME)
    git_folder.write("offer/beta.md", BETA)
    git_folder.commit("board", date="2026-11-02T10:00:00+01:00")
    return git_folder


def neovim(board: GitFolder, kanban: Kanban, folder: Path, script: str, command: str) -> Any:
    """What a script finds in Neovim on the board, with `command` as the program `kanban`."""
    programs = folder / "programs"
    programs.mkdir()
    (programs / "kanban").write_text(f"#!/bin/sh\n{command}\n", "utf-8")
    (programs / "kanban").chmod(0o755)
    (folder / "kanban.lua").write_text(kanban("-C", board.root, "editor", "neovim").out, "utf-8")
    (folder / "drive.lua").write_text(script, "utf-8")
    line = ["nvim", "--headless", "-u", "NONE", "-c", f"luafile {folder}/kanban.lua"]
    line += ["-c", "edit prospects/acme.md", "-c", f"luafile {folder}/drive.lua"]
    environment = os.environ | {"PATH": f"{programs}:{os.environ['PATH']}", "KANBAN_AS_OF": AS_OF}
    environment |= {"FOUND": str(folder / "found.json"), "XDG_CACHE_HOME": str(folder), "XDG_STATE_HOME": str(folder)}
    subprocess.run(line, cwd=board.root, env=environment, timeout=120, check=True, capture_output=True)
    return json.loads((folder / "found.json").read_text("utf-8"))


def test_neovim_is_served(board: GitFolder, kanban: Kanban, tmp_path: Path) -> None:
    found = neovim(board, kanban, tmp_path, DRIVE, f'exec {sys.executable} -P -m kanban "$@"')
    assert [6, "KB201", "kanban"] in found["found"]
    assert found["words"] == ["Karim", "Zoé"]
    assert found["hover"].startswith("**Account**")
    assert board.git("log", "--format=%s", "-1").strip() == "acme: tick"
    assert "montant" not in (board.root / "prospects/acme.md").read_text("utf-8")


def test_without_the_extra_the_linter_runs(board: GitFolder, kanban: Kanban, tmp_path: Path) -> None:
    board.write("prospects/acme.md", ACME.replace("owner:", "montant: 5\nowner:"))
    script = """
    vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 50)
    local found = vim.tbl_map(function(one) return one.code end, vim.diagnostic.get(0))
    vim.fn.writefile({ vim.json.encode(found) }, vim.env.FOUND)
    vim.cmd("qall!")
    """
    lacking = f'[ "$1" = lsp ] && exit 2\nexec {sys.executable} -P -m kanban "$@"'
    assert "KB201" in neovim(board, kanban, tmp_path, script, lacking)
