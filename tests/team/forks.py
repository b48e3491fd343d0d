"""A `kanban` on the path that runs in a fork of one process in which kanban is loaded: a hook costs a third.

A hook is asked some twenty times in a week of a team, and starting Python anew is most of what that costs.
"""

from __future__ import annotations

import array
import json
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kanban.cli import cli  # noqa: F401 - loaded once, for all the forks
from tests.forked import be_kanban

CALL = """#!{python} -ISE
import array, json, os, socket, sys
asked = socket.socket(socket.AF_UNIX)
asked.connect({address!r})
told = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
streams = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))
asked.sendmsg([len(told).to_bytes(4, "big") + told], [streams])
os._exit(int(asked.recv(16) or b"70"))
"""


@contextmanager
def forked_hooks() -> Iterator[None]:
    """While it lasts, `kanban` on the path is run in forks of this process as it is now."""
    path = os.environ["PATH"]
    with tempfile.TemporaryDirectory(prefix="forks-") as place:
        address = str(Path(place) / "asked")
        shim = Path(place) / "kanban"
        shim.write_text(CALL.format(python=sys.executable, address=address), "utf-8")
        shim.chmod(0o755)
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(address)
            listening.listen(64)
            server = os.fork()
            if not server:
                _serve(listening)
        os.environ["PATH"] = f"{place}{os.pathsep}{path}"
        try:
            yield
        finally:
            os.environ["PATH"] = path
            os.kill(server, signal.SIGKILL)
            os.waitpid(server, 0)


def _serve(listening: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        asked, _address = listening.accept()
        if not os.fork():
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            listening.close()
            _answer(asked)
        asked.close()


def _answer(asked: socket.socket) -> None:
    streams = array.array("i")
    data, ancillary, _flags, _address = asked.recvmsg(1 << 16, socket.CMSG_LEN(3 * streams.itemsize))
    for _level, _kind, content in ancillary:
        streams.frombytes(content)
    length = int.from_bytes(data[:4], "big") + 4
    while len(data) < length:
        data += asked.recv(1 << 16)
    words, folder, environment = json.loads(data[4:])
    child = os.fork()
    if not child:
        os.environ.clear()
        os.environ.update(environment)
        be_kanban(words, folder, streams)
    for stream in streams:
        os.close(stream)
    asked.send(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())
    os._exit(0)
