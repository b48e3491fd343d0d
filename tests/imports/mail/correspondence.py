"""A correspondence that is made up, with its labels: mails under their deals, and traps that no program should guess."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

DOUBTFUL, AUTOMATIC = "doubtful", "automatic"
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
    """One deal a customer; every sixth customer has two that share an address, every tenth one that is closed."""
    found = []
    for number in range(count):
        name = f"Company {number}"
        address = f"anna{number}@company{number}.example"
        closed = number % 10 == 9
        found.append(Deal(f"company-{number}-one", name, TITLES[number % 5], address, "won" if closed else "offer"))
        if number % 6 == 5 and not closed:
            found.append(Deal(f"company-{number}-two", name, TITLES[(number + 1) % 5], address, "meeting"))
    return found


class Writer:
    """Writes mails with their labels, the same for the same seed."""

    def __init__(self, cards: list[Deal], seed: int) -> None:
        self.dice = random.Random(seed)
        by_address: dict[str, list[Deal]] = {}
        for card in cards:
            by_address.setdefault(card.address, []).append(card)
        self.single = [held[0] for held in by_address.values() if len(held) == 1 and held[0].column != "won"]
        self.shared = [held for held in by_address.values() if len(held) > 1]
        self.closed = [held[0] for held in by_address.values() if len(held) == 1 and held[0].column == "won"]
        self.made: list[tuple[bytes, str]] = []
        self.threads: list[tuple[str, Deal]] = []

    def write(self, count: int) -> list[tuple[bytes, str]]:
        kinds = [
            (30, self.plain), (15, self.sent), (12, self.reply), (6, self.shared_marked), (6, self.shared_titled),
            (4, self.shared_bare), (4, self.wrong_reference), (4, self.foreign_reference), (4, self.forwarded_marked),
            (2, self.forwarded_bare), (2, self.stranger), (2, self.other_thread), (3, self.newsletter),
            (2, self.two_customers), (2, self.closed_deal), (2, self.colleague_of_theirs),
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
