"""What a script may ask for: the fields of a card as text in the reader's language, and what follows from them.

Beside the card's own fields there are `greeting`, `signature`, `company`, `offer_day`, `close_day`, `meeting_day`,
`meeting_time`, `tomorrow` (only when the meeting is), `slot` and `today`. A field the card does not have is not there
at all: nothing is ever filled with a blank.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from kanban.i18n import _
from kanban.i18n.formats import format_date, format_money, format_percent, format_time
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.typed.values import Money, When
from kanban.pull.meetings import is_meeting
from kanban.pull.milestones import offer_day
from kanban.values import dataclass

Value = str | tuple[str, ...]

_ABBREVIATED = ("m", "mr", "mrs", "ms", "mme", "mlle", "dr", "pr", "prof")
_IN_FULL = ("miss", "monsieur", "madame", "docteur", "me", "maître", "herr", "frau", "sir")
CIVILITIES = frozenset((*_ABBREVIATED, *(f"{word}." for word in _ABBREVIATED), *_IN_FULL))
"""Words that begin a name as one writes it to somebody one does not call by the first name."""

MOST_ITEMS = 50
MOST_POINTS = 3
"""Points that a follow-up asks the customer to settle (D44: two or three)."""
DERIVED = frozenset(
    {"greeting", "signature", "company", "video_link", "offer_day", "close_day", "meeting_day", "meeting_time"}
    | {"tomorrow", "slot", "today"}
)
"""Names a script may use beside the card's own fields."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the card does not say: the day of writing, the day the offer left (from the history), a slot to propose."""

    today: date
    offered: date | None = None
    slot: When | None = None


def values_of(board: Board, card: Card, occasion: Occasion) -> dict[str, Value]:
    """Field name → text (or texts) for one card. Line breaks inside a field become spaces."""
    found: dict[str, Value] = {}
    for key in card.raw:
        if card.has(key):
            value = _shown(card.values.get(key, card.get(key)))
            if value:
                found[key] = value
    found |= {"today": day_in_a_sentence(occasion.today, occasion.today)}
    derived = {
        "greeting": greeting(card),
        "signature": _signature(board, card),
        "company": board.config.company,
        "video_link": found.get("video_link") or _one_line(board.config.video_link),
    }
    found |= {key: value for key, value in derived.items() if value}
    return found | _days(board, card, occasion)


def _days(board: Board, card: Card, occasion: Occasion) -> dict[str, Value]:
    found: dict[str, Value] = {}
    today = occasion.today
    offered = offer_day(card, occasion.offered)
    if offered is not None:
        found["offer_day"] = day_in_a_sentence(offered, today)
    if card.close_date is not None:
        found["close_day"] = day_in_a_sentence(card.close_date, today)
    meeting = meeting_of(board, card) or card.next_action_date  # who confirms a meeting has one, whatever the column
    if meeting is not None and meeting.time is not None:
        found["meeting_day"] = day_in_a_sentence(meeting.day, today)
        found["meeting_time"] = format_time(meeting.time)
        if meeting.day == today + timedelta(days=1):
            found["tomorrow"] = found["meeting_day"]
    slot = occasion.slot or _planned_slot(card, today)
    if slot is not None:
        found["slot"] = _slot(slot, today)
    return found


def meeting_of(board: Board, card: Card) -> When | None:
    """When the meeting is: the next action of a card that stands in the meeting column, else its `meeting_date`."""
    planned = card.next_action_date
    if planned is not None and planned.time is not None and is_meeting(board, card):
        return planned
    found = card.values.get("meeting_date")
    return found if isinstance(found, When) else None


def _planned_slot(card: Card, today: date) -> When | None:
    planned = card.next_action_date
    return planned if planned is not None and planned.day > today and planned.time is not None else None


def _slot(slot: When, today: date) -> str:
    day = day_in_a_sentence(slot.day, today)
    if slot.time is None:
        return day
    return _("{day} at {time}").format(day=day, time=format_time(slot.time))


def day_in_a_sentence(day: date, today: date) -> str:
    """`lundi 12 octobre` / `Monday 12 October`; with its year when that is not the year of `today`."""
    text = format_date(day, "full")
    return text if day.year != today.year else text.removesuffix(f" {day.year}")


def greeting(card: Card) -> str:
    """`Bonjour Julien` when the card has a first name; the polite form of the contact as written, else "".

    A first name is never taken out of a contact: “M. Dubois” is greeted as M. Dubois. A single word without a
    civility could be either name, so it gives no greeting.
    """
    first = _one_line(card.get("first_name"))
    if first:
        return _("Hello {first_name}").format(first_name=first)
    words = _one_line(card.contact.partition("(")[0]).split()
    if len(words) < 2:
        return ""
    name = " ".join(words)
    return (
        _("Dear {name}").format(name=name)
        if words[0].casefold() in CIVILITIES
        else _("Hello {first_name}").format(first_name=name)
    )


def _signature(board: Board, card: Card) -> str:
    """The owner's own signature, else name, company and phone, one per line."""
    owner = board.config.owner(card.owner)
    if owner is None:
        return "\n".join(part for part in (_one_line(card.owner), board.config.company) if part and card.owner)
    if owner.signature:
        return owner.signature.strip()
    return "\n".join(part for part in (owner.name, board.config.company, owner.phone) if part)


def _shown(value: Any) -> Value:
    if isinstance(value, Money):
        return format_money(value)
    if isinstance(value, When):
        day = format_date(value.day, "long")
        return day if value.time is None else _("{day} at {time}").format(day=day, time=format_time(value.time))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return format_date(value, "long")
    if isinstance(value, Decimal):
        return format_percent(value)
    if isinstance(value, tuple):
        return tuple(_one_line(str(item)) for item in value[:MOST_ITEMS] if str(item).strip())
    return _one_line(str(value))


def _one_line(text: str) -> str:
    """The text with every break and control character as a space: a field can add no line to a mail."""
    return " ".join(
        "".join(sign if sign.isprintable() or sign == "\u00a0" else " " for sign in text).split(" ")
    ).strip()
