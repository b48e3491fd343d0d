"""Addresses on the forge where the repository lives: commits, files, a file's history."""

from dataclasses import dataclass
from urllib.parse import quote

from kanban.i18n import _
from kanban.render.site_input import PUBLIC, Material


@dataclass(frozen=True, slots=True)
class FileLink:
    """A link to the file on the forge."""

    label: str
    href: str


def forge_root(material: Material) -> str:
    """The repository's web address without a final slash; "" when none is declared or the audience is public."""
    return "" if material.audience == PUBLIC else material.board.config.site.forge.rstrip("/")


def commit_address(material: Material) -> str:
    """What stands before a commit id; "" without a forge."""
    root = forge_root(material)
    return f"{root}{_infix(root)}/commit/" if root else ""


def site_address(material: Material, page: str) -> str:
    """The web address of a page of the site where board.yml says where that is published, else ""."""
    root = material.board.config.site.address.rstrip("/")
    return f"{root}/{page}" if root else ""


def file_links(material: Material, path: str) -> tuple[FileLink, ...]:
    """Links to a file of the board and to its history, on the branch the board declares."""
    root = forge_root(material)
    if not root:
        return ()
    place = quote(f"{material.board.config.site.branch}/{material.prefix}{path}", errors="surrogateescape")
    return (
        FileLink(_("File"), f"{root}{_infix(root)}/blob/{place}"),
        FileLink(_("Its changes"), f"{root}{_infix(root)}/commits/{place}"),
    )


def _infix(root: str) -> str:
    """GitLab keeps its own pages apart with a hyphen; the other forges do not."""
    return "/-" if "gitlab" in root else ""
