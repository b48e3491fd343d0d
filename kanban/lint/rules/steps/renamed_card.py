"""A card that gets another file name keeps its past.

Why: to the history a new name is a new deal: the old one looks deleted, the new one has no age.

Flags: a card that is gone while one with the same account and title appears under another name, without `formerly`.

Cure: write `formerly: [OLD-NAME]` on the new card; `kanban rename OLD NEW` does it all.

Bad:

    == offer/acme-sso.md
    ---
    title: SSO for 300 users
    account: ACME
    ---
    == before: offer/acme.md
    ---
    title: SSO for 300 users
    account: ACME
    ---
    == steps
    acme offer to nothing
    acme-sso nothing to offer

Good:

    == offer/acme-sso.md
    ---
    title: SSO for 300 users
    account: ACME
    formerly: [acme]
    ---
    == before: offer/acme.md
    ---
    title: SSO for 300 users
    account: ACME
    ---
    == steps
"""

from kanban.i18n import _
from kanban.lint.finding import Fix
from kanban.lint.fixes import setting_field
from kanban.lint.rule import BASE, RANGE, STEPS, UNSAFE, WARNING, Hits, LintContext, at, rule
from kanban.model.cards.board import plain
from kanban.model.cards.card import Card


@rule("KB408", "renamed-card", RANGE, WARNING, fix=UNSAFE, needs=(STEPS, BASE))
def check(context: LintContext) -> Hits:
    base = context.base
    gone = [step.card for step in context.steps or () if step.target is None and context.board.find(step.card) is None]
    lost = {_mark(card): card for card in (base.find(name) for name in gone if base is not None) if card is not None}
    for step in context.steps or ():
        card = context.board.find(step.card) if step.source is None else None
        old = lost.get(_mark(card)) if card is not None else None
        if card is None or old is None or not card.account or old.id in card.formerly:
            continue
        message = _("{card} looks like {old} under a new name; its past is lost").format(card=card.id, old=old.id)
        names = (*card.formerly, old.id)
        fix = Fix(card.path, _("write the former name"), setting_field("formerly", names), safe=False)
        yield at(card, "formerly", message, _("write `formerly: [{old}]`").format(old=old.id), fix=fix)


def _mark(card: Card) -> tuple[str, str]:
    return plain(card.account), "" if card.title == card.id else plain(card.title)
