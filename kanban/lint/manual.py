"""A rule's docstring as a manual page: summary, why, what it flags, the cure, a bad and a good example."""

from kanban.i18n import _
from kanban.values import dataclass

SECTIONS = ("Why", "Flags", "Cure", "Bad", "Good")


@dataclass(frozen=True, slots=True)
class Manual:
    """The parts of a rule's docstring. `bad` and `good` are boards in text form, run as tests."""

    summary: str
    why: str
    flags: str
    cure: str
    bad: str
    good: str

    @property
    def prose(self) -> tuple[str, str, str]:
        """Why, what is flagged and the cure, in the language in force."""
        return _(self.why), _(self.flags), _(self.cure)


def read_manual(doc: str) -> Manual:
    """Take a rule's docstring apart. Raises ValueError when a section is missing: a rule without one is a bug."""
    from textwrap import dedent

    first, _newline, rest = doc.strip().partition("\n")
    parts: dict[str, list[str]] = {}
    current: list[str] = []
    for line in rest.splitlines():
        name, colon, text = line.partition(":")
        if colon and name in SECTIONS and not line.startswith(" "):
            current = parts.setdefault(name, [text.strip()])
        else:
            current.append(line)
    missing = [name for name in SECTIONS if name not in parts]
    if missing:
        raise ValueError(f"{first}: no section {', '.join(missing)}")
    prose = [" ".join(" ".join(parts[name]).split()) for name in SECTIONS[:3]]
    boards = [dedent("\n".join(parts[name])).strip("\n") + "\n" for name in SECTIONS[3:]]
    return Manual(first.strip(), *prose, *boards)
