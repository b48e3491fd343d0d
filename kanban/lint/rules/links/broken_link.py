"""Links between cards lead somewhere.

Why: "see the offer to their sister company" helps only while the link works.

Flags: `[[card]]` and relative Markdown links to a card or file of the board that is not there. A link to a card's
former name is offered the new one.

Cure: correct the name; `kanban lint --fix` follows renamed cards.

Bad:

    == offer/acme.md
    ---
    account: ACME
    ---

    See [[norvane]] and [the old one](../lost/acme-2025.md).

    See [[acme-sarl]].
    == offer/acme-sas.md
    ---
    account: ACME SAS
    formerly: [acme-sarl]
    ---

Good:

    == offer/acme.md
    ---
    account: ACME
    ---

    See [[norvane]] and [the price list](https://example.org/prices).
    == prospects/norvane.md
    ---
    account: Norvane
    ---
"""

from kanban.i18n import _
from kanban.lint.facts.links import leads_to, links_in
from kanban.lint.finding import Fix
from kanban.lint.fixes import replacing
from kanban.lint.rule import CARD, SAFE, WARNING, Hits, LintContext, at_line, rule


@rule("KB701", "broken-link", CARD, WARNING, fix=SAFE, beside=True)
def check(context: LintContext) -> Hits:
    board = context.board
    for card in context.told_cards:
        for link in links_in(card):
            if leads_to(board, card, link):
                continue
            message = _("the link to “{target}” leads nowhere").format(target=link.target)
            current = board.renames.get(link.card, "")
            if current and link.is_wiki:
                label = _("follow the card to its new name {name}").format(name=current)
                fix = Fix(card.path, label, replacing(f"[[{link.target}", f"[[{current}"))
                yield at_line(card, link.line, link.column, message, label, key="links", detail=link.target, fix=fix)
            else:
                cure = _("did you mean `{key}`?").format(key=current) if current else _("correct or remove it")
                yield at_line(card, link.line, link.column, message, cure, key="links", detail=link.target)
