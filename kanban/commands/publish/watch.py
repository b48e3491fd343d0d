"""`kanban watch`: what changes on the board, told while it happens, with what the linter finds in it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal, TypedDict

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.errors_said import tell
from kanban.commands.base.calling.invocation import settings_of
from kanban.commands.base.calling.options import as_of_option, json_option
from kanban.commands.base.ledger import clocks_read
from kanban.commands.base.session import open_session
from kanban.commands.check.judge import judged_file
from kanban.commands.output.printing import paint
from kanban.commands.publish.followed import Followed
from kanban.errors import KanbanError, NotARepository
from kanban.folder.watching import Watch
from kanban.i18n import _
from kanban.i18n.formats import format_clauses
from kanban.lint.engine import Report
from kanban.lint.report.document import FindingRecord, finding_json
from kanban.lint.report.view import View, sentence
from kanban.model.history.edits import Edit
from kanban.model.history.events import ChangeRecord, Kind
from kanban.paper.plain import printable, safe
from kanban.repository.read.pushed_commits import messages_of
from kanban.schemas.fields import Moment
from kanban.schemas.writing import to_json

if TYPE_CHECKING:
    from pathlib import Path

    from kanban.folder.watching import Change
    from kanban.repository.git.repository import Repository
    from kanban.review.comparison import Pair


_Places = TypedDict(
    "_Places",
    {
        "from": Annotated[str | None, "column key; null for a card that was not there"],
        "to": Annotated[str | None, "column key; null for a card that is gone"],
    },
)


class CardRecord(_Places):
    """One card that is not as it was."""

    schema: Literal["kanban-watch/1"]
    kind: Kind
    at: Annotated[Moment, "when it was noticed, in the board's timezone"]
    card: str
    path: Annotated[str, "relative to the board; of a card that is gone, where it was"]
    changes: Annotated[list[ChangeRecord], "the fields that differ, and `body` for the notes"]
    findings: Annotated[list[FindingRecord], "what the linter finds in its file now, without a look at its past"]


class CommitRecord(TypedDict):
    """The branch that is checked out stands at another commit."""

    schema: Literal["kanban-watch/1"]
    kind: Literal["committed"]
    at: Annotated[Moment, "when it was noticed, in the board's timezone"]
    commit: Annotated[str | None, "its id; null where the branch has none any more"]
    subject: str


@click.command(
    cls=Verb,
    examples=(
        "kanban watch           what changes, card by card, and what the linter finds in it",
        "kanban watch --once    wait for the next change, tell it and end",
        "kanban watch --json    one JSON object for each card that changed and each commit",
    ),
)
@click.option("--once", is_flag=True, default=False, help="End after the first change.")
@as_of_option
@json_option
@click.pass_context
def command(context: click.Context, /, once: bool, as_of: str | None, as_json: bool) -> None:
    """Tell each change of the board while it happens: of your editor, of a script, of a pull, of a colleague's sync.

    Told are the card, what changed in it, and what the linter finds in its file without a look at its past. A commit is
    told too, and the index is brought up to date for it: the next verb starts warm. Nothing is written. Ctrl+C ends it.
    """
    root = open_session(context, as_of).root
    followed = Followed(settings_of(context), as_of)
    watched = Watch(root, git_dir=_git_dir(followed))
    told = _Told(followed, as_json=as_json)
    click.echo(_("watching; Ctrl+C ends it"), err=True)
    for change in watched.changes():
        try:
            if told.of(change) and once:
                return
        except KanbanError as error:
            tell(error)


def _git_dir(followed: Followed) -> Path | None:
    repository = _repository(followed)
    return repository.git_dir if repository is not None else None


def _repository(followed: Followed) -> Repository | None:
    try:
        return followed.session.repository
    except NotARepository:
        return None


class _Told:
    """Says what changed, and remembers the commit that was said last."""

    def __init__(self, followed: Followed, *, as_json: bool) -> None:
        self._followed, self._as_json = followed, as_json
        repository = _repository(followed)
        self._head = repository.head() if repository is not None else None

    def of(self, change: Change) -> bool:
        """Tell a change; False where nothing of the board is another."""
        pairs = self._followed.update(change.files)
        for pair in pairs:
            self._card(pair)
        return (change.history and self._commit()) or bool(pairs)

    def _card(self, pair: Pair) -> None:
        at = self._now()
        if not self._as_json:
            click.echo(f"{at:%H:%M:%S}  {click.style(safe(pair.id), bold=True)}  {safe(self._said(pair))}")
        view = self._found(pair)
        if self._as_json:
            click.echo(to_json(_record(pair, at, view), indent=None))
            return
        for one in view.findings:
            place = paint(f"{view.path(one)}:{one.hit.line}:{one.hit.column}:", "path")
            click.echo(f"          {place} {paint(one.code, one.severity)} {sentence(one)}")

    def _said(self, pair: Pair) -> str:
        """What happened to a card, in a few words."""
        config = self._followed.board.config
        names = {column.key: column.title for column in config.columns}
        before, after = (names.get(key, key) for key in (pair.column_before, pair.column_after))
        if pair.before is None:
            return _("created in {column}").format(column=after)
        if pair.after is None:
            return _("removed from {column}").format(column=before)
        moved = f"{before} → {after}" if pair.is_move else ""
        return format_clauses(text for text in (moved, *Edit(pair.before, pair.after).said(config)) if text) or _(
            "edited"
        )

    def _found(self, pair: Pair) -> View:
        """What the linter finds in the card's file now."""
        source = self._followed.source()
        report = judged_file(source, pair.after.path) if pair.after is not None else Report((), ())
        repository = _repository(self._followed)
        prefix = repository.prefix_of(self._followed.session.root) if repository is not None else ""
        return View(report, source.today, prefix, paint=paint)

    def _commit(self) -> bool:
        """Tell where the branch stands now, and bring the index up to date; False where it stands where it stood."""
        session = self._followed.fresh()
        head = session.repository.head()
        if head == self._head:
            return False
        self._head = head
        at, subject = self._now(), ""
        if head is not None:
            subject = messages_of(session.repository, [head]).get(head, "").partition("\n")[0]
        if self._as_json:
            record: CommitRecord = {
                "schema": "kanban-watch/1", "kind": "committed", "at": at.isoformat("T", "seconds"), "commit": head,
                "subject": subject,
            }  # fmt: skip
            click.echo(to_json(record, indent=None))
        else:
            click.echo(f"{at:%H:%M:%S}  {click.style((head or '')[:8] or '–', dim=True)}  {safe(subject)}")
        if head is not None and session.settings.cached:
            clocks_read(session)
        return True

    def _now(self) -> datetime:
        return self._followed.session.now


def _kind(pair: Pair) -> Kind:
    if pair.before is None:
        return "created"
    if pair.after is None:
        return "removed"
    return "moved" if pair.is_move else "edited"


def _record(pair: Pair, at: datetime, view: View) -> CardRecord:
    card = pair.after or pair.before
    assert card is not None  # noqa: S101 - a pair has a card on one side
    edit = Edit(pair.before, pair.after) if pair.before is not None and pair.after is not None else None
    return {
        "schema": "kanban-watch/1",
        "kind": _kind(pair),
        "at": at.isoformat("T", "seconds"),
        "card": printable(pair.id),
        "path": printable(card.path),
        "from": pair.column_before or None,
        "to": pair.column_after or None,
        "changes": edit.records() if edit is not None else [],
        "findings": [finding_json(view, one) for one in view.findings],
    }
