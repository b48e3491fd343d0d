"""Opportunities come from sources the board counts.

Why: "LinkedIn", "linkedin" and "Linked In" are three sources in a table, and none of them shows what works.

Flags: a `source:` that is none of the `sources:` in board.yml, when some are declared.

Cure: take one of the list, or add it. `--fix` corrects case and accents, and
writes the board's own word for one in the other language.

Bad:

    == prospects/acme.md
    ---
    account: ACME
    source: Inbound
    ---

Good:

    == prospects/acme.md
    ---
    account: ACME
    source: inbound
    ---
"""

from kanban.i18n import _
from kanban.lint.finding import Fix
from kanban.lint.fixes import setting_field
from kanban.lint.rule import CARD, SAFE, WARNING, Hits, LintContext, at, rule
from kanban.model.cards.people import source_meant


@rule("KB212", "unknown-source", CARD, WARNING, fix=SAFE)
def check(context: LintContext) -> Hits:
    sources = context.board.config.sources
    for card in context.board.cards if sources else ():
        written = card.written.get("source")
        name = written.strip() if isinstance(written, str) else ""
        if not name or name in sources:
            continue
        meant = source_meant(name, context.board.config)
        fix = None
        if meant:
            fix = Fix(card.path, _("write the source as {name}").format(name=meant), setting_field("source", meant))
        cure = (
            _("write {name}").format(name=meant)
            if meant
            else _("one of {sources}, or add it to board.yml").format(sources=", ".join(sources))
        )
        yield at(card, "source", _("“{name}” is none of the board's sources").format(name=name), cure, fix=fix)
