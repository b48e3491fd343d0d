"""How the command line starts, loads a verb, and ends: one place for exit codes and error messages."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from kanban import __version__
from kanban.again import INTERRUPTED, ready_streams
from kanban.commands.base.calling.early_language import language_typed
from kanban.commands.base.calling.help import Helped, listed, summary
from kanban.commands.base.calling.invocation import (
    ALIASES,
    COULD_NOT,
    Settings,
    _choose_color,
    settings_of,
    speak,
    verb_meant,
)
from kanban.commands.base.calling.places import A_START
from kanban.errors import KanbanError, NotFound
from kanban.i18n import _
from kanban.i18n.catalogue import set_language

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _set_directory(context: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        settings = settings_of(context)
        settings.directory = os.path.join(settings.directory, value)


def _set_cached(context: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        settings_of(context).cached = False


def _set_language(context: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        settings_of(context).language = value


def _set_color(context: click.Context, _param: click.Parameter, value: str | None) -> None:
    settings = settings_of(context)
    if value is not None:
        settings.color = _choose_color(value)
    context.color = settings.color


def _everywhere() -> list[click.Parameter]:
    """Options that may stand before the verb, as in git, or after it."""
    return [
        click.Option(
            ["-C"],
            metavar="DIR",
            type=A_START,
            expose_value=False,
            is_eager=True,
            callback=_set_directory,
            help="Run as if started in DIR.",
            default=None,
        ),
        click.Option(
            ["--lang"],
            type=click.Choice(["en", "fr"]),
            expose_value=False,
            callback=_set_language,
            default=None,
            help="Language of texts; default: the board's.",
        ),
        click.Option(
            ["--color"],
            type=click.Choice(["auto", "always", "never"]),
            expose_value=False,
            callback=_set_color,
            default=None,
            help="When to colour; NO_COLOR and FORCE_COLOR are heeded.",
        ),
        click.Option(
            ["--no-cache"],
            is_flag=True,
            expose_value=False,
            callback=_set_cached,
            default=False,
            help="Read the whole git history again.",
        ),
    ]


class Verb(Helped):
    """A verb: examples first in its help, the options of every verb at the end."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)
        self.params.extend(_everywhere())


class VerbGroup(Helped, click.Group):
    """A verb with verbs of its own (`kanban experiment new`)."""

    command_class = Verb

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(_everywhere())

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its verbs, each with the first paragraph of its help."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        listed(formatter, [(name, summary(command)) for name, command in found if command is not None])


class LazyGroup(Helped, click.Group):
    """Knows every verb's name and one line; imports a verb's module when it is called.

    `verbs` tells each verb's module under `kanban.commands` (another hand's: its whole name), whose object `command` it
    is, and its line in the help.
    """

    def __init__(self, *, verbs: dict[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(
            context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100, "obj": None},
            **kwargs,
        )
        self.verbs = verbs
        self.params.extend(_everywhere())
        self.params.append(
            click.Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_print_version,
                help="Show the version.",
                default=False,
            )
        )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order of the table."""
        return list(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the verb."""
        name = cmd_name if cmd_name in self.verbs else verb_meant(cmd_name)
        if name not in self.verbs:
            return None
        if ctx.resilient_parsing:  # TAB: what may follow is known without the verb's own modules
            from kanban.commands.base.completion.kept_verbs import kept_verb

            return kept_verb(name, settings_of(ctx).directory, partial(self._made, name), Verb)
        return self._made(name)

    def _made(self, name: str) -> click.Command:
        place = self.verbs[name][0]
        module = import_module(place if place.startswith("kanban.") else f"kanban.commands.{place}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a suggestion for a mistyped verb."""
        name = args[0] if args else ""
        if ALIASES.get(name, name) == "help":
            args = [*args[1:2], "--help"]
            if len(args) == 1:
                click.echo(self.get_help(ctx))
                ctx.exit()
            name = args[0]
        if name and not name.startswith("-") and name not in self.verbs and verb_meant(name) not in self.verbs:
            from kanban.commands.base.calling.other_words import other_word

            speak(settings_of(ctx))
            cure = other_word(name, [*self.verbs, *ALIASES]) or _("`kanban --help` lists them")
            raise NotFound(_("there is no verb “{name}” here").format(name=name), cure=cure)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The verbs from the table that begin so, without importing any; options when a hyphen was typed."""
        if not incomplete[:1].isalnum() and incomplete:
            return click.Command.shell_complete(self, ctx, incomplete)
        from click.shell_completion import CompletionItem

        return [
            CompletionItem(name, help=_(line))
            for name, (_at, line) in self.verbs.items()
            if name.startswith(incomplete)
        ]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs from the table, without importing any."""
        listed(formatter, [(name, _(text)) for name, (_module, text) in self.verbs.items()])


def _print_version(context: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        click.echo(f"git-kanban {__version__}")
        context.exit()


def run(group: click.Group, arguments: Sequence[str] | None = None, settings: Settings | None = None) -> int:
    """Run `group` and return the exit code; every error of ours becomes a message on standard error."""
    ready_streams()
    typed = sys.argv[1:] if arguments is None else list(arguments)
    try:
        if os.environ.get("_KANBAN_COMPLETE"):
            return _complete(group)
        result = group.main(args=typed, prog_name="kanban", standalone_mode=False, obj=settings or Settings(typed))
        return result if isinstance(result, int) else 0
    except (KanbanError, OSError) as error:
        from kanban.commands.base.calling.errors_said import tell

        return tell(error)
    except click.ClickException as error:
        from kanban.commands.base.calling.errors_said import tell_usage

        set_language(language_typed(typed))
        tell_usage(error)
        return COULD_NOT
    except (click.Abort, KeyboardInterrupt):
        asked = sys.stdin is not None and sys.stdin.isatty()  # the cursor stands after what was asked
        click.echo(("\n" if asked else "") + _("interrupted"), err=True)
        return INTERRUPTED
    except SystemExit as end:
        if end.code != 1:  # a signal that ended a write
            raise
        return 0  # click and rich end so when the reader of a pipe has seen enough; that is no finding


def _complete(group: click.Group) -> int:
    """Answer the shell's question; click would end the process from inside."""
    if os.environ["_KANBAN_COMPLETE"] == "line":
        from kanban.commands.base.completion.completing import tell_shell

        return tell_shell(group)
    from click.shell_completion import shell_complete

    return shell_complete(group, {}, "kanban", "_KANBAN_COMPLETE", os.environ["_KANBAN_COMPLETE"])
