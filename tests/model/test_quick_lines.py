"""What salespeople type for a new opportunity, in both languages: each line with what it means."""

from __future__ import annotations

from datetime import date

import pytest

from kanban.errors import KanbanError
from kanban.i18n.catalogue import use_language
from kanban.model.cards.assembly import read_board
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.quick_line import QuickLine, Unclear, read_quick_line
from kanban.model.typed.amounts import write_percent
from kanban.model.typed.read import read_money, read_percent, read_when

CONFIG = """\
language: {}
columns: [{{key: prospects, name: Prospects}}, {{key: rdv, name: RDV}}, {{key: gagne, name: Gagné, kind: won}}]
sources: [salon]
owners: [{{name: Zoé}}, {{name: Paul Martin}}]
"""
TODAY = date(2026, 11, 30)
FRENCH = """
ACME démo demain matin 28k                                | ACME | démo | 2026-12-01T09:00 | 28000 EUR |
ACME rappeler lundi matin 10h30 12 k€ 40 %                | ACME | rappeler | 2026-12-07T10:30 | 12000 EUR | 40
Dupont SA relance +1m 1,5M                                | Dupont SA | relance | 2026-12-30 | 1500000 EUR |
SARL Dubois envoyer offre dès lundi 15 k€ 50 %            | SARL Dubois | envoyer offre | 2026-12-07 | 15000 EUR | 50
SARL Dubois relancer vendredi 12 000 €                    | SARL Dubois | relancer | 2026-12-04 | 12000 EUR |
SARL Dubois relancer mardi 10 %                           | SARL Dubois | relancer | 2026-12-01 | | 10
Dupont relance le 20 12.500,00 €                          | Dupont | relance | 2026-12-20 | 12500 EUR |
Brasserie du Nord rdv la semaine prochaine                | Brasserie du Nord | rdv | 2026-12-07 | |
Menuiserie Vauclair appeler en janvier 5000€              | Menuiserie Vauclair | appeler | 2027-01-01 | 5000 EUR |
Hôtel Corvane envoyer devis fin du mois 35 k€ 60%         | Hôtel Corvane | envoyer devis | 2026-11-30 | 35000 EUR | 60
Groupe Hestival relancer dans 10 jours                    | Groupe Hestival | relancer | 2026-12-10 | |
Pharmacie Blanc : visio après-demain 11h 3500 euros       | Pharmacie Blanc | visio | 2026-12-02T11:00 | 3500 EUR |
Mairie de Lyon réponse à l'AO avant le 15 janvier 80000   | Mairie de Lyon | réponse à l'AO | 2027-01-15 | 80000 EUR |
Mairie de Lyon déposer l'AO le 15/01 à 12h 80 000€ HT     | Mairie de Lyon | déposer l'AO | 2027-01-15T12:00 | 80000 EUR |
Air France signature mi-janvier 1,2 M€ 80%                | Air France | signature | 2027-01-15 | 1200000 EUR | 80
Alpha relancer d'ici 3 semaines 15k€ 20 pourcent          | Alpha | relancer | 2026-12-21 | 15000 EUR | 20
Alpha relancer début février 2027 2 millions              | Alpha | relancer | 2027-02-01 | 2000000 EUR |
Bêta: envoyer l'offre demain 17h, 45k€, 50%, @zoé, #salon | Bêta | envoyer l'offre | 2026-12-01T17:00 | 45000 EUR | 50
Bêta premier contact demain                               | Bêta | premier contact | 2026-12-01 | |
Bêta prendre rendez-vous demain                           | Bêta | prendre rendez-vous | 2026-12-01 | |
Bêta faire un point jeudi                                 | Bêta | faire un point | 2026-12-03 | |
Bêta à rappeler jeudi                                     | Bêta | à rappeler | 2026-12-03 | |
Bêta café mardi 8h30                                      | Bêta | café | 2026-12-01T08:30 | |
Grand Café appeler mardi                                  | Grand Café | appeler | 2026-12-01 | |
grand café appeler mardi                                  | grand café | appeler | 2026-12-01 | |
Cabinet Audit Conseil appeler mardi                       | Cabinet Audit Conseil | appeler | 2026-12-01 | |
Bêta 12k€/an appeler mardi                                | Bêta | appeler | 2026-12-01 | 12000 EUR |
Bêta environ 30k appeler mardi                            | Bêta | appeler | 2026-12-01 | 30000 EUR |
Bêta 28 000 proba 40 appeler mardi                        | Bêta | appeler | 2026-12-01 | 28000 EUR | 40
Lyon 69003 appeler mardi                                  | Lyon 69003 | appeler | 2026-12-01 | |
Bêta appeler Mme Roy au 01 23 45 67 89 mardi              | Bêta | appeler Mme Roy | 2026-12-01 | |
Bêta appeler après les fêtes                              | Bêta | appeler après les fêtes | | |
"""
ENGLISH = """
ACME call next Tue 3pm 30k                    | ACME | call | 2026-12-01T15:00 | 30000 EUR |
ACME follow up in 10 days $30k/yr             | ACME | follow up | 2026-12-10 | 30000 USD |
ACME follow-up mid-January 1.5M               | ACME | follow-up | 2027-01-15 | 1500000 EUR |
ACME send quote by Friday £12,500             | ACME | send quote | 2026-12-04 | 12500 GBP |
ACME send the quote end of month 12,500.00    | ACME | send the quote | 2026-11-30 | 12500 EUR |
Smith & Co chase on the 20th                  | Smith & Co | chase | 2026-12-20 | |
O'Reilly intro call tomorrow 9.30am           | O'Reilly | intro call | 2026-12-01T09:30 | |
Blue Bottle Coffee ping Jane Tuesday          | Blue Bottle Coffee | ping Jane | 2026-12-01 | |
O'Reilly get back to Jane in January          | O'Reilly | get back to Jane | 2027-01-01 | |
O'Reilly reply to RFP before 15 January 80,000 | O'Reilly | reply to RFP | 2027-01-15 | 80000 EUR |
O'Reilly $1.5 million call Tuesday            | O'Reilly | call | 2026-12-01 | 1500000 USD |
O'Reilly about 28 grand call Tuesday          | O'Reilly | call | 2026-12-01 | 28000 EUR |
O'Reilly 30k ARR call +44 20 7946 0958 Tuesday | O'Reilly | call | 2026-12-01 | 30000 EUR |
O'Reilly call 415-555-2671 Tuesday            | O'Reilly | call | 2026-12-01 | |
O'Reilly Tuesday demo of the portal           | O'Reilly | demo of the portal | 2026-12-01 | |
"""
SEVERAL = """
fr | Bêta 500 €/mois appeler mardi            | Bêta 6000EUR appeler mardi | Bêta 500EUR appeler mardi
fr | Bêta 30 à 40 k€ appeler mardi            | Bêta 30000EUR appeler mardi | Bêta 40000EUR appeler mardi
fr | Bêta rappeler mardi 2                    | Bêta rappeler 2026-12-02 | Bêta rappeler 2026-12-01
fr | Bêta rdv mercredi 10 décembre 10h 250k   | Bêta rdv 2026-12-10 10:00 250k | Bêta rdv 2026-12-02 10:00 250k
fr | Bêta rappeler lundi ou mardi 10h 28k     | Bêta rappeler 2026-12-07 10:00 28k | Bêta rappeler 2026-12-01 10:00 28k
en | O'Reilly call Monday or Tuesday          | O'Reilly call 2026-12-07 | O'Reilly call 2026-12-01
en | O'Reilly call 30k-40k                    | O'Reilly call 30000EUR | O'Reilly call 40000EUR
"""
TWICE = """
fr | Gamma 28k 30k                          | Gamma 28k | Gamma 30k
fr | Gamma 28k 40% 50%                      | Gamma 28k 40% | Gamma 28k 50%
fr | Gamma rappeler demain vendredi 28k     | Gamma rappeler demain 28k | Gamma rappeler vendredi 28k
fr | Gamma @zoé @paul 28k                   | Gamma @zoé 28k | Gamma @paul 28k
fr | Gamma !expedite !standard              | Gamma !expedite | Gamma !standard
fr | Gamma >rdv >prospects 28k              | Gamma >rdv 28k | Gamma >prospects 28k
fr | Gamma montant=30k 28k                  | Gamma montant=30k | Gamma 28k
fr | Gamma zoe@a.fr paul@a.fr 28k           | Gamma zoe@a.fr 28k | Gamma paul@a.fr 28k
fr | Gamma 01 23 45 67 89 06 12 34 56 78    | Gamma 01 23 45 67 89 | Gamma 06 12 34 56 78
en | O'Reilly call tomorrow friday 28k      | O'Reilly call tomorrow 28k | O'Reilly call friday 28k
en | O'Reilly £28k $30k                     | O'Reilly £28k | O'Reilly $30k
"""
NOT_SO = """
fr | Gamma appeler 31/02 28k | `31/02` | 1
fr | Gamma 30/02/2027 28k | `30/02/2027` | 1
fr | Gamma rappeler le 32/12 | `le 32/12` | 1
fr | Gamma 31 février 28k | `31 février` | 1
en | Gamma call 31 Feb 28k | `31 Feb` | 1
fr | Gamma rappeler demain 25:00 | `25:00` | 1
fr | Gamma -5k 40% | `-5k` | 0
fr | Gamma 2800000000000000k | `2800000000000000k` | 0
"""
"""What nobody can mean, how it is named, and whether the cure says how it may be part of a name."""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def read(line: str, language: str) -> QuickLine:
    return read_quick_line(line, read_board([BoardFile("board.yml", CONFIG.format(language).encode())]), TODAY)


@pytest.mark.parametrize(
    ("language", "row"),
    [*(("fr", row) for row in rows(FRENCH)), *(("en", row) for row in rows(ENGLISH))],
    ids=lambda value: value[0] if isinstance(value, list) else value,
)
def test_a_line_means_what_a_person_means(language: str, row: list[str]) -> None:
    line, account, action, day, amount, share = row
    said = read(line, language)
    assert said.is_a_line
    when = read_when(said.on, today=TODAY, language=language).value if said.on else None
    money = read_money(said.amount, currency="EUR", language=language).value if said.amount else None
    chance = read_percent(said.probability).value if said.probability else None
    assert [said.account, said.next_action or "", when.isoformat() if when else "", str(money or "")] == [
        account,
        action,
        day,
        amount,
    ]
    assert (write_percent(chance).rstrip("%") if chance else "") == share


def test_telephones_are_kept_beside() -> None:
    for language, row in [("fr", rows(FRENCH)[-2]), ("en", rows(ENGLISH)[-3]), ("en", rows(ENGLISH)[-2])]:
        assert [one.partition("=")[0] for one in read(row[0], language).extra] == ["contact_phone"]


@pytest.mark.parametrize("row", rows(SEVERAL), ids=lambda row: row[1])
def test_what_may_mean_two_things_is_asked_with_the_line_of_each(row: list[str]) -> None:
    language, line, *meant = row
    with use_language(language), pytest.raises(Unclear) as raised:
        read(line, language)
    assert list(raised.value.lines) == meant
    for one in meant:
        assert read(one, language).is_a_line, "each can be typed"


@pytest.mark.parametrize("row", rows(TWICE), ids=lambda row: row[1])
def test_what_is_said_twice_is_asked_never_chosen(row: list[str]) -> None:
    language, line, *meant = row
    with use_language(language), pytest.raises(Unclear) as raised:
        read(line, language)
    assert list(raised.value.lines) == meant
    assert all(f"`{one}`" in raised.value.cure for one in meant)
    for one in meant:
        assert read(one, language).is_a_line, "each can be typed"


def test_what_is_said_twice_alike_is_said_once() -> None:
    said = read("Gamma 28k @zoé montant=28k @Zoé zoe@a.fr zoe@a.fr", "fr")
    assert (said.account, said.amount, said.owner, said.extra) == ("Gamma", "28k", "Zoé", ["contact_email=zoe@a.fr"])


@pytest.mark.parametrize("row", rows(NOT_SO), ids=lambda row: row[1])
def test_what_nobody_can_mean_is_named(row: list[str]) -> None:
    language, line, named, part_of_a_name = row
    with use_language(language), pytest.raises(KanbanError) as raised:
        read(line, language)
    assert named in raised.value.message
    assert ('`kanban new "ACME" --next' in raised.value.cure) == (part_of_a_name == "1")


def test_signs_may_stand_first() -> None:
    said = read("@zoé >rdv Gamma 28k", "fr")
    assert (said.account, said.owner, said.column, said.amount) == ("Gamma", "Zoé", "rdv", "28k")


@pytest.mark.parametrize(
    "name", ["Studio 2000", "Groupe 3M", "Atelier 28", "Cabinet Audit", "Café Contact", "Offre Plus"]
)
def test_a_name_with_a_figure_or_a_noun_of_the_trade_is_a_name(name: str) -> None:
    assert not read(name, "fr").is_a_line
