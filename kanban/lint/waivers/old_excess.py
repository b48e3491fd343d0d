"""Limits that were exceeded before the change under review, and that it does not exceed further.

Whoever takes one card out of a column that holds two too many must be able to commit and push that: a change is
judged by what it does, and the limit is still told.
"""

from dataclasses import replace
from functools import cached_property

from kanban.i18n import _
from kanban.lint.finding import Finding, Load, reaches
from kanban.lint.rule import WARNING, LintContext, Rule


class Standing:
    """What was too much before the change; asks a rule about the board before only when it has something to say."""

    def __init__(self, context: LintContext) -> None:
        self.context = context
        self._told: dict[str, dict[tuple[str, str], Load]] = {}

    def judged(self, rule: Rule, finding: Finding) -> Finding:
        """The finding, as a warning that says so when the change found the limit exceeded and added nothing."""
        load = finding.hit.load
        if load is None or self._before is None or not reaches(finding.severity, WARNING):
            return finding
        before = self._loads(rule, self._before).get((finding.hit.key, finding.hit.detail))
        if before is None or not load.is_no_worse_than(before):
            return finding
        message = _("{message}; so it was before, and this change adds none").format(message=finding.hit.message)
        return replace(finding, severity=WARNING, hit=replace(finding.hit, message=message))

    @cached_property
    def _before(self) -> LintContext | None:
        base = self.context.base
        return None if base is None else replace(self.context, board=base, base=None, steps=None)

    def _loads(self, rule: Rule, before: LintContext) -> dict[tuple[str, str], Load]:
        if rule.code not in self._told:
            hits = rule.check(before)
            self._told[rule.code] = {(hit.key, hit.detail): self._now(hit.load) for hit in hits if hit.load}
        return self._told[rule.code]

    def _now(self, load: Load) -> Load:
        """The same under the names that cards have now."""
        names = self.context.board.renames
        return replace(load, cards=frozenset(names.get(card, card) for card in load.cards))
