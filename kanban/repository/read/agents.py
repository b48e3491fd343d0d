"""Which commits software agents made: the trailer `Agent` that `kanban mcp` has written."""

from collections.abc import Iterator
from datetime import date, datetime, tzinfo

from kanban.repository.git.repository import Repository
from kanban.repository.read.trailers import trailers_of
from kanban.values import dataclass

_FORMAT = "%H%x00%(trailers:key=Agent,valueonly,separator=%x2C)"
_WHOLE = "%H%x00%P%x00%aI%x00%B%x01"


@dataclass(frozen=True, slots=True)
class AgentCommit:
    """A commit that an agent made. `person` is for whom, `verb` the gesture; "" where it does not say.

    `overrides` are the rules that it passed over, each with its reason. `parent` is the first one, None for a first
    commit; `day` is the author's, in the board's timezone.
    """

    commit: str
    parent: str | None
    day: date
    agent: str
    person: str
    verb: str
    subject: str
    overrides: tuple[str, ...] = ()


def agents_of(repository: Repository) -> dict[str, str]:
    """Commit → the agent that made it, over everything that leads to the commit at hand."""
    if repository.head() is None:
        return {}
    done = repository.git.read("log", "--grep=^Agent: ", f"--format={_FORMAT}", "HEAD")
    lines = done.out.decode("utf-8", "replace").splitlines()
    pairs = (line.split("\0", 1) for line in lines if "\0" in line)
    return {commit: name.strip() for commit, name in pairs if name.strip()}


def agent_commits(repository: Repository, revisions: str, zone: tzinfo) -> Iterator[AgentCommit]:
    """The commits of agents among `revisions` (`HEAD`, `main..HEAD`), oldest first; merges are left out."""
    if repository.head() is None:
        return
    asked = (
        "log",
        "--reverse",
        "--topo-order",
        "--no-merges",
        "--grep=^Agent: ",
        f"--format={_WHOLE}",
        revisions,
        "--",
    )
    for entry in repository.git.read(*asked).out.decode("utf-8", "replace").split("\x01"):
        parts = entry.strip("\n").split("\0", 3)
        if len(parts) < 4:
            continue
        commit, parents, at, message = parts
        told = trailers_of(message)
        values = dict(told)
        if values.get("Agent"):
            yield AgentCommit(
                commit,
                parents.split()[0] if parents else None,
                datetime.fromisoformat(at).astimezone(zone).date(),
                values["Agent"],
                values.get("On-behalf-of", "").strip("-"),
                values.get("Kanban", ""),
                message.partition("\n")[0],
                tuple(value for key, value in told if key == "Override"),
            )
