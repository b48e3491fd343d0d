"""`kanban next`: what to do now, finishing before starting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kanban.commands.base.calling.completed_names import OWNER, say_unknown_owner
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import as_of_option, json_option, known_option
from kanban.commands.base.day_shown import board_of, clocks_of
from kanban.commands.base.session import emit_json, open_session
from kanban.commands.output.card_json import card_json
from kanban.commands.output.console import hanging
from kanban.i18n import _, ngettext
from kanban.model.cards.board import plain
from kanban.paper.plain import safe
from kanban.pull.ranking import pullable, tasks

if TYPE_CHECKING:
    from kanban.commands.output.card_records import NextDocument, TaskRecord


@click.command(
    cls=Verb,
    examples=("kanban next                what the team does now", "kanban next --owner Zoé -n 5"),
)
@click.option("-o", "--owner", default=None, type=OWNER, help="Only this owner's cards.")
@click.option("-n", "--count", type=click.IntRange(1), default=None, help="At most so many.")
@as_of_option
@known_option
@json_option
@click.pass_context
def command(
    context: click.Context, /, owner: str | None, count: int | None, as_of: str | None, known: bool, as_json: bool
) -> None:
    """Rank what to do now: class of service, right to left, the most overdue first; then what may be pulled."""
    session = open_session(context, as_of, known=known)
    board, today = board_of(session), session.today
    say_unknown_owner(board, owner)
    clocks = clocks_of(session, board.open_cards)
    idle = {card: found.idle_days for card, found in clocks.items()}
    standing = {card: found.column_days for card, found in clocks.items()}
    found = tasks(board, today, idle_days=idle, column_days=standing)
    if owner is not None:
        found = tuple(task for task in found if plain(task.card.owner) == plain(owner))
    shown = found[:count]
    pulls = {}
    for target in reversed(board.config.open_columns):
        ready, _lacking = pullable(board, target, today, column_days=standing, idle_days=idle)
        pulls[target.key] = [verdict.card.id for verdict in ready]
    if as_json:
        rows: list[TaskRecord] = [
            {**card_json(board, task.card, clocks.get(task.card.id)), "why": list(task.why)} for task in shown
        ]
        document: NextDocument = {
            "schema": "kanban-next/1",
            "as_of": today.isoformat(),
            "tasks": rows,
            "pull": pulls,
        }
        emit_json(document)
        return

    if not found:
        click.echo(_("nothing is due: pull or look for new prospects"))
    for number, task in enumerate(shown, 1):
        head = f"{number:>2}. " + click.style(safe(task.card.id), bold=True)
        click.echo(
            f"{head}  {safe(task.card.label)} · {task.column.title}"
            + (f" · {safe(task.card.owner)}" if task.card.owner else "")
        )
        for concern in task.concerns:
            text = safe(concern.text)
            click.echo("      " + (click.style(text, fg="red", bold=True) if concern.light == "red" else text))
        for cure in task.cures:
            click.echo(click.style(f"      → {safe(cure)}", dim=True))
    if len(found) > len(shown):
        rest = len(found) - len(shown)
        click.echo(ngettext("and {count} more", "and {count} more", rest).format(count=rest))
    for key, ids in pulls.items():
        column = board.config.column(key)
        if ids and column is not None:
            said = _("may be pulled into {column}: {ids}").format(column=column.title, ids=safe(", ".join(ids)))
            click.echo(hanging(said, rest="  "))
