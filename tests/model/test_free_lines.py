"""Lines as they come: the action or the day first, people and labels beside, spans of hours, days still to come."""

from __future__ import annotations

from datetime import date

import pytest

from kanban.i18n.catalogue import use_language
from kanban.model.cards.assembly import read_board
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.quick_line import QuickLine, Unclear, read_quick_line
from kanban.model.typed.day_sayings import beginning_of
from kanban.model.typed.read import read_due_when, read_when

CONFIG = """\
language: {}
columns: [{{key: prospects, name: Prospects}}, {{key: rdv, name: RDV}}, {{key: gagne, name: Gagné, kind: won}}]
sources: [inbound, referral, salon, partner]
owners: [{{name: Zoé, role: AE}}, {{name: Paul Martin, role: SDR}}]
"""
TODAY = date(2026, 11, 30)
LINES = """
fr | rappeler Mme Roy demain | account=Mme Roy; next_action=rappeler; on=2026-12-01
fr | Rappeler Mme Roy demain | account=Mme Roy; next_action=Rappeler; on=2026-12-01
fr | rappeler Mme Roy | account=Mme Roy; next_action=rappeler
fr | Appeler Groupe Hestival lundi 10h 28k | account=Groupe Hestival; next_action=Appeler; on=2026-12-07T10:00; amount=28k
fr | envoyer le devis à Menuiserie Vauclair demain | account=Menuiserie Vauclair; next_action=envoyer le devis; on=2026-12-01
fr | démo chez ACME mardi 14h | account=ACME; next_action=démo; on=2026-12-01T14:00
fr | Démo ACME mardi 14h | account=ACME; next_action=Démo; on=2026-12-01T14:00
fr | rdv avec M. Dubois d'ACME jeudi 10h | account=ACME; contact=M. Dubois; next_action=rdv; on=2026-12-03T10:00
fr | demain rappeler ACME | account=ACME; next_action=rappeler; on=2026-12-01
fr | demain 10h démo ACME 28k | account=ACME; next_action=démo; on=2026-12-01T10:00; amount=28k
fr | lundi 10h ACME démo | account=ACME; next_action=démo; on=2026-12-07T10:00
fr | demain ACME démo | account=ACME; next_action=démo; on=2026-12-01
fr | 28 000 € ACME démo demain | account=ACME; next_action=démo; on=2026-12-01; amount=28 000 €
fr | penser à rappeler ACME demain | account=ACME; next_action=rappeler; on=2026-12-01
fr | faire un devis pour Dupont SA vendredi 4k | account=Dupont SA; next_action=faire un devis; on=2026-12-04; amount=4k
fr | relancer M. Dubois chez ACME lundi | account=ACME; contact=M. Dubois; next_action=relancer; on=2026-12-07
fr | rappeler l'hôtel Corvane demain | account=hôtel Corvane; next_action=rappeler; on=2026-12-01
fr | rappeler la mairie de Lyon demain | account=mairie de Lyon; next_action=rappeler; on=2026-12-01
fr | rappeler dupont sa vendredi | account=dupont sa; next_action=rappeler; on=2026-12-04
fr | café avec Jean Petit de chez ACME jeudi 8h30 | account=ACME; contact=Jean Petit; next_action=café; on=2026-12-03T08:30
fr | nouveau client ACME démo demain | account=ACME; next_action=démo; on=2026-12-01
fr | ACME rappeler Mme Roy | account=ACME; next_action=rappeler Mme Roy
fr | ACME à relancer | account=ACME; next_action=à relancer
fr | ACME, démo demain 10h, 28k, 30 %, Zoé | account=ACME; next_action=démo; on=2026-12-01T10:00; amount=28k; probability=30 %; owner=Zoé
fr | ACME, 30 %, Zoé | account=ACME; probability=30 %; owner=Zoé
fr | ACME, 28 k€, Zoé, salon | account=ACME; amount=28 k€; owner=Zoé; source=salon
fr | ACME démo demain (Zoé) | account=ACME; next_action=démo; on=2026-12-01; owner=Zoé
fr | ACME démo demain par Zoé | account=ACME; next_action=démo; on=2026-12-01; owner=Zoé
fr | ACME démo demain 28k Paul | account=ACME; next_action=démo; on=2026-12-01; amount=28k; owner=Paul Martin
fr | ACME appeler demain Paul | account=ACME; next_action=appeler Paul; on=2026-12-01
fr | ACME rappeler Zoé demain | account=ACME; next_action=rappeler Zoé; on=2026-12-01
fr | Boulangerie Zoé démo demain | account=Boulangerie Zoé; next_action=démo; on=2026-12-01
fr | ACME démo demain source salon | account=ACME; next_action=démo; on=2026-12-01; source=salon
fr | ACME (M. Dubois) démo demain | account=ACME; contact=M. Dubois; next_action=démo; on=2026-12-01
fr | ACME / M. Dubois / démo demain / 28k | account=ACME; contact=M. Dubois; next_action=démo; on=2026-12-01; amount=28k
fr | ACME - M. Dubois - démo demain - 28k - 40% | account=ACME; contact=M. Dubois; next_action=démo; on=2026-12-01; amount=28k; probability=40%
fr | ACME contact M. Dubois démo demain | account=ACME; contact=M. Dubois; next_action=démo; on=2026-12-01
fr | M. Dubois (ACME) rappeler demain | account=ACME; contact=M. Dubois; next_action=rappeler; on=2026-12-01
fr | Mme Roy - Mairie de Lyon - rappeler demain | account=Mairie de Lyon; contact=Mme Roy; next_action=rappeler; on=2026-12-01
fr | ACME SAS, M. Dubois, démo le 12 oct à 10h, 28 k€, 40 %, Zoé (AE), salon, clôture 30 oct | account=ACME SAS; contact=M. Dubois; next_action=démo; on=2027-10-12T10:00; amount=28 k€; probability=40 %; owner=Zoé; source=salon; close=2026-10-30; role=AE
fr | ACME montant: 28k, proba: 40, responsable: Zoé | account=ACME; amount=28k; probability=40%; owner=Zoé
fr | ACME action: rappeler date: demain montant: 28k | account=ACME; next_action=rappeler; on=2026-12-01; amount=28k
fr | ACME, contact: Jean Petit, tel: 01 23 45 67 89, rappeler demain | account=ACME; contact=Jean Petit; next_action=rappeler; on=2026-12-01; contact_phone=01 23 45 67 89
fr | ACME démo mardi 14h-15h | account=ACME; next_action=démo 14h-15h; on=2026-12-01T14:00
fr | ACME démo mardi 14h - 15h | account=ACME; next_action=démo 14h - 15h; on=2026-12-01T14:00
fr | ACME démo mardi de 14h à 15h 28k | account=ACME; next_action=démo de 14h à 15h; on=2026-12-01T14:00; amount=28k
fr | ACME démo mardi 14-15h | account=ACME; next_action=démo 14-15h; on=2026-12-01T14:00
fr | ACME démo mardi à partir de 14h | account=ACME; next_action=démo à partir de 14h; on=2026-12-01T14:00
fr | ACME démo mardi avant 14h | account=ACME; next_action=démo avant 14h; on=2026-12-01T14:00
fr | ACME 14h-15h mardi | account=ACME; next_action=14h-15h; on=2026-12-01T14:00
fr | ACME démo 14 juillet | account=ACME; next_action=démo; on=2027-07-14
fr | ACME démo 2/11 | account=ACME; next_action=démo; on=2026-11-02
fr | ACME clôture 30 juin | account=ACME; close=2027-06-30
fr | ACME clôture fin juin 28k | account=ACME; amount=28k; close=2027-06-30
fr | ACME démo demain, clôture fin mars, 28k | account=ACME; next_action=démo; on=2026-12-01; amount=28k; close=2027-03-31
fr | ACME envoyer contrat vendredi, signature mi-janvier, 45k | account=ACME; next_action=envoyer contrat; on=2026-12-04; amount=45k; close=2027-01-15
fr | ACME rappeler dans l'après-midi | account=ACME; next_action=rappeler; on=2026-11-30T14:00
fr | ACME rappeler S50 | account=ACME; next_action=rappeler; on=2026-12-07
fr | ACME 28 ke 40 % | account=ACME; amount=28 ke; probability=40 %
fr | ACME, démo demain, budget annuel | account=ACME; next_action=démo, budget annuel; on=2026-12-01
en | call Mrs Roy tomorrow | account=Mrs Roy; next_action=call; on=2026-12-01
en | Call ACME Monday 10am | account=ACME; next_action=Call; on=2026-12-07T10:00
en | call back Jane at Blue Bottle tomorrow | account=Blue Bottle; contact=Jane; next_action=call back; on=2026-12-01
en | send quote to Smith & Co by Friday | account=Smith & Co; next_action=send quote; on=2026-12-04
en | Send the proposal to Smith & Co by Friday 12k | account=Smith & Co; next_action=Send the proposal; on=2026-12-04; amount=12k
en | follow up with ACME next week | account=ACME; next_action=follow up; on=2026-12-07
en | meet John from Acme tomorrow at 10 | account=Acme; contact=John; next_action=meet; on=2026-12-01T10:00
en | tomorrow call ACME | account=ACME; next_action=call; on=2026-12-01
en | remember to call ACME tomorrow | account=ACME; next_action=call; on=2026-12-01
en | book demo for The Blue Bottle Tuesday | account=The Blue Bottle; next_action=book demo; on=2026-12-01
en | new lead ACME demo tomorrow | account=ACME; next_action=demo; on=2026-12-01
en | ACME, demo tomorrow 10am, 28k, 30%, Zoé | account=ACME; next_action=demo; on=2026-12-01T10:00; amount=28k; probability=30%; owner=Zoé
en | ACME demo tomorrow owner Zoé | account=ACME; next_action=demo; on=2026-12-01; owner=Zoé
en | ACME 30K 25% Paul inbound | account=ACME; amount=30K; probability=25%; owner=Paul Martin; source=inbound
en | ACME via partner call tomorrow | account=ACME; next_action=call; on=2026-12-01; source=partner
en | ACME demo Tue 2-3pm | account=ACME; next_action=demo 2-3pm; on=2026-12-01T14:00
en | ACME demo Tue from 2 to 3pm | account=ACME; next_action=demo from 2 to 3pm; on=2026-12-01T14:00
en | ACME demo Tue 11-1pm | account=ACME; next_action=demo 11-1pm; on=2026-12-01T11:00
en | ACME demo 14 July | account=ACME; next_action=demo; on=2027-07-14
en | ACME closing end of March 28k | account=ACME; amount=28k; close=2027-03-31
en | ACME demo tomorrow, close end of March, 28k | account=ACME; next_action=demo; on=2026-12-01; amount=28k; close=2027-03-31
en | ACME amount: 30k close date: 30 June next: call | account=ACME; next_action=call; amount=30k; close=2027-06-30
en | ACME 30,000 call tomorrow | account=ACME; next_action=call; on=2026-12-01; amount=30,000
en | ACME 30k@25% call tomorrow | account=ACME; next_action=call; on=2026-12-01; amount=30k; probability=25%
en | ACME call later today | account=ACME; next_action=call; on=2026-11-30
en | March Networks demo 12 May | account=March Networks; next_action=demo; on=2027-05-12
en | Follow Media demo tomorrow | account=Follow Media; next_action=demo; on=2026-12-01
"""
NAMES = """
fr | Rappel Assurances
fr | Visite Médicale Service
fr | Proposer SA demain
fr | Point P demain
fr | Radio 10h
fr | Mme Roy
en | Call Centre Ltd
en | Call for Papers Ltd
"""
HOUR_ALONE = """
fr | ACME démo 10h | ACME démo aujourd’hui 10:00 | ACME démo demain 10:00
en | ACME call 2pm 30k | ACME call today 14:00 30k | ACME call tomorrow 14:00 30k
fr | ACME 30.000 demain | ACME 30000EUR demain | ACME 30EUR demain
"""
SPANS = """
mardi 14h-15h | mardi 14h | 14h-15h
14h30 - 15h30 mardi | 14h30 mardi | 14h30 - 15h30
mardi entre 9h et midi | mardi 9h | entre 9h et midi
Tue 11-1pm | Tue 11am | 11-1pm
Tue from 2 to 3pm | Tue 2pm | from 2 to 3pm
le 12/10 10h | |
12/10 | |
lundi 12-14 | |
"""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def read(line: str, language: str) -> QuickLine:
    return read_quick_line(line, read_board([BoardFile("board.yml", CONFIG.format(language).encode())]), TODAY)


@pytest.mark.parametrize("row", rows(LINES), ids=lambda row: row[1])
def test_a_line_is_understood_in_whatever_order(row: list[str]) -> None:
    language, line, meant = row
    said = read(line, language)
    assert said.is_a_line
    words = said.words
    for name in {"on", "close"} & set(words):
        when = read_due_when(words[name], today=TODAY, language=language).value
        assert when is not None
        words[name] = when.isoformat()
    assert "; ".join([*(f"{name}={value}" for name, value in words.items()), *said.extra]) == meant


@pytest.mark.parametrize("row", rows(NAMES), ids=lambda row: row[1])
def test_a_name_stays_a_name(row: list[str]) -> None:
    assert not read(row[1], row[0]).is_a_line


@pytest.mark.parametrize("row", rows(HOUR_ALONE), ids=lambda row: row[1])
def test_what_is_said_by_half_is_asked(row: list[str]) -> None:
    language, line, *meant = row
    with use_language(language), pytest.raises(Unclear) as raised:
        read(line, language)
    assert list(raised.value.lines) == meant
    for one in meant:
        assert read(one, language).is_a_line, "each can be typed"


@pytest.mark.parametrize("row", rows(SPANS), ids=lambda row: row[0])
def test_a_span_of_hours_has_a_beginning(row: list[str]) -> None:
    text, begins, span = row
    assert beginning_of(text) == (begins, span)
    if begins:
        asked = read_when(text, today=TODAY, language="fr")
        assert (asked.value, asked.readings) == (None, (begins,)), "after an option the beginning is asked for"


@pytest.mark.parametrize(
    ("text", "any_day", "due"),
    [
        ("14 juillet", "2026-07-14", "2027-07-14"),
        ("12/10", "2026-10-12", "2027-10-12"),
        ("2/11", "2026-11-02", "2026-11-02"),
        ("14 juillet 2026", "2026-07-14", "2026-07-14"),
        ("mardi 14 juillet", "2026-07-14", "2026-07-14"),
        ("fin juin", "2026-06-30", "2027-06-30"),
        ("hier", "2026-11-29", "2026-11-29"),
        ("20/12", "2026-12-20", "2026-12-20"),
    ],
)
def test_what_is_due_lies_ahead(text: str, any_day: str, due: str) -> None:
    said = [one(text, today=TODAY, language="fr").value for one in (read_when, read_due_when)]
    assert [one.isoformat() if one else "" for one in said] == [any_day, due]
