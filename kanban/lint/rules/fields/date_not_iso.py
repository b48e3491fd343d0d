"""Dates stand in their one form, year included.

Why: `12/10` means another year once that day is past, and another day to an American colleague.

Flags: a date that can be read and is not written like `2026-10-12` or `2026-10-12T10:00`.

Cure: `kanban lint --fix` writes the day that the board reads today.

Bad:

    == meeting/acme.md
    ---
    account: ACME
    next_action: demo
    next_action_date: 12 Oct 10:00
    ---

Good:

    == meeting/acme.md
    ---
    account: ACME
    next_action: demo
    next_action_date: 2026-10-12T10:00
    ---
"""

import re
from datetime import date

from kanban.i18n import _
from kanban.lint.finding import Fix
from kanban.lint.fixes import setting_field
from kanban.lint.rule import CARD, SAFE, WARNING, Hits, LintContext, at, rule
from kanban.model.cards.fields import types_of
from kanban.model.text.front.front_fields import joined
from kanban.model.typed.values import When

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::00)?)?")


@rule("KB209", "date-not-iso", CARD, WARNING, fix=SAFE)
def check(context: LintContext) -> Hits:
    dated = {key for key, kind in types_of(context.board.config).items() if kind in ("when", "day")}
    for card in context.board.cards:
        for key, written in card.written.items():
            value = card.values.get(key) if key in dated else None
            if isinstance(value, When | date) and not _ISO.fullmatch(text := joined(written).strip()):
                iso = value.isoformat()
                message = _("`{key}: {text}` is read as {iso} today").format(key=key, text=text, iso=iso)
                cure = _("write {iso}").format(iso=iso)
                fix = Fix(card.path, _("write `{key}` as {iso}").format(key=key, iso=iso), setting_field(key, iso))
                yield at(card, key, message, cure, fix=fix)
