"""Micro-rules on disk: the ticket of a rule to try, and the decision after two weeks (D50)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kanban.commands.gesture import Gesture, WriteFlags, perform
from kanban.commands.session import Session
from kanban.errors import NotFound
from kanban.i18n import _
from kanban.model.board import Board
from kanban.rituals.tickets import FOLDER

if TYPE_CHECKING:
    from kanban.rituals.review import MicroRule

DECISIONS = ("keep", "adjust", "drop")


def start_trial(session: Session, rule: MicroRule) -> None:
    """Write the ticket of a micro-rule, in one commit."""
    from kanban.repository.publication import PathChange

    def plan(board: Board) -> Gesture:
        name = f"{rule.key}-{session.today.isoformat()}"
        texts = {"problem": rule.problem, "rule": rule.rule, "indicator": rule.indicator, "target": rule.target}
        # A JSON string is a double-quoted YAML scalar, whatever the text holds.
        lines = [f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in texts.items()]
        data = "\n".join(["---", *lines, f"start: {session.today.isoformat()}", "---", ""]).encode()
        path = f"{FOLDER}{name}.md"
        done = _("{path}: on trial for two weeks").format(path=path)
        return Gesture("review", f"experiments: {name}", (PathChange.created(path, data),), (done,))

    perform(session, plan, WriteFlags())


def decide_trial(session: Session, ticket: str, decision: str) -> None:
    """Write `keep`, `adjust` or `drop` on a ticket, in one commit."""
    from kanban.model.splice import set_field
    from kanban.repository.publication import PathChange

    path = f"{FOLDER}{ticket}.md"

    def plan(board: Board) -> Gesture:
        if path not in board.files:
            raise NotFound(_("there is no ticket {path}").format(path=path))
        edit = PathChange.edited(path, lambda data: set_field(data, "decision", decision))
        done = f"{ticket}: {decision}"
        return Gesture("review", f"experiments: {ticket} {decision}", (edit,), (done,))

    perform(session, plan, WriteFlags())
