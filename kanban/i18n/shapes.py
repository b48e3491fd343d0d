"""The facts of a language that formats are made of: names of days and months, separators, currency signs.

They are Babel's (a test compares each of them): taking apart its locale data cost a verb a tenth of its time. Texts are
then put together here, because a page shows thousands of values and Babel interprets its patterns anew for each: 50 to
80 µs an amount, where this takes 5 to 10.
"""

from __future__ import annotations

from typing import NamedTuple

NO_BREAK = "\u00a0"


class Shapes(NamedTuple):
    """How one language writes. Lists of names begin at Monday and at January; `signs` are those of currencies by code.

    A sign that could not be typed back (`$AR`) is not among them.
    """

    language: str
    separators: dict[int, str]
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    short_weekdays: tuple[str, ...]
    signs: dict[str, str]

    @property
    def french(self) -> bool:
        """True for French: the day before the month in figures, the unit after the number."""
        return self.language == "fr"


def _signs(pairs: str) -> dict[str, str]:
    return dict(zip(pairs.split()[::2], pairs.split()[1::2], strict=True)) | {"XOF": "F\u202fCFA"}


_SHAPES = {
    "en": Shapes(
        language="en",
        separators={ord(","): ",", ord("."): "."},
        months=(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
        short_months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        short_weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        signs=_signs(
            "AUD A$ BRL R$ CAD CA$ CNY CN¥ EUR € GBP £ HKD HK$ ILS ₪ INR ₹ JPY ¥ KRW ₩ MXN MX$ NZD NZ$ PHP ₱"
            " TWD NT$ USD $ VND ₫ XAF FCFA"
        ),
    ),
    "fr": Shapes(
        language="fr",
        separators={ord(","): "\u202f", ord("."): ","},
        months=(
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ),
        short_months=(
            "janv.",
            "févr.",
            "mars",
            "avr.",
            "mai",
            "juin",
            "juil.",
            "août",
            "sept.",
            "oct.",
            "nov.",
            "déc.",
        ),
        weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        short_weekdays=("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
        signs=_signs(
            "AUD $AU BRL R$ CAD $CA EUR € GBP £GB ILS ₪ INR ₹ KRW ₩ MXN $MX NZD $NZ SGD $SG USD $US VND ₫ XAF FCFA"
        ),
    ),
}


def shapes(language: str) -> Shapes:
    """The facts of `en` or `fr`."""
    return _SHAPES[language]


def currency_sign(currency: str, language: str) -> str:
    """The sign by which readers of `language` know a currency (`$US` in French, `$` in English), else its code."""
    return shapes(language).signs.get(currency, currency)
