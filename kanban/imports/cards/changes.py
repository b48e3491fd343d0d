"""What an import does to each card: new, changed where the export changed and nobody here did, or a question."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kanban.i18n import _
from kanban.imports.cards.known import Known, Written
from kanban.imports.deals.deal import Deal, Passage, Value
from kanban.imports.deals.reading import ORIGIN, Taken
from kanban.imports.mapping.mapping import OWN_TABLE
from kanban.imports.trouble import Trouble
from kanban.model.cards.card import Card
from kanban.model.cards.fields import label_of
from kanban.model.cards.slug import slug
from kanban.model.history.events import History
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.typed.choices import fold

NOTHING: Mapping[str, Value] = {}


@dataclass(frozen=True, slots=True)
class CardChange:
    """One card after the import. `card` is None for a new one, called `id`; `passages` are the steps that are new.

    `fields` are those that change, None for one that goes.
    """

    deal: Deal
    id: str
    card: Card | None
    passages: tuple[Passage, ...]
    fields: Mapping[str, Value | None]


@dataclass(frozen=True)
class Changes:
    """What is to be done, what stays as it is, and what a person has to say."""

    new: tuple[CardChange, ...]
    changed: tuple[CardChange, ...]
    same: int
    questions: tuple[Trouble, ...]
    absent: tuple[str, ...] = ()
    """Open cards that an earlier export of this kind had and this one has not, when it is a newer one of the same."""

    @property
    def all(self) -> tuple[CardChange, ...]:
        """Every card that is touched."""
        return (*self.new, *self.changed)


def changes_of(
    taken: Taken,
    known: Known,
    history: History,
    config: BoardConfig,
    file: str,
    theirs: Collection[str],
    *,
    today: date,
) -> Changes:
    """Compare the deals with what is here. `theirs` names cards for which the export is right in every question."""
    deals = taken.deals
    new: list[CardChange] = []
    changed: list[CardChange] = []
    questions: list[Trouble] = []
    names = _Names(known.taken, config.language)
    same = 0
    for deal in deals:
        card = known.cards.get(deal.origin)
        if card is None and deal.origin in known.deleted:
            said = _("{name} was deleted here, and the export still has it").format(name=deal.name)
            questions.append(Trouble(file, deal.line, said, _("delete it there, or pass its row over"), deal.name))
        elif card is None:
            fields = dict(deal.fields)
            new.append(CardChange(deal, names.free(deal.name), None, deal.passages, fields))
        elif _is_another(deal, card) and card.id not in theirs:
            questions.append(Trouble(file, deal.line, *_another(deal, card), card.id))
        else:
            found = _Meeting(deal, card, known.written.get(deal.origin), config, card.id in theirs)
            asked = [Trouble(file, deal.line, said, _cure(card.id), card.id) for said in found.questions]
            questions += asked
            steps = found.steps(history, today)
            if found.fields or steps:
                changed.append(CardChange(deal, card.id, card, steps, found.fields))
            elif not asked:
                same += 1
    absent = _absent(taken, known, config) if any(deal.origin in known.cards for deal in deals) else ()
    return Changes(tuple(new), tuple(changed), same, tuple(questions), absent)


def _absent(taken: Taken, known: Known, config: BoardConfig) -> tuple[str, ...]:
    is_open = {column.key for column in config.open_columns}
    gone = (card for origin, card in known.cards.items() if taken.lacks(origin))
    return tuple(sorted(card.id for card in gone if card.column in is_open))


def _is_another(deal: Deal, card: Card) -> bool:
    """Whether a number in a table of one's own is that of another table's deal: nothing is called what it was."""
    if not deal.origin.startswith(f"{OWN_TABLE}:"):
        return False
    named = [key for key in ("title", "account") if deal.fields.get(key)]
    return len(named) == 2 and all(fold(str(deal.fields[key])) != fold(card.get(key)) for key in named)


def _another(deal: Deal, card: Card) -> tuple[str, str]:
    reason = _("{card} came from a row with the same id, and this one is called “{name}”")
    cure = _(
        "it stays as it is here; if that is another table, give it a name in its mapping, `system: NAME`; if it is the "
        "same deal: `--theirs {card}`"
    )
    return reason.format(card=card.id, name=deal.name), cure.format(card=card.id)


def _cure(card: str) -> str:
    return _("it stays as it is here; `--theirs {card}` takes the export's").format(card=card)


class _Names:
    """Free file names, also for the three hundredth deal of one customer."""

    def __init__(self, taken: Collection[str], language: str) -> None:
        self.taken, self.language = set(taken), language
        self.next: dict[str, int] = {}

    def free(self, name: str) -> str:
        base = slug(name, self.language) or "card"
        number = self.next.get(base, 1)
        found = base if number == 1 else f"{base}-{number}"
        while found in self.taken:
            number += 1
            found = f"{base}-{number}"
        self.next[base] = number + 1
        self.taken.add(found)
        return found


class _Meeting:
    """A deal and its card: each part takes the side that changed since the last import; where both did, it is asked."""

    def __init__(self, deal: Deal, card: Card, written: Written | None, config: BoardConfig, theirs: bool) -> None:
        self.deal, self.card, self.written, self.config, self.theirs = deal, card, written, config, theirs
        self.fields: dict[str, Value | None] = {}
        self.questions: list[str] = []
        for key in self._keys():
            self._meet(key)
        self.moves = self._moves()

    def _keys(self) -> Iterator[str]:
        """The fields that either export has, but for the one by which they met."""
        before = self.written.fields if self.written is not None else NOTHING
        yield from (key for key in dict.fromkeys((*self.deal.fields, *before)) if key != ORIGIN)

    def _meet(self, key: str) -> None:
        raw = self.card.raw.get(key)
        here: Value | None = (raw.value or None) if raw is not None else None
        there = self.deal.fields.get(key)
        if here == there:
            return
        before = self.written.fields.get(key) if self.written is not None else None
        if self.written is not None and there == before:
            return
        if (self.written is not None and here == before) or self.theirs:
            self.fields[key] = there
            return
        said = _("{card}, {label}: `{here}` here, `{there}` in the export, and both are new")
        label = label_of(key, self.config)
        self.questions.append(said.format(card=self.card.id, label=label, here=_text(here), there=_text(there)))

    def _moves(self) -> bool:
        here, there = self.card.column, self.deal.column
        before = self.written.column if self.written is not None else None
        if there in (here, before):
            return False
        if here == before or self.theirs:
            return True
        said = _("{card} stands in {here} here and in {there} in the export, and both are new")
        self.questions.append(said.format(card=self.card.id, here=here, there=there))
        return False

    def steps(self, history: History, today: date) -> tuple[Passage, ...]:
        """The steps since the last import; where the export tells its past otherwise now, the last one alone.

        One that tells of no step but the first day says where the deal stands now, not since when: that is today's.
        """
        if not self.moves:
            return ()
        passages = self.deal.passages
        told = self.written.steps if self.written is not None else 0
        follows = 0 < told < len(passages) and passages[told - 1].column == self.card.column
        found = passages[told:] if follows else passages[-1:]
        if len(passages) == 1:
            found = (replace(passages[0], day=today),)
        events = history.of(self.card.id)
        last = events[-1].at.date() if events else date.min
        return tuple(Passage(max(one.day, last), one.column, one.author, one.fields) for one in found)


def _text(value: Value | None) -> str:
    return "" if value is None else value if isinstance(value, str) else ", ".join(value)
