"""Gathers what the chosen rules need: the history is read only when one of them asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from kanban.commands.check.inputs.reading import history_of
from kanban.commands.check.inputs.source import Source
from kanban.i18n import _, ngettext
from kanban.lint.rule import CLOCKS, HISTORY, VERSIONS, LintContext, Rule
from kanban.lint.steps.step import overrides_of
from kanban.metrics.base.clocks import clocks
from kanban.repository.read.pushed_commits import messages_of
from kanban.repository.read.versions import read_versions

if TYPE_CHECKING:
    from kanban.lint.engine import Report
    from kanban.model.history.events import History
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
    history = forced.__dict__["_history"] = _history(source, source.repository)
    if history.shallow:
        return context
    acts = source.board.config.policies.idle_counts == "actions" and CLOCKS in needs
    versions = _versions(source, source.repository, history, changed) if VERSIONS in needs or acts else None
    return _with_clocks(replace(context, history=history, versions=versions))


class Forced:
    """What was overridden when cards came where they stand; the history is read when the first card is asked for."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._messages: dict[str, str] = {}

    def of(self, card: str) -> Mapping[str, str]:
        """Rule → reason, {} for a card that came in by the rules, or stands elsewhere than git knows."""
        found = self.source.board.find(card)
        last = next((step for step in reversed(self.source.steps or ()) if step.card == card and not step.commit), None)
        if found is None:
            return {}
        if last is not None and last.message is not None and not last.takes_back:
            return last.overridden
        if self._history is None or self.source.repository is None:
            return {}
        taken_back = last.takes_back if last is not None else ""
        came = [one for one in self._history.of(card) if one.places and one.commit != taken_back]
        if not came or came[-1].to_column != found.column:
            return {}
        return overrides_of(card, self._message(came[-1].commit, found.column))

    def _message(self, commit: str, column: str) -> str:
        """What a commit says; git is asked at once about all that brought cards into columns of the same kind."""
        if commit not in self._messages and self.source.repository is not None and self._history is not None:
            commits = {commit: ""}
            board = self.source.board
            is_open = (found := board.config.column(column)) is not None and found.is_open
            for card in board.open_cards if is_open else board.in_column(column):
                came = [one.commit for one in self._history.of(card.id) if one.places]
                commits |= dict.fromkeys(came[-1:], "")
            self._messages |= commits | messages_of(self.source.repository, commits)
        return self._messages.get(commit, "")

    @cached_property
    def _history(self) -> History | None:
        source = self.source
        if source.repository is None or not source.revision:
            return None
        return _history(source, source.repository)


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
        why = _("this clone has only part of the history (`git fetch --unshallow`)")
    else:
        why = _("this is a partial clone (`git fetch --refetch --no-filter`)")
    said = ngettext(
        "{why}: {count} rule that needs the history was left out ({codes})",
        "{why}: {count} rules that need the history were left out ({codes})",
        len(codes),
    )
    return said.format(why=why, count=len(codes), codes=", ".join(codes))


def _history(source: Source, repository: Repository) -> History:
    if source.history is not None:
        return source.history
    return history_of(repository, source.board, source.prefix, source.revision, cached=source.cached)


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
