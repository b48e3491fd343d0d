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

from kanban.i18n import _
from kanban.lint.reading_problems import hits_of
from kanban.lint.rule import CARD, SAFE, WARNING, Hits, LintContext, rule


def from_the_fields_on(data: bytes | None) -> bytes | None:
    """The file from its first line that is not blank; a byte order mark stays."""
    if data is None:
        return None
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    text = data[len(mark) :]
    return mark + text[len(text) - len(text.lstrip(b" \t\r\n")) :]


@rule("KB105", "front-matter-not-first", CARD, WARNING, fix=SAFE)
def check(context: LintContext) -> Hits:
    return hits_of(context, "front-matter-not-first", _("delete the blank lines above the fields"), from_the_fields_on)
