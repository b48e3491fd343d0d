"""Draws specifications, and knows nothing else of ours: as a program of its own, one a line of its input.

The renderer brings an engine for JavaScript along, which keeps more memory than ten thousand cards do.
"""

import json
import sys
from collections.abc import Callable, Sequence
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
    """For each line of `asked`, a name, a specification and a locale, a line with the name and the SVG.

    They are begun where an empty line follows. The engine is begun before anything is asked, and nothing is told before
    all is drawn: who asks may do so at once and come back later, however long the lines are.
    """
    ready = Thread(target=svg_of, args=(_NOTHING, "en-US"))
    ready.start()
    waiting: list[bytes] = []
    for line in asked:
        if line.strip():
            waiting.append(line)
            continue
        ready.join()
        drawn = [(name, svg_of(spec, locale)) for name, spec, locale in map(json.loads, waiting)]
        waiting = []
        told.write(b"".join(json.dumps(one).encode() + b"\n" for one in drawn))
        told.flush()


_NOTHING = '{"mark":"point","data":{"values":[]}}'


if __name__ == "__main__":
    with open(sys.stdout.fileno(), "wb", closefd=False) as told:  # buffered, so that what is long is written whole
        answer(sys.stdin.buffer, told)
