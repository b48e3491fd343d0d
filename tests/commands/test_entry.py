"""The command line as a whole: what it loads, what it promises, and that every verb keeps the promises of all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kanban.cli import VERBS, cli
from kanban.commands.base.calling.entry import Verb, VerbGroup
from tests.conftest import GitFolder, Kanban

ROOT = Path(__file__).parent.parent.parent
NO_DOCUMENT = {
    "completion", "tour", "schema", "rules", "editor", "script", "demo", "hook", "merge-driver", "mcp", "lsp", "serve", "ui",
}  # fmt: skip
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


ENDING = """
import atexit
class Left:
    def __del__(self): print("taken apart")
left = Left()
atexit.register(print, "what was registered")
from kanban.cli import main
main()
"""


def test_a_process_ends_at_once_and_leaves_nothing_half_done(git_folder: GitFolder) -> None:
    git_folder.write("board.yml", "columns: [{key: a}, {key: won, kind: won}]\n")
    git_folder.write("a/acme.md", "---\naccount: ACME\n---\n")
    git_folder.commit()
    asked = [sys.executable, "-c", ENDING, "-C", str(git_folder.root), "lint", "--select", "KB501"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout.startswith("a/acme.md:1:1: error KB501")
    assert done.stdout.endswith("what was registered\n")
    assert [file.name for file in (git_folder.root / ".git/kanban").glob("index*")] == ["index.sqlite"]


def test_help_loads_click_and_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['kanban', '--help']\n"
        "from kanban.cli import cli\nfrom kanban.commands.base.calling.entry import run\ncode = run(cli)\n"
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
    git_folder.commit(date="2026-10-01T10:00:00+02:00")
    out = kanban("-C", git_folder.root, "board", "--as-of", "2026-10-05").out
    too_wide = [line for line in out.splitlines() if cell_len(line) > width]
    assert too_wide == []
    assert "12" in out


STEERING = "\x1b]52;c;aGk=\x07\x9b31m\u202e"
STEERED = """\
list --all|board|show {id}|show x|next|daily|daily --markdown|weekly|review --markdown|workshop|ready {id}|ready x|log
lint|lint --output-format markdown|remind|mail --due|metrics|forecast|diagnose|doctor|move {id} perdu|move {id}x perdu
note {id} call|win {id}|archive --dry-run|pull qualifies|diff HEAD~1"""


@pytest.fixture
def steering(git_folder: GitFolder, kanban: Kanban) -> GitFolder:
    """A board in which every text that others wrote tries to steer the terminal: fields, names, file names, authors."""
    kanban("-C", git_folder.root, "init", "--lang", "en")
    quoted = '"a\\e]52;c;aGk=\\a\\x9b31m\\u202e"'
    plain = (git_folder.root / "board.yml").read_text("utf-8").replace("name: Prospects", f"name: {quoted}")
    git_folder.write("board.yml", f"{plain}\nmanager: {quoted}\n")
    fields = "".join(f"{key}: {quoted}\n" for key in ("account", "contact", "next_action", "owner", "blocked_cause"))
    text = f"---\n{fields}next_action_date: 2026-10-05\n---\n{STEERING}\n"
    for path in ("prospects/x", f"prospects/{STEERING}", f"offre/b{STEERING}", f"perdu/c{STEERING}"):
        git_folder.write(f"{path}.md", text)
    git_folder.commit(f"subject {STEERING}", date="2026-09-01T10:00:00+00:00", GIT_AUTHOR_NAME=f"Zoé {STEERING}")
    git_folder.write("prospects/x.md", text + "more\n")
    git_folder.commit(date="2026-09-02T10:00:00+00:00")
    return git_folder


def test_text_of_others_cannot_steer_the_terminal(steering: GitFolder, kanban: Kanban) -> None:
    for line in STEERED.replace("\n", "|").split("|"):
        arguments = [word.format(id=STEERING) for word in line.split()]
        dated = [] if line.startswith(("diff", "archive")) else ["--as-of", "2026-10-06"]
        answer = kanban("-C", steering.root, *arguments, *dated)
        assert "Usage:" not in answer.err, line
        assert not set(STEERING[0] + "\x07\x9b\u202e") & set(answer.out + answer.err), line


@pytest.mark.parametrize(
    "command",
    ["render --output {long}", "export {long}.csv", "export {long}.sqlite", "export {long}.jsonl", "-C {long} list",
     "lint --output-file {long}", "diff HEAD --output-file {long}", "remind --ics {long}", "lint --baseline {long}",
     "init {long}", "demo {long}", "diff --from-json {long}"],
)  # fmt: skip
def test_what_the_system_refuses_is_a_message(command: str, git_folder: GitFolder, kanban: Kanban) -> None:
    kanban("-C", git_folder.root, "init", "--lang", "en")
    git_folder.commit()
    answer = kanban("-C", git_folder.root, *command.format(long="x" * 300).split())
    assert (answer.code, answer.err.startswith("error:")) == (2, True), answer.err


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
@pytest.mark.parametrize(("streams", "code"), [(">/dev/full", 2), (">&- 2>&- <&-", 0), ("| true", 0)])
def test_streams_that_take_nothing(streams: str, code: int, git_folder: GitFolder, kanban: Kanban) -> None:
    kanban("-C", git_folder.root, "init", "--lang", "en")
    git_folder.write("prospects/x.md", "---\naccount: X\n---\n")
    command = f"set -o pipefail; {sys.executable} -m kanban -C {git_folder.root} list {streams}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr


@pytest.mark.parametrize("verb", ["list", "note"])
def test_ctrl_c_while_modules_are_loaded_is_a_word(verb: str, git_folder: GitFolder, kanban: Kanban) -> None:
    kanban("-C", git_folder.root, "init", "--lang", "en")
    struck = f"""
import sys, kanban.cli
class Struck:
    def find_spec(self, name, *_rest):
        if name == "click":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Struck())
sys.argv[1:] = ["-C", {str(git_folder.root)!r}, {verb!r}]
kanban.cli.main()
"""
    done = subprocess.run([sys.executable, "-c", struck], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")


def test_a_terminal_that_lacks_a_character_gets_its_code(git_folder: GitFolder, kanban: Kanban) -> None:
    kanban("-C", git_folder.root, "init", "--lang", "fr")
    git_folder.write("prospects/x.md", "---\naccount: Łódź\n---\n")
    command = [sys.executable, "-m", "kanban", "-C", git_folder.root, "board"]
    latin = os.environ | {"PYTHONIOENCODING": "latin-1:strict"}
    done = subprocess.run(command, env=latin, capture_output=True, check=True)
    assert b"\\u0141\xf3d\\u017a" in done.stdout


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
