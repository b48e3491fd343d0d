"""Finds the cards that a merge left in a knot, and tells what happened to each in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kanban.commands.base.session import Session
from kanban.i18n import _
from kanban.model.cards.assembly import layout_of
from kanban.model.cards.boardfile import BoardFile
from kanban.model.settings.board_yml import BoardConfig
from kanban.repository.merge.merging import merging, unmerged, who_changed
from kanban.review.merge import conflict as kinds
from kanban.review.merge.conflict import Copy, Tangle, copies

if TYPE_CHECKING:
    from kanban.repository.git.repository import Repository
    from kanban.repository.merge.merging import Merging


@dataclass(frozen=True)
class Knots:
    """The unfinished operation (None: none, or one without sides, like a stash) and the cards it left."""

    session: Session
    merging: Merging | None
    unmerged: dict[str, dict[int, str]]

    @classmethod
    def found(cls, session: Session) -> Knots:
        """What there is."""
        return cls(session, merging(session.repository), unmerged(session.repository))

    @property
    def repository(self) -> Repository:
        """The repository around the board."""
        return self.session.repository

    @cached_property
    def config(self) -> BoardConfig:
        """The board's rules: as they stand on disk, else as the own side had them (they may be torn themselves)."""
        return self.session.config

    @cached_property
    def tangles(self) -> dict[str, Tangle]:
        """The tangled cards by id."""
        sides = self._sides()
        layout = layout_of(self.config)
        ids = {place[1] for path in self.board_paths if (place := layout.place(path)) is not None}
        return {card: Tangle(card, *(_one(side.get(card, ())) for side in sides)) for card in sorted(ids)}

    @cached_property
    def board_paths(self) -> list[str]:
        """The unmerged paths of the board, relative to it, and those of cards that stand twice in the index."""
        prefix = self.session.prefix
        paths = [path.removeprefix(prefix) for path in self.unmerged if path.startswith(prefix)]
        if self.merging is not None:
            staged = self.repository.files_in_index(prefix)
            doubled = copies((file for file in staged if file.stage == 0), layout_of(self.config))
            paths += [copy.path for found in doubled.values() if len(found) > 1 for copy in found]
        return sorted(set(paths))

    @property
    def others(self) -> tuple[str, ...]:
        """Unmerged paths that are no cards: to be settled by hand."""
        layout, prefix = layout_of(self.config), self.session.prefix
        return tuple(
            sorted(p for p in self.unmerged if not p.startswith(prefix) or not layout.place(p.removeprefix(prefix)))
        )

    def paths_of(self, card: str) -> list[str]:
        """Every path of the card in the index or on disk, relative to the repository."""
        prefix, layout = self.session.prefix, layout_of(self.config)
        staged = {file.path for file in self.repository.files_in_index(prefix)}
        on_disk = {one.path for one in self.session.read_board().cards}
        places = ((path, layout.place(path)) for path in sorted(staged | on_disk))
        return [prefix + path for path, place in places if place is not None and place[1] == card]

    def who(self, card: str) -> tuple[str, str]:
        """Who last changed the card on either side; the words `mine` and `theirs` where nobody is known."""
        one, merging = self.tangles[card], self.merging
        if merging is None:
            return _("you"), _("the other side")
        paths = {self.session.prefix + copy.path for copy in (one.base, one.mine, one.theirs) if copy}
        names = [who_changed(self.repository, merging.base, side, paths) for side in (merging.mine, merging.theirs)]
        return names[0] or _("you"), names[1] or _("the other side")

    def _sides(self) -> list[dict[str, tuple[Copy, ...]]]:
        """Base, mine, theirs: the copies of every card."""
        layout, prefix = layout_of(self.config), self.session.prefix
        if self.merging is None:
            return [copies(self._stage(stage), layout) for stage in (1, 2, 3)]
        trees = (self.merging.base, self.merging.mine, self.merging.theirs)
        return [copies(self.repository.files_at(tree, prefix), layout) if tree else {} for tree in trees]

    def _stage(self, stage: int) -> list[BoardFile]:
        """The files of one stage; for the two sides also the settled ones, which stand beside a conflict."""
        files = self.repository.files_in_index(self.session.prefix)
        return [file for file in files if file.stage == stage]


def _one(found: tuple[Copy, ...]) -> Copy | None:
    return found[0] if found else None


def told(knots: Knots, one: Tangle) -> str:
    """What happened to the card, with the names of who did it."""
    mine, theirs = knots.who(one.card)
    names = {column.key: column.title for column in knots.config.columns}

    def place(copy: Copy | None) -> str:
        return names.get(copy.column, copy.column) if copy is not None else ""

    texts = {
        kinds.TWO_COLUMNS: _("{mine} moved it to {here}, {theirs} moved it to {there}"),
        kinds.SAME_NAME: _("{mine} and {theirs} each made a new card of this name, for different customers"),
        kinds.BOTH_NEW: _("{mine} and {theirs} each made this card"),
        kinds.MOVED: _("one side moved it ({here} for {mine}, {there} for {theirs}) while the other changed it"),
        kinds.EDITED: _("{mine} and {theirs} both changed it in {here}"),
        kinds.MISPLACED: _("it is new in {here}{there}, and git guessed that its folder was renamed"),
        kinds.UNREADABLE: _("{mine} and {theirs} both changed it, and one version cannot be read"),
    }
    if one.kind == kinds.REMOVED:
        gone, kept, side = (mine, theirs, one.theirs) if one.mine is None else (theirs, mine, one.mine)
        return _("{gone} removed it, {kept} changed it ({where})").format(gone=gone, kept=kept, where=place(side))
    return texts[one.kind].format(mine=mine, theirs=theirs, here=place(one.mine), there=place(one.theirs))


def to_type(one: Tangle, reasons: tuple[str, ...]) -> str:
    """The command that settles the card."""
    words = ["kanban resolve", one.card]
    if one.kind == kinds.SAME_NAME:
        return " ".join([*words, "--split", _("NEW-NAME")])
    if one.kind == kinds.UNREADABLE:
        return " ".join([*words, "--take mine|theirs"])
    if one.kind == kinds.REMOVED:
        side = one.mine or one.theirs
        keep = " ".join([*words, side.column if side else ""])
        return _("{keep} (to keep it) or {drop} (to remove it)").format(keep=keep, drop=" ".join([*words, "--remove"]))
    if one.kind == kinds.TWO_COLUMNS and one.mine and one.theirs:
        words.append(f"{one.mine.column}|{one.theirs.column}")
    merged = one.merged()
    if merged is not None and not merged.clean and reasons:
        words.append("--take mine|theirs")
    return " ".join(words)
