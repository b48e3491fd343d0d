"""A decision maker of a customer with open deals is on one of them.

Why: a deal is decided by somebody; a deal that nobody who decides is on is talked about with the wrong people.

Flags: a person with `decision_maker: yes` who is on no open deal, while their company has open deals.

Cure: name them as the card's `contact`, `decision_maker` or in `decision_makers`, or take the mark away.

Bad:

    == prospects/acme.md
    ---
    account: ACME
    contact: Anne Martin
    ---
    == accounts/acme.md
    ---
    name: ACME
    ---
    == people/dubois.md
    ---
    name: Jean Dubois
    account: ACME
    decision_maker: yes
    ---

Good:

    == prospects/acme.md
    ---
    account: ACME
    contact: Anne Martin
    decision_maker: Jean Dubois
    ---
    == accounts/acme.md
    ---
    name: ACME
    ---
    == people/dubois.md
    ---
    name: Jean Dubois
    account: ACME
    decision_maker: yes
    ---
"""

from kanban.i18n import _
from kanban.lint.facts.entries import at_entry
from kanban.lint.rule import BOARD, WARNING, Hits, LintContext, rule, typed
from kanban.model.cards.directory.links import PEOPLE


@rule("KB713", "idle-decision-maker", BOARD, WARNING)
def check(context: LintContext) -> Hits:
    board, directory = context.board, context.board.directory
    for one in directory.of_kind(PEOPLE):
        company = directory.company_of(one)
        if not one.decides or company is None or any(map(board.is_open, directory.deals_of(one))):
            continue
        waiting = [card for card in directory.deals_of(company) if board.is_open(card)]
        if waiting:
            message = _("{name} decides at {company}, and is on none of its open deals")
            card = next((card for card in waiting if not card.get("decision_maker")), waiting[0])
            several = ", ".join((*card.items("decision_makers"), one.name))
            field = f"decision_makers={several}" if card.get("decision_maker") else f"decision_maker={one.name}"
            cure = f"`kanban set {typed(card.id)} {typed(field)}`"
            message = message.format(name=one.name, company=company.name)
            yield at_entry(one, "decision_maker", message, cure)
