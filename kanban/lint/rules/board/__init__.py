"""KB3xx: the board as a whole."""

from kanban.lint.rule import family

RULES = family(
    __name__,
    "unknown_column",
    "stray_file",
    "duplicate_id",
    "wip_exceeded",
    "class_limit_exceeded",
    "name_clash",
    "banner_missing",
    "banner_stale",
    "same_deal_twice",
    "union_merge",
    "suspicious_history",
)
