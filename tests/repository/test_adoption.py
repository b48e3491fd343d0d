"""A commit that was made elsewhere becomes the branch's: files and index follow, and nobody's uncommitted work is lost."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from kanban.errors import EditConflict
from kanban.repository.disk.lock import repository_lock
from kanban.repository.git.repository import Repository
from kanban.repository.merge.adoption import adopt, check_adoptable
from kanban.repository.write.durable.recovery import recover
from tests.conftest import GitFolder
from tests.repository.writing_support import NEW, OLD, board

Change = Callable[[GitFolder], object]


def theirs(folder: GitFolder, change: Change) -> str:
    """A commit on top of HEAD made elsewhere; branch, index and files are as before."""
    ours = folder.git("rev-parse", "HEAD").strip()
    change(folder)
    folder.git("add", "-A")
    folder.git("commit", "-qm", "theirs")
    new = folder.git("rev-parse", "HEAD").strip()
    folder.git("reset", "-q", "--hard", ours)
    folder.git("clean", "-fdq")
    return new


def taken(folder: GitFolder, new: str) -> str:
    """Adopt it as `sync` does; what there is to say."""
    repo = Repository.find(folder.root)
    ours = repo.resolve("HEAD")
    check_adoptable(repo, ours, new)
    with repository_lock(repo.common_dir, 5):
        return adopt(repo, f"refs/heads/{repo.branch()}", ours, new, "kanban sync")


def refused(folder: GitFolder, new: str, said: str) -> None:
    """It is refused before anything moves, by the check that comes before the push too."""
    before = (folder.git("rev-parse", "HEAD"), folder.git("ls-files", "-sv"), folder.git("status", "--porcelain"))
    repo = Repository.find(folder.root)
    with pytest.raises(EditConflict, match=said):
        check_adoptable(repo, repo.resolve("HEAD"), new)
    with pytest.raises(EditConflict, match=said), repository_lock(repo.common_dir, 5):
        adopt(repo, f"refs/heads/{repo.branch()}", repo.resolve("HEAD"), new, "kanban sync")
    assert before == (
        folder.git("rev-parse", "HEAD"),
        folder.git("ls-files", "-sv"),
        folder.git("status", "--porcelain"),
    )
    assert not list((folder.root / ".git" / "kanban").glob("write-*"))
    assert not (folder.root / ".git" / "index.lock").exists()


def rename(old: str, new: str) -> Change:
    def change(folder: GitFolder) -> None:
        target = folder.root / new
        target.parent.mkdir(parents=True, exist_ok=True)
        (folder.root / old).rename(target)

    return change


def link(path: str, target: str) -> Change:
    def change(folder: GitFolder) -> None:
        place = folder.root / path
        place.unlink(missing_ok=True)
        place.symlink_to(target)

    return change


def mode(path: str, bits: int) -> Change:
    return lambda folder: (folder.root / path).chmod(bits)


def both(*changes: Change) -> Change:
    def change(folder: GitFolder) -> None:
        for one in changes:
            one(folder)

    return change


def text(path: str, content: str = "new\n") -> Change:
    return lambda folder: folder.write(path, content)


def gone(path: str) -> Change:
    return lambda folder: (folder.root / path).unlink()


def folder_for_file(folder: GitFolder) -> None:
    (folder.root / "plan").unlink()
    folder.write("plan/a.md", "in a folder\n")


def file_for_folder(folder: GitFolder) -> None:
    (folder.root / "notes" / "a.md").unlink()
    (folder.root / "notes" / "b.md").unlink()
    (folder.root / "notes").rmdir()
    folder.write("notes", "now a file\n")


CHANGES: dict[str, Change] = {
    "a card moves": rename(OLD, NEW),
    "a card moves and changes": both(rename(OLD, NEW), text(NEW, "changed\n")),
    "a card comes": text("board/gagne/2026/new.md"),
    "a card goes, and with it its folder": gone("board/offre/only.md"),
    "a file runs": mode("board/hook.sh", 0o755),
    "a file runs and changes": both(text("board/hook.sh", "#!/bin/sh\ntrue\n"), mode("board/hook.sh", 0o755)),
    "a file runs no more": mode("board/run.sh", 0o644),
    "a link comes": link("board/new-link", "board.yml"),
    "a link points elsewhere": link("board/link", "prospects"),
    "a link goes": gone("board/link"),
    "a file becomes a link": link("board/hook.sh", "run.sh"),
    "a link becomes a file": both(gone("board/link"), text("board/link", "a file\n")),
    "a folder comes where a file was": folder_for_file,
    "a file comes where a folder was": file_for_folder,
    "names of all kinds": both(text("board/prospects/Zoë – 1.md"), text("board/prospects/a\tb.md")),
}


@pytest.fixture
def folder(git_folder: GitFolder) -> GitFolder:
    board(git_folder)
    git_folder.write("board/offre/only.md", "only\n")
    git_folder.write("board/hook.sh", "#!/bin/sh\n")
    git_folder.write("board/run.sh", "#!/bin/sh\n")
    (git_folder.root / "board" / "run.sh").chmod(0o755)
    (git_folder.root / "board" / "link").symlink_to("board.yml")
    git_folder.write("plan", "a file\n")
    for name in "ab":
        git_folder.write(f"notes/{name}.md", "in a folder\n")
    git_folder.commit("more")
    return git_folder


@pytest.mark.sweep
@pytest.mark.parametrize("name", CHANGES)
def test_all_kinds_of_changes_are_taken_as_git_takes_them(folder: GitFolder, name: str) -> None:
    new = theirs(folder, CHANGES[name])
    folder.write("untracked.txt", "mine\n")
    folder.write("staged.txt", "mine\n")
    folder.git("add", "staged.txt")
    folder.write("board/prospects/beta.md", "my draft\n")
    twin = folder.root.with_name("twin")
    folder.git("clone", "-q", str(folder.root), str(twin))
    folder.git("-C", str(twin), "fetch", "-q", str(folder.root), new)
    folder.git("-C", str(twin), "checkout", "-q", "FETCH_HEAD")

    assert taken(folder, new) == ""

    assert folder.git("rev-parse", "HEAD").strip() == new
    expected = " M board/prospects/beta.md\nA  staged.txt\n?? untracked.txt\n"
    assert folder.git("status", "--porcelain") == expected
    mine = {"untracked.txt", "staged.txt", "board/prospects/beta.md"}
    assert {k: v for k, v in tree(folder.root).items() if k not in mine} == {
        k: v for k, v in tree(twin).items() if k not in mine
    }


def tree(root: Path) -> dict[str, tuple[str, bytes]]:
    """Every file below, with its kind and content; empty folders count."""
    found = {}
    for path in root.rglob("*"):
        name = path.relative_to(root).as_posix()
        if name.startswith(".git"):
            continue
        if path.is_symlink():
            found[name] = ("link", os.readlink(path).encode())
        elif path.is_dir():
            found[name] = ("folder", b"")
        else:
            found[name] = ("runs" if path.stat().st_mode & 0o100 else "file", path.read_bytes())
    return found


IN_THE_WAY: dict[str, tuple[Change, Change, str]] = {
    "an edit": (text(OLD), text(OLD, "mine\n"), "uncommitted edits of board/prospects/acme.md"),
    "an edit of a card that moves": (rename(OLD, NEW), text(OLD, "mine\n"), "uncommitted edits"),
    "a staged edit": (
        text(OLD),
        both(text(OLD, "mine\n"), lambda folder: folder.git("add", "-A")),
        "uncommitted edits",
    ),
    "a file that git does not know": (text("board/x.md"), text("board/x.md", "mine\n"), "does not know stands there"),
    "a file in a folder that goes": (file_for_folder, text("notes/mine.md"), "notes/mine.md"),
    "an edit in a folder that goes": (file_for_folder, text("notes/a.md", "mine\n"), "uncommitted edits"),
    "a file where a link comes": (link("board/l", "x"), text("board/l"), "does not know stands there"),
    "a link that was changed": (link("board/link", "x"), link("board/link", "y"), "uncommitted edits of board/link"),
    "a file that git was told not to look at": (
        text(OLD),
        both(text(OLD, "mine\n"), lambda folder: folder.git("update-index", "--skip-worktree", OLD)),
        "told not to look",
    ),
}


@pytest.mark.parametrize("name", IN_THE_WAY)
def test_uncommitted_work_in_the_way_is_named_and_stays(folder: GitFolder, name: str) -> None:
    change, work, said = IN_THE_WAY[name]
    new = theirs(folder, change)
    work(folder)
    before = tree(folder.root)
    refused(folder, new, said)
    assert tree(folder.root) == before


@pytest.mark.parametrize("work", [gone(OLD), text(OLD, "new\n")], ids=["deleted, not staged", "the same already"])
def test_what_loses_nothing_does_not_stand_in_the_way(folder: GitFolder, work: Change) -> None:
    new = theirs(folder, text(OLD))
    work(folder)
    taken(folder, new)
    assert folder.git("status", "--porcelain") == ""
    assert (folder.root / OLD).read_text() == "new\n"


@pytest.mark.parametrize("native", ["crlf", "filter"])
def test_files_are_written_as_git_writes_them_here(folder: GitFolder, native: str) -> None:
    if native == "crlf":
        folder.git("config", "core.autocrlf", "true")
    else:
        folder.write(".gitattributes", "*.md filter=loud\n")
        folder.git("config", "filter.loud.smudge", "tr a-z A-Z")
        folder.git("config", "filter.loud.clean", "tr A-Z a-z")
        folder.git("add", "-A")
        folder.git("commit", "-qm", "loud")
    new = theirs(folder, text("board/prospects/new.md", "one\ntwo\n"))
    taken(folder, new)
    expected = b"one\r\ntwo\r\n" if native == "crlf" else b"ONE\nTWO\n"
    assert (folder.root / "board/prospects/new.md").read_bytes() == expected
    assert folder.git("status", "--porcelain") == ""


def test_a_sparse_checkout_stays_sparse(folder: GitFolder) -> None:
    new = theirs(folder, both(text("notes/a.md"), text("notes/c.md"), rename(OLD, NEW)))
    folder.git("sparse-checkout", "set", "board")
    taken(folder, new)
    assert folder.git("status", "--porcelain") == ""
    assert not (folder.root / "notes").exists()
    assert (folder.root / NEW).exists()
    assert "S notes/c.md" in folder.git("ls-files", "-t")


def test_a_submodule_follows_in_the_index_and_its_folder_stays(folder: GitFolder, tmp_path: Path) -> None:
    other = tmp_path / "other"
    folder.git("init", "-q", str(other))
    for arguments in (["config", "user.name", "Z"], ["config", "user.email", "z@example.org"]):
        folder.git("-C", str(other), *arguments)
    folder.git("-C", str(other), "commit", "-q", "--allow-empty", "-m", "one")
    commit = folder.git("-C", str(other), "rev-parse", "HEAD").strip()
    ours = folder.git("rev-parse", "HEAD").strip()
    folder.git("update-index", "--add", "--cacheinfo", f"160000,{commit},sub")
    folder.git("commit", "-qm", "a submodule")
    new = folder.git("rev-parse", "HEAD").strip()
    folder.git("reset", "-q", "--hard", ours)
    taken(folder, new)
    assert folder.git("status", "--porcelain") == ""
    assert (folder.root / "sub").is_dir()
    taken(folder, ours_again(folder, new))
    assert folder.git("status", "--porcelain") == ""


def ours_again(folder: GitFolder, new: str) -> str:
    """A commit that takes the submodule away again."""
    folder.git("rm", "-q", "--cached", "sub")
    folder.git("commit", "-qm", "no submodule")
    commit = folder.git("rev-parse", "HEAD").strip()
    folder.git("reset", "-q", "--soft", new)
    folder.git("reset", "-q")
    return commit


def test_a_linked_working_tree_follows_alone(folder: GitFolder, tmp_path: Path) -> None:
    new = theirs(folder, rename(OLD, NEW))
    side = tmp_path / "side"
    folder.git("worktree", "add", "-q", "-b", "side", str(side))
    repo = Repository.find(side)
    with repository_lock(repo.common_dir, 5):
        adopt(repo, "refs/heads/side", repo.resolve("HEAD"), new, "kanban sync")
    assert folder.git("-C", str(side), "status", "--porcelain") == ""
    assert (side / NEW).exists()
    assert folder.git("status", "--porcelain") == ""
    assert (folder.root / OLD).exists()


def test_a_repository_with_long_names(tmp_path: Path, git_folder: GitFolder) -> None:
    root = tmp_path / "long"
    git_folder.git("init", "-q", "--object-format=sha256", "-b", "main", str(root))
    long = GitFolder.__new__(GitFolder)
    long.root = root
    for key, value in (("user.name", "Zoé"), ("user.email", "zoe@example.org")):
        long.git("config", key, value)
    board(long)
    new = theirs(long, both(rename(OLD, NEW), link("board/link", "x")))
    taken(long, new)
    assert long.git("status", "--porcelain") == ""
    assert (root / NEW).exists()


@pytest.mark.sweep
@pytest.mark.parametrize("point", ["after-journal", "after-worktree", "after-ref", "after-index"])
@pytest.mark.parametrize(
    "name",
    [
        "a link points elsewhere",
        "a file runs and changes",
        "a folder comes where a file was",
        "a card moves and changes",
    ],
)
def test_stopped_in_between_it_is_finished_or_taken_back(folder: GitFolder, name: str, point: str) -> None:
    new = theirs(folder, CHANGES[name])
    ours, before = folder.git("rev-parse", "HEAD").strip(), tree(folder.root)
    if (child := os.fork()) == 0:
        try:
            os.environ["KANBAN_FAILPOINT"] = point
            taken(folder, new)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    found = recover(Repository.find(folder.root))
    assert found is not None
    assert found.finished is (point in ("after-ref", "after-index"))
    assert folder.git("rev-parse", "HEAD").strip() == (new if found.finished else ours)
    assert folder.git("status", "--porcelain") == ""
    assert found.finished or tree(folder.root) == before
    assert not list((folder.root / ".git" / "kanban").glob("write-*"))
