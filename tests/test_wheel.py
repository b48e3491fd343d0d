"""What is built from the files that git keeps speaks French."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from kanban.i18n.compiling import LOCALE_FOLDER, compiled

ROOT = Path(__file__).parent.parent
KEPT = ("kanban", "example-board", "pyproject.toml", "hatch_build.py", "README.md", "CHANGELOG.md", "LICENSE")


def built(tmp_path: Path, name: str, **environment: str) -> Path:
    """The wheel made in a copy of what git keeps, in a folder of this name."""
    tree = tmp_path / name
    tree.mkdir()
    for kept in KEPT:
        if (ROOT / kept).is_dir():
            shutil.copytree(ROOT / kept, tree / kept, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
        else:
            shutil.copy(ROOT / kept, tree)
    (tree / ".gitignore").write_bytes((ROOT / ".gitignore").read_bytes())
    into = tmp_path / f"{name}-wheel"
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(into), str(tree))
    done = subprocess.run(pip, capture_output=True, text=True, check=False, env=os.environ | environment)
    assert done.returncode == 0, done.stderr
    (wheel,) = into.glob("*.whl")
    return wheel


@pytest.mark.slow
@pytest.mark.sweep(only=True)
def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    """Another folder, another day on the files, another timezone and language: the same wheel."""
    first = built(tmp_path, "one")
    old = os.umask(0o077)
    try:
        second = built(tmp_path, "another place", TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7")
    finally:
        os.umask(old)
    assert first.name == second.name
    with ZipFile(first) as one, ZipFile(second) as two:
        assert [(info.filename, info.CRC, info.date_time, info.external_attr) for info in one.infolist()] == [
            (info.filename, info.CRC, info.date_time, info.external_attr) for info in two.infolist()
        ]
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.slow
def test_a_wheel_holds_every_compiled_catalogue(tmp_path: Path) -> None:
    wheel = built(tmp_path, "tree")
    with ZipFile(wheel) as archive:
        found = {name: archive.read(name) for name in archive.namelist() if name.endswith((".mo", ".po"))}
    catalogues = sorted(LOCALE_FOLDER.glob("*/LC_MESSAGES/*.po"))
    assert len(catalogues) > 10
    for po in catalogues:
        name = po.relative_to(LOCALE_FOLDER.parent.parent.parent).as_posix()
        assert found[name.removesuffix("po") + "mo"] == compiled(po)
