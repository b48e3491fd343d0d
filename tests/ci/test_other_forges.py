"""The scripts for GitLab, Forgejo, Bitbucket, cron and `kanban init`, run here against a bare repository as each forge runs them."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.boards import FIVE_COLUMNS, card_text
from tests.ci.workflows import ROOT, Runner, load, steps_of
from tests.conftest import GitFolder
from tools.pin import pins

pytestmark = pytest.mark.sweep


@dataclass
class Forge:
    """A bare repository with `main` and a branch `change` that passes a column, a clone of it, and a machine for jobs."""

    bare: Path
    clone: GitFolder
    runner: Runner

    def run(self, script: str, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Run a script in the clone; the tool is fetched from this checkout instead of from the network."""
        tool = "https://github.com/git-kanban/git-kanban"
        home = self.runner.folder / "home"
        home.mkdir(exist_ok=True)
        head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True)
        (pin,) = set(pins(script)) or {head.stdout.strip()}
        told = {
            **os.environ,
            "HOME": str(home),
            "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"),
            "PATH": f"{self.runner.bin}:{os.environ['PATH']}",
            "KANBAN_AS_OF": "2026-10-05",
            **(environment or {}),
        }
        (home / ".gitconfig").write_text(f'[url "file://{self.runner.folder}/tool"]\n\tinsteadOf = {tool}\n')
        return subprocess.run(
            ["bash", "-c", script.replace(pin, "v-this")],
            cwd=self.clone.root, env=told, capture_output=True, text=True, check=False,
        )  # fmt: skip


@pytest.fixture
def forge(git_folder: GitFolder, tmp_path: Path) -> Forge:
    git_folder.write("board.yml", FIVE_COLUMNS)
    git_folder.write("prospects/acme.md", card_text(amount="100"))
    git_folder.write("qualifies/beta.md", card_text(amount="100"))
    git_folder.commit("start", date="2026-10-01T10:00:00+02:00")
    git_folder.git("branch", "-M", "main")
    git_folder.git("switch", "-qc", "change")
    (git_folder.root / "prospects/acme.md").unlink()
    git_folder.write("offre/acme.md", card_text(amount="100"))
    git_folder.commit("acme, at once", date="2026-10-02T10:00:00+02:00")
    bare = tmp_path / "acme/sales.git"
    git_folder.git("clone", "-q", "--bare", "--template=", ".", str(bare))
    git_folder.git("push", "-q", str(bare), "change:refs/pull/7/head", "main:refs/pull/8/head")
    clone = GitFolder(tmp_path / "clone")
    clone.git("remote", "add", "origin", str(bare))
    clone.git("fetch", "-q", "origin")
    clone.git("checkout", "-q", "-B", "change", "origin/change")
    runner = Runner(tmp_path / "runner", clone.root)
    tool = GitFolder(runner.folder / "tool")
    tool.write("locks/install", (ROOT / "locks/install").read_text("utf-8"))
    (tool.root / "locks/install").chmod(0o755)
    tool.commit("tool")
    tool.git("tag", "v-this")
    return Forge(bare, clone, runner)


def template(name: str) -> tuple[str, dict[str, str]]:
    """A job of the GitLab component: its script, and the variables that it declares, inputs filled in."""
    spec, jobs = yaml.safe_load_all((ROOT / "templates/board/template.yml").read_text("utf-8"))
    inputs = {key: str(one.get("default", "internal")) for key, one in spec["spec"]["inputs"].items()}
    inputs["commit"] = "v-this"
    base, job = jobs[".kanban"], jobs[name]
    variables = {**base["variables"], **job.get("variables", {})}
    for key, value in inputs.items():
        variables = {one: text.replace(f"$[[ inputs.{key} ]]", value) for one, text in variables.items()}
    return "\n".join(["set -eo pipefail", *base["before_script"], *job["script"]]), variables


GITLAB = {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_PROJECT_VISIBILITY": "private"}


def test_gitlab_checks_a_merge_request(forge: Forge) -> None:
    script, variables = template("kanban-check")
    done = forge.run(script, {**variables, **GITLAB})
    assert done.returncode == 1, done.stdout + done.stderr
    assert "KB401" in done.stdout
    assert "KB401" in (forge.clone.root / "kanban-report.md").read_text()
    assert isinstance(json.loads((forge.clone.root / "kanban-quality.json").read_text()), list)
    assert "locks/tool.txt" in (forge.runner.folder / "pip.txt").read_text()


def test_gitlab_shows_the_board_of_a_merge_request(forge: Forge) -> None:
    script, variables = template("kanban-review")
    done = forge.run(script, {**variables, **GITLAB})
    assert done.returncode == 0, done.stderr
    assert "acme" in (forge.clone.root / "kanban-preview/index.html").read_text()
    assert "locks/charts.txt" in (forge.runner.folder / "pip.txt").read_text()


def forgejo(name: str, event: Mapping[str, str] | None = None) -> tuple[str, dict[str, str]]:
    step: dict[str, Any] = next(one for one in steps_of(load(ROOT / "docs/ci" / name)) if "run" in one)
    values = {f"${{{{ github.{key} }}}}": value for key, value in (event or {}).items()}
    return step["run"], {key: values.get(text, text) for key, text in step["env"].items()}


def test_forgejo_checks_a_pull_request(forge: Forge) -> None:
    script, variables = forgejo("forgejo-board.yml", {"event.pull_request.base.ref": "main"})
    done = forge.run(script, {**variables, "KANBAN_COMMIT": "v-this"})
    assert done.returncode == 1, done.stdout + done.stderr
    assert "KB401" in done.stdout
    assert "1 error to settle." in done.stdout


def test_forgejo_publishes_the_board_and_its_pull_requests(forge: Forge) -> None:
    forge.clone.git("checkout", "-q", "-B", "main", "origin/main")
    forge.runner.program("curl", '#!/bin/sh\nread -r said; echo "$said" >> "$HOME/asked"\necho \'[{"number": 7}]\'\n')
    event = {
        "token": "s3cret", "server_url": f"file://{forge.bare.parent.parent}", "repository": "acme/sales.git",
        "event.repository.private": "true",
    }  # fmt: skip
    script, variables = forgejo("forgejo-publish.yml", event)
    done = forge.run(script, {**variables, "KANBAN_COMMIT": "v-this"})
    assert done.returncode == 0, done.stdout + done.stderr
    files = forge.clone.git("ls-tree", "-r", "--name-only", f"{fetched(forge)}").split()
    assert {"index.html", "pull/7/index.html"} <= set(files)
    assert "pull/8/index.html" not in files
    assert "Authorization: token s3cret" in (forge.runner.folder / "home/asked").read_text()


def fetched(forge: Forge) -> str:
    forge.clone.git("fetch", "-q", "origin", "pages")
    return forge.clone.git("rev-parse", "FETCH_HEAD").strip()


@pytest.mark.parametrize("where", ["gitlab", "forgejo"])
def test_other_forges_guard_it_too(forge: Forge, where: str) -> None:
    """An internal site of a project that everybody can read is refused before anything is installed or drawn."""
    if where == "gitlab":
        script, variables = template("pages")
        done = forge.run(script, {**variables, **GITLAB, "CI_PROJECT_VISIBILITY": "public"})
        assert not (forge.clone.root / "public").exists()
    else:
        script, variables = forgejo("forgejo-publish.yml", {"event.repository.private": "false"})
        done = forge.run(script, variables)
    assert (done.returncode, "everybody can read" in done.stderr) == (2, True)


def bitbucket(kind: str, name: str) -> str:
    steps = yaml.safe_load((ROOT / "docs/ci/bitbucket-pipelines.yml").read_text("utf-8"))["pipelines"][kind][name]
    return "set -e\n" + "\n".join(steps[0]["step"]["script"])


def test_bitbucket_checks_and_draws_a_pull_request(forge: Forge) -> None:
    told = {"BITBUCKET_PR_DESTINATION_BRANCH": "main"}
    done = forge.run(bitbucket("pull-requests", "**"), told)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "KB401" in done.stdout
    assert "KB401" in (forge.clone.root / "kanban-report.md").read_text()
    assert (forge.clone.root / "site/index.html").exists()


def test_bitbucket_publishes_for_whom_is_said(forge: Forge, tmp_path: Path) -> None:
    forge.runner.program("scp", '#!/bin/sh\ncp -r "$2" "$3"\n')
    script = bitbucket("branches", "main")
    assert forge.run(script).returncode != 0
    done = forge.run(script, {"AUDIENCE": "internal", "SITE_TARGET": str(tmp_path / "www")})
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "www/index.html").exists()


def test_cron_renews_the_clone_and_puts_the_site_in_place_at_once(forge: Forge, tmp_path: Path) -> None:
    forge.clone.git("checkout", "-q", "-B", "main", "origin/main")
    forge.clone.git("branch", "-q", "-u", "origin/main")
    forge.runner.program("kanban", (forge.runner.bin / "kanban-shim").read_text())
    www = tmp_path / "www"
    script = f'{ROOT}/docs/ci/cron.sh {forge.clone.root} internal "{www}"'
    assert forge.run(script).returncode == 0
    first = (www / "index.html").read_text()
    forge.clone.git("push", "-q", "origin", "origin/change:main")
    done = forge.run(script)
    assert done.returncode == 0, done.stderr
    assert (www / "index.html").read_text() != first
    assert {one.name for one in tmp_path.iterdir() if one.name.startswith("www")} == {"www"}
    assert forge.run(f"{ROOT}/docs/ci/cron.sh {forge.clone.root}").returncode != 0


@pytest.mark.parametrize("name", ["github", "gitlab", "forgejo"])
def test_what_init_writes_checks_the_board(forge: Forge, name: str) -> None:
    text = (ROOT / f"kanban/commands/setup/recipes/{name}.yml").read_text("utf-8").replace('"BOARD"', ".")
    document = yaml.safe_load(text)
    if name == "gitlab":
        script = "\n".join(["set -e", *document["board"]["script"]])
    else:
        forge.runner.program("kanban", (forge.runner.bin / "kanban-shim").read_text())
        script = next(step["run"] for step in document["jobs"]["board"]["steps"] if "run" in step)
    forge.clone.write("offre/acme.md", card_text(next_action=""))
    done = forge.run(script)
    assert done.returncode == 1, done.stderr
    assert "KB501" in done.stdout
