"""A small mail server: what RFC 3501 says of the few commands that looking at a folder takes, and what was asked of it."""

from __future__ import annotations

import base64
import re
import socketserver
import ssl
import threading
from pathlib import Path
from typing import Any, cast

FOLDERS = {"INBOX": b"INBOX", "Sales": b"Sales", "Envoy&AOk-s &- co": b'"Envoy&AOk-s &- co"'}
"""Folders as they are called on the wire."""


class PostOffice(socketserver.ThreadingTCPServer):
    """Mails of one folder by their numbers; `heard` is every command, without what stands behind a password."""

    daemon_threads = allow_reuse_address = True

    def __init__(self, mails: dict[int, bytes], *, plain: bool = True, certificate: Path | None = None) -> None:
        self.mails, self.plain, self.heard, self.sent = mails, plain, list[str](), 0
        self.context: ssl.SSLContext | None = None
        if certificate is not None:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificate)
        super().__init__(("127.0.0.1", 0), _Counter)

    def __enter__(self) -> PostOffice:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.shutdown()
        self.server_close()

    def get_request(self) -> Any:
        connection, address = super().get_request()
        return (self.context.wrap_socket(connection, server_side=True) if self.context else connection), address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who turns away at our certificate makes no noise."""


class _Counter(socketserver.StreamRequestHandler):
    folder = ""

    def say(self, *lines: bytes) -> None:
        self.wfile.write(b"".join(line + b"\r\n" for line in lines))

    def handle(self) -> None:
        self.office = cast(PostOffice, self.server)
        self.say(b"* OK ready")
        for line in self.rfile:
            tag, _space, rest = line.strip().partition(b" ")
            verb = rest.split(b" ")[0].upper().decode()
            self.office.heard.append("LOGIN" if verb == "LOGIN" else rest.decode())
            if verb == "LOGOUT":
                self.say(b"* BYE bye", tag + b" OK done")
                return
            getattr(self, verb.lower(), self.unknown)(tag, rest)

    def unknown(self, tag: bytes, _rest: bytes) -> None:
        self.say(tag + b" BAD unknown")

    def capability(self, tag: bytes, _rest: bytes) -> None:
        self.say(b"* CAPABILITY IMAP4rev1" + (b" AUTH=PLAIN" if self.office.plain else b""), tag + b" OK done")

    def login(self, tag: bytes, rest: bytes) -> None:
        right = rest == b'LOGIN "zoe@us.example" "secret"'
        self.say(tag + (b" OK done" if right else b" NO [AUTHENTICATIONFAILED] no"))

    def authenticate(self, tag: bytes, _rest: bytes) -> None:

        self.say(b"+ ")
        right = base64.b64decode(self.rfile.readline()) == "\0zoe@us.example\0sécret".encode()
        self.say(tag + (b" OK done" if right else b" NO no"))

    def examine(self, tag: bytes, rest: bytes) -> None:
        name = re.sub(rb'^EXAMINE "|"$', b"", rest).decode()
        if name not in FOLDERS:
            self.say(tag + b" NO no such folder")
            return
        self.say(b"* 3 EXISTS", tag + b" OK [READ-ONLY]")

    def list(self, tag: bytes, _rest: bytes) -> None:
        self.say(*(b'* LIST (\\HasNoChildren) "/" ' + name for name in FOLDERS.values()), tag + b" OK done")

    def uid(self, tag: bytes, rest: bytes) -> None:
        words = rest.split(b" ", 3)
        if words[1] == b"SEARCH":
            found = " ".join(map(str, self.office.mails)).encode()
            self.say(b"* SEARCH " + found, tag + b" OK done")
            return
        what = re.search(rb"BODY\.PEEK(\[[A-Z]*\])(?:<0\.(\d+)>)?", rest)
        assert what is not None, rest
        for number in words[2].split(b","):
            data = self.office.mails.get(int(number))
            if data is None:
                continue
            data = data.partition(b"\n\n")[0] + b"\n\n" if what[1] == b"[HEADER]" else data[: int(what[2])]
            self.office.sent += len(data)
            head = b"BODY%s%s {%d}\r\n" % (what[1], b"<0>" if what[2] else b"", len(data))
            if int(number) % 2:  # servers differ in what they say first
                self.say(b"* 1 FETCH (UID %s " % number + head + data + b")")
            else:
                self.say(b"* 1 FETCH (" + head + data + b" UID %s)" % number)
        self.say(tag + b" OK done")
