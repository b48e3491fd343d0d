"""`kanban watch`: what changed is told card by card, from the named files alone, as a fresh reading would have it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kanban.commands.base.calling.invocation import Settings
from kanban.commands.publish import followed, watch
from kanban.commands.publish.followed import Followed
from kanban.commands.setup.schema import schema_of
from kanban.folder.reading import read_folder
from kanban.folder.watching import Change, Watch
from kanban.model.cards.assembly import read_board
from kanban.repository.kept.index import Index
from tests.conftest import GitFolder, Kanban
from tests.golden_nine import build

DAY = "2025-03-31"


@pytest.fixture
def nine(tmp_path: Path) -> GitFolder:
    made = GitFolder(build(tmp_path / "board"), init=False)
    (made.root / "q").mkdir(exist_ok=True)
    return made


@pytest.fixture
def doing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """What is done while the verb watches: each step, then what a look tells of it."""

    def planned(*steps: Callable[[], object]) -> None:
        def changes(self: Watch) -> Iterator[Change]:
            for step in steps:
                step()
                if change := self._changed(self.look()):
                    yield change

        monkeypatch.setattr(watch.Watch, "changes", changes)

    return planned


def told(answer: Any) -> list[str]:
    """What happened, without the time of day and without what was found."""
    return [line[10:] for line in answer.out.splitlines() if line[2:3] == ":"]


def test_each_change_is_told_with_what_is_found_in_it(
    nine: GitFolder, kanban: Kanban, doing: Callable[..., None]
) -> None:
    card = nine.root / "q" / "h8.md"

    def moved() -> None:
        nine.git("mv", "p/h8.md", "q/h8.md")

    def spoilt() -> None:
        card.write_text(card.read_text().replace("---\n", "---\namount: plenty\n", 1))

    def written_on() -> None:
        card.write_text(card.read_text().replace("amount: plenty", "amount: 5 k€") + "\nrang\n")

    doing(moved, spoilt, written_on, lambda: nine.commit("spoke to them"), card.unlink)
    answer = kanban("-C", nine.root, "watch", "--as-of", DAY)
    assert told(answer) == [
        "h8  Prospects → Qualified",
        "h8  Amount: nothing → plenty",
        "h8  Amount: plenty → €5,000; the notes",
        f"{nine.git('rev-parse', 'HEAD')[:8]}  spoke to them",
        "h8  removed from Qualified",
    ]
    assert "          q/h8.md:2:9: KB202 `amount`: `plenty` is not an amount" in answer.out
    assert answer.out.count("KB202") == 1
    assert answer.code == 0


def test_a_board_that_cannot_be_read_is_said_and_waited_for(
    nine: GitFolder, kanban: Kanban, doing: Callable[..., None]
) -> None:
    settings = nine.root / "board.yml"
    text = settings.read_text()
    card = nine.root / "p" / "h8.md"

    doing(
        lambda: settings.write_text("columns: [\n"),
        lambda: card.write_text(card.read_text() + "\nrang\n"),  # while nobody can tell what it is
        lambda: settings.write_text(text),
    )
    answer = kanban("-C", nine.root, "watch", "--as-of", DAY)
    assert answer.err.count("error:") == 2
    assert told(answer) == ["h8  the notes"]


def test_lines_of_json_fit_their_schema_and_once_ends_it(
    nine: GitFolder, kanban: Kanban, doing: Callable[..., None]
) -> None:
    judge = Draft202012Validator(schema_of("watch"))
    doing(lambda: (nine.root / "b").write_text("x"), lambda: nine.git("mv", "p/h8.md", "q/h8.md"), lambda: 1 / 0)
    answer = kanban("-C", nine.root, "watch", "--once", "--json", "--as-of", DAY)
    (line,) = map(json.loads, answer.out.splitlines())
    judge.validate(line)
    assert (line["kind"], line["card"], line["from"], line["to"], line["path"]) == ("moved", "h8", "p", "q", "q/h8.md")
    doing(lambda: nine.commit("on it"))
    (line,) = map(json.loads, kanban("-C", nine.root, "watch", "--json", "--as-of", DAY).out.splitlines())
    judge.validate(line)
    assert (line["kind"], line["commit"], line["subject"]) == (
        "committed",
        nine.git("rev-parse", "HEAD").strip(),
        "on it",
    )


def test_a_commit_brings_the_index_up_to_date(nine: GitFolder, kanban: Kanban, doing: Callable[..., None]) -> None:
    assert not Index(nine.root / ".git").count("clocks")
    nine.git("mv", "p/h8.md", "q/h8.md")
    doing(lambda: nine.commit("on it"))
    kanban("-C", nine.root, "watch", "--as-of", "2035-01-01")
    assert Index(nine.root / ".git").count("clocks") == 1


def test_what_is_followed_is_what_a_fresh_reading_has(nine: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings()
    settings.directory = str(nine.root)
    board, chance = Followed(settings, DAY), random.Random(20)
    read: list[str] = []
    real = followed.read_file
    monkeypatch.setattr(followed, "read_file", lambda root, path: (read.append(path), real(root, path))[1])
    for number in range(60):
        files = sorted(nine.root.glob("[pqronwl]/*.md"))
        one, column = chance.choice(files), chance.choice("pqronwl")
        before = {card.id: card for card in board.board.cards}
        changed = [one]
        match chance.randrange(5):
            case 0:
                changed.append(nine.root / column / one.name)
                changed[1].parent.mkdir(exist_ok=True)
                one.rename(changed[1])
            case 1:
                one.write_text(one.read_text() + f"\nrang {number}\n")
            case 2:
                changed = [nine.root / column / f"new{number}.md"]
                changed[0].parent.mkdir(exist_ok=True)
                changed[0].write_text(f"---\ntitle: New {number}\namount: {number} k€\n---\n")
            case 3 if len(files) > 6:
                one.unlink()
            case _:
                one.write_bytes(b"---\ntitle: [\n")
        read.clear()
        pairs = board.update(str(path.relative_to(nine.root)) for path in changed)
        fresh = read_board(read_folder(nine.root), anchor=board.session.today)
        assert board.board.cards == fresh.cards
        assert len(read) == len(set(changed))
        after = {card.id: card for card in fresh.cards}
        assert {pair.id for pair in pairs} == {
            key for key in before.keys() | after.keys() if before.get(key) != after.get(key)
        }
