"""An agenda on one sheet: what a ritual goes through, ready to be shown in a terminal, as Markdown or as a page.

A sheet decides nothing: its texts stand in the language in force when it was made.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One item. `card` is the id it is about, "" for none; `light` is `red`, `amber`, `green` or "".

    `lines` stand under the head; `command` is what to type to settle it.
    """

    head: str
    card: str = ""
    lines: tuple[str, ...] = ()
    command: str = ""
    light: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One step of the agenda. `key` is stable; `empty` is said when there is nothing; `note` explains the rule.

    `text` is shown as it stands under the entries. `to_settle` is False where there is nothing to do, only to know.
    """

    key: str
    title: str
    entries: tuple[Entry, ...]
    empty: str = ""
    note: str = ""
    text: str = ""
    to_settle: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole agenda. `name` is the verb that prints it; `minutes` is how long it should take."""

    name: str
    title: str
    subtitle: str
    minutes: int
    sections: tuple[Section, ...]
