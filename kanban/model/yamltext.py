"""YAML read as text: every scalar stays the characters the user typed, with the line and column it stands on.

YAML's own guesses (`NO` a boolean, `012` an octal, `12:30` a sexagesimal, dates that raise) never run: the board's
schema types values later. Aliases, tags, merge keys and duplicate keys are problems. Depth and size are checked on the
event stream, before anything is composed, because deep nesting kills the C parser's composer with a signal that no
`except` can catch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from kanban.i18n import _
from kanban.model.problem import Problem

MAX_DEPTH = 20
MAX_NODES = 20_000

_LOADER: type = getattr(yaml, "CLoader", yaml.Loader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as typed. `style` is "" for plain, else the YAML quote or block character.

    `line`/`column` are 1-based; `start`/`end` are character offsets into the text that was parsed.
    """

    text: str
    line: int
    column: int
    style: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes; `flow` tells `[a, b]` from one item a line."""

    items: tuple[Node, ...]
    line: int
    column: int
    flow: bool = False
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Mapping:
    """Key and value pairs in file order, keys unique."""

    pairs: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int
    flow: bool = False
    start: int = 0
    end: int = 0

    def get(self, key: str) -> Node | None:
        """The value under `key`, None when it is not there."""
        return next((value for name, value in self.pairs if name.text == key), None)


Node = Scalar | Sequence | Mapping


class _Stop(Exception):
    """Carries one problem out of the event loop: what follows cannot be read safely."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_yaml(text: str, *, first_line: int = 1) -> tuple[Node | None, tuple[Problem, ...]]:
    """Read one YAML document. `first_line` is the line of the file on which `text` begins.

    Returns the tree (None when nothing can be used or the text is empty) and the problems found, in file order.
    Never raises for bad input.
    """
    problems: list[Problem] = []
    try:
        return _Composer(text, first_line, problems).document(), tuple(problems)
    except _Stop as stop:
        return None, (*problems, stop.problem)
    except yaml.YAMLError as error:
        return None, (*problems, _syntax_problem(error, text, first_line))
    except (ValueError, RecursionError) as error:
        return None, (*problems, Problem("", first_line, 1, "yaml-syntax", str(error)))


def _too_deep(line: int, column: int = 1) -> Problem:
    return Problem(
        "",
        line,
        column,
        "yaml-too-deep",
        _("brackets or lists are nested too deeply to be read safely"),
        _("keep the front matter flat: single values and simple lists"),
    )


def _syntax_problem(error: yaml.YAMLError, text: str, first_line: int) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = first_line + (mark.line if mark else 0)
    column = (mark.column if mark else 0) + 1
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    lines = text.splitlines()
    at = line - first_line
    shown = lines[at].strip() if at < len(lines) else ""
    cure = _("put quotes around a value that contains `: `, `#`, or begins with one of @ ` % & * ! | > [ {")
    message = _("this line cannot be read: {reason}").format(reason=said)
    if shown:
        message = _("`{text}` cannot be read: {reason}").format(text=shown[:80], reason=said)
    return Problem("", line, column, "yaml-syntax", message, cure)


class _Composer:
    """Builds nodes from the parser's events, refusing what plain data never needs."""

    def __init__(self, text: str, first_line: int, problems: list[Problem]) -> None:
        loader = _LOADER(text)
        self.events: Iterator[yaml.Event] = self._stream(loader)
        self.shift = first_line
        self.problems = problems
        self.nodes = 0

    @staticmethod
    def _stream(loader: yaml.Loader) -> Iterator[yaml.Event]:
        try:
            while loader.check_event():
                yield loader.get_event()
        finally:
            loader.dispose()

    def document(self) -> Node | None:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
                continue
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise _Stop(
                        self._problem(event, "yaml-several-documents", _("a second `---` document starts here"))
                    )
                continue
            root = self.node(event, 1)
        return root

    def node(self, event: yaml.Event, depth: int) -> Node:
        self.nodes += 1
        line, column = self._place(event)
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise _Stop(_too_deep(line, column))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            cure = _("write the value out in full")
            raise _Stop(
                self._problem(event, "yaml-alias", _("`&` anchors and `*` aliases are not used in cards"), cure)
            )
        if getattr(event, "tag", None):
            message = _("the tag `{tag}` is not used in cards").format(tag=event.tag)  # type: ignore[attr-defined]
            raise _Stop(self._problem(event, "yaml-tag", message, _("remove it; values are typed by the board")))
        if isinstance(event, yaml.ScalarEvent):
            style = event.style if event.style in ("'", '"', "|", ">") else ""
            return Scalar(event.value, line, column, style, event.start_mark.index, event.end_mark.index)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        return self._mapping(event, depth)

    def _sequence(self, start: yaml.Event, depth: int) -> Sequence:
        items: list[Node] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                line, column = self._place(start)
                flow = bool(getattr(start, "flow_style", False))
                return Sequence(tuple(items), line, column, flow, start.start_mark.index, event.end_mark.index)
            items.append(self.node(event, depth + 1))
        raise _Stop(self._problem(start, "yaml-syntax", _("this list does not end")))

    def _mapping(self, start: yaml.Event, depth: int) -> Mapping:
        pairs: dict[str, tuple[Scalar, Node]] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                line, column = self._place(start)
                flow = bool(getattr(start, "flow_style", False))
                return Mapping(tuple(pairs.values()), line, column, flow, start.start_mark.index, event.end_mark.index)
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if not isinstance(key, Scalar):
                raise _Stop(self._problem(event, "yaml-key", _("a key must be a plain word")))
            self._keep(pairs, key, value)
        raise _Stop(self._problem(start, "yaml-syntax", _("this mapping does not end")))

    def _keep(self, pairs: dict[str, tuple[Scalar, Node]], key: Scalar, value: Node) -> None:
        first = pairs.get(key.text)
        if first is None:
            pairs[key.text] = (key, value)
            return
        message = _("`{key}` stands twice: first on line {first}, again on line {again}")
        self.problems.append(
            Problem(
                "",
                key.line,
                key.column,
                "yaml-duplicate-key",
                message.format(key=key.text, first=first[0].line, again=key.line),
                _("keep one of the two lines"),
                key.text,
            )
        )

    def _place(self, event: yaml.Event) -> tuple[int, int]:
        return event.start_mark.line + self.shift, event.start_mark.column + 1

    def _problem(self, event: yaml.Event, code: str, message: str, cure: str = "") -> Problem:
        line, column = self._place(event)
        return Problem("", line, column, code, message, cure)
