"""Findings for people and for machines: one module per format, each a function from a view to text."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kanban.lint.report.view import View

FORMATS: dict[str, str] = {
    "full": "text",
    "concise": "text",
    "grouped": "text",
    "json": "document",
    "jsonl": "document",
    "github": "github",
    "gitlab": "gitlab",
    "sarif": "sarif",
    "junit": "junit",
    "rdjson": "rdjson",
    "suggestions": "suggestions",
    "markdown": "markdown",
}
"""Each format and the module that writes it, in a function named like the format."""


def written(view: View, name: str) -> str:
    """The view in one of the formats, ending in a line break unless it is empty."""
    module = import_module(f"kanban.lint.report.{FORMATS[name]}")
    text: str = getattr(module, name if name != "json" else "json_")(view)
    return text if not text or text.endswith("\n") else text + "\n"
