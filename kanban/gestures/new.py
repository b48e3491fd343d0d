"""A new opportunity, one file."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from kanban.errors import KanbanError, NotFound, Refused
from kanban.gestures.base.change import PathChange
from kanban.gestures.base.gesture import Gesture, card_trailers
from kanban.gestures.base.judged import judged
from kanban.gestures.base.situation import Situation
from kanban.gestures.base.typed import (
    Values,
    edit_of,
    file_name_typed,
    notes_on,
    parse_assignments,
    planned_note,
    reason_typed,
    with_day,
    written,
)
from kanban.gestures.base.words import Word
from kanban.gestures.tick import ready_tick
from kanban.i18n import _
from kanban.model.cards.board import Board, plain
from kanban.model.cards.boardfile import REGULAR_MODE, BoardFile
from kanban.model.cards.card import Card
from kanban.model.cards.read_card import read_card
from kanban.model.cards.slug import free_slug
from kanban.model.templates import TEMPLATES, template_text
from kanban.model.text.edit.note_writing import append_note
from kanban.model.text.edit.splice import new_document
from kanban.model.typed.choices import choice_said, read_choice
from kanban.pull.moves import judge_entry
from kanban.pull.nextaction import first_step
from kanban.pull.sla import promised_hours

Fields = dict[str, str | tuple[str, ...]]
TYPED = (
    *("title", "contact", "next_action", "next_action_date", "amount", "probability", "owner", "role", "source"),
    *("close_date", "class", "tags", "dor"),
)
"""The fields that have words of their own, in the order in which people read a card."""
Template = Annotated[
    str | None, Word("discovery, outbound, offer, negotiation, or one of the board's own.", kind="template")
]
FirstDay = Annotated[str | None, Word("When the next action is: `tomorrow 10:00`, `12 Oct 10:00`, `+7d`.", kind="when")]


@judged
def new(
    at: Situation,
    *,
    account: Annotated[str, Word("The customer.")],
    template: Template = None,
    title: Annotated[str | None, Word("What the opportunity is.")] = None,
    contact: Annotated[str | None, Word("The person one talks to.")] = None,
    next_action: Annotated[str | None, Word("The next action.")] = None,
    on: FirstDay = None,
    amount: Annotated[str | None, Word("What the deal is worth: `28 k€`.", kind="money")] = None,
    probability: Annotated[str | None, Word("Of winning: `40 %`.", kind="share")] = None,
    owner: Annotated[str | None, Word("Who is in charge; default: you, if the board knows you.", kind="owner")] = None,
    role: Annotated[str | None, Word("SDR or AE; default: the owner's.")] = None,
    source: Annotated[str | None, Word("Where it comes from.", kind="source")] = None,
    close: Annotated[str | None, Word("The day on which it should be decided.", kind="day")] = None,
    service: Annotated[str | None, Word("Class of service.", kind="class")] = None,
    tag: Annotated[tuple[str, ...], Word("A free label (repeatable).")] = (),
    dor: Annotated[tuple[str, ...], Word("A tick of the Definition of Ready (repeatable).", kind="tick")] = (),
    assignments: Annotated[tuple[str, ...], Word("Any other field (repeatable).", kind="assignment")] = (),
    note: Annotated[str | None, Word("A first note.")] = None,
    card_id: Annotated[str | None, Word("The file's name without .md; default: from the account.")] = None,
    column: Annotated[str | None, Word("Start further right; needs --reason.", kind="column")] = None,
    reason: Annotated[str, Word("Why it starts further right, or why with --force.")] = "",
    force: Annotated[bool, Word("Add it although a rule forbids it; needs --reason.")] = False,
) -> Gesture:
    """Add an opportunity to the first column. Due follow-ups downstream are said first."""
    reason_typed(reason, force)
    found_id = _card_id(at.board, account, card_id)
    next_action, on = with_day(at.board, next_action, on, at.today)
    dor = tuple(ready_tick(at.board, one) for one in dor)
    texts = (title, contact, next_action, on, amount, probability, owner, role, source, close, service, tag, dor)
    typed = dict(zip(TYPED, texts, strict=True))
    data = _document(at, template, _fields(at, account, typed, assignments), note)
    return _entering(at, found_id, data, column, reason, force)


def _entering(at: Situation, card_id: str, data: bytes, column: str | None, reason: str, force: bool) -> Gesture:
    """The gesture that adds the card. Raises Refused with every reason."""
    board = at.board
    target = board.column_named(column) if column else board.config.open_columns[0]
    path = f"{target.directory}/{card_id}.md"
    card = read_card(BoardFile(path, data, REGULAR_MODE, ""), card_id, target.key, board.config, anchor=at.today)
    planned = first_step(board, card, target, at.today, force=force)
    reasons = judge_entry(board, card, target, today=at.today, reason=reason)
    hard = [one for one in reasons if one.hard]
    if hard and not force:
        message = _("{card} may not be added to {column}").format(card=card_id, column=target.title)
        raise Refused(message, [f"{one.message}  → {one.cure}" for one in hard])
    overrides = [f"{one.rule}: {reason}" for one in hard]
    if reason and not overrides and column:
        overrides = [f"pull-order: {reason}"]
    warnings = [f"{one.message}  → {one.cure}" for one in reasons if not one.hard]
    done = _("{card} added to {column} ({path})").format(card=card_id, column=target.title, path=path)
    return Gesture(
        "new",
        f"{card_id}: new in {target.key}",
        (PathChange.created(path, edit_of(planned)(data)),),
        (done,),
        card_trailers(card_id, "", target.key, overrides),
        (*warnings, *planned_note(card_id, planned), *_second_thoughts(at, card)),
        {"card": card_id, "column": target.key, "path": path},
    )


def _document(at: Situation, template: str | None, fields: Fields, note: str | None) -> bytes:
    """The new card's bytes: from a template with its fields filled in, or from the given fields alone."""
    day = at.today.isoformat()
    if template is None:
        body = f"## Notes\n\n### {day}\n\n- {' '.join(note.split())}\n" if note else ""
        return new_document(list(fields.items()), body)
    data = edit_of(dict(fields))(template_of(at.board, template))
    return append_note(data, day, [note]) if note else data


def template_of(board: Board, name: str) -> bytes:
    """The board's own template `templates/<name>.md`, else the built-in one. Raises NotFound with the known names."""
    mine = own_templates(board)
    meant = read_choice(name, (*mine.values(), *(one for one in TEMPLATES if one not in mine.values()))).value
    if meant in TEMPLATES and meant not in mine.values():
        return template_text(meant, board.config.language)
    found = next((board.files[path].data for path, own in mine.items() if own == meant), None)
    if found is not None:
        return found
    known = ", ".join(sorted({*map(choice_said, TEMPLATES), *mine.values()}))
    raise NotFound(
        _("there is no template “{name}”").format(name=name), cure=_("templates are {names}").format(names=known)
    )


def own_templates(board: Board) -> dict[str, str]:
    """The board's own templates: path → name."""
    return {
        path: path.removeprefix("templates/").removesuffix(".md")
        for path in board.files
        if path.startswith("templates/") and path.endswith(".md") and not path.endswith("README.md")
    }


def _second_thoughts(at: Situation, card: Card) -> Iterator[str]:
    """Fields nobody knows, days that are over; the customer's other cards that are not closed."""
    values: Values = {key: raw.value for key, raw in card.raw.items() if isinstance(raw.value, str)}
    yield from notes_on(at.board, values, at.today)
    for other in at.board.cards:
        column = at.board.column_of(other)
        if plain(other.account) == plain(card.account) and (column.is_open or column.kind == "parked"):
            said = _("{account} has a card already: {card}, in {column}")
            yield said.format(account=card.account, card=other.id, column=column.title)


def _card_id(board: Board, account: str, wanted: str | None) -> str:
    taken = {card.id for card in board.cards} | set(board.renames)
    if wanted is None:
        return free_slug(account, taken, board.config.language)
    file_name_typed(wanted)
    if wanted in taken:
        raise KanbanError(_("there is a card {id} already").format(id=wanted), cure=_("choose another `--id`"))
    return wanted


def _fields(
    at: Situation, account: str, typed: Mapping[str, str | tuple[str, ...] | None], assignments: tuple[str, ...]
) -> Fields:
    """The front matter in the order in which people read it; empty options leave no line."""
    if not account.strip():
        raise KanbanError(_("a card needs an account"), cure='kanban new "ACME SAS"')
    fields: Fields = {"account": " ".join(account.split())}
    for key, value in typed.items():
        if value:
            fields[key] = value if isinstance(value, tuple) else written(at.board, key, value, at.today)
    given = parse_assignments(at.board, assignments, at.today)
    fields |= {key: value for key, value in given.items() if value is not None}
    _own(at, fields)
    promised = promised_hours(at.board.config.class_of(str(fields.get("class", ""))))
    if promised is not None and "received_at" not in fields:
        fields["received_at"] = at.stamp
    return fields


def _own(at: Situation, fields: Fields) -> None:
    """The owner: the declared person who is at work here, when nobody was named; with the role."""
    config = at.board.config
    if "owner" not in fields:
        words = plain(at.who()).split()
        for owner in config.owners:
            if plain(owner.name) in (" ".join(words), *words[:1]):
                fields["owner"] = owner.name
    declared = config.owner(str(fields.get("owner", "")))
    if declared is not None and declared.role and "role" not in fields:
        fields["role"] = declared.role
