"""How long a card has been where it is, the step that is not committed yet included."""

from datetime import date, timedelta

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


def is_due_for_purge(context: LintContext, card: Card) -> bool:
    """Whether the card lay untouched for longer than its column keeps cards."""
    column = context.board.column_of(card)
    limit = column.purge_after
    if limit is None and column.effective_stage == "prospects":
        limit = context.board.config.policies.purge_after
    idle = idle_days(context, card)
    return limit is not None and idle is not None and idle > limit


def _moved_since(context: LintContext, card: Card) -> bool:
    return context.history is not None and context.history.column_of(card.id) != card.column


def acts_since_entry(context: LintContext, card: Card) -> tuple[date, ...]:
    """The days on which something happened to the card after the day on which it entered its column, in order."""
    here = days_here(context, card)
    if here is None or context.history is None:
        return ()
    entered = context.today - timedelta(days=here)
    days = {event.at.date() for event in context.history.of(card.id)} | (
        {context.today} if card.id in context.fresh else set()
    )
    return tuple(sorted(day for day in days if entered < day <= context.today))
