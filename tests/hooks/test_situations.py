"""Every situation in which a hook that looks at file names or at the disk goes wrong, through the real pre-commit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hooks.conftest import Workshop
from tests.lint.conftest import card

pytestmark = [pytest.mark.sweep, pytest.mark.slow]
UNDATED = card("Norvane", next_action_date="")


def test_a_pure_move_into_a_full_column_is_refused(workshop: Workshop) -> None:
    workshop.write("negociation/one.md", card("One"))
    workshop.force()
    workshop.git("mv", "prospects/acme.md", "negociation/acme.md")
    verdict = workshop.try_commit(message="acme: pulled\n\nReason: skips a column")
    assert not verdict.green
    assert "KB304" in verdict.said


def test_a_pure_move_into_a_column_with_room_is_not(workshop: Workshop) -> None:
    workshop.git("mv", "prospects/acme.md", "offre/acme.md")
    assert workshop.try_commit().green


def test_a_deletion_alone_is_seen(workshop: Workshop) -> None:
    workshop.hook("commit-msg")
    workshop.git("rm", "-q", "prospects/acme.md")
    verdict = workshop.try_commit()
    assert not verdict.green
    assert "KB404" in verdict.said
    assert "no-verify" not in verdict.said
    assert workshop.try_commit(message="acme goes\n\nReason: created twice").green


def test_a_revert_of_a_move_needs_no_other_reason(workshop: Workshop) -> None:
    workshop.hook("commit-msg")
    workshop.git("mv", "prospects/acme.md", "offre/acme.md")
    assert workshop.try_commit(message="acme on").green
    reverted = workshop.try_git("revert", "--no-edit", "HEAD")
    assert reverted.green, reverted.said
    assert (workshop.root / "prospects/acme.md").exists()


def test_a_deletion_that_ends_a_breach_is_welcome(workshop: Workshop) -> None:
    workshop.write("offre/acme.md", card())
    workshop.force("a card in two columns")
    workshop.git("rm", "-q", "prospects/acme.md")
    assert workshop.try_commit().green


def test_forty_two_cards_are_one_board(workshop: Workshop) -> None:
    for number in range(42):
        workshop.write(f"prospects/card-{number}.md", card(f"Account {number}"))
    workshop.write("nurturing/card-7.md", card("Account 7"))
    workshop.git("add", "-A")
    verdict = workshop.try_commit()
    assert not verdict.green
    assert verdict.said.count("KB303") == 1


def test_a_link_in_place_of_a_card_is_told(workshop: Workshop) -> None:
    (workshop.root / "offre/acme.md").symlink_to("../prospects/acme.md")
    workshop.git("add", "-A")
    verdict = workshop.try_commit()
    assert not verdict.green
    assert "KB119" in verdict.said


def test_a_plain_move_on_disk_makes_no_false_duplicate(workshop: Workshop) -> None:
    workshop.write("prospects/norvane.md", card("Norvane"))
    workshop.force()
    workshop.write("prospects/acme.md", card(amount="30000"))
    workshop.git("add", "prospects/acme.md")
    (workshop.root / "prospects/norvane.md").rename(workshop.root / "offre/norvane.md")
    assert workshop.try_commit().green
    assert (workshop.root / "offre/norvane.md").exists()


def test_a_commit_of_one_path_is_judged_without_what_else_is_staged(workshop: Workshop) -> None:
    workshop.write("negociation/one.md", card("One"))
    workshop.write("prospects/two.md", card("Two"))
    workshop.force()
    workshop.git("mv", "prospects/two.md", "negociation/two.md")
    workshop.write("prospects/acme.md", card(amount="30000"))
    assert workshop.try_commit("prospects/acme.md").green
    assert not workshop.try_commit(message="two\n\nReason: big").green


def test_a_commit_of_one_path_is_judged_by_that_path(workshop: Workshop) -> None:
    workshop.write("prospects/acme.md", card(next_action_date=""))
    workshop.git("add", "-A")
    workshop.write("prospects/norvane.md", card("Norvane"))
    workshop.git("add", "prospects/norvane.md")
    verdict = workshop.try_commit("prospects/acme.md")
    assert not verdict.green
    assert "KB501" in verdict.said


def test_half_of_a_move_is_a_card_in_two_columns(workshop: Workshop) -> None:
    workshop.git("mv", "prospects/acme.md", "offre/acme.md")
    verdict = workshop.try_commit("offre/acme.md")
    assert not verdict.green
    assert "KB303" in verdict.said


def test_commit_all_is_judged_by_its_own_index(workshop: Workshop) -> None:
    workshop.write("prospects/acme.md", card(next_action_date=""))
    assert not workshop.try_commit("-a").green


def test_a_linked_working_tree_is_judged_by_its_own_index(workshop: Workshop, tmp_path: Path) -> None:
    linked = tmp_path / "linked"
    workshop.git("worktree", "add", "-q", str(linked), "-b", "side")
    workshop.write("offre/bad.md", UNDATED)
    workshop.git("add", "-A")
    (linked / "offre/norvane.md").write_text(card("Norvane"), "utf-8")
    workshop.try_git("add", "-A", cwd=linked)
    assert workshop.try_git("commit", "-q", "-m", "good", cwd=linked).green


def test_amending_nothing_is_let_through_and_amending_badly_is_not(workshop: Workshop) -> None:
    assert workshop.try_commit("--amend", message="start, said better").green
    workshop.write("prospects/acme.md", card(next_action_date=""))
    workshop.git("add", "-A")
    assert not workshop.try_commit("--amend").green


def two_green_branches(workshop: Workshop) -> None:
    """`main` and `other` each hold one card in a column for one."""
    workshop.git("switch", "-q", "-c", "other")
    workshop.write("negociation/two.md", card("Two"))
    workshop.force()
    workshop.git("switch", "-q", "main")
    workshop.write("negociation/one.md", card("One"))
    workshop.force()


def test_a_clean_merge_of_two_green_branches_can_be_red(workshop: Workshop) -> None:
    two_green_branches(workshop)
    verdict = workshop.try_git("merge", "--no-edit", "other")
    assert not verdict.green
    assert "KB304" in verdict.said


def test_a_clean_merge_does_not_answer_for_the_steps_of_the_other_branch(workshop: Workshop) -> None:
    workshop.git("switch", "-q", "-c", "other")
    workshop.git("rm", "-q", "prospects/acme.md")
    workshop.force("acme: created twice\n\nReason: created twice")
    workshop.git("switch", "-q", "main")
    workshop.write("offre/one.md", card("One"))
    workshop.force()
    assert workshop.try_git("merge", "--no-edit", "other").green


def test_what_no_hook_sees_the_build_server_sees(workshop: Workshop) -> None:
    workshop.write("negociation/one.md", card("One"))
    workshop.force()
    workshop.git("mv", "negociation/one.md", "perdu/one.md")
    workshop.force("lost")
    workshop.write("negociation/two.md", card("Two"))
    workshop.force()
    assert workshop.try_git("revert", "--no-edit", "HEAD~1").green
    checked = workshop.try_git("-c", "alias.k=!kanban", "k", "lint", "--rev", "HEAD", "--output-format", "concise")
    assert checked.code == 1
    assert "KB304" in checked.said


def conflict(workshop: Workshop) -> None:
    """`acme` changed on both sides."""
    workshop.git("switch", "-q", "-c", "other")
    workshop.write("prospects/acme.md", card(amount="30000"))
    workshop.force()
    workshop.git("switch", "-q", "main")
    workshop.write("prospects/acme.md", card(amount="31000"))
    workshop.force()
    assert not workshop.try_git("merge", "--no-edit", "other").green


def test_a_conflict_left_in_a_card_is_refused_and_a_settled_one_is_not(workshop: Workshop) -> None:
    conflict(workshop)
    workshop.git("add", "-A")
    verdict = workshop.try_commit()
    assert not verdict.green
    assert "KB113" in verdict.said
    workshop.write("prospects/acme.md", card(amount="31000"))
    workshop.git("add", "-A")
    assert workshop.try_commit().green


@pytest.fixture
def remote(workshop: Workshop, tmp_path: Path) -> Path:
    """An empty bare repository that is `origin`."""
    bare = tmp_path / "remote.git"
    workshop.git("init", "-q", "--bare", "-b", "main", str(bare))
    workshop.git("remote", "add", "origin", str(bare))
    workshop.hook("pre-push")
    return bare


def test_the_first_push_to_an_empty_remote_is_checked_whole(workshop: Workshop, remote: Path) -> None:
    workshop.git("mv", "prospects/acme.md", "negociation/acme.md")
    workshop.force("acme jumps")
    verdict = workshop.try_git("push", "-q", "origin", "main")
    assert not verdict.green
    assert "KB401" in verdict.said


def test_a_push_is_checked_from_what_the_remote_has(workshop: Workshop, remote: Path) -> None:
    workshop.git("push", "-q", "--no-verify", "origin", "main")
    workshop.git("rm", "-q", "prospects/acme.md")
    workshop.force("clean up")
    verdict = workshop.try_git("push", "-q", "origin", "main")
    assert not verdict.green
    assert "KB404" in verdict.said
    workshop.git("commit", "-q", "--no-verify", "--amend", "-m", "clean up\n\nReason: created twice")
    assert workshop.try_git("push", "-q", "origin", "main").green


def test_a_card_missing_on_disk_still_counts(workshop: Workshop) -> None:
    workshop.write("negociation/one.md", card("One"))
    workshop.write("negociation/two.md", card("Two"))
    workshop.git("add", "-A")
    (workshop.root / "negociation/two.md").unlink()
    verdict = workshop.try_git("-c", "alias.p=!pre-commit", "p", "run", "--all-files", "kanban-lint")
    assert not verdict.green
    assert "KB304" in verdict.said


BODY = "\n".join(f"line {number}" for number in range(8))


def test_a_fix_beside_unstaged_edits_is_rolled_back_and_nothing_is_lost(workshop: Workshop) -> None:
    workshop.use("kanban-fix")
    good = card(account="ACME", body=BODY)
    workshop.write("prospects/acme.md", good)
    workshop.force()
    staged = good.replace("next_action_date: 2026-10-08", "next_action_date: 8 October 2026")
    workshop.write("prospects/acme.md", staged)
    workshop.git("add", "-A")
    edited = staged.replace("owner: Zoé", "owner: Karim")
    workshop.write("prospects/acme.md", edited)
    verdict = workshop.try_commit()
    assert not verdict.green
    assert (workshop.root / "prospects/acme.md").read_text("utf-8") in (
        edited,
        edited.replace("8 October 2026", "2026-10-08"),
    )
    assert workshop.git("show", ":prospects/acme.md") == staged


def test_the_fixing_hook_fixes_and_asks_for_the_fix_to_be_staged(workshop: Workshop) -> None:
    workshop.use("kanban-fix")
    workshop.write("prospects/acme.md", card(next_action_date="8 October 2026"))
    workshop.git("add", "-A")
    assert not workshop.try_commit().green
    assert "next_action_date: 2026-10-08" in (workshop.root / "prospects/acme.md").read_text("utf-8")


def test_the_hook_for_files_looks_at_the_files_it_is_given(workshop: Workshop) -> None:
    workshop.use("kanban-lint-files")
    workshop.write("offre/old.md", UNDATED)
    workshop.force("an old mistake")
    workshop.write("notes/readme.md", "# not the board's\n")
    workshop.write("prospects/acme.md", card(amount="30000"))
    workshop.git("add", "-A")
    assert workshop.try_commit().green
    workshop.write("prospects/acme.md", card(next_action_date=""))
    workshop.git("add", "-A")
    assert not workshop.try_commit().green


def test_a_move_back_needs_its_reason_in_the_message(workshop: Workshop) -> None:
    workshop.hook("commit-msg")
    workshop.write("offre/norvane.md", card("Norvane"))
    workshop.force()
    workshop.git("mv", "offre/norvane.md", "prospects/norvane.md")
    verdict = workshop.try_commit(message="norvane back")
    assert not verdict.green
    assert "KB402" in verdict.said
    assert workshop.try_commit(message="norvane back\n\nReason: budget postponed").green


def test_a_clock_does_not_block_an_unrelated_commit(workshop: Workshop) -> None:
    workshop.write("offre/late.md", card("Late", next_action_date="2020-01-06", close_date="2020-01-06"))
    workshop.force()
    workshop.write("offre/late.md", card("Late", next_action_date="2020-01-07", close_date="2020-01-06"))
    workshop.git("add", "-A")
    assert workshop.try_commit().green


def test_a_commit_beside_the_board_is_not_stopped_by_old_mistakes(workshop: Workshop) -> None:
    workshop.write("offre/old.md", UNDATED)
    workshop.force("an old mistake")
    workshop.write("notes.txt", "something else\n")
    workshop.git("add", "-A")
    assert workshop.try_commit().green
