"""How every verb that changes cards ends: one gesture made under the repository's lock, one commit, one answer."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Annotated, Concatenate, ParamSpec

import click

from kanban.again.files import FILES
from kanban.commands.base.calling.asides import aside
from kanban.commands.base.calling.options import WriteFlags
from kanban.commands.base.session import Session, emit_json
from kanban.errors import Refused
from kanban.gestures.base.change import PathChange
from kanban.gestures.base.gesture import Gesture, Told
from kanban.gestures.base.judged import board_after
from kanban.gestures.base.situation import Situation
from kanban.i18n import _
from kanban.model.settings.policies import Agents
from kanban.paper.plain import safe
from kanban.pull.agents import beyond
from kanban.repository.write.message import AGENT_MAY, commit_message
from kanban.repository.write.paths.following import remove_empty_folders
from kanban.repository.write.publication import Publication, Published
from kanban.repository.write.writing import writing
from kanban.schemas.fields import Filled

W = ParamSpec("W")


class GestureDocument(Told):
    """What a verb that writes prints as data: what it did to which cards, and what was committed."""

    schema: Annotated[Filled, "kanban-VERB/1"]
    commit: Annotated[str | None, "null where nothing changed, and where nothing was to be committed"]
    staged: Annotated[bool, "whether the changes stand in git's index, not committed"]
    dry_run: bool
    paths: Annotated[list[str], "the files that changed, from the repository's folder"]
    carried: Annotated[list[str], "files whose uncommitted edits of yours stay uncommitted"]
    warnings: list[str]


def perform(
    session: Session,
    flags: WriteFlags,
    gesture: Callable[Concatenate[Situation, W], Gesture],
    *none: W.args,
    **words: W.kwargs,
) -> Gesture:
    """Carry the gesture out and tell the user on the terminal; returns what was made."""
    made, published = carry_out(session, flags, gesture, *none, **words)
    tell(made, published, flags)
    return made


def carry_out(
    session: Session,
    flags: WriteFlags,
    gesture: Callable[Concatenate[Situation, W], Gesture],
    *none: W.args,
    **words: W.kwargs,
) -> tuple[Gesture, Published]:
    """Lock, read the board afresh, make the gesture, publish it: the one way in which every hand changes a board.

    Returns what was made, for the hand to tell. When the gesture raises, `Refused` for one, nothing has happened.
    """
    with writing(
        session.repository,
        commit=not flags.no_commit,
        dry_run=flags.dry_run,
        include_edits=flags.include_edits,
    ) as moment:
        for _attempt in moment.attempts():
            at = session.situation()
            made = gesture(at, *none, **words)
            _refuse_agent(at, made)
            if made.changes:
                moment.publish(replace(publication_of(made, session.prefix), authored=session.authored))
                gone = (one.source for one in made.changes if one.is_removal or one.moved_from is not None)
                remove_empty_folders(session.root, (path for path in gone if path.startswith(f"{FILES}/")))
    return made, moment.published


def _refuse_agent(at: Situation, made: Gesture) -> None:
    """Raise Refused when a software agent makes a gesture that touches what it may not."""
    told = os.environ.get(AGENT_MAY)
    if not told:
        return
    may = json.loads(told)
    allowed = Agents(columns=tuple(may["columns"]), fields=tuple(may["fields"]))
    reasons = beyond(at.board, board_after(at, made.changes), allowed)
    if reasons:
        raise Refused(_("{verb}: not for an agent").format(verb=made.verb), list(reasons))


def publication_of(made: Gesture, prefix: str) -> Publication:
    """One commit of the gesture, for a board whose folder in the repository is `prefix`."""
    changes = tuple(_in_repository(prefix, change) for change in made.changes)
    return Publication(changes, commit_message(made.subject, "", [*made.trailers, ("Kanban", made.verb)]))


def _in_repository(prefix: str, change: PathChange) -> PathChange:
    old = change.moved_from
    return replace(change, path=prefix + change.path, moved_from=prefix + old if old is not None else None)


def beside(published: Published) -> Iterator[str]:
    """What a person is told of the write itself, beside what was done: put right first, or left as it was."""
    if published.recovered:
        yield published.recovered
    if published.rest:
        yield published.rest
    for path in published.carried:
        said = _("your uncommitted edits of {path} stay uncommitted; `--include-edits` commits them too")
        yield said.format(path=path)


def tell_beside(published: Published) -> None:
    """Say it on standard error."""
    for line in beside(published):
        aside(line, _("note:"))


def tell(gesture: Gesture, published: Published, flags: WriteFlags) -> None:
    """Say what was done, or would be: warnings first, on standard error."""
    for warning in gesture.warnings:
        aside(warning, _("note:"), 130)
    tell_beside(published)
    for reason in gesture.refused:
        aside(reason, _("left out:"), 130)
    if flags.as_json:
        document: GestureDocument = {
            "schema": f"kanban-{gesture.verb}/1",
            **gesture.document,
            "commit": published.commit,
            "staged": published.staged,
            "dry_run": flags.dry_run,
            "paths": list(published.paths),
            "carried": list(published.carried),
            "warnings": list(gesture.warnings),
        }
        emit_json(document)
        return
    if published.commit is None and not flags.dry_run and not published.staged:
        click.echo(_("nothing to change"))
        return
    for line in gesture.done:
        click.echo((_("would do: ") if flags.dry_run else "") + safe(line))
    if published.staged:
        click.echo(_("staged, not committed"))
