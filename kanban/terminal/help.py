"""All keys, and what the signs on the board mean."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from kanban.i18n import _
from kanban.terminal.keys import KEYS


class Help(ModalScreen[None]):
    """Any of escape, q and ? closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark", "dismiss", show=False)]

    def compose(self) -> ComposeResult:
        """One line each."""
        with VerticalScroll(classes="form"):
            lines = [Content.assemble(Content.styled(f"{key.typed:<10}", "bold"), key.help) for key in KEYS]
            yield Static(Content("\n").join([*lines, Content(""), *map(Content, _signs())]), markup=False)


def _signs() -> list[str]:
    return [
        _("✓ may be put down here   ? asks for something first   ✗ may not"),
        _("▲ long in its column   ■ too long   ▌ blocked"),
        _("The mouse drags cards too. Ctrl+P finds every action and card by name."),
    ]
