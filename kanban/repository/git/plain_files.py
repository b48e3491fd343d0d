"""What git's own files tell at a glance, so that no process is started for it; a doubt is git's to answer."""

import os
import re
from pathlib import Path

_ID = re.compile(rb"[0-9a-f]{40}|[0-9a-f]{64}")
_DOUBTFUL = re.compile(rb"promisor|partialclone|include|worktreeconfig", re.IGNORECASE)


def checked_out(git_dir: Path, common_dir: Path) -> str | None:
    """The commit that HEAD stands for, as its branch's file or the packed list has it; None where neither tells."""
    head = _content(git_dir / "HEAD").strip()
    if head.startswith(b"ref: refs/heads/"):
        ref = head[5:]
        head = _content(common_dir / os.fsdecode(ref)).strip() or _packed(common_dir, ref)
    return head.decode() if _ID.fullmatch(head) else None


def is_plainly_whole(common_dir: Path) -> bool:
    """Whether the configuration does not even mention what makes a clone partial."""
    configuration = _content(common_dir / "config")
    return bool(configuration) and _DOUBTFUL.search(configuration) is None


def _packed(common_dir: Path, ref: bytes) -> bytes:
    found = re.search(rb"^(\w+) " + re.escape(ref) + rb"$", _content(common_dir / "packed-refs"), re.MULTILINE)
    return found[1] if found else b""


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""
