"""Links in the text of cards: `[[card]]`, `[[people/dubois]]`, and Markdown links to files of the board."""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from kanban.again.files import FILES
from kanban.model.cards.board import Board
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.card import Card
from kanban.model.text.problem import line_and_column
from kanban.values import dataclass

_WIKI = re.compile(r"\[\[([^\[\]|#\n]+)(?:#[^\[\]|\n]*)?(?:\|[^\[\]\n]*)?\]\]")
_MARKDOWN = re.compile(r"\]\((?:<([^<>\n]+)>|([^()\s<>]+))(?:\s+\"[^\"]*\")?\)")
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
    body = _without_code(card.body)
    found = [(match.start(), match[1].strip(), True) for match in _WIKI.finditer(body)]
    found += [(match.start(), target, False) for match, target in _markdown(body)]
    for start, target, is_wiki in found:
        line, column = line_and_column(body, start)
        yield Link(target, is_wiki, line + card.body_line - 1, column)


def targets_in(body: str) -> Iterator[tuple[int, int, str]]:
    """The relative targets of Markdown links in a text, code left out: where each begins and ends, and what it says."""
    for match, target in _markdown(_without_code(body)):
        yield *match.span(match.lastindex or 0), target


def _markdown(body: str) -> Iterator[tuple[re.Match[str], str]]:
    for match in _MARKDOWN.finditer(body):
        target = match[match.lastindex or 0]
        if not _ELSEWHERE.match(target):
            yield match, target


def _without_code(body: str) -> str:
    return _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), body)


def path_of(card: Card, link: Link) -> str:
    """Where a Markdown link leads, from the board's folder; `..` begins what lies outside of it."""
    target = unquote(link.target.partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(card.path), target))


def leads_to(board: Board, card: Card, link: Link) -> bool:
    """Whether a link leads to a card, a file of the board, or out of the board.

    A file that lies in a column's folder is none of them: it would stay behind when its card moves on.
    """
    if link.is_wiki:
        kept = any(link.target == file.path for files in board.attachments.values() for file in files)
        return kept or board.find(link.card) is not None or board.directory.at(link.target) is not None
    path = path_of(card, link)
    if path.startswith("..") or path in board.files or any(one.path == path for one in board.cards):
        return True
    return not path.endswith(".md") and not in_column(board, path) and not path.startswith(f"{FILES}/")


def unlinked(board: Board, card: Card) -> tuple[BoardFile, ...]:
    """The files kept for a card to which its text does not lead."""
    kept = board.attachments.get(card.id, ())
    led = {link.target if link.is_wiki else path_of(card, link) for link in links_in(card)} if kept else set()
    return tuple(one for one in kept if one.path not in led)


def in_column(board: Board, path: str) -> bool:
    """Whether a path lies in a column's folder."""
    return any(path.startswith(f"{column.directory}/") for column in board.config.columns)
