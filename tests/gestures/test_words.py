"""What hands can read off a gesture: its words, their kinds and meanings, which they make their forms of."""

from collections.abc import Callable
from typing import Any

import click
import pytest

from kanban.cli import cli
from kanban.errors import NotFound
from kanban.gestures.base.words import parameters_of
from kanban.gestures.fields import set_fields
from kanban.gestures.table import GESTURES
from tests.boards import FIVE_COLUMNS, card_text
from tests.gestures.telling import situation


@pytest.mark.parametrize("name", GESTURES)
def test_every_word_has_a_meaning_and_a_default_where_it_may_be_left_out(name: str) -> None:
    for key, one in parameters_of(GESTURES[name]).items():
        assert one.word.meaning.endswith("."), key
        assert one.word.kind.isalpha(), key
        assert not (one.several and one.flag), key


@pytest.mark.parametrize("name", GESTURES)
def test_every_gesture_says_what_it_does(name: str) -> None:
    said = GESTURES[name].__doc__ or ""
    assert said.split("\n")[0].rstrip().endswith((".", ","))


def command_of(name: str) -> click.Command:
    command: click.Command | None = cli
    for word in name.split("-") if name.startswith("experiment") else [name]:
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(command), word)
    assert command is not None
    return command


@pytest.mark.parametrize("name", [name for name in GESTURES if name not in ("edit", "pull")])
def test_the_command_line_offers_every_word_with_its_meaning(name: str) -> None:
    offered = {one.name: one for one in command_of(name).params}
    for key, one in parameters_of(GESTURES[name]).items():
        assert key in offered
        shown = offered[key]
        if isinstance(shown, click.Option):
            assert shown.help == one.word.meaning
            assert shown.is_flag == one.flag
            assert shown.multiple == one.several


def test_kinds_are_read_off_the_annotations() -> None:
    found = parameters_of(GESTURES["touch"])
    assert [(one.name, one.word.kind, one.needed, one.flag) for one in found.values()] == [
        ("card", "card", True, False),
        ("channel", "channel", False, False),
        ("next_action", "text", False, False),
        ("on", "when", False, False),
        ("park", "text", False, True),
    ]
    assert found["channel"].word.choices == ("call", "mail", "linkedin", "other")
    assert found["channel"].default is None


def test_several_words_and_numbers_are_told_apart() -> None:
    found = parameters_of(GESTURES["archive"])
    assert (found["cards"].several, found["cards"].number) == (True, False)
    assert (found["days"].several, found["days"].number, found["days"].default) == (False, True, 30)


def test_what_is_no_gesture_has_no_words() -> None:
    def nothing(at: object) -> None:
        """No words."""

    bare: Callable[..., Any] = nothing
    assert parameters_of(bare) == {}


@pytest.mark.parametrize(
    ("config", "typed", "written"),
    [
        ("", "zoe", "Zoé"),
        ("", "ZOÉ", "Zoé"),
        ("", "Zoë", "Zoë"),
        ("", "Karim", "Karim"),
        ("owners: [{name: Zoé}, {name: Zoë}]\n", "zoe", "zoe"),
        ("owners: [{name: Inès}]\n", "INES", "Inès"),
    ],
)
def test_an_owner_has_one_spelling(config: str, typed: str, written: str) -> None:
    """Who is typed without accents or capitals is the one whom the board knows; where two fit, nobody is guessed."""
    cards = {"qualifies/acme.md": card_text(), "qualifies/b.md": card_text(account="B", owner="Zoé")}
    at = situation(cards, FIVE_COLUMNS + config)
    made = set_fields(at, card="acme", assignments=(f"owner={typed}",))
    assert made.document["fields"] == {"owner": written}


def test_a_card_without_a_name_is_nobody() -> None:
    with pytest.raises(NotFound, match="no card is named"):
        situation({"qualifies/acme.md": card_text()}).board.named(" ")
