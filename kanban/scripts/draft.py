"""A filled mail as a draft: a file for the mail program, or a link that opens it. Only the standard library's message
classes put anything into a header."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.paper.plain import typed
from kanban.scripts.filling import Filled, UnresolvedField

LONG_LINK = 2000
"""Characters from which some mail programs cut a link."""

_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9.-]+\Z")


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail ready to be looked at and sent. Names and addresses are one line each; `sender` is "" when unknown."""

    to_name: str
    to: str
    sender_name: str
    sender: str
    subject: str
    text: str


def draft_of(board: Board, card: Card, filled: Filled) -> Draft:
    """The draft for a card's contact.

    Raises UnresolvedField when the card has no mail address, and KanbanError for an address that is none.
    """
    address = board.directory.mail_of(card)
    if not address:
        message = _("a draft needs an address: {card} has no `contact_email`").format(card=f"{card.id} ({card.path})")
        cure = f"kanban set {typed(card.id)} contact_email=name@example.org"
        raise UnresolvedField(message, field="contact_email", card=card.id, cure=cure, where=f"{card.path}:1")
    if not _ADDRESS.match(address):
        message = _("`contact_email` is not one mail address: {address}").format(address=" ".join(address.split()))
        cure = f"kanban set {typed(card.id)} contact_email=name@example.org"
        raise KanbanError(message, cure=cure, where=f"{card.path}:{card.line_of('contact_email')}")
    owner = board.config.owner(card.owner)
    sender = owner.email.strip() if owner is not None else ""
    if sender and not _ADDRESS.match(sender):
        message = _("the address of {owner} is not one mail address").format(owner=card.owner)
        raise KanbanError(message, cure=_("correct `owners:`"), where="board.yml")
    return Draft(
        _plain(card.contact),
        address,
        _plain(owner.name) if owner and sender else "",
        sender,
        filled.subject,
        filled.text,
    )


def eml(draft: Draft) -> bytes:
    """The draft as a message file (RFC 5322) that mail programs open for editing. It holds no date: it is not sent yet.

    The same draft gives the same bytes.
    """
    from email.headerregistry import Address
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    if draft.sender:
        message["From"] = Address(display_name=_plain(draft.sender_name), addr_spec=draft.sender)
    message["To"] = Address(display_name=_plain(draft.to_name), addr_spec=draft.to)
    message["Subject"] = _plain(draft.subject)
    message["X-Unsent"] = "1"
    message.set_content(draft.text, cte="quoted-printable")
    return message.as_bytes()


def mailto(draft: Draft) -> str:
    """The draft as a `mailto:` link (RFC 6068); line ends are CRLF, everything else is percent-encoded."""
    body = "\r\n".join(draft.text.splitlines())
    fields = f"subject={quote(_plain(draft.subject), safe='')}&body={quote(body, safe='')}"
    return f"mailto:{quote(draft.to, safe='@')}?{fields}"


def _plain(text: str) -> str:
    """One line without control characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
