"""D24: red throughput names the column that holds the flow up, and the limit to lower by one."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from kanban.i18n import use_language
from kanban.metrics.baselines import THROUGHPUT
from kanban.metrics.targets import TargetRow, plain_figure
from kanban.metrics.wording import action_of
from kanban.model.settings.columns import Column
from tests.conftest import GitFolder, Kanban

SAID = {
    "en": ("lower the WIP limit of Offre, the bottleneck, from 8 to 7", "finish what stands in Offre, the bottleneck"),
    "fr": ("Offre, le goulot, de 8 à 7", "Offre, le goulot"),
}


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize(("wip", "at"), [(8, 0), (1, 1), (None, 1)])
def test_the_column_and_its_new_limit(language: str, wip: int | None, at: int) -> None:
    bare = plain_figure(1.0, "")
    values = {one.name: getattr(bare, one.name) for one in fields(bare)} | {"metric": THROUGHPUT, "light": "red"}
    row = TargetRow(**values, baseline=2.0, target=3.0, narrow=Column(key="offre", name="Offre", wip=wip))
    with use_language(language):
        assert SAID[language][at] in action_of(row)


@pytest.mark.parametrize("language", SAID)
def test_on_a_board_it_is_the_full_column(tmp_path: Path, kanban: Kanban, language: str) -> None:
    folder = GitFolder(tmp_path / "board")
    columns = "[{key: leads}, {key: offre, name: Offre, wip: 2}, {key: gagne, kind: won}]"
    target = "targets: {throughput: {baseline: 2, target: 3}}"
    folder.write("board.yml", f"language: {language}\ncolumns: {columns}\n{target}\n")
    folder.write("gagne/w.md", "---\naccount: W\n---\n")
    folder.commit("first", date="2026-06-01T09:00:00+00:00")
    for name in ("x", "y"):
        folder.write(f"offre/{name}.md", f"---\naccount: {name}\n---\n")
    folder.commit("offers", date="2026-07-01T09:00:00+00:00")
    (row,) = (
        one
        for one in kanban("-C", folder.root, "metrics", "--json", "--as-of", "2026-10-05").json["targets"]
        if one["metric"] == THROUGHPUT
    )
    assert row["light"] == "red"
    said = {"en": "lower the WIP limit of Offre, the bottleneck, from 2 to 1", "fr": "Offre, le goulot, de 2 à 1"}
    assert said[language] in row["action"]
