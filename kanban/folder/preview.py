"""A local preview of a site: serves its folder to this machine alone, and tells open pages to load again.

Only the answers are changed on their way to the browser (a script of ours, and the leave to call back); the files on
the disk stay what will be published.
"""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

SCRIPT_ADDRESS, CHANGE_ADDRESS = "/.preview.js", "/.preview"
_SCRIPT = f"""(function () {{
  var known = null;
  function look() {{
    fetch("{CHANGE_ADDRESS}").then(function (answer) {{ return answer.text(); }}).then(function (now) {{
      if (known !== null && now !== known) location.reload();
      known = now;
      setTimeout(look, 700);
    }}, function () {{ setTimeout(look, 2000); }});
  }}
  look();
}})();
""".encode()
_POLICY = b"default-src 'none';"
_LOCAL_POLICY = _POLICY + b" connect-src 'self';"
_HOSTS = ("127.0.0.1", "localhost")


class Preview:
    """A server on 127.0.0.1. `port` 0 takes a free one."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.version = 0
        handler = partial(_Handler, preview=self, directory=str(folder))
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def address(self) -> str:
        """Where to look."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/index.html"

    def start(self) -> None:
        """Serve in the background."""
        self._thread.start()

    def changed(self) -> None:
        """Open pages load again."""
        self.version += 1

    def stop(self) -> None:
        """End the server and free the port."""
        self._server.shutdown()
        self._server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    """The folder's files; pages with the reloading script."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, preview: Preview, directory: str) -> None:
        self._preview = preview
        super().__init__(*args, directory=directory)

    def do_GET(self) -> None:
        """Answer one request; one made under another name (a page elsewhere that found the port) is refused."""
        host = (self.headers.get("Host") or "").rpartition(":")[0]
        if host not in _HOSTS:
            self.send_error(403)
        elif self.path == CHANGE_ADDRESS:
            self._answer(str(self._preview.version).encode(), "text/plain")
        elif self.path == SCRIPT_ADDRESS:
            self._answer(_SCRIPT, "text/javascript")
        else:
            self._file()

    def do_HEAD(self) -> None:
        """Browsers ask for whole pages; the library's own answer would not look at who asks."""
        self.send_error(405)

    def _file(self) -> None:
        path = Path(self.translate_path(self.path.partition("?")[0]))
        if path.is_dir():
            path = path / "index.html"
        if not path.is_file() or not path.resolve().is_relative_to(Path(self.directory).resolve()):
            self.send_error(404)
            return
        if path.suffix != ".html":
            super().do_GET()
            return
        script = f'<script src="{SCRIPT_ADDRESS}" defer></script></head>'.encode()
        page = path.read_bytes().replace(_POLICY, _LOCAL_POLICY, 1).replace(b"</head>", script, 1)
        self._answer(page, "text/html; charset=utf-8")

    def _answer(self, data: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Requests are not worth a line in the terminal."""
