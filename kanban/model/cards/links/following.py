"""Links keep leading where they led when their card's file goes to another folder, or what they lead to does."""

import posixpath
from collections.abc import Callable, Mapping
from urllib.parse import quote, unquote

from kanban.model.cards.links.links import targets_in
from kanban.model.text.cardfile import parse_document
from kanban.model.text.edit.replacement import Edit, apply_edits


def following(old: str, new: str, moves: Mapping[str, str]) -> Callable[[bytes], bytes]:
    """The edit of a card that goes from path `old` to `new`: only links that would lead elsewhere change.

    `moves` are the files of the board that go, each with its new path.
    """

    def edit(data: bytes) -> bytes:
        document = parse_document(data)
        if "](" not in document.body:
            return data
        shift = document.front[1]
        found = [
            Edit(start + shift, end + shift, target)
            for start, end, written in targets_in(document.body)
            if (target := _after(written, old, new, moves)) != written
        ]
        return apply_edits(document, found) if found else data

    return edit


def _after(written: str, old: str, new: str, moves: Mapping[str, str]) -> str:
    path, sign, place = written.partition("#")
    if not path:
        return written
    before, after = posixpath.dirname(old), posixpath.dirname(new)
    plain = posixpath.normpath(posixpath.join(before, unquote(path)))
    leads = moves.get(plain, plain)
    found = posixpath.relpath(leads, after or ".")
    if found == posixpath.relpath(plain, before or ".") and (before == after or leads == plain):
        return written
    return (quote(found, safe="/", errors="surrogateescape") if "%" in path else found) + sign + place
