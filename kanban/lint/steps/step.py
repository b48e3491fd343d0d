"""A card's step over a range of commits, or the one that is about to be committed."""

import re
from dataclasses import dataclass
from datetime import date

_REASON = re.compile(r"^(?:Reason|Raison)[ \u00a0\u202f]*:[ \u00a0\u202f]*(\S.*)$", re.IGNORECASE | re.MULTILINE)
_OVERRIDE = re.compile(r"^Override:[ \t]*([a-z-]+)[ \t]*:[ \t]*(\S.*)$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Step:
    """One card moved, added or removed. `source` and `target` are column keys, None before it was there or after.

    `commit` is "" and `message` None while the commit is not made yet; then nobody can have given a reason.
    """

    card: str
    source: str | None
    target: str | None
    day: date
    commit: str = ""
    message: str | None = None

    @property
    def reason(self) -> str:
        """What the commit's message says after `Reason:`; "" when it says nothing.

        Any line counts, not only the last paragraph: a squash merge leaves trailers in the middle.
        """
        found = _REASON.search(self.message or "")
        return found[1].strip() if found else ""

    def overrides(self, rule: str) -> bool:
        """Whether the message says `Override: <rule>: <reason>`, as `kanban move --force` writes it."""
        return any(found[1].lower() == rule for found in _OVERRIDE.finditer(self.message or ""))

    def excused(self, rule: str) -> bool:
        """Whether a reason was given, or this very rule was overridden with one."""
        return bool(self.reason) or self.overrides(rule)
