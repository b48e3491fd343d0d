"""Each ritual on the golden board, in both languages, as text and as Markdown."""

from __future__ import annotations

import pytest

from tests.rituals.conftest import Golden

RITUALS = ["daily", "weekly", "review", "workshop"]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("ritual", RITUALS)
def test_the_agenda_as_text(golden: Golden, ritual: str, language: str) -> None:
    golden(f"{ritual}.{language}.txt", ritual, "--lang", language)


@pytest.mark.parametrize("ritual", RITUALS)
def test_the_agenda_as_markdown(golden: Golden, ritual: str) -> None:
    golden(f"{ritual}.md", ritual, "--lang", "en", "--markdown")
