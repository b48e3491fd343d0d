"""What a card's field says where it links to a company's or a person's file."""

from kanban.patterns import pattern

ACCOUNTS, PEOPLE = "accounts", "people"
KINDS = (ACCOUNTS, PEOPLE)
"""What there is a folder of: companies and people, each folder in the board's own."""
LINKED = ("account", "contact")
"""Fields of a card that may hold a link to such a file in place of a name."""
_FIELD_LINK = pattern(r"\[([^\[\]\n]+)\]\(<?([^()\s<>]+)>?\)|\[\[([^\[\]|#\n]+)(?:\|([^\[\]\n]+))?\]\]")


def link_label(text: str) -> str:
    """What a field is read as: `[ACME](../accounts/acme.md)` and `[[accounts/acme|ACME]]` are ACME."""
    found = _FIELD_LINK.fullmatch(text.strip())
    if found is None:
        return text.strip()
    return (found[1] or found[4] or found[3].rpartition("/")[2].removesuffix(".md")).strip()


def link_target(text: str) -> str:
    """The file's name to which a link in a field leads, without `.md`; other text stands for itself."""
    found = _FIELD_LINK.fullmatch(text.strip())
    target = (found[2] or found[3]) if found is not None else text
    return target.strip().rpartition("/")[2].removesuffix(".md") if found is not None else text.strip()
