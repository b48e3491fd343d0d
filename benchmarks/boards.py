"""Boards to measure on: ten years of deals, made by `git fast-import` from a fixed seed.

    python -m benchmarks.boards FOLDER --cards 1000 --open 150

A card is created, noted on, pulled from column to column and, unless it is among the last `open`, won or lost. Every
step is one commit. The last one happened the day before `AS_OF`.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
AS_OF = date(2026, 10, 5)
PARIS = ZoneInfo("Europe/Paris")
COLUMNS = ("prospects", "qualifies", "rdv", "offre", "negociation")
PEOPLE = ("Zoé", "Karim", "Inès", "Paul")
STEPS = 5.55
"""Commits of a card, in the mean: 10,000 cards have 55,500."""
TICKS = "dor: [contact-opt-in, need-explicit, agenda-sent, brief-validated]\ndod: [meeting-held, receipt-acknowledged]"


@dataclass(frozen=True)
class Step:
    """One commit: a card's file before (""), after, and its text."""

    at: datetime
    card: str
    before: str
    after: str
    text: str


def clean_environment() -> dict[str, str]:
    """The environment without what would make git look at another repository."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}


def make(folder: Path, cards: int, still_open: int) -> Path:
    """A repository with the board at its top, checked out; an existing one is taken as it is."""
    if (folder / ".git").exists():
        return folder
    git = ["git", "-C", str(folder), "-c", "gc.auto=0"]
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True, env=clean_environment())
    for key, value in (("user.name", "Zoé"), ("user.email", "zoe@example.org"), ("commit.gpgsign", "false")):
        subprocess.run([*git, "config", key, value], check=True, env=clean_environment())
    feed = subprocess.Popen([*git, "fast-import", "--quiet"], stdin=subprocess.PIPE, env=clean_environment())
    assert feed.stdin is not None
    for data in _stream(cards, still_open):
        feed.stdin.write(data)
    feed.stdin.close()
    assert feed.wait() == 0
    subprocess.run([*git, "reset", "-q", "--hard"], check=True, env=clean_environment())
    return folder


def _stream(cards: int, still_open: int) -> Iterator[bytes]:
    chance = random.Random(2026)
    end = datetime.combine(AS_OF - timedelta(days=1), datetime.min.time(), PARIS).replace(hour=17)
    years = timedelta(days=3650)
    config = (ROOT / "kanban/model/presets/b2b.fr.yml").read_text(encoding="utf-8")
    lines = [line for line in config.splitlines() if "wip:" not in line or line.lstrip().startswith("-")]
    yield _commit(end - years, "main", [_file("board.yml", "\n".join(lines) + "\n")])
    steps: list[Step] = []
    for number in range(cards):
        is_open = number >= cards - still_open
        span = timedelta(days=60) if is_open else years - timedelta(days=120)
        begin = end - timedelta(days=75) if is_open else end - years + timedelta(hours=1)
        part = (number - (cards - still_open)) / still_open if is_open else number / max(1, cards - still_open)
        steps += _life(number, begin + span * part, is_open, chance)
    for step in sorted(steps, key=lambda one: (one.at, one.card)):
        gone = [f"D {step.before}\n".encode()] if step.before not in ("", step.after) else []
        yield _commit(step.at, step.card, [*gone, _file(step.after, step.text)])


def _life(number: int, begin: datetime, is_open: bool, chance: random.Random) -> Iterator[Step]:
    """The steps of one card."""
    card, at, notes = f"carte-{number:05}", begin, ""
    path = f"prospects/{card}.md"
    yield Step(at, card, "", path, _text(number, at.date(), is_open, notes))
    if is_open:
        places = list(COLUMNS[1 : number % len(COLUMNS) + 1])
    else:
        places = [*COLUMNS[1 : chance.randint(2, 4)], ("gagne", "perdu", "perdu")[number % 3]]
    noted = [""] * round(STEPS - 1 - len(places) + chance.random() - 0.5)
    for place in sorted([*places, *noted], key=[*COLUMNS, "", "gagne", "perdu"].index):
        at += timedelta(days=chance.randint(1, 5), minutes=chance.randrange(400))
        at = min(at, datetime.combine(AS_OF - timedelta(days=1), datetime.min.time(), PARIS).replace(hour=18))
        notes += f"### {at.date()} — appel\n\n- Besoin confirmé, budget à valider.\n- Objection prix.\n\n"
        after = f"{place}/{card}.md" if place else path
        yield Step(at, card, path, after, _text(number, at.date(), is_open, notes, place))
        path = after


def _text(number: int, day: date, is_open: bool, notes: str, place: str = "") -> str:
    lines = [
        f"title: Maintenance du site {number}",
        f"account: Société {number} et fils",
        f"contact: Mme Martin {number}",
        f"contact_email: m{number}@societe-{number}.example",
        f"decision_maker: Mme Martin {number}",
        f"amount: {number % 90 + 2} k€",
        f"probability: {number % 9 * 10 + 10} %",
        f"owner: {PEOPLE[number % 4]}",
        f"source: {('inbound', 'outbound', 'salon')[number % 3]}",
        f"close_date: {day + timedelta(days=40)}",
        f"class: {('standard', 'standard', 'standard', 'fixed-date')[number % 4]}",
        TICKS,
    ]
    if is_open:
        lines += [
            f"next_action: Rappeler pour le devis {number}",
            f"next_action_date: {AS_OF + timedelta(number % 9)} 10:00",
        ]
    if place == "perdu":
        lines.append("lost_reason: price")
    return "---\n" + "\n".join(lines) + f"\n---\n## Notes\n\n{notes}"


def _file(path: str, text: str) -> bytes:
    data = text.encode()
    return f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"


def _commit(at: datetime, subject: str, changes: list[bytes]) -> bytes:
    who = f"Zoé <zoe@example.org> {int(at.timestamp())} {at.strftime('%z')}"
    said = f"{subject}\n".encode()
    head = f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata {len(said)}\n".encode()
    return head + said + b"".join(changes) + b"\n"


def main() -> None:
    """Make one board."""
    parser = argparse.ArgumentParser(description="Make a board to measure on.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cards", type=int, default=1000)
    parser.add_argument("--open", type=int, default=150)
    asked = parser.parse_args()
    print(make(asked.folder, asked.cards, asked.open))


if __name__ == "__main__":
    main()
