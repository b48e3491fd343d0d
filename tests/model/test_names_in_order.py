"""Names that differ only in case or accents stand in one order, whatever order a set has in this run."""

from __future__ import annotations

import itertools

from kanban.model.text.plain import in_order


def test_names_stand_as_people_look_for_them_in_every_run() -> None:
    names = ["Zoé", "zoe", "Zoe", "Émile", "Fanny", ""]
    told = {tuple(in_order(some)) for some in itertools.permutations(names)}
    assert told == {("Émile", "Fanny", "Zoe", "Zoé", "zoe", "")}
    assert in_order(["b", "a", "b"]) == ["a", "b"]
