"""A card's role is its owner's.

Why: figures per role (SDR, AE) follow the card; a card taken over with the old role counts for the wrong team.

Flags: a `role:` that is neither SDR, AE nor the role of any owner (an error: `kanban set` refuses it too); and one that
differs from the role that board.yml gives the owner (a warning).

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
from kanban.lint.rule import CARD, ERROR, SAFE, WARNING, Hits, LintContext, at, rule
from kanban.model.cards.people import is_stray_role, roles_of


@rule("KB215", "owner-role", CARD, ERROR, fix=SAFE)
def check(context: LintContext) -> Hits:
    config = context.board.config
    for card in context.board.open_cards:
        owner = config.owner(card.owner)
        mine = owner.role if owner is not None else ""
        fix = (
            Fix(card.path, _("write the role as {role}").format(role=mine), setting_field("role", mine))
            if mine
            else None
        )
        if is_stray_role(card.role, config):
            message = _("“{role}” is nobody's role on this board").format(role=card.role)
            cure = (
                _("write {iso}").format(iso=mine)
                if mine
                else _("one of {names}").format(names=", ".join(roles_of(config)))
            )
            yield at(card, "role", message, cure, fix=fix)
        elif owner is not None and mine and card.role and card.role.casefold() != mine.casefold():
            message = _("{owner} is {role} on this board, the card says {other}").format(
                owner=owner.name, role=mine, other=card.role
            )
            yield at(card, "role", message, _("write {iso}").format(iso=mine), fix=fix, severity=WARNING)
