"""`kanban script`: what to say, filled from a card; the list of scripts; a copy of one to make it the team's own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, TypedDict

import click

from kanban.commands.base.calling.completed_names import CARD, SCRIPT
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import WriteFlags, as_of_option, write_options
from kanban.commands.base.day_shown import board_of
from kanban.commands.base.session import Session, emit_json, open_session
from kanban.commands.base.write_verb import perform
from kanban.commands.scripts.filling import copy_to_clipboard, fill_for, note_use
from kanban.errors import KanbanError
from kanban.gestures.base.change import PathChange
from kanban.gestures.base.gesture import Gesture
from kanban.gestures.base.situation import Situation
from kanban.i18n import _, current_language
from kanban.model.typed.choices import choice_said
from kanban.paper.plain import safe, typed
from kanban.schemas.fields import Language, ScriptKind
from kanban.schemas.filling import filled
from kanban.scripts.filling import fields_of
from kanban.scripts.script import FOLDER, built_in_bytes, find_script, script_names

if TYPE_CHECKING:
    from kanban.model.cards.card import Card
    from kanban.scripts.filling import Filled


@click.command(
    cls=Verb,
    examples=(
        "kanban script                             the scripts there are",
        "kanban script acme-sso price-objection    what to say, filled from the card",
        "kanban script --copy price-objection      into the board's scripts/, to be rewritten",
    ),
)
@click.argument("card", required=False, metavar="[CARD", type=CARD)
@click.argument("script", required=False, metavar="SCRIPT]", type=SCRIPT)
@click.option(
    "--copy",
    "copied",
    default=None,
    type=SCRIPT,
    metavar="SCRIPT",
    help="Copy a built-in script into the board.",
)
@click.option("--slot", default=None, metavar="WHEN", help="The moment to propose.")
@click.option("--clipboard", is_flag=True, default=False, help="Put the text on the clipboard.")
@click.option("--log", is_flag=True, default=False, help="Note on the card that it was used.")
@as_of_option
@write_options
@click.pass_context
def command(
    context: click.Context,
    /,
    card: str | None,
    script: str | None,
    copied: str | None,
    slot: str | None,
    clipboard: bool,
    log: bool,
    as_of: str | None,
    flags: WriteFlags,
) -> None:
    """Fill SCRIPT for CARD and print it. The board's own `scripts/SCRIPT.md` comes before the built-in one."""
    session = open_session(context, as_of)
    if copied is not None:
        perform(session, flags, copy_script, name=copied)
        return
    if card is None:
        _tell_scripts(session, flags.as_json)
        return
    if script is None:
        raise KanbanError(_("name a script too"), cure=f"kanban script {typed(card)} {choice_said('price-objection')}")
    found = board_of(session).named(card)
    filled = fill_for(session, found, script, slot)
    if clipboard:
        copy_to_clipboard(filled.text)
        click.echo(_("the text is on the clipboard"), err=True)
    elif flags.as_json:
        emit_json(_document(session, found, filled))
    else:
        click.echo(click.style(safe(filled.script.title), bold=True) + "\n\n" + safe(filled.text), nl=False)
    if log:
        note_use(session, found, filled.script, "script", flags)


class ScriptDocument(TypedDict):
    """A script filled from a card."""

    schema: Literal["kanban-script/1"]
    as_of: date
    card: str
    script: str
    kind: ScriptKind
    title: str
    language: Language
    text: str


class ScriptRecord(TypedDict):
    """A script; `own` where the board has its own text of it, `fields` are those it is filled from."""

    name: str
    kind: ScriptKind
    title: str
    own: bool
    path: str
    fields: tuple[str, ...]


class ScriptsDocument(TypedDict):
    """The scripts there are."""

    schema: Literal["kanban-scripts/1"]
    scripts: list[ScriptRecord]


def _document(session: Session, card: Card, filled: Filled) -> ScriptDocument:
    return {
        "schema": "kanban-script/1",
        "as_of": session.today,
        "card": card.id,
        "script": filled.script.name,
        "kind": filled.script.kind,
        "title": filled.script.title,
        "language": current_language(),
        "text": filled.text,
    }


def _tell_scripts(session: Session, as_json: bool) -> None:
    files = board_of(session).files
    scripts = [find_script(files, name, current_language()) for name in script_names(files)]
    if as_json:
        rows = [filled(ScriptRecord, one, fields=tuple(fields_of(one))) for one in scripts]
        document: ScriptsDocument = {"schema": "kanban-scripts/1", "scripts": rows}
        emit_json(document)
        return
    kinds = {"mail": _("mail"), "talk": _("talk")}
    names = [choice_said(one.name) for one in scripts]
    width = max(map(len, names))
    for name, one in zip(names, scripts, strict=True):
        own = "  " + _("(your own: {path})").format(path=one.path) if one.own else ""
        click.echo(f"{click.style(name.ljust(width), bold=True)}  {kinds[one.kind]:<4}  {safe(one.title)}{own}")


def copy_script(at: Situation, *, name: str) -> Gesture:
    """The gesture that puts a built-in script's text into the board. Raises KanbanError when the board has it."""
    found = find_script(at.board.files, name, current_language())
    if found.own:
        message = _("the board has its own {name} already").format(name=found.name)
        raise KanbanError(message, cure=_("edit {path}").format(path=found.path))
    path = f"{FOLDER}/{found.name}.md"
    data = built_in_bytes(found.name, current_language())
    done = _("{path}: yours now, edit it; it comes before the built-in one").format(path=path)
    return Gesture(
        "script", f"scripts: {found.name}", (PathChange.created(path, data),), (done,), (), (), {"path": path}
    )
