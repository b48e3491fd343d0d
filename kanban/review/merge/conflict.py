"""A card that a merge left in a knot: what each side did to it, and what it takes to settle it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kanban.i18n import _
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.fields import label_of
from kanban.model.cards.layout import Layout
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.text.cardfile import parse_document
from kanban.review.merge.card import NOTHING, CardMerge, merge_cards
from kanban.review.merge.fields import FieldClash
from kanban.review.merge.markers import versions_of
from kanban.review.merge.notes import BULLETS

TWO_COLUMNS, SAME_NAME, BOTH_NEW, REMOVED, MOVED, EDITED, MISPLACED, UNREADABLE = (
    "two-columns",
    "same-name",
    "both-new",
    "removed",
    "moved-and-changed",
    "edited-twice",
    "misplaced",
    "unreadable",
)


@dataclass(frozen=True, slots=True)
class Copy:
    """One version of the card: where it stands and its bytes."""

    path: str
    column: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Tangle:
    """The card before (None: there was none) and on either side (None: gone, or never there)."""

    card: str
    base: Copy | None
    mine: Copy | None
    theirs: Copy | None

    @property
    def kind(self) -> str:
        """What happened, in one of the words above."""
        if self.mine is None or self.theirs is None:
            return REMOVED if self.base is not None else MISPLACED
        if any(not parse_document(side.data).readable for side in (self.mine, self.theirs)):
            return UNREADABLE
        if self.base is None and _account(self.mine) != _account(self.theirs):
            return SAME_NAME
        if self.column is None:
            return TWO_COLUMNS
        if self.base is None:
            return BOTH_NEW
        return MOVED if self.mine.column != self.theirs.column else EDITED

    @property
    def column(self) -> str | None:
        """The column that follows from what the sides did; None when each moved it elsewhere."""
        mine, theirs = (side.column if side else None for side in (self.mine, self.theirs))
        before = self.base.column if self.base else None
        if mine is None or theirs is None or mine == theirs:
            return mine or theirs
        if before in (mine, theirs):
            return theirs if mine == before else mine
        return None

    def merged(
        self, take: str = "", fields: Mapping[str, str] = NOTHING, *, bullets: int = BULLETS
    ) -> CardMerge | None:
        """The card's text from both sides; None when one cannot be read. `fields` decides some fields, by key, and a
        note may have so many `bullets`."""
        if self.mine is None or self.theirs is None:
            side = self.mine or self.theirs
            return CardMerge(side.data, (), ()) if side is not None else None
        base = self.base.data if self.base is not None else None
        return merge_cards(base, self.mine.data, self.theirs.data, take=take, choices=fields, bullets=bullets)

    @property
    def has_texts_that_clash(self) -> bool:
        """Whether both sides changed one paragraph, one bullet or one block of code, or nobody can tell."""
        merged = self.merged()
        return merged is None or bool(merged.notes)

    def path_in(self, column: str, folder: str) -> str:
        """Where the card goes: where a side has it in that column already, else straight into the folder."""
        for side in (self.mine, self.theirs, self.base):
            if side is not None and side.column == column:
                return side.path
        return f"{folder}/{self.card}.md"

    def undecided(
        self, config: BoardConfig, *, column: str | None = None, take: str = "", remove: bool = False
    ) -> tuple[str, ...]:
        """What nobody but the user can decide and has not, in sentences; () when it can be settled."""
        if remove or self.kind == MISPLACED:
            return ()
        if self.kind == REMOVED:
            return () if column else (_("one side removed the card, the other changed it"),)
        if self.kind == SAME_NAME:
            return (_("these are two opportunities under one name"),)
        merged = self.merged(take)
        if merged is None:
            return () if take else (_("one version cannot be read"),)
        found = [] if column or self.column else [_("each side moved it to another column")]
        found += [field_told(clash, config) for clash in merged.fields]
        if merged.notes:
            found.append(_("the same notes were changed on both sides (both will be kept)"))
        return tuple(found)


def field_told(clash: FieldClash, config: BoardConfig) -> str:
    """The two values of a field, by the name that people call it."""
    text = _("{field} is “{mine}” here and “{theirs}” there")
    return text.format(field=name_of(clash.key, config), mine=clash.mine, theirs=clash.theirs)


def name_of(key: str, config: BoardConfig) -> str:
    """What people call a field; what stands above the first one are comments."""
    return label_of(key, config) if key else _("comments")


def copies(files: Iterable[BoardFile], layout: Layout) -> dict[str, tuple[Copy, ...]]:
    """The copies of each card among some files, by id, in the order of their paths."""
    found: dict[str, tuple[Copy, ...]] = {}
    for file in sorted(files, key=lambda one: one.path):
        place = layout.place(file.path)
        if place is not None and file.data is not None:
            found[place[1]] = (*found.get(place[1], ()), Copy(file.path, place[0], file.data))
    return found


def folded(chosen: Copy, others: Iterable[Copy], take: str) -> CardMerge | None:
    """One card made of several copies, and of the versions that conflict markers in them tell of.

    Nothing is known of what was before: what all have stays once, further notes of each are kept, and a field that
    differs clashes unless `take` says that the first version (`mine`) or the last one (`theirs`) counts.
    """
    versions = list(dict.fromkeys(one for copy in (chosen, *others) for one in versions_of(copy.data)))
    result = CardMerge(versions[0], (), ())
    for version in versions[1:]:
        merged = merge_cards(None, result.data, version, take=take)
        if merged is None or not merged.clean:
            return merged
        result = merged
    return result


def _account(copy: Copy) -> str:
    field = parse_document(copy.data).get("account")
    return field.text.casefold().strip() if field is not None else ""
