"""The user's own hooks and signing take part as in `git commit`; when they say no, all is as before."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from kanban.errors import HookFailed
from kanban.gestures.base.change import PathChange
from kanban.repository.write import transaction
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


def hook(folder: GitFolder, name: str, script: str, where: str = ".git/hooks") -> None:
    folder.write(f"{where}/{name}", f"#!/bin/sh\n{script}\n").chmod(0o755)


MOVE_AND_EDIT = PathChange.moved(OLD, NEW, own_by("Ana"))


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("pre-commit", ".git/hooks"),
        ("prepare-commit-msg", ".git/hooks"),
        ("commit-msg", ".git/hooks"),
        ("pre-commit", ".git/my-hooks"),
    ],
)
def test_a_hook_that_says_no(git_folder: GitFolder, name: str, where: str) -> None:
    board(git_folder)
    git_folder.write("staged.txt", "s")
    git_folder.git("add", "staged.txt")
    if where != ".git/hooks":
        git_folder.git("config", "core.hooksPath", where)
    hook(git_folder, name, "echo to stdout; echo not on a Friday >&2; exit 3", where)
    before = picture(git_folder)
    with pytest.raises(HookFailed, match=name) as refusal:
        write(git_folder, MOVE_AND_EDIT)
    assert "not on a Friday" in refusal.value.output
    assert "to stdout" in refusal.value.output
    assert picture(git_folder) == before
    assert git_folder.git("diff-files") == ""
    assert write(git_folder, MOVE_AND_EDIT, run_hooks=False).commit


def test_hooks_see_the_commit_that_is_being_made(git_folder: GitFolder) -> None:
    """Index and files as after the move; nothing that the user staged besides."""
    board(git_folder)
    git_folder.write("staged.txt", "s")
    git_folder.git("add", "staged.txt")
    out = git_folder.root / ".git/seen"
    hook(
        git_folder,
        "pre-commit",
        f"git diff --cached --name-status --no-renames > {out}; ls board/* >> {out}; pwd >> {out}",
    )
    hook(git_folder, "commit-msg", f'cat "$1" >> {out}')
    write(git_folder, MOVE)
    assert out.read_text() == (
        f"D\t{OLD}\nA\t{NEW}\nboard/board.yml\n\nboard/prospects:\nREADME.md\nbeta.md\n\n"
        f"board/qualifies:\nREADME.md\nacme.md\n{git_folder.root}\nmove acme\n\nKanban: move\n"
    )
    assert git_folder.git("status", "--porcelain") == "A  staged.txt\n"


def test_a_hook_that_rewrites_the_card_and_adds_it(git_folder: GitFolder) -> None:
    board(git_folder)
    hook(git_folder, "pre-commit", f"echo checked >> {NEW}; git add {NEW}")
    done = write(git_folder, MOVE_AND_EDIT)
    assert done.hook_paths == ()
    assert git_folder.git("show", f"HEAD:{NEW}") == CARD.replace("Zoé", "Ana") + "checked\n"
    assert_sound(git_folder)


def test_a_hook_that_adds_another_file(git_folder: GitFolder) -> None:
    board(git_folder)
    hook(git_folder, "pre-commit", "ls board/qualifies > list.txt; git add list.txt")
    done = write(git_folder, MOVE)
    assert done.hook_paths == ("list.txt",)
    assert done.paths == (OLD, NEW, "list.txt")
    assert committed(git_folder) == [f"D\t{OLD}", f"A\t{NEW}", "A\tlist.txt"]
    assert_sound(git_folder)


def test_a_hook_that_takes_the_change_back_leaves_no_commit(git_folder: GitFolder) -> None:
    board(git_folder)
    hook(git_folder, "pre-commit", f"git reset -q -- {OLD} {NEW}")
    before = picture(git_folder)
    assert write(git_folder, MOVE).commit is None
    assert picture(git_folder) == before


def test_a_formatter_that_rewrites_and_fails_keeps_its_work_at_hand(git_folder: GitFolder) -> None:
    """The file is as before; what the hook made of it is kept, and it is said where."""
    board(git_folder)
    hook(git_folder, "pre-commit", f"echo formatted > {NEW}; exit 1")
    before = picture(git_folder)
    with pytest.raises(HookFailed) as refusal:
        write(git_folder, MOVE)
    assert replace(picture(git_folder), leftovers=()) == before
    (kept,) = (git_folder.root / ".git/kanban/aside").iterdir()
    assert kept.read_text(encoding="utf-8") == "formatted\n"
    assert str(kept) in f"{refusal.value.message} {refusal.value.cure}"


def test_a_message_hook_may_rewrite_the_message(git_folder: GitFolder) -> None:
    board(git_folder)
    git_folder.git("config", "commit.template", "nowhere")
    git_folder.git("config", "commit.cleanup", "strip")
    hook(git_folder, "prepare-commit-msg", 'test "$2" = message && printf "# kept\\n\\nChange-Id: I1\\n" >> "$1"')
    write(git_folder, MOVE)
    assert git_folder.git("log", "-1", "--format=%B").rstrip() == "move acme\n\nKanban: move\n# kept\n\nChange-Id: I1"


def test_a_hook_that_empties_the_message(git_folder: GitFolder) -> None:
    board(git_folder)
    hook(git_folder, "commit-msg", ': > "$1"')
    before = picture(git_folder)
    with pytest.raises(HookFailed, match="emptied"):
        write(git_folder, MOVE)
    assert picture(git_folder) == before


def test_post_commit_runs_last_and_cannot_harm(git_folder: GitFolder) -> None:
    board(git_folder)
    hook(git_folder, "post-commit", "git status --porcelain; git rev-parse HEAD; exit 1")
    done = write(git_folder, MOVE)
    assert done.hook_output == done.commit


def test_a_reference_transaction_hook_that_says_no(git_folder: GitFolder) -> None:
    board(git_folder)
    hook(git_folder, "reference-transaction", "exit 1")
    before = picture(git_folder)
    with pytest.raises(HookFailed, match="reference-transaction"):
        write(git_folder, MOVE)
    assert picture(git_folder) == before


def test_staging_only_runs_no_hook(git_folder: GitFolder) -> None:
    board(git_folder)
    hook(git_folder, "pre-commit", "exit 1")
    assert write(git_folder, MOVE, commit=False).staged


SIGNER = """for last; do :; done
cat > /dev/null
printf '\\n[GNUPG:] SIG_CREATED ' >&2
printf -- '-----BEGIN PGP SIGNATURE-----\\nby %s\\n-----END PGP SIGNATURE-----\\n' "$last"
"""


def sign_with(folder: GitFolder, tmp_path: Path, script: str) -> None:
    program = tmp_path / "signer"
    program.write_text("#!/bin/sh\n" + script)
    program.chmod(0o755)
    folder.git("config", "commit.gpgsign", "true")
    folder.git("config", "user.signingKey", "KEY1")
    folder.git("config", "gpg.program", str(program))


def test_commits_are_signed_where_the_user_signs(git_folder: GitFolder, tmp_path: Path) -> None:
    board(git_folder)
    sign_with(git_folder, tmp_path, SIGNER)
    write(git_folder, MOVE)
    assert "\n by KEY1\n" in git_folder.git("cat-file", "commit", "HEAD")


@pytest.mark.parametrize("script", ["echo no secret key >&2; exit 2", "sleep 60"], ids=["broken", "asking"])
def test_a_signer_that_fails_or_never_answers(
    git_folder: GitFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    board(git_folder)
    sign_with(git_folder, tmp_path, script)
    monkeypatch.setattr(transaction, "SIGNING_SECONDS", 0.5)
    before = picture(git_folder)
    start = time.monotonic()
    with pytest.raises(HookFailed, match="signing") as refusal:
        write(git_folder, MOVE_AND_EDIT)
    assert time.monotonic() - start < 30
    assert refusal.value.output
    assert picture(git_folder) == before
