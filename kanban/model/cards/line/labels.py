"""Pieces of a line that stand alone (`, Zoé,`) or behind their label (`responsable: Zoé`, `clôture fin mars`)."""

from __future__ import annotations

import re
from datetime import date

from kanban.model.cards.board import Board
from kanban.model.cards.fields import field_of, key_named
from kanban.model.cards.line.order import SIGNS
from kanban.model.cards.line.people import owner_named
from kanban.model.cards.people import source_meant
from kanban.model.typed import read as reading
from kanban.model.typed.action_words import asks_for_whom, is_action, is_break
from kanban.model.typed.choices import fold
from kanban.model.typed.result import unaccented

Piece = tuple[str, str, int]
"""A field, what is said of it, and in how many words."""
_LONGEST_LABEL, _LONGEST_NAME, _LONGEST_DAY = 4, 4, 6
_CLOSING = re.compile(
    r"(?:date de (?:la )?|date |expected |target )?(?:cloture|closing|close|closes|close date)"
    r"(?: (?:prevue?|estimee?|attendue?|expected|planned))?(?: (?:le|en|on|by|in|for|pour|vers|au|date))? ?:?"
)
_SIGNING = re.compile(_CLOSING.pattern.replace("cloture|", "cloture|signature|signing|"))
_IN_CHARGE = frozenset("par by pour for owner responsable resp resp. vendeur vendeuse seller commercial".split())  # noqa: SIM905
_OF_A_SOURCE = frozenset({"source", "via", "from", "de"})
_LABELS = _IN_CHARGE | _OF_A_SOURCE
_LABELS_ALONE = _LABELS - {"par", "by", "pour", "for", "from", "de"}
_LEADS_ALONE = frozenset({"next_action_date", "amount", "probability"})
"""Fields whose label says nothing more than their figure does."""


def closing(words: list[str], at: int, board: Board, today: date, *, planned: bool) -> Piece | None:
    """`clôture fin mars`, `close 30 Oct`; `signature fin mars` where something else is `planned` before it."""
    label = _SIGNING if planned else _CLOSING
    for named in range(min(_LONGEST_LABEL, len(words) - at - 1), 0, -1):
        if not label.fullmatch(unaccented(" ".join(words[at : at + named]))):
            continue
        start = at + named
        for count in range(min(_LONGEST_DAY, len(words) - start), 0, -1):
            said = " ".join(words[start : start + count]).strip(",;")
            if reading.read_due_when(said, today=today, language=board.config.language).value is not None:
                return "close_date", said, named + count
    return None


def labelled(words: list[str], at: int, board: Board) -> Piece | None:
    """`responsable: Zoé`, `contact : M. Dubois`, `action: rappeler`: the label, and what it says up to a comma.

    Of a next action the label alone is taken, as a break; the same of a day or a figure, which are read by themselves.
    """
    for named in range(min(3, len(words) - at), 0, -1):
        label = " ".join(words[at : at + named])
        if not label.endswith(":") or len(label) < 3:
            continue
        said = label.rstrip(" :")
        key = "next_action_date" if fold(said) == "date" else key_named(said, board.config)
        if field_of(key, board.config) is None or asks_for_whom(said.split()):
            continue
        if key == "next_action" or key in _LEADS_ALONE:
            return key, "", named
        value = _up_to_a_break(words[at + named :])
        return (key, " ".join(value).strip(",;"), named + len(value)) if value else None
    return None


def _up_to_a_break(words: list[str]) -> list[str]:
    for at, word in enumerate(words):
        if at and (word[0] in SIGNS or word.endswith(":") or is_break(word)):
            return words[:at]
        if word[-1] in ",;":
            return words[: at + 1]
    return words


def alone(words: list[str], at: int, board: Board, *, fresh: bool) -> list[Piece]:
    """What an owner's name, a source or a class says by standing alone; `fresh`: something ended before it."""
    for count in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
        chunk = words[at : at + count]
        raw = " ".join(chunk)
        enclosed = raw[0] == "(" and raw.rstrip(",;")[-1] == ")" and raw.count("(") == 1
        label = fold(chunk[0].strip("(")) if count > 1 and not enclosed else ""
        if any(word[-1] in ",;:" for word in chunk[:-1]) or not (fresh or enclosed or label in _LABELS_ALONE):
            continue
        label = label if label in _LABELS else ""
        text = " ".join(chunk[bool(label) :]).rstrip(",;")
        said = _meaning(text.strip("()") if enclosed else text, label, board)
        if said and (enclosed or raw[-1] in ",;" or _ends(words, at + count, board)):
            return [(key, value, count) for key, value in said]
    return []


def _meaning(text: str, label: str, board: Board) -> list[tuple[str, str]]:
    if label not in _OF_A_SOURCE and (found := owner_named(text.rstrip("."), board))[0]:
        return [("owner", found[0]), *([("role", found[1])] if found[1] else [])]
    if label not in _IN_CHARGE and (source := source_meant(text, board.config)):
        return [("source", source)]
    service = "" if label else _class(text, board)
    return [("class", service)] if service else []


def _ends(words: list[str], after: int, board: Board) -> bool:
    """Whether something else begins after the chunk."""
    if after == len(words) or is_break(words[after]) or is_action(words[after]):
        return True
    return words[after][0] in SIGNS + "(€$£0123456789" or bool(alone(words, after, board, fresh=True))


def _class(text: str, board: Board) -> str:
    """A class of service named in full; the standard one says nothing."""
    named = fold(text)
    for one in board.config.classes:
        if named in (fold(one.key), fold(one.name)) and one.key != "standard":
            return one.key
    return ""
