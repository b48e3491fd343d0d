"""Words looked for everywhere in the cards: name, fields, notes, closed and archived ones too."""

from collections.abc import Iterable
from dataclasses import dataclass

from kanban.model.cards.board import Board, plain
from kanban.model.cards.card import Card

_NAMES = frozenset({"account", "title", "contact", "first_name"})
_NAME, _NEXT, _FIELD, _NOTE = 8, 4, 2, 1
_WHOLE_WORD = 2


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One line in which a word stands; `number` is 1-based in the card's file."""

    number: int
    text: str
    weight: int


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A card in which every word stands somewhere, its lines with one of them in the file's order."""

    card: Card
    rank: int
    lines: tuple[FoundLine, ...]


def find(cards: Iterable[Card], board: Board, words: Iterable[str]) -> list[FoundCard]:
    """The cards that hold every word, case and accents aside; the best first.

    A word in the name counts most, then in the next action, in another field, in a note; a whole word counts twice. Of
    cards that rank alike the open ones come first.
    """
    wanted = list(dict.fromkeys(filter(None, map(plain, words))))
    found = [one for card in cards if wanted and (one := _in_card(card, wanted)) is not None]
    return sorted(found, key=lambda one: (-one.rank, not board.is_open(one.card), one.card.id, one.card.path))


def _in_card(card: Card, wanted: list[str]) -> FoundCard | None:
    """The lines with a word; only a card that holds every word is read field by field for what its lines weigh."""
    name = plain(card.id)
    folded = ((number, text, plain(text)) for number, text in enumerate(card.text.splitlines(), 1))
    held = [(number, text, said) for number, text, said in folded if any(word in said for word in wanted)]
    if not all(word in name or any(word in said for _number, _text, said in held) for word in wanted):
        return None
    weights = _line_weights(card)
    lines = [FoundLine(number, text.strip(), weights.get(number, _NOTE)) for number, text, _said in held]
    places = [(name, _NAME), *((said, line.weight) for (_number, _text, said), line in zip(held, lines, strict=True))]
    rank = sum(max(_weight(word, said, weight) for said, weight in places if word in said) for word in wanted)
    return FoundCard(card, rank, tuple(lines))


def _weight(word: str, text: str, weight: int) -> int:
    return weight * (_WHOLE_WORD if f" {word} " in f" {_spaced(text)} " else 1)


def _spaced(text: str) -> str:
    return " ".join("".join(one if one.isalnum() else " " for one in text).split())


def _line_weights(card: Card) -> dict[int, int]:
    """How much a word counts on each line of the front matter."""
    found = {}
    for key, raw in card.raw.items():
        weight = _NAME if key in _NAMES else _NEXT if key == "next_action" else _FIELD
        found[raw.key_line] = weight
        found.update(dict.fromkeys((item.line for item in raw.items), weight))
    return found
