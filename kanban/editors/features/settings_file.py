"""`board.yml` while it is written: which setting the cursor is on, what may stand there, what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from lsprotocol.types import CompletionItem, CompletionItemKind, TextEdit

from kanban.editors.draft import Draft
from kanban.editors.text import Text
from kanban.i18n import _
from kanban.model.cards.json_schema import board_schema

Schema = Mapping[str, Any]
_LINE = re.compile(r"(?P<indent> *)(?P<dash>(?:- +)*)(?:(?P<key>[A-Za-z_][\w-]*):(?=\s|\Z))?")
_PAIR = re.compile(r"[\s{,]*(?P<key>[A-Za-z_][\w-]*):\s+(?P<value>.*)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in `board.yml`: the settings around it (`[]` for a list's item), and the word typed so far.

    `key` is the setting whose value it is in, "" where a setting's name is due.
    """

    path: tuple[str, ...]
    key: str
    typed: str
    start: int


def spot_of(text: Text, offset: int) -> Spot:
    """What stands at an offset, told from the indentation above it."""
    line = text.line_at(offset)
    start = text.start_of(line)
    before = text.text[start:offset]
    head = _LINE.match(before)
    assert head is not None  # noqa: S101 - every part of it may be empty
    indent = len(head["indent"]) + len(head["dash"])
    path = _above(text, line, len(head["indent"]), dashed=bool(head["dash"]))
    inner = before[head.end() :] if head["key"] else before[indent:]
    around = (*path, head["key"]) if head["key"] else path
    opened = _unclosed(inner)
    if opened >= 0:
        bracket = inner[opened]
        steps = ("[]",) * (inner[: opened + 1].count("[") - inner[: opened + 1].count("]"))
        around = (*around, *steps)
        part = re.split(r",\s*", inner[opened + 1 :])[-1]
        pair = _PAIR.match(part) if bracket == "{" else None
        if pair is not None:
            return Spot(around, pair["key"], pair["value"], offset - len(pair["value"]))
        typed = part.lstrip()
        return Spot(around, "", typed, offset - len(typed))
    typed = inner.lstrip()
    if head["key"]:
        return Spot(path, head["key"], typed, offset - len(typed))
    return Spot(path, "", typed, offset - len(typed))


def _unclosed(part: str) -> int:
    """Where the innermost bracket that is still open stands; -1 when none is."""
    waiting: list[int] = []
    for at, sign in enumerate(part):
        if sign in "[{":
            waiting.append(at)
        elif sign in "]}" and waiting:
            waiting.pop()
    return waiting[-1] if waiting else -1


def _above(text: Text, line: int, indent: int, *, dashed: bool) -> tuple[str, ...]:
    """The settings around a line that begins at `indent`; a dash of its own makes it an item of the list above."""
    path: list[str] = ["[]"] if dashed else []
    for at in range(line - 1, -1, -1):
        found = _LINE.match(text.line(at))
        if found is None or not (found["key"] or found["dash"]):
            continue
        own, dash = len(found["indent"]), len(found["dash"])
        if found["key"] and own + dash < indent + (1 if dashed and not dash else 0):
            path.insert(0, found["key"])
            indent, dashed = own, False
        if dash and own < indent + dash and own + dash <= indent + dash and path[:1] != ["[]"] and own < indent:
            path.insert(0, "[]")
            indent, dashed = own, True
        elif found["key"] and dash and path[:1] == [found["key"]]:
            path.insert(0, "[]")
            dashed = True
        if indent == 0 and not dashed:
            break
    return tuple(path)


@cache
def _whole() -> Schema:
    return board_schema()


def schema_at(path: tuple[str, ...]) -> Schema:
    """What may stand at a path; {} where nobody knows."""
    found: Schema = _whole()
    for step in path:
        found = _step(found, step)
    return found


def _step(schema: Schema, step: str) -> Schema:
    for one in _choices(schema):
        if step == "[]" and "items" in one:
            return dict(one["items"])
        if step in one.get("properties", {}):
            return dict(one["properties"][step])
        if step != "[]" and isinstance(one.get("additionalProperties"), Mapping):
            return dict(one["additionalProperties"])
    return {}


def _choices(schema: Schema) -> list[Schema]:
    return [schema, *schema.get("anyOf", ())]


def complete_setting(draft: Draft, offset: int) -> Iterator[CompletionItem]:
    """Names of settings with their meaning, or the values that one may have."""
    spot = spot_of(draft.text, offset)
    place = draft.text.range(spot.start, offset)
    if spot.key or spot.path[-1:] == ("[]",):
        schema = schema_at((*spot.path, spot.key) if spot.key else spot.path)
        for at, value in enumerate(_values(draft, spot, schema)):
            yield CompletionItem(
                value, kind=CompletionItemKind.EnumMember, sort_text=f"{at:03}", text_edit=TextEdit(place, value)
            )
    if spot.key:
        return
    for at, (name, one) in enumerate(_properties(schema_at(spot.path)).items()):
        yield CompletionItem(
            name,
            kind=CompletionItemKind.Property,
            documentation=_(str(one.get("description", ""))) or None,
            detail=_default(one) or None,
            sort_text=f"1{at:03}",
            text_edit=TextEdit(place, f"{name}: "),
        )


def _properties(schema: Schema) -> Mapping[str, Schema]:
    return next((one["properties"] for one in _choices(schema) if one.get("properties")), {})


def _values(draft: Draft, spot: Spot, schema: Schema) -> Iterator[str]:
    config = draft.board.config
    names = {"commitment": [column.key for column in config.columns], "manager": [one.name for one in config.owners]}
    yield from names.get(spot.key, ())
    for one in _choices(schema):
        yield from (str(value) for value in one.get("enum", ()))
        if one.get("type") == "boolean":
            yield from ("true", "false")


def _default(schema: Schema) -> str:
    return _("default: {value}").format(value=schema["default"]) if "default" in schema else ""


def setting_meaning(draft: Draft, offset: int) -> str:
    """What the setting at an offset means, in a sentence; "" where none stands."""
    line = draft.text.line_at(offset)
    end = draft.text.start_of(line) + _word_end(draft.text.line(line), offset - draft.text.start_of(line))
    spot = spot_of(draft.text, end)
    path = (*spot.path, spot.key or spot.typed.rstrip(": "))
    one = schema_at(path)
    said = _(str(one.get("description", ""))) if one.get("description") else ""
    return f"**{path[-1]}** – {said}" + (f"  \n_{_default(one)}_" if _default(one) else "") if said else ""


def _word_end(line: str, column: int) -> int:
    found = re.compile(r"[\w-]*").match(line, max(0, min(column, len(line))))
    return found.end() if found is not None else column
