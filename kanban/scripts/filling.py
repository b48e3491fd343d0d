"""Fills a script. It can show fields, ask whether one is there, and go through a list; nothing else.

Scripts may come from the board, so from anyone who may propose a change to it. They are rendered in Jinja2's
immutable sandbox, from texts only, after a look at their syntax tree: a call, an attribute, arithmetic, a macro, an
include, a loop in a loop or a join of a join is refused, and what is too long, so that no script can run code or grow
without end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from shlex import quote
from typing import TYPE_CHECKING

from kanban.errors import KanbanError
from kanban.i18n import N_, _
from kanban.i18n.formats import format_list
from kanban.model.cards.card import Card
from kanban.scripts.script import Script
from kanban.scripts.values import MOST_ITEMS, Value
from kanban.values import dataclass

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

_TEXT_NODES = {"Template", "Output", "TemplateData", "Name", "Const", "Filter", "Getattr", "Keyword", "For"}
_QUESTION_NODES = {"If", "CondExpr", "Test", "Compare", "Operand", "And", "Or", "Not"}
_ALLOWED = frozenset(_TEXT_NODES | _QUESTION_NODES)
_FILTERS = frozenset({"default", "first", "join", "last", "listed", "lower", "sentence", "trim", "upper"})
_LOOP = frozenset({"index", "first", "last"})
_DEEPEST, _LONGEST_SIGN, _LONGEST_TEXT = 60, 40, 1_000_000
"""Steps into a script's syntax tree; characters between joined items; characters of a filled script."""
_UNKNOWN = re.compile(r"'([^']+)' is undefined")

_FILL = {
    "greeting": "first_name",
    "signature": "owner",
    "offer_day": "offer_date",
    "close_day": "close_date",
    "meeting_day": "next_action_date",
    "meeting_time": "next_action_date",
    "tomorrow": "next_action_date",
}
_EXAMPLES = {
    "offer_date": "2026-09-24",
    "close_date": "+30d",
    "next_action_date": '"+2d 10:00"',
    "points": N_('"scope, price"'),
    "video_link": "https://…",
    "contact_email": "name@example.org",
}


def field_behind(name: str) -> str:
    """The card's field that a name in a script is made from; the name itself where it is one, or is made from none."""
    return _FILL.get(name, name)


@dataclass(frozen=True, slots=True)
class Filled:
    """A script with a card's values in it. `subject` is one line, "" for something to say."""

    script: Script
    card: str
    subject: str
    text: str


class UnresolvedField(KanbanError):
    """A script asks for a field that the card does not have; `field` is what it asked for, `card` the card's id."""

    def __init__(self, message: str, *, field: str, card: str, cure: str, where: str) -> None:
        super().__init__(message, cure=cure, where=where)
        self.field = field
        self.card = card


def fill(script: Script, card: Card, values: Mapping[str, Value]) -> Filled:
    """The script with the values in it.

    Raises UnresolvedField naming card, place and every field that is not there, and KanbanError with the place for a
    script that cannot be used.
    """
    try:
        subject = _render(script, script.subject, script.subject_line, card, values)
        body = _render(script, script.body, script.body_line, card, values)
    except UnresolvedField as first:
        raise _with_all(script, card, values, first) from first
    lines = [line.rstrip() for line in body.strip("\n").splitlines()]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"
    return Filled(script, card.id, " ".join(subject.split()), text)


def _with_all(script: Script, card: Card, values: Mapping[str, Value], first: UnresolvedField) -> UnresolvedField:
    """The same, naming all fields that are not there, in the order in which they are met."""
    lacking = [first.field]
    while len(lacking) < MOST_ITEMS:
        known = {**dict.fromkeys(lacking, "?"), **values}
        try:
            _render(script, script.subject, script.subject_line, card, known)
            _render(script, script.body, script.body_line, card, known)
        except UnresolvedField as more:
            if more.field in lacking:
                break
            lacking.append(more.field)
        else:
            break
    return _unresolved(script, lacking, first.where, card)


def fields_of(script: Script) -> tuple[str, ...]:
    """The names a script uses, in order."""
    from jinja2 import nodes

    found: dict[str, None] = {}
    for source, line in ((script.subject, script.subject_line), (script.body, script.body_line)):
        tree = _parsed(script, source, line)
        bound = {name.name for loop in tree.find_all(nodes.For) for name in loop.target.find_all(nodes.Name)}
        bound |= {loop.target.name for loop in tree.find_all(nodes.For) if isinstance(loop.target, nodes.Name)}
        for name in tree.find_all(nodes.Name):
            if name.name not in bound | {"loop"}:
                found[name.name] = None
    return tuple(found)


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,  # the output is a plain-text mail, never HTML
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.clear()
    made.filters = {name: one for name, one in made.filters.items() if name in _FILTERS}
    made.filters["sentence"] = lambda text: text[:1].upper() + text[1:]
    made.filters["listed"] = lambda items: items if isinstance(items, str) else format_list(list(items))
    made.tests = {name: one for name, one in made.tests.items() if name in ("defined", "undefined")}
    return made


def _parsed(script: Script, source: str, line: int) -> nodes.Template:
    """The syntax tree, with the file's own lines. Raises KanbanError for what a script may not do."""
    from jinja2 import TemplateError, TemplateSyntaxError

    try:
        tree = _environment().parse("\n" * (line - 1) + source)
    except TemplateSyntaxError as error:
        where = f"{script.path}:{error.lineno}"
        raise _unusable(script, error.message or "", where) from error
    except (TemplateError, RecursionError, ValueError) as error:
        raise _too_complicated(script, line) from error
    _checked(script, tree, 0)
    return tree


def _checked(script: Script, node: nodes.Node, loops: int, deep: int = 0) -> None:
    from jinja2 import nodes

    if deep > _DEEPEST:
        raise _too_complicated(script, node.lineno)
    kind = type(node).__name__
    fine = kind in _ALLOWED
    if isinstance(node, nodes.Getattr):
        fine = isinstance(node.node, nodes.Name) and node.node.name == "loop" and node.attr in _LOOP
    elif isinstance(node, nodes.Filter):
        fine = node.name in _FILTERS and (node.name != "join" or _joins_once(node))
    elif isinstance(node, nodes.For):
        fine = loops == 0 and not node.recursive and isinstance(node.iter, nodes.Name)
        loops += 1
    if not fine:
        message = _("a script knows fields, `if`, `for` and the filters {names}").format(
            names=", ".join(sorted(_FILTERS))
        )
        raise _unusable(script, message, f"{script.path}:{node.lineno}")
    for child in node.iter_child_nodes():
        _checked(script, child, loops, deep + 1)


def _joins_once(node: nodes.Filter) -> bool:
    """Whether it joins the items of a field by a few signs; a join of a join would multiply what stands there."""
    from jinja2 import nodes

    few = all(isinstance(one, nodes.Const) and len(str(one.value)) <= _LONGEST_SIGN for one in node.args)
    return few and not node.kwargs and isinstance(node.node, nodes.Name)


def _too_complicated(script: Script, line: int) -> KanbanError:
    return _unusable(script, _("it is too complicated"), f"{script.path}:{line}")


def _unusable(script: Script, reason: str, where: str) -> KanbanError:
    message = _("the script {name} cannot be used: {reason}").format(name=script.name, reason=reason)
    return KanbanError(message, cure=_("look at that line"), where=where)


def _render(script: Script, source: str, line: int, card: Card, values: Mapping[str, Value]) -> str:
    from jinja2 import UndefinedError

    _parsed(script, source, line)
    try:
        template = _environment().from_string("\n" * (line - 1) + source)
    except (RecursionError, SyntaxError, MemoryError) as error:
        raise _too_complicated(script, line) from error
    try:
        return "".join(_bounded(script, template.generate(dict(values)), line)).removeprefix("\n" * (line - 1))
    except UndefinedError as error:
        named = _UNKNOWN.search(str(error))
        where = f"{script.path}:{_line_of(error, line)}"
        raise _unresolved(script, [named[1] if named else "?"], where, card) from error
    except (TypeError, ValueError) as error:
        raise _unusable(script, str(error), f"{script.path}:{_line_of(error, line)}") from error


def _bounded(script: Script, pieces: Iterable[str], line: int) -> Iterator[str]:
    """The text piece by piece, as long as it is one that somebody would send."""
    room = _LONGEST_TEXT
    for piece in pieces:
        room -= len(piece)
        if room < 0:
            raise _unusable(script, _("what it makes is too long"), f"{script.path}:{line}")
        yield piece


def _line_of(error: BaseException, default: int) -> int:
    """The line of the script at which rendering stopped."""
    trace, found = error.__traceback__, default
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            found = trace.tb_lineno
        trace = trace.tb_next
    return found


def _unresolved(script: Script, fields: Sequence[str], where: str, card: Card) -> UnresolvedField:
    keys = dict.fromkeys(_FILL.get(field, field) for field in fields)
    message = _("the script {name} asks for {field}, which {card} does not have").format(
        name=script.name, field=format_list([f"`{field}`" for field in fields]), card=f"{card.id} ({card.path})"
    )
    cure = f"kanban set {quote(card.id)} " + " ".join(f"{key}={_(_EXAMPLES.get(key, '…'))}" for key in keys)
    if "video_link" in keys:
        message += " " + _("(for a visit `place=…` in place of `video_link`)")
    return UnresolvedField(message, field=fields[0], card=card.id, cure=cure, where=where if script.own else "")
