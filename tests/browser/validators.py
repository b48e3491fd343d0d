"""What the two usual validators say of pages, where they are installed: an oracle beside our own reading of the standard.

`vnu` (the checker of the W3C, `npm install vnu-jar`, and a Java) and `html-validate` (from npm too) are looked for on the
PATH, in `VNU_JAR`, and below `node_modules` of the working folder.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

_POLICY = "Content Security Policy"
"""From a disk each file is an origin of its own to vnu: it holds 'self' to forbid the page's own sheets."""
_RULES = {"root": True, "extends": ["html-validate:standard"]}


@cache
def vnu() -> tuple[str, ...]:
    """How to start the checker; () where it cannot be."""
    if found := shutil.which("vnu"):
        return (found,)
    places = (os.environ.get("VNU_JAR", ""), "node_modules/vnu-jar/build/dist/vnu.jar")
    jar = next((place for place in places if place and Path(place).is_file()), "")
    java = shutil.which("java")
    return (java, "-jar", jar) if java and jar else ()


@cache
def html_validate() -> str:
    """The program; "" where there is none."""
    here = Path("node_modules/.bin/html-validate")
    return shutil.which("html-validate") or (str(here.absolute()) if here.is_file() else "")


def complaints(pages: Sequence[Path], folder: Path) -> Iterator[str]:
    """What either finds, each with its page and line. `folder` takes the settings of one of them."""
    names = list(map(str, pages))
    if program := vnu():
        command = [*program, "--format", "gnu", "--no-langdetect", *names]
        told = subprocess.run(command, capture_output=True, text=True, check=False).stderr
        yield from (line for line in told.splitlines() if line.strip() and _POLICY not in line)
    if html_validate():
        settings = folder / "html-validate.json"
        settings.write_text(json.dumps(_RULES), encoding="utf-8")
        command = [html_validate(), "--config", str(settings), "-f", "json", *names]
        told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        for one in json.loads(re.sub(r"^[^\[]*", "", told, count=1) or "[]"):
            yield from (
                f"{one['filePath']}:{said['line']}: {said['ruleId']} {said['message']}" for said in one["messages"]
            )
