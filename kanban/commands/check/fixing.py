"""`--fix`: the changes that were planned are shown, or written to the working tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click

from kanban.commands.check.inputs.source import Files, Source, same
from kanban.commands.check.planning import Fixing
from kanban.errors import EditConflict
from kanban.folder.reading import read_file
from kanban.folder.replacing import replace_file
from kanban.i18n import _, ngettext
from kanban.lint.fixes import diff
from kanban.repository.write.rewriting import rewrite
from kanban.repository.write.user_hooks import is_inside_a_write


def show_fixes(source: Source, fixing: Fixing) -> None:
    """Print the changes as one diff, which `git apply` takes."""
    for path in _differing(source.files, fixing.source.files):
        before, after = source.content(path), fixing.source.content(path)
        click.echo(diff(source.prefix + path, before, after), nl=False)


def write_fixes(source: Source, fixing: Fixing, *, staged: bool) -> Fixing:
    """Write the changed files, all of them or none. One with edits that are not staged is left alone, and said so."""
    refused = list(fixing.refused)
    root = source.root
    changes: dict[str, tuple[bytes | None, bytes | None]] = {}
    for path in _differing(source.files, fixing.source.files) if root is not None else ():
        assert root is not None  # noqa: S101 - the loop is empty without one
        on_disk = read_file(root, path)
        if staged and path in source.files and not same(on_disk, source.files[path]):
            refused.append(_("{path} has edits that are not staged: stage or stash them first").format(path=path))
        elif on_disk.note in ("", "missing"):
            changes[path] = (on_disk.data, fixing.source.content(path))
        else:
            refused.append(_("{path} is not a regular file").format(path=path))
    if root is not None and changes:
        refused += _written(source, root, changes)
    return replace(fixing, refused=tuple(refused))


def _written(source: Source, root: Path, changes: Mapping[str, tuple[bytes | None, bytes | None]]) -> list[str]:
    """Write them as one transaction, where a repository keeps its journal; what was refused."""
    repository = source.repository
    if repository is not None and repository.toplevel is not None and not is_inside_a_write():
        prefix = repository.prefix_of(root)
        try:
            rewrite(repository, {prefix + path: change for path, change in changes.items()})
        except EditConflict as error:
            return [error.message]
        return []
    refused = []
    for path, (before, after) in changes.items():
        try:
            replace_file(root, path, before, after)
        except EditConflict as error:
            refused.append(error.message)
    return refused


def tell_fixes(fixing: Fixing, *, staged: bool) -> None:
    """Say on standard error what was fixed and what was not."""
    for reason in fixing.refused:
        click.echo(_("note:") + " " + _("not fixed: {reason}").format(reason=reason), err=True)
    if fixing.cured:
        said = ngettext("{count} finding fixed", "{count} findings fixed", fixing.cured).format(count=fixing.cured)
        click.echo(said + (_(": look at it, `git add` it and commit again") if staged else ""), err=True)


def _differing(before: Files, after: Files) -> list[str]:
    paths = sorted(set(before) | set(after))
    return [path for path in paths if _data(before, path) != _data(after, path)]


def _data(files: Files, path: str) -> bytes | None:
    file = files.get(path)
    return None if file is None else file.data
