"""Gathers what the chosen rules need: the history is read only when one of them asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from kanban.commands.check.inputs.reading import history_of
from kanban.commands.check.inputs.source import Source
from kanban.i18n import _, ngettext
from kanban.lint.rule import CLOCKS, HISTORY, VERSIONS, LintContext, Rule
from kanban.lint.steps.step import overrides_of
from kanban.metrics.base.clocks import clocks
from kanban.model.history.events import History
from kanban.repository.read.pushed_commits import messages_of
from kanban.repository.read.versions import read_versions

if TYPE_CHECKING:
    from kanban.lint.engine import Report
    from kanban.model.cards.card import Card
    from kanban.model.history.events import Event
    from kanban.model.history.versions import Versions
    from kanban.repository.git.repository import Repository


def context_of(source: Source, rules: Iterable[Rule], changed: frozenset[str] | None = None) -> LintContext:
    """The context for these rules; without a usable history the rules that need one will be skipped.

    With `changed` (paths), no other card is judged by its past.
    """
    needs = {need for rule in rules for need in rule.needs}
    fresh = frozenset(card.id for card in source.board.cards if card.path in source.renewed)
    forced = Forced(source)
    context = LintContext(
        source.board,
        source.today,
        base=source.base,
        beside=source.beside,
        steps=source.steps,
        fresh=fresh if source.before is not None else frozenset(),
        prefix=source.prefix,
        forced=forced.of,
        cards_then=source.cards_then,
        rules_then=source.rules_then,
        lacking_then=source.lacking_then,
        unsigned=source.unsigned,
    )
    if not needs & {CLOCKS, HISTORY, VERSIONS} or source.repository is None or not source.revision:
        return context
    history = _history(source, source.repository, changed)
    if changed is None:
        forced.histories[None] = history
    if history.shallow:
        return context
    acts = source.board.config.policies.idle_counts == "actions" and CLOCKS in needs
    versions = _versions(source, source.repository, history, changed) if VERSIONS in needs or acts else None
    return _with_clocks(replace(context, history=history, versions=versions))


class Forced:
    """What was overridden when cards came where they stand; the history is read when the first card is asked for."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.histories: dict[bool | None, History] = {}
        """The history of open cards (True), or one that has all (False, None)."""
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
        came = [one for one in self._past(found) if one.places and one.commit != taken_back]
        if not came or came[-1].to_column != found.column:
            return {}
        return overrides_of(card, self._message(came[-1].commit, found))

    def _message(self, commit: str, card: Card) -> str:
        """What a commit says; git is asked at once about others too, those that brought in the cards after this one

        in columns of its kind, and about twice as many the next time.
        """
        if commit not in self._messages and self.source.repository is not None:
            board = self.source.board
            beside = board.open_cards if board.is_open(card) else board.in_column(card.column)
            here = next((at for at, other in enumerate(beside) if other.id == card.id), 0)
            after = (*beside[here:], *beside[:here])
            came = (next((one.commit for one in reversed(self._past(other)) if one.places), "") for other in after)
            new = (one for one in came if one and one not in self._messages)
            asked = {commit: "", **dict.fromkeys(islice(new, max(FEW, 2 * len(self._messages))), "")}
            self._messages |= asked | messages_of(self.source.repository, asked)
        return self._messages.get(commit, "")

    def _past(self, card: Card) -> Sequence[Event]:
        """What happened to a card; () where the past is not known."""
        source = self.source
        if source.repository is None or not source.revision:
            return ()
        is_open = source.board.is_open(card)
        if None not in self.histories and is_open not in self.histories:
            those = frozenset(one.path for one in source.board.open_cards) if is_open else None
            self.histories[is_open] = _history(source, source.repository, those)
        return self.histories.get(None, self.histories.get(is_open, _NOTHING)).of(card.id)


_NOTHING = History(())
FEW = 50
"""Commits about which git is asked the first time: mostly a few tell enough."""


def why_skipped(source: Source, report: Report) -> str:
    """One sentence about the rules that could not be checked for want of a history; "" when there are none."""
    codes = [rule.code for rule, need in report.skipped if need in (CLOCKS, HISTORY, VERSIONS)]
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


def _history(source: Source, repository: Repository, changed: frozenset[str] | None = None) -> History:
    if source.history is not None:
        return source.history
    only = None if changed is None else {card.id for card in source.board.cards if card.path in changed}
    return history_of(repository, source.board, source.prefix, source.revision, cached=source.cached, only=only)


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
