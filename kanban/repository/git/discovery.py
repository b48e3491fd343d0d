"""Which repository a folder belongs to, and whether the variables of a running hook speak about it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from kanban.errors import NotARepository
from kanban.i18n import _
from kanban.repository.git.plain_files import plain_top
from kanban.repository.variables import REPOSITORY_VARIABLES
from kanban.values import dataclass

_QUESTIONS = (
    "--git-dir",
    "--git-common-dir",
    "--is-shallow-repository",
    "--is-bare-repository",
    "--show-prefix",
    "--show-toplevel",
)
_ASKED = ("rev-parse", "--path-format=absolute", *_QUESTIONS)
_ALLOW_BARE = {"safe.bareRepository": "all"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a repository is: its folders, and the hook variables that are the truth about it (absolute paths)."""

    git_dir: Path
    common_dir: Path
    toplevel: Path | None
    shallow: bool
    prefix: str
    environment: Mapping[str, str] = field(default_factory=dict)


def discover(start: Path) -> Place:
    """Find the repository around `start` (a folder; a file stands for its folder).

    A bare repository is used only when `start` is it (or lies in it) and no working tree encloses it: a folder that
    merely looks like a bare repository inside somebody's working tree is never trusted. Raises `NotARepository`.
    """
    folder = start if start.is_dir() else start.parent
    if not folder.is_dir():
        raise NotARepository(_("there is no folder {path}").format(path=start), cure=_("check the path"))
    place = _plain(folder) or _ask(folder)
    environment = _hook_environment(place)
    if not environment:
        return place
    return Place(place.git_dir, place.common_dir, place.toplevel, place.shallow, place.prefix, environment)


def _plain(folder: Path) -> Place | None:
    """The same as git's own files have it, where they leave no doubt: then no process is started for it."""
    top = plain_top(folder)
    if top is None:
        return None
    inside = os.path.relpath(os.path.realpath(folder), top)
    git = top / ".git"
    return Place(git, git, top, False, "" if inside == "." else Path(inside).as_posix())


def _ask(folder: Path) -> Place:
    from kanban.repository.git.command import GitCommand
    from kanban.repository.git.failures import failure

    done = GitCommand(folder).read(*_ASKED, codes=(0, 128))
    if done.code and "safe.bareRepository" in done.err:
        above = _enclosing(folder)
        if above is not None:
            return above
        done = GitCommand(folder, configuration=_ALLOW_BARE).read(*_ASKED, codes=(0, 128))
    answers = done.text.split("\n", len(_QUESTIONS) - 1)
    if len(answers) < len(_QUESTIONS) - 1:
        raise failure(done, _ASKED)
    git_dir, common_dir, shallow, bare, prefix, *top = answers
    if not top and bare != "true":
        raise failure(done, _ASKED)
    return Place(Path(git_dir), Path(common_dir), Path(top[0]) if top else None, shallow == "true", prefix.strip("/"))


def _enclosing(folder: Path) -> Place | None:
    """The repository whose working tree has this git folder in it: its own `.git`, or nothing we would trust."""
    from kanban.repository.git.command import GitCommand

    for above in folder.resolve().parents:
        done = GitCommand(above).read(*_ASKED, codes=(0, 128))
        if done.code == 0:
            place = _ask(above)
            if place.git_dir in (folder.resolve(), *folder.resolve().parents):
                return place
            message = _("{path} is a repository without a working tree hidden inside another one: it is not trusted")
            raise NotARepository(
                message.format(path=folder), cure=_("start from {path}").format(path=place.toplevel or above)
            )
        if "safe.bareRepository" not in done.err:
            return None
    return None


def _hook_environment(place: Place) -> dict[str, str]:
    """The inherited git variables, if they speak about this very repository; else nothing.

    git starts hooks in the top folder (or in the bare repository) with `GIT_DIR`, `GIT_INDEX_FILE` and, while a push is
    being received, the folders of objects not yet accepted. Relative values are relative to that folder.
    """
    inherited = {name: os.environ[name] for name in REPOSITORY_VARIABLES if os.environ.get(name)}
    if "GIT_DIR" in inherited:
        ours = _real(inherited["GIT_DIR"]) == _real(place.git_dir)
    elif "GIT_INDEX_FILE" in inherited:
        ours = _is_index_of(place, _real(inherited["GIT_INDEX_FILE"]))
    else:
        ours = False
    if not ours:
        return {}
    kept = {}
    if "GIT_INDEX_FILE" in inherited:
        kept["GIT_INDEX_FILE"] = str(_real(inherited["GIT_INDEX_FILE"]))
    for name in ("GIT_OBJECT_DIRECTORY", "GIT_QUARANTINE_PATH"):
        if name in inherited:
            kept[name] = str(_real(inherited[name]))
    for name in ("GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG_PARAMETERS"):
        if name in inherited:
            kept[name] = inherited[name]
    return kept


def _is_index_of(place: Place, index: Path) -> bool:
    """Whether an index belongs to this repository: it lies in its git folder, or, somewhere in no repository at all,
    was named to git (`GIT_INDEX_FILE=/tmp/index git commit`), which then started us in the top folder."""
    if _real(place.git_dir) in index.parents:
        return True
    foreign = any((folder / "HEAD").is_file() and (folder / "objects").is_dir() for folder in index.parents)
    return not foreign and place.toplevel is not None and _real(Path.cwd()) == _real(place.toplevel)


def _real(path: str | Path) -> Path:
    return Path(os.path.realpath(path))
