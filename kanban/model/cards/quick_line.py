"""An opportunity in one natural line: `ACME démo demain 10h 28k 40% #salon @zoé !expedite >rdv`.

The grammar is our own pieces, each read by the reader of its field: a percentage, an amount with its `k` or currency, a
day with or without an hour, `#source` (or a label), `@owner`, `!class`, `>column`, a mail address, a phone number,
`key=value`, a label with what it says (`owner: Zoé`, `close 30 Oct`), an owner, a source or a class standing alone.
What is left is the name, up to a comma, a colon, a dash, or the first word that says what one does next; a line may
begin with that word too (`rappeler Mme Roy demain`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.i18n.currencies import currency_of
from kanban.i18n.formats import format_money, format_when
from kanban.model.cards.board import Board, plain
from kanban.model.cards.fields import key_named, label_of
from kanban.model.cards.line.labels import alone, closing, labelled
from kanban.model.cards.line.order import in_order
from kanban.model.cards.line.people import contact_apart
from kanban.model.cards.line.said import LABELS, SAID_SHORT, QuickLine, Unclear
from kanban.model.cards.people import owner_meant, owners_of, source_meant
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.typed import read as reading
from kanban.model.typed.action_words import (
    LEADS,
    action_and_name,
    asks_for_whom,
    begins_an_action,
    is_action,
    is_break,
    name_and_action,
)
from kanban.model.typed.amount_sayings import amounts_said, share_said
from kanban.model.typed.amounts import write_amount
from kanban.model.typed.choices import fold
from kanban.model.typed.day_sayings import beginning_of, rather_words

__all__ = ["LABELS", "QuickLine", "Unclear", "read_pieces", "read_quick_line"]

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_PHONE = re.compile(
    r"(?:\+\d{1,3}[ .-]?(?:\(0\) ?)?|0)\d(?:[ .-]?\d{2}){4}|\+\d{1,3}(?:[ .-]\(?\d{2,5}\)?){2,5}"
    r"|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|0\d{2,4}[ -]\d{3,4}[ -]\d{3,4}"
)
_DATE = re.compile(r"(?:.* )?[0-3]?\d[/.-][01]?\d(?:[/.-]\d+)?|\d{4}-\d\d?-\d\d?|.*[^\W\d]{3}.*")
"""What is a day to whoever typed it, also where the calendar has no such day."""
_UNIT = re.compile(r"(?=.)(?:[0-9]{3}|(?:k|m|mille|grand)?(?:[%€$£]|eur|euros?|usd|gbp)?)[,;.]?", re.IGNORECASE)
"""What makes an amount or a share of the number before it: in `lundi 15 k€` the day is Monday."""
_OPTIONS = '`kanban new "ACME" --next "…" --on "…"`'
_LONGEST_DAY, _LONGEST_MONEY, _LONGEST_SHARE, _LONGEST_PHONE = 8, 7, 5, 6
_ACTION = "→"
"""What stands among the words for a label that says that the next action follows."""
_WON_AT = re.compile(r"(?<=[0-9kKM€$£])@(?=[0-9]+ ?%)")
_WEEK = re.compile(r"S(?:[0-4][0-9]|5[0-3])")


def read_quick_line(line: str, board: Board, today: date) -> QuickLine:
    """The line taken apart. The first word is of the name, or it is the action (`rappeler Mme Roy demain`); what stands
    before it (`@zoé ACME`, `demain 10h ACME`) is read as if it stood behind.

    Raises Unclear for what has several readings (a day, an amount, an owner) and for what is said twice; KanbanError
    for an owner, a class or a column that nobody knows, a column that fits several, and a day that does not exist.
    """
    words = in_order(_WON_AT.sub(" ", line).split(), board, today)
    found, rest = _taken_apart(words, 1, board, today)
    first = action_and_name(rest, dated=found.on is not None)
    account, action = first or name_and_action(rest, found.day_after)
    account, action, contact = contact_apart(account, action)
    found.account, found.contact = account, found.contact or contact or None
    found.next_action = " ".join(filter(None, (action, found.hours))) or None
    found.pieces += bool(found.next_action) + bool(contact)
    if found.on is None and found.next_action:
        _hour_alone(words, board, today)
    if first or (action and begins_an_action(account, action)):
        found.sure += 1
    return found


def _hour_alone(words: list[str], board: Board, today: date) -> None:
    """Raise Unclear for an hour that no day stands beside, in a line that says what is next."""
    for at in range(1, len(words)):
        for text, count in _windows(words, at, 2):
            when = reading.read_due_when(text, today=today, language=board.config.language)
            if when.code == "date-unreadable" and len(when.readings) > 1 and not text.isdigit():
                shown = {one: _shown(one, board, today) for one in when.readings}
                raise Unclear(when.message, shown, count, cure=when.cure).in_line(words, at)


def read_pieces(words: tuple[str, ...], board: Board, today: date) -> dict[str, str] | None:
    """Fields said without their names (`28k 40% @zoé`), as they were typed; None when a word of them is none.

    Raises as `read_quick_line`.
    """
    found, rest = _taken_apart(" ".join(words).split(), 0, board, today)
    if rest or found.column or found.tags or found.extra:
        return None
    return {LABELS[name]: value for name, value in found.words.items()}


def _taken_apart(words: list[str], first: int, board: Board, today: date) -> tuple[QuickLine, list[str]]:
    """What is said from the word `first` on, and the words that say nothing by themselves."""
    found = QuickLine()
    rest = words[:first]
    at, fresh = first, bool(rest) and rest[0][-1] in ",;"
    while at < len(words):
        over = bool(found.pieces) or any(map(is_action, rest[1:])) or first == 0
        try:
            taken = _mark(found, words, at, board) or _figure(found, words, at, board, likely=over)
            taken = taken or _label(found, words, at, board, rest)
            taken = taken or _standing(found, words, at, board, today, fresh=fresh)
            found.sure += bool(taken)
            if not taken and (taken := _day(found, words, at, board, today, rest)):
                found.day_after = len(rest)
        except Unclear as unclear:
            raise unclear.in_line(words, at) from None
        if taken:
            found.pieces += 1
            if words[at + taken - 1][-1] == "," and rest and rest[-1][-1] not in ",;:":
                rest[-1] += ","  # what stands behind the comma is of its own
            while len(rest) > 1 and (fold(rest[-1]) in LEADS or is_break(rest[-1])) and rest[-1] != _ACTION:
                rest.pop()
        else:
            rest.append(words[at])
        at += taken or 1
        fresh = words[at - 1][-1] in ",;" or is_break(words[at - 1]) or (bool(taken) and not asks_for_whom(rest[-1:]))
    return found, rest


def _say(found: QuickLine, words: list[str], at: int, count: int, key: str, text: str) -> None:
    """Keep what is said of a field. Raises Unclear, with the line of each, where the line said otherwise before."""
    said, place, length = found.places.setdefault(key, (text, at, count))
    if fold(said) != fold(text):
        label = label_of(key) if key else _("column")
        message = _("the line says two things for {label}: “{one}” and “{other}”")
        message = message.format(label=label, one=said, other=text)
        one, other = " ".join([*words[:at], *words[at + count :]]), " ".join([*words[:place], *words[place + length :]])
        unclear = Unclear(message, {}, cure=_("type `{one}` or `{other}`").format(one=one, other=other))
        unclear.lines.update({one: said, other: text})
        raise unclear
    name = next((name for name, one in LABELS.items() if one == key), "")
    if name:
        setattr(found, name, text)
    elif (pair := f"{key}={text}") not in found.extra:
        found.extra.append(pair)


def _mark(found: QuickLine, words: list[str], at: int, board: Board) -> int:
    """A word that says by its sign what it is; how many words it takes, 0 for none."""
    word = words[at].rstrip(",;.)>").lstrip("(<") or words[at]
    sign, text = word[0], word[1:]
    say = partial(_say, found, words, at, 1)
    if _MAIL.fullmatch(word):
        say("contact_email", word)
    elif sign == "#" and text:
        source = source_meant(text, board.config)
        if source or (not board.config.sources and found.source is None):
            say("source", source or text)
        else:
            found.tags.append(text)
    elif sign == "@" and text:
        say("owner", _owner(text, board))
    elif sign == "!" and text:
        say("class", _class(text, board))
    elif sign == ">" and text:
        say("", board.column_named(text).key)
    elif "=" in word[1:-1]:
        key, _sign, text = word.partition("=")
        key = key_named(key, board.config)
        if key in SAID_SHORT:
            say(key, text)
        else:
            found.extra.append(word)
    else:
        return 0
    return 1


def _label(found: QuickLine, words: list[str], at: int, board: Board, rest: list[str]) -> int:
    """A label with its colon and what it says; of a next action it is a break between the name and what is next."""
    piece = labelled(words, at, board)
    if piece is None:
        return 0
    key, text, count = piece
    if not text:
        rest.extend([_ACTION] if key == "next_action" else [])
    elif key == "owner":
        _say(found, words, at, count, key, _owner(text, board))
    elif key == "class":
        _say(found, words, at, count, key, _class(text, board))
    else:
        _say(found, words, at, count, key, source_meant(text, board.config) or text if key == "source" else text)
    return count


def _standing(found: QuickLine, words: list[str], at: int, board: Board, today: date, *, fresh: bool) -> int:
    """A close date behind its word, or an owner, a source or a class that stands alone."""
    close = closing(words, at, board, today, planned=found.on is not None)
    pieces = [close] if close else alone(words, at, board, fresh=fresh)
    for key, text, count in pieces:
        _say(found, words, at, count, key, text)
    return pieces[0][2] if pieces else 0


def _owner(text: str, board: Board) -> str:
    names = owners_of(board)
    known = owner_meant(text, board)
    meant = [known] if known else [name for name in names if plain(name).startswith(plain(text))]
    if len(meant) > 1:
        message = _("“{name}” fits several owners").format(name=text)
        raise Unclear(message, {f"@{name}": name for name in meant if " " not in name}, cure=", ".join(meant))
    if not meant and board.config.owners:
        cure = _("there are {values}").format(values=", ".join(names))
        raise KanbanError(_("nobody is called “{name}” here").format(name=text), cure=cure)
    return meant[0] if meant else text


def _class(text: str, board: Board) -> str:
    classes = board.config.classes
    meant = [one.key for one in classes if fold(text) in (fold(one.key), fold(one.name))]
    meant = meant or [one.key for one in classes if fold(one.key).startswith(fold(text))]
    if len(meant) != 1:
        cure = _("there are {values}").format(values=", ".join(one.key for one in classes))
        raise KanbanError(_("there is no class “{name}”").format(name=text), cure=cure)
    return meant[0]


def _figure(found: QuickLine, words: list[str], at: int, board: Board, *, likely: bool) -> int:
    """A share, a phone number or an amount that begins at `at`; how many words it takes, 0 for none.

    The longest reading wins; `likely` as in `amounts_said`. Raises Unclear for what may be several amounts.
    """
    config = board.config
    for text, count in _windows(words, at, _LONGEST_SHARE):
        share = share_said(text)
        if share:
            _say(found, words, at, count, "probability", text if text.replace(" ", "") == share else share)
            return count
    for text, count in _windows(words, at, _LONGEST_PHONE):
        if _PHONE.fullmatch(text):
            _say(found, words, at, count, "contact_phone", text)
            return count
    likely = likely and found.amount is None
    for text, count in _windows(words, at, _LONGEST_MONEY):
        said = amounts_said(text, currency=config.currency, language=config.language, likely=likely)
        minus = (
            ()
            if said or text[1:2] == " "
            else amounts_said(text[1:], currency=config.currency, language=config.language, likely=False)
        )
        said = (text,) if minus and text[0] in "-−" else said
        if len(said) > 1:
            message = _("“{text}” can be several amounts").format(text=text)
            readings = _amounts(said, text, config)
            raise Unclear(message, readings, count, cure=_one_of(readings.values()))
        read = reading.read_money(said[0], currency=config.currency, language=config.language) if said else None
        if read and read.code == "money-ambiguous":
            raise Unclear(read.message, _amounts(read.readings, text, config), count, cure=read.cure)
        if read and read.code in ("money-negative", "money-too-large"):
            raise KanbanError(read.message, cure=read.cure)
        if read and read.value is not None:
            _say(found, words, at, count, "amount", said[0])
            return count
    return 0


def _day(found: QuickLine, words: list[str], at: int, board: Board, today: date, rest: list[str]) -> int:
    """The same for a day, with or without an hour. Raises KanbanError for a day with two readings or with none."""
    for text, count in _windows(words, at, _LONGEST_DAY):
        week = _WEEK.fullmatch(text) and (is_action(rest[-1]) or fold(rest[-1]) in LEADS) if rest else None
        if (rather_words(text) and not week) or (
            text[-1:].isdigit() and _UNIT.fullmatch(" ".join(words[at + count :][:1]))
        ):
            continue
        when = reading.read_due_when(text, today=today, language=board.config.language)
        day = text
        if when.code == "date-unreadable" and when.readings and (begins := beginning_of(text))[0]:
            day, found.hours = begins
            when = reading.read_due_when(day, today=today, language=board.config.language)
        if when.code in ("date-ambiguous", "date-weekday") and len(when.readings) > 1:
            shown = {one: _shown(one, board, today) for one in when.readings}
            raise Unclear(when.message, shown, count, cure=when.cure)
        if when.code in ("date-impossible", "time-impossible") and _DATE.fullmatch(text):
            part = _("if it is part of a name: {command}").format(command=_OPTIONS)
            raise KanbanError(when.message, cure=f"{when.cure}{_('; ')}{part}")
        if when.value is not None:
            try:
                _say(found, words, at, count, "next_action_date", day)
            except Unclear as unclear:
                unclear.lines.update({line: _shown(said, board, today) for line, said in unclear.lines.items()})
                raise
            return count
    return 0


def _amounts(readings: Iterable[str], text: str, config: BoardConfig) -> dict[str, str]:
    """Each amount that may be meant, as it is typed and as it is shown."""
    found = {}
    currency = currency_of(re.sub(r"[\d .,'\u00a0\u202f]|[kKmM](?![A-Za-z])", "", text), config.currency)
    for one in readings:
        value = reading.read_money(one, currency=currency or config.currency, language=config.language).value
        if value is not None:
            found[f"{write_amount(value.amount)}{value.currency}"] = format_money(value)
    return found


def _shown(text: str, board: Board, today: date) -> str:
    when = reading.read_due_when(text, today=today, language=board.config.language).value
    return format_when(when, "full") if when is not None else text


def _windows(words: list[str], at: int, longest: int) -> Iterator[tuple[str, int]]:
    """The texts of up to `longest` words that begin at `at`, the longest first, with their number of words."""
    for count in range(min(longest, len(words) - at), 0, -1):
        yield " ".join(words[at : at + count]).strip(",;"), count


def _one_of(values: Iterable[str]) -> str:
    return _("one of {names}").format(names=", ".join(values))
