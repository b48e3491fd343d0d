"""The options of `kanban lint`, in the order in which its help shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from kanban.commands.base.calling.places import A_FILE, A_NAME
from kanban.commands.check.wanted import UNNAMED
from kanban.i18n import N_
from kanban.lint.finding import SEVERITIES
from kanban.lint.report import FORMATS

F = TypeVar("F", bound=Callable[..., Any])
Decorator = Callable[[Any], Any]


def lint_options(function: F) -> F:
    """All of them, on a verb's function."""
    for option in reversed(OPTIONS):
        function = option(function)
    return function


def _flag(name: str, text: str, *more: str) -> Decorator:
    return click.option(name, *more, is_flag=True, default=False, help=text)


def _list(name: str, text: str) -> Decorator:
    return click.option(name, multiple=True, metavar="RULES", callback=_split, help=text)


def _split(_context: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


OPTIONS: tuple[Decorator, ...] = (
    click.argument("paths", nargs=-1),
    _flag("--staged", N_("Check the index: what the next commit holds.")),
    click.option("--rev", metavar="REV", default=None, help="Check a commit."),
    click.option("--range", "commit_range", metavar="A..B", default=None, help="Check B, and the steps since A."),
    click.option("--merge-with", metavar="REF", default=None, help="Check what merging REF would give."),
    click.option(
        "--merge-into", metavar="REF", default=None, help="Check what merging into REF would give, and the steps."
    ),
    _flag("--pre-push", N_("Check what is about to be pushed (as a hook).")),
    _flag("--pre-receive", N_("Check what was pushed, `old new ref` a line on the input (as a hook on the server).")),
    click.option(
        "--commit-msg",
        type=A_FILE,
        metavar="FILE",
        default=None,
        is_flag=False,
        flag_value=UNNAMED,
        help="Check the staged steps against the message; with --staged, everything.",
    ),
    click.option(
        "--stdin-filename", type=A_NAME, metavar="FILE", default=None, help="Check the input as if it were FILE."
    ),
    _flag("--changed-only", N_("Of cards, only those that changed; of the board, everything.")),
    _list("--select", N_("Codes, names or prefixes to check; default: the board's, else all.")),
    _list("--ignore", N_("Codes, names or prefixes to leave out.")),
    _list("--extend-select", N_("Rules to check besides those selected.")),
    click.option(
        "--per-path-ignores",
        multiple=True,
        metavar="PATTERN:RULES",
        help="Rules to leave out under some paths, such as `won/**:KB5`.",
    ),
    _flag("--no-waivers", N_("Show waived findings too.")),
    click.option(
        "--baseline", type=A_FILE, metavar="FILE", default=None, help="Accepted findings; default: the board's."
    ),
    click.option(
        "--prune-baseline",
        type=A_FILE,
        metavar="FILE",
        default=None,
        help="Leave in the baseline FILE what is still found; accept nothing new.",
    ),
    click.option(
        "--write-baseline", type=A_FILE, metavar="FILE", default=None, help="Accept what is found now, into a new FILE."
    ),
    _flag("--accept-new", N_("With --write-baseline: into a FILE that stands, too.")),
    click.option(
        "--until",
        "accepted_until",
        metavar="DAY",
        default=None,
        help="With --write-baseline: the last day on which it is accepted.",
    ),
    _flag("--fix", N_("Make the safe fixes.")),
    _flag("--fix-only", N_("Make the safe fixes and leave everything else untold.")),
    _flag("--unsafe-fixes", N_("With --fix: also those that guess.")),
    _flag("--diff", N_("With --fix: show the fixes, make none.")),
    _flag("--statistics", N_("Count findings by rule.")),
    click.option(
        "--fail-on",
        type=click.Choice([*reversed(SEVERITIES)]),
        default="error",
        show_default=True,
        help="The mildest severity that makes the exit code 1.",
    ),
    _flag("--exit-zero", N_("Exit 0 whatever is found.")),
    click.option(
        "--output-format", type=click.Choice([*FORMATS]), default="full", show_default=True, help="How to answer."
    ),
    click.option(
        "--output-file", "-o", type=A_FILE, metavar="FILE", default=None, help="Write to FILE, not to standard output."
    ),
)
