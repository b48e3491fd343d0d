"""The door to YAML's parser, which is loaded when there is a text that only it can read."""

from kanban.model.text.front.yaml_nodes import Node
from kanban.model.text.problem import Problem


def read_yaml(text: str, *, first_line: int = 1) -> tuple[Node | None, tuple[Problem, ...]]:
    """Read one YAML document. `first_line` is the line of the file on which `text` begins.

    Returns the tree (None when nothing can be used or the text is empty) and the problems found, in file order.
    Never raises for bad input.
    """
    from kanban.model.text.front.composing import compose

    return compose(text, first_line=first_line)
