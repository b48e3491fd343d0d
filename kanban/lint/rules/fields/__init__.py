"""KB2xx: fields and their types."""

from kanban.lint.rule import family

RULES = family(
    __name__,
    "unknown_field",
    "unknown_currency",
    "date_not_iso",
    "amount_form",
    "unknown_owner",
    "unknown_source",
    "status_field",
    "unknown_tick",
    "owner_role",
    "missing_column_field",
)
