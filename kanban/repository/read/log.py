"""The history of a board, from git's log or, as far as it is known already, from the cache."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from datetime import tzinfo
from functools import partial
from typing import NamedTuple

from kanban.beside import Beside, Letter, collector_resting, may_fork
from kanban.model.cards.layout import Layout
from kanban.model.history.commits import Commit
from kanban.model.history.events import History
from kanban.model.history.history import Past, read_past
from kanban.model.history.new_commits import Growth, grow
from kanban.repository.git.rawlog import Progress
from kanban.repository.git.repository import Repository
from kanban.repository.kept.cache import Cache, KnownPast
from kanban.repository.kept.past_by_card import Gone
from kanban.repository.read.growing import growth_since
from kanban.repository.read.source import FEW, Kept, Looked, Source
from kanban.values import dataclass

WORTH_KEEPING = 500
"""A history of fewer commits is read as quickly as a cache."""
WORTH_WRITING = 100
"""The cache is written anew when at least so many commits separate it from the head: a few are quickly added again.

Also after a merge or a rewriting, so that what follows is one line of commits once more: only such a line is quick."""

WORTH_BEGINNING = 300
"""Cards from which on a history that nothing is known of is read in a process of its own."""


def read_history(
    repository: Repository,
    *,
    prefix: str,
    layout: Layout,
    zone: tzinfo,
    renames: Mapping[str, str] | None = None,
    revision: str = "HEAD",
    first_parent: bool = False,
    progress: Progress | None = None,
    cached: bool = True,
    only: Collection[str] | None = None,
    looked: Looked | None = None,
) -> History:
    """All events of the board in folder `prefix`, over every commit reachable from `revision` (a name or an id).

    `renames` maps the ids that cards had before to those they have now. A repository without commits has no events.
    `first_parent`: only the main line counts, a merge being one step with its own date. Of contents, only the versions
    of `board.yml` are read, so a partial clone stays partial. A shallow clone is read as far as it goes and says so
    (`History.shallow`). With `cached=False` the cache is neither used nor written; the answer is the same.

    With `only`, events of other cards than these may be left out, but for those that a commit touches which is unusual:
    one of `MANY` events, or dated after it was made or before what had happened. Who asks for some and then for others
    gives the same `looked` again, as long as nothing else is another.
    """
    looked = looked or Looked()
    if looked.whole is not None:
        return looked.whole
    head = repository.head() if revision == "HEAD" else repository.resolve(revision)
    if head is None:
        return History(())
    shallow = repository.is_shallow()
    reader = _Reader(Source(repository, head, prefix.strip("/"), layout, _composed(renames), first_parent, progress))
    with collector_resting():
        if looked.begun is not None:
            looked.kept, looked.begun = reader.read_beside(looked.begun, cached), None
        if only is not None and not shallow and (cached or looked.kept is not None):
            some = reader.read_some(only, looked)
            if some is not None:
                return replace(some[0], head=head).history(zone, known=some[1])
        past = reader.read_all(looked, cached and not shallow)
        looked.whole = replace(past, head=head).history(zone, shallow=shallow)
    return looked.whole


def read_columns(
    repository: Repository,
    looked: Looked,
    *,
    prefix: str,
    layout: Layout,
    renames: Mapping[str, str],
    first_parent: bool = False,
    cached: bool = True,
) -> KnownPast | None:
    """The past of many cards up to the head, no event of it made yet: as a reading begun beside gives it, or as kept.

    None where neither is at hand.
    """
    head = repository.head()
    if head is None or not (looked.begun or cached) or repository.is_shallow():
        return None
    reader = _Reader(Source(repository, head, prefix.strip("/"), layout, _composed(renames), first_parent))
    with collector_resting():
        if looked.begun is None:
            return reader.in_columns()
        found, looked.begun = reader.read_beside(looked.begun, cached), None
    return found and found[0]


def begin(
    repository: Repository,
    *,
    cards: Callable[[], int],
    prefix: str,
    layout: Layout,
    renames: Callable[[], Mapping[str, str]] | Letter,
    revision: str,
    first_parent: bool = False,
    cached: bool = True,
    shown: Callable[[], AbstractContextManager[Progress | None]] = nullcontext,
) -> Looked:
    """Begin to read a history that nothing is known of, beside whatever is done until `read_history` is given this.

    `cards` tells how many there are, as far as they are counted: the past of a few is read when it is asked for.
    `renames` are asked for while git lists the commits, or are a letter where they are not known yet, in which
    `say_renames` says them. `shown` is entered by whoever reads, and told how far that is.
    """
    looked = Looked()
    head = repository.head() if revision == "HEAD" else repository.resolve(revision)
    if head is None or repository.is_shallow() or not may_fork() or cards() < WORTH_BEGINNING:
        return looked
    source = Source(repository, head, prefix.strip("/"), layout, {}, first_parent)
    if cached and _Reader(source).knows_anything():
        return looked
    letter = renames if isinstance(renames, Letter) else Letter()
    looked.begun = Beside(partial(_Reader(source).packed, shown, letter))
    if not isinstance(renames, Letter):
        say_renames(letter, renames())
    return looked


def say_renames(letter: Letter, renames: Mapping[str, str]) -> None:
    """Say the former names for which a reading waits."""
    letter.send(json.dumps(dict(renames)).encode())


def _composed(renames: Mapping[str, str] | None) -> dict[str, str]:
    return {unicodedata.normalize("NFC", old): new for old, new in (renames or {}).items()}


class Grown(NamedTuple):
    """The past of the cards that some new commits touch, before these commits and after."""

    cards: frozenset[str]
    before: History
    after: History


def read_grown(
    repository: Repository,
    since: str,
    *,
    prefix: str,
    layout: Layout,
    zone: tzinfo,
    renames: Mapping[str, str],
    first_parent: bool = False,
) -> Grown | None:
    """What the commits after `since`, up to the head, do to the cards that they touch.

    None unless that can be told from what is kept: one line of a few commits that leave `board.yml` as it is.
    """
    head = repository.head()
    if head is None or repository.is_shallow():
        return None
    reader = _Reader(Source(repository, head, prefix.strip("/"), layout, _composed(renames), first_parent))
    with collector_resting():
        found = reader.read_grown(since)
        if found is None:
            return None
        cards, before, after, known = found
        old = replace(before, head=since).history(zone, known=known)
        new = replace(after, head=head).history(zone, known=known)
    return Grown(cards, old.only(cards), new.only(cards))


@dataclass(frozen=True)
class _Reader:
    """One reading: from the start, or on top of what is known."""

    source: Source

    @property
    def _cache(self) -> Cache:
        source = self.source
        return Cache(source.repository.common_dir, source.prefix, source.layout, source.renames, source.first_parent)

    def read(self, told: Iterator[Commit] | None = None) -> Past:
        """The past from the start; `told` are its commits, where they were begun to be told."""
        from kanban.repository.read.following import follow

        reading = follow(self.source, told)
        return read_past(reading.lines, reading.ask, reading.followed, reading.settings)

    def read_all(self, looked: Looked, cached: bool) -> Past:
        """All of the past, from what was looked up already where that is all there is."""
        known, growth = looked.kept or (None, None)
        with suppress(Gone):
            past = known.past() if known is not None and growth is None else None
            if past is not None:
                return past
        return self.read_with_cache() if cached else self.read()

    def packed(
        self, shown: Callable[[], AbstractContextManager[Progress | None]], letter: Letter | None = None
    ) -> bytes:
        """The past as it is kept, read from the start; former names are in the letter, if there is one."""
        with collector_resting(), shown() as progress:
            from kanban.repository.read.following import begun

            told = begun(source := replace(self.source, progress=progress))
            known = source.renames if letter is None else _composed(json.loads(letter.words()))
            reader = _Reader(replace(source, renames=known))
            return reader._cache.packed(reader.read(told))

    def knows_anything(self) -> bool:
        """Whether something is kept that a reading could go on from."""
        return self._cache.is_there()

    def read_beside(self, begun: Beside, cached: bool) -> tuple[KnownPast, None] | None:
        """What a reading that was begun beside gives, kept where that is worth it; None where it cannot be packed."""
        cache, data = self._cache, begun.answer()
        known = cache.taken_apart(data)
        if known is None or known.bare.head != self.source.head:  # somebody has committed since
            return None
        if cached and len(known.bare.ranks) >= WORTH_KEEPING and self._old_names_are_gone():
            cache.store_packed(data)
        return known, None

    def read_with_cache(self) -> Past:
        """The past as kept, with what is new added; kept anew when that is worth it."""
        source = self.source
        cache = self._cache
        known = cache.load()
        if known is not None and known.head == source.head:
            return known
        if known is not None:
            growth = growth_since(self.source, known)
            past = grow(known, growth, source.layout, source.renames) if growth else None
            if past is not None:
                goes_on = growth is not None and not growth.dropped and growth.is_line(known.head)
                if growth and (len(growth.commits) >= WORTH_WRITING or not goes_on):
                    cache.store(past)
                return past
        past = self.read()
        if len(past.ranks) >= WORTH_KEEPING and self._old_names_are_gone():
            cache.store(past)
        return past

    def in_columns(self) -> KnownPast | None:
        """The past as kept, with what is new added; None where nothing is kept, or of few cards."""
        cache = self._cache
        known = cache.look()
        if known is None or known.columns.cards < WORTH_BEGINNING:
            return None
        return known if known.bare.head == self.source.head else cache.taken_apart(cache.packed(self.read_with_cache()))

    def read_some(self, cards: Collection[str], looked: Looked) -> tuple[Past, Collection[str]] | None:
        """The past of some cards and of unusual commits, as kept, with what one line of new commits adds to it.

        None where all must be looked at. The second value are the commits in which anything happened.
        """
        try:
            return self._some(cards, looked, by_card=len(cards) <= FEW)
        except Gone:
            looked.kept = None
            return self._some(cards, looked, by_card=False)

    def _some(self, cards: Collection[str], looked: Looked, *, by_card: bool) -> tuple[Past, Collection[str]] | None:
        looked.kept = looked.kept or self._looked_up(by_card)
        if looked.kept is None:
            return None
        known, growth = looked.kept
        if growth is None:
            past = known.of(cards)
        else:
            layout = Layout(self.source.layout.folders + known.bare.followed.claims)
            places = (layout.place(change.path) for commit in growth.commits for change in commit.changes)
            past = known.of({*cards, *(place[1] for place in places if place is not None)})
            past = past and grow(past, growth, self.source.layout, self.source.renames)
        return None if past is None else (past, _asked_for(past, known))

    def _looked_up(self, by_card: bool) -> tuple[Kept, Growth | None] | None:
        """What is kept, and the line of commits that has come since, if any; `by_card` for who asks for a few cards."""
        cache = self._cache
        some = cache.look_by_card() if by_card else None
        found = self._with_growth(some) if some is not None else None
        if found is not None:
            return found
        known = cache.look()
        whole = self._with_growth(known) if known is not None else None
        if by_card and known is not None and whole is not None:
            cache.keep_by_card(known)
        return whole

    def _with_growth(self, known: Kept) -> tuple[Kept, Growth | None] | None:
        """A past that was kept, and the line of commits that leads from it to the head; None where none does."""
        if known.bare.head == self.source.head:
            return known, None
        growth = growth_since(self.source, known.bare)
        if growth is None or growth.dropped or not growth.is_line(known.bare.head):
            return None
        return None if len(growth.commits) >= WORTH_WRITING else (known, growth)

    def read_grown(self, since: str) -> tuple[frozenset[str], Past, Past, Collection[str]] | None:
        """The cards that the commits after `since` touch, their past before and after, as kept with what is new added.

        The last value are the commits in which anything happened. None where `since` does not lie between the kept head
        and ours on one line of commits, or the board did not stay where it was.
        """
        try:
            return self._grown(since, by_card=True)
        except Gone:
            return self._grown(since, by_card=False)

    def _grown(self, since: str, *, by_card: bool) -> tuple[frozenset[str], Past, Past, Collection[str]] | None:
        source, looked = self.source, self._looked_up(by_card)
        if looked is None or looked[0].bare.followed.claims or looked[0].bare.followed.moved:
            return None
        known, growth = looked[0], looked[1] or Growth(source.head, [])
        ids = [known.bare.head, *(commit.id for commit in growth.commits)]
        if since not in ids:
            return None
        at = ids.index(since)
        if any(commit.settings for commit in growth.commits[at:]):
            return None
        past = known.of(self._touched(growth.commits))
        first = Growth(since, growth.commits[:at])
        before = past and (grow(past, first, source.layout, source.renames) if at else past)
        after = past and grow(past, growth, source.layout, source.renames)
        if before is None or after is None:
            return None
        return frozenset(self._touched(growth.commits[at:])), before, after, _asked_for(after, known)

    def _touched(self, commits: Iterable[Commit]) -> set[str]:
        """The ids of the cards whose files these commits change."""
        places = (self.source.layout.place(change.path) for commit in commits for change in commit.changes)
        return {place[1] for place in places if place is not None}

    def _old_names_are_gone(self) -> bool:
        """Whether no former id is in use again: only then a reading can be continued without looking at all of it."""
        source = self.source
        return not source.renames or source.present(source.layout).keys().isdisjoint(source.renames)


def _asked_for(past: Past, known: Kept) -> Collection[str]:
    """The commits in which anything happened, where somebody asks for them: where one undoes another.

    Asked for here, where it can be told that they are gone.
    """
    return frozenset(known.commits) if past.undoes else ()
