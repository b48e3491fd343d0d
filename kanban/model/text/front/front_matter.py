"""Front matter that is not a card's: of a script, of a mail's text, of an experiment's ticket.

python-frontmatter reads and writes it. Values stay the text that was typed (`no`, `012` and `12:30` are no booleans,
octals or times), as in cards; unlike a card's, such a file may be written whole, and only its lines are ever shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kanban.model.text.encoding import decode_card
from kanban.model.text.front.front_fields import scalar_text
from kanban.model.text.front.yaml_nodes import Scalar
from kanban.model.text.problem import Problem, line_and_column
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A text file read: its values by key, each with its line, and the body, which begins on `body_line`.

    `problem` is the first thing that keeps it from being understood whole; what could be read is there all the same.
    """

    values: Mapping[str, Scalar]
    body: str
    body_line: int
    problem: Problem | None

    def text(self, key: str) -> str:
        """The text of a value without the space around it, "" when it is empty or not there."""
        value = self.values.get(key)
        return scalar_text(value).strip() if value is not None else ""

    def line(self, key: str) -> int:
        """The line of a value, 1 when it is not there."""
        value = self.values.get(key)
        return value.line if value is not None else 1


def read_front_matter(data: bytes) -> FrontMatter:
    """Read a text file with front matter. Never raises."""
    from kanban.model.text.front.yaml_between import told_in

    text, _bom, problems, faithful = decode_card(data, mends=False)
    if faithful:
        problems = []  # a byte order mark is read past
    values, body, amiss = told_in(text)
    problems += amiss
    begins = len(text.rstrip()) - len(body)  # the body is what the text ends with
    found = {key: value for key, value in values.items() if isinstance(value, Scalar)}
    return FrontMatter(found, body, line_and_column(text, begins)[0], problems[0] if problems else None)


def write_front_matter(values: Mapping[str, str | int | date], body: str = "") -> bytes:
    """A fresh text file: the values in this order, each on one line, and the body."""
    from kanban.model.text.front.yaml_between import written

    return written(values, body).encode()
