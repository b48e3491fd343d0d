"""The fields stand at the very top of the file.

Why: forges, Obsidian and most tools see front matter on line 1 only; with a blank line above it they show it as
text.

Flags: blank lines above the first `---`.

Cure: delete them; `kanban lint --fix` does.

Bad:

    == prospects/acme.md (blank line first)
    ---
    account: ACME
    ---

Good:

    == prospects/acme.md
    ---
    account: ACME
    ---
"""

from __future__ import annotations

from kanban.i18n import N_
from kanban.lint.reading_problems import reported
from kanban.lint.rule import CARD, SAFE, WARNING, Rule

NAME = "front-matter-not-first"


def without_blank_lines_above(data: bytes | None) -> bytes | None:
    """The file from its first line that is not blank; a byte order mark stays."""
    if data is None:
        return None
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    text = data[len(mark) :]
    return mark + text[len(text) - len(text.lstrip(b" \t\r\n")) :]


CHECK = reported(NAME, N_("delete the blank lines above the fields"), without_blank_lines_above)
RULE = Rule("KB105", NAME, CARD, WARNING, CHECK, __doc__, fix=SAFE)
