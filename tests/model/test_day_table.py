"""Days as people type them on many a day: Wednesdays and weekends, month ends, 29 February, the days the clock changes.

Each with the day that is understood, or the refusal, which says what to type: what it says is typed here too.
"""

from __future__ import annotations

import re
from datetime import date

import pytest

from kanban.model.typed.read import read_when

TYPED = """
2026-10-25 | fr | demain                        | 2026-10-26
2026-10-25 | fr | ce soir                       | 2026-10-25T18:00
2026-10-25 | fr | dans 24h                      | 2026-10-26
2026-10-25 | en | a week ago                    | 2026-10-18
2026-10-25 | en | in a fortnight                | 2026-11-08
2026-10-25 | en | end of month                  | 2026-10-31
2026-10-25 | en | last sunday of the month      | 2026-10-25
2026-10-31 | fr | demain                        | 2026-11-01
2026-10-31 | fr | fin du mois                   | 2026-10-31
2026-10-31 | fr | le 31                         | 2026-10-31
2026-10-31 | fr | le 30                         | 2026-11-30
2026-10-31 | fr | dans un mois                  | 2026-11-30
2026-10-31 | fr | fin de semaine                | 2026-10-31
2026-10-31 | fr | week-end                      | 2026-10-31
2026-10-31 | fr | samedi                        | 2026-11-07
2026-10-31 | fr | dimanche                      | 2026-11-01
2026-10-31 | fr | 2 jours ouvrés                | 2026-11-03
2026-10-31 | fr | le mois prochain              | 2026-11-01
2026-10-31 | fr | toussaint                     | 2026-11-01
2026-10-31 | fr | cette semaine                 | 2026-10-31
2026-10-31 | fr | début de semaine              | 2026-11-02
2026-11-27 | fr | vendredi                      | 2026-12-04
2026-11-27 | fr | vendredi prochain             | 2026-12-04
2026-11-27 | fr | ce vendredi                   | 2026-12-04
2026-11-27 | fr | vendredi en huit              | 2026-12-11
2026-11-27 | fr | fin de semaine                | 2026-11-27
2026-11-27 | fr | prochain jour ouvré           | 2026-11-30
2026-11-27 | fr | j+3 ouvrés                    | 2026-12-02
2026-11-27 | fr | mardi 1er                     | 2026-12-01
2026-11-27 | fr | mi-décembre                   | 2026-12-15
2026-11-27 | fr | 14 juillet                    | 2026-07-14
2026-11-27 | fr | 31/11                         | date-impossible
2026-11-27 | en | end of next week              | 2026-12-04
2026-11-27 | en | next week Friday              | 2026-12-04
2026-11-27 | en | monday 30                     | 2026-11-30
2026-11-27 | en | 30th                          | 2026-11-30
2026-11-27 | en | 1/12                          | date-ambiguous
2026-11-27 | en | 30/11                         | 2026-11-30
2026-11-27 | en | 11/30 9am                     | 2026-11-30T09:00
2026-11-29 | fr | lundi                         | 2026-11-30
2026-11-29 | fr | lundi en huit                 | 2026-12-07
2026-11-29 | fr | lundi de la semaine prochaine | 2026-11-30
2026-11-29 | fr | cette semaine                 | 2026-11-29
2026-11-29 | fr | semaine dernière              | 2026-11-16
2026-11-29 | fr | vendredi dernier              | 2026-11-27
2026-11-29 | en | monday next week              | 2026-11-30
2026-11-29 | en | this weekend                  | 2026-11-29
2026-11-30 | fr | le 30 du mois prochain        | 2026-12-30
2026-11-30 | fr | 1er trimestre                 | 2027-01-01
2026-11-30 | en | eom                           | 2026-11-30
2026-11-30 | en | +1m                           | 2026-12-30
2026-11-30 | en | +3m                           | 2027-02-28
2026-12-02 | fr | demain                        | 2026-12-03
2026-12-02 | fr | mercredi                      | 2026-12-09
2026-12-02 | fr | lundi 7/12 14h30              | 2026-12-07T14:30
2026-12-02 | fr | 7.12.26                       | 2026-12-07
2026-12-02 | fr | 7 décembre prochain           | 2026-12-07
2026-12-02 | fr | le 1er                        | 2027-01-01
2026-12-02 | fr | veille de Noël                | 2026-12-24
2026-12-02 | fr | Saint-Sylvestre               | 2026-12-31
2026-12-02 | fr | le lendemain                  | 2026-12-03
2026-12-02 | fr | la semaine suivante           | 2026-12-07
2026-12-02 | fr | mardi suivant 9h              | 2026-12-08T09:00
2026-12-02 | fr | 1er lundi de janvier          | 2027-01-04
2026-12-02 | fr | S51 jeudi                     | 2026-12-17
2026-12-02 | fr | jeudi semaine 51 14h          | 2026-12-17T14:00
2026-12-02 | fr | dès lundi                     | 2026-12-07
2026-12-02 | fr | à partir du 7                 | 2026-12-07
2026-12-02 | fr | vers le 15                    | 2026-12-15
2026-12-02 | fr | autour du 15                  | 2026-12-15
2026-12-02 | fr | au 15 janvier                 | 2027-01-15
2026-12-02 | fr | d'ici à vendredi              | 2026-12-04
2026-12-02 | fr | dans le week-end              | 2026-12-05
2026-12-02 | fr | cette semaine jeudi           | 2026-12-03
2026-12-02 | fr | demain 2h de l'après-midi     | 2026-12-03T14:00
2026-12-02 | fr | demain 14h de l'après-midi    | 2026-12-03T14:00
2026-12-02 | fr | demain 2h30 de l'après-midi   | 2026-12-03T14:30
2026-12-02 | fr | lundi !                       | 2026-12-07
2026-12-02 | fr | １２／１２ １０：３０                   | 2026-12-12T10:30
2026-12-02 | fr | lundi ou mardi                | date-ambiguous
2026-12-02 | fr | lundi ou mardi 10h            | date-ambiguous
2026-12-02 | fr | demain ou jeudi               | 2026-12-03
2026-12-02 | fr | vendredi 5                    | date-weekday
2026-12-02 | fr | mardi 1er                     | date-weekday
2026-12-02 | fr | 31 novembre                   | date-impossible
2026-12-02 | fr | le week-end prochain          | date-unreadable
2026-12-02 | fr | plus tard                     | date-unreadable
2026-12-02 | fr | 14h                           | date-unreadable
2026-12-02 | fr | lundi?                        | date-unreadable
2026-12-02 | fr | S2                            | date-ambiguous
2026-12-02 | fr | fin S1                        | date-ambiguous
2026-12-02 | en | the 31st                      | 2026-12-31
2026-12-02 | en | Christmas Eve                 | 2026-12-24
2026-12-02 | en | New Year's Eve                | 2026-12-31
2026-12-02 | en | Boxing Day                    | 2026-12-26
2026-12-02 | en | +1mo                          | 2027-01-02
2026-12-02 | en | 2 wks                         | 2026-12-16
2026-12-02 | en | by year end                   | 2026-12-31
2026-12-02 | en | month end                     | 2026-12-31
2026-12-02 | en | friday night                  | 2026-12-04T18:00
2026-12-02 | en | tomorrow 2 p.m.               | 2026-12-03T14:00
2026-12-02 | en | tomorrow 10 o'clock           | 2026-12-03T10:00
2026-12-02 | en | tomorrow late morning         | 2026-12-03T11:00
2026-12-02 | en | 1st Monday in January         | 2027-01-04
2026-12-02 | en | Thursday week 51              | 2026-12-17
2026-12-02 | en | week 51 Thursday 2pm          | 2026-12-17T14:00
2026-12-02 | en | from Monday                   | 2026-12-07
2026-12-02 | en | starting Monday               | 2026-12-07
2026-12-02 | en | as of the 7th                 | 2026-12-07
2026-12-02 | en | for Friday                    | 2026-12-04
2026-12-02 | en | around the 15th               | 2026-12-15
2026-12-02 | en | the following Tuesday         | 2026-12-08
2026-12-02 | en | two weeks on Thursday         | 2026-12-17
2026-12-02 | en | a fortnight on Friday         | 2026-12-18
2026-12-02 | en | over the weekend              | 2026-12-05
2026-12-02 | en | this week Thursday            | 2026-12-03
2026-12-02 | en | Monday or Tuesday             | date-ambiguous
2026-12-02 | en | Nov 31                        | date-impossible
2026-12-02 | en | friday 5th                    | date-weekday
2026-12-02 | en | 1/2                           | date-ambiguous
2026-12-02 | en | soon                          | date-unreadable
2026-12-02 | en | tomorrow late afternoon       | 2026-12-03T17:00
2026-12-02 | en | 12/10 2pm                     | date-ambiguous
2026-12-31 | fr | demain                        | 2027-01-01
2026-12-31 | fr | nouvel an                     | 2027-01-01
2026-12-31 | fr | fin d'année                   | 2026-12-31
2026-12-31 | fr | l'année prochaine             | 2027-01-01
2026-12-31 | fr | S53                           | 2026-12-28
2026-12-31 | fr | semaine 1                     | 2027-01-04
2026-12-31 | fr | 2/1                           | 2027-01-02
2026-12-31 | en | end of year                   | 2026-12-31
2026-12-31 | en | eow                           | 2027-01-01
2026-12-31 | en | next quarter                  | 2027-01-01
2026-12-31 | en | Jan 2                         | 2027-01-02
2026-12-31 | en | christmas                     | 2026-12-25
2027-01-01 | fr | hier                          | 2026-12-31
2027-01-01 | fr | noël                          | 2026-12-25
2027-01-01 | fr | janvier                       | 2027-01-01
2027-01-01 | fr | fin du trimestre              | 2027-03-31
2027-01-01 | fr | semaine 53                    | 2026-12-28
2027-01-01 | en | first monday of the month     | 2027-01-04
2027-01-01 | en | last year                     | 2026-01-01
2027-01-01 | en | friday                        | 2027-01-08
2027-01-01 | en | 31 Dec                        | 2026-12-31
2027-01-01 | en | next business day             | 2027-01-04
2027-02-28 | fr | fin du mois                   | 2027-02-28
2027-02-28 | fr | +1m                           | 2027-03-28
2027-02-28 | fr | demain                        | 2027-03-01
2027-02-28 | fr | le 29                         | 2027-03-29
2027-02-28 | fr | le 31                         | 2027-03-31
2027-02-28 | fr | 29/02                         | date-impossible
2027-02-28 | fr | la semaine prochaine          | 2027-03-01
2027-02-28 | fr | lundi                         | 2027-03-01
2027-02-28 | fr | dimanche                      | 2027-03-07
2027-02-28 | fr | fin de semaine                | 2027-02-28
2027-03-27 | fr | demain 2h30                   | 2027-03-28T02:30
2027-03-27 | fr | demain 3h                     | 2027-03-28T03:00
2027-03-28 | fr | demain                        | 2027-03-29
2027-03-28 | fr | hier                          | 2027-03-27
2027-03-28 | fr | +1j                           | 2027-03-29
2027-03-28 | en | in 24h                        | 2027-03-29
2027-03-28 | en | in 48 hours                   | 2027-03-30
2027-03-28 | en | tomorrow 2am                  | 2027-03-29T02:00
2028-02-29 | fr | demain                        | 2028-03-01
2028-02-29 | fr | +1 an                         | 2029-02-28
2028-02-29 | fr | +1m                           | 2028-03-29
2028-02-29 | fr | fin du mois                   | 2028-02-29
2028-02-29 | fr | le 29                         | 2028-02-29
2028-02-29 | fr | 29/02                         | 2028-02-29
2028-02-29 | en | in a year                     | 2029-02-28
2028-02-29 | en | today                         | 2028-02-29
2028-02-29 | en | feb 29                        | 2028-02-29
2028-02-29 | en | last month                    | 2028-01-01
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TYPED.strip().split("\n")]
TO_TYPE = re.compile(r"`([^`]+)`|([0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2})?)")


def test_the_table_is_long_enough() -> None:
    assert len(ROWS) >= 170
    assert len({today for today, *_rest in ROWS}) >= 10
    assert {language for _today, language, *_rest in ROWS} == {"fr", "en"}


@pytest.mark.parametrize(("today", "language", "text", "expected"), ROWS)
def test_on_that_day(today: str, language: str, text: str, expected: str) -> None:
    day = date.fromisoformat(today)
    read = read_when(text, today=day, language=language)
    assert (read.value.isoformat() if read.value is not None else read.code) == expected
    if read.value is None:
        shown = [one or other for one, other in TO_TYPE.findall(read.cure)]
        assert shown, read.cure
        assert all(read_when(one, today=day, language="fr").value is not None for one in shown), read.cure
