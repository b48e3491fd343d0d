"""Where each page of the site stands: validated, ASCII, the same on every file system.

A card's id is a file name somebody typed; an address is built from it, never taken over. What a slug cannot keep
(accents, spaces, case, names Windows reserves) gets a short digest, so two ids never share a page.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.directory.entry import Entry
from kanban.model.cards.directory.links import ACCOUNTS, PEOPLE

_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]|index")
_WORDS = re.compile(r"(?<!^x)-[0-9a-f]{8}$")
"""What a slug has behind the words of a name."""
_LONGEST = 60
ENTRY_FOLDERS = {ACCOUNTS: "companies", PEOPLE: "contacts"}


@lru_cache(1 << 16)
def slug(text: str) -> str:
    """A name of lower-case ASCII letters, digits and single hyphens that belongs to `text` alone.

    A text that already is one stays as it is; every other one ends in eight hexadecimal digits of its digest.
    """
    if len(text) <= _LONGEST and _PLAIN.fullmatch(text) and not _RESERVED.fullmatch(text):
        return text
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    ascii_only = decomposed.encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:40].rstrip("-")
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{words}-{digest}" if words else f"x-{digest}"


def card_page(card_id: str) -> str:
    """The address of a card's page."""
    return f"cards/{slug(card_id)}.html"


def copy_page(path: str) -> str:
    """The address of a further copy of a card whose id is claimed by several files."""
    return f"cards/{slug(path)}.html"


def card_anchor(card_id: str) -> str:
    """The name of a card's place on the board page; the prefix keeps it apart from every other name on the page."""
    return f"card-{slug(card_id)}"


def owner_calendar(owner: str) -> str:
    """The address of one owner's calendar."""
    return f"calendars/{slug(owner)}.ics"


def person_keys(names: Iterable[str]) -> dict[str, str]:
    """Each name's key in addresses, of people and views: `zoe` for Zoé.

    Where two would be the same, what is none already has its digest; so has one that no file may be called.
    """
    wanted = sorted(set(names), key=lambda name: (name.casefold(), name))
    plain = {name: _WORDS.sub("", slug(name)) for name in wanted}
    shared = Counter(plain.values())
    free = {name: (shared[key] == 1 or key == name) and not _RESERVED.fullmatch(key) for name, key in plain.items()}
    return {name: key if free[name] else slug(name) for name, key in plain.items()}


def person_page(key: str) -> str:
    """The address of one person's page."""
    return f"people/{key}.html"


def entry_page(entry: Entry) -> str:
    """The address of the page of a company or of a customer's person; `people/` is the team's."""
    return f"{ENTRY_FOLDERS[entry.kind]}/{slug(entry.id)}.html"


def view_page(key: str) -> str:
    """The address of the wall with the cards of a view only."""
    return f"views/{key}.html"


def root_of(address: str) -> str:
    """The way back to the site's top from a page: "" or "../" as often as needed."""
    return "../" * address.count("/")


def is_first_copy(board: Board, card: Card) -> bool:
    """Whether the card owns the address of its id; the further copies of a duplicated id get their own."""
    return board.find(card.id) is card


def address_of(board: Board, card: Card) -> str:
    """The address of the card's page."""
    return card_page(card.id) if is_first_copy(board, card) else copy_page(card.path)


def anchor_of(board: Board, card: Card) -> str:
    """The name of the card's place on a page."""
    return card_anchor(card.id) if is_first_copy(board, card) else card_anchor(card.path)
