"""Mails become dated notes, one commit each on its day: the subject and two lines, the whole text only when asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kanban.demo.plan import Person, PlannedCommit
from kanban.errors import EditConflict
from kanban.i18n import _
from kanban.imports.mail.matching import Matcher
from kanban.imports.mail.message import Mail
from kanban.imports.trouble import Trouble
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.history.events import History
from kanban.model.text.edit.note_writing import append_note
from kanban.model.text.edit.replacement import encode
from kanban.model.text.edit.splice import readable_document, set_field
from kanban.paper.plain import typed
from kanban.repository.git.repository import Repository
from kanban.repository.write.message import commit_message

KEY = "Message"


@dataclass
class Filed:
    """What became of the mails: filed (mail, card), known from before, automatic, doubtful."""

    filed: list[tuple[Mail, str]] = field(default_factory=list)
    known: int = 0
    automatic: int = 0
    strangers: int = 0
    doubtful: list[Trouble] = field(default_factory=list)
    perhaps: list[tuple[str, ...]] = field(default_factory=list)
    commits: list[PlannedCommit] = field(default_factory=list)


@dataclass(frozen=True)
class Register:
    """What stands for the mails that are filed, with their cards; and for those whose filing was taken back."""

    filed: dict[str, str]
    taken_back: frozenset[str]


def filed_before(repository: Repository) -> Register:
    """The mails that were filed, as the commits tell."""
    keys = (KEY, "Card", "Kanban", "Undoes")
    trailers = [f"%(trailers:key={key},valueonly,separator=%x20)" for key in keys]
    told = ("--grep", f"^{KEY}: ", "--grep", "^Undoes: ", f"--format={'%x02'.join(['%H', *trailers])}")
    done = repository.git.read("log", *told, "HEAD", "--")
    filed, undone, back = dict[str, str](), set[str](), set[str]()
    for line in done.out.decode("utf-8", "replace").splitlines():
        commit, key, card, verb, undoes = line.split("\x02")
        if undoes and commit not in undone:
            undone.add(undoes)
        elif verb == "log-mail" and commit in undone:
            back.add(key)
        elif verb == "log-mail":
            filed[key] = card
    return Register(filed, frozenset(back - filed.keys()))


@dataclass
class Clerk:
    """Files mails on a board, in the order of their days."""

    board: Board
    history: History
    matcher: Matcher
    prefix: str
    me: Person
    now: datetime
    whole: bool = False
    card: str = ""
    taken_back: Collection[str] = ()
    """Mails that were taken off a card: they go to one again when somebody says to which."""

    def file(self, mails: Sequence[Mail]) -> Filed:
        """Decide on every mail and plan the commits; nothing is written."""
        found = Filed()
        self._texts: dict[str, bytes] = {}
        self._ahead: dict[str, str] = {}
        self._last = {card.id: self._touched(card) for card in self.board.cards}
        here = {mail.key for mail in mails}
        for mail in sorted(mails, key=lambda one: (one.at, not here.isdisjoint(one.answers), one.key)):
            if self.card not in ("", self.matcher.threads.get(mail.key, self.card)):
                self._elsewhere(mail, found)
            elif self.knows(mail):
                found.known += 1
                self._ask_of_cancelled(mail, found)
            elif self.passes_over(mail):
                found.automatic += 1
                self._ask_of_cancelled(mail, found)
            else:
                self._file(mail, found)
        return found

    def knows(self, mail: Mail) -> bool:
        """Whether it was filed before, and nobody took it back to put it elsewhere."""
        return mail.key in self.matcher.threads or (not self.card and mail.key in self.taken_back)

    def _elsewhere(self, mail: Mail, found: Filed) -> None:
        card = self.matcher.threads[mail.key]
        reason = _("it is filed under {card}; `kanban undo {name}` takes back what was last done there")
        found.doubtful.append(Trouble(mail.file, 0, reason.format(card=card, name=typed(card)), "", mail.subject))
        found.perhaps.append(())

    def passes_over(self, mail: Mail) -> bool:
        """Whether nobody wrote it to us: a machine's mail, or through a list that is not ours and in answer to none."""
        ours = not mail.listed or self.matcher.is_ours(mail.listed)
        return not self.card and (mail.automatic or not (ours or self.matcher.threads.keys() & set(mail.answers)))

    def _file(self, mail: Mail, found: Filed) -> None:
        verdict = self.matcher.match(mail) if not self.card else None
        card = self.card if verdict is None else verdict.card
        if not card:
            reason = verdict.reason if verdict is not None else ""
            perhaps = verdict.perhaps if verdict is not None else ()
            found.doubtful.append(Trouble(mail.file, 0, reason, "", mail.subject))
            found.perhaps.append(perhaps)
            return
        planned = self._planned(card, mail) if mail.ahead else ""
        if not mail.ahead and mail.at > self.now + timedelta(days=1):
            planned = _("{day} is not over yet").format(day=mail.at.date())
        if planned:
            found.doubtful.append(Trouble(mail.file, 0, planned, "", mail.subject))
            found.perhaps.append(())
            return
        try:
            found.commits.append(self._commit(mail, card))
        except EditConflict as error:
            found.doubtful.append(Trouble(mail.file, 0, f"{card}: {error.message}", error.cure, mail.subject))
            found.perhaps.append((card,))
            return
        self.matcher.threads[mail.key] = card
        found.filed.append((mail, card))

    def _commit(self, mail: Mail, name: str) -> PlannedCommit:
        card = next(one for one in self.board.cards if one.id == name)
        data = self._texts.get(name, card.data)
        if mail.ahead:
            when = mail.at.date().isoformat() if mail.whole_day else f"{mail.at:%Y-%m-%dT%H:%M}"
            self._ahead[name] = mail.subject
            noted = set_field(set_field(data, "next_action", mail.subject or "…"), "next_action_date", when)
        else:
            noted = append_note(data, f"{mail.at.date().isoformat()} — {mail.what}", self._bullets(mail))
        if self.whole and not mail.ahead and mail.text.strip():
            noted = _with_text(noted, mail)
        self._texts[name] = noted
        at = self._last[name] = min(max(mail.at, self._last[name]), self.now)
        trailers = [("Card", name), (KEY, mail.key), ("Kanban", "log-mail")]
        message = commit_message(f"{name}: {mail.what}", "", trailers)
        return PlannedCommit(self.me, at, self.now, message, ((f"{self.prefix}{card.path}", noted),), (), self.me)

    def _ask_of_cancelled(self, mail: Mail, found: Filed) -> None:
        """A meeting that was cancelled is nobody's next action any more."""
        name = self.matcher.match(mail).card if mail.what == "meeting" and mail.automatic and mail.ahead else ""
        card = next((one for one in self.board.cards if one.id == name), None)
        when = card.next_action_date if card is not None else None
        if card is not None and card.next_action == mail.subject and when is not None and when.day == mail.at.date():
            reason = _("it was cancelled, and is the next action of {card}").format(card=name)
            cure = f'`kanban set {typed(name)} next_action="…" next_action_date=+2d`'
            found.doubtful.append(Trouble(mail.file, 0, reason, cure, mail.subject))
            found.perhaps.append(())

    def _planned(self, name: str, mail: Mail) -> str:
        """Why a meeting to come is not put on a card: what is planned there already stays; "" where nothing is."""
        card = next(one for one in self.board.cards if one.id == name)
        when = card.next_action_date
        if name not in self._ahead and (when is None or when.day < self.now.date()):
            return ""
        said = self._ahead.get(name, card.next_action)
        if mail.revised and said == mail.subject:
            return ""  # the same meeting, put off
        return _("{card} has a next action already: `{next}`").format(card=name, next=said or "…")

    def _bullets(self, mail: Mail) -> list[str]:
        if mail.what != "mail":
            return [mail.subject or "…", *mail.lines]
        sent = mail.sender in self.matcher.own
        who = mail.sender_name or mail.sender.partition("@")[0]
        head = _("sent: {subject}") if sent else _("{who}: {subject}")
        return [head.format(who=who, subject=mail.subject or "…"), *mail.lines]

    def _touched(self, card: Card) -> datetime:
        """When something last happened to a card: a mail filed late does not come before it."""
        events = self.history.of(card.id)
        return events[-1].at if events else self.now - timedelta(days=36500)


def _with_text(data: bytes, mail: Mail) -> bytes:
    """The card with the mail's whole text, quoted, at its end."""
    document = readable_document(data)
    quoted = "\n".join(f"> {line}".rstrip() for line in mail.text.strip().splitlines())
    text = f"{document.text.rstrip()}\n\n## {mail.what.capitalize()}, {mail.at:%Y-%m-%d %H:%M}\n\n{quoted}\n"
    return encode(text, bom=document.bom)
