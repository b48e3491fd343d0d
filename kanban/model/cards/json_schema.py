"""JSON Schemas of `board.yml` and of cards, made from the same declarations that read them."""

from typing import Any

from kanban.model.cards.fields import CARD_FIELDS, Field, field_of
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.declared import record_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def board_schema() -> dict[str, Any]:
    """The JSON Schema of `board.yml`."""
    return {"$schema": DIALECT, "title": "git-kanban board.yml"} | record_schema(BoardConfig)


_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": ["string", "number", "boolean", "null"]},
    "money": {"type": ["string", "number", "null"]},
    "currency": {"type": ["string", "null"]},
    "share": {"type": ["string", "number", "null"]},
    "when": {"type": ["string", "null"]},
    "day": {"type": ["string", "null"]},
    "choice": {"type": ["string", "null"]},
    "list": {"anyOf": [{"type": "array", "items": {"type": ["string", "number"]}}, {"type": ["string", "null"]}]},
    "yes-no": {"type": ["string", "boolean", "null"]},
    "number": {"type": ["string", "integer", "null"]},
}


def card_schema(config: BoardConfig | None = None) -> dict[str, Any]:
    """The JSON Schema of a card's front matter; with `config`, its classes, reasons and further fields are named.

    Unknown keys are allowed: a board keeps whatever people add.
    """
    fields: list[Field] = list(CARD_FIELDS)
    if config is not None:
        fields += [declared for key in config.fields if (declared := field_of(key, config)) is not None]
    properties = {field.key: _field_schema(field, config) for field in fields}
    return {"$schema": DIALECT, "title": "git-kanban card", "type": "object", "properties": properties}


def _field_schema(field: Field, config: BoardConfig | None) -> dict[str, Any]:
    schema = dict(_TYPES[field.type])
    choices = list(field.choices)
    if config is not None and field.key == "class":
        choices = [one.key for one in config.classes]
    if config is not None and field.key == "lost_reason":
        choices = list(config.lost_reasons)
    if choices:
        schema["examples"] = choices
    return schema | {"title": field.name} | ({"description": field.doc} if field.doc else {})
