"""Puts one's own commits on top of somebody else's without touching the working tree until all is known to be well.

Each commit is merged as git would merge it (`merge-tree`, with the user's merge drivers) and written as a new commit
with its author, date and message. Nothing points to the new commits until they are adopted.
"""

import re
from dataclasses import dataclass

from kanban.repository.git.repository import Repository

_DATE = re.compile(r"(.*?) <(.*?)> (\d+ [+-]\d{4})$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Replayed:
    """The commit that holds both sides' work; or the paths on which git would conflict, and the commit that did."""

    commit: str
    conflicts: tuple[str, ...] = ()
    stopped_at: str = ""


def replay(repo: Repository, ours: str, theirs: str) -> Replayed:
    """Our commits on top of theirs, one by one; one merge commit when ours hold merges themselves.

    A commit whose change is there already is left out.
    """
    own = repo.rev_list([ours], [theirs])[::-1]
    if any(len(_parents(repo, commit)) != 1 for commit in own):
        return merge(repo, ours, theirs)
    top = theirs
    for commit in own:
        before = _parents(repo, commit)[0]
        fork = _bare_commit(repo, repo.tree(before), ())
        sides = (_bare_commit(repo, repo.tree(top), (fork,)), _bare_commit(repo, repo.tree(commit), (fork,)))
        result = repo.merge_tree(*sides)
        if result.conflicts:
            return Replayed(top, result.conflicts, commit)
        if result.tree != repo.tree(top):
            top = _written_again(repo, commit, result.tree, top)
    return Replayed(top)


def merge(repo: Repository, ours: str, theirs: str) -> Replayed:
    """One commit with both sides as parents."""
    result = repo.merge_tree(ours, theirs)
    if result.conflicts:
        return Replayed(ours, result.conflicts, ours)
    message = "merge the shared board" + "\n\nKanban: sync\n"
    done = repo.git.run(
        "commit-tree", *_signing(repo), result.tree, "-p", ours, "-p", theirs, "-F", "-", stdin=message.encode()
    )
    return Replayed(done.text)


def _parents(repo: Repository, commit: str) -> list[str]:
    return repo.git.read("log", "-1", "--format=%P", commit, "--").text.split()


def _bare_commit(repo: Repository, tree: str, parents: tuple[str, ...]) -> str:
    """A commit that only carries a tree into a merge; nothing ever points to it."""
    who = {f"GIT_{role}_{part}": "kanban" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    dates = {"GIT_AUTHOR_DATE": "@0 +0000", "GIT_COMMITTER_DATE": "@0 +0000"}
    links = [part for parent in parents for part in ("-p", parent)]
    asked = ("commit-tree", "--no-gpg-sign", tree, *links, "-m", "-")
    return repo.git.run(*asked, environment={**who, **dates}).text


def _written_again(repo: Repository, commit: str, tree: str, parent: str) -> str:
    raw = repo.git.read("cat-file", "commit", commit).out
    head, _gap, message = raw.partition(b"\n\n")
    author = next(line[7:] for line in head.split(b"\n") if line.startswith(b"author "))
    found = _DATE.match(author.decode("utf-8", "surrogateescape"))
    environment = {}
    if found is not None:
        environment = {
            "GIT_AUTHOR_NAME": found[1],
            "GIT_AUTHOR_EMAIL": found[2],
            "GIT_AUTHOR_DATE": f"@{found[3]}",
        }
    asked = ("commit-tree", *_signing(repo), tree, "-p", parent, "-F", "-")
    return repo.git.run(*asked, stdin=message, environment=environment).text


def _signing(repo: Repository) -> tuple[str, ...]:
    return ("-S",) if repo.config_flag("commit.gpgsign") else ()
