"""The trailers of a commit message: what a gesture says of itself to machines."""

import re

KEY = re.compile(r"[A-Z][A-Za-z]*(?:-[A-Za-z]+)*")
"""What a trailer's key looks like: a capitalised word, with dashes."""


def trailers_of(message: str) -> tuple[tuple[str, str], ...]:
    """The trailers that `commit_message` wrote: `Key: value` lines of the last paragraph, if it holds nothing else."""
    paragraphs = message.rstrip("\n").split("\n\n")
    if len(paragraphs) < 2:
        return ()
    found = []
    for line in paragraphs[-1].split("\n"):
        key, colon, value = line.partition(": ")
        if not colon or not KEY.fullmatch(key):
            return ()
        found.append((key, value))
    return tuple(found)
