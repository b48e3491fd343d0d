"""What stands of a card and at the head of a column, as text without markup: card text can style nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable

from textual.content import Content

from kanban.hands.changes import Change
from kanban.hands.outcome import Hindrance, Outcome, Refusal
from kanban.hands.places import ASKS, FREE, HERE, SHUT, Place
from kanban.hands.wall import LANES, CardHere, ColumnHere, Wall
from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date
from kanban.paper.plain import one_line, safe

_LIGHTS = {"amber": ("▲", "$text-warning"), "red": ("■", "$text-error")}
"""A light is a shape and a colour: the shape is enough."""
MARKS = {HERE: "·", FREE: "✓", ASKS: "?", SHUT: "✗"}
"""Whether a card that is held may be put down there."""
STYLES = {HERE: "$text-muted", FREE: "$text-success", ASKS: "$text-warning", SHUT: "$text-error"}


_BLANK = dict.fromkeys(map(ord, "\u00a0\u202f\u2009"), "\u2800")
"""Lines are broken at every kind of space but this one, which shows nothing either: `28 k€`, `3 d` stay whole."""


def _together(text: str) -> str:
    return one_line(text).translate(_BLANK)


def card_face(card: CardHere, *, held: bool = False) -> Content:
    """A card in the column: account, what comes next and when, what stands in its way, worth, owner, days."""
    face = card.face
    late = "late" in face.css.split() or not face.date
    lines = [Content.styled(("⠿ " if held else "") + _together(face.account), "bold")]
    if face.broken is not None:
        lines.append(Content.styled(_together(f"{face.broken.where} {face.broken.message}"), "$text-error"))
    when, what = _together(face.date or face.no_date), _together(face.next)
    if when or what:
        lines.append(Content.assemble((when, "bold $text-error" if late else ""), " " if when and what else "", what))
    if face.block is not None:
        said = Content.styled(_together(face.block.since), "bold $text-error")
        lines.append(Content.assemble("▌ ", said, " ", _together(face.block.text)))
    if face.warning:
        lines.append(Content.styled(_together(face.warning), "$text-error"))
    lines.append(_facts(card))
    return Content("\n").join(line for line in lines if line)


def _facts(card: CardHere) -> Content:
    face = card.face
    sign, style = _LIGHTS.get(next((word for word in face.age_css.split() if word in _LIGHTS), ""), ("", ""))
    parts = [face.facts, card.owner, card.service_name]
    shown = Content.styled(" · ".join(_together(part) for part in parts if part), "$text-muted")
    age = Content.styled(_together(f"{sign} {face.age}".strip()), style or "$text-muted")
    return Content("  ").join(part for part in (age, shown) if part)


def column_head(column: ColumnHere, place: Place | None = None) -> tuple[Content, Content, Content]:
    """Title, count with limit, and sums; while a card is held, before the title, whether it may be put down there."""
    title = Content.styled(_together(column.title), "bold")
    if column.head is not None:
        count = f"{column.head.count} {column.head.beside} {column.head.verdict}"
    else:
        count = str(len(column.cards))
    if place is not None:
        title = Content.assemble(Content.styled(f"{MARKS[place.state]} ", f"bold {STYLES[place.state]}"), title)
    counted = Content.styled(" ".join(count.replace(" / ", "/").split()), "bold")
    return title, counted, Content.styled(_together(column.sums), "$text-muted")


def head_said(wall: Wall, only: str, by: str, waiting: int, *, only_shows: bool) -> Content:
    """The line above the columns: board, day, what is shown of it, what is not shared yet, whether it is read only."""
    parts = [Content.styled(one_line(wall.title), "bold")]
    if only_shows:
        parts.append(Content(_("read only")))
    parts.append(Content(format_date(wall.as_of, "full")))
    if only:
        parts.append(Content.styled(_("only {condition}").format(condition=one_line(only)), "bold $text-accent"))
    if by:
        parts.append(Content(_("lanes by {what}").format(what=_(LANES[by]).lower())))
    if waiting and not only_shows:
        text = ngettext("{count} gesture not shared yet", "{count} gestures not shared yet", waiting)
        parts.append(Content(text.format(count=waiting)))
    return Content("  ·  ").join(parts)


def lane_head(name: str, count: int) -> Content:
    """The name of a lane above its cards in one column."""
    return Content.styled(f"── {_together(name)} {count}", "bold $text-accent")


def labelled(label: str, text: str, style: str) -> Content:
    """`Amount: 28 k€`, what it is in a style."""
    name = _("{label}: {text}").format(label=one_line(label), text="")
    return Content.assemble(Content.styled(name, style), one_line(text))


def place_said(place: Place) -> Content:
    """What putting the card down there would do, or every reason against it with its way out."""
    said = {
        HERE: _("it stands here"),
        FREE: _("{column}: it may be put down here").format(column=place.title),
        ASKS: _("{column}: it may be put down here once this is filled in").format(column=place.title),
        SHUT: _("{column}: it may not be put down here").format(column=place.title),
    }[place.state]
    first = Content.styled(one_line(said), f"bold {STYLES[place.state]}")
    return Content("\n").join([first, *map(_hindrance, place.hindrances)])


def changed_said(card: str, found: Iterable[Change]) -> Content:
    """A card was changed under the hand: what was seen, and what it is now."""
    said = _("{label}: {text}").format(label=one_line(card), text=_("This card was changed meanwhile."))
    first = Content.styled(said, "bold $text-warning")
    return Content("\n").join([first, *(Content(f"· {safe(one.line)}") for one in found)])


def refusal_said(refusal: Refusal) -> Content:
    """Why nothing was done, with every reason and its cure."""
    first = Content.styled(safe(refusal.message), "bold $text-error")
    cure = [Content.assemble("→ ", safe(refusal.cure))] if refusal.cure else []
    return Content("\n").join([first, *map(_hindrance, refusal.hindrances), *cure])


def _hindrance(one: Hindrance) -> Content:
    sign = "✗ " if one.hard else "· "
    cure = f"  → {safe(one.cure)}" if one.cure else ""
    return Content.assemble(sign, safe(one.message), Content.styled(cure, "$text-muted"))


def outcome_said(outcome: Outcome, *, rehearsed: bool = False) -> Content:
    """What was done, or would be, and what there is to say beside it; or why not."""
    if outcome.refused is not None:
        return refusal_said(outcome.refused)
    sign = "→ " if rehearsed else "✓ "
    lines = [Content.assemble(sign, safe(line)) for line in outcome.done]
    lines += [Content.styled(f"· {safe(line)}", "$text-warning") for line in outcome.warnings]
    return Content("\n").join(lines)


def on_light_ground() -> bool:
    """Whether the terminal says that its background is light (`COLORFGBG`, as rxvt and others set it)."""
    return os.environ.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")
