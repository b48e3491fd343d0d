"""A short sample of random weeks of a team; `make team N=300` lives many."""

from __future__ import annotations

import os

import pytest

from tests.team.weeks import live

pytestmark = pytest.mark.sweep


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_week_holds(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KANBAN_AS_OF", "GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(name, os.environ.get(name, ""))  # put back afterwards
    typed = live(seed)
    assert sum(count for name, count in typed.items() if name.endswith(" sync")) >= 4
