"""A call note says it in three bullets.

Why: a note that nobody reads has not been written; three bullets are read by the whole team before the next call.

Flags: a note under `## Notes`, dated or not, with more bullets than `policies.note_bullets` (3).

Cure: keep what decides the next step; the rest belongs into fields or an attachment.

Bad:

    == offer/acme.md
    ---
    account: ACME
    ---

    ## Notes

    ### 2026-10-02 call

    - wants SSO
    - two integrations
    - fears the price
    - likes football

Good:

    == offer/acme.md
    ---
    account: ACME
    ---

    ## Notes

    ### 2026-10-02 call

    - SSO and two integrations
    - fears the price
    - budget closes on 30 October
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, ERROR, Hits, LintContext, at_line, rule
from kanban.model.cards.card import Card
from kanban.model.text.notes import Note, loose_note, read_notes
from kanban.pull.contact import most_bullets


@rule("KB506", "long-call-note", CARD, ERROR)
def check(context: LintContext) -> Hits:
    limit = most_bullets(context.board.config)
    for card in context.board.cards:
        for note in _notes(card) if card.body else ():
            if len(note.bullets) > limit:
                message = _("the note “{heading}” has {count} bullets, {limit} at most").format(
                    heading=note.heading, count=len(note.bullets), limit=limit
                )
                cure = _("keep the {limit} that decide the next step").format(limit=limit)
                yield at_line(card, note.bullet_lines[limit], 1, message, cure, key="notes", detail=note.heading)


def _notes(card: Card) -> tuple[Note, ...]:
    loose = loose_note(card.body, card.body_line)
    return (*([loose] if loose else []), *read_notes(card.body, card.body_line))
