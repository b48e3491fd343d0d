"""What stands in the way of a row or of a card: where, why, and what to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trouble:
    """A row that cannot be taken (`line` of `file`, 0 for the whole file), or a question about a card (`deal`)."""

    file: str
    line: int
    reason: str
    cure: str = ""
    deal: str = ""

    @property
    def place(self) -> str:
        """`file:line`, as compilers write it."""
        return f"{self.file}:{self.line}" if self.line else self.file
