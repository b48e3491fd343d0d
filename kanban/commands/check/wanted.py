"""What the user of `kanban lint` asked for."""

from __future__ import annotations

from dataclasses import dataclass

_PLACES = {
    "--staged": "staged",
    "--rev": "rev",
    "--range": "commit_range",
    "--merge-with": "merge_with",
    "--pre-receive": "pre_receive",
    "--pre-push": "pre_push",
    "--stdin-filename": "stdin_filename",
    "--commit-msg": "commit_msg",
}
"""The options that say where the board is read from, each with its field."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asked for, one field an option."""

    paths: tuple[str, ...]
    staged: bool
    rev: str | None
    commit_range: str | None
    merge_with: str | None
    pre_receive: bool
    pre_push: bool
    stdin_filename: str | None
    commit_msg: str | None
    changed_only: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    extend_select: tuple[str, ...]
    per_path_ignores: tuple[str, ...]
    no_waivers: bool
    baseline: str | None
    write_baseline: str | None
    fix: bool
    fix_only: bool
    unsafe_fixes: bool
    diff: bool
    statistics: bool
    fail_on: str
    exit_zero: bool
    output_format: str
    output_file: str | None
