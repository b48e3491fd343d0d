"""`kanban sync`: take in what the others did, and share what you did, without breaking a rule behind anybody's back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import as_of_option, json_option
from kanban.commands.base.progress import TransferProgress
from kanban.commands.base.session import Session, emit_json, open_session
from kanban.commands.together.answers import Unanswered, answered_by, answers_typed, ask, can_ask
from kanban.commands.together.meeting import synchronise
from kanban.i18n import _, ngettext
from kanban.repository.git.remote import upstream_of
from kanban.schemas.fields import Count

if TYPE_CHECKING:
    from kanban.commands.together.meeting import Outcome


@dataclass(frozen=True, slots=True)
class News:
    """What one of the others did; `who` is "" where it is not known."""

    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question, as it is typed and as it is told."""

    answer: str
    label: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What nobody but a person can decide; `--take NAME=ANSWER` decides it."""

    card: str
    name: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class SyncDocument:
    """What came and went; `before` and `after` are commits."""

    schema: Literal["kanban-sync/1"]
    upstream: str
    before: str
    after: str
    received: Count
    sent: Count
    pushed: bool
    news: tuple[News, ...]
    warnings: tuple[str, ...]
    dry_run: bool


@dataclass(frozen=True, slots=True)
class QuestionsDocument:
    """What stands between the two boards: with questions open, nothing is changed."""

    schema: Literal["kanban-sync/1"]
    upstream: str
    questions: tuple[Asked, ...]
    dry_run: bool


@click.command(
    cls=Verb,
    examples=(
        "kanban sync              fetch, put your commits on top, check WIP, push",
        "kanban sync --dry-run    only say what would come and go",
        "kanban sync --no-push    take in the others' work, keep yours to yourself",
        "kanban sync --take acme-sso=won --take acme-sso.amount=theirs   answer beforehand",
    ),
)
@click.option("--no-push", is_flag=True, default=False, help="Do not push.")
@click.option("--merge", "by_merge", is_flag=True, default=False, help="Make a merge commit instead of rebasing.")
@click.option("--dry-run", is_flag=True, default=False, help="Fetch and tell, change nothing.")
@click.option(
    "--take",
    multiple=True,
    metavar="[CARD=]ANSWER",
    help="Answer beforehand: mine, theirs, or CARD=mine, CARD=COLUMN, CARD.FIELD=theirs, CARD=remove.",
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
    as_of: str | None,
    as_json: bool,
) -> int:
    """Bring this board and the shared one together. Nothing is ever forced.

    Your commits go on top of the others'. A card that both sides changed is settled field by field, and every note is
    kept; what only you can decide is asked, or answered with --take. If a limit would be broken by the two together, or
    the server refuses, you are told whose cards meet and what to type, and everything stays as it was.
    """
    session = open_session(context, as_of)
    if dry_run:
        session.try_out()
    try:
        with TransferProgress() as told:
            outcome = synchronise(
                session,
                told,
                pushing=not no_push,
                by_merge=by_merge,
                dry_run=dry_run,
                answers=answers_typed(take, session.config),
                ask=ask if can_ask(as_json) else None,
            )
    except Unanswered as open_ones:
        if as_json:
            emit_json(_questions(session, open_ones, dry_run))
        raise
    if as_json:
        emit_json(_document(outcome, dry_run))
    else:
        _tell(session, outcome, dry_run)
    return 0


def _document(outcome: Outcome, dry_run: bool) -> SyncDocument:
    return SyncDocument(
        "kanban-sync/1", outcome.upstream, outcome.before, outcome.after, outcome.received, outcome.sent,
        outcome.pushed, tuple(News(*one) for one in outcome.news), tuple(outcome.warnings), dry_run,
    )  # fmt: skip


def _questions(session: Session, asked: Unanswered, dry_run: bool) -> QuestionsDocument:
    found = tuple(
        Asked(one.card, answered_by(one), one.text, tuple(Choice(*choice) for choice in one.choices))
        for one in asked.questions
    )
    return QuestionsDocument("kanban-sync/1", upstream_of(session.repository).label, found, dry_run)


def _tell(session: Session, outcome: Outcome, dry_run: bool) -> None:
    for warning in outcome.warnings:
        click.echo(click.style(_("note:"), fg=130) + f" {warning}", err=True)
    head = _("would do: ") if dry_run else ""
    *news, last = lines_of(outcome, dry_run=dry_run)
    for line in news:
        click.echo(f"  {line}")
    click.echo(head + last if outcome.received or outcome.sent else last)


def lines_of(outcome: Outcome, *, dry_run: bool = False) -> list[str]:
    """Who did what, a line each, and at the end how much came and went."""
    news = [f"{who}: {what}" if who else what for who, what in outcome.news]
    if not outcome.received and not outcome.sent:
        return [*news, _("up to date with {upstream}").format(upstream=outcome.upstream)]
    parts = []
    if outcome.received:
        text = ngettext("{count} commit taken in", "{count} commits taken in", outcome.received)
        parts.append(text.format(count=outcome.received))
    if outcome.sent:
        text = _shared(outcome.sent) if outcome.pushed or dry_run else _kept_back(outcome.sent)
        parts.append(text.format(count=outcome.sent))
    return [*news, ", ".join(parts) + f" ({outcome.upstream})"]


def _shared(count: int) -> str:
    return ngettext("{count} commit shared", "{count} commits shared", count)


def _kept_back(count: int) -> str:
    return ngettext("{count} commit not shared yet", "{count} commits not shared yet", count)
