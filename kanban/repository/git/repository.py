"""A repository, asked in the product's own words: revisions, state, snapshots' files, merges that have not happened."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kanban.errors import KanbanError, NotFound
from kanban.i18n import _
from kanban.model.cards.boardfile import BoardFile
from kanban.repository.git import objects
from kanban.repository.git.command import NO_FETCHING, Ahead, GitCommand
from kanban.repository.git.contents import Seen
from kanban.repository.git.discovery import Place, discover
from kanban.repository.git.filters import looking, transport_of
from kanban.repository.git.objects import TreeEntry
from kanban.repository.git.plain_files import checked_out, is_plainly_whole
from kanban.values import dataclass

if TYPE_CHECKING:
    from kanban.repository.git.contents import Silent

_OPERATIONS = (
    ("merge", "MERGE_HEAD"),
    ("rebase", "rebase-merge"),
    ("am", "rebase-apply/applying"),
    ("rebase", "rebase-apply"),
    ("cherry-pick", "CHERRY_PICK_HEAD"),
    ("revert", "REVERT_HEAD"),
    ("bisect", "BISECT_LOG"),
)


@dataclass(frozen=True, slots=True)
class State:
    """What stands in the way of a commit: `in_progress` names unfinished operations (merge, rebase, …)."""

    in_progress: tuple[str, ...]
    detached: bool
    unborn: bool
    bare: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """Who commits."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The tree a merge would give, and the paths (relative to the repository) on which it would conflict."""

    tree: str
    conflicts: tuple[str, ...]

    def torn(self, prefix: str) -> tuple[str, ...]:
        """The paths in conflict below a folder ("" or with a final slash), relative to it."""
        return tuple(sorted(path.removeprefix(prefix) for path in self.conflicts if path.startswith(prefix)))


class Repository:
    """One git repository as seen from one folder. `git` runs commands in it; ids are full hexadecimal names."""

    def __init__(self, place: Place) -> None:
        self.place = place
        folder = place.toplevel or place.git_dir
        self.git = GitCommand(folder, None if place.toplevel else place.git_dir, place.environment)
        self.transport: dict[str, str] = {}
        """What a git that talks to others is told besides, by its environment."""
        self._seen = Seen()
        self._ahead = Ahead(self.git)
        self._seen_ahead: tuple[int, ...] | None = None

    @classmethod
    def find(cls, start: Path) -> Repository:
        """The repository around a folder. Raises `NotARepository`, with the cure, when git does not serve one."""
        return cls(discover(start))

    def tried_out(self) -> Repository:
        """The same repository for a dry run: none of the programs that its configuration names is started."""
        other = Repository(self.place)
        other.git = looking(self.git)
        other.transport = transport_of(other.git)
        return other

    def leaves_unread(self, silent: Silent) -> None:
        """From here on contents that are known to be silent are read when somebody asks for more."""
        self._seen.silent = silent

    @property
    def toplevel(self) -> Path | None:
        """The top folder of the working tree; None in a bare repository."""
        return self.place.toplevel

    @property
    def git_dir(self) -> Path:
        """This working tree's own git folder."""
        return self.place.git_dir

    @property
    def common_dir(self) -> Path:
        """The git folder shared by all linked working trees: where derived data is kept."""
        return self.place.common_dir

    def is_bare(self) -> bool:
        """Whether there is no working tree."""
        return self.place.toplevel is None

    def is_shallow(self) -> bool:
        """Whether history is cut off (a clone with `--depth`)."""
        return self.place.shallow

    def prefix_of(self, folder: Path) -> str:
        """The path of a folder relative to the top of the repository, posix with a final slash; `""` for the top.

        Raises `NotFound` when the folder lies outside.
        """
        if self.toplevel is None:
            return ""
        top, inside = Path(os.path.realpath(self.toplevel)), Path(os.path.realpath(folder))
        if inside != top and top not in inside.parents:
            raise NotFound(_("{folder} is not inside the repository {top}").format(folder=folder, top=top))
        return "" if inside == top else inside.relative_to(top).as_posix() + "/"

    # -- revisions ---------------------------------------------------------------------------------------------

    def head(self) -> str | None:
        """The id of the commit that is checked out; None before the first commit.

        It is read from git's own files where they tell it plainly, which saves a process.
        """
        return checked_out(self.git_dir, self.common_dir) or self._commit("HEAD")

    def resolve(self, revision: str) -> str:
        """The commit id of a revision as a person types it. Raises `NotFound`."""
        commit = revision if self._is_checked_out(revision) else self._commit(revision)
        if commit is None:
            raise NotFound(
                _("there is no commit called `{revision}` in this repository").format(revision=revision),
                cure=_("`git log --oneline` and `git branch --all` show what there is"),
            )
        return commit

    def commit_at(self, revision: str) -> str | None:
        """The commit id of a revision as a person types it, None when it names none."""
        return self._commit(revision)

    def _is_checked_out(self, revision: str) -> bool:
        """Whether a revision is the full id of the commit that is checked out, as git's own files have it."""
        return len(revision) >= 40 and revision == checked_out(self.git_dir, self.common_dir)

    def _commit(self, revision: str) -> str | None:
        return self._named(revision, "commit")

    def _named(self, revision: str, kind: str) -> str | None:
        """The id of the commit or tree a person means by some text, which may be anything; None when it names none."""
        if not revision.strip() or "\0" in revision or "\n" in revision:
            return None
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{{kind}}}")
        done = self.git.read(*asked, codes=(0, 1, 128))
        return done.text if done.code == 0 and not done.text.startswith("^") else None

    def branch(self) -> str | None:
        """The short name of the branch that is checked out (also before its first commit); None when detached."""
        done = self.git.read("symbolic-ref", "--quiet", "--short", "HEAD", codes=(0, 1, 128))
        return done.text if done.code == 0 else None

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether commit `older` is `newer` or one of its ancestors (ids, not names)."""
        return self.git.read("merge-base", "--is-ancestor", older, newer, codes=(0, 1)).code == 0

    def merge_base(self, first: str, second: str) -> str | None:
        """The best common ancestor of two commits (ids); None when their histories never met."""
        done = self.git.read("merge-base", first, second, codes=(0, 1))
        return done.text.split("\n")[0] if done.code == 0 else None

    def stood_at(self, ref: str, commit: str) -> str | None:
        """The newest ancestor of a commit at which a ref ever stood, as its log tells; None where it tells of none."""
        done = self.git.read("merge-base", "--fork-point", ref, commit, codes=(0, 1, 128))
        return done.text if done.code == 0 else None

    def rev_list(self, wanted: Iterable[str], without: Iterable[str] = ()) -> list[str]:
        """Commits (ids) reachable from `wanted` and not from `without`, newest first in topological order."""
        revisions = [*wanted, *(f"^{commit}" for commit in without)]
        done = self.git.read("rev-list", "--topo-order", *revisions, "--")
        return done.text.split("\n") if done.out else []

    def not_at(self, commit: str, remote: str) -> int:
        """How many commits of a commit's past no branch of the remote had when it was last looked at."""
        done = self.git.read("rev-list", "--count", commit, "--not", f"--remotes={remote}", "--")
        return int(done.text)

    # -- state and settings ------------------------------------------------------------------------------------

    def state(self) -> State:
        """Unfinished operations, and whether HEAD is detached or has no commit yet."""
        names = [name for _operation, name in _OPERATIONS]
        asked = [part for name in names for part in ("--git-path", name)]
        paths = self.git.read("rev-parse", *asked).text.split("\n")
        there = (
            operation
            for (operation, _name), path in zip(_OPERATIONS, paths, strict=True)
            if (self.git.folder / path).exists()
        )
        branch = self.branch()
        return State(tuple(dict.fromkeys(there)), branch is None, self.head() is None, self.is_bare())

    def git_path(self, name: str) -> Path:
        """Where git keeps a file of its own (`index`, `hooks`, `MERGE_HEAD`, …) for this working tree."""
        return Path(self.git.read("rev-parse", "--path-format=absolute", "--git-path", name).text)

    def identity(self) -> Identity | None:
        """The committer's name and address as configured; None when they are missing (git's guesses do not count)."""
        return _identity(self.git)

    def config(self, key: str) -> str | None:
        """The value of a configuration key as the user set it (last one wins), None when unset."""
        done = self.git.run("config", "--null", "--get", key, codes=(0, 1))
        return done.out.decode("utf-8", "surrogateescape").rstrip("\0") if done.code == 0 else None

    def config_flag(self, key: str) -> bool | None:
        """A configuration key read as yes or no, by git's rules; None when unset or not a yes-or-no word."""
        done = self.git.run("config", "--type=bool", "--get", key, codes=None)
        return done.text == "true" if done.code == 0 else None

    # -- content -----------------------------------------------------------------------------------------------

    def read_blobs(self, blobs: Iterable[str], limit: int | None = None) -> dict[str, bytes | None]:
        """Blobs' contents by id, read by one process: None for one larger than `limit` bytes, missing ones left out."""
        return objects.read_blobs(self.git, blobs, limit)

    def lacking(self, blobs: Iterable[str]) -> frozenset[str]:
        """Which of these blobs a partial clone has never fetched; none in a whole one."""
        return frozenset() if is_plainly_whole(self.common_dir) else objects.lacking(self.git, blobs)

    def ls_tree(self, tree: str, prefix: str = "", paths: Sequence[str] = ()) -> list[TreeEntry]:
        """All files of a tree (or commit), below `prefix`, their paths relative to it; nothing when it is not there.

        With `paths`, those at these places alone.
        """
        if paths:
            return objects.ls_tree(self.git, tree, prefix, paths)
        return self._seen.listing((tree, prefix), lambda: objects.ls_tree(self.git, tree, prefix))

    def files_in_index(self, prefix: str = "") -> tuple[BoardFile, ...]:
        """The board's files as staged: what the next commit holds. Unmerged files come once per side (stage 1 to 3).

        Inside a hook this is the index of the commit being made (`GIT_INDEX_FILE`).
        """
        return self._seen.files(self.git, self.index_entries(prefix))

    def index_entries(self, prefix: str = "") -> list[TreeEntry]:
        """All files of the index below `prefix`, paths relative to it, every stage of an unfinished merge."""
        return self._of_index((prefix,), lambda: objects.index_entries(self.git, prefix, self._ahead))

    def look_ahead(self) -> None:
        """Begin to ask what the index holds, and how it differs from the commit that is checked out: both are wanted

        by who judges the next commit, once the rules are there to judge by.
        """
        head = self.head()
        self._seen_ahead = self._index_as_it_is()
        if self._seen_ahead is not None:
            self._ahead.begin(*objects.INDEX)
            if head is not None:
                self._ahead.begin(*objects.unlike(head))
            if self._seen.leaves_most_unread:
                self._seen.one_by_one(self.git).begun()

    def index_entries_called(self, name: str) -> list[TreeEntry]:
        """Those files of the whole index whose paths end so."""
        return self._of_index(
            ("", name), lambda: [entry for entry in self.index_entries() if entry.path[-len(name) :] == name]
        )

    def _of_index(self, what: tuple[str, ...], ask: Callable[[], list[TreeEntry]]) -> list[TreeEntry]:
        seen = self._index_as_it_is()
        if seen != self._seen_ahead:
            self._ahead.end()
        return ask() if seen is None else self._seen.listing((*seen, *what), ask)

    def _index_as_it_is(self) -> tuple[int, ...] | None:
        """What is another when git's index is; None where there is none."""
        try:
            status = os.stat(self.place.environment.get("GIT_INDEX_FILE") or self.git_dir / "index")
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino

    def files_at(
        self, revision: str, prefix: str = "", at_hand: Iterable[bytes] = (), paths: Sequence[str] = ()
    ) -> tuple[BoardFile, ...]:
        """The board's files in a commit or tree; `revision` is a name or an id. Raises `NotFound`.

        Contents that are `at_hand` are not read again. With `paths`, those at or below these places alone.
        """
        return self._seen.files(self.git, self.ls_tree(self.listable(revision), prefix, paths), at_hand)

    def files_unlike_index(self, commit: str, prefix: str = "") -> tuple[frozenset[str], tuple[BoardFile, ...]]:
        """The paths at which the index, in which no merge is unfinished, differs from a commit, and its files there."""
        if self._index_as_it_is() != self._seen_ahead:
            self._ahead.end()
        paths, entries = objects.unlike_index(self._ahead, commit, prefix)
        return paths, self._seen.files(self.git, entries)

    def listable(self, revision: str) -> str:
        """An id under which `ls_tree` lists a revision: its tree's, or the id of the commit that is checked out.

        The latter saves a process. Raises `NotFound`.
        """
        return revision if self._is_checked_out(revision) else self.tree(revision)

    def tree(self, revision: str) -> str:
        """The id of the tree of a revision (a commit's, or the tree itself). Raises `NotFound`."""
        return self._named(revision, "tree") or self.resolve(revision)

    def merge_tree(self, ours: str, theirs: str, *, trusted: Mapping[str, str] | None = None) -> MergeResult:
        """What merging two commits (ids) would give, without touching anything. Raises `KanbanError` when unrelated.

        With `trusted` it is only a look: of the merge drivers that the configuration names none is run. One that
        `trusted` knows by name is replaced by the command given there, any other by git's own merge of lines.
        """
        environment = {**NO_FETCHING, **({} if trusted is None else self._only(trusted))}
        arguments = ("merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", ours, theirs)
        done = self.git.run(*arguments, environment=environment, codes=(0, 1, 128))
        if done.code == 128 and self.merge_base(ours, theirs) is None:
            raise self.strangers()
        tree, *conflicts = done.out.decode("utf-8", "surrogateescape").rstrip("\0").split("\0")
        if not tree:
            raise KanbanError(_("these two revisions cannot be merged: {reason}").format(reason=done.err))
        return MergeResult(tree, _unique(conflicts))

    def strangers(self) -> KanbanError:
        """The error about two revisions that do not come from the same beginning, as far as this clone knows."""
        return KanbanError(_("these two revisions have no commit in common"), cure=self._where_they_meet())

    def _where_they_meet(self) -> str:
        if self.is_shallow():
            return _("`kanban doctor --repair` fetches the rest: this clone has only part of the history")
        return _("name a branch that comes from the same beginning")

    def _only(self, trusted: Mapping[str, str]) -> dict[str, str]:
        """Settings, as environment variables, under which a merge runs no program that the configuration names."""
        listed = self.git.read("config", "--null", "--name-only", "--get-regexp", r"^merge\..*\.driver$", codes=(0, 1))
        keys = dict.fromkeys(listed.out.decode("utf-8", "surrogateescape").split("\0"))
        settings = {"merge.renormalize": "false"}
        for key in filter(None, keys):
            settings[key] = trusted.get(key.removeprefix("merge.").removesuffix(".driver"), _MERGE_OF_LINES)
        environment = {"GIT_CONFIG_COUNT": str(len(settings))}
        for number, (key, value) in enumerate(settings.items()):
            environment |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
        return environment


_MERGE_OF_LINES = "git merge-file -q --marker-size=%L %A %O %B"


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def identity_at(folder: Path) -> Identity | None:
    """Who would commit in a folder that need not be in a repository yet."""
    return _identity(GitCommand(folder))


def _identity(git: GitCommand) -> Identity | None:
    done = git.read("-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT", codes=(0, 128))
    name, _bracket, rest = done.text.partition(" <")
    return Identity(name, rest.partition(">")[0]) if done.code == 0 else None
