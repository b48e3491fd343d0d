"""What a hand asks a person for: one field of a form each, made from the gesture's own words or from a rule's way out.

A hand shows the field that fits `kind`, and gives what was typed back to `Desk.make` with `filled`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kanban.gestures.base.words import Parameter, parameters_of
from kanban.gestures.new import own_templates
from kanban.gestures.table import GESTURES
from kanban.i18n import N_, _
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.fields import field_of, label_of
from kanban.model.cards.people import roles_of
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.templates import TEMPLATES
from kanban.pull.reasons import FIELD, TICK, WHY, Opening

TEXT, LONG, CHOICE, YES = "text", "long", "choice", "yes"
DATED = ("when", "day")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the words that may stand in an input, and how it is shown."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to fill in. `word` is the gesture's parameter it is for.

    `kind`: `text` (one line), `long` (several lines, each a word of its own where `several`), `choice` (one of
    `choices`; free words too when `open`), `yes` (a tick box, whose value when ticked is `value`), `when` and `day` (as
    people say them), `money`, `share`. `before` stands before what is typed (`next_action_date=`).
    """

    word: str
    label: str
    kind: str = TEXT
    before: str = ""
    value: str = ""
    choices: tuple[Choice, ...] = ()
    several: bool = False
    needed: bool = False
    open: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A gesture that may be made of a card now, and what it asks for. `words` are known already (the card)."""

    gesture: str
    title: str
    inputs: tuple[Input, ...]
    words: Mapping[str, Any]


def templates_of(board: Board) -> tuple[Choice, ...]:
    """The templates that a new card may come from: the built-in ones, then the board's own."""
    own = [name for name in own_templates(board).values() if name not in TEMPLATES]
    return tuple(Choice(name, _(name)) for name in (*TEMPLATES, *own))


def filled(words: Mapping[str, Any], typed: Iterable[tuple[Input, str]]) -> dict[str, Any]:
    """The gesture's words with what was typed in its inputs; what was left empty is left out."""
    found = dict(words)
    for one, text in typed:
        texts = [line for line in text.splitlines() if line.strip()] if one.kind == LONG else [text.strip()]
        texts = [one.before + line for line in texts if line]
        if not texts:
            continue
        found[one.word] = (*found.get(one.word, ()), *texts) if one.several else " ".join(texts)
    return found


TITLES = {
    "note": N_("Note and plan"),
    "touch": N_("Count a touch"),
    "block": N_("Block"),
    "unblock": N_("Unblock"),
    "win": N_("Win"),
    "lose": N_("Lose"),
    "park": N_("Park"),
    "reopen": N_("Reopen"),
}
"""The forms a card can have, in their order, by gesture."""

_ASKED: dict[str, dict[str, str]] = {
    "note": {"bullets": N_("What was said"), "next_action": N_("Next action"), "on": N_("When")},
    "touch": {"channel": N_("Channel"), "next_action": N_("Next action"), "on": N_("When")},
    "block": {
        "cause": N_("Cause"),
        "next_action": N_("What will unblock it"),
        "who": N_("Who unblocks it"),
        "since": N_("Since when"),
    },
    "unblock": {"next_action": N_("Next action"), "on": N_("When")},
    "win": {"amount": N_("Amount as signed"), "note": N_("A last note"), "reason": N_("Why, if a column is skipped")},
    "lose": {"reason": N_("Lost because of"), "note": N_("In your own words")},
    "park": {"until": N_("Look at it again on"), "note": N_("A note"), "reason": N_("Why")},
    "reopen": {"reason": N_("Why it comes back"), "next_action": N_("Next action"), "on": N_("When")},
}
"""What each form asks for: the gesture's parameters, in the order in which one thinks of them."""

_NEEDED = {("block", "cause"), ("block", "next_action")}
_ONE_CARD = {"win": "cards", "lose": "cards", "park": "cards"}
WHEN_HINT = N_("tomorrow 10:00, friday, +2d")
PAST_HINT = N_("today; else yesterday, -3d")


def forms_for(board: Board, card: Card) -> tuple[Form, ...]:
    """What may be made of the card, each with its inputs: what its state rules out is left out."""
    is_open = board.is_open(card)
    left_out = {"unblock"} if card.block is None else {"block"}
    left_out |= {"reopen"} if is_open else set(TITLES) - {"note", "reopen"}
    return tuple(form_for(board.config, name, card) for name in TITLES if name not in left_out)


def form_for(config: BoardConfig, gesture: str, card: Card, words: Mapping[str, Any] | None = None) -> Form:
    """One gesture of the card as a form. `words` are further words that are known already, which it does not ask."""
    known: dict[str, Any] = {_ONE_CARD[gesture]: (card.id,)} if gesture in _ONE_CARD else {"card": card.id}
    parameters = parameters_of(GESTURES[gesture])
    known |= words or {}
    asked = tuple(
        _unblocker(made, card.owner) if name == "who" else made
        for name, label in _ASKED[gesture].items()
        if name not in known
        for made in (_input(config, gesture, parameters[name], _(label)),)
    )
    return Form(gesture, _(TITLES[gesture]), asked, known)


def _unblocker(one: Input, owner: str) -> Input:
    return replace(one, value=owner, needed=not owner)


def _input(config: BoardConfig, gesture: str, one: Parameter, label: str) -> Input:
    kind = one.word.kind if one.word.kind in (*DATED, "money", "share") else TEXT
    choices: tuple[Choice, ...] = ()
    if one.word.kind == "reason":
        kind, choices = CHOICE, tuple(Choice(reason, _(reason)) for reason in config.lost_reasons)
    elif one.word.choices:
        kind, choices = CHOICE, tuple(Choice(word, _(word)) for word in one.word.choices)
    elif one.name == "who":
        choices = tuple(Choice(owner.name, owner.name) for owner in config.owners)
    if one.several or one.name == "bullets":
        kind = LONG
    needed = one.needed or (gesture, one.name) in _NEEDED
    hint = _(PAST_HINT if one.name == "since" else WHEN_HINT) if kind in DATED else ""
    return Input(one.name, label, kind, choices=choices, several=one.several, needed=needed, open=True, hint=hint)


def asked_input(config: BoardConfig, gesture: str, one: Parameter) -> Input:
    """One parameter of a gesture to fill in, under the label that the gesture's form has for it."""
    return _input(config, gesture, one, _(_ASKED[gesture][one.name]))


def opening_input(board: Board, card: Card, opening: Opening) -> Input | None:
    """The input that opens what a rule closed, for the `ticks`, `assignments` or `reason` of a move of the card.

    None where nothing that is filled in here would: another card has to move first.
    """
    if opening.kind == WHY:
        return Input("reason", _("Why"), needed=True)
    if opening.kind == TICK:
        return Input("ticks", tick_label(board, opening.name), YES, value=opening.name, several=True, needed=True)
    if opening.kind == FIELD and not opening.cards:
        return field_input(board, card, opening.name, needed=True)
    return None


def tick_label(board: Board, tick: str) -> str:
    """The words of a line of a Definition."""
    every = (one for column in board.config.columns for one in (*column.dor, *column.dod))
    return next((one.text for one in every if one.id == tick), tick)


def field_input(board: Board, card: Card, key: str, *, needed: bool = False) -> Input:
    """One field of the card to fill in, for the `assignments` of a gesture, with what stands in it now."""
    known = field_of(key, board.config)
    kind = known.type if known is not None else TEXT
    choices = suggestions(board, key)
    if kind in ("choice", "yes-no"):
        kind = CHOICE
    elif kind not in (*DATED, "money", "share"):
        kind = TEXT
    hint = _(WHEN_HINT) if kind in DATED else ""
    free = known is None or known.type != "choice"
    value = ", ".join(card.raw[key].value) if isinstance(_raw(card, key), tuple) else str(_raw(card, key) or "")
    label = label_of(key, board.config)
    return Input("assignments", label, kind, f"{key}=", value, choices, True, needed, free, hint)


def _raw(card: Card, key: str) -> object:
    return card.raw[key].value if key in card.raw else ""


_SUGGESTED: dict[str, Callable[[BoardConfig], Iterable[tuple[str, str]]]] = {
    "owner": lambda config: ((one.name, one.name) for one in config.owners),
    "blocked_owner": lambda config: ((one.name, one.name) for one in config.owners),
    "role": lambda config: ((role, role) for role in roles_of(config)),
    "source": lambda config: ((source, _(source)) for source in config.sources),
    "class": lambda config: ((one.key, one.name or one.key) for one in config.classes),
    "lost_reason": lambda config: ((reason, _(reason)) for reason in config.lost_reasons),
}


def suggestions(board: Board, key: str) -> tuple[Choice, ...]:
    """The words that a field usually holds on this board."""
    named = _SUGGESTED.get(key)
    if named is not None:
        return tuple(Choice(value, label) for value, label in named(board.config))
    known = field_of(key, board.config)
    if known is not None and known.type == "yes-no":
        return Choice("yes", _("yes")), Choice("no", _("no"))
    return tuple(Choice(word, _(word)) for word in known.choices) if known is not None else ()
