"""Cures, typed: every command that a finding names is run as it stands, and the finding is gone."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from kanban.commands.base.calling.invocation import ALIASES
from kanban.lint.engine import Request, lint
from kanban.lint.rule import Rule
from kanban.lint.rules import RULES
from kanban.lint.selection import Selection
from tests.conftest import GitFolder, Kanban
from tests.lint.miniboard import MiniBoard, baseline_of, context_of, parse

COMMAND = re.compile(r"`((?:kanban|git|chmod) [^`]* [^`]*)`")
"""A command with arguments; one without names a verb."""
WORDS = {"owner": "Zoé", "next_action": "call Ana", "amount": "28000", "received_at": "2026-10-05 08:00"}
SHOWN_ONLY = {"KB405": "Wants SSO"}
"""Rules whose cure shows a text that a person then puts back."""
ELSEWHERE = {
    "KB307": "needs a merge: tests/merges/test_resolve.py",
    "KB311": "needs attributes above: tests/lint/test_attributes.py",
    "KB006": "is about a file beside the board: tests/lint/test_baseline.py",
    "KB104": "restores what was committed before the damage",
    "KB412": "needs a person's key: tests/trust/test_signed.py",
    "KB213": "asks for a decision: which of the two is right",
}


def commands_in(cures: Iterable[str]) -> list[str]:
    """The commands that cures name, each once."""
    return list(dict.fromkeys(command for cure in cures for command in COMMAND.findall(cure)))


@cache
def cures_of(rule: Rule) -> tuple[str, ...]:
    """What the findings on the rule's bad board say."""
    request = Request(Selection(select=(rule.code,)), baseline=baseline_of(rule.manual.bad))
    return tuple(one.hit.cure for one in lint(context_of(rule.manual.bad), request).findings)


TYPED = [(rule, at) for rule in RULES if rule.code not in ELSEWHERE for at in range(len(commands_in(cures_of(rule))))]


class Acted:
    """The rule's bad board in a real repository, its past in real commits."""

    def __init__(self, folder: GitFolder, rule: Rule) -> None:
        self.folder, self.mini = folder, parse(rule.manual.bad)
        self.folder.write("board.yml", self.mini.files["board.yml"].data or b"")
        self._live()
        if self.mini.changed:
            self._before()
        for path, file in self.mini.files.items():
            written = self.folder.write(path, file.data or b"")
            written.chmod(int(file.mode, 8) & 0o777)
        self._commit(self.mini.today.isoformat(), hour=9)

    def _before(self) -> None:
        """The board before the change."""
        for path, file in self.mini.before.items():
            self.folder.write(path, file.data or b"")
        self.base = self._commit(self.mini.today.isoformat(), hour=8)
        for path in set(self.mini.before) - set(self.mini.files):
            (self.folder.root / path).unlink()

    def _live(self) -> None:
        """The cards' past: where they stood on which day."""
        places: dict[str, str] = {}
        rows = [(line.split()[0], line.split()[1:], "") for line in self.mini.history]
        rows += [(day.isoformat(), [card, "edited"], text) for day, card, text in self.mini.versions]
        last = {card: at for at, (_day, (card, *_what), _text) in enumerate(sorted(rows))}
        for at, (day, (card, *what), text) in enumerate(sorted(rows)):
            now = next((path for path in self.mini.files if path.endswith(f"/{card}.md")), f"prospects/{card}.md")
            if what[0] == "to":
                if card in places:
                    (self.folder.root / places[card]).unlink()
                places[card] = f"{what[1]}/{card}.md"
            place = places.setdefault(card, now)
            data = text.encode() or (self.mini.files[now].data or b"") + (b"" if at == last[card] else day.encode())
            self.folder.write(place, data)
            self._commit(day, hour=9)

    def _commit(self, day: str, hour: int) -> str:
        return self.folder.commit("past", date=f"{day}T{hour:02}:00:00+02:00")

    def found(self, rule: Rule, kanban: Kanban, *where: str) -> list[str]:
        """The cures that the rule offers now, remarks left out."""
        if self.mini.changed:
            where = ("--range", f"{self.base}..HEAD")
        answer = kanban("lint", "--json", "--select", rule.code, "--as-of", self.mini.today.isoformat(), *where)
        return [one["cure"] for one in answer.json["findings"] if one["severity"] in ("error", rule.severity)]


@pytest.fixture
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Commits are made at noon of the miniature boards' day."""
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(name, "2026-10-05T12:00:00+02:00")
    return monkeypatch


def type_in(command: str, mini: MiniBoard, kanban: Kanban) -> tuple[int, str]:
    """Type a command as a person would; ours run in this process, on the board's day where they take one."""
    words = shlex.split(command)
    if words[0] != "kanban":
        done = subprocess.run(words, env=os.environ, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr
    dated = words[1] in ("set", "tick", "park", "reopen", "win", "lose", "unblock", "note", *ALIASES)
    answer = kanban(*words[1:], *(["--as-of", mini.today.isoformat()] if dated else []))
    return answer.code, answer.out + answer.err


def filled(command: str) -> str:
    """The command with somebody's words in place of `…`."""
    command = re.sub(r'(\w+)="?…"?', lambda found: f'{found[1]}="{WORDS.get(found[1], "2026-10-12")}"', command)
    return command.replace("--reason …", "--reason price").replace('"…"', "said")


@pytest.mark.sweep
@pytest.mark.parametrize(("rule", "at"), TYPED, ids=[f"{rule.code}-{at}" for rule, at in TYPED])
def test_a_cure_cures_as_it_is_typed(
    rule: Rule, at: int, tmp_path: Path, kanban: Kanban, on_that_day: pytest.MonkeyPatch
) -> None:
    acted = Acted(GitFolder(tmp_path / "board"), rule)
    on_that_day.chdir(acted.folder.root)
    for column in context_of(rule.manual.bad).board.config.columns:
        (acted.folder.root / column.directory).mkdir(exist_ok=True)
    before = acted.found(rule, kanban) if acted.mini.changed else cures_of(rule)
    command = commands_in(before)[at]
    if "…" in command:
        code, said = type_in(command, acted.mini, kanban)
        assert code, "a `…` that nobody replaced is no answer"
        assert "…" in said
        command = filled(command)
    code, said = type_in(command, acted.mini, kanban)
    assert code == 0 or "lint --fix" in command, said
    if rule.code in SHOWN_ONLY:
        assert SHOWN_ONLY[rule.code] in said
        return
    if acted.mini.changed:
        acted.folder.commit("cured")
    where = ("--staged",) if "update-index" in command else ()
    assert len(acted.found(rule, kanban, *where)) < len(before), said
