"""Patterns that are compiled when first asked for: a verb imports a hundred, and mostly meets days like 2026-10-05."""

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from re import compile as pattern
else:

    def pattern(source: str, flags: int = 0) -> Any:
        """As `re.compile`."""
        return _Later(source, flags)


__all__ = ["pattern"]


class _Later:
    """Stands for a pattern; what it is asked for, it takes from the compiled one and has at hand from then on."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.pattern, self._flags), name)
        self.__dict__[name] = found
        return found
