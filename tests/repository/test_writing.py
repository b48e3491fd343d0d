"""One write, one commit of exactly the named paths; everything else of the user's stays as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kanban.errors import EditConflict, KanbanError, NotFound, Refused
from kanban.gestures.base.change import PathChange
from kanban.model.text.edit.splice import set_field
from kanban.repository.git.repository import Repository
from kanban.repository.write.paths.outcome import paths_of
from kanban.repository.write.publication import Publication
from kanban.repository.write.writing import publish
from tests.conftest import GitFolder
from tests.repository.writing_support import (
    CARD,
    MOVE,
    NEW,
    OLD,
    assert_sound,
    board,
    committed,
    own_by,
    picture,
    write,
)


def test_a_move_is_one_commit_of_both_paths(git_folder: GitFolder) -> None:
    board(git_folder)
    done = write(git_folder, MOVE)
    assert done.commit == git_folder.git("rev-parse", "HEAD").strip()
    assert (done.paths, done.carried, done.staged, done.dry_run) == ((OLD, NEW), (), False, False)
    assert committed(git_folder) == [f"D\t{OLD}", f"A\t{NEW}"]
    assert git_folder.git("diff-files") == ""
    assert git_folder.git("log", "-1", "--format=%B") == "move acme\n\nKanban: move\n\n"
    assert git_folder.git("reflog", "-1", "--format=%gs").strip() == "commit: move acme"
    assert_sound(git_folder)


def test_the_index_knows_a_moved_file_to_the_nanosecond(git_folder: GitFolder) -> None:
    """A name more that the file loses after the index was written makes it look changed once a second has passed."""
    board(git_folder)
    write(git_folder, MOVE)
    found = (git_folder.root / NEW).stat()
    told = dict(line.strip().split(": ", 1) for line in git_folder.git("ls-files", "--debug", NEW).splitlines()[1:3])
    seconds, _colon, rest = told["ctime"].partition(":")
    assert int(seconds) * 10**9 + int(rest) == found.st_ctime_ns
    assert found.st_nlink == 1


def test_the_first_commit_of_a_repository(git_folder: GitFolder) -> None:
    git_folder.write("notes.txt", "mine")
    done = write(
        git_folder, PathChange.created("board/board.yml", b"title: x\n"), PathChange.created(OLD, CARD.encode())
    )
    assert done.commit
    assert committed(git_folder) == ["A\tboard/board.yml", f"A\t{OLD}"]
    assert git_folder.git("status", "--porcelain") == "?? notes.txt\n"
    assert write(git_folder, MOVE).commit
    assert git_folder.git("rev-list", "--count", "HEAD").strip() == "2"


def test_a_repository_of_sha256(tmp_path: Path) -> None:
    folder = GitFolder(tmp_path / "repo")
    folder.git("init", "-q", "-b", "trunk", "--object-format=sha256", str(tmp_path / "other"))
    folder.root = tmp_path / "other"
    write(folder, PathChange.created(OLD, CARD.encode()))
    assert write(folder, PathChange.moved(OLD, NEW, own_by("Ana"))).commit
    assert_sound(folder)


def test_a_linked_worktree(git_folder: GitFolder, tmp_path: Path) -> None:
    board(git_folder)
    git_folder.git("worktree", "add", "-q", "-b", "trial", str(tmp_path / "linked"))
    before = picture(git_folder)
    write(tmp_path / "linked", MOVE)
    assert picture(git_folder) == before
    linked = GitFolder.__new__(GitFolder)
    linked.root = tmp_path / "linked"
    assert committed(linked) == [f"D\t{OLD}", f"A\t{NEW}"]
    assert linked.git("status", "--porcelain") == ""


def test_from_a_sub_folder_of_the_repository(git_folder: GitFolder) -> None:
    board(git_folder)
    write(git_folder.root / "board" / "prospects", MOVE)
    assert_sound(git_folder)


def test_several_paths_in_one_commit(git_folder: GitFolder) -> None:
    board(git_folder)
    write(
        git_folder,
        PathChange.moved("board/prospects/beta.md", "board/gagne/2026/beta.md"),
        PathChange.edited(OLD, own_by("Ana")),
        PathChange.created("board/templates/offer.md", b"# offer\n"),
        PathChange.removed("board/qualifies/README.md"),
    )
    assert committed(git_folder) == [
        "A\tboard/gagne/2026/beta.md",
        f"M\t{OLD}",
        "D\tboard/prospects/beta.md",
        "D\tboard/qualifies/README.md",
        "A\tboard/templates/offer.md",
    ]
    assert_sound(git_folder)


def test_other_work_of_the_user_stays_as_it_was(git_folder: GitFolder) -> None:
    """Staged, partly staged, unstaged, announced, removed, untracked: the commit takes none, the index keeps all."""
    board(git_folder)
    for name in ("staged", "partly", "unstaged", "gone"):
        git_folder.write(f"{name}.txt", "1\n")
    git_folder.commit()
    git_folder.write("staged.txt", "2\n")
    git_folder.write("partly.txt", "2\n")
    git_folder.write("new.txt", "new\n")
    git_folder.git("add", "staged.txt", "partly.txt", "new.txt")
    git_folder.git("rm", "-q", "gone.txt")
    git_folder.write("partly.txt", "3\n")
    git_folder.write("unstaged.txt", "2\n")
    git_folder.write("announced.txt", "soon\n")
    git_folder.git("add", "-N", "announced.txt")
    git_folder.write("untracked.txt", "u\n")
    before, status = picture(git_folder), git_folder.git("status", "--porcelain")
    write(git_folder, MOVE)
    after = picture(git_folder)
    assert committed(git_folder) == [f"D\t{OLD}", f"A\t{NEW}"]
    assert after.index.replace(NEW, OLD).split("\n").sort() == before.index.split("\n").sort()
    assert {n: d for n, d in after.files.items() if n != NEW} == {n: d for n, d in before.files.items() if n != OLD}
    assert git_folder.git("status", "--porcelain") == status


VERSIONS = {"head": CARD, "staged": CARD + "staged\n", "disk": CARD + "staged\ndraft\n"}


def with_versions(folder: GitFolder, *, staged: bool, draft: bool) -> None:
    board(folder)
    if staged:
        folder.write(OLD, VERSIONS["staged"])
        folder.git("add", OLD)
    if draft:
        folder.write(OLD, VERSIONS["disk"])


@pytest.mark.parametrize("edited", [False, True], ids=["moved", "edited"])
@pytest.mark.parametrize(("staged", "draft"), [(True, False), (False, True), (True, True)])
def test_edits_not_committed_go_along_uncommitted(
    git_folder: GitFolder, staged: bool, draft: bool, edited: bool
) -> None:
    with_versions(git_folder, staged=staged, draft=draft)
    done = write(git_folder, PathChange.moved(OLD, NEW, own_by("Ana") if edited else None))
    assert done.carried == (NEW,)
    expected = {name: text.replace("Zoé", "Ana") if edited else text for name, text in VERSIONS.items()}
    assert git_folder.git("show", f"HEAD:{NEW}") == expected["head"]
    assert git_folder.git("show", f":{NEW}") == expected["staged" if staged else "head"]
    assert (git_folder.root / NEW).read_text() == expected["disk" if draft else "staged"]
    assert committed(git_folder) == [f"D\t{OLD}", f"A\t{NEW}"]
    assert git_folder.git("status", "--porcelain") == f"{'M' if staged else ' '}{'M' if draft else ' '} {NEW}\n"


@pytest.mark.parametrize(("staged", "draft"), [(True, False), (False, True), (True, True)])
def test_edits_are_committed_when_named(git_folder: GitFolder, staged: bool, draft: bool) -> None:
    with_versions(git_folder, staged=staged, draft=draft)
    done = write(git_folder, PathChange.moved(OLD, NEW, own_by("Ana")), include_edits=True)
    assert done.carried == ()
    assert git_folder.git("show", f"HEAD:{NEW}") == VERSIONS["disk" if draft else "staged"].replace("Zoé", "Ana")
    assert_sound(git_folder)


@pytest.mark.parametrize("state", ["untracked", "announced", "added"])
def test_a_card_never_committed_is_added_where_it_goes(git_folder: GitFolder, state: str) -> None:
    board(git_folder)
    git_folder.write("board/prospects/new.md", CARD)
    if state != "untracked":
        git_folder.git("add", *(["-N"] if state == "announced" else []), "board/prospects/new.md")
    done = write(git_folder, PathChange.moved("board/prospects/new.md", "board/qualifies/new.md"))
    assert done.carried == ()
    assert committed(git_folder) == ["A\tboard/qualifies/new.md"]
    assert_sound(git_folder, "new.md")


def test_staged_only(git_folder: GitFolder) -> None:
    board(git_folder)
    head = git_folder.git("rev-parse", "HEAD")
    done = write(git_folder, PathChange.moved(OLD, NEW, own_by("Ana")), commit=False)
    assert (done.commit, done.staged) == (None, True)
    assert git_folder.git("rev-parse", "HEAD") == head
    assert git_folder.git("diff", "--cached", "--name-status", "--no-renames") == f"D\t{OLD}\nA\t{NEW}\n"
    assert git_folder.git("diff-files") == ""
    assert git_folder.git("show", f":{NEW}") == CARD.replace("Zoé", "Ana")
    assert picture(git_folder).leftovers == ()


def test_a_dry_run_changes_nothing(git_folder: GitFolder) -> None:
    board(git_folder)
    before = picture(git_folder)
    done = write(git_folder, MOVE, dry_run=True)
    assert (done.commit, done.dry_run, done.paths) == (None, True, (OLD, NEW))
    assert picture(git_folder) == before
    assert not (git_folder.root / ".git" / "kanban").exists()
    git_folder.write(NEW, "there already")
    with pytest.raises(EditConflict):
        write(git_folder, MOVE, dry_run=True)


def test_a_plan_that_refuses_has_done_nothing(git_folder: GitFolder) -> None:
    board(git_folder)
    before = picture(git_folder)

    def plan() -> Publication:
        raise Refused("the column is full", ["WIP 5 of 5"])

    with pytest.raises(Refused):
        publish(Repository.find(git_folder.root), plan)
    assert picture(git_folder) == before


def test_a_change_that_changes_nothing_makes_no_commit(git_folder: GitFolder) -> None:
    board(git_folder)
    before = picture(git_folder)
    assert write(git_folder, PathChange.edited(OLD, lambda data: data)).commit is None
    assert picture(git_folder) == before


def test_a_pure_move_keeps_its_blob_whatever_the_attributes_say(git_folder: GitFolder) -> None:
    """CRLF committed before `text=auto` came: adding the file again would rewrite every line."""
    git_folder.write(OLD, CARD.replace("\n", "\r\n"))
    git_folder.commit()
    blob = git_folder.git("rev-parse", f"HEAD:{OLD}")
    git_folder.write(".gitattributes", "* text=auto\n")
    git_folder.git("add", ".gitattributes")
    git_folder.git("commit", "-qm", "attributes")
    git_folder.git("config", "core.autocrlf", "true")
    write(git_folder, MOVE)
    assert git_folder.git("rev-parse", f"HEAD:{NEW}") == blob


def test_line_ends_are_converted_as_git_add_does(git_folder: GitFolder) -> None:
    git_folder.git("config", "core.autocrlf", "true")
    crlf = CARD.replace("\n", "\r\n")
    git_folder.write(OLD, crlf)
    git_folder.commit()
    done = write(git_folder, PathChange.moved(OLD, NEW, own_by("Ana")))
    assert done.carried == ()
    assert git_folder.git("show", f"HEAD:{NEW}") == CARD.replace("Zoé", "Ana")
    assert (git_folder.root / NEW).read_bytes() == crlf.replace("Zoé", "Ana").encode()
    assert git_folder.git("status", "--porcelain") == ""


def test_modes_and_permissions_stay(git_folder: GitFolder) -> None:
    board(git_folder)
    (git_folder.root / OLD).chmod(0o755)
    git_folder.commit()
    write(git_folder, PathChange.moved(OLD, NEW, own_by("Ana")))
    assert git_folder.git("ls-tree", "HEAD", NEW).startswith("100755")
    assert os.stat(git_folder.root / NEW).st_mode & 0o777 == 0o755


NAMES = ("a b.md", "é.md", "-dash.md", ":(top)x.md", "*.md", "[a].md", "quo'te\".md", "back\\slash.md")


def test_names_are_only_names(git_folder: GitFolder) -> None:
    """Nothing in a file's name is taken for an option, a pattern or an escape."""
    board(git_folder)
    for name in NAMES:
        git_folder.write(f"board/prospects/{name}", CARD)
    git_folder.commit("odd names")
    for count, name in enumerate(NAMES, 1):
        write(git_folder, PathChange.moved(f"board/prospects/{name}", f"board/qualifies/{name}", own_by("Ana")))
        assert len(committed(git_folder)) == 2
        files = git_folder.git("ls-tree", "-r", "-z", "--name-only", "HEAD", "board/qualifies/").split("\0")
        assert f"board/qualifies/{name}" in files
        assert len(files) == count + 2
    assert git_folder.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    "path", ["../out.md", "/etc/x.md", "a//b.md", "a/../b.md", "a\nb.md", ".git/x", "a/.GIT/x", "", "."]
)
def test_paths_that_are_refused(path: str) -> None:
    with pytest.raises(KanbanError):
        paths_of([PathChange.created(path, b"x")])


def test_what_was_read_must_still_be_there(git_folder: GitFolder) -> None:
    board(git_folder)
    before = picture(git_folder)
    with pytest.raises(EditConflict, match="somebody else"):
        write(git_folder, PathChange(OLD, b"new text", expected=b"what it was"))
    with pytest.raises(NotFound):
        write(git_folder, PathChange.moved("board/prospects/none.md", NEW))
    assert picture(git_folder) == before
    assert write(git_folder, PathChange(OLD, b"new text", expected=CARD.encode())).commit
    assert git_folder.git("show", f"HEAD:{OLD}") == "new text"


def test_one_path_named_twice(git_folder: GitFolder) -> None:
    board(git_folder)
    with pytest.raises(KanbanError, match="twice"):
        write(git_folder, MOVE, PathChange.edited(OLD, own_by("Ana")))


HOSTILE = {
    "color.ui": "always",
    "core.quotePath": "true",
    "core.splitIndex": "true",
    "core.untrackedCache": "true",
    "core.fsmonitor": "false",
    "core.abbrev": "4",
    "index.version": "4",
    "diff.renames": "copies",
    "diff.noprefix": "true",
    "diff.external": "false",
    "diff.ignoreSubmodules": "all",
    "log.showSignature": "true",
    "log.date": "relative",
    "log.decorate": "full",
    "status.short": "true",
    "commit.template": "/nowhere",
    "commit.cleanup": "scissors",
    "commit.verbose": "true",
    "i18n.commitEncoding": "ISO-8859-1",
    "format.pretty": "oneline",
    "alias.update-index": "!false",
    "alias.commit-tree": "!false",
    "merge.renames": "false",
    "advice.detachedHead": "true",
}


def test_whatever_the_user_has_configured(git_folder: GitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    board(git_folder)
    git_folder.write("staged.txt", "s")
    git_folder.git("add", "staged.txt")
    for key, value in HOSTILE.items():
        git_folder.git("config", key, value)
    git_folder.git("update-index", "--split-index")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("LANGUAGE", "de")
    message = "acme: Rendez-vous programmé → Négociation\n\nCard: acme\n"
    change = PathChange.moved(OLD, NEW, own_by("Ana"))
    done = publish(Repository.find(git_folder.root), lambda: Publication((change,), message))
    assert done.paths == (OLD, NEW)
    raw = git_folder.git("cat-file", "commit", "HEAD")
    assert raw.endswith("\n\n" + message)
    assert "encoding" not in raw
    assert git_folder.git("ls-files", "--", "board", "staged.txt").count("\n") == 6
    assert git_folder.git("-c", "status.short=false", "status", "--porcelain") == "A  staged.txt\n"


def test_a_column_inside_a_submodule(git_folder: GitFolder, tmp_path: Path) -> None:
    board(git_folder)
    other = board(GitFolder(tmp_path / "other"))
    git_folder.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other.root), "board/sub")
    git_folder.commit()
    before = picture(git_folder)
    with pytest.raises(EditConflict, match="another repository"):
        write(git_folder, PathChange.moved(OLD, "board/sub/acme.md"))
    with pytest.raises(EditConflict, match="another repository"):
        write(git_folder, PathChange.created("board/sub/new.md", b"x"))
    assert picture(git_folder) == before
    git_folder.git("submodule", "deinit", "-q", "--all")
    with pytest.raises(EditConflict, match="another repository"):
        write(git_folder, PathChange.created("board/sub/2026/new.md", b"x"))
    assert list((git_folder.root / "board/sub").iterdir()) == []


def test_a_card_mended_on_disk_can_be_written_to_at_once(git_folder: GitFolder) -> None:
    """`lint --fix` changes the folder: the commit that follows holds the mended card with its edit."""
    git_folder.write("a/one.md", "---\nnext_action: call: again\n---\n- mine\n")
    git_folder.commit("broken", date="2026-10-01T10:00:00+02:00")
    git_folder.write("a/one.md", '---\nnext_action: "call: again"\n---\n- mine\n')
    write(git_folder, PathChange.edited("a/one.md", lambda data: set_field(data, "owner", "Zoé")))
    assert git_folder.git("show", "HEAD:a/one.md") == '---\nnext_action: "call: again"\nowner: Zoé\n---\n- mine\n'
    assert git_folder.git("status", "--porcelain") == ""
