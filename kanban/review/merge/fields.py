"""Merges front matters key by key, each key with its comments, as they stand in the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kanban.model.text.cardfile import Document
from kanban.model.text.front.front_fields import RawField
from kanban.model.text.problem import line_start

TOGETHER = (
    ("next_action", "next_action_date"),
    ("amount", "currency"),
    ("blocked_since", "blocked_cause", "blocked_next", "blocked_owner"),
)
"""Fields that mean something only together: half from one side and half from the other would be nobody's."""


def first_of(key: str) -> str:
    """The field that a field is decided with: the first of those that mean something only together, else itself."""
    return next((group[0] for group in TOGETHER if key in group), key)


@dataclass(frozen=True, slots=True)
class FieldClash:
    """A field that the sides changed differently: the values as read, "" when absent, and its lines on each side."""

    key: str
    mine: str
    theirs: str
    mine_lines: str
    theirs_lines: str


@dataclass(frozen=True, slots=True)
class Fields:
    """The merged front matter: lines by key in order ("" is what stands above the first), lists to set, clashes."""

    lines: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    clashes: Mapping[str, FieldClash]


def merge_fields(base: Document | None, mine: Document, theirs: Document) -> Fields:
    """Merge. Without a base, what is the same on both sides was there before, and what differs clashes."""
    ours, other = lines_by_key(mine), lines_by_key(theirs)
    if base is not None:
        before = lines_by_key(base)
    else:
        before = {key: text for key, text in ours.items() if other.get(key) == text}
    lines: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    clashes: dict[str, FieldClash] = {}
    torn = _torn(before, ours, other)
    for key in _order(ours, other):
        old, left, right = before.get(key), ours.get(key), other.get(key)
        kept = _kept(old, left, right) if key not in torn else None
        if kept is not None or (key not in torn and _agree(old, left, right)):
            lines |= {} if kept is None else {key: kept}
            continue
        merged = _lists(base, mine, theirs, key)
        if merged is not None and left is not None:
            lines[key], lists[key] = left, merged
            continue
        values = [_value(document.get(key)) for document in (mine, theirs)]
        if base is None and left is not None and right is not None and values[0] == values[1]:
            lines[key] = left
            continue
        lines[key] = left or ""
        clashes[key] = FieldClash(key, values[0], values[1], left or "", right or "")
    return Fields(lines, lists, clashes)


def lines_by_key(document: Document) -> dict[str, str]:
    """The front matter cut before each key's line; "" is the key of what stands above the first. LF line ends."""
    text, (start, end) = document.text, document.inside
    starts = sorted((line_start(text, field.key_start), field.key) for field in document.fields)
    places = [(start, ""), *starts]
    ends = [place for place, _key in places[1:]] + [end]
    return {
        key: text[place:stop].replace("\r\n", "\n").replace("\r", "\n")
        for (place, key), stop in zip(places, ends, strict=True)
    }


def _kept(old: str | None, left: str | None, right: str | None) -> str | None:
    """The lines that stay; None when the key goes, or when the sides disagree."""
    if right in (left, old):
        return left
    return right if left == old else None


def _agree(old: str | None, left: str | None, right: str | None) -> bool:
    """Whether "the key goes" is the answer, not a disagreement."""
    return len({old, left, right}) < 3


def _torn(before: Mapping[str, str], ours: Mapping[str, str], other: Mapping[str, str]) -> set[str]:
    """Keys of a group in which each side changed something, to different ends."""
    torn: set[str] = set()
    for group in TOGETHER:
        mine = {key for key in group if ours.get(key) != before.get(key)}
        theirs = {key for key in group if other.get(key) != before.get(key)}
        differing = {key for key in mine | theirs if ours.get(key) != other.get(key)}
        if mine and theirs and differing:
            torn |= differing
    return torn


def _order(ours: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """The keys in our order; one that only the other side has stands after the key it follows there."""
    keys = list(ours)
    previous = ""
    for key in other:
        if key not in ours:
            keys.insert(keys.index(previous) + 1 if previous in keys else len(keys), key)
        previous = key
    return keys


def _lists(base: Document | None, mine: Document, theirs: Document, key: str) -> tuple[str, ...] | None:
    """A list both sides changed: what either added, without what either took away; None when it is no list."""
    left, right = mine.get(key), theirs.get(key)
    if left is None or right is None or not (left.is_list and right.is_list):
        return None
    old = base.get(key) if base is not None else None
    before = old.texts if old is not None else tuple(text for text in left.texts if text in right.texts)
    gone = {text for text in before if text not in left.texts or text not in right.texts}
    return tuple(dict.fromkeys(text for text in (*left.texts, *right.texts) if text not in gone))


def _value(field: RawField | None) -> str:
    return field.text if field is not None else ""
