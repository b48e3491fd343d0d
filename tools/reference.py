"""Write the guides that are made from the code: docs/cli.md (every verb) and docs/board.md (every setting).

`python tools/reference.py` writes them; `--check` exits 1 when one is stale.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import click

from kanban.cli import cli
from kanban.commands.base.calling.entry import LazyGroup, Verb
from kanban.model.cards.fields import CARD_FIELDS
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.declared import Setting, settings_of

DOCS = Path(__file__).parent.parent / "docs"


def cli_reference() -> str:
    """Every verb with its examples, prose and options."""
    parts = [
        "# The command line",
        "",
        "Made from the code by `python tools/reference.py`. `-C DIR`, `--lang en|fr` and `--color WHEN` may stand",
        "before or after any verb. Exit codes: 0 clean, 1 findings or a move refused by policy, 2 could not be done,",
        "130 interrupted. The variable `KANBAN_AS_OF` stands for `--as-of` wherever a verb has it.",
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
    usage = " ".join(command.collect_usage_pieces(context))
    parts = [f"## {title}", "", f"`{title} {usage}`", ""]
    if isinstance(command, Verb) and command.examples:
        parts += ["```console", *(f"$ {example}" for example in command.examples), "```", ""]
    if command.help:
        parts += [re.sub(r"[ \t]*\n[ \t]*", "\n", command.help.replace("\b", "")).strip(), ""]
    rows = [
        _option(param, context) for param in command.params if isinstance(param, click.Option) and param.expose_value
    ]
    if rows:
        parts += ["| option | meaning |", "|---|---|", *rows, ""]
    if isinstance(command, click.Group) and not isinstance(command, LazyGroup):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                parts += _verb(inner, click.Context(inner, info_name=f"{title} {name}"))
    return parts


def _option(option: click.Option, context: click.Context) -> str:
    names = ", ".join((*option.opts, *option.secondary_opts))
    metavar = "" if option.is_flag or option.count else " " + option.make_metavar(context)
    return f"| `{_cell(names + metavar)}` | {_cell(option.help or '')} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def board_reference() -> str:
    """Every setting of board.yml, section by section, and every field of a card."""
    parts = [
        "# board.yml and cards, field by field",
        "",
        "Made from the code by `python tools/reference.py`. `kanban schema board` prints the same as a JSON Schema.",
        "A setting that cannot be used is reported with its line by `kanban lint`; the default then holds.",
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
    summary = (record.__doc__ or "").strip().splitlines()[0]
    rows = [f"| `{one.key}` | {_cell(one.doc)} | {_default(one)} |" for one in settings_of(record)]
    return [f"## {where}", "", summary, "", "| setting | meaning | default |", "|---|---|---|", *rows, ""]


def _default(setting: Setting) -> str:
    if setting.required:
        return "required"
    value: Any = setting.default
    if value in (None, "", (), {}) or hasattr(value, "__dataclass_fields__"):
        return ""
    if isinstance(value, tuple):
        return "`" + ", ".join(getattr(item, "key", str(item)) for item in value) + "`"
    if isinstance(value, bool):
        return "`yes`" if value else "`no`"
    return f"`{value}`"


def _fields() -> list[str]:
    rows = [f"| `{one.key}` | {one.type} | {one.label} | {_cell(one.doc)} |" for one in CARD_FIELDS]
    return [
        "## Fields of a card",
        "",
        "All are optional; unknown keys are kept for ever, byte for byte.",
        "",
        "| key | type | label | meaning |",
        "|---|---|---|---|",
        *rows,
    ]


PAGES = {"cli.md": cli_reference, "board.md": board_reference}


def main() -> int:
    """Write or check the pages."""
    stale = []
    for name, make in PAGES.items():
        text, path = make(), DOCS / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv:
        print(f"stale: {', '.join(stale)}; run `python tools/reference.py`")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
