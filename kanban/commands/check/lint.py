"""`kanban lint`: check the board against its rules, wherever the board is read from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import FINDINGS, settings_of
from kanban.commands.base.calling.options import as_of_option, json_option
from kanban.commands.base.session import Session
from kanban.commands.check.inputs.places import sources_of
from kanban.commands.check.judge import judged, news_of
from kanban.commands.check.options import lint_options
from kanban.commands.check.output import FOR_PEOPLE, write_report
from kanban.commands.check.planning import plan_fixes, with_count
from kanban.commands.check.request import named_unchanged
from kanban.commands.check.wanted import _PLACES, UNNAMED, Wanted
from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.lint.engine import Report

if TYPE_CHECKING:
    from kanban.commands.check.inputs.source import Source


@click.command(
    cls=Verb,
    examples=(
        "kanban lint                          the board in this folder",
        "kanban lint --staged                 what the next commit would hold",
        "kanban lint --merge-with main        the board that a merge would give",
        "kanban lint --merge-into main        what this branch brings into main, as a pull request is judged",
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
    if wanted.commit_msg == UNNAMED:
        wanted = replace(wanted, commit_msg=next(iter(wanted.paths), ""), paths=())
    _check_options(wanted)
    session = Session(settings_of(context), as_of)
    failed = False
    for source in sources_of(session, wanted):
        failed |= _check(source, wanted)
    return FINDINGS if failed and not wanted.exit_zero else 0


def _check_options(wanted: Wanted) -> None:
    """Options that contradict one another are refused before anything is read."""
    named = [option for option, field in _PLACES.items() if getattr(wanted, field)]
    if len(named) > 1 and set(named) != {"--staged", "--commit-msg"}:
        raise KanbanError(_("choose one of {options}").format(options=", ".join(named)))
    if wanted.fix and not _may_be_fixed(wanted):
        message = _("`--fix` works on files, not with {option}").format(option=named[0])
        raise KanbanError(message, cure=_("leave `{option}` out").format(option=named[0]))
    for option, given in (("--accept-new", wanted.accept_new), ("--until", wanted.accepted_until)):
        if given and not wanted.write_baseline:
            message = _("`{option}` needs `--write-baseline`").format(option=option)
            raise KanbanError(message, cure=_("add `--write-baseline FILE`"))
    if (wanted.unsafe_fixes or wanted.diff) and not wanted.fix:
        option = "--unsafe-fixes" if wanted.unsafe_fixes else "--diff"
        raise KanbanError(_("`{option}` needs `--fix`").format(option=option), cure=_("add `--fix`"))


def _may_be_fixed(wanted: Wanted) -> bool:
    """Whether `--fix` works where the board is read from: on files, not on commits."""
    return all(field == "staged" or not getattr(wanted, field) for field in _PLACES.values())


def _check(source: Source, wanted: Wanted) -> bool:
    """Check one board and tell what was found, fixes made first where they are wanted; whether the run fails."""
    if wanted.changed_only and not source.is_changed and not named_unchanged(source, wanted):
        if wanted.output_format not in FOR_PEOPLE and not wanted.fix:
            write_report(source, Report((), ()), wanted)  # whoever reads it by machine is answered all the same
        return False

    def checked(one: Source) -> Report:
        report = judged(one, wanted).report
        pushed = wanted.changed_only and (wanted.pre_push or wanted.pre_receive)
        return news_of(one, report) if pushed else report

    report, unstaged = checked(source), False
    if wanted.fix:
        source, report, unstaged = _fix(source, report, wanted, checked)
    if wanted.output_format in FOR_PEOPLE and _may_be_fixed(wanted) and any(one.hit.fix for one in report.findings):
        report = with_count(source, report, checked)
    if wanted.fix_only or (wanted.commit_msg and wanted.output_format == "full" and not report.findings):
        return unstaged  # the commit's other hook has said that all is well
    if not wanted.diff:
        write_report(source, report, wanted)
    return unstaged or (
        not wanted.diff and not (wanted.write_baseline or wanted.prune_baseline) and report.fails(wanted.fail_on)
    )


def _fix(
    source: Source, report: Report, wanted: Wanted, check: Callable[[Source], Report]
) -> tuple[Source, Report, bool]:
    """What is left after the fixes, and whether something is left to do: apply the diff, stage the fixes."""
    from kanban.commands.check.fixing import show_fixes, tell_fixes, write_fixes

    fixing = plan_fixes(source, report, check, unsafe=wanted.unsafe_fixes)
    if wanted.diff:
        show_fixes(source, fixing)
        return source, report, fixing.cured > 0
    fixing = write_fixes(source, fixing, staged=wanted.staged)
    tell_fixes(fixing, staged=wanted.staged)
    return fixing.source, fixing.report, wanted.staged and fixing.cured > 0
