"""A few points of the sweep (`make faults`), seconds only: kills and full disks at the calls where it matters most."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.scenes import SCENES
from tests.faults.sweep import PINNED, faults, judged, prepared
from tests.faults.tracing import KILL, NO_SPACE, Fault, tracer

pytestmark = pytest.mark.sweep

SAMPLE = ("move", "sync-both", "fix", "resolve", "hooks")
POINTS = 4
"""So many kills spread over the calls of a scene."""


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLE)
def test_a_stopped_command_leaves_one_of_two_good_states(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if tracer() is None:
        pytest.skip("this needs Linux, a C compiler and the right to trace")
    for key, value in PINNED.items():
        monkeypatch.setenv(key, value)
    scene = next(scene for scene in SCENES if scene.name == name)
    start = prepared(scene, tmp_path)
    calls = start.run.calls
    # the rename that makes it done is the last of them: just before and just after it
    turn = max(number for number, call in enumerate(calls, 1) if call.startswith("rename"))
    chosen = faults(start.run, [(KILL, False)], max(1, len(calls) // POINTS), first=2)
    chosen += [Fault(turn), Fault(turn, NO_SPACE, True), Fault(min(turn + 1, len(calls)))]
    found = [(fault, problem) for fault in chosen for problem in judged(start, fault).problems]
    assert found == []
