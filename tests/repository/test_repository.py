"""Finding a repository and asking it: every kind of repository, every state, every inherited variable."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kanban.errors import Ambiguous, KanbanError, NotARepository, NotFound
from kanban.model.cards.boardfile import SIZE_CAP, BoardFile
from kanban.repository.git.repository import Identity, Repository
from kanban.repository.read.boards import INDEX, find_board_in_tree
from kanban.repository.read.stamp import stamp_of
from tests.conftest import GitFolder


def texts(files: tuple[BoardFile, ...]) -> dict[str, str | None]:
    return {file.path: file.data.decode() if file.data is not None else None for file in files}


@pytest.fixture
def board(git_folder: GitFolder) -> GitFolder:
    git_folder.write("board.yml", "title: x\n")
    git_folder.write("q/a.md", "one\n")
    git_folder.commit("first")
    return git_folder


# -- which repository --------------------------------------------------------------------------------------------


def test_from_any_folder_inside(board: GitFolder) -> None:
    for start in (board.root, board.root / "q", board.root / "q/a.md"):
        repository = Repository.find(start)
        assert repository.toplevel == board.root
        assert repository.git_dir == repository.common_dir == board.root / ".git"
    assert Repository.find(board.root / "q").prefix_of(board.root / "q") == "q/"
    assert Repository.find(board.root / "q").prefix_of(board.root) == ""


def test_from_inside_the_git_folder(board: GitFolder) -> None:
    """Some hooks are started there."""
    assert Repository.find(board.root / ".git" / "hooks").toplevel == board.root


def test_outside_of_any_repository(tmp_path: Path) -> None:
    with pytest.raises(NotARepository) as error:
        Repository.find(tmp_path)
    assert error.value.cure == "kanban init . --git"
    with pytest.raises(NotARepository):
        Repository.find(tmp_path / "nowhere" / "at" / "all")


def test_a_linked_working_tree_has_its_own_head_and_a_shared_git_folder(board: GitFolder, tmp_path: Path) -> None:
    board.git("worktree", "add", "-q", "-b", "other", str(tmp_path / "linked"))
    (tmp_path / "linked/q/b.md").write_text("two\n")
    subprocess.run(["git", "add", "-A"], cwd=tmp_path / "linked", check=True)
    linked = Repository.find(tmp_path / "linked")
    assert linked.branch() == "other"
    assert linked.common_dir == board.root / ".git"
    assert linked.git_dir != linked.common_dir
    assert "q/b.md" in texts(linked.files_in_index())
    assert "q/b.md" not in texts(Repository.find(board.root).files_in_index())


def test_a_bare_repository_serves_revisions(board: GitFolder, tmp_path: Path) -> None:
    bare = tmp_path / "bare.git"
    board.git("clone", "-q", "--bare", str(board.root), str(bare))
    repository = Repository.find(bare)
    assert repository.is_bare()
    assert texts(repository.files_at("HEAD")) == {"board.yml": "title: x\n", "q/a.md": "one\n"}
    assert find_board_in_tree(repository, "HEAD") == ""
    assert repository.state().bare


def test_a_repository_hidden_inside_a_board_is_not_trusted(board: GitFolder, tmp_path: Path) -> None:
    """A pull request may carry a folder that git would take for a bare repository, with a program to run in it."""
    hidden = board.root / "q" / "trap"
    board.git("init", "-q", "--bare", str(hidden))
    canary = tmp_path / "canary"
    subprocess.run(["git", "--git-dir", hidden, "config", "core.fsmonitor", f"touch {canary}; false"], check=True)
    subprocess.run(["git", "--git-dir", hidden, "config", "core.worktree", str(hidden)], check=True)
    subprocess.run(["git", "--git-dir", hidden, "config", "core.bare", "false"], check=True)
    with pytest.raises(NotARepository) as error:
        Repository.find(hidden)
    assert str(board.root) in error.value.cure
    assert not canary.exists()


def test_a_repository_configured_to_run_programs_runs_none_when_read(board: GitFolder, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    script = board.write("evil.sh", f"#!/bin/sh\ntouch {canary}\ncat\n")
    script.chmod(0o755)
    board.write("q/empty.md", "")
    board.git("add", "q/empty.md")
    for key in ("core.fsmonitor", "diff.external", "core.pager", "diff.x.textconv", "gpg.program", "core.sshCommand",
                "filter.x=y.clean", "filter.x=y.process"):  # fmt: skip
        board.git("config", key, str(script))
    board.git("config", "log.showSignature", "true")
    board.write(".git/info/attributes", "*.md diff=x filter=x=y\n")
    for file in (board.root / "q").iterdir():
        file.write_bytes(file.read_bytes())
    repository = Repository.find(board.root)
    repository.files_at("HEAD")
    repository.files_in_index()
    repository.state()
    repository.rev_list([repository.resolve("HEAD")])
    stamp_of(repository, "")
    assert not canary.exists()


def test_a_partial_clone_is_told_and_fetches_nothing_while_it_is_read(board: GitFolder, tmp_path: Path) -> None:
    """git would fetch what is missing blob by blob, through whatever program the repository names for its remote."""
    first = board.git("rev-parse", "HEAD:q/a.md").strip()
    board.write("q/a.md", "another text")
    board.commit()
    board.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "partial"
    board.git("clone", "-q", "--filter=blob:none", "--no-local", f"file://{board.root}", str(clone))
    canary = tmp_path / "canary"
    subprocess.run(["git", "config", "remote.origin.uploadpack", f"touch {canary};"], cwd=clone, check=True)
    repository = Repository.find(clone)
    assert [file.path for file in repository.files_at("HEAD")] == ["board.yml", "q/a.md"]
    with pytest.raises(KanbanError, match="partial clone") as error:
        repository.read_blobs([first])
    assert error.value.cure == "kanban doctor --repair"
    assert not canary.exists()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="needs to change a folder's owner")
def test_another_users_repository_is_refused_with_the_line_to_type(board: GitFolder) -> None:
    os.chown(board.root, 4321, 4321)
    os.chown(board.root / ".git", 4321, 4321)
    with pytest.raises(NotARepository) as error:
        Repository.find(board.root)
    assert f"kanban doctor --trust {board.root}" in error.value.cure


# -- variables inherited from a hook -----------------------------------------------------------------------------


def test_variables_of_another_repository_are_not_heard(
    board: GitFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = GitFolder(tmp_path / "other")
    other.write("z.md", "z\n")
    other.commit("other")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.root / ".git/index"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(other.root / ".git/objects"))
    repository = Repository.find(board.root)
    assert repository.toplevel == board.root
    assert set(texts(repository.files_in_index())) == {"board.yml", "q/a.md"}
    assert os.environ["GIT_DIR"] == str(other.root / ".git")


def test_an_index_that_lies_in_no_repository_is_heard_where_git_starts_hooks(
    board: GitFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`GIT_INDEX_FILE=/tmp/index git commit` tells its hooks nothing else."""
    index = tmp_path / "index"
    board.write("q/b.md", "b\n")
    board.git("read-tree", "HEAD", GIT_INDEX_FILE=str(index))
    board.git("add", "-A", GIT_INDEX_FILE=str(index))
    monkeypatch.setenv("GIT_INDEX_FILE", str(index))
    assert "q/b.md" not in texts(Repository.find(board.root).files_in_index())
    monkeypatch.chdir(board.root)
    assert "q/b.md" in texts(Repository.find(board.root).files_in_index())


HOOK = """#!{python}
import sys
from pathlib import Path
from kanban.repository.git.repository import Repository
repository = Repository.find(Path.cwd())
seen = [file.path + "=" + (file.data or b"").decode().strip() for file in repository.files_in_index()]
Path({out!r}).write_text("|".join(seen))
"""


def hook(folder: GitFolder, name: str, out: Path) -> None:
    file = folder.root / ".git/hooks" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(HOOK.format(python=sys.executable, out=str(out)))
    file.chmod(0o755)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (["commit", "-qm", "x"], "board.yml=title: x|q/a.md=one|q/staged.md=staged"),
        (["commit", "-qam", "x"], "board.yml=title: x|q/a.md=unstaged|q/staged.md=staged"),
        (["commit", "-qm", "x", "--", "q/a.md"], "board.yml=title: x|q/a.md=unstaged"),
    ],
)
@pytest.mark.parametrize("linked", [False, True])
def test_a_hook_sees_the_commit_being_made(
    board: GitFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], expected: str, linked: bool
) -> None:
    out = tmp_path / "seen"
    hook(board, "pre-commit", out)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    here = board
    if linked:
        board.git("worktree", "add", "-q", "-b", "other", str(tmp_path / "linked"))
        here = GitFolder.__new__(GitFolder)
        here.root = tmp_path / "linked"
    here.write("q/staged.md", "staged\n")
    here.git("add", "-A")
    here.write("q/a.md", "unstaged\n")
    here.git(*command)
    assert out.read_text() == expected


def test_a_receiving_repository_sees_objects_not_yet_accepted(
    board: GitFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = tmp_path / "bare.git"
    board.git("clone", "-q", "--bare", str(board.root), str(bare))
    out = tmp_path / "seen"
    script = HOOK.replace("repository.files_in_index()", "repository.files_at(sys.stdin.read().split()[1])")
    (bare / "hooks").mkdir(exist_ok=True)
    (bare / "hooks/pre-receive").write_text(script.format(python=sys.executable, out=str(out)))
    (bare / "hooks/pre-receive").chmod(0o755)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    board.write("q/new.md", "new\n")
    board.commit("second")
    board.git("push", "-q", str(bare), "main")
    assert out.read_text() == "board.yml=title: x|q/a.md=one|q/new.md=new"


# -- revisions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "revision",
    ["--output=canary", "-D", "--all", "nope", "", " ", "HEAD~99", "HEAD:q/a.md", "a\nb", "a\0b", "^HEAD", "HEAD..HEAD",
     "--git-dir", "@{-9}", "HEAD^{tree}", "'; touch canary;'"],
)  # fmt: skip
def test_what_is_no_commit_is_not_found(board: GitFolder, revision: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(board.root)
    with pytest.raises(NotFound) as error:
        Repository.find(board.root).resolve(revision)
    assert error.value.cure
    assert not (board.root / "canary").exists()


def test_revisions_and_their_relations(board: GitFolder) -> None:
    repository = Repository.find(board.root)
    first = board.git("rev-parse", "HEAD").strip()
    board.git("tag", "-am", "v", "v1")
    board.write("q/b.md", "two\n")
    second = board.commit("second")
    board.git("switch", "-qc", "side", first)
    board.write("q/c.md", "three\n")
    third = board.commit("third")
    assert repository.resolve("v1") == repository.resolve("main~1") == first
    assert (repository.head(), repository.branch()) == (third, "side")
    assert repository.is_ancestor(first, second)
    assert not repository.is_ancestor(second, third)
    assert repository.merge_base(second, third) == first
    assert repository.rev_list([second], [first]) == [second]
    assert repository.rev_list([first], [second]) == []


def test_a_merge_that_has_not_happened(board: GitFolder) -> None:
    repository = Repository.find(board.root)
    board.git("branch", "side")
    board.write("q/b.md", "two\n")
    ours = board.commit("ours")
    board.git("switch", "-q", "side")
    board.write("q/c.md", "three\n")
    theirs = board.commit("theirs")
    merged = repository.merge_tree(ours, theirs)
    assert merged.conflicts == ()
    assert set(texts(repository.files_at(merged.tree))) == {"board.yml", "q/a.md", "q/b.md", "q/c.md"}
    board.write("q/b.md", "two, but another\n")
    assert repository.merge_tree(ours, board.commit("rival")).conflicts == ("q/b.md",)
    board.git("switch", "-q", "--orphan", "stranger")
    board.write("q/a.md", "x")
    with pytest.raises(KanbanError, match="no commit in common"):
        repository.merge_tree(ours, board.commit("stranger"))


# -- state and settings ------------------------------------------------------------------------------------------


def test_before_the_first_commit(git_folder: GitFolder) -> None:
    repository = Repository.find(git_folder.root)
    state = repository.state()
    assert (repository.head(), repository.branch()) == (None, "main")
    assert (state.unborn, state.detached, state.in_progress) == (True, False, ())
    assert repository.files_in_index() == ()
    with pytest.raises(NotFound):
        repository.files_at("HEAD")


def conflict(folder: GitFolder, *command: str) -> None:
    folder.git("switch", "-qc", "side")
    folder.write("q/a.md", "theirs\n")
    folder.commit("theirs")
    folder.git("switch", "-q", "main")
    folder.write("q/a.md", "ours\n")
    folder.commit("ours")
    folder.git(*command, check=False)


@pytest.mark.parametrize(
    ("command", "operation", "detached"),
    [
        (["merge", "-q", "side"], "merge", False),
        (["rebase", "-q", "side"], "rebase", True),
        (["cherry-pick", "side"], "cherry-pick", False),
        (["revert", "--no-edit", "HEAD~1"], "revert", False),
        (["bisect", "start", "HEAD", "HEAD~1"], "bisect", False),
        (["switch", "-q", "--detach"], "", True),
    ],
)
def test_what_is_in_the_way_of_a_commit(board: GitFolder, command: list[str], operation: str, detached: bool) -> None:
    conflict(board, *command)
    state = Repository.find(board.root / "q").state()
    assert state.in_progress == ((operation,) if operation else ())
    assert state.detached == detached


def test_the_sides_of_an_unfinished_merge_are_in_the_index(board: GitFolder) -> None:
    conflict(board, "merge", "-q", "side")
    files = [file for file in Repository.find(board.root).files_in_index() if file.path == "q/a.md"]
    assert [(file.stage, file.data) for file in files] == [(1, b"one\n"), (2, b"ours\n"), (3, b"theirs\n")]


def test_who_commits(board: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Repository.find(board.root)
    assert repository.identity() == Identity("Zoé Martin", "zoe@example.org")
    for name in ("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"):
        monkeypatch.delenv(name)
    assert repository.identity() is None
    board.git("config", "user.name", "Ana <x>")
    board.git("config", "user.email", "ana@example.org")
    assert repository.identity() == Identity("Ana x", "ana@example.org")


def test_settings(board: GitFolder) -> None:
    repository = Repository.find(board.root)
    board.git("config", "kanban.text", "two\nlines")
    board.git("config", "kanban.flag", "yes")
    assert repository.config("kanban.text") == "two\nlines"
    assert repository.config("kanban.nothing") is None
    assert repository.config_flag("kanban.flag") is True
    assert repository.config_flag("kanban.text") is None
    assert repository.git_path("hooks/pre-commit") == board.root / ".git/hooks/pre-commit"


# -- content -----------------------------------------------------------------------------------------------------


def test_files_of_a_revision_with_what_is_not_followed(board: GitFolder) -> None:
    (board.root / "q/link.md").symlink_to("/etc/hostname")
    (board.root / "r").symlink_to("/etc")
    board.write("q/big.md", b"x" * (SIZE_CAP + 1))
    board.write("q/just.md", b"x" * SIZE_CAP)
    board.write("q/latin.md", b"\xe9\xff")
    board.write(".hidden/q/no.md", "no\n")
    board.write("q/picture.png", b"\x89PNG")
    board.write("scripts/mail.md", "hello\n")
    board.commit("all kinds")
    repository = Repository.find(board.root)
    for files in (repository.files_at("HEAD"), repository.files_in_index()):
        found = {file.path: file for file in files}
        assert sorted(found) == [
            "board.yml", "q/a.md", "q/big.md", "q/just.md", "q/latin.md", "q/link.md", "r", "scripts/mail.md",
        ]  # fmt: skip
        assert [(found[name].mode, found[name].data, found[name].note) for name in ("q/link.md", "r", "q/big.md")] == [
            ("120000", None, "symlink"),
            ("120000", None, "symlink"),
            ("100644", None, "too-large"),
        ]
        assert found["q/latin.md"].data == b"\xe9\xff"
        assert len(found["q/just.md"].data or b"") == SIZE_CAP
        assert found["scripts/mail.md"].blob == board.git("rev-parse", "HEAD:scripts/mail.md").strip()


def test_blobs_are_read_by_one_process_in_any_number(board: GitFolder) -> None:
    for number in range(300):
        board.write(f"q/{number}.md", f"card {number}\n" * 200)
    board.write("q/empty.md", b"")
    board.commit("many")
    repository = Repository.find(board.root)
    entries = repository.ls_tree("HEAD", "q")
    content = repository.read_blobs(entry.blob for entry in entries)
    assert content[next(entry.blob for entry in entries if entry.path == "7.md")] == b"card 7\n" * 200
    assert content[next(entry.blob for entry in entries if entry.path == "empty.md")] == b""
    assert repository.read_blobs(["0" * 39 + "1"]) == {}
    assert repository.read_blobs([]) == {}


def test_a_board_in_a_sub_folder_has_paths_of_its_own(git_folder: GitFolder) -> None:
    git_folder.write("teams/a b/board.yml", "title: x\n")
    git_folder.write("teams/a b/q/é.md", "one\n")
    git_folder.write("teams/other.md", "no\n")
    git_folder.commit("first")
    repository = Repository.find(git_folder.root / "teams")
    prefix = repository.prefix_of(git_folder.root / "teams/a b")
    assert prefix == "teams/a b/"
    assert set(texts(repository.files_at("HEAD", prefix))) == {"board.yml", "q/é.md"}
    assert set(texts(repository.files_in_index(prefix))) == {"board.yml", "q/é.md"}
    assert repository.files_at("HEAD", "nowhere/") == ()
    with pytest.raises(NotFound):
        repository.prefix_of(git_folder.root.parent)


def test_the_board_of_a_revision_is_found_from_any_folder(git_folder: GitFolder) -> None:
    git_folder.write("a/board.yml", "title: a\n")
    git_folder.write("a/inner/board.yml", "title: inner\n")
    git_folder.commit("one")
    git_folder.write("b/board.yml", "title: b\n")
    git_folder.git("add", "-A")
    repository = Repository.find(git_folder.root)
    assert find_board_in_tree(repository, "HEAD") == "a/"
    assert find_board_in_tree(repository, "HEAD", "a/q") == "a/"
    assert find_board_in_tree(repository, "HEAD", "a/inner/q") == "a/inner/"

    with pytest.raises(Ambiguous) as several:
        find_board_in_tree(repository, INDEX)
    assert several.value.candidates == ("a", "b")
    with pytest.raises(NotFound):
        find_board_in_tree(repository, "HEAD", "elsewhere")


def test_a_workflow_called_board_is_no_second_board(git_folder: GitFolder) -> None:
    """As on disk, hidden folders are not looked into; one that somebody works in is."""
    git_folder.write("sales/board.yml", "title: Pipeline\n")
    git_folder.write(".github/workflows/board.yml", "name: board\n")
    git_folder.write(".private/board.yml", "title: Mine\n")
    git_folder.commit("boards")
    repository = Repository.find(git_folder.root)
    for revision in (INDEX, "HEAD"):
        assert find_board_in_tree(repository, revision) == "sales/"
        assert find_board_in_tree(repository, revision, ".private") == ".private/"


def test_a_file_that_is_only_announced_is_not_in_the_next_commit(board: GitFolder) -> None:
    board.write("q/announced.md", "later\n")
    board.write("q/empty.md", b"")
    board.git("add", "q/empty.md")
    board.git("add", "--intent-to-add", "q/announced.md")
    files = Repository.find(board.root).files_in_index()
    assert {file.path for file in files} == {"board.yml", "q/a.md", "q/empty.md"}
    board.git("commit", "-qm", "x")
    assert Repository.find(board.root).files_at("HEAD") == files
