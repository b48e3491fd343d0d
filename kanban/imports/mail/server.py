"""Mails on a server, by IMAP: looked at and left as they are. Heads are read first, texts only of mails about a deal.

The folder is opened read-only and nothing is marked as seen. What was filed is known by the commits, so nothing is kept
beside them and a second run files nothing twice.
"""

from __future__ import annotations

import base64
import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from typing import NoReturn
from urllib.parse import quote, unquote, urlsplit

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.imports.mail.message import Mail, Unread, read_mail

_SECONDS, _PORT, _SECURE_PORT = 30.0, 143, 993
_AT_ONCE = 200
"""Heads that are asked for together."""
_HERE = ("127.0.0.1", "localhost", "::1")
_ADDRESS = re.compile(r"(?P<folder>.*?)/?(?:;uid=(?P<uid>\d+))?", re.IGNORECASE)
_UID = re.compile(rb"\bUID (\d+)")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True, slots=True)
class MailFolder:
    """A folder on a server, or one mail in it (`uid`), as `imaps://zoe@mail.example.org/Sales` names them."""

    host: str
    port: int
    user: str
    folder: str
    uid: int = 0
    secure: bool = True

    @property
    def place(self) -> str:
        """The server, with its port where that is not the usual one."""
        usual = _SECURE_PORT if self.secure else _PORT
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}" if self.port != usual else host

    def address(self, uid: int = 0) -> str:
        """The folder as it was typed, or one of its mails."""
        one = f"/;UID={uid}" if uid else ""
        return f"{'imaps' if self.secure else 'imap'}://{quote(self.user)}@{self.place}/{quote(self.folder)}{one}"


def folder_named(address: str) -> MailFolder:
    """The folder that an address names. Raises KanbanError, without repeating what might be a password."""
    try:
        found = urlsplit(address)
        host, port, user = found.hostname or "", found.port, unquote(found.username or "")
    except ValueError:
        found, host, port, user = urlsplit(""), "", None, ""
    if found.password is not None:
        raise KanbanError(
            _("a password stands in the address, where everybody on this machine can read it"),
            cure=_("leave it out: git's keeper of passwords is asked, or you are"),
        )
    secure = found.scheme == "imaps"
    place = _ADDRESS.fullmatch(unquote(found.path).removeprefix("/"))
    odd = any(ord(one) < 32 or one == '"' for one in f"{user}{place[0] if place else ''}")
    if not host or not user or place is None or odd or (found.scheme != "imap" and not secure):
        raise KanbanError(
            _("`--imap` takes the address of a folder on a mail server"),
            cure=_("as in `kanban log-mail --imap imaps://zoe@mail.example.org/INBOX`"),
        )
    if not secure and host not in _HERE:
        message = _("`imap://` sends the password in clear")
        raise KanbanError(message, cure=_("write `imaps://`; only on this machine itself it is not needed"))
    usual = _SECURE_PORT if secure else _PORT
    return MailFolder(host, port or usual, user, place["folder"] or "INBOX", int(place["uid"] or 0), secure)


class MailServer:
    """A folder that is looked at. Raises KanbanError where the server does not answer, knows nobody, or has no such
    folder."""

    def __init__(self, place: MailFolder, zone: tzinfo) -> None:
        self.place, self.zone = place, zone
        try:
            if place.secure:
                context = ssl.create_default_context()
                self._server: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                    place.host, place.port, ssl_context=context, timeout=_SECONDS
                )
            else:
                self._server = imaplib.IMAP4(place.host, place.port, timeout=_SECONDS)
        except ssl.SSLCertVerificationError as error:
            message = _("{host} cannot show who it is: {reason}").format(host=place.host, reason=error.verify_message)
            raise KanbanError(message, cure=_("check its name; no password was sent")) from error
        except (OSError, imaplib.IMAP4.error) as error:
            message = _("{host} does not answer: {reason}").format(host=place.host, reason=error)
            raise KanbanError(message, cure=_("check the address and the network")) from error

    def sign_in(self, password: str) -> bool:
        """Whether the server lets us in."""
        try:
            if "AUTH=PLAIN" in self._server.capabilities:
                said = f"\0{self.place.user}\0{password}".encode()
                self._server.authenticate("PLAIN", lambda _challenge: said)
            else:
                self._server.login(f'"{self.place.user}"', password)
        except (imaplib.IMAP4.error, UnicodeError):
            return False
        except OSError as error:
            self._gone(error)
        return True

    def open(self) -> None:
        """Open the folder, read-only."""
        name = f'"{_encoded(self.place.folder)}"'.replace("\\", "\\\\")
        try:
            kind, _said = self._server.select(name, readonly=True)
            if kind == "OK":
                return
            _kind, lines = self._server.list()
        except (OSError, imaplib.IMAP4.error) as error:
            self._gone(error)
        known = [_decoded(match[1]) for line in lines if isinstance(line, bytes) and (match := _LISTED.search(line))]
        message = _("{host} has no folder “{folder}”").format(host=self.place.host, folder=self.place.folder)
        raise KanbanError(message, cure=_("there are {names}").format(names=", ".join(known[:20])))

    def heads(self, since: date) -> Iterator[tuple[int, Mail | Unread]]:
        """Number and head of the mails since a day, or of the one that was named."""
        if self.place.uid:
            numbers = [str(self.place.uid)]
        else:
            day = f"{since.day:02}-{_MONTHS[since.month - 1]}-{since.year}"
            answers = self._asked("SEARCH", "SINCE", day)
            numbers = b" ".join(one for one in answers if isinstance(one, bytes)).decode("ascii", "replace").split()
        for at in range(0, len(numbers), _AT_ONCE):
            for uid, data in self._fetched(numbers[at : at + _AT_ONCE], "BODY.PEEK[HEADER]"):
                yield uid, read_mail(self.place.address(uid), data, self.zone)

    def whole(self, mail: Mail | Unread, uid: int, most: int) -> Mail | Unread:
        """The mail with its text, as far as it stands in so many bytes."""
        for _uid, data in self._fetched([str(uid)], f"BODY.PEEK[]<0.{most}>"):
            found = read_mail(mail.file, data, self.zone)
            return replace(found, key=mail.key) if isinstance(found, Mail) and isinstance(mail, Mail) else found
        return mail

    def close(self) -> None:
        """Leave."""
        try:
            self._server.logout()
        except (OSError, imaplib.IMAP4.error):
            return

    def _fetched(self, numbers: Sequence[str], what: str) -> Iterator[tuple[int, bytes]]:
        """Each mail's number and bytes; the number stands before or after them."""
        answers = self._asked("FETCH", ",".join(numbers), f"(UID {what})")
        for answer, after in zip(answers, [*answers[1:], b""], strict=True):
            if isinstance(answer, tuple):
                found = _UID.search(answer[0]) or (_UID.search(after) if isinstance(after, bytes) else None)
                if found:
                    yield int(found[1]), answer[1]

    def _asked(self, *words: str) -> list[bytes | tuple[bytes, bytes]]:
        try:
            kind, answers = self._server.uid(*words)
        except (OSError, imaplib.IMAP4.error) as error:
            self._gone(error)
        if kind != "OK":
            self._gone(
                RuntimeError(b" ".join(one for one in answers if isinstance(one, bytes)).decode("utf-8", "replace"))
            )
        return answers

    def _gone(self, error: Exception) -> NoReturn:
        message = _("{host} does not answer: {reason}").format(host=self.place.host, reason=error)
        raise KanbanError(message, cure=_("try again; nothing was changed there or here")) from error


_LISTED = re.compile(rb'\) (?:"(?:[^"\\]|\\.)"|NIL) "?((?:[^"\\]|\\.)+)"?$')
"""The name in a line of a server's list of folders."""


def _encoded(name: str) -> str:
    """A folder's name as IMAP writes it (RFC 3501, 5.1.3): ASCII as it is, the rest as base64 of UTF-16."""

    def shifted(found: re.Match[str]) -> str:
        if found[0] == "&":
            return "&-"
        return "&" + base64.b64encode(found[0].encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"

    return re.sub(r"&|[^\x20-\x7e]+", shifted, name)


def _decoded(name: bytes) -> str:
    def plain(found: re.Match[str]) -> str:
        text = found[1].replace(",", "/")
        return base64.b64decode(text + "=" * (-len(text) % 4)).decode("utf-16-be", "replace") if text else "&"

    return re.sub(r"&([A-Za-z0-9+,]*)-", plain, name.decode("ascii", "replace"))
