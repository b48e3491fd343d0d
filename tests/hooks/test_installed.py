"""The published hooks as a user gets them: pre-commit clones the project, installs it, and runs it."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import GitFolder
from tests.hooks.conftest import MANIFEST, ROOT, STAGES, Workshop
from tests.lint.conftest import card

pytestmark = pytest.mark.sweep(one_in=3)

PROJECT = ("hatch_build.py", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


def test_the_manifest_is_one_that_pre_commit_takes() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(MANIFEST)], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("hook", yaml.safe_load(MANIFEST.read_text("utf-8")), ids=lambda hook: hook["id"])
def test_every_hook_names_its_stages_and_runs_once(hook: dict[str, Any]) -> None:
    assert set(hook["stages"]) <= {*STAGES, "manual"}
    assert hook["require_serial"] is True
    assert hook["description"]
    by_files = hook["id"] in ("kanban-lint-files", "kanban-fix")
    assert bool(hook.get("always_run")) is not by_files


@pytest.mark.slow
def test_a_clone_installed_by_pre_commit_judges_a_commit(
    workshop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = GitFolder(tmp_path / "project")
    for name in PROJECT:
        shutil.copy(ROOT / name, project.root / name)
    for folder in ("kanban", "example-board"):
        shutil.copytree(ROOT / folder, project.root / folder, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    revision = project.commit("the project")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONPATH", sysconfig.get_path("purelib"))  # what is installed here need not be downloaded
    if importlib.util.find_spec("hatchling"):
        monkeypatch.setenv("PIP_NO_BUILD_ISOLATION", "0")  # as pip reads it: none
    hooks = [{"id": name} for name in ("kanban-lint", "kanban-commit-msg", "kanban-push")]
    workshop.write(
        ".pre-commit-config.yaml",
        yaml.safe_dump({"repos": [{"repo": str(project.root), "rev": revision, "hooks": hooks}]}),
    )
    workshop.force("the published hooks")
    workshop.write("prospects/acme.md", card(next_action_date=""))
    workshop.git("add", "-A")
    verdict = workshop.try_commit()
    assert not verdict.green
    assert "prospects/acme.md" in verdict.said
    assert "KB501" in verdict.said
    workshop.write("prospects/acme.md", card(amount="30000"))
    workshop.git("add", "-A")
    assert workshop.try_commit().green
