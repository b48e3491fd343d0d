"""All lines of a card end alike.

Why: with mixed line ends git shows whole cards as changed, and the real change drowns.

Flags: a file that mixes LF and CRLF, or has a lone carriage return. A file that is CRLF throughout is left alone.

Cure: `kanban lint --fix` gives all lines the end that most of them have.

Bad:

    == prospects/acme.md (mixed line ends)
    ---
    account: ACME
    next_action: call
    ---

Good:

    == prospects/acme.md
    ---
    account: ACME
    next_action: call
    ---
"""

import re

from kanban.i18n import _
from kanban.lint.reading_problems import hits_of
from kanban.lint.rule import CARD, SAFE, WARNING, Hits, LintContext, rule


def with_one_line_end(data: bytes | None) -> bytes | None:
    """The file with the line end most of its lines have, LF or CRLF."""
    if data is None:
        return None
    pairs = data.count(b"\r\n")
    feeds = data.count(b"\n") - pairs
    alone = data.count(b"\r") - pairs
    end = b"\r\n" if pairs > feeds and pairs >= alone else b"\n"
    return re.sub(rb"\r\n|\n|\r", end, data)


@rule("KB116", "line-ends", CARD, WARNING, fix=SAFE)
def check(context: LintContext) -> Hits:
    return hits_of(context, "line-ends", _("end all lines alike"), with_one_line_end)
