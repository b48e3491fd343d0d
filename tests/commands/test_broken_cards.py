"""One broken card never hides the others: it stands on every view in its column, with its line and the cure."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.boards import card_text
from tests.conftest import GitFolder, Kanban

pytestmark = pytest.mark.sweep(one_in=3)

BROKEN = {
    "front-matter": (b"---\naccount: Broken One\nnext_action: [call\n---\n", (3, 4), False),
    "bom": (
        b"\xef\xbb\xbf---\naccount: Broken One\nnext_action: call\nnext_action_date: 2026-10-06\n---\n",
        (1,),
        True,
    ),
    "impossible-date": (
        b"---\naccount: Broken One\nnext_action: call\nnext_action_date: 2026-02-30\n---\n",
        (4,),
        True,
    ),
    "duplicate-key": (b"---\naccount: Broken One\nowner: A\nowner: B\n---\n", (4,), False),
    "no-closing-fence": (b"---\naccount: Broken One\nnext_action: call\n", (1, 3, 4), False),
    "binary": (b"\x00\x01\x02\xff\xfe" * 50, (1,), False),
    "deep": (b"---\naccount: Broken One\nx: " + b"[" * 25_000 + b"\n---\n", (3,), False),
    "alias-bomb": (b"---\naccount: Broken One\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n", (3,), False),
}


@pytest.fixture
def board(git_folder: GitFolder, kanban: Kanban) -> GitFolder:
    kanban("-C", git_folder.root, "init", "--lang", "en")
    git_folder.write("prospects/sound.md", card_text(account="Sound Ltd"))
    return git_folder


def test_a_file_name_that_is_no_unicode_stands_on_every_page(board: GitFolder, kanban: Kanban, tmp_path: Path) -> None:
    board.write(os.fsdecode(b"qualified/caf\xe9.md"), card_text(account="Latin Ltd"))
    board.write("board.yml", (board.root / "board.yml").read_bytes() + b"\nsite: {forge: https://forge.example/x}\n")
    board.commit(date="2026-10-01T10:00:00+02:00")
    assert kanban("-C", board.root, "render", "--output", tmp_path / "site", "--as-of", "2026-10-05").code == 0
    pages = [file.read_text("utf-8") for file in (tmp_path / "site").rglob("*.*") if file.suffix in (".html", ".xml")]
    assert any("Latin Ltd" in page and "qualified/caf%E9.md" in page for page in pages)
    data = json.loads((tmp_path / "site" / "board.json").read_text("utf-8"))
    assert [card["card"] for column in data["columns"] for card in column["cards"]] == ["sound", "caf\\udce9"]


@pytest.mark.sweep
@pytest.mark.parametrize("kind", list(BROKEN))
def test_it_stands_on_every_view_and_hides_nothing(kind: str, board: GitFolder, kanban: Kanban, tmp_path: Path) -> None:
    data, lines, readable = BROKEN[kind]
    board.write("qualified/broken.md", data)
    board.commit(date="2026-10-01T10:00:00+02:00")
    at = ("--as-of", "2026-10-05")
    cards = {card["card"]: card for card in kanban("-C", board.root, "list", "--json", *at).json["cards"]}
    assert set(cards) == {"sound", "broken"}
    assert (cards["broken"]["column"], cards["broken"]["readable"]) == ("qualified", readable)
    problem = cards["broken"]["problems"][0]
    assert problem["line"] in lines
    assert problem["message"]
    assert problem["cure"]
    wall = kanban("-C", board.root, "board", *at).out
    assert f"qualified/broken.md:{problem['line']}: " in wall
    assert "Sound Ltd" in wall
    found = kanban("-C", board.root, "lint", "--output-format", "json", *at).json["findings"]
    assert any(one["card"] == "broken" and one["line"] in lines for one in found)
    assert not any(one["card"] == "sound" and one["severity"] == "error" for one in found)
    assert kanban("-C", board.root, "render", "--output", tmp_path / "site", *at).code == 0
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert f"line {problem['line']}" in page
    assert "Sound Ltd" in page
    assert (tmp_path / "site" / "cards" / "broken.html").exists()


@pytest.mark.parametrize("key", ["content", "self", "handler", "no", "null", "metadata", "text"])
def test_a_key_that_python_might_trip_over_is_kept(key: str, board: GitFolder, kanban: Kanban) -> None:
    file = board.write("prospects/odd.md", f"---\naccount: Odd\n{key}: value\nnext_action: call\n---\n")
    board.commit(date="2026-10-01T10:00:00+02:00")
    assert kanban("-C", board.root, "set", "odd", "owner=Zoé").code == 0
    assert file.read_text() == f"---\naccount: Odd\n{key}: value\nnext_action: call\nowner: Zoé\n---\n"


def test_two_renders_of_one_commit_are_the_same_bytes_and_markup_is_text(
    board: GitFolder, kanban: Kanban, tmp_path: Path
) -> None:
    script = "<script>alert(1)</script>"
    board.write(
        "prospects/x.md", card_text(f"\n{script}\n", account=f'"{script}"', title=f'"{script}"', owner=f'"{script}"')
    )
    board.commit(date="2026-10-01T10:00:00+02:00")
    for name in ("one", "two"):
        assert kanban("-C", board.root, "render", "--output", tmp_path / name, "--as-of", "2026-10-05").code == 0
    first, second = (
        {
            str(file.relative_to(tmp_path / name)): file.read_bytes()
            for file in sorted((tmp_path / name).rglob("*"))
            if file.is_file()
        }
        for name in ("one", "two")
    )
    assert first == second
    for name, data in first.items():
        if name.endswith(".html"):
            assert b"<script>alert" not in data, name
    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in first["index.html"]
