"""What a field of a document may hold beyond its plain type, under the names that documents use.

A text after the type in `Annotated` says what the field means; a `Keyword` is one of JSON Schema.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple


class Keyword(NamedTuple):
    """One keyword of JSON Schema with its value."""

    name: str
    value: str | int | bool | tuple[str, ...]


def pattern(expression: str) -> Keyword:
    """A text of this form."""
    return Keyword("pattern", expression)


def one_of(*words: str) -> Keyword:
    """One of these words."""
    return Keyword("enum", words)


Count = Annotated[int, Keyword("minimum", 0)]
Positive = Annotated[int, Keyword("minimum", 1)]
Share = Annotated[float, Keyword("minimum", 0), Keyword("maximum", 1)]
Filled = Annotated[str, Keyword("minLength", 1)]

Day = Annotated[str, pattern(r"^\d{4}-\d{2}-\d{2}$")]
DayOrTime = Annotated[str, pattern(r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$")]
Moment = Annotated[str, pattern(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}")]
Week = Annotated[str, pattern(r"^\d{4}-W\d{2}$")]
Month = Annotated[str, pattern(r"^\d{4}-\d{2}$")]
Quarter = Annotated[str, pattern(r"^\d{4}-Q[1-4]$")]

Amount = Annotated[str, pattern(r"^-?\d+(\.\d+)?$")]
Cents = Annotated[str, pattern(r"^-?\d+\.\d{2,}$"), "an exact decimal number as text"]
Currency = Annotated[str, pattern("^[A-Z]{3}$")]

Light = Annotated[str, one_of("none", "green", "amber", "red")]
Outcome = Annotated[str, one_of("better", "worse", "same")]
ColumnKind = Annotated[str, one_of("open", "won", "lost", "parked")]
EventKind = Annotated[str, one_of("created", "moved", "edited", "removed")]
Language = Annotated[str, one_of("en", "fr")]
ScriptKind = Annotated[str, one_of("mail", "talk")]
RuleCode = Annotated[str, pattern("^KB[0-9]{3}$")]
RuleName = Annotated[str, pattern("^[a-z]+(-[a-z]+)*$")]
Severity = Annotated[str, one_of("error", "warning", "info")]
