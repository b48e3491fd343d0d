"""Help texts in the reader's language: click's layout, our words, examples first.

Texts stand in English where a verb declares them (`help=…`, `examples=…`, its docstring); `tools/catalogues.py`
collects them there, and they are translated here, when shown.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from functools import cache

import click

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
    *(N_("SIZE"), N_("TARGET"), N_("TEXT"), N_("THEIRS"), N_("TICK"), N_("TITLE"), N_("VALUE"), N_("WHEN")),
)
_SHOW_HELP = N_("Show this message and exit.")


def words(usage: str) -> str:
    """Placeholders such as CARD in the reader's language."""
    return _placeholder().sub(lambda found: _(found[0]), usage)


@cache
def _placeholder() -> re.Pattern[str]:
    """Any of them; made where help is shown, as most verbs show none."""
    return re.compile("|".join(rf"\b{re.escape(word)}\b" for word in sorted(METAVARS, key=len, reverse=True)))


class Helped(click.Command):
    """A command whose help is in the reader's language, its examples above the prose: most people look for something
    to copy."""

    examples: tuple[str, ...] = ()

    def get_help(self, ctx: click.Context) -> str:
        """The whole help text."""
        speak(settings_of(ctx))
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
            formatter.write_dl([(words(one[0]), _meaning(param, one[1])) for param, one in records if one is not None])
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
        formatter.write_dl(list(verbs))
