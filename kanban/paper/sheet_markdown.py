"""A sheet as Markdown, to paste into a page, a chat or an issue; card text cannot mention people or become markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kanban.paper.sheet import Entry, Section, Sheet

_SIGNS = {"red": "🔴 ", "amber": "🟠 ", "green": "🟢 "}
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
_MENTION = re.compile(r"@(?=\w)|(?<!\w)#(?=\d)")
_BREAKS = re.compile(r"\s*[\r\n\x0b\x0c\x85\u2028\u2029]+\s*")


def sheet_markdown(sheet: Sheet) -> str:
    """The whole sheet; what is to be settled has a box to tick."""
    lines = [f"# {escaped(sheet.title)}", "", escaped(sheet.subtitle), ""]
    for section in sheet.sections:
        lines += _section(section)
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(section: Section) -> Iterator[str]:
    yield f"## {escaped(section.title)}"
    yield ""
    if section.note:
        yield f"_{escaped(section.note)}_"
        yield ""
    for entry in section.entries:
        yield from _entry(entry, "[ ] " if section.to_settle else "")
    if not section.entries and section.empty:
        yield escaped(section.empty)
    if section.entries or section.empty:
        yield ""
    if section.text:
        yield from (f"    {line}".rstrip() for line in section.text.splitlines())
        yield ""


def _entry(entry: Entry, box: str) -> Iterator[str]:
    card = f"**{escaped(entry.card)}** " if entry.card else ""
    yield f"- {box}{_SIGNS.get(entry.light, '')}{card}{escaped(entry.head)}"
    for line in entry.lines:
        yield f"  - {escaped(line)}"
    if entry.command:
        yield f"  - `{_BREAKS.sub(' ', entry.command).replace('`', '')}`"


def escaped(text: str) -> str:
    """The text on one line as it reads, whatever signs are in it: no markup, no mention, no link to an issue."""
    plain = _SPECIAL.sub(r"\\\1", _BREAKS.sub(" ", text))
    return _MENTION.sub(lambda found: found.group() + "\u200b", plain)
