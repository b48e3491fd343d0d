"""The card under the cursor, opened beside the columns: what it lacks, its fields, its ticks, its notes."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Markdown, Static

from kanban.hands.pane import Pane
from kanban.i18n import _
from kanban.paper.plain import one_line, safe
from kanban.terminal.faces import labelled


class CardPane(VerticalScroll, can_focus=False):
    """Follows the cursor while it is open. Links in notes are shown and open nothing."""

    def __init__(self) -> None:
        super().__init__(id="pane")
        self._facts = Static(markup=False)
        self._notes = Markdown(open_links=False)

    def compose(self) -> ComposeResult:
        """Facts above, notes below."""
        yield self._facts
        yield self._notes

    async def show(self, pane: Pane) -> None:
        """Show another card, or the same as it is now."""
        self._facts.update(Content("\n").join(_lines(pane)))
        await self._notes.update(safe(pane.notes).strip())


def _lines(pane: Pane) -> Iterator[Content]:
    yield Content.styled(one_line(pane.label), "bold")
    yield Content.styled(f"{one_line(pane.column_title)} · {pane.id}", "$text-muted")
    if pane.next_action or pane.next_when:
        yield Content.assemble(
            "→ ", one_line(pane.next_when), " " if pane.next_when else "", one_line(pane.next_action)
        )
    if pane.block:
        yield Content.styled(f"▌ {one_line(pane.block)}", "bold $text-error")
    for one in pane.fields:
        if one.value and one.before not in ("next_action=", "next_action_date="):
            yield labelled(one.label, one.value, "$text-muted")
    if pane.ticks:
        yield Content.styled(_("To be ticked"), "bold")
    for tick in pane.ticks:
        yield Content(f"{'☑' if tick.ticked else '☐'} {one_line(tick.text)}")
