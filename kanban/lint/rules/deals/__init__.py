"""KB5xx: amounts, dates, owners and reasons."""

from kanban.lint.rule import family

RULES = family(
    __name__,
    "lost_reason",
    "not_ready",
    "close_date_past",
    "close_date_default",
    "close_date_pushed",
    "amount_missing",
    "probability_missing",
    "certain_but_open",
    "owner_missing",
    "won_without_amount",
    "reason_on_open_card",
    "close_date_missing",
)
