"""git without the programs that convert files on their way in (`filter.*`), for commands that only look at a folder."""

from __future__ import annotations

import os
from dataclasses import replace

from kanban.repository.git.command import READING_CONFIGURATION, GitCommand

_TALKING = r"^core\.(sshcommand|gitproxy|askpass|alternaterefscommand)$|^credential\.(.*\.)?helper$"
_INSTEAD = {"core.sshcommand": "ssh"}
_WITHOUT_COMPANY = {"fetch.recurseSubmodules": "false", "gc.auto": "0", "maintenance.auto": "false"}
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


def transport_of(git: GitCommand) -> dict[str, str]:
    """For a git that talks to others while something is tried out: no program that the clone itself names is started.

    What the user's own configuration names (a key agent, a wrapper of ssh, a keeper of passwords) goes on.
    """
    settings = {**git.configuration, **_WITHOUT_COMPANY}
    asked = ("--includes", "--null", "--name-only", "--get-regexp", _TALKING)
    found = [git.read("config", scope, *asked, codes=(0, 1, 128)).out for scope in ("--local", "--worktree")]
    for name in filter(None, b"\0".join(found).decode("utf-8", "surrogateescape").split("\0")):
        own = git.read("config", "--global", "--includes", "--get", name, codes=(0, 1, 5, 128)).text.strip()
        helper = name.startswith("credential.")  # one helper is asked after another: an empty name ends the list
        settings[name] = "" if helper else own or _INSTEAD.get(name, "")
    count = int(git.environment.get("GIT_CONFIG_COUNT", "0"))
    told = {name: text for name, text in git.environment.items() if name.startswith("GIT_CONFIG_")}
    for number, (name, text) in enumerate(settings.items(), count):
        told |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": text}
    return told | {"GIT_CONFIG_COUNT": str(count + len(settings)), "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh"}
