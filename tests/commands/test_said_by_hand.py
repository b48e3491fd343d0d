"""What people type as they say it: labels for fields, words for ticks, channels and reasons; and what is said back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kanban.model.cards.fields import key_named, nearest_field
from tests.boards import card_text
from tests.conftest import Answer, GitFolder, Kanban

BOARD = """\
title: Ventes
language: fr
currency: EUR
timezone: Europe/Paris
columns:
  - {key: prospects, name: Prospects}
  - key: qualifies
    name: Qualifiés
    dor: [{id: need-explicit, label: besoin explicite}, {id: contact-opt-in, label: contact d’accord}]
    dod: [{id: brief-validated, label: besoin validé}]
  - {key: gagne, name: Gagné, kind: won}
  - {key: perdu, name: Perdu, kind: lost}
  - {key: nurturing, name: Nurturing, kind: parked}
"""

Verb = Callable[..., Answer]


@pytest.fixture
def board(git_folder: GitFolder) -> GitFolder:
    git_folder.write("board.yml", BOARD)
    git_folder.write("prospects/acme.md", card_text(account="ACME", montant="vieux"))
    git_folder.write("prospects/crlf.md", "---\r\naccount: CRLF\r\nclass: standard\r\n---\r\n\r\n- une ligne\r\n")
    git_folder.write("prospects/deux.md", "---\naccount: A\naccount: B\n---\n")
    git_folder.commit("board", date="2026-10-01T10:00:00+02:00")
    return git_folder


@pytest.fixture
def run(board: GitFolder, kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> Verb:
    monkeypatch.setenv("KANBAN_AS_OF", "2026-10-05")
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2026-10-05T09:00:00+02:00")

    def call(verb: str, *arguments: str) -> Answer:
        answer = kanban("-C", board.root, verb, *arguments)
        plain = [text.replace("\xa0", " ").replace("\u202f", " ") for text in (answer.out, answer.err)]
        return Answer(answer.code, *plain)

    return call


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("amount", "amount"),
        ("Montant", "amount"),
        ("montant", "amount"),
        ("Échéance", "close_date"),
        ("echeance", "close_date"),
        ("decision maker", "decision_maker"),
        ("Décideur", "decision_maker"),
        ("zodiac", "zodiac"),
    ],
)
def test_a_field_is_known_by_its_label(typed: str, key: str) -> None:
    assert key_named(typed) == key


def test_a_slip_of_the_finger_has_a_neighbour() -> None:
    assert (nearest_field("amuont"), nearest_field("zodiac")) == ("amount", "")


def test_set_takes_labels_and_says_what_it_does_not_know(board: GitFolder, run: Verb) -> None:
    done = run("set", "crlf", "Montant=12 k€", "amuont=3", "zodiac=lion")
    assert done.code == 0
    assert "crlf : amount = 12 k€" in done.out
    assert "`amuont` n’est pas un champ de ce tableau ; il est gardé tel quel  → vouliez-vous dire amount ?" in done.err
    assert "`zodiac` n’est pas un champ de ce tableau ; il est gardé tel quel\n" in done.err
    assert b"amount: 12 k\xe2\x82\xac\r\n" in (board.root / "prospects/crlf.md").read_bytes()


def test_a_line_that_is_called_as_people_speak_gives_way_to_the_field(board: GitFolder, run: Verb) -> None:
    assert b"\nmontant:" in (board.root / "prospects/acme.md").read_bytes()
    done = run("set", "acme", "montant=9 k€")
    assert "acme : amount = 9 k€" in done.out
    text = (board.root / "prospects/acme.md").read_text("utf-8")
    assert "\namount: 9 k€\n" in text
    assert "montant" not in text


@pytest.mark.parametrize(
    ("typed", "key"),
    [("proba=40", "probability"), ("email=a@b.fr", "contact_email"), ("close=fin janvier", "close_date")],
)
def test_short_names_are_understood(run: Verb, typed: str, key: str) -> None:
    assert f"acme : {key} = " in run("set", "acme", typed).out


def test_a_day_that_is_over_is_said(run: Verb) -> None:
    done = run("set", "acme", "next_action_date=01/10 10h", "close_date=2026-11-01")
    assert (
        "next_action_date : le 2026-10-01T10:00 est passé ; si c’est une autre année, tapez-la : 2027-10-01T10:00"
        in (done.err)
    )
    assert "close_date" not in done.err
    assert "est passé" in run("note", "acme", "appel", "--next", "x", "--on", "01/10").err
    assert "est passé" not in run("note", "acme", "appel", "--next", "x", "--on", "demain 10h").err


def test_a_second_card_of_a_customer_is_said(run: Verb) -> None:
    done = run("new", "Acme", "--next", "appel", "--on", "demain")
    assert done.code == 0
    assert "Acme a déjà une carte : acme, dans Prospects" in done.err
    assert "a déjà une carte" not in run("new", "Beta", "--next", "appel", "--on", "demain").err


@pytest.mark.parametrize(
    ("typed", "tick"), [("Besoin explicite", "need-explicit"), ("need", "need-explicit"), ("opt-in", "contact-opt-in")]
)
def test_a_tick_is_known_by_its_words(typed: str, tick: str, run: Verb) -> None:
    done = run("tick", "acme", typed, "--json")
    assert done.json["ticks"] == [tick]


def test_words_that_fit_two_ticks_are_refused_with_both(run: Verb) -> None:
    done = run("tick", "acme", "besoin")
    assert done.code == 2
    assert done.err.splitlines()[1:3] == ["  need-explicit", "  brief-validated"]


def test_a_channel_and_a_reason_are_said_in_the_boards_language(board: GitFolder, run: Verb) -> None:
    done = run("touch", "acme", "appel", "--next", "mail", "--on", "demain")
    assert "acme : touche 1 sur 3 (appel)" in done.out
    assert "- touche 1 : appel" in (board.root / "prospects/acme.md").read_text().replace("\xa0", " ")
    assert "(prix, timing, fit, concurrence)" in run("lose", "acme", "--reason", "trop cher").err
    assert run("lose", "acme", "--reason", "Prix").code == 0


def test_a_label_that_is_rewritten_keeps_its_day(board: GitFolder, run: Verb) -> None:
    said = ("--cause", "juridique", "--next", "appeler", "--who", "Zoé")
    assert "depuis le vendredi 2 octobre 2026" in run("block", "acme", *said, "--since", "02/10").out
    assert "depuis le vendredi 2 octobre 2026" in run("block", "acme", *said[:-1], "Karim").out
    assert "depuis le dimanche 4 octobre 2026" in run("block", "acme", *said, "--since", "hier").out
    later = run("block", "acme", *said, "--since", "demain")
    assert (later.code, "encore à venir" in later.err) == (2, True)


@pytest.mark.parametrize("gesture", [("set", "deux", "owner=Zoé"), ("note", "deux", "x", "--move", "qualifies")])
def test_a_card_that_cannot_be_edited_names_its_line(gesture: tuple[str, ...], run: Verb) -> None:
    done = run(*gesture)
    assert done.code == 2
    assert "prospects/deux.md:3: la carte ne peut pas être modifiée sans risque" in done.err


def test_show_aligns_its_labels_and_reads_windows_line_ends(run: Verb) -> None:
    run("set", "crlf", "class_reason=budget annuel", "roi=2 jours")
    shown = run("show", "crlf").out
    assert "\\x0d" not in shown
    assert "- une ligne\n" in shown
    assert shown.splitlines()[3:7] == [
        "  Compte                            CRLF",
        "  Classe                            Standard",
        "  Raison de la classe               budget annuel",
        "  Retour sur investissement estimé  2 jours",
    ]


def test_a_day_that_cannot_be_read_is_answered_with_days_people_say(run: Verb) -> None:
    done = run("set", "acme", "next_action_date=bientôt")
    assert (done.code, "`demain 10h`" in done.err) == (2, True)
