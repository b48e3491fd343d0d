"""Every rule of the linter, in the order of its code: a rule that is not in this table does not exist.

Families of codes:

- 0xx waivers, baseline and settings
- 1xx the file and its YAML
- 2xx fields and their types
- 3xx the board
- 4xx steps over a range of commits
- 5xx sales hygiene
- 6xx privacy
- 7xx references
"""

from kanban.lint.rule import Rule
from kanban.lint.rules import (
    bad_setting,
    byte_order_mark,
    class_limit_exceeded,
    conflict_marker,
    duplicate_field,
    duplicate_id,
    executable_card,
    field_name,
    file_name,
    foreign_front_matter,
    formatter_damage,
    front_matter_not_first,
    hidden_character,
    line_ends,
    lost_reason,
    manager_unknown,
    missing_next_action,
    nested_field,
    no_front_matter,
    not_ready,
    not_text,
    other_problem,
    purge_prospect,
    requirement_field,
    stale_baseline,
    stale_card,
    stray_file,
    symbolic_link,
    unclosed_front_matter,
    unknown_column,
    unknown_lint_rule,
    unknown_setting,
    unreadable_file,
    waiver_expired,
    waiver_form,
    waiver_not_allowed,
    waiver_unknown_rule,
    waiver_unused,
    wip_exceeded,
    yaml_reference,
    yaml_syntax,
)

RULES: tuple[Rule, ...] = (
    waiver_form.RULE,
    waiver_expired.RULE,
    waiver_unused.RULE,
    waiver_not_allowed.RULE,
    waiver_unknown_rule.RULE,
    stale_baseline.RULE,
    bad_setting.RULE,
    unknown_setting.RULE,
    unknown_lint_rule.RULE,
    requirement_field.RULE,
    manager_unknown.RULE,
    other_problem.RULE,
    unreadable_file.RULE,
    not_text.RULE,
    no_front_matter.RULE,
    formatter_damage.RULE,
    front_matter_not_first.RULE,
    unclosed_front_matter.RULE,
    foreign_front_matter.RULE,
    nested_field.RULE,
    field_name.RULE,
    yaml_syntax.RULE,
    duplicate_field.RULE,
    yaml_reference.RULE,
    conflict_marker.RULE,
    hidden_character.RULE,
    byte_order_mark.RULE,
    line_ends.RULE,
    file_name.RULE,
    executable_card.RULE,
    symbolic_link.RULE,
    unknown_column.RULE,
    stray_file.RULE,
    duplicate_id.RULE,
    wip_exceeded.RULE,
    class_limit_exceeded.RULE,
    missing_next_action.RULE,
    stale_card.RULE,
    purge_prospect.RULE,
    lost_reason.RULE,
    not_ready.RULE,
)
