"""Files and folders that people name: anything may be typed, the shell completes what is there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from kanban.commands.base.calling.invocation import settings_of

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Place(click.ParamType[str]):
    """A file or folder, found from where the verb runs (`-C`): the one home of the paths that people type.

    The shell completes it as it does for `cat` (`file`) or `cd` (`dir`). `-` is no file. With `typed` the path stays as
    it was typed, for what finds its own way.
    """

    name = "text"

    def __init__(self, kind: str, *, typed: bool = False) -> None:
        self.kind, self.typed = kind, typed

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The path from where the program runs."""
        if self.typed or value == "-" or ctx is None:
            return value
        directory = settings_of(ctx).directory
        place = value if directory == "." else os.path.join(directory, value)
        short = os.path.normpath(place) if place != value and value.startswith(os.pardir) else place
        return short if os.path.realpath(short) == os.path.realpath(place) else place  # a link may lead elsewhere

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Nothing of ours: a word to the shell that it knows better."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type=self.kind)]


A_FILE, A_FOLDER = Place("file"), Place("dir")
A_NAME, A_START = Place("file", typed=True), Place("dir", typed=True)
