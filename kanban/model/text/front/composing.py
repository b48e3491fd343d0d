"""YAML read as text: every scalar stays the characters the user typed, with the line and column it stands on.

YAML's own guesses (`NO` a boolean, `012` an octal, `12:30` a sexagesimal, dates that raise) never run: the board's
schema types values later. Aliases, tags, merge keys and duplicate keys are problems. Depth and size are checked on the
event stream, before anything is composed, because deep nesting kills the C parser's composer with a signal that no
`except` can catch.
"""

from __future__ import annotations

from typing import Any

import yaml

from kanban.i18n import _
from kanban.model.text.front.yaml_errors import syntax_problem
from kanban.model.text.front.yaml_nodes import Mapping, Node, Scalar, Sequence
from kanban.model.text.problem import Problem, line_and_column

MAX_DEPTH = 20
MAX_NODES = 20_000

# libyaml's parser without PyYAML's constructors: only its events are used.
_PARSER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PARSER_LIMIT = "exceeded maximum nesting depth"
"""libyaml's words where it gives up before we do: it reads ahead, and newer versions stop at a depth of their own."""
# Line breaks to YAML, though to no editor: with one of them in the text its line numbers are not the file's.
_ODD_BREAKS = ("\x85", "\u2028", "\u2029")


class _Stop(Exception):
    """Carries one problem out of the event loop: what follows cannot be read safely."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def compose(text: str, *, first_line: int = 1) -> tuple[Node | None, tuple[Problem, ...]]:
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
        if isinstance(error, yaml.MarkedYAMLError) and error.problem == _PARSER_LIMIT and error.problem_mark:
            mark = error.problem_mark
            return None, (*problems, _too_deep(mark.line + first_line, mark.column + 1))
        return None, (*problems, syntax_problem(error, text, first_line - 1))
    except (ValueError, RecursionError) as error:
        cure = _("write `key: value` lines")
        return None, (*problems, Problem("", first_line, 1, "yaml-syntax", str(error), cure))


def _too_deep(line: int, column: int) -> Problem:
    message = _("brackets or lists are nested too deeply to be read safely")
    cure = _("keep the front matter flat: single values and simple lists")
    return Problem("", line, column, "yaml-too-deep", message, cure)


class _Composer:
    """Builds nodes from the parser's events, refusing what plain data never needs."""

    def __init__(self, text: str, first_line: int, problems: list[Problem]) -> None:
        self.next_event = _PARSER(text).get_event
        self.text = text
        self.first_line = first_line
        self.problems = problems
        self.nodes = 0
        self.odd = any(mark in text for mark in _ODD_BREAKS)

    def document(self) -> Node | None:
        root: Node | None = None
        while (event := self.next_event()) is not None:
            kind = type(event)
            if kind is yaml.DocumentStartEvent:
                if root is not None:
                    message = _("a second `---` document starts here")
                    cure = _("delete the `---`, or put quotes around the value")
                    raise _Stop(self._problem(event, "yaml-several-documents", message, cure))
            elif kind not in (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent):
                root = self.node(event, 1)
        return root

    def node(self, event: Any, depth: int) -> Node:
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise _Stop(_too_deep(*self._place(event.start_mark)))
        if event.anchor is not None:
            cure = _("write the value out in full")
            message = _("`&` anchors and `*` aliases are not used in cards")
            raise _Stop(self._problem(event, "yaml-alias", message, cure))
        if event.tag is not None:
            message = _("the tag `{tag}` is not used in cards").format(tag=event.tag)
            raise _Stop(self._problem(event, "yaml-tag", message, _("remove it; values are typed by the board")))
        kind = type(event)
        if kind is yaml.ScalarEvent:
            mark = event.start_mark
            line, column = self._place(mark)
            return Scalar(event.value, line, column, event.style or "", mark.index, event.end_mark.index)
        return self._sequence(event, depth) if kind is yaml.SequenceStartEvent else self._mapping(event, depth)

    def _sequence(self, start: Any, depth: int) -> Sequence:
        items: list[Node] = []
        event: Any = self.next_event()
        while type(event) is not yaml.SequenceEndEvent:
            items.append(self.node(event, depth + 1))
            event = self.next_event()
        return Sequence(tuple(items), *self._extent(start, event))

    def _mapping(self, start: Any, depth: int) -> Mapping:
        pairs: dict[str, tuple[Scalar, Node]] = {}
        event: Any = self.next_event()
        while type(event) is not yaml.MappingEndEvent:
            key = self.node(event, depth + 1)
            value = self.node(self.next_event(), depth + 1)
            if type(key) is not Scalar:
                cure = _("write `key: value`, without brackets around the key")
                raise _Stop(self._problem(event, "yaml-key", _("a key must be a plain word"), cure))
            if key.text in pairs:
                self._twice(pairs[key.text][0], key)
            else:
                pairs[key.text] = (key, value)
            event = self.next_event()
        return Mapping(tuple(pairs.values()), *self._extent(start, event))

    def _twice(self, first: Scalar, again: Scalar) -> None:
        message = _("`{key}` stands twice: first on line {first}, again on line {again}")
        message = message.format(key=again.text[:40], first=first.line, again=again.line)
        cure = _("keep one of the two lines")
        problem = Problem("", again.line, again.column, "yaml-duplicate-key", message, cure, again.text)
        self.problems.append(problem)

    def _extent(self, start: Any, end: Any) -> tuple[int, int, bool, int, int]:
        """Line, column, whether it stands in brackets, start and end of a list or mapping."""
        mark = start.start_mark
        return *self._place(mark), bool(start.flow_style), mark.index, end.end_mark.index

    def _place(self, mark: Any) -> tuple[int, int]:
        """The file's line and the column of a parser's mark."""
        if self.odd:
            line, column = line_and_column(self.text, mark.index)
            return line + self.first_line - 1, column
        return mark.line + self.first_line, mark.column + 1

    def _problem(self, event: Any, code: str, message: str, cure: str = "") -> Problem:
        line, column = self._place(event.start_mark)
        return Problem("", line, column, code, message, cure)
