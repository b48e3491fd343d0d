"""Files kept for a card: `files/acme-sso/offer.pdf`, in a folder of the card's name, wherever the card stands.

The folder stays where it is when the card moves from column to column: `../files/acme-sso/offer.pdf` is right in each.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from kanban.again.files import FILES
from kanban.model.cards.boardfile import REGULAR_MODE, BoardFile
from kanban.model.cards.slug import slug
from kanban.model.settings.board_yml import BOARD_FILE

_LONGEST_END = 10


def folder_of(card: str) -> str:
    """The folder of a card's files."""
    return f"{FILES}/{card}"


def name_kept(name: str, language: str) -> str:
    """The name under which a file is kept: plain letters, so that it is one on every system and in every link."""
    stem, end = posixpath.splitext(name)
    end = slug(end, language)[:_LONGEST_END]
    kept = (slug(stem, language) or "file") + (f".{end}" if end else "")
    return kept if is_plain(kept) else f"{slug(stem, language)}-card.{end}"


def is_plain(name: str) -> bool:
    """Whether a name that somebody chose can stay: no sign and no ending that another system refuses or runs."""
    if name.casefold() in _BOARDS:
        return False
    stem = name.partition(".")[0].casefold()
    reserved = slug(stem) != stem and slug(stem) == f"{stem}-card"
    return not (reserved or set(name) & _REFUSED or name != name.strip(" .") or not name.isprintable())


_BOARDS = {BOARD_FILE, "board.yaml"}
"""What would make its folder a board of its own to whoever works there."""
_REFUSED = set('<>:"|?*\\')


def attachments_in(files: Mapping[str, BoardFile], folders: Iterable[str]) -> dict[str, tuple[BoardFile, ...]]:
    """Card id → its files, by path; "" → those in no card's folder. Nothing where a column's folder (`folders`) is that
    very one."""
    if any(folder.partition("/")[0] == FILES for folder in folders):
        return {}
    found: dict[str, tuple[BoardFile, ...]] = {}
    for path, file in sorted(files.items()):
        top, _slash, rest = path.partition("/")
        card, slash, name = rest.partition("/")
        if top != FILES or not rest or name.startswith(".") or file.mode not in (REGULAR_MODE, "100755"):
            continue
        owner = card if slash else ""
        found[owner] = (*found.get(owner, ()), file)
    return found


def link_to(attachment: str, card_path: str) -> str:
    """The Markdown line that leads from a card's file to a file kept for it, both by their paths in the board."""
    target = quote(posixpath.relpath(attachment, posixpath.dirname(card_path)), safe="/", errors="surrogateescape")
    return f"[{posixpath.basename(attachment)}]({target})"
