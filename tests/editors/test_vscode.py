"""The extension for VS Code: its own tests run in node where there is one, and its package holds what VS Code asks for."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kanban.editors.actions import ASK, COMMAND

FOLDER = Path(__file__).parent.parent.parent / "editors" / "vscode"


def built(target: Path) -> Path:
    words = [sys.executable, str(FOLDER / "package.py"), "--without-dependencies", "--output", str(target)]
    subprocess.run(words, check=True, capture_output=True)
    return target


@pytest.mark.skipif(not shutil.which("node"), reason="needs node")
def test_what_the_extension_does() -> None:
    done = subprocess.run(["node", "--test"], cwd=FOLDER, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "# fail 0" in done.stdout


def test_the_package_is_what_vscode_installs(tmp_path: Path) -> None:
    with zipfile.ZipFile(built(tmp_path / "a.vsix")) as archive:
        names = archive.namelist()
        manifest = ElementTree.fromstring(archive.read("extension.vsixmanifest"))  # noqa: S314 - our own
        about = json.loads(archive.read("extension/package.json"))
        ElementTree.fromstring(archive.read("[Content_Types].xml"))  # noqa: S314 - our own
    space = "{http://schemas.microsoft.com/developer/vsx-schema/2011}"
    identity = manifest.find(f"{space}Metadata/{space}Identity")
    assert identity is not None
    assert (identity.get("Id"), identity.get("Version")) == (about["name"], about["version"])
    assets = [one.get("Path") for one in manifest.iter(f"{space}Asset")]
    assert set(assets) <= set(names)
    assert f"extension/{about['main'].removeprefix('./')}" in names
    assert (tmp_path / "a.vsix").read_bytes() == built(tmp_path / "b.vsix").read_bytes()


def test_the_extension_and_the_server_use_the_same_names() -> None:
    code = (FOLDER / "extension.js").read_text("utf-8")
    assert f"'{COMMAND}'" in code
    assert f"'{ASK}'" in code


def test_every_text_of_the_manifest_is_there_in_both_languages() -> None:
    used = set((FOLDER / "package.json").read_text("utf-8").split("%")[1::2])
    for name in ("package.nls.json", "package.nls.fr.json"):
        assert set(json.loads((FOLDER / name).read_text("utf-8"))) == used
