"""Settles one card: writes the merged file where it belongs and clears the rest, or says what must be decided first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from kanban.commands.base.session import Session
from kanban.commands.base.write_verb import publication_of
from kanban.commands.together.conflicts import to_type, told
from kanban.errors import KanbanError, NotFound, Refused
from kanban.gestures.base.change import PathChange
from kanban.gestures.base.gesture import Gesture, card_trailers
from kanban.i18n import _
from kanban.model.cards.slug import slug
from kanban.model.text.cardfile import parse_document
from kanban.paper.plain import typed
from kanban.pull.contact import most_bullets
from kanban.repository.disk.storage import read_regular
from kanban.repository.merge.merging import keep_aside
from kanban.repository.read.boards import content_at
from kanban.repository.write.rewriting import settle
from kanban.repository.write.writing import writing
from kanban.review.merge.answer import fitting
from kanban.review.merge.card import MINE, CardMerge
from kanban.review.merge.conflict import MISPLACED, REMOVED, SAME_NAME, UNREADABLE, Copy, Tangle, field_told, folded
from kanban.review.merge.markers import has_markers

if TYPE_CHECKING:
    from kanban.commands.together.conflicts import Knots
    from kanban.model.cards.card import Card
    from kanban.model.settings.board_yml import BoardConfig


@dataclass(frozen=True, slots=True)
class Decision:
    """What the user decided. `column` is a column key, `split` the new id of the own card of two under one name."""

    column: str | None = None
    take: str = ""
    split: str | None = None
    remove: bool = False
    dry_run: bool = False


def settle_card(knots: Knots, card: str, decision: Decision) -> str:
    """Settle a card of an unfinished merge: its path, "" when it is gone. Raises `Refused` with what is undecided."""
    one = knots.tangles[card]
    if decision.split is not None:
        return _split(knots, one, decision.split, decision.dry_run)
    if one.kind == UNREADABLE and (mended := _mended_by_hand(knots, one)) is not None and not decision.take:
        _carry_out(knots, [card], mended, decision.dry_run)
        return next(iter(mended))
    reasons = one.undecided(knots.config, column=decision.column, take=decision.take, remove=decision.remove)
    if reasons:
        raise Refused(f"{card}: {told(knots, one)}", reasons, cure=to_type(one, reasons))
    writes = {} if _goes(one, decision) else _written(knots, one, decision)
    _carry_out(knots, [card], writes, decision.dry_run)
    return next(iter(writes), "")


def _goes(one: Tangle, decision: Decision) -> bool:
    return decision.remove or (one.mine is None and one.theirs is None)


def _written(knots: Knots, one: Tangle, decision: Decision) -> dict[str, bytes]:
    if one.kind == UNREADABLE:
        whole = one.mine if decision.take == MINE else one.theirs
        if whole is None:
            raise KanbanError(_("{card} cannot be read").format(card=one.card), cure=to_type(one, ()))
        return {knots.session.prefix + whole.path: whole.data}
    merged = one.merged(decision.take, bullets=most_bullets(knots.config))
    side = one.mine or one.theirs
    if merged is None or side is None:
        raise KanbanError(_("{card} cannot be read").format(card=one.card), cure=to_type(one, ()))
    column = decision.column or one.column or side.column
    if one.kind in (MISPLACED, REMOVED) and decision.column is None:
        column = side.column
    folder = next(c.directory for c in knots.config.columns if c.key == column)
    return {knots.session.prefix + one.path_in(column, folder): fitting(merged.data, column, one, knots.config)}


def _mended_by_hand(knots: Knots, one: Tangle) -> dict[str, bytes] | None:
    """The file as somebody put it right on disk; None while it is still torn or cannot be read."""
    top = knots.repository.toplevel
    for path in knots.paths_of(one.card) if top is not None else ():
        found = read_regular(top, path) if top is not None else None
        if found is not None and not has_markers(found[0]) and parse_document(found[0]).readable:
            return {path: found[0]}
    return None


def settle_other(knots: Knots, path: str, take: str, *, dry_run: bool) -> None:
    """Settle a file that is no card: a side's version as a whole, or as somebody put it right on disk."""
    merging, top = knots.merging, knots.repository.toplevel
    if take and merging is not None:
        data = content_at(knots.repository, merging.mine if take == MINE else merging.theirs, path)
    else:
        found = read_regular(top, path) if top is not None else None
        data = found[0] if found is not None else None
        if take or (data is not None and has_markers(data)):
            cure = f"kanban resolve {typed(path)} --take mine|theirs"
            raise Refused(_("{path} still holds what both sides made of it").format(path=path), cure=cure)
    if not dry_run:
        settle(knots.repository, {path: data} if data is not None else {}, [path])


def _split(knots: Knots, one: Tangle, name: str, dry_run: bool) -> str:
    """Two opportunities under one name: theirs keeps it, since others may know it by it; mine gets the new one."""
    if one.mine is None or one.theirs is None or one.kind not in (SAME_NAME, "both-new"):
        raise Refused(_("{card} is one opportunity: there is nothing to split").format(card=one.card))
    if slug(name) != name:
        raise KanbanError(
            _("“{name}” cannot be a card's name").format(name=name),
            cure=_("as in `--split {name}`").format(name=slug(name) or f"{one.card}-2"),
        )
    if knots.session.read_board().find(name) is not None:
        raise Refused(_("there is a card {name} already").format(name=name), cure=_("choose another name"))
    folder, _slash, _file = one.mine.path.rpartition("/")
    prefix = knots.session.prefix
    path = f"{prefix}{folder}/{name}.md"
    _carry_out(knots, [one.card], {path: one.mine.data, prefix + one.theirs.path: one.theirs.data}, dry_run)
    return path


def _carry_out(knots: Knots, cards: list[str], writes: dict[str, bytes], dry_run: bool) -> None:
    if dry_run:
        return
    paths = [path for card in cards for path in knots.paths_of(card)]
    for card in cards:
        _keep_what_was_typed(knots, card, paths)
    settle(knots.repository, writes, paths)


def _keep_what_was_typed(knots: Knots, card: str, paths: list[str]) -> None:
    """A file that holds neither side's bytes may hold somebody's attempt: a copy is kept, and its place told."""
    one, top = knots.tangles[card], knots.repository.toplevel
    known = {side.data for side in (one.base, one.mine, one.theirs) if side is not None}
    for path in paths:
        file = top / path if top is not None else None
        if file is None or file.is_symlink() or not file.is_file():
            continue
        data = file.read_bytes()
        if data not in known:
            aside = keep_aside(knots.repository, path, data)
            text = _("{path} as it stood, conflict markers included, is kept in {aside}")
            click.echo(_("note:") + " " + text.format(path=path, aside=aside), err=True)


def settle_committed(session: Session, card: str, decision: Decision) -> str:
    """A card that stands in several columns, or holds conflict markers, with no merge going on: cured by one commit."""
    with writing(session.repository, dry_run=decision.dry_run, include_edits=True) as moment:
        for _attempt in moment.attempts():
            found = [one for one in session.read_board().cards if one.id == card]
            if not found:
                raise NotFound(_("there is no card “{name}”").format(name=card))
            chosen, others = _chosen(session, found, decision)
            moment.publish(publication_of(_resolving(session, chosen, others, decision.take), session.prefix))
    return session.prefix + chosen.path


def _resolving(session: Session, chosen: Card, others: list[Card], take: str) -> Gesture:
    """The copy that stays, with what the others hold folded into it; they go."""
    kept = _copy(session, chosen)
    rest = [_copy(session, one) for one in others]
    merged = folded(kept, rest, take or ("mine" if others else ""))
    _check(chosen.id, merged, kept, rest, session.config)
    changes = [PathChange.removed(one.path) for one in others]
    if merged is not None and merged.data != kept.data:
        changes.append(PathChange(kept.path, merged.data, expected=kept.data))
    subject = f"{chosen.id}: resolved in {chosen.column}"
    why = [("Reason", _("it stood in several columns"))] if others else []
    return Gesture("resolve", subject, tuple(changes), (), (*card_trailers(chosen.id), *why))


def _chosen(session: Session, found: list[Card], decision: Decision) -> tuple[Card, list[Card]]:
    """The copy that stays and the others. Raises `Refused` when the user has to say which."""
    if len(found) == 1:
        return found[0], []
    fits = [one for one in found if one.column == decision.column]
    if not fits:
        columns = "|".join(one.column for one in found)
        text = _("{card} stands in several columns").format(card=found[0].id)
        raise Refused(text, [one.path for one in found], cure=f"kanban resolve {typed(found[0].id)} {columns}")
    return fits[0], [one for one in found if one is not fits[0]]


def _copy(session: Session, card: Card) -> Copy:
    return Copy(card.path, card.column, (session.root / card.path).read_bytes())


def _check(card: str, merged: object, kept: Copy, rest: list[Copy], config: BoardConfig) -> None:
    if not isinstance(merged, CardMerge):
        raise KanbanError(_("{card} cannot be read").format(card=card), cure=_("edit it by hand and commit it"))
    if not rest and not has_markers(kept.data):
        raise Refused(_("{card} is not in conflict: there is nothing to resolve").format(card=card))
    if merged.clean:
        return
    tangle = Tangle(card, None, kept, replace(kept, data=rest[0].data) if rest else None)
    reasons = [field_told(one, config) for one in merged.fields] + [
        _("the same notes were changed on both sides (both will be kept)")
    ] * bool(merged.notes)
    cure = f"kanban resolve {typed(tangle.card)} --take mine|theirs"
    raise Refused(_("{card} has two versions").format(card=card), reasons, cure=cure)
