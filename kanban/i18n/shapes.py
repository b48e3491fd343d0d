"""The facts of a language that formats are made of: names of days and months, separators, currency signs.

They come from Babel's locale data, read once per language (about 20 ms of a verb's 340, measured against a table of our
own). Texts are then put together here, because a page shows thousands of values and Babel interprets its patterns anew
for each: 50 to 80 µs an amount, where this takes 5 to 10.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kanban.i18n.currencies import currency_of

if TYPE_CHECKING:
    from babel.core import Locale

NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Shapes:
    """How one language writes. Lists of names begin at Monday and at January."""

    language: str
    separators: dict[int, str]
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    short_weekdays: tuple[str, ...]
    locale: Locale

    @property
    def french(self) -> bool:
        """True for French: the day before the month in figures, the unit after the number."""
        return self.language == "fr"


@cache
def shapes(language: str) -> Shapes:
    """The facts of `en` or `fr`."""
    from babel.core import Locale

    locale = Locale.parse(language)
    symbols = locale.number_symbols["latn"]
    months, days = locale.months["format"], locale.days["format"]
    return Shapes(
        language=language,
        separators={ord(","): symbols["group"], ord("."): symbols["decimal"]},
        months=tuple(months["wide"][at] for at in range(1, 13)),
        short_months=tuple(months["abbreviated"][at] for at in range(1, 13)),
        weekdays=tuple(days["wide"][at] for at in range(7)),
        short_weekdays=tuple(days["abbreviated"][at] for at in range(7)),
        locale=locale,
    )


@cache
def currency_sign(currency: str, language: str) -> str:
    """The sign by which readers of `language` know a currency (`$US` in French, `$` in English), else its code.

    A sign that could not be typed back (`$AR`) is not used.
    """
    sign = str(shapes(language).locale.currency_symbols.get(currency, currency))
    return sign if currency_of(sign.replace("\u202f", " "), currency) == currency else currency
