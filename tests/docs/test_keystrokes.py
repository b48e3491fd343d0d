"""The gestures of a day take half the keys that they once took."""

from __future__ import annotations

import pytest

from tools.keystrokes import BEFORE, GUIDES, counted, total


@pytest.mark.sweep
@pytest.mark.slow
@pytest.mark.parametrize("language", list(GUIDES))
def test_fewer_keys(language: str) -> None:
    each, whole = total(language)
    assert len(each) >= 20
    assert whole.tab <= BEFORE[language] * 0.5


def test_how_keys_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """`kan TAB`, `nex TAB`, `--o TAB`, three letters and a space, Enter: what is unique is completed, a name in full."""
    monkeypatch.chdir(GUIDES["en"].parent.parent / "example-board")
    assert counted("kanban undo").typed == 13
    assert counted("kanban move acme-sso").tab == counted("k m ac").typed + 2, "the program's name takes two more"
    assert counted("kanban show acme-sso").tab < counted("kanban show acme-sso").typed / 2 + 1
