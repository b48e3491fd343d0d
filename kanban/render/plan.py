"""One planned file of the site, and the digest that says whether it can have changed."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from kanban import __version__
from kanban.i18n import current_language


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file of the site, written when asked for.

    `key` is a digest of all it depends on: equal keys, equal bytes. It is "" where finding out costs as much as
    writing. One of `many` may be written by another process: nothing else is learnt from it. What `begin` begins goes
    on beside until it is asked for: it is called early, for a file that will surely be written.
    """

    address: str
    write: Callable[[], bytes]
    key: str = ""
    many: bool = False
    begin: Callable[[], None] | None = None


def digest(*parts: object) -> str:
    """A key from values whose `repr` tells them apart; the program itself and the language are always part of it."""
    text = repr((program(), current_language(), parts))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def installed(module: str, distribution: str) -> str:
    """Which version of a distribution a module is from, by the folder that tells of it beside it.

    Python's own reader of such folders takes 50 ms to load: it is asked where there is not one.
    """
    found = find_spec(module)
    if found is not None and found.origin is not None:
        beside = Path(found.origin).parent.parent.glob(f"{distribution.replace('-', '_')}-*.dist-info")
        told = [one.name for one in beside]
        if len(told) == 1:
            return told[0]
    from importlib.metadata import version

    return version(distribution)


@cache
def program() -> str:
    """A digest of the program that makes pages and numbers: a changed template is seen like a changed card."""
    found = hashlib.sha256(__version__.encode())
    waiting = [files(f"kanban.{name}") for name in ("render", "forecast", "metrics", "pull", "rituals", "diagnosis")]
    while waiting:
        for entry in sorted(waiting.pop().iterdir(), key=lambda entry: entry.name):
            if entry.is_dir() and entry.name != "__pycache__":
                waiting.append(entry)
            elif entry.is_file():
                found.update(entry.name.encode() + b"\0" + entry.read_bytes())
    return found.hexdigest()
