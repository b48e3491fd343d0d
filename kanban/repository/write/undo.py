"""The last kanban commit of this branch, undone by a new commit that puts its files back."""

import os
import posixpath
import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import partial

from kanban.errors import EditConflict, NotFound
from kanban.gestures.base.change import PathChange
from kanban.gestures.undo import Commit, Difference, Made, last_made, made_by, way_back
from kanban.i18n import _
from kanban.repository.git.repository import Repository
from kanban.repository.read.trailers import trailers_of
from kanban.repository.write.message import commit_message
from kanban.repository.write.paths.path_state import Entry, Standing, read_standings
from kanban.repository.write.publication import Publication, Published
from kanban.repository.write.write_session import Session
from kanban.repository.write.writing import writing

LOOK_BACK = 500
"""How many commits of the branch are looked at."""
_REVERTS = re.compile(r"^This reverts commit ([0-9a-f]{40,64})\b", re.MULTILINE)


def gestures_of(repo: Repository, zone: tzinfo | None = None) -> Iterator[Made]:
    """The user's own kanban commits on the branch that can be undone, newest first, with their days in `zone`.

    What a teammate did last, and a pull brought here, is not theirs to take back unseen. A merge is no gesture.
    """
    identity = repo.identity()
    return made_by(_first_parents(repo, zone), identity.email if identity else "")


def last_gesture(repo: Repository, card: str = "", zone: tzinfo | None = None) -> Made:
    """The user's last kanban commit that is not an undo and has not been undone. Raises `NotFound`.

    With `card` the last one about that card, to be taken back for it alone.
    """
    identity = repo.identity()
    if (made := last_made(_first_parents(repo, zone), identity.email if identity else "", card)) is not None:
        return made
    if card:
        raise NotFound(
            _("there is no kanban command of yours on {card} to undo").format(card=card),
            cure=_("`kanban undo --list` shows those that can be, `kanban log {card}` what happened to it").format(
                card=shlex.quote(card)
            ),
        )
    raise NotFound(
        _("there is no kanban command of yours to undo among the last {count} commits of this branch").format(
            count=LOOK_BACK
        ),
        cure=_("`kanban log` shows what happened and who did it"),
    )


Check = Callable[[tuple[PathChange, ...]], None]
"""Asked before the way back is gone; raises what forbids it."""


def undo(repo: Repository, *, dry_run: bool = False, run_hooks: bool = True) -> Published:
    """Undo the user's last kanban commit, whatever it was about (see `take_back`)."""
    return take_back(repo, dry_run=dry_run, run_hooks=run_hooks)[1]


def take_back(
    repo: Repository,
    *,
    card: str = "",
    dry_run: bool = False,
    run_hooks: bool = True,
    zone: tzinfo | None = None,
    check: Check | None = None,
) -> tuple[Made, Published]:
    """Undo the user's last kanban commit on the branch (see `last_gesture`) by a new commit; which one it was.

    Called again, it undoes the one before.
    Raises `NotFound` when there is none, `EditConflict` when one of its files was changed since, in a later commit
    or by uncommitted edits: nothing of anybody's later work is ever taken back.
    """
    session = Session(repo.tried_out() if dry_run else repo)
    with writing(repo, dry_run=dry_run, run_hooks=run_hooks) as moment:
        for _attempt in moment.attempts():
            made = last_gesture(repo, card, zone)
            differences = [one for one in _differences(session, made.commit) if _concerns(made, one)]
            standings = read_standings(session, repo.head(), [item.path for item in differences])
            for item in differences:
                _check_untouched(session, made, item, standings[item.path])
            trailers = [*(("Card", one) for one in made.cards), ("Kanban", "undo"), ("Undoes", made.commit)]
            if made.partial:
                made = replace(made, subject=f"{', '.join(made.cards)}: {made.verb}")
            message = commit_message(f"undo: {made.subject}", "", trailers)
            changes = tuple(way_back(differences, partial(_as_on_disk, session)))
            if check is not None:
                check(changes)
            moment.publish(Publication(changes, message))
    return made, moment.published


def _concerns(made: Made, item: Difference[Entry]) -> bool:
    return not made.partial or posixpath.basename(item.path).removesuffix(".md") in made.cards


def _first_parents(repo: Repository, zone: tzinfo | None) -> Iterator[Commit]:
    """Commits of the branch itself, newest first, merges left out."""
    head = repo.head()
    if head is None:
        return
    arguments = (
        "log",
        "--first-parent",
        "--no-merges",
        f"--max-count={LOOK_BACK}",
        "-z",
        "--format=%H%n%ae%n%at%n%B",
        "--no-show-signature",
    )
    records = repo.git.read(*arguments, head, "--").out.decode("utf-8", "replace")
    for record in records.rstrip("\0").split("\0"):
        commit, author, at, message = record.split("\n", 3)
        reverted = _REVERTS.search(message)
        subject = message.split("\n", 1)[0]
        day = datetime.fromtimestamp(int(at), zone).date()
        yield Commit(commit, author, subject, trailers_of(message), reverted[1] if reverted else "", day)


def _differences(session: Session, commit: str) -> list[Difference[Entry]]:
    """What the commit changed against its first parent (everything, for the first commit of all)."""
    done = session.repo.git.read(
        "diff-tree",
        "-r",
        "-z",
        "--no-renames",
        "--no-abbrev",
        "--root",
        "--no-commit-id",
        "-m",
        "--first-parent",
        commit,
    )
    fields = os.fsdecode(done.out).rstrip("\0").split("\0") if done.out else []
    found = []
    for head, path in zip(fields[::2], fields[1::2], strict=True):
        old_mode, mode, old_blob, blob, _letter = head.lstrip(":").split(" ")
        before = None if not old_blob.strip("0") else Entry(old_mode, old_blob)
        found.append(Difference(path, before, None if not blob.strip("0") else Entry(mode, blob)))
    return found


def _check_untouched(session: Session, gesture: Made, item: Difference[Entry], now: Standing) -> None:
    card = posixpath.basename(item.path).removesuffix(".md")
    if now.head != item.after:
        raise EditConflict(
            _("{path} was changed by a later commit: undoing `{subject}` would take that back too").format(
                path=item.path, subject=gesture.subject
            )
            + _later(session, gesture.commit, item.path),
            cure=_("`kanban undo {card}` takes back your last gesture on it first, else change the card").format(
                card=shlex.quote(card)
            ),
        )
    edited = not now.clean if item.after is not None else now.exists
    if edited:
        raise EditConflict(
            _("{path} holds changes that are not committed").format(path=item.path),
            cure=_("`kanban edit {card} --saved` commits them; then undo").format(card=shlex.quote(card)),
        )


def _later(session: Session, commit: str, path: str) -> str:
    """Who changed the path last since a commit, when and how: ` (Karim, 2026-10-05: acme: note)`."""
    found = session.repo.git.read("log", "-1", "--format=%an, %as: %s", f"{commit}..HEAD", "--", path).text
    return f" ({found})" if found else ""


def _as_on_disk(session: Session, path: str, entry: Entry) -> bytes:
    """A blob as a checkout would write it at the path."""
    return session.git("cat-file", "--filters", f"--path={path}", entry.blob).out
