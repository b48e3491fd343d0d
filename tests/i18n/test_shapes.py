"""Our table of how languages write says what Babel says."""

from __future__ import annotations

import pytest
from babel.core import Locale

from kanban.i18n.currencies import currency_of
from kanban.i18n.shapes import currency_sign, shapes


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_babels(language: str) -> None:
    ours, locale = shapes(language), Locale.parse(language)
    symbols, months, days = locale.number_symbols["latn"], locale.months["format"], locale.days["format"]
    assert ours.separators == {ord(","): symbols["group"], ord("."): symbols["decimal"]}
    assert ours.months == tuple(months["wide"][at] for at in range(1, 13))
    assert ours.short_months == tuple(months["abbreviated"][at] for at in range(1, 13))
    assert ours.weekdays == tuple(days["wide"][at] for at in range(7))
    assert ours.short_weekdays == tuple(days["abbreviated"][at] for at in range(7))
    for code, sign in locale.currency_symbols.items():
        can_be_typed = currency_of(sign.replace("\u202f", " "), code) == code
        assert currency_sign(code, language) == (sign if can_be_typed else code)
