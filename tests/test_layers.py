"""Imports run one way. The lines are the architecture: a part may import itself and what stands to its left.

Every import counts, also one inside a function or for types alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("source")  # in one worker, where every module is parsed once
ROOT = Path(__file__).parent.parent
KANBAN = ROOT / "kanban"

LINE = (
    "again, values, patterns, beside < errors, i18n, paper < schemas < model < pull < metrics < forecast < diagnosis, experiments "
    "< scripts, rituals, gestures < privacy < lint, render, demo < review < folder, repository "
    "< commands < hands < web, terminal, agents, editors, imports, portfolio < cli"
)
"""The parts of `kanban`, those to come too. The hands stand side by side: none knows another."""

ROOMS = {
    "model": "templates, presets, text < typed < settings < cards < history",
    "repository": "disk < git < planned < kept < read < hooks < write < merge, erasing",
    "metrics": "base < cards < flow < export",
    "imports": "tables < mapping < deals < cards, mail, contacts",
    "lint": "facts, steps < waivers < rules, report",
    "render": "charts < views < feeds, public < pages",
    "commands": "base, editor_files < output < cards, moves, views, check, rituals, numbers, scripts, together, privacy, directory < publish < setup",
}
"""The same inside the parts that have rooms; a module that stands in no room may be imported from all of them."""

NEIGHBOURS = {"errors", "i18n", "paper", "folder", "repository"}
"""What may import what stands beside it: texts are said everywhere, and the edges know each other."""


def ranks(line: str) -> dict[str, int]:
    """The places of a line's names, from the left."""
    return {name: rank for rank, place in enumerate(line.split(" < ")) for name in place.split(", ")}


RANK = ranks(LINE) | {"__init__": 0, "__main__": 99}

ONLY_IN = {
    "click": {"commands", "agents", "editors", "web", "terminal", "imports", "portfolio", "cli"},
    "openpyxl": {"imports"},
    "duckdb": {"metrics"},
    "git": {"repository"},
    "gitdb": {"repository"},
    "frontmatter": {"model"},
    "jinja2": {"render", "scripts"},
    "markdown_it": {"render"},
    "vl_convert": {"render"},
    "rich": {"commands"},
    "watchfiles": {"folder"},
    "babel": {"i18n"},
    "mcp": {"agents"},
    "mcp_types": {"agents"},
    "anyio": {"agents"},
    "pygls": {"editors"},
    "lsprotocol": {"editors"},
    "starlette": {"web"},
    "textual": {"terminal"},
    "uvicorn": {"web"},
    "subprocess": {"repository", "commands", "agents", "portfolio"},
}
"""Third-party and process modules that have one home each."""

APART = {
    "gestures": {"click", "rich", "git", "os", "sys", "pathlib", "subprocess", "time", "shutil", "tempfile", "socket"},
}
"""What a part must not import at all: gestures know no terminal, no git, no disk and no clock."""

CLOCKS = {"today", "now", "utcnow"}


def modules() -> list[Path]:
    return sorted(KANBAN.rglob("*.py"))


def part_of(path: Path) -> str:
    return path.relative_to(KANBAN).parts[0].removesuffix(".py")


@cache
def nodes_of(path: Path) -> list[ast.AST]:
    """Imports, calls and functions of a module; what is inside a function comes after it."""
    kinds = (ast.Import, ast.ImportFrom, ast.Call, ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, kinds)]


@cache
def imports_of(path: Path) -> list[tuple[int, str]]:
    """Every module that is imported, with the line; of ours the module itself, not the package it is taken from."""
    found = []
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            inner = {alias.name: f"{node.module}.{alias.name}" for alias in node.names if alias.name != "__version__"}
            ours = [name for name in inner.values() if name in names()]
            found += [(node.lineno, name) for name in ours or [node.module]]
    return found


@cache
def names() -> dict[str, Path]:
    """All modules and packages of ours, by name."""
    dotted = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in modules()}
    return {name.removesuffix(".__init__"): path for name, path in dotted.items()}


def test_imports_run_to_the_left() -> None:
    assert [wrong for path in modules() for wrong in wrong_imports(path)] == []


def wrong_imports(path: Path) -> Iterator[str]:
    """What a module imports and may not, with the place."""
    own, where = part_of(path), path.relative_to(KANBAN)
    for line, name in imports_of(path):
        parts = name.split(".")
        if parts[0] == "kanban" and len(parts) > 1:
            other = parts[1]
            beside = other != own and RANK[other] == RANK[own] and own not in NEIGHBOURS
            if RANK[other] > RANK[own] or beside:
                yield f"{where}:{line} imports {name}"
        elif parts[0] in APART.get(own, ()):
            yield f"{where}:{line} imports {name}, from which {own} keeps apart"
        elif parts[0] in ONLY_IN and own not in ONLY_IN[parts[0]]:
            yield f"{where}:{line} imports {name}, which belongs to {sorted(ONLY_IN[parts[0]])}"


def test_the_clock_is_an_argument() -> None:
    """Only the verbs may ask what day it is."""
    calls = [
        f"{path.relative_to(KANBAN)}:{node.lineno}"
        for path in modules()
        if part_of(path) not in ("commands", "repository")
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
    ]
    assert calls == []


def test_every_part_has_a_rank() -> None:
    assert {part_of(path) for path in modules()} <= set(RANK)


def test_the_line_is_the_one_that_contributors_read() -> None:
    guide = " ".join((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split())
    assert LINE in guide


@pytest.mark.parametrize("part", list(ROOMS))
def test_rooms_of_a_part_run_one_way_too(part: str) -> None:
    rank, wrong = ranks(ROOMS[part]), []
    rooms = {path.parent.relative_to(KANBAN / part).parts[0] for path in (KANBAN / part).glob("*/**/*.py")}
    assert rooms <= set(rank), "give the new room its place"
    for path in sorted((KANBAN / part).glob("*/**/*.py")):
        own = path.relative_to(KANBAN / part).parts[0]
        for line, name in imports_of(path):
            _kanban, _dot, inside = name.partition(f"kanban.{part}.")
            other = inside.split(".")[0]
            if other in rank and other != own and rank[other] >= rank[own]:
                wrong.append(f"{path.relative_to(KANBAN)}:{line} imports {name}")
    assert wrong == []


def test_no_import_runs_in_a_circle() -> None:
    graph = {
        name: sorted({other for _line, other in imports_of(path)} & set(names())) for name, path in names().items()
    }
    assert [sorted(circle) for circle in circles(graph)] == []


@pytest.mark.parametrize(
    ("graph", "found"),
    [
        ({"a": ["b"], "b": ["c"], "c": []}, []),
        ({"a": ["b"], "b": ["a"], "c": ["a"]}, [{"a", "b"}]),
        ({"a": ["b", "d"], "b": ["c"], "c": ["a"], "d": ["e"], "e": ["d"]}, [{"d", "e"}, {"a", "b", "c"}]),
    ],
)
def test_circles_are_found(graph: dict[str, list[str]], found: list[set[str]]) -> None:
    assert list(circles(graph)) == found


def circles(graph: dict[str, list[str]]) -> Iterator[set[str]]:
    """The groups of modules that reach each other (Tarjan's strongly connected components of more than one)."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: list[str] = []

    def visit(name: str) -> Iterator[set[str]]:
        number[name] = lowest[name] = len(number)
        waiting.append(name)
        for other in graph[name]:
            if other not in number:
                yield from visit(other)
                lowest[name] = min(lowest[name], lowest[other])
            elif other in waiting:
                lowest[name] = min(lowest[name], number[other])
        if lowest[name] == number[name]:
            group = set(waiting[waiting.index(name) :])
            del waiting[waiting.index(name) :]
            if len(group) > 1:
                yield group

    for name in graph:
        if name not in number:
            yield from visit(name)


LATE = {
    "agents/command.py": (3, "the SDK of agents, an extra, 400 ms"),
    "imports/mail/meetings.py": (1, "a reader of calendars, 60 ms: only an invitation needs it"),
    "cli.py": (7, "click, 40 ms, which an answer said again does without; the index, 10 ms, which what writes has not"),
    "commands/base/calling/completed_names.py": (
        3,
        "a board, 60 ms, what is kept of its names, and click's part for shells: only TAB asks for them",
    ),
    "commands/base/completion/kept_names.py": (3, "a board, 60 ms: read where a file changed since the last TAB"),
    "commands/base/hand.py": (2, "git and the write path, 170 ms: a TAB in a writing verb reads files only"),
    "commands/base/calling/entry.py": (
        7,
        "what only a mistyped word, an error or TAB asks for; `--help` has click alone",
    ),
    "commands/base/calling/errors_said.py": (2, "the fields: only an option that is none, or a word too many"),
    "commands/base/calling/places.py": (1, "click's part for shells, which only TAB asks for"),
    "commands/base/session.py": (
        9,
        "what gestures, the history and git need, forty modules: an answer from rows has none",
    ),
    "commands/base/tally.py": (2, "the ledger of all cards, a dozen modules: one more commit is folded in without"),
    "commands/base/day_shown.py": (2, "the ledger and the history, thirty modules: clocks that are known need neither"),
    "repository/read/log.py": (
        2,
        "what only a whole reading asks for: boards that moved, names and columns given by hand",
    ),
    "commands/check/checking.py": (1, "the write path, 40 ms: only `--fix` changes files"),
    "commands/check/lint.py": (1, "the rules, 60 ms, beside which git answers what was asked already"),
    "commands/check/inputs/places.py": (1, "what is said of a pushed ref: a commit's hook pushes none"),
    "commands/check/inputs/reading.py": (3, "signatures, rules and cards of other commits: a commit's hook has one"),
    "commands/check/output.py": (1, "the writing of baselines, which only `--write-baseline` asks for"),
    "gestures/base/typed.py": (1, "the reader of lines, ten modules: only fields typed without their names"),
    "lint/facts/fieldnames.py": (1, "the splices, seven modules: a fix needs them, and few findings have one"),
    "lint/fixes.py": (2, "the splices; difflib, 3 ms: only `--diff` shows one"),
    "lint/manual.py": (1, "textwrap, 2 ms: only who reads a rule's page"),
    "lint/reading_problems.py": (2, "the splices and the healing of YAML: cards that are read need neither"),
    "lint/rules/deals/lost_reason.py": (1, "the splices"),
    "lint/rules/hygiene/experiment_incomplete.py": (1, "figures, 18 modules: a board that tries no micro-rule"),
    "lint/rules/links/script_field.py": (3, "scripts: a board that has none of its own"),
    "lint/waivers/comments.py": (1, "the splices"),
    "commands/publish/render.py": (1, "http.server, 20 ms: the preview, which only `--watch` has"),
    "commands/views/show.py": (5, "the history, thirty modules: a card's past is told once a head"),
    "commands/base/conditions.py": (1, "conditions, which most answers have none of"),
    "commands/output/styled.py": (2, "rich's table of widths, which texts in other scripts need"),
    "model/cards/board.py": (1, "companies and people: few answers ask"),
    "model/cards/directory/entry.py": (
        1,
        "YAML and Markdown, 25 ms: most boards have no file of a company or a person",
    ),
    "model/cards/read_card.py": (1, "YAML, 30 ms: files of plain lines need it not"),
    "model/text/front/front_matter.py": (
        2,
        "python-frontmatter and YAML, 16 ms: only a file that is no card needs them",
    ),
    "repository/disk/lock.py": (1, "random, 3 ms: only who waits for a lock"),
    "repository/read/signatures.py": (1, "tempfile, 4 ms: only a signature is put in a file"),
    "model/text/front/yaml_text.py": (1, "YAML, 25 ms: a board.yml that is known is not read"),
    "repository/git/discovery.py": (3, "subprocess, 10 ms: an ordinary repository is found by its files"),
    "commands/cards/new.py": (1, "the readers of days and amounts, 15 ms: a TAB after `new` needs none"),
    "commands/cards/set_.py": (2, "git and the write path, as in hand.py: only `set --where` writes itself"),
    "editors/command.py": (1, "the language server's library, an extra, 300 ms"),
    "errors.py": (1, "shlex: only an error about a missing extra quotes a path"),
    "commands/output/console.py": (3, "rich, 50 ms: `--json` and one-line answers do without"),
    "commands/base/calling/asides.py": (1, "shutil: only a terminal has a width"),
    "paper/text.py": (1, "textwrap: only a line that is longer than its terminal"),
    "paper/plain.py": (1, "textwrap: only a line that is longer than its terminal"),
    "folder/watching.py": (1, "watchfiles, an extra, 60 ms: only who watches asks the system to tell"),
    "imports/tables/workbook.py": (1, "openpyxl, an extra: most exports are CSV"),
    "lint/engine.py": (1, "closed cards judged apart: only a board with hundreds of them"),
    "lint/finding.py": (1, "hashlib, 4 ms: fingerprints are for machines and baselines"),
    "model/history/versions.py": (1, "hashlib, 4 ms: only where the folder's cards were read before the past"),
    "model/text/cardfile.py": (1, "python-frontmatter and YAML, 16 ms: files of plain lines need neither"),
    "model/text/plain.py": (1, "difflib, 3 ms: only what was nearly typed"),
    "model/text/plain_card.py": (1, "Markdown: only a card without a title is asked for its heading"),
    "beside.py": (1, "tempfile, 4 ms: most systems have files in memory"),
    "commands/numbers/metrics.py": (2, "all figures, 40 modules: after a note they are what they were"),
    "commands/numbers/measured.py": (4, "rich and the tables, 40 ms: `--json` sets no line, few write CSV files"),
    "commands/base/noted.py": (2, "all figures: only a card that was forgotten is in one"),
    "metrics/export/files.py": (1, "sqlite3, which some Pythons lack: one of four formats"),
    "metrics/export/parquet.py": (3, "duckdb, an extra, 200 ms: one of five formats"),
    "metrics/export/questions.py": (1, "sqlite3, which some Pythons lack"),
    "portfolio/command.py": (3, "tables and questions in SQL, 35 ms: one of its verbs"),
    "terminal/command.py": (2, "the terminal's library, an extra, 300 ms"),
    "values.py": (1, "dataclasses, 17 ms with `inspect`: an answer said again makes no class"),
    "web/command.py": (3, "the server's libraries, an extra, 300 ms"),
    "render/charts/base/renderer.py": (1, "vl_convert, an extra: a site whose charts are kept draws none"),
    "render/environment.py": (2, "Jinja, 80 ms: a site in which nothing changed writes no page"),
    "render/feeds/calendartext.py": (2, "icalendar, 100 ms: the timezone is kept, and few texts need escapes"),
    "render/markdown.py": (3, "markdown-it, 70 ms: notes that did not change are not read again"),
    "render/plan.py": (1, "importlib.metadata, 50 ms: a folder beside a module says its version"),
    "repository/kept/known_settings.py": (2, "the tree of `board.yml`: only a finding in it says a line"),
    "repository/kept/judgements.py": (
        1,
        "importlib.resources, 10 ms: only a look at the whole board recalls judgements",
    ),
    "rituals/reminders.py": (1, "icalendar, 100 ms: `remind` mostly prints lines"),
    "scripts/draft.py": (3, "email, 25 ms: only `--eml` makes a message"),
    "scripts/filling.py": (7, "Jinja, 80 ms: `lint` looks at scripts only where a board has its own"),
}
"""How many imports each module makes late, inside a function, and what that saves at start-up."""


def test_an_import_is_late_only_where_a_measurement_asks_for_it() -> None:
    found = {}
    for path in modules():
        functions = [node for node in nodes_of(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        late = {
            (node.lineno, node.col_offset)
            for function in functions
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        if late:
            found[path.relative_to(KANBAN).as_posix()] = len(late)
    assert found == {name: count for name, (count, _reason) in LATE.items()}
