"""Private data in the text of cards: found by its form, told without repeating it."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from kanban.lint.finding import Hit
from kanban.lint.rule import LintContext, at_line
from kanban.model.cards.card import Card
from kanban.model.text.problem import LINE_BREAK
from kanban.values import dataclass

# From a word’s first character only and giving none back: a long word would else be tried at each of its letters.
MAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]++@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
PHONE = re.compile(r"(?<![\w.,-])(?:\+\d{1,3}[ .]?(?:\(0\)[ .]?)?|0)[1-9](?:[ .-]?\d{2}){4}(?!\w)")
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A text that was found, and where in the card's file it begins."""

    text: str
    line: int
    column: int

    @property
    def masked(self) -> str:
        """Its first characters: a finding goes into logs and must not publish what it warns of."""
        first = self.text.split("\n", 1)[0]
        return first[:_SHOWN] + "…" if len(first) > _SHOWN else "…"

    def hit(self, card: Card, message: str, cure: str) -> Hit:
        """The finding."""
        return at_line(card, self.line, self.column, message, cure, key=f"text:{self.line}")


def found_in(text: str, first_line: int, pattern: re.Pattern[str]) -> Iterator[Found]:
    """Every place of a pattern in a text that begins on line `first_line` of its file."""
    starts: list[int] = []
    for match in pattern.finditer(text):
        starts = starts or [0, *(found.end() for found in LINE_BREAK.finditer(text))]
        line = bisect_right(starts, match.start())
        yield Found(match.group(), line + first_line - 1, match.start() - starts[line - 1] + 1)


def any_of(*words: str) -> Callable[[str], bool]:
    """Whether a text may hold one of these words (lower case), in capitals or not: a quick look before a pattern's."""
    doubtful = ("\N{LATIN SMALL LETTER DOTLESS I}", "i\N{COMBINING DOT ABOVE}")  # patterns take them for an i
    sought = (*words, *doubtful)

    def may(text: str) -> bool:
        folded = text.casefold()
        for word in sought:  # noqa: SIM110 - twice as quick as any() on ten thousand cards
            if word in folded:
                return True
        return False

    return may


def private_hits(
    context: LintContext, pattern: re.Pattern[str], is_one: Callable[[str], bool], may: Callable[[str], object] = bool
) -> Iterator[tuple[Card, Found]]:
    """Every place of a pattern, anywhere in any card, that passes its own check.

    `may` tells quickly of a text that the pattern cannot be found in it.
    """
    for card in context.board.cards:
        if may(card.text):
            for found in found_in(card.text, 1, pattern):
                if is_one(found.text):
                    yield card, found
