"""KB5xx: notes, classes of service and micro-rules."""

from kanban.lint.rule import family

RULES = family(
    __name__,
    "long_call_note",
    "missing_retrospective",
    "fixed_date_at_risk",
    "fixed_date_missing",
    "partner_sla_missed",
    "partner_reception_missing",
    "placeholder_text",
    "experiment_due",
    "too_many_objections",
    "experiment_incomplete",
)
