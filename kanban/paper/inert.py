"""Text in Markdown that reads as it was written and does nothing: no markup, no link, nobody called, nothing named.

Forges and chats look for mentions, references, addresses and emoji in the finished page, after Markdown's own escapes
are gone. So each sign that begins one is followed by a space of no width, which a reader does not see. What is to be
typed is written as code instead, where no forge looks and nothing may be put in between.
"""

from __future__ import annotations

import re
from html import escape

from kanban.paper.page import Command, Link, Sentence, Styled
from kanban.paper.plain import one_line, unbroken

_GAP = "\u200b"
_ENTITIES = {"<": "&lt;", ">": "&gt;"}
_SPECIAL = re.compile(r"[\\`*_{}\[\]|~$#]")
_REFERENCE = re.compile(
    r"(?<=[@#!%~&])(?=[\w\"'])"  # who is called; issues, requests, milestones, labels, epics
    r"|(?<=\$)"  # snippets, formulas
    r"|(?<=:)(?=[\w+-]+:)(?!\d\d?:)"  # emoji, but no time of day
    r"|(?<=/)(?=/\S)|(?i:(?<=www)(?=\.)|(?<=mailto:)|(?<=xmpp:)|(?<=gh-)(?=\d))"
    r"|(?<=[\[{])(?=[\[+-]|\w+:)|(?<=\*)(?=iteration:)"  # wiki pages, coloured changes, [issue:12]
    r"|(?<=\])(?=\()"  # links, where a chat knows no backslash
)
_OPENING = re.compile(r"\A(?:[-+=/]|\d{1,9}(?=[.)](?:\s|\Z)))")
_BAR = re.compile(r"(?<!\\)\|")


def inert(text: str) -> str:
    """The text inside a line of Markdown; what is to be typed is code."""
    if isinstance(text, Command):
        return code(text)
    if isinstance(text, Link):
        return f"[{_inert(text).strip()}]({text.address})"
    if isinstance(text, Sentence):
        return "".join(code(part) if typed else _inert(part) for part, typed in text.parts()).strip()
    return _inert(text).strip()


def opening(text: str) -> str:
    """The text where a paragraph or an item of a list begins: it opens no heading, list, rule or bot's command."""
    return _OPENING.sub(lambda found: found[0] + "\\" if found[0].isdigit() else "\\" + found[0], inert(text))


def summary(text: str) -> str:
    """The text inside an element of HTML, where Markdown's own signs are none."""
    return escape(_gapped(text))


def code(text: str) -> str:
    """The text as code on one line, to be copied as it stands."""
    typed = one_line(text)
    fence = fenced_by(typed, 1)
    pad = " " if typed[:1] in ("`", " ") or typed[-1:] in ("`", " ") else ""
    return f"{fence}{pad}{typed}{pad}{fence}" if typed.strip() else ""


def cell(text: str) -> str:
    """The text inside a table. A bar ends a cell even in code, unless a backslash stands before it."""
    if isinstance(text, Styled) and "\\|" in text:
        return _inert(text)
    return _BAR.sub(r"\\|", inert(text))


def fenced_by(text: str, least: int = 3) -> str:
    """More backticks than stand together anywhere in the text, so that it cannot end its own code."""
    return "`" * max([least, *(len(run) + 1 for run in re.findall("`+", text))])


def _gapped(text: str) -> str:
    return _REFERENCE.sub(_GAP, one_line(text))


def _inert(text: str) -> str:
    signs = _SPECIAL.sub(r"\\\g<0>", unbroken(_gapped(text)))
    return "".join(_ENTITIES.get(sign, sign) for sign in signs)
