"""The YAML parser's complaints in words a salesperson understands, placed where the mistake stands.

The parser reports where it gave up; for a quote or a bracket that is never closed that is the end of the text,
while the mistake is where it opens.
"""

import re

import yaml

from kanban.i18n import _
from kanban.model.text.front.yaml_nodes import UNREADABLE
from kanban.model.text.problem import Problem, line_and_column, line_at, line_start

# A line with one short value in which no character would need an escape.
_ENTRY = re.compile(r"[ \t]*([\w-]{1,40})[ \t]*:[ \t]+(?![\[{])([^\"'\\#]{1,80})")
_COLON = re.compile(r":(?:[ \t]|$)")


def syntax_problem(error: yaml.YAMLError, text: str, shift: int) -> Problem:
    """The problem that `error` stands for; `shift` is added to the lines counted in `text`."""
    said = str(getattr(error, "problem", "") or getattr(error, "reason", "") or "")
    offset = _offset(error, text, said)
    line, column = line_and_column(text, offset)
    shown = line_at(text, offset).strip()[:80]
    message, cure = _explain(said, text, offset)
    if shown:
        message = _("`{text}` cannot be read: {reason}").format(text=shown, reason=message)
    else:
        message = _("this line cannot be read: {reason}").format(reason=message)
    return Problem("", line + shift, column, "yaml-syntax", message, cure)


def _offset(error: yaml.YAMLError, text: str, said: str) -> int:
    if isinstance(error, yaml.reader.ReaderError):
        found = UNREADABLE.search(text)
        return found.start() if found else 0
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    opened = "end of stream" in said or "',' or" in said or said == "could not find expected ':'"
    mark = context if context is not None and (opened or mark is None) else mark
    return min(mark.index, len(text)) if mark is not None else 0


def _explain(said: str, text: str, offset: int) -> tuple[str, str]:
    """What is wrong, and what to type instead."""
    if said == "mapping values are not allowed in this context":
        return _too_many_colons(text, offset)
    if said.startswith("found character that cannot start any token"):
        return _bad_start(text, offset)
    quote = _quoting(text, offset)
    reasons = (*_line_reasons(), *_value_reasons(quote))
    return next(((message, cure) for part, message, cure in reasons if part in said), (said, quote))


def _quoting(text: str, offset: int) -> str:
    """The cure that quotes are: the line as it should be typed, when that is one simple change."""
    entry = _ENTRY.fullmatch(line_at(text, offset))
    if entry is None:
        return _('put double quotes around the value: `"…"`')
    return _("write `{line}`").format(line=f'{entry.group(1)}: "{entry.group(2).strip()}"')


def _line_reasons() -> tuple[tuple[str, str, str], ...]:
    """Part of the parser's complaint about a line, what it means, its cure."""
    neither = _("it is neither a `key: value` line nor part of the one above")
    return (
        ("expected ':'", neither, _("write it as `key: value`")),
        ("expected '-' indicator", neither, _("write it as `key: value`")),
        ("tab character", _("a tab begins the line"), _("indent with spaces")),
        (
            "block sequence entries",
            _("a list cannot begin on the line of its key"),
            _("write `key: [a, b]`, or each `- item` on its own line"),
        ),
        (
            "expected key",
            _("something stands after the value, or the line is indented differently"),
            _("put double quotes around the whole value, and begin each key at the same column"),
        ),
        (
            "<document start>",
            _("the line is indented differently from the first field"),
            _("begin each key at the same column"),
        ),
        ("characters are not allowed", _("it holds an invisible control character"), _("delete it")),
    )


def _value_reasons(quote: str) -> tuple[tuple[str, str, str], ...]:
    """The same for complaints about a value."""
    return (
        (
            "end of stream",
            _("the quote that opens here is never closed"),
            _("add the closing quote at the end of the value"),
        ),
        (
            "',' or",
            _("the bracket that opens here is never closed"),
            _("add the closing bracket at the end of the list"),
        ),
        (
            "escape",
            _("inside double quotes `\\` has a meaning of its own"),
            _("write `\\\\` for a backslash, or use single quotes"),
        ),
        (
            "expected node content",
            _("a comma or bracket stands where a value is due"),
            _('delete it, or put double quotes around the value: `"…"`'),
        ),
        ("comment or line break", _("`|` and `>` open a block of text, which begins on the next line"), quote),
        ("alphabetic or numeric", _("a value cannot begin with `&` or `*`"), quote),
        ("mapping keys are not allowed", _("a value cannot begin with `?` and a space"), quote),
    )


def _too_many_colons(text: str, offset: int) -> tuple[str, str]:
    start = line_start(text, offset)
    if _COLON.search(text[start:offset]):
        return _("its value contains `: `"), _quoting(text, offset)
    cure = _("begin the line without spaces, and check that the line above is `key: value`")
    return _("it continues the value of the line above"), cure


def _bad_start(text: str, offset: int) -> tuple[str, str]:
    character = text[offset : offset + 1]
    if character == "\t":
        return _("a tab begins the line"), _("indent with spaces")
    message = _("a value cannot begin with `{character}`").format(character=character)
    return message, _quoting(text, offset)
