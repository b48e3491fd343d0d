"""What people say before the name: signs, a day, an amount, `new lead`. It is read as if it stood behind."""

from __future__ import annotations

import re
from datetime import date

from kanban.model.cards.board import Board
from kanban.model.typed import read as reading
from kanban.model.typed.action_words import is_action
from kanban.model.typed.day_sayings import rather_words

SIGNS = "#@!>"
_INTRODUCTION = re.compile(
    r"(?:(?:un |une |a )?(?:nouveau|nouvelle|new) )?(?:cliente?|prospect|lead|opportunité|opportunity|affaire|deal"
    r"|piste|customer|account)(?: ?:)? (?=[A-ZÀ-Þ0-9])"
)
_REMINDER = re.compile(
    r"(?:(?:il )?faut|(?:ne )?pas oublier de|penser [àa]|merci de|(?:je|on|tu) dois|on doit|[àa](?: faire)?|to ?do"
    r"|(?:(?:i |we )?(?:need|have)|remember|don['’]t forget|please)(?: to)?|to|must)(?: ?:)? (?=\w)",
    re.IGNORECASE,
)
"""What says that something is to be done, before the verb that says what."""
_MONEY = re.compile(
    r"(?:[€$£] ?[0-9][0-9.,]*k?|(?:[0-9]{2,}[0-9.,]*|[0-9]{1,3}(?: [0-9]{3})+) ?(?:ke?[€$£]?|[€$£]|eur|euros))[,;]?",
    re.IGNORECASE,
)
"""What is no company's name, as `3M` may be one."""
_LONGEST_DAY = 4


def in_order(words: list[str], board: Board, today: date) -> list[str]:
    """The words with the name, or the action, first."""
    for _each in range(len(words)):
        lead = 1 if words[0][0] in SIGNS else _leading(words, board, today)
        if not lead or lead >= len(words):
            break
        words = [*words[lead:], *words[:lead]]
    line = _INTRODUCTION.sub("", " ".join(words), count=1)
    reminded = _REMINDER.match(line)
    if reminded and is_action(line[reminded.end() :].partition(" ")[0]):
        line = line[reminded.end() :]
    return line.split()


def _leading(words: list[str], board: Board, today: date) -> int:
    """How many words at the beginning are an amount or a day; a day alone may begin a name."""
    for count in range(min(_LONGEST_DAY, len(words) - 1), 0, -1):
        said = " ".join(words[:count]).rstrip(",;:")
        if _MONEY.fullmatch(said):
            return count
        if rather_words(said):
            continue
        if reading.read_when(said, today=today, language=board.config.language).value is not None:
            apart = any(letter.isdigit() for letter in said) and not said.isdigit()
            small = said.islower() and words[count][0].isupper()
            return count if apart or small or words[count - 1][-1] in ",;:" or is_action(words[count]) else 0
    return 0
