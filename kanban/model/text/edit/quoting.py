"""How a text is written in YAML so that it reads back as the same text, in the style its writer used before.

Each way of writing is tried on a line of its own and kept only when it reads back as the value: no list of special
characters could be as sure.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from kanban.errors import EditConflict
from kanban.i18n import _
from kanban.model.text.characters import next_suspect
from kanban.model.text.front.front_fields import scalar_text
from kanban.model.text.front.yaml_nodes import Mapping, Scalar
from kanban.model.text.front.yaml_nodes import Sequence as YamlList
from kanban.model.text.front.yaml_text import read_yaml

_REMEMBERED = 8192
"""So many values: the same owners, amounts and days stand on thousands of cards."""
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
# An item must read back next to a bracket, a comma and a space alike.
_TRIALS = {"[": "k: [{}, {} , {}]\n", "-": "k:\n  - {}\n  - {}\n  - {}\n"}
_ESCAPED = re.compile(r'[\\"\n\t\r\0]')


_SURE = re.compile(r"(?!(?i:null)\Z)[0-9A-Za-zÀ-ÖØ-öø-ÿ]++(?:[ @_.%€/-]{1,2}[0-9A-Za-zÀ-ÖØ-öø-ÿ]++|:[0-9A-Za-z]++)*+")
"""Words that YAML can take for nothing else, so that they need no trial: an import writes tens of thousands of them."""


@lru_cache(_REMEMBERED)
def quoted(value: str, style: str = "", *, item: str = "") -> str:
    """`value` as a YAML scalar on one line. `style` is how the old value was written; `item` is "[" or "-" for a list's
    item. An empty value outside a list is nothing at all, unless the old one stood in quotes.
    """
    if not item and not value and style not in ("'", '"'):
        return ""
    if not item and style not in ("'", '"') and _SURE.fullmatch(value):
        return value
    if style != '"' and not re.search(r"[\r\n]", value) and next_suspect(value) is None:
        candidate = "'" + value.replace("'", "''") + "'" if style == "'" else value
        if candidate and _reads_back(candidate, value, item):
            return candidate
    candidate = _double_quoted(value)
    if not _reads_back(candidate, value, item):
        raise unwritable(value)
    return candidate


def flow_list(values: Sequence[str]) -> str:
    """`[a, b]`, each item quoted where it must be."""
    return "[" + ", ".join(quoted(value, item="[") for value in values) + "]"


def block_text(value: str, header: str, indent: int, newline: str) -> str | None:
    """`value` under a `|` or `>` header, None when it cannot be written so. The header's comment is kept."""
    parts = re.match(r"([|>])[0-9+-]*(.*)", header)
    body = value.removesuffix("\n")
    if parts is None or not body or body[0] in " \t\n" or body.endswith("\n") or "\r" in value:
        return None
    if next_suspect(value) is not None:
        return None
    if parts.group(1) == ">":
        body = re.sub(r"\n+", lambda run: run.group() + "\n", body)
    lines = [" " * indent + line if line else "" for line in body.split("\n")]
    written = parts.group(1) + ("" if value.endswith("\n") else "-") + parts.group(2)
    text = newline.join((written, *lines))
    plain = "\n".join((written, *(" " + line for line in lines)))
    return text if _reads_back(plain, value, "") else None


def unwritable(value: str) -> EditConflict:
    """The refusal of a value that no way of writing can hold."""
    message = _("`{value}` cannot be written to a card").format(value=value[:40].encode("utf-8", "replace").decode())
    return EditConflict(message, cure=_("leave out the characters that are not text"))


def _double_quoted(value: str) -> str:
    written = _ESCAPED.sub(lambda found: _SHORT[found.group()], value)
    parts: list[str] = []
    position = 0
    while (found := next_suspect(written, position)) is not None:
        code = ord(found.group())
        parts += (written[position : found.start()], f"\\x{code:02X}" if code < 256 else f"\\U{code:08X}")
        position = found.end()
    return '"' + "".join(parts) + written[position:] + '"'


def _reads_back(candidate: str, value: str, item: str) -> bool:
    """Whether YAML reads `candidate` as exactly `value` where it is going to stand."""
    try:
        candidate.encode()
    except UnicodeEncodeError:
        return False
    root, problems = read_yaml(_TRIALS.get(item, "k: {}\n").replace("{}", candidate))
    if problems or not isinstance(root, Mapping) or len(root.pairs) != 1:
        return False
    node = root.pairs[0][1]
    if isinstance(node, Scalar):
        return not item and scalar_text(node) == value
    return (
        isinstance(node, YamlList)
        and len(node.items) == 3
        and all(isinstance(one, Scalar) and scalar_text(one) == value for one in node.items)
    )
