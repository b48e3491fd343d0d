"""A front matter of which every line is an entry, each taken at its word: the label before the sign, the text after it.

Where several lines are typed as one speaks (`montant = 5 k€`, a no-break space after the colon, a line set in by a
space), YAML's complaint about one is often about another. Taken together they have one reading all the same.
"""

import re

from kanban.errors import EditConflict
from kanban.model.text.edit.quoting import quoted

_SPACES = " \t\u00a0\u2007\u202f\u2009"
SIGNS = ":=\uff1a\ufe55\uff1d"
"""What people put between a key and its value: the wide signs come from keyboards of the Far East."""
_ENTRY = re.compile(
    rf"[{_SPACES}]*(?P<key>[^\W\d_][\w-]*(?: [\w-]+){{0,3}}?)[{_SPACES}]*[{SIGNS}](?!//)"
    rf"[{_SPACES}]*(?P<value>.*?)[{_SPACES}]*"
)
_ITEM = re.compile(r"[ \t]*- +\S.*")
_WHOLE = re.compile(r"""\[[^\]]*\]|"[^"]*"|'[^']*'""")


def literally(lines: list[str]) -> list[str] | None:
    """The lines, each with its end, so that YAML reads what they say; None where one is no entry, or two say one key.

    A block of text (`|`, `>`), braces and what may be a comment are left to their writer.
    """
    found: list[str] = []
    keys: set[str] = set()
    in_list = False
    for line in lines:
        bare = line.rstrip("\r\n")
        if not bare.strip() or bare.lstrip().startswith("#") or (in_list and _ITEM.fullmatch(bare)):
            found.append(line)
            continue
        entry = _entry(bare)
        if entry is None or entry[0] in keys:
            return None
        keys.add(entry[0])
        in_list = not entry[1]
        found.append(f"{entry[0]}: {entry[1]}".rstrip() + line[len(bare) :])
    return found if keys else None


def _entry(line: str) -> tuple[str, str] | None:
    match = _ENTRY.fullmatch(line)
    if match is None:
        return None
    value = match["value"]
    if " #" in value or value[:1] in ("|", ">", "{") or "\t" in value:
        return None
    if value and not _WHOLE.fullmatch(value):
        try:
            value = quoted(_closed(value))
        except EditConflict:
            return None
    return match["key"], value


def _closed(value: str) -> str:
    """The value without a quote that opens it and never closes."""
    return value[1:].strip() if value[0] in "\"'" and value.count(value[0]) == 1 else value
