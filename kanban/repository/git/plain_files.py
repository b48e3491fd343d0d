"""What git's own files tell at a glance, so that no process is started for it; a doubt is git's to answer."""

import os
import re
from pathlib import Path

_ID = re.compile(rb"[0-9a-f]{40}|[0-9a-f]{64}")
_DOUBTFUL = re.compile(rb"promisor|partialclone|include|worktreeconfig", re.IGNORECASE)
_ORDINARY = re.compile(rb"\trepositoryformatversion = 0\n")
_NOT_ORDINARY = re.compile(rb"worktree|extensions|include|partialclone|bare(?! = false\n)", re.IGNORECASE)
_HEAD = re.compile(rb"ref: refs/heads/[^\s]+\n|[0-9a-f]{40}\n")


def plain_top(folder: Path) -> Path | None:
    """The top of the ordinary, whole, own working tree around a folder, whose `.git` is a folder; None in any doubt.

    Ordinary: every folder on the way lies on one disk, nothing in the configuration speaks of another form, another
    working tree or of extensions, and the user owns both folders, so that git would serve it without a question.
    """
    if not hasattr(os, "geteuid") or os.environ.get("GIT_CEILING_DIRECTORIES"):
        return None
    start = Path(os.path.realpath(folder))
    for above in (start, *start.parents):
        git = above / ".git"
        if os.path.lexists(git):
            return above if _is_ordinary(git) and os.stat(start).st_dev == os.stat(git).st_dev else None
        if (above / "HEAD").exists() and (above / "objects").exists():
            return None  # inside a git folder, or a bare repository
    return None


def _is_ordinary(git: Path) -> bool:
    configuration = _content(git / "config")
    return (
        not git.is_symlink()
        and (git / "objects").is_dir()
        and (git / "refs").is_dir()
        and all(os.stat(one).st_uid == os.geteuid() for one in (git, git.parent))
        and _HEAD.fullmatch(_content(git / "HEAD")) is not None
        and _ORDINARY.search(configuration) is not None
        and _NOT_ORDINARY.search(configuration) is None
        and not os.path.lexists(git / "shallow")
        and not os.path.lexists(git / "commondir")
    )


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
