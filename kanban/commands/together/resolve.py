"""`kanban resolve`: get a card out of a merge conflict, keeping every note of both sides."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import FINDINGS, settings_of
from kanban.commands.base.calling.options import json_option
from kanban.commands.base.session import Session, emit_json, open_session
from kanban.commands.together.answers import ask, can_ask
from kanban.commands.together.conflicts import Knots, to_type, told
from kanban.commands.together.homecoming import come_home
from kanban.commands.together.settle_card import Decision, settle_card, settle_committed, settle_other
from kanban.errors import BadBoard, NotFound
from kanban.folder.reading import read_file
from kanban.i18n import _, ngettext
from kanban.model.cards.board import Board
from kanban.model.settings.board_yml import BOARD_FILE, read_config
from kanban.paper.plain import safe, typed
from kanban.pull.wip import exceeded
from kanban.repository.disk.lock import repository_lock
from kanban.repository.merge.merging import go_on
from kanban.repository.write.durable.recovery import recover
from kanban.review.merge.markers import has_markers, versions_of
from kanban.schemas.fields import one_of

if TYPE_CHECKING:
    from kanban.commands.together.conflicts import Knots
    from kanban.review.merge.conflict import Tangle


Operation = Annotated[str, one_of("merge", "rebase", "cherry-pick", "revert")]
KnotKind = Annotated[
    str,
    one_of(
        "two-columns",
        "same-name",
        "both-new",
        "removed",
        "moved-and-changed",
        "edited-twice",
        "misplaced",
        "unreadable",
    ),
]


@dataclass(frozen=True, slots=True)
class Knotted:
    """A card in conflict: what happened, what is to be decided, and what to type."""

    card: str
    kind: KnotKind
    what: str
    undecided: tuple[str, ...]
    type: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A card that was taken out of a conflict, and where it stands now."""

    card: str
    path: str


@dataclass(frozen=True, slots=True)
class ConflictsDocument:
    """What is in conflict; `doubled` are cards that stand in several columns, `others` files that are no cards."""

    schema: Literal["kanban-resolve/1"]
    operation: Operation | None
    cards: tuple[Knotted, ...]
    settled: tuple[Settled, ...]
    others: tuple[str, ...]
    doubled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResolvedDocument:
    """The card that was settled; `path` is "" where it was removed, `left` what is in conflict still."""

    schema: Literal["kanban-resolve/1"]
    card: str
    path: str
    left: tuple[str, ...]
    dry_run: bool


@click.command(
    cls=Verb,
    examples=(
        "kanban resolve                         what is in a knot, and what to type",
        "kanban resolve --all                   settle everything that needs no decision",
        "kanban resolve acme-sso offer          the card belongs into Offer; notes of both sides stay",
        "kanban resolve acme-sso --take mine    where one field has two values, mine counts",
    ),
)
@click.argument("card", required=False)
@click.argument("column", required=False)
@click.option("--take", type=click.Choice(["mine", "theirs"]), default=None, help="Which value of a field counts.")
@click.option("--split", metavar="NAME", default=None, help="Two opportunities under one name: mine becomes NAME.")
@click.option("--remove", is_flag=True, default=False, help="The card is to go.")
@click.option("--all", "everything", is_flag=True, default=False, help="Settle all cards that need no decision.")
@click.option("--finish", "finishing", is_flag=True, default=False, help="Finish the merge once nothing is left.")
@click.option("--dry-run", is_flag=True, default=False, help="Only say what would be done.")
@json_option
@click.pass_context
def command(
    context: click.Context,
    /,
    card: str | None,
    column: str | None,
    take: str | None,
    split: str | None,
    remove: bool,
    everything: bool,
    finishing: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Explain and cure what a merge, rebase or cherry-pick left undone, or a card that stands in two columns.

    Without CARD nothing is changed. "mine" is your own work, in a rebase too. No line of anybody's notes is lost.
    """
    session = _opened(context)
    if not dry_run and (mended := recover(session.repository)) is not None:
        click.echo(_("note:") + f" {safe(str(mended))}", err=True)
    knots = Knots.found(session)
    if finishing and card is None and not dry_run:
        return _finish(session, knots)
    if card is None:
        return _explain_all(session, knots, everything=everything, dry_run=dry_run, as_json=as_json)
    if (path := _other(session, knots, card)) is not None:
        settle_other(knots, path, take or "", dry_run=dry_run)
        click.echo((_("would do: ") if dry_run else "") + _said(path, path))
        _tell_rest(session, Knots.found(session), _left(session, dry_run))
        return 0
    name = _named(session, knots, card)
    key = session_column(session, column)
    decision = Decision(key, take or "", split, remove, dry_run)
    done = settle_card(knots, name, decision) if name in knots.tangles else settle_committed(session, name, decision)
    left = _left(session, dry_run)
    if as_json:
        emit_json(ResolvedDocument("kanban-resolve/1", name, done, tuple(left), dry_run))
        return 0
    click.echo((_("would do: ") if dry_run else "") + _said(name, done))
    _tell_rest(session, knots, left)
    return 0


def _opened(context: click.Context) -> Session:
    """The session of this run, by our own side's rules where `board.yml` itself is torn."""
    try:
        return open_session(context)
    except BadBoard:
        session = Session(settings_of(context))
        data = read_file(session.root, BOARD_FILE).data or b""
        config = read_config(versions_of(data)[0])[0] if has_markers(data) else None
        if config is None:
            raise
        session.__dict__["config"] = config
        session.speak_as(config)
        return session


def _finish(session: Session, knots: Knots) -> int:
    """Settle what needs no decision and finish the merge or rebase, however often it stops; the rest is explained."""
    while True:
        for card, one in knots.tangles.items():
            if not one.undecided(knots.config):
                click.echo(_said(card, settle_card(knots, card, Decision())))
        knots = Knots.found(session)
        if knots.tangles or knots.others:
            return _explain_all(session, knots, everything=False, dry_run=False, as_json=False)
        if not go_on(session.repository):
            break
        knots = Knots.found(session)
    if session.repository.branch() is None:
        with repository_lock(session.repository.common_dir, 30.0):
            home = come_home(session, {}, ask if can_ask(as_json=False) else None)
        for line in home.told:
            click.echo(safe(line))
    click.echo(_("no merge is unfinished: `kanban sync` shares what you have"))
    return 0


def session_column(session: Session, name: str | None) -> str | None:
    """The key of the column that the user means, None when none was named."""
    return Board(session.config, ()).column_named(name).key if name else None


def _other(session: Session, knots: Knots, name: str) -> str | None:
    """The file in conflict that is meant and no card, by its path from the top or from where one is."""
    top = session.repository.toplevel
    here = Path(session.settings.directory).absolute() / name
    from_top = here.relative_to(top).as_posix() if top is not None and here.is_relative_to(top) else name
    return next((path for path in (name, from_top, session.prefix + name) if path in knots.others), None)


def _named(session: Session, knots: Knots, name: str) -> str:
    """The card meant: one in a knot by its id, else any of the board."""
    wanted = Path(name).name.removesuffix(".md")
    if wanted in knots.tangles:
        return wanted
    fits = [card for card in knots.tangles if card.startswith(wanted)]
    if len(fits) == 1:
        return fits[0]
    if session.board.find(wanted) is None and knots.tangles:
        raise NotFound(
            _("there is no card “{name}” in conflict").format(name=name),
            cure=_("these are: {ids}").format(ids=", ".join(knots.tangles)),
        )
    return session.board.named(name).id


def _said(card: str, path: str) -> str:
    return (
        _("{card}: settled in {path}").format(card=card, path=path) if path else _("{card}: removed").format(card=card)
    )


def _left(session: Session, dry_run: bool) -> list[str]:
    knots = Knots.found(session)
    return [*knots.tangles, *knots.others]


def _tell_rest(session: Session, knots: Knots, left: list[str]) -> None:
    if left:
        text = ngettext("{count} left: {names}", "{count} left: {names}", len(left))
        click.echo(text.format(count=len(left), names=", ".join(left)))
    elif knots.merging is not None:
        click.echo(_("nothing is left: type `{command}`").format(command="kanban resolve --finish"))

    for limit in exceeded(session.read_board()) if not left else ():
        text = _("{name} now holds {count} cards, its limit is {limit}")
        said = text.format(name=limit.title, count=limit.count, limit=limit.limit)
        click.echo(_("note:") + " " + said, err=True)


def _explain_all(session: Session, knots: Knots, *, everything: bool, dry_run: bool, as_json: bool) -> int:
    settled = []
    for card, one in knots.tangles.items() if everything else ():
        if not one.undecided(knots.config):
            settled.append((card, settle_card(knots, card, Decision(dry_run=dry_run))))
    done = {card for card, _path in settled}
    open_ones = [one for card, one in knots.tangles.items() if card not in done]
    doubled = sorted(set(session.read_board().duplicates) - set(knots.tangles)) if knots.merging is None else []
    if as_json:
        emit_json(_document(knots, open_ones, settled, doubled))
        return FINDINGS if open_ones or knots.others or doubled else 0
    for card, path in settled:
        click.echo((_("would do: ") if dry_run else "") + _said(card, path))
    for one in open_ones:
        _explain(knots, one)
    for path in knots.others:
        click.echo(_("{path}: no card; both sides changed it").format(path=path))
        click.echo(f"  → kanban resolve {typed(path)} --take mine|theirs")
    for card in doubled:
        columns = "|".join(copy.column for copy in session.board.duplicates[card])
        click.echo(_("{card} stands in several columns").format(card=card))
        click.echo(f"  → kanban resolve {typed(card)} {columns}")
    if not (settled or open_ones or knots.others or doubled):
        click.echo(_("no card is in conflict"))
    elif not (open_ones or knots.others or doubled):
        _tell_rest(session, knots, [])
    return FINDINGS if open_ones or knots.others or doubled else 0


def _explain(knots: Knots, one: Tangle) -> None:
    reasons = one.undecided(knots.config)
    click.echo(click.style(one.card, bold=True) + ": " + told(knots, one))
    for reason in reasons:
        click.echo(f"  - {reason}")
    click.echo("  → " + to_type(one, reasons))


def _document(
    knots: Knots, left: list[Tangle], settled: list[tuple[str, str]], doubled: list[str]
) -> ConflictsDocument:
    asked = [(one, one.undecided(knots.config)) for one in left]
    return ConflictsDocument(
        "kanban-resolve/1",
        knots.merging.operation if knots.merging else None,
        tuple(Knotted(one.card, one.kind, told(knots, one), tuple(why), to_type(one, why)) for one, why in asked),
        tuple(Settled(*one) for one in settled),
        tuple(knots.others),
        tuple(doubled),
    )
