"""`kanban merge-driver`: what git calls to merge one card."""

from __future__ import annotations

from pathlib import Path

import click

from kanban.commands.entry import FINDINGS, Verb
from kanban.errors import KanbanError
from kanban.i18n import _


@click.command(cls=Verb, examples=('git config merge.kanban.driver "kanban merge-driver %O %A %B %P %L"',))
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("mine", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.argument("path", default="")
@click.argument("size", type=click.IntRange(7, 200), default=7)
@click.pass_context
def command(context: click.Context, /, base: Path, mine: Path, theirs: Path, path: str, size: int) -> int:
    """Merge a card: front matter key by key, notes by bullet. git calls it; `kanban init --merge-driver` sets it up.

    Exit 0: merged. 1: conflicts are marked in MINE, only where both sides changed the same thing.
    """
    from kanban.review.cardmerge import merge_cards

    sides = [_read(file) for file in (base, mine, theirs)]
    # git gives an empty file when there was no common version.
    merged = merge_cards(sides[0] or None, sides[1], sides[2], labels=("ours", "theirs"), marker=size)
    if merged is None:
        return _as_git(base, mine, theirs, size)
    _write(mine, merged.data)
    if not merged.clean:
        keys = [clash.key or _("comments") for clash in merged.fields] + [_("notes")] * bool(merged.notes)
        click.echo(_("{path}: both sides changed {what}").format(path=path or mine, what=", ".join(keys)), err=True)
    return 0 if merged.clean else FINDINGS


def _as_git(base: Path, mine: Path, theirs: Path, size: int) -> int:
    """A card that cannot be read is merged line by line, as git would have done without a driver."""
    from kanban.repository.merging import merge_lines

    data, clean = merge_lines(base, mine, theirs, size)
    _write(mine, data)
    return 0 if clean else FINDINGS


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise KanbanError(_("{path} cannot be read: {reason}").format(path=file, reason=error.strerror)) from error


def _write(file: Path, data: bytes) -> None:
    try:
        file.write_bytes(data)
    except OSError as error:
        raise KanbanError(_("{path} cannot be written: {reason}").format(path=file, reason=error.strerror)) from error
