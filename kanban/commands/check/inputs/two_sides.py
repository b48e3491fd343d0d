"""Reads the two sides of a change, and the board that merging them would give."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kanban.commands.base.calling.invocation import Settings
from kanban.commands.base.session import Session
from kanban.commands.check.inputs import reading as sources
from kanban.commands.check.inputs.source import Source, board_root
from kanban.errors import KanbanError, NotFound
from kanban.i18n import _
from kanban.lint.steps.transitions import steps_between
from kanban.model.settings.board_yml import BOARD_FILE
from kanban.model.typed.read import read_past_when
from kanban.repository.read.moments import last_commit_before
from kanban.repository.read.pushed_commits import messages_of
from kanban.review.report import Side, clipped

if TYPE_CHECKING:
    from kanban.lint.steps.step import Step
    from kanban.review.report import Side


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to compare. `head` None is the working tree; `fork` compares from where the two sides parted.

    `since` replaces `base`: the day as typed.
    """

    base: str | None
    head: str | None
    fork: bool = False
    since: str | None = None

    @classmethod
    def parsed(cls, base: str | None, head: str | None, fork: bool, since: str | None) -> Wanted:
        """The revisions as typed: `A B`, `A..B`, `A...B`, or one alone. Raises `KanbanError`."""
        if since and head:
            raise KanbanError(_("`--since` takes the place of the first revision: name one at most"))
        if since:
            return cls(None, base, fork, since)
        if base and head is None and ".." in base:
            dots = "..." if "..." in base else ".."
            first, _dots, second = base.partition(dots)
            return cls(first or "HEAD", second or "HEAD", fork or dots == "...")
        return cls(base or "HEAD", head, fork)


class Sides:
    """Both sides of a change, each read once."""

    def __init__(self, settings: Settings, as_of: str | None, wanted: Wanted) -> None:
        self.session = Session(settings, as_of)
        self.settings, self.wanted = settings, wanted

    @cached_property
    def head(self) -> Source:
        """The newer side. It decides language, day and rules' words."""
        if self.wanted.head is not None:
            return sources.at_revision(self.session, self.wanted.head)
        source = sources.folder(self.session, board_root(Path(self.settings.directory), ()))
        if source.repository is None:
            self.session.surrounding  # noqa: B018 - raises the error that says why and what to do
        return source

    @cached_property
    def base_commit(self) -> str | None:
        """The older side's commit; None when the board's past does not reach back so far."""
        repository = self.session.surrounding
        if self.wanted.since is not None:
            return self._before(self.wanted.since)
        commit = repository.resolve(self.wanted.base or "HEAD")
        if not self.wanted.fork:
            return commit
        return self._met or commit

    @cached_property
    def _met(self) -> str | None:
        """Where the two sides parted; None when they have nothing in common."""
        repository, head = self.session.surrounding, self.head.revision
        return repository.merge_base(repository.resolve(self.wanted.base or "HEAD"), head) if head else None

    @cached_property
    def base(self) -> Source:
        """The older side; a board without cards when there was none yet."""
        nothing = replace(self.head, board=replace(self.head.board, cards=()), revision="")
        if self.base_commit is None:
            return nothing
        try:
            return sources.at_revision(self.session, self.base_commit)
        except NotFound:
            return nothing

    @cached_property
    def base_then(self) -> Source:
        """The older side as the linter shall see it: for a digest on its own day, so that what went stale is new."""
        if self.wanted.since is None:
            return self.base
        return replace(self.base, today=self._day(self.wanted.since))

    @property
    def judged(self) -> Source:
        """The newer side with the steps that lead to it; without them where the clone is cut off."""
        return self._judged[0]

    @property
    def unjudged(self) -> str:
        """Why the steps of the change are not judged, and the cure; "" where they are."""
        return self._judged[1]

    @cached_property
    def _judged(self) -> tuple[Source, str]:
        repository, head, commits = self.session.surrounding, self.head, list[str]()
        if self.base_commit is not None and head.revision:
            commits = repository.rev_list([head.revision], [self.base_commit])
        later: tuple[Step, ...] = ()
        if self.wanted.head is None and head.revision:
            committed = sources.at_revision(self.session, head.revision).board
            later = steps_between([committed], head.board, head.today)
        base = self.base
        judged = replace(head, before=base.files, base=base.board, baseline_before=base.baseline)
        try:
            judged = sources.with_steps(self.session, judged, commits, later)
            if self.wanted.fork and head.revision and self._met is None:
                raise repository.strangers()
        except KanbanError as error:
            return judged, f"{error.message}: {error.cure}" if error.cure else error.message
        return judged, ""

    def names(self) -> tuple[Side, Side]:
        """What to call the sides."""
        base = self.wanted.since or self.wanted.base or "HEAD"
        head = self.wanted.head
        first = Side(clipped(base), self.base_commit or "")
        return first, Side(clipped(head) if head else _("working tree"), self.head.revision if head else "")

    @cached_property
    def merged(self) -> tuple[Source | None, tuple[str, ...]]:
        """The board after merging the head into the named base, and the paths on which it would conflict.

        None when one contains the other, so that the head is what stands in the end, or when nothing can be merged.
        """
        repository, wanted = self.session.surrounding, self.wanted
        if wanted.since is not None or wanted.head is None or wanted.base is None:
            return None, ()
        onto, brought = repository.resolve(wanted.base), self.head.revision
        if repository.merge_base(onto, brought) in (onto, brought, None):
            return None, ()
        result = sources.merge(self.session, onto, brought)
        torn = result.torn(self.head.prefix)
        if BOARD_FILE in torn:
            return None, torn
        messages = messages_of(repository, repository.rev_list([brought], [onto]))
        source = sources.of_merge(self.session, onto, result, wanted.base)
        return sources.judged_strictly(self.session, source, messages), torn

    def _before(self, text: str) -> str | None:
        """The commit checked out, or named, as it was when the day began that the user means."""
        day = self._day(text)
        moment = datetime.combine(day, time.min, self.head.board.config.zone)
        return last_commit_before(self.session.surrounding, self.wanted.head or "HEAD", int(moment.timestamp()))

    def _day(self, text: str) -> date:
        today, language = self.head.today, self.head.board.config.language
        ago = days_ago(text, today)
        if ago is not None:
            return ago
        read = read_past_when(text, today=today, language=language)
        if read.value is None:
            raise KanbanError(f"--since: {read.message}", cure=read.cure or _("as in `--since “2 days ago”`"))
        return read.value.day


def days_ago(text: str, today: date) -> date | None:
    """`1 day ago`, `2 weeks ago`, `yesterday`, and the same in French; None for anything else."""
    plain = " ".join(text.casefold().replace("\u00a0", " ").split())
    if plain in ("yesterday", "hier"):
        return today - timedelta(days=1)
    found = re.fullmatch(r"(?:il y a )?(\d{1,4}) (day|week|jour|semaine)s?(?: ago)?", plain)
    if found is None:
        return None
    return today - timedelta(days=int(found[1]) * (7 if found[2] in ("week", "semaine") else 1))
