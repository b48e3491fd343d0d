"""Gathers what the chosen rules need: the history is read only when one of them asks for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kanban.commands.check.inputs.begun import begun_history
from kanban.commands.check.inputs.reading import history_of
from kanban.commands.check.inputs.source import Source
from kanban.i18n import _, ngettext
from kanban.lint.rule import CLOCKS, PAST, VERSIONS, LintContext, Rule
from kanban.lint.steps.step import overrides_of
from kanban.metrics.base.clocks import clocks
from kanban.model.history.events import History
from kanban.repository.read.pushed_commits import messages_of
from kanban.repository.read.source import Looked
from kanban.repository.read.versions import read_versions

if TYPE_CHECKING:
    from kanban.lint.engine import Report
    from kanban.model.cards.card import Card
    from kanban.model.history.events import Event
    from kanban.model.history.versions import Versions
    from kanban.repository.git.repository import Repository


def context_of(
    source: Source, rules: Iterable[Rule], changed: frozenset[str] | None = None, past: Pasts | None = None
) -> LintContext:
    """The context for these rules; without a usable history the rules that need one will be skipped.

    With `changed` (paths), no other card is judged by its past. `past` is whom to ask for it.
    """
    needs = {need for rule in rules for need in rule.needs}
    past = past or Pasts(source)
    past.begin(needs)
    context = LintContext(
        source.board,
        source.today,
        base=source.base,
        beside=source.beside,
        steps=source.steps,
        fresh=source.fresh if CLOCKS in needs else frozenset(),
        prefix=source.prefix,
        forced=Forced(source, past).of,
        cards_then=source.cards_then,
        rules_then=source.rules_then,
        lacking_then=source.lacking_then,
        unsigned=source.unsigned,
    )
    if not needs & PAST or source.repository is None or not source.revision or source.repository.is_shallow():
        return context
    return replace(context, past=lambda known: _with_past(known, source, past, needs, changed))


def _with_past(
    context: LintContext, source: Source, past: Pasts, needs: Collection[str], changed: frozenset[str] | None
) -> LintContext:
    """The context with what the rules need of the past: that of open cards, or of those that changed."""
    assert source.repository is not None  # noqa: S101 - the caller has looked
    cards = source.board.open_cards if changed is None else source.board.cards
    only = {card.id for card in cards if changed is None or card.path in changed}
    history = past.of(only)
    acts = source.board.config.policies.idle_counts == "actions" and CLOCKS in needs
    versions = _versions(source, source.repository, history, changed) if VERSIONS in needs or acts else None
    return _with_clocks(replace(context, history=history, versions=versions))


class Forced:
    """What was overridden when cards came where they stand; the past is read of those that are asked for, and some."""

    def __init__(self, source: Source, past: Pasts) -> None:
        self.source = source
        self.past = past
        self._known: dict[str, Sequence[Event]] = {}
        self._messages: dict[str, str] = {}

    def of(self, card: str) -> Mapping[str, str]:
        """Rule → reason, {} for a card that came in by the rules, or stands elsewhere than git knows."""
        found = self.source.board.find(card)
        last = next((step for step in reversed(self.source.steps or ()) if step.card == card and not step.commit), None)
        if found is None:
            return {}
        if last is not None and last.message is not None and not last.takes_back:
            return last.overridden
        taken_back = last.takes_back if last is not None else ""
        came = [one for one in self._of(found) if one.places and one.commit != taken_back]
        if not came or came[-1].to_column != found.column:
            return {}
        return overrides_of(card, self._message(came[-1].commit))

    def _message(self, commit: str) -> str:
        """What a commit says; git is asked at once about those too that brought in the other cards that are known."""
        if commit not in self._messages and self.source.repository is not None:
            pasts = self._known.values()
            came = (next((one.commit for one in reversed(past) if one.places), "") for past in pasts)
            asked = {commit: "", **{one: "" for one in came if one and one not in self._messages}}
            self._messages |= asked | messages_of(self.source.repository, asked)
        return self._messages.get(commit, "")

    def _of(self, card: Card) -> Sequence[Event]:
        """What happened to a card. With it are looked up those after it by id, open like it or closed, each time more:

        of those above a limit one after the other is asked.
        """
        if card.id not in self._known:
            board = self.source.board
            beside = board.open_cards if board.is_open(card) else board.in_column(card.column)
            after = sorted(one.id for one in beside if one.id > card.id and one.id not in self._known)
            asked = {card.id, *after[: max(FEW, 2 * len(self._known))]}
            history = self.past.of(asked)
            self._known |= {one: history.of(one) for one in asked}
        return self._known[card.id]


class Pasts:
    """What happened to the cards of a source: of all, or of some; what is kept is looked up once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._looked = Looked()
        self._whole = source.history

    def begin(self, needs: Collection[str]) -> None:
        """Where nothing of it is known and rules need it, begin to read it beside what is judged before."""
        source = self._source
        if source.looked is not None and source.looked.begun is not None and not PAST.isdisjoint(needs):
            self._looked.begun, source.looked.begun = source.looked.begun, None  # who judges this again asks anew
        elif source.repository is not None and source.revision and self._whole is None and not PAST.isdisjoint(needs):
            asked = (source.repository, source.board, source.prefix, source.revision)
            self._looked = begun_history(*asked, cached=source.cached)

    def of(self, cards: Collection[str] | None = None) -> History:
        """The past of cards by id (others' may come along), or of all; nothing where there is no commit."""
        source = self._source
        if source.repository is None or not source.revision:
            return _NOTHING
        if self._whole is not None:
            return self._whole
        asked = (source.repository, source.board, source.prefix, source.revision)
        history = history_of(*asked, cached=source.cached, only=cards, looked=self._looked)
        self._whole = history if cards is None else None
        return history


_NOTHING = History(())
FEW = 50
"""Cards whose past is looked up the first time: mostly a few tell enough."""


def why_skipped(source: Source, report: Report) -> str:
    """One sentence about the rules that could not be checked for want of a history; "" when there are none."""
    codes = [rule.code for rule, need in report.skipped if need in PAST]
    if not codes:
        return ""
    if source.repository is None:
        why = _("not in a git repository")
    elif not source.revision:
        why = _("no commit yet")
    elif source.repository.is_shallow():
        why = _("this clone has only part of the history (`kanban doctor --repair` fetches the rest)")
    else:
        why = _("this is a partial clone (`kanban doctor --repair` fetches the rest)")
    said = ngettext(
        "{why}: {count} rule that needs the history was left out ({codes})",
        "{why}: {count} rules that need the history were left out ({codes})",
        len(codes),
    )
    return said.format(why=why, count=len(codes), codes=", ".join(codes))


def _with_clocks(context: LintContext) -> LintContext:
    assert context.history is not None  # noqa: S101 - the caller has just read it
    return replace(context, clocks=clocks(context.board, context.history, context.today, versions=context.versions))


def _versions(
    source: Source, repository: Repository, history: History, changed: frozenset[str] | None
) -> Versions | None:
    """Blob id → the card as it stood in that version, for all versions of the open cards; None in a partial clone."""
    cards = (card for card in source.board.open_cards if changed is None or card.path in changed)
    events = (event for card in cards for event in history.of(card.id))
    days = {event.blob: event.at.date() for event in events if event.blob}
    if repository.lacking(days):
        return None
    return read_versions(repository, source.board.config, days, {})
