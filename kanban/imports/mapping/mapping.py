"""The mapping file: which column of an export is which field, which of its stages is which column, and how it writes.

`kanban import FILE --guess` proposes one, a person corrects it. It is read as `board.yml` is: every scalar is text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kanban.errors import BadBoard
from kanban.model.settings.declared import Reading, read_record, setting
from kanban.model.settings.kinds import Choice, Currency, Named, Record, Text
from kanban.model.text.edit.quoting import quoted
from kanban.model.text.front.yaml_text import read_yaml
from kanban.model.text.problem import Problem

SPECIAL = (
    *("id", "stage", "status", "pipeline", "active", "created", "closed", "won_on", "lost_on"),
    *("stage_changed", "next_action_date", "close_date", "notes"),
)
"""What a column of an export can be besides a field of a card: the rest are fields under their own names."""
OWN_TABLE = "sheet"
"""The system of a table that is no known system's."""
LEFT_OUT = "-"
"""In `stages`, `statuses`, `lost_reasons` and `owners`: rows that say so are passed over, or that value is."""


@dataclass(frozen=True)
class Told:
    """The columns of a history: which deal came into which stage, when, and by whom."""

    deal: str = setting(Text(), "column that names the deal by its id", required=True)
    stage: str = setting(Text(), "column that holds the stage it came into", required=True)
    at: str = setting(Text(), "column that says when", required=True)
    before: str = setting(Text(), "column that holds the stage it left", default="")
    field: str = setting(Text(), "column that names the changed field, where a history tells of others too", default="")
    author: str = setting(Text(), "column that says who did it", default="")
    amount: str = setting(Text(), "column that holds what the deal was worth then", default="")


@dataclass(frozen=True)
class ImportMapping:
    """How an export is to be read. `columns` and `history` name its headings."""

    system: str = setting(Text("[a-z][a-z0-9-]{0,30}"), "what the export comes from, for the cards' origin", default="")
    columns: dict[str, str] = setting(Named(Text()), "our field → heading of the export", default={})
    stages: dict[str, str] = setting(Named(Text()), "stage of the export → column of the board", default={})
    statuses: dict[str, str] = setting(
        Named(Text()), "status of the export → open, won, lost or parked; `-` passes over", default={}
    )
    entered: dict[str, str] = setting(
        Named(Text()), "heading of a day on which a stage was entered → column of the board", default={}
    )
    lost_reasons: dict[str, str] = setting(Named(Text()), "reason of the export → reason of the board", default={})
    owners: dict[str, str] = setting(Named(Text()), "owner of the export → name here", default={})
    only: dict[str, str] = setting(Named(Text()), "heading → the one value whose rows are taken", default={})
    dates: str = setting(Choice("iso", "day-first", "month-first"), "which comes first in 03/04/2026", default="iso")
    dates_in: dict[str, str] = setting(
        Named(Choice("iso", "day-first", "month-first")), "heading → the same, where a column differs", default={}
    )
    decimal: str = setting(Choice(".", ","), "the mark before cents", default=".")
    currency: str = setting(Currency(), "currency of amounts without one; default: the board's", default="")
    undated: str = setting(
        Choice("refuse", "today"), "closed deals without a day: refused, or closed today", default="refuse"
    )
    history: Told | None = setting(Record(Told, "history"), "the columns of the history", default=None)


def read_mapping(data: bytes, path: str) -> ImportMapping:
    """The mapping in a file. Raises BadBoard with the first problem and its line."""
    node, found = read_yaml(data.decode("utf-8-sig", "replace"))
    reading = Reading(path, [problem.at(path) for problem in found])
    mapping = read_record(ImportMapping, node, reading, what=path) if not reading.problems else None
    if mapping is None or reading.problems:
        first: Problem = sorted(reading.problems)[0]
        raise BadBoard(first.message, cure=first.cure, where=f"{path}:{first.line}")
    return mapping


def mapping_text(mapping: ImportMapping, notes: Mapping[str, str]) -> str:
    """The mapping as a file to correct; `notes` are comments by the name of the setting they stand above."""
    lines: list[str] = []
    for key in ("system", "dates", "decimal", "currency", "undated"):
        value = getattr(mapping, key)
        lines += [*_comment(notes.get(key)), f"{key}: {quoted(value)}"] if value else []
    for key in ("dates_in", "columns", "stages", "statuses", "entered", "lost_reasons", "owners", "only"):
        values: dict[str, str] = getattr(mapping, key)
        if values:
            lines += ["", *_comment(notes.get(key)), f"{key}:"]
            lines += [f"  {_key(name)}: {quoted(value)}".rstrip() for name, value in values.items()]
    if mapping.history is not None:
        lines += ["", *_comment(notes.get("history")), "history:"]
        told = ((key, getattr(mapping.history, key)) for key in Told.__dataclass_fields__)
        lines += [f"  {key}: {quoted(value)}" for key, value in told if value]
    return "\n".join([*_comment(notes.get("")), *lines, ""])


def _comment(text: str | None) -> Iterator[str]:
    yield from (f"# {line}" for line in (text or "").splitlines())


def _key(name: str) -> str:
    """A name as a key: in quotes where YAML would read something else."""
    plain = quoted(name)
    return plain if plain == name and not name.startswith(("?", "-")) else quoted(name, '"')
