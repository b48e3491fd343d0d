"""Merges two versions of one card: front matter key by key, notes by bullet. Unsure is a conflict, never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kanban.model.text.cardfile import Document, parse_document
from kanban.model.text.edit.replacement import encode
from kanban.model.text.edit.splice import set_field
from kanban.review.merge.body import Clash, merge_bodies
from kanban.review.merge.fields import FieldClash, Fields, first_of, merge_fields
from kanban.review.merge.notes import BULLETS, parted

MINE, THEIRS = "mine", "theirs"
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CardMerge:
    """The merged file. Without clashes it is a whole card; with clashes their places carry git's conflict markers.

    `notes` are the places of the body that both sides changed.
    """

    data: bytes
    fields: tuple[FieldClash, ...]
    notes: tuple[Clash, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing is left to decide."""
        return not self.fields and not self.notes


def merge_cards(
    base: bytes | None,
    mine: bytes,
    theirs: bytes,
    *,
    take: str = "",
    labels: tuple[str, str] = (MINE, THEIRS),
    marker: int = 7,
    choices: Mapping[str, str] = NOTHING,
    bullets: int = BULLETS,
) -> CardMerge | None:
    """Merge; None when a version cannot be read, so that nobody can tell its fields apart.

    `take` decides fields that clash (`mine` or `theirs`), `choices` single ones by key, and with it those that mean
    something only together with it; with `take` the texts that clash are then both kept. A note may have `bullets`.
    Line ends and byte order mark are those of `mine`.
    """
    documents = [parse_document(data) for data in (mine, theirs)]
    before = parse_document(base) if base is not None else None
    if before is not None and not before.readable:
        before = None
    if not all(_mergeable(document) for document in documents):
        return None
    ours, other = documents
    fields = merge_fields(before, ours, other)
    pieces = merge_bodies(_body(before) if before is not None else None, _body(ours), _body(other), bullets)
    notes = tuple(piece for piece in pieces if isinstance(piece, Clash))
    taken = {key: choices.get(key) or choices.get(first_of(key)) or take for key in fields.clashes}
    chosen = {key: _chosen(clash, taken[key], labels, marker) for key, clash in fields.clashes.items()}
    open_fields = {key: clash for key, clash in fields.clashes.items() if not taken[key]}
    body = "".join(piece if isinstance(piece, str) else _piece(piece, take, labels, marker) for piece in pieces)
    if take or not notes:
        body = parted(body, _body(ours), _body(other), bullets)
    data = _assembled(ours, fields, chosen, body)
    if take or not (open_fields or notes):
        data = _with_lists(data, fields.lists)
        if not parse_document(data).readable:
            return None
    return CardMerge(data, tuple(open_fields.values()), () if take else notes)


def _mergeable(document: Document) -> bool:
    return document.readable and document.front != (0, 0)


def _body(document: Document) -> str:
    """The body with LF line ends and a final one."""
    text = document.body.replace("\r\n", "\n").replace("\r", "\n")
    return text if not text or text.endswith("\n") else text + "\n"


def _chosen(clash: FieldClash, take: str, labels: tuple[str, str], marker: int) -> str:
    if take:
        return clash.mine_lines if take == MINE else clash.theirs_lines
    return _marked(clash.mine_lines, clash.theirs_lines, labels, marker)


def _piece(clash: Clash, take: str, labels: tuple[str, str], marker: int) -> str:
    return clash.mine + clash.theirs if take else _marked(clash.mine, clash.theirs, labels, marker)


def _marked(mine: str, theirs: str, labels: tuple[str, str], size: int) -> str:
    first, second = labels
    return f"{'<' * size} {first}\n{mine}{'=' * size}\n{theirs}{'>' * size} {second}\n"


def _assembled(mine: Document, fields: Fields, chosen: Mapping[str, str], body: str) -> bytes:
    """The file: our own fence lines, the merged front matter, the merged body, in our line ends."""
    start, end = mine.inside
    opening, closing = (
        part.replace("\r\n", "\n").replace("\r", "\n")
        for part in (mine.text[mine.front[0] : start], mine.text[end : mine.front[1]])
    )
    front = "".join(chosen.get(key, lines) for key, lines in fields.lines.items())
    text = opening + front + (closing if closing.endswith("\n") or not body else closing + "\n") + body
    return encode(text.replace("\n", mine.newline), bom=mine.bom)


def _with_lists(data: bytes, lists: Mapping[str, tuple[str, ...]]) -> bytes:
    for key, items in lists.items():
        data = set_field(data, key, items)
    return data
