"""Money and shares as people type them: exact, bounded, never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban.model.typed.read import (
    CODES,
    minor_units,
    read_currency,
    read_money,
    read_percent,
    write_amount,
    write_money,
    write_percent,
)
from kanban.model.typed.values import Money

BOTH = ("fr", "en")

READ = """
28 k€                   | 28000 EUR
28k€                    | 28000 EUR
28k                     | 28000 EUR
28 K                    | 28000 EUR
28000                   | 28000 EUR
28 000                  | 28000 EUR
28 000 €                | 28000 EUR
28\u00a0000\u00a0€      | 28000 EUR
28\u202f000\u00a0€      | 28000 EUR
28\u2009000 €           | 28000 EUR
28.000,50 €             | 28000.50 EUR
28,000.50               | 28000.50 EUR
28 000,50 €             | 28000.50 EUR
28000.5                 | 28000.50 EUR
28000,50                | 28000.50 EUR
1.234.567               | 1234567 EUR
1,234,567               | 1234567 EUR
1.234.567,89            | 1234567.89 EUR
1'234'567.89            | 1234567.89 EUR
1,5 M€                  | 1500000 EUR
1.5M                    | 1500000 EUR
1,5 million d'euros     | 1500000 EUR
2 millions d’euros      | 2000000 EUR
1,2 Md€                 | 1200000000 EUR
€1.2bn                  | 1200000000 EUR
28 mille euros          | 28000 EUR
EUR 28000               | 28000 EUR
28 000 EUR              | 28000 EUR
28 kEUR                 | 28000 EUR
k€ 28                   | 28000 EUR
€28k                    | 28000 EUR
€ 28,000.00             | 28000 EUR
$28k                    | 28000 USD
28 k$                   | 28000 USD
US$ 28000               | 28000 USD
28 000 $US              | 28000 USD
28 kUSD                 | 28000 USD
£950                    | 950 GBP
CHF 12'000              | 12000 CHF
CHF 12’000.-            | 12000 CHF
12000.— CHF             | 12000 CHF
28 MAD                  | 28 MAD
28 mad                  | 28 MAD
28 kMAD                 | 28000 MAD
28 000 FCFA             | 28000 XOF
28 000 F CFA            | 28000 XOF
¥1,234,567              | 1234567 JPY
1234,567 k€             | 1234567 EUR
0,500 M€                | 500000 EUR
0.001k                  | 1 EUR
0                       | 0 EUR
0,00 €                  | 0 EUR
007                     | 7 EUR
999999999999,99         | 999999999999.99 EUR
\u200b28 k€\ufeff       | 28000 EUR
"""

REFUSED = """
1.234              | fr en | money-ambiguous
1,234              | fr    | money-ambiguous
28.000 €           | fr en | money-ambiguous
12,345 k€          | fr    | money-ambiguous
-5                 | fr en | money-negative
−5 €               | fr en | money-negative
€-5                | fr en | money-negative
(5)                | fr en | money-negative
5-                 | fr en | currency-unknown
1000000000000      | fr en | money-too-large
1000 Md€           | fr en | money-too-large
28,005 €           | en    | clean
28,0051 €          | fr en | money-too-precise
0,001 €            | fr en | money-too-precise
1,5 JPY            | fr en | money-too-precise
28 zorkmids        | fr en | currency-unknown
28 XYZ             | fr en | currency-unknown
28 000 EUR TTC     | fr en | money-unreadable
28k incl. VAT      | fr en | money-unreadable
28 kk€             | fr en | currency-unknown
EUR 28 USD         | fr en | currency-unknown
k 28 k€            | fr en | currency-unknown
28 0000            | fr en | money-unreadable
2 8000             | fr en | money-unreadable
28,00,000          | fr en | money-unreadable
1.234,567.8        | fr en | money-unreadable
1 234.567,8        | fr en | money-unreadable
28€50              | fr en | money-unreadable
28-32 k€           | fr en | money-unreadable
1e400              | fr en | money-unreadable
0x10               | fr en | money-unreadable
nan                | fr en | money-unreadable
inf                | fr en | money-unreadable
Infinity           | fr en | money-unreadable
٢٨                 | fr en | money-unreadable
10²                | fr en | currency-unknown
,5                 | fr en | currency-unknown
28,                | fr en | currency-unknown
€                  | fr en | money-unreadable
"""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip(" ") for cell in line.split("|")] for line in table.strip("\n").split("\n")]


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(("text", "expected"), rows(READ))
def test_amounts_that_mean_one_thing(text: str, expected: str, language: str) -> None:
    read = read_money(text, currency="EUR", language=language)
    assert (str(read.value), read.code) == (expected, "")


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [(text, language, code) for text, languages, code in rows(REFUSED) for language in languages.split()],
)
def test_amounts_that_are_refused(text: str, language: str, code: str) -> None:
    read = read_money(text, currency="EUR", language=language)
    assert read.code == code.replace("clean", "")
    assert (read.value is None) == bool(read.code)
    assert bool(read.message and read.cure) == bool(read.code)


def test_the_comma_groups_in_english() -> None:
    assert read_money("28,000", currency="EUR", language="en").value == Money(Decimal(28000), "EUR")


@pytest.mark.parametrize(
    ("text", "language", "message", "cure"),
    [
        ("1,234", "fr", "`1,234` can be read as 1234 or as 1.234", "write 1234 or 1.23"),
        ("1.234 k€", "en", "`1.234 k€` can be read as 1234000 or as 1234", "write 1234000 or 1234"),
        ("1,234 TND", "fr", "`1,234 TND` can be read as 1234 or as 1.234", "write 1234 or 1.2340"),
    ],
)
def test_both_readings_are_shown_and_the_cure_can_be_typed(text: str, language: str, message: str, cure: str) -> None:
    read = read_money(text, currency="EUR", language=language)
    assert (read.message, read.cure) == (message, cure)
    for offered in cure.removeprefix("write ").split(" or "):
        assert read_money(offered, currency="TND" if "TND" in text else "EUR", language=language).code == ""


@pytest.mark.parametrize(
    ("default", "text", "expected"),
    [
        ("CAD", "$28k", "28000 CAD"),
        ("CAD", "US$28k", "28000 USD"),
        ("CNY", "¥28", "28 CNY"),
        ("XAF", "28 000 FCFA", "28000 XAF"),
        ("USD", "28 k€", "28000 EUR"),
        ("JPY", "28000", "28000 JPY"),
        ("TND", "28,5005", "None"),
        ("TND", "28,5000", "28.500 TND"),
        ("", "28 k€", "28000 EUR"),
        ("", "28", "None"),
        ("ZZZ", "28", "None"),
    ],
)
def test_the_currency_in_the_text_wins_over_the_default(default: str, text: str, expected: str) -> None:
    assert str(read_money(text, currency=default, language="fr").value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EUR", "EUR"),
        (" eur ", "EUR"),
        ("€", "EUR"),
        ("$", "USD"),
        ("francs suisses", "CHF"),
        ("ZZZ", "currency-unknown"),
        ("k€", "currency-unknown"),
        ("", "currency-unknown"),
    ],
)
def test_currencies(text: str, expected: str) -> None:
    read = read_currency(text)
    assert (read.value or read.code) == expected


def test_an_amount_without_any_currency_says_so() -> None:
    assert read_money("28", currency="", language="fr").code == "currency-missing"


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("28000", "28000"),
        ("28000.00", "28000"),
        ("28000.5", "28000.50"),
        ("1.234", "1.2340"),
        ("0", "0"),
        ("1E+3", "1000"),
    ],
)
def test_amounts_are_written_plainly(amount: str, written: str) -> None:
    assert write_amount(Decimal(amount)) == written


def test_the_currency_is_written_when_it_is_not_the_boards() -> None:
    assert write_money(Money(Decimal(28000), "USD"), "EUR") == "28000 USD"
    assert write_money(Money(Decimal(28000), "EUR"), "EUR") == "28000"
    assert write_money(Money(Decimal(28000), "EUR")) == "28000"


@st.composite
def moneys(draw: st.DrawFn) -> Money:
    currency = draw(st.sampled_from(sorted(CODES)))
    return Money(draw(st.decimals(0, Decimal("999999999999"), places=minor_units(currency))), currency)


@given(money=moneys(), language=st.sampled_from(BOTH))
def test_what_is_written_is_read_back(money: Money, language: str) -> None:
    assert read_money(write_money(money), currency=money.currency, language=language).value == money
    assert read_money(write_money(money, "EUR"), currency="EUR", language=language).value == money


PRICEY = st.text(st.sampled_from("0123456789 .,'kM€$-+eE%\u00a0\u202fEURnaif()"), max_size=30)


@given(
    text=st.one_of(st.text(), PRICEY), language=st.sampled_from(BOTH), currency=st.sampled_from(["EUR", "JPY", "", "?"])
)
def test_no_text_breaks_the_reader_of_money(text: str, language: str, currency: str) -> None:
    read = read_money(text, currency=currency, language=language)
    assert (read.value is None) == bool(read.code and read.message and read.cure)
    if read.value is not None:
        assert 0 <= read.value.amount < 10**12
        assert read.value.currency in CODES
        again = read_money(write_money(read.value, "EUR"), currency="EUR", language=language)
        assert again.value == read.value


PERCENTS = """
40 %        | 0.4
40%         | 0.4
40\u00a0%   | 0.4
40          | 0.4
40,5        | 0.405
40.5 %      | 0.405
0.4         | 0.4
0,4         | 0.4
.4          | 0.4
0,400       | 0.4
0.4 %       | 0.004
1 %         | 0.01
1,0 %       | 0.01
1.5         | 0.015
100         | 1
100 %       | 1
0           | 0
0 %         | 0
0,0         | 0
40 pour cent | 0.4
40 percent  | 0.4
1           | percent-ambiguous
1.0         | percent-ambiguous
1,00        | percent-ambiguous
100.1       | percent-out-of-range
101         | percent-out-of-range
400 %       | percent-out-of-range
-1          | percent-unreadable
%40         | percent-unreadable
40 %%       | percent-unreadable
1e1         | percent-unreadable
nan         | percent-unreadable
4 0         | percent-unreadable
1/2         | percent-unreadable
½           | percent-unreadable
fort        | percent-unreadable
"""


@pytest.mark.parametrize(("text", "expected"), rows(PERCENTS))
def test_shares(text: str, expected: str) -> None:
    read = read_percent(text)
    assert read.code == expected if read.value is None else read.value == Decimal(expected)
    assert (read.value is None) == bool(read.code and read.message and read.cure)


@pytest.mark.parametrize(
    ("fraction", "written"), [("0.4", "40%"), ("0.405", "40.5%"), ("1", "100%"), ("0", "0%"), ("0.01", "1%")]
)
def test_shares_are_written_with_their_sign(fraction: str, written: str) -> None:
    assert write_percent(Decimal(fraction)) == written


@given(fraction=st.decimals(0, 1, places=6))
def test_a_share_that_is_written_is_read_back(fraction: Decimal) -> None:
    assert read_percent(write_percent(fraction)).value == fraction


@given(text=st.one_of(st.text(), PRICEY))
def test_no_text_breaks_the_reader_of_shares(text: str) -> None:
    read = read_percent(text)
    assert (read.value is None) == bool(read.code and read.message and read.cure)
    if read.value is not None:
        assert 0 <= read.value <= 1
        assert read_percent(write_percent(read.value)).value == read.value


def test_an_amount_with_its_tax_is_asked_without() -> None:
    assert read_money("28 k€ TTC", currency="EUR", language="fr").cure == "write the amount without its tax"


@pytest.mark.parametrize(
    "text",
    [
        "28 k€ HT",
        "28k€HT",
        "28 k€ h.t.",
        "28000 hors taxes",
        "28k excl. VAT",
        "environ 28 k€",
        "env. 28k",
        "~28k",
        "≈ 28 000 €",
        "about €28k",
        "“28 k€”",
        "«\xa028 k€\xa0»",
        "‘28k’",
        "approx. 28,000.00",
    ],
)
def test_what_is_said_beside_an_amount_leaves_it(text: str) -> None:
    assert str(read_money(text, currency="EUR", language="en").value) == "28000 EUR"
