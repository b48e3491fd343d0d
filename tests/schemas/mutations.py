"""Documents spoilt in every place: a key dropped, a key added, a value of another kind."""

import copy
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

OTHERS: tuple[Any, ...] = (None, True, -1, 1.5, 7, "", "no such word", "2025-01-32x", [], {}, ["x"], {"x": 1})


def trimmed(document: Any) -> Any:
    """The document with the first two entries of each list and table: what one entry may be, all may be."""
    if isinstance(document, dict):
        kept = list(document)[:2] if _is_table(document) else document
        return {key: trimmed(document[key]) for key in kept}
    return [trimmed(value) for value in document[:2]] if isinstance(document, list) else document


def _is_table(document: dict[str, Any]) -> bool:
    """Whether all entries are records of one kind."""
    kinds = {tuple(value) if isinstance(value, dict) else None for value in document.values()}
    return len(kinds) == 1 and None not in kinds


def spoilt(documents: Iterable[Any]) -> Iterator[tuple[str, str, Any]]:
    """Place, what was done there, and the document as it is then; each place is spoilt in one document."""
    seen: set[tuple[str, str]] = set()
    for document in map(trimmed, documents):
        for place in places(document):
            for name, done, make in _with(document, place):
                if (name, done) not in seen:
                    seen.add((name, done))
                    yield name, done, make()


def places(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where something stands: every key of every record, the first and second entry of every list."""
    yield at
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inside in pairs:
        yield from places(inside, (*at, key))


def _with(document: Any, place: tuple[str | int, ...]) -> Iterator[tuple[str, str, Callable[[], Any]]]:
    found = document
    for key in place:
        found = found[key]
    name = ".".join("[]" if isinstance(key, int) else key for key in place)
    for other in OTHERS:
        if (type(other), other) != (type(found), found):
            yield name, repr(other), partial(_put, document, place, other)
    if isinstance(found, dict):
        yield name, "a key more", partial(_put, document, place, found | {"one more": 1})
        for gone in found:
            left = {key: value for key, value in found.items() if key != gone}
            yield name, f"without {gone}", partial(_put, document, place, left)


def _put(document: Any, place: tuple[str | int, ...], value: Any) -> Any:
    if not place:
        return value
    changed = copy.copy(document)
    changed[place[0]] = _put(document[place[0]], place[1:], value)
    return changed
