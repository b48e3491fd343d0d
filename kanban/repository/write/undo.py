"""The last kanban commit of this branch, undone by a new commit that puts its files back."""

import os
import re
import shlex
from collections.abc import Iterator
from functools import partial

from kanban.errors import EditConflict, NotFound
from kanban.gestures.undo import Commit, Difference, Made, last_made, way_back
from kanban.i18n import _
from kanban.repository.git.repository import Repository
from kanban.repository.write.message import commit_message, trailers_of
from kanban.repository.write.path_state import Entry, Standing, read_standings
from kanban.repository.write.publication import Publication, Published
from kanban.repository.write.write_session import Session
from kanban.repository.write.writing import writing

LOOK_BACK = 500
"""How many commits of the branch are looked at."""
_REVERTS = re.compile(r"^This reverts commit ([0-9a-f]{40,64})\b", re.MULTILINE)


def last_gesture(repo: Repository) -> Made:
    """The user's last kanban commit on the branch that is not an undo and has not been undone. Raises `NotFound`.

    The user's own: what a teammate did last, and a pull brought here, is not theirs to take back unseen. A merge
    (`kanban sync` makes some) is no gesture.
    """
    identity = repo.identity()
    if (made := last_made(_first_parents(repo), identity.email if identity else "")) is not None:
        return made
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
    session = Session(repo)
    with writing(repo, dry_run=dry_run, run_hooks=run_hooks) as moment:
        for _attempt in moment.attempts():
            made = last_gesture(repo)
            differences = _differences(session, made.commit)
            standings = read_standings(session, repo.head(), [item.path for item in differences])
            for item in differences:
                _check_untouched(made, item, standings[item.path])
            trailers = [*(("Card", card) for card in made.cards), ("Kanban", "undo"), ("Undoes", made.commit)]
            message = commit_message(f"undo: {made.subject}", "", trailers)
            changes = tuple(way_back(differences, partial(_as_on_disk, session)))
            moment.publish(Publication(changes, message))
    return moment.published


def _first_parents(repo: Repository) -> Iterator[Commit]:
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
        "--format=%H%n%ae%n%B",
        "--no-show-signature",
    )
    records = repo.git.read(*arguments, head, "--").out.decode("utf-8", "replace")
    for record in records.rstrip("\0").split("\0"):
        commit, author, message = record.split("\n", 2)
        reverted = _REVERTS.search(message)
        subject = message.split("\n", 1)[0]
        yield Commit(commit, author, subject, trailers_of(message), reverted[1] if reverted else "")


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


def _check_untouched(gesture: Made, item: Difference[Entry], now: Standing) -> None:
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


def _as_on_disk(session: Session, path: str, entry: Entry) -> bytes:
    """A blob as a checkout would write it at the path."""
    return session.git("cat-file", "--filters", f"--path={path}", entry.blob).out
