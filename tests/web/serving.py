"""A board that is served in this process, and how it is asked without a browser."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kanban.commands.base.calling.invocation import Settings
from kanban.hands.desk import Desk
from kanban.web.guard import Rules
from kanban.web.server import Server

KEY = "k3y"


@dataclass(frozen=True)
class Served:
    """A running server."""

    server: Server
    folder: Path

    @property
    def address(self) -> str:
        """Where its board is."""
        return self.server.address

    @property
    def own(self) -> dict[str, str]:
        """What a browser says of itself on our page."""
        host = f"127.0.0.1:{self.server.port}"
        return {
            "Host": host,
            "Origin": f"http://{host}",
            "Content-Type": "application/json",
            "Sec-Fetch-Site": "same-origin",
        }

    def ask(self, method: str, path: str, body: Any = None, **headers: str | None) -> tuple[int, bytes, dict[str, str]]:
        """One request as a browser on our page makes it, headers changed (None: left out)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        said = self.own | {name.replace("_", "-").title(): value for name, value in headers.items()}
        data = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else None
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in said.items():
            if value is not None:
                connection.putheader(name, value)
        if data is not None and "Content-Length" not in said:
            connection.putheader("Content-Length", str(len(data)))
        connection.endheaders(data)
        answer = connection.getresponse()
        found = answer.status, answer.read(), {key.lower(): value for key, value in answer.getheaders()}
        connection.close()
        return found

    def hand(self, name: str, body: Any = None, **asked: str) -> tuple[int, Any]:
        """A question or, with a body, a gesture."""
        if body is not None:
            status, data, _headers = self.ask("POST", f"/{KEY}/hand/{name}", body)
        else:
            query = "&".join(f"{key}={value}" for key, value in asked.items())
            status, data, _headers = self.ask("GET", f"/{KEY}/hand/{name}?{query}")
        return status, json.loads(data)


@contextmanager
def serving(folder: Path, as_of: str | None = None, *, port: int = 0, key: str = KEY, **more: Any) -> Iterator[Served]:
    """A board served until the block ends."""
    settings = Settings()
    settings.directory = str(folder)
    server = Server(Desk(settings, as_of, **more), port=port, rules=Rules.loopback(key))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield Served(server, folder)
    finally:
        server.stop()
        thread.join(5)
