"""`kanban agents check` over histories: what was kept, and each way in which a commit breaks the rules."""

from __future__ import annotations

import pytest

from tests.agents.test_mcp import BOARD, CARD
from tests.conftest import GitFolder, Kanban

MAY = "agents:\n  columns: [prospects, offer]\n  fields: [next_action, next_action_date]\n"
BY = "Agent: helper\nOn-behalf-of: Zoé"


@pytest.fixture
def board(git_folder: GitFolder) -> GitFolder:
    git_folder.write("board.yml", BOARD + MAY)
    for name in ("acme", "beta", "gamma"):
        git_folder.write(f"prospects/{name}.md", CARD.format(name=name.title()))
    git_folder.commit("board", date="2026-11-02T10:00:00+01:00")
    return git_folder


def rules(board: GitFolder, kanban: Kanban, code: int = 1) -> list[str]:
    answer = kanban("-C", board.root, "agents", "check", "--json")
    assert answer.code == code, answer.out
    return [one["rule"] for deed in answer.json["deeds"] for one in deed["breaches"]]


def test_a_board_without_agents(board: GitFolder, kanban: Kanban) -> None:
    answer = kanban("-C", board.root, "agents", "check")
    assert (answer.code, answer.out) == (0, "no commit of an agent here\n")


def test_what_keeps_every_rule(board: GitFolder, kanban: Kanban) -> None:
    board.git("mv", "prospects/acme.md", "offer.md", check=False)
    board.write("prospects/acme.md", CARD.format(name="Acme").replace("call", "demo"))
    board.commit(f"acme: set next_action\n\nCard: acme\nKanban: set\n{BY}", date="2026-11-03T10:00:00+01:00")
    assert rules(board, kanban, 0) == []
    french = kanban("-C", board.root, "--lang", "fr", "agents", "check").out
    assert french.startswith("helper pour Zoé\u00a0: 1 geste\n")


@pytest.mark.parametrize(
    ("trailers", "path", "text", "rule"),
    [
        (BY, "prospects/acme.md", CARD.format(name="Acme").replace("Zoé", "Mallory"), "agents"),
        (BY, "lost/acme.md", CARD.format(name="Acme"), "agents"),
        (BY, "prospects/acme.md", "---\naccount: Acme\nowner: Zoé\n---\n", "next-action"),
        ("Agent: helper", "prospects/acme.md", CARD.format(name="Acme").replace("call", "x"), "on-behalf-of"),
        (f"Override: wip: hurry\n{BY}", "prospects/acme.md", CARD.format(name="Acme").replace("call", "x"), "force"),
        (BY, "board.yml", "nonsense: [", "unreadable"),
    ],
)
def test_what_breaks_a_rule(board: GitFolder, kanban: Kanban, trailers: str, path: str, text: str, rule: str) -> None:
    if path == "lost/acme.md":
        (board.root / "prospects/acme.md").unlink()
    board.write(path, text)
    broken = board.commit(f"acme: something\n\nCard: acme\n{trailers}", date="2026-11-03T10:00:00+01:00")
    if path == "board.yml":
        board.write("board.yml", BOARD)
        board.commit("mended")
    assert rule in rules(board, kanban)
    told = kanban("-C", board.root, "--lang", "en", "agents", "check").out
    assert f"✗ {rule}: " in told
    assert broken[:8] in told


def test_a_range_and_a_day(board: GitFolder, kanban: Kanban) -> None:
    first = board.git("rev-parse", "HEAD").strip()
    for day in ("2026-11-03", "2026-11-05"):
        board.write("prospects/acme.md", CARD.format(name="Acme").replace("call", day))
        board.commit(f"acme: set\n\nCard: acme\nKanban: set\n{BY}", date=f"{day}T10:00:00+01:00")
    counts = [
        kanban("-C", board.root, "agents", "check", *words, "--json").json["gestures"]
        for words in ((), (f"{first}..HEAD",), ("HEAD~1..HEAD",), ("--since", "2026-11-04"))
    ]
    assert counts == [2, 2, 1, 1]
    assert kanban("-C", board.root, "agents", "check", "nowhere").code == 2
