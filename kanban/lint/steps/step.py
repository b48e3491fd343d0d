"""A card's step over a range of commits, or the one that is about to be committed."""

import re
from datetime import date

from kanban.values import dataclass

_REASON = re.compile(r"^(?:Reason|Raison)[ \u00a0\u202f]*:[ \u00a0\u202f]*(\S.*)$", re.IGNORECASE | re.MULTILINE)
_CARD = re.compile(r"^Card:[ \t]*(\S+)[ \t]*$", re.MULTILINE)
_OVERRIDE = re.compile(r"^Override:[ \t]*([a-z-]+)[ \t]*:[ \t]*(\S.*)$", re.IGNORECASE | re.MULTILINE)
_STAGE = re.compile(r"^ *Card:[ \t]*(\S+)[ \t]*\n *From:[ \t]*(\S+)[ \t]*\n *To:[ \t]*(\S+)[ \t]*$", re.MULTILINE)
_SQUASHED = re.compile(
    r"\A[^\n]*\((?:pull request )?[#!]\d+\)[ \t]*(?:\n|\Z)"  # GitHub, Forgejo, Bitbucket
    r"|^See merge request \S+!\d+$"  # GitLab
    r"|^Squashed commit of the following:$",  # git merge --squash
    re.MULTILINE,
)
_REVERTS = re.compile(
    r"^(?:\* )?(?:Revert|Reapply) [\"“«]|^This reverts (?:commit|merge request|pull request|branch) ", re.MULTILINE
)
_INDENT = "    "
"""How `git merge --squash` quotes the messages it joins."""

OWN_RULE = "pull-order"
"""The word that `Override:` lines use for a step that skips, goes back or reopens."""


@dataclass(frozen=True, slots=True)
class Step:
    """One card moved, added or removed. `source` and `target` are column keys, None before it was there or after.

    `commit` is "" and `message` None while the commit is not made yet; then nobody can have given a reason.
    `takes_back` is the commit that `Undoes:` names, or that a revert takes back, where that one moved this card the
    other way; else "". `blob` is the card's content as the commit left it, "" when it is gone or not committed.
    """

    card: str
    source: str | None
    target: str | None
    day: date
    commit: str = ""
    message: str | None = None
    takes_back: str = ""
    blob: str = ""

    @property
    def stages(self) -> tuple[tuple[str, str], ...]:
        """The moves, from column to column, that the message tells of this card: a squashed commit tells several."""
        told = _STAGE.finditer(self.message or "")
        return tuple((found[2], found[3]) for found in told if found[1] == self.card)

    @property
    def is_squashed(self) -> bool:
        """Whether the commit stands for several that were judged one by one, so that its message need not say all."""
        return bool(_SQUASHED.search(self.message or "")) or len(self.stages) > 1

    @property
    def reason(self) -> str:
        """What the commit's message says after `Reason:`; "" when it says nothing.

        Any line counts, not only the last paragraph: a squash merge leaves trailers in the middle.
        """
        found = _REASON.search(self._said)
        return found[1].strip() if found else ""

    @property
    def overridden(self) -> dict[str, str]:
        """Rule → reason of each `Override: <rule>: <reason>` that the message says of this card."""
        return overrides_of(self.card, self.message or "")

    def overrides(self, rule: str) -> bool:
        """Whether the message says `Override: <rule>: <reason>`, as `kanban move --force` writes it."""
        return rule in self.overridden

    def exempt(self, rule: str) -> bool:
        """Whether a rule that no reason alone excuses was overridden, or the step takes back another."""
        return bool(self.takes_back) or self.overrides(rule)

    def excused(self, rule: str) -> bool:
        """Whether a reason was given, this very rule was overridden with one, or the step takes back another."""
        return bool(self.takes_back) or bool(self.reason) or self.overrides(rule)

    @property
    def _said(self) -> str:
        return said_of(self.card, self.message or "")


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A commit that did what the board wants signed, and carries no valid signature by a key that it lists.

    `what` says what it did; `card` is "" for a change of `board.yml`; `path` is relative to the board.
    """

    commit: str
    what: str
    path: str
    card: str = ""


def overrides_of(card: str, message: str) -> dict[str, str]:
    """Rule → reason of each `Override:` line that a commit's message says of a card."""
    return {found[1].lower(): found[2].strip() for found in _OVERRIDE.finditer(said_of(card, message))}


def is_revert(message: str) -> bool:
    """Whether a message says, as `git revert` and the forges' button write it, that it takes commits back."""
    return bool(_REVERTS.search(message))


def said_of(card: str, message: str) -> str:
    """The lines of a message that speak of a card: those under its `Card:` line, and those above the first one.

    A message that does not name the card speaks of it as a whole: somebody wrote it by hand. `Card:` lines that follow
    one another share what stands below them.
    """
    lines = [line.removeprefix(_INDENT) for line in message.split("\n")]
    named = [found[1] if (found := _CARD.match(line)) else "" for line in lines]
    if card not in named:
        return "\n".join(lines)
    about: set[str] = set()
    kept = []
    for at, (line, name) in enumerate(zip(lines, named, strict=True)):
        if name:
            about = about | {name} if at and named[at - 1] else {name}
        elif not about or card in about:
            kept.append(line)
    return "\n".join(kept)
