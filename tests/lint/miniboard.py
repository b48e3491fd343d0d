"""A whole board written as one text: what the manual pages of the rules show, and what their tests run.

== today 2026-10-05             the day; default: Monday 2026-10-05
== board.yml                    default: the preset b2b in English
== offer/acme.md                a file; `(executable)` and other marks in brackets say what text cannot
== before: offer/acme.md        a file as it was before the change under review
== history                      `2026-09-20 acme to offer`, `2026-09-21 acme edited`, `2026-09-22 acme removed`;
                                `2026-09-20 acme,basalt to offer` is one commit
== edited 2026-09-21 acme       an earlier version of a card, with its whole text
== steps                        `acme prospects to offer: subject of the commit / a line of its body`
== unsigned                     `won/acme.md acme into Won`: what the board wants signed and is not
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache

from kanban.lint.rule import LintContext
from kanban.lint.steps.step import Step, Unsigned
from kanban.lint.waivers.baseline import Baseline, read_baseline
from kanban.metrics.base.clocks import clocks
from kanban.model.cards.assembly import read_board
from kanban.model.cards.board import Board
from kanban.model.cards.boardfile import EXECUTABLE_MODE, SYMLINK_MODE, BoardFile
from kanban.model.cards.card import Card
from kanban.model.cards.read_card import read_card
from kanban.model.history.events import Event, History, Kind
from kanban.model.presets import preset_text
from kanban.model.text.problem import Problem

TODAY = date(2026, 10, 5)
MARKS: dict[str, Callable[[BoardFile], BoardFile]] = {
    "executable": lambda file: replace(file, mode=EXECUTABLE_MODE),
    "symbolic link": lambda file: replace(file, data=None, mode=SYMLINK_MODE, note="symlink"),
    "too large": lambda file: replace(file, data=None, note="too-large"),
    "strange": lambda file: replace(file, data=None, note="strange"),
    "latin-1": lambda file: replace(file, data=(file.data or b"").decode().encode("latin-1")),
    "byte order mark": lambda file: replace(file, data=b"\xef\xbb\xbf" + (file.data or b"")),
    "blank line first": lambda file: replace(file, data=b"\n" + (file.data or b"")),
    "mixed line ends": lambda file: replace(file, data=(file.data or b"").replace(b"\n", b"\r\n", 1)),
    "zero-width space": lambda file: replace(file, data=(file.data or b"").replace(b"ACME", b"AC\xe2\x80\x8bME")),
    "unmerged": lambda file: replace(file, stage=2),
    "decomposed accents": lambda file: replace(file, path=_decomposed(file.path)),
}


@dataclass
class MiniBoard:
    """The parts of a board in text form."""

    today: date = TODAY
    files: dict[str, BoardFile] = field(default_factory=dict)
    before: dict[str, BoardFile] = field(default_factory=dict)
    history: list[str] = field(default_factory=list)
    versions: list[tuple[date, str, str]] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    baseline: list[str] = field(default_factory=list)
    unsigned: list[str] = field(default_factory=list)
    changed: bool = False


def parse(text: str) -> MiniBoard:
    """Take the text apart."""
    board = MiniBoard()
    for part in re.split(r"(?m)^== ", text)[1:]:
        head, _newline, content = part.partition("\n")
        _add(board, head.strip(), content.rstrip("\n") + "\n" if content.strip() else "")
    default = BoardFile("board.yml", preset_text("b2b", "en").encode())
    board.files.setdefault("board.yml", default)
    board.before.setdefault("board.yml", board.files["board.yml"])
    return board


def _add(board: MiniBoard, head: str, content: str) -> None:
    if head.startswith("today "):
        board.today = date.fromisoformat(head.split()[1])
    elif head == "history":
        board.history += [line for line in content.splitlines() if line.strip()]
    elif head == "steps":
        board.changed = True
        board.steps += [line for line in content.splitlines() if line.strip()]
    elif head.startswith("edited "):
        _word, day, card = head.split()
        board.versions.append((date.fromisoformat(day), card, content))
    elif head == "unsigned":
        board.unsigned = content.splitlines()
    elif head == "baseline":
        board.baseline += content.splitlines()
    elif head == "before":
        board.changed = True
    elif head.startswith("before: "):
        board.changed = True
        file = _file(head.removeprefix("before: "), content)
        board.before[file.path] = file
    else:
        file = _file(head, content)
        board.files[file.path] = file


def _file(head: str, content: str) -> BoardFile:
    found = re.fullmatch(r"(.*?)(?: \(([^)]*)\))?", head)
    assert found
    file = BoardFile(found[1], content.encode())
    return MARKS[found[2]](file) if found[2] else file


def _decomposed(path: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFD", path)


@cache
def context_of(text: str) -> LintContext:
    """The context that the rules see."""
    return context_with(text, {})


def context_with(text: str, files: dict[str, BoardFile]) -> LintContext:
    """The context of a text with other files in place of its own, when any are given."""
    mini = parse(text)
    mini.files = files or mini.files
    board = read_board(mini.files.values(), anchor=mini.today)
    history, versions = _past(mini, board)
    return LintContext(
        board,
        mini.today,
        clocks=clocks(board, history, mini.today) if mini.history or mini.versions else None,
        history=history if mini.history or mini.versions else None,
        versions=versions if mini.versions else None,
        base=read_board(mini.before.values(), anchor=mini.today) if mini.changed else None,
        steps=tuple(_step(line, mini.today) for line in mini.steps) if mini.changed else None,
        unsigned=tuple(_unsigned(line) for line in mini.unsigned),
    )


def _unsigned(line: str) -> Unsigned:
    path, _space, what = line.partition(" ")
    return Unsigned("", what, path, what.split()[0])


def baseline_of(text: str) -> Baseline | None:
    """The baseline of the board, when it has one."""
    rows = parse(text).baseline
    if not rows:
        return None
    body = ",".join(rows)
    return read_baseline(f'{{"schema": "kanban-lint-baseline/1", "findings": [{body}]}}', "baseline.json")


def _past(mini: MiniBoard, board: Board) -> tuple[History, dict[str, Card]]:
    events: list[Event] = []
    versions: dict[str, Card] = {}
    rows = [(line.split()[0], line, "") for line in mini.history]
    rows += [(day.isoformat(), f"{day} {card} edited", text) for day, card, text in mini.versions]
    columns: dict[str, str] = {}
    single = [
        (commit, line.replace(line.split()[1], card, 1), text)
        for commit, (_day, line, text) in enumerate(sorted(rows, key=lambda row: row[0]))
        for card in line.split()[1].split(",")
    ]
    for order, (commit, line, text) in enumerate(single):
        words = line.split()
        day, card, kind = words[0], words[1], words[2]
        source = columns.get(card)
        target = words[3] if kind == "to" else None if kind == "removed" else source
        known: dict[str, Kind] = {"edited": "edited", "removed": "removed"}
        what = known.get(kind, "moved" if source else "created")
        if target:
            columns[card] = target
        at = datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC)
        blob = f"blob{order}" if text else ""
        if text:
            versions[blob] = _version(board, card, text)
        events.append(Event(card, what, source, target, at, at, "Zoé", f"c{commit}", "", blob, order=order))
    return History(tuple(events)), versions


def _version(board: Board, card: str, text: str) -> Card:
    file = BoardFile(f"x/{card}.md", text.encode())
    return read_card(file, card, board.config.columns[0].key, board.config, anchor=TODAY)


def _step(line: str, today: date) -> Step:
    found = re.fullmatch(r"(\S+) (\S+) to (\S+)(?:: (.*))?", line.strip())
    assert found, line
    source, target = (None if name == "nothing" else name for name in (found[2], found[3]))
    message = "\n\n".join(found[4].split(" / ")) if found[4] else None
    return Step(found[1], source, target, today, "c1" if message else "", message)


def problem(code: str) -> Problem:
    """A problem of this code, for tests that need one of a kind no text gives."""
    return Problem("prospects/acme.md", 1, 1, code, "message", "cure")
