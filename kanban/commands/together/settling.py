"""What git cannot bring together, settled card by card: field by field where that is plain, else by asking once.

A card that needs an answer is held back while the commits are woven: it stays as the others have it. Then one commit
brings it, with everything of both sides in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from kanban.commands.base.session import Session
from kanban.commands.together.answers import Ask, Unanswered
from kanban.commands.together.sides import Sides
from kanban.errors import BadBoard
from kanban.gestures.base.gesture import card_trailers
from kanban.i18n import _
from kanban.pull.nextaction import missing, stops_pulling
from kanban.repository.merge.merging import who_changed
from kanban.repository.merge.unasked import unasked
from kanban.repository.merge.weaving import Contents, Crossing, commit_of, tree_with, weave
from kanban.repository.read.boards import content_at
from kanban.repository.read.pushed_commits import messages_of
from kanban.repository.read.trailers import trailers_of
from kanban.repository.write.message import commit_message
from kanban.review.merge.answer import WHOLE, Answer, Question, questions, settled
from kanban.review.merge.card import MINE, THEIRS
from kanban.review.merge.conflict import SAME_NAME, Tangle

if TYPE_CHECKING:
    from kanban.model.settings.board_yml import BoardConfig
    from kanban.repository.git.repository import Repository


class Settling:
    """Both sides of one meeting (commits), and what was answered so far, by card or by path of another file."""

    def __init__(
        self,
        session: Session,
        base: str | None,
        ours: str,
        theirs: str,
        answers: dict[str, Answer],
        *,
        is_beside: bool = False,
    ) -> None:
        self.session, self.base, self.ours, self.theirs = session, base, ours, theirs
        self.answers = answers
        self.beside: tuple[Settling, ...] = ()
        """The repository's other boards. About a card of theirs (`is_beside`) one thing is asked: whose counts."""
        self.is_beside = is_beside
        self.held: set[str] = set()
        self.files: set[str] = set()
        self.told: list[str] = []
        self.sides = Sides(session, base, ours, theirs)

    @property
    def repository(self) -> Repository:
        """The repository around the board."""
        return self.session.repository

    @cached_property
    def config(self) -> BoardConfig:
        """The board's rules as they stand here."""
        return self.session.config

    @cached_property
    def taken_back(self) -> frozenset[str]:
        """Cards that commits of ours delete or put back as they were, without any gesture that says so."""
        return unasked(self.repository, self._own, self.sides.card_at)

    @cached_property
    def _own(self) -> list[str]:
        """Our commits that the others have not, and never had."""
        return self.repository.rev_list([self.ours], [one for one in (self.theirs, self.base) if one])

    def together(self, *, by_merge: bool) -> str:
        """The commit that holds both sides' work; cards still in question are in it as the others have them."""
        boards = (self, *self.beside)
        for board in boards:
            board.held |= board.taken_back
        while True:
            known = [(len(board.held), len(board.files)) for board in boards]
            sides = (self.base or self.theirs, self.ours, self.theirs)
            said = f"Override: {self._stopped}" if self._stopped else ""
            woven = weave(self.repository, *sides, self._everywhere, by_merge=by_merge, said=said)
            if [(len(board.held), len(board.files)) for board in boards] == known:
                break
        for board in boards:
            for card in sorted(board.held):
                if not any(board.questions_about(card)):
                    woven = board._brought(card, woven)
        return woven

    def decided(self, ask: Ask | None, upstream: str, *, by_merge: bool) -> str:
        """Everything woven together, what is open asked for. Raises `Unanswered` where nobody can be asked."""
        woven = self.together(by_merge=by_merge)
        while asked := list(self.questions()):
            if (rest := self.answers.get("")) is not None:
                self.answers |= {one.card: replace(self.answers.get(one.card, rest), take=rest.take) for one in asked}
            elif ask is None:
                raise Unanswered(upstream, asked)
            else:
                one = asked[0]
                self.answers[one.card] = ask(one, self.answers.get(one.card, Answer()))
            if not any(self.questions()):
                woven = self.together(by_merge=by_merge)
        text = _("{card} is taken for {old} under a new name: the same customer, and all that was written about it")
        self.told += [text.format(card=new, old=old) for old, new in sorted(self.sides.rewritten.items())]
        return woven

    @cached_property
    def _stopped(self) -> str:
        """The override that our pulls name where the others' work stops pulling, which they could not know."""
        try:
            before = self.session.board_at(self.base) if self.base else None
            theirs = self.session.board_at(self.theirs)
        except BadBoard:
            return ""
        if before is None or stops_pulling(before) or not stops_pulling(theirs):
            return ""
        cards = ", ".join(card.id for card in missing(theirs))
        why = _("pulled before {cards} was left without a dated next action").format(cards=cards)
        return f"pull-stop: {why}"

    def questions(self) -> Iterator[Question]:
        """What is to be answered before anything can be shared."""
        for board in (self, *self.beside):
            for card in sorted(board.held):
                yield from board.questions_about(card)
        for path in sorted(self.files):
            if not self.answers.get(path, Answer()).take:
                text, who = _("you and {who} changed it"), self._who(path)
                yield Question(path, WHOLE, text.format(who=who), ((MINE, _("yours")), (THEIRS, who)))

    def questions_about(self, card: str) -> Iterator[Question]:
        """What is to be answered about one card."""
        one, answer = self._tangle(card), self._answer(card)
        who = self._who(*(self.session.prefix + side.path for side in (one.base, one.mine, one.theirs) if side))
        if card in self.taken_back:
            if not (answer.take or answer.remove or answer.column):
                text = _("your commits delete it, and no command of yours did") if one.mine is None else ""
                text = text or _("your commits take back what {who} did to it, and no command of yours did")
                sides = ((THEIRS, _("leave it as it is shared")), (MINE, _("take it back all the same")))
                yield Question(self._called(card), WHOLE, text.format(who=who), sides)
            return
        if one.kind == SAME_NAME:
            return
        found = questions(one, answer, self.config, who)
        if self.is_beside and (first := next(found, None)) is not None:
            yield Question(self._called(card), WHOLE, first.text, ((MINE, _("yours")), (THEIRS, who)))
        yield from found if not self.is_beside else ()

    # -- while the commits are woven ---------------------------------------------------------------------------

    def _everywhere(self, crossing: Crossing) -> Contents:
        found = dict(self._at(crossing))
        for board in self.beside:
            found |= board._at(crossing)
        for path in crossing.conflicts:
            if not any(board.sides.card_at(path) for board in (self, *self.beside)):
                found[path] = self._file(path, crossing)
        return found

    def _at(self, crossing: Crossing) -> Contents:
        found: dict[str, bytes | None] = {}
        sides, tree = self.sides, crossing.tree
        torn = {card for path in crossing.conflicts if (card := sides.card_at(path))}
        torn |= self._doubled(crossing) | sides.strays(crossing.commit, tree) | self.held
        met = {card for path in crossing.met if (card := sides.card_at(path))}
        for card in sorted(torn | met):
            one = Tangle(card, *(sides.copy(at, card) for at in (crossing.before, crossing.commit, crossing.top)))
            if card not in torn and one.has_texts_that_clash:
                continue  # two changes in one paragraph, of which git made one
            stands = [*sides.copies(tree).get(card, ()), *(side for side in (one.base, one.mine) if side)]
            found |= {self.session.prefix + copy.path: None for copy in stands}
            plain = card not in self.held and one.kind != SAME_NAME
            if plain and not any(questions(one, Answer(), self.config, "")):
                found |= self._placed(crossing.top, one, settled(one, Answer(), self.config))
                continue
            self.held.add(card)
            if one.theirs is not None:
                found[self.session.prefix + one.theirs.path] = one.theirs.data
        return found

    def _file(self, path: str, crossing: Crossing) -> bytes | None:
        """A file that is no card: a banner is written anew by `lint --fix`, about any other somebody is asked."""
        if not path.endswith("/README.md"):
            self.files.add(path)
        mine = self.answers.get(path, Answer()).take == MINE
        return content_at(self.repository, crossing.commit if mine else crossing.top, path)

    def _doubled(self, crossing: Crossing) -> set[str]:
        """Cards that stand twice after the merge and do not on either side."""
        placed = self.sides.paths(crossing.tree)
        twice = {card for card, paths in placed.items() if len(paths) > 1}
        if twice:
            sides = [self.sides.paths(tree) for tree in (crossing.commit, crossing.top)]
            twice = {card for card in twice if not any(len(side.get(card, ())) > 1 for side in sides)}
        return twice

    def _placed(self, top: str, one: Tangle, done: tuple[str, bytes] | None) -> dict[str, bytes | None]:
        """The settled card where it belongs on the board of the tree that it comes upon."""
        if done is None:
            return {}
        column, data = done
        path = self.sides.path_in(top, one.card, column, (one.mine, one.theirs, one.base))
        return {self.session.prefix + path: data}

    # -- one commit for a card ---------------------------------------------------------------------------------

    def _brought(self, card: str, top: str) -> str:
        one, answer = self._tangle(card), self._answer(card)
        if card in self.taken_back and answer.take == THEIRS:
            return top
        found: dict[str, bytes | None] = {}
        name = card
        if one.kind == SAME_NAME and one.mine is not None:
            name = self._free_name(card)
            folder = one.mine.path.rpartition("/")[0]
            found = {f"{self.session.prefix}{folder}/{name}.md": one.mine.data}
            self.told.append(_("{card}: two deals under one name; yours is now {name}").format(card=card, name=name))
            one = replace(one, card=name, theirs=None)
            column = one.mine.column if one.mine else ""
        else:
            tree = self.repository.tree(top)
            found = {self.session.prefix + copy.path: None for copy in self.sides.copies(tree).get(card, ())}
            done = self._as_mine(one) if card in self.taken_back else settled(one, answer, self.config)
            column = done[0] if done else ""
            found |= self._placed(tree, one, done)
        tree = tree_with(self.repository, self.repository.tree(top), found)
        if tree == self.repository.tree(top):
            return top
        return commit_of(self.repository, tree, (top,), self._message(card, name, one, column))

    def _as_mine(self, one: Tangle) -> tuple[str, bytes] | None:
        return (one.mine.column, one.mine.data) if one.mine is not None else None

    def _message(self, card: str, name: str, one: Tangle, column: str) -> str:
        source = one.theirs.column if one.theirs else ""
        subject = f"{name}: {source} → {column}" if source and column and source != column else f"{name}: settled"
        paths = [self.session.prefix + side.path for side in (one.base, one.mine, one.theirs) if side]
        overrides, reasons = self._said(card)
        if self._stopped and source != column and not any(one.startswith("pull-stop:") for one in overrides):
            overrides.append(self._stopped)
        trailers = list(card_trailers(name, source, column, overrides))
        if source != column:
            why = _("settled with {who}: both had changed it").format(who=self._who(*paths))
            trailers += [("Reason", reason) for reason in reasons or [why]]
        return commit_message(subject, "", [*trailers, ("Kanban", "sync")])

    def _said(self, card: str) -> tuple[list[str], list[str]]:
        """The overrides and reasons that our commits give for the card."""
        messages = messages_of(self.repository, self._own)
        found: dict[str, list[str]] = {"Override": [], "Reason": []}
        for message in messages.values():
            about = ""
            for key, value in trailers_of(message + "\n"):
                about = value if key == "Card" else about
                if about == card and key in found and value not in found[key]:
                    found[key].append(value)
        return found["Override"], found["Reason"]

    def _free_name(self, card: str) -> str:
        taken = set(self.sides.paths(self.theirs)) | set(self.sides.paths(self.ours))
        number = 2
        while f"{card}-{number}" in taken:
            number += 1
        return f"{card}-{number}"

    def _called(self, card: str) -> str:
        """How it is named in questions and answers."""
        return self.session.prefix + card if self.is_beside else card

    def _answer(self, card: str) -> Answer:
        return self.answers.get(self._called(card), Answer())

    # -- reading -----------------------------------------------------------------------------------------------

    def _tangle(self, card: str) -> Tangle:
        trees = [self.repository.tree(one) if one else "" for one in (self.base, self.ours, self.theirs)]
        return Tangle(card, *(self.sides.copy(tree, card) for tree in trees))

    def _who(self, *paths: str) -> str:
        since = self.base if self.base != self.theirs else None
        return who_changed(self.repository, since, self.theirs, paths) or _("the other side")
