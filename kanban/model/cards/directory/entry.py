"""A company (`accounts/acme.md`) or a person (`people/dubois.md`), as its Markdown file says. Reading never fails."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from kanban.i18n import N_
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.directory.links import ACCOUNTS, KINDS, PEOPLE
from kanban.model.typed.choices import fold, read_bool
from kanban.patterns import pattern
from kanban.values import dataclass

if TYPE_CHECKING:
    from kanban.model.text.cardfile import Document

ADDRESS = pattern(r"[^\s,;<>()]+@[^\s,;<>()]+")
_LEGAL = frozenset(
    (
        *("sa", "sas", "sasu", "sarl", "eurl", "sci", "scop", "snc", "gmbh", "ag", "kg", "ug", "ltd", "limited", "llc"),
        *("inc", "corp", "co", "plc", "bv", "nv", "spa", "srl"),
    )
)
_TITLES = frozenset(("m", "mr", "mme", "mlle", "mrs", "ms", "miss", "dr", "me", "pr", "monsieur", "madame"))


LABELS = {
    "name": N_("Name"),
    "also": N_("Also called"),
    "email": N_("Mail"),
    "phone": N_("Phone"),
    "domain": N_("Mail domain"),
}
"""What the fields of such a file are called, where no card has one of that name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One company or person. `kind` is the folder, `name` what it is called, `also` what else; `account` a person's
    company, as typed; `domains` those of a company's mail addresses.
    """

    kind: str
    id: str
    path: str
    name: str
    also: tuple[str, ...] = ()
    account: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    role: str = ""
    decides: bool = False
    document: Document | None = field(default=None, compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it is called, its file's name too, as names are compared."""
        return tuple(dict.fromkeys(fold(one) for one in (self.name, self.id, *self.also) if one))

    @property
    def bare_names(self) -> tuple[str, ...]:
        """The same without legal forms and titles: `ACME SAS` and `acme` are one company, `M. Dubois` is Dubois."""
        return tuple(dict.fromkeys(filter(None, (bare(one, self.kind) for one in (self.name, self.id, *self.also)))))

    @property
    def text(self) -> str:
        """The whole file."""
        return self.document.text if self.document is not None else ""

    def get(self, key: str) -> str:
        """A field as text, "" when it is absent."""
        found = self.document.get(key) if self.document is not None else None
        return ", ".join(found.texts) if found is not None else ""


def bare(name: str, kind: str) -> str:
    """A name as it is compared where legal forms (of a company) and titles (of a person) may be left out."""
    small = _LEGAL if kind == ACCOUNTS else _TITLES
    words = re.sub(r"[^\w]+", " ", fold(name.replace(".", ""))).split()
    return " ".join(word for word in words if word not in small) or " ".join(words)


def read_entry(file: BoardFile) -> Entry | None:
    """The company or person in a file; None for a file that is none."""
    kind, _slash, name = file.path.partition("/")
    stem = name.removesuffix(".md")
    if kind not in KINDS or "/" in name or stem == name or not stem or stem.casefold() == "readme":
        return None
    from kanban.model.text.cardfile import parse_document

    document = parse_document(file.data or b"")
    values = {one.key: one.texts for one in document.fields}

    def text(key: str) -> str:
        return " ".join(", ".join(values.get(key, ())).split())

    return Entry(
        kind,
        stem,
        file.path,
        text("name") or text("title") or stem,
        tuple(one.strip() for one in values.get("also", ()) if one.strip()),
        text("account"),
        tuple(one.casefold() for one in ADDRESS.findall(text("email"))),
        tuple(one.strip() for one in values.get("phone", ()) if one.strip()),
        tuple(one.strip().casefold().removeprefix("@") for one in values.get("domain", ()) if one.strip()),
        text("role"),
        read_bool(text("decision_maker")).value is True,
        document,
    )


def read_entries(files: Mapping[str, BoardFile]) -> tuple[Entry, ...]:
    """Every company and person among a board's files, by kind and name of the file."""
    found = (read_entry(file) for path, file in sorted(files.items()) if path.startswith(("accounts/", "people/")))
    return tuple(one for one in found if one is not None)


def named_alike(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry, str]]:
    """Pairs that claim one name, address or domain, with what they share; each later one once."""
    seen: dict[tuple[str, str], Entry] = {}
    for one in entries:
        for mark in (*one.bare_names, *one.emails, *one.domains):
            other = seen.setdefault((one.kind, mark), one)
            if other is not one and not (one.kind == PEOPLE and "@" not in mark and _elsewhere(one, other)):
                yield one, other, mark
                break


def _elsewhere(one: Entry, other: Entry) -> bool:
    """Two people of one name at different companies are two people."""
    return bare(one.account, ACCOUNTS) != bare(other.account, ACCOUNTS)
