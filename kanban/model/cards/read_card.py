"""From a file to a card: parse, then type every known field by the board's schema; what cannot be read is a problem."""

from collections.abc import Callable
from datetime import date
from typing import Any

from kanban.i18n import _
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.card import Card
from kanban.model.cards.directory.entry import LINKED, link_label
from kanban.model.cards.fields import Field, field_of
from kanban.model.cards.people import source_meant
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.text.cardfile import RawField, document_title, parse_document
from kanban.model.text.problem import Problem
from kanban.model.typed import read as reading


def read_card(
    file: BoardFile,
    card_id: str,
    column: str,
    config: BoardConfig,
    *,
    anchor: date | None = None,
) -> Card:
    """Read one file as a card. `anchor` is the day near which a date without a year is meant."""
    if file.data is None:
        return _unread(file, card_id, column)
    document = parse_document(file.data)
    raw = {one.key: one for one in document.fields}
    values, found = _typed(raw, config, anchor)
    return Card(
        id=card_id,
        column=column,
        path=file.path,
        title=document_title(document) or str(values.get("account") or card_id),
        values=values,
        raw=raw,
        body=document.body,
        body_line=document.body_line,
        problems=tuple(sorted(problem.at(file.path) for problem in (*document.problems, *found))),
        blob=file.blob,
        readable=document.readable,
        text=document.text,
        mode=file.mode,
    )


def _unread(file: BoardFile, card_id: str, column: str) -> Card:
    """The card of a file whose bytes were not read: it stands on the board as broken."""
    said = {
        "symlink": _("this is a symbolic link, not a card"),
        "special": _("this is a pipe or device, not a card"),
        "too-large": _("this file is too large for a card"),
    }
    cure = _("replace it by a regular text file")
    message = said.get(file.note, _("this file cannot be read"))
    problem = Problem(file.path, 1, 1, file.note or "unreadable", message, cure)
    return Card(card_id, column, file.path, card_id, problems=(problem,), blob=file.blob, readable=False)


def _typed(raw: dict[str, RawField], config: BoardConfig, anchor: date | None) -> tuple[dict[str, Any], list[Problem]]:
    """Type every known, non-empty field by the schema; unknown keys stay text."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    currency = _currency(raw.get("currency"), config)
    for one in raw.values():
        known = field_of(one.key, config)
        if known is None or not one.value:
            continue
        if known.type == "list":
            values[one.key] = reading.read_list(one.value)
            continue
        if one.is_list:
            message = _("`{key}` holds a list where one value is meant").format(key=one.key)
            cure = _("write one value after `{key}:`").format(key=one.key)
            problems.append(Problem("", one.line, one.column, "field-list", message, cure, one.key))
            continue
        text = one.value if isinstance(one.value, str) else ""
        met = one.key, text, currency, anchor
        if one.key == "source" and met not in config.values_read:
            config.values_read[met] = source_meant(text, config) or text.strip()
        if (value := config.values_read.get(met)) is not None:
            values[one.key] = value
            continue
        if known.type == "text":
            values[one.key] = link_label(text) if "[" in text and one.key in LINKED else text.strip()
            continue
        result = _READERS[known.type](text, known, config, currency, anchor)
        if result.value is not None:
            values[one.key] = config.values_read[met] = result.value
        else:
            code = result.code or f"field-{known.type}"
            problems.append(
                Problem(
                    "",
                    one.line,
                    one.column,
                    code,
                    _("`{key}`: {message}").format(key=one.key, message=result.message),
                    result.cure,
                    one.key,
                )
            )
    return values, problems


def _currency(raw: RawField | None, config: BoardConfig) -> str:
    """The card's own currency, else the board's; one that cannot be read is a problem of its own field."""
    text = raw.value if raw is not None and isinstance(raw.value, str) else ""
    return (reading.read_currency(text).value if text else None) or config.currency


def choices_of(known: Field, config: BoardConfig) -> dict[str, str]:
    """What may stand in a choice field → what the board calls it, for `read_choice`."""
    if known.key == "class":
        return {one.key: one.name or one.key for one in config.classes}
    if known.key == "lost_reason":
        return {word: word for word in config.lost_reasons}
    return {word: word for word in known.choices}


def _read_choice(text: str, known: Field, config: BoardConfig, currency: str, anchor: date | None) -> reading.Read[Any]:
    return reading.read_choice(text, choices_of(known, config))


def _read_day(text: str, known: Field, config: BoardConfig, currency: str, anchor: date | None) -> reading.Read[Any]:
    result = reading.read_card_when(text, language=config.language, anchor=anchor)
    return result if result.value is None else reading.Read(result.value.day)


_Reader = Callable[[str, Field, BoardConfig, str, "date | None"], "reading.Read[Any]"]

_READERS: dict[str, _Reader] = {
    "money": lambda text, _f, config, currency, _a: reading.read_money(
        text, currency=currency, language=config.language
    ),
    "currency": lambda text, *_rest: reading.read_currency(text),
    "share": lambda text, *_rest: reading.read_percent(text),
    "when": lambda text, _f, config, _c, anchor: reading.read_card_when(text, language=config.language, anchor=anchor),
    "day": _read_day,
    "choice": _read_choice,
    "yes-no": lambda text, *_rest: reading.read_bool(text),
    "number": lambda text, *_rest: reading.read_integer(text),
}
