"""Lines of `list` are made once for each content of a card, and each file is looked at once: the bytes are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from kanban.again import answers, files
from kanban.cli import cli
from kanban.commands.base.answers.kept_answers import answered
from kanban.commands.base.calling.entry import run
from kanban.commands.base.calling.invocation import Settings
from kanban.commands.views import list_
from kanban.folder import reading
from kanban.model.cards.card import Card
from kanban.repository.kept import by_content, sayings, silent_files
from kanban.repository.kept.index import Index
from tests.boards import FIVE_COLUMNS, card_text
from tests.conftest import GitFolder, Kanban

CARDS = {
    "prospects/a": card_text(amount="10 k€", next_action="call", next_action_date="2026-10-09", owner="Zoé"),
    "prospects/b": card_text(amount="a lot", owner="Zoé"),
    "offre/c": card_text(**{"class": "expedite"}, probability="40 %", next_action_date="2026-09-01"),
    "offre/d": b"---\naccount: [\n---\n",
    "offre/e": card_text(blocked_cause="budget", account="商事会社"),
    "perdu/f": card_text(lost_reason="price"),
}


@pytest.fixture(autouse=True)
def _everything_is_worth_keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silent_files, "WORTH_KEEPING", 0)
    monkeypatch.setattr(silent_files, "WORTH_WRITING", 1)
    monkeypatch.setattr(silent_files, "SETTLED", -(10**15))
    monkeypatch.setattr(sayings, "WORTH_WRITING", 1)
    monkeypatch.setattr(by_content, "WORTH_WRITING", 1)
    monkeypatch.setattr(answers, "_TOO_LATE", -(10**15))  # nothing changed so lately that it could not be known


@pytest.fixture
def board(git_folder: GitFolder) -> Path:
    git_folder.write("board.yml", FIVE_COLUMNS)
    for name, data in CARDS.items():
        git_folder.write(f"{name}.md", data)
    git_folder.commit(date="2026-09-01T10:00:00+02:00")
    return git_folder.root


@pytest.fixture
def listed(board: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def said(*words: str) -> str:
        typed = ["-C", str(board), "list", *words, "--as-of", "2026-10-05"]
        capsys.readouterr()

        def work(settings: Settings) -> int:
            code = run(cli, typed, settings)
            settings.lasting = False  # so that it is not said again
            return code

        assert answered(typed, work) == 0
        return capsys.readouterr().out

    return said


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The cards whose lines were made."""
    found: list[str] = []
    make = list_._line

    def noted(board: object, card: Card, today: object) -> object:
        found.append(card.id)
        return make(board, card, today)  # type: ignore[arg-type]

    monkeypatch.setattr(list_, "_line", noted)
    return found


def test_a_line_is_made_again_where_its_card_board_day_or_language_is_another(
    board: Path, listed: Callable[..., str], made: list[str], kanban: Kanban
) -> None:
    def plainly(*words: str) -> str:
        return kanban("--no-cache", "-C", board, "list", *words, "--as-of", "2026-10-05").out

    def answer(*words: str) -> list[str]:
        expected = plainly(*words)
        made.clear()
        assert listed(*words) == expected
        return sorted(made)

    assert answer() == ["a", "b", "c", "d", "e"]
    assert answer() == ["a", "b", "c", "d", "e"]  # only now the index knows the files
    (board / "prospects/a.md").write_bytes(CARDS["prospects/a"].replace(b"call", b"write"))
    assert answer() == ["a", "b", "d"]  # what was wrong with a card is looked for each time
    assert answer("--owner", "Zoé") == ["b"] or "a" in made
    assert set(answer("--all")) >= {"f"}
    (board / "offre/c.md").rename(board / "prospects/c.md")
    assert "c" in answer()
    (board / "board.yml").write_text(FIVE_COLUMNS.replace("name: Offre", "name: Angebot"), "utf-8")
    assert {"c", "e"} <= set(answer())
    assert {"c", "e"} <= set(answer("--lang", "fr"))
    Index(board / ".git").forget(by_content._KIND)
    assert {"c", "e"} <= set(answer())


def test_each_file_is_looked_at_once_for_a_first_answer(
    board: Path, listed: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _time in range(3):
        listed()
    looks: Counter[str] = Counter()
    look = reading.looked_at

    def counted(path: str) -> reading.Looked:
        looks[path] += path.endswith(".md")
        return look(path)

    for module in (reading, silent_files, files):
        monkeypatch.setattr(module, "looked_at", counted)
    listed()
    found = {name: looks[str(board / f"{name}.md")] for name in CARDS}
    assert found == dict.fromkeys(CARDS, 1) | {"prospects/b": 2, "offre/d": 2}  # whether they are still what was read


@pytest.mark.parametrize("times", [0, 1, 3])
def test_what_changes_after_it_was_seen_is_known_the_next_time(
    board: Path, capsys: pytest.CaptureFixture[str], listed: Callable[..., str], times: int
) -> None:
    for _time in range(times):
        listed()
    typed = ["-C", str(board), "list", "--as-of", "2026-10-05"]

    def changing(settings: Settings) -> int:
        (board / "prospects/a.md").write_bytes(CARDS["prospects/a"].replace(b"call", b"ring"))
        return run(cli, typed, settings)

    answered(typed, changing)
    capsys.readouterr()
    for _time in range(2):
        assert "ring" in listed()
