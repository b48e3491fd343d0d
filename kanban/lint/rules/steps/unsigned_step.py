"""What a board wants signed is signed by a key that it lists.

Why: a win and a change of the rules are what a quarter is paid by; a name in a commit is a word that anybody can write.

Flags: a step into a column or kind that `policies.signed` names, or a change of `board.yml` where it names that, whose
commit carries no valid signature by a key that the board listed under `owners` before the change. Nothing waives it, no
baseline accepts it, and no setting turns it off or down; the change can ask for more signatures and not for fewer.

Cure: sign the commit by `git commit --amend -S`, or several by
`git rebase --exec 'git commit --amend --no-edit -S' BASE`.

Bad:

    == won/acme.md
    ---
    account: ACME
    ---
    == before: negotiation/acme.md
    ---
    account: ACME
    ---
    == steps
    acme negotiation to won: won
    == unsigned
    won/acme.md acme into Won

Good:

    == won/acme.md
    ---
    account: ACME
    ---
    == before: negotiation/acme.md
    ---
    account: ACME
    ---
    == steps
    acme negotiation to won: won
"""

from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import BOARD, ERROR, RANGE, STEPS, Hits, LintContext, rule


@rule("KB412", "unsigned-step", RANGE, ERROR, needs=(STEPS,), waivable=BOARD, binding=True)
def check(context: LintContext) -> Hits:
    cure = _("sign them: `git commit --amend -S`, or `git rebase --exec 'git commit --amend --no-edit -S' BASE`")
    for one in context.unsigned:
        message = _("{what} must be signed by a key that the board lists").format(what=one.what)
        said = f"{message} ({one.commit[:10]})" if one.commit else message
        yield Hit(one.path, 1, 1, said, cure, card=one.card, detail=one.commit)
