"""A command line that cannot be understood is answered in the reader's language, with an example and where to read on."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from kanban.cli import cli
from kanban.commands.base.calling.early_language import language_typed
from tests.conftest import Kanban

FRENCH = "title: Ventes\nlanguage: fr   # la nôtre\ncolumns: [{key: prospects}]\n"
CASES = [
    (["show"], "something is missing: kanban show CARD", "il manque quelque chose : kanban show CARTE"),
    (["move"], "kanban move CARD... COLUMN", "kanban move CARTE... COLONNE"),
    (["lose", "acme"], "--reason is missing", "il manque --reason"),
    (["show", "ACME", "SAS"], "one word too many: SAS", "un mot de trop : SAS"),
    (["show", "ACME", "SAS", "x"], "2 words too many: SAS x", "2 mots de trop : SAS x"),
    (["new", "--contct", "x"], "there is no option --contct here", "il n’y a pas d’option --contct ici"),
    (["lose", "zeta"], "kanban lose zeta --reason", "kanban lose zeta --reason"),
    (["touch", "zeta", "x"], "kanban touch zeta call", "kanban touch zeta appel"),
    (["find"], "kanban find WORDS...", "kanban find MOTS..."),
    (["list", "--where", "amount >"], "compares with nothing", "ne compare à rien"),
    (["imprimer"], "did you mean render", "vouliez-vous dire render"),
    (["new", "--montant", "x"], "did you mean --amount", "vouliez-vous dire --amount"),
    (["touch", "acme", "--quand", "demain"], "did you mean --on", "vouliez-vous dire --on"),
    (["move", "acme", "rdv", "--on", "x"], '`--set next_action_date="…"`', '`--set next_action_date="…"`'),
    (["tick", "acme", "--owner", "x"], '`kanban set CARD owner="…"` fills', '`kanban set CARTE owner="…"` le remplit'),
    (["block", "acme", "le juriste"], 'its option: --cause "le juriste"', 'son option : --cause "le juriste"'),
    (["new", "A", "--contact"], "--contact needs a value", "--contact demande une valeur"),
    (["list", "--all=3"], "--all takes no value", "--all ne prend pas de valeur"),
    (["resolve", "--take", "miens"], "--take: “miens” is not to be chosen", "--take : « miens » n’est pas un choix"),
    (["resolve", "--take", "miens"], "choose one of mine, theirs", "choisissez parmi mine, theirs"),
    (["forecast", "--weeks", "0"], "0 is not in the range 1<=x<=52", "0 n’est pas entre les bornes 1<=x<=52"),
    (["forecast", "--weeks", "x"], "--weeks: “x” is not a number", "--weeks : « x » n’est pas un nombre"),
    (["experiment", "foo"], "there is no verb “foo” here", "il n’y a pas de verbe « foo » ici"),
    (["nwe"], "did you mean new", "vouliez-vous dire new"),
    (["render", "--watch", "--revision", "HEAD"], "choose one", "choisissez"),
    (["schema", "truc"], "there is no schema", "il n’y a pas de schéma"),
    (["rules", "KB999"], "there is no rule", "il n’y a pas de règle"),
]


@pytest.mark.parametrize(("arguments", "english", "french"), CASES)
def test_a_mistake_is_told_in_both_languages(
    arguments: list[str], english: str, french: str, kanban: Kanban, tmp_path: Path
) -> None:
    (tmp_path / "board.yml").write_text(FRENCH, encoding="utf-8")
    for language, wanted in ((["--lang", "en"], english), ([], french)):
        answer = kanban("-C", tmp_path, *language, *arguments)
        assert answer.code == 2
        assert wanted in answer.err.replace("\xa0", " ").replace("\u202f", " ")
        assert "Usage" not in answer.err
        assert answer.out == ""


def test_a_mistake_shows_an_example_and_where_to_read_on(kanban: Kanban, tmp_path: Path) -> None:
    answer = kanban("-C", tmp_path, "show")
    assert answer.err.splitlines()[1:] == ["  → kanban show acme-sso", "  → `kanban show --help` says more"]


def test_help_is_in_the_boards_language(kanban: Kanban, tmp_path: Path) -> None:
    (tmp_path / "board.yml").write_text(FRENCH, encoding="utf-8")
    (tmp_path / "sub").mkdir()
    answer = kanban("-C", tmp_path / "sub", "tick", "--help")
    assert answer.out.replace("\xa0", " ").startswith("Usage : kanban tick [OPTIONS] CARTE COCHE...")
    assert "Retirer la coche." in answer.out
    assert "Take the tick away." in kanban("-C", tmp_path, "--lang", "en", "tick", "--help").out
    assert "Cocher des lignes" in kanban("-C", tmp_path, "--help").out


@pytest.mark.parametrize("verb", ["new", "lint", "experiment"])
def test_an_example_in_help_is_one_line_to_copy(verb: str, kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    command = cli.get_command(click.Context(cli), verb)
    shown = kanban(verb, "--help").out
    for example in getattr(command, "examples", ()):
        assert f"  {example}\n" in shown


@pytest.mark.parametrize(
    ("typed", "board", "environment", "language"),
    [
        (["--lang", "fr", "nwe"], "language: en\n", "en_GB.UTF-8", "fr"),
        (["new", "--lang=fr"], "", "C.UTF-8", "fr"),
        (["new", "--contct"], 'language: "fr"\n', "en_GB.UTF-8", "fr"),
        (["new"], "title: x\n", "fr_FR.UTF-8", "fr"),
        (["new"], "# language: fr\n", "C", "en"),
        (["-C", "nowhere", "new"], "", "fr_CA.UTF-8", "fr"),
    ],
)
def test_the_language_before_a_board_is_read(
    typed: list[str], board: str, environment: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", environment)
    (tmp_path / "board.yml").write_text(board, encoding="utf-8")
    assert language_typed(typed, str(tmp_path)) == language
