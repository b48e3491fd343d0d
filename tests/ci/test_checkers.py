"""Each pipeline file goes through its schema, actionlint, zizmor and shellcheck, as whoever copies it would want."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.ci.workflows import ROOT, load, steps_of

BIN = Path(sys.executable).parent
GUIDES = (ROOT / "docs/getting-started.md", ROOT / "docs/fr/getting-started.md")
GITHUB = [*ROOT.glob(".github/workflows/*.yml"), *ROOT.glob("docs/ci/github-*.yml")]
FORGEJO = sorted(ROOT.glob("docs/ci/forgejo-*.yml"))
WRITTEN = sorted(ROOT.glob("kanban/commands/setup/recipes/*.yml"))
OTHERS_LABEL = 'label "docker" is unknown'


def program(name: str) -> str:
    """A checker of the `dev` group."""
    found = shutil.which(name, path=str(BIN)) or shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed: make locked")
    return found


def run(*argv: str | Path, stdin: str | None = None) -> tuple[int, str]:
    done = subprocess.run([*map(str, argv)], input=stdin, capture_output=True, text=True, check=False, cwd=ROOT)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every workflow that somebody may copy, as a file: recipes, what `init` writes, what the guides show."""
    top = tmp_path_factory.mktemp("repositories")
    found = []

    def put(place: str, name: str, text: str) -> None:
        found.append(top / place / ".github/workflows" / name)
        found[-1].parent.mkdir(parents=True, exist_ok=True)
        found[-1].write_text(text, "utf-8")

    for source in (*GITHUB, *FORGEJO, *(one for one in WRITTEN if one.stem != "gitlab")):
        put(source.parent.name, source.name, source.read_text("utf-8"))
    for guide in GUIDES:
        for block in re.findall(r"```yaml\n# file: .github/workflows/\S+\n(.*?)```", guide.read_text("utf-8"), re.S):
            put(guide.parent.name, "guide.yml", block)
    assert len(found) >= len(GITHUB) + len(FORGEJO) + 4
    return found


def test_actionlint_has_nothing_to_say(copied: list[Path]) -> None:
    code, said = run(program("actionlint"), "-oneline", "-shellcheck", program("shellcheck"), *copied)
    told = [line for line in said.splitlines() if OTHERS_LABEL not in line]  # runners of other forges
    assert told == []
    assert code in (0, 1)
    code, said = run(program("actionlint"), "-oneline", "-shellcheck", program("shellcheck"))
    assert (code, said) == (0, ""), "our own, beside action.yml"


def test_actionlint_would_have_said_it(tmp_path: Path) -> None:
    file = tmp_path / "bad.yml"
    file.write_text((ROOT / "docs/ci/github-check.yml").read_text().replace("merge_group.base_sha", "merge_grup.base"))
    file.write_text(file.read_text().replace("timeout-minutes: 10", "timeout-minuts: 10", 1))
    code, said = run(program("actionlint"), "-oneline", file)
    assert code == 1
    assert "timeout-minuts" in said


def test_zizmor_has_nothing_to_say(copied: list[Path]) -> None:
    configuration = ROOT / ".github/zizmor.yml"
    asked = (program("zizmor"), "--offline", "--no-progress", "--quiet", "--format", "json", "--config", configuration)
    code, said = run(*asked, *copied, ROOT / "action.yml", ROOT / ".github/dependabot.yml")
    found = json.loads(said[said.index("[") :])
    assert [(one["ident"], one["locations"][0]["symbolic"]["key"]) for one in found] == []
    assert code == 0


SCHEMAS = [
    ("vendor.github-workflows", [*GITHUB, *FORGEJO, *(one for one in WRITTEN if one.stem != "gitlab")]),
    ("vendor.github-actions", [ROOT / "action.yml"]),
    ("vendor.dependabot", [ROOT / ".github/dependabot.yml"]),
    ("vendor.gitlab-ci", [ROOT / "docs/ci/gitlab.yml", ROOT / "kanban/commands/setup/recipes/gitlab.yml"]),
    ("vendor.bitbucket-pipelines", [ROOT / "docs/ci/bitbucket-pipelines.yml"]),
]


@pytest.mark.parametrize(("schema", "files"), SCHEMAS, ids=lambda value: value if isinstance(value, str) else "")
def test_each_file_is_what_its_forge_reads(schema: str, files: list[Path]) -> None:
    code, said = run(program("check-jsonschema"), "--builtin-schema", schema, *files)
    assert code == 0, said


def test_the_gitlab_component_is_a_pipeline(tmp_path: Path) -> None:
    _spec, jobs = (ROOT / "templates/board/template.yml").read_text("utf-8").split("\n---\n")
    file = tmp_path / "component.yml"
    file.write_text(re.sub(r"\$\[\[ inputs\.[\w-]+ \]\]", "python:3.12", jobs))
    code, said = run(program("check-jsonschema"), "--builtin-schema", "vendor.gitlab-ci", file)
    assert code == 0, said


def scripts() -> dict[str, str]:
    """Every shell text that runs somewhere, by where it stands."""
    found = {
        str(path.relative_to(ROOT)): path.read_text("utf-8") for path in (ROOT / "locks/install", ROOT / ".ci/run")
    }
    found["docs/ci/cron.sh"] = (ROOT / "docs/ci/cron.sh").read_text("utf-8")
    for step in steps_of(load(ROOT / "action.yml")):
        if "run" in step:
            found[f"action.yml {step['name']}"] = "#!/usr/bin/env bash\n" + step["run"]
    jobs = [*yaml.safe_load_all((ROOT / "templates/board/template.yml").read_text("utf-8"))][1]
    for name, job in jobs.items():
        lines = [*job.get("before_script", []), *job.get("script", [])]
        found[f"template.yml {name}"] = "#!/usr/bin/env bash\n" + "\n".join(lines)
    bitbucket = yaml.safe_load((ROOT / "docs/ci/bitbucket-pipelines.yml").read_text("utf-8"))
    for name, steps in (*bitbucket["pipelines"]["pull-requests"].items(), *bitbucket["pipelines"]["branches"].items()):
        for at, one in enumerate(steps):
            found[f"bitbucket {name} {at}"] = "#!/usr/bin/env bash\n" + "\n".join(one["step"]["script"])
    return found


@pytest.mark.parametrize(("name", "text"), scripts().items(), ids=list(scripts()))
def test_shellcheck_has_nothing_to_say(name: str, text: str) -> None:
    code, said = run(program("shellcheck"), "--format", "gcc", "-", stdin=text)
    assert (code, said) == (0, ""), name
