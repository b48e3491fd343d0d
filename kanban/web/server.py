"""The server: routes, and how it starts and stops."""

import asyncio
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from html import escape
from types import FrameType
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from kanban.again.files import FILES
from kanban.errors import KanbanError
from kanban.hands.desk import Desk
from kanban.hands.outcome import refusal_of
from kanban.hands.watching import Watch
from kanban.i18n import _
from kanban.schemas.reading import foreign_json
from kanban.web.answers import WRONG, Answer, Answers, failed
from kanban.web.guard import Guard, Rules
from kanban.web.live import Live
from kanban.web.pages import BOARD, Pages, as_it_stands

PATIENCE = 20.0
"""Seconds for the body of a gesture, a thousand bytes from a page on this machine."""
SWITCH = 0.0005
"""Seconds after which who works lets others in, a tenth of Python's own: a page that begins asks for how it looks while
the board is being worked out, and each of its questions is a dozen turns."""
AGAIN = "2"
"""Seconds after which a browser asks again that was told why the board cannot be read."""
_SAVED = {"content-disposition": "attachment"}
"""A file that somebody sent is kept on the reader's computer, and never opened as a page of the board."""


class Server:
    """A desk on a port. `address` is where its board is, with the key; `run` serves until interrupted or `stop`."""

    def __init__(self, desk: Desk, *, host: str = "127.0.0.1", port: int = 0, rules: Rules) -> None:
        self.desk = desk
        self.rules = rules
        self.watch = Watch(desk)
        self.live = Live(self.watch)
        self.pages = Pages(desk, self.watch)
        try:
            self._socket = _listening(host, port)
        except OSError as error:
            message = _("port {port} cannot be used: {reason}").format(port=port, reason=error.strerror)
            raise KanbanError(message, cure=_("name another one, or leave `--port` out")) from error
        self.host, self.port = self._socket.getsockname()[:2]
        config = uvicorn.Config(
            application(self.pages, self.live, rules),
            log_level="error",  # what strangers send is no news for who reads this terminal
            ws="none",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        self._server = _Leaving(config, self.live)
        self._ready = threading.Thread(target=self._make_ready, daemon=True)

    @property
    def address(self) -> str:
        """The board's page."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104 - compared, not bound
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/{self.rules.key}/"

    def once(self) -> str:
        """An address that leads to the board's page once, for a command line that others may see."""
        return self.address.replace(f"/{self.rules.key}/", f"/{self.rules.ticket()}/")

    def begin(self) -> None:
        """Be able to answer with how the page begins, and make the rest ready while the browser starts."""
        if self._ready.ident is None:
            sys.setswitchinterval(SWITCH)
            with suppress(KanbanError):  # said to whoever asks
                asyncio.run(run_in_threadpool(self.pages.begun))  # as for a page: what an answer needs is loaded, too
            self._server.config.load()
            self.watch.start()
            self._ready.start()

    def run(self) -> None:
        """Serve."""
        self.begin()
        told = logging.getLogger("uvicorn.error")
        told.addFilter(self._is_news)
        with suppress(KeyboardInterrupt):
            self._server.run(sockets=[self._socket])
        told.removeFilter(self._is_news)

    def _is_news(self, _record: logging.LogRecord) -> bool:
        """Who is cut off because we leave is none."""
        return not self.live.ended

    def leave(self) -> None:
        """End the process where it waits for its readers: a gesture is let end, who reads a board is not waited for."""
        if any(not one.daemon for one in threading.enumerate() if one is not threading.main_thread()):
            with self.desk.writing:
                sys.stdout.flush()
                os._exit(0)

    def _make_ready(self) -> None:
        with suppress(KanbanError):  # said to whoever asks
            self.pages.read(BOARD)

    def stop(self) -> None:
        """End it, from another thread."""
        self.live.end()
        self.watch.stop()
        self._server.should_exit = True


class _Leaving(uvicorn.Server):
    """Lets the streams go first: it would wait for them otherwise."""

    def __init__(self, config: uvicorn.Config, live: Live) -> None:
        super().__init__(config)
        self._live = live

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Ctrl-C or a polite kill."""
        self._live.end()
        super().handle_exit(sig, frame)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    found.bind((host, port))
    found.listen(128)  # a browser that is opened now waits, and is not turned away
    return found


def application(pages: Pages, live: Live, rules: Rules) -> ASGIApp:
    """The board as an ASGI application, behind its guard."""
    answers = Answers(pages.desk, pages)

    async def page(request: Request) -> Response:
        address = request.path_params["address"] or BOARD
        if address == BOARD and (begun := await run_in_threadpool(pages.begun)):
            return StreamingResponse(in_turn(pages, begun), media_type="text/html")
        found = as_it_stands(address) or await run_in_threadpool(pages.read, address)
        if found is None:
            return Response("?", 404)
        return Response(found[0], media_type=found[1], headers=_SAVED if address.startswith(f"{FILES}/") else None)

    async def stream(_request: Request) -> Response:
        return live.stream()

    async def ask(request: Request) -> Response:
        question = answers.reading.get(request.path_params["name"])
        return await _answered(question, dict(request.query_params))

    async def do(request: Request) -> Response:
        try:
            async with asyncio.timeout(PATIENCE):
                asked = foreign_json(await request.body())
        except TimeoutError:
            return JSONResponse({"message": "too slow"}, 408, {"connection": "close"})
        except ValueError:
            asked = None
        if not isinstance(asked, dict):
            return JSONResponse({"message": "not a JSON object"}, WRONG)
        return await _answered(answers.writing.get(request.path_params["name"]), asked)

    return Guard(
        Starlette(
            routes=[
                Route("/hand/changes", stream, methods=["GET"]),
                Route("/hand/{name}", ask, methods=["GET"]),
                Route("/hand/{name}", do, methods=["POST"]),
                Route("/{address:path}", page, methods=["GET"]),
            ],
            exception_handlers={KanbanError: _said},
        ),
        rules,
    )


def in_turn(pages: Pages, begun: bytes) -> Iterator[bytes]:
    """The board's page, its frame at once and the board when it is worked out."""
    yield begun
    try:
        yield pages.going_on(begun)
    except KanbanError as error:
        yield f'<p class="stop" role="alert">{escape(_words(error))}</p></main></body></html>'.encode()


async def _said(_request: Request, error: Exception) -> Response:
    """A board that cannot be read just now: in words, until it can."""
    return Response(_words(error), 500, media_type="text/plain", headers={"refresh": AGAIN})


def _words(error: Exception) -> str:
    if not isinstance(error, KanbanError):
        return str(error)
    refusal = refusal_of(error)
    return "\n".join(filter(None, [refusal.message, *(one.message for one in refusal.hindrances), refusal.cure]))


async def _answered(question: Callable[[Any], Answer] | None, asked: dict[str, Any]) -> Response:
    if question is None:
        return JSONResponse({"message": "no such question"}, 404)
    answer = await run_in_threadpool(_ask, question, asked)
    return JSONResponse(answer.document, answer.status)


def _ask(question: Callable[[Any], Answer], asked: dict[str, Any]) -> Answer:
    try:
        return question(asked)
    except KanbanError as error:
        return failed(error, refusal_of(error))
    except KeyError as error:
        return Answer({"message": f"{error.args[0]} is missing"}, WRONG)
