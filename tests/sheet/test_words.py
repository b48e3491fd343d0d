"""Whatever is chosen may be typed in the sheet's French and in English, on every board; who errs is told his own words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kanban.model.cards.fields import CARD_FIELDS
from tests.conftest import GitFolder, Kanban
from tests.sheet.stage import BOARDS, Stage, staged

pytestmark = pytest.mark.sweep

LATER = "2026-11-02"
SAME = {
    "class": (
        ("partenaire", "Partner", "partner"),
        ("date fixe", "Fixed Date", "fixed-date", "FIXED_DATE"),
        ("standard", "normale"),
        ("incident", "expedite", "urgent"),
    ),
    "risk": (
        ("haute", "high", "élevé", "ELEVEE"),
        ("moyenne", "medium", "moyen"),
        ("faible", "low", "basse"),
    ),
    "source": (("salon", "trade show", "trade-show"), ("recommandation", "referral"), ("partenaire", "partner")),
    "role": (("sdr", "SDR"), ("ae", "AE")),
}
"""Of a field: the words that must come to the same, whatever the board's language."""
CASES = [(key, words) for key, groups in SAME.items() for words in groups]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """Where the board of each kind stands, made once: nothing is written but by hand."""
    return {board: tmp_path_factory.mktemp("words") / "-".join(board) for board in BOARDS}


@pytest.fixture(params=BOARDS, ids=["-".join(one) for one in BOARDS])
def stage(
    request: pytest.FixtureRequest,
    places: dict[tuple[str, str], Path],
    kanban: Kanban,
    monkeypatch: pytest.MonkeyPatch,
) -> Stage:
    place = places[request.param]
    if place.exists():
        found = Stage(GitFolder(place), kanban, *request.param)
    else:
        found = staged(place, kanban, *request.param)
        found.place("prospects", "x", fixed_date="2026-12-01")
    monkeypatch.chdir(place)
    return found


def written(stage: Stage, key: str, word: str, language: str) -> str:
    """What `set` would write for the word, read in a language."""
    answer = stage.kanban("--lang", language, "set", "x", f"{key}={word}", "--dry-run", "--json")
    assert answer.code == 0, (word, answer.err)
    return str(answer.json["fields"][key])


@pytest.mark.parametrize(("key", "words"), CASES, ids=["-".join((key, words[0])) for key, words in CASES])
def test_both_languages_mean_the_same(stage: Stage, key: str, words: tuple[str, ...]) -> None:
    meant = {written(stage, key, word, language) for word in words for language in ("fr", "en")}
    assert len(meant) == 1


ASKED = (
    ("set", "x", "class={}"),
    ("set", "x", "risk={}"),
    ("set", "x", "role={}"),
    ("new", "Y", "--template", "{}"),
    ("new", "Y", "--class", "{}", "--set", "fixed_date=2026-12-01"),
    ("new", "Y", "--role", "{}"),
    ("lose", "x", "--reason", "{}"),
    ("touch", "x", "{}"),
    ("move", "x", "{}", "--force", "--reason", "try"),
    ("experiment", "new", "T", "--problem", "p", "--target", "1", "--indicator", "{}"),
    ("experiment", "decide", "t", "{}", "--as-of", LATER),
)
"""Where one of several words is typed."""
ENGLISH = re.compile(
    r"(?<![-\w])(high|medium|low|price|competition|keep|adjust|discovery|negotiation|partner|call)(?![-\w])"
)


@pytest.mark.parametrize("typed", ASKED, ids=lambda typed: "-".join(typed[:3]))
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_word_that_an_error_lists_is_understood(stage: Stage, typed: tuple[str, ...], lang: str) -> None:
    if typed[1] == "decide":
        stage.folder.write("experiments/t.md", "---\nproblem: p\ntarget: 1\nstart: 2026-10-01\nindicator: wip\n---\n")

    def answer(word: str) -> tuple[int, str]:
        said = stage.kanban("--lang", lang, *(one.format(word) for one in typed), "--dry-run")
        return said.code, said.err

    code, told = answer("zzz")
    assert code in (1, 2), told
    if lang == "fr" and typed[0] != "move":  # a column is called as its board calls it
        assert not ENGLISH.search(re.sub(r"kanban .*", "", told)), told
    listed = re.search(
        r"(?:: | parmi | sont |one of |are |choix : |\()((?:[^,:()\n]+, )+[^,()\n]+)\)?$", told, re.MULTILINE
    )
    assert listed is not None, told
    refused = [word for word in listed[1].split(", ") if answer(word)[0] == 2]
    assert refused == []
    (stage.folder.root / "experiments/t.md").unlink(missing_ok=True)


TWO_WAYS = [
    (("new", "Y", "--template"), ("découverte", "discovery", "inbound", "Entrant")),
    (("new", "Y", "--template"), ("chiffrage", "offer", "Offre")),
    (("lose", "x", "--reason"), ("concurrence", "competition", "Concurrent")),
    (("lose", "x", "--reason"), ("délai", "timing")),
    (("touch", "x"), ("Téléphone", "appel", "call", "phone")),
    (("move", "x", "--force", "--reason", "r"), ("gagné", "won", "Gagne")),
    (("tick", "x"), ("agenda envoyé", "agenda-sent")),
    (("list", "--class"), ("partenaire", "Partner")),
    (("metrics", "--compare"), ("précédent", "previous", "2026-T3", "2026-Q3", "2026-S38")),
]


@pytest.mark.parametrize(("typed", "words"), TWO_WAYS, ids=[" ".join(one[0][:3] + one[1][:1]) for one in TWO_WAYS])
def test_a_word_of_either_language_goes_through(stage: Stage, typed: tuple[str, ...], words: tuple[str, ...]) -> None:
    dry = () if typed[0] in ("list", "metrics") else ("--dry-run",)
    for word in words:
        answer = stage.kanban(*typed, word, *dry)
        assert answer.code in (0, 1), (word, answer.err)
        assert "zzz" not in answer.err
        assert answer.code == 0 or typed[0] == "lose", answer.err


INDICATORS = ("débit", "throughput", "temps de cycle", "cycle_time", "taux de conversion rdv", "conversion-meeting")


def test_indicators_and_scripts_are_named_in_either_language(stage: Stage) -> None:
    for name in INDICATORS:
        typed = ("experiment", "new", "T", "--problem", "p", "--target", "1", "--indicator", name, "--dry-run")
        assert stage.kanban(*typed).code == 0, name
    for name in ("objection-prix", "price-objection", "Objection prix"):
        assert "price-objection" in stage.kanban("script", "x", name).err


def test_a_hand_written_source_is_one_source(stage: Stage) -> None:
    for at, word in enumerate(("salon", "trade show", "trade-show")):
        stage.place("prospects", f"s{at}", source=word)
    rows = stage.kanban("list", "--where", "source=salon", "--json").json["cards"]
    assert {row["card"] for row in rows} >= {"s0", "s1", "s2"}


def test_no_choice_of_a_card_field_lacks_its_french() -> None:
    choices = {word for field in CARD_FIELDS for word in field.choices}
    assert choices == {"high", "medium", "low"}
