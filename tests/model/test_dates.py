"""Days and times as people type them, in both languages; what would be a guess is refused."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban.i18n.near_year import PAST_DAYS, near_year
from kanban.model.cards.quick_line import read_quick_line
from kanban.model.typed.read import Read, read_card_when, read_when, write_when
from kanban.model.typed.values import When
from tests.boards import board_of

MONDAY = date(2026, 10, 5)
BOTH = ("fr", "en")

ONE_MEANING = """
2026-10-12                       | 2026-10-12
12.10.                           | 2026-10-12
12. 10. 14h                      | 2026-10-12T14:00
2026-10-12 10:00                 | 2026-10-12T10:00
2026-10-12T10:00                 | 2026-10-12T10:00
2026-10-12T10:00:00              | 2026-10-12T10:00
2026-10-12 10h                   | 2026-10-12T10:00
2026-10-12  à 10 h 30            | 2026-10-12T10:30
2026-2-3                         | 2026-02-03
2026/10/12                       | 2026-10-12
13/10                            | 2026-10-13
13/10/2026                       | 2026-10-13
13/10/26                         | 2026-10-13
13.10.2026                       | 2026-10-13
13-10-2026                       | 2026-10-13
10/10                            | 2026-10-10
13/10 10h                        | 2026-10-13T10:00
13/10 10h30                      | 2026-10-13T10:30
13/10 à 10h30                    | 2026-10-13T10:30
13/10, 10:30                     | 2026-10-13T10:30
12 octobre                       | 2026-10-12
12 oct                           | 2026-10-12
12 oct.                          | 2026-10-12
12 OCT 10:00                     | 2026-10-12T10:00
12 oct. 2026 à 10 h 30           | 2026-10-12T10:30
12 octobre 2026                  | 2026-10-12
le 12 octobre                    | 2026-10-12
1er novembre                     | 2026-11-01
1 Nov                            | 2026-11-01
Nov 1st                          | 2026-11-01
3rd of November                  | 2026-11-03
on 12 Oct                        | 2026-10-12
Oct 12                           | 2026-10-12
October 12th, 2026               | 2026-10-12
Oct 12 2pm                       | 2026-10-12T14:00
Oct 12 at 2:30 pm                | 2026-10-12T14:30
12-Oct-2026                      | 2026-10-12
12oct                            | 2026-10-12
12 oct 12am                      | 2026-10-12T00:00
12 oct midi                      | 2026-10-12T12:00
12 oct noon                      | 2026-10-12T12:00
12 oct 0h05                      | 2026-10-12T00:05
lun. 12 oct.                     | 2026-10-12
lundi 12 octobre 2026 à 10h      | 2026-10-12T10:00
Monday 12 October 2026 at 10:00  | 2026-10-12T10:00
Mon, 12 Oct                      | 2026-10-12
lundi le 12 octobre              | 2026-10-12
mar. 13 oct.                     | 2026-10-13
mar 13/10                        | 2026-10-13
15 août                          | 2026-08-15
15 aout                          | 2026-08-15
15 AOÛT                          | 2026-08-15
3 déc                            | 2026-12-03
3 fév                            | 2027-02-03
3 mars                           | 2027-03-03
3 mar                            | 2027-03-03
29/02/2028                       | 2028-02-29
today                            | 2026-10-05
aujourd’hui                      | 2026-10-05
Aujourd'hui 9h                   | 2026-10-05T09:00
tomorrow                         | 2026-10-06
demain 10:00                     | 2026-10-06T10:00
demain à midi                    | 2026-10-06T12:00
après-demain                     | 2026-10-07
day after tomorrow               | 2026-10-07
yesterday                        | 2026-10-04
hier                             | 2026-10-04
avant-hier                       | 2026-10-03
lundi                            | 2026-10-12
monday                           | 2026-10-12
mardi                            | 2026-10-06
sun                              | 2026-10-11
dim.                             | 2026-10-11
lundi prochain                   | 2026-10-12
prochain lundi                   | 2026-10-12
next monday                      | 2026-10-12
next friday 14h                  | 2026-10-09T14:00
vendredi dernier                 | 2026-10-02
last monday                      | 2026-09-28
+7d                              | 2026-10-12
+7j                              | 2026-10-12
+ 7 jours                        | 2026-10-12
+2w                              | 2026-10-19
+2s                              | 2026-10-19
+2sem                            | 2026-10-19
+1 mois                          | 2026-11-05
-3d                              | 2026-10-02
J+7                              | 2026-10-12
J-2                              | 2026-10-03
D+2 10:00                        | 2026-10-07T10:00
in 3 days                        | 2026-10-08
dans 3 jours                     | 2026-10-08
in a week                        | 2026-10-12
dans une semaine                 | 2026-10-12
10:00 demain                     | 2026-10-06T10:00
10h le 13/10                     | 2026-10-13T10:00
demain matin                     | 2026-10-06T09:00
lundi matin                      | 2026-10-12T09:00
lundi matin 8h30                 | 2026-10-12T08:30
demain après-midi                | 2026-10-06T14:00
demain après midi                | 2026-10-06T14:00
mardi aprem                      | 2026-10-06T14:00
tomorrow morning                 | 2026-10-06T09:00
friday in the afternoon          | 2026-10-09T14:00
friday evening at 17:00          | 2026-10-09T17:00
ce soir                          | 2026-10-05T18:00
cet après-midi 15h               | 2026-10-05T15:00
this afternoon                   | 2026-10-05T14:00
tonight                          | 2026-10-05T18:00
13/10 au matin                   | 2026-10-13T09:00
ce vendredi                      | 2026-10-09
this friday                      | 2026-10-09
lundi qui vient                  | 2026-10-12
vendredi en huit                 | 2026-10-16
friday week                      | 2026-10-16
a week on friday                 | 2026-10-16
+1m                              | 2026-11-05
+1 an                            | 2027-10-05
dans 1 an                        | 2027-10-05
in two years                     | 2028-10-05
dans trois jours                 | 2026-10-08
dans deux semaines               | 2026-10-19
dans quinze jours                | 2026-10-20
two weeks ago                    | 2026-09-21
le 20                            | 2026-10-20
le 5                             | 2026-10-05
le 4                             | 2026-11-04
le 31                            | 2026-10-31
le 20 à 10h                      | 2026-10-20T10:00
the 20th                         | 2026-10-20
la semaine prochaine             | 2026-10-12
semaine prochaine jeudi 9h       | 2026-10-15T09:00
next week Thursday               | 2026-10-15
la semaine dernière              | 2026-09-28
last week                        | 2026-09-28
le mois dernier                  | 2026-09-01
last quarter                     | 2026-07-01
l'an dernier                     | 2025-01-01
week-end                         | 2026-10-10
Noël                             | 2026-12-25
Christmas                        | 2026-12-25
nouvel an                        | 2027-01-01
à la fin du mois                 | 2026-10-31
dernier jour du mois             | 2026-10-31
the last day of the month        | 2026-10-31
milieu du mois                   | 2026-10-15
le 10 du mois                    | 2026-10-10
on the 20th                      | 2026-10-20
+1a                              | 2027-10-05
next week                        | 2026-10-12
le mois prochain                 | 2026-11-01
next month                       | 2026-11-01
le trimestre prochain            | 2027-01-01
next year                        | 2027-01-01
fin de semaine                   | 2026-10-09
end of week                      | 2026-10-09
fin du trimestre                 | 2026-12-31
end of quarter                   | 2026-12-31
janvier                          | 2027-01-01
début janvier                    | 2027-01-01
janvier 2027                     | 2027-01-01
semaine 50                       | 2026-12-07
S50                              | 2026-12-07
week 3                           | 2027-01-18
week 41                          | 2026-10-05
T1 2027                          | 2027-01-01
Q4                               | 2026-10-01
Q1                               | 2027-01-01
d'ici vendredi                   | 2026-10-09
by friday                        | 2026-10-09
lundi de la semaine prochaine    | 2026-10-12
friday next week                 | 2026-10-16
début de semaine prochaine       | 2026-10-12
end of next week                 | 2026-10-16
fin de la semaine prochaine      | 2026-10-16
fin du mois prochain             | 2026-11-30
end of next month                | 2026-11-30
early next month                 | 2026-11-01
in a fortnight                   | 2026-10-19
two days from now                | 2026-10-07
a week from monday               | 2026-10-19
eow                              | 2026-10-09
eod                              | 2026-10-05
first of december                | 2026-12-01
le premier décembre              | 2026-12-01
mars 2028                        | 2028-03-01
mid January 2028                 | 2028-01-15
en septembre 2027                | 2027-09-01
mi-novembre                      | 2026-11-15
mid October                      | 2026-10-15
octobre                          | 2026-10-05
in january                       | 2027-01-01
in 2 months                      | 2026-12-05
il y a 3 jours                   | 2026-10-02
3 days ago                       | 2026-10-02
a week ago                       | 2026-09-28
fin du mois                      | 2026-10-31
end of month                     | 2026-10-31
fin d'année                      | 2026-12-31
fin octobre                      | 2026-10-31
fin oct. 18h                     | 2026-10-31T18:00
fin d’avril                      | 2026-04-30
end of february                  | 2027-02-28
end of Feb 2028                  | 2028-02-29
fin déc. 2027                    | 2027-12-31
sous huitaine                    | 2026-10-13
sous quinzaine                   | 2026-10-20
sous 8 jours                     | 2026-10-13
sous 48h                         | 2026-10-07
dans la semaine                  | 2026-10-09
dans la quinzaine                | 2026-10-20
dans le mois                     | 2026-10-31
dans une dizaine de jours        | 2026-10-15
courant janvier                  | 2027-01-01
courant semaine prochaine        | 2026-10-12
courant du mois                  | 2026-10-31
avant vendredi                   | 2026-10-09
avant fin octobre                | 2026-10-31
avant le 15                      | 2026-10-15
avant la fin du mois             | 2026-10-31
before friday                    | 2026-10-09
noon tomorrow                    | 2026-10-06T12:00
midi demain                      | 2026-10-06T12:00
d'ici 8 jours                    | 2026-10-13
d'ici une semaine                | 2026-10-12
d'ici la fin du mois             | 2026-10-31
mi-mars                          | 2027-03-15
EOD Friday                       | 2026-10-09
end of Q1                        | 2027-03-31
fin T1                           | 2027-03-31
fin T1 2027                      | 2027-03-31
mi T1                            | 2027-02-15
start of Q2                      | 2027-04-01
H1 2027                          | 2027-01-01
2e semestre                      | 2026-07-01
fin du 1er trimestre             | 2027-03-31
fin semaine 42                   | 2026-10-16
next biz day                     | 2026-10-06
next working day                 | 2026-10-06
prochain jour ouvré              | 2026-10-06
lundi en 8                       | 2026-10-19
mardi en quinze                  | 2026-10-20
demain en huit                   | 2026-10-13
mardi pro                        | 2026-10-06
la sem pro                       | 2026-10-12
sem. prochaine                   | 2026-10-12
le trimestre pro                 | 2027-01-01
fortnight                        | 2026-10-19
COB                              | 2026-10-05
cob tomorrow                     | 2026-10-06
friday eod                       | 2026-10-09
vendredi fin de journée          | 2026-10-09
demain fin de matinée            | 2026-10-06T11:00
demain à la première heure       | 2026-10-06T08:00
first thing monday               | 2026-10-12T08:00
tomorrow pm                      | 2026-10-06T14:00
tmrw                             | 2026-10-06
auj                              | 2026-10-05
aujourd hui                      | 2026-10-05
jeudi 8                          | 2026-10-08
thursday 8th                     | 2026-10-08
lun 12 14:30                     | 2026-10-12T14:30
monday around 10                 | 2026-10-12T10:00
10am monday                      | 2026-10-12T10:00
at 10 tomorrow                   | 2026-10-06T10:00
demain à 10                      | 2026-10-06T10:00
début de semaine                 | 2026-10-12
milieu de semaine                | 2026-10-07
mid next week                    | 2026-10-14
ce week-end                      | 2026-10-10
cette semaine                    | 2026-10-09
this month                       | 2026-10-31
within 10 days                   | 2026-10-15
in 10 days' time                 | 2026-10-15
in a couple of days              | 2026-10-07
late January                     | 2027-01-31
eom november                     | 2026-11-30
fin 2026                         | 2026-12-31
fin du mois de mars              | 2027-03-31
next january                     | 2027-01-01
octobre prochain                 | 2027-10-01
the week of 12 October           | 2026-10-12
semaine du 12                    | 2026-10-12
sem 42                           | 2026-10-12
2 semaines                       | 2026-10-19
10j                              | 2026-10-15
48h                              | 2026-10-07
5 jours ouvrés                   | 2026-10-12
in 3 working days                | 2026-10-08
j+3 ouvrés                       | 2026-10-08
friday @ 3pm                     | 2026-10-09T15:00
fri 15.30                        | 2026-10-09T15:30
9 oct 26                         | 2026-10-09
9th                              | 2026-10-09
a week today                     | 2026-10-12
tomorrow week                    | 2026-10-13
vendredi de cette semaine        | 2026-10-09
friday this week                 | 2026-10-09
le 12 du mois prochain           | 2026-11-12
12th next month                  | 2026-11-12
dernier vendredi du mois         | 2026-10-30
first monday of november         | 2026-11-02
premier lundi du mois prochain   | 2026-11-02
mardi à midi et demi             | 2026-10-06T12:30
mardi 10h et quart               | 2026-10-06T10:15
mardi14h                         | 2026-10-06T14:00
2pm tuesday                      | 2026-10-06T14:00
à 14h30 le 12                    | 2026-10-12T14:30
cette aprèm                      | 2026-10-05T14:00
"""

BY_LANGUAGE = """
12/10              | fr | 2026-10-12
12/10 10h          | fr | 2026-10-12T10:00
12/10/2026         | fr | 2026-10-12
1/2/27             | fr | 2027-02-01
lun 12/10          | fr | 2026-10-12
12/10              | en | date-ambiguous
12/10 10:00        | en | date-ambiguous
12/10/2026         | en | date-ambiguous
12.10.2026         | en | date-ambiguous
mon 12/10          | en | date-ambiguous
10/13              | en | 2026-10-13
10/13              | fr | date-impossible
10/13/2026         | en | 2026-10-13
mar 12             | en | 2027-03-12
mar 12             | fr | date-unreadable
mar 12 2026        | en | 2026-03-12
mars 12            | fr | 2027-03-12
tomorrow am        | en | 2026-10-06T09:00
tomorrow am        | fr | date-unreadable
"""

REFUSED = """
30/02                  | date-impossible
30 février             | date-impossible
31 avril 2027          | date-impossible
29/02                  | date-impossible
29/02/2027             | date-impossible
32 oct                 | date-impossible
0 oct                  | date-impossible
2026-13-01             | date-impossible
2026-02-30             | date-impossible
2026-00-10             | date-impossible
99/99                  | date-impossible
0202-10-12             | date-implausible
2206-10-12             | date-implausible
1899-12-31             | date-implausible
+9999s                 | date-implausible
-9999 mois             | date-implausible
mardi 12 octobre       | date-weekday
Tue 12 Oct 2026        | date-weekday
lun. 13/10             | date-weekday
2026-10-12T10:00Z      | date-with-offset
2026-10-12T10:00:00+02:00 | date-with-offset
2026-10-12 10:00 +0200 | date-with-offset
12 oct 25:00           | time-impossible
12 oct 24:00           | time-impossible
12 oct 10:60           | time-impossible
12 oct 13pm            | time-impossible
12 oct 0am             | time-impossible
2026-10-12T10:00:30    | time-impossible
demain 99h             | time-impossible
10h                    | date-unreadable
10:00                  | date-unreadable
12                     | date-unreadable
12.10                  | date-unreadable
2026                   | date-unreadable
2026-10                | date-unreadable
20261012               | date-unreadable
2026-W42-1             | date-unreadable
12 ju                  | date-unreadable
bientôt                | date-unreadable
+7                     | date-unreadable
+7x                    | date-unreadable
12/10/2026/3           | date-unreadable
12//10                 | date-unreadable
1729382400             | date-unreadable
asap                   | date-unreadable
dès que possible       | date-unreadable
à la rentrée           | date-unreadable
après les fêtes        | date-unreadable
dans quelques jours    | date-unreadable
in a few days          | date-unreadable
dans 2h                | date-unreadable
half past ten tomorrow | date-unreadable
8 oct 14h-15h          | date-unreadable
lundi 14               | date-weekday
monday 10              | date-weekday
~                      | date-unreadable
-                      | date-unreadable
?                      | date-unreadable
"""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip("\n").split("\n")]


def said(read: Read[When]) -> str:
    """The value in ISO form, else the problem's code; a refusal always has a message and a cure."""
    assert (read.value is None) == bool(read.code and read.message and read.cure)
    return read.value.isoformat() if read.value is not None else read.code


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(("text", "expected"), rows(ONE_MEANING))
def test_days_that_mean_one_thing(text: str, expected: str, language: str) -> None:
    assert said(read_when(text, today=MONDAY, language=language)) == expected


@pytest.mark.parametrize(("text", "language", "expected"), rows(BY_LANGUAGE))
def test_the_boards_language_decides_the_order(text: str, language: str, expected: str) -> None:
    assert said(read_when(text, today=MONDAY, language=language)) == expected


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(("text", "code"), [*rows(REFUSED), ("", "date-unreadable"), ("x" * 5000, "date-unreadable")])
def test_days_that_are_refused(text: str, code: str, language: str) -> None:
    assert said(read_when(text, today=MONDAY, language=language)) == code


@pytest.mark.parametrize(
    ("text", "language", "cure"),
    [
        ("12/10", "en", "write 2026-10-12 or 2026-12-10"),
        ("12/10/2027", "en", "write 2027-10-12 or 2027-12-10"),
        ("10/13", "fr", "the day comes first here, then the month: 13/10"),
        ("2026-13-01", "fr", "check the day and the month"),
        ("29/02", "fr", "write 2027-02-28 or 2027-03-01"),
        ("31/11", "fr", "write 2026-11-30 or 2026-12-01"),
        ("jeudi 9 10h", "fr", "write 2026-10-09 10:00 or 2026-10-08 10:00"),
        ("14h30", "fr", "type `today 14:30` or `tomorrow 14:30`"),
        ("à midi", "en", "type `today 12:00` or `tomorrow 12:00`"),
        ("demin 10h", "fr", "did you mean `demain 10:00`?"),
        ("MARDII", "fr", "did you mean `mardi`?"),
        ("tuseday 2pm", "en", "did you mean `tuesday 14:00`?"),
        ("bientôt", "fr", "write it like `tomorrow 10:00`, `Monday`, `12 Oct`, `+7d` or 2026-10-12"),
    ],
)
def test_cures_say_what_to_type(text: str, language: str, cure: str) -> None:
    assert read_when(text, today=MONDAY, language=language).cure == cure


def test_another_weekday_says_which_it_is() -> None:
    told = read_when("Tue 12 Oct", today=MONDAY, language="en").message
    assert told == "`Tue 12 Oct`: in the calendar that is Monday 12 October 2026"


@pytest.mark.parametrize(
    "line",
    [
        "Noël SARL 28k",
        "Toussaint Conseil 28k",
        "Christmas Eve Ltd 28k",
        "Week-end Éditions 28k",
        "Christmas Ltd 28k",
        "Le Dernier Mois 28k",
    ],
)
def test_a_name_stays_a_name_in_a_quick_line(line: str) -> None:
    """What is a day after an option is part of a company's name in a sentence."""
    told = read_quick_line(line, board_of({}), MONDAY)
    assert (told.account, told.on) == (line.removesuffix(" 28k"), None)


@pytest.mark.parametrize(
    ("today", "text", "expected"),
    [
        ("2026-10-05", "05/04", "2027-04-05"),
        ("2026-10-05", "06/04", "2026-04-06"),
        ("2026-10-05", "05/10", "2026-10-05"),
        ("2026-12-30", "02/01", "2027-01-02"),
        ("2026-12-30", "01/07", "2026-07-01"),
        ("2027-01-03", "30/12", "2026-12-30"),
        ("2027-01-03", "04/07", "2027-07-04"),
        ("2027-12-01", "29/02", "2028-02-29"),
        ("2028-08-01", "29/02", "2028-02-29"),
        ("2028-12-01", "29/02", "date-impossible"),
    ],
)
def test_without_a_year_the_day_is_at_most_half_a_year_back(today: str, text: str, expected: str) -> None:
    assert said(read_when(text, today=date.fromisoformat(today), language="fr")) == expected


@pytest.mark.parametrize(
    ("today", "text", "expected"),
    [
        ("2027-01-31", "dans 1 mois", "2027-02-28"),
        ("2028-01-31", "in 1 month", "2028-02-29"),
        ("2026-12-15", "+1 mois", "2027-01-15"),
        ("2026-03-31", "1 month ago", "2026-02-28"),
        ("2026-01-15", "il y a 2 mois", "2025-11-15"),
    ],
)
def test_months_end_where_the_month_ends(today: str, text: str, expected: str) -> None:
    assert said(read_when(text, today=date.fromisoformat(today), language="fr")) == expected


@pytest.mark.parametrize(
    ("today", "text", "expected"),
    [
        ("2026-10-09", "next business day", "2026-10-12"),
        ("2026-10-10", "prochain jour ouvré", "2026-10-12"),
        ("2026-10-10", "2 jours ouvrés", "2026-10-13"),
        ("2026-10-10", "vendredi de cette semaine", "2026-10-09"),
        ("2026-10-30", "dernier vendredi du mois", "2026-10-30"),
        ("2026-10-31", "dernier vendredi du mois", "2026-11-27"),
        ("2026-12-31", "fin T4", "2026-12-31"),
        ("2027-01-01", "fin T4", "2027-12-31"),
        ("2026-11-20", "mi T4", "2027-11-15"),
        ("2026-11-12", "jeudi 12", "2026-11-12"),
    ],
)
def test_days_that_depend_on_the_day(today: str, text: str, expected: str) -> None:
    assert said(read_when(text, today=date.fromisoformat(today), language="fr")) == expected


@pytest.mark.parametrize("ahead", range(7))
def test_a_weekday_is_strictly_after_today(ahead: int) -> None:
    today = MONDAY + timedelta(days=ahead)
    coming, last = (
        read_when(text, today=today, language="en").required().day for text in ("wednesday", "last wednesday")
    )
    assert coming.weekday() == last.weekday() == 2
    assert 1 <= (coming - today).days <= 7
    assert 1 <= (today - last).days <= 7


@given(day=st.dates(date(1950, 1, 1), date(2150, 12, 31)), reference=st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_the_nearest_year_is_the_one_in_the_window(day: date, reference: date) -> None:
    """Oracle: walk the days of the window one after the other."""
    window = (reference + timedelta(days=ahead) for ahead in range(-PAST_DAYS, 367))
    found = next((one for one in window if (one.month, one.day) == (day.month, day.day)), None)
    if found is not None and (day.month, day.day) != (2, 29):
        assert near_year(day.month, day.day, reference) == found.year


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-10-12", "2026-10-12"),
        ("2026-10-12 10:00", "2026-10-12T10:00"),
        ("12/10/2026 10h", "2026-10-12T10:00"),
        ("12 octobre 2026", "2026-10-12"),
        ("12/10 10h", "date-without-year"),
        ("12 octobre", "date-without-year"),
        ("29/02", "date-without-year"),
        ("30/02", "date-impossible"),
        ("fin octobre", "date-without-year"),
        ("fin février 2027", "2027-02-28"),
        ("fin du mois", "date-relative"),
        ("demain", "date-relative"),
        ("aujourd'hui 10h", "date-relative"),
        ("lundi", "date-relative"),
        ("J+7", "date-relative"),
        ("+7j", "date-relative"),
        ("bientôt", "date-unreadable"),
    ],
)
def test_a_card_means_the_same_day_for_ever(text: str, expected: str) -> None:
    assert said(read_card_when(text, "fr")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12/10 10h", "2026-10-12T10:00"),
        ("12 octobre", "2026-10-12"),
        ("02/01", "2027-01-02"),
        ("demain", "date-relative"),
    ],
)
def test_a_card_without_year_is_read_near_its_anchor(text: str, expected: str) -> None:
    assert said(read_card_when(text, language="fr", anchor=MONDAY)) == expected


def test_the_cure_for_a_missing_year_shows_the_form() -> None:
    assert read_card_when("12/10 10h", "fr").cure == "write it with its year: YYYY-10-12"
    assert read_card_when("12/10", "en").cure == "write YYYY-10-12 or YYYY-12-10"


def test_a_message_shows_nothing_a_terminal_would_obey() -> None:
    read = read_when("\x1b[31m\x07" + "x" * 100, today=MONDAY, language="fr")
    assert "\x1b" not in read.message
    assert "\x07" not in read.message
    assert len(read.message) < 80


WHENS = st.builds(
    lambda at, timed: When(at.date(), at.time().replace(second=0, microsecond=0) if timed else None),
    st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)),
    st.booleans(),
)


@given(when=WHENS, language=st.sampled_from(BOTH))
def test_what_is_written_is_read_back(when: When, language: str) -> None:
    assert read_card_when(write_when(when), language).value == when
    assert read_when(write_when(when), today=MONDAY, language=language).value == when


DATED = st.text(st.sampled_from("0123456789/-.: +TZhjdàl'emainoct\u00a0"), max_size=24)


@given(
    text=st.one_of(st.text(), DATED),
    language=st.sampled_from(BOTH),
    today=st.one_of(st.just(date.min), st.just(date.max), st.dates()),
)
def test_no_text_breaks_the_reader_of_dates(text: str, language: str, today: date) -> None:
    for read in (read_when(text, today=today, language=language), read_card_when(text, language, anchor=today)):
        said(read)
        if read.value is not None:
            assert 1900 <= read.value.day.year <= 2199
    said(read_card_when(text, language))


@given(text=DATED, language=st.sampled_from(BOTH))
def test_a_card_day_is_the_day_the_command_line_reads(text: str, language: str) -> None:
    card = read_card_when(text, language, anchor=MONDAY)
    if card.value is not None:
        assert read_when(text, today=MONDAY, language=language).value == card.value


def test_midnight_is_a_time() -> None:
    read = read_when("2026-10-12 00:00", today=MONDAY, language="fr")
    assert read.value == When(date(2026, 10, 12), time(0))
