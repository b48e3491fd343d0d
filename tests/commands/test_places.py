"""`-C DIR` is as if started in DIR, for every path that is typed, before the verb or after it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import GitFolder, Kanban

BOARD = "columns:\n- {key: p, name: P}\n- {key: w, name: W, kind: won}\n"


@pytest.fixture
def place(git_folder: GitFolder, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose board lies in `sales/`, seen from above it."""
    git_folder.write("sales/board.yml", BOARD)
    git_folder.write("sales/p/a.md", "---\naccount: ACME\nnext_action: call\nnext_action_date: 2030-01-02\n---\n")
    git_folder.write("deals.csv", "title,stage\nNew one,p\n")
    git_folder.write(
        "answer.eml", "From: x@acme.example\nTo: y@z.example\nDate: 1 Oct 2026 10:00:00 +0000\nSubject: [a]\n\nYes.\n"
    )
    git_folder.commit("board")
    monkeypatch.chdir(git_folder.root.parent)
    return git_folder.root


@pytest.mark.sweep
@pytest.mark.parametrize("behind", [False, True], ids=["before the verb", "behind it"])
@pytest.mark.parametrize(
    ("words", "made"),
    [
        (("export", "figures"), "figures/cards.csv"),
        (("export", "out.jsonl"), "out.jsonl"),
        (("render", "-o", "out"), "out/index.html"),
        (("render",), "sales/site/index.html"),
        (("metrics", "--csv", "numbers"), "numbers"),
        (("remind", "--ics", "due.ics"), "due.ics"),
        (("lint", "--output-file", "found.txt"), "found.txt"),
        (("import", "deals.csv"), "sales/p/new-one.md"),
        (("log-mail", "answer.eml", "--card", "a"), ""),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else None,
)
def test_paths_are_found_from_there(
    place: Path, kanban: Kanban, words: tuple[str, ...], made: str, behind: bool
) -> None:
    where = ("-C", place.name)
    answer = kanban(*words, *where) if behind else kanban(*where, *words)
    assert answer.code in (0, 1), answer.err
    assert "cannot be read" not in answer.err
    assert (place / made).exists(), answer
    assert sorted(one.name for one in place.parent.iterdir()) == [place.name], "nothing beside it"


def test_what_goes_to_the_output_is_no_path(place: Path, kanban: Kanban) -> None:
    answer = kanban("-C", place.name, "export", "-", "--format", "jsonl")
    assert (answer.code, answer.out.startswith('{"record"')) == (0, True)
