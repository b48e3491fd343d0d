"""A story of a sales team, told as literal days; and its repository, written at one go."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from tests.sheet.stage import COLUMNS

TODAY = date(2026, 10, 5)
EXITS = ("won", "lost", "parked")


@dataclass(frozen=True)
class Told:
    """A card: on which day (days ago) it came to which column, and what it says. The last place is where it stands."""

    steps: tuple[tuple[int, str], ...]
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def here(self) -> str:
        return self.steps[-1][1]

    @property
    def is_open(self) -> bool:
        return self.here not in EXITS

    def since(self, column: str) -> int:
        """Days ago on which it came to the column."""
        return next(ago for ago, name in self.steps if name == column)


def walk(preset: str, last: str, ended: int, each: int, end: str = "") -> tuple[tuple[int, str], ...]:
    """Column by column, `each` days in every one, up to `last`, entered `ended` days ago; then to the exit `end`."""
    names = COLUMNS[preset][:-3]
    way = names[: names.index(last) + 1]
    steps = [(ended + each * (len(way) - at - (0 if end else 1)), name) for at, name in enumerate(way)]
    return (*steps, (ended, end)) if end else tuple(steps)


PLANNED = {"next_action": "call", "next_action_date": "2026-10-12T10:00", "amount": "1000", "probability": "50"}


def story(preset: str) -> dict[str, Told]:
    """The cards of the team."""
    names = COLUMNS[preset][:-3]
    last, before = names[-1], names[-2]
    found: dict[str, Told] = {}
    for at, ended in enumerate((5, 12, 19, 26, 33, 40, 3, 10)):
        found[f"won-{at}"] = Told(walk(preset, last, ended, 4 + at % 3, "won"), {**PLANNED, "amount": "2000"})
    for at in range(12):
        found[f"lost-{at}"] = Told(
            walk(preset, before, 8 + 3 * at, 5, "lost"), {**PLANNED, "lost_reason": ("price", "fit")[at % 2]}
        )
    for at in range(9):
        found[f"no-{at}"] = Told(walk(preset, "meeting", 9 + 2 * at, 5, "lost"), {**PLANNED, "lost_reason": "timing"})
    money = ("10 000", "20 000", "40 000", "5 000", "1 500")
    for at, amount in enumerate(money):
        fields = {**PLANNED, "amount": amount, "probability": str(20 + 10 * at)}
        fields["close_date"] = ("2026-10-30", "2026-11-15", "2027-01-10", "2026-09-01", "")[at]
        found[f"nego-{at}"] = Told(walk(preset, last, (4, 11, 21, 26, 30)[at], 3), fields)
    for at in range(3):
        found[f"off-{at}"] = Told(walk(preset, before, 16 + at, 3), PLANNED)
    for at in range(4):
        found[f"met-{at}"] = Told(walk(preset, "meeting", 20, 3), PLANNED)
    found["fair"] = Told(walk(preset, names[1], 6, 2), {**PLANNED, "class": "fixed-date", "fixed_date": "2026-10-08"})
    for at in range(3):
        urgent = {**PLANNED, "class": "expedite", "retrospective": "x"}
        found[f"urgent-{at}"] = Told(walk(preset, last, 15 + at, 2, "won"), urgent)
    found["bare-0"] = Told(((9, names[0]),), {"next_action": "call"})
    found["bare-1"] = Told(((7, names[0]),), {})
    found["silent"] = Told(((40, names[0]),), PLANNED)
    return {card: one for card, one in found.items() if one.steps}


def written(told: dict[str, Told], root: Path, folders: dict[str, str]) -> None:
    """The story as commits on top of what stands in the repository, by way of git's own import."""
    events = sorted((-ago, card, at) for card, one in told.items() for at, (ago, _name) in enumerate(one.steps))
    lines: list[str] = []
    for order, (ago, card, at) in enumerate(events):
        one = told[card]
        place = f"{folders[one.steps[at][1]]}/{card}.md"
        fields = {"account": card, **{key: value for key, value in one.fields.items() if value}}
        if one.steps[at][1] not in EXITS:
            fields.pop("lost_reason", None)
        text = "---\n" + "".join(f"{key}: {value}\n" for key, value in fields.items()) + "---\n"
        moment = f"{TODAY + timedelta(days=ago)}T09:{order % 60:02}:00+02:00"
        seconds = subprocess.run(["date", "-d", moment, "+%s"], capture_output=True, check=True).stdout.decode().strip()
        who = f"Zoé <zoe@example.org> {seconds} +0200"
        lines += ["commit refs/heads/main", f"author {who}", f"committer {who}", "data 5", "story"]
        if order == 0:
            lines.append("from refs/heads/main^0")
        if at:
            lines.append(f"D {folders[one.steps[at - 1][1]]}/{card}.md")
        lines += [f"M 100644 inline {place}", f"data {len(text.encode())}", text]
    stream = "\n".join(lines) + "\n"
    subprocess.run(["git", "-C", root, "fast-import", "--quiet"], input=stream.encode(), check=True)
    subprocess.run(["git", "-C", root, "reset", "-q", "--hard"], check=True)
