"""Help texts in the reader's language: click's layout, our words, examples first.

Texts stand in English where a verb declares them (`help=…`, `examples=…`, its docstring); `tools/catalogues.py`
collects them there, and they are translated here, when shown.
"""

from __future__ import annotations

import inspect
import os
import re
import sys
from collections.abc import Sequence
from typing import Any

import click
from click import formatting

from kanban.commands.base.calling.invocation import settings_of, speak
from kanban.i18n import N_, _

METAVARS = (
    *(
        N_("ACCOUNT"),
        N_("ARGS"),
        N_("BOARD"),
        N_("CARD"),
        N_("COLUMN"),
        N_("COMMAND"),
        N_("DAY"),
        N_("DIR"),
        N_("EXPERIMENT"),
    ),
    *(N_("FILE"), N_("FOLDER"), N_("INTEGER RANGE"), N_("INTEGER"), N_("KEY"), N_("MINE"), N_("NAME"), N_("NEW-ID")),
    *(N_("OPTIONS"), N_("PATH"), N_("PATHS"), N_("PATTERN"), N_("PERIOD"), N_("PREFIX"), N_("RULES"), N_("SEARCH")),
    *(
        N_("SIZE"),
        N_("TARGET"),
        N_("TEXT"),
        N_("THEIRS"),
        N_("TICK"),
        N_("TITLE"),
        N_("VALUE"),
        N_("WHEN"),
        N_("WORDS"),
    ),
)
_WIDEST, _GAP = 30, 2
_SHOW_HELP = N_("Show this message and exit.")


_PLACEHOLDER = r"\bINTEGER RANGE\b|\bNEW-ID\b|\b[A-Z]+\b"


def words(usage: str) -> str:
    """Placeholders such as CARD in the reader's language."""
    return re.sub(_PLACEHOLDER, lambda found: _(found[0]) if found[0] in METAVARS else found[0], usage)


class Helped(click.Command):
    """A command whose help is in the reader's language, its examples above the prose: most people look for something
    to copy."""

    examples: tuple[str, ...] = ()

    def make_parser(self, ctx: click.Context) -> Any:
        """As click does it; but a short option as it is typed mostly, `-C` alone, is not looked for among long ones:

        for that click makes an error each time, with all that would be told of it, which takes 4 ms.
        """
        parser = super().make_parser(ctx)
        known: Any = parser
        if hasattr(known, "_short_opt") and hasattr(known, "_match_short_opt"):
            otherwise = known._process_opts

            def process(typed: str, state: Any) -> None:
                (known._match_short_opt if typed in known._short_opt else otherwise)(typed, state)

            known._process_opts = process
        return parser

    def get_help(self, ctx: click.Context) -> str:
        """The whole help text."""
        speak(settings_of(ctx))
        if ctx.terminal_width is None and formatting.FORCED_WIDTH is None:
            ctx.terminal_width = max(min(_terminal(), ctx.max_content_width or 80) - 2, 50)
        return super().get_help(ctx)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line."""
        pieces = words(" ".join(self.collect_usage_pieces(ctx)))
        formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage: "))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples, each on one line so that it can be copied, then prose."""
        if self.examples:
            with formatter.section(_("Examples")):
                for example in self.examples:
                    formatter.write(f"{'':>{formatter.current_indent}}{_(example)}\n")
        if self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(_(inspect.cleandoc(self.help)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Every option with its meaning."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [(param, param.get_help_record(ctx)) for param in options]
        with formatter.section(_("Options")):
            write_pairs(
                formatter, [(words(one[0]), _meaning(param, one[1])) for param, one in records if one is not None]
            )
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)


def _meaning(param: click.Option, shown: str) -> str:
    """What an option means; click's own addition, the default, stays behind it."""
    text = inspect.cleandoc(param.help or "")
    if not text or not shown.startswith(text):
        return _(shown)
    return _(text) + shown.removeprefix(text).replace("[default: ", "[" + _("default: "))


def summary(command: click.Command) -> str:
    """The first sentence of a command's help."""
    return _(inspect.cleandoc(command.help or "")).split("\n\n")[0].replace("\n", " ").strip()


def listed(formatter: click.HelpFormatter, verbs: Sequence[tuple[str, str]]) -> None:
    """The section of verbs; each text is already in the reader's language."""
    with formatter.section(_("Verbs")):
        write_pairs(formatter, verbs)


def write_pairs(formatter: click.HelpFormatter, pairs: Sequence[tuple[str, str]]) -> None:
    """Names and their meanings beside each other, as click has them.

    What fits on its line is written as it is: click's way of filling lines takes half of the time of `kanban --help`.
    """
    column = min(max((len(name) for name, _text in pairs), default=0), _WIDEST) + _GAP
    room = max(formatter.width - column - _GAP, 10)
    indent = " " * formatter.current_indent
    for name, text in pairs:
        first, *more = [text] if len(text) <= room and text.isprintable() else _filled(text, room)
        beside = name.ljust(column) if len(name) <= column - _GAP else f"{name}\n{indent}{'':{column}}"
        formatter.write(f"{indent}{beside if first else name}{first}\n")
        for line in more:
            formatter.write(f"{indent}{'':{column}}{line}\n")


def _filled(text: str, room: int) -> list[str]:
    return formatting.wrap_text(text, room, preserve_paragraphs=True).splitlines() or [""]


def _terminal() -> int:
    """Columns of the terminal, as `shutil` tells them, which takes three milliseconds to load."""
    told = os.environ.get("COLUMNS", "")
    if told.isdigit() and int(told):
        return int(told)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80 if sys.__stdout__ else 80
    except (OSError, ValueError):
        return 80
