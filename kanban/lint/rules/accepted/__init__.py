"""KB0xx: waivers, baseline and settings."""

from kanban.lint.rule import family

RULES = family(
    __name__,
    "waiver_form",
    "waiver_expired",
    "waiver_unused",
    "waiver_not_allowed",
    "waiver_unknown_rule",
    "stale_baseline",
    "unknown_lint_rule",
    "requirement_field",
    "manager_unknown",
    "unknown_measure",
)
