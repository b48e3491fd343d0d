"""What `kanban lint` does once it is known what is asked: read, judge, mend, tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kanban.commands.check.inputs.places import sources_of
from kanban.commands.check.judge import judged, news_of
from kanban.commands.check.output import FOR_PEOPLE, write_report
from kanban.commands.check.planning import plan_fixes, with_count
from kanban.commands.check.request import named_unchanged
from kanban.commands.check.wanted import Wanted, may_be_fixed
from kanban.lint.engine import Report

if TYPE_CHECKING:
    from kanban.commands.base.session import Session
    from kanban.commands.check.inputs.source import Source


def checked(session: Session, wanted: Wanted) -> bool:
    """Check the board or boards that are meant; whether the run fails."""
    failed = False
    for source in sources_of(session, wanted):
        failed |= _check(source, wanted)
    return failed


def _check(source: Source, wanted: Wanted) -> bool:
    """Check one board and tell what was found, fixes made first where they are wanted; whether the run fails."""
    if wanted.changed_only and not source.is_changed and not named_unchanged(source, wanted):
        if wanted.output_format not in FOR_PEOPLE and not wanted.fix:
            write_report(source, Report((), ()), wanted)  # whoever reads it by machine is answered all the same
        return False

    def judge(one: Source) -> Report:
        report = judged(one, wanted).report
        pushed = wanted.changed_only and (wanted.pre_push or wanted.pre_receive)
        return news_of(one, report) if pushed else report

    report, unstaged = judge(source), False
    if wanted.fix:
        source, report, unstaged = _fix(source, report, wanted, judge)
    if wanted.output_format in FOR_PEOPLE and may_be_fixed(wanted) and any(one.hit.fix for one in report.findings):
        report = with_count(source, report, judge)
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
