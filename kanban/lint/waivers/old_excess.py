"""What was wrong before the change under review, and which it does not make worse.

Whoever takes one card out of a column that holds two too many must be able to commit and push that, and so must who
notes a call on a card that a colleague left without a date: a change is judged by what it does, the rest is still told.
"""

from dataclasses import replace
from functools import cached_property

from kanban.i18n import _
from kanban.lint.finding import Finding, Load, reaches
from kanban.lint.rule import CARD, ERROR, WARNING, LintContext, Rule


class Standing:
    """What was too much before the change; asks a rule about the board before only when it has something to say."""

    def __init__(self, context: LintContext) -> None:
        self.context = context
        self._told: dict[str, dict[tuple[str, str], Load]] = {}
        self._known: dict[tuple[str, str], set[tuple[str, str, str, str]]] = {}

    def judged(self, rule: Rule, finding: Finding) -> Finding:
        """The finding, as a warning that says so when the change found the limit exceeded and added nothing."""
        load = finding.hit.load
        if self._before is None or not reaches(finding.severity, WARNING):
            return finding
        if load is None:
            return self._card_judged(rule, finding) if finding.severity == ERROR else finding
        before = self._loads(rule, self._before).get((finding.hit.key, finding.hit.detail))
        if before is None or not load.is_no_worse_than(before):
            return finding
        message = _("{message}; so it was before, and this change adds none").format(message=finding.hit.message)
        return replace(finding, severity=WARNING, hit=replace(finding.hit, message=message))

    @cached_property
    def _before(self) -> LintContext | None:
        base = self.context.base
        return None if base is None else replace(self.context, board=base, base=None, steps=None)

    def _card_judged(self, rule: Rule, finding: Finding) -> Finding:
        """A card's own finding, as a warning when the card had it before; what a column asks for names the column."""
        if rule.scope != CARD or rule.needs or self._before is None or not finding.card:
            return finding
        hit = finding.hit
        if (hit.card, hit.key, hit.detail, hit.message) not in self._found_before(rule, self._before, finding.card):
            return finding
        message = _("{message}; so it was before this change").format(message=hit.message)
        return replace(finding, severity=WARNING, hit=replace(hit, message=message))

    def _found_before(self, rule: Rule, before: LintContext, card: str) -> set[tuple[str, str, str, str]]:
        """What a rule found before the change; of a rule that judges each card by itself, in this card alone."""
        known = rule.code, card if rule.is_alone else ""
        if known not in self._known:
            if rule.is_alone:
                board = before.board
                before = replace(
                    before, board=replace(board, cards=tuple(one for one in board.cards if one.id == card))
                )
            self._known[known] = {(hit.card, hit.key, hit.detail, hit.message) for hit in rule.check(before)}
        return self._known[known]

    def _loads(self, rule: Rule, before: LintContext) -> dict[tuple[str, str], Load]:
        if rule.code not in self._told:
            hits = rule.check(before)
            self._told[rule.code] = {(hit.key, hit.detail): self._now(hit.load) for hit in hits if hit.load}
        return self._told[rule.code]

    def _now(self, load: Load) -> Load:
        """The same under the names that cards have now."""
        names = self.context.board.renames
        return replace(load, cards=frozenset(names.get(card, card) for card in load.cards))
