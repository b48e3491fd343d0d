"""Which commits software agents made: the trailer `Agent` that `kanban mcp` has written."""

from kanban.repository.git.repository import Repository

_FORMAT = "%H%x00%(trailers:key=Agent,valueonly,separator=%x2C)"


def agents_of(repository: Repository) -> dict[str, str]:
    """Commit → the agent that made it, over everything that leads to the commit at hand."""
    if repository.head() is None:
        return {}
    done = repository.git.read("log", "--grep=^Agent: ", f"--format={_FORMAT}", "HEAD")
    lines = done.out.decode("utf-8", "replace").splitlines()
    pairs = (line.split("\0", 1) for line in lines if "\0" in line)
    return {commit: name.strip() for commit, name in pairs if name.strip()}
