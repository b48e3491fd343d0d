"""Steps under review as findings: which way they went, and where to point."""

from collections.abc import Iterator

from kanban.lint.finding import Hit
from kanban.lint.rule import LintContext
from kanban.lint.steps.step import Step
from kanban.model.cards.card import Card
from kanban.model.settings.columns import Column
from kanban.pull.moves import direction_of

OWN_RULE = "pull-order"
"""The word that `Override:` lines use for a step that skips, goes back or reopens."""


def steps_going(context: LintContext, direction: str) -> Iterator[tuple[Step, Column, Column]]:
    """The steps that went this way without a reason, with their columns."""
    for step in context.steps or ():
        source, target = _columns(context, step)
        if source is None or target is None or step.excused(OWN_RULE):
            continue
        if direction_of(context.board, source, target) == direction:
            yield step, source, target


def direction_of_step(context: LintContext, step: Step) -> str:
    """Which way a step went, "" for a card that is new or gone."""
    source, target = _columns(context, step)
    return direction_of(context.board, source, target) if source is not None and target is not None else ""


def last_steps(context: LintContext) -> tuple[Step, ...]:
    """The last step of each card that led to where it stands now."""
    last: dict[str, Step] = {}
    for step in context.steps or ():
        last[step.card] = step
    cards = ((step, context.board.find(step.card)) for step in last.values())
    return tuple(step for step, card in cards if card is not None and card.column == step.target)


def before_of(context: LintContext, name: str) -> Card | None:
    """The card as it was before the change, also under a former name."""
    if context.base is None:
        return None
    found = context.base.find(name)
    card = context.board.find(name)
    former = (context.base.find(old) for old in (card.formerly if card is not None else ()))
    return found or next((one for one in former if one is not None), None)


def revision_before(step: Step) -> str:
    """What git calls the state before a step: the commit's parent, or HEAD for what is not committed yet."""
    return f"{step.commit[:10]}~1" if step.commit else "HEAD"


def step_hit(context: LintContext, step: Step, message: str, cure: str, severity: str = "", unsaid: str = "") -> Hit:
    """A hit on a step: on the card where it stands, else where it stood.

    A step that is not committed yet cannot have its reason yet: `unsaid` is the severity then.
    """
    if step.message is None and unsaid:
        severity = unsaid
    card = context.board.find(step.card) or before_of(context, step.card)
    column = context.board.config.column(step.source or step.target or "")
    path = card.path if card is not None else f"{column.directory if column else '.'}/{step.card}.md"
    said = f"{message} ({step.commit[:10]})" if step.commit else message
    detail = f"{step.source or ''}→{step.target or ''}"
    return Hit(path, 1, 1, said, cure, card=step.card, key="", detail=detail, severity=severity)


def _columns(context: LintContext, step: Step) -> tuple[Column | None, Column | None]:
    config = context.board.config
    return config.column(step.source or ""), config.column(step.target or "")
