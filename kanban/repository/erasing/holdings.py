"""Where a text stands in all that git keeps: versions of files, messages, authors, names, and what nobody reaches."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kanban.repository.git.repository import Repository

Stands = Callable[[str], bool]
"""Whether the text looked for stands in another."""

LARGEST = 8_000_000
"""Files above so many bytes hold no card and are not looked into."""

_FORMAT = "%x01%H%x02%cs%x02%an%x02%ae%x02%cn%x02%ce%x02%B%x02"


@dataclass
class Holdings:
    """What was found. `commits` brought a version, a file name or a message that has it, from day `first` to `last`.

    `unreached` counts objects that no branch or tag leads to: what was amended, what was deleted.
    """

    versions: int = 0
    commits: int = 0
    first: str = ""
    last: str = ""
    messages: int = 0
    authors: int = 0
    file_names: set[str] = field(default_factory=set)
    refs: list[str] = field(default_factory=list)
    ref_names: list[str] = field(default_factory=list)
    unreached: int = 0

    @property
    def nothing(self) -> bool:
        """Whether git keeps nothing of it."""
        return not (self.versions or self.commits or self.ref_names or self.unreached)


def holdings(repository: Repository, stands: Stands) -> Holdings:
    """Look at every object, every reference and every file name of a repository."""
    having = set(_objects(repository, stands))
    found = Holdings()
    reached = _walk(repository, stands, having, found)
    found.unreached = len(having - reached)
    for line in repository.git.read("for-each-ref", "--format=%(refname)").text.splitlines():
        if stands(line):
            found.ref_names.append(line)
        tree = repository.git.read("ls-tree", "-r", "-z", line, codes=(0, 128)).out
        if any(blob in tree for blob in (one.encode() for one in having)):
            found.refs.append(line)
    return found


def _objects(repository: Repository, stands: Stands) -> Iterator[str]:
    """The ids of all files, commits and tags with the text, those included that nothing leads to any more."""
    listed = repository.git.read(
        "cat-file", "--batch-check=%(objectname) %(objecttype) %(objectsize)", "--batch-all-objects", "--unordered"
    )
    chosen = []
    for line in listed.text.splitlines():
        name, kind, size = line.split(" ")
        if kind != "tree" and int(size) <= LARGEST:
            chosen.append(name)
    if not chosen:
        return
    with repository.git.pipe("cat-file", "--batch", "--buffer", stdin="\n".join([*chosen, ""]).encode()) as out:
        for _name in chosen:
            found, _kind, length = out.readline().split()
            if stands(out.read(int(length) + 1).decode("utf-8", "surrogateescape")):
                yield found.decode()


def _walk(repository: Repository, stands: Stands, having: set[str], found: Holdings) -> set[str]:
    """Every commit that a reference leads to; returns which of the objects are met on the way."""
    met: set[str] = set()
    command = ("log", "--all", "--raw", "-z", "--no-abbrev", "--no-renames", "-m", "--root", f"--format={_FORMAT}")
    told = repository.git.read(*command, codes=(0, 128)).out.decode("utf-8", "surrogateescape")
    seen: set[str] = set()
    for block in told.split("\x01")[1:]:
        commit, day, *rest, changes = block.split("\x02")
        *people, message = rest
        blobs, names = _changes(changes)
        met |= (blobs & having) | ({commit} & having)
        brought = {name for name in names if stands(name)}
        found.file_names |= brought
        mentions = stands(message) or stands(" ".join(people))
        if commit not in seen:
            found.messages += stands(message)
            found.authors += any(stands(one) for one in people)
        if commit not in seen and (mentions or brought or blobs & having):
            seen.add(commit)
            found.first, found.last = min(found.first or day, day), max(found.last, day)
    found.commits, found.versions = len(seen), len(met)
    tags = repository.git.read("for-each-ref", "--format=%(objectname)").text.split()
    return met | (set(tags) & having)


def _changes(raw: str) -> tuple[set[str], list[str]]:
    """The blobs and paths of one commit's raw differences, of both sides."""
    parts = raw.strip("\n").split("\0")
    blobs: set[str] = set()
    names: list[str] = []
    for at, part in enumerate(parts):
        if part.lstrip("\n").startswith(":") and at + 1 < len(parts):
            _modes, _new, old, new, *_status = part.lstrip("\n:").split(" ")
            blobs |= {old, new}
            names.append(parts[at + 1])
    return blobs, names
