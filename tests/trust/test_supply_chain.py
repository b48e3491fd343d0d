"""What is installed is named, by its hash; what runs for us is pinned, with few rights; what we give away says what it is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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


def test_dependabot_looks_at_both_kinds_and_waits() -> None:
    document = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text(encoding="utf-8"))
    assert {one["package-ecosystem"] for one in document["updates"]} == {"pip", "github-actions"}
    assert all(one["cooldown"]["default-days"] >= 7 for one in document["updates"])


RECIPES = [
    *sorted((ROOT / "docs/ci").glob("*.yml")),
    *sorted((ROOT / "kanban/commands/setup/recipes").glob("*.yml")),
    ROOT / "templates/board/template.yml",
    ROOT / "docs/getting-started.md",
    ROOT / "docs/fr/getting-started.md",
    ROOT / "README.md",
]


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_recipe_installs_a_name_that_anybody_could_claim(path: Path) -> None:
    """From the repository, at a tag or commit; a bare name on an index would be whoever's took it first."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if re.search(r"(pip|pipx|uvx)( install)?.*git-kanban|default: .git-kanban", line):
            assert re.search(r"git\+https://[\w./-]+@\S+", line), line
