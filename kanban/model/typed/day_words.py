"""The words for days, months and spans of time that people type, in French and in English, without accents."""

from datetime import time

_MONTHS = (
    "jan january janv janvier",
    "feb february fev fevr fevrier",
    "mar march mars",
    "apr april avr avril",
    "may mai",
    "jun june juin",
    "jul july juil juillet",
    "aug august aou aout",
    "sep sept september septembre",
    "oct october octobre",
    "nov november novembre",
    "dec december decembre",
)
_WEEKDAYS = (
    "mon monday lun lundi",
    "tue tues tuesday mar mardi",
    "wed weds wednesday mer mercredi",
    "thu thur thurs thursday jeu jeudi",
    "fri friday ven vendredi",
    "sat saturday sam samedi",
    "sun sunday dim dimanche",
)
_UNITS = {
    "day": "d j day days jour jours",
    "week": "w s sem wk wks week weeks semaine semaines",
    "fortnight": "fortnight fortnights",
    "month": "m mo mos mth mths month months mois",
    "year": "y yr yrs year years an ans annee annees",
}

MONTHS = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}
"""Month name or abbreviation → 1 to 12."""

WEEKDAYS = {word: number for number, words in enumerate(_WEEKDAYS) for word in words.split()}
"""Weekday name or abbreviation → 0 (Monday) to 6. `mar` is also March in English: where it stands decides."""

UNITS = {word: unit for unit, words in _UNITS.items() for word in words.split()}
"""Word for a span → `day`, `week`, `month` or `year`."""

NAMED_DAYS = {
    "today": 0,
    "aujourd'hui": 0,
    "tomorrow": 1,
    "demain": 1,
    "yesterday": -1,
    "hier": -1,
    "day after tomorrow": 2,
    "apres-demain": 2,
    "apres demain": 2,
    "day before yesterday": -2,
    "avant-hier": -2,
    "avant hier": -2,
}
"""Day named from today → its distance in days."""

NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "a an one un une",
            "two deux",
            "three trois",
            "four quatre",
            "five cinq",
            "six",
            "seven sept",
            "eight huit",
            "nine neuf",
            "ten dix",
        ),
        start=1,
    )
    for word in words.split()
} | {"fifteen": 15, "quinze": 15}
"""A count in letters → the count."""

MONTH_ENDS = frozenset({"eom", "end of month", "end of the month", "fin du mois", "fin de mois"})
YEAR_ENDS = frozenset({"eoy", "end of year", "end of the year", "fin d'annee", "fin de l'annee"})
WEEK_ENDS = frozenset(
    {"eow", "end of week", "end of the week", "fin de semaine", "fin de la semaine", "en fin de semaine"}
)
DAY_ENDS = frozenset({"eod", "end of day", "fin de journee"})
QUARTER_ENDS = frozenset({"eoq", "end of quarter", "end of the quarter", "fin de trimestre", "fin du trimestre"})
NEXT_PERIODS = {
    "next week": "week",
    "semaine prochaine": "week",
    "la semaine prochaine": "week",
    "next month": "month",
    "mois prochain": "month",
    "le mois prochain": "month",
    "next quarter": "quarter",
    "trimestre prochain": "quarter",
    "le trimestre prochain": "quarter",
    "next year": "year",
    "annee prochaine": "year",
    "l'annee prochaine": "year",
    "l'an prochain": "year",
}
"""A coming week, month, quarter or year, told by its first day; a week's is its Monday."""
LAST_PERIODS = {
    said: period
    for period, words in {
        "week": "last week|semaine derniere|la semaine derniere|semaine passee|la semaine passee",
        "month": "last month|mois dernier|le mois dernier|mois passe|le mois passe",
        "quarter": "last quarter|trimestre dernier|le trimestre dernier|dernier trimestre",
        "year": "last year|an dernier|l'an dernier|annee derniere|l'annee derniere",
    }.items()
    for said in words.split("|")
}
"""The one that is over, told by its first day too."""
NEXT_PERIODS |= {
    f"{early}{said}": period
    for said, period in [*NEXT_PERIODS.items()]
    for early in ("early ", "start of ", "beginning of ", "debut de ", "debut du ", "au debut du ", "en debut de ")
}
NEXT_ENDS = {
    f"{late}{said}": period
    for said, period in NEXT_PERIODS.items()
    for late in ("end of ", "late ", "fin de ", "fin du ", "en fin de ")
}
"""The end of one: of a week its Friday, of the others the last day."""

DAY_PARTS = {
    "matin": time(9),
    "matinee": time(9),
    "morning": time(9),
    "midi": time(12),
    "noon": time(12),
    "apres-midi": time(14),
    "apres midi": time(14),
    "aprem": time(14),
    "afternoon": time(14),
    "soir": time(18),
    "soiree": time(18),
    "evening": time(18),
    "night": time(18),
}
"""Part of a day → the hour at which an appointment named only so is put."""
