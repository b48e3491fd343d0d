"""What a mail server has about the board's deals: its heads are judged, and only of those that may matter the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from kanban.imports.mail.filing import Clerk
from kanban.imports.mail.message import Mail, Unread

ENOUGH, WHOLE = 200_000, 50_000_000
"""Bytes of a mail that hold its first lines, and those that hold its text in any case; what follows is attached."""


class Server(Protocol):
    """Where mails are."""

    def heads(self, since: date) -> Iterable[tuple[int, Mail | Unread]]:
        """Number and head of the mails since a day."""

    def whole(self, head: Mail, uid: int, most: int) -> Mail | Unread:
        """The mail with its text, as far as it stands in so many bytes."""


@dataclass
class Fetched:
    """The mails to be filed or asked about, those that cannot be read, and how many nothing connects to a deal.

    `places` says of each file's name where that file is.
    """

    mails: list[Mail] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    strangers: int = 0
    places: dict[str, list[str]] = field(default_factory=dict)

    def take(self, one: Mail | Unread) -> None:
        """One more, as far as it can be read."""
        if isinstance(one, Mail):
            self.mails.append(one)
        else:
            self.unread.append(one)

    def add(self, more: Fetched) -> None:
        """All of another place too."""
        self.mails += more.mails
        self.unread += more.unread
        self.strangers += more.strangers


def fetch(server: Server, clerk: Clerk, since: date) -> Fetched:
    """The mails of a server since a day, as the clerk is about to need them."""
    found = Fetched()
    heads: dict[str, tuple[int, Mail]] = {}
    for uid, head in server.heads(since):
        if isinstance(head, Mail):
            heads[head.key] = uid, head
        else:
            found.unread.append(head)
    for uid, head in _needed(heads, clerk, found):
        found.take(server.whole(head, uid, WHOLE if clerk.whole else ENOUGH))
    found.mails += [head for _uid, head in heads.values() if _is_passed(head, clerk)]
    return found


def _is_passed(head: Mail, clerk: Clerk) -> bool:
    """Whether its text is not needed: it was filed before, or is from nobody."""
    return clerk.knows(head) or clerk.passes_over(head)


def _needed(heads: Mapping[str, tuple[int, Mail]], clerk: Clerk, found: Fetched) -> list[tuple[int, Mail]]:
    """Those that go to a deal, or may. An answer to a mail that is filed in this run goes where that one goes."""
    matcher = replace(clerk.matcher, threads=dict(clerk.matcher.threads))
    needed = []
    for uid, head in sorted(heads.values(), key=lambda one: (one[1].at, one[1].key)):
        if _is_passed(head, clerk):
            continue
        verdict = matcher.match(head)
        if verdict.card:
            matcher.threads[head.key] = verdict.card
        if verdict.card or verdict.perhaps or clerk.card:
            needed.append((uid, head))
        else:
            found.strangers += 1
    return needed
