"""What newcomers once stumbled over, typed as they typed it, on a fresh board in French and in English: none is left.

One line of the table is one thing that was found: what is typed (several lines where one follows from another), what must
stand in the answer, and what must not. What needs a real shell, a wheel or a browser is held elsewhere: `HELD` says where.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from kanban.cli import cli
from kanban.commands.base.completion.completing import answer as completed
from tests.conftest import Answer, Kanban

ROOT = Path(__file__).parent.parent.parent
HELD = {
    "the guide can be finished on any day": "docs/test_from_the_wheel.py::test_the_guide_can_be_finished_today",
    "README in both languages": "docs/test_from_the_wheel.py::test_the_readme_works",
    "guides in both languages": "docs/test_two_languages.py::test_a_guide_in_both_languages",
    "a day without --lang": "docs/test_a_day.py::test_a_day",
    "half the keystrokes": "docs/test_keystrokes.py::test_fewer_keys",
    "TAB erases nothing": "shells/test_completion.py::test_what_was_typed_is_never_erased",
    "TAB after git kanban, owner=": "shells/test_completion.py::test_the_line_after_a_tab",
    "what is wrong in a card is healed": "model/test_healing.py::test",
    "files of other editors": "model/test_recoding.py::test_one_reading_is_left",
    "lines of a salesperson": "model/test_quick_lines.py::test_a_line_means_what_a_person_means",
    "days in words": "model/test_dates.py::test",
    "attachments": "commands/test_attachments.py::test_a_file_is_copied",
    "widths and colours": "terminal/test_looks.py::test_an_answer_keeps_to_its_terminal",
    "tour and five questions": "commands/test_first_hour.py::test_five_answers",
    "no word of the other language": "i18n/test_words_left.py::test_answers_and_refusals",
}
BROKEN = """---
account: Alpha
next_action: rappeler : demander le budget
next_action_date: 2026-12-10
montant: 5 k€
responsable: Zoé
---

## Notes

- parle d'un quandrix
"""
FOUND = """
# a colon in plain French, labels as keys
fr | lint | `next_action: "rappeler : demander le budget"`; vouliez-vous dire `amount` ?; vouliez-vous dire `owner` ? | déclarez
fr | lint --fix; lint | 3 constats corrigés; KB522 | KB110; se corrige
fr | set alpha montant=6k; show alpha | alpha : amount = 6k; 6 000 € | montant =
fr | set alpha proba=40 email=a@b.fr close='fin janvier' | probability = 40%; contact_email = a@b.fr; close_date = 2027-01-31 | n’est pas un champ
en | set alpha proba=40 email=a@b.fr close='end of January' | probability = 40%; contact_email = a@b.fr; close_date = 2027-01-31 | not a field
# days as people say them; the day that was understood is told
fr | set alpha next_action_date='demain matin' | mardi 1er décembre 2026 à 9h |
fr | set alpha next_action_date='lundi matin' | lundi 7 décembre 2026 à 9h |
fr | set alpha next_action_date=+1m | mercredi 30 décembre 2026 |
fr | set alpha next_action_date='le 20' | dimanche 20 décembre 2026 |
fr | set alpha next_action_date='la semaine prochaine' | lundi 7 décembre 2026 |
fr | set alpha next_action_date=janvier | vendredi 1er janvier 2027 |
fr | set alpha next_action_date='mercredi prochain' | mercredi 2 décembre 2026 |
en | set alpha next_action_date='next wednesday' | Wednesday 2 December 2026 |
# one line is a card, not a long name
fr | new 'ACME démo demain 10h 28k 40% #salon' | acme ajoutée à Prospects; compris : Compte : ACME · Prochaine action : démo |
en | new 'ACME demo tomorrow 10am 28k 40% #event' | acme added to Prospects; understood: Account: ACME · Next action: demo |
# verbs of other tools
fr | ls | alpha | vouliez-vous
fr | find quandrix | prospects/alpha.md |
fr | add Zeta | zeta ajoutée |
fr | help | Usage |
fr | list quandrix | `kanban find quandrix` |
fr | list -o Zoé | alpha | pas d’option
fr | rm alpha | une carte ne se supprime pas |
en | mvoe alpha | did you mean move |
# nobody passes in silence
fr | list -o marc | personne ne s’appelle « marc » ici  → il y a Zoé |
fr | next -o marc | personne ne s’appelle « marc » ici  → il y a Zoé |
fr | board -o marc | personne ne s’appelle « marc » ici  → il y a Zoé |
fr | daily --owner marc | personne ne s’appelle « marc » ici  → il y a Zoé |
fr | remind --owner marc | personne ne s’appelle « marc » ici  → il y a Zoé |
en | list -o marc | nobody is called “marc” here  → there are Zoé |
en | next -o marc | nobody is called “marc” here  → there are Zoé |
en | board -o marc | nobody is called “marc” here  → there are Zoé |
en | daily --owner marc | nobody is called “marc” here  → there are Zoé |
en | remind --owner marc | nobody is called “marc” here  → there are Zoé |
en | new Eta --owner marc --source foire | owner: “marc” is not known here  → there are Zoé; source: “foire” is not known here |
fr | new Eta --owner marc --source foire | owner : « marc » n’est pas connu ici; source : « foire » n’est pas connu ici |
# all that lacks is asked at once; a place does without a video link; no path of the package is shown
fr | mail alpha confirmation-rdv | `meeting_day` | site-packages; kanban/scripts
fr | set alpha next_action_date='demain 10h' place='12 rue X' first_name=Léa; mail alpha confirmation-rdv | Lieu : 12 rue X | video
fr | mail | `kanban script` | meeting-reminder
fr | script | rappel-rdv | meeting-reminder
# the board: a name in full, what verbs take, a plural
fr | board | alpha; Zoé | P…
fr | new 'Hélène & Fils' | helene-et-fils |
en | new 'Hélène & Fils' | helene-and-fils |
fr | lint | avertissement | warning
# several cards at once, and the past in words
fr | set --where 'owner = Zoé' source=inbound --yes | alpha : source = inbound |
fr | show alpha | Historique; → | modifiée
# the folders of the language
en | doctor | kanban hook install |
fr | doctor | kanban hook install |
"""


@pytest.fixture(scope="module", params=["fr", "en"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A board as `init` makes it, with one card as a person typed it."""
    language = request.param
    root = tmp_path_factory.mktemp("found") / language
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_AUTHOR_DATE", "2026-11-30T09:00:00+01:00")
        patch.setenv("GIT_COMMITTER_DATE", "2026-11-30T09:00:00+01:00")
        words = [
            "init",
            str(root),
            "--yes",
            "--lang",
            language,
            "--owner",
            "Zoé",
            "--skip",
            "hooks",
            "--skip",
            "completion",
        ]
        assert CliRunner().invoke(cli, words).exit_code == 0
    text = BROKEN if language == "fr" else BROKEN.replace("rappeler : ", "rappeler ").replace("montant", "amount")
    (root / "prospects/alpha.md").write_text(text, "utf-8")
    return language, root


def lines(language: str) -> list[tuple[list[str], list[str], list[str]]]:
    rows = [line.split(" | ") for line in FOUND.strip().splitlines() if not line.startswith("#")]
    cells = [[cell.strip(" |") for cell in row] for row in rows if row[0] == language]
    return [
        (row[1].split("; "), row[2].split("; "), [one for one in row[3:] for one in one.split("; ")]) for row in cells
    ]


def test_each_line_that_was_found(made: tuple[str, Path], kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> None:
    language, root = made
    monkeypatch.setenv("KANBAN_AS_OF", "2026-11-30")
    monkeypatch.setenv("COLUMNS", "120")
    wrong = []
    for typed, there, absent in lines(language):
        answers: list[Answer] = [kanban("-C", root, *shlex.split(line)) for line in typed]
        said = re.sub("[\u00a0\u202f]", " ", "".join(answer.out + answer.err for answer in answers))
        wrong += [(typed, "lacks", one, said) for one in there if one not in said]
        wrong += [(typed, "has", one, said) for one in absent if one and one in said]
    assert wrong == []


def test_folders_and_cards_speak_the_boards_language(made: tuple[str, Path]) -> None:
    language, root = made
    folders = {one.parent.name for one in root.glob("*/README.md")}
    assert {"fr": {"qualifies", "rdv", "offre", "gagne"}, "en": {"qualified", "meeting", "offer", "won"}}[
        language
    ] <= folders


@pytest.mark.parametrize("guide", ["docs/getting-started.md", "docs/fr/getting-started.md"])
def test_the_way_in_names_what_exists(guide: str) -> None:
    text = (ROOT / guide).read_text("utf-8")
    assert "kanban hook install" in text
    assert re.findall(r"https?://\S*example\.org", text) == [], "no mirror that nobody keeps"
    assert not re.search(r'--on "20\d\d-', text), "a day that is over one day"


def test_a_day_asks_for_no_language() -> None:
    for guide in ("docs/a-day.md", "docs/fr/a-day.md"):
        typed = [line for line in (ROOT / guide).read_text("utf-8").splitlines() if line.startswith("$ ")]
        assert typed
        assert not [line for line in typed if "--lang" in line]


@pytest.mark.parametrize(
    ("line", "first"), [("git kanban mov", "move"), ("kanban set acme-sso own", "owner="), ("kanban m", "move")]
)
def test_tab(monkeypatch: pytest.MonkeyPatch, line: str, first: str) -> None:
    monkeypatch.chdir(ROOT / "example-board")
    assert first in [one.partition("\t")[0] for one in completed(cli, line)]


@pytest.mark.parametrize("what", HELD)
def test_what_is_held_elsewhere_is_there(what: str) -> None:
    path, _colons, name = HELD[what].partition("::")
    assert re.search(rf"^def {name}", (ROOT / "tests" / path).read_text("utf-8"), re.MULTILINE)
