"""Plain git hooks that run the linter, for people who do not use pre-commit."""

import os
import shlex
from dataclasses import dataclass
from pathlib import Path

from kanban.errors import PartlyDone, RepositoryState
from kanban.i18n import _
from kanban.repository.disk.storage import draft_of, storage_failed_by, write_scripts
from kanban.repository.git.repository import Repository
from kanban.repository.hooks.ourselves import OURS

HOOKS = {
    "pre-commit": "lint --staged --changed-only",
    "pre-merge-commit": "lint --staged --changed-only",
    "commit-msg": 'lint --commit-msg "$1"',
    "pre-push": "lint --pre-push --changed-only",
}
"""Each hook, with what `kanban` is asked in it."""

_MARK = "# This hook was written by `kanban init --hooks`; running that again renews it."


@dataclass(frozen=True, slots=True)
class Installed:
    """What was done: hooks written, and hooks of somebody else's that were left alone, as paths."""

    written: tuple[Path, ...]
    kept: tuple[Path, ...]


def install_hooks(repository: Repository, prefix: str = "") -> Installed:
    """Write the hooks for the board in the folder `prefix` (posix, "" for the top). A hook of somebody else's stays.

    Raises RepositoryState where `core.hooksPath` names a folder that other repositories share.
    """
    folder = repository.git_path("hooks")
    _check_own(repository, folder)
    kept = [name for name in HOOKS if os.path.lexists(folder / name) and not _is_ours(folder / name)]
    scripts = {name: script(question, prefix) for name, question in HOOKS.items() if name not in kept}
    try:
        write_scripts(folder, scripts)
    except OSError as error:
        refused = storage_failed_by(error)
        if not missing_hooks(repository):
            raise refused from error
        text = _("some of the hooks are written, and could not be taken back: {reason}")
        cure = _("free some space or check the permissions of the repository, then `kanban hook install` again")
        raise PartlyDone(text.format(reason=refused.message), cure=cure, where=refused.where) from error
    return Installed(tuple(folder / name for name in scripts), tuple(folder / name for name in kept))


def missing_hooks(repository: Repository) -> list[str]:
    """Hooks that lack, or whose draft lies about, beside others that we wrote: a stopped installation's."""
    folder = repository.git_path("hooks")
    drafts = [name for name in HOOKS if os.path.lexists(draft_of(folder / name))]
    if not drafts and not any(_is_ours(folder / name) for name in HOOKS):
        return []
    return [name for name in HOOKS if name in drafts or not os.path.lexists(folder / name)]


def script(question: str, prefix: str = "") -> str:
    """The hook as a shell script: `kanban` from the path, else the Python that wrote it."""
    where = f"-C {shlex.quote(prefix.rstrip('/'))} " if prefix.strip("/") else ""
    return "\n".join(
        [
            "#!/bin/sh",
            _MARK,
            "if command -v kanban >/dev/null 2>&1; then",
            f"    exec kanban {where}{question}",
            "fi",
            f"exec {OURS} {where}{question}",
            "",
        ]
    )


def _is_ours(file: Path) -> bool:
    try:
        return file.is_file() and not file.is_symlink() and _MARK in file.read_text("utf-8", "replace")
    except OSError:
        return False


def _check_own(repository: Repository, folder: Path) -> None:
    """Refuse a folder of hooks that lies neither in the git folder nor in the working tree."""
    real = Path(os.path.realpath(folder))
    own = [repository.common_dir, repository.git_dir, *([repository.toplevel] if repository.toplevel else [])]
    if any(Path(os.path.realpath(place)) in real.parents for place in own):
        return
    message = _("the hooks of this repository stand in {folder}, which other repositories share").format(folder=folder)
    raise RepositoryState(message, cure=_("call `kanban lint --staged --changed-only` from your own pre-commit hook"))
