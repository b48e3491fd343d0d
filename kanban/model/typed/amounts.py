"""Amounts of money and percentages: what a person types, read exactly; the text that is written to a card."""

import re
from decimal import Decimal

from kanban.i18n import _
from kanban.i18n.currencies import CODES, currency_of, minor_units
from kanban.model.typed.numerals import numeral_readings
from kanban.model.typed.result import Read, bare, shown
from kanban.model.typed.values import Money
from kanban.patterns import pattern

LARGEST = Decimal(10) ** 12
_LONGEST = 60
_LONGEST_NUMERAL = 26
_MONEY = pattern(r"(?P<before>[^0-9]*?) ?(?P<number>[0-9](?:[0-9 .,']*[0-9])?) ?(?P<after>[^0-9]*)")
_NO_CENTS = pattern(r"(?<=[0-9])[.,][-–—]+(?=$| )")
_TAXED = pattern(r" ?\b(?:t\.?t\.?c|incl?\.? ?(?:vat|tva))\.?$", re.IGNORECASE)
UNTAXED = r" ?\b(?:h\.?t\.?|hors taxes?|(?:ex|excl?)\.? ?(?:vat|tva))"
_BESIDE = pattern(
    rf"^(?:(?:~|≈|±) ?|(?:environ|env\.?|about|around|approx\.?|approximately|roughly|circa|ca\.?) )|{UNTAXED}$",
    re.IGNORECASE,
)
"""What is said beside an amount and leaves it as it is: amounts of a pipeline are without tax, and estimates."""
_SCALES = {
    "": 1,
    **dict.fromkeys(("k", "mille", "milliers", "thousand", "grand"), 10**3),
    **dict.fromkeys(("m", "mio", "million", "millions"), 10**6),
    **dict.fromkeys(("md", "mrd", "bn", "milliard", "milliards", "billion"), 10**9),
}
_LONGEST_SCALE_FIRST = sorted(_SCALES, key=len, reverse=True)
_PERCENT = pattern(r"(?P<number>[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)(?P<sign> ?(?:%|percent|per cent|pour cent|pct))?")


def read_money(text: str, *, currency: str, language: str) -> Read[Money]:
    """Read an amount of zero or more, below 10¹², exact to the currency's smallest coin.

    `28 k€`, `28000`, `28 000,50 €`, `$28k`, `CHF 12'000`, `1,5 M€`. A currency in the text wins over `currency`, the
    one to use when there is none (an ISO 4217 code). `language` (`fr`, `en`) decides only what it can decide: what
    two people would read differently (`1.234`) is refused with both readings, see `numeral_readings`.

    Problem codes: `money-unreadable`, `money-ambiguous`, `money-negative`, `money-too-large`, `money-too-precise`,
    `currency-unknown`, `currency-missing`.
    """
    if text.isascii() and text.isdigit() and len(text) < 12 and currency in CODES:
        return Read(Money(Decimal(text), currency))
    plain = said_plainly(text)
    untaxed = _TAXED.sub("", plain)
    if untaxed not in ("", plain):
        message = _("`{text}` names a tax: an amount stands alone").format(text=shown(text))
        return Read(None, "money-unreadable", message, _("write the amount without its tax"))
    match = _MONEY.fullmatch(_NO_CENTS.sub("", plain)) if len(plain) <= _LONGEST else None
    if match is None or len(match["number"]) > _LONGEST_NUMERAL:
        return _no_amount(text)
    before, after = match["before"].strip(), match["after"].strip()
    if before.lstrip("€$£ ").startswith(("-", "−", "–")) or (before.endswith("(") and after.startswith(")")):
        message = _("an amount cannot be negative: `{text}`").format(text=shown(text))
        return Read(None, "money-negative", message, _("write it without the minus sign"))
    affixes = _affixes(before, after, currency)
    if isinstance(affixes, Read):
        return affixes
    scale, code = affixes
    readings = numeral_readings(match["number"], language)
    if not readings:
        return _no_amount(text)
    if len(readings) > 1:
        return _ambiguous(text, [reading * scale for reading in readings], code)
    return _bounded(text, readings[0] * scale, code)


def said_plainly(text: str) -> str:
    """The amount without what is said beside it: `env. 28 k€ HT` → `28 k€`."""
    return _BESIDE.sub("", bare(text))


def read_currency(text: str) -> Read[str]:
    """Read a currency by code, sign or name: its ISO 4217 code. Problem code: `currency-unknown`."""
    code = currency_of(bare(text))
    if code:
        return Read(code)
    message = _("`{text}` is not a currency").format(text=shown(text))
    return Read(None, "currency-unknown", message, _("use a three-letter code such as EUR"))


def _no_amount(text: str) -> Read[Money]:
    message = _("`{text}` is not an amount").format(text=shown(text))
    return Read(None, "money-unreadable", message, _("write it like 28000, 28 k€ or 28000.50"))


def _affixes(before: str, after: str, default: str) -> tuple[int, str] | Read[Money]:
    """The scale and currency that stand around the number."""
    scale, code = 1, ""
    for affix in (before, after):
        if not affix:
            continue
        known = _scale_and_currency(affix, default)
        if known is None or (scale > 1 and known[0] > 1) or (code and known[1] and code != known[1]):
            message = _("`{text}` is neither a currency nor a scale (k, M)").format(text=shown(affix))
            return Read(None, "currency-unknown", message, _("write the number, then a currency: 28000 EUR or 28 k€"))
        scale, code = scale * known[0], code or known[1]
    code = code or currency_of(default)
    if not code:
        message = _("this amount has no currency, and the board does not say which one to use")
        return Read(None, "currency-missing", message, _("write it after the number: 28000 EUR"))
    return scale, code


def _scale_and_currency(affix: str, default: str) -> tuple[int, str] | None:
    """`k€`, and `ke` from a keyboard without the sign → (1000, EUR), `MAD` → (1, MAD), `k` → (1000, "")."""
    name = affix.casefold().strip(" .")
    code = currency_of(name, default)
    if code:
        return 1, code
    for scale in _LONGEST_SCALE_FIRST:
        rest = name.removeprefix(scale).strip().removeprefix("d'").removeprefix("de ")
        if not name.startswith(scale) or (len(scale) > 2 and rest == name[len(scale) :] != ""):
            continue
        code = "EUR" if rest == "e" and scale else currency_of(rest, default)
        if code or not rest:
            return _SCALES[scale], code
    return None


def _ambiguous(text: str, readings: list[Decimal], currency: str) -> Read[Money]:
    message = _("`{text}` can be read as {one} or as {other}")
    one, other = (f"{_shortest(reading):f}" for reading in readings)
    cure = _("write {one} or {other}")
    coins = [write_amount(round(reading, minor_units(currency))) for reading in readings]
    return Read(
        None,
        "money-ambiguous",
        message.format(text=shown(text), one=one, other=other),
        cure.format(one=coins[0], other=coins[1]),
        tuple(coins),
    )


def _bounded(text: str, amount: Decimal, currency: str) -> Read[Money]:
    if amount >= LARGEST:
        message = _("`{text}` is too large: amounts stay below 1,000 billion").format(text=shown(text))
        return Read(None, "money-too-large", message, _("check the number of zeros"))
    digits = minor_units(currency)
    settled = amount.quantize(Decimal(1).scaleb(-digits))
    if settled != amount:
        message = _("`{text}` has more decimals than {currency} has ({digits})")
        cure = _("write {amount}").format(amount=write_amount(settled))
        return Read(None, "money-too-precise", message.format(text=shown(text), currency=currency, digits=digits), cure)
    return Read(Money(_shortest(settled), currency))


def _shortest(amount: Decimal) -> Decimal:
    """The same value without decimals when it has none: 28000, not 28000.00."""
    whole = amount.to_integral_value()
    return whole if whole == amount else amount


def write_amount(amount: Decimal) -> str:
    """The plain decimal text of an amount, read back as the same value in every language: `28000`, `28000.50`.

    An amount with three decimals gets a fourth (`1.2340`): three could be taken for thousands.
    """
    whole, _point, decimals = f"{_shortest(amount):f}".partition(".")
    decimals = decimals.rstrip("0")
    if not decimals:
        return whole
    return f"{whole}.{decimals.ljust(4 if len(decimals) == 3 else 2, '0')}"


def write_money(money: Money, currency: str = "") -> str:
    """The canonical text for a card: `28000`; with its code (`28000 USD`) when `currency` is given and is another."""
    code = f" {money.currency}" if currency and currency != money.currency else ""
    return write_amount(money.amount) + code


def read_percent(text: str) -> Read[Decimal]:
    """Read a share as a fraction from 0 to 1: `40 %`, `40` and `0.4` are all 0.4.

    Without a sign, a number below 1 is a fraction and one above 1 a percentage; `1` could be either and is refused.

    Problem codes: `percent-unreadable`, `percent-ambiguous`, `percent-out-of-range`.
    """
    plain = bare(text).casefold()
    match = _PERCENT.fullmatch(plain) if len(plain) <= _LONGEST_NUMERAL else None
    if match is None:
        message = _("`{text}` is not a percentage").format(text=shown(text))
        return Read(None, "percent-unreadable", message, _("write it like 40 %"))
    number = Decimal(match["number"].replace(",", "."))
    if number == 1 and not match["sign"]:
        message = _("`{text}` can be read as 1 % or as 100 %").format(text=shown(text))
        return Read(None, "percent-ambiguous", message, _("write 1 % or 100 %"))
    fraction = number if number < 1 and not match["sign"] else number / 100
    if fraction > 1:
        message = _("`{text}` is out of range: a percentage goes from 0 to 100").format(text=shown(text))
        return Read(None, "percent-out-of-range", message, _("write it like 40 %"))
    return Read(fraction)


def write_percent(fraction: Decimal) -> str:
    """The canonical text for a card: 0.4 → `40%`."""
    return f"{_shortest((fraction * 100).normalize()):f}%"
