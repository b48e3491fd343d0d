"""On a published board, notes hold no mail address and no phone number.

Why: the site hides private fields, but notes are text: what stands in them is published with them.

Flags: a mail address or phone number in a card's notes, on a board that publishes fields (`site.public_fields`).

Cure: move it to `contact_email` or `contact_phone`, which are kept private.

Bad:

    == board.yml
    columns: [{key: prospects}]
    site: {public_fields: [title]}
    == prospects/acme.md
    ---
    account: ACME
    ---

    Write to ana@acme.example.org.

Good:

    == board.yml
    columns: [{key: prospects}]
    site: {public_fields: [title]}
    == prospects/acme.md
    ---
    account: ACME
    contact_email: ana@acme.example.org
    ---

    Write to Ana.
"""

import re

from kanban.i18n import _
from kanban.lint.facts.privacy import MAIL, PHONE, found_in
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, rule

_CONTACT = re.compile(f"{MAIL.pattern}|{PHONE.pattern}")


@rule("KB607", "contact-in-notes", CARD, WARNING)
def check(context: LintContext) -> Hits:
    if not context.board.config.site.public_fields:
        return
    for card in context.board.cards:
        for found in found_in(card.body, card.body_line, _CONTACT):
            message = _("the notes of a published board hold {text}").format(text=found.masked)
            yield found.hit(card, message, _("move it to `contact_email` or `contact_phone`"))
