"""Two repositories with the same deals: in one, people also do to files what means nothing; in the other they do not.

What is one board's state is a set of facts (where a card is, what it says, how its file is called, how the column's folder
is called, where the board stands). A commit changes facts; a merge takes from each side what it changed. The plain
repository has the same commits at the same times, but only facts that mean something ever change in it.
"""

from __future__ import annotations

import random
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

KEYS = ("q", "r", "o", "w")
Facts = dict[tuple[str, str], str]
MEANT = ("column", "text")


@dataclass
class Repository:
    """One of the two, written by `git fast-import`."""

    root: Path
    ids: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.root.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, data: bytes | None = None) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.root, input=data, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def commit(self, parents: list[int], files: dict[str, str], at: int, message: str) -> None:
        lines = [f"commit refs/heads/main\nauthor Z <z@e> {at} +0000\ncommitter Z <z@e> {at} +0000\n"]
        lines.append(f"data {len(message)}\n{message}\n")
        for position, parent in enumerate(parents):
            lines.append(f"{'merge' if position else 'from'} {self.ids[parent]}\n")
        lines.append("deleteall\n")
        for path, content in files.items():
            lines.append(f"M 100644 inline {path}\ndata {len(content)}\n{content}\n")
        self.git("fast-import", "--quiet", "--force", data="".join(lines).encode())
        self.ids.append(self.git("rev-parse", "main").strip())


def config(claimed: dict[str, str]) -> str:
    """A `board.yml`."""
    lines = [f"  - {{key: {key}, folder: {claimed[key]}{', kind: won' if key == 'w' else ''}}}\n" for key in KEYS]
    return "columns:\n" + "".join(lines)


def files_of(facts: Facts) -> dict[str, str]:
    """The tree that shows some facts."""
    files = {"notes.txt": "x", f"{facts['prefix', 'board']}board.yml": config({k: facts["claimed", k] for k in KEYS})}
    for (what, card), column in facts.items():
        if what == "column" and column and not facts.get(("gone", card)):
            name = f"{facts['prefix', 'cards']}{facts['folder', column]}/{facts['name', card]}.md"
            files[name] = facts["text", card]
    return files


class TwoBoards:
    """Both repositories, made from one seed."""

    def __init__(self, root: Path, seed: int, cards: int = 4, *, branches: bool = True) -> None:
        self.real, self.plain = Repository(root / "real"), Repository(root / "plain")
        self.random = random.Random(seed)
        self.cards = [f"card-{number}" for number in range(cards)]
        self.branches, self.nameable = branches, self.cards
        self.number = 0
        self.clock = 1_740_000_000
        facts: Facts = {("prefix", "board"): "", ("prefix", "cards"): ""}
        for key in KEYS:
            facts["folder", key] = facts["claimed", key] = key
        for card in self.cards:
            facts["name", card] = card
            facts["column", card] = self.random.choice(KEYS)
            facts["text", card] = self.text(card)
        self.start = facts
        self.states: list[Facts] = []
        self.tip = self.write([], facts, "start")

    def text(self, card: str) -> str:
        self.number += 1
        return f"---\naccount: {card} {self.number}\n---\n"

    def write(self, parents: list[int], facts: Facts, message: str = "x") -> int:
        self.clock += self.random.choice([60, 3600, 86_400])
        meant = {fact: value for fact, value in facts.items() if fact[0] in MEANT}
        for repository, told in ((self.real, facts), (self.plain, {**self.start, **meant})):
            repository.commit(parents, files_of(told), self.clock, message)
        self.states.append(facts)
        return len(self.states) - 1

    def then(self, tip: int, message: str = "x", **changes: dict[str, str]) -> int:
        """One more commit on a line."""
        new = {(what, name): value for what, named in changes.items() for name, value in named.items()}
        return self.write([tip], {**self.states[tip], **new}, message)

    def step(self, tip: int) -> int:
        """Something that means something, or does not."""
        gesture = self.random.choice(
            [self.deal, self.deal, self.lose, self.move_board, self.folder, self.name, self.undo]
        )
        return gesture(tip)

    def deal(self, tip: int) -> int:
        card = self.random.choice(self.cards)
        if self.random.random() < 0.3:
            return self.then(tip, text={card: self.text(card)})
        others = [key for key in KEYS if key != self.states[tip]["column", card]]
        text = {card: self.text(card)} if self.random.random() < 0.3 else {}
        return self.then(tip, column={card: self.random.choice(others)}, text=text)

    def lose(self, tip: int) -> int:
        """Cards are deleted and brought back."""
        some = self.random.sample(self.cards, self.random.choice([1, 2, 4]))
        tip = self.then(tip, gone=dict.fromkeys(some, "yes"))
        return self.then(tip, gone=dict.fromkeys(some, ""))

    def move_board(self, tip: int) -> int:
        others = [one for one in ("", "b/", "x/y/") if one != self.states[tip]["prefix", "board"]]
        new = self.random.choice(others)
        order = self.random.choice([["board", "cards"], ["cards", "board"], []])
        if not order:
            return self.then(tip, prefix={"board": new, "cards": new})
        for part in order:
            tip = self.then(tip, prefix={part: new})
        return tip

    def folder(self, tip: int) -> int:
        key = self.random.choice(KEYS)
        self.number += 1
        name = f"{key}{self.number}"
        order = self.random.choice([["folder", "claimed"], ["claimed", "folder"], []])
        if not order:
            return self.then(tip, folder={key: name}, claimed={key: name})
        for part in order:
            tip = self.then(tip, **{part: {key: name}})
        return tip

    def name(self, tip: int) -> int:
        self.number += 1
        some = self.random.sample(self.nameable, self.random.choice([1, len(self.nameable)]))
        return self.then(tip, name={card: f"{card}-{self.number}" for card in some})

    def undo(self, tip: int) -> int:
        card = self.random.choice(self.cards)
        before = self.states[tip]
        column = self.random.choice([key for key in KEYS if key != before["column", card]])
        text = self.text(card) if self.random.random() < 0.5 else before["text", card]
        meant = self.states[tip]
        self.write_real_only([tip], {**meant, ("column", card): column, ("text", card): text}, meant, "win")
        undone = len(self.states) - 1
        return self.write([undone], meant, f"undo\n\nKanban: undo\nUndoes: {self.real.ids[undone]}\n")

    def write_real_only(self, parents: list[int], facts: Facts, plain: Facts, message: str) -> None:
        self.clock += 600
        meant = {fact: value for fact, value in plain.items() if fact[0] in MEANT}
        self.real.commit(parents, files_of(facts), self.clock, message)
        self.plain.commit(parents, files_of({**self.start, **meant}), self.clock, message)
        self.states.append(facts)

    def branch(self) -> None:
        """Work on a side branch and on the main line, then a merge that has what both did. No file is renamed twice."""
        base, side = self.tip, self.tip
        self.nameable = self.cards[:2]
        for _step in range(self.random.choice([1, 2])):
            side = self.step(side)
        self.nameable = self.cards[2:]
        for _step in range(self.random.choice([0, 1, 2])):
            self.tip = self.step(self.tip)
        self.nameable = self.cards
        start, ours, theirs = self.states[base], self.states[self.tip], self.states[side]
        merged = {fact: ours[fact] if ours.get(fact) != start.get(fact) else value for fact, value in theirs.items()}
        for fact, value in ours.items():
            merged.setdefault(fact, value)
        self.tip = self.write([self.tip, side], merged)

    def advance(self, steps: int) -> None:
        for _step in range(steps):
            if self.branches and self.random.random() < 0.25:
                self.branch()
            else:
                self.tip = self.step(self.tip)
        for repository in (self.real, self.plain):
            repository.git("update-ref", "refs/heads/main", repository.ids[self.tip])

    @property
    def facts(self) -> Facts:
        """The state at the head."""
        return self.states[self.tip]
