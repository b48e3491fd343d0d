"""git without the programs that convert files on their way in (`filter.*`), for commands that only look at a folder."""

from __future__ import annotations

import os
from dataclasses import replace

from kanban.repository.git.command import READING_CONFIGURATION, GitCommand

_FILTERS = r"^filter\..*\.(clean|smudge|process|required)$"


def looking(git: GitCommand) -> GitCommand:
    """The same git for a command of the writing side that is only tried out: it starts no configured program at all."""
    settings = {**READING_CONFIGURATION, "core.hooksPath": os.devnull, "commit.gpgSign": "false"}
    return replace(without_filters(git), configuration={**git.configuration, **settings})


def without_filters(git: GitCommand) -> GitCommand:
    """The same git, for which every configured filter does nothing: comparing a folder would run them otherwise.

    A file that a filter converts then counts as different from what is committed.
    """
    found = git.read("config", "--null", "--name-only", "--get-regexp", _FILTERS, codes=(0, 1))
    names = sorted({name for name in found.out.decode("utf-8", "surrogateescape").split("\0") if name})
    if not names:
        return git
    # As variables, not as `-c name=value`: a filter's name may itself hold an equals sign.
    settings = {"GIT_CONFIG_COUNT": str(len(names))}
    for number, name in enumerate(names):
        off = "false" if name.endswith(".required") else ""
        settings |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": off}
    return replace(git, environment={**git.environment, **settings})
