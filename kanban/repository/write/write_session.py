"""A repository opened for writing: its configuration read once, and git run for a write with a private index."""

import hashlib
import os
from functools import cached_property
from pathlib import Path

from kanban.errors import RepositoryState
from kanban.i18n import _
from kanban.repository.disk.storage import Disk
from kanban.repository.git.command import own_environment
from kanban.repository.git.done import Done
from kanban.repository.git.repository import Repository
from kanban.values import dataclass

_FALSE = {"false", "no", "off", "0", ""}


@dataclass(frozen=True)
class Session:
    """What every step of a write needs to know about the repository."""

    repo: Repository

    @cached_property
    def top(self) -> Path:
        """The top folder of the working tree. Raises `RepositoryState` in a bare repository."""
        if self.repo.toplevel is None:
            raise RepositoryState(
                _("this repository is bare: it has no working tree to move cards in"),
                cure=_("clone it and work in the clone"),
            )
        return self.repo.toplevel

    @cached_property
    def index(self) -> Path:
        """The user's own index file (the one of the commit being made, inside a hook)."""
        inherited = self.repo.place.environment.get("GIT_INDEX_FILE")
        return Path(os.path.realpath(inherited or self.repo.git_dir / "index"))

    @cached_property
    def settings(self) -> dict[str, str]:
        """The user's whole git configuration, keys in lower case as git prints them, the last value of each."""
        done = self.repo.git.run("config", "--list", "--null")
        found = {}
        for item in done.out.decode("utf-8", "surrogateescape").split("\0"):
            key, newline, value = item.partition("\n")
            found[key] = value if newline else "true"
        return found

    def is_set(self, key: str, default: bool = False) -> bool:
        """A yes-or-no setting (`key` in lower case)."""
        value = self.settings.get(key)
        return default if value is None else value.lower() not in _FALSE

    @cached_property
    def durable(self) -> bool:
        """Whether writes are forced to the medium: yes, unless the user has switched git's own forcing off."""
        return self.settings.get("core.fsync", "") != "none"

    @cached_property
    def disk(self) -> Disk:
        """How our own files are written."""
        return Disk(self.durable)

    def git(
        self,
        *arguments: str,
        index: Path | None = None,
        stdin: bytes | None = None,
        codes: tuple[int, ...] | None = (0,),
        seconds: float | None = None,
        authored: str = "",
    ) -> Done:
        """Run a plumbing command for the write, on the given index file (default: the user's own).

        `authored` is the author date of a commit made, unless the user has set one.
        """
        environment = {**self._configuration, "GIT_INDEX_FILE": str(index or self.index)}
        if authored and "GIT_AUTHOR_DATE" not in own_environment():
            environment["GIT_AUTHOR_DATE"] = authored
        if arguments[0] in ("ls-files", "add"):
            environment["GIT_LITERAL_PATHSPECS"] = "1"
        return self.repo.git.run(*arguments, stdin=stdin, environment=environment, codes=codes, seconds=seconds)

    @cached_property
    def _configuration(self) -> dict[str, str]:
        """Settings for our own plumbing, as environment variables."""
        settings = {"core.splitIndex": "false", "core.fsmonitor": "false", "i18n.commitEncoding": "UTF-8"}
        if self.durable and "core.fsync" not in self.settings:
            settings["core.fsync"] = "added,reference"
        given = int(self.repo.git.environment.get("GIT_CONFIG_COUNT", "0"))  # what a dry run switches off
        environment = {"GIT_CONFIG_COUNT": str(given + len(settings))}
        for number, (key, value) in enumerate(settings.items(), given):
            environment |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
        return environment

    @cached_property
    def hash_name(self) -> str:
        """`sha1` or `sha256`: how this repository names its objects."""
        return self.settings.get("extensions.objectformat", "sha1").lower()

    @property
    def zeros(self) -> str:
        """The id that stands for nothing."""
        return "0" * (64 if self.hash_name == "sha256" else 40)

    def blob_id(self, data: bytes) -> str:
        """The id that git gives to these bytes as they are, without any conversion."""
        return hashlib.new(self.hash_name, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
