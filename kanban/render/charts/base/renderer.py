"""Draws specifications, and knows nothing else of ours: as a program of its own, one a line of its input.

The renderer brings an engine for JavaScript along, which keeps more memory than ten thousand cards do.
"""

import json
import sys
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO, Protocol

VEGA_LITE = "5.20"

Asked = tuple[str, str]
"""A specification as JSON, and the name of a locale."""

Renderer = Callable[[str, str], str]
"""From what is asked to its SVG."""


class EarlyRenderer(Protocol):
    """A renderer that draws beside: what is asked for is begun before somebody waits for it."""

    def begin(self, asked: Sequence[Asked]) -> None:
        """Begin these, which will all be asked for."""

    def __call__(self, spec: str, locale: str, /) -> str:
        """The SVG, as of any renderer."""


def svg_of(spec: str, locale: str) -> str:
    """The renderer's SVG."""
    import vl_convert

    locales: dict[str, Any] = {"format_locale": locale, "time_format_locale": locale}
    return vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, **locales)


def answer(asked: BinaryIO, told: BinaryIO) -> None:
    """For each line of `asked`, a name, a specification and a locale, a line of `told` with the name and the SVG.

    The engine is begun before anything is asked. Who asks need not wait, and may read when it likes: threads take what
    comes and bring what is drawn, however much of it there is.
    """
    coming: SimpleQueue[bytes] = SimpleQueue()
    going: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_take, args=(asked, coming), daemon=True).start()
    bringing = Thread(target=_bring, args=(going, told))
    bringing.start()
    try:
        svg_of(_NOTHING, "en-US")
        while line := coming.get():
            name, spec, locale = json.loads(line)
            going.put(json.dumps((name, svg_of(spec, locale))).encode() + b"\n")
    finally:
        going.put(_END)
        bringing.join()


def _take(asked: BinaryIO, coming: SimpleQueue[bytes]) -> None:
    for line in asked:
        coming.put(line)
    coming.put(_END)


def _bring(going: SimpleQueue[bytes], told: BinaryIO) -> None:
    while line := going.get():
        told.write(line)
        told.flush()


_END = b""
_NOTHING = '{"mark":"point","data":{"values":[]}}'


if __name__ == "__main__":
    with open(sys.stdout.fileno(), "wb", closefd=False) as told:  # buffered, so that what is long is written whole
        answer(sys.stdin.buffer, told)
