"""What a public site may show of a field: bands for amounts, declared words for choices, everyday words for text."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from kanban.i18n import _
from kanban.i18n.formats import format_money
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.fields import field_of
from kanban.model.settings.board_yml import SOURCES, BoardConfig
from kanban.model.typed.values import Money, When
from kanban.privacy.scrubbing import GAP, Scrubber
from kanban.privacy.words import Names, folded
from kanban.render.public.pseudonyms import Pseudonyms

NEVER = frozenset(
    {"first_name", "contact_email", "contact_phone", "decision_maker", "decision_makers"}
    | {"formerly", "lint_ignore", "video_link"}
)
"""Fields that no list can publish: a person's name and addresses have no band and no pseudonym."""

FEWEST = 3
"""A group of fewer customers than this can be recognised by who knows one of them."""

BANDS = tuple(Decimal(10) ** power * step for power in range(3, 9) for step in (1, 5))
"""Where amount bands begin and end: 1 000, 5 000, 10 000, 50 000 and so on."""

_DESCRIBING = frozenset({"source", "segment", "persona", "tags"})
_SAFE = (date, When, Decimal, bool, int)


def allowed_fields(config: BoardConfig) -> frozenset[str]:
    """The fields that the board lists, without those that can never be published."""
    private = {key for key, declared in config.fields.items() if declared.private}
    return frozenset(config.site.public_fields) - NEVER - private


class Showing:
    """What the board lets be seen of its cards. `names` gives the words that name somebody, now or earlier."""

    def __init__(self, board: Board, pseudonyms: Pseudonyms, names: Callable[[], Names]) -> None:
        self.config = board.config
        self.allowed = allowed_fields(board.config)
        self._pseudonyms = pseudonyms
        self._scrubber = Scrubber(board.config.site.public_words, names)
        self._groups = {key: self._sizes(board, key) for key in self.allowed if self._tells_groups_apart(key)}

    def value(self, card: Card, key: str) -> Any:
        """The value that may be shown of a listed field; None for nothing."""
        if key in ("account", "amount"):
            return None
        if key == "contact":
            return self._pseudonyms.contact(card) if card.contact else None
        if key in ("owner", "blocked_owner"):
            return self._pseudonyms.colleague(card.get(key)) if card.get(key) else None
        value = self._bare(card, key)
        sizes = self._groups.get(key)
        if sizes is None or value is None:
            return value
        if isinstance(value, tuple):
            return tuple(one for one in value if sizes[one] >= FEWEST) or None
        return value if sizes[value] >= FEWEST else None

    def _bare(self, card: Card, key: str) -> Any:
        """The value without what could name somebody: of its declared type, or text made of everyday words."""
        known = field_of(key, self.config)
        value = card.values.get(key)
        if any(problem.key == key for problem in card.problems):
            return None
        if isinstance(value, Money):
            return band(value)
        if isinstance(value, _SAFE):
            return value
        if known is not None and known.type == "choice":
            return value if value in self._choices(key, known.choices) else None
        if known is not None and known.type not in ("text", "list"):
            return value if key == "currency" and card.amount is not None else None
        if key == "source" and folded(card.source) in {folded(one) for one in (*SOURCES, *self.config.sources)}:
            return card.source
        if isinstance(value, tuple):
            return tuple(text for one in value if (text := self._text(str(one)))) or None
        return self._text(card.get(key))

    def _text(self, text: str) -> str | None:
        shown = self._scrubber.scrubbed(text)
        return shown if shown.strip(f" {GAP}.,;:!?()«»\"'’/&–—-") else None

    def _choices(self, key: str, declared: tuple[str, ...]) -> tuple[str, ...]:
        if key == "class":
            return tuple(one.key for one in self.config.classes)
        return self.config.lost_reasons if key == "lost_reason" else declared

    def _tells_groups_apart(self, key: str) -> bool:
        """Whether the field says of what kind a customer is; a class or a lost reason says it of the sale."""
        declared = self.config.fields.get(key)
        return key in _DESCRIBING or (declared is not None and declared.type in ("choice", "list", "yes-no", "number"))

    def _sizes(self, board: Board, key: str) -> Mapping[Any, int]:
        """How many customers each value of the field has."""
        customers: dict[Any, set[str]] = defaultdict(set)
        for card in board.cards:
            value = self._bare(card, key)
            for one in value if isinstance(value, tuple) else () if value is None else (value,):
                customers[one].add(self._pseudonyms.account(card))
        return defaultdict(int, {value: len(found) for value, found in customers.items()})


def band(money: Money) -> str:
    """`10–50 k€`: the band of an amount, wide enough not to give it away."""
    low = max((edge for edge in BANDS if edge <= money.amount), default=Decimal(0))
    high = next((edge for edge in BANDS if edge > money.amount), None)
    if high is None:
        return _("over {amount}").format(amount=format_money(Money(low, money.currency), short=True))
    amounts = [format_money(Money(edge, money.currency), short=True) for edge in (low, high)]
    return _("{low} to {high}").format(low=amounts[0], high=amounts[1])
