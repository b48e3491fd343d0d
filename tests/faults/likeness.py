"""When two folders are the same for whoever goes on in them, so that what comes next has to be lived once only.

Everything there is counts: names, kinds, permissions and contents of all files, of the git folders too. What no
command can tell apart does not: where the folder lies, the random part of a temporary name, the number of a process
that has ended; and of git's notes on when a file was written, only whether they fit the file or not.
"""

from __future__ import annotations

import glob
import hashlib
import os
import re
import shutil
import sqlite3
import stat
import struct
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

_RANDOM = (
    (re.compile(rb"tmp_(obj|idx|pack|rev)_\w{6}"), rb"tmp_\1"),
    (re.compile(rb"(write-|\.kanban-)[0-9a-f]{12}"), rb"\1"),
    (re.compile(rb'("name": ")[0-9a-f]{12}'), rb"\1"),
    (re.compile(rb"(\.lock|exchange)\.\d+"), rb"\1"),
)
_OWNER = re.compile(rb"\d+( \S+\n)\Z")
"""A lock's owner: the number of a process that has ended, and the machine."""
_BESIDE = re.compile(rb"^index\.sqlite-(wal|shm|journal)$")
_ENTRY = 62
"""Bytes of an entry of git's index before its path."""


def likeness(root: Path) -> bytes:
    """The same for two folders exactly when nothing that comes next can differ."""
    told = hashlib.sha256()
    for line in sorted(_lines(os.fsencode(root), b"")):
        told.update(line + b"\0")
    return told.digest()


def _lines(root: bytes, below: bytes) -> Iterator[bytes]:
    with os.scandir(os.path.join(root, below)) as found:
        entries = list(found)
    for entry in entries:
        path = os.path.join(below, entry.name)
        about = entry.stat(follow_symlinks=False)
        head = b"%s %o " % (_plain(path), about.st_mode)
        if _BESIDE.search(entry.name):
            continue  # read with its index
        if stat.S_ISDIR(about.st_mode):
            yield head
            yield from _lines(root, path)
        elif stat.S_ISLNK(about.st_mode):
            yield head + os.readlink(entry.path).replace(root, b"")
        elif about.st_nlink > 1 and b"/objects/" in path:
            yield head  # an object of the starting place, of which every copy has a second name
        else:
            yield head + hashlib.sha1(_content(root, path), usedforsecurity=False).digest()


def _content(root: bytes, path: bytes) -> bytes:
    with open(os.path.join(root, path), "rb") as file:
        data = file.read()
    if path.endswith(b"/kanban/index.sqlite"):
        return _rows(os.fsdecode(os.path.join(root, path)))
    if data.startswith(b"DIRC") and not data.startswith(b"DIRC\0\0\0\4"):
        return _index(data, root, path)
    if b"/objects/" in path:
        return data
    return _OWNER.sub(rb"\1", _plain(data.replace(root, b"")))


def _rows(file: str) -> bytes:
    """What the next reader of the history's index finds in it, with its journal or its log; the salt of a log is random."""
    with tempfile.TemporaryDirectory() as place:
        for other in glob.glob(file + "*"):
            shutil.copy(other, place)
        try:
            with closing(sqlite3.connect(os.path.join(place, os.path.basename(file)))) as opened:
                return _plain("\n".join(opened.iterdump()).encode())
        except sqlite3.Error as error:
            return str(error).encode()


def _plain(data: bytes) -> bytes:
    for pattern, stands in _RANDOM:
        data = pattern.sub(stands, data)
    return data


def _index(data: bytes, root: bytes, path: bytes) -> bytes:
    """An index without times and numbers of files, but with whether each fits its file; torn, as it is."""
    top = root + (b"/" + path).partition(b"/.git/")[0]
    (count,) = struct.unpack(">I", data[8:12])
    told, at = [data[:12]], 12
    for _number in range(count):
        entry = data[at : at + _ENTRY]
        if len(entry) < _ENTRY:
            return data
        longer = 2 if entry[60] & 0x40 else 0
        end = data.find(b"\0", at + _ENTRY + longer)
        if end < 0:
            return data
        name = data[at + _ENTRY + longer : end]
        told += [entry[24:28], entry[40:], name, _fits(entry, os.path.join(top, name))]
        at += (end - at) // 8 * 8 + 8
    return b"\0".join([*told, data[at:-20]])


def _fits(entry: bytes, file: bytes) -> bytes:
    seconds, nano, size = *struct.unpack(">II", entry[8:16]), struct.unpack(">I", entry[36:40])[0]
    try:
        found = os.lstat(file)
    except OSError:
        return b"differs"
    if (found.st_mtime_ns, found.st_size) != (seconds * 10**9 + nano, size) or not stat.S_ISREG(found.st_mode):
        return b"differs"
    with open(file, "rb") as opened:
        data = opened.read()
    same = entry[40:60] == hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).digest()
    return b"fits" if same else os.urandom(8)  # git may or may not notice: like nothing else
