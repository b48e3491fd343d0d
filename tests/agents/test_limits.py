"""How many gestures an agent has: what it does to ten cards at once counts as ten."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("mcp")
from kanban.agents import server
from kanban.agents.limits import Session
from kanban.agents.running import Answer
from kanban.agents.server import Hand
from kanban.agents.tools import tools
from kanban.model.settings.policies import Agents

NONE_LEFT = "this session has made its 3 gestures; a person goes on from here"
CALLS: list[tuple[str, dict[str, object], str]] = [
    ("park", {"cards": [f"c{at}" for at in range(50)]}, "this session may touch 3 cards more"),
    ("park", {"cards": ["a", "b"]}, ""),
    ("lose", {"cards": ["c", "d"], "reason": "price"}, "this session may touch 1 card more"),
    ("note", {"card": "c", "bullets": ["x"], "dry_run": True}, ""),
    ("win", {"cards": ["c"]}, ""),
    ("win", {"cards": ["d"]}, NONE_LEFT),
    ("note", {"card": "d", "bullets": ["x"]}, NONE_LEFT),
    ("list", {}, ""),
]


def test_each_card_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "run", lambda *_words, **_more: Answer(0, "done", ""))
    hand = Hand(Path(), "agent", "Zoé", True, Session(Agents(), 3))
    offered = {tool.name: tool for tool in tools(write=True)}
    for name, words, said in CALLS:
        answer = hand.call(offered[name], words)
        text = "".join(getattr(part, "text", "") for part in answer.content)
        assert (bool(answer.is_error), text if said else "") == (bool(said), said), name
    assert hand.session.made == 3


def test_a_refused_gesture_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "run", lambda *_words, **_more: Answer(1, "", "refused"))
    hand = Hand(Path(), "agent", "Zoé", True, Session(Agents(), 3))
    tool = next(tool for tool in tools(write=True) if tool.name == "win")
    assert hand.call(tool, {"cards": ["a", "b"]}).is_error
    assert hand.session.made == 0
