"""The way back to a branch, for a clone in which none is checked out."""

import shlex

from kanban.repository.git.repository import Repository


def way_back(repo: Repository) -> str:
    """What to type where no branch is checked out; commits that no branch has get one."""
    named = repo.git.read(
        "for-each-ref", "--sort=-committerdate", "--format=%(refname:short)", "refs/heads"
    ).text.split()
    wanted = next((name for name in ("main", "master", *named) if name in named), "")
    if not wanted:
        return "git switch -c main"
    switch = f"git switch {shlex.quote(wanted)}"
    if repo.git.read("branch", "--all", "--format=%(refname)", "--contains", "HEAD").text.strip("\n").count("refs/"):
        return switch
    name = f"kept-{repo.resolve('HEAD')[:8]}"
    return f"git branch {name} && {switch}"
