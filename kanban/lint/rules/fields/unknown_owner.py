"""Every owner is one of the team.

Why: a card owned by "Zoe" is in nobody's list when the team knows a "Zoé", and the limit per person does not see it.

Flags: an `owner:` or `blocked_owner:` that is none of the `owners:` in board.yml, when some are declared.

Cure: take the proposed name, or add the person to board.yml. `--fix` corrects case and accents.

Bad:

    == board.yml
    columns: [{key: prospects}]
    owners: [Zoé, Karim]
    == prospects/acme.md
    ---
    account: ACME
    owner: zoe
    ---

Good:

    == board.yml
    columns: [{key: prospects}]
    owners: [Zoé, Karim]
    == prospects/acme.md
    ---
    account: ACME
    owner: Zoé
    ---
"""

from kanban.i18n import _
from kanban.lint.facts.people import nearest_owner, same_person
from kanban.lint.finding import Fix
from kanban.lint.fixes import setting_field
from kanban.lint.rule import CARD, SAFE, WARNING, Hits, LintContext, at, rule


@rule("KB211", "unknown-owner", CARD, WARNING, fix=SAFE)
def check(context: LintContext) -> Hits:
    config = context.board.config
    names = {owner.name for owner in config.owners}
    for card in context.board.open_cards if names else ():
        for key in ("owner", "blocked_owner"):
            name = card.get(key).strip()
            if not name or name in names:
                continue
            meant = nearest_owner(name, config)
            cure = _("did you mean {name}?").format(name=meant) if meant else _("add the name to `owners:`")
            fix = None
            if meant and same_person(name, meant):
                fix = Fix(card.path, _("write the owner as {name}").format(name=meant), setting_field(key, meant))
            elif key == "blocked_owner":
                continue
            yield at(card, key, _("“{name}” is none of the board's owners").format(name=name), cure, fix=fix)
