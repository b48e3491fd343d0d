"""Card files for Hypothesis: every way a person may write a front matter, and soup no person would write."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

KEYS = ("account", "title", "next_action", "tags", "x-y", "content", "self", "handler", "no")

AWKWARD = (
    "a: b", "# x", "@ana", "- y", " lead", "trail ", "two\nlines", "two\nlines\n", "a\n\nb", "l1\n l2", "28 k€", "28\u00a0k€",
    "😀", "👩\u200d💻", "é", "'q'", '"dq"', "it's", "a, b", "[z]", "{m}", "NO", "~", "null", "012", "12:30", "2026-10-12",
    "|", ">", "! t", "&a", "*a", "%p", "`b`", "?", "? q", ":", "a:", "\t", "a\tb", "\\", "\\n", "\u2028", "\x85", "\x07",
    "\u202e", "---", "...", "--- x", "=======", "<<<<<<< x", "x #y", "x#y", "\r", "a\r\nb", "-", "--", "'", '"', "\n", "\n\n",
    "x\n\n", "\nx", "\ufeff", "\ufffe", "",
)  # fmt: skip

texts = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.lists(st.sampled_from(AWKWARD), max_size=3).map("".join),
)
values = st.one_of(texts, st.lists(texts, max_size=4).map(tuple))
bodies = st.lists(
    st.sampled_from(("", "text", "# H", "## Notes", "### 2026-10-01 — call", "- x", " ", "a\n---")), max_size=5
)

_PLAIN = ("x", "", "a b c", "'sq'", "'it''s'", '"dq"', '"a\\nb"', "~", "null", "28 k€", "http://x.y/z#a", "a:b", "-x")
_COMMENTS = ("", "", "  # keep", " # keep: 'me'")
_FLOW = ("", "a", "a, b", "a,b", "'x', \"y\"", "a, b,", " a , b ", "a,\n  b", "a, # ca\n  b # cb\n  ", "\n  a,\n  b,\n")
_ITEMS = ("a", "b b", "'c'", '"d"', "", "x # c", "|\n{pad}  t1\n{pad}  t2")
_BLOCK_LINES = ("text", "more: x", "  deeper", "", "# not a comment", "trail  ")


@dataclass(frozen=True)
class CardText:
    """A card file in the pieces it was made of; `entries` are the lines of each key."""

    opening: str
    entries: tuple[tuple[str, str], ...]
    closing: str
    bom: bool

    @property
    def text(self) -> str:
        return self.opening + "".join(lines for _, lines in self.entries) + self.closing

    @property
    def data(self) -> bytes:
        return (b"\xef\xbb\xbf" if self.bom else b"") + self.text.encode()

    def around(self, key: str) -> tuple[str, str, str]:
        """What stands before the lines of `key`, these lines, and what follows; for a new key, its place is last."""
        keys = [name for name, _ in self.entries]
        at = keys.index(key) if key in keys else len(keys)
        chunks = [lines for _, lines in self.entries]
        own = chunks[at] if at < len(chunks) else ""
        return self.opening + "".join(chunks[:at]), own, "".join(chunks[at + 1 :]) + self.closing


@st.composite
def _entry(draw: st.DrawFn, key: str) -> str:
    comment = draw(st.sampled_from(_COMMENTS))
    plain = draw(st.sampled_from(_PLAIN))
    kind = draw(st.integers(0, 9))
    if kind <= 2:
        return f"{key}: {plain}{comment}\n"
    if kind == 3:
        return f"{key}{draw(st.sampled_from(('', ' ')))}:{comment}\n"
    if kind == 4:
        return f"{key}: [{draw(st.sampled_from(_FLOW))}]{comment}\n"
    if kind <= 6:
        pad, gap = draw(st.sampled_from(("", "  ", "    "))), draw(st.sampled_from((" ", "   ")))
        items = draw(st.lists(st.sampled_from(_ITEMS), min_size=1, max_size=4))
        between = draw(st.sampled_from(("", "", f"{pad}# between\n")))
        lines = [f"{pad}-{gap if item else ''}{item.format(pad=pad + ' ' * len(gap))}\n" for item in items]
        return f"{key}:{comment}\n" + between.join(lines)
    if kind <= 8:
        header = draw(st.sampled_from("|>")) + draw(st.sampled_from(("", "-", "+", "2", "2-")))
        pad = "  " if "2" in header else draw(st.sampled_from((" ", "  ", "    ")))
        inside = draw(st.lists(st.sampled_from(_BLOCK_LINES), max_size=3))
        inside = [line.strip() if not place else line for place, line in enumerate(inside)]
        after = draw(st.sampled_from(("", "\n", "\n\n", "# after\n", "\n# after\n")))
        return f"{key}: {header}{comment}\n" + "".join((pad + line if line else "") + "\n" for line in inside) + after
    return f"{key}:{draw(st.sampled_from((' folded', '')))}\n  plain text{comment}\n"


@st.composite
def cards(draw: st.DrawFn) -> CardText:
    """A card file whose front matter can be read."""
    newline = draw(st.sampled_from(("\n", "\n", "\r\n", "\r")))
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=6))
    top = draw(st.sampled_from(("", "", "# top\n", "\n")))
    body = "".join(line + "\n" for line in draw(bodies))
    closing = "---\n" + body
    if draw(st.integers(0, 4)) == 0:
        closing = closing.rstrip("\n")
    entries = tuple((key, draw(_entry(key)).replace("\n", newline)) for key in keys)
    opening, closing = (part.replace("\n", newline) for part in ("---\n" + top, closing))
    return CardText(opening, entries, closing, draw(st.booleans()) and draw(st.booleans()))


TOKENS = (
    "---", "----", "...", "\n", "\n", "\n", "\r\n", "\r", "a", "b", "account", "title", ":", ": ", " ", "  ", "\t", "- ", "-",
    "[", "]", "{", "}", ",", "'", '"', "|", ">", "+", "2", "#", " # c", "&x", "*x", "!t", "!!int", "<<", "? ", "@", "`", "%",
    "~", "null", "NO", "012", "\\", "\\x", "é", "😀", "\u200b", "\u2028", "\x85", "\ufeff", "\x00", "\x07", "<<<<<<<", "=======",
    ">>>>>>>", "|||||||", "+++", ";;;", "2026-02-30", "+99:99", "1e400", ".nan",
)  # fmt: skip

soup = st.lists(st.sampled_from(TOKENS), max_size=40).map("".join)
"""Token soup: text that looks like YAML to every state of its parser."""
