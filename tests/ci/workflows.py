"""Reads workflow files, and runs their shell steps as a runner would, with the forge and the installer played."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted([*ROOT.glob(".github/workflows/*.yml"), *ROOT.glob("docs/ci/github-*.yml")])
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


def load(path: Path) -> dict[str, Any]:
    """A workflow file as data; YAML 1.1 reads its key `on` as true."""
    found: dict[Any, Any] = yaml.safe_load(path.read_text("utf-8"))
    return {("on" if key is True else key): value for key, value in found.items()}


def steps_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All steps of a workflow or of a composite action."""
    if "runs" in document:
        return list(document["runs"]["steps"])
    return [step for job in document["jobs"].values() for step in job["steps"]]


class Runner:
    """A machine that runs the shell steps of `action.yml`."""

    def __init__(self, folder: Path, repository: Path) -> None:
        self.repository = repository
        self.folder = folder
        self.bin = folder / "bin"
        self.bin.mkdir(parents=True)
        self.temp = folder / "temp"
        self.temp.mkdir()
        self.calls = folder / "gh-calls.txt"
        self.summary = folder / "summary.md"
        self.path_file = folder / "path"
        self.output = folder / "output"
        for file in (self.calls, self.summary, self.path_file, self.output):
            file.write_text("")
        shim = f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m kanban "$@"\n'
        self.program("kanban-shim", shim)
        self.program(
            "python3",
            f'#!/bin/sh\nif [ "$1 $2" = "-m venv" ]; then mkdir -p "$3/bin"; cp "{self.bin}/kanban-shim" "$3/bin/kanban"; '
            f'printf \'#!/bin/sh\\necho "$@" >> "%s/pip.txt"\\n\' "{folder}" > "$3/bin/python"; '
            f'chmod +x "$3/bin/python"; exit; fi\nexec "{sys.executable}" "$@"\n',
        )

    def program(self, name: str, text: str) -> None:
        """Put a program on the path."""
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def run(self, command: str, inputs: Mapping[str, str], event: Mapping[str, str] | None = None) -> Any:
        """Run the action; returns the last step's result."""
        action = load(ROOT / "action.yml")
        given = {name: spec.get("default", "") for name, spec in action["inputs"].items()}
        given |= {**inputs, "command": command}
        values = {f"inputs.{name}": value for name, value in given.items()}
        values |= {"runner.temp": str(self.temp), "github.action_path": str(ROOT)}
        values |= {f"github.event.workflow_run.{name}": value for name, value in (event or {}).items()}
        done = None
        for step in steps_of(action):
            if "run" not in step:
                continue  # somebody else's action: the cache
            wanted = step.get("if")
            if wanted is not None and wanted != f"inputs.command == '{command}'":
                continue
            done = self._step(step, values)
            told = (line.split("=", 1) for line in self.output.read_text().splitlines())
            values |= {f"steps.{step.get('id')}.outputs.{key}": value for key, value in told}
            if done.returncode:
                break
        return done

    def _step(self, step: Mapping[str, Any], values: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        resolved = {key: EXPRESSION.sub(lambda m: values.get(m[1], ""), text) for key, text in step["env"].items()}
        added = os.pathsep.join(self.path_file.read_text().split())
        environment = {
            **os.environ,
            **resolved,
            "PATH": os.pathsep.join([part for part in (added, str(self.bin), os.environ["PATH"]) if part]),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_PATH": str(self.path_file),
            "GITHUB_OUTPUT": str(self.output),
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_REPOSITORY": "acme/sales",
            "KANBAN_AS_OF": "2026-10-05",
            "GH_CALLS": str(self.calls),
        }
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.repository,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
