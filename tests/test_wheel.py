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


@pytest.mark.slow
def test_a_wheel_holds_every_compiled_catalogue(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    for name in KEPT:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
        else:
            shutil.copy(ROOT / name, tree)
    (tree / ".gitignore").write_bytes((ROOT / ".gitignore").read_bytes())
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(tree))
    done = subprocess.run(pip, capture_output=True, text=True, check=False, env=os.environ)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as archive:
        found = {name: archive.read(name) for name in archive.namelist() if name.endswith((".mo", ".po"))}
    catalogues = sorted(LOCALE_FOLDER.glob("*/LC_MESSAGES/*.po"))
    assert len(catalogues) > 10
    for po in catalogues:
        name = po.relative_to(LOCALE_FOLDER.parent.parent.parent).as_posix()
        assert found[name.removesuffix("po") + "mo"] == compiled(po)
