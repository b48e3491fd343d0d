"""`kanban forecast` as people call it: in both languages, with what-ifs, on boards with little or no past."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from kanban.commands.setup.schema import schema_of
from tests.conftest import GitFolder, Kanban
from tests.golden_nine import AS_OF, BOARD

SCHEMA = schema_of("forecast")


def test_the_page_in_the_terminal(kanban: Kanban, golden_nine: Path) -> None:
    said = kanban(
        "-C", golden_nine, "forecast", "--as-of", AS_OF, "--lang", "en", "--wins", "3", "--wip", "n=1", "--drop", "g7"
    )
    assert said.code == 0, said.err
    for text in ("1 Apr 2025", "4 × 0.5 = 2, ± σ: 1.45 to 2.55", "promises 68", "as usual", "g7"):
        assert text in said.out
    assert "3 more wins" in said.out
    assert "Negotiation at 1 instead of no limit" in said.out
    french = kanban("-C", golden_nine, "forecast", "--as-of", AS_OF, "--lang", "fr").out
    assert "Ventes des 4 semaines à venir" in french
    assert "1,45 à 2,55" in french


def test_the_documents_keep_their_schema(kanban: Kanban, golden_nine: Path, git_folder: GitFolder) -> None:
    full = kanban(
        "-C", golden_nine, "forecast", "--json", "--as-of", AS_OF, "--wins", "2", "--wip", "n=1", "--drop", "g7"
    )
    jsonschema.validate(full.json, SCHEMA)
    assert [sorted(one)[0] for one in full.json["what_if"]] == ["cards_now", "after"]
    git_folder.write("board.yml", BOARD)
    git_folder.commit("board", date="2025-03-01T10:00:00+01:00")
    empty = kanban("-C", git_folder.root, "forecast", "--json", "--as-of", AS_OF)
    jsonschema.validate(empty.json, SCHEMA)
    assert empty.json["enough_history"] is False
    assert kanban("-C", git_folder.root, "forecast", "--as-of", AS_OF).code == 0
    assert "not enough history" in kanban("-C", git_folder.root, "forecast", "--backtest", "--as-of", AS_OF).out


def test_the_backtest_says_that_it_has_too_little(kanban: Kanban, golden_nine: Path) -> None:
    said = kanban("-C", golden_nine, "forecast", "--backtest", "--as-of", AS_OF, "--lang", "en")
    assert "not enough history for a claim: 1 past forecasts" in " ".join(said.out.split())
    found = kanban("-C", golden_nine, "forecast", "--backtest", "--as-of", AS_OF, "--json").json
    assert (found["schema"], found["origins"], found["enough_history"]) == ("kanban-forecast-backtest/1", 3, False)
    assert found["loss_difference"] == {}


WRONG = [
    # what was typed | what helps
    (("--wip", "n"), "--wip negotiation=4"),
    (("--wip", "w=3"), "columns are p, q, r, o, n"),
    (("--wip", "zz=3"), "columns are"),
    (("--drop", "a1"), "kanban list"),
    (("--drop", "nobody"), "kanban list"),
    (("--weeks", "0"), "1<=x<=52"),
]


@pytest.mark.parametrize(("arguments", "cure"), WRONG)
def test_what_cannot_be_done_says_what_can(
    kanban: Kanban, golden_nine: Path, arguments: tuple[str, ...], cure: str
) -> None:
    said = kanban("-C", golden_nine, "forecast", "--as-of", AS_OF, "--lang", "en", *arguments)
    assert said.code == 2
    assert cure in said.err
