"""KB4xx: steps over a range of commits."""

from kanban.lint.rule import family

RULES = family(
    __name__,
    "skipped_column",
    "moved_back",
    "reopened",
    "deleted_card",
    "emptied_card",
    "entered_not_ready",
    "left_not_done",
    "renamed_card",
    "pulled_while_stopped",
    "closed_card_changed",
    "ticked_too_early",
    "unsigned_step",
    "ticks_of_a_first_time",
)
