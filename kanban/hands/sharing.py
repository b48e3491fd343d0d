"""Sharing from a hand: what `sync` does, with its questions given back as values to be answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from kanban.commands.base.session import Session
from kanban.commands.together.answers import Unanswered, answered_by, answers_typed
from kanban.commands.together.meeting import synchronise
from kanban.commands.together.sync import lines_of, upstream_label
from kanban.errors import KanbanError
from kanban.hands.inputs import Choice
from kanban.hands.outcome import Refusal, refusal_of

__all__ = ["Question", "Shared", "share", "upstream_label"]


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can decide: answered by `NAME=VALUE` of one of the choices (`share`'s `takes`)."""

    name: str
    card: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """What came of it: told in lines; or questions, and nothing was changed; or refused, and nothing was changed."""

    lines: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    refused: Refusal | None = None


def share(session: Session, takes: Sequence[str] = ()) -> Shared:
    """Take in the others' work and share one's own; `takes` are answers, as `kanban sync --take` has them."""
    try:
        answers = answers_typed(takes, session.config)
        outcome = synchronise(session, _unheard, pushing=True, by_merge=False, dry_run=False, answers=answers)
    except Unanswered as asked:
        found = (
            Question(answered_by(one), one.card, one.text, tuple(Choice(*choice) for choice in one.choices))
            for one in asked.questions
        )
        return Shared(questions=tuple(found))
    except KanbanError as error:
        return Shared(refused=refusal_of(error))
    return Shared((*outcome.warnings, *lines_of(outcome)))


def _unheard(_sending: bool, _percent: int) -> None:
    """A hand shows no percentages: it waits."""
