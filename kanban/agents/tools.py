"""The tools an agent gets: one a verb, its schema made from the same declaration as the command line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from inspect import cleandoc
from typing import Any

import click

from kanban.i18n import _

READING = {
    "list": "views.list_",
    "find": "views.find",
    "show": "views.show",
    "board": "views.board",
    "next": "views.next",
    "ready": "views.ready",
    "daily": "rituals.daily",
    "weekly": "rituals.weekly",
    "review": "rituals.review",
    "metrics": "numbers.metrics",
    "forecast": "numbers.forecast",
    "diagnose": "numbers.diagnose",
    "log": "views.log",
    "lint": "check.lint",
    "rules": "check.rules",
    "remind": "publish.remind",
    "doctor": "setup.doctor",
}
"""Verbs that only read → their module under `kanban.commands`."""

WRITING = {
    "new": "cards.new",
    "note": "cards.note",
    "set": "cards.set_",
    "touch": "cards.touch",
    "tick": "cards.tick",
    "pull": "moves.pull",
    "move": "moves.move",
    "block": "cards.block",
    "unblock": "cards.unblock",
    "win": "moves.win",
    "lose": "moves.lose",
    "park": "moves.park",
    "reopen": "moves.reopen",
    "rename": "cards.rename",
    "archive": "cards.archive",
}
"""Verbs that make one gesture → their module. `undo` is a person's: it takes back the last gesture, whoever made it."""

_NOT_THEIRS = frozenset(
    """
    help lang color no_cache version as_json as_markdown output_format interactive no_commit include_edits
    fix fix_only unsafe_fixes diff write_baseline prune_baseline accept_new accepted_until baseline statistics
    stdin_filename commit_msg pre_push pre_receive staged exit_zero exit_code output output_file watch
    folder file repair yes where everything force
    """.split()  # noqa: SIM905 - a list of forty strings says less
)
"""Parameters that no agent has: how an answer is shown, what writes beside a gesture, and what passes over a rule."""

_KEPT = {("list", "where"), ("list", "everything"), ("board", "everything")}


@dataclass(frozen=True, slots=True)
class Tool:
    """A verb as a tool. `schema` is the JSON Schema of its words, `writes` whether it may change the board."""

    name: str
    text: str
    schema: dict[str, Any]
    writes: bool
    parameters: tuple[click.Parameter, ...]

    def command_line(self, words: Mapping[str, Any]) -> list[str]:
        """The verb as a person would type it. A text that begins with a dash is never taken for an option.

        Raises ValueError, with everything that is wrong, for words that do not fit the schema.
        """
        known = {_name(one): one for one in self.parameters}
        wrong = list(self._wrong(words))
        if wrong:
            told = ", ".join(f"{name} ({self._kind(name)})" for name in known)
            raise ValueError("\n".join((*wrong, _("the words of {tool}: {words}").format(tool=self.name, words=told))))
        options: list[str] = []
        arguments: list[str] = []
        for name, parameter in known.items():
            value = words.get(name)
            if value is None:
                continue
            values = [str(one) for one in value] if isinstance(value, list) else [value]
            if isinstance(parameter, click.Argument):
                arguments += map(str, values)
            elif isinstance(parameter, click.Option) and parameter.is_flag:
                options += _flag(parameter, bool(value))
            else:
                longest = max(parameter.opts, key=len)
                options += [f"{longest}={one}" if longest.startswith("--") else f"{longest}{one}" for one in values]
        return [self.name, *options, *_answer(self), "--", *arguments]

    def _wrong(self, words: Mapping[str, Any]) -> Iterator[str]:
        """What does not fit: a number for a text would be looked for in the titles of cards."""
        known = self.schema["properties"]
        for name in sorted(set(words) - set(known)):
            yield _("there is no word `{name}`").format(name=name)
        for name in self.schema["required"]:
            if words.get(name) in (None, "", []):
                yield _("the word `{name}` is missing").format(name=name)
        for name in known:
            value = words.get(name)
            if value is not None and not _fits(value, known[name]):
                yield _("`{name}` must be: {kind}").format(name=name, kind=self._kind(name))

    def _kind(self, name: str) -> str:
        one = self.schema["properties"][name]
        plain = one.get("items", one)
        kind = " | ".join(plain.get("enum", ())) or plain["type"]
        return f"{kind} …" if "items" in one else str(kind)


_KINDS: Mapping[str, type] = {"string": str, "integer": int, "boolean": bool, "array": list}


def _fits(value: Any, schema: Mapping[str, Any]) -> bool:
    """Whether a value is of the kind that a schema asks for; of a list also each of its items, or one alone."""
    if schema["type"] == "array":
        return all(_fits(one, schema["items"]) for one in (value if isinstance(value, list) else [value]))
    return isinstance(value, _KINDS[schema["type"]]) and (schema["type"] == "boolean") == isinstance(value, bool)


def _flag(option: click.Option, on: bool) -> list[str]:
    names = option.opts if on else option.secondary_opts
    return [max(names, key=len)] if names and (on or option.secondary_opts) else []


def _answer(tool: Tool) -> list[str]:
    return ["--output-format=json"] if tool.name == "lint" else ["--json"]


def tools(*, write: bool) -> Iterator[Tool]:
    """Every tool: those that read, and with `write` those that change the board."""
    for name, module in READING.items():
        yield _tool(name, module, writes=False)
    for name, module in WRITING.items() if write else ():
        yield _tool(name, module, writes=True)


def _tool(name: str, module: str, *, writes: bool) -> Tool:
    command: click.Command = import_module(f"kanban.commands.{module}").command
    parameters = tuple(
        one
        for one in command.params
        if one.expose_value and (_name(one) not in _NOT_THEIRS or (name, _name(one)) in _KEPT)
    )
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {_name(one): _schema(one) for one in parameters},
        "required": [_name(one) for one in parameters if one.required],
        "additionalProperties": False,
    }
    return Tool(name, cleandoc(command.help or ""), schema, writes, parameters)


def _name(parameter: click.Parameter) -> str:
    return parameter.name or ""


def _schema(parameter: click.Parameter) -> dict[str, Any]:
    """The JSON Schema of one word, from its click declaration."""
    found: dict[str, Any]
    kind = parameter.type
    if isinstance(parameter, click.Option) and parameter.is_flag:
        found = {"type": "boolean"}
    elif isinstance(kind, click.Choice):
        found = {"type": "string", "enum": [str(one) for one in kind.choices]}
    elif isinstance(kind, click.IntRange):
        bounds = {"minimum": kind.min, "maximum": kind.max}
        found = {"type": "integer"} | {key: value for key, value in bounds.items() if value is not None}
    elif isinstance(kind, click.types.IntParamType):
        found = {"type": "integer"}
    else:
        found = {"type": "string", "maxLength": 4000}
    if parameter.nargs == -1 or parameter.multiple:
        found = {"type": "array", "items": found, "maxItems": 50}
    said = parameter.help if isinstance(parameter, click.Option) else None
    return found | ({"description": said} if said else {})
