"""The time of day at the end of what a person types: `10:00`, `10h30`, `à 14 h`, `2pm`, `midi`."""

from __future__ import annotations

import re
from datetime import time

_CLOCK = re.compile(
    r"(?P<noon>midi|noon)"
    r"|(?P<hour>[0-9]{1,2}) ?(?:"
    r"h(?:eures?|rs?)? ?(?P<past>[0-9]{2})?"
    r"|[:](?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?(?: ?(?P<half>[ap]m))?"
    r"|(?P<bare_half>[ap]m))"
)
_SPLIT = re.compile(rf"(?P<day>.*?)(?:^|,? (?:a |at )?)(?P<clock>{_CLOCK.pattern})")


def split_clock(text: str) -> tuple[str, str]:
    """Folded text → the part before the time of day, and the time's own text ("" when there is none)."""
    match = _SPLIT.fullmatch(text)
    return (match["day"].strip(" ,"), match["clock"]) if match else (text, "")


def read_clock(text: str) -> time | None:
    """The time of day that a clock's text stands for; None when there is no such time. Seconds must be zero."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    if match["noon"]:
        return time(12)
    hour, minute = int(match["hour"]), int(match["past"] or match["minute"] or 0)
    half = match["half"] or match["bare_half"]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59 or int(match["second"] or 0):
        return None
    return time(hour, minute)
