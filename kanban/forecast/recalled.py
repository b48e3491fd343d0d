"""Recalled: what was worked out before about weeks that are over, found by all that went into it.

A board that has been watched for ten years looks back on five hundred Sundays, and a new commit changes none of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, MutableMapping
from typing import TypeVar, cast

T = TypeVar("T")

_NAME = "forecasts of weeks that are over"


class Recalled:
    """Values by a digest of what they were made from; those asked for are kept in `known`, when there is one.

    They must be as JSON has them: numbers, texts, lists and objects of them.
    """

    def __init__(self, known: MutableMapping[str, str] | None = None) -> None:
        self._known = known
        self._before: dict[str, object] | None = None
        self._asked: dict[str, object] = {}

    def of(self, made_from: object, work: Callable[[], T]) -> T:
        """The value that `work` gives; it is not asked where the same was made from the same before."""
        key = hashlib.blake2b(repr(made_from).encode(), digest_size=16).hexdigest()
        found = self.last(key)
        if found is None:
            found = self._asked[key] = work()
        return cast("T", found)

    def last(self, name: str) -> object:
        """What was noted under a name, None where nothing was; who asks says whether it holds."""
        if self._before is None:
            self._before = json.loads(self._known.get(_NAME, "{}")) if self._known is not None else {}
        found = self._asked.get(name, self._before.get(name))
        if found is not None:
            self._asked[name] = found
        return found

    def note(self, name: str, value: object) -> None:
        """Note something in place of what was noted under this name."""
        self._asked[name] = value

    def keep(self) -> None:
        """Leave what was asked for to those who come next."""
        if self._known is not None:
            self._known[_NAME] = json.dumps(self._asked)
