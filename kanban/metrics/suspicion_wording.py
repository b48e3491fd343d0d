"""Suspicious commits in words and as data: what each did, and what to type so that numbers do not trust its date."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, TypedDict

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date
from kanban.metrics.suspicion import AHEAD, BACKWARDS, EXITS, KINDS, MOVES, REMOVALS, RENAMES, Suspicion
from kanban.schemas.fields import Count, one_of

MOST = 3


class SuspicionRecord(TypedDict):
    """A commit whose date is hardly that of what it tells. `count`: the cards it touches."""

    kind: Annotated[str, one_of(*KINDS)]
    commit: str
    day: date
    author: str
    count: Count
    text: str
    cure: str


def suspicion_records(found: Sequence[Suspicion]) -> list[SuspicionRecord]:
    """All of them as data, texts in the language in force."""
    return [
        {
            "kind": one.kind,
            "commit": one.commit,
            "day": one.day,
            "author": one.author,
            "count": one.count,
            "text": suspicion_text(one),
            "cure": suspicion_cure(one),
        }
        for one in found
    ]


def suspicion_lines(found: Sequence[Suspicion]) -> Iterator[str]:
    """What stands beside numbers: the newest few, each with its cure, then how many more there are."""
    for one in found[:MOST]:
        yield _("suspicious: {what} → {cure}").format(what=suspicion_text(one), cure=suspicion_cure(one))
    left = len(found) - MOST
    if left > 0:
        text = ngettext(
            "and {count} more suspicious commit: `kanban lint --select KB312`",
            "and {count} more suspicious commits: `kanban lint --select KB312`",
            left,
        )
        yield text.format(count=left)


def suspicion_text(one: Suspicion) -> str:
    """What the commit did, in a sentence."""
    texts = {
        EXITS: ngettext(
            "commit {commit} of {day} by {author} creates {count} card straight in an exit",
            "commit {commit} of {day} by {author} creates {count} cards straight in an exit",
            one.count,
        ),
        MOVES: ngettext(
            "commit {commit} of {day} by {author} moves {count} card at once",
            "commit {commit} of {day} by {author} moves {count} cards at once",
            one.count,
        ),
        RENAMES: ngettext(
            "commit {commit} of {day} by {author} removes {count} card and creates as many under other names",
            "commit {commit} of {day} by {author} removes {count} cards and creates as many under other names",
            one.count,
        ),
        REMOVALS: ngettext(
            "commit {commit} of {day} by {author} removes {count} card at once",
            "commit {commit} of {day} by {author} removes {count} cards at once",
            one.count,
        ),
        AHEAD: ngettext(
            "commit {commit} by {author} is dated {day}, after it was made: {count} card",
            "commit {commit} by {author} is dated {day}, after it was made: {count} cards",
            one.count,
        ),
        BACKWARDS: ngettext(
            "commit {commit} by {author} is dated {day}, before what had happened to {count} card",
            "commit {commit} by {author} is dated {day}, before what had happened to {count} cards",
            one.count,
        ),
    }
    day = format_date(one.day, "medium")
    return texts[one.kind].format(commit=one.commit[:9], day=day, author=one.author, count=one.count)


def suspicion_cure(one: Suspicion) -> str:
    """What to type so that numbers do not take the commit's date for the cards' own."""
    declared = f"`history: {{imported: [{one.commit[:9]}]}}`"
    if one.kind == RENAMES:
        text = _("write the old name under `formerly:` on each card, or {setting} in board.yml when they are others")
        return text.format(setting=declared)
    if one.kind == REMOVALS:
        text = _(
            "`git revert {commit}` brings them back as if nothing had been; {setting} in board.yml when it is meant"
        )
        return text.format(commit=one.commit[:9], setting=declared)
    return _("write {setting} in board.yml when that day is not the cards’ own").format(setting=declared)
