"""A correspondence that is made up, with its labels: mails under their deals, and traps that no program should guess."""

from __future__ import annotations

import email
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime

DOUBTFUL, AUTOMATIC, KNOWN = "doubtful", "automatic", "known"
OWN = ("zoe@us.example", "karim@us.example")
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TITLES = ("Login portal", "Data export", "Support plan", "Fleet renewal", "Site audit")


@dataclass(frozen=True)
class Deal:
    """A card: id, account, title, the contact's address, and its column."""

    id: str
    account: str
    title: str
    address: str
    column: str = "offer"

    @property
    def text(self) -> str:
        return f"---\ntitle: {self.title}\naccount: {self.account}\ncontact_email: {self.address}\nowner: Zoé\n---\n"


def deals(count: int) -> list[Deal]:
    """One deal a customer; every sixth customer has two that share an address, every tenth one that is closed.

    Every seventh has a second one of another person's; every fourteenth one whose title begins as the first one's.
    """
    found = []
    for number in range(count):
        name = f"Company {number}"
        address = f"anna{number}@company{number}.example"
        closed = number % 10 == 9
        found.append(Deal(f"company-{number}-one", name, TITLES[number % 5], address, "won" if closed else "offer"))
        if number % 6 == 5 and not closed:
            found.append(Deal(f"company-{number}-two", name, TITLES[(number + 1) % 5], address, "meeting"))
        elif number % 14 == 3 and not closed:
            found.append(Deal(f"company-{number}-two", name, f"{TITLES[number % 5]} phase 2", address, "meeting"))
        elif number % 7 == 2 and not closed:
            found.append(
                Deal(f"company-{number}-two", name, TITLES[(number + 2) % 5], f"bob{number}@company{number}.example")
            )
    return found


class Writer:
    """Writes mails with their labels, the same for the same seed."""

    def __init__(self, cards: list[Deal], seed: int) -> None:
        self.dice = random.Random(seed)
        by_address: dict[str, list[Deal]] = {}
        for card in cards:
            by_address.setdefault(card.address, []).append(card)
        self.single = [held[0] for held in by_address.values() if len(held) == 1 and held[0].column != "won"]
        pairs = [held for held in by_address.values() if len(held) > 1]
        self.nested = [(one, other) for one, other in pairs if one.title in other.title]
        self.shared = [held for held in pairs if (held[0], held[1]) not in self.nested]
        self.neighbours = [
            (one, other) for one in self.single for other in cards if other.account == one.account and other is not one
        ]
        self.closed = [held[0] for held in by_address.values() if len(held) == 1 and held[0].column == "won"]
        self.made: list[tuple[bytes, str]] = []
        self.threads: list[tuple[str, Deal]] = []

    def write(self, count: int) -> list[tuple[bytes, str]]:
        kinds = [
            (30, self.plain), (15, self.sent), (12, self.reply), (6, self.shared_marked), (6, self.shared_titled),
            (4, self.shared_bare), (4, self.wrong_reference), (4, self.foreign_reference), (4, self.forwarded_marked),
            (2, self.forwarded_bare), (2, self.stranger), (2, self.other_thread), (3, self.newsletter),
            (2, self.two_customers), (2, self.closed_deal), (2, self.colleague_of_theirs),
            (2, self.twice), (2, self.without_an_id), (2, self.through_a_form), (2, self.through_our_list),
            (2, self.through_their_list_in_answer), (2, self.absence), (2, self.bounce), (2, self.odd_name),
            (2, self.odd_case), (2, self.new_subject_in_thread), (2, self.names_the_other_in_thread),
            (2, self.beside_it), (2, self.private_stranger), (2, self.unknown_thread), (2, self.blind_copy),
            (2, self.with_attachments), (2, self.two_titles), (2, self.titles_in_one_another), (2, self.two_references),
        ]  # fmt: skip
        writers = [write for weight, write in kinds for _turn in range(weight)]
        while len(self.made) < count:
            self.dice.choice(writers)()
        return self.made

    def put(self, label: str, sender: str, to: str, subject: str, **headers: str) -> str:
        number = len(self.made)
        message = EmailMessage()
        message["From"], message["To"] = f"Anna Né <{sender}>", to
        message["Subject"] = subject
        message["Date"] = format_datetime(START + timedelta(hours=3 * number))
        message["Message-ID"] = key = f"<m{number}@mail.example>"
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        body = "Bonjour,\n\nWe looked at the proposal.\nCould you call on Monday?\n\n-- \nAnna\n\nOn Monday Zoé wrote:\n> secret words\n"
        if number % 7 == 3:
            message.set_content(f"<p>{body.replace(chr(10), '<br>')}</p>", subtype="html")
        else:
            message.set_content(body, charset="iso-8859-1" if number % 5 == 2 else "utf-8", cte="quoted-printable")
        self.made.append((message.as_bytes(), label))
        return key

    def alter(self, old: bytes, new: bytes) -> None:
        """What the last mail's program wrote otherwise than any library of ours would."""
        data, label = self.made[-1]
        assert old in data, old
        self.made[-1] = data.replace(old, new, 1), label

    def twice(self) -> None:
        """The same mail once more, from another folder."""
        key, card = self.threads[-1] if self.threads else ("", None)
        if card is None:
            return
        data = next(data for data, _label in self.made if f"\nMessage-ID: {key}\n".encode() in data)
        self.made.append((b"X-Folder: Archive\n" + data, KNOWN))

    def without_an_id(self) -> None:
        """Some programs write none, or an empty one: two of them are two mails."""
        for given in (b"", b"Message-ID: <>\n"):
            card = self.dice.choice(self.single)
            key = self.put(card.id, card.address, "zoe@us.example", f"Minutes {len(self.made)}")
            self.alter(f"Message-ID: {key}\n".encode(), given)

    def through_a_form(self) -> None:
        """A form on a site writes for a customer, who is answered elsewhere."""
        card = self.dice.choice(self.single)
        self.put(card.id, "no-reply@forms.example", "zoe@us.example", "Form sent", Reply_To=card.address)

    def through_our_list(self) -> None:
        """A group of ours adds a list's name to a customer's mail."""
        card = self.dice.choice(self.single)
        self.put(card.id, card.address, "sales@us.example", "Delivery", List_Id="<sales.us.example>", Precedence="list")

    def through_their_list_in_answer(self) -> None:
        if self.threads:
            key, card = self.dice.choice(self.threads)
            self.put(
                card.id, card.address, "zoe@us.example", "Re: Our offer", List_Id="<buyers.x.example>", In_Reply_To=key
            )

    def absence(self) -> None:
        card, subject = (
            self.dice.choice(self.single),
            self.dice.choice(("Automatic reply: Offer", "Réponse automatique : x")),
        )
        self.put(AUTOMATIC, card.address, "zoe@us.example", subject)

    def bounce(self) -> None:
        card = self.dice.choice(self.single)
        self.put(AUTOMATIC, card.address, "zoe@us.example", "Re: Our offer", Return_Path="<>")

    def odd_name(self) -> None:
        """Commas in names, quotes around addresses, letters of no alphabet that is named."""
        card = self.dice.choice(self.single)
        for name in (
            b'"N\xe9, Anna" <%s>',
            b"'%s'",
            b"=?utf-8?q?N=C3=A9=2C_Anna?= <%s>",
            b"<%s> (Anna), zoe@us.example",
        ):
            self.put(card.id, card.address, "zoe@us.example", "")
            start = self.made[-1][0].index(b"From: ")
            line = self.made[-1][0][start : self.made[-1][0].index(b"\nTo: ")]
            self.alter(line, b"From: " + name % card.address.encode())

    def odd_case(self) -> None:
        """An address and a reference in capitals, with an underscore."""
        card = self.dice.choice(self.dice.choice(self.shared))
        self.put(card.id, card.address.title(), "zoe@us.example", f"RE: {card.id.upper().replace('-', '_')}")

    def new_subject_in_thread(self) -> None:
        """An answer under another subject goes on in its thread."""
        if self.threads:
            key, card = self.dice.choice(self.threads)
            self.put(card.id, card.address, "zoe@us.example", "By the way", References=f"<x@y.example> {key}")

    def names_the_other_in_thread(self) -> None:
        """Whoever has two deals takes up a mail about one to write about the other."""
        one, other = self.dice.sample(self.dice.choice(self.shared), 2)
        key = self.put(one.id, one.address, "zoe@us.example", f"[{one.id}] dates")
        self.put(DOUBTFUL, one.address, "zoe@us.example", f"{other.title}: prices", In_Reply_To=key)

    def beside_it(self) -> None:
        """Somebody of a customer's writes about the deal of a colleague of theirs, by its title."""
        for one, other in self.dice.sample(self.neighbours, min(1, len(self.neighbours))):
            self.put(DOUBTFUL, one.address, "zoe@us.example", f"Re: {other.title}, dates")
            self.put(one.id, one.address, "zoe@us.example", f"Re: {one.title}, dates")

    def private_stranger(self) -> None:
        """An unknown private address that knows a name: the domain is everybody's, one of our own too."""
        card = self.dice.choice(self.single)
        self.put(DOUBTFUL, f"x{len(self.made)}@gmail.com", "zoe.private@gmail.com", f"About [{card.id}]")

    def unknown_thread(self) -> None:
        card = self.dice.choice(self.single)
        self.put(card.id, card.address, "zoe@us.example", "Re: Hello", In_Reply_To="<never@seen.example>")

    def blind_copy(self) -> None:
        card = self.dice.choice(self.single)
        self.put(card.id, "zoe@us.example", "undisclosed-recipients:;", "News of the product", Bcc=card.address)

    def with_attachments(self) -> None:
        """A card of somebody else's and an invitation hang on it: their addresses are none of the mail's."""
        card, other = self.dice.sample(self.single, 2)
        self.put(card.id, card.address, "zoe@us.example", "My colleague's card")
        message = email.message_from_bytes(self.made[-1][0], policy=default)
        assert isinstance(message, EmailMessage)
        message.add_attachment(
            f"BEGIN:VCARD\nEMAIL:{other.address}\nEND:VCARD\n".encode(), "text", "vcard", filename="x.vcf"
        )
        invitation = f"BEGIN:VCALENDAR\nATTENDEE:mailto:{other.address}\nEND:VCALENDAR\n"
        message.add_attachment(invitation.encode(), "text", "calendar", filename="invite.ics")
        forwarded = email.message_from_bytes(
            f"From: {other.address}\nSubject: [{other.id}]\n\nold".encode(), policy=default
        )
        message.add_attachment(forwarded)
        self.made[-1] = message.as_bytes(), card.id

    def two_titles(self) -> None:
        one, other = self.dice.choice(self.shared)[:2]
        self.put(DOUBTFUL, one.address, "zoe@us.example", f"{one.title} and {other.title}")

    def titles_in_one_another(self) -> None:
        """`Portal` and `Portal phase 2` at one address: who names the second does not mean the first."""
        for short, long in self.dice.sample(self.nested, min(1, len(self.nested))):
            self.put(long.id, long.address, "zoe@us.example", f"Re: {long.title}")
            self.put(short.id, short.address, "zoe@us.example", f"Re: {short.title}")

    def two_references(self) -> None:
        one, other = self.dice.sample(self.single, 2)
        self.put(DOUBTFUL, one.address, "zoe@us.example", f"[{one.id}] [{other.id}]")

    def plain(self) -> None:
        card = self.dice.choice(self.single)
        key = self.put(
            card.id, card.address, "zoe@us.example", self.dice.choice(("Re: your proposal", "Réunion lundi", ""))
        )
        self.threads.append((key, card))

    def sent(self) -> None:
        card = self.dice.choice(self.single)
        key = self.put(card.id, "zoe@us.example", card.address.upper(), "Our offer", Cc="karim@us.example")
        self.threads.append((key, card))

    def reply(self) -> None:
        """Somebody else at the customer's answers in a known thread."""
        if self.threads:
            key, card = self.dice.choice(self.threads)
            domain = card.address.partition("@")[2]
            self.put(card.id, f"boss{len(self.made)}@{domain}", "zoe@us.example", "Re: Our offer", In_Reply_To=key)

    def shared_marked(self) -> None:
        card = self.dice.choice(self.dice.choice(self.shared))
        self.put(card.id, card.address, "zoe@us.example", f"Re: [{card.id}] next steps")

    def shared_titled(self) -> None:
        card = self.dice.choice(self.dice.choice(self.shared))
        self.put(card.id, card.address, "zoe@us.example", f"Re: {card.title.lower()}, dates")

    def shared_bare(self) -> None:
        card = self.dice.choice(self.dice.choice(self.shared))
        self.put(DOUBTFUL, card.address, "zoe@us.example", "A question")

    def wrong_reference(self) -> None:
        card, other = self.dice.sample(self.single, 2)
        self.put(DOUBTFUL, card.address, "zoe@us.example", f"Re: [{other.id}]")

    def foreign_reference(self) -> None:
        card = self.dice.choice(self.single)
        self.put(card.id, card.address, "zoe@us.example", "[JIRA-12] PO-2026-44 follow-up")

    def forwarded_marked(self) -> None:
        card = self.dice.choice([*self.single, *self.shared[0]])
        self.put(card.id, "karim@us.example", "zoe@us.example", f"Fwd: their answer (#{card.id})")

    def forwarded_bare(self) -> None:
        self.put(DOUBTFUL, "karim@us.example", "zoe@us.example", "Fwd: their answer")

    def stranger(self) -> None:
        card = self.dice.choice(self.single)
        self.put(DOUBTFUL, f"x{len(self.made)}@elsewhere.example", "zoe@us.example", f"About [{card.id}]")

    def other_thread(self) -> None:
        """A customer takes up a thread about another customer's deal."""
        if self.threads:
            key, card = self.dice.choice(self.threads)
            other = self.dice.choice([one for one in self.single if one.id != card.id])
            self.put(DOUBTFUL, other.address, "zoe@us.example", "Re: Our offer", In_Reply_To=key)

    def newsletter(self) -> None:
        self.put(AUTOMATIC, self.dice.choice(self.single).address, "zoe@us.example", "News", List_Id="<news.example>")

    def two_customers(self) -> None:
        card, other = self.dice.sample(self.single, 2)
        self.put(DOUBTFUL, "zoe@us.example", f"{card.address}, {other.address}", "An introduction")

    def closed_deal(self) -> None:
        self.put(DOUBTFUL, self.dice.choice(self.closed).address, "zoe@us.example", "A new need")

    def colleague_of_theirs(self) -> None:
        """An unknown address of the customer's domain, with the deal's name."""
        card = self.dice.choice(self.single)
        domain = card.address.partition("@")[2]
        self.put(card.id, f"buyer@{domain}", "zoe@us.example", f"Order for {card.id}")
