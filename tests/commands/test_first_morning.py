"""From an empty folder to a card in the second column: the path that every newcomer takes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import GitFolder, Kanban

READY = (
    "--contact", "M. Dubois", "--next", "appeler", "--on", "2026-10-06 10:00", "--amount", "28 k€", "--probability", "40 %",
    "--set", "decision_maker=M. Dubois", "--dor", "contact-opt-in", "--dor", "need-explicit",
)  # fmt: skip
AS_OF = ("--as-of", "2026-10-05")


def tree(folder: GitFolder) -> list[str]:
    return folder.git("ls-tree", "-r", "--name-only", "-z", "HEAD").split("\0")[:-1]


@pytest.mark.parametrize("state", ["no commit yet", "a commit", "a sub-folder"])
def test_a_board_from_nothing(state: str, git_folder: GitFolder, kanban: Kanban) -> None:
    where = git_folder.root
    if state != "no commit yet":
        git_folder.write("notes.txt", "mine")
        git_folder.commit()
    if state == "a sub-folder":
        where = git_folder.root / "ventes" / "board"
    assert kanban("-C", git_folder.root, "init", where, "--preset", "b2b", "--lang", "fr").code == 0
    added = kanban("-C", where, "new", "ACME SAS", *READY, *AS_OF)
    assert (added.code, added.err) == (0, "")
    moved = kanban("-C", where, "move", "acme-sas", "qualifies", *AS_OF)
    assert (moved.code, moved.out) == (0, "acme-sas\xa0: Prospects → Qualifiés\n")
    prefix = "ventes/board/" if state == "a sub-folder" else ""
    assert f"{prefix}qualifies/acme-sas.md" in tree(git_folder)
    assert f"{prefix}prospects/acme-sas.md" not in tree(git_folder)
    assert git_folder.git("status", "--porcelain") == ""
    log = git_folder.git("log", "-1", "--format=%s%n%(trailers:only)").splitlines()
    assert log[:4] == ["acme-sas: prospects → qualifies", "Card: acme-sas", "From: prospects", "To: qualifies"]


def test_a_card_is_written_as_people_typed_it(git_folder: GitFolder, kanban: Kanban) -> None:
    kanban("-C", git_folder.root, "init", "--lang", "fr")
    kanban("-C", git_folder.root, "new", "ACME SAS", *READY, "--note", "besoin SSO", *AS_OF)
    assert (git_folder.root / "prospects/acme-sas.md").read_text() == (
        "---\naccount: ACME SAS\ncontact: M. Dubois\nnext_action: appeler\nnext_action_date: 2026-10-06T10:00\n"
        "amount: 28 k€\nprobability: 40%\ndor: [contact-opt-in, need-explicit]\ndecision_maker: M. Dubois\n---\n\n"
        "## Notes\n\n### 2026-10-05\n\n- besoin SSO\n"
    )


def test_outside_git_a_clear_offer(tmp_path: Path, kanban: Kanban) -> None:
    refused = kanban("init", tmp_path / "ventes", "--lang", "en")
    assert refused.code == 2
    assert "--git" in refused.err
    assert not (tmp_path / "ventes" / "board.yml").exists()
    assert kanban("init", tmp_path / "ventes", "--git", "--lang", "en").code == 0
    assert (tmp_path / "ventes" / ".git").is_dir()
    assert (tmp_path / "ventes" / "board.yml").is_file()


def test_an_existing_board_is_never_touched(git_folder: GitFolder, kanban: Kanban) -> None:
    git_folder.write("board.yml", "title: mine\n")
    again = kanban("-C", git_folder.root, "init")
    assert again.code == 2
    assert (git_folder.root / "board.yml").read_text() == "title: mine\n"


def test_the_sixth_card_into_a_column_of_five_is_refused(git_folder: GitFolder, kanban: Kanban) -> None:
    kanban("-C", git_folder.root, "init", "--lang", "fr")
    card = "---\naccount: {0}\nnext_action: relancer\nnext_action_date: 2026-10-06\ndod: [receipt-acknowledged]\n---\n"
    for name in ("a", "b", "c", "d", "e"):
        git_folder.write(f"negociation/{name}.md", card.format(name))
    git_folder.write("offre/f.md", card.format("f"))
    git_folder.commit()
    before = git_folder.git("rev-parse", "HEAD")
    refused = kanban("-C", git_folder.root, "--lang", "en", "move", "f", "negociation", *AS_OF)
    assert refused.code == 1
    assert "Négociation is full: 5 cards for a limit of 5 (a, b, c, d, e)" in refused.err
    assert "--force --reason" in refused.err
    assert "kanban win" in refused.err
    assert git_folder.git("rev-parse", "HEAD") == before
    assert git_folder.git("status", "--porcelain") == ""
    forced = kanban("-C", git_folder.root, "move", "f", "negociation", "--force", "--reason", "signe demain", *AS_OF)
    assert forced.code == 0
    assert "Override: wip-column: signe demain" in git_folder.git("log", "-1", "--format=%b")


def test_dry_run_and_no_commit(git_folder: GitFolder, kanban: Kanban) -> None:
    kanban("-C", git_folder.root, "init", "--lang", "en")
    kanban("-C", git_folder.root, "new", "Beta", *READY, *AS_OF)
    head = git_folder.git("rev-parse", "HEAD")
    dry = kanban("-C", git_folder.root, "move", "beta", "qualified", "--dry-run", *AS_OF)
    assert (dry.code, git_folder.git("status", "--porcelain")) == (0, "")
    staged = kanban("-C", git_folder.root, "move", "beta", "qualified", "--no-commit", *AS_OF)
    assert staged.code == 0
    assert git_folder.git("status", "--porcelain") == "R  prospects/beta.md -> qualified/beta.md\n"
    assert git_folder.git("rev-parse", "HEAD") == head


def test_set_changes_one_line(git_folder: GitFolder, kanban: Kanban) -> None:
    kanban("-C", git_folder.root, "init", "--lang", "fr")
    card = git_folder.write("prospects/x.md", "---\naccount: 'X'   # ours\nzodiac: lion\namount: 10 k€\n---\nbody\n")
    git_folder.commit()
    done = kanban(
        "-C", git_folder.root, "set", "x", "amount=12 k€", "next_action=rappeler", "next_action_date=demain", *AS_OF
    )
    assert done.code == 0
    assert card.read_text() == (
        "---\naccount: 'X'   # ours\nzodiac: lion\namount: 12 k€\nnext_action: rappeler\nnext_action_date: 2026-10-06\n"
        "---\nbody\n"
    )
    assert kanban("-C", git_folder.root, "set", "x", "amount=beaucoup", *AS_OF).code == 2


def test_edit_commits_what_can_be_read_and_keeps_what_cannot(
    git_folder: GitFolder, kanban: Kanban, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kanban("-C", git_folder.root, "init", "--lang", "en")
    kanban("-C", git_folder.root, "new", "Beta", *READY, *AS_OF)
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "%s" "$TEXT" > "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    saved = "---\naccount: Beta SA\nnext_action: call\nnext_action_date: 2026-10-06\n---\n"
    monkeypatch.setenv("TEXT", saved)
    assert kanban("-C", git_folder.root, "edit", "beta").code == 0
    assert git_folder.git("show", "HEAD:prospects/beta.md") == saved
    monkeypatch.setenv("TEXT", "---\naccount: Beta SA\n---\n")
    refused = kanban("-C", git_folder.root, "edit", "beta")
    assert refused.code == 1
    assert "beta would have no dated next action" in refused.err
    assert git_folder.git("show", "HEAD:prospects/beta.md") == saved
    monkeypatch.setenv("TEXT", "---\naccount: [Beta\n---\n")
    head = git_folder.git("rev-parse", "HEAD")
    broken = kanban("-C", git_folder.root, "edit", "beta")
    assert broken.code == 2
    assert "prospects/beta.md:" in broken.err
    assert (git_folder.root / "prospects/beta.md").read_text() == os.environ["TEXT"]
    assert git_folder.git("rev-parse", "HEAD") == head


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("move", "nobody", "qualified"), 2, "there is no card “nobody”"),
        (("move", "beta", "nowhere"), 2, "columns are prospects, qualified"),
        (("mvoe", "beta"), 2, "did you mean move"),
        (("move", "beta", "qualified", "--force"), 2, "needs a reason"),
        (("set", "beta", "amount"), 2, "key=value"),
        (("list", "--as-of", "someday"), 2, "--as-of"),
        (("new", " "), 2, "needs an account"),
        (("new", "X", "--id", "../x"), 2, "cannot be a card's file name"),
    ],
)
def test_mistakes_get_a_message_and_a_code(
    arguments: tuple[str, ...], code: int, said: str, git_folder: GitFolder, kanban: Kanban
) -> None:
    kanban("-C", git_folder.root, "init", "--lang", "en")
    kanban("-C", git_folder.root, "new", "Beta", *READY, *AS_OF)
    answer = kanban("-C", git_folder.root, *arguments)
    assert answer.code == code
    assert said in answer.err
    assert "Traceback" not in answer.err


def test_hooks_are_set_up_with_the_board_or_in_a_clone(git_folder: GitFolder, kanban: Kanban) -> None:
    git_folder.write(".git/hooks/pre-push", "#!/bin/sh\n# theirs\n")
    board = git_folder.root / "ventes"
    made = kanban("init", board, "--lang", "en", "--hooks")
    assert made.code == 0
    hook = (git_folder.root / ".git/hooks/pre-commit").read_text()
    assert "kanban -C ventes lint --staged --changed-only" in hook
    assert (git_folder.root / ".git/hooks/pre-push").read_text() == "#!/bin/sh\n# theirs\n"
    assert "somebody else's hook" in made.err
    git_folder.write("ventes/prospects/x.md", "---\naccount: [X\n---\n")
    git_folder.git("add", "-A")
    with pytest.raises(AssertionError, match="KB110"):
        git_folder.git("commit", "-m", "a broken card")
    (git_folder.root / ".git/hooks/pre-commit").unlink()
    assert kanban("-C", board, "init", "--hooks", "--dry-run").code == 0
    assert not (git_folder.root / ".git/hooks/pre-commit").exists()
    assert kanban("-C", board, "init", "--hooks").code == 0
    assert (git_folder.root / ".git/hooks/pre-commit").exists()


def test_a_site_is_no_part_of_the_board_and_no_change_of_it(git_folder: GitFolder, kanban: Kanban) -> None:
    kanban("-C", git_folder.root, "init", "--lang", "en")
    kanban("-C", git_folder.root, "new", "ACME SAS", *AS_OF)
    changed = "+ uncommitted changes"
    for output in ("site", "elsewhere", "site"):
        assert kanban("-C", git_folder.root, "render", "--output", output, *AS_OF).code == 0
        assert changed not in (git_folder.root / output / "index.html").read_text()
    assert git_folder.git("status", "--porcelain") == "?? elsewhere/\n"
    (git_folder.root / "prospects" / "beta.md").write_text("---\naccount: Beta\n---\n")
    kanban("-C", git_folder.root, "render", *AS_OF)
    assert changed in (git_folder.root / "site" / "index.html").read_text()


def test_somebody_s_list_of_what_git_ignores_is_left_alone(git_folder: GitFolder, kanban: Kanban) -> None:
    git_folder.write(".gitignore", "*.bak\n")
    assert kanban("-C", git_folder.root, "init").code == 0
    assert (git_folder.root / ".gitignore").read_text() == "*.bak\n"
