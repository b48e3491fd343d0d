"""KB5xx: next actions, ages and blocks."""

from kanban.lint.rule import family

RULES = family(
    __name__,
    "missing_next_action",
    "overdue_next_action",
    "stale_card",
    "purge_prospect",
    "overfull_day",
    "not_escalated",
    "follow_up_missing",
    "incomplete_block",
    "action_on_day_off",
    "too_many_touches",
    "parked_too_long",
    "meeting_without_hour",
    "far_next_action",
    "red_light",
    "stale_block",
)
