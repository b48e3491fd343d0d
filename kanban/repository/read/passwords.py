"""Passwords for other servers, from where git keeps the user's: a keychain, a file of theirs, or asked on the terminal.

None of it passes through a command line, a file of the board or this program's output.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.repository.git.filters import transport_of
from kanban.repository.git.repository import Repository


@dataclass(frozen=True, slots=True)
class Account:
    """Who asks to be let in where; `protocol` and `host` (with its port, where it is not the usual one) as in a URL."""

    protocol: str
    host: str
    user: str

    def described(self, password: str = "") -> bytes:
        """As git's keepers read it."""
        lines = [f"protocol={self.protocol}", f"host={self.host}", f"username={self.user}"]
        return "\n".join([*lines, *([f"password={password}"] if password else []), "", ""]).encode()


def password_of(repository: Repository, account: Account) -> str:
    """The password. Keepers that the clone itself names are not asked. Raises KanbanError where there is none."""
    asks = {"GIT_TERMINAL_PROMPT": "1" if sys.stdin.isatty() else "0"}
    git = repository.git
    done = git.run("credential", "fill", stdin=account.described(), environment=transport_of(git) | asks, codes=None)
    lines = done.out.decode("utf-8", "surrogateescape").splitlines()
    found = next((line.removeprefix("password=") for line in lines if line.startswith("password=")), "")
    if done.code or not found:
        address = f"{account.protocol}://{account.user}@{account.host}"
        raise KanbanError(
            _("there is no password for {address}").format(address=address),
            cure=_("run it in a terminal, where it is asked, or let git keep it: `git help credentials` says how"),
        )
    return found


def remember(repository: Repository, account: Account, password: str, *, right: bool) -> None:
    """Tell git's keepers whether the server took it, so that a right one is kept and a wrong one asked again."""
    git, verb = repository.git, "approve" if right else "reject"
    git.run("credential", verb, stdin=account.described(password), environment=transport_of(git), codes=None)
