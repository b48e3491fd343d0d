"""What software agents did on a board, and which rules each of their commits met or broke."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, TypedDict

from kanban.commands.base.session import Session
from kanban.commands.check.inputs import reading as sources
from kanban.commands.check.inputs.source import Source
from kanban.commands.check.judge import judged
from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.lint.report.view import sentence
from kanban.lint.rule import RANGE
from kanban.lint.selection import rule_named
from kanban.model.cards.board import Board
from kanban.model.history.hand_renames import with_former_columns
from kanban.model.settings.trusted import rules_before
from kanban.pull.agents import beyond
from kanban.pull.judgement import made_worse, next_action_lost
from kanban.repository.read.agents import AgentCommit
from kanban.schemas.fields import Count, Day


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a commit does not keep, by its name, and what is to be said of it."""

    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One commit of an agent, with what it broke."""

    made: AgentCommit
    breaches: tuple[Breach, ...]


class BreachRecord(TypedDict):
    """A rule that was not kept."""

    rule: str
    message: str


class DeedRecord(TypedDict):
    """One commit."""

    commit: str
    day: Day
    agent: str
    on_behalf_of: str | None
    verb: Annotated[str | None, "The gesture; null for a commit that no gesture made."]
    subject: str
    breaches: list[BreachRecord]


class AgentsCheckDocument(TypedDict):
    """What agents did, oldest first."""

    schema: Literal["kanban-agents-check/1"]
    gestures: Count
    breaches: Count
    deeds: list[DeedRecord]


def document(deeds: tuple[Deed, ...]) -> AgentsCheckDocument:
    """The deeds as data."""
    return {
        "schema": "kanban-agents-check/1",
        "gestures": len(deeds),
        "breaches": sum(len(deed.breaches) for deed in deeds),
        "deeds": [_record(deed) for deed in deeds],
    }


def _record(deed: Deed) -> DeedRecord:
    made = deed.made
    return {
        "commit": made.commit,
        "day": made.day.isoformat(),
        "agent": made.agent,
        "on_behalf_of": made.person or None,
        "verb": made.verb or None,
        "subject": made.subject,
        "breaches": [{"rule": one.rule, "message": one.message} for one in deed.breaches],
    }


def judged_deed(session: Session, made: AgentCommit) -> Deed:
    """The commit, judged by the rules of the board that stood before it."""
    return Deed(made, tuple(dict.fromkeys(_breaches(session, made))))


def _breaches(session: Session, made: AgentCommit) -> Iterator[Breach]:
    if not made.person:
        yield Breach("on-behalf-of", _("it does not say for whom: no `On-behalf-of:`"))
    for override in made.overrides:
        yield Breach("force", _("it passed over a rule, which no agent may: {override}").format(override=override))
    if made.parent is None:
        return
    try:
        source = sources.since(session, made.parent, made.commit)
    except KanbanError as error:
        yield Breach("unreadable", error.message)
        return
    for finding in judged(source).report.findings:
        rule = rule_named(finding.code)
        if rule is not None and rule.scope == RANGE and finding.severity == "error":
            yield Breach(finding.name, sentence(finding))
    yield from _of_change(source, made.day)


def _of_change(source: Source, day: date) -> Iterator[Breach]:
    """What the commit may not touch, and what the board breaks after it that it did not before."""
    before, after = source.base, source.board
    if before is None:
        return
    for reason in beyond(before, after, before.config.agents):
        yield Breach("agents", reason)
    under = Board(rules_before(before.config, with_former_columns(before, after)), after.cards, files=after.files)
    for card in next_action_lost(before, after):
        yield Breach("next-action", _("{card} has no dated next action any more").format(card=card.id))
    for worse in made_worse(before, under, day):
        if worse.hard:
            yield Breach(worse.rule, worse.message)
