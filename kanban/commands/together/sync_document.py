"""What `kanban sync --json` prints: what came of it, the questions that are open, or why nothing came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kanban.commands.together.answers import Unanswered, answered_by
from kanban.errors import (
    Ambiguous,
    HookFailed,
    KanbanError,
    NotLetIn,
    Refused,
    RepositoryBusy,
    SharedOnly,
    Unreachable,
)
from kanban.schemas.fields import Count

if TYPE_CHECKING:
    from kanban.commands.together.meeting import Outcome

Done = Literal["shared", "taken-in", "kept-back", "up-to-date"]
NotDone = Literal["refused", "offline", "not-let-in", "busy", "shared-only", "could-not"]
_WAYS: tuple[tuple[type[KanbanError], NotDone], ...] = (
    (NotLetIn, "not-let-in"),
    (Unreachable, "offline"),
    (RepositoryBusy, "busy"),
    (SharedOnly, "shared-only"),
    (Refused, "refused"),
    (HookFailed, "refused"),
)


@dataclass(frozen=True, slots=True)
class News:
    """What one of the others did; `who` is "" where it is not known."""

    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question, as it is typed and as it is told."""

    answer: str
    label: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What nobody but a person can decide; `--take NAME=ANSWER` decides it."""

    card: str
    name: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class SyncDocument:
    """What came and went; `before` and `after` are commits. `outcome` is, in a dry run, what would be: the others have
    my work (`shared`), I have theirs (`taken-in`), mine waits here (`kept-back`), or nothing was new."""

    schema: Literal["kanban-sync/1"]
    upstream: str
    before: str
    after: str
    received: Count
    sent: Count
    pushed: bool
    news: tuple[News, ...]
    warnings: tuple[str, ...]
    dry_run: bool
    outcome: Done


@dataclass(frozen=True, slots=True)
class QuestionsDocument:
    """What stands between the two boards: with questions open, nothing is changed. `cure` is the command that answers
    them, with every choice."""

    schema: Literal["kanban-sync/1"]
    upstream: str
    questions: tuple[Asked, ...]
    dry_run: bool
    outcome: Literal["asked"]
    cure: str


@dataclass(frozen=True, slots=True)
class NotSharedDocument:
    """Why the boards were not brought together; but for `shared-only`, nothing was changed. `reasons` is every one,
    `said` what a hook printed, `cure` what to type or do, `where` a path, or "". `exit_code` is the command's."""

    schema: Literal["kanban-sync/1"]
    upstream: str
    dry_run: bool
    outcome: NotDone
    message: str
    reasons: tuple[str, ...]
    said: tuple[str, ...]
    cure: str
    where: str
    exit_code: int


def done_document(outcome: Outcome, *, pushing: bool, dry_run: bool) -> SyncDocument:
    """What came of it."""
    word: Done = "up-to-date"
    if outcome.sent:
        word = "shared" if outcome.pushed or (dry_run and pushing) else "kept-back"
    elif outcome.received:
        word = "taken-in"
    return SyncDocument(
        "kanban-sync/1", outcome.upstream, outcome.before, outcome.after, outcome.received, outcome.sent,
        outcome.pushed, tuple(News(*one) for one in outcome.news), tuple(outcome.warnings), dry_run, word,
    )  # fmt: skip


def failed_document(error: KanbanError, upstream: str, *, dry_run: bool) -> QuestionsDocument | NotSharedDocument:
    """Why nothing came of it; `upstream` is "" where it is not known."""
    if isinstance(error, Unanswered):
        asked = tuple(
            Asked(one.card, answered_by(one), one.text, tuple(Choice(*choice) for choice in one.choices))
            for one in error.questions
        )
        return QuestionsDocument("kanban-sync/1", upstream, asked, dry_run, "asked", error.cure)
    reasons = error.reasons if isinstance(error, Refused) else ()
    reasons = error.candidates if isinstance(error, Ambiguous) else reasons
    said = tuple(error.output.splitlines()) if isinstance(error, HookFailed) else ()
    word: NotDone = next((word for kind, word in _WAYS if isinstance(error, kind)), "could-not")
    return NotSharedDocument(
        "kanban-sync/1", upstream, dry_run, word, error.message, reasons, said, error.cure, error.where,
        error.exit_code,
    )  # fmt: skip
