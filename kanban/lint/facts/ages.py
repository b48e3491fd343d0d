"""How long a card has been where it is, the step that is not committed yet included."""

from kanban.lint.rule import LintContext
from kanban.model.cards.card import Card


def idle_days(context: LintContext, card: Card) -> int | None:
    """Days since the last thing that happened to the card; None when nobody knows, 0 for one changed since."""
    clocks = (context.clocks or {}).get(card.id)
    if clocks is None:
        return None
    return 0 if card.id in context.fresh or _moved_since(context, card) else clocks.idle_days


def days_here(context: LintContext, card: Card) -> int | None:
    """Days since the card entered its column; None when nobody knows, 0 when it stands elsewhere in the history."""
    clocks = (context.clocks or {}).get(card.id)
    if clocks is None:
        return None
    return 0 if _moved_since(context, card) else clocks.column_days


def _moved_since(context: LintContext, card: Card) -> bool:
    return context.history is not None and context.history.column_of(card.id) != card.column
