"""What the demonstration is made of before git knows of it: people, and commits as plain values."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the invented team."""

    name: str
    email: str
    role: str = ""


TEAM = {
    "Zoé": Person("Zoé Martin", "zoe@example.org", "AE"),
    "Karim": Person("Karim Benali", "karim@example.org", "AE"),
    "Inès": Person("Inès Laurent", "ines@example.org", "SDR"),
    "Paul": Person("Paul Girard", "paul@example.org", "SDR"),
}


@dataclass(frozen=True, slots=True)
class PlannedCommit:
    """One commit. `changes` maps paths to their new bytes, None for a removed file.

    `parents` are places of earlier commits in the plan; the first commit has none, a merge has two and its `changes`
    are relative to the first. `written_at` is the author's date, `recorded_at` the committer's, who is the author where
    there is no `recorder`.
    """

    person: Person
    written_at: datetime
    recorded_at: datetime
    message: str
    changes: tuple[tuple[str, bytes | None], ...]
    parents: tuple[int, ...] = ()
    recorder: Person | None = None
