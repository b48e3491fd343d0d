"""Where things stand on the web, so that a reader of the report can go there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.paper.page import Link, short

_ADDRESS = re.compile(r"https?://[\w.:-]+(?:/[\w.~%+@=-]+)*/?")


@dataclass(frozen=True, slots=True)
class Web:
    """`files` is the address under which a forge shows the newer side's files, `site` that of the board; "" is none."""

    files: str = ""
    site: str = ""

    @classmethod
    def at(cls, files: str, site: str) -> Web:
        """Both, checked: an address ends up in links. Raises `KanbanError`."""
        for address in (files, site):
            if address and not _ADDRESS.fullmatch(address):
                message = _("{address} is no address that can be linked to").format(address=address)
                raise KanbanError(message, cure=_("write it as `https://HOST/OWNER/NAME/blob/COMMIT`"))
        return cls(files.rstrip("/"), site)

    def file(self, text: str, board: str, path: str, line: int = 0) -> str:
        """A name that leads to a file of the board, and to a line of it."""
        if not self.files or not path:
            return short(text)
        place = "/".join(quote(part, safe="") for part in (*board.split("/"), *path.split("/")) if part)
        return Link.to(short(text), f"{self.files}/{place}" + (f"#L{line}" if line > 1 else ""))
