"""The command line as a whole: what it loads, what it promises, and that every verb keeps the promises of all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from kanban.cli import VERBS, cli
from kanban.commands.entry import Verb, VerbGroup
from tests.conftest import GitFolder, Kanban

ROOT = Path(__file__).parent.parent.parent
NO_DOCUMENT = {"completion", "schema", "rules", "editor", "script", "demo", "hook", "merge-driver"}
"""Verbs without a document of their own: they print text for other programs."""
WRITES = {
    "init", "new", "note", "set", "touch", "tick", "pull", "move", "block", "unblock", "win", "lose", "park", "reopen",
    "rename", "archive", "undo",
}  # fmt: skip


def commands() -> dict[str, click.Command]:
    context = click.Context(cli)
    found = {name: cli.get_command(context, name) for name in VERBS}
    return {name: command for name, command in found.items() if command is not None}


def options(command: click.Command) -> set[str]:
    return {name for param in command.params for name in param.opts}


def test_help_loads_click_and_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['kanban', '--help']\n"
        "from kanban.cli import cli\nfrom kanban.commands.entry import run\ncode = run(cli)\n"
        "heavy = {'git', 'yaml', 'rich', 'jinja2', 'babel', 'frontmatter', 'markdown_it', 'icalendar', 'vl_convert'}\n"
        "print(code, sorted(heavy & {name.split('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 []"


@pytest.mark.parametrize("name", list(VERBS))
def test_every_verb_has_help_with_examples_first(name: str, kanban: Kanban) -> None:
    answer = kanban(name, "--help")
    assert answer.code == 0
    command = commands()[name]
    if isinstance(command, Verb):
        assert command.examples, "a person looks for something to copy"
        assert answer.out.index("Examples") < answer.out.index("Options")
    else:
        assert isinstance(command, VerbGroup)
    assert {"-C", "--lang", "--color"} <= options(command)


@pytest.mark.parametrize("name", sorted(set(VERBS) - NO_DOCUMENT))
def test_every_verb_answers_as_data(name: str) -> None:
    command = commands()[name]
    inner = command.commands.values() if isinstance(command, click.Group) else [command]
    for one in inner:
        offered = options(one)
        assert offered & {"--json", "--output-format", "--format", "--output"}, one.name


@pytest.mark.parametrize("name", sorted(WRITES))
def test_every_writing_verb_can_be_tried_without_effect(name: str) -> None:
    assert "--dry-run" in options(commands()[name])


@pytest.mark.parametrize(
    ("environment", "color"),
    [
        ({}, False),
        ({"NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_is_for_terminals_and_those_who_ask(
    environment: dict[str, str], color: bool, git_folder: GitFolder, kanban: Kanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    kanban("-C", git_folder.root, "init", "--lang", "en")
    git_folder.write("prospects/x.md", "---\naccount: X\nblocked_cause: legal\n---\n")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for verb in ("list", "board"):
        assert ("\x1b[" in kanban("-C", git_folder.root, verb).out) is color, verb


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140, 200])
def test_the_wall_fits_the_terminal(
    width: int, git_folder: GitFolder, kanban: Kanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rich.cells import cell_len

    monkeypatch.setenv("COLUMNS", str(width))
    kanban("-C", git_folder.root, "init", "--lang", "fr")
    for number in range(12):
        git_folder.write(
            f"prospects/card-{number}.md",
            f"---\naccount: Société très longue numéro {number} 漢字漢字漢字漢字\nnext_action: {'appeler ' * 9}\n"
            "next_action_date: 2026-10-01\namount: 123456 €\nprobability: 40 %\nowner: Zoé-Bérangère\n---\n",
        )
    out = kanban("-C", git_folder.root, "board", "--as-of", "2026-10-05").out
    too_wide = [line for line in out.splitlines() if cell_len(line) > width]
    assert too_wide == []
    assert "12" in out


def test_text_of_a_card_cannot_steer_the_terminal(git_folder: GitFolder, kanban: Kanban) -> None:
    kanban("-C", git_folder.root, "init", "--lang", "en")
    git_folder.write(
        "prospects/x.md",
        '---\naccount: "a\\e]52;c;aGk=\\a b\\u202e c"\nnext_action: "\\e[2J"\nnext_action_date: 2026-10-06\n---\n\x1b[31m\n',
    )
    for arguments in (("list",), ("board",), ("show", "x"), ("next",)):
        answer = kanban("-C", git_folder.root, *arguments, "--as-of", "2026-10-06")
        assert answer.code == 0
        assert not {"\x1b", "\a", "\u202e"} & set(answer.out), arguments


@pytest.mark.parametrize("verb", ["list", "board", "next", "log", "metrics", "lint"])
def test_a_broken_board_file_is_a_message_with_its_line(verb: str, git_folder: GitFolder, kanban: Kanban) -> None:
    git_folder.write("board.yml", "title: x\ncolumns: [\n")
    answer = kanban("-C", git_folder.root, verb)
    assert answer.code == 2
    assert "board.yml:3" in answer.err or "board.yml:2" in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("verb", ["list", "board", "next", "log", "metrics", "lint", "move x y"])
def test_no_board_is_a_message(verb: str, tmp_path: Path, kanban: Kanban) -> None:
    answer = kanban("-C", tmp_path, *verb.split())
    assert answer.code == 2
    assert "board.yml" in answer.err
