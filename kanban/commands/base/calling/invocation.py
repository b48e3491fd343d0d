"""How a verb was called: the words that hold for every verb, and the codes it may end with."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kanban.commands.base.calling.early_language import language_typed
from kanban.i18n.catalogue import set_language

if TYPE_CHECKING:
    from pathlib import Path
    from zoneinfo import ZoneInfo

    import click

    from kanban.again.files import Looked

ALIASES = {
    "standup": "daily",
    "check": "lint",
    "ls": "list",
    "add": "new",
    "mv": "move",
    "search": "find",
    "grep": "find",
    "nouveau": "new",
    "ajouter": "new",
    "lister": "list",
    "liste": "list",
    "chercher": "find",
    "montrer": "show",
    "voir": "show",
    "tableau": "board",
    "suivant": "next",
    "noter": "note",
    "changer": "set",
    "modifier": "edit",
    "cocher": "tick",
    "tirer": "pull",
    "deplacer": "move",
    "déplacer": "move",
    "bloquer": "block",
    "gagner": "win",
    "debloquer": "unblock",
    "débloquer": "unblock",
    "perdre": "lose",
    "garer": "park",
    "rouvrir": "reopen",
    "annuler": "undo",
    "aide": "help",
}
"""What people type for a verb of ours, in French too."""

EVERYDAY = (
    *("note", "move", "set", "list", "board", "win", "next", "new", "show", "tick", "touch", "ready", "reopen", "lose"),
    *("block", "unblock", "undo", "park", "pull", "find", "daily"),
)
"""The verbs of every day, which answer to their first letters: where several begin so, the earlier one does."""


def verb_meant(typed: str) -> str:
    """The verb that `typed` stands for; itself where it stands for none. A verb's whole name is never another's."""
    if typed in ALIASES:
        return ALIASES[typed]
    return next((verb for verb in EVERYDAY if typed and verb.startswith(typed)), typed)


FINDINGS = 1


COULD_NOT = 2


def _choose_color(value: str | None) -> bool | None:
    """`--color` beats NO_COLOR beats FORCE_COLOR beats a dumb terminal (None: let the stream decide)."""
    if value in ("always", "never"):
        return value == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return False if os.environ.get("TERM") == "dumb" else None


class Made:
    """What a verb that writes leaves: the folder that it wrote, and the text it said, with what the next run would say.

    `beside` is the folder from which it was made; all in it counts, also what is no part of a board.
    """

    def __init__(self, folder: Path, beside: Path, said: str, again: str) -> None:
        self.folder, self.beside, self.said, self.again = folder, beside, said, again


class Settings:
    """What the user said before or after the verb that holds for every verb."""

    def __init__(self, typed: Sequence[str] = ()) -> None:
        self.typed = tuple(typed)
        self.directory: str = "."
        self.language: str | None = None
        self.cached = True
        self.color: bool | None = _choose_color(None)
        self.seen: dict[str, Looked] = {}
        """What was seen of the board's files a moment ago, by path, and at `seen_at` (ns since the epoch)."""
        self.seen_at = 0
        self.zone: ZoneInfo | None = None
        """The board's timezone, once the board was found."""
        self.lasting = True
        """Whether the answer depends on nothing but the board and its repository."""
        self.made: Made | None = None
        """What was written, if anything was, and can be known for whole and unchanged when it is asked for again."""


def settings_of(context: click.Context) -> Settings:
    """The one Settings value of this run."""
    return context.find_root().ensure_object(Settings)


def speak(settings: Settings) -> None:
    """Put the language in force for what is said before a board is read."""
    set_language(settings.language or language_typed(settings.typed))
