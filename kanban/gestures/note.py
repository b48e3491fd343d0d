"""What was said, what happens next, and when, in one gesture."""

import shlex
from dataclasses import replace
from typing import Annotated

from kanban.errors import KanbanError, Refused
from kanban.gestures.base.change import Edit, edits
from kanban.gestures.base.gesture import Gesture, Told, card_gesture
from kanban.gestures.base.judged import judged
from kanban.gestures.base.situation import Situation
from kanban.gestures.base.typed import edit_of, next_action_typed, note_on_day, with_day
from kanban.gestures.base.words import Card, NextAction, Word
from kanban.gestures.move import as_edited, moving
from kanban.gestures.tick import ticking
from kanban.i18n import _, ngettext
from kanban.model.cards import card as cards
from kanban.model.text.edit.note_writing import append_note
from kanban.paper.plain import typed
from kanban.pull.contact import LONGEST_POINT, most_bullets
from kanban.pull.readiness import lacking_to_enter, lacking_to_leave
from kanban.pull.sla import promise_of

Bullets = Annotated[tuple[str, ...], Word("What was said; each text is one bullet.")]
NoteDay = Annotated[str | None, Word("When it is: `tomorrow 10:00`, `12 Oct 10:00`, `+7d`.", kind="when")]


@judged
def note(
    at: Situation,
    *,
    card: Card,
    bullets: Bullets,
    next_action: NextAction = None,
    on: NoteDay = None,
    column: Annotated[str | None, Word("Pull the card there in the same go.", kind="column")] = None,
    reason: Annotated[str, Word("Why, when the move needs a reason.")] = "",
    ticks: Annotated[tuple[str, ...], Word("Tick this line of a Definition in the same go.", kind="tick")] = (),
    keep: Annotated[bool, Word("When the move is refused, keep the note and the date all the same.")] = False,
) -> Gesture:
    """Add a call note, each TEXT one bullet (three at most), set the dated next action, and move if asked.

    On a partner's card the first note is the first answer: its promise is kept from then on.
    """
    found = at.board.named(card)
    edit = edits(_noting(at, found, bullets, next_action, on), ticking(at.board, found, ticks))
    next_action, on = with_day(at.board, next_action, on, at.today)
    warnings = (*_undated(found, next_action, on), *note_on_day(at.board, on, at.today), *_too_long(bullets))
    if column is not None:
        try:
            moved = moving(at, "note", (found.id,), column, reason=reason, edit=edit)
        except Refused as refused:
            if not keep:
                said = _typed(found, bullets, next_action, on, column, reason, ticks)
                refused.cure = _with_what_lacks(at, found, said, column, reason, edit)
                raise
            kept = (refused.message, *refused.reasons)
        else:
            return replace(moved, warnings=(*moved.warnings, *warnings))
    else:
        kept = ()
    done = _("{card}: noted").format(card=found.id)
    made = card_gesture("note", found, edit, done, warnings=warnings, told={"bullets": list(bullets)})
    return replace(made, refused=kept)


def _too_long(bullets: tuple[str, ...]) -> tuple[str, ...]:
    """What is said of a point that nobody reads to its end (D15)."""
    long = [len(" ".join(one.split())) for one in bullets if len(" ".join(one.split())) > LONGEST_POINT]
    said = _("a point of {count} characters: {limit} are read by all")
    return tuple(said.format(count=count, limit=LONGEST_POINT) for count in long)


def _typed(
    card: cards.Card,
    bullets: tuple[str, ...],
    next_action: str | None,
    on: str | None,
    column: str,
    reason: str,
    ticks: tuple[str, ...],
) -> list[str]:
    """The command as it was typed, in words."""
    told = [("--next", next_action), ("--on", on), ("--move", column), ("--reason", reason)]
    options = [word for name, value in told if value for word in (name, value)]
    return ["kanban", "note", card.id, *bullets, *options, *(word for tick in ticks for word in ("--tick", tick))]


def _with_what_lacks(at: Situation, card: cards.Card, said: list[str], column: str, reason: str, edit: Edit) -> str:
    """The same command with the ticks that lack; with `--keep` when something else stands in the way too."""
    source, target = at.board.column_of(card), at.board.column_named(column)
    edited = as_edited(at, card, edit)
    lacks = [*lacking_to_enter(edited, target, today=at.today, source=source), *lacking_to_leave(edited, source)]
    ticks = tuple(dict.fromkeys(one.requirement.id for one in lacks if one.requirement.effective_check == "ticked"))
    command = [*said, *(word for tick in ticks for word in ("--tick", tick))]
    try:
        moving(at, "note", (card.id,), column, reason=reason, edit=edits(edit, ticking(at.board, card, ticks)))
    except Refused:
        keep = shlex.join([*said, "--keep"])
        return _("`{command}` keeps the note and the date without the move").format(command=keep)
    return _("if that holds: `{command}`").format(command=shlex.join(command))


@judged
def note_use(
    at: Situation,
    verb: str,
    document: Told,
    *,
    card: str,
    what: str,
    next_action: str | None = None,
    on: str | None = None,
) -> Gesture:
    """Note on a card that a mail was sent or a script used; `verb` did it, `document` is what it tells as data."""
    found = at.board.named(card)
    done = _("{card}: noted, {what}").format(card=found.id, what=what)
    return card_gesture(verb, found, _noting(at, found, (what,), next_action, on), done, told=document)


def _noting(at: Situation, card: cards.Card, bullets: tuple[str, ...], next_action: str | None, on: str | None) -> Edit:
    """The edit that adds the note and sets the next action. Raises Refused above the board's number of bullets."""
    most = most_bullets(at.board.config)
    texts = [" ".join(bullet.split()) for bullet in bullets if bullet.strip()]
    if len(texts) > most:
        text = ngettext("a call note has {most} bullet at most", "a call note has {most} bullets at most", most)
        reasons = [_("this one has {count}").format(count=len(texts))]
        cure = _("keep what the others need")
        if not any(" " in one for one in texts):  # the shell took one sentence apart
            cure = _("one point is one text in quotes: {command}").format(
                command=f"kanban note {typed(card.id)} {typed(' '.join(texts))}"
            )
        raise Refused(text.format(most=most), reasons, cure=cure)
    if not texts:
        raise KanbanError(_("the note is empty"), cure=f'kanban note {typed(card.id)} "…"')
    values = next_action_typed(at.board, next_action, on, at.today)
    promise = promise_of(at.board, card)
    if promise is not None and promise.answered is None:
        values["answered_at"] = at.stamp
    return edits(edit_of(values), lambda data: append_note(data, at.today.isoformat(), texts))


def _undated(card: cards.Card, next_action: str | None, on: str | None) -> tuple[str, ...]:
    if next_action is not None and on is None and card.next_action_date is None:
        return (_("the next action has no date yet: add `--on`"),)
    return ()
