"""A card that moves keeps what it knew.

Why: moving by retyping loses the notes and the fields: the next colleague calls the customer without them.

Flags: a card that moved and lost all its notes, or more than half of its fields.

Cure: move the file (`kanban move`, `git mv`) and bring the text back: `git show HEAD:OLD-PATH`.

Bad:

    == offer/acme.md
    ---
    account: ACME
    ---
    == before: meeting/acme.md
    ---
    account: ACME
    contact: Ana
    amount: 28 k€
    owner: Zoé
    ---

    Wants SSO and two integrations.
    == steps
    acme meeting to offer

Good:

    == offer/acme.md
    ---
    account: ACME
    contact: Ana
    amount: 28 k€
    owner: Zoé
    ---

    Wants SSO and two integrations.
    == before: meeting/acme.md
    ---
    account: ACME
    contact: Ana
    amount: 28 k€
    owner: Zoé
    ---

    Wants SSO and two integrations.
    == steps
    acme meeting to offer
"""

from kanban.i18n import _
from kanban.lint.rule import BASE, RANGE, STEPS, WARNING, Hits, LintContext, at, rule, typed
from kanban.lint.steps.findings import before_of, revision_before

_FEW = 3


@rule("KB405", "emptied-card", RANGE, WARNING, needs=(STEPS, BASE))
def check(context: LintContext) -> Hits:
    moved = [step for step in context.steps or () if step.source and step.target]
    for name in dict.fromkeys(step.card for step in moved):
        card, before = context.board.find(name), before_of(context, name)
        if card is None or before is None or not card.readable or not before.readable:
            continue
        had = [key for key in before.written if before.has(key)]
        lost = [key for key in had if not card.has(key)]
        revision = revision_before(next(step for step in moved if step.card == name))
        path = typed(f"{revision}:{context.prefix}{before.path}")
        cure = _("bring the text back: `git show {path}`").format(path=path)
        if len(lost) >= _FEW and 2 * len(lost) > len(had):
            message = _("{card} lost {count} of its {total} fields on the way").format(
                card=card.label, count=len(lost), total=len(had)
            )
            yield at(card, "", message, cure, detail="fields")
        elif before.body.strip() and not card.body.strip():
            message = _("{card} lost its notes on the way").format(card=card.label)
            yield at(card, "", message, cure, detail="notes")
