"""What somebody wrote in a mail, out of whatever the program of theirs made of it: plain lines, nothing quoted."""

from __future__ import annotations

import re
from email.message import EmailMessage
from itertools import pairwise

from kanban.imports.html_text import said_in_html

_LINES, _LONGEST = 2, 160
_QUOTE_HEAD = re.compile(
    r"(?:On|Le|Am|El|Il|Op) .{4,160}(?:wrote|écrit|schrieb|escribió|scritto|schreef) ?.{0,60}:$|_{8,}$"
    r"|(?:De|Von|From|Expéditeur) ?: \S.*|(?:Begin forwarded message|Début du message (?:ré|trans)\w+) ?:"
    r"|-{2,} ?(?:Original|Forwarded|Message|Mail|Début|Ursprüngliche|Weitergeleitete|Transféré)",
    re.I,
)
_OPENING = re.compile(r"(?:On|Le|Am|El|Il|Op) .{8,}(?:\d|@).*")
"""The first line of such a head that a program wrapped."""
_SIGNED = re.compile(r"(?:sent from|get outlook|envoyé (?:de|depuis|à partir)|von meinem \w+ gesendet)\b", re.I)
_GREETING = re.compile(
    r"(?:hi|hello|dear|bonjour|bonsoir|salut|cher|chère|madame|monsieur|good \w+)\b.{0,40}[,!.]?$", re.I
)
_UNSEEN = re.compile("[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
"""Letters without a look, with which newsletters fill the line that a list of mails shows."""


def text_of(message: EmailMessage) -> str:
    """The text of a mail; that of its HTML where it has no other."""
    for kind in ("plain", "html"):
        part = message.get_body(preferencelist=(kind,))
        payload = part.get_payload(decode=True) if part is not None else None
        if part is None or not isinstance(payload, bytes):
            continue
        content = decoded(payload, part.get_content_charset("")).replace("\r\n", "\n")
        if kind == "html":
            content = said_in_html(content)
        elif part.get_param("format") == "flowed":
            content = re.sub(r"(?m)(?<=\S) \n(?=[^>\s])", " ", content)
        if content.strip():
            return content
    return ""


def decoded(data: bytes, charset: str) -> str:
    """The text in the alphabet that is named, where that is one and fits; else as most programs write."""
    for name in (charset, "utf-8", "cp1252"):
        try:
            return data.decode(name or "utf-8")
        except (LookupError, UnicodeError):
            continue
    return data.decode("latin-1")


def first_lines(text: str) -> tuple[str, ...]:
    """The first two lines that the sender wrote: no greeting, nothing quoted, no signature."""
    found: list[str] = []
    lines = [" ".join(_UNSEEN.sub("", line).split()) for line in text.splitlines()]
    for plain, following in pairwise([*lines, ""]):
        if plain == "--" or _QUOTE_HEAD.match(plain) or _SIGNED.match(plain):
            break
        if _OPENING.match(plain) and _QUOTE_HEAD.match(f"{plain} {following}"):
            break
        if not plain or plain.startswith(">") or (not found and _GREETING.match(plain)):
            continue
        found.append(plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…")
        if len(found) == _LINES:
            break
    return tuple(found)
