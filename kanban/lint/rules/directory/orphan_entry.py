"""A file of a company or a person belongs to a deal.

Why: data of people whom no deal is with is kept without a reason, and the law asks for one.

Flags: a company without a deal and without people, and a person without a deal whose company has none either.

Cure: name it on its card, as the card's `account` or `contact`; or delete the file.

Bad:

    == people/dubois.md
    ---
    name: Jean Dubois
    ---

Good:

    == prospects/acme.md
    ---
    account: ACME
    ---
    == accounts/acme.md
    ---
    name: ACME
    ---
    == people/dubois.md
    ---
    name: Jean Dubois
    account: ACME
    ---
"""

from kanban.i18n import _
from kanban.lint.facts.entries import at_entry
from kanban.lint.rule import BOARD, WARNING, Hits, LintContext, pathspec, rule
from kanban.model.cards.directory.links import ACCOUNTS


@rule("KB712", "orphan-entry", BOARD, WARNING)
def check(context: LintContext) -> Hits:
    directory = context.board.directory
    for one in directory.entries:
        company = directory.company_of(one)
        near = directory.staff_of(one) if one.kind == ACCOUNTS else company is not None and directory.deals_of(company)
        if directory.deals_of(one) or near:
            continue
        message = _("no deal is with {name}").format(name=one.name)
        cure = _("name it on its card, or `git rm {path}`").format(path=pathspec(context, one.path))
        yield at_entry(one, "name", message, cure)
