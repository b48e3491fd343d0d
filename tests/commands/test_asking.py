"""Yes and no are understood in the reader's language, and asked again when they are neither."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from kanban.commands.output.asking import confirm
from kanban.i18n.catalogue import use_language


@pytest.mark.parametrize(
    ("language", "typed", "default", "answer"),
    [
        ("fr", "o\n", False, True),
        ("fr", "Oui\n", False, True),
        ("fr", "y\n", False, True),
        ("fr", "non\n", True, False),
        ("fr", "peut-être\nn\n", True, False),
        ("en", "y\n", False, True),
        ("en", "no\n", True, False),
        ("en", "\n", True, True),
        ("en", "\n", False, False),
    ],
)
def test_confirm(language: str, typed: str, default: bool, answer: bool) -> None:
    given: list[bool] = []

    @click.command()
    def ask() -> None:
        with use_language(language):
            given.append(confirm("Pull?", default=default))

    result = CliRunner().invoke(ask, input=typed)
    assert given == [answer]
    letters = {("fr", True): "[O/n]", ("fr", False): "[o/N]", ("en", True): "[Y/n]", ("en", False): "[y/N]"}
    assert f"Pull? {letters[language, default]}" in result.output
    assert ("répondez oui ou non" in result.output) == typed.startswith("peut")
