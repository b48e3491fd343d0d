"""A call note says it in three bullets.

Why: a note that nobody reads has not been written; three bullets are read by the whole team before the next call.

Flags: a note under `## Notes` (or `## Call notes`), dated or not, with more bullets or paragraphs than
`policies.note_bullets` (3); it warns of one that is longer than 280 characters.

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
from kanban.lint.rule import CARD, ERROR, WARNING, Hits, LintContext, at_line, rule
from kanban.model.text.notes import every_note, notes_are_short
from kanban.pull.contact import LONGEST_POINT, most_bullets


@rule("KB506", "long-call-note", CARD, ERROR)
def check(context: LintContext) -> Hits:
    limit = most_bullets(context.board.config)
    cure = _("keep the {limit} that decide the next step").format(limit=limit)
    for card in context.board.cards:
        body = card.body
        for note in () if notes_are_short(body, limit, LONGEST_POINT) else every_note(body, card.body_line):
            if len(note.points) > limit:
                message = _("the note “{heading}” has {count} bullets, {limit} at most").format(
                    heading=note.heading, count=len(note.points), limit=limit
                )
                yield at_line(card, note.points[limit][0], 1, message, cure, key="notes", detail=note.heading)
            for line, text in note.points:
                if len(text) > LONGEST_POINT:
                    said = _("a point of the note “{heading}” has {count} characters, {limit} are read by all")
                    message = said.format(heading=note.heading, count=len(text), limit=LONGEST_POINT)
                    detail = f"{note.heading} long"
                    shorter = _("say it in {limit} characters, in words that everybody knows").format(
                        limit=LONGEST_POINT
                    )
                    yield at_line(card, line, 1, message, shorter, key="notes", detail=detail, severity=WARNING)
