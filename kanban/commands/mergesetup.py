"""`kanban init --merge-driver`: tells git to merge cards field by field in this clone."""

from __future__ import annotations

import shlex
import shutil
import sys
from typing import TYPE_CHECKING

import click

from kanban.commands.session import Session
from kanban.i18n import _

if TYPE_CHECKING:
    from kanban.model.config import BoardConfig

ATTRIBUTES = ".gitattributes"
DRIVER = "kanban"


def set_up_merge_driver(session: Session, *, no_commit: bool = False, dry_run: bool = False) -> None:
    """Name the driver for the columns' cards (committed, for everybody) and say what it is (in this clone only).

    A clone without the setting merges line by line, as git always does: nothing depends on the driver.
    """
    from kanban.repository.message import commit_message
    from kanban.repository.publication import PathChange, Publication
    from kanban.repository.writing import publish

    repository = session.repository
    file = session.root / ATTRIBUTES
    old = file.read_bytes() if file.is_file() else None
    new = with_attributes(old or b"", session.config)
    path = session.prefix + ATTRIBUTES
    if new != old:
        change = PathChange(path, new, expected=old)
        message = commit_message("board: cards are merged field by field", "", [("Kanban", "init")])
        publish(repository, lambda: Publication((change,), message), commit=not no_commit, dry_run=dry_run)
    command = driver_command()
    if not dry_run:
        repository.git.run("config", f"merge.{DRIVER}.name", "cards: fields one by one, notes by bullet")
        repository.git.run("config", f"merge.{DRIVER}.driver", command)
    head = _("would set up: {path} names the driver, this clone runs `{command}`")
    done = _("{path} names the driver, this clone runs `{command}`; teammates type `kanban init --merge-driver` once")
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
    program = "kanban" if shutil.which("kanban") else shlex.join([sys.executable, "-m", "kanban"])
    return f"{program} merge-driver %O %A %B %P %L"
