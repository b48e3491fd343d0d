"""Keeps in the index in which closed cards the linter finds nothing.

A row is found by a digest of the rules asked, all files of the board that are no cards (`board.yml` among them) and the
program's own sources; it holds a digest of each such card with its place. Nothing of it depends on a day or a commit.
"""

from collections.abc import Collection, Iterable
from functools import cache

from kanban import __version__
from kanban.again.rows import blake2b
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.repository.kept.index import Index

MOST = 60_000
"""Cards remembered at most under the same rules; with more, those of this run alone."""
_MOST_BOARDS = 8
"""Boards, rules and settings remembered at most; those judged first go first."""

_KIND = "judged"
_PARTS = ("lint", "pull", "model")
"""What has a part in a judgement."""
_DIGEST = 16


class Judgements:
    """The cards of one board judged by the rules of these codes."""

    def __init__(self, index: Index, board: Board, codes: Iterable[str]) -> None:
        self._index = index
        context = blake2b(sources(), digest_size=_DIGEST)
        context.update(" ".join(codes).encode())
        for path, file in sorted(board.files.items()):
            context.update(f"\0{path}\0{file.mode}\0{file.note}\0".encode("utf-8", "surrogateescape"))
            context.update(blake2b(file.data or b"", digest_size=_DIGEST).digest())
        self._context = context.digest()
        self._known: set[bytes] = set()
        self._here: Collection[bytes] = ()

    def knows(self, cards: Iterable[Card]) -> Collection[Card]:
        """Those of the cards in which nothing is found, as is known."""
        body = self._index.get(_KIND, self._context) or b""
        self._known = {body[at : at + _DIGEST] for at in range(0, len(body), _DIGEST)}
        found = {key: card for card in cards if (key := self._key(card)) in self._known} if self._known else {}
        self._here = found.keys()
        return found.values()

    def learn(self, cards: Iterable[Card]) -> None:
        """Nothing was found in these."""
        new = {self._key(card) for card in cards}
        if not new <= self._known:
            kept = self._known if len(self._known) + len(new) <= MOST else self._here
            self._index.keep(_KIND, {self._context: b"".join(sorted({*kept, *new}))}, _MOST_BOARDS)

    def _key(self, card: Card) -> bytes:
        place = f"{card.path}\0{card.column}\0{card.mode}\0".encode("utf-8", "surrogateescape")
        return blake2b(self._context + place + card.data, digest_size=_DIGEST).digest()


@cache
def sources() -> bytes:
    """A digest of the program's sources that judge a card."""
    from importlib.resources import files

    found = blake2b(__version__.encode(), digest_size=_DIGEST)
    waiting = [files(f"kanban.{name}") for name in _PARTS]
    while waiting:
        for entry in sorted(waiting.pop().iterdir(), key=lambda entry: entry.name):
            if entry.is_dir() and entry.name != "__pycache__":
                waiting.append(entry)
            elif entry.name.endswith(".py"):
                found.update(entry.name.encode() + b"\0" + entry.read_bytes())
    return found.digest()
