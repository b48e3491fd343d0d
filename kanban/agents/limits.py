"""What an agent may do on this board: how many gestures a session, into which columns, on which fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kanban.i18n import _
from kanban.model.cards.fields import key_named
from kanban.model.settings.board_yml import BoardConfig

_MOVING = ("move", "note", "new", "reopen", "pull")
_EXITS = {"win": "won", "lose": "lost", "park": "parked"}


@dataclass
class Session:
    """One run of the server: the rules as the commit had them when it began, and the gestures made so far."""

    config: BoardConfig
    most: int
    made: int = 0

    def refusal(self, verb: str, words: Mapping[str, Any]) -> str:
        """Why this gesture is not the agent's to make; "" when it may try. The board's own rules come after."""
        if self.made >= self.most:
            return _("this session has made its {most} gestures; a person goes on from here").format(most=self.most)
        allowed = self.config.agents
        target = self._column(verb, words)
        if allowed.columns and target and target not in allowed.columns:
            names = ", ".join(allowed.columns)
            return _("agents may not move cards to {column} here, only to {names}").format(column=target, names=names)
        for assignment in words.get("assignments") or ():
            key = key_named(str(assignment).partition("=")[0].strip(), self.config)
            if allowed.fields and key not in allowed.fields:
                names = ", ".join(allowed.fields)
                return _("agents may not set `{key}` here, only {names}").format(key=key, names=names)
        return ""

    def _column(self, verb: str, words: Mapping[str, Any]) -> str:
        """The key of the column that the gesture leads to, "" when it moves nothing."""
        if verb in _EXITS:
            found = self.config.exits(_EXITS[verb])
            return found[0].key if found else ""
        typed = str(words.get("column") or "") if verb in _MOVING else ""
        if not typed and verb == "new":
            return self.config.open_columns[0].key
        names = {
            name.casefold(): one.key for one in self.config.columns for name in (one.key, one.title, one.directory)
        }
        # What is no exact name may still mean a column: with a list of columns only exact names pass.
        return names.get(typed.casefold(), typed)
