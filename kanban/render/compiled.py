"""Templates compiled once: their code stands where Python keeps that of modules, and is trusted as that is.

It is found by the template's name, and taken where it was made of this very text, by this Python and this Jinja, with
these options. Where Python may not leave bytecode, or the package lies in an archive, each run compiles what it needs.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from hashlib import sha256
from importlib.util import MAGIC_NUMBER, cache_from_source
from typing import Any

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

_DIGEST = 32
"""Bytes of a digest; the file holds that of what the code was made from, that of the code, and the code."""


class Compiled(BytecodeCache):
    """The code of templates made with these options."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._made_by = f"{jinja2.__version__} {sorted(options.items())!r} ".encode() + MAGIC_NUMBER

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Where the template's code stands; "" for one that is no file."""
        try:
            return cache_from_source(filename) if filename else ""
        except NotImplementedError:  # a Python without bytecode
            return ""

    def get_source_checksum(self, source: str) -> str:
        """A digest of all that the code is made from."""
        return sha256(self._made_by + source.encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code, where it is that of this text, and whole."""
        with suppress(OSError, EOFError, ValueError, TypeError), open(bucket.key, "rb") as file:
            made_from, told, body = file.read(_DIGEST), file.read(_DIGEST), file.read()
            if made_from.hex() == bucket.checksum and told == sha256(body).digest():
                bucket.code = marshal.loads(body)  # noqa: S302 - as Python's own bytecode

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code, where Python may keep its own."""
        if sys.dont_write_bytecode or not bucket.key:
            return
        body = marshal.dumps(bucket.code)
        draft = f"{bucket.key}.{os.getpid()}"
        with suppress(OSError):
            os.makedirs(os.path.dirname(bucket.key), exist_ok=True)
            with open(draft, "wb") as file:
                file.write(bytes.fromhex(bucket.checksum) + sha256(body).digest() + body)
            os.replace(draft, bucket.key)
