"""`kanban new`: a new opportunity, one file, one commit."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from kanban.commands.base.completed_names import ASSIGNMENT, CLASS, COLUMN, OWNER, SOURCE, TEMPLATE, TICK
from kanban.commands.base.entry import Verb
from kanban.commands.base.field_input import Values, edit_of, notes_on, parse_assignments, written
from kanban.commands.base.session import Session, as_of_option, open_session
from kanban.commands.base.write_verb import Gesture, WriteFlags, card_trailers, perform, write_options
from kanban.errors import KanbanError, NotFound, Refused
from kanban.i18n import _
from kanban.model.cards.board import Board, plain
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.card import Card
from kanban.model.cards.read_card import read_card
from kanban.model.cards.slug import free_slug, slug
from kanban.model.settings.columns import Column
from kanban.model.templates import TEMPLATES, template_text
from kanban.model.text.notes import append_note
from kanban.model.text.splice import new_document
from kanban.pull.moves import judge_entry
from kanban.repository.write.publication import PathChange

OPTIONS = {
    "title": "title",
    "contact": "contact",
    "next_text": "next_action",
    "on": "next_action_date",
    "amount": "amount",
    "probability": "probability",
    "owner": "owner",
    "role": "role",
    "source": "source",
    "close": "close_date",
    "service": "class",
    "tag": "tags",
    "dor": "dor",
}


@click.command(
    cls=Verb,
    examples=(
        'kanban new "ACME SAS" --contact "M. Dubois" --next "call back" --on "tomorrow 10:00"',
        'kanban new "Beta CRM" --amount "28 k€" --probability "40 %" --owner Zoé --source referral',
        'kanban new "Gamma" --template discovery --set segment=retail --dor contact-opt-in',
    ),
)
@click.argument("account", metavar="[ACCOUNT]", required=False)
@click.option(
    "--template",
    default=None,
    type=TEMPLATE,
    help="discovery, outbound, offer, negotiation, or one of the board's own.",
)
@click.option("--title", default=None, help="What the opportunity is.")
@click.option("--contact", default=None, help="The person one talks to.")
@click.option("--next", "next_text", default=None, help="The next action.")
@click.option(
    "--on", default=None, metavar="WHEN", help="When the next action is: `tomorrow 10:00`, `12 Oct 10:00`, `+7d`."
)
@click.option("--amount", default=None, help="What the deal is worth: `28 k€`.")
@click.option("--probability", default=None, help="Of winning: `40 %`.")
@click.option("--owner", default=None, type=OWNER, help="Who is in charge; default: you, if the board knows you.")
@click.option("--role", default=None, help="SDR or AE; default: the owner's.")
@click.option("--source", default=None, type=SOURCE, help="Where it comes from.")
@click.option("--close", default=None, metavar="DAY", help="The day on which it should be decided.")
@click.option("--class", "service", default=None, type=CLASS, help="Class of service.")
@click.option("--tag", multiple=True, help="A free label (repeatable).")
@click.option("--dor", multiple=True, type=TICK, help="A tick of the Definition of Ready (repeatable).")
@click.option(
    "--set", "assignments", multiple=True, metavar="KEY=VALUE", type=ASSIGNMENT, help="Any other field (repeatable)."
)
@click.option("--note", default=None, help="A first note.")
@click.option("--id", "card_id", default=None, help="The file's name without .md; default: from the account.")
@click.option("--column", default=None, type=COLUMN, help="Start further right; needs --reason.")
@click.option("--reason", default="", help="Why it starts further right, or why with --force.")
@click.option("--force", is_flag=True, default=False, help="Add it although a rule forbids it; needs --reason.")
@as_of_option
@write_options
@click.pass_context
def command(context: click.Context, /, account: str | None, as_of: str | None, flags: WriteFlags, **given: Any) -> None:
    """Add an opportunity to the first column. Due follow-ups downstream are said first.

    Without ACCOUNT, on a terminal, the essential fields are asked for one by one.
    """
    session = open_session(context, as_of)
    if account is None:
        account = _ask(given)
    if given["force"] and not given["reason"].strip():
        raise KanbanError(_("`--force` needs a reason"), cure=_('say why: `--reason "…"`'))
    perform(session, lambda board: plan_new(session, board, account, given), flags)


def _ask(given: dict[str, Any]) -> str:
    """The wizard: ask for what was not given. Raises KanbanError without a terminal."""
    if not sys.stdin.isatty():
        raise KanbanError(_("a card needs an account"), cure='kanban new "ACME SAS"')
    account: str = click.prompt(_("Account"), err=True)
    questions = {
        "contact": _("Contact"),
        "next_text": _("Next action"),
        "on": _("When (tomorrow 10:00, 12 Oct 10:00, +7d)"),
        "amount": _("Amount"),
        "owner": _("Owner"),
        "source": _("Source"),
    }
    for option, question in questions.items():
        if not given[option]:
            given[option] = click.prompt(question, default="", show_default=False, err=True) or None
    return account


def plan_new(session: Session, board: Board, account: str, given: dict[str, Any]) -> Gesture:
    """The gesture that adds the card. Raises Refused with every reason."""
    column = board.column_named(given["column"]) if given["column"] else board.config.open_columns[0]
    card_id = _card_id(board, account, given["card_id"])
    data = _document(session, board, account, given)
    path = f"{column.directory}/{card_id}.md"
    card = read_card(BoardFile(path, data, "100644", ""), card_id, column.key, board.config, anchor=session.today)
    reasons = judge_entry(board, card, column, today=session.today, reason=given["reason"])
    hard = [reason for reason in reasons if reason.hard]
    if hard and not given["force"]:
        message = _("{card} may not be added to {column}").format(card=card_id, column=column.title)
        raise Refused(message, [f"{reason.message}  → {reason.cure}" for reason in hard])
    overrides = [f"{reason.rule}: {given['reason']}" for reason in hard]
    if given["reason"] and not overrides and given["column"]:
        overrides = [f"pull-order: {given['reason']}"]
    warnings = [f"{reason.message}  → {reason.cure}" for reason in reasons if not reason.hard]
    return Gesture(
        "new",
        f"{card_id}: new in {column.key}",
        (PathChange.created(path, data),),
        (_done(card_id, column, path),),
        card_trailers(card_id, "", column.key, overrides),
        (*warnings, *_undated(card.has_dated_next_action, card_id), *_second_thoughts(session, board, card)),
        {"card": card_id, "column": column.key, "path": path},
    )


def _document(session: Session, board: Board, account: str, given: dict[str, Any]) -> bytes:
    """The new card's bytes: from a template with its fields filled in, or from the given fields alone."""
    fields = _fields(session, board, account, given)
    if given["template"] is None:
        return new_document(fields, _body(given["note"], session.today))
    data = edit_of(dict(fields))(template_of(board, given["template"]))
    return append_note(data, session.today.isoformat(), [given["note"]]) if given["note"] else data


def template_of(board: Board, name: str) -> bytes:
    """The board's own template `templates/<name>.md`, else the built-in one. Raises NotFound with the known names."""
    own = board.files.get(f"templates/{name}.md")
    if own is not None and own.data is not None:
        return own.data
    if name in TEMPLATES:
        return template_text(name, board.config.language)
    mine = {
        path.removeprefix("templates/").removesuffix(".md") for path in board.files if path.startswith("templates/")
    }
    known = ", ".join(sorted({*TEMPLATES, *mine}))
    raise NotFound(
        _("there is no template “{name}”").format(name=name), cure=_("templates are {names}").format(names=known)
    )


def _done(card_id: str, column: Column, path: str) -> str:
    return _("{card} added to {column} ({path})").format(card=card_id, column=column.title, path=path)


def _undated(dated: bool, card_id: str) -> list[str]:
    """A card without a dated next action stops all pulling: say so while it is easy to mend."""
    if dated:
        return []
    message = _("{card} has no dated next action yet").format(card=card_id)
    return [f'{message}  → `kanban set {card_id} next_action="…" next_action_date=+2d`']


def _second_thoughts(session: Session, board: Board, card: Card) -> Iterator[str]:
    """Fields nobody knows, days that are over, and the customer's other cards that are not closed."""
    values: Values = {key: raw.value for key, raw in card.raw.items() if isinstance(raw.value, str)}
    yield from notes_on(board, values, session.today)
    for other in board.cards:
        column = board.column_of(other)
        if plain(other.account) == plain(card.account) and (column.is_open or column.kind == "parked"):
            said = _("{account} has a card already: {card}, in {column}")
            yield said.format(account=card.account, card=other.id, column=column.title)


def _card_id(board: Board, account: str, wanted: str | None) -> str:
    taken = {card.id for card in board.cards} | set(board.renames)
    if wanted is None:
        return free_slug(account, taken)
    if slug(wanted) != wanted:
        message = _("“{id}” cannot be a card's file name").format(id=wanted)
        raise KanbanError(
            message,
            cure=_("use lower-case letters, digits and hyphens, such as {id}").format(id=slug(wanted) or "acme"),
        )
    if wanted in taken:
        raise KanbanError(_("there is a card {id} already").format(id=wanted), cure=_("choose another `--id`"))
    return wanted


def _fields(
    session: Session, board: Board, account: str, given: dict[str, Any]
) -> list[tuple[str, str | tuple[str, ...]]]:
    """The front matter in the order in which people read it; empty options leave no line."""
    fields: dict[str, str | tuple[str, ...]] = {}
    if not account.strip():
        raise KanbanError(_("a card needs an account"), cure='kanban new "ACME SAS"')
    fields["account"] = " ".join(account.split())
    for option, key in OPTIONS.items():
        value = given[option]
        if value in (None, "", ()):
            continue
        fields[key] = tuple(value) if isinstance(value, tuple) else written(board, key, value, session.today)
    for key, value in parse_assignments(board, given["assignments"], session.today).items():
        if value is not None:
            fields[key] = value
    _own(session, board, fields)
    return list(fields.items())


def _own(session: Session, board: Board, fields: dict[str, str | tuple[str, ...]]) -> None:
    """The owner: the declared person whom git knows as the author here, when nobody was named; with the role."""
    if "owner" not in fields:
        identity = session.repository.identity()
        words = plain(identity.name).split() if identity else []
        for owner in board.config.owners:
            if plain(owner.name) in (" ".join(words), *words[:1]):
                fields["owner"] = owner.name
    declared = board.config.owner(str(fields.get("owner", "")))
    if declared is not None and declared.role and "role" not in fields:
        fields["role"] = declared.role


def _body(note: str | None, today: date) -> str:
    if not note:
        return ""
    return f"## Notes\n\n### {today.isoformat()}\n\n- {' '.join(note.split())}\n"
