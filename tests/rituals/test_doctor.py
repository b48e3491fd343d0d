"""The doctor: every light, and the cure beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kanban.rituals.checkup import Check, Clone, check_board, check_clone
from tests.boards import board_of, card_text
from tests.conftest import GitFolder, Kanban

GOOD = Clone(
    identity="Zoé <z@example.org>",
    hooks=("pre-commit",),
    ci=(".gitlab-ci.yml",),
    remotes=("origin",),
    merges_cards=True,
)


def lights(checks: tuple[Check, ...]) -> dict[str, str]:
    return {check.key: check.light for check in checks}


def test_a_good_clone_is_green() -> None:
    assert set(lights(check_clone(GOOD)).values()) == {"green"}


@pytest.mark.parametrize(
    ("change", "key", "light"),
    [
        ({"identity": ""}, "identity", "red"),
        ({"shallow": True}, "depth", "red"),
        ({"pending": True}, "writer", "red"),
        ({"locks": ("x",)}, "writer", "amber"),
        ({"in_progress": ("rebase",)}, "operation", "red"),
        ({"hooks": ()}, "hooks", "amber"),
        ({"ci": ()}, "ci", "amber"),
        ({"merges_cards": False}, "merge-driver", "amber"),
        ({"remotes": ()}, "remote", "amber"),
        ({"programs": ("core.pager=x",)}, "programs", "amber"),
    ],
)
def test_one_thing_amiss(change: dict[str, Any], key: str, light: str) -> None:
    checks = check_clone(replace(GOOD, **change))
    assert {one: found for one, found in lights(checks).items() if found != "green"} == {key: light}
    assert all(check.cure for check in checks if check.light != "green")


def test_without_a_repository_there_is_one_thing_to_do() -> None:
    assert lights(check_clone(None)) == {"repository": "red"}


def test_the_start_up_checklist() -> None:
    bare = board_of({}, "columns: [{key: a}, {key: b}, {key: c, kind: won}]\n")
    found = lights(check_board(bare))
    amber = {"columns", "template", "daily", "weekly", "review", "workshop", "metrics", "owners"}
    assert {key for key, light in found.items() if light == "amber"} == amber
    assert found["wip"] == "red"
    broken = board_of({"a/x.md": "---\nno: [\n---\n"}, "columns: [{key: a}]\nrituals: {metrics: [nope, throughput]}\n")
    assert lights(check_board(broken))["cards"] == "red"
    assert any("nope" in check.text for check in check_board(broken))
    blocked = board_of({"a/x.md": card_text(blocked_cause="law")}, "columns: [{key: a}]\n")
    assert lights(check_board(blocked))["blocks"] == "amber"


def test_hooks_and_ci_are_found_where_they_are(golden_board: Path, kanban: Kanban, git_folder: GitFolder) -> None:
    def found(key: str) -> str:
        checks = kanban("-C", golden_board, "doctor", "--json").json["checks"]
        light: str = next(check["light"] for check in checks if check["key"] == key)
        return light

    assert (found("hooks"), found("ci"), found("programs")) == ("amber", "amber", "green")
    hook = git_folder.write(".git/hooks/pre-commit", "#!/bin/sh\nexec kanban lint --staged\n")
    assert found("hooks") == "amber"
    hook.chmod(0o755)
    git_folder.write(".github/workflows/board.yml", "run: kanban lint\n")
    git_folder.git("config", "filter.x.smudge", "touch /tmp/x")
    git_folder.git("config", "merge.kanban.driver", "kanban merge-driver")
    assert (found("hooks"), found("ci"), found("programs")) == ("green", "green", "amber")


def test_exit_one_when_something_is_red_and_repair(golden_board: Path, kanban: Kanban, git_folder: GitFolder) -> None:
    assert kanban("-C", golden_board, "doctor").code == 0
    leftover = git_folder.write(".git/kanban/write-1/x", "")
    answer = kanban("-C", golden_board, "doctor", "--lang", "en")
    assert answer.code == 1
    assert "kanban doctor --repair" in answer.out
    assert kanban("-C", golden_board, "doctor", "--repair").code == 0
    assert not leftover.exists()
