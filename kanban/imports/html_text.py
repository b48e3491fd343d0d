"""What pieces of HTML say: mails, and notes of other programs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_MARKUP = re.compile(r"\s*<(?:p|div|br|ul|ol|span|b|i|strong|em|h[1-6]|table|html)\b[^<>]*>.*", re.I | re.S)
_BLOCKS = frozenset(
    (
        *("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "header", "hr", "li", "ol", "p"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "pre", "section", "table", "tr", "ul"),
    )
)
_PASSED_OVER = frozenset(("head", "script", "style", "title"))


class _Html(HTMLParser):
    """Gathers what is said, a line for each block; what is quoted has a mark before each line, as in plain mails."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._over, self._quoted = "", 0

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        if tag in _PASSED_OVER and not self._over:
            self._over = tag
        elif tag == "body":
            self._over = ""
        self._quoted += tag == "blockquote"
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._over:
            self._over = ""
        self._quoted -= tag == "blockquote" and self._quoted > 0
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._over:
            self.said.append(" ".join(f"x{data}x".split())[1:-1])

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS and not self._over:
            self.said.append("\n" + "> " * self._quoted)


def said_in(text: str) -> str:
    """A text of another program's: as it is, or what it says where it is a piece of HTML, as Odoo keeps notes."""
    return said_in_html(text).strip() if _MARKUP.match(text) else text


def said_in_html(markup: str) -> str:
    """What a text with marks says, line by line."""
    reader = _Html()
    reader.feed(markup)
    reader.close()
    return "".join(reader.said)
