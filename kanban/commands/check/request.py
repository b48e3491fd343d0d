"""From the options to a request: which rules, which paths, which findings are accepted."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from click import get_current_context

from kanban.commands.base.calling.invocation import settings_of
from kanban.commands.check.inputs.source import Source
from kanban.errors import KanbanError, NotFound
from kanban.i18n import _
from kanban.lint.engine import Request
from kanban.lint.rule import RANGE
from kanban.lint.selection import Selection
from kanban.lint.waivers.baseline import Baseline, read_baseline

if TYPE_CHECKING:
    from kanban.commands.check.wanted import Wanted


def request_of(source: Source, wanted: Wanted) -> Request:
    """The request. Raises NotFound for a rule or a path that does not exist."""
    settings = source.board.config.lint
    declared = Selection.known(settings.select, settings.ignore, settings.per_path_ignores)
    selection = Selection(
        select=wanted.select or declared.select,
        ignore=(*declared.ignore, *wanted.ignore),
        extend=wanted.extend_select,
        per_path={**declared.per_path, **_per_path(wanted.per_path_ignores)},
    )
    if wanted.commit_msg and not wanted.staged:
        codes = tuple(rule.code for rule in selection.rules() if rule.scope == RANGE)
        selection = Selection(select=codes)
    named = named_unchanged(source, wanted)
    changed = source.changed if wanted.changed_only and not named else None
    return Request(
        selection,
        wanted=_wanted_path(source, wanted, whole=bool(named)) if not wanted.changed_only or named else None,
        changed=changed,
        waive=not wanted.no_waivers,
        baseline=None if wanted.write_baseline or wanted.prune_baseline else _baseline(source, wanted),
    )


def named_unchanged(source: Source, wanted: Wanted) -> frozenset[str]:
    """The named files that the change leaves as they were: a hook that is run by hand over files means these.

    A commit's hook is given what the commit changes; in a merge, also what only differs from the other side.
    """
    if not wanted.changed_only or not wanted.staged or source.merged or source.before is None:
        return frozenset()
    named = (_on_board(source, name) or "" for name in wanted.paths)
    return frozenset(
        place
        for place in named
        if place in source.files and place in source.before and source.files[place].blob == source.before[place].blob
    )


def _per_path(rows: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        pattern, colon, words = row.rpartition(":")
        if not colon or not pattern:
            message = _("`{text}` is not a pattern and rules").format(text=row)
            raise KanbanError(message, cure=_("write it as `--per-path-ignores 'won/**:KB5'`"))
        found[pattern] = (*found.get(pattern, ()), *(word.strip() for word in words.split(",") if word.strip()))
    return found


def _wanted_path(source: Source, wanted: Wanted, *, whole: bool) -> Callable[[str], bool] | None:
    """Whether a board path is among those that the user named; None when they named none, or the whole board.

    With `whole`, what is said of the board as a whole counts too.
    """
    names = (wanted.stdin_filename,) if wanted.stdin_filename else wanted.paths
    if not names:
        return None
    chosen = {place for place in (_on_board(source, name) for name in names) if place is not None}
    if "" in chosen:
        return None
    cards = {card.path for card in source.board.cards} if whole else frozenset[str]()

    def is_wanted(path: str) -> bool:
        if whole and path not in cards:
            return True
        parts = path.split("/")
        return any("/".join(parts[:end]) in chosen for end in range(1, len(parts) + 1))

    return is_wanted


def _on_board(source: Source, name: str) -> str | None:
    """A path as the board has it, "" for the whole of it, None for one outside. Raises NotFound when it is nowhere."""
    root = _root_of(source)
    path = _meant(source, name)
    inside = path == root or root in path.parents
    place = path.relative_to(root).as_posix() if inside else ""
    known = place in source.files or place in source.folders
    if not known and not os.path.lexists(path):
        raise NotFound(_("there is no file or folder {path}").format(path=name), cure=_("check the path"))
    if inside:
        return "" if place == "." else place
    return "" if path in root.parents else None


def _meant(source: Source, name: str) -> Path:
    """A path as typed after `-C DIR`, from there; as a hook is told it, from the top of the repository."""
    start = Path(settings_of(get_current_context()).directory)
    typed = Path(os.path.abspath(start / name))
    told = Path(os.path.abspath(name))
    return told if "PRE_COMMIT" in os.environ or (not os.path.lexists(typed) and os.path.lexists(told)) else typed


def _root_of(source: Source) -> Path:
    if source.root is not None:
        return Path(os.path.abspath(source.root))
    top = source.repository.toplevel if source.repository is not None else None
    return Path(os.path.abspath((top or Path.cwd()) / source.prefix))


def _baseline(source: Source, wanted: Wanted) -> Baseline | None:
    """The baseline named by the user, else the board's. A named one must be there."""
    if wanted.baseline:
        return named_baseline(wanted.baseline)
    if source.baseline is None:
        return None
    return read_baseline(source.baseline.decode("utf-8", "replace"), source.board.config.lint.baseline)


def named_baseline(path: str) -> Baseline:
    """The baseline in a file. Raises NotFound."""
    try:
        return read_baseline(Path(path).read_text("utf-8"), path)
    except OSError as error:
        message = _("the baseline {path} cannot be read: {reason}")
        raise NotFound(message.format(path=path, reason=error.strerror)) from error
