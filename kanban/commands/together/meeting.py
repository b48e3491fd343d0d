"""How `kanban sync` brings two lines of work together: everything is computed and checked before anything moves."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kanban.commands.base.session import Session
from kanban.commands.together.answers import Ask, Unanswered
from kanban.commands.together.homecoming import come_home, half_way
from kanban.commands.together.own_edits import said_of_edits
from kanban.commands.together.settling import Settling
from kanban.commands.together.sides import Sides, boards_beside
from kanban.errors import BadBoard, KanbanError, Refused, SharedOnly
from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_list
from kanban.lint.steps.step import Step
from kanban.model.cards.fields import label_of
from kanban.model.settings.board_yml import BOARD_FILE, BoardConfig
from kanban.repository.disk.lock import repository_lock
from kanban.repository.disk.storage import storage_failed_by
from kanban.repository.git.branches import Upstream, named_upstream, remember, upstream_of
from kanban.repository.git.remote import LostRace, check_reachable, fetch, push
from kanban.repository.merge.adoption import UnsavedEdits, adopt, check_adoptable
from kanban.repository.merge.merging import who_changed
from kanban.repository.read.boards import content_at
from kanban.repository.read.pushed_commits import messages_of
from kanban.repository.write import guard
from kanban.repository.write.durable import recovery
from kanban.repository.write.write_session import Session as Opened
from kanban.review.collision import Breach, breaches, doubled
from kanban.review.comparison import Pair, compare
from kanban.review.merge.answer import WHOLE, Answer, Question
from kanban.review.merge.card import MINE, THEIRS

if TYPE_CHECKING:
    from kanban.model.cards.board import Board
    from kanban.repository.git.remote import Transfer
    from kanban.repository.git.repository import Repository

ATTEMPTS = 6
NOTHING_DONE = 2
"""The exit code of an error that left all as it was."""
NEWS = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: commits taken in and sent (or to send), who did what to which card, and what to know.

    `begun` tells that the branch was not shared before: then it is published even where the shared place has all of
    its commits already, under another branch.
    """

    upstream: str
    before: str
    after: str
    received: int
    sent: int
    pushed: bool
    news: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    begun: bool = False


def synchronise(
    session: Session,
    told: Transfer,
    *,
    pushing: bool,
    by_merge: bool,
    dry_run: bool,
    answers: dict[str, Answer] | None = None,
    ask: Ask | None = None,
    remote: str = "",
) -> Outcome:
    """Bring both sides together; `told` hears how far a transfer is.

    `answers` to what nobody but a person can decide are by card, "" for every card; the rest is asked with `ask`,
    None when there is nobody to ask. `remote` is the name or the address of where to share from now on, "" for where
    it is shared already. Where no branch is checked out, the one that was left is first.

    Raises `Refused` when rules or git forbid it; then everything is as before.
    """
    repo = session.repository
    guard.check_state(Opened(repo), commit=True)
    known = dict(answers or {})
    with repository_lock(repo.common_dir, 30.0):
        recovery.recover_locked(Opened(repo))
        branch, ours, news = repo.branch(), "", tuple[str, ...]()
        if branch is None:
            home = come_home(session, known, ask, dry_run=dry_run)
            branch, ours, news = home.branch, home.commit, home.told
        upstream = _place(repo, branch, remote, dry_run=dry_run)
        for _attempt in range(ATTEMPTS):
            try:
                at = ours or repo.resolve("HEAD")
                meeting = _Meeting(session, upstream, branch, at, told, by_merge, known, ask)
                outcome = meeting.hold(pushing=pushing, dry_run=dry_run)
                return replace(outcome, warnings=(*news, *outcome.warnings, *said_of_edits(session)))
            except LostRace as race:
                lost = race
            except (KanbanError, OSError) as error:
                refused = storage_failed_by(error) if isinstance(error, OSError) else error
                if not news or dry_run or refused.exit_code != NOTHING_DONE:
                    raise
                raise half_way(branch, refused) from error
    raise lost.given_up(upstream)


def _place(repo: Repository, branch: str, named: str, *, dry_run: bool) -> Upstream:
    """Where the branch is shared; a place that is named is remembered once it answers."""
    if not named:
        return upstream_of(repo, branch)
    upstream, address = named_upstream(repo, named, branch)
    if address:
        check_reachable(repo, address)
    if dry_run:
        return replace(upstream, remote=address) if address else upstream
    remember(repo, upstream, branch, address)
    return upstream


class _Meeting:
    """One attempt: our commit and theirs, and what would come of them. `settled` tells how cards were settled,
    `rewritten` is the former and the new id of those that somebody renamed and rewrote at once."""

    settled: tuple[str, ...]
    rewritten: Mapping[str, str]

    def __init__(
        self,
        session: Session,
        upstream: Upstream,
        branch: str,
        ours: str,
        told: Transfer,
        by_merge: bool,
        answers: dict[str, Answer],
        ask: Ask | None,
    ) -> None:
        self.answers, self.ask, self.settled, self.rewritten = answers, ask, (), {}
        self.branch, self.ours = branch, ours
        self.session, self.upstream, self.told, self.by_merge = session, upstream, told, by_merge
        self.repo: Repository = session.repository
        self.theirs = fetch(self.repo, upstream, told)
        self.base = self.repo.merge_base(self.ours, self.theirs) if self.theirs else None
        self.left_behind = self._left_behind() if self.theirs else None

    def hold(self, *, pushing: bool, dry_run: bool) -> Outcome:
        """Compute, check, push, adopt: in this order, so that a refusal at any step leaves all as it was."""
        new = self._together()
        warnings = (*self.settled, *(self._checked(new) if self.theirs else ()))
        received = len(self.repo.rev_list([self.theirs], [self.ours])) if self.theirs else 0
        sent, begun = self._to_send(new), not self.theirs
        going = pushing and (begun or sent > 0)
        news = tuple(self._news()) if received else ()
        if not dry_run:
            self._check_adoptable(new)
            if going:
                warnings = (*warnings, *dict.fromkeys(push(self.repo, self.upstream, new, self.told)))
            rest = self._adopted(new, shared=going)
            warnings = (*warnings, rest) if rest else warnings
        pushed = going and not dry_run
        return Outcome(self.upstream.label, self.ours, new, received, sent, pushed, news, warnings, begun)

    def _to_send(self, new: str) -> int:
        """How many commits the shared place has not: its branch, or where there is none yet, any of its branches."""
        if self.theirs:
            return len(self.repo.rev_list([new], [self.theirs]))
        return self.repo.not_at(new, self.upstream.remote)

    def _check_adoptable(self, new: str) -> None:
        """Raise `EditConflict` when uncommitted work stands in the way: that of a card with what commits it."""
        try:
            check_adoptable(self.repo, self.ours, new)
        except UnsavedEdits as error:
            card = Sides(self.session, self.base, self.ours, new).card_at(error.where)
            on_disk = self.session.read_board().find(card) if card else None
            cure = "kanban sync --include-edits"
            if on_disk is not None and self.session.prefix + on_disk.path == error.where:
                text = _("`{command}` commits them; then `kanban sync` again")
                cure = text.format(command=f"kanban edit {shlex.quote(on_disk.id)} --saved")
            raise UnsavedEdits(error.message, cure=cure, where=error.where) from error

    def _adopted(self, new: str, *, shared: bool) -> str:
        """Branch, index and files follow; what there is to say of it. When they cannot, what is shared stays shared."""
        try:
            return adopt(self.repo, f"refs/heads/{self.branch}", self.ours, new, "kanban sync")
        except KanbanError as error:
            if not shared:
                raise
            raise SharedOnly(
                _("your work is shared, but this folder could not follow: {reason}").format(reason=error.message),
                cure=error.cure or "kanban sync",
                where=error.where,
            ) from error

    def _together(self) -> str:
        """The commit that holds both sides' work."""
        if self.theirs is None or self.ours == self.theirs:
            return self.ours
        if self.left_behind and self._past_of(self.left_behind) == THEIRS:
            self.base = self.left_behind
        if self.base == self.theirs:
            settling = self._settling(self.theirs)
            return self._settled(settling) if any(one.taken_back for one in (settling, *settling.beside)) else self.ours
        if self.base == self.ours:
            return self.theirs
        if self.base is None:
            raise KanbanError(
                _("this board and {upstream} have no common past").format(upstream=self.upstream.label),
                cure=_("`kanban sync --remote ADDRESS` shares it where its own past is"),
            )
        return self._settled(self._settling(self.theirs))

    def _left_behind(self) -> str | None:
        """Where we parted, when that is no part of what the others have: somebody wrote their past anew."""
        parted = self.repo.stood_at(self.upstream.tracked, self.ours)
        if parted is None or self.theirs is None or self.repo.is_ancestor(parted, self.theirs):
            return None
        is_board = content_at(self.repo, self.theirs, self.session.prefix + BOARD_FILE) is not None
        return parted if is_board else None

    def _past_of(self, parted: str) -> str:
        """Whose past counts, ours or theirs: asked, since a person may have been erased, or work lost by mistake."""
        name = self.upstream.label
        known = self.answers.get(name, Answer())
        if known.take:
            return known.take
        theirs = self.theirs or self.ours
        if self.repo.tree(parted) in {self.repo.tree(one) for one in self.repo.rev_list([theirs], [parted])}:
            return THEIRS  # the same work under another name: nothing of it is gone
        gone = self.repo.rev_list([parted], [theirs])
        who = who_changed(self.repo, self.base, parted, ())
        text = ngettext(
            "{count} commit that stood there is gone, the newest by {who}: somebody wrote its past anew",
            "{count} commits that stood there are gone, the newest by {who}: somebody wrote its past anew",
            len(gone),
        ).format(count=len(gone), who=who)
        choices = ((THEIRS, _("leave that out here as well")), (MINE, _("share it again")))
        question = Question(name, WHOLE, text, choices)
        if self.ask is None:
            raise Unanswered(name, [question], _("the past of {upstream} is another one; nothing was changed"))
        self.answers[name] = self.ask(question, known)
        return self.answers[name].take

    def _settling(self, theirs: str) -> Settling:
        """What settles the cards, those of the repository's other boards too."""
        settling = Settling(self.session, self.base, self.ours, theirs, self.answers)
        settling.beside = tuple(
            Settling(session, self.base, self.ours, theirs, self.answers, is_beside=True)
            for session in boards_beside(self.session, self.ours)
        )
        return settling

    def _settled(self, settling: Settling) -> str:
        woven = settling.decided(self.ask, self.upstream.label, by_merge=self.by_merge)
        self.settled, self.rewritten = tuple(dict.fromkeys(settling.told)), settling.sides.rewritten
        return woven

    def _author(self, *paths: str) -> str:
        found = who_changed(self.repo, self.base, self.theirs or self.ours, paths)
        return found or _("somebody")

    def _board(self, revision: str) -> Board:
        return self.session.board_at(revision)

    def _checked(self, new: str) -> tuple[str, ...]:
        """Warnings about limits soft or overridden. Raises `Refused` for a hard one, or a card in two places."""
        if new == self.theirs:
            return ()
        try:
            theirs, result = self._board(self.theirs or new), self._board(new)
        except BadBoard:
            return ()
        before = self._board(self.base) if self.base else theirs
        found = breaches(before, theirs, result)
        hard = [one for one in found if one.limit.hard and not self._overridden(one)]
        twice = doubled(theirs, result)
        if hard or twice:
            raise self._refusal(hard, twice)
        return tuple(self._said(one) for one in found)

    def _refusal(self, hard: list[Breach], twice: tuple[str, ...]) -> Refused:
        reasons = [self._said(one) for one in hard]
        reasons += [_("{card} would stand in several columns").format(card=card) for card in twice]
        cards = [card.id for one in hard for card in one.mine[:1]]
        cure = self._way_out(cards[0]) if cards else self._as_one(twice[0])
        return Refused(_("together with what is shared, the board would break its rules"), reasons, cure=cure)

    def _as_one(self, card: str) -> str:
        """What makes one of a card that stands in several columns."""
        columns = dict.fromkeys(copy.column for copy in self._board(self.ours).duplicates.get(card, ()))
        return f"kanban resolve {shlex.quote(card)} " + "|".join(columns) if columns else self._way_out(card)

    def _way_out(self, card: str) -> str:
        """What makes room, to be typed as it stands: back to where the card came from, else out of the way."""
        before = self._board(self.base).find(card) if self.base else None
        name = shlex.quote(card)
        if before is None:
            return f"kanban undo {name}"
        column = self.session.config.column(before.column)
        if column is None or not column.is_open:
            return f"kanban undo {name}"
        why = shlex.quote(_("no room beside what the others brought"))
        return f"kanban move {name} {shlex.quote(before.column)} --reason {why}"

    def _said(self, one: Breach) -> str:
        """`Offre: 3 cards, limit 2. You brought acme; Karim brought gamma first.`"""
        mine = format_list([card.id for card in one.mine])
        text = ngettext(
            "{name}: {count} card, limit {limit}.", "{name}: {count} cards, limit {limit}.", one.limit.count
        )
        head = text.format(name=one.limit.title, count=one.limit.count, limit=one.limit.limit)
        parts = [head, _("You brought {cards}.").format(cards=mine)]
        for card in one.theirs:
            who = self._author(self.session.prefix + card.path)
            parts.append(_("{who} brought {card} first.").format(who=who, card=card.id))
        return " ".join(parts)

    def _overridden(self, one: Breach) -> bool:
        """Whether our commits say `Override: wip-…: why` for every card that we bring: openly, so not silent."""
        rule = f"wip-{one.limit.scope}"
        commits = self.repo.rev_list([self.ours], [one for one in (self.theirs, self.base) if one])
        said = messages_of(self.repo, commits)
        excused = {
            card.id
            for card in one.mine
            for commit, message in said.items()
            if f"Card: {card.id}\n" in message + "\n"
            and Step(card.id, None, card.column, self.session.today, commit, message).overrides(rule)
        }
        return excused == {card.id for card in one.mine}

    def _news(self) -> Iterator[tuple[str, str]]:
        """Who did what to which card, as far as it is new to us."""
        if self.theirs is None or self.base is None:
            return
        try:
            comparison = compare(self._board(self.base), self._board(self.theirs))
        except BadBoard:
            return
        titles = {column.key: column.title for column in comparison.head.config.columns}
        titles |= {column.key: column.title for column in comparison.base.config.columns if column.key not in titles}
        same = {*self.rewritten, *self.rewritten.values()}
        changed = [pair for pair in comparison.changed if pair.id not in same]
        for pair in changed[:NEWS]:
            paths = [self.session.prefix + card.path for card in (pair.before, pair.after) if card]
            yield self._author(*paths), _told(pair, titles, comparison.head.config)
        if len(changed) > NEWS:
            more = len(changed) - NEWS
            yield "", ngettext("and {count} more card", "and {count} more cards", more).format(count=more)


def _told(pair: Pair, titles: dict[str, str], config: BoardConfig) -> str:
    if pair.before is None:
        return _("{card} is new in {column}").format(card=pair.id, column=titles[pair.column_after])
    if pair.after is None:
        return _("{card} is gone").format(card=pair.id)
    if pair.is_move:
        text = _("{card}: {old} → {new}")
        return text.format(card=pair.id, old=titles[pair.column_before], new=titles[pair.column_after])
    fields = [label_of(change.key, config) for change in pair.fields()]
    if pair.was_renamed and not fields and not pair.notes_changed:
        return _("{old} is called {card} now").format(old=pair.before.id, card=pair.id)
    if not fields:
        return _("{card}: the notes changed").format(card=pair.id)
    text = ngettext("{card}: {what} changed", "{card}: {what} changed", len(fields))
    return text.format(card=pair.id, what=", ".join(fields[:5]))
