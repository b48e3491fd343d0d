"""Where `kanban lint` reads the board or boards from: what was named, or what a hook is told."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kanban.commands.check.inputs import reading as sources
from kanban.commands.check.inputs.source import board_root
from kanban.errors import Ambiguous, KanbanError
from kanban.i18n import _
from kanban.lint.rule import PAST
from kanban.lint.selection import Selection
from kanban.model.cards.boardfile import BoardFile
from kanban.repository.git.repository import Repository
from kanban.repository.read.boards import INDEX, find_board_in_tree, has_board
from kanban.repository.read.pushed_commits import Update, known_old, pushed, received
from kanban.repository.write.user_hooks import MESSAGE

if TYPE_CHECKING:
    from kanban.commands.base.session import Session
    from kanban.commands.check.inputs.source import Source
    from kanban.commands.check.wanted import Wanted
    from kanban.model.settings.board_yml import BoardConfig

LINE_BY_LINE = ("full", "concise", "grouped", "github", "jsonl")
"""Formats in which one answer may follow another: several boards, or several branches."""


def sources_of(session: Session, wanted: Wanted) -> Iterator[Source]:
    """The board or boards to check: a push may bring several branches, a repository hold several boards."""
    if wanted.pre_receive or wanted.pre_push:
        yield from _pushed(session, wanted)
    elif wanted.staged or wanted.commit_msg:
        yield from _staged(session, wanted)
    elif wanted.rev:
        for _folder in _boards(session, wanted, wanted.rev):
            yield sources.at_revision(session, wanted.rev)
    elif wanted.commit_range:
        for _folder in _boards(session, wanted, sources.end_of(wanted.commit_range)):
            yield sources.of_range(session, wanted.commit_range)
    elif wanted.merge_with:
        for _folder in _boards(session, wanted, "HEAD"):
            yield sources.merged_with(session, wanted.merge_with)
    elif wanted.merge_into:
        for _folder in _boards(session, wanted, "HEAD"):
            yield sources.merged_into(session, wanted.merge_into)
    else:
        yield _on_disk(session, wanted)


def _boards(session: Session, wanted: Wanted, revision: str) -> Iterator[str | None]:
    """The folders of the boards meant, each in turn the one that the session reads: at the top of a repository all."""
    found: tuple[str | None, ...] = (None,)
    try:
        find_board_in_tree(session.surrounding, revision, session.surrounding.place.prefix)
    except Ambiguous as error:
        found = error.candidates if wanted.output_format in LINE_BY_LINE else found
    except KanbanError:
        pass  # whoever reads it says what is wrong
    for folder in found:
        session.board_folder = folder
        yield folder


def _staged(session: Session, wanted: Wanted) -> Iterator[Source]:
    """The index; of `pre-commit run --from-ref A --to-ref B`, what B has and A has not."""
    if wanted.changed_only and not wanted.commit_msg and (told := _told_range()):
        start, end = (session.surrounding.resolve(name) for name in told)
        for _folder in _boards(session, wanted, end):
            yield sources.since(session, start, end)
    elif not (wanted.changed_only or wanted.commit_msg) or _concerns_a_board(session):
        for _folder in _boards(session, wanted, INDEX):
            yield sources.staged(session, _message(wanted.commit_msg))


def _told_range() -> tuple[str, str] | None:
    names = [os.environ.get(f"PRE_COMMIT_{end}_REF", "") for end in ("FROM", "TO")]
    return (names[0], names[1]) if all(names) else None


def _pushed(session: Session, wanted: Wanted) -> Iterator[Source]:
    from kanban.commands.check.inputs.refs import refused_or_told

    told = "PRE_COMMIT" in os.environ and not wanted.pre_receive
    lines = [] if told else sys.stdin.read().splitlines()
    updates = received(lines) if wanted.pre_receive else pushed(lines)
    if told and not updates:
        head = session.surrounding.head()
        updates = (Update("", None, head),) if head else ()
    for update in updates:
        note = refused_or_told(session.surrounding, update) if wanted.pre_receive else ""
        if note:
            click.echo(note, err=True)
        if update.is_branch and update.new is not None and _concerns_a_board(session, update):
            for _folder in _boards(session, wanted, update.new):
                yield sources.pushed(session, update, server=wanted.pre_receive)


def _concerns_a_board(session: Session, update: Update | None = None) -> bool:
    """Whether there is any board after a push, or in the index, or was one before: a branch may hold other things."""
    here = Path(os.path.abspath(session.settings.directory))
    there = next(folder for folder in (here, *here.parents) if folder.is_dir())  # the branch may not have the folder
    repository = session.surrounding if there == here else Repository.find(there)
    sides = (INDEX, repository.head()) if update is None else (update.new, known_old(repository, update))
    return any(has_board(repository, side) for side in sides if side)


def _on_disk(session: Session, wanted: Wanted) -> Source:
    start = Path(session.settings.directory)
    if not wanted.stdin_filename:
        return sources.folder(session, board_root(start, wanted.paths), asks_past=partial(_asks_past, wanted))
    file = start / wanted.stdin_filename
    root = board_root(file.parent if file.parent.is_dir() else start, ())
    path = Path(os.path.abspath(file)).relative_to(os.path.abspath(root)).as_posix()
    return sources.folder(session, root, BoardFile(path, sys.stdin.buffer.read()))


def _asks_past(wanted: Wanted, config: BoardConfig) -> bool:
    """Whether all of the board is judged, and by rules that ask for its past."""
    if wanted.paths or wanted.select:
        return False
    declared = Selection.known(config.lint.select, config.lint.ignore, {})
    chosen = Selection(declared.select, (*declared.ignore, *wanted.ignore), wanted.extend_select).rules()
    return any(not PAST.isdisjoint(rule.needs) for rule in chosen)


def _message(path: str | None) -> str | None:
    """The commit message in a file, without git's comment lines; else what our own writing verbs tell their hooks."""
    if path is None:
        return os.environ.get(MESSAGE) or None
    try:
        text = Path(path).read_text("utf-8", "replace")
    except OSError as error:
        raise KanbanError(_("the commit message cannot be read: {reason}").format(reason=error.strerror)) from error
    scissors = text.split("\n# ------------------------ >8 ------------------------", 1)[0]
    return "\n".join(line for line in scissors.splitlines() if not line.startswith("#"))
