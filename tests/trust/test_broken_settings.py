"""A setting that cannot be read is said wherever its default is shown."""

from __future__ import annotations

import pytest

from tests.conftest import GitFolder, Kanban

BOARD = """title: T
language: {language}
columns:
  - {{key: a, name: A, wip: {wip}}}
  - {{key: b, name: B}}
site: {{public_fields: [probability]}}
"""
CARD = "---\naccount: Acme\nnext_action: call\nnext_action_date: 2099-01-05\n---\n"


@pytest.mark.parametrize(
    ("language", "said"), [("en", "The default stands in its place."), ("fr", "La valeur par défaut la remplace.")]
)
@pytest.mark.parametrize("audience", ["internal", "public"])
def test_the_site_says_which_setting_it_could_not_read(
    git_folder: GitFolder, kanban: Kanban, audience: str, language: str, said: str
) -> None:
    git_folder.write("board.yml", BOARD.format(language=language, wip="quinze"))
    git_folder.write("a/one.md", CARD)
    git_folder.commit("x")
    out = git_folder.root / "site"
    answer = kanban("-C", git_folder.root, "render", "--audience", audience, "--output", out)
    assert answer.code == 0
    page = (out / "index.html").read_text(encoding="utf-8")
    assert said in page
    assert said in answer.err
    assert "board.yml:4" in answer.err
    assert "quinze" in answer.err
    assert ("quinze" in page) == (audience == "internal"), "what was typed is for the team alone"


def test_nothing_is_said_of_a_board_that_can_be_read(git_folder: GitFolder, kanban: Kanban) -> None:
    git_folder.write("board.yml", BOARD.format(language="en", wip=2))
    git_folder.write("a/one.md", CARD)
    git_folder.commit("x")
    answer = kanban("-C", git_folder.root, "render", "--output", git_folder.root / "site")
    assert "default" not in answer.err
