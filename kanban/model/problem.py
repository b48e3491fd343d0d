"""A problem found while reading a user's text: data beside the values, never an exception."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that could not be read as written.

    `line` and `column` are 1-based and refer to the file as it stands; `code` is a stable kebab-case
    name that the linter maps to a rule; `message` says what is wrong, `cure` what to write instead.
    `key` names the field concerned, "" when the whole file is.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    cure: str = ""
    key: str = ""

    def at(self, path: str) -> Problem:
        """The same problem, placed in the file `path`."""
        return replace(self, path=path)
