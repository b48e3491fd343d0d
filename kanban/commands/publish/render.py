"""`kanban render`: write the static site, once or each time something changes."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.errors_said import tell
from kanban.commands.base.calling.invocation import Made, settings_of, speak
from kanban.commands.base.calling.options import as_of_option, known_option
from kanban.commands.base.calling.places import A_FOLDER
from kanban.commands.base.day_shown import board_of
from kanban.commands.base.edits import every_version, versions_told
from kanban.commands.base.ledger import clocks_on, ledger_of, past_of
from kanban.commands.base.past_days import past_days
from kanban.commands.base.session import Session, goes_on, open_session
from kanban.commands.check.inputs.reading import at_revision
from kanban.commands.check.inputs.reading import folder as source_of
from kanban.commands.check.judge import judged
from kanban.commands.publish.drawing import DrawingProcess
from kanban.errors import KanbanError, NotARepository, Refused
from kanban.folder.site_writing import SiteFolder, guard_output, is_of_a_site
from kanban.folder.watching import Watch
from kanban.i18n import _, ngettext
from kanban.lint.report.sheet import findings_sheet
from kanban.model.cards.board import Board
from kanban.model.cards.said import unread_settings
from kanban.paper.plain import safe
from kanban.render.charts.base.drawing import can_draw
from kanban.render.plan import program
from kanban.render.site import plan
from kanban.render.site_input import Material, Revision
from kanban.repository.kept.results import WorkedOut
from kanban.repository.read.stamp import stamp_of

if TYPE_CHECKING:
    from kanban.commands.check.inputs.source import Source
    from kanban.folder.site_writing import Written
    from kanban.model.history.events import History
    from kanban.paper.page import Page
    from kanban.render.site_input import Material
    from kanban.repository.kept.results import WorkedOut


@click.command(
    cls=Verb,
    examples=(
        "kanban render                         the internal site, into ./site",
        "kanban render --watch                 a preview that follows what you type",
        "kanban render --output public --audience public",
        "kanban render --days 30               with a small page of each of the last 30 days",
        "kanban render --revision HEAD         from the commit, not from the folder as it stands",
    ),
)
@click.option(
    "-o",
    "--output",
    type=A_FOLDER,
    metavar="DIR",
    default=None,
    help="Where to write; default: `site` in the board’s folder.",
)
@click.option(
    "--audience",
    type=click.Choice(["internal", "public"]),
    default="internal",
    show_default=True,
    help="Who may see it; `public` shows only the fields that board.yml lists.",
)
@click.option("--revision", metavar="REV", default=None, help="Render a commit instead of the folder as it stands.")
@click.option("--watch", is_flag=True, default=False, help="Serve a local preview and render again at each change.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the preview; default: a free one.")
@click.option("--days", type=click.IntRange(0, 400), default=0, help="Also a small page of each of the last N days.")
@click.option("--weeks", type=click.IntRange(0, 400), default=0, help="The same for each of the last N Sundays.")
@as_of_option
@known_option
@click.pass_context
def command(
    context: click.Context,
    /,
    output: str | None,
    audience: str,
    revision: str | None,
    watch: bool,
    port: int,
    days: int,
    weeks: int,
    as_of: str | None,
    known: bool,
) -> None:
    """Write the site: board, cards, numbers, meetings, prints, feeds. It opens from the disk as from a web server."""
    if watch and revision is not None:
        speak(settings_of(context))
        raise click.UsageError(_("--watch looks at the folder, --revision at a commit: choose one"), context)
    session = open_session(context, as_of, known=known)
    _refuse_undeclared(session, audience)
    past = (days, weeks) if days or weeks else None
    if past and audience == "public":
        raise Refused(_("past days are shown to the team only"), cure=_("leave out `--days` and `--weeks`"))
    where = Path(output) if output else session.root / "site"
    folder = guard_output(where, session.root, [one.directory for one in session.config.columns])
    earlier = worked_out(session)
    site = SiteFolder(folder, earlier)

    drawing = DrawingProcess()
    context.call_on_close(drawing.close)

    def update(session: Session) -> Written:
        if is_as_of := _numbers_as_of(session):
            if earlier.get(_NUMBERS) != is_as_of:
                drawing.start()
            earlier[_NUMBERS] = is_as_of
        material = gather(session, audience, revision, output=folder, known=earlier, past=past)
        material = replace(material, renderer=drawing)
        written = site.update(plan(material))
        earlier.save()
        return written

    if not watch:
        written = update(session)
        _tell(written)
        click.echo(str(folder / "index.html"))
        if not written.removed and not written.foreign:
            all_of_it = replace(written, written=(), unchanged=len(written.written) + written.unchanged)
            session.settings.made = Made(folder, session.root, _summary(written), _summary(all_of_it))
        return
    watched = Watch(session.root, without=folder, git_dir=_git_dir(session))
    _tell(update(session))
    _follow(watched, folder, port, lambda: update(Session(session.settings, as_of, session.kept, known=known)))


_NUMBERS = "numbers as of"
"""Under which it is noted of which commit and day the numbers are that were drawn last."""


def _numbers_as_of(session: Session) -> str:
    """The commit and day of the numbers; "" where there are none, or nothing draws them."""
    with suppress(NotARepository):
        return f"{session.repository.head()} {session.today}" if can_draw() else ""
    return ""


def _refuse_undeclared(session: Session, audience: str) -> None:
    """A public site without a list of fields would be a guess about what may be shown."""
    if audience == "public" and not session.config.site.public_fields:
        raise Refused(
            _("a public site needs the list of fields that it may show"),
            cure=_("declare it in board.yml: `site: {fields}`").format(fields="{public_fields: [owner, close_date]}"),
        )


def worked_out(session: Session) -> WorkedOut:
    """What earlier runs worked out for this board; nothing, and kept nowhere, outside a repository or unasked for."""
    try:
        folder = session.repository.common_dir if session.settings.cached else None
    except NotARepository:
        folder = None
    return WorkedOut(folder, session.prefix if folder else "", program())


def gather(
    session: Session,
    audience: str,
    revision: str | None = None,
    *,
    output: Path | None = None,
    known: MutableMapping[str, str] | None = None,
    past: tuple[int, int] | None = None,
) -> Material:
    """Everything the site is made from; outside a repository or in a shallow clone without what needs the past.

    `known` is what was worked out before, by what it was made from. `past`: how many days and weeks get a page.
    """
    board = board_of(session) if _is_current(session, revision) else session.board_at(revision or "HEAD")
    for line in unread_settings(board):
        click.echo(_("note: {text}").format(text=safe(line)), err=True)
    material = Material(
        board, session.today, audience, known={} if known is None else known,
        open_findings=partial(_findings, session, revision) if _is_judged(session, audience) else None,
    )  # fmt: skip
    try:
        found = _with_past(session, material, revision, output)
    except NotARepository:
        click.echo(_("note: not in a git repository, so the site has no history and no numbers"), err=True)
        return material
    if past is None or found.history is None or not found.has_past:
        return found
    if session.history(revision=revision or "HEAD").head != session.history().head:
        raise Refused(
            _("past days stand beside the newest commit only"),
            cure=_("leave out `--revision`, or name {head}").format(head="HEAD"),
        )
    return replace(found, days=past_days(session, found.history, *past))


def at_first(session: Session, audience: str) -> Material:
    """What the frames of pages need, before any card is read: no card, no past."""
    material = Material(Board(session.config, ()), session.today, audience)
    with suppress(NotARepository):
        return replace(material, revision=_revision(session, None, None))
    return material


def _is_judged(session: Session, audience: str) -> bool:
    """Whether the linter is asked: for the team, of the board as it is; the rules of a past day are not looked up."""
    return audience == "internal" and past_of(session) is None


def _findings(session: Session, revision: str | None) -> Page:
    """What `kanban lint` says of the same board, by the same judge."""
    source = source_of(session, session.root) if revision is None else at_revision(session, revision)
    history = session.history(revision=revision or "HEAD", needed=False) if source.revision else None
    if history is not None and _is_of(history, source, session):
        source = replace(source, history=history)
    return findings_sheet(judged(source).report, session.today)


def _is_of(history: History, source: Source, session: Session) -> bool:
    """Whether that is what the linter would read: the folder may have changed since it was read for the pages."""
    same = source.board.config == session.config and source.board.renames == session.renames
    return same and history.head == source.revision and source.prefix.rstrip("/") == session.prefix.rstrip("/")


def _with_past(session: Session, material: Material, revision: str | None, output: Path | None) -> Material:
    history = session.history(revision=revision or "HEAD", needed=False)
    if history.shallow:
        click.echo(_("note: this clone has only part of the history, so ages and numbers are left out"), err=True)
    past = past_of(session) if revision is None or history.head == session.history(needed=False).head else None
    if past is not None:
        history = past.history
    newest = not history.shallow and history.head == session.history().head
    ledger = partial(ledger_of, session, known=session.known) if newest else None
    read = every_version if material.is_public else versions_told
    texts = None if history.shallow else partial(read, session, history.told if material.is_public else history.events)
    return replace(
        material, revision=_revision(session, revision, output), prefix=session.prefix, history=history,
        open_ledger=ledger, read_versions=texts,
        open_clocks=None if history.shallow else partial(clocks_on, session, history),
    )  # fmt: skip


def _revision(session: Session, revision: str | None, output: Path | None) -> Revision:
    """The commit that pages name, and whether the folder differs from it."""
    top = session.repository.toplevel
    made_of_it = partial(is_of_a_site, top, output) if top is not None else bool
    stamp = stamp_of(session.repository, session.prefix, revision, ignore=made_of_it)
    return Revision(stamp.commit, stamp.committed_at, stamp.changed) if stamp else Revision()


def _is_current(session: Session, revision: str | None) -> bool:
    """Whether the board is that of the session's day: the folder as it stands, or a past day of the newest commit."""
    if revision is None:
        return True
    return past_of(session) is not None and session.history(revision=revision).head == session.history().head


def _tell(written: Written) -> None:
    click.echo(_summary(written), err=True)
    if written.removed:
        click.echo(_("removed: {pages}").format(pages=", ".join(written.removed)), err=True)
    for address in written.foreign:
        click.echo(_("left alone, changed by somebody else: {page}").format(page=address), err=True)


def _summary(written: Written) -> str:
    count = len(written.written)
    text = ngettext("{count} file written", "{count} files written", count).format(count=count)
    rest = ngettext("{count} unchanged", "{count} unchanged", written.unchanged).format(count=written.unchanged)
    return f"{text}, {rest}"


def _git_dir(session: Session) -> Path | None:
    try:
        return session.repository.git_dir
    except NotARepository:
        return None


def _follow(watch: Watch, folder: Path, port: int, again: Callable[[], Written]) -> None:
    """Serve the folder until interrupted; a board that cannot be read just now is said and waited for."""
    from kanban.folder.preview import Preview

    try:
        preview = Preview(folder, port)
    except OSError as error:
        raise KanbanError(
            _("port {port} cannot be used: {reason}").format(port=port, reason=error.strerror),
            cure=_("name another one, or leave `--port` out"),
        ) from error
    preview.start()
    goes_on()
    click.echo(preview.address)
    click.echo(_("watching; Ctrl+C ends it"), err=True)
    try:
        for _change in watch.changes():
            try:
                _tell(again())
            except KanbanError as error:
                tell(error)
            preview.changed()
    finally:
        preview.stop()
