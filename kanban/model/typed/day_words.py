"""The words for days, months and spans of time that people type, in French and in English, without accents."""

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
    "week": "w s sem week weeks semaine semaines",
    "month": "month months mois",
}

MONTHS = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}
"""Month name or abbreviation → 1 to 12."""

WEEKDAYS = {word: number for number, words in enumerate(_WEEKDAYS) for word in words.split()}
"""Weekday name or abbreviation → 0 (Monday) to 6. `mar` is also March in English: where it stands decides."""

UNITS = {word: unit for unit, words in _UNITS.items() for word in words.split()}
"""Word for a span → `day`, `week` or `month`."""

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

MONTH_ENDS = frozenset({"end of month", "end of the month", "fin du mois", "fin de mois"})
YEAR_ENDS = frozenset({"end of year", "end of the year", "fin d'annee", "fin de l'annee"})
