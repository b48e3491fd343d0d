"""From a file to a card: parse, then type every known field by the board's schema; what cannot be read is a problem."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from kanban.i18n import _
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.card import Card, Said
from kanban.model.cards.directory.links import LINKED, link_label
from kanban.model.cards.fields import Field, field_of, types_of
from kanban.model.cards.people import source_meant
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.text.front.front_fields import RawField, Value, joined
from kanban.model.text.plain_card import look_at
from kanban.model.text.problem import Problem
from kanban.model.typed import read as reading


def read_card(
    file: BoardFile,
    card_id: str,
    column: str,
    config: BoardConfig,
    *,
    anchor: date | None = None,
    whole: bool = False,
) -> Card:
    """Read one file as a card. `anchor` is the day near which a date without a year is meant.

    Of a file of plain lines the card takes what it says, and the rest (places, problems, texts) when that is asked for;
    with `whole`, all at once.
    """
    taking = Taking(file, card_id, column, config, anchor)
    seen = None if whole else taking.look()
    if seen is not None:
        return Card.unread(card_id, column, file, taking, **seen)
    if file.data is None:
        return _unread(file, card_id, column)
    from kanban.model.text.cardfile import document_title, parse_document

    document = parse_document(file.data)
    raw = {one.key: one for one in document.fields}
    typed, found = _typed(raw, config, anchor)
    title = document_title(document) or str(typed.get("account") or card_id)
    return Card(
        id=card_id,
        column=column,
        path=file.path,
        title=" ".join(title.split()) if "\n" in title else title,
        values=typed,
        raw=raw,
        body=document.body,
        body_line=document.body_line,
        problems=tuple(sorted(problem.at(file.path) for problem in (*document.problems, *found))),
        blob=file.blob,
        readable=document.readable,
        text=document.text,
        mode=file.mode,
    )


class Taking:
    """How a card is taken from its file, by `read_card`."""

    __slots__ = ("_anchor", "_column", "_config", "_file", "_id")

    def __init__(self, file: BoardFile, card_id: str, column: str, config: BoardConfig, anchor: date | None) -> None:
        self._file, self._id, self._column, self._config, self._anchor = file, card_id, column, config, anchor

    def __call__(self, *, whole: bool = False) -> Card:
        return read_card(self._file, self._id, self._column, self._config, anchor=self._anchor, whole=whole)

    def look(self) -> dict[str, Any] | None:
        """What a look tells of a card of plain lines; None where it must be read whole."""
        file = self._file
        look = file.look() or (look_at(file.data) if file.data is not None else None)
        if look is None:
            return None
        said, heading = look
        values = Values(said, self._config, self._anchor)
        title = joined(said.get("title", "")) or heading or str(values.get("account") or self._id)
        return {"title": title, "values": values, "readable": True, "_said": said}


class Values(Mapping[str, Any]):
    """The values of a card's fields by what the file says, each typed by the board's schema when it is asked for."""

    __slots__ = ("_anchor", "_config", "_said", "_typed")

    def __init__(self, said: Said, config: BoardConfig, anchor: date | None) -> None:
        self._said, self._config, self._anchor = said, config, anchor
        self._typed: dict[str, Any] = {}

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a field; `default` where there is none, or none that can be understood."""
        if key not in self._typed:
            self._typed[key] = self._read(key)
        value = self._typed[key]
        return default if value is None else value

    def _read(self, key: str) -> Any:
        written, known = self._said.get(key), field_of(key, self._config)
        if known is None or not written:
            return None
        currency = _currency(self._said.get("currency"), self._config) if known.type == "money" else ""
        return _value(known, written, self._config, currency, self._anchor)

    def __repr__(self) -> str:
        """What the values are: a digest of them must be the same in the next run."""
        return repr(dict(self))

    @property
    def understood(self) -> bool:
        """Whether every field that the board knows has a value, unless it was left empty."""
        types, read, said = types_of(self._config), self._config.values_read, self._said
        for key, written in said.items():  # no generators: it is asked of every card
            kind = types.get(key)
            if kind is None or kind == "list" or not written or (kind == "text" and isinstance(written, str)):
                continue
            currency = _currency(said.get("currency"), self._config) if kind == "money" else ""
            if (key, written, currency, self._anchor) not in read and self.get(key) is None:
                return False
        return True

    def __getitem__(self, key: str) -> Any:
        value = self.get(key)
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._said if self.get(key) is not None)

    def __len__(self) -> int:
        return sum(1 for _key in self)


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


def _typed(
    raw: Mapping[str, RawField], config: BoardConfig, anchor: date | None
) -> tuple[dict[str, Any], list[Problem]]:
    """Type every known, non-empty field by the schema; unknown keys stay text."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    own = raw.get("currency")
    currency = _currency(own.value if own else None, config)
    for one in raw.values():
        known = field_of(one.key, config)
        if known is None or not one.value:
            continue
        value = _value(known, one.value, config, currency, anchor)
        if value is None:
            problems.append(_problem(one, known, config, currency, anchor))
        else:
            values[one.key] = value
    return values, problems


def _value(known: Field, written: Value, config: BoardConfig, currency: str, anchor: date | None) -> Any:
    """The value of one field; None where it cannot be understood."""
    if known.type == "list":
        return reading.read_list(written)
    if not isinstance(written, str):
        return None
    if known.type == "text" and known.key != "source":
        return link_label(written) if "[" in written and known.key in LINKED else written.strip()
    met = known.key, written, currency if known.type == "money" else "", anchor
    value = config.values_read.get(met)
    if value is None:
        if known.key == "source":
            value = source_meant(written, config) or written.strip()
        else:
            value = _READERS[known.type](written, known, config, currency, anchor).value
        if value is not None:
            config.values_read[met] = value
    return value


def _problem(one: RawField, known: Field, config: BoardConfig, currency: str, anchor: date | None) -> Problem:
    """Why one field has no value."""
    if not isinstance(one.value, str):
        message = _("`{key}` holds a list where one value is meant").format(key=one.key)
        cure = _("write one value after `{key}:`").format(key=one.key)
        return Problem("", one.line, one.column, "field-list", message, cure, one.key)
    result = _READERS[known.type](one.value, known, config, currency, anchor)
    message = _("`{key}`: {message}").format(key=one.key, message=result.message)
    return Problem("", one.line, one.column, result.code or f"field-{known.type}", message, result.cure, one.key)


def _currency(written: Value | None, config: BoardConfig) -> str:
    """The card's own currency, else the board's; one that cannot be read is a problem of its own field."""
    text = written if isinstance(written, str) else ""
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
