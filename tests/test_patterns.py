"""A pattern that is compiled later answers like one that was compiled at once."""

from __future__ import annotations

import re
import subprocess
import sys

from kanban.patterns import pattern

COUNTED = """
import re
made = []
compiled = re._compiler.compile
re._compiler.compile = lambda source, flags=0: made.append(source) or compiled(source, flags)
from kanban.model.typed import day_forms, relative_days
from kanban.model.typed.read import read_card_when
before = len(made)
print(before, read_card_when("2026-10-05 10:00", language="fr", anchor=None).value.day, len(made) - before)
"""


def test_the_same_answers() -> None:
    later, at_once = pattern(r"(?P<a>x)(y)?", re.I), re.compile(r"(?P<a>x)(y)?", re.I)
    for text in ("x", "XY", "yx", ""):
        for name in ("match", "fullmatch", "search", "findall", "split"):
            told = [getattr(getattr(one, name)(text), "groups", list)() for one in (later, at_once)]
            assert told[0] == told[1]
        assert later.sub("-", text) == at_once.sub("-", text)
    assert (later.pattern, later.flags, later.groups, dict(later.groupindex)) == (
        at_once.pattern, at_once.flags, at_once.groups, dict(at_once.groupindex)
    )  # fmt: skip


def test_a_day_as_it_is_written_to_cards_asks_for_few_patterns() -> None:
    done = subprocess.run([sys.executable, "-c", COUNTED], capture_output=True, text=True, check=True)
    _before, day, compiled = done.stdout.split()
    assert day == "2026-10-05"
    assert int(compiled) <= 2
