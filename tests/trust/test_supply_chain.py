"""What is installed is named, by its hash; what runs for us is pinned, with few rights; what we give away says what it is."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import known_holes
from tools.pin import PINNED, pins

ROOT = Path(__file__).parent.parent.parent
LOCKS = sorted((ROOT / "locks").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ENTRY = re.compile(
    r"^(?P<what>[A-Za-z0-9._-]+==[^\\\n]+?)\s*\\\n(?P<hashes>(?:\s+--hash=sha256:[0-9a-f]{64}(?: \\)?\n?)+)", re.M
)
INSTALLS = [
    *sorted((ROOT / ".github/workflows").glob("*.yml")),
    ROOT / "action.yml",
    ROOT / "locks/install",
]


def locked(path: Path) -> dict[str, str]:
    """Package → its version, of the entries of a lock that carry hashes."""
    found = (Requirement(entry["what"].strip()) for entry in ENTRY.finditer(path.read_text(encoding="utf-8")))
    return {canonicalize_name(one.name): next(iter(one.specifier)).version for one in found}


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_line_of_a_lock_has_a_hash_and_nothing_else_is_in_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    rest = ENTRY.sub("", text)
    assert [line for line in rest.splitlines() if line.strip() and not line.startswith("#")] == []
    assert len(locked(path)) > 10
    assert "file:" not in text
    assert "git+" not in text


def groups(name: str) -> list[str]:
    found: list[str] = []
    for one in PROJECT["dependency-groups"][name]:
        found += groups(one["include-group"]) if isinstance(one, dict) else [one]
    return found


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("charts.txt", [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["charts"]]),
        ("dev.txt", [*PROJECT["project"]["dependencies"], *groups("dev")]),
        ("charts.txt", PROJECT["build-system"]["requires"]),
        ("tool.txt", [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]),
        ("checks.txt", PROJECT["build-system"]["requires"]),
    ],
)
def test_a_lock_has_all_that_the_project_asks_for(path: str, wanted: list[str]) -> None:
    have = locked(ROOT / "locks" / path)
    for text in wanted:
        asked = Requirement(text)
        if asked.marker is not None and not asked.marker.evaluate():
            continue
        version = have.get(canonicalize_name(asked.name))
        assert version is not None, f"{asked.name}: run make locks"
        assert asked.specifier.contains(version), f"{asked.name} {version}: run make locks"


@pytest.mark.parametrize("path", INSTALLS, ids=lambda path: path.name)
def test_nothing_is_installed_in_a_pipeline_but_by_its_hash(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        if re.search(r"pip install|^\s+install ", line) and "install() {" not in line:
            assert "--require-hashes" in line or '--no-build-isolation "$here"' in line, line


def test_a_check_fetches_nothing_that_draws() -> None:
    drawn = {canonicalize_name(Requirement(one).name) for one in PROJECT["project"]["optional-dependencies"]["charts"]}
    assert drawn & set(locked(ROOT / "locks/tool.txt")) == set()


def test_the_pipeline_installs_the_locked_environment_before_it_tests() -> None:
    lines = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert [line.split()[1] for line in lines if line.startswith("make ")] == ["locked", "test"]


def test_a_release_is_built_twice_compared_described_and_attested() -> None:
    document = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))
    steps = document["jobs"]["build"]["steps"]
    scripts = "\n".join(step.get("run", "") for step in steps)
    used = [step["uses"].partition("@")[0] for step in steps if "uses" in step]
    assert "SOURCE_DATE_EPOCH" in scripts
    assert "sha256sum --check ../SHA256SUMS" in scripts
    assert "cyclonedx-py requirements locks/charts.txt" in scripts
    assert {"actions/attest-build-provenance", "actions/attest-sbom"} <= set(used)
    assert document["permissions"] == {"contents": "read"}


@pytest.mark.parametrize(
    ("told", "code", "said"),
    [
        ('{"dependencies": [{"name": "a", "version": "1", "vulns": []}]}', 0, "1 packages looked up"),
        ('{"dependencies": [{"name": "a", "skip_reason": "not found"}]}', 3, "NOT AUDITED: 1 packages"),
        ("no network", 3, "NOT AUDITED: all packages"),
        (
            '{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}]}',
            1,
            "a 1: CVE-1, mended in 2",
        ),
    ],
)
def test_nothing_looked_up_is_not_called_nothing_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], told: str, code: int, said: str
) -> None:
    program = tmp_path / "pip-audit"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{told}\nEND\n")
    program.chmod(0o755)
    assert known_holes.main(str(program), ["locks/tool.txt"]) == code
    assert said in capsys.readouterr().out


def test_dependabot_looks_at_both_kinds_and_waits() -> None:
    document = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text(encoding="utf-8"))
    assert {one["package-ecosystem"] for one in document["updates"]} == {"pip", "github-actions"}
    assert all(one["cooldown"]["default-days"] >= 7 for one in document["updates"])


def in_history(commit: str) -> bool:
    asked = ["git", "cat-file", "-e", f"{commit}^{{commit}}"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, check=False).returncode == 0


def at_commit(commit: str, path: str) -> str:
    asked = ["git", "show", f"{commit}:{path}"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("path", PINNED, ids=lambda path: str(path.relative_to(ROOT)))
def test_recipes_install_one_commit_of_ours_and_never_a_name_that_anybody_could_claim(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = pins(text)
    assert found
    assert set(found) == set(pins((ROOT / "README.md").read_text(encoding="utf-8"))), "python tools/pin.py COMMIT"
    assert all(re.fullmatch("[0-9a-f]{40}", one) for one in found)
    for line in text.splitlines():
        if re.search(r"(pip|pipx|uvx) .*git-kanban", line):
            assert re.search(r"git\+https://[\w./-]+@[0-9a-f]{40}", line), line


def test_the_commit_that_recipes_install_has_what_they_use() -> None:
    (commit,) = set(pins((ROOT / "README.md").read_text(encoding="utf-8")))
    if not in_history(commit):
        pytest.skip("this clone has not got the commit that the recipes name")
    inputs = yaml.safe_load(at_commit(commit, "action.yml"))["inputs"]
    commands = inputs["command"]["description"]
    assert "--require-hashes" in at_commit(commit, "locks/install")
    for path in sorted((ROOT / "docs/ci").glob("github-*.yml")):
        for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values():
            for step in job["steps"]:
                if step.get("uses", "").startswith("git-kanban/"):
                    assert set(step["with"]) <= set(inputs), path
                    assert step["with"]["command"] in commands, path
    version = tomllib.loads(at_commit(commit, "pyproject.toml"))["project"]["version"]
    for path in PINNED:
        for said in re.findall(rf"{commit} # v(\S+)", path.read_text(encoding="utf-8")):
            assert said == version
