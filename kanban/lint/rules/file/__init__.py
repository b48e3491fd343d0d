"""KB1xx: the file and its YAML."""

from kanban.lint.rule import family

RULES = family(
    __name__,
    "no_front_matter",
    "formatter_damage",
    "front_matter_not_first",
    "field_name",
    "hidden_character",
    "byte_order_mark",
    "line_ends",
    "file_name",
    "executable_card",
    "symbolic_link",
)
