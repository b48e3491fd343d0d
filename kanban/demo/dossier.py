"""A card's file as it stood earlier: its last text without what was not yet known.

A card of the demonstration is written once, in its last state. Every earlier version is that text minus the fields its
column did not ask for yet and the notes not yet taken, plus what was said then: the next action of the day, the close
date before it slipped, a block since lifted. Lines that stay are kept byte for byte, as a careful tool would.
"""

import re
from collections.abc import Mapping
from datetime import date

from kanban.model.cards.fields import CARD_FIELDS

ROAD = ("prospects", "qualifies", "rdv", "offre", "negociation")

_ASKED_FROM = {
    "amount": 1,
    "probability": 1,
    "close_date": 1,
    "budget": 1,
    "decision_maker": 1,
    "fixed_date": 1,
    "dor": 1,
    "meeting_date": 2,
    "agenda": 2,
    "video_link": 2,
    "pain": 2,
    "roi": 2,
    "objections": 2,
    "competitor": 2,
    "offer_date": 3,
    "follow_up_date": 3,
    "scope": 3,
    "risk": 3,
    "points": 3,
    "dod": 3,
    "decision_makers": 4,
    "concessions": 4,
    "signature_plan": 4,
    "lost_reason": 5,
    "parked_until": 5,
    "retrospective": 5,
}
_TICKS = (
    (),
    ("contact-opt-in", "need-explicit"),
    ("contact-opt-in", "need-explicit", "agenda-sent"),
    ("contact-opt-in", "need-explicit", "agenda-sent", "brief-validated"),
)
_ORDER = {field.key: place for place, field in enumerate(CARD_FIELDS)}
_KEY = re.compile(r"([a-z_]+):")
_NOTE = re.compile(r"(?m)^### (\d{4}-\d\d-\d\d) — (.*)$")


class Dossier:
    """The last text of one card, and what stood in its place before."""

    def __init__(self, text: str) -> None:
        self.text = text
        _empty, head, self.body = text.split("---\n", 2)
        self.lines: dict[str, str] = {}
        key = ""
        for line in head.splitlines(keepends=True):
            found = _KEY.match(line)
            key = found[1] if found else key
            self.lines[key] = self.lines.get(key, "") + line
        self.notes = [(date.fromisoformat(day), what) for day, what in _NOTE.findall(self.body)]

    def value(self, key: str) -> str:
        """What stands after `key:`, without quotes and comment; "" when the field is absent."""
        line = self.lines.get(key, "").partition(":")[2].split("  #")[0].strip()
        return line.strip("\"'")

    def day(self, key: str) -> date | None:
        """The day that the field holds, if any."""
        value = self.value(key)[:10]
        return date.fromisoformat(value) if value else None

    def as_of(self, day: date, reach: int, said: Mapping[str, str | None]) -> str:
        """The file at the end of `day`, for a card whose furthest column so far is `ROAD[reach]`.

        `said` gives fields as they were that day (None: absent), over what the last text says.
        """
        lines = {key: line for key, line in self.lines.items() if self._known(key, day, reach)}
        ticks = ", ".join(_TICKS[min(reach, len(_TICKS) - 1)])
        if "dor" in lines and reach < len(_TICKS) - 1:
            lines["dor"] = f"dor: [{ticks}]\n"
        for key, value in said.items():
            if value is None:
                lines.pop(key, None)
            elif value != self.value(key) or key not in lines:
                lines[key] = f"{key}: {value}\n"
        return f"---\n{''.join(lines[key] for key in self._in_order(lines))}---\n{self._body(day)}"

    def _known(self, key: str, day: date, reach: int) -> bool:
        if key.startswith("blocked_"):
            since = self.day("blocked_since")
            return since is not None and day >= since
        if key in ("escalated", "answered_at", "received_at"):
            told = self.day(key)
            return told is not None and day >= told
        return reach >= _ASKED_FROM.get(key, 0)

    def _in_order(self, lines: Mapping[str, str]) -> list[str]:
        """Keys as in the last text; those it lacks before the first that the schema lists later."""
        order = [key for key in self.lines if key in lines]
        for key in sorted(lines.keys() - self.lines.keys(), key=lambda key: _ORDER.get(key, 0)):
            rank = _ORDER.get(key, 0)
            place = next((at for at, other in enumerate(order) if _ORDER.get(other, 0) > rank), len(order))
            order.insert(place, key)
        return order

    def _body(self, day: date) -> str:
        parts = re.split(r"(?m)^(?=### \d{4}-)", self.body)
        notes = [part for part in parts[1:] if date.fromisoformat(part[4:14]) <= day]
        if len(notes) == len(parts) - 1:
            return self.body
        return (parts[0] + "".join(notes)).rstrip("\n") + "\n"
