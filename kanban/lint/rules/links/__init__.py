"""KB7xx: references to other things."""

from kanban.lint.rule import family

RULES = family(
    __name__,
    "broken_link",
    "former_name_in_use",
    "former_name_twice",
    "template_field",
    "local_link",
    "script_field",
    "orphan_file",
    "awkward_file",
)
