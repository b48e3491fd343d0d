"""Options that many verbs share. Loads nothing of a board, so that completing a line stays quick."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar

import click

from kanban.values import dataclass

F = TypeVar("F", bound=Callable[..., Any])


def as_of_option(function: F) -> F:
    """`--as-of DAY`, or the variable KANBAN_AS_OF: the day that counts as today."""
    return click.option(
        "--as-of",
        metavar="DAY",
        default=None,
        envvar="KANBAN_AS_OF",
        help="The day that counts as today; default: today.",
    )(function)


def known_option(function: F) -> F:
    """`--known`, beside `--as-of`."""
    return click.option("--known", is_flag=True, default=False, help="With --as-of: what was known here by then.")(
        function
    )


def json_option(function: F) -> F:
    """`--json`: the answer as data."""
    return click.option("--json", "as_json", is_flag=True, default=False, help="Answer as data for programs (JSON).")(
        function
    )


@dataclass(frozen=True, slots=True)
class WriteFlags:
    """The options that every writing verb shares."""

    no_commit: bool = False
    dry_run: bool = False
    include_edits: bool = False
    as_json: bool = False


def write_options(function: F) -> F:
    """`--no-commit`, `--dry-run`, `--include-edits`, `--json`; the verb receives them as its argument `flags`."""

    def with_flags(
        *args: Any, no_commit: bool, dry_run: bool, include_edits: bool, as_json: bool, **kwargs: Any
    ) -> Any:
        return function(*args, flags=WriteFlags(no_commit, dry_run, include_edits, as_json), **kwargs)

    wrapped: Any = update_wrapper(with_flags, function)
    for decorate in (
        click.option("--json", "as_json", is_flag=True, default=False, help="Answer as data for programs (JSON)."),
        click.option(
            "--include-edits",
            is_flag=True,
            default=False,
            help="Record what you changed in the card's file by hand along with it.",
        ),
        click.option("--dry-run", is_flag=True, default=False, help="Check everything, change nothing."),
        click.option(
            "--no-commit",
            is_flag=True,
            default=False,
            help="Change the files and stop there: recording it stays yours (in git: staged).",
        ),
    ):
        wrapped = decorate(wrapped)
    found: F = wrapped
    return found
