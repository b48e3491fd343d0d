"""How every verb that changes cards ends: one plan made under the repository's lock, one commit, one answer.

A verb gives a function from the freshly read board to a `Gesture`. It may raise `Refused`; then nothing has happened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kanban.commands.base.edits import Edit
from kanban.commands.base.session import Session, emit_json
from kanban.commands.output.console import safe
from kanban.i18n import _
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.repository.write.message import commit_message
from kanban.repository.write.publication import PathChange, Publication, Published
from kanban.repository.write.writing import publish

if TYPE_CHECKING:
    from kanban.repository.write.publication import PathChange, Published

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Gesture:
    """What a verb wants done. Paths are relative to the board.

    `subject` is made of ids and column keys only, never of card text; `done` is what the user is told afterwards.
    """

    verb: str
    subject: str
    changes: tuple[PathChange, ...]
    done: tuple[str, ...]
    trailers: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    document: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WriteFlags:
    """The options that every writing verb shares."""

    no_commit: bool = False
    dry_run: bool = False
    include_edits: bool = False
    as_json: bool = False


def write_options(function: F) -> F:
    """`--no-commit`, `--dry-run`, `--include-edits`, `--json`; the verb receives them as its argument `flags`."""

    def with_flags(
        *args: Any, no_commit: bool, dry_run: bool, include_edits: bool, as_json: bool, **kwargs: Any
    ) -> Any:
        return function(*args, flags=WriteFlags(no_commit, dry_run, include_edits, as_json), **kwargs)

    wrapped: Any = update_wrapper(with_flags, function)
    for decorate in (
        click.option("--json", "as_json", is_flag=True, default=False, help="Answer as JSON."),
        click.option(
            "--include-edits",
            is_flag=True,
            default=False,
            help="Commit your unsaved-to-git edits of the card along with it.",
        ),
        click.option("--dry-run", is_flag=True, default=False, help="Check everything, change nothing."),
        click.option("--no-commit", is_flag=True, default=False, help="Stage the change, do not commit it."),
    ):
        wrapped = decorate(wrapped)
    found: F = wrapped
    return found


class _NothingToChangeError(Exception):
    """Leaves the lock when the plan turns out to change nothing."""


def perform(session: Session, plan: Callable[[Board], Gesture], flags: WriteFlags) -> Gesture:
    """Make the plan under the lock, publish it, and tell the user. Returns the gesture that was performed."""
    made: list[Gesture] = []

    def planned() -> Publication:
        made.clear()
        gesture = plan(session.read_board())
        made.append(gesture)
        if not gesture.changes:
            raise _NothingToChangeError
        trailers = [*gesture.trailers, ("Kanban", gesture.verb)]
        changes = tuple(_in_repository(session, change) for change in gesture.changes)
        return Publication(changes, commit_message(gesture.subject, "", trailers))

    try:
        published = publish(
            session.repository,
            planned,
            commit=not flags.no_commit,
            dry_run=flags.dry_run,
            include_edits=flags.include_edits,
        )
    except _NothingToChangeError:
        published = Published(None, (), dry_run=flags.dry_run)
    _tell(made[-1], published, flags)
    return made[-1]


def _in_repository(session: Session, change: PathChange) -> PathChange:
    prefix = session.prefix
    old = change.moved_from
    return replace(change, path=prefix + change.path, moved_from=prefix + old if old is not None else None)


def _tell(gesture: Gesture, published: Published, flags: WriteFlags) -> None:
    for warning in gesture.warnings:
        click.echo(click.style(_("note:"), fg="yellow") + f" {safe(warning)}", err=True)
    if published.recovered:
        click.echo(_("note:") + f" {safe(published.recovered)}", err=True)
    for path in published.carried:
        said = _("your uncommitted edits of {path} stay uncommitted; `--include-edits` commits them too")
        click.echo(_("note:") + " " + safe(said.format(path=path)), err=True)
    if flags.as_json:
        emit_json(
            {
                "schema": f"kanban-{gesture.verb}/1",
                **gesture.document,
                "commit": published.commit,
                "staged": published.staged,
                "dry_run": flags.dry_run,
                "paths": list(published.paths),
                "carried": list(published.carried),
                "warnings": list(gesture.warnings),
            }
        )
        return
    if published.commit is None and not flags.dry_run and not published.staged:
        click.echo(_("nothing to change"))
        return
    for line in gesture.done:
        click.echo((_("would do: ") if flags.dry_run else "") + safe(line))
    if published.staged:
        click.echo(_("staged, not committed"))


def card_trailers(
    card: str, source: str = "", target: str = "", overrides: Sequence[str] = ()
) -> tuple[tuple[str, str], ...]:
    """The trailers of a commit about one card."""
    found = [("Card", card)]
    if source:
        found.append(("From", source))
    if target:
        found.append(("To", target))
    return (*found, *(("Override", override) for override in overrides))


def path_in(card: Card, folder: str) -> str:
    """Where the card's file goes in another column's folder."""
    return f"{folder}/{card.id}.md"


def card_gesture(
    verb: str, card: Card, edit: Edit, done: str, *, warnings: tuple[str, ...] = (), **document: Any
) -> Gesture:
    """A gesture that edits the card where it stands. The subject names the card and the verb, nothing of its text."""
    return Gesture(
        verb,
        f"{card.id}: {verb}",
        (PathChange.edited(card.path, edit),),
        (done,),
        card_trailers(card.id),
        warnings,
        {"card": card.id, **document},
    )
