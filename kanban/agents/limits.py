"""How much an agent may do in one session, and what its verbs are told of the rest."""

import json
from dataclasses import dataclass

from kanban.i18n import _, ngettext
from kanban.model.settings.policies import Agents


@dataclass
class Session:
    """One run of the server: what the commit allowed when it began, and the gestures made so far."""

    allowed: Agents
    most: int
    made: int = 0

    def refusal(self, cards: int = 1) -> str:
        """Why no gesture on so many cards is left; "" when one is: a gesture on ten cards counts as ten.

        Columns and fields are judged by what a gesture changes.
        """
        if self.made + cards <= self.most:
            return ""
        if self.made < self.most:
            left = self.most - self.made
            text = ngettext("this session may touch {left} card more", "this session may touch {left} cards more", left)
            return text.format(left=left)
        return _("this session has made its {most} gestures; a person goes on from here").format(most=self.most)

    @property
    def told(self) -> str:
        """Columns and fields, as a verb's process is told."""
        return json.dumps({"columns": self.allowed.columns, "fields": self.allowed.fields})
