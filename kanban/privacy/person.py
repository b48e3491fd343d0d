"""One person as texts name them: the name in any case, accents or order, its addresses, its numbers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kanban.model.cards.card import Card
from kanban.model.cards.directory.entry import Entry
from kanban.model.cards.directory.links import PEOPLE
from kanban.privacy.encoded import ZIP, Part, Reading, Room, blocks, reading, written
from kanban.privacy.words import folded

_MARKS = r"[\u0300-\u036f\u00ad\u200b-\u200f]"
_TOKEN = re.compile(rf"(?:[^\W\d_]{_MARKS}*)+")
_GAP = re.compile(r"[^\w]{1,3}|_|%20|=20")
_MAIL = re.compile(r"(?<![\w.%+-])[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PHONE = re.compile(r"\+?\d(?:[ .()/-]{0,2}\d){7,14}")
_LAST_DIGITS = 9
_DEEP = 3
"""A mail may hold a mail that holds a calendar: so many blocks within blocks are read."""
_TITLES = frozenset(("m", "mme", "mr", "mrs", "ms", "mlle", "dr"))

Span = tuple[int, int]


@dataclass(frozen=True)
class Person:
    """Somebody to look for, with what stands beside the name on cards: `mails`, `phones` (the last nine digits), and
    `also`, words that are erased where the name stands.
    """

    name: str
    words: tuple[str, ...]
    mails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()

    @classmethod
    def named(cls, text: str, cards: Iterable[Card] = (), entries: Iterable[Entry] = ()) -> "Person":
        """The person called `text` (a name or an address), with what cards and files of people know of them."""
        words = tuple(word for word in _words(text.partition("@")[0]) if word not in _TITLES and len(word) > 1)
        alone = cls(text, words, frozenset(one.casefold() for one in _MAIL.findall(text)))
        own = [card for card in cards if alone.is_contact_of(card)]
        mails = {one.casefold() for card in own for one in _MAIL.findall(card.get("contact_email"))}
        phones = {_digits(card.get("contact_phone")) for card in own} - {""}
        also = {word for card in own for word in _words(card.get("first_name"))}
        files = [one for one in entries if alone.is_in(one)]
        mails |= {mail for one in files for mail in one.emails}
        phones |= {_digits(phone) for one in files for phone in one.phones} - {""}
        return cls(text, words, alone.mails | mails, frozenset(phones), frozenset(also))

    def is_contact_of(self, card: Card) -> bool:
        """Whether the card's contact is this person: by all words of the name, or by the address."""
        if self.mails and card.get("contact_email").casefold() in self.mails:
            return True
        return bool(self.words) and set(self.words) <= set(_words(card.contact))

    def is_in(self, entry: Entry) -> bool:
        """Whether a file of a person is this one's."""
        if entry.kind != PEOPLE:
            return False
        named = any(bool(self.words) and set(self.words) <= set(_words(name)) for name in (entry.name, *entry.also))
        return named or not self.mails.isdisjoint(entry.emails)

    def stands_in(self, text: str) -> bool:
        """Whether the text surely names the person, plainly or in an encoded form (see `kanban.privacy.encoded`)."""
        return next(self.where(text), None) is not None

    def where(self, text: str, deep: int = _DEEP, room: Room | None = None) -> Iterator[tuple[int, str]]:
        """Where the text surely names the person: the place of the first sign, and what is read there."""
        yield from ((start, text[start:end]) for start, end in self._sure(text))
        read = reading(text)
        if read is not None:
            for start, end in self._sure(read.text):
                first, _last, form = read.source(start, end)
                if form:
                    yield first, read.text[start:end]
        room = room or Room()
        for block in blocks(text, room) if deep else ():
            yield from ((block.start, said) for _at, said in self.where(block.text, deep - 1, room))

    def may_stand_in(self, text: str) -> bool:
        """Whether a part of the name stands in the text: another person may be meant."""
        return any(folded(one.group()) in self.words for one in _TOKEN.finditer(text))

    def erased(self, text: str, mark: str) -> str:
        """The text with `mark` in place of the person. Where the whole name stands, a part of it goes as well.

        What is encoded is read, and what is left of it written again in the same form.
        """
        if text.startswith(ZIP) or not self.stands_in(text):
            return text  # what is packed would be torn: it is told, and only its own program can change it
        text = self._blocks_erased(text, mark, _DEEP)
        read = reading(text) or Reading(text, (Part(0, 0, len(text), ""),))
        spans = list(self._sure(read.text))
        parts = {*self.words, *self.also}
        spans += [one.span() for one in _TOKEN.finditer(read.text) if len(one[0]) > 2 and folded(one[0]) in parts]
        shown, at = [], 0
        for span in sorted(spans):
            start, end, form = read.source(*span)
            if start >= at:
                shown += [text[at:start], written(mark, form)]
            at = max(at, end)
        return "".join([*shown, text[at:]])

    def _blocks_erased(self, text: str, mark: str, deep: int) -> str:
        """The text with its encoded blocks written anew where they named the person."""
        at, shown = 0, list[str]()
        for block in sorted(blocks(text, Room()), key=lambda one: one.start) if deep else ():
            if block.again is None or block.start < at or next(self.where(block.text, deep - 1), None) is None:
                continue
            shown += [text[at : block.start], block.again(self.erased(block.text, mark))]
            at = block.end
        return "".join([*shown, text[at:]])

    def _sure(self, text: str) -> Iterator[Span]:
        for found in _MAIL.finditer(text):
            if found.group().casefold() in self.mails or self._is_named_in(found.group().partition("@")[0]):
                yield found.span()
        if self.phones:
            yield from (one.span() for one in _PHONE.finditer(text) if _digits(one.group()) in self.phones)
        yield from self._names(text)

    def _names(self, text: str) -> Iterator[Span]:
        """Where the whole name stands: all its words side by side in any order, a given name perhaps as its initial."""
        if not self.words or not any(word in folded(text) for word in self.words):
            return
        tokens = [(folded(one.group()), *one.span()) for one in _TOKEN.finditer(text)]
        run: list[tuple[str, int, int]] = []
        for token in [*tokens, ("", len(text) + 9, len(text) + 9)]:
            joins = not run or _GAP.fullmatch(text[run[-1][2] : token[1]]) is not None
            if self._belongs(token[0]) and joins:
                run.append(token)
                continue
            if self._whole([word for word, _start, _end in run]):
                yield run[0][1], run[-1][2]
            run = [token] if self._belongs(token[0]) else []

    def _belongs(self, word: str) -> bool:
        initial = len(word) == 1 and word not in _TITLES and any(one[0] == word for one in self.words)
        return word in self.words or initial or word in self._joined

    @property
    def _joined(self) -> frozenset[str]:
        if len(self.words) < 2:
            return frozenset()
        first, *rest = self.words
        last = "".join(rest)
        return frozenset({first + last, last + first, first[0] + last, last + first[0]})

    def _whole(self, run: list[str]) -> bool:
        if any(word in self._joined for word in run):
            return True
        full = {word for word in run if word in self.words}
        initials = {word for word in run if len(word) == 1}
        left = set(self.words) - full
        return bool(full) and all(word[0] in initials for word in left)

    def _is_named_in(self, local: str) -> bool:
        return len(self.words) > 1 and next(self._names(local), None) is not None


def _words(text: str) -> list[str]:
    return [folded(one) for one in _TOKEN.findall(text)]


def _digits(text: str) -> str:
    return "".join(re.findall(r"\d", text))[-_LAST_DIGITS:]
