"""`kanban move`: pull a card into another column, if the board allows it."""

from __future__ import annotations

from dataclasses import replace

import click

from kanban.commands.base.completed_names import CARD_OR_COLUMN, COLUMN
from kanban.commands.base.edits import Edit
from kanban.commands.base.entry import Verb
from kanban.commands.base.field_input import own_words
from kanban.commands.base.session import Session, as_of_option, open_session
from kanban.commands.base.write_verb import Gesture, WriteFlags, card_trailers, path_in, perform, write_options
from kanban.errors import EditConflict, KanbanError, Refused
from kanban.folder.reading import read_file
from kanban.i18n import _, ngettext
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.read_card import read_card
from kanban.model.settings.columns import Column
from kanban.pull.moves import BACK, REOPEN, SAME, SKIP, Verdict, judge
from kanban.repository.write.publication import PathChange


@click.command(
    cls=Verb,
    examples=(
        "kanban move acme-sso offre                                     pull it into the next column",
        'kanban move acme-sso rdv --reason "brief to be redone"         back, or past a column: say why',
        'kanban move acme-sso offre --force --reason "signed tomorrow"  against a rule: recorded in the commit',
        "kanban move acme-sso beta-crm qualifies                        several at once: all or none",
    ),
)
@click.argument("cards", nargs=-1, required=True, metavar="CARD...", type=CARD_OR_COLUMN)
@click.argument("column", metavar="COLUMN", type=COLUMN)
@click.option("--reason", default="", help="Why; needed to skip a column, to go back, to reopen, and with --force.")
@click.option("--force", is_flag=True, default=False, help="Move although a rule forbids it; needs --reason.")
@as_of_option
@write_options
@click.pass_context
def command(
    context: click.Context,
    /,
    cards: tuple[str, ...],
    column: str,
    reason: str,
    force: bool,
    as_of: str | None,
    flags: WriteFlags,
) -> None:
    """Pull a card from the column upstream into COLUMN: one `git mv`, one commit.

    Refused (exit 1, with every reason) when the column is full, the card is not ready, an open card lacks a dated next
    action, or the way is not the next column.
    """
    session = open_session(context, as_of)
    perform(session, lambda board: plan_moves(session, board, "move", cards, column, reason=reason, force=force), flags)


def plan_moves(
    session: Session,
    board: Board,
    verb: str,
    names: tuple[str, ...],
    column: str,
    *,
    reason: str = "",
    force: bool = False,
    edit: Edit | None = None,
) -> Gesture:
    """The gesture that moves the named cards, each edited by `edit` on its way. Raises Refused with every reason."""
    reason = own_words("--reason", reason)
    if force and not reason:
        raise KanbanError(_("`--force` needs a reason"), cure=_('say why: `--reason "…"`'))
    target = board.column_named(column)
    cards = [board.named(name) for name in dict.fromkeys(names)]
    verdicts: list[Verdict] = []
    for card in cards:
        edited = as_edited(session, board, card, edit)
        verdicts.append(judge(_with(board, edited, verdicts), edited, target, today=session.today, reason=reason))
    _refuse(verdicts, force)
    return _gesture(verb, verdicts, target, reason, force, edit)


def as_edited(session: Session, board: Board, card: Card, edit: Edit | None) -> Card:
    """The card as it will be: fields that the same gesture sets count for the rules."""
    if edit is None:
        return card

    file = read_file(session.root, card.path)
    if file.data is None:
        return card
    try:
        data = edit(file.data)
    except EditConflict as error:
        raise error.in_file(card.path) from None
    return read_card(replace(file, data=data), card.id, card.column, board.config, anchor=session.today)


def _with(board: Board, card: Card, before: list[Verdict]) -> Board:
    """The board with the card's new fields, and with the cards already judged standing in their target."""
    moved = {verdict.card.id: replace(verdict.card, column=verdict.target.key) for verdict in before}
    cards = tuple(moved.get(one.id, card if one.path == card.path else one) for one in board.cards)
    return replace(board, cards=cards)


def _refuse(verdicts: list[Verdict], force: bool) -> None:
    """Raise Refused with all reasons of all cards, unless forced."""
    refused = [verdict for verdict in verdicts if verdict.refusals]
    if not refused or force:
        return
    several = len(verdicts) > 1
    reasons = [
        (_("{card}: ").format(card=verdict.card.id) if several else "") + f"{reason.message}  → {reason.cure}"
        for verdict in refused
        for reason in verdict.refusals
    ]
    only_a_reason = all(reason.needs_reason for verdict in refused for reason in verdict.refusals)
    names = ", ".join(verdict.card.id for verdict in refused)
    text = ngettext("{cards} may not go to {column}", "{cards} may not go to {column}", len(refused))
    message = text.format(cards=names, column=refused[0].target.title)
    cure = "" if only_a_reason else _('to do it all the same: `--force --reason "…"`, recorded in the commit')
    raise Refused(message, reasons, cure=cure)


def _gesture(
    verb: str, verdicts: list[Verdict], target: Column, reason: str, force: bool, edit: Edit | None
) -> Gesture:
    changes, done, warnings, moved = [], [], [], []
    trailers: list[tuple[str, str]] = []
    for verdict in verdicts:
        card, source = verdict.card, verdict.source
        if verdict.direction == SAME:
            done.append(_("{card} is in {column} already").format(card=card.id, column=target.title))
            if edit is not None:
                changes.append(PathChange.edited(card.path, edit))
            continue
        changes.append(PathChange.moved(card.path, path_in(card, target.directory), edit))
        said = _("{card}: {source} → {target}")
        done.append(said.format(card=card.id, source=source.title, target=target.title))
        trailers += card_trailers(card.id, source.key, target.key, _overrides(verdict, reason, force))
        if reason:
            trailers.append(("Reason", reason))
        warnings += [one.message for one in verdict.warnings]
        moved.append({"card": card.id, "from": source.key, "to": target.key, "path": path_in(card, target.directory)})
    ids = ", ".join(verdict.card.id for verdict in verdicts)
    sources = "/".join(dict.fromkeys(verdict.source.key for verdict in verdicts))
    subject = f"{ids}: {sources} → {target.key}"
    document = {"moves": moved, "reason": reason or None, "forced": force}
    return Gesture(verb, subject, tuple(changes), tuple(done), tuple(trailers), tuple(warnings), document)


def _overrides(verdict: Verdict, reason: str, force: bool) -> list[str]:
    """What is recorded: each rule that was overridden, and the way that needed a reason."""
    found = [f"{one.rule}: {reason}" for one in verdict.refusals] if force else []
    if not found and verdict.direction in (SKIP, BACK, REOPEN) and reason:
        found = [f"pull-order: {reason}"]
    return list(dict.fromkeys(found))
