"""Links in the text of cards: `[[card]]`, `[[people/dubois]]`, and Markdown links to files of the board."""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.text.problem import line_and_column
from kanban.values import dataclass

_WIKI = re.compile(r"\[\[([^\[\]|#\n]+)(?:#[^\[\]|\n]*)?(?:\|[^\[\]\n]*)?\]\]")
_MARKDOWN = re.compile(r"\]\(<?([^()\s<>]+)>?(?:\s+\"[^\"]*\")?\)")
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|/|#|[A-Za-z]:\\", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """One link: its target as written, and where it begins in the file."""

    target: str
    is_wiki: bool
    line: int
    column: int

    @property
    def card(self) -> str:
        """The card it names, by file name."""
        return posixpath.basename(self.target).removesuffix(".md").strip()


def links_in(card: Card) -> Iterator[Link]:
    """The links of a card's notes, code left out."""
    if not (card.mentions("[[") or card.mentions("](")):
        return  # a card without any is not even read
    body = _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), card.body)
    for pattern in (_WIKI, _MARKDOWN):
        for match in pattern.finditer(body):
            target = match[1].strip()
            if pattern is _MARKDOWN and _ELSEWHERE.match(target):
                continue
            line, column = line_and_column(body, match.start())
            yield Link(target, pattern is _WIKI, line + card.body_line - 1, column)


def leads_to(board: Board, card: Card, link: Link) -> bool:
    """Whether a link leads to a card, a file of the board, or out of the board."""
    if link.is_wiki:
        return board.find(link.card) is not None or board.directory.at(link.target) is not None
    target = unquote(link.target.partition("#")[0])
    path = posixpath.normpath(posixpath.join(posixpath.dirname(card.path), target))
    if path.startswith("..") or not path.endswith(".md"):
        return True
    return path in board.files or any(one.path == path for one in board.cards)
