"""Write the guides that are made from the code, in both languages: cli.md (every verb) and board.md (every setting).

`python tools/reference.py` writes them; `--check` exits 1 when one is stale.
"""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path
from typing import Any

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kanban.cli import cli
from kanban.commands.base.calling.entry import LazyGroup, Verb
from kanban.commands.base.calling.help import words
from kanban.i18n.catalogue import use_language
from kanban.model.cards.fields import CARD_FIELDS
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.declared import Setting, settings_of
from tools.french import LANGUAGES, said, switch, translated

DOCS = Path(__file__).parent.parent / "docs"


def cli_reference() -> str:
    """Every verb with its examples, prose and options."""
    parts = [
        f"# {said('The command line')}",
        "",
        switch("cli.md"),
        "",
        said(
            "Made from the code by `python tools/reference.py`. `-C DIR`, `--lang en|fr` and `--color WHEN`\n"
            "may stand before or after any verb. Exit codes: 0 clean, 1 findings or a move refused by policy,\n"
            "2 could not be done, 130 interrupted. The variable `KANBAN_AS_OF` stands\n"
            "for `--as-of` wherever a verb has it."
        ),
        "",
    ]
    context = click.Context(cli, info_name="kanban")
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        if command is None:
            continue
        parts += _verb(command, click.Context(command, info_name=f"kanban {name}", parent=None))
    return "\n".join(parts).rstrip() + "\n"


def _verb(command: click.Command, context: click.Context) -> list[str]:
    title = context.info_name or ""
    usage = words(" ".join(command.collect_usage_pieces(context)))
    parts = [f"## {title}", "", f"`{title} {usage}`", ""]
    if isinstance(command, Verb) and command.examples:
        parts += ["```console", *(f"$ {translated(example)}" for example in command.examples), "```", ""]
    if command.help:
        prose = translated(inspect.cleandoc(command.help))
        parts += [re.sub(r"[ \t]*\n[ \t]*", "\n", prose.replace("\b", "")).strip(), ""]
    rows = [
        _option(param, context) for param in command.params if isinstance(param, click.Option) and param.expose_value
    ]
    if rows:
        parts += [_head("option", "meaning"), "|---|---|", *rows, ""]
    if isinstance(command, click.Group) and not isinstance(command, LazyGroup):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                parts += _verb(inner, click.Context(inner, info_name=f"{title} {name}"))
    return parts


def _option(option: click.Option, context: click.Context) -> str:
    names = ", ".join((*option.opts, *option.secondary_opts))
    metavar = "" if option.is_flag or option.count else " " + option.make_metavar(context)
    return f"| `{_cell(names + words(metavar))}` | {_cell(translated(inspect.cleandoc(option.help or '')))} |"


def _head(*names: str) -> str:
    return f"| {' | '.join(map(said, names))} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def board_reference() -> str:
    """Every setting of board.yml, section by section, and every field of a card."""
    parts = [
        f"# {said('board.yml and cards, field by field')}",
        "",
        switch("board.md"),
        "",
        said(
            "Made from the code by `python tools/reference.py`. `kanban schema board` prints the same as a\n"
            "JSON Schema. A setting that cannot be used is reported with its line by `kanban lint`;\n"
            "the default then holds."
        ),
        "",
    ]
    seen: set[type] = set()
    queue: list[tuple[str, type]] = [("board.yml", BoardConfig)]
    while queue:
        where, record = queue.pop(0)
        if record in seen:
            continue
        seen.add(record)
        parts += _section(where, record)
        queue += [
            (f"{where} → {one.key}" if where != "board.yml" else one.key, one.kind.nested)
            for one in settings_of(record)
            if one.kind.nested is not None
        ]
    return "\n".join(parts + _fields()).rstrip() + "\n"


def _section(where: str, record: type) -> list[str]:
    summary = translated((record.__doc__ or "").strip().splitlines()[0])
    rows = [f"| `{one.key}` | {_cell(translated(one.doc))} | {_default(one)} |" for one in settings_of(record)]
    return [f"## {where}", "", summary, "", _head("setting", "meaning", "default"), "|---|---|---|", *rows, ""]


def _default(setting: Setting) -> str:
    if setting.required:
        return said("required")
    value: Any = setting.default
    if value in (None, "", (), {}) or hasattr(value, "__dataclass_fields__"):
        return ""
    if isinstance(value, tuple):
        return "`" + ", ".join(getattr(item, "key", str(item)) for item in value) + "`"
    if isinstance(value, bool):
        return "`yes`" if value else "`no`"
    return f"`{value}`"


def _fields() -> list[str]:
    rows = [
        f"| `{one.key}` | {one.type} | {translated(one.label)} | {_cell(translated(one.doc) if one.doc else '')} |"
        for one in CARD_FIELDS
    ]
    return [
        f"## {said('Fields of a card')}",
        "",
        said("All are optional; unknown keys are kept for ever, byte for byte."),
        "",
        _head("key", "type", "label", "meaning"),
        "|---|---|---|---|",
        *rows,
    ]


PAGES = {"cli.md": cli_reference, "board.md": board_reference}


def built() -> dict[Path, str]:
    """Every page as it ought to be, by path."""
    files = {}
    for language in LANGUAGES:
        with use_language(language):
            folder = DOCS if language == "en" else DOCS / language
            files |= {folder / name: make() for name, make in PAGES.items()}
    return files


def main() -> int:
    """Write or check the pages."""
    stale = {
        path: text for path, text in built().items() if not path.exists() or path.read_text(encoding="utf-8") != text
    }
    if stale and "--check" in sys.argv:
        names = ", ".join(path.relative_to(DOCS).as_posix() for path in stale)
        print(f"stale: {names}; run `python tools/reference.py`")
        return 1
    for path, text in stale.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
