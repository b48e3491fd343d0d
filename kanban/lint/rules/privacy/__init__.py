"""KB6xx: what should not stand on a card."""

from kanban.lint.rule import family

RULES = family(
    __name__,
    "bank_account",
    "payment_card",
    "social_security_number",
    "secret",
    "sensitive_words",
    "contact_in_title",
    "contact_in_notes",
)
