"""A copy of a history in which a text does not stand: every version, message, author and file name is written anew.

Git tells its whole history as a stream (`fast-export`), the stream is changed on the way, and another git makes a new,
bare repository of it (`fast-import`). The repository at hand is only read. All commits from the first changed one on
get other ids; signatures do not survive.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from kanban.errors import Refused
from kanban.i18n import _
from kanban.repository.git.creating import create_bare
from kanban.repository.git.repository import Repository

Changed = Callable[[str], str]
"""A text without what is to go."""

_EXPORT = (
    *("fast-export", "--branches", "--tags", "--signed-tags=strip", "--tag-of-filtered-object=rewrite"),
    *("--reencode=no", "--use-done-feature"),
)
_DATA = re.compile(rb"data (\d+)\n")
_PERSON = re.compile(rb"(author|committer|tagger) (.*?) <(.*?)> (.*)\n", re.DOTALL)


def history_without(repository: Repository, folder: Path, changed: Changed, name_changed: Changed) -> Repository:
    """Write the history anew into a new bare repository at `folder`. Raises `Refused` when something is there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(
            _("{folder} is not empty").format(folder=folder),
            cure=_("name a folder that does not exist yet"),
        )
    made = create_bare(folder)
    with repository.git.pipe(*_EXPORT, stdin=b"") as told:
        stream = b"".join(_without(told, changed, name_changed))
    made.git.run("fast-import", "--quiet", "--done", "--force", stdin=stream)
    head = repository.branch()
    if head is not None:
        made.git.run("symbolic-ref", "HEAD", f"refs/heads/{head}")
    return made


def _without(told: IO[bytes], changed: Changed, name_changed: Changed) -> Iterator[bytes]:
    """The stream with every text changed; its commands and marks as they were. Messages speak of cards by file name."""
    is_file = False
    for line in iter(told.readline, b""):
        data = _DATA.fullmatch(line)
        if data is not None:
            text = _text(told.read(int(data[1])))
            new = _bytes(changed(text) if is_file else name_changed(text))
            yield b"data %d\n" % len(new) + new
            continue
        is_file = line == b"blob\n" or (is_file and line.startswith((b"mark ", b"original-oid ")))
        person = _PERSON.fullmatch(line)
        if person is not None:
            name, mail = (_bytes(name_changed(_text(person[at]))) for at in (2, 3))
            yield b"%b %b <%b> %b\n" % (person[1], name, mail, person[4])
        else:
            yield _file_line(line, name_changed) if line[:2] in (b"M ", b"D ") else line


def _file_line(line: bytes, name_changed: Changed) -> bytes:
    """`M 100644 :1 path` or `D path`, with the path changed; git quotes one with odd bytes in it."""
    words = line.rstrip(b"\n").split(b" ", 3 if line.startswith(b"M ") else 1)
    path = words[-1]
    quoted = path.startswith(b'"')
    plain = _unquoted(path) if quoted else path
    new = _bytes(name_changed(_text(plain)))
    if new == plain:
        return line
    return b" ".join([*words[:-1], _quoted(new)]) + b"\n"


def _unquoted(path: bytes) -> bytes:
    named = {b"n": b"\n", b"t": b"\t", b'"': b'"', b"\\": b"\\", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"r": b"\r"}
    return re.sub(
        rb"\\([0-7]{3}|.)", lambda m: bytes([int(m[1], 8)]) if len(m[1]) == 3 else named.get(m[1], m[1]), path[1:-1]
    )


def _quoted(path: bytes) -> bytes:
    inner = path.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"' + inner + b'"'


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
