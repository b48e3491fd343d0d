"""Why another repository does not answer or take a push, as git's words tell it, and what helps."""

from __future__ import annotations

import re

from kanban.i18n import _

_ASKS = re.compile(r"could not read (?:Username|Password)|terminal prompts disabled|returned error: 401\b", re.I)
_LOCKED_OUT = re.compile(
    r"Permission denied|Permission to .+ denied|Authentication failed|Access denied|returned error: 403\b"
    r"|not authorized|write access .*not granted|insufficient permission",
    re.I,
)
_STRANGER = re.compile(r"Host key verification failed|host key .*has changed|REMOTE HOST IDENTIFICATION", re.I)
_NOT_THERE = re.compile(r"not found|does not (?:appear to be a git repository|exist)|returned error: 404\b", re.I)
_PROTECTED = re.compile(r"protected branch|GH006|GH013|not allowed to push", re.I)
GIT_SAYS = (
    *("fatal: Could not read from remote repository", "Please make sure you have the correct access rights"),
    *("and the repository exists.", "fatal: unable to access", "fatal: Authentication failed", "fatal: could not read"),
)
"""How git's own lines begin where it was not let in."""


def reason_of(said: str) -> str:
    """The first line that says what went wrong."""
    if _ASKS.search(said):
        return _("it asks who you are, and no key or password of yours is there to answer")
    lines = [line for line in said.splitlines() if line.strip()]
    telling = (line for line in lines if any(one.search(line) for one in (_LOCKED_OUT, _STRANGER, _NOT_THERE)))
    return next(telling, lines[0] if lines else _("no reason given")).removeprefix("remote: ").removeprefix("fatal: ")


def lets_nobody_in(said: str) -> bool:
    """Whether it is about who asks: it wants to know, or knows and says no."""
    return bool(_ASKS.search(said) or _LOCKED_OUT.search(said))


def way_in(said: str) -> str:
    """What a person can do, where nothing was changed."""
    if lets_nobody_in(said):
        return _("sign in to the server again, or ask whoever keeps it to let you in, then run the command again")
    if _STRANGER.search(said):
        return _("ask whoever keeps the server whether its key is new: somebody else may be answering in its place")
    if _NOT_THERE.search(said):
        return _("ask whoever keeps the board where it is now, and whether you may see it; nothing was changed")
    return _("check the network and your access, then run the command again; nothing was changed")


def after_a_refusal(said: str, branch: str) -> str:
    """What helps where a push was refused."""
    if _PROTECTED.search(said):
        text = _("ask whoever keeps the board for the right to push to {branch}; until then your commits stay here")
        return text.format(branch=branch)
    return _("put right what is said above, then `kanban sync` again")
