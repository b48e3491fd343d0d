"""Values → text in the reader's language, the one in force unless `language=` is given. Babel loads at first use."""

from collections.abc import Iterable, Sequence

from kanban.i18n.amount_formats import NO_NUMBER, format_days, format_money, format_number, format_percent, format_size
from kanban.i18n.catalogue import _, current_language, use_language
from kanban.i18n.date_formats import DateStyle, format_date, format_relative, format_time, format_when

__all__ = [
    "NO_NUMBER",
    "DateStyle",
    "format_date",
    "format_days",
    "format_list",
    "format_money",
    "format_number",
    "format_percent",
    "format_relative",
    "format_size",
    "format_time",
    "format_when",
]


def format_clauses(parts: Iterable[str]) -> str:
    """`this; that; the other`: statements on one line, set apart as the language does it."""
    return _("; ").join(parts)


def format_list(items: Sequence[str], *, either: bool = False, language: str | None = None) -> str:
    """`a, b and c`; with `either`, `a, b or c`."""
    if len(items) < 2:
        return "".join(items)
    with use_language(language or current_language()):
        template = _("{first} or {last}") if either else _("{first} and {last}")
        return template.format(first=", ".join(items[:-1]), last=items[-1])
