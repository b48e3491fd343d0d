"""What must hold of every workflow file, read as data."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click import Context

from tests.ci.workflows import ROOT, WORKFLOWS, load, steps_of

PINNED = re.compile(r"^[\w.-]+/[\w./-]+@[0-9a-f]{40}$")
OUR_OWN = re.compile(r"^(\./|git-kanban/git-kanban@[0-9a-f]{40})$")
UNTRUSTED = re.compile(r"\$\{\{")
FILES = [*WORKFLOWS, ROOT / "action.yml", *sorted(ROOT.glob("docs/ci/forgejo-*.yml"))]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=named)
def test_no_expression_is_pasted_into_a_script(path: Path) -> None:
    """An expression in `run:` would run whatever a branch is called; it goes through the environment."""
    for step in steps_of(load(path)):
        assert not UNTRUSTED.search(step.get("run", ""))
        if "run" in step and ("env" in step or "\n" in step["run"]):
            assert step["run"].startswith("set -euo pipefail\n")
            assert step["shell"] == "bash"


@pytest.mark.parametrize("path", FILES, ids=named)
def test_every_action_is_pinned_by_commit_or_is_our_own(path: Path) -> None:
    for step in steps_of(load(path)):
        uses = step.get("uses")
        assert uses is None or PINNED.match(uses) or OUR_OWN.match(uses), uses
        if uses and PINNED.match(uses):
            assert uses.startswith(("actions/", "git-kanban/")), "only the forge's own actions, and ours"
            assert re.search(re.escape(uses) + r" # v\d+\.\d+\.\d+", path.read_text()), "the version stands beside it"


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_permissions_are_named_and_few(path: Path) -> None:
    document = load(path)
    assert document["permissions"] in ({"contents": "read"}, {})
    allowed = {"contents": "read", "actions": "read", "pull-requests": "write", "pages": "write", "id-token": "write"}
    allowed |= {"attestations": "write"} if path.name == "release.yml" else {}
    for job in document["jobs"].values():
        given = {right: word for right, word in job.get("permissions", {}).items() if word != "read"}
        assert given.items() <= allowed.items()
        assert "timeout-minutes" in job


def events(document: dict[str, Any]) -> dict[str, Any]:
    found = document["on"]
    return found if isinstance(found, dict) else dict.fromkeys([found] if isinstance(found, str) else found)


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_triggers(path: Path) -> None:
    """No filter that leaves a required check pending, the queue answered, no strangers' code with rights."""
    found = events(load(path))
    assert "pull_request_target" not in found
    if "pull_request" in found:
        assert "merge_group" in found
        assert not (set(found["pull_request"] or {}) & {"paths", "paths-ignore"})
    if "workflow_run" in found:
        assert not [step for step in steps_of(load(path)) if "checkout" in step.get("uses", "")]
        assert "github.event.workflow_run.event == 'pull_request'" in path.read_text()
    elif "pull_request" in found:
        assert "write" not in str(load(path)["permissions"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_whole_history_and_no_credentials_left_behind(path: Path) -> None:
    for step in steps_of(load(path)):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["fetch-depth"] == 0
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", [path for path in WORKFLOWS if "schedule" in path.read_text()], ids=named)
def test_publishing_names_its_audience_and_runs_daily(path: Path) -> None:
    document = load(path)
    assert events(document)["schedule"]
    for step in steps_of(document):
        if (step.get("with") or {}).get("command") == "render":
            assert step["with"]["audience"] in ("internal", "public")


def test_recipes_and_our_own_workflows_are_the_same_file() -> None:
    """The example board goes through what the documentation tells others to use."""

    def plain(path: str) -> str:
        text = (ROOT / path).read_text()
        return re.sub(r"uses: (\./|git-kanban/.*)|(board|audience|path|i-know): \S+.*", "", text)

    assert plain(".github/workflows/board.yml") == plain("docs/ci/github-check.yml")
    assert plain(".github/workflows/pages.yml") == plain("docs/ci/github-publish.yml")


def test_the_gitlab_component() -> None:
    spec, jobs = yaml.safe_load_all((ROOT / "templates/board/template.yml").read_text())
    assert set(spec["spec"]["inputs"]) == {"board", "audience", "i-know", "source", "commit", "image"}
    assert "default" not in spec["spec"]["inputs"]["audience"]
    assert jobs[".kanban"]["variables"]["GIT_DEPTH"] == "0"
    assert jobs["kanban-check"]["artifacts"]["reports"]["codequality"] == "kanban-quality.json"
    for job in jobs.values():
        assert not [line for line in job.get("script", []) if "$[[" in line], "inputs go through variables"
    include = yaml.safe_load((ROOT / "docs/ci/gitlab.yml").read_text())["include"][0]
    assert set(include["inputs"]) <= set(spec["spec"]["inputs"])


@pytest.mark.parametrize("path", [*FILES, ROOT / "docs/ci/gitlab.yml"], ids=named)
def test_every_verb_and_option_named_in_a_script_exists(path: Path) -> None:
    from kanban.cli import cli

    text = path.read_text()
    for line in re.findall(r"^\s*(?:kanban (?:-C \S+ )?)(.*)$", text, re.MULTILINE):
        words = re.sub(r"\s(2>|\|\||#).*", "", line).split()
        command = cli.get_command(Context(cli), words[0])
        assert command is not None, words
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known
