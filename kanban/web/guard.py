"""Who may ask the board's server, and for what: asked of every request before anything else looks at it.

A page elsewhere can make a browser send requests to this machine. It cannot know the key, cannot give itself our
origin, and cannot have a name of its own that leads here (DNS rebinding), since only addresses and this machine's own
names are answered. What changes the board is a POST of JSON from our own page, nothing else.
"""

import ipaddress
import re
import secrets
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
"""Nothing from any other host, nothing inline, no frames, no forms sent."""
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
MOST = 1_000_000
"""Bytes of a request: a long note is a thousandth of that."""
_ONCE = ("host", "origin", "content-type", "content-length", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest")
"""What is judged stands once in a request: of two, another program might believe the other one."""
_PORT = re.compile(r":\d+$")
_LENGTH = re.compile(r"[0-9]{1,7}")


def new_key() -> str:
    """A key that nobody guesses: 144 bits."""
    return secrets.token_urlsafe(18)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the guard asks: the key in the address, and the names this server answers to besides plain addresses."""

    key: str
    names: frozenset[str]
    addresses: bool = False
    """Whether any plain address will do: only when others than this machine may look."""
    tickets: set[str] = field(default_factory=set)
    """What opens the board once: for the browser that is started, whose command line others on this machine can see."""

    def ticket(self) -> str:
        """A new one."""
        found = new_key()
        self.tickets.add(found)
        return found

    @classmethod
    def loopback(cls, key: str) -> "Rules":
        """For this machine alone."""
        return cls(key, frozenset({"127.0.0.1", "localhost", "[::1]"}))

    @classmethod
    def around(cls, key: str, more: Iterable[str] = ()) -> "Rules":
        """For the network: any address, and this machine's own names."""
        own = {socket.gethostname().casefold(), socket.getfqdn().casefold()}
        return cls(key, frozenset({"localhost", *own, *more}), addresses=True)

    def knows(self, host: str) -> bool:
        """Whether a Host header names this server."""
        name = _PORT.sub("", host).casefold()
        return name in self.names or (self.addresses and _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


class Guard:
    """Lets through what may be asked, without the key in its path; answers the rest itself, with no word too many."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self.app = app
        self.rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = Headers(scope=scope)
        if self.rules.knows(headers.get("host", "")) and self._used(scope):
            await _Dressed(RedirectResponse(f"/{self.rules.key}/", 303))(scope, receive, send)
            return
        refusal = self._refusal(scope, headers)
        if refusal:
            await _Dressed(PlainTextResponse(refusal[1], refusal[0]))(scope, receive, send)
            return
        inner = dict(scope)
        inner["path"] = "/" + scope["path"].split("/", 2)[2]
        inner["raw_path"] = inner["path"].encode()
        await _Dressed(self.app)(inner, receive, send)

    def _used(self, scope: Scope) -> bool:
        """Whether a ticket is shown, which is worth nothing from then on."""
        shown = scope["path"].strip("/")
        if scope["method"] != "GET" or shown not in self.rules.tickets:
            return False
        self.rules.tickets.discard(shown)
        return True

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        host, method = headers.get("host", ""), scope["method"]
        if any(len(headers.getlist(name)) > 1 for name in _ONCE):
            return 400, "said twice"
        if not self.rules.knows(host):
            return 421, "not this server"
        parts = scope["path"].split("/", 2)
        if len(parts) < 3 or not secrets.compare_digest(parts[1].encode("utf-8", "replace"), self.rules.key.encode()):
            return 403, "the address has no valid key"
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "")
        if origin is not None and origin != f"{scope['scheme']}://{host}":
            return 403, "asked from another page"
        if site not in ("", "same-origin", "none") and not _is_followed_link(method, headers):
            return 403, "asked from another page"
        if method == "GET":
            return None
        if method != "POST":
            return 405, "only GET and POST"
        if origin is None:
            return 403, "asked from no page"
        if headers.get("content-type", "").partition(";")[0] != "application/json":
            return 415, "only JSON"
        length = headers.get("content-length", "")
        if not _LENGTH.fullmatch(length) or int(length) > MOST or "transfer-encoding" in headers:
            return 413, "too much"
        return None


def _is_followed_link(method: str, headers: Headers) -> bool:
    """Somebody opened the address from a mail or a chat: a page of its own, which the other one cannot look into."""
    return (
        method == "GET" and headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    )


class _Dressed:
    """An answer with the headers that every answer has."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    found[name] = value
            await send(message)

        await self.app(scope, receive, dressed)
