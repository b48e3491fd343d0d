"""The versions of `board.yml` over time: which configuration was in force from which day on."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from kanban.model.boardfile import SIZE_CAP
from kanban.model.config import BOARD_FILE, BoardConfig, read_config
from kanban.repository.objects import read_blobs
from kanban.repository.repository import Repository

_MAIN_LINE = ("--first-parent", "--diff-merges=first-parent", "--reverse")
_LOG = ("log", *_MAIN_LINE, "--raw", "-z", "--no-abbrev", "--no-renames", "--format=%x01%at")


def past_configs(
    repository: Repository, prefix: str, zone: tzinfo, revision: str = "HEAD"
) -> tuple[tuple[date, BoardConfig], ...]:
    """Every usable version on the main line with the day from which it held, oldest first; days never run backwards.

    The main line (first parents) decides: a limit changed on a branch is in force once the branch is merged.
    """
    head = repository.head() if revision == "HEAD" else repository.resolve(revision)
    if head is None:
        return ()
    path = f"{prefix.strip('/')}/{BOARD_FILE}".lstrip("/")
    done = repository.git.read(*_LOG, head, "--", path)
    versions = _versions(done.out.decode("utf-8", "surrogateescape"), zone)
    contents = read_blobs(repository.git, [blob for _day, blob in versions], SIZE_CAP)
    found: list[tuple[date, BoardConfig]] = []
    for day, blob in versions:
        config = read_config(contents.get(blob) or b"")[0]
        if config is not None:
            found.append((max(day, found[-1][0]) if found else day, config))
    return tuple(found)


def _versions(output: str, zone: tzinfo) -> list[tuple[date, str]]:
    """Day and blob of each version, from git's NUL-separated answer."""
    found: list[tuple[date, str]] = []
    day = date.min
    for token in output.split("\0"):
        text = token.strip("\n")
        if text.startswith("\x01"):
            day = datetime.fromtimestamp(int(text[1:].split("\n")[0] or 0), zone).date()
            text = text.partition("\n")[2].strip("\n")
        if text.startswith(":"):
            blob = text.split(" ")[3]
            if set(blob) != {"0"}:
                found.append((day, blob))
    return found
