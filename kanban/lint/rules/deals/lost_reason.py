"""Every loss has one of the board's reasons.

Why: only reasons from one short list can be counted; free text never adds up to "we lose on price".

Flags: a lost card without `lost_reason`, or with a text that is not in the list (`lost_reasons` in board.yml).

Cure: choose one of the reasons and keep the story for the notes. `--fix` replaces a text that can only mean one
of them; words that say more than the reason become a note.

Bad:

    == lost/acme.md
    ---
    account: ACME
    lost_reason: Too expensive!
    ---
    == lost/norvane.md
    ---
    account: Norvane
    lost_reason: the boss did not like it
    ---

Good:

    == lost/acme.md
    ---
    account: ACME
    lost_reason: price
    ---
"""

from dataclasses import replace

from kanban.i18n import _, in_every_language
from kanban.lint.facts.reasons import reason_meant
from kanban.lint.finding import Fix
from kanban.lint.fixes import Change, setting_field
from kanban.lint.reading_problems import hits_of
from kanban.lint.rule import CARD, ERROR, SAFE, Hits, LintContext, at, rule, typed
from kanban.model.typed.choices import fold


def setting_reason(reason: str, words: str, day: str) -> Change:
    """The change that writes the reason; what the person wrote beside its name stays as a note of that day."""
    set_reason = setting_field("lost_reason", reason)

    def change(data: bytes | None) -> bytes | None:
        from kanban.model.text.edit.note_writing import append_note

        after = set_reason(data)
        named = fold(words) in map(fold, (reason, *in_every_language(reason)))
        return after if after is None or named else append_note(after, day, [words])

    return change


@rule("KB505", "lost-reason", CARD, ERROR, fix=SAFE)
def check(context: LintContext) -> Hits:
    board = context.board
    for hit in hits_of(context, "lost-reason"):
        card = board.find(hit.card)
        meant = reason_meant(card.get("lost_reason"), board.config) if card is not None else ""
        label = _("write the reason as `{reason}`").format(reason=meant)
        words = card.get("lost_reason") if card is not None else ""
        fix = Fix(hit.path, label, setting_reason(meant, words, context.today.isoformat())) if meant else None
        yield replace(hit, fix=fix)
    allowed = ", ".join(map(_, board.config.lost_reasons))
    for column in board.config.exits("lost"):
        for card in board.in_column(column.key):
            if not card.has("lost_reason") and card.readable:
                message = _("{card} is lost without a reason").format(card=card.label)
                cure = _("`kanban set {card} lost_reason=…`, one of {reasons}").format(
                    card=typed(card.id), reasons=allowed
                )
                yield at(card, "lost_reason", message, cure)
