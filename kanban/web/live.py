"""The stream that tells open pages that the board changed: server-sent events, one number each."""

import asyncio
from collections.abc import AsyncIterator

from starlette.responses import StreamingResponse

from kanban.hands.watching import Watch

_STEP, _ALIVE = 0.05, 15.0


class Live:
    """The changes of a board, to any number of pages; `end` lets their connections go."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.ended = False

    def end(self) -> None:
        """The server stops."""
        self.ended = True

    def stream(self) -> StreamingResponse:
        """One page's connection."""
        return StreamingResponse(self._events(), media_type="text/event-stream")

    async def _events(self) -> AsyncIterator[str]:
        known, silent = -1, 0.0
        while not self.ended:
            if self.watch.version != known:
                known, silent = self.watch.version, 0.0
                yield f"data: {known}\n\n"
            elif silent >= _ALIVE:
                silent = 0.0
                yield ": here\n\n"
            await asyncio.sleep(_STEP)
            silent += _STEP
