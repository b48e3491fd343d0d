"""Draws specifications, and knows nothing else of ours: as a program of its own, one a line of its input.

The renderer brings an engine for JavaScript along, which keeps more memory than ten thousand cards do.
"""

import json
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

VEGA_LITE = "5.20"

Renderer = Callable[[str, str], str]
"""From a specification as JSON, and the name of a locale, to its SVG."""


def svg_of(spec: str, locale: str) -> str:
    """The renderer's SVG."""
    import vl_convert

    locales: dict[str, Any] = {"format_locale": locale, "time_format_locale": locale}
    return vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, **locales)


def answer(asked: BinaryIO, told: BinaryIO) -> None:
    """For each line of `asked`, a specification and a locale, a line with the SVG, until there are no more."""
    for line in asked:
        told.write(json.dumps(svg_of(*json.loads(line))).encode() + b"\n")
        told.flush()


if __name__ == "__main__":
    answer(sys.stdin.buffer, sys.stdout.buffer)
