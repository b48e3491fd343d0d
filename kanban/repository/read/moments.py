"""Which commit a branch stood on at a moment."""

from kanban.repository.git.repository import Repository


def last_commit_before(repository: Repository, revision: str, moment: int) -> str | None:
    """The newest commit of the first-parent line of `revision` committed before `moment` (seconds since 1970).

    Going back, the first one that is older is meant, so that a single wrong clock cannot hide what came later.
    None when the line begins later.
    """
    commit = repository.resolve(revision)
    for chunk in _lines(repository, commit):
        name, _space, time = chunk.partition(" ")
        if int(time) < moment:
            return name
    return None


def _lines(repository: Repository, commit: str) -> list[str]:
    done = repository.git.read("log", "--first-parent", "--format=%H %ct", commit, "--")
    return done.text.split("\n") if done.out else []
