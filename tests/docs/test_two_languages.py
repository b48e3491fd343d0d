"""Every guide that stands in two languages says the same with the same commands; every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.console import FENCE, steps_of

ROOT = Path(__file__).parent.parent.parent
FRENCH = sorted((ROOT / "docs/fr").glob("*.md"))
PAIRS = [(ROOT / "README.md", ROOT / "README.fr.md"), *((ROOT / "docs" / one.name, one) for one in FRENCH)]
CODE = re.compile(r"`[^`\n]+`")
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")


def shape(guide: Path) -> list[list[str]]:
    """Of each command: the verb and the options, which are the same in every language."""
    found = []
    for block in FENCE.findall(guide.read_text("utf-8")):
        for step in steps_of(block):
            words = step.command.partition("#")[0].split()
            found.append([*words[:2], *(word.partition("=")[0] for word in words if word.startswith("--"))])
    return [words for words in found if words[0] != "cd"]


@pytest.mark.parametrize(("english", "french"), PAIRS, ids=lambda path: path.name)
def test_a_guide_in_both_languages(english: Path, french: Path) -> None:
    assert shape(english) == shape(french)
    assert [*re.findall(r"(?m)^#+", english.read_text("utf-8"))] == [*re.findall(r"(?m)^#+", french.read_text("utf-8"))]
    heads = [path.read_text("utf-8").split("\n")[2] for path in (english, french)]
    assert heads[0].startswith("**English** · [Français](")
    assert heads[1].endswith(" · **Français**")


@pytest.mark.parametrize("guide", [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *FRENCH], ids=lambda path: path.name)
def test_every_link_leads_somewhere(guide: Path) -> None:
    broken = [
        link for link in LINK.findall(CODE.sub("", guide.read_text("utf-8"))) if not (guide.parent / link).exists()
    ]
    assert broken == []
