"""`kanban lint`: check the board against its rules, wherever the board is read from."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kanban.commands.base.entry import Verb
from kanban.commands.base.invocation import FINDINGS, settings_of
from kanban.commands.base.options import as_of_option, json_option
from kanban.commands.base.session import Session
from kanban.commands.check import sources
from kanban.commands.check.fixing import plan_fixes, show_fixes, tell_fixes, write_fixes
from kanban.commands.check.judge import judged
from kanban.commands.check.options import lint_options
from kanban.commands.check.output import write_report
from kanban.commands.check.source import board_root
from kanban.commands.check.wanted import _PLACES, Wanted
from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.model.cards.boardfile import BoardFile
from kanban.repository.git.repository import Repository
from kanban.repository.read.boards import INDEX, has_board
from kanban.repository.read.pushed_commits import Update, known_old, pushed, received
from kanban.repository.write.user_hooks import MESSAGE

if TYPE_CHECKING:
    from kanban.commands.check.source import Source
    from kanban.lint.engine import Report
    from kanban.repository.read.pushed_commits import Update


@click.command(
    cls=Verb,
    examples=(
        "kanban lint                          the board in this folder",
        "kanban lint --staged                 what the next commit would hold",
        "kanban lint --merge-with main        the board that a merge would give",
        "kanban lint --fix --diff             the safe fixes, shown and not made",
        "kanban lint --select KB5 --ignore KB503,stale-card",
    ),
)
@lint_options
@as_of_option
@json_option
@click.pass_context
def command(context: click.Context, /, as_of: str | None, as_json: bool, **options: Any) -> int:
    """Check the board. Exit 0: nothing at --fail-on or above. 1: findings. 2: it could not be checked."""
    implied = {"fix": options["fix"] or options["fix_only"]}
    wanted = Wanted(**{**options, **implied, "output_format": "json" if as_json else options["output_format"]})
    _check_options(wanted)
    session = Session(settings_of(context), as_of)
    context.call_on_close(session.close)
    failed = False
    for source in _sources(session, wanted):
        failed |= _check(source, wanted)
    return FINDINGS if failed and not wanted.exit_zero else 0


def _check_options(wanted: Wanted) -> None:
    """Options that contradict one another are refused before anything is read."""
    named = [option for option, field in _PLACES.items() if getattr(wanted, field)]
    if len(named) > 1:
        raise KanbanError(_("choose one of {options}").format(options=", ".join(named)))
    if wanted.fix and not set(named) <= {"--staged"}:
        message = _("`--fix` works on files, not with {option}").format(option=named[0])
        raise KanbanError(message, cure=_("leave `{option}` out").format(option=named[0]))
    if (wanted.unsafe_fixes or wanted.diff) and not wanted.fix:
        option = "--unsafe-fixes" if wanted.unsafe_fixes else "--diff"
        raise KanbanError(_("`{option}` needs `--fix`").format(option=option), cure=_("add `--fix`"))


def _sources(session: Session, wanted: Wanted) -> Iterator[Source]:
    """The board or boards to check: a push may bring several branches."""
    if wanted.pre_receive or wanted.pre_push:
        yield from _pushed(session, wanted)
    elif wanted.staged or wanted.commit_msg:
        if not (wanted.changed_only or wanted.commit_msg) or _concerns_a_board(session):
            yield sources.staged(session, _message(wanted.commit_msg))
    elif wanted.rev:
        yield sources.at_revision(session, wanted.rev)
    elif wanted.commit_range:
        yield sources.of_range(session, wanted.commit_range)
    elif wanted.merge_with:
        yield sources.merged_with(session, wanted.merge_with)
    else:
        yield _folder(session, wanted)


def _pushed(session: Session, wanted: Wanted) -> Iterator[Source]:
    told = "PRE_COMMIT" in os.environ and not wanted.pre_receive
    lines = [] if told else sys.stdin.read().splitlines()
    updates = received(lines) if wanted.pre_receive else pushed(lines)
    if told and not updates:
        head = session.surrounding.head()
        updates = (Update("", None, head),) if head else ()
    for update in updates:
        if update.new is not None and _concerns_a_board(session, update):
            yield sources.pushed(session, update, server=wanted.pre_receive)


def _concerns_a_board(session: Session, update: Update | None = None) -> bool:
    """Whether there is any board after a push, or in the index, or was one before: a branch may hold other things."""
    here = Path(os.path.abspath(session.settings.directory))
    there = next(folder for folder in (here, *here.parents) if folder.is_dir())  # the branch may not have the folder
    repository = Repository.find(there)
    sides = (INDEX, repository.head()) if update is None else (update.new, known_old(repository, update))
    return any(has_board(repository, side) for side in sides if side)


def _folder(session: Session, wanted: Wanted) -> Source:
    start = Path(session.settings.directory)
    if not wanted.stdin_filename:
        return sources.folder(session, board_root(start, wanted.paths))
    file = start / wanted.stdin_filename
    root = board_root(file.parent if file.parent.is_dir() else start, ())
    path = Path(os.path.abspath(file)).relative_to(os.path.abspath(root)).as_posix()
    return sources.folder(session, root, BoardFile(path, sys.stdin.buffer.read()))


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


def _check(source: Source, wanted: Wanted) -> bool:
    """Check one board and tell what was found, fixes made first where they are wanted; whether the run fails."""
    if wanted.changed_only and not source.is_changed:
        return False

    def checked(one: Source) -> Report:
        return judged(one, wanted).report

    report, unstaged = checked(source), False
    if wanted.fix:
        source, report, unstaged = _fix(source, report, wanted, checked)
    if wanted.fix_only or (wanted.commit_msg and wanted.output_format == "full" and not report.findings):
        return unstaged  # the commit's other hook has said that all is well
    if not wanted.diff:
        write_report(source, report, wanted)
    return unstaged or (not wanted.diff and not wanted.write_baseline and report.fails(wanted.fail_on))


def _fix(
    source: Source, report: Report, wanted: Wanted, check: Callable[[Source], Report]
) -> tuple[Source, Report, bool]:
    """What is left after the fixes, and whether something is left to do: apply the diff, stage the fixes."""
    fixing = plan_fixes(source, report, check, unsafe=wanted.unsafe_fixes)
    if wanted.diff:
        show_fixes(source, fixing)
        return source, report, fixing.cured > 0
    fixing = write_fixes(source, fixing, staged=wanted.staged)
    tell_fixes(fixing, staged=wanted.staged)
    return fixing.source, fixing.report, wanted.staged and fixing.cured > 0
