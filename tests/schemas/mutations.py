"""Documents spoilt in every place: a key dropped, a key added, a value of another kind."""

import copy
from collections.abc import Iterator
from typing import Any

OTHERS: tuple[Any, ...] = (None, True, -1, 1.5, 7, "", "no such word", "2025-01-32x", [], {}, ["x"], {"x": 1})


def trimmed(document: Any) -> Any:
    """The document with the first two entries of each list: what one entry may be, all may be."""
    if isinstance(document, dict):
        return {key: trimmed(value) for key, value in document.items()}
    return [trimmed(value) for value in document[:2]] if isinstance(document, list) else document


def spoilt(document: Any) -> Iterator[tuple[str, str, Any]]:
    """Place, what was done there, and the document as it is then."""
    for place in places(document):
        yield from _with(document, place, "")


def places(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where something stands: every key of every record, the first and second entry of every list."""
    yield at
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inside in pairs:
        yield from places(inside, (*at, key))


def _with(document: Any, place: tuple[str | int, ...], _name: str) -> Iterator[tuple[str, str, Any]]:
    found = document
    for key in place:
        found = found[key]
    name = ".".join("[]" if isinstance(key, int) else key for key in place)
    for other in OTHERS:
        if (type(other), other) != (type(found), found):
            yield name, repr(other), _put(document, place, other)
    if isinstance(found, dict):
        yield name, "a key more", _put(document, place, found | {"one more": 1})
        for key in found:
            yield name, f"without {key}", _put(document, place, {k: one for k, one in found.items() if k != key})


def _put(document: Any, place: tuple[str | int, ...], value: Any) -> Any:
    if not place:
        return value
    changed = copy.copy(document)
    changed[place[0]] = _put(document[place[0]], place[1:], value)
    return changed
