"""Words looked for everywhere, conditions, one line for a new card, and what people type for a verb."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kanban.errors import KanbanError
from kanban.gestures.base.typed import with_day
from kanban.i18n.catalogue import use_language
from kanban.model.cards.assembly import read_board
from kanban.model.cards.board import Board
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.condition import condition_typed
from kanban.model.cards.quick_line import QuickLine, Unclear, read_quick_line
from tests.conftest import Answer, GitFolder, Kanban

CONFIG = """\
language: fr
columns:
  - {key: prospects, name: Prospects}
  - {key: offre, name: Offre}
  - {key: gagne, name: Gagné, kind: won}
sources: [inbound, salon]
owners: [{name: Zoé}, {name: Paul}]
views:
  big: ["amount > 20k", "owner = zoe"]
"""
A = "---\naccount: ACME\nowner: Zoé\namount: 28 k€\nprobability: 40 %\nclose_date: 2026-12-10\ntags: [sso, erp]\n---\n"
A += "\n## Notes\n\n- veut un budget pour Quandrix\n"
B = "---\naccount: Béta\nowner: Paul\namount: 12 k$\nclass: expedite\nnext_action: quandrix\n---\n"
C = "---\naccount: Gamma\nowner: Zoé\namount: 9 k€\n---\n\n- Quandrix\n"
TODAY = date(2026, 11, 30)


@pytest.fixture
def kanban(kanban: Kanban) -> Callable[..., Answer]:
    """The command line, its narrow spaces as plain ones."""

    def call(*words: str | Path) -> Answer:
        answer = kanban(*words)
        return Answer(answer.code, *(text.replace("\xa0", " ") for text in (answer.out, answer.err)))

    return call


@pytest.fixture
def board() -> Board:
    files = {"board.yml": CONFIG, "offre/acme.md": A, "prospects/beta.md": B, "gagne/gamma.md": C}
    return read_board([BoardFile(path, text.encode()) for path, text in files.items()], anchor=TODAY)


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("amount > 20k", ["acme"]),
        ("montant>=9k", ["acme", "gamma"]),
        ("amount < 20 k€", ["gamma"]),
        ("owner = zoe", ["acme", "gamma"]),
        ("responsable != Zoé", ["beta"]),
        ("close < fin décembre", ["acme"]),
        ("close > demain", ["acme"]),
        ("proba >= 40%", ["acme"]),
        ("tags = SSO", ["acme"]),
        ("tags ~ er", ["acme"]),
        ("account ~ a", ["acme", "beta", "gamma"]),
        ("classe = Expedite", ["beta"]),
        ("colonne = offre", ["acme"]),
        ("column != offre", ["beta", "gamma"]),
        ("next_action", ["beta"]),
        ("!next", ["acme", "gamma"]),
        ("sans proba", ["beta", "gamma"]),
        ("proba =", ["beta", "gamma"]),
    ],
)
def test_conditions(board: Board, asked: str, ids: list[str]) -> None:
    fits = condition_typed(asked, board, TODAY)
    assert sorted(card.id for card in board.cards if fits(card)) == ids


@pytest.mark.parametrize(
    "asked", ["zodiac = lion", "owner > z", "amount > beaucoup", "close < bientôt", "<3", "column ~ x"]
)
def test_conditions_that_cannot_be_understood_say_so(board: Board, asked: str) -> None:
    with pytest.raises(KanbanError):
        condition_typed(asked, board, TODAY)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "ACME démo demain 10h 28k 40% #salon",
            {"account": "ACME", "next_action": "démo", "on": "demain 10h", "amount": "28k", "probability": "40%"}
            | {"source": "salon"},
        ),
        ("Studio 54 12 500 € !expedite >offre", {"account": "Studio 54", "amount": "12 500 €", "service": "expedite"} | {"column": "offre"}),
        ("Zéta, envoyer l'offre vendredi", {"account": "Zéta", "next_action": "envoyer l'offre", "on": "vendredi"}),
        (
            "Mars Chocolat appeler le 3 mars 06 12 34 56 78 jean@mars.fr @pa #chaud",
            {"account": "Mars Chocolat", "next_action": "appeler", "on": "le 3 mars", "owner": "Paul", "tags": ["chaud"]}
            | {"extra": ["contact_phone=06 12 34 56 78", "contact_email=jean@mars.fr"]},
        ),
        ("3M France: demo next monday 2pm budget=annuel", {"account": "3M France", "next_action": "demo", "on": "next monday 2pm"} | {"extra": ["budget=annuel"]}),
    ],
)  # fmt: skip
def test_a_line_is_taken_apart(board: Board, line: str, said: dict[str, object]) -> None:
    read = read_quick_line(line, board, TODAY)
    assert read.is_a_line
    assert {
        key: value
        for key, value in vars(read).items()
        if value and key not in ("pieces", "places", "sure", "day_after")
    } == said


@pytest.mark.parametrize(
    "name",
    ["Studio T1", "20 Minutes", "Studio 54", "Groupe Vendredi", "Cabinet Audit Conseil", "Mars", "3M", "Le Monde"],
)
def test_a_name_is_a_name(board: Board, name: str) -> None:
    assert not read_quick_line(name, board, TODAY).is_a_line


@pytest.mark.parametrize("line", ["A @nobody", "A !never", "A >nowhere", "Groupe Vendredi appel mardi"])
def test_what_nobody_knows_is_asked(board: Board, line: str) -> None:
    with pytest.raises(KanbanError):
        read_quick_line(line, board, TODAY)


@pytest.mark.parametrize(
    ("line", "language", "lines"),
    [
        ("ACME demo 10/12 2pm", "en", {"ACME demo 2026-12-10 14:00": "Thursday 10 December 2026 at 14:00", "ACME demo 2027-10-12 14:00": "Tuesday 12 October 2027 at 14:00"}),
        ("ACME 1.234 € demo", "en", {"ACME 1234EUR demo": "€1,234", "ACME 1.23EUR demo": "€1.23"}),
        ("ACME @p demo", "en", {"ACME @Paul demo": "Paul", "ACME @Pia demo": "Pia"}),
        ("Groupe Vendredi appel mardi", "fr", {"Groupe Vendredi appel": "vendredi", "Groupe appel mardi": "mardi"}),
    ],
)  # fmt: skip
def test_what_has_several_readings_is_told_with_the_line_of_each(
    line: str, language: str, lines: dict[str, str]
) -> None:
    config = CONFIG.replace("language: fr", f"language: {language}")
    files = [BoardFile("board.yml", config.encode()), BoardFile("offre/p.md", b"---\nowner: Pia\n---\n")]
    board = read_board([*files, BoardFile("offre/q.md", b"---\nowner: Paul\n---\n")], anchor=TODAY)
    with use_language(language), pytest.raises(Unclear) as raised:
        read_quick_line(line, board, TODAY)
    assert list(raised.value.lines) == list(lines)
    for shown, said in zip(raised.value.lines.values(), lines.values(), strict=True):
        assert said in shown


def test_nothing_is_nothing(board: Board) -> None:
    assert read_quick_line("", board, TODAY) == QuickLine()


@pytest.fixture
def folder(git_folder: GitFolder, monkeypatch: pytest.MonkeyPatch) -> GitFolder:
    for path, text in (("board.yml", CONFIG), ("offre/acme.md", A), ("prospects/beta.md", B), ("gagne/gamma.md", C)):
        git_folder.write(path, text)
    git_folder.commit("board", date="2026-11-02T10:00:00+01:00")
    monkeypatch.setenv("KANBAN_AS_OF", TODAY.isoformat())
    return git_folder


def test_find_looks_everywhere_the_best_first(folder: GitFolder, kanban: Kanban) -> None:
    answer = kanban("-C", folder.root, "find", "QUANDRIX", "--json")
    cards = json.loads(answer.out)["cards"]
    assert [one["card"] for one in cards] == ["beta", "acme", "gamma"]
    assert cards[1]["lines"] == [{"line": 12, "text": "- veut un budget pour Quandrix"}]
    assert kanban("-C", folder.root, "find", "quandrix", "budget").out.splitlines()[1:] == [
        "  offre/acme.md:12: - veut un budget pour Quandrix",
        "1 carte",
    ]
    assert (nothing := kanban("-C", folder.root, "find", "zzz")).code == 1
    assert nothing.out == "rien n’est trouvé\n"
    assert "gamma" not in kanban("-C", folder.root, "find", "quandrix", "--open").out


def test_list_by_condition_view_and_owner(folder: GitFolder, kanban: Kanban) -> None:
    def ids(*words: str) -> list[str]:
        return [one["card"] for one in json.loads(kanban("-C", folder.root, "list", "--json", *words).out)["cards"]]

    assert ids("--view", "big") == ["acme"]
    assert ids("--all", "--where", "montant < 20k") == ["gamma"]
    assert ids("-o", "Paul") == ["beta"]
    unknown = kanban("-C", folder.root, "list", "--view", "small")
    assert (unknown.code, "les vues sont big" in unknown.err) == (2, True)
    assert "`kanban find quandrix`" in kanban("-C", folder.root, "list", "quandrix").err


def test_set_on_all_that_fits(folder: GitFolder, kanban: Kanban) -> None:
    before = folder.git("rev-parse", "HEAD")
    words = ("-C", folder.root, "set", "--where", "owner = Zoé", "owner=Paul")
    asked = kanban(*words)
    assert (asked.code, "  → regardez avec `--dry-run`, puis dites `--yes`" in asked.err) == (2, True)
    assert kanban(*words, "--dry-run").code == 0
    assert folder.git("rev-parse", "HEAD") == before
    done = kanban(*words, "--yes")
    assert done.out == "acme : owner = Paul\n"
    assert folder.git("diff", "--name-only", "HEAD~1").split() == ["offre/acme.md"]
    assert kanban(*words, "--all", "--yes").out == "gamma : owner = Paul\n"
    assert kanban(*words, "--yes").out == "aucune carte ne correspond\n"


def test_one_line_makes_a_card(folder: GitFolder, kanban: Kanban) -> None:
    done = kanban("-C", folder.root, "add", "Delta", "SA", "rappeler", "lundi", "10h", "28k", "#salon", "@zoé", "#vip")
    assert done.err.startswith("compris : Compte : Delta SA · Prochaine action : rappeler · ")
    text = (folder.root / "prospects/delta-sa.md").read_text("utf-8")
    lines = ["account: Delta SA", "next_action: rappeler", "next_action_date: 2026-12-07T10:00", "amount: 28k"]
    lines += ["owner: Zoé", "source: salon", "tags: [vip]"]
    assert text == "---\n" + "\n".join(lines) + "\n---\n"


def test_who_and_where_nobody_knows_is_said(folder: GitFolder, kanban: Kanban) -> None:
    said = kanban(
        "-C", folder.root, "new", "Eta", "--owner", "marc", "--source", "foire", "--next", "x", "--on", "+2j"
    ).err
    assert "owner : « marc » n’est pas connu ici  → il y a Zoé, Paul" in said
    assert "source : « foire » n’est pas connu ici  → il y a inbound, salon" in said


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("rm", "une carte ne se supprime pas"),
        ("push", "`kanban sync` les partage"),
        ("insérer", "vouliez-vous dire new ?"),
        ("avancer", "vouliez-vous dire move ?"),
        ("stats", "vouliez-vous dire metrics ?"),
        ("lsit", "vouliez-vous dire list"),
        ("zzzz", "`kanban --help`"),
    ],
)
def test_words_of_other_tools_are_answered(folder: GitFolder, kanban: Kanban, typed: str, advice: str) -> None:
    answer = kanban("-C", folder.root, "--lang", "fr", typed)
    assert (answer.code, advice in answer.err.replace("\u202f", " ")) == (2, True)


def test_help_is_a_verb_too(kanban: Kanban) -> None:
    assert kanban("help", "move").out == kanban("move", "--help").out
    assert kanban("help").out == kanban("--help").out
    assert kanban("help", "zzzz").code == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("call friday 10:00", ("call", "friday 10:00")),
        ("rappeler après le comité, vendredi 10h", ("rappeler après le comité", "vendredi 10h")),
        ("envoyer la clause demain", ("envoyer la clause", "demain")),
        ("LinkedIn +2j", ("LinkedIn", "+2j")),
        ("relancer le 20", ("relancer", "le 20")),
        ("préparer l'audit de mars", ("préparer l'audit de mars", None)),
        ("demain", ("demain", None)),
        ("revoir le plan 2027", ("revoir le plan 2027", None)),
        ("préparer T2", ("préparer T2", None)),
        ("relancer semaine 50", ("relancer", "semaine 50")),
        ("proposer un essai 2 semaines", ("proposer un essai 2 semaines", None)),
        ("catalogue pour mars", ("catalogue pour mars", None)),
        ("envoyer l'offre avant vendredi", ("envoyer l'offre", "avant vendredi")),
        ("call noon tomorrow", ("call", "noon tomorrow")),
        ("appeler", ("appeler", None)),
        ("appeler lundi ou mardi", ("appeler lundi ou mardi", None)),
        ("relancer vers le 15", ("relancer", "vers le 15")),
        ("catch up week 51 Thursday 2pm", ("catch up", "week 51 Thursday 2pm")),
        ("joindre au 01", ("joindre au 01", None)),
    ],
)
def test_a_day_may_end_the_next_action(board: Board, typed: str, said: tuple[str, str | None]) -> None:
    assert with_day(board, typed, None, TODAY) == said
    assert with_day(board, typed, "+3j", TODAY) == (typed, "+3j"), "a day of its own wins"


def test_the_day_is_written_and_told_in_full(folder: GitFolder, kanban: Kanban) -> None:
    told = kanban("-C", folder.root, "note", "acme", "rappelé", "-n", "appeler vendredi 10h").out
    assert told == "acme : noté\n  Date de la prochaine action : vendredi 4 décembre 2026 à 10h\n"
    text = (folder.root / "offre/acme.md").read_text("utf-8")
    assert "next_action: appeler\nnext_action_date: 2026-12-04T10:00\n" in text


def test_a_line_stands_beside_options_that_it_does_not_speak_of(folder: GitFolder, kanban: Kanban) -> None:
    words = ("new", "Delta appel demain 10h 5k @paul", "-c", "Mme Roy", "--set", "segment=retail")
    assert kanban("-C", folder.root, *words).code == 0
    text = (folder.root / "prospects/delta.md").read_text("utf-8")
    assert ("contact: Mme Roy" in text, "owner: Paul" in text, "segment: retail" in text) == (True, True, True)
    assert kanban("-C", folder.root, "new", "Epsilon appel demain", "-o", "Zoé").code == 0
    assert (folder.root / "prospects/epsilon-appel-demain.md").exists(), "with an owner said, the words are a name"


def test_what_has_two_readings_is_asked_on_a_terminal(
    folder: GitFolder, kanban: Kanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = ("-C", folder.root, "new", "Groupe Vendredi appel mardi")
    refused = kanban(*line)
    assert (refused.code, "dit deux choses" in refused.err) == (2, True)
    answers = iter(["2", "o"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _text="": next(answers))
    told = kanban(*line)
    assert told.code == 0, told.err
    assert "  1. vendredi 4 décembre 2026\n  2. mardi 1er décembre 2026\n" in told.err
    assert "next_action_date: 2026-12-01" in (folder.root / "prospects/groupe.md").read_text("utf-8")
