"""Random histories as real repositories: branches, merges of all kinds, moves with edits, wild clocks."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

COLUMNS = "qrow"


class RandomHistory:
    """Builds one repository with `git fast-import` from one seed; `advance` adds commits to it."""

    def __init__(self, root: Path, seed: int, cards: int = 3, skew: bool = True, prefix: str = "") -> None:
        self.root, self.prefix, self.skew = root, prefix, skew
        self.random = random.Random(seed)
        self.names = [f"card-{number}" for number in range(cards)]
        self.trees: list[dict[str, tuple[str, str]]] = []
        self.tips: dict[str, int] = {}
        self.clock = 1_740_000_000
        self.text = 0
        root.mkdir(parents=True, exist_ok=True)
        self._git("init", "-q", "-b", "main")

    def _git(self, *arguments: str, stdin: bytes | None = None) -> bytes:
        done = subprocess.run(["git", *arguments], cwd=self.root, input=stdin, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    def advance(self, commits: int) -> None:
        """Add some commits; the last one is on `main` and joins whatever was left open now and then."""
        lines: list[bytes] = []
        for _number in range(commits):
            lines.append(self._next())
        if len(self.tips) > 1 and self.random.random() < 0.8:
            lines.append(self._merge("main", [name for name in self.tips if name != "main"]))
        marks = ("--import-marks-if-exists=.git/marks", "--export-marks=.git/marks")
        self._git("fast-import", "--quiet", "--force", *marks, stdin=b"".join(lines))
        self._git("symbolic-ref", "HEAD", "refs/heads/main")

    def _next(self) -> bytes:
        chance = self.random
        if "main" not in self.tips:
            return self._commit("main", [], {})
        if len(self.tips) < 4 and chance.random() < 0.3:
            name = f"side-{len(self.trees)}"
            start = chance.choice(list(self.tips.values()) + list(range(len(self.trees)))[-3:])
            return self._commit(name, [start], self.trees[start])
        if len(self.tips) > 1 and chance.random() < 0.35:
            into = chance.choice(sorted(self.tips))
            others = [name for name in sorted(self.tips) if name != into]
            return self._merge(into, chance.sample(others, chance.choice([1, 1, 1, min(2, len(others))])))
        name = chance.choice(sorted(self.tips))
        return self._commit(name, [self.tips[name]], self.trees[self.tips[name]])

    def _merge(self, into: str, others: list[str]) -> bytes:
        parents = list(dict.fromkeys([self.tips[into], *(self.tips[name] for name in others)]))
        sides = [self.trees[parent] for parent in parents]
        tree = {}
        for card in self.names:
            choice = self.random.random()
            side = sides[0] if choice < 0.4 else self.random.choice(sides)
            if card in side:
                tree[card] = side[card]
            if choice > 0.9:
                self._change(tree, card)
        for name in others:
            if name != "main" and self.random.random() < 0.7:
                del self.tips[name]
        return self._written(into, parents, tree)

    def _commit(self, name: str, parents: list[int], tree: dict[str, tuple[str, str]]) -> bytes:
        tree = dict(tree)
        for card in self.random.sample(self.names, self.random.choice([0, 1, 1, 1, 2])):
            self._change(tree, card)
        return self._written(name, parents, tree)

    def _change(self, tree: dict[str, tuple[str, str]], card: str) -> None:
        chance = self.random.random()
        if card not in tree:
            tree[card] = (f"{self.random.choice(COLUMNS)}/{card}.md", self._content(card))
            return
        path, content = tree[card]
        if chance < 0.1:
            del tree[card]
        elif chance < 0.25:
            tree[card] = (path, self._content(card))
        elif chance < 0.35:
            tree[card] = (f"{path[0]}/2026/{card}.md", content)
        else:
            content = self._content(card) if self.random.random() < 0.3 else content
            tree[card] = (f"{self.random.choice(COLUMNS)}/{card}.md", content)

    def _content(self, card: str) -> str:
        self.text = self.random.choice([self.text + 1, self.text + 1, max(self.text - 1, 0)])
        return f"---\naccount: {card} A{self.text}\n---\n"

    def _written(self, name: str, parents: list[int], tree: dict[str, tuple[str, str]]) -> bytes:
        number = len(self.trees)
        self.trees.append(tree)
        self.tips[name] = number
        self.clock += self.random.choice([0, 0, 60, 3600, 86400])
        at = self.clock + (self.random.choice([0, 0, 0, -100_000, 5_000]) if self.skew else 0)
        zone = self.random.choice(["+0100", "-0500", "+1345", "+0000"])
        parts = [f"commit refs/heads/{name}\nmark :{number + 1}\n"]
        parts.append(f"author Zoé <z@e> {at} {zone}\ncommitter Paul <p@e> {self.clock} {zone}\ndata 1\nx\n")
        for position, parent in enumerate(parents):
            parts.append(f"{'merge' if position else 'from'} :{parent + 1}\n")
        parts.append("deleteall\n")
        if self.prefix:
            parts.append("M 100644 inline other.md\ndata 1\nx\n")
        for path, content in tree.values():
            parts.append(f"M 100644 inline {self.prefix}{path}\ndata {len(content)}\n{content}\n")
        return "".join(parts).encode()
