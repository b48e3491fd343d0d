"""Numbers as people write them in French and in English, read exactly or not at all."""

import re
from decimal import Decimal

from kanban.patterns import pattern

_NUMERAL = pattern(r"[0-9](?:[0-9 '.,]*[0-9])?")
_GROUPED = {mark: pattern(rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}})+") for mark in " '.,"}


def numeral_readings(text: str, language: str) -> tuple[Decimal, ...]:
    """What the digits and separators of `text` can mean: no reading, one, or two when it is ambiguous.

    Spaces and apostrophes only ever group thousands. Where both a point and a comma stand, the last one is the
    decimal mark; a mark that stands several times groups. One single mark with exactly three digits after it is
    both a group and a decimal part (`1.234`, `1,234`): two readings, thousands first, except for the comma in
    English, which groups. A group never begins with zero, so `0,500` is a half.
    """
    if not _NUMERAL.fullmatch(text):
        return ()
    marks = [mark for mark in ".," if mark in text]
    if len(marks) == 2:
        return _decimal(text, max(marks, key=text.rindex), group=min(marks, key=text.rindex))
    if not marks:
        return _whole(text)
    if text.count(marks[0]) > 1:
        return _whole(text, marks[0])
    decimal = _decimal(text, marks[0])
    thousands = () if text.startswith("0") else _whole(text, marks[0])
    if thousands and marks[0] == "," and language == "en":
        return thousands
    return thousands + decimal


def _whole(text: str, group: str = "") -> tuple[Decimal, ...]:
    """A whole number, plain or with well-formed groups of three by one kind of separator."""
    if text.isdigit():
        return (Decimal(text),)
    for mark in group or " '":
        if _GROUPED[mark].fullmatch(text):
            return (Decimal(text.replace(mark, "")),)
    return ()


def _decimal(text: str, mark: str, group: str = "") -> tuple[Decimal, ...]:
    head, _mark, tail = text.rpartition(mark)
    if not tail.isdigit() or text.count(mark) > 1:
        return ()
    return tuple(Decimal(f"{whole}.{tail}") for whole in _whole(head, group))
