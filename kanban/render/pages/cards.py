"""One page per card."""

import posixpath
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import quote, unquote

from kanban.i18n import _
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.card import Card
from kanban.model.cards.links.links import unlinked
from kanban.model.history.edits import edits_of
from kanban.model.history.events import Event
from kanban.pull.moves import Verdict
from kanban.render.addresses import address_of, entry_page, root_of
from kanban.render.environment import write_page
from kanban.render.forge import commit_address, file_links
from kanban.render.markdown import with_code
from kanban.render.plan import PlannedFile, digest
from kanban.render.site_input import Material
from kanban.render.views.cards.card import card_view, files_of, kept_file, verdict_of
from kanban.render.views.cards.card_history import Past, past_of
from kanban.render.views.page import card_frame


def card_pages(material: Material) -> Iterator[PlannedFile]:
    """`cards/….html`, one for each file that is a card, broken ones and copies too."""
    shelf = CardShelf(material)
    for card in material.board.cards:
        yield shelf.planned(card)


def card_page_at(material: Material, address: str) -> PlannedFile | None:
    """The page of one card by its address."""
    cards = (card for card in material.board.cards if address_of(material.board, card) == address)
    return next(map(CardShelf(material).planned, cards), None)


class CardShelf:
    """What the pages of all cards share."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.commits = commit_address(material)

    @cached_property
    def common(self) -> str:
        """The part of every card's key that is the same for all of them."""
        material = self.material
        return digest(material.board.config, material.audience, material.prefix, material.has_past)

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Path of a card's file → address of its page: what a link between two cards is turned into."""
        board = self.material.board
        entries = {one.path: entry_page(one) for one in board.directory.entries}
        return {card.path: address_of(board, card) for card in board.cards} | entries

    def planned(self, card: Card) -> PlannedFile:
        """The card's page. Its key holds all that its page shows; a closed card's does not depend on the day."""
        material, board = self.material, self.material.board
        events = tuple(material.events_of(card.id))
        verdict = None if material.is_public else verdict_of(board, card, material.as_of)
        day = material.as_of if board.is_open(card) else None
        links = self.addresses if "](" in card.body else None
        copies = len(board.duplicates.get(card.id, ()))
        known = board.directory.account_of(card), board.directory.people_of(card)
        past = [(event.commit, event.kind, event.at.isoformat()) for event in events]
        key = digest(
            self.common,
            card.text,
            card.path,
            past,
            verdict and verdict.reasons,
            day,
            links,
            copies,
            known,
            self.kept(card),
        )
        return PlannedFile(address_of(board, card), lambda: self.write(card, events, verdict), key, many=True)

    def write(self, card: Card, events: tuple[Event, ...], verdict: Verdict | None) -> bytes:
        """The page's bytes."""
        material, board = self.material, self.material.board
        address = address_of(board, card)

        def find_link(wanted: str) -> str:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(card.path), unquote(wanted.partition("#")[0])))
            found = self.addresses.get(path, "")
            return root_of(address) + found if found else kept.get(path, "")

        kept = {one.path: self.kept_at(one, root_of(address)) for one in self.kept(card)}

        view = card_view(
            board,
            card,
            material.as_of,
            self.past(events),
            verdict=verdict,
            find_link=find_link,
            links=file_links(material, card.path),
            files=files_of(board, card, root_of(address)),
            kept=tuple(kept_file(one, kept[one.path]) for one in unlinked(board, card) if one.path in kept),
            standing=clocks.column_days if (clocks := material.clocks.get(card.id)) is not None else None,
        )
        return write_page("card.html.jinja", page=card_frame(material, address, card, events), card=view)

    def kept(self, card: Card) -> tuple[BoardFile, ...]:
        """The files kept for a card; none for everybody."""
        return () if self.material.is_public else self.material.board.attachments.get(card.id, ())

    def kept_at(self, file: BoardFile, root: str) -> str:
        """Where such a file can be had: beside the pages, else on the forge, else nowhere ("")."""
        if self.material.hands_files_out:
            return root + quote(file.path, errors="surrogateescape")
        return next((one.href for one in file_links(self.material, file.path)), "")

    def past(self, events: tuple[Event, ...]) -> Past:
        """The card's past, or why it is not known."""
        material = self.material
        if material.history is None:
            return Past(missing=with_code(_("No git history here: `kanban init . --git` begins one.")))
        if material.history.shallow:
            text = _("This clone has only part of the history: `kanban doctor --repair` fetches the rest.")
            return Past(missing=with_code(text))
        if not events:
            return Past(missing=with_code(_("Not committed yet.")))
        edits = edits_of(events, material.versions)
        return past_of(material.board, events, self.commits, material.as_of, edits, material.versions)
