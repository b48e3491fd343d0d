"""A model of a team: random weeks of three clones, and what must hold once everybody has synced.

Zoé has our hooks, Karim has none, Léa knows git alone. Their gestures, hand edits, offline days and races come from a
seed, so that a week that fails can be looked at again: `python -m tests.team.weeks 1 SEED`.
"""

from __future__ import annotations

import io
import os
import random
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from kanban.cli import cli
from kanban.commands.base.calling.entry import run
from kanban.folder.hookfiles import write_hooks
from kanban.repository.git.repository import Repository
from kanban.repository.hooks.scripts import install_hooks, script
from tests.team.forks import forked_hooks

BOARD = """\
title: Team
language: en
timezone: Europe/Paris
columns:
  - {key: prospects}
  - {key: offre, wip: 4}
  - {key: negociation, wip: 2}
  - {key: gagne, kind: won}
  - {key: perdu, kind: lost}
  - {key: nurturing, kind: parked}
"""
COLUMNS = ("prospects", "offre", "negociation", "gagne", "perdu", "nurturing")
OPEN = COLUMNS[:3]
CARD = """\
---
account: {name}
next_action: call
next_action_date: 2026-10-09
owner: {owner}
amount: 1000
---

# {name}

## Notes
"""


class Broken(AssertionError):
    """Something that must hold does not."""


@dataclass
class Person:
    """One clone, what its owner wrote that must not be lost, and how often things happened."""

    root: Path
    name: str
    chance: random.Random
    today: date = date(2026, 10, 5)
    minute: int = 0
    bullets: set[tuple[str, str]] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)

    def _environment(self) -> dict[str, str]:
        self.minute += 1
        at = f"{self.today}T{8 + self.minute // 60 % 12:02}:{self.minute % 60:02}:00+02:00"
        return {"KANBAN_AS_OF": str(self.today), "GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}

    def kanban(self, *words: str) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        os.environ.update(self._environment())
        os.chdir(self.root)
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(cli, list(words))
        self.counts[words[0]] = self.counts.get(words[0], 0) + 1
        if code not in (0, 1, 2) or "Traceback" in err.getvalue():
            raise Broken(f"{self.name}: kanban {shlex.join(words)} → {code}\n{err.getvalue()}")
        return code, out.getvalue(), err.getvalue()

    def git(self, *words: str) -> tuple[int, str]:
        """Exit code and everything said."""
        environment = {**os.environ, **self._environment()}
        done = subprocess.run(
            ["git", *words], cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )
        return done.returncode, (done.stdout + done.stderr).strip()

    def cards(self, *columns: str) -> list[Path]:
        """The files of cards in some columns (default: all)."""
        found = (file for column in columns or COLUMNS for file in (self.root / column).glob("**/*.md"))
        return sorted(file for file in found if file.name != "README.md")

    def any_card(self, *columns: str) -> Path | None:
        found = self.cards(*columns)
        return self.chance.choice(found) if found else None


class Team:
    """Three people and what they share."""

    def __init__(self, root: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.shared = root / "shared.git"
        self.served = self.chance.random() < 0.6
        self.number = 0
        first = root / "first"
        _git(root, "init", "-q", "-b", "main", str(first))
        (first / "board.yml").write_text(BOARD, "utf-8")
        for column in COLUMNS:
            (first / column).mkdir()
            (first / column / "README.md").write_text(f"# {column}\n", "utf-8")
        for number, column in enumerate(("prospects",) * 4 + ("offre",) * 2 + ("negociation",)):
            card = CARD.format(name=f"Start {number}", owner="Zoe")
            (first / column / f"start-{number}.md").write_text(card, "utf-8")
        _git(first, "add", "-A")
        _git(first, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-q", "-m", "start")
        _git(root, "clone", "-q", "--bare", str(first), str(self.shared))
        self.zoe, self.karim, self.lea = (self._clone(root / name, name) for name in ("zoe", "karim", "lea"))
        install_hooks(Repository.find(self.zoe.root))
        if self.served:
            order = script("lint --pre-receive --changed-only --output-format concise")
            write_hooks(self.shared / "hooks", {"pre-receive": order})

    def _clone(self, root: Path, name: str) -> Person:
        _git(root.parent, "clone", "-q", f"file://{self.shared}", str(root))
        _git(root, "config", "user.name", name)
        _git(root, "config", "user.email", f"{name}@example.org")
        return Person(root, name, self.chance)

    @property
    def people(self) -> tuple[Person, Person, Person]:
        return self.zoe, self.karim, self.lea

    def week(self) -> None:
        """Five days; then everybody syncs until nothing is left, and everything is looked at."""
        offline = {person.name for person in (self.zoe, self.karim) if self.chance.random() < 0.3}
        for day in range(5):
            for person in self.chance.sample(self.people, 3):
                person.today = date(2026, 10, 5) + timedelta(days=day)
                if person is self.lea:
                    self._by_git(person)
                    continue
                for _gesture in range(self.chance.randint(1, 2)):
                    self._gesture(person)
                if person.name not in offline and self.chance.random() < 0.6:
                    self.sync(person)
        for person in (self.zoe, self.karim, self.zoe, self.karim):
            self.sync(person)
        self._pull(self.lea)
        self.check()

    # -- what they do ------------------------------------------------------------------------------------------

    def _gesture(self, person: Person) -> None:
        choices: list[tuple[Callable[[Person], None], int]] = [
            (self._note, 5), (self._new, 1), (self._set, 2), (self._move, 5), (self._close, 2), (self._undo, 2),
            (self._batch, 1), (self._hand_edit, 1),
        ]  # fmt: skip
        self.chance.choices([one for one, _weight in choices], [weight for _one, weight in choices])[0](person)

    def _text(self, person: Person) -> str:
        self.number += 1
        return f"{person.name} said {self.number}"

    def _note(self, person: Person) -> None:
        if (card := person.any_card()) is None:
            return
        text = self._text(person)
        extra = (
            ("--next", text, "--on", f"2026-10-{self.chance.randint(9, 30):02}") if self.chance.random() < 0.5 else ()
        )
        if person.kanban("note", card.stem, text, *extra)[0] == 0:
            person.bullets.add((card.stem, text))

    def _new(self, person: Person) -> None:
        self.number += 1
        person.kanban("new", f"{person.name} {self.number}", "--next", "call", "--on", "2026-10-12")

    def _set(self, person: Person) -> None:
        if card := person.any_card(*OPEN):
            person.kanban("set", card.stem, f"amount={self.chance.randint(1, 99) * 100}")

    def _move(self, person: Person) -> None:
        if (card := person.any_card(*OPEN)) is None:
            return
        at = OPEN.index(card.relative_to(person.root).parts[0])
        if at < 2 and self.chance.random() < 0.8:
            code, _out, _err = person.kanban("move", card.stem, OPEN[at + 1])
            if code == 1 and self.chance.random() < 0.2:
                person.kanban("move", card.stem, OPEN[at + 1], "--force", "--reason", "signs today")
        elif at:
            person.kanban("move", card.stem, OPEN[at - 1], "--reason", "too early")

    def _close(self, person: Person) -> None:
        if card := person.any_card(*OPEN):
            way = self.chance.choice((("win",), ("lose", "--reason", "price"), ("park", "--until", "2026-12-01")))
            person.kanban(way[0], card.stem, *way[1:], *(("--reason", "quick") if way[0] == "win" else ()))

    def _undo(self, person: Person) -> None:
        before = self._texts(person)
        code, _out, err = person.kanban("undo")
        if code == 2 and not re.search("there is no kanban command|later commit|not committed", err):
            raise Broken(f"{person.name}: undo was refused\n{err}")
        after = self._texts(person)
        for card, text in list(person.bullets):
            if text in before.get(card, "") and text not in after.get(card, ""):
                person.bullets.discard((card, text))

    def _batch(self, person: Person) -> None:
        if (card := person.any_card(*OPEN)) is None:
            return
        text = self._text(person)
        file = person.root / ".git" / "batch.txt"
        file.write_text(f'note {card.stem} "{text}"\nset {card.stem} amount=700\n', "utf-8")
        if person.kanban("batch", str(file))[0] == 0:
            person.bullets.add((card.stem, text))

    def _hand_edit(self, person: Person) -> None:
        """Somebody writes into a card with an editor and commits it with git."""
        if (card := person.any_card()) is None:
            return
        text = self._text(person)
        card.write_text(card.read_text("utf-8").rstrip("\n") + f"\n- {text}\n", "utf-8")
        if person.git("commit", "-q", "-a", "-m", "by hand")[0] == 0:
            person.bullets.add((card.stem, text))
        else:
            person.git("checkout", "-q", "HEAD", "--", ".")

    def _by_git(self, person: Person) -> None:
        """Léa: pulls, edits, commits, pushes; what does not go through at once she throws away."""
        self._pull(person)
        if (card := person.any_card()) is None:
            return
        text = self._text(person)
        start = person.git("rev-parse", "HEAD")[1]
        card.write_text(card.read_text("utf-8").rstrip("\n") + f"\n- {text}\n", "utf-8")
        if not self.served and self.chance.random() < 0.3:
            data = card.read_text("utf-8")
            card.write_text(re.sub(r"next_action_date: .*\n", "", data), "utf-8")
        column = card.relative_to(person.root).parts[0]
        if self.served and column == "prospects" and self.chance.random() < 0.4:
            person.git("mv", str(card), str(person.root / "offre" / card.name))
        person.git("commit", "-q", "-a", "-m", f"{card.stem}: by Lea")
        if person.git("push", "-q", "origin", "main")[0] == 0:
            person.bullets.add((card.stem, text))
        else:
            person.git("reset", "-q", "--hard", start)

    def _pull(self, person: Person) -> None:
        code, said = person.git("pull", "-q", "--ff-only")
        if code:
            raise Broken(f"{person.name} cannot pull\n{said}")

    # -- together ----------------------------------------------------------------------------------------------

    def sync(self, person: Person) -> None:
        """Type `kanban sync`, and then only what is printed, until it is shared."""
        words, told = ["sync"], []
        for _attempt in range(12):
            code, _out, err = person.kanban(*words)
            told.append(f"{shlex.join(words)} → {code}\n{err}")
            if code == 0 and words[0] == "sync":
                return
            words = self._as_told(err) if code else ["sync"]
            if not words:
                break
        raise Broken(f"{person.name} cannot share\n" + "\n".join(told))

    def _as_told(self, err: str) -> list[str]:
        lines = [line for line in err.splitlines() if re.match(r"\s*→ `?kanban ", line)]
        if not lines:
            return []
        words = shlex.split(lines[-1].strip().removeprefix("→").strip().strip("`"))[1:]
        return [
            self.chance.choice(word.split("|")) if "|" not in word.partition("=")[2] else self._one(word)
            for word in words
        ]

    def _one(self, word: str) -> str:
        name, _equals, choices = word.partition("=")
        return f"{name}={self.chance.choice([one for one in choices.split('|') if one != 'remove'])}"

    # -- what must hold ----------------------------------------------------------------------------------------

    def _texts(self, person: Person) -> dict[str, str]:
        return {file.stem: file.read_text("utf-8") for file in person.cards()}

    def check(self) -> None:
        """Every clone equal and clean, every card once, every bullet there, no limit broken in silence, git sound."""
        tip = _git(self.shared, "rev-parse", "main")
        for person in self.people:
            head, status = person.git("rev-parse", "HEAD")[1], person.git("status", "--porcelain")[1]
            if (head, status) != (tip, ""):
                raise Broken(f"{person.name} is not where the others are: {head} {tip}\n{status}")
            if _git(person.root, "fsck", "--no-dangling"):
                raise Broken(f"git fsck of {person.name}")
        names = [file.stem for file in self.zoe.cards()]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise Broken(f"cards that stand twice: {twice}")
        texts = self._texts(self.zoe)
        started = {f"start-{number}" for number in range(7)}
        if not started <= set(names):
            raise Broken(f"cards that are gone: {started - set(names)}")
        for person in self.people:
            lost = [(card, text) for card, text in person.bullets if f"- {text}\n" not in texts.get(card, "") + "\n"]
            if lost:
                raise Broken(f"notes of {person.name} that are gone: {lost}")
        _code, out, _err = self.karim.kanban("lint", "--select", "KB304,KB303,KB305", "--output-format", "concise")
        if "KB303" in out or re.search(r"error.*KB304|KB304.*error", out):
            raise Broken(f"a limit broken in silence\n{out}")


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Broken(f"git {shlex.join(words)}\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def live(seed: int) -> dict[str, int]:
    """One week of a team; how often each verb was typed. Raises Broken."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="team-") as folder:
        try:
            team = Team(Path(folder), seed)
            team.week()
            return {f"{person.name} {verb}": count for person in team.people for verb, count in person.counts.items()}
        finally:
            os.chdir(here)


def main() -> int:
    """`python -m tests.team.weeks NUMBER [FIRST-SEED]`: so many weeks; exit 1 when one does not hold."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    os.environ.update(GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL=os.devnull, NO_COLOR="1", LC_ALL="C.UTF-8")
    broken, typed = [], 0
    with forked_hooks():
        for seed in range(first, first + number):
            try:
                typed += sum(live(seed).values())
            except Broken as error:
                broken.append(seed)
                print(f"week {seed}: {error}", flush=True)
            else:
                print(f"week {seed} holds", flush=True)
    print(f"{number} weeks, {typed} commands, {len(broken)} broken {broken or ''}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
