"""What every screen that makes a gesture has in common: made once, and not left before it is known what came of it."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.worker import Worker

from kanban.hands.outcome import Outcome


class Saving(ModalScreen[Outcome | None]):
    """Ends with what was done, or None when it is left. `save` is its child's worker, of the group `save`.

    While one is being made, neither pressing the key again nor escape does anything: the commit cannot be stopped, and
    the same words sent twice would be two gestures.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    @abstractmethod
    def save(self) -> Worker[None]:
        """Make the gesture."""

    @property
    def saving(self) -> bool:
        """Whether it is being made."""
        return any(one.node is self and one.group == "save" and not one.is_finished for one in self.workers)

    def action_save(self) -> None:
        """Make the gesture, unless that is being done."""
        if not self.saving:
            self.save()

    def action_leave(self) -> None:
        """Nothing is done."""
        if not self.saving:
            self.dismiss(None)
