"""An answer that had to be worked out, kept for who asks the same about files that are as they were."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kanban import beside
from kanban.again import READING
from kanban.again.answers import KIND, TOP, Asking, Kept, Question, look_at_program, question, settled, state_of
from kanban.commands.base.answers.recording import Recording
from kanban.commands.base.calling.errors_said import tell
from kanban.commands.base.calling.invocation import Made, Settings, speak
from kanban.errors import KanbanError
from kanban.folder.finding import find_board
from kanban.repository.kept.index import Index

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

MOST = 100
"""Answers that are kept: the last."""
LONGEST = 4_000_000
"""Characters of an answer that is kept."""

_LASTING = (0, 1)
"""Exit codes of answers; others say what went wrong this time."""
_BEGAN = time.time_ns()
"""When this program began: a module that changed later may not be the one that is at work."""


def answered(typed: Sequence[str], work: Callable[[Settings], int]) -> int:
    """The exit code of what the words ask: said again where it is known, else worked out and perhaps kept."""
    asking = Asking(typed, board_below)
    kept = asking.known()
    if kept is None:
        return worked_out(asking, work)
    try:
        kept.say()
    except OSError as error:
        return not_taken(error, typed)
    return kept.code


def not_taken(error: OSError, typed: Sequence[str]) -> int:
    """Tell that nobody took an answer, as a full disk behind `>`; the exit code.

    A reader that has seen enough, as `head`, is no error: as where the answer was worked out.
    """
    if isinstance(error, BrokenPipeError):
        return 0
    speak(Settings(typed))
    return tell(error)


def board_below(directory: str) -> str | None:
    """The board of someone who stands above it; None where there is none, or more than one."""
    try:
        return str(find_board(Path(directory)))
    except KanbanError:
        return None


def worked_out(asking: Asking, work: Callable[[Settings], int]) -> int:
    """The exit code of an answer that is not known: worked out, and kept where it lasts."""
    settings = Settings(asking.typed)
    settings.seen, settings.seen_at = asking.seen, asking.now
    asked = asking.question
    if asked is None:
        return work(settings)
    recording = Recording()
    recording.begin()
    try:
        code = work(settings)
    finally:
        recording.end()
    made = settings.made
    if made is None and asked.verb not in READING:
        return code
    lasts = code in _LASTING and settings.lasting and recording.whole and settings.directory == asked.directory
    if lasts and settings.zone is not None and _is_still(asked, asking, made):
        _keep(asked, asking.now, settings.zone, code, recording, made)
    return code


def _is_still(asked: Question, asking: Asking, made: Made | None) -> bool:
    """Whether it is the same question by now; who wrote files below the board has changed folders himself."""
    if made is None:
        return asked.still()
    again = question(asking.typed, asking.now, {}, board_below)
    return again is not None and again.digest == asked.digest


def _keep(asked: Question, now: int, zone: ZoneInfo, code: int, recording: Recording, made: Made | None) -> None:
    program = sorted(_program())
    looks, changed = look_at_program(program)
    if not program or changed > settled(min(now, _BEGAN)):
        return
    began = datetime.fromtimestamp(now / 1e9, zone)
    midnight = datetime.combine(began.date() + timedelta(days=1), datetime.min.time(), zone)
    kept = Kept(code, now, int(midnight.timestamp()) * 10**9, program, looks, recording.told)
    if made is not None:  # it is to be told next time that all is as it was left
        kept.told = [(stream, text.replace(made.said, made.again)) for stream, text in recording.told]
        kept.folders = [str(made.folder), str(made.beside)]
        kept.state = state_of(*kept.folders)
    body = kept.packed()
    if len(body) <= LONGEST and time.time() < midnight.timestamp():
        Index(Path(asked.common_dir)).keep(KIND, {asked.digest: body}, MOST)


def _program() -> Iterator[str]:
    """The files of the program that may have spoken into an answer, relative to its folder, and their folders.

    Modules that were loaded, here or in a process beside, and what is no module in packages that were. Of texts those
    that are compiled count, not what they are compiled from.
    """
    loaded = {*beside.loaded, *(name for name in sys.modules if name.partition(".")[0] == "kanban")}
    modules = {os.path.join(*name.split(".")[1:], "") for name in loaded if "." in name} | {""}
    for folder, names, files in os.walk(TOP):
        inside = folder[len(TOP) + 1 :]
        packages = [name for name in names if os.path.exists(os.path.join(folder, name, "__init__.py"))]
        left = {"__pycache__", *(name for name in packages if os.path.join(inside, name, "") not in modules)}
        names[:] = [name for name in names if name not in left]
        yield inside
        for file in files:
            name, ending = os.path.splitext(file)
            module = os.path.join(inside, "" if name == "__init__" else os.path.join(name, ""))
            if module in modules if ending == ".py" else ending != ".po":
                yield os.path.join(inside, file)
