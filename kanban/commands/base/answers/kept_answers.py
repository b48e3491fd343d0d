"""A question that was answered already, about files that are as they were, is answered in the same words.

The answer is a row of the index: what was said on which stream, the exit code, and until when it holds, as the day of
a board ends at its own midnight.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from kanban.commands.base.answers.question import Question, question, state_of
from kanban.commands.base.answers.recording import Recording
from kanban.commands.base.calling.early_language import language_typed
from kanban.commands.base.calling.invocation import READING, Made, Settings
from kanban.repository.kept.index import Index

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

MOST = 100
"""Answers that are kept: the last."""
LONGEST = 4_000_000
"""Characters of an answer that is kept."""

_KIND = "answer"
_LASTING = (0, 1)
"""Exit codes of answers; others say what went wrong this time."""


def answered(typed: Sequence[str], work: Callable[[Settings], int]) -> int:
    """The exit code of what the words ask: said again where it is known, else worked out and perhaps kept."""
    settings, now = Settings(typed), time.time_ns()
    asked = question(typed, now, seen=settings.seen)
    settings.seen_at = now
    if asked is None:
        return work(settings)
    index = Index(asked.common_dir)
    told = _kept(index, asked, now)
    if told is not None:
        return _said_again(told, typed)
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
    if lasts and settings.zone is not None and asked == question(typed, now, asked.program):
        _keep(index, asked, now, settings.zone, {"code": code, **_again(recording, made)})
    return code


def _said_again(told: dict[str, Any], typed: Sequence[str]) -> int:
    try:
        for name, text in told["told"]:
            getattr(sys, name).write(text)
            getattr(sys, name).flush()
    except OSError as error:  # a full disk behind `>`
        from kanban.commands.base.calling.errors_said import tell
        from kanban.i18n.catalogue import set_language

        set_language(language_typed(typed))
        return tell(error)
    return int(told["code"])


def _again(recording: Recording, made: Made | None) -> dict[str, Any]:
    """What is to be told the next time; of a folder that was written, as long as it is as it was left."""
    if made is None:
        return {"told": recording.told}
    told = [(stream, text.replace(made.said, made.again)) for stream, text in recording.told]
    folders = [str(made.folder), str(made.beside)]
    return {"told": told, "folders": folders, "state": state_of(*folders)}


def _kept(index: Index, asked: Question, now: int) -> dict[str, Any] | None:
    body = index.get(_KIND, asked.digest)
    told: dict[str, Any] | None = json.loads(body) if body else None
    if told is None or not told["from"] <= now < told["until"]:
        return None
    try:
        return told if "state" not in told or told["state"] == state_of(*told["folders"]) else None
    except OSError:
        return None


def _keep(index: Index, asked: Question, now: int, zone: ZoneInfo, told: dict[str, Any]) -> None:
    began = datetime.fromtimestamp(now / 1e9, zone)
    midnight = datetime.combine(began.date() + timedelta(days=1), datetime.min.time(), zone)
    body = json.dumps({"from": now, "until": int(midnight.timestamp()) * 10**9, **told})
    if len(body) <= LONGEST and time.time() < midnight.timestamp():
        index.keep(_KIND, {asked.digest: body.encode()}, MOST)
