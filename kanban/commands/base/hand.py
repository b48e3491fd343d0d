"""The command line as one hand of the gestures: words are read by click, the rest is told by the gesture itself."""

import inspect
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from kanban.commands.base.calling import completed_names as names
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import FINDINGS
from kanban.commands.base.calling.options import WriteFlags, as_of_option, write_options
from kanban.gestures.base.gesture import Gesture
from kanban.gestures.base.words import Parameter, parameters_of

if TYPE_CHECKING:
    from kanban.commands.base.session import Session

_TYPES: dict[str, click.ParamType[str]] = {
    "card": names.CARD,
    "column": names.COLUMN,
    "owner": names.OWNER,
    "class": names.CLASS,
    "source": names.SOURCE,
    "template": names.TEMPLATE,
    "tick": names.TICK,
    "reason": names.REASON,
    "assignment": names.ASSIGNMENT,
    "account": names.ACCOUNT,
    "person": names.PERSON,
}
SHORT = {
    "next": "-n",
    "on": "-d",
    "who": "-w",
    "cause": "-c",
    "contact": "-c",
    "reason": "-r",
    "note": "-m",
    "move": "-m",
    "owner": "-o",
    "amount": "-a",
    "probability": "-p",
    "source": "-s",
    "since": "-s",
    "until": "-u",
    "template": "-t",
    "tick": "-t",
}
"""One letter for an option that a day asks for again and again; no verb has two of the same."""
_PLACEHOLDERS = {"card": "CARD", "column": "COLUMN", "when": "WHEN", "day": "DAY", "assignment": "KEY=VALUE"}

Words = dict[str, Any]
Asking = Callable[["Session", WriteFlags, Words], Words | None]
"""Asks a person, or looks up, what was not typed: the words to go on with, None to leave it."""
Decorator = Callable[[Any], Any]
Offer = Callable[[dict[str, Parameter]], Decorator]
"""One option or argument, once the gesture's parameters are known."""


def argument(name: str, **more: Any) -> Offer:
    """The word for the gesture's parameter `name`, by its place on the line."""

    def offered(parameters: dict[str, Parameter]) -> Decorator:
        one = parameters[name]
        shape: dict[str, Any] = {"nargs": -1 if one.several else 1, "required": one.needed, "type": _type(one)}
        placeholder = _PLACEHOLDERS.get(one.word.kind, name.upper()) + ("..." if one.several else "")
        named: dict[str, Any] = {} if one.word.choices else {"metavar": placeholder}
        return click.argument(name, **{**shape, **named, **_default(one), **more})

    return offered


def option(declared: str, name: str = "", **more: Any) -> Offer:
    """`--declared` for the gesture's parameter `name`, which is called the same if not said otherwise."""
    name = name or declared.rpartition("--")[2]

    def offered(parameters: dict[str, Parameter]) -> Decorator:
        one = parameters[name]
        shape: dict[str, Any] = {"help": one.word.meaning, "required": one.needed, **_default(one)}
        if one.flag:
            shape |= {} if "/" in declared else {"is_flag": True}
        else:
            shape |= {"multiple": one.several, "type": _type(one)}
            if one.word.kind in ("when", "day"):
                shape["metavar"] = _PLACEHOLDERS[one.word.kind]
        short = [SHORT[long]] if (long := declared.removeprefix("--")) in SHORT else []
        return click.option(*short, declared, name, **{**shape, **more})

    return offered


def _default(one: Parameter) -> dict[str, Any]:
    return {} if one.needed or one.several else {"default": one.default}


def _type(one: Parameter) -> Any:
    if one.word.choices:
        return names.Spoken(one.word.choices)
    return click.IntRange(0) if one.number else _TYPES.get(one.word.kind)


class HandVerb(Verb):
    """A verb that makes one gesture of its words."""

    gesture: Callable[..., Gesture]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does; words that follow a text without quotes, or stand in a word processor's quotes, are one."""
        return super().parse_args(ctx, _rejoined(self, _without_curved_quotes(args)))


_CURVED = {"“": "”", "«": "»", "„": "“"}


def _without_curved_quotes(args: list[str]) -> list[str]:
    """The line as it was meant where it was pasted with curved quotes, at which no shell takes words together."""
    found: list[str] = []
    at = 0
    while at < len(args):
        head, sign, rest = args[at].partition("=") if args[at][:1] not in _CURVED else ("", "", args[at])
        text = rest if sign or not head else args[at]
        end = _CURVED.get(text[:1], "")
        last = next((n for n in range(at, len(args)) if end and args[n].endswith(end)), -1)
        if last < 0:
            found.append(args[at])
        else:
            said = " ".join([text, *args[at + 1 : last + 1]])[1:-1].strip("\u00a0\u202f ")
            found.append(f"{head}{sign}{said}")
        at = max(last, at) + 1
    return found


def _rejoined(verb: click.Command, args: list[str]) -> list[str]:
    """The line with forgotten quotes put back: `-n call them back` is one text.

    Only where every argument already stands before the option and takes one word, so that no word could be meant
    otherwise.
    """
    arguments = [param for param in verb.params if isinstance(param, click.Argument)]
    if any(one.nargs != 1 and one.name != "account" for one in arguments):
        return args
    options = {name: one for one in verb.params if isinstance(one, click.Option) for name in one.opts}
    found: list[str] = []
    standing = 0
    at = 0
    while at < len(args):
        word = args[at]
        one = options.get(word)
        at += 1
        found.append(word)
        if word == "--":
            return found + args[at:]
        if one is None:
            standing += not word.startswith("-")
        elif not one.is_flag and at < len(args):
            end = at + 1
            while _is_text(one) and standing >= len(arguments) and end < len(args) and not args[end].startswith("-"):
                end += 1
            found.append(" ".join(args[at:end]))
            at = end
    return found


def _is_text(option: click.Option) -> bool:
    """Whether an option takes any words."""
    return isinstance(option.type, click.types.StringParamType) and not option.multiple and option.metavar is None


def hand(
    gesture: Callable[..., Gesture],
    *offers: Offer,
    examples: Sequence[str],
    asking: Asking | None = None,
    name: str = "",
    help: str = "",  # noqa: A002 - click's own word, which is how its texts are found
    dated: bool = True,
) -> click.Command:
    """The verb that makes a gesture of what was typed and has it written.

    `asking` may complete the words first. `name` is the verb's where that is not the gesture's, `help` its help where
    it says more than the gesture of itself. Without `dated` the day makes no difference, so there is no `--as-of`.
    """

    def run(context: click.Context, /, flags: WriteFlags, as_of: str | None = None, **words: Any) -> int:
        # What reads and writes a board is not loaded where only a line is completed or help is shown.
        from kanban.commands.base.session import open_session
        from kanban.commands.base.write_verb import perform

        session = open_session(context, as_of)
        complete = asking(session, flags, words) if asking is not None else words
        if complete is None:
            return 0
        return FINDINGS if perform(session, flags, gesture, **complete).refused else 0

    parameters = parameters_of(gesture)
    shaped: Any = write_options(click.pass_context(run))
    for decorate in (*([as_of_option] if dated else []), *(offer(parameters) for offer in reversed(offers))):
        shaped = decorate(shaped)
    said = help or inspect.getdoc(gesture)
    made = click.command(name or gesture.__name__, cls=HandVerb, examples=examples, help=said)(shaped)
    made.gesture = gesture
    return made
