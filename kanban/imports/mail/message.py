"""One mail as far as it matters: who with whom, when, about what, in which thread; the first lines of what was said."""

from __future__ import annotations

import email
import hashlib
import mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses, parsedate_to_datetime
from functools import partial
from pathlib import Path

from kanban.errors import NotFound
from kanban.i18n import _
from kanban.imports.mail.text_of import decoded, first_lines, text_of
from kanban.model.cards.directory.entry import ADDRESS

LARGEST = 50_000_000
"""Bytes of one mail that are read; attachments are never looked at."""
_ID = re.compile(r"<[^<>\s]{3,}>")
_LEAST_ID = 4
"""Letters of an id that is one: some programs write `<>` into every mail."""
_HEAD = re.compile(rb"\r?\n\r?\n")
_NOBODY = re.compile(r"(?:(?:do|ne)?-?_?(?:no|not|pas)-?_?(?:reply|repondre)|mailer-daemon|postmaster|bounces?\b)")
_ABSENT = re.compile(
    r"(?:automatic reply|auto(?:matic)? ?-?re(?:ply|sponse)|out of (?:the )?office|réponse automatique"
    r"|absence du bureau|message d'absence|automatische antwort|abwesenheitsnotiz|undeliver(?:ed|able)"
    r"|delivery status notification)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Mail:
    """A message. `sender` and `others` are addresses in small letters; `key` and `answers` stand for its id and those

    of the mails it answers; `automatic` for lists, bounces and absence notes; `lines` are the first of its own text.
    `what` it is: a mail, or a meeting, which may lie `ahead` and have no hour. `listed` is the domain of the list that
    it came through, "" for none; `revised` that another version of the meeting was sent before.
    """

    file: str
    key: str
    answers: tuple[str, ...]
    at: datetime
    sender: str
    sender_name: str
    others: tuple[str, ...]
    subject: str
    lines: tuple[str, ...]
    text: str
    automatic: bool = False
    what: str = "mail"
    ahead: bool = False
    whole_day: bool = False
    listed: str = ""
    revised: bool = False

    @property
    def addresses(self) -> tuple[str, ...]:
        """Everybody it is from or to."""
        return tuple(dict.fromkeys((self.sender, *self.others)))


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that is no mail that can be read, and why."""

    file: str
    reason: str


def read_mails(path: Path, zone: tzinfo) -> Iterator[Mail | Unread]:
    """The mails in a file, an mbox, a maildir or a folder of `.eml` files. Raises NotFound."""
    for name, data in _messages(path):
        yield read_mail(name, data, zone)


def read_mail(name: str, data: bytes, zone: tzinfo) -> Mail | Unread:
    """One mail, of which there may be only the head."""
    if len(data) > LARGEST:
        return Unread(name, _("it is too large"))
    try:
        return _read(name, data, zone)
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError) as error:
        return Unread(name, str(error) or type(error).__name__)
    except RecursionError:  # parts in parts in parts, comments in comments
        return Unread(name, _("it is nested without end"))


def _messages(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if path.is_dir():
            folders = [path / one for one in ("cur", "new") if (path / one).is_dir()]
            files = [file for folder in folders for file in sorted(folder.iterdir())] or sorted(path.glob("**/*.eml"))
            for file in files:
                if file.is_file():
                    yield file.relative_to(path).as_posix(), file.read_bytes()
            return
        data = path.read_bytes()
        if not data.startswith(b"From "):
            yield path.name, data
            return
        box = mailbox.mbox(path, create=False)
        for number, key in enumerate(box.keys(), 1):
            yield f"{path.name}#{number}", box.get_bytes(key)
    except OSError as error:
        raise NotFound(_("{path} cannot be read").format(path=path), cure=_("check the path")) from error


def _read(name: str, data: bytes, zone: tzinfo) -> Mail:
    message = email.message_from_bytes(_with_readable_head(data), policy=default)
    if not isinstance(message, EmailMessage) or not _said(message, "from"):
        raise ValueError(_("it has no sender"))
    if not _said(message, "date"):
        raise ValueError(_("it has no date"))
    at = parsedate_to_datetime(_said(message, "date"))
    at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(zone)
    answered = [one for one in _addresses(message, "reply-to") if not _NOBODY.match(one[1])]
    senders = [one for one in _addresses(message, "from") if not _NOBODY.match(one[1]) or not answered] + answered
    sender_name, sender = senders[0] if senders else ("", "")
    others = [*senders[1:], *(one for key in ("to", "cc", "bcc") for one in _addresses(message, key))]
    subject, given = _said(message, "subject"), _said(message, "message-id")
    own = given if len(given) > _LEAST_ID else f"{at.isoformat()} {sender} {subject}"
    thread = f"{_said(message, 'in-reply-to')} {_said(message, 'references')}"
    text = text_of(message)
    return Mail(
        name,
        key_of(own),
        tuple(dict.fromkeys(key_of(one) for one in _ID.findall(thread))),
        at,
        sender,
        sender_name,
        tuple(dict.fromkeys(address for _name, address in others)),
        subject,
        first_lines(text),
        text,
        _is_automatic(message, sender, subject),
        listed=_list_of(message),
    )


def _said(message: EmailMessage, key: str) -> str:
    """What a line of the head says, on one line; "" without it."""
    return next(iter(_lines_of(message, key)), "")


def _lines_of(message: EmailMessage, key: str) -> list[str]:
    """All lines of the head with a name. The library breaks over some of them: then they are as they stand."""
    try:
        found = [str(one) for one in message.get_all(key, [])]
    except (IndexError, ValueError, TypeError, AttributeError, LookupError):
        found = [value for name, value in message.raw_items() if name.casefold() == key]
    return [" ".join(one.split()) for one in found]


def _with_readable_head(data: bytes) -> bytes:
    """The mail, with letters in its head that no program declared taken for what most programs write."""
    found = _HEAD.search(data)
    end = found.start() if found else len(data)
    try:
        data[:end].decode("utf-8")
    except UnicodeDecodeError:
        return decoded(data[:end], "").encode() + data[end:]
    return data


def _addresses(message: EmailMessage, key: str) -> list[tuple[str, str]]:
    """Names and addresses, in small letters, without the quotes that some programs put around both."""
    found = []
    for name, address in getaddresses(_lines_of(message, key)):
        mail = ADDRESS.search(address.strip("'\" ").casefold())
        if mail:
            found.append((" ".join(name.strip("'\" ").split()), mail[0]))
    return found


def key_of(message_id: str) -> str:
    """What stands for a message id in a commit: nobody learns an address from it."""
    return hashlib.sha256(message_id.strip().encode("utf-8", "surrogateescape")).hexdigest()[:24]


def _is_automatic(message: EmailMessage, sender: str, subject: str) -> bool:
    """Whether no person wrote it: a bounce, an absence note, a machine's mail."""
    said = _said(message, "auto-submitted").casefold().partition(";")[0].strip()
    answering = any(map(partial(_said, message), ("x-autoreply", "x-autorespond", "x-autogenerated")))
    bounced = _said(message, "return-path") == "<>" or message.get_content_type() == "multipart/report"
    absent = _ABSENT.match(subject) is not None
    return said not in ("no", "") or answering or bounced or absent or _NOBODY.match(sender) is not None


def _list_of(message: EmailMessage) -> str:
    """The domain of the list that it came through; `?` for one that does not say its name."""
    told = _said(message, "list-id")
    found = re.search(r"<([^<>\s]+)>|([^<>\s]+\.[^<>\s]+)$", told)
    if found:
        return str(found[1] or found[2]).casefold()
    bulk = _said(message, "precedence").casefold() in ("bulk", "list", "junk", "auto_reply")
    return "?" if bulk or told else ""
