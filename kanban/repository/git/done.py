"""What a git process that has ended left behind."""

from __future__ import annotations

from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class Done:
    """What a finished git command gave: exit code, standard output as bytes, standard error as text."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """Standard output as text without its final newline."""
        return self.out.decode("utf-8", "surrogateescape").removesuffix("\n")
