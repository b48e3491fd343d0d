"""A card's own page: what happens next, what it lacks for the next column, its fields, notes and past."""

import posixpath
from dataclasses import dataclass
from datetime import date
from shlex import quote

from markupsafe import Markup, escape

from kanban.i18n import _
from kanban.i18n.formats import format_date, format_days, format_money, format_percent, format_size, format_when
from kanban.metrics.wording import light_word
from kanban.model.cards.board import Board
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.card import Card
from kanban.model.settings.columns import Column
from kanban.model.typed.values import Money
from kanban.paper.plain import commands_in, without_commands
from kanban.pull.cadence import age_light
from kanban.pull.classes import class_kind
from kanban.pull.moves import Verdict, judge, next_column
from kanban.pull.reasons import Reason
from kanban.render.addresses import entry_page
from kanban.render.forge import FileLink
from kanban.render.markdown import LinkFinder, to_html, with_code
from kanban.render.typography import typeset
from kanban.render.views.cards.card_history import Past
from kanban.render.views.cards.fieldlist import FieldLine, contact_lines, field_lines
from kanban.render.views.wall.card_on_board import amount_of, days_late, weighted_of
from kanban.render.views.wall.states import LATE, NONE, TODAY, due_state, is_hidden


@dataclass(frozen=True, slots=True)
class Step:
    """One column on the way; `css` is `done`, `here` or `ahead`."""

    name: str
    css: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure at the top of the page."""

    label: str
    values: tuple[str | Markup, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that stands against pulling the card on, and what to type about it."""

    message: Markup
    cure: str
    css: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the card may be pulled into the next column."""

    title: str
    css: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """One problem of the file, with its place and cure."""

    where: str
    message: Markup
    cure: Markup


@dataclass(frozen=True, slots=True)
class FullBlock:
    """The block label in full."""

    since: str
    cause: str
    next: str
    owner: str


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file kept for the card."""

    name: str
    size: str
    href: str


@dataclass(frozen=True, slots=True)
class CardView:
    """Everything a card's page shows."""

    account: str
    title: str
    id: str
    steps: tuple[Step, ...]
    css: str
    service: str
    next_text: str
    next_date: str
    next_iso: str
    next_note: str
    block: FullBlock | None
    facts: tuple[Fact, ...]
    readiness: Readiness | None
    troubles: tuple[Trouble, ...]
    fields: tuple[FieldLine, ...]
    notes: Markup
    past: Past
    links: tuple[FileLink, ...]
    files: tuple[FileLink, ...]
    kept: tuple[KeptFile, ...]


def kept_file(file: BoardFile, href: str) -> KeptFile:
    """A file kept for a card; `href` is where it can be had, "" for nowhere."""
    return KeptFile(posixpath.basename(file.path), format_size(file.size), href)


def files_of(board: Board, card: Card, root: str) -> tuple[FileLink, ...]:
    """Links to the pages of the card's company and people; `root` leads from its own page to the site's top."""
    company = board.directory.account_of(card)
    found = (*([company] if company is not None else []), *board.directory.people_of(card))
    return tuple(FileLink(one.name, root + entry_page(one)) for one in found)


def card_view(
    board: Board,
    card: Card,
    as_of: date,
    past: Past,
    *,
    verdict: Verdict | None,
    find_link: LinkFinder | None = None,
    links: tuple[FileLink, ...] = (),
    standing: int | None = None,
    files: tuple[FileLink, ...] = (),
    kept: tuple[KeptFile, ...] = (),
) -> CardView:
    """The card as it stands on the day `as_of`; `verdict` is what the board says to pulling it on.

    `standing` is how many days it has been in its column, None when unknown.
    """
    column = board.column_of(card)
    state = due_state(card, as_of) if column.is_open and card.readable else ""
    kind = class_kind(board, card, as_of)
    service = board.config.class_of(card.service_class)
    return CardView(
        account=card.label,
        title=card.title if card.title != card.label else "",
        id=card.id,
        steps=_steps(board, column),
        css=" ".join(part for part in (kind, state, "blocked" if card.block else "") if part),
        service="" if kind == "standard" else service.name or service.key,
        next_text=_next_text(card, state),
        next_date=format_when(card.next_action_date, "full") if card.next_action_date and column.is_open else "",
        next_iso=card.next_action_date.isoformat() if card.next_action_date else "",
        next_note={LATE: days_late(card, as_of), TODAY: _("today"), NONE: ""}.get(state, ""),
        block=_block(card),
        facts=tuple(_facts(board, card)),
        readiness=_readiness(verdict, _concerns(board, card, as_of, standing)) if verdict and card.readable else None,
        troubles=tuple(_troubles(card)),
        fields=tuple(field_lines(board, card)),
        notes=to_html(card.body, find_link=find_link, first_level=2) if card.body.strip() else Markup(""),
        past=past,
        links=links,
        files=files,
        kept=kept,
    )


def verdict_of(board: Board, card: Card, as_of: date) -> Verdict | None:
    """What the board's rules say to pulling the card on; None for a closed card."""
    target = next_column(board, card)
    return judge(board, card, target, today=as_of) if target else None


def _steps(board: Board, column: Column) -> tuple[Step, ...]:
    columns = board.config.open_columns
    if not column.is_open:
        return (*(Step(one.title, "done") for one in columns), Step(column.title, f"here {column.kind}"))
    at = columns.index(column)
    names = ("done", "here", "ahead")
    return tuple(Step(one.title, names[(i > at) - (i < at) + 1]) for i, one in enumerate(columns))


def _next_text(card: Card, state: str) -> str:
    if is_hidden(card, "next_action"):
        return ""
    if card.next_action or not state:
        return typeset(card.next_action)
    return _("no next action")


def _block(card: Card) -> FullBlock | None:
    block = card.block
    if block is None:
        return None
    since = format_date(block.since, "full") if block.since else _("no date")
    return FullBlock(since, typeset(block.cause), typeset(block.next), block.owner)


def _facts(board: Board, card: Card) -> list[Fact]:
    """Amount, probability, close date, owner, contact: exact figures, in this order."""
    found = []
    amount = format_money(card.amount) if card.amount is not None else amount_of(card)
    if amount:
        weighted = weighted_of(board, card)
        note = ""
        if card.amount is not None and weighted is not None:
            text = format_money(Money(weighted, card.amount.currency), short=True)
            note = _("weighted {amount}").format(amount=text)
        found.append(Fact(_("Amount"), (amount,), note))
    if card.probability is not None:
        found.append(Fact(_("Probability"), (format_percent(card.probability),)))
    if card.close_date is not None:
        found.append(Fact(_("Close date"), (format_date(card.close_date, "medium"),)))
    if card.owner:
        found.append(Fact(_("Owner"), (card.owner,), card.role))
    contact = contact_lines(card)
    if contact:
        found.append(Fact(_("Contact"), contact))
    return found


def _concerns(board: Board, card: Card, as_of: date, standing: int | None) -> tuple[Check, ...]:
    """What no rule refuses and nobody would call ready: a block, a late next action, a light that is not green."""
    found = []
    name = quote(card.id)
    if card.block is not None:
        since = f"{_(': ')}{typeset(card.block.cause)}" if card.block.cause else ""
        found.append(Check(escape(_("Blocked") + since), f"kanban unblock {name}", "soft"))
    if due_state(card, as_of) == LATE:
        text = _("next action {late}").format(late=days_late(card, as_of))
        found.append(Check(escape(text), f'kanban note {name} "…" --next "…" --on …', "soft"))
    column = board.column_of(card)
    light = age_light(column, standing) if standing is not None else "none"
    if standing is not None and light in ("amber", "red"):
        days = format_days(standing, short=False)
        text = _("{days} in {column}: {light}").format(days=days, column=column.title, light=light_word(light))
        found.append(Check(escape(text), "", "soft"))
    return tuple(found)


def _readiness(verdict: Verdict, concerns: tuple[Check, ...]) -> Readiness:
    checks = tuple(_check(reason) for reason in verdict.reasons)
    if not verdict.refusals and not concerns:
        return Readiness(_("Ready for {column}").format(column=verdict.target.title), "ready", checks)
    return Readiness(_("Before {column}").format(column=verdict.target.title), "lacking", (*checks, *concerns))


def _check(reason: Reason) -> Check:
    """A reason with the one command that cures it, to be copied; a cure in words, or of several, ends the sentence."""
    commands = commands_in(reason.cure)
    words = without_commands(reason.cure).rstrip(" :\u00a0\u202f") if len(commands) == 1 else reason.cure
    said = with_code(f"{reason.message} → {words}" if words else reason.message)
    return Check(said, commands[0] if len(commands) == 1 else "", "hard" if reason.hard else "soft")


def _troubles(card: Card) -> list[Trouble]:
    return [Trouble(f"{one.path}:{one.line}", with_code(one.message), with_code(one.cure)) for one in card.problems]
