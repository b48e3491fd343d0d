"""Under which deal a mail belongs: by its thread and its addresses, then by a reference in its subject. Never guessed.

What the signs say must agree: an address that several deals share, or a subject that names another deal than the
address or the thread, makes the mail doubtful, with the deals that it might be about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from kanban.i18n import _
from kanban.imports.mail.message import Mail
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.directory.links import PEOPLE
from kanban.model.typed.choices import fold
from kanban.model.typed.result import unaccented

_WORD = re.compile(r"[^\W_]+(?:[-_.][^\W_]+)*")
_MARKED = re.compile(rf"[\[(#]\s*(?:ref\.?:?\s*)?({_WORD.pattern})\s*[\])]?")
_SHORTEST = 4
_EVERYBODYS = frozenset(
    (
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.fr", "live.com", "live.fr"),
        "msn.com",
        *(
            "yahoo.com",
            "yahoo.fr",
            "icloud.com",
            "me.com",
            "gmx.com",
            "gmx.de",
            "gmx.fr",
            "proton.me",
            "protonmail.com",
        ),
        *("orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net", "bbox.fr"),
    )
)
"""Domains of mail addresses that tell nothing about a company."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The card's id, or "" with the reason and the cards that come into question."""

    card: str
    reason: str = ""
    perhaps: tuple[str, ...] = ()


@dataclass
class Matcher:
    """A board's deals by address and name. `own` are our own addresses; `threads` tell of mails filed before."""

    board: Board
    own: Collection[str]
    threads: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._cards = {card.id: card for card in self.board.cards}
        self._by_address: dict[str, list[Card]] = {}
        for card in self.board.cards:
            for address in addresses_of(card):
                self._by_address.setdefault(address, []).append(card)
        for person in self.board.directory.of_kind(PEOPLE):
            for address in person.emails:
                known = self._by_address.setdefault(address, [])
                known += [card for card in self.board.directory.deals_of(person) if card not in known]
        self._names = {_plain(card): card for card in self._cards}
        self._domains = {_domain(address) for address in self.own} - _EVERYBODYS

    def is_ours(self, domain: str) -> bool:
        """Whether a list is one of our own: what comes through it may be from a customer."""
        return any(domain == one or domain.endswith(f".{one}") for one in self._domains)

    def match(self, mail: Mail) -> Verdict:
        """The verdict on one mail."""
        outside = [one for one in mail.addresses if one not in self.own]
        found = {card.id: card for one in outside for card in self._by_address.get(one, ())}
        thread = {card for key in mail.answers if (card := self.threads.get(key)) in self._cards}
        named = self._named(mail.subject)
        if len(thread) == 1:
            return self._in_thread(next(iter(thread)), found, named, mail.subject)
        if found:
            return self._by_addresses(mail, found, named)
        return self._by_reference(outside, named)

    def _in_thread(self, card: str, found: Mapping[str, Card], named: set[str], subject: str) -> Verdict:
        others = (named - {card}) | (set() if card in found or not found else set(found))
        called = self._called(subject, {card: self._cards[card], **found, **self._beside({card, *found})})
        if not named and called and card not in called:
            others |= called
        if others:
            return Verdict("", _("it answers a mail about one deal and speaks of another"), _ids({card} | others))
        return Verdict(card)

    def _by_addresses(self, mail: Mail, found: Mapping[str, Card], named: set[str]) -> Verdict:
        strangers = named - set(found)
        if strangers:
            return Verdict("", _("its subject names another deal than its addresses"), _ids({*found} | strangers))
        if len(named) == 1:
            return Verdict(next(iter(named)))
        if len(named) > 1:
            return Verdict("", _("its subject names several deals"), _ids(named))
        called = self._called(mail.subject, {**found, **self._beside(found)})
        if called - set(found):
            return Verdict("", _("its subject names another deal than its addresses"), _ids({*found} | called))
        if len(called) == 1 and len(found) > 1:
            return Verdict(next(iter(called)))
        if len(found) == 1:
            card = next(iter(found.values()))
            if self.board.column_of(card).kind in ("won", "lost"):
                return Verdict("", _("the only deal with this address is closed"), (card.id,))
            return Verdict(card.id)
        return Verdict("", _("several deals have its addresses"), _ids(found))

    def _by_reference(self, outside: Iterable[str], named: set[str]) -> Verdict:
        """No deal has these addresses: a subject that names one deal is enough among ourselves, or from its domain."""
        if not named:
            return Verdict("", _("no deal has its addresses"), _ids(self._near(outside)))
        if len(named) > 1:
            return Verdict("", _("its subject names several deals"), _ids(named))
        card = self._cards[next(iter(named))]
        domains = {_domain(one) for one in outside} - self._domains
        known = {_domain(one) for one in addresses_of(card)}
        if domains <= known - _EVERYBODYS:
            return Verdict(card.id)
        return Verdict("", _("its subject names a deal, and its addresses are unknown"), (card.id,))

    def _near(self, outside: Iterable[str]) -> set[str]:
        """The deals whose contact writes from the same company's domain: to be offered, not to be taken."""
        domains = {_domain(one) for one in outside} - self._domains - _EVERYBODYS
        held = self._by_address.items()
        return {card.id for address, cards in held if _domain(address) in domains for card in cards}

    def _beside(self, found: Iterable[str]) -> dict[str, Card]:
        """The other deals of the same customers, by their name or by their domain."""
        cards = [self._cards[one] for one in found]
        near = self._near([address for card in cards for address in addresses_of(card)])
        accounts = {fold(card.account) for card in cards} - {""}
        return {card.id: card for card in self.board.cards if card.id in near or fold(card.account) in accounts}

    def _named(self, subject: str) -> set[str]:
        """The deals whose file name stands in the subject: in brackets or after #, or a name of several words."""
        plain = unaccented(subject)
        marked = _MARKED.findall(plain)
        words = [one for one in _WORD.findall(plain) if "-" in one or "_" in one]
        return {self._names[_plain(one)] for one in (*marked, *words) if _plain(one) in self._names}

    @staticmethod
    def _called(subject: str, cards: Mapping[str, Card]) -> set[str]:
        """Of these deals those whose title stands in the subject, but for a title inside another one's."""
        plain = f" {_words(subject)} "
        titles = {card.id: f" {_words(card.title)} " for card in cards.values() if card.title != card.account}
        said = {one: title for one, title in titles.items() if len(title) >= _SHORTEST + 2 and title in plain}
        return {one for one, title in said.items() if not any(title in more != title for more in said.values())}


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def _plain(name: str) -> str:
    """A file's name as people type it."""
    return unaccented(name).replace("_", "-")


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def addresses_of(card: Card) -> tuple[str, ...]:
    """The mail addresses of a deal's contact, in small letters."""
    text = card.get("contact_email") if card.mentions("contact_email") else ""
    return tuple(one.casefold() for one in re.findall(r"[^\s,;<>()]+@[^\s,;<>()]+", text))


def _ids(cards: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(cards))
