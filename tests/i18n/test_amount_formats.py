"""Money, shares and numbers as shown; Babel's own formatter is the oracle, and what is shown can be typed back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_currency, format_decimal
from babel.numbers import format_percent as babel_percent
from hypothesis import given
from hypothesis import strategies as st

from kanban.i18n import use_language
from kanban.i18n.formats import format_days, format_list, format_money, format_number, format_percent
from kanban.model.typed.read import CODES, minor_units, read_money, read_percent
from kanban.model.typed.values import Money

BOTH = ("fr", "en")
PLAIN = {ord("\u00a0"): "~", ord("\u202f"): "_"}
"""No-break and narrow no-break spaces made visible in expectations."""

EXACT = """
0          | EUR | 0~€          | €0
0.5        | EUR | 0,50~€       | €0.50
950        | EUR | 950~€        | €950
28000      | EUR | 28_000~€     | €28,000
28000.00   | EUR | 28_000~€     | €28,000
28000.5    | EUR | 28_000,50~€  | €28,000.50
1234567.89 | EUR | 1_234_567,89~€ | €1,234,567.89
0.005      | EUR | 0,01~€       | €0.01
0.004      | EUR | 0~€          | €0
-1500      | EUR | -1_500~€     | -€1,500
28000      | USD | 28_000~$US   | $28,000
28000      | GBP | 28_000~£GB   | £28,000
12000      | CHF | 12_000~CHF   | CHF~12,000
1234.5     | JPY | 1_235~JPY    | ¥1,235
NaN        | EUR | –            | –
"""

SHORT = """
0          | EUR | 0~€       | €0
950        | EUR | 950~€     | €950
999.99     | EUR | 999,99~€  | €999.99
1000       | EUR | 1~k€      | €1k
1005       | EUR | 1,01~k€   | €1.01k
1500       | EUR | 1,5~k€    | €1.5k
28000      | EUR | 28~k€     | €28k
28450      | EUR | 28,5~k€   | €28.5k
123456     | EUR | 123~k€    | €123k
999499     | EUR | 999~k€    | €999k
999500     | EUR | 1~M€      | €1M
1250000    | EUR | 1,25~M€   | €1.25M
999999999  | EUR | 1~Md€     | €1bn
1234567890 | EUR | 1,23~Md€  | €1.23bn
1234567890123 | EUR | 1_235~Md€ | €1,235bn
-28000     | EUR | -28~k€    | -€28k
12000      | CHF | 12~kCHF   | CHF~12k
"""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip("\n").split("\n")]


@pytest.mark.parametrize(("short", "row"), [(False, row) for row in rows(EXACT)] + [(True, row) for row in rows(SHORT)])
def test_money(short: bool, row: list[str]) -> None:
    amount, currency, french, english = row
    money = Money(Decimal(amount), currency)
    assert format_money(money, short=short, language="fr").translate(PLAIN) == french
    assert format_money(money, short=short, language="en").translate(PLAIN) == english


amounts = st.decimals(0, Decimal("999999999999"), places=2)


@given(amount=amounts, language=st.sampled_from(BOTH), currency=st.sampled_from(["EUR", "USD", "GBP"]))
def test_exact_money_is_what_babel_shows(amount: Decimal, language: str, currency: str) -> None:
    expected = format_currency(amount, currency, locale=language)
    for idle in (",00", ".00"):
        expected = expected.replace(idle + "\u00a0", "\u00a0") if language == "fr" else expected.removesuffix(idle)
    assert format_money(Money(amount, currency), language=language) == expected


@st.composite
def moneys(draw: st.DrawFn) -> Money:
    currency = draw(st.sampled_from(sorted(CODES - {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})))
    return Money(draw(st.decimals(0, Decimal("999999999999"), places=minor_units(currency))), currency)


@given(money=moneys(), language=st.sampled_from(BOTH))
def test_money_that_is_shown_can_be_typed(money: Money, language: str) -> None:
    shown = format_money(money, language=language)
    assert read_money(shown, currency=money.currency, language=language).value == money


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("short", [False, True])
def test_every_currency_that_is_shown_can_be_typed_on_a_euro_board(short: bool, language: str) -> None:
    for currency in sorted(CODES):
        money = Money(Decimal(28000), currency)
        shown = format_money(money, short=short, language=language)
        default = "XAF" if currency == "XAF" else "EUR"  # both CFA francs are shown alike
        assert read_money(shown, currency=default, language=language).value == money, shown


@given(money=moneys(), language=st.sampled_from(BOTH))
def test_short_money_is_within_half_a_percent(money: Money, language: str) -> None:
    shown = format_money(money, short=True, language=language)
    read = read_money(shown, currency=money.currency, language=language).value
    if read is None:  # three decimals of a scale smaller than the currency's coin
        return
    assert abs(read.amount - money.amount) <= money.amount * Decimal("0.005")


@pytest.mark.parametrize(
    ("fraction", "french", "english"),
    [
        (Decimal("0.4"), "40~%", "40%"),
        (Decimal("0.405"), "40,5~%", "40.5%"),
        (1 / 3, "33,3~%", "33.3%"),
        (0, "0~%", "0%"),
        (1, "100~%", "100%"),
        (-0.3, "-30~%", "-30%"),
        (12.5, "1_250~%", "1,250%"),
        (0.0004, "0~%", "0%"),
        (-0.0004, "0~%", "0%"),
        (float("nan"), "–", "–"),
        (float("inf"), "–", "–"),
    ],
)
def test_shares(fraction: float | Decimal, french: str, english: str) -> None:
    assert format_percent(fraction, language="fr").translate(PLAIN) == french
    assert format_percent(fraction, language="en").translate(PLAIN) == english


@given(
    fraction=st.decimals(0, 1, places=3).filter(lambda share: share != Decimal("0.01")), language=st.sampled_from(BOTH)
)
def test_a_share_that_is_shown_can_be_typed_and_is_what_babel_shows(fraction: Decimal, language: str) -> None:
    shown = format_percent(fraction, language=language)
    assert read_percent(shown).value == fraction
    gap = "\u00a0" if language == "fr" else ""
    assert shown == babel_percent(fraction, f"#,##0.#{gap}%", locale=language)


@given(number=st.decimals(-(10**9), 10**9, places=1), language=st.sampled_from(BOTH))
def test_numbers_are_what_babel_shows(number: Decimal, language: str) -> None:
    assert format_number(number, language=language) == format_decimal(number + 0, "#,##0.#", locale=language)


@pytest.mark.parametrize(
    ("count", "short_fr", "long_fr", "short_en", "long_en"),
    [
        (0, "0~j", "0~jour", "0~d", "0 days"),
        (1, "1~j", "1~jour", "1~d", "1 day"),
        (1.5, "1,5~j", "1,5~jour", "1.5~d", "1.5 days"),
        (2, "2~j", "2~jours", "2~d", "2 days"),
        (Decimal("12.0"), "12~j", "12~jours", "12~d", "12 days"),
        (1234, "1_234~j", "1_234~jours", "1,234~d", "1,234 days"),
    ],
)
def test_days(count: float, short_fr: str, long_fr: str, short_en: str, long_en: str) -> None:
    shown = [
        format_days(count, short=short, language=code).translate(PLAIN) for code in BOTH for short in (True, False)
    ]
    assert shown == [short_fr, long_fr, short_en, long_en]


def test_the_language_in_force_is_the_default() -> None:
    with use_language("fr"):
        assert format_money(Money(Decimal(28000), "EUR"), short=True).translate(PLAIN) == "28~k€"
        assert format_percent(0.4).translate(PLAIN) == "40~%"
        assert format_list(["a", "b", "c"]) == "a, b et c"
    assert format_list(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(
    ("items", "expected"),
    [([], ""), (["a"], "a"), (["a", "b"], "a ou b"), (["a", "b", "c"], "a, b ou c"), (["{x}", "%s"], "{x} ou %s")],
)
def test_lists(items: list[str], expected: str) -> None:
    assert format_list(items, either=True, language="fr") == expected
