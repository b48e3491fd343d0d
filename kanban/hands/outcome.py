"""What came of a gesture, told in the command line's words: done, or refused with every reason and its way out."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kanban.commands.base.write_verb import beside
from kanban.errors import Ambiguous, HookFailed, KanbanError, Refused
from kanban.gestures.base.gesture import Gesture, Told
from kanban.hands.inputs import Input
from kanban.repository.write.publication import Published

_ARROW = "  → "


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One reason against something. `cure` is what one would type; `input` what opens it right here; `cards` are
    those that would have to move, or to be put right, first. A soft one (`hard` false) is only said."""

    message: str
    cure: str = ""
    hard: bool = True
    rule: str = ""
    input: Input | None = None
    cards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was done. `changed`: because the card was changed since it was looked at. `code` as exit codes."""

    message: str
    hindrances: tuple[Hindrance, ...] = ()
    cure: str = ""
    code: int = 1
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """A gesture that was made (`commit`), rehearsed (none) or refused. `cards` are the ids that it speaks of."""

    verb: str
    done: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    refused: Refusal | None = None
    commit: str | None = None
    cards: tuple[str, ...] = ()
    document: Told = field(default_factory=Told)

    @property
    def ok(self) -> bool:
        """Whether it was done, or could be."""
        return self.refused is None


def told(made: Gesture, published: Published) -> Outcome:
    """What a person is told of a gesture that was carried out."""
    cards = dict.fromkeys(value for key, value in made.trailers if key == "Card")
    warnings = (*made.warnings, *made.refused, *beside(published))
    return Outcome(made.verb, made.done, warnings, None, published.commit, tuple(cards), made.document)


def refused(verb: str, error: KanbanError) -> Outcome:
    """What a person is told of one that was not."""
    return Outcome(verb, refused=refusal_of(error))


def refusal_of(error: KanbanError) -> Refusal:
    """An error as a refusal: each reason apart from its cure."""
    reasons: Iterable[str] = ()
    if isinstance(error, Refused):
        reasons = error.reasons
    elif isinstance(error, Ambiguous):
        reasons = error.candidates
    elif isinstance(error, HookFailed):
        reasons = [line for line in error.output.splitlines() if line.strip()]
    where = f"{error.where}: " if error.where else ""
    return Refusal(where + error.message, tuple(map(said, reasons)), error.cure, error.exit_code)


def said(reason: str) -> Hindrance:
    """A reason in one line as two: what is wrong, and what to type."""
    message, _arrow, cure = reason.partition(_ARROW)
    return Hindrance(message, cure)
