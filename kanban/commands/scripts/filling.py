"""What `mail` and `script` share: a card's script filled, where it goes, and the note that it was used."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from kanban.commands.base.day_shown import board_of
from kanban.commands.base.session import Session
from kanban.commands.base.write_verb import perform
from kanban.errors import KanbanError, NotARepository
from kanban.gestures import note as gestures
from kanban.i18n import _, current_language
from kanban.model.cards.card import Card
from kanban.model.typed.read import read_due_when
from kanban.paper.plain import safe
from kanban.pull.cadence import follow_up_days
from kanban.scripts.due import marker
from kanban.scripts.filling import fields_of, fill
from kanban.scripts.script import MAIL, find_script
from kanban.scripts.values import MOST_POINTS, Occasion, values_of

if TYPE_CHECKING:
    from kanban.commands.base.calling.options import WriteFlags
    from kanban.scripts.filling import Filled
    from kanban.scripts.script import Script

CLIPBOARDS = (
    ("wl-copy",),
    ("xclip", "-selection", "clipboard"),
    ("xsel", "--clipboard", "--input"),
    ("pbcopy",),
    ("clip.exe",),
)


def fill_for(session: Session, card: Card, name: str, slot: str | None = None) -> Filled:
    """The script filled for the card, in the language in force. Raises UnresolvedField."""
    board = board_of(session)
    script = find_script(board.files, name, current_language())
    proposed = None
    if slot is not None:
        read = read_due_when(slot, today=session.today, language=board.config.language)
        if read.value is None:
            raise KanbanError(f"--slot: {read.message}", cure=read.cure)
        proposed = read.value
    if "points" in fields_of(script):
        _look_at_points(card)
    occasion = Occasion(session.today, entry_days(session).get(card.id), proposed)
    return fill(script, card, values_of(board, card, occasion))


def _look_at_points(card: Card) -> None:
    """Say that one point is few. Raises KanbanError for more than a customer settles in a quarter of an hour."""
    points = card.items("points")
    if len(points) > MOST_POINTS:
        message = _("{card} has {count} points to settle, a mail has two or three")
        kept = ", ".join(points[:MOST_POINTS])
        cure = f"kanban set {shlex.quote(card.id)} points={shlex.quote(kept)}"
        raise KanbanError(message.format(card=card.id, count=len(points)), cure=cure)
    if len(points) == 1:
        text = _("{card} has one point to settle, a mail has two or three").format(card=safe(card.id))
        click.echo(_("note:") + f" {text}", err=True)


def entry_days(session: Session) -> dict[str, date]:
    """Card id → the day it last came to the offer column, wherever it stands now; {} without a readable history."""
    board = board_of(session)
    try:
        history = session.history(needed=False)
    except NotARepository:
        return {}
    if history.shallow:
        return {}
    found: dict[str, date] = {}
    past = history.as_of(session.today)
    offers = {column.key for column in board.config.columns if follow_up_days(column)}
    offers |= {column.key for column in board.config.columns if column.is_open and column.effective_stage == "offer"}
    for card in board.open_cards:
        days = [event.at.date() for event in past.of(card.id) if event.places and event.to_column in offers]
        found |= {card.id: days[-1]} if days else {}
    return found


def note_use(
    session: Session,
    card: Card,
    script: Script,
    verb: str,
    flags: WriteFlags,
    next_text: str | None = None,
    on: str | None = None,
) -> None:
    """Note on the card that the script was used, in one commit; what is said about it goes to standard error."""
    text = _("mail sent: {title} {name}") if script.kind == MAIL else _("script used: {title} {name}")
    bullet = text.format(title=script.title, name=marker(script.name))

    with redirect_stdout(sys.stderr):
        perform(
            session,
            replace(flags, as_json=False),
            gestures.note_use,
            verb,
            {"script": script.name},
            card=card.id,
            what=bullet,
            next_action=next_text,
            on=on,
        )


def copy_to_clipboard(text: str) -> None:
    """Put the text on the desktop's clipboard. Raises KanbanError where there is none."""
    for command in CLIPBOARDS:
        program = shutil.which(command[0])
        if program is None:
            continue
        data = text.encode("utf-16-le") if command[0] == "clip.exe" else text.encode()
        done = subprocess.run([program, *command[1:]], input=data, check=False, capture_output=True, timeout=10)
        if done.returncode == 0:
            return
    raise KanbanError(
        _("there is no clipboard here"),
        cure=_("leave `--clipboard` out, or install one of {names}").format(
            names=", ".join(command[0] for command in CLIPBOARDS)
        ),
    )
