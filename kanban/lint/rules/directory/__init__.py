"""KB71x: companies and people with a file of their own."""

from kanban.lint.rule import family

RULES = family(
    __name__,
    "listed_twice",
    "unknown_contact",
    "orphan_entry",
    "idle_decision_maker",
)
