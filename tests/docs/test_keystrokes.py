"""The gestures of a day take six keys where they once took ten; without what a person says, four."""

from __future__ import annotations

import pytest

from tools.keystrokes import BEFORE, GUIDES, counted, total


@pytest.mark.slow
@pytest.mark.parametrize("language", list(GUIDES))
def test_fewer_keys(language: str) -> None:
    each, whole = total(language)
    assert len(each) >= 20
    assert whole.command <= BEFORE[language].command * 0.4
    assert whole.tab <= BEFORE[language].tab * 0.6


def test_how_keys_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """`kan TAB`, `nex TAB`, `--o TAB`, three letters and a space, Enter: what is unique is completed, a name in full."""
    monkeypatch.chdir(GUIDES["en"].parent.parent / "example-board")
    assert (counted("kanban undo").typed, counted("kanban undo").said) == (13, 0)
    assert counted('kanban win technivair --note "signed"').said == len('"signed"')
    assert counted("kanban show acme-sso").tab < counted("kanban show acme-sso").typed / 2 + 1
