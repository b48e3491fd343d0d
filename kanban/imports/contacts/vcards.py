"""Contacts from address books: the people and companies of a vCard file (`.vcf`), as files beside the cards."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kanban.i18n import _
from kanban.imports.tables.sheet import content_of, decoded
from kanban.imports.trouble import Trouble
from kanban.model.cards.directory.entry import ADDRESS

_QUOTED = re.compile(r"^([^:\n]*?);[^:\n]*QUOTED-PRINTABLE[^:\n]*:((?:[^\n]*=\n)*[^\n]*)$", re.I | re.M)


@dataclass(frozen=True, slots=True)
class Contact:
    """One person of an address book, and the line on which it begins; "" and () for what it does not say."""

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
    for line, block in _blocks(decoded(content_of(path))):
        try:
            contact = _contact(line, block)
        except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
            troubles.append(Trouble(path.name, line, _("it cannot be read: {reason}").format(reason=error)))
            continue
        if contact.name:
            found.append(contact)
        else:
            cure = _("give it a name (`FN`) there")
            troubles.append(Trouble(path.name, line, _("the contact has no name"), cure))
    if not found and not troubles:
        troubles.append(Trouble(path.name, 0, _("there is no contact in it"), _("export it again as vCard")))
    return found, troubles


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Each contact with the line on which it begins; one that is broken breaks no other."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for match in re.finditer(r"^BEGIN:VCARD[ \t]*$.*?(?=^BEGIN:VCARD|\Z)", text, re.I | re.M | re.S):
        yield text.count("\n", 0, match.start()) + 1, _QUOTED.sub(_unquoted, match[0])


def _unquoted(found: re.Match[str]) -> str:
    """A line of an old phone's, whose letters are written as `=C3=A9`."""
    plain = quopri.decodestring(found[2].encode()).decode("utf-8", "replace")
    return f"{found[1]}:{' '.join(plain.split())}"


def _contact(line: int, block: str) -> Contact:
    from icalendar import Component

    values: dict[str, list[Any]] = {}
    if not re.search(r"^END:VCARD", block, re.I | re.M):
        raise ValueError(_("its end is missing"))
    for card in Component.from_ical(block, multiple=True):
        for key, value in card.property_items():
            values.setdefault(str(key).upper().rpartition(".")[2], []).append(value)
    name = _first(values, "FN")
    if not name and "N" in values:
        fields = values["N"][0].fields
        name = " ".join(filter(None, (fields.given, fields.family)))
    organization = values["ORG"][0] if "ORG" in values else ""
    parts = getattr(organization, "fields", None) or [str(organization)]
    phones = [str(one).removeprefix("tel:").strip() for one in values.get("TEL", ())]
    mails = [mail for one in values.get("EMAIL", ()) for mail in ADDRESS.findall(str(one))]
    return Contact(
        line,
        " ".join(name.split()),
        " ".join(str(parts[0]).split()),
        tuple(dict.fromkeys(one.casefold() for one in mails)),
        tuple(dict.fromkeys(filter(None, phones))),
        _first(values, "TITLE") or _first(values, "ROLE"),
    )


def _first(values: dict[str, list[Any]], key: str) -> str:
    return " ".join(str(values[key][0]).split()) if key in values else ""
