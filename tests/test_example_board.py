"""The example board: its counts, dates and manners read as plain text; then what the product itself says of it."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from kanban.cli import cli
from kanban.commands.base.calling.entry import run
from kanban.folder.reading import read_folder
from kanban.model.cards.assembly import read_board
from kanban.model.presets import preset_text
from kanban.model.settings.board_yml import read_config
from kanban.model.text.front.yaml_nodes import Mapping, Scalar, Sequence
from kanban.model.text.front.yaml_text import read_yaml
from kanban.pull.banner import banner

BOARD = Path(__file__).parent.parent / "example-board"
AS_OF = date(2026, 10, 5)
LIMITS = {"prospects": None, "qualifies": 15, "rdv": 10, "offre": 8, "negociation": 5}
EXITS = ("gagne", "perdu", "nurturing")


def fields_of(path: Path) -> dict[str, str | list[str]]:
    """The front matter of one card, every value as its text."""
    head = path.read_text("utf-8").split("---\n")[1]
    tree, problems = read_yaml(head)
    assert not problems, (path.name, problems)
    assert isinstance(tree, Mapping)
    fields: dict[str, str | list[str]] = {}
    for key, value in tree.pairs:
        if isinstance(value, Sequence):
            fields[key.text] = [item.text for item in value.items if isinstance(item, Scalar)]
        else:
            assert isinstance(value, Scalar), (path.name, key.text)
            fields[key.text] = value.text
    return fields


CARDS = {
    path.stem: (path.relative_to(BOARD).parts[0], fields_of(path))
    for path in sorted(BOARD.glob("*/**/*.md"))
    if path.name != "README.md"
}
OPEN = {stem: fields for stem, (column, fields) in CARDS.items() if column in LIMITS}


def test_there_are_thirty_to_forty_cards_and_every_column_is_used() -> None:
    assert 30 <= len(CARDS) <= 40
    assert {column for column, _ in CARDS.values()} == set(LIMITS) | set(EXITS)


@pytest.mark.parametrize("column", [name for name, limit in LIMITS.items() if limit])
def test_a_column_stays_within_its_limit(column: str) -> None:
    assert 0 < sum(place == column for place, _ in CARDS.values()) <= (LIMITS[column] or 0)


def test_the_reference_card_says_what_the_sheet_says() -> None:
    column, acme = CARDS["acme-sso"]
    said = {
        key: acme[key] for key in ("account", "contact", "next_action", "next_action_date", "amount", "probability")
    }
    assert column == "rdv"
    assert said == {
        "account": "ACME SAS",
        "contact": "M. Dubois",
        "next_action": "Démo",
        "next_action_date": "2026-10-12T10:00",
        "amount": "28 k€",
        "probability": "40 %",
    }
    assert (acme["owner"], acme["role"], acme["source"]) == ("Zoé", "AE", "Salon IT")
    assert (acme["close_date"], acme["class"], acme["class_reason"]) == ("2026-10-30", "fixed-date", "budget annuel")


@pytest.mark.parametrize("stem", sorted(OPEN))
def test_an_open_card_has_a_dated_next_action_that_is_not_overdue(stem: str) -> None:
    day = date.fromisoformat(str(OPEN[stem]["next_action_date"])[:10])
    assert OPEN[stem]["next_action"]
    assert day >= AS_OF
    assert day.weekday() < 5


@pytest.mark.parametrize("stem", sorted(OPEN))
def test_an_open_card_has_an_owner_a_source_and_from_qualified_on_money(stem: str) -> None:
    fields = OPEN[stem]
    assert fields["owner"] in ("Zoé", "Karim", "Inès", "Paul")
    assert fields["source"]
    if CARDS[stem][0] != "prospects":
        assert fields["amount"]
        assert fields["probability"]


def test_the_classes_of_service_are_all_there_and_one_card_is_expedite() -> None:
    classes = [str(fields["class"]) for fields in OPEN.values()]
    assert classes.count("expedite") == 1
    assert {"standard", "fixed-date", "partner"} <= set(classes)


def test_blocks_are_dated_with_a_cause_a_next_step_and_an_owner() -> None:
    blocked = [fields for fields in OPEN.values() if "blocked_since" in fields]
    assert len(blocked) >= 2
    for fields in blocked:
        assert date.fromisoformat(str(fields["blocked_since"])) <= AS_OF
        assert all(fields.get(f"blocked_{part}") for part in ("cause", "next", "owner"))


def test_each_normalised_reason_has_a_lost_card_in_a_year_folder() -> None:
    lost = [fields["lost_reason"] for column, fields in CARDS.values() if column == "perdu"]
    assert sorted(map(str, lost)) == ["competition", "fit", "price", "timing"]
    assert all(
        (BOARD / column / "2026" / f"{stem}.md").exists() for stem, (column, _) in CARDS.items() if column == "perdu"
    )


@pytest.mark.parametrize("path", sorted(BOARD.glob("*/**/*.md")), ids=lambda path: path.stem)
def test_call_notes_have_three_bullets_at_most(path: Path) -> None:
    for note in re.split(r"(?m)^### ", path.read_text("utf-8"))[1:]:
        assert len(re.findall(r"(?m)^- ", note)) <= 3


def test_no_day_has_more_than_ten_meetings() -> None:
    days = [str(fields["meeting_date"])[:10] for fields in OPEN.values() if "meeting_date" in fields]
    assert max(days.count(day) for day in days) <= 10


@pytest.mark.parametrize("path", sorted(BOARD.glob("*/**/*.md")), ids=lambda path: path.stem)
def test_nobody_real_can_be_reached(path: Path) -> None:
    text = path.read_text("utf-8")
    assert all(host.endswith("example.org") for host in re.findall(r"@([\w.-]+)", text))
    assert all(number.startswith("01 99 00") for number in re.findall(r"\b0\d(?: \d\d){4}\b", text))


def test_the_product_reads_every_card_without_a_problem() -> None:
    board = read_board(read_folder(BOARD), anchor=AS_OF)
    assert not board.problems
    assert not [card.id for card in board.cards if card.problems]
    assert board.strays == ()
    assert len(board.cards) == len(CARDS)


def test_the_board_is_what_init_writes_and_a_team() -> None:
    config, problems = read_config((BOARD / "board.yml").read_bytes())
    preset, _ = read_config(preset_text("b2b", "fr").encode())
    assert problems == ()
    assert config is not None
    assert preset is not None
    for setting in ("title", "language", "currency", "timezone", "columns", "classes", "policies", "lost_reasons"):
        assert getattr(config, setting) == getattr(preset, setting)
    assert [(owner.name, owner.role) for owner in config.owners] == [
        ("Zoé", "AE"),
        ("Karim", "AE"),
        ("Inès", "SDR"),
        ("Paul", "SDR"),
    ]
    assert {fields["source"] for fields in OPEN.values()} <= set(config.sources)


def test_every_column_folder_carries_its_banner() -> None:
    config, _ = read_config((BOARD / "board.yml").read_bytes())
    assert config is not None
    for column in config.columns:
        assert (BOARD / column.directory / "README.md").read_bytes() == banner(column, config), column.key


def test_the_linter_finds_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On a copy outside of any repository: the ages are the demonstration's business (`tests/demo`)."""
    copy = shutil.copytree(BOARD, tmp_path / "board")
    found = run(cli, ["-C", str(copy), "lint", "--as-of", AS_OF.isoformat(), "--fail-on", "info", "--no-waivers"])
    assert found == 0, capsys.readouterr().out
