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
    name = plain(card.id)
    best = {word: _weight(word, name, _NAME) for word in wanted if word in name}
    lines = []
    weights = _line_weights(card)
    for number, text in enumerate(card.text.splitlines(), 1):
        folded = plain(text)
        here = [word for word in wanted if word in folded]
        if here:
            weight = weights.get(number, _NOTE)
            lines.append(FoundLine(number, text.strip(), weight))
            for word in here:
                best[word] = max(best.get(word, 0), _weight(word, folded, weight))
    if len(best) < len(wanted):
        return None
    return FoundCard(card, sum(best.values()), tuple(lines))


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
