"""People and companies of an address book, compared with the files that are here: new, completed, or a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from kanban.demo.plan import Person, PlannedCommit
from kanban.i18n import _
from kanban.imports.contacts.vcards import Contact
from kanban.imports.trouble import Trouble
from kanban.model.cards.board import Board
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.directory.entry import Entry, bare, read_entry
from kanban.model.cards.directory.links import ACCOUNTS, KINDS, PEOPLE
from kanban.model.cards.directory.names import Names
from kanban.model.cards.slug import free_slug
from kanban.model.text.edit.splice import add_to_list, new_document, set_field
from kanban.model.typed.choices import fold
from kanban.repository.write.message import commit_message

Fields = Mapping[str, str | tuple[str, ...]]


@dataclass
class AddressBook:
    """Takes contacts in one after the other; nothing is written. `files` are those that change, as they then are."""

    board: Board
    file: str
    theirs: Iterable[str] = ()
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0
    questions: list[Trouble] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        entries = self.board.directory.entries
        self._names = Names(entries)
        self._taken = {kind: {one.id for one in entries if one.kind == kind} for kind in KINDS}

    def take(self, contacts: Iterable[Contact]) -> None:
        """All of them."""
        for contact in contacts:
            self._company(contact)
            if not contact.name:
                continue
            known = self._known(contact)
            if known is not None and _is_another(known, contact) and known.id not in self.theirs:
                self.questions.append(self._another(known, contact))
            elif known is None:
                fields: Fields = {"name": contact.name, "account": contact.account, "email": contact.emails}
                more: Fields = {"phone": contact.phones, "role": contact.role}
                self._make(PEOPLE, contact.name, {**fields, **more})
            else:
                self._complete(known, contact)

    def commits(self, me: Person, now: datetime, prefix: str) -> list[PlannedCommit]:
        """One commit of all files; none when nothing changes."""
        if not self.files:
            return []
        subject = f"import: {len(self.new)} files of contacts, {len(self.changed)} completed (vcard)"
        message = commit_message(subject, "", [("Reason", "imported from vcard"), ("Kanban", "import")])
        changes = tuple((f"{prefix}{path}", data) for path, data in sorted(self.files.items()))
        return [PlannedCommit(me, now, now, message, changes, (), me)]

    def _company(self, contact: Contact) -> None:
        """The company of a person, or the one that the contact is: then its addresses and numbers are kept with it."""
        known = self._names.called(ACCOUNTS, contact.account) if contact.account else ()
        own: Fields = {} if contact.name else {"email": contact.emails, "phone": contact.phones}
        if contact.account and not known:
            self._make(ACCOUNTS, contact.account, {"name": contact.account, **own})
        elif len(known) == 1 and any(own.values()):
            self._complete(known[0], replace(contact, account="", role=""))

    def _known(self, contact: Contact) -> Entry | None:
        """Who it is of those that are here: by address, else by name, at the same company or none."""
        for mail in contact.emails:
            found = self._names.called(PEOPLE, mail)
            if found:
                return found[0]
        alike = [one for one in self._names.called(PEOPLE, contact.name) if fold(one.name) == fold(contact.name)]
        company = bare(contact.account, ACCOUNTS)
        near = [one for one in alike if not company or not one.account or self._at(one, contact.account)]
        return near[0] if len(near) == 1 else None

    def _another(self, known: Entry, contact: Contact) -> Trouble:
        said = _("{path} has the address of “{name}”, and is called otherwise").format(
            path=known.path, name=contact.name
        )
        cure = _("if it is one person, write `also: {name}` in it; if there are two, give each an address of their own")
        return Trouble(self.file, contact.line, said, cure.format(name=contact.name), known.id)

    def _at(self, person: Entry, account: str) -> bool:
        own = self._names.called(ACCOUNTS, person.account)
        return bool(own) and own == self._names.called(ACCOUNTS, account)

    def _make(self, kind: str, name: str, fields: Fields) -> None:
        stem = free_slug(name, self._taken[kind], self.board.config.language)
        self._taken[kind].add(stem)
        path = f"{kind}/{stem}.md"
        said = [(key, value) for key, value in fields.items() if value]
        kept = [(key, one if isinstance(one, str) or len(one) > 1 else one[0]) for key, one in said]
        self._write(path, new_document(kept))
        self.new.append(path.removesuffix(".md"))

    def _complete(self, known: Entry, contact: Contact) -> None:
        """What the file lacks is added; where both say something else, it is asked."""
        data = before = self.files.get(known.path) or (self.board.files[known.path].data or b"")
        for mail in contact.emails:
            data = data if mail in known.emails else add_to_list(data, "email", mail)
        digits = {"".join(filter(str.isdigit, phone))[-9:] for phone in known.phones}
        for phone in contact.phones:
            if "".join(filter(str.isdigit, phone))[-9:] not in digits:
                data = add_to_list(data, "phone", phone)
        for key, here, there in (("account", known.account, contact.account), ("role", known.role, contact.role)):
            if not there or fold(here) == fold(there) or (key == "account" and here and self._at(known, there)):
                continue
            if not here or known.id in self.theirs:
                data = partial(set_field, key=key, value=there)(data)
                continue
            said = _("{path}, {key}: `{here}` here, `{there}` in the address book")
            said = said.format(path=known.path, key=key, here=here, there=there)
            cure = _("it stays as it is here; `--theirs {card}` takes the export's").format(card=known.id)
            self.questions.append(Trouble(self.file, contact.line, said, cure, known.id))
        if data == before:
            self.same += 1
            return
        self._write(known.path, data)
        name = known.path.removesuffix(".md")
        if name not in (*self.new, *self.changed):
            self.changed.append(name)

    def _write(self, path: str, data: bytes) -> None:
        self.files[path] = data
        entry = read_entry(BoardFile(path, data))
        if entry is not None:
            self._names.add(entry)


def _is_another(known: Entry, contact: Contact) -> bool:
    """Whether no word of their names is the same: several people may share an address."""
    words = {word for name in known.bare_names for word in name.split()}
    return words.isdisjoint(bare(contact.name, PEOPLE).split())
