"""Commit messages in which a card's text can do no harm.

A message is read by machines: trailers become facts of the history, `[skip ci]` switches checks off, `@name` and
`#12` notify people and link to issues that nobody meant, `#` at a line's start is dropped when somebody amends.
"""

import os
import re
import unicodedata
from collections.abc import Sequence

from kanban.repository.read.trailers import KEY

SUBJECT_LIMIT = 120
_CONTROL = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_SKIP = re.compile(r"\[([^\[\]]*\b(?:skip|no|ci|actions|pipelines?|checks?)\b[^\[\]]*)\]", re.IGNORECASE)
_NO_CI = re.compile(r"\*\*\*\s*NO_CI\s*\*\*\*", re.IGNORECASE)
_REFERENCE = re.compile(r"([#@!])(?=\w)")
_RISKY_LINE = re.compile(r"[#\-]|[A-Za-z0-9-]+\s*:|\(cherry picked|diff |Index: ", re.IGNORECASE)


AGENT, ON_BEHALF_OF, AGENT_MAY = "KANBAN_AGENT", "KANBAN_ON_BEHALF_OF", "KANBAN_AGENT_MAY"
"""Variables that name the software agent that makes the gestures, the person for whom, and what it may touch."""


def commit_message(subject: str, body: str = "", trailers: Sequence[tuple[str, str]] = ()) -> str:
    """The whole message: subject, body, trailers, each harmless whatever text went into it.

    The subject is one line of at most 120 characters, not empty. Lines of the body that git or a forge would read as
    comments or trailers are indented by a space. A trailer's value is one line; keys are ours (`Card`, `From`, `To`,
    `Override`, `Kanban`): `ValueError` for one that is not a capitalised word with dashes. What an agent commits says
    so: `Agent`, and `On-behalf-of` the person.
    """
    first = _one_line(subject)
    if len(first) > SUBJECT_LIMIT:
        first = first[: SUBJECT_LIMIT - 1].rstrip() + "…"
    if not first or first[0] in "#-":
        first = ("kanban " + first).strip()
    parts = [first]
    text = _body(body)
    if text:
        parts.append(text)
    by = [(key, os.environ.get(name, "")) for key, name in (("Agent", AGENT), ("On-behalf-of", ON_BEHALF_OF))]
    trailers = [*trailers, *(one for one in by if one[1] and os.environ.get(AGENT))]
    if trailers:
        parts.append("\n".join(_trailer(key, value) for key, value in trailers))
    return "\n\n".join(parts) + "\n"


def _trailer(key: str, value: str) -> str:
    if not KEY.fullmatch(key):
        raise ValueError(key)
    return f"{key}: {_one_line(value) or '-'}"


def _one_line(text: str) -> str:
    """One line: any white space and control character becomes a space, machine-read words are defused."""
    plain = "".join(" " if unicodedata.category(char) in _CONTROL else char for char in text)
    return _defuse(" ".join(plain.split()))


def _body(text: str) -> str:
    lines = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        plain = "".join(" " if unicodedata.category(char) in _CONTROL else char for char in line)
        safe = _defuse(plain.rstrip())
        lines.append(" " + safe if _RISKY_LINE.match(safe) else safe)
    return "\n".join(lines).strip("\n")


def _defuse(text: str) -> str:
    text = _SKIP.sub(r"(\1)", text)
    text = _NO_CI.sub("NO_CI", text)
    return _REFERENCE.sub(r"\1 ", text)
