"""Steps under review as findings: which way they went, the card and the rules at their time, and where to point."""

from collections.abc import Iterator
from dataclasses import replace

from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import WARNING, LintContext, at, typed
from kanban.lint.steps.step import OWN_RULE, Step
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.columns import Column
from kanban.pull.moves import CLOSE, FORWARD, SKIP, direction_of, passed_by
from kanban.pull.readiness import Lack


def steps_going(context: LintContext, direction: str) -> Iterator[tuple[Step, Column, Column]]:
    """The steps that went this way without a reason, with their columns."""
    for step in context.steps or ():
        config = config_of(context, step)
        source, target = config.column(step.source or ""), config.column(step.target or "")
        if source is None or target is None or step.excused(OWN_RULE):
            continue
        if _direction(config, source, target) == direction and not (direction == SKIP and _is_told(config, step)):
            yield step, source, target


def direction_of_step(context: LintContext, step: Step) -> str:
    """Which way a step went, "" for a card that is new or gone."""
    config = config_of(context, step)
    source, target = config.column(step.source or ""), config.column(step.target or "")
    return _direction(config, source, target) if source is not None and target is not None else ""


def passed_in(context: LintContext, step: Step) -> tuple[Column, ...]:
    """The columns that a step skipped on its way right."""
    config = config_of(context, step)
    source, target = config.column(step.source or ""), config.column(step.target or "")
    if source is None or target is None:
        return ()
    return passed_by(Board(config, ()), source, target, _direction(config, source, target))


def config_of(context: LintContext, step: Step) -> BoardConfig:
    """The rules in force in a step's own commit, where they are known and know its columns; else those of the board."""
    config = context.rules_then.get(step.commit)
    known = config is not None and all(key is None or config.column(key) for key in (step.source, step.target))
    return config if config is not None and known else context.board.config


def card_then(context: LintContext, step: Step) -> Card | None:
    """The card as the step's own commit left it; None when it is gone, or its content is not to be had."""
    now = context.board.find(step.card)
    if not step.commit:
        return now
    then = context.cards_then.get(step.blob)
    if then is None:
        return now if now is not None and now.blob == step.blob else None
    path = now.path if now is not None else then.path
    return replace(then, id=step.card, column=step.target or "", path=path)


def lack_hit(context: LintContext, step: Step, card: Card, lack: Lack, message: str, word: str) -> Hit:
    """What a card lacked at a step: on the field as it stands now. What is committed is not cured by an edit.

    `word` is what `Override:` lines call the rule.
    """
    now = context.board.find(step.card) or card
    mild = WARNING if step.is_squashed or config_of(context, step).policies.ready == "warn" else ""
    said = f"{message} ({step.commit[:10]})" if step.commit else message
    cure = cure_of_a_commit(step, word, _("when it is ready")) if step.commit else f"`{lack.cure}`"
    return at(now, lack.key, said, cure, detail=lack.requirement.id, severity=mild)


def cure_of_a_commit(step: Step, word: str, again: str) -> str:
    """What to do about a committed step, which no edit cures. `word` is the rule's in `Override:` lines.

    `again` says when the card may be moved after all.
    """
    say = _("say why in its message: `{line}`").format(line=f"Override: {word}: …")
    if step.source is None:
        return say
    back = _("take the card back (`{command}`) and move it again {again}; or {say}")
    return back.format(command=f"kanban move {typed(step.card)} {step.source} --reason …", again=again, say=say)


def changed_cards(context: LintContext) -> tuple[Card, ...]:
    """The cards that do not stand just so on the board before the change."""
    return () if context.base is None else context.board.differs_from(context.base)[1]


def before_of(context: LintContext, name: str) -> Card | None:
    """The card as it was before the change, also under a former name."""
    if context.base is None:
        return None
    found = context.base.find(name)
    if found is not None:
        return found
    card = context.board.find(name)
    former = (context.base.find(old) for old in (card.formerly if card is not None else ()))
    return next((one for one in former if one is not None), None)


def revision_before(step: Step) -> str:
    """What git calls the state before a step: the commit's parent, or HEAD for what is not committed yet."""
    return f"{step.commit[:10]}~1" if step.commit else "HEAD"


def step_hit(context: LintContext, step: Step, message: str, cure: str, severity: str = "", unsaid: str = "") -> Hit:
    """A hit on a step: on the card where it stands, else where it stood.

    A step that is not committed yet cannot have its reason yet: `unsaid` is the severity then, as for one of a
    squashed commit, whose reason stands in the pull request that was judged.
    """
    if (step.message is None or step.is_squashed) and unsaid:
        severity = unsaid
    card = context.board.find(step.card) or before_of(context, step.card)
    column = context.board.config.column(step.source or step.target or "")
    path = card.path if card is not None else f"{column.directory if column else '.'}/{step.card}.md"
    said = f"{message} ({step.commit[:10]})" if step.commit else message
    detail = f"{step.source or ''}→{step.target or ''}"
    return Hit(path, 1, 1, said, cure, card=step.card, key="", detail=detail, severity=severity)


def _direction(config: BoardConfig, source: Column, target: Column) -> str:
    return direction_of(Board(config, ()), source, target)


def _is_told(config: BoardConfig, step: Step) -> bool:
    """Whether the message tells moves, each by the rules, that lead from the step's source to its target."""
    reached, grew = {step.source}, True
    while grew and step.target not in reached:
        fair = {to for start, to in step.stages if start in reached and _is_fair(config, start, to)}
        grew = not fair <= reached
        reached |= fair
    return step.target in reached


def _is_fair(config: BoardConfig, start: str, to: str) -> bool:
    source, target = config.column(start), config.column(to)
    return source is not None and target is not None and _direction(config, source, target) in (FORWARD, CLOSE)
