"""What a card's field says where it links to a company's or a person's file."""

import re

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


def relinked(text: str, old: str, new: str, label: str) -> str:
    """A link in a field that leads to the file `new` instead of `old` (without folder and `.md`), and says `label`
    where it said a name."""
    found = _FIELD_LINK.fullmatch(text.strip())
    if found is None:
        return text
    target = found[2] or found[3]
    head, slash, name = target.strip().rpartition("/")
    end = ".md" if name.endswith(".md") else ""
    there = f"{head}{slash}{new if name.removesuffix('.md') == old else name.removesuffix('.md')}{end}"
    if found[1]:
        return f"[{label or found[1]}]({there})"
    return f"[[{there}|{label or found[4]}]]" if found[4] else f"[[{there}]]"


def without_links(text: str, path: str, mark: str) -> str:
    """A text in which `mark` stands wherever it linked to the file at `path` (`people/dubois.md`)."""
    file = re.escape(path.removesuffix(".md"))
    markdown = rf"\[[^\[\]\n]*\]\(<?(?:[^()\s<>]*/)?{file}(?:\.md)?(?:#[^()\s<>]*)?>?\)"
    return re.sub(rf"{markdown}|\[\[{file}(?:\.md)?(?:[#|][^\[\]\n]*)?\]\]", lambda _found: mark, text)


def names_nobody(text: str) -> bool:
    """Whether a field says in brackets why no name stands there: `(erased)`, `(à trouver)`."""
    return text.startswith("(") and text.endswith(")")
