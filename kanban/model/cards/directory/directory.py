"""Which company and which people a deal is about: by what its fields call them, or by a link in its text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from urllib.parse import unquote

from kanban.errors import Ambiguous, NotFound
from kanban.i18n import _
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.card import Card
from kanban.model.cards.directory.entry import ADDRESS, Entry, bare, read_entries
from kanban.model.cards.directory.links import ACCOUNTS, KINDS, PEOPLE, link_label
from kanban.model.cards.directory.names import Names
from kanban.model.text.plain import nearest
from kanban.model.typed.choices import fold
from kanban.values import dataclass

_LINK = re.compile(r"\]\(<?([^()\s<>#]+)[^()\s<>]*>?\)|\[\[([^\[\]|#\n]+)")

_FIELD = {ACCOUNTS: "account", PEOPLE: "contact"}
_NOBODY: tuple[Entry | None, tuple[Entry, ...]] = (None, ())


@dataclass(frozen=True)
class Directory:
    """The companies and people of a board, and its cards in the board's order."""

    entries: tuple[Entry, ...]
    cards: tuple[Card, ...]

    def __bool__(self) -> bool:
        return bool(self.entries)

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        """All companies, or all people."""
        return tuple(one for one in self.entries if one.kind == kind)

    def at(self, path: str) -> Entry | None:
        """The entry in a file, by the file's path or the same without `.md`."""
        return self._names.at(path)

    @cached_property
    def _names(self) -> Names:
        return Names(self.entries)

    def called(self, kind: str, name: str) -> tuple[Entry, ...]:
        """Those that a card may mean by a name: a file's name or path, a name, another name, or a link to the file."""
        return self._names.called(kind, name)

    def account_of(self, card: Card) -> Entry | None:
        """The company that a deal is with; None when no file, or more than one, is called so."""
        return self._links.get(card.id, _NOBODY)[0]

    def people_of(self, card: Card) -> tuple[Entry, ...]:
        """The people of a deal: its contact, those who decide, and whom its text links to."""
        return self._links.get(card.id, _NOBODY)[1]

    def deals_of(self, entry: Entry) -> tuple[Card, ...]:
        """The deals of a company or person, in the board's order."""
        return self._deals.get(entry.path, ())

    def staff_of(self, entry: Entry) -> tuple[Entry, ...]:
        """The people of a company."""
        return tuple(one for one in self.of_kind(PEOPLE) if self.company_of(one) is entry)

    def company_of(self, person: Entry) -> Entry | None:
        """The company of a person."""
        return _only(self.called(ACCOUNTS, person.account)) if person.account else None

    def named(self, kind: str, name: str) -> Entry:
        """The one that somebody types: as cards call it, or by a part of the name. Raises NotFound or Ambiguous."""
        word = fold(name)
        for fits in (
            self.called(kind, name),
            tuple(one for one in self.of_kind(kind) if any(known.startswith(word) for known in one.names)),
            tuple(one for one in self.of_kind(kind) if any(word in known for known in one.names)),
        ):
            if len(fits) == 1:
                return fits[0]
            if fits:
                message = _("“{name}” fits {count} files").format(name=name, count=len(fits))
                raise Ambiguous(message, [one.path for one in fits], cure=_("name one of them in full"))
        near = self._similar(kind, word)
        all_of_them = f"kanban {'account' if kind == ACCOUNTS else 'person'} list"
        raise NotFound(
            _("no file in {folder}/ is called “{name}”").format(folder=kind, name=name),
            cure=_("did you mean {choices}?").format(choices=", ".join(near))
            if near
            else _("`{command}` shows them all").format(command=all_of_them),
        )

    def _similar(self, kind: str, word: str) -> list[str]:
        known = {name: one.name for one in self.of_kind(kind) for name in one.names}
        return list(dict.fromkeys(known[name] for name in nearest(word[:80], known, most=3)))

    @cached_property
    def _links(self) -> dict[str, tuple[Entry | None, tuple[Entry, ...]]]:
        found: dict[str, tuple[Entry | None, tuple[Entry, ...]]] = {}
        for card in self.cards:
            linked = list(self._linked_from(card))
            account = typed_name(card, "account")
            company = _only(self.called(ACCOUNTS, account)) if account else None
            company = company or _only(tuple(one for one in linked if one.kind == ACCOUNTS))
            named = (_only(self._meant(name, company)) for name in _people_named(card))
            people = (*self._with_address(card), *named, *(one for one in linked if one.kind == PEOPLE))
            found[card.id] = company, tuple(dict.fromkeys(one for one in people if one is not None))
        return found

    @cached_property
    def _deals(self) -> Mapping[str, tuple[Card, ...]]:
        found: dict[str, tuple[Card, ...]] = {}
        for card in self.cards:
            company, people = self._links[card.id]
            for one in (*([company] if company else []), *people):
                found[one.path] = (*found.get(one.path, ()), card)
        return found

    def contact_of(self, card: Card) -> Entry | None:
        """The person whom a deal's `contact` names, else the one who has its `contact_email`."""
        return (_only(self.meant(card, PEOPLE)) or _only(tuple(self._with_address(card)))) if self else None

    def meant(self, card: Card, kind: str) -> tuple[Entry, ...]:
        """The people whom a card's `contact`, or the companies that its `account` may mean."""
        name = typed_name(card, _FIELD[kind])
        if not name or kind == ACCOUNTS:
            return self.called(kind, name) if name else ()
        fits = self._meant(name, self.account_of(card))
        sure = tuple(one for one in self._with_address(card) if one in fits)
        return sure or fits

    def mail_of(self, card: Card) -> str:
        """The address to which a mail about a deal goes: the card's own, else the first one of its contact's file."""
        return card.get("contact_email").strip() or next(iter(_emails(self.contact_of(card))), "")

    def _with_address(self, card: Card) -> Iterator[Entry]:
        for address in ADDRESS.findall(card.get("contact_email").casefold()):
            yield from self._names.exactly(PEOPLE, address)

    def _meant(self, name: str, company: Entry | None) -> tuple[Entry, ...]:
        """The people of a name; those at the deal's company first, where a surname is enough: `M. Dubois`."""
        fits = self.called(PEOPLE, name)
        if not fits and company is not None:
            surname = bare(link_label(name), PEOPLE)
            fits = tuple(one for one in self.staff_of(company) if bare(one.name, PEOPLE).split()[-1:] == [surname])
        return tuple(one for one in fits if company is not None and self.company_of(one) is company) or fits

    def _linked_from(self, card: Card) -> Iterator[Entry]:
        if not any(card.mentions(f"{kind}/") for kind in KINDS):
            return
        folder = posixpath.dirname(card.path)
        for path, wiki in _LINK.findall(card.body):
            target = wiki.strip() if wiki else posixpath.normpath(posixpath.join(folder, unquote(path)))
            one = self.at(target)
            if one is not None:
                yield one


def read_directory(files: Mapping[str, BoardFile], cards: Iterable[Card], folders: Iterable[str]) -> Directory:
    """The directory of a board; a folder that is one of its columns (`folders`) holds cards, not people."""
    entries = [one for one in read_entries(files) if one.kind not in set(folders)]
    return Directory(tuple(entries), tuple(cards) if entries else ())


def _only(found: tuple[Entry, ...]) -> Entry | None:
    return found[0] if len(found) == 1 else None


def typed_name(card: Card, key: str) -> str:
    """A field as it was typed: a link in it tells more than its text."""
    found = card.written.get(key)
    return found if isinstance(found, str) else ""


def _people_named(card: Card) -> Iterator[str]:
    yield from filter(None, (typed_name(card, "contact"), card.get("decision_maker"), *card.items("decision_makers")))


def _emails(person: Entry | None) -> tuple[str, ...]:
    return person.emails if person is not None else ()
