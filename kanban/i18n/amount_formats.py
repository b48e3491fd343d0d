"""Money, shares, numbers and numbers of days as people read them."""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Protocol

from kanban.i18n.catalogue import _, current_language, ngettext, use_language
from kanban.i18n.currencies import minor_units
from kanban.i18n.shapes import NO_BREAK, currency_sign, shapes

Number = int | float | Decimal

NO_NUMBER = "–"
"""What stands for a number that does not exist (infinite, or not a number)."""

_SCALES: dict[str, tuple[str, ...]] = {"en": ("k", "M", "bn"), "fr": ("k", "M", "Md")}
_REMEMBERED = 4096


class Amount(Protocol):
    """What `kanban.model.typed.values.Money` has."""

    @property
    def amount(self) -> Decimal: ...
    @property
    def currency(self) -> str: ...


def format_money(money: Amount, *, short: bool = False, language: str | None = None) -> str:
    """`28 000 €` / `€28,000`, decimals only when there are any, rounded half up to the currency's smallest coin.

    `short` keeps three significant digits from a thousand on: `28 k€` / `€28k`, `1,25 M€` / `€1.25M`.
    """
    return _money(money.amount, money.currency, short, language or current_language())


@lru_cache(_REMEMBERED)
def _money(amount: Decimal, currency: str, short: bool, language: str) -> str:
    if not amount.is_finite():
        return NO_NUMBER
    number, scale = _scaled(abs(amount), language) if short else ("", "")
    if not scale:
        number = _figures(abs(amount), minor_units(currency), language, fixed=True)
    sign, minus = currency_sign(currency, language), "-" if amount < 0 else ""
    if language == "fr":
        return f"{minus}{number}{NO_BREAK}{scale}{sign}"
    gap = NO_BREAK if sign[-1].isalpha() else ""
    return f"{minus}{sign}{gap}{number}{scale}"


def _scaled(amount: Decimal, language: str) -> tuple[str, str]:
    """Three significant digits and the scale they are in; nothing below a thousand."""
    names = _SCALES[language] if amount >= 1000 else ()
    for power, name in enumerate(names, start=1):
        value = amount.scaleb(-3 * power)
        rounded = _rounded(value, max(0, 2 - max(0, value.adjusted())))
        if rounded < 1000 or name == names[-1]:
            return _figures(rounded, 2, language), name
    return "", ""


def format_percent(fraction: Number, *, digits: int = 1, language: str | None = None) -> str:
    """0.4 → `40 %` / `40%`, with at most `digits` decimals."""
    code = language or current_language()
    percent = _figures(_decimal(fraction) * 100, digits, code)
    return percent if percent == NO_NUMBER else f"{percent}{NO_BREAK if code == 'fr' else ''}%"


def format_number(number: Number, *, digits: int = 1, language: str | None = None) -> str:
    """`1 234,5` / `1,234.5`, with at most `digits` decimals, rounded half up."""
    return _figures(_decimal(number), digits, language or current_language())


def format_days(count: Number, *, short: bool = True, language: str | None = None) -> str:
    """`3 j` / `3 d`; in full `3 jours` / `3 days`. At most one decimal."""
    code = language or current_language()
    exact = _decimal(count)
    number = _figures(exact, 1, code)
    with use_language(code):
        if short:
            return _("{count}\u00a0d").format(count=number)
        return ngettext("{count} day", "{count} days", _grammatical(exact, code)).format(count=number)


def _grammatical(count: Decimal, language: str) -> int:
    """The whole number whose grammar `count` follows: 1.5 is plural in English and singular in French."""
    whole = int(abs(count)) if count.is_finite() else 2
    return whole if language == "fr" or whole == abs(count) else 2


def _decimal(number: Number) -> Decimal:
    return number if isinstance(number, Decimal) else Decimal(str(number))


def _rounded(number: Decimal, digits: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


@lru_cache(_REMEMBERED)
def _figures(number: Decimal, digits: int, language: str, fixed: bool = False) -> str:
    """The number in the language's figures, without idle zeros; `fixed` keeps all decimals or none."""
    if not number.is_finite():
        return NO_NUMBER
    text = f"{_rounded(number, digits):,f}"
    whole, _point, decimals = text.partition(".")
    if not decimals.strip("0"):
        text = "0" if whole == "-0" else whole
    elif not fixed:
        text = text.rstrip("0")
    return text.translate(shapes(language).separators)


_SIZES = {"en": ("B", "kB", "MB", "GB"), "fr": ("o", "ko", "Mo", "Go")}


def format_size(count: int, *, language: str | None = None) -> str:
    """Bytes as `3 kB` / `3 ko`, one decimal from a million on."""
    code = language or current_language()
    power = min(3, (len(str(max(count, 0))) - 1) // 3)
    return f"{_figures(Decimal(count).scaleb(-3 * power), power > 1, code)}{NO_BREAK}{_SIZES[code][power]}"
