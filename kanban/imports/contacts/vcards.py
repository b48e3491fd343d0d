"""Contacts from address books: the people and companies of a vCard file (`.vcf`), as files beside the cards.

Read leniently, as phones write them: versions 2.1 to 4.0, folded lines, letters as `=C3=A9` in whatever alphabet,
pictures passed over. A line that is none costs that line alone.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kanban.i18n import _
from kanban.imports.tables.sheet import content_of, decoded
from kanban.imports.trouble import Trouble
from kanban.model.cards.directory.entry import ADDRESS

_LINE = re.compile(r'(?:[\w-]+\.)?(?P<key>[\w-]+)(?P<more>(?:;(?:"[^"]*"|[^":])*)?):(?P<value>.*)', re.S)
_CHARSET = re.compile(r'charset="?([\w.:-]+)', re.I)
_ESCAPED = re.compile(r"\\(.)", re.S)
_WANTED = frozenset(
    ("FN", "N", "ORG", "TEL", "EMAIL", "TITLE", "ROLE", "KIND", "X-ABSHOWAS", "X-ADDRESSBOOKSERVER-KIND")
)
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Contact:
    """One person of an address book, and the line on which it begins; "" and () for what it does not say.

    Without a name it is a company.
    """

    line: int
    name: str
    account: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    role: str


def is_address_book(path: Path) -> bool:
    """Whether a file is one, by its name."""
    return path.suffix.lower() in (".vcf", ".vcard")


def read_contacts(path: Path) -> tuple[list[Contact], list[Trouble]]:
    """Everybody in the file, and those who cannot be taken. Raises NotFound."""
    found: list[Contact] = []
    troubles: list[Trouble] = []
    text = decoded(content_of(path)).replace("\r\n", "\n").replace("\r", "\n")
    for line, block in _blocks(text.split("\n")):
        read = _("it cannot be read: {reason}").format(reason=_("its end is missing")), ""
        one = _contact(line, _values(block)) if block is not None else read
        if isinstance(one, Contact):
            found.append(one)
        else:
            troubles.append(Trouble(path.name, line, *one))
    if not found and not troubles:
        troubles.append(Trouble(path.name, 0, _("there is no contact in it"), _("export it again as vCard")))
    return found, troubles


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str] | None]]:
    """The lines of each contact with the line on which it begins, None for one without an end; one that is broken
    breaks no other. A contact inside another's (its assistant's) is passed over."""
    start, inside, block = 0, 0, list[str]()
    for number, line in enumerate(lines, 1):
        word = line.strip().upper() if len(line) < 40 else ""
        if word == "BEGIN:VCARD":
            if start and block and block[-1].strip().upper() in ("AGENT:", "AGENT;TYPE=VCARD:"):
                inside += 1
                continue
            if start:
                yield start, None
            start, inside, block = number, 0, []
        elif word == "END:VCARD" and start:
            if inside:
                inside -= 1
                continue
            yield start, block
            start, block = 0, []
        elif start and not inside:
            block.append(line)
    if start:
        yield start, None


def _values(block: Sequence[str]) -> dict[str, list[str]]:
    """Name of the property → its values as they are written; those that nobody asks for are left out."""
    found: dict[str, list[str]] = {}
    at = 0
    while at < len(block):
        parts, at = [block[at]], at + 1
        while at < len(block) and block[at][:1] in (" ", "\t"):
            if "QUOTED-PRINTABLE" in parts[0].upper():
                parts[-1] = parts[-1].removesuffix("=")  # wrapped twice: as letters are, and as lines are
            parts.append(block[at][1:])
            at += 1
        match = _LINE.fullmatch("".join(parts))
        if match is None or match["key"].upper() not in _WANTED:
            continue
        value = match["value"]
        if "QUOTED-PRINTABLE" in match["more"].upper():
            while value.endswith("=") and at < len(block):
                value, at = value[:-1] + block[at], at + 1
            value = _unquoted(value, match["more"])
        found.setdefault(match["key"].upper(), []).append(value)
    return found


def _unquoted(value: str, more: str) -> str:
    """A value of an old phone's, whose letters are written as `=C3=A9`, in the alphabet that it names."""
    plain = quopri.decodestring(value.encode("utf-8"))
    named = _CHARSET.search(more)
    for charset in (named[1] if named else "utf-8", "utf-8", "cp1252"):
        try:
            return plain.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return plain.decode("latin-1")


def _contact(line: int, values: dict[str, list[str]]) -> Contact | tuple[str, str]:
    """The contact, or what is wrong with it and what to do."""
    kind = (_first(values, "KIND") or _first(values, "X-ADDRESSBOOKSERVER-KIND")).casefold()
    if kind == "group":
        return _("it is a group of contacts"), _("its members are taken where they stand by themselves")
    parts = _parts(values, "N")
    name = _first(values, "FN") or " ".join(filter(None, (*parts[1:2], *parts[:1])))
    account = next(iter(_parts(values, "ORG")), "")
    if kind == "org" or _first(values, "X-ABSHOWAS").casefold() == "company" or (account and not name):
        name, account = "", account or name
    elif not name:
        return _("the contact has no name"), _("give it a name (`FN`) there")
    if max(len(name), len(account)) > _LONGEST_NAME:
        return _("its name has {count} letters").format(count=max(len(name), len(account))), _("shorten it there")
    phones = (_plain(one.partition(";ext=")[0]).removeprefix("tel:") for one in values.get("TEL", ()))
    mails = (mail for one in values.get("EMAIL", ()) for mail in ADDRESS.findall(_plain(one).replace("mailto:", " ")))
    return Contact(
        line,
        name,
        account,
        tuple(dict.fromkeys(one.casefold() for one in mails if '"' not in one)),
        tuple(dict.fromkeys(one for one in phones if any(map(str.isdigit, one)))),
        _first(values, "TITLE") or _first(values, "ROLE"),
    )


def _first(values: dict[str, list[str]], key: str) -> str:
    return next(filter(None, map(_plain, values.get(key, ()))), "")


def _parts(values: dict[str, list[str]], key: str) -> list[str]:
    """The parts of a value that has several, between semicolons that are no letters of it."""
    return [_plain(one) for one in re.split(r"(?<!\\);", next(iter(values.get(key, ())), ""))]


def _plain(value: str) -> str:
    """On one line, without what stands before commas and line breaks."""
    text = _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], value)
    return " ".join(text.split())
