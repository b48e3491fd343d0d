"""`kanban undo`: the last thing kanban committed, taken back by a new commit."""

import click

from kanban.commands.base.entry import Verb
from kanban.commands.base.options import json_option
from kanban.commands.base.session import emit_json, open_session
from kanban.i18n import _
from kanban.repository.write.undo import last_gesture, undo


@click.command(cls=Verb, examples=("kanban undo", "kanban undo --dry-run   only say what it would take back"))
@click.option("--dry-run", is_flag=True, default=False, help="Only say what would be undone.")
@json_option
@click.pass_context
def command(context: click.Context, /, dry_run: bool, as_json: bool) -> None:
    """Take back the last commit that a kanban command made on this branch. Repeat it to go further back.

    Nothing is rewritten: a new commit puts the files back. Refused when they were changed since.
    """
    session = open_session(context)
    gesture = last_gesture(session.repository)
    published = undo(session.repository, dry_run=dry_run)
    if as_json:
        emit_json(
            {
                "schema": "kanban-undo/1",
                "undone": gesture.commit,
                "verb": gesture.verb,
                "cards": list(gesture.cards),
                "commit": published.commit,
                "paths": list(published.paths),
                "dry_run": dry_run,
            }
        )
        return
    text = _("would undo: {subject}") if dry_run else _("undone: {subject}")
    click.echo(text.format(subject=gesture.subject))
