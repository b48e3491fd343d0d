"""Changes to the bytes of one card, one after the other."""

from __future__ import annotations

from collections.abc import Callable

Edit = Callable[[bytes], bytes]


def edits(*steps: Edit) -> Edit:
    """One edit made of several, applied in turn."""

    def apply(data: bytes) -> bytes:
        for step in steps:
            data = step(data)
        return data

    return apply
