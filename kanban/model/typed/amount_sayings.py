"""Amounts and shares as they are said inside a sentence: `environ 30 k€`, `30k/yr`, `de 30 à 40 k€`, `proba 40`.

What stands around a figure is taken away, so that the readers of amounts and percentages know the rest. What has
several amounts (a range, a price by the month) is given as all of them: nobody but the writer knows which one counts.
"""

import re

from kanban.model.typed.amounts import UNTAXED, read_money, write_amount
from kanban.model.typed.result import tidy, unaccented
from kanban.patterns import pattern

_BEFORE = pattern(
    r"^(?:(?:~|≈|±|environ|env\.?|about|around|approx\.?|approximately|roughly|circa|ca\.?|some|pour|for|de|of|a|"
    r"montant|budget|amount|value|valeur|deal|worth|potentiel|potential)(?: ?: ?| |(?<=[~≈±])))+",
    re.IGNORECASE,
)
_UNTAXED = pattern(rf"{UNTAXED}$", re.IGNORECASE)
_YEARLY = pattern(
    r" ?(?:/ ?(?:an|yr|year|y|annee)|(?:par|per|a|l'|each) ?(?:an|annee|year|yr)|p\.?a\.?|annuels?|yearly"
    r"|annually|arr|acv)$"
)
_MONTHLY = pattern(r" ?(?:/ ?(?:mois|month|mo|m)|(?:par|per|a|each) (?:mois|month)|pcm|mensuels?|monthly|mrr)$")
_RANGE = pattern(
    r"(?:(?:de|entre|between|from) )?(?P<low>[^ ]+(?: [^ ]+)??) ?(?:[-–—]| (?:a|to|et|and|or|ou) ) ?(?P<high>[0-9].*)"
)
_SIGN = r"(?:[€$£]|us\$|c\$|chf|eur|gbp|usd)"
_SCALE = r"(?:k|mille|milliers|thousand|grand|millions?|mio|md|mrd|bn|milliards?|billion)"
_DIGITS = r"[0-9](?:[0-9 .,']*[0-9])?"
_CERTAIN = pattern(
    rf"{_SIGN} ?{_DIGITS} ?(?:{_SCALE}|m)?|{_DIGITS} ?{_SCALE}? ?(?:d'|de )?(?:{_SIGN}|euros?|dollars?|pounds?)"
    rf"|{_DIGITS} ?ke|{_DIGITS} ?m ?{_SIGN}|{_DIGITS} ?{_SCALE}|[0-9]+[.,][0-9]+ ?m|[0-9]{{1,3}}(?:[ .,][0-9]{{3}})+"
)
"""What can only be an amount: with a currency, a scale or thousands apart. `3M` may be a company, `28000` a place."""
_LIKELY = pattern(r"[0-9]{1,3}(?:[ .,'][0-9]{3})+(?:[.,][0-9]{1,2})?|[0-9]{4,9}(?:[.,][0-9]{1,2})?|[0-9]{1,3} ?m")
_YEAR = pattern(r"(?:19|20)[0-9]{2}")
_CHANCES = r"(?:proba(?:bilite|bility)?|chances?|odds|win rate|sur a)"
_PERCENT = r"(?:%|pour ?cents?|per ?cent|pct)"
_SHARE = pattern(
    rf"(?:{_CHANCES}(?: de| of|)(?: ?: ?| ))?(?P<number>[0-9]+(?:[.,][0-9]+)?) ?{_PERCENT}(?: (?:de |of )?{_CHANCES})?"
    rf"|{_CHANCES} ?:? ?(?P<bare>[0-9]{{1,3}})"
)


def share_said(text: str) -> str:
    """`proba 40` → `40%`, `40 pour cent de chances` → `40%`; "" for what names no share."""
    match = _SHARE.fullmatch(unaccented(text))
    number = (match["number"] or match["bare"]) if match else ""
    return f"{number}%" if number else ""


def amounts_said(text: str, *, currency: str, language: str, likely: bool) -> tuple[str, ...]:
    """The amounts that a text inside a sentence may name, each as `read_money` knows it; () for what names none.

    `likely` also takes figures that could be something else: where the name of a customer is already over.
    """
    plain = _BEFORE.sub("", tidy(text))
    plain = _UNTAXED.sub("", plain)
    folded = unaccented(plain)
    for per, times in ((_YEARLY, 1), (_MONTHLY, 12)):
        match = per.search(folded)
        if match:
            return _by_the(_UNTAXED.sub("", plain[: match.start()]), times, currency, language)
    if _is_amount(plain, likely=likely):
        return (plain,)
    return _between(folded, likely=likely)


def _is_amount(text: str, *, likely: bool) -> bool:
    folded = unaccented(text)
    if _CERTAIN.fullmatch(folded):
        return True
    return likely and _LIKELY.fullmatch(folded) is not None and _YEAR.fullmatch(text) is None and text[-1] != "m"


def _by_the(text: str, times: int, currency: str, language: str) -> tuple[str, ...]:
    """The amount of a year; of one by the month that of a year and that of the month."""
    if not _is_amount(text, likely=True):
        return ()
    if times == 1:
        return (text,)
    read = read_money(text, currency=currency, language=language)
    if read.value is None:
        return (text,)
    code = read.value.currency
    return tuple(f"{write_amount(amount)}{code}" for amount in (read.value.amount * times, read.value.amount))


def _between(folded: str, *, likely: bool) -> tuple[str, ...]:
    """Both ends of a range; the unit of the second is that of the first too, where that has none."""
    match = _RANGE.fullmatch(folded)
    if match is None or not _is_amount(match["high"], likely=likely):
        return ()
    low, high = match["low"], match["high"]
    if re.fullmatch(_DIGITS, low):
        low += re.sub(r"^[0-9][0-9 .,']*", "", high)
    return (low, high) if _is_amount(low, likely=likely) else ()
