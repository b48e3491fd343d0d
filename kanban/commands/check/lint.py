"""`kanban lint`: check the board against its rules, wherever the board is read from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import FINDINGS, settings_of
from kanban.commands.base.calling.options import as_of_option, json_option
from kanban.commands.base.session import Session
from kanban.commands.check.options import lint_options
from kanban.commands.check.wanted import _PLACES, UNNAMED, Wanted, may_be_fixed
from kanban.errors import KanbanError
from kanban.i18n import _


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
    if wanted.staged and not wanted.commit_msg:
        session.look_ahead()  # git answers while the rules are loaded
    from kanban.commands.check.checking import checked

    return FINDINGS if checked(session, wanted) and not wanted.exit_zero else 0


def _check_options(wanted: Wanted) -> None:
    """Options that contradict one another are refused before anything is read."""
    named = [option for option, field in _PLACES.items() if getattr(wanted, field)]
    if len(named) > 1 and set(named) != {"--staged", "--commit-msg"}:
        raise KanbanError(_("choose one of {options}").format(options=", ".join(named)))
    if wanted.fix and not may_be_fixed(wanted):
        message = _("`--fix` works on files, not with {option}").format(option=named[0])
        raise KanbanError(message, cure=_("leave `{option}` out").format(option=named[0]))
    for option, given in (("--accept-new", wanted.accept_new), ("--until", wanted.accepted_until)):
        if given and not wanted.write_baseline:
            message = _("`{option}` needs `--write-baseline`").format(option=option)
            raise KanbanError(message, cure=_("add `--write-baseline FILE`"))
    if (wanted.unsafe_fixes or wanted.diff) and not wanted.fix:
        option = "--unsafe-fixes" if wanted.unsafe_fixes else "--diff"
        raise KanbanError(_("`{option}` needs `--fix`").format(option=option), cure=_("add `--fix`"))
