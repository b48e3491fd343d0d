"""What was wrong before the change under review, and which it does not make worse; of a merge, on one of its sides.

Whoever takes one card out of a column that holds two too many must be able to commit and push that, and so must who
notes a call on a card that a colleague left without a date: a change is judged by what it does, the rest is still told.
"""

from dataclasses import replace
from functools import cached_property

from kanban.i18n import _
from kanban.lint.finding import Finding, Load, reaches
from kanban.lint.rule import CARD, ERROR, WARNING, LintContext, Rule
from kanban.model.history.hand_renames import with_former_columns
from kanban.model.settings.trusted import keys_now


class Standing:
    """What was too much before the change; asks a rule about the board before only when it has something to say."""

    def __init__(self, context: LintContext) -> None:
        self.context = context
        self._told: dict[tuple[str, int], dict[tuple[str, str], Load]] = {}
        self._known: dict[tuple[str, str], set[tuple[str, str, str, str]]] = {}

    def judged(self, rule: Rule, finding: Finding) -> Finding:
        """The finding, as a warning that says so when the change found the limit exceeded and added nothing."""
        load = finding.hit.load
        if self._before is None or not reaches(finding.severity, WARNING):
            return finding
        if load is None:
            return self._card_judged(rule, finding) if finding.severity == ERROR else finding
        key = finding.hit.key, finding.hit.detail
        loads = (self._loads(rule, at).get(key) for at in range(len(self._sides)))
        if not any(before is not None and load.is_no_worse_than(before) for before in loads):
            return finding
        message = _("{message}; so it was before, and this change adds none").format(message=finding.hit.message)
        return replace(finding, severity=WARNING, hit=replace(finding.hit, message=message))

    @property
    def _before(self) -> LintContext | None:
        return self._sides[0] if self._sides else None

    @cached_property
    def _sides(self) -> tuple[LintContext, ...]:
        """The board before the change, and those of a merge's other parents: what they hold was judged there."""
        if self.context.base is None:
            return ()
        return tuple(
            replace(self.context, board=board, base=None, steps=None)
            for board in (self.context.base, *self.context.beside)
        )

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

    def _loads(self, rule: Rule, side: int) -> dict[tuple[str, str], Load]:
        if (rule.code, side) not in self._told:
            before, names = self._sides[side], self.context.board.renames
            columns = keys_now(before.board.config, with_former_columns(before.board, self.context.board))
            hits = (hit.under(names, columns) for hit in rule.check(before) if hit.load)
            self._told[rule.code, side] = {(hit.key, hit.detail): hit.load for hit in hits if hit.load}
        return self._told[rule.code, side]
