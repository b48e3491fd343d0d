"""What the user of `kanban lint` asked for."""

from __future__ import annotations

from kanban.values import dataclass

_PLACES = {
    "--staged": "staged",
    "--rev": "rev",
    "--range": "commit_range",
    "--merge-with": "merge_with",
    "--merge-into": "merge_into",
    "--pre-receive": "pre_receive",
    "--pre-push": "pre_push",
    "--stdin-filename": "stdin_filename",
    "--commit-msg": "commit_msg",
}
"""The options that say where the board is read from, each with its field."""

UNNAMED = "-"
"""`--commit-msg` without its file: the first path is it, since a hook's own arguments come between."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asked for, one field an option; the defaults judge a whole board."""

    paths: tuple[str, ...] = ()
    staged: bool = False
    rev: str | None = None
    commit_range: str | None = None
    merge_with: str | None = None
    merge_into: str | None = None
    pre_receive: bool = False
    pre_push: bool = False
    stdin_filename: str | None = None
    commit_msg: str | None = None
    changed_only: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    per_path_ignores: tuple[str, ...] = ()
    no_waivers: bool = False
    baseline: str | None = None
    write_baseline: str | None = None
    prune_baseline: str | None = None
    accept_new: bool = False
    accepted_until: str | None = None
    fix: bool = False
    fix_only: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    statistics: bool = False
    fail_on: str = "error"
    exit_zero: bool = False
    output_format: str = "full"
    output_file: str | None = None


def may_be_fixed(wanted: Wanted) -> bool:
    """Whether `--fix` works where the board is read from: on files, not on commits."""
    return all(field == "staged" or not getattr(wanted, field) for field in _PLACES.values())
