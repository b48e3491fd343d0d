"""Files and folders that people name: anything may be typed, the shell completes what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Place(click.ParamType[str]):
    """Text that the shell completes as it does for `cat` (`file`) or `cd` (`dir`)."""

    name = "text"

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Nothing of ours: a word to the shell that it knows better."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type=self.kind)]


A_FILE, A_FOLDER = Place("file"), Place("dir")
