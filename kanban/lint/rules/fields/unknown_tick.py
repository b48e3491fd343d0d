"""Ticks name requirements that exist.

Why: a tick with a mistyped name ticks nothing, and the card is refused at the next pull.

Flags: an entry of `dor:` or `dod:` that no column of the board asks for.

Cure: take the proposed name; `kanban ready CARD` shows what is asked.

Bad:

    == meeting/acme.md
    ---
    account: ACME
    dor: [agenda-send]
    ---

Good:

    == meeting/acme.md
    ---
    account: ACME
    dor: [agenda-sent]
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at_line, rule
from kanban.model.text.plain import nearest
from kanban.model.typed.choices import read_list


@rule("KB214", "unknown-tick", CARD, WARNING)
def check(context: LintContext) -> Hits:
    columns = context.board.config.columns
    asked = {
        "dor": {one.id for column in columns for one in column.dor},
        "dod": {one.id for column in columns for one in column.dod},
    }
    for card in context.board.open_cards:
        for key, known in asked.items():
            for at, tick in enumerate(read_list(card.written.get(key, ""))):
                if tick in known:
                    continue
                close = nearest(tick, known, most=1)
                message = _("no column asks for “{tick}”").format(tick=tick)
                cure = _("did you mean `{key}`?").format(key=close[0]) if close else _("remove it")
                raw = card.raw[key]
                place = raw.items[at] if at < len(raw.items) else raw
                yield at_line(card, place.line, place.column, message, cure, key=key, detail=tick)
