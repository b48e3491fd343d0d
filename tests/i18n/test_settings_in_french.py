"""What hover and completion say of `board.yml` comes from its schema, in the language of the board."""

from __future__ import annotations

from collections.abc import Iterator

from kanban.i18n import _
from kanban.i18n.catalogue import use_language
from kanban.model.cards.json_schema import board_schema


def meanings(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from ([schema["description"]] if isinstance(schema.get("description"), str) else [])
        schema = list(schema.values())
    for one in schema if isinstance(schema, list) else ():
        yield from meanings(one)


def test_every_setting_is_explained_in_french_too() -> None:
    found = set(meanings(board_schema()))
    with use_language("fr"):
        english = {said for said in found if _(said) == said}
    assert len(found) > 100
    assert english == {"SDR, AE, …"}
