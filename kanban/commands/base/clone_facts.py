"""What `kanban doctor` asks git and the disk about this clone. It only looks."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from kanban.commands.base.session import Session
from kanban.errors import NotARepository
from kanban.folder.reading import read_file
from kanban.model.cards.assembly import layout_of
from kanban.repository.hooks.scripts import missing_hooks
from kanban.repository.read.by_hand import ByHand, changed_by_hand
from kanban.repository.write.durable.leftovers import look
from kanban.rituals.checkup import Clone

HOOKS = ("pre-commit", "pre-push", "pre-merge-commit", "commit-msg")
CI_FILES = (
    ".gitlab-ci.yml",
    ".woodpecker.yml",
    ".ci/run",
    "bitbucket-pipelines.yml",
    "Jenkinsfile",
    "azure-pipelines.yml",
)
CI_FOLDERS = (".github/workflows", ".forgejo/workflows", ".gitea/workflows", ".woodpecker", ".circleci")
_PROGRAMS = re.compile(
    r"core\.(fsmonitor|hookspath|sshcommand|editor|pager|askpass|gitproxy)|sequence\.editor|gpg(\..*)?\.program"
    r"|diff\.external|diff\..*\.(command|textconv)|filter\..*\.(clean|smudge|process)|merge\.(?!kanban\.).*\.driver"
    r"|(difftool|mergetool)\..*\.cmd|credential(\..*)?\.helper|pager\..*|hook\..*\.command|remote\..*\.(uploadpack|receivepack)"
)
_HARMLESS = frozenset({"", "true", "false", "cat"})


def look_at_clone(session: Session) -> Clone | None:
    """The facts; None outside a repository."""
    try:
        repository = session.repository
    except NotARepository:
        return None
    identity = repository.identity()
    top = repository.toplevel or session.root
    left = look(repository)
    listed = repository.git.read("config", "--local", "--list", "--null", codes=(0, 1, 128)).out
    remotes = repository.git.read("remote").text.split()
    return Clone(
        identity=f"{identity.name} <{identity.email}>" if identity else "",
        shallow=repository.is_shallow(),
        in_progress=repository.state().in_progress,
        hooks=tuple(_hooks(repository.git_path("hooks"), top)),
        hooks_lacking=tuple(missing_hooks(repository)),
        ci=tuple(_ci(top)),
        remotes=tuple(remotes),
        pending=left.pending,
        foreign=left.foreign,
        locks=tuple(str(lock) for lock in left.locks),
        drafts=tuple(str(draft) for draft in left.drafts),
        programs=tuple(_programs(listed)),
        merges_cards=b"merge.kanban.driver\n" in listed,
        displaced=tuple(one.before for one in displaced(session)),
    )


def displaced(session: Session) -> list[ByHand]:
    """The files of cards that were moved or taken away by hand."""
    layout = layout_of(session.config)
    found = changed_by_hand(session.repository, session.prefix, lambda path: layout.place(path) is not None)
    return [one for one in found if one.before and one.before != one.now]


def _text(path: Path) -> str:
    data = read_file(path.parent, path.name).data
    return data.decode("utf-8", "replace") if data is not None else ""


def _hooks(folder: Path, top: Path) -> Iterator[str]:
    """The hooks that run kanban: themselves, or through a hook manager whose configuration names it."""
    managed = "kanban" in _text(top / ".pre-commit-config.yaml")
    for name in HOOKS:
        file = folder / name
        text = _text(file)
        if text and os.access(file, os.X_OK) and ("kanban" in text or (managed and "pre-commit" in text)):
            yield name


def _ci(top: Path) -> Iterator[str]:
    files = [top / name for name in CI_FILES]
    for folder in CI_FOLDERS:
        files += sorted((top / folder).glob("*.y*ml"))
    for file in files:
        if "kanban" in _text(file):
            yield file.relative_to(top).as_posix()


def _programs(listed: bytes) -> Iterator[str]:
    """Settings of the repository's own configuration that make git run a program."""
    for item in listed.decode("utf-8", "replace").split("\0"):
        key, _newline, value = item.partition("\n")
        runs = _PROGRAMS.fullmatch(key) or (key.startswith("alias.") and value.startswith("!"))
        if runs and value.strip() not in _HARMLESS:
            yield f"{key}={value}"
