"""The YAML between two `---` lines of a file that is no card, as python-frontmatter reads and writes it.

Loaded with it and YAML (16 ms) by whoever has such a file at hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import frontmatter
from frontmatter.default_handlers import YAMLHandler

from kanban.i18n import _
from kanban.model.text.front.yaml_nodes import Mapping as Mapped
from kanban.model.text.front.yaml_text import read_yaml
from kanban.model.text.problem import Problem, line_and_column


def told_in(text: str) -> tuple[Mapping[str, object], str, list[Problem]]:
    """The values by key, the body without the space around it, and what is wrong."""
    handler = _TextHandler(text)
    values, body = frontmatter.parse(text, handler=handler)
    return values, body, handler.problems


def written(values: Mapping[str, str | int | date], body: str) -> str:
    """The values in this order, each on one line, and the body."""
    post = frontmatter.Post(body)
    post.metadata = dict(values)
    return frontmatter.dumps(post, handler=YAMLHandler(), sort_keys=False, width=1 << 30) + "\n"


class _TextHandler(YAMLHandler):
    """Reads the YAML between two `---` lines as text with its lines. Made anew for every text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._above = text[: len(text) - len(text.lstrip())]
        self._line = 1
        self.problems = [_missing()]

    def split(self, text: str) -> tuple[str, str]:
        opening = self.FM_BOUNDARY.match(text)
        if opening is None:
            raise ValueError("no front matter")
        self._line = line_and_column(self._above + text, len(self._above) + opening.end())[0]
        inside, body = super().split(text)
        self.problems = []
        return inside, body

    def load(self, fm: str, **_options: object) -> dict[str, object]:
        root, problems = read_yaml(fm, first_line=self._line)
        self.problems = list(problems)
        return {key.text: value for key, value in root.pairs} if isinstance(root, Mapped) else {}


def _missing() -> Problem:
    cure = _("begin the file with a `---` line, `key: value` lines, and another `---` line")
    return Problem("", 1, 1, "no-front-matter", _("the file has no front matter"), cure)
