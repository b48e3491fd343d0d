"""The last kanban commit of this branch, undone by a new commit that puts its files back."""

import os
import posixpath
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kanban.errors import EditConflict, NotFound
from kanban.gestures.change import Edit, PathChange
from kanban.i18n import _
from kanban.repository.git.repository import Repository
from kanban.repository.write.message import commit_message, trailers_of
from kanban.repository.write.path_state import Entry, Standing, read_standings
from kanban.repository.write.publication import Publication, Published
from kanban.repository.write.write_session import Session
from kanban.repository.write.writing import publish

LOOK_BACK = 500
"""How many commits of the branch are looked at."""
_REVERTS = re.compile(r"^This reverts commit ([0-9a-f]{40,64})\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Gesture:
    """A commit that kanban made: its id, verb (`move`, `set`, …), subject and cards."""

    commit: str
    verb: str
    subject: str
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Difference:
    """What a commit did at a path; None: not there."""

    path: str
    before: Entry | None
    after: Entry | None


def last_gesture(repo: Repository) -> Gesture:
    """The user's last kanban commit on the branch that is not an undo and has not been undone. Raises `NotFound`.

    The user's own: what a teammate did last, and a pull brought here, is not theirs to take back unseen. A merge
    (`kanban sync` makes some) is no gesture.
    """
    undone: set[str] = set()
    identity = repo.identity()
    for commit, author, message in _first_parents(repo):
        trailers = trailers_of(message)
        found = dict(trailers)
        if "Undoes" in found:
            undone.add(found["Undoes"])
        elif reverted := _REVERTS.search(message):
            undone.add(reverted[1])
        elif "Kanban" in found and commit not in undone and identity and author == identity.email:
            cards = tuple(value for key, value in trailers if key == "Card")
            return Gesture(commit, found["Kanban"], message.split("\n", 1)[0], cards)
    raise NotFound(
        _("there is no kanban command of yours to undo among the last {count} commits of this branch").format(
            count=LOOK_BACK
        ),
        cure=_("`git log` shows what there is; `git revert COMMIT` undoes any commit"),
    )


def undo(repo: Repository, *, dry_run: bool = False, run_hooks: bool = True) -> Published:
    """Undo the user's last kanban commit on the branch (see `last_gesture`) by a new commit.

    Called again, it undoes the one before.
    Raises `NotFound` when there is none, `EditConflict` when one of its files was changed since, in a later commit
    or by uncommitted edits: nothing of anybody's later work is ever taken back.
    """

    def plan() -> Publication:
        gesture = last_gesture(repo)
        session = Session(repo)
        differences = _differences(session, gesture.commit)
        standings = read_standings(session, repo.head(), [item.path for item in differences])
        for item in differences:
            _check_untouched(gesture, item, standings[item.path])
        trailers = [("Card", card) for card in gesture.cards]
        trailers += [("Kanban", "undo"), ("Undoes", gesture.commit)]
        message = commit_message(f"undo: {gesture.subject}", "", trailers)
        return Publication(tuple(_inverse(session, differences)), message)

    return publish(repo, plan, dry_run=dry_run, run_hooks=run_hooks)


def _first_parents(repo: Repository) -> Iterator[tuple[str, str, str]]:
    """Commits of the branch itself, newest first, merges left out, with author's address and message."""
    head = repo.head()
    if head is None:
        return
    arguments = (
        "log",
        "--first-parent",
        "--no-merges",
        f"--max-count={LOOK_BACK}",
        "-z",
        "--format=%H%n%ae%n%B",
        "--no-show-signature",
    )
    records = repo.git.read(*arguments, head, "--").out.decode("utf-8", "replace")
    for record in records.rstrip("\0").split("\0"):
        commit, author, message = record.split("\n", 2)
        yield commit, author, message


def _differences(session: Session, commit: str) -> list[_Difference]:
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
        found.append(_Difference(path, before, None if not blob.strip("0") else Entry(mode, blob)))
    return found


def _check_untouched(gesture: Gesture, item: _Difference, now: Standing) -> None:
    if now.head != item.after:
        raise EditConflict(
            _("{path} was changed by a later commit: undoing `{subject}` would take that back too").format(
                path=item.path, subject=gesture.subject
            ),
            cure=_("git log -- {path} shows who; change the card by hand instead").format(path=shlex.quote(item.path)),
        )
    edited = not now.clean if item.after is not None else now.exists
    if edited:
        raise EditConflict(
            _("{path} holds changes that are not committed").format(path=item.path),
            cure=_("commit them or put them aside (git stash), then undo"),
        )


def _inverse(session: Session, differences: list[_Difference]) -> Iterator[PathChange]:
    """The changes that lead back; a file that changed its place goes back as a move, edited or not."""
    appeared = {item.path: item.after for item in differences if item.before is None and item.after is not None}
    for item in differences:
        if item.before is None:
            continue
        if item.after is not None:
            yield PathChange.edited(item.path, _becoming(_as_on_disk(session, item.path, item.before)))
            continue
        partner = _partner(item, appeared)
        if partner is None:
            yield PathChange.created(item.path, _as_on_disk(session, item.path, item.before))
        elif appeared.pop(partner) == item.before:
            yield PathChange.moved(partner, item.path)
        else:
            yield PathChange.moved(partner, item.path, _becoming(_as_on_disk(session, item.path, item.before)))
    for path in appeared:
        yield PathChange.removed(path)


def _partner(item: _Difference, appeared: Mapping[str, Entry]) -> str | None:
    """Where a file went that disappeared from its path: the same content, else the same file name."""
    same = (path for path, entry in appeared.items() if entry == item.before)
    named = (path for path in appeared if posixpath.basename(path) == posixpath.basename(item.path))
    return next(same, None) or next(named, None)


def _becoming(data: bytes) -> Edit:
    return lambda _now: data


def _as_on_disk(session: Session, path: str, entry: Entry) -> bytes:
    """A blob as a checkout would write it at the path."""
    return session.git("cat-file", "--filters", f"--path={path}", entry.blob).out
