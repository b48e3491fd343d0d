"""Gestures on the card that is open, as actions of the editor: each runs its verb, under the board's rules."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from shlex import quote

from lsprotocol.types import CodeAction, CodeActionDisabled, CodeActionKind, Command, WorkspaceEdit

from kanban.editors.draft import Draft
from kanban.editors.fixes import edits_between
from kanban.errors import EditConflict
from kanban.gestures.base.typed import edit_of
from kanban.i18n import _
from kanban.i18n.formats import format_clauses
from kanban.model.cards.card import Card
from kanban.model.settings.columns import Column
from kanban.pull.contact import most_touches, touches_of, ways_left
from kanban.pull.moves import Verdict, judge, next_column
from kanban.pull.readiness import lacking_to_enter, lacking_to_leave

COMMAND = "kanban.gesture"
"""The command that the server runs: the file's URI, then the verb's words."""
ASK = "kanban.ask"
"""A command of an editor that asks a person for words: the file's URI, the verb, and the names of its options."""
_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Done:
    """What a verb said. `code` is its exit code."""

    code: int
    said: str


def gestures(draft: Draft, *, asks: bool) -> Iterator[CodeAction]:
    """The gestures that fit the card; one that the board refuses is shown with the reasons. `asks`: see `ASK`."""
    card, board = draft.card, draft.board
    if card is None or board.find(card.id) is None:
        return
    if not draft.is_saved:
        yield CodeAction(
            _("Gestures on this card"),
            kind=CodeActionKind.Refactor,
            disabled=CodeActionDisabled(_("save the file first: gestures take what is saved")),
        )
        return
    if not board.is_open(card):
        yield _action(draft, _("Reopen…"), ["reopen", card.id], ["--reason"], asks=asks)
        return
    yield from _moves(draft, card)
    yield from _ticks(draft, card)
    yield from _red_label(draft, card, asks=asks)
    yield from _contacts(draft, card, asks=asks)


def _moves(draft: Draft, card: Card) -> Iterator[CodeAction]:
    """Into the next column, and into each exit."""
    board, config = draft.board, draft.board.config
    target = next_column(board, card)
    if target is not None and target.is_open:
        title = _("Move to {column}").format(column=target.title)
        yield _judged(draft, card, target, title, ["move", card.id, target.key])
    for column in config.exits("won")[:1]:
        yield _judged(draft, card, column, _("Record as won"), ["win", card.id])
    for column in config.exits("parked")[:1]:
        yield _judged(draft, card, column, _("Park in {column}").format(column=column.title), ["park", card.id])
    if config.exits("lost"):
        for reason in config.lost_reasons:
            yield _action(draft, _("Lost: {reason}").format(reason=_(reason)), ["lose", card.id, "--reason", reason])


def _judged(draft: Draft, card: Card, target: Column, title: str, words: list[str]) -> CodeAction:
    verdict = judge(draft.board, card, target, today=draft.desk.today)
    action = _action(draft, title, words)
    if verdict.refusals:
        action.disabled = CodeActionDisabled(refusal(verdict))
    return action


def refusal(verdict: Verdict) -> str:
    """All reasons against a move, each with its cure."""
    return format_clauses([f"{one.message} → {one.cure}" for one in verdict.refusals])


def _ticks(draft: Draft, card: Card) -> Iterator[CodeAction]:
    """The lines of the Definitions that the next step asks for and that nobody has ticked."""
    target, source = next_column(draft.board, card), draft.board.column_of(card)
    lacks = list(lacking_to_leave(card, source))
    if target is not None:
        lacks += lacking_to_enter(card, target, today=draft.desk.today, source=source)
    asked = {lack.requirement.id: lack.requirement.text for lack in lacks if lack.key in ("dor", "dod")}
    for tick, label in asked.items():
        yield _action(draft, _("Tick: {label}").format(label=label), ["tick", card.id, tick])


def _red_label(draft: Draft, card: Card, *, asks: bool) -> Iterator[CodeAction]:
    if card.block is not None:
        yield _action(draft, _("Unblock"), ["unblock", card.id])
    elif asks:
        yield _action(draft, _("Block…"), ["block", card.id], ["--cause", "--next", "--who"], asks=True)
    else:
        edit = _block_lines(draft, card)
        if edit is not None:
            yield CodeAction(_("Block: write the red label"), kind=CodeActionKind.Refactor, edit=edit)


def _block_lines(draft: Draft, card: Card) -> WorkspaceEdit | None:
    """The label's lines to be filled in, where the editor cannot ask; None where the card cannot take them."""
    values = {
        "blocked_since": draft.desk.today.isoformat(),
        "blocked_cause": "…",
        "blocked_next": "…",
        "blocked_owner": card.owner or "…",
    }
    try:
        after = edit_of(dict(values))(draft.data)
    except EditConflict:
        return None
    return WorkspaceEdit(changes={draft.uri: edits_between(draft.text, after)})


def _contacts(draft: Draft, card: Card, *, asks: bool) -> Iterator[CodeAction]:
    if touches_of(card) < most_touches(draft.board.config):
        for way in ways_left(card):
            yield _action(draft, _("Touch: {channel}").format(channel=_(way)), ["touch", card.id, way])
    if asks:
        yield _action(draft, _("Note a call…"), ["note", card.id], ["TEXT", "--next", "--on"], asks=True)


def _action(
    draft: Draft, title: str, words: Sequence[str], options: Sequence[str] = (), *, asks: bool = False
) -> CodeAction:
    arguments = [draft.uri, *words] if not options else [draft.uri, list(words), list(options)]
    command = Command(title, ASK if options else COMMAND, arguments=arguments)
    disabled = None
    if options and not asks:
        disabled = CodeActionDisabled(
            _("type it: {command}").format(command="kanban " + " ".join(map(quote, (*words, *options))))
        )
    return CodeAction(title, kind=CodeActionKind.Refactor, command=command, disabled=disabled)


async def make(folder: str, words: Sequence[str], language: str | None, as_of: str | None) -> Done:
    """Run a verb in a process of its own, on nobody's terminal: what it prints must not reach the editor's pipe."""
    spoken = ["--lang", language] if language else []
    dated = {"KANBAN_AS_OF": as_of} if as_of else {}
    environment = os.environ | {"NO_COLOR": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": "false"} | dated
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-P", "-m", "kanban", "-C", folder, *spoken, *words),
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, err = await asyncio.wait_for(process.communicate(), _SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
        return Done(2, _("stopped after {count} seconds").format(count=_SECONDS))
    said = (err + out) if process.returncode else (out + err)
    return Done(process.returncode or 0, said.decode("utf-8", "replace").strip())
