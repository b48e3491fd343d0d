"""`kanban schema`: the JSON Schema of board.yml, of cards, or of a JSON document that kanban prints."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import click

from kanban.commands.base.entry import Verb
from kanban.commands.base.invocation import settings_of, speak
from kanban.commands.base.session import emit_json, open_session
from kanban.errors import KanbanError, NotFound
from kanban.i18n import _
from kanban.model.cards.json_schema import board_schema, card_schema


def documents() -> list[str]:
    """The names of the JSON documents that have a schema in the package."""
    folder = resources.files("kanban.schemas")
    return sorted(file.name.removesuffix(".json") for file in folder.iterdir() if file.name.endswith(".json"))


@click.command(
    cls=Verb,
    examples=(
        "kanban schema board > board.schema.json   for the editor that completes board.yml",
        "kanban schema card                        the fields of this board's cards",
        "kanban schema metrics                     what `kanban metrics --json` prints",
    ),
)
@click.argument("name", default="board")
@click.pass_context
def command(context: click.Context, /, name: str) -> None:
    """Print a JSON Schema: `board`, `card`, or the name of a JSON document such as `list` or `metrics`."""
    emit_json(_schema(context, name))


def _schema(context: click.Context, name: str) -> Any:
    if name == "board":
        return board_schema()
    if name == "card":
        try:
            return card_schema(open_session(context).config)
        except KanbanError:
            return card_schema()
    if name in documents():
        return json.loads(resources.files("kanban.schemas").joinpath(f"{name}.json").read_text(encoding="utf-8"))
    speak(settings_of(context))
    known = ", ".join(["board", "card", *documents()])
    raise NotFound(
        _("there is no schema “{name}”").format(name=name), cure=_("choose one of {names}").format(names=known)
    )
