"""Takes a file apart that git left conflict markers in: the two versions that the markers tell of."""

from __future__ import annotations

import re

_BEGIN = re.compile(rb"^(<{7,})(?: |\r?$)")

_OUTSIDE, _MINE, _BASE, _THEIRS = range(4)
_NEXT = {
    (_OUTSIDE, b"<"): _MINE,
    (_MINE, b"|"): _BASE,
    (_MINE, b"="): _THEIRS,
    (_BASE, b"="): _THEIRS,
    (_THEIRS, b">"): _OUTSIDE,
}
_WRITES = {_OUTSIDE: (0, 1), _MINE: (0,), _BASE: (), _THEIRS: (1,)}


def has_markers(data: bytes) -> bool:
    """Whether a line begins a conflict."""
    return any(_BEGIN.match(line) for line in data.splitlines())


def versions_of(data: bytes) -> tuple[bytes, ...]:
    """Every whole version that the file tells of: itself when it has no markers, else one for each side.

    Conflicts within conflicts (longer markers around shorter ones) are taken apart from the outside in. A file whose
    markers do not close is given back as it is.
    """
    found = _split(data)
    if found is None:
        return (data,)
    return tuple(dict.fromkeys(version for side in found for version in versions_of(side)))


def _split(data: bytes) -> tuple[bytes, bytes] | None:
    lines = data.splitlines(keepends=True)
    sizes = [len(begun[1]) for begun in map(_BEGIN.match, lines) if begun]
    if not sizes:
        return None
    size = max(sizes)
    sides: tuple[list[bytes], list[bytes]] = ([], [])
    inside = _OUTSIDE
    for line in lines:
        following = _NEXT.get((inside, _sign(line, size)))
        if following is not None:
            inside = following
            continue
        for side in _WRITES[inside]:
            sides[side].append(line)
    return (b"".join(sides[0]), b"".join(sides[1])) if inside == _OUTSIDE else None


def _sign(line: bytes, size: int) -> bytes:
    """The sign of a marker of exactly this length, b"" for any other line."""
    bare = line.rstrip(b"\r\n")
    for sign in (b"<", b"|", b"=", b">"):
        if bare.startswith(sign * size) and bare[size : size + 1] in (b"", b" "):
            return sign
    return b""
