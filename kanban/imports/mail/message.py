"""One mail as far as it matters: who with whom, when, about what, in which thread; the first lines of what was said."""

from __future__ import annotations

import email
import hashlib
import html
import mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

from kanban.errors import NotFound
from kanban.i18n import _

LARGEST = 50_000_000
"""Bytes of one mail that are read; attachments are never looked at."""
_LINES, _LONGEST = 2, 160
_QUOTE_HEAD = re.compile(
    r"(?:On|Le|Am|El) .{4,90}(?:wrote|écrit|schrieb|escribió) ?:?$|_{8,}$|(?:De|Von|From|Expéditeur) ?: \S.*"
    r"|-{2,} ?(?:Original|Forwarded|Message|Début|Ursprüngliche|Weitergeleitete|Transféré)"
)
_GREETING = re.compile(
    r"(?:hi|hello|dear|bonjour|bonsoir|salut|cher|chère|madame|monsieur|good \w+)\b.{0,40}[,!.]?$", re.I
)
_MARKUP = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<br[^>]*>|</(?:p|div|li|tr|h\d)>|<[^>]+>", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Mail:
    """A message. `sender` and `others` are addresses in small letters; `key` and `answers` stand for its id and those

    of the mails it answers; `automatic` for lists, bounces and absence notes; `lines` are the first of its own text.
    `what` it is: a mail, or a meeting, which may lie `ahead` and have no hour.
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
    except (ValueError, TypeError, LookupError, AttributeError, IndexError) as error:
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
    message = email.message_from_bytes(data, policy=default)
    if not isinstance(message, EmailMessage) or not message.get("from"):
        raise ValueError(_("it has no sender"))
    date = message.get("date")
    if date is None:
        raise ValueError(_("it has no date"))
    at = parsedate_to_datetime(str(date))
    at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(zone)
    (sender_name, sender), *_more = getaddresses([str(message["from"])])
    others = getaddresses([str(one) for key in ("to", "cc") for one in message.get_all(key, [])])
    subject = " ".join(str(message.get("subject", "")).split())
    own = str(message.get("message-id", "")).strip() or f"{at.isoformat()} {sender} {subject}"
    thread = f"{message.get('in-reply-to', '')} {message.get('references', '')}"
    text = _text(message)
    return Mail(
        name,
        key_of(own),
        tuple(dict.fromkeys(key_of(one) for one in re.findall(r"<[^<>\s]+>", thread))),
        at,
        sender.casefold(),
        " ".join(sender_name.split()),
        tuple(dict.fromkeys(address.casefold() for _name, address in others if address)),
        subject,
        first_lines(text),
        text,
        _is_automatic(message, sender),
    )


def key_of(message_id: str) -> str:
    """What stands for a message id in a commit: nobody learns an address from it."""
    return hashlib.sha256(message_id.strip().encode("utf-8", "surrogateescape")).hexdigest()[:24]


def _is_automatic(message: EmailMessage, sender: str) -> bool:
    said = str(message.get("auto-submitted", "no")).casefold()
    bulk = str(message.get("precedence", "")).casefold() in ("bulk", "list", "junk", "auto_reply")
    nobody = re.match(r"(?:no-?reply|mailer-daemon|postmaster|bounce)", sender.casefold()) is not None
    return said not in ("no", "") or bulk or message.get("list-id") is not None or nobody


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    content = _decoded(payload, part.get_content_charset("")) if isinstance(payload, bytes) else ""
    if part.get_content_subtype() == "html":
        content = html.unescape(
            _MARKUP.sub(lambda found: "\n" if found[0][:2].lower() in ("<b", "</") else "", content)
        )
    return content.replace("\r\n", "\n")


def _decoded(data: bytes, charset: str) -> str:
    """The text in the alphabet that is named, where that is one and fits; else as most programs write."""
    for name in (charset, "utf-8", "cp1252"):
        try:
            return data.decode(name or "utf-8")
        except (LookupError, UnicodeError):
            continue
    return data.decode("latin-1")


def first_lines(text: str) -> tuple[str, ...]:
    """The first two lines that the sender wrote: no greeting, nothing quoted, no signature."""
    found: list[str] = []
    for line in text.splitlines():
        plain = " ".join(line.split())
        if plain == "--" or _QUOTE_HEAD.match(plain):
            break
        if not plain or plain.startswith(">") or (not found and _GREETING.match(plain)):
            continue
        found.append(plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…")
        if len(found) == _LINES:
            break
    return tuple(found)
