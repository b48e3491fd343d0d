"""`kanban merge-driver`: what git calls to merge one card."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import FINDINGS
from kanban.commands.base.session import Session
from kanban.commands.base.write_verb import tell_beside
from kanban.errors import KanbanError
from kanban.gestures.base.change import PathChange
from kanban.i18n import _
from kanban.repository.disk.lock import repository_lock
from kanban.repository.disk.storage import Disk
from kanban.repository.hooks.ourselves import OURS
from kanban.repository.merge.drivers import DRIVER, WORDS
from kanban.repository.merge.merging import merge_lines
from kanban.repository.write.durable import recovery
from kanban.repository.write.message import commit_message
from kanban.repository.write.publication import Publication
from kanban.repository.write.write_session import Session as Opened
from kanban.repository.write.writing import LOCK_SECONDS, publish
from kanban.review.merge.card import merge_cards

if TYPE_CHECKING:
    from kanban.model.settings.board_yml import BoardConfig


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
    data, clean = merge_lines(base, mine, theirs, size)
    _write(mine, data)
    return 0 if clean else FINDINGS


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise NotMerged(_("{path} cannot be read: {reason}").format(path=file, reason=error.strerror)) from error


def _write(file: Path, data: bytes) -> None:
    try:
        Disk(durable=False).replace(
            file, data, file.with_name(f"{file.name}.kanban"), stat.S_IMODE(file.stat().st_mode)
        )
    except OSError as error:
        message = _("{path} cannot be written: {reason}").format(path=file, reason=error.strerror)
        raise NotMerged(message, cure=_("free some space, then merge again; both sides are kept")) from error


class NotMerged(KanbanError):
    """The driver could not do its work, which is no conflict: git (2.46 and later) then gives the whole merge up."""

    exit_code = 129


ATTRIBUTES = ".gitattributes"


def set_up_merge_driver(session: Session, *, no_commit: bool = False, dry_run: bool = False) -> None:
    """Name the driver for the columns' cards (committed, for everybody) and say what it is (in this clone only).

    A clone without the setting merges line by line, as git always does: nothing depends on the driver.
    """
    repository = session.repository
    file = session.root / ATTRIBUTES
    old = file.read_bytes() if file.is_file() else None
    new = with_attributes(old or b"", session.config)
    path = session.prefix + ATTRIBUTES
    command = driver_command()
    if not dry_run:
        # Before the attributes: where the settings cannot be written nothing is committed, and alone they do nothing.
        # The program first: with a name and no program git would give every merge up.
        with repository_lock(repository.common_dir, LOCK_SECONDS):
            recovery.recover_locked(Opened(repository))
            repository.git.run("config", f"merge.{DRIVER}.driver", command)
            repository.git.run("config", f"merge.{DRIVER}.name", "cards: fields one by one, notes by bullet")
    if new != old:
        change = PathChange(path, new, expected=old)
        message = commit_message("board: cards are merged field by field", "", [("Kanban", "init")])
        tell_beside(publish(repository, lambda: Publication((change,), message), commit=not no_commit, dry_run=dry_run))
    head = _("would set up: {path} names the driver, this clone runs `{command}`")
    done = _(
        "cards that two people changed are merged field by field; teammates type `kanban init --merge-driver` once"
    )
    click.echo((head if dry_run else done).format(path=path, command=command))


def with_attributes(data: bytes, config: BoardConfig) -> bytes:
    """The attributes file with one line for each column's cards; lines that are there stay as they are."""
    present = data.decode("utf-8", "replace").splitlines()
    wanted = (f"{_pattern(column.directory)} merge={DRIVER}" for column in config.columns)
    missing = [line for line in wanted if line not in present]
    gap = b"" if not data or data.endswith(b"\n") else b"\n"
    return data + gap + "".join(f"{line}\n" for line in missing).encode() if missing else data


def _pattern(folder: str) -> str:
    pattern = f"/{folder}/**/*.md"
    return f'"{pattern}"' if " " in pattern else pattern


def driver_command() -> str:
    """What git runs. The program is named in full when no shell would find it."""
    return f"{'kanban' if shutil.which('kanban') else OURS} {WORDS}"
