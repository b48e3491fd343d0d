"""A card's role is its owner's.

Why: figures per role (SDR, AE) follow the card; a card taken over with the old role counts for the wrong team.

Flags: a `role:` that differs from the one board.yml gives the owner, and one that is neither SDR, AE nor the role of
any owner.

Cure: `kanban lint --fix` writes the owner's role.

Bad:

    == board.yml
    columns: [{key: prospects}]
    owners: [{name: Zoé, role: AE}]
    == prospects/acme.md
    ---
    account: ACME
    owner: Zoé
    role: SDR
    ---

Good:

    == board.yml
    columns: [{key: prospects}]
    owners: [{name: Zoé, role: AE}]
    == prospects/acme.md
    ---
    account: ACME
    owner: Zoé
    role: AE
    ---
"""

from kanban.i18n import _
from kanban.lint.finding import Fix
from kanban.lint.fixes import setting_field
from kanban.lint.rule import CARD, SAFE, WARNING, Hits, LintContext, at, rule
from kanban.model.cards.people import role_meant, roles_of


@rule("KB215", "owner-role", CARD, WARNING, fix=SAFE)
def check(context: LintContext) -> Hits:
    known = roles_of(context.board.config)
    for card in context.board.open_cards:
        owner = context.board.config.owner(card.owner)
        if card.role and not (owner and owner.role) and not role_meant(card.role, context.board.config):
            message = _("“{role}” is nobody's role on this board").format(role=card.role)
            yield at(card, "role", message, _("one of {names}").format(names=", ".join(known)))
        if owner is None or not owner.role or not card.role or card.role.casefold() == owner.role.casefold():
            continue
        message = _("{owner} is {role} on this board, the card says {other}").format(
            owner=owner.name, role=owner.role, other=card.role
        )
        fix = Fix(card.path, _("write the role as {role}").format(role=owner.role), setting_field("role", owner.role))
        yield at(card, "role", message, _("write {iso}").format(iso=owner.role), fix=fix)
