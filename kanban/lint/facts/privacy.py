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


class Seen:
    """A text as quick looks see it; what each of them needs is made once."""

    __slots__ = ("_bare", "_folded", "_signs", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded: str | None = None
        self._signs: bytes | None = None
        self._bare: bytes | None = None

    @property
    def folded(self) -> str:
        """The text, capitals made small."""
        if self._folded is None:
            self._folded = self.text.casefold()
        return self._folded

    @property
    def signs(self) -> bytes:
        """Its bytes, each digit as 0, each capital as A, and what may be another script's digit as 1."""
        if self._signs is None:
            self._signs = self.text.encode("utf-8", "surrogatepass").translate(_SIGNS)
        return self._signs

    @property
    def bare(self) -> bytes:
        """The same without spaces and dashes."""
        if self._bare is None:
            self._bare = self.signs.translate(None, b" -\xc2\xa0")  # with them goes half of some other letters
        return self._bare


_FOREIGN = b"\xd9\xdb\xdf\xe0\xe1\xea\xef\xf0"
"""How the digits of other scripts begin in UTF-8: a pattern takes them for digits."""
_OTHER_DIGIT = b"1"
_SIGNS = bytes.maketrans(
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" + _FOREIGN, b"0" * 10 + b"A" * 26 + _OTHER_DIGIT * len(_FOREIGN)
)

May = Callable[[Seen], object]
"""Whether a pattern may be found in a text: a quick look, as in most texts it is not."""


def any_of(*words: str) -> May:
    """Whether a text may hold one of these words (lower case), in capitals or not."""
    doubtful = ("\N{LATIN SMALL LETTER DOTLESS I}", "i\N{COMBINING DOT ABOVE}")  # patterns take them for an i
    sought = (*words, *doubtful)

    def may(seen: Seen) -> bool:
        folded = seen.folded
        for word in sought:  # noqa: SIM110 - twice as quick as any() on ten thousand cards
            if word in folded:
                return True
        return False

    return may


def digits_like(*forms: bytes, spaced: bool = True) -> May:
    """Whether a text may hold a number of one of these forms (0: a digit, A: a capital); `spaced`: with gaps."""

    def may(seen: Seen) -> bool:
        signs = seen.bare if spaced else seen.signs
        return _OTHER_DIGIT in signs or any(form in signs for form in forms)

    return may


def private_hits(
    context: LintContext, pattern: re.Pattern[str], is_one: Callable[[str], bool], may: May
) -> Iterator[tuple[Card, Found]]:
    """Every place of a pattern, anywhere in any card, that passes its own check.

    `may` tells quickly of a text that the pattern cannot be found in it.
    """
    for card in context.board.cards:
        if may(_seen(card)):
            for found in found_in(card.text, 1, pattern):
                if is_one(found.text):
                    yield card, found


def _seen(card: Card) -> Seen:
    """A card's text; of a card that is let go the same for every rule."""
    apart = card.told_apart
    if apart is None:
        return Seen(card.text)
    seen: Seen | None = apart.get("seen")
    if seen is None:
        seen = apart["seen"] = Seen(card.text)
    return seen
