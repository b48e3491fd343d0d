"""Card text to HTML: the only place where text written by people becomes markup.

Raw HTML is off in the parser, images become links, and a link survives only with an address from the allow-list.
Headings start below those of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from kanban.paper.page import Sentence
from kanban.render.plain_markdown import plain_html
from kanban.render.typography import isolated

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

NOTHING = Markup("")
LONGEST = 64 * 1024
_ONE_ADDRESS = r"[^\s?&%,;:<>()\"\\@]+@[^\s?&%,;:<>()\"\\@/]+"
"""One mail address: nothing that a mail program would take for another recipient, a header or a line end."""
_ALLOWED = re.compile(rf"(?:https?://[^\s]+|mailto:{_ONE_ADDRESS}|tel:[+\d().-]+)", re.IGNORECASE)
_MOST_BRACKETS, _MOST_MARKS, _DEEPEST = 1000, 6000, 40
LinkFinder = Callable[[str], str]


def to_html(text: str, *, find_link: LinkFinder | None = None, first_level: int = 3) -> Markup:
    """The text as HTML that cannot act: no raw HTML, no images, no link outside the allow-list.

    `find_link` turns a relative link into an address on the site, or "" to leave its text alone. A text longer than
    64 KiB, or one built to keep a parser busy, is shown as it was typed.
    """
    if len(text) > LONGEST or _is_hostile(text):
        return Markup("<pre>{}</pre>").format(text[:LONGEST])
    plain = plain_html(text, _Levels(first_level))
    if plain is not None:
        return Markup(plain)  # noqa: S704 - made of text without a single sign that HTML knows
    parser, level = _parser(), _Levels(first_level)
    tokens = parser.parse(text)
    tag = ""
    for token in tokens:
        if token.type == "heading_open":
            tag = f"h{level(int(token.tag[1]))}"
        if token.type in ("heading_open", "heading_close"):
            token.tag = tag
        if token.children:
            token.children = _harmless(token.children, find_link)
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 - raw HTML is off


class _Levels:
    """The levels of a text's headings: the first stands at `first`, and none leaves out a level below another."""

    def __init__(self, first: int) -> None:
        self._first = first
        self._above: list[int] = []

    def __call__(self, written: int) -> int:
        self._above = [*(level for level in self._above if level < written), written]
        return min(6, self._first + len(self._above) - 1)


def _is_hostile(text: str) -> bool:
    """So many brackets or markers make a Markdown parser slow, some of them by the square; nobody writes a note so."""
    return (
        text.count("[") > _MOST_BRACKETS
        or sum(text.count(mark) for mark in "*_~`|<&#") > _MOST_MARKS
        or any(len(line) - len(line.lstrip(" >")) > _DEEPEST for line in text.splitlines())
    )


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 20})
    return parser.enable(["table", "strikethrough"])


def _harmless(tokens: Sequence[Token], find_link: LinkFinder | None) -> list[Token]:
    """Inline tokens with images turned into links and with every link checked; a refused link leaves its text."""
    from markdown_it.token import Token

    kept: list[Token] = []
    open_links: list[bool] = []
    for token in tokens:
        if token.type == "image":
            kept += _image_as_link(token, find_link)
        elif token.type == "link_open":
            address = _address(str(token.attrGet("href") or ""), find_link)
            open_links.append(bool(address))
            if address:
                kept.append(Token("link_open", "a", 1, attrs=_link_attributes(address)))
        elif token.type == "link_close":
            if open_links.pop():
                kept.append(token)
        else:
            kept.append(token)
    return kept


def _image_as_link(token: Token, find_link: LinkFinder | None) -> list[Token]:
    from markdown_it.token import Token

    source = str(token.attrGet("src") or "")
    label = Token("text", "", 0, content=token.content or source)
    address = _address(source, find_link)
    if not address:
        return [label]
    return [Token("link_open", "a", 1, attrs=_link_attributes(address)), label, Token("link_close", "a", -1)]


def _link_attributes(address: str) -> dict[str, str | int | float]:
    attributes: dict[str, str | int | float] = {"href": address}
    if _ALLOWED.fullmatch(address):
        attributes["rel"] = "noopener noreferrer nofollow"
    return attributes


def _address(wanted: str, find_link: LinkFinder | None) -> str:
    """The address if it may stand in a page, else ""."""
    if _ALLOWED.fullmatch(wanted):
        return wanted
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|\\", wanted) or find_link is None:
        return ""
    return find_link(wanted)


_OPTION = re.compile(r"(?<=\s)(--[a-z][a-z-]*)")


def with_code(text: str) -> Markup:
    """A sentence of ours in which `backticks` mark what is to be typed; all of it is escaped."""
    parts = Sentence(text).parts()
    return Markup("").join(
        Markup("<code>{}</code>").format(typed(part)) if is_typed else isolated(part) for part, is_typed in parts
    )


def typed(command: str) -> Markup:
    """A command, escaped; its options are never torn apart at their hyphens where a line ends."""
    parts = _OPTION.split(command)
    return Markup("").join(
        Markup("<span>{}</span>").format(part) if at % 2 else escape(part) for at, part in enumerate(parts)
    )


def plain_link(address: str, label: str) -> Markup:
    """A field's web address as a link when the allow-list lets it pass, else its text."""
    if not _ALLOWED.fullmatch(address):
        return escape(label)
    leaves = Markup(' rel="noopener noreferrer nofollow"') if address.startswith("http") else ""
    return Markup('<a href="{}"{}>{}</a>').format(address, leaves, label)
