"""The user's own commit hooks, run as `git commit` would run them, on the index of the commit being made."""

from __future__ import annotations

import os
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kanban.errors import HookFailed
from kanban.i18n import _
from kanban.values import dataclass

if TYPE_CHECKING:
    from kanban.repository.write.write_session import Session

INSIDE = "KANBAN_INSIDE_WRITE"
"""Set for hooks, so that a kanban command that writes can say that it cannot, instead of waiting for itself."""


MESSAGE = "KANBAN_COMMIT_MESSAGE"
"""Set for `pre-commit`, which git does not tell the message: a step with its reason is judged with its reason."""


def is_inside_a_write() -> bool:
    """Whether we run in a hook of a write of our own, which holds the locks."""
    return bool(os.environ.get(INSIDE))


@dataclass
class Hooks:
    """The hooks of one commit; `output` gathers what they print, `told` is the message as it is to be."""

    session: Session
    index: Path
    enabled: bool = True
    output: list[str] = field(default_factory=list)
    told: str = ""

    @cached_property
    def _folder(self) -> Path:
        if "core.hookspath" in self.session.settings:
            return self.session.repo.git_path("hooks")
        return self.session.repo.common_dir / "hooks"

    def has(self, name: str) -> bool:
        """Whether the user has such a hook."""
        if not self.enabled:
            return False
        file = self._folder / name
        configured = any(key.startswith("hook.") for key in self.session.settings)
        return configured or (file.is_file() and os.access(file, os.X_OK))

    def run(self, name: str, *arguments: str) -> bool:
        """Run a hook if there is one; whether one ran. Raises `HookFailed` with what it printed."""
        if not self.has(name):
            return False
        done = self.session.repo.git.run(
            "hook",
            "run",
            "--ignore-missing",
            name,
            "--",
            *arguments,
            environment=self._environment(),
            codes=None,
        )
        said = "\n".join(part for part in (done.text, done.err) if part)
        if said:
            self.output.append(said)
        if done.code:
            raise HookFailed(
                _("the hook {name} of this repository said no: nothing was changed").format(name=name),
                said,
                cure=_("follow what it says, or ask whoever set it up"),
            )
        return True

    def message(self, text: str) -> str:
        """The commit message after `prepare-commit-msg` and `commit-msg` have seen and perhaps changed it."""
        if not (self.has("prepare-commit-msg") or self.has("commit-msg")):
            return text
        file = self.session.repo.git_dir / "COMMIT_EDITMSG"
        file.write_bytes(text.encode())
        self.run("prepare-commit-msg", str(file), "message")
        self.run("commit-msg", str(file))
        changed = file.read_bytes().decode("utf-8", "replace")
        if not changed.strip():
            raise HookFailed(_("a hook of this repository emptied the commit message: nothing was changed"))
        return changed

    def after(self) -> None:
        """Run `post-commit`; as in git, its failure (or a Ctrl-C) changes nothing."""
        self.index = self.session.index
        try:
            self.run("post-commit")
        except (HookFailed, KeyboardInterrupt):
            return

    def _environment(self) -> dict[str, str]:
        """As `git commit` gives it: the index of this commit, no editor; and in the user's own language."""
        own = {name: os.environ.get(name, "") for name in ("LC_ALL", "LANGUAGE")}
        return own | {"GIT_INDEX_FILE": str(self.index), "GIT_EDITOR": ":", INSIDE: "1", MESSAGE: self.told}
