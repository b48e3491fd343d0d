"""Commits made aside: one written again upon another parent, with its author, date and message; and bare ones."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from kanban.repository.git.repository import Repository

_UNDOES = re.compile(rb"(?<=\nUndoes: )[0-9a-f]{40,64}(?=\n)")
NOTHING: Mapping[str, str] = MappingProxyType({})
_DATE = re.compile(r"(.*?) <(.*?)> (\d+ [+-]\d{4})$", re.DOTALL)


def parents_of(repo: Repository, commit: str) -> list[str]:
    """The ids of a commit's parents."""
    return repo.git.read("log", "-1", "--format=%P", commit, "--").text.split()


def bare_commit(repo: Repository, tree: str, parents: tuple[str, ...]) -> str:
    """A commit that only carries a tree into a merge; nothing ever points to it."""
    who = {f"GIT_{role}_{part}": "kanban" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    dates = {"GIT_AUTHOR_DATE": "@0 +0000", "GIT_COMMITTER_DATE": "@0 +0000"}
    links = [part for parent in parents for part in ("-p", parent)]
    asked = ("commit-tree", "--no-gpg-sign", tree, *links, "-m", "-")
    return repo.git.run(*asked, environment={**who, **dates}).text


def written_again(
    repo: Repository, commit: str, tree: str, parent: str, said: str = "", now: Mapping[str, str] = NOTHING
) -> str:
    """The commit's author, date and message with another tree upon another parent.

    `said` is a further trailer for a commit that moves cards: it stands above them, so it is of all. What the commit
    undoes it names as that is called `now`.
    """
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
    if said and b"\nTo: " in message and b"\nCard: " in message:
        before, card, after = message.partition(b"\nCard: ")
        message = before + b"\n" + said.encode() + card + after
    message = _UNDOES.sub(lambda found: now.get(found[0].decode(), found[0].decode()).encode(), message)
    asked = ("commit-tree", *signing(repo), tree, "-p", parent, "-F", "-")
    return repo.git.run(*asked, stdin=message, environment=environment).text


def signing(repo: Repository) -> tuple[str, ...]:
    """How `commit-tree` is told to sign, when the user signs commits."""
    return ("-S",) if repo.config_flag("commit.gpgsign") else ()
