"""What nobody but a person can decide about a card that both sides changed, as questions with their answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kanban.i18n import _
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.text.cardfile import parse_document
from kanban.model.text.edit.splice import remove_field
from kanban.pull.contact import most_bullets
from kanban.review.merge.card import MINE, THEIRS
from kanban.review.merge.conflict import REMOVED, UNREADABLE, Tangle, name_of
from kanban.review.merge.fields import first_of

REMOVE = "remove"
COLUMN, FIELD, WHOLE = "column", "field", "whole"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was decided about one card: the column (its key), a side for each field, a side for all else, or to go."""

    column: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    take: str = ""
    remove: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """`about` is `column`, `field` (then `key` names it) or `whole`; `choices` are words to answer with, and what each
    stands for."""

    card: str
    about: str
    text: str
    choices: tuple[tuple[str, str], ...]
    key: str = ""

    def answered(self, word: str, so_far: Answer) -> Answer:
        """The answer with this question's word in it."""
        if word == REMOVE:
            return Answer(remove=True)
        if self.about == FIELD:
            return Answer(so_far.column, {**so_far.fields, self.key: word}, so_far.take)
        if word in (MINE, THEIRS):
            return Answer(so_far.column, so_far.fields, word)
        return Answer(word, so_far.fields, so_far.take)


def questions(one: Tangle, answer: Answer, config: BoardConfig, who: str) -> Iterator[Question]:
    """What is still open about a card; `who` is the other's name. Notes are never asked for: both are kept."""
    if answer.remove or (answer.take and one.kind in (REMOVED, UNREADABLE)):
        return
    sides = ((MINE, _("yours")), (THEIRS, who))
    if one.kind == REMOVED:
        side = one.mine or one.theirs
        if side is not None and not answer.column:
            text = _("{who} removed it, you changed it") if one.mine else _("you removed it, {who} changed it")
            keep = (side.column, _("keep it in {column}").format(column=_title(config, side.column)))
            yield Question(one.card, WHOLE, text.format(who=who), (keep, (REMOVE, _("remove it"))))
        return
    if one.kind == UNREADABLE:
        yield Question(one.card, WHOLE, _("both sides changed it, and one version cannot be read"), sides)
        return
    if one.mine is None or one.theirs is None:
        return
    if one.column is None and not (answer.column or answer.take):
        mine, theirs = (_title(config, side.column) for side in (one.mine, one.theirs))
        text = _("you moved it to {mine}, {who} moved it to {theirs}").format(mine=mine, theirs=theirs, who=who)
        yield Question(one.card, COLUMN, text, ((one.mine.column, mine), (one.theirs.column, theirs)))
    merged = one.merged(answer.take, answer.fields, bullets=most_bullets(config))
    clashes = merged.fields if merged is not None else ()
    for first in dict.fromkeys(first_of(clash.key) for clash in clashes):
        if first == "lost_reason" and one.column is None and _kind(config, answer.column) != "lost":
            continue  # the column decides
        group = [clash for clash in clashes if first_of(clash.key) == first]
        mine, theirs = (_told(clash.mine for clash in group), _told(clash.theirs for clash in group))
        text, key = _("{field}: yours is {mine}, that of {who} is {theirs}"), group[0].key
        said = text.format(field=name_of(key, config), mine=mine, theirs=theirs, who=who)
        yield Question(one.card, FIELD, said, sides, key)


def _told(values: Iterable[str]) -> str:
    said = ", ".join(value for value in values if value)
    return _("“{text}”").format(text=said) if said else _("empty")


def settled(one: Tangle, answer: Answer, config: BoardConfig) -> tuple[str, bytes] | None:
    """Where the card stands and what it holds, once nothing is open; None when it goes.

    What belongs to a loss alone goes when the card is not lost after all.
    """
    side = {MINE: one.mine, THEIRS: one.theirs}.get(answer.take)
    if answer.remove or (one.kind == REMOVED and answer.take and side is None):
        return None
    if one.kind == UNREADABLE or side is None:
        side = side or one.mine or one.theirs
    if side is None:
        return None
    column = answer.column or (side.column if answer.take else "") or one.column or side.column
    if one.kind in (REMOVED, UNREADABLE):
        return column, side.data
    merged = one.merged(answer.take or MINE, answer.fields, bullets=most_bullets(config))
    data = merged.data if merged is not None else side.data
    return column, fitting(data, column, one, config)


def fitting(data: bytes, column: str, one: Tangle, config: BoardConfig) -> bytes:
    """The merged text without the reason of a loss, when the card ends elsewhere than where one side had lost it."""
    parted = one.mine is not None and one.theirs is not None and one.mine.column != one.theirs.column
    if parted and _kind(config, column) != "lost" and parse_document(data).get("lost_reason") is not None:
        return remove_field(data, "lost_reason")
    return data


def _title(config: BoardConfig, key: str) -> str:
    column = config.column(key)
    return column.title if column is not None else key


def _kind(config: BoardConfig, key: str) -> str:
    column = config.column(key)
    return column.kind if column is not None else ""
