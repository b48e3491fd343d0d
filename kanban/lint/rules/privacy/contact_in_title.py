"""Titles and file names hold no phone number and no mail address.

Why: title and file name stand on every page, in every link, log and commit; a person's number does not belong there.

Flags: a phone number or mail address in a card's title or file name.

Cure: move it to `contact_phone` or `contact_email`, which are kept private.

Bad:

    == prospects/acme.md
    ---
    title: ACME, call 06 12 34 56 78
    ---

Good:

    == prospects/acme.md
    ---
    title: ACME
    contact_phone: 06 12 34 56 78
    ---
"""

import re

from kanban.i18n import _
from kanban.lint.facts.privacy import MAIL, PHONE
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at, rule, typed

_IN_NAME = re.compile(r"(?:^|\D)0[1-9](?:[-_.]?\d{2}){4}(?:\D|$)")


@rule("KB606", "contact-in-title", CARD, WARNING)
def check(context: LintContext) -> Hits:
    for card in context.board.cards:
        if PHONE.search(card.title) or MAIL.search(card.title):
            message = _("the title holds a phone number or a mail address")
            yield at(card, "title", message, _("move it to `contact_phone` or `contact_email`"))
        if _IN_NAME.search(card.id):
            message = _("the file name holds a phone number")
            yield at(card, "", message, _("`kanban rename {card} …`").format(card=typed(card.id)), detail="name")
