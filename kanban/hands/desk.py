"""The desk a hand works at: one board in one repository, read again whenever it changed, changed by gestures alone."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from kanban.commands.base.calling.invocation import Settings
from kanban.commands.base.calling.options import WriteFlags
from kanban.commands.base.day_shown import board_of, clocks_of
from kanban.commands.base.ledger import past_of
from kanban.commands.base.session import Kept, Session, goes_on
from kanban.commands.base.write_verb import carry_out
from kanban.commands.moves.undo import check_limits
from kanban.errors import KanbanError, NotFound, Refused
from kanban.folder.reading import FolderMemory
from kanban.gestures.base.words import parameters_of
from kanban.gestures.table import GESTURES
from kanban.hands.changes import Change, changes
from kanban.hands.finding import Found, found_by, narrowing
from kanban.hands.inputs import Choice, templates_of
from kanban.hands.kept_clocks import KeptClocks
from kanban.hands.meeting import MEETINGS, Meeting, meeting_of
from kanban.hands.outcome import Outcome, refusal_of, refused, told
from kanban.hands.pane import Pane, pane_of
from kanban.hands.places import Place, places_for
from kanban.hands.sharing import Shared, share, upstream_label
from kanban.hands.wall import Wall, version_of, wall_of
from kanban.i18n import _, current_language
from kanban.i18n.catalogue import set_language
from kanban.model.cards.quick_line import QuickLine, Unclear, read_quick_line
from kanban.render.addresses import address_of
from kanban.repository.read.pushed_commits import unshared
from kanban.repository.write.undo import take_back

if TYPE_CHECKING:
    from kanban.gestures.base.gesture import Gesture
    from kanban.gestures.base.situation import Situation
    from kanban.metrics.clock_days import Clocks
    from kanban.model.cards.board import Board
    from kanban.model.cards.card import Card

OFFERED = ("new", "note", "set", "touch", "tick", "block", "unblock", "move", "pull", "win", "lose", "park", "reopen",
           "rename", "archive", "experiment-decide")  # fmt: skip
"""The gestures that a hand may make. What an editor saved (`edit`) is no gesture of a hand."""
REMEMBERED = 100
"""Cards taken or opened last that are remembered as they were, to say what was changed under the hand."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a line for a new card says: label and value of each piece, what would be told of the card, or a refusal.

    `words` are for the gesture `new`. Where a piece of it can be read in several ways, `readings` are the line as it
    would be without that doubt, each under what it would say.
    """

    pieces: tuple[tuple[str, str], ...]
    words: Mapping[str, Any]
    outcome: Outcome
    readings: tuple[Choice, ...] = ()


class Desk:
    """A board to be touched. Every method may be called from any thread; one at a time has the board.

    `person` is who looks, where that is not who git says: new cards are theirs by default, and commits say
    `On-behalf-of:` them; the author of every commit stays git's. With `read_only` no gesture is made at all.
    """

    def __init__(
        self, settings: Settings, as_of: str | None = None, *, person: str = "", read_only: bool = False
    ) -> None:
        self.settings = settings
        self.as_of = as_of
        self.person = person
        self.read_only = read_only
        self.kept = Kept()
        self.kept.files = FolderMemory()
        self.kept_clocks = KeptClocks()
        self.one_at_a_time = threading.RLock()
        self.writing = threading.Lock()
        """Who changes the board now, taken before `one_at_a_time`: a slow network keeps nobody from reading."""
        self._seen: dict[str, Card] = {}
        self._spoken = ""
        goes_on()

    def session(self) -> Session:
        """The board as it stands now; puts its language in force for the thread that asks. Raises KanbanError."""
        if len(self.kept.histories) > 1:
            self.kept.histories = dict(list(self.kept.histories.items())[-1:])
        session = Session(self.settings, self.as_of, self.kept)
        set_language(self._spoken or current_language())  # of a board.yml that is broken just now it is said as before
        session.config  # noqa: B018 - the board's language must be in force before the first text is made
        self._spoken = current_language()
        return session

    @cached_property
    def glance(self) -> Session:
        """A session for those who only look whether something moved: its folder, its repository, its timezone."""
        return self.session()

    def clocks(self, session: Session, board: Board) -> Mapping[str, Clocks]:
        """The clocks of the board's cards as the session shows them."""
        if past_of(session) is not None:
            return clocks_of(session)
        return self.kept_clocks.of(session, session.history(needed=False), board)

    def wall(self, only: str = "") -> Wall:
        """The board as columns and cards; those alone of which `only` holds: a condition, or words that stand in them.

        Raises KanbanError for a condition that cannot be understood.
        """
        with self.one_at_a_time:
            session = self.session()
            board = board_of(session)
            wanted = narrowing(only, board, session.today)
            return wall_of(board, self.clocks(session, board), session.today, wanted)

    def find(self, text: str, most: int = 30) -> tuple[Found, ...]:
        """The cards that hold every word of the text, closed ones too, the best first."""
        with self.one_at_a_time:
            return found_by(board_of(self.session()), text, most)

    def places(self, card: str) -> tuple[Place, ...]:
        """Where the card may be put down, for every column. Raises NotFound."""
        with self.one_at_a_time:
            at = self._situation(self.session())
            return places_for(at, self._looked_at(at.board.named(card)))

    def pane(self, card: str, page: str = "") -> Pane:
        """What can be done with the card, named by its id or by the address of its page. Raises NotFound."""
        with self.one_at_a_time:
            board = self.session().board
            found = next((one for one in board.cards if page and address_of(board, one) == page), None)
            return pane_of(board, self._looked_at(found or board.named(card or page)))

    def changes(self, card: str, version: str) -> tuple[Change, ...]:
        """What others changed on a card since it had this version; nothing where that is not remembered."""
        with self.one_at_a_time:
            board = self.session().board
            now, seen = board.find(card), self._seen.get(version)
            return changes(board, seen, now) if seen is not None and now is not None else ()

    def _looked_at(self, card: Card) -> Card:
        """Remember the card as it is shown now."""
        version = version_of(card)
        self._seen.pop(version, None)
        self._seen[version] = card
        while len(self._seen) > REMEMBERED:
            del self._seen[next(iter(self._seen))]
        return card

    def make(self, gesture: str, words: Mapping[str, Any], *, versions: Mapping[str, str] | None = None) -> Outcome:
        """Make one of OFFERED with its words, as one commit by the user's git identity; the user's hooks run.

        `versions` are the cards that were looked at, by id (`CardHere.version`): when one of them is no longer so,
        nothing is done and the refusal says `changed`. Whatever stands against it is in the outcome, nothing is raised.
        """
        return self._carry(gesture, words, WriteFlags(), versions or {})

    def rehearse(self, gesture: str, words: Mapping[str, Any]) -> Outcome:
        """The same without doing it: what would be said."""
        return self._carry(gesture, words, WriteFlags(dry_run=True), {})

    def undo(self, card: str = "") -> Outcome:
        """Take back one's last gesture, or the last on a card, by a new commit."""
        with self.writing, self.one_at_a_time:
            session = self.session()
            try:
                self._may_write()
                made, published = take_back(
                    session.repository, card=card, zone=session.config.zone, check=partial(check_limits, session)
                )
            except KanbanError as error:
                return refused("undo", error)
            text = _("undone: {subject}").format(subject=made.subject)
            return Outcome("undo", (text,), (), None, published.commit, made.cards)

    def templates(self) -> tuple[Choice, ...]:
        """What a new card may begin from."""
        with self.one_at_a_time:
            return templates_of(self.session().board)

    def understand(self, line: str, template: str = "") -> Understood:
        """A line for a new card, taken apart and rehearsed, before anything is saved."""
        with self.one_at_a_time:
            session = self.session()
            try:
                said = read_quick_line(line, session.board, session.today)
            except Unclear as error:
                readings = tuple(Choice(text, shown) for text, shown in error.lines.items())
                return Understood((), {}, refused("new", error), readings)
            except KanbanError as error:
                return Understood((), {}, refused("new", error))
            words = _words_of(said) | ({"template": template} if template else {})
            return Understood(tuple(said.understood), words, self.rehearse("new", words))

    def meeting(self, name: str) -> Meeting:
        """The agenda of `daily` or `weekly` as the board stands now, to be walked through. Raises NotFound."""
        if name not in MEETINGS:
            raise NotFound(_("there is no meeting “{name}”").format(name=name))
        with self.one_at_a_time:
            return meeting_of(self.session(), name)

    def share(self, takes: Sequence[str] = ()) -> Shared:
        """Take in the others' work and share one's own; questions come back to be answered with `NAME=VALUE`.

        A network may be slow: meanwhile the board is read, by a session of its own as another program has it; gestures
        wait for their turn.
        """
        with self.writing:
            try:
                self._may_write()
                return share(Desk(self.settings, self.as_of).session(), takes)
            except KanbanError as error:
                return Shared(refused=refusal_of(error))

    @property
    def only_shows(self) -> bool:
        """Whether no gesture can be made: it was asked so, or a past day is shown."""
        with self.one_at_a_time:
            return self.read_only or past_of(self.session()) is not None

    @property
    def upstream(self) -> str:
        """Where the board is shared; "" where it is not."""
        with self.one_at_a_time:
            return upstream_label(self.session())

    def unshared(self) -> int:
        """How many gestures the others cannot see yet."""
        with self.one_at_a_time:
            try:
                return unshared(self.session().repository)
            except KanbanError:
                return 0

    def _carry(self, name: str, words: Mapping[str, Any], flags: WriteFlags, versions: Mapping[str, str]) -> Outcome:
        with nullcontext() if flags.dry_run else self.writing, self.one_at_a_time:
            try:
                if not flags.dry_run:
                    self._may_write()
                session = self.session()
                typed = typed_words(name, words)
                return told(*carry_out(session, flags, partial(self._made, name, versions), **typed))
            except _ChangedSince as error:
                return Outcome(name, refused=replace(refusal_of(error), changed=True))
            except KanbanError as error:
                return refused(name, error)

    def _made(self, name: str, versions: Mapping[str, str], at: Situation, /, **words: Any) -> Gesture:
        """The gesture on the board as it stands now, if that is still what the person saw."""
        for card_id, version in versions.items():
            card = at.board.find(card_id)
            if card is None or version_of(card) != version:
                seen = self._seen.get(version)
                differing = changes(at.board, seen, card) if seen is not None and card is not None else ()
                column = at.board.column_of(card).title if card is not None else ""
                raise _ChangedSince(card_id, column, [one.line for one in differing])
        made = GESTURES[name](self._as_person(at), **words)
        if self.person and made.changes and self.person != at.who():
            return replace(made, trailers=(*made.trailers, ("On-behalf-of", self.person)))
        return made

    def _situation(self, session: Session) -> Situation:
        return self._as_person(session.situation(session.board))

    def _as_person(self, at: Situation) -> Situation:
        return replace(at, who=lambda: self.person) if self.person else at

    def _may_write(self) -> None:
        if self.read_only:
            raise KanbanError(_("this board is shown to be read only"), cure=_("start it without `--read-only`"))
        if self.only_shows:
            raise KanbanError(_("a past day is shown: it cannot be changed"), cure=_("start it without `--as-of`"))


class _ChangedSince(Refused):
    def __init__(self, card: str, column: str, differing: Sequence[str]) -> None:
        where = _("it stands in {column} now").format(column=column) if column else _("it is not there any more")
        super().__init__(_("{card} was changed while you looked at it").format(card=card), differing, cure=where)


def typed_words(name: str, words: Mapping[str, Any]) -> dict[str, Any]:
    """What came from outside as the gesture's words. Raises KanbanError, NotFound for a gesture nobody offers."""
    if name not in OFFERED:
        raise NotFound(_("there is no gesture “{name}” here").format(name=name))
    known = parameters_of(GESTURES[name])
    found: dict[str, Any] = {}
    for key, value in words.items():
        one = known.get(key)
        if one is None:
            raise KanbanError(_("“{name}” is no word of {gesture}").format(name=key, gesture=name))
        if one.flag:
            fits = isinstance(value, bool)
        elif one.several:
            fits = isinstance(value, Sequence) and all(isinstance(item, str) for item in value)
            fits = fits and not isinstance(value, str)
        else:
            fits = isinstance(value, int if one.number else str)
        if not fits:
            raise KanbanError(_("{key} cannot be read").format(key=key))
        found[key] = tuple(value) if one.several else value
    missing = [one.name for one in known.values() if one.needed and one.name not in found]
    if missing:
        raise KanbanError(_("{name} is missing").format(name=", ".join(missing)))
    return found


def _words_of(said: QuickLine) -> dict[str, Any]:
    more = {"tag": tuple(said.tags), "assignments": tuple(said.extra)}
    return {**said.words, **{name: value for name, value in more.items() if value}}
