"""`kanban sync`: take in what the others did, and share what you did, without breaking a rule behind anybody's back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import as_of_option, json_option
from kanban.commands.base.progress import TransferProgress
from kanban.commands.base.session import Session, emit_json, open_session
from kanban.commands.together.answers import answers_typed, ask, can_ask
from kanban.commands.together.meeting import synchronise
from kanban.commands.together.own_edits import commit_all_edits, commit_edits
from kanban.commands.together.sync_document import done_document, failed_document
from kanban.errors import KanbanError
from kanban.i18n import _, ngettext
from kanban.repository.git.branches import upstream_of
from kanban.repository.merge.adoption import UnsavedEdits

if TYPE_CHECKING:
    from kanban.commands.together.meeting import Outcome


@click.command(
    cls=Verb,
    examples=(
        "kanban sync              fetch, put your commits on top, check WIP, push",
        "kanban sync --dry-run    only say what would come and go",
        "kanban sync --no-push    take in the others' work, keep yours to yourself",
        "kanban sync --take acme-sso=won --take acme-sso.amount=theirs   answer beforehand",
        "kanban sync --remote git@example.org:sales/board.git   share it there from now on",
    ),
)
@click.option("--no-push", is_flag=True, default=False, help="Take in the others' work and share nothing yet.")
@click.option(
    "--merge",
    "by_merge",
    is_flag=True,
    default=False,
    help="Keep both lines of the past and join them (a merge), in place of putting yours on top.",
)
@click.option("--dry-run", is_flag=True, default=False, help="Fetch and tell, change nothing.")
@click.option(
    "--take",
    multiple=True,
    metavar="[CARD=]ANSWER",
    help="Answer beforehand: mine, theirs, or CARD=mine, CARD=COLUMN, CARD.FIELD=theirs, CARD=remove.",
)
@click.option("--remote", metavar="NAME|ADDRESS", default="", help="Where to share it from now on.")
@click.option(
    "--include-edits", is_flag=True, default=False, help="Commit first what you changed by hand, and share it."
)
@as_of_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    /,
    no_push: bool,
    by_merge: bool,
    dry_run: bool,
    take: tuple[str, ...],
    remote: str,
    include_edits: bool,
    as_of: str | None,
    as_json: bool,
) -> int:
    """Bring this board and the shared one together. Nothing is ever forced.

    Your commits go on top of the others'. A card that both sides changed is settled field by field, and every note is
    kept; what only you can decide is asked, or answered with --take. If a limit would be broken by the two together, or
    the server refuses, you are told whose cards meet and what to type, and everything stays as it was.
    """
    session = None
    try:
        session = open_session(context, as_of)
        if dry_run:
            session.try_out()
        with TransferProgress() as told:
            outcome = _synchronised(
                session,
                include_edits and not dry_run,
                told=told,
                pushing=not no_push,
                by_merge=by_merge,
                dry_run=dry_run,
                answers=answers_typed(take, session.config),
                ask=ask if can_ask(as_json) else None,
                remote=remote,
            )
    except KanbanError as error:
        if as_json:
            emit_json(failed_document(error, upstream_label(session) if session else "", dry_run=dry_run))
        raise
    if as_json:
        emit_json(done_document(outcome, pushing=not no_push, dry_run=dry_run))
    else:
        _tell(session, outcome, dry_run)
    return 0


def _synchronised(session: Session, include_edits: bool, **how: Any) -> Outcome:
    """Both sides brought together; with `include_edits`, what was changed by hand is committed first."""
    done: set[str] = set()
    if include_edits:
        commit_all_edits(session)
    while True:
        try:
            return synchronise(session, **how)
        except UnsavedEdits as error:
            if not include_edits or error.where in done:
                raise
            done.add(error.where)
            commit_edits(session, error.where)


def upstream_label(session: Session) -> str:
    """Where the board is shared, "" where it is not."""
    try:
        return upstream_of(session.repository).label
    except KanbanError:
        return ""


def _tell(session: Session, outcome: Outcome, dry_run: bool) -> None:
    for warning in outcome.warnings:
        click.echo(click.style(_("note:"), fg=130) + f" {warning}", err=True)
    head = _("would do: ") if dry_run else ""
    *news, last = lines_of(outcome, dry_run=dry_run)
    for line in news:
        click.echo(f"  {line}")
    click.echo(head + last if outcome.received or outcome.sent or outcome.begun else last)


def lines_of(outcome: Outcome, *, dry_run: bool = False) -> list[str]:
    """Who did what, a line each, and at the end how much came and went."""
    news = [_("{who}: {what}").format(who=who, what=what) if who else what for who, what in outcome.news]
    if not outcome.received and not outcome.sent and not outcome.begun:
        return [*news, _("up to date with {upstream}").format(upstream=outcome.upstream)]
    parts = []
    if outcome.received:
        text = ngettext("{count} change taken in", "{count} changes taken in", outcome.received)
        parts.append(text.format(count=outcome.received))
    if outcome.begun and not outcome.sent:
        parts.append(_("branch shared") if outcome.pushed or dry_run else _("branch not shared yet"))
    elif outcome.sent:
        text = _shared(outcome.sent) if outcome.pushed or dry_run else _kept_back(outcome.sent)
        parts.append(text.format(count=outcome.sent))
    return [*news, ", ".join(parts) + f" ({outcome.upstream})"]


def _shared(count: int) -> str:
    return ngettext("{count} change shared", "{count} changes shared", count)


def _kept_back(count: int) -> str:
    return ngettext("{count} change not shared yet", "{count} changes not shared yet", count)
