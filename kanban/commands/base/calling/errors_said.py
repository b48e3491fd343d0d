"""What is said when a command line cannot be understood, or cannot be done: what is wrong, where, and what to type."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import click

from kanban.commands.base.calling.asides import aside
from kanban.commands.base.calling.help import words
from kanban.errors import Ambiguous, HookFailed, KanbanError, Refused
from kanban.i18n import _, ngettext
from kanban.model.text.plain import nearest
from kanban.paper.plain import typed as quoted

_NOT_A_CHOICE = re.compile(r"^'(?P<value>.*)' is not one of (?P<choices>.*)\.$", re.DOTALL)
_NOT_IN_RANGE = re.compile(r"^(?P<value>\S+) is not in the range (?P<range>.*)\.$")
_NOT_A_NUMBER = re.compile(r"^'(?P<value>.*)' is not a valid (?:integer|float)(?: range)?\.$", re.DOTALL)
_TOO_MUCH = re.compile(r"^Got unexpected extra arguments? \((?P<words>.*)\)$", re.DOTALL)
_NO_COMMAND = re.compile(r"^No such command '(?P<name>.*)'\.$", re.DOTALL)


_EXAMPLE_CARD = re.compile(r"\b(?:acme-sso|beta-crm)\b")
MOST = 12
"""Names that are told of those that a word may mean."""


def tell(error: KanbanError | OSError) -> int:
    """Print an error for a person: where, what, every reason, and what to type. Returns the exit code it asks for.

    Names of cards and files stand in it: they cannot steer the terminal. What a hook printed is the user's own.
    """
    if isinstance(error, OSError):
        error = _refused_by_system(error)
    where = f"{error.where}: " if error.where else ""
    lines = [f"  - {reason}" for reason in error.reasons] if isinstance(error, Refused) else []
    if isinstance(error, Ambiguous):
        lines += [f"  {candidate}" for candidate in error.candidates[:MOST]]
        more = len(error.candidates) - MOST
        lines += ["  " + ngettext("and {count} more", "and {count} more", more).format(count=more)] if more > 0 else []
    output = error.output.rstrip() if isinstance(error, HookFailed) else ""
    with suppress(OSError):  # standard error is closed or full: the exit code still says it
        _tell_message(f"{where}{error.message}", lines)
        if output:
            click.echo(output, err=True)
        if error.cure:
            aside(f"  → {error.cure}")
    return error.exit_code


def _tell_message(message: str, lines: list[str]) -> None:
    aside(message, _("error:"), "red", bold=True)
    for line in lines:
        aside(line)


def _refused_by_system(error: OSError) -> KanbanError:
    """A file that cannot be read or written, or an answer that cannot be: a full disk, a path that cannot be."""
    name = error.filename
    return KanbanError(
        _("the system refused: {reason}").format(reason=error.strerror or error),
        cure=_("check the path, its permissions and the space on the disk, then try again"),
        where=os.fsdecode(name) if isinstance(name, str | bytes) else "",
    )


def tell_usage(error: click.ClickException) -> None:
    """Print click's error as ours, in the language in force, with an example to copy and where all of it stands."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return
    message, cures = _said(error)
    with suppress(OSError):
        _tell_message(message, [f"  → {cure}" for cure in [*cures, *_pointers(error)]])


def _pointers(error: click.ClickException) -> Iterator[str]:
    """The verb's first example, and its help."""
    context = getattr(error, "ctx", None)
    if context is None:
        return
    examples: tuple[str, ...] = getattr(context.command, "examples", ())
    if examples:
        yield _with_their_card(re.split(r" {2,}", _(examples[0]))[0], context)
    yield _("`{command} --help` says more").format(command=context.command_path)


def _with_their_card(example: str, context: click.Context) -> str:
    """The example with the card that was typed, where one was, in place of ours."""
    card = context.params.get("card") or next(iter(context.params.get("cards") or ()), None)
    return _EXAMPLE_CARD.sub(lambda _found: quoted(card), example, count=1) if isinstance(card, str) else example


def _said(error: click.ClickException) -> tuple[str, list[str]]:
    """The message and what helps at once."""
    if isinstance(error, click.MissingParameter):
        return _missing(error), _choices(error.param)
    if isinstance(error, click.BadParameter):
        return _bad_value(error)
    if isinstance(error, click.NoSuchOption):
        from kanban.commands.base.calling.other_words import other_option

        meant = other_option(error.option_name, error.ctx.command) if error.ctx else ""
        near = [_("did you mean {names}?").format(names=_or(error.possibilities))] if error.possibilities else []
        return _("there is no option {name} here").format(name=error.option_name), [meant] if meant else near
    if isinstance(error, click.BadOptionUsage):
        text = _("{name} takes no value") if "not take" in error.message else _("{name} needs a value")
        return text.format(name=error.option_name), []
    if found := _TOO_MUCH.match(error.message):
        count = len(found["words"].split())
        text = ngettext("one word too many: {words}", "{count} words too many: {words}", count)
        context = getattr(error, "ctx", None)
        from kanban.commands.base.calling.other_words import for_a_sentence

        behind = for_a_sentence(found["words"], context) if context else ""
        takes = context is None or any(isinstance(one, click.Argument) for one in context.command.params)
        cure = behind or (_('put a text of several words in quotes: "…"') if takes else "")
        return text.format(count=count, words=found["words"]), [cure] if cure else []
    if found := _NO_COMMAND.match(error.message):
        return _("there is no verb “{name}” here").format(name=found["name"]), _instead(error, found["name"])
    return error.format_message(), []


def _instead(error: click.ClickException, typed: str) -> list[str]:
    """What may have been meant by a word that is no verb of a group: a verb like it, or what the group shows."""
    context = getattr(error, "ctx", None)
    if context is None or not isinstance(context.command, click.Group):
        return []
    near = nearest(typed, context.command.commands, most=2)
    if near:
        return [_("did you mean {names}?").format(names=_or([f"`{context.command_path} {one}`" for one in near]))]
    shown = "show" in context.command.commands and not typed.startswith("-")
    return [f"`{context.command_path} show {shlex.quote(typed)}`"] if shown else []


def _missing(error: click.MissingParameter) -> str:
    """The option by name; of arguments the whole line, since one that is there may have been taken for another."""
    if error.ctx is None or not isinstance(error.param, click.Argument):
        return _("{name} is missing").format(name=_name(error.param, error.ctx))
    arguments = [param for param in error.ctx.command.params if isinstance(param, click.Argument)]
    line = " ".join(words(param.make_metavar(error.ctx)) for param in arguments)
    return _("something is missing: {line}").format(line=f"{error.ctx.command_path} {line}")


def _bad_value(error: click.BadParameter) -> tuple[str, list[str]]:
    name = _name(error.param, error.ctx)
    if found := _NOT_A_CHOICE.match(error.message):
        return _("{name}: “{value}” is not to be chosen").format(name=name, value=found["value"]), _choices(error.param)
    if found := _NOT_IN_RANGE.match(error.message):
        text = _("{name}: {value} is not in the range {range}")
        return text.format(name=name, value=found["value"], range=found["range"]), []
    if found := _NOT_A_NUMBER.match(error.message):
        return _("{name}: “{value}” is not a number").format(name=name, value=found["value"]), []
    return f"{name}: {error.message}", []


def _choices(param: click.Parameter | None) -> list[str]:
    if param is None or not isinstance(param.type, click.Choice):
        return []
    return [_("choose one of {names}").format(names=", ".join(_choices_said(param.type)))]


def _choices_said(kind: click.Choice[Any]) -> list[str]:
    """The choices as this reader types them, where they are words of a language."""
    return [str(one) for one in getattr(kind, "said", kind.choices)]


def _name(param: click.Parameter | None, context: click.Context | None) -> str:
    """An option by its longest name, an argument by its placeholder."""
    if param is None:
        return _("a value")
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    if isinstance(param.type, click.Choice):
        return "|".join(_choices_said(param.type))
    return words((param.metavar or param.name or "").strip("[]").removesuffix("..."))


def _or(names: list[str] | tuple[str, ...]) -> str:
    return _(" or ").join(names)
