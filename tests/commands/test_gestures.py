"""The daily gestures, each one command and one commit: what they write, what they refuse, what they leave alone."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from kanban.cli import cli
from kanban.gestures.table import GESTURES
from tests.boards import card_text
from tests.conftest import Answer, GitFolder, Kanban

BOARD = """\
title: Pipeline
language: en
currency: EUR
timezone: Europe/Paris
columns:
  - {key: prospects, name: Prospects}
  - {key: qualifies, name: Qualified, wip: 3, dor: [need-explicit]}
  - {key: offre, name: Offer, wip: 2, dod: [receipt]}
  - {key: gagne, name: Won, kind: won}
  - {key: perdu, name: Lost, kind: lost}
  - {key: nurturing, name: Nurturing, kind: parked}
classes:
  - standard
  - {key: expedite, name: Expedite, wip: 1, retrospective_minutes: 10}
  - {key: partner, name: Partner, sla_hours: 24}
owners: [{name: Zoé, role: AE}]
"""

Verb = Callable[..., Answer]


@pytest.fixture
def board(git_folder: GitFolder) -> GitFolder:
    git_folder.write("board.yml", BOARD)
    for column in ("prospects", "qualifies", "offre", "gagne", "perdu", "nurturing"):
        git_folder.write(f"{column}/README.md", f"# {column}\n")
    git_folder.write("prospects/acme.md", card_text("\nFree text.\n", zodiac="lion   # ours", owner="Zoé"))
    git_folder.write("offre/beta.md", card_text(account="Beta", dod="[receipt]", amount="10 k€"))
    git_folder.commit("board", date="2026-10-01T10:00:00+02:00")
    return git_folder


@pytest.fixture
def run(board: GitFolder, kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> Verb:
    monkeypatch.setenv("KANBAN_AS_OF", "2026-10-05")
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2026-10-05T09:00:00+02:00")
    return lambda verb, *arguments: kanban("-C", board.root, verb, *arguments)


def read(board: GitFolder, path: str) -> str:
    return (board.root / path).read_text()


def subject(board: GitFolder) -> str:
    return board.git("log", "-1", "--format=%s").strip()


def test_a_note_with_its_next_action_and_its_move_is_one_commit(board: GitFolder, run: Verb) -> None:
    head = board.git("rev-parse", "HEAD")
    run("tick", "acme", "need-explicit")
    done = run(
        "note",
        "acme",
        "called, wants two",
        "decides Friday",
        "--next",
        "send offer",
        "--on",
        "tomorrow 10:00",
        "--move",
        "qualifies",
    )
    assert (done.code, subject(board)) == (0, "acme: prospects → qualifies")
    assert board.git("rev-list", "--count", f"{head.strip()}..HEAD").strip() == "2"
    assert read(board, "qualifies/acme.md") == (
        "---\naccount: ACME\nnext_action: send offer\nnext_action_date: 2026-10-06T10:00\nzodiac: lion   # ours\n"
        "owner: Zoé\ndor: [need-explicit]\n---\n\nFree text.\n\n## Notes\n\n### 2026-10-05\n\n- called, wants two\n- decides Friday\n"
    )


def test_a_note_has_three_bullets_at_most(board: GitFolder, run: Verb) -> None:
    refused = run("note", "acme", "a", "b", "c", "d")
    assert refused.code == 1
    assert "3 bullets at most" in refused.err
    assert "this one has 4" in refused.err
    assert board.git("status", "--porcelain") == ""
    assert run("note", "acme", "a", "b", "c").code == 0


def test_a_move_inside_a_note_is_refused_as_a_move(board: GitFolder, run: Verb) -> None:
    refused = run("note", "acme", "called", "--move", "qualifies")
    assert refused.code == 1
    assert "kanban tick acme need-explicit" in refused.err
    assert "called" not in read(board, "prospects/acme.md")


def test_three_touches_then_nurturing(board: GitFolder, run: Verb) -> None:
    assert "touch 1 of 3 (call)" in run("touch", "acme", "call").out
    assert "touch 2 of 3 (mail)" in run("touch", "acme", "mail").out
    last = run("touch", "acme", "linkedin", "--park")
    assert last.code == 0
    assert "touches: 3" in read(board, "nurturing/acme.md")
    assert "- touch 3: linkedin" in read(board, "nurturing/acme.md")
    again = run("touch", "acme")
    assert again.code == 1
    assert "has had its 3 touches" in again.err


def test_the_last_touch_offers_nurturing_without_a_terminal(run: Verb) -> None:
    run("touch", "acme")
    run("touch", "acme")
    assert "kanban park acme" in run("touch", "acme").err


def test_a_block_is_dated_and_names_who_unblocks(board: GitFolder, run: Verb) -> None:
    assert run("block", "beta", "--cause", "legal", "--next", "call", "--who", "Zoé", "--since", "2 Oct").code == 0
    text = read(board, "offre/beta.md")
    assert "blocked_since: 2026-10-02\nblocked_cause: legal\nblocked_next: call\nblocked_owner: Zoé\n" in text
    lacking = run("block", "beta", "--cause", "legal")
    assert lacking.code == 1
    assert "--next" in lacking.err
    assert "--who" in lacking.err
    listed = run("list", "--blocked", "--json").json["cards"]
    assert [(card["card"], card["blocked"], card["block"]["since"]) for card in listed] == [
        ("beta", True, "2026-10-02")
    ]
    assert run("unblock", "beta", "--next", "sign", "--on", "tomorrow").code == 0
    assert "blocked" not in read(board, "offre/beta.md")
    assert run("unblock", "beta").code == 2


def test_winning_records_the_amount_and_asks_for_done(board: GitFolder, run: Verb) -> None:
    run("tick", "beta", "receipt", "--off")
    refused = run("win", "beta")
    assert refused.code == 1
    assert "kanban tick beta receipt" in refused.err
    run("tick", "beta", "receipt")
    assert run("win", "beta", "--amount", "9.500 k€", "--note", "signed").code == 2, "two readings"
    assert run("win", "beta", "--amount", "9500", "--note", "signed").code == 0
    assert "amount: 9500\n" in read(board, "gagne/beta.md")
    assert subject(board) == "beta: offre → gagne"


@pytest.mark.parametrize(("reason", "code"), [("price", 0), ("Competition", 0), ("too expensive", 1), ("", 1)])
def test_a_loss_has_a_normalised_reason(reason: str, code: int, board: GitFolder, run: Verb) -> None:
    done = run("lose", "beta", "--reason", reason)
    assert done.code == code
    if code:
        assert "price, timing, fit, competition" in done.err
        assert (board.root / "offre/beta.md").exists()
    else:
        assert f"lost_reason: {reason.lower()}\n" in read(board, "perdu/beta.md")


def test_park_and_reopen_lead_back_to_where_the_card_was(board: GitFolder, run: Verb) -> None:
    assert run("park", "beta", "--until", "2026-12-01").code == 0
    assert "parked_until: 2026-12-01" in read(board, "nurturing/beta.md")
    assert run("reopen", "beta").code == 2, "a reason is not optional"
    assert run("reopen", "beta", "--reason", "new budget").code == 0
    assert "parked_until" not in read(board, "offre/beta.md")
    assert "Override: pull-order: new budget" in board.git("log", "-1", "--format=%b")


def test_an_expedite_leaves_a_retrospective_to_fill_in(board: GitFolder, run: Verb) -> None:
    run("set", "beta", "class=Expedite")
    assert run("set", "acme", "class=expedite", "--force", "--reason", "two at once").code == 0
    run("tick", "acme", "need-explicit")
    refused = run("move", "acme", "qualifies")
    assert refused.code == 1
    assert "Expedite is full: 1 card for a limit of 1 (beta)" in refused.err
    assert run("win", "beta").code == 0
    head = board.git("rev-parse", "HEAD")
    again = run("win", "beta")
    assert (again.code, again.out) == (0, "nothing to change\n")
    assert board.git("rev-parse", "HEAD") == head
    assert read(board, "gagne/beta.md").count("## Retrospective, 10 minutes") == 1
    assert run("move", "acme", "qualifies").code == 0


def test_the_first_note_keeps_the_promise_to_a_partner(board: GitFolder, run: Verb) -> None:
    run("set", "acme", "class=partner", "received_at=2026-10-04 15:00")
    assert "partner waits: answer due 5 Oct 15:00" in run("next").out
    run("note", "acme", "called back")
    assert "answered_at: 2026-10-05" in read(board, "prospects/acme.md")
    assert "partner waits" not in run("next").out


def test_a_renamed_card_keeps_its_past(board: GitFolder, run: Verb) -> None:
    assert run("rename", "acme", "acme-sso").code == 0
    assert "formerly: [acme]" in read(board, "prospects/acme-sso.md")
    events = [line for line in run("log", "acme-sso", "--json").out.splitlines() if '"card": "acme-sso"' in line]
    assert run("rename", "acme-sso", "beta").code == 2
    assert run("rename", "acme-sso", "../x").code == 2
    assert len(events) >= 1


def test_archive_files_closed_cards_by_year(board: GitFolder, run: Verb, kanban: Kanban) -> None:
    board.git("mv", "offre/beta.md", "gagne/beta.md")
    board.commit("won", date="2026-10-02T10:00:00+02:00")
    assert run("archive").out == "nothing to change\n", "closed three days ago"
    assert run("archive", "--days", "3").out == "1 card archived\n"
    assert (board.root / "gagne/2026/beta.md").exists()
    assert run("archive", "--days", "0").out == "nothing to change\n"


def test_pull_proposes_the_best_ready_card(board: GitFolder, run: Verb) -> None:
    refused = run("pull", "qualifies")
    assert refused.code == 1
    assert "acme: not ticked: need explicit" in refused.err
    run("tick", "acme", "need-explicit")
    assert "kanban pull qualifies --yes" in run("pull", "qualifies").out
    assert run("pull", "qualifies", "--yes").code == 0
    assert (board.root / "qualifies/acme.md").exists()
    assert run("pull", "prospects").code == 2
    assert run("pull", "gagne").code == 2


def test_ready_lists_all_that_lacks_and_its_exit_code_says_so(run: Verb) -> None:
    lacking = run("ready", "acme", "--json")
    assert (lacking.code, lacking.json["ready"], [one["rule"] for one in lacking.json["lacking"]]) == (
        1,
        False,
        ["dor"],
    )
    assert run("ready", "beta").code == 0


def test_new_says_what_is_due_downstream(board: GitFolder, run: Verb, kanban: Kanban) -> None:
    run("set", "beta", "next_action_date=2026-10-05")
    added = run("new", "Gamma", "--next", "call", "--on", "tomorrow")
    assert added.code == 0
    assert "catch up first: 1 follow-up is due (beta)" in added.err
    board.write("board.yml", BOARD + "policies: {catch_up: block}\n")
    refused = run("new", "Delta", "--next", "call", "--on", "tomorrow")
    assert refused.code == 1
    assert not (board.root / "prospects/delta.md").exists()


def test_several_cards_move_together_or_not_at_all(board: GitFolder, run: Verb) -> None:
    for name in ("c", "d"):
        board.write(f"prospects/{name}.md", card_text(account=name, dor="[need-explicit]"))
    board.commit()
    refused = run("move", "c", "d", "acme", "qualifies")
    assert refused.code == 1
    assert "acme:" in refused.err
    assert board.git("status", "--porcelain") == ""
    head = board.git("rev-parse", "HEAD").strip()
    assert run("move", "c", "d", "qualifies").code == 0
    assert board.git("rev-list", "--count", f"{head}..HEAD").strip() == "1"


def test_other_work_of_the_user_is_left_alone(board: GitFolder, run: Verb) -> None:
    board.write("staged.txt", "staged")
    board.git("add", "staged.txt")
    board.write("board.yml", BOARD + "# a thought\n")
    before = board.git("ls-files", "-s", "staged.txt")
    assert run("set", "acme", "owner=Zoé", "amount=5 k€").code == 0
    assert board.git("show", "--name-only", "--format=", "HEAD").split() == ["prospects/acme.md"]
    assert board.git("ls-files", "-s", "staged.txt") == before
    assert " M board.yml" in board.git("status", "--porcelain")


def test_unsaved_edits_of_a_moved_card_stay_the_users_own(board: GitFolder, run: Verb) -> None:
    run("tick", "acme", "need-explicit")
    card = board.root / "prospects/acme.md"
    card.write_text(card.read_text() + "a half-written thought\n")
    moved = run("move", "acme", "qualifies")
    assert moved.code == 0
    assert "--include-edits" in moved.err
    assert "half-written" in read(board, "qualifies/acme.md")
    assert "half-written" not in board.git("show", "HEAD:qualifies/acme.md")


@pytest.mark.parametrize(
    "verb", ["new", "set", "note", "touch", "tick", "block", "win", "lose", "park", "move", "rename", "archive"]
)
def test_a_dry_run_changes_nothing(verb: str, board: GitFolder, run: Verb) -> None:
    arguments = {
        "new": ("X",), "set": ("acme", "amount=1 k€"), "note": ("acme", "n"), "touch": ("acme",),
        "tick": ("acme", "need-explicit"), "block": ("acme", "--cause", "c", "--next", "n", "--who", "w"), "win": ("beta",),
        "lose": ("beta", "--reason", "fit"), "park": ("beta",), "move": ("acme", "nurturing"), "rename": ("acme", "z"),
        "archive": (),
    }[verb]  # fmt: skip
    state = board.git("rev-parse", "HEAD") + board.git("status", "--porcelain") + board.git("ls-files", "-s")
    dry = run(verb, *arguments, "--dry-run", "--json")
    assert (dry.code, dry.json["dry_run"], dry.json["commit"]) == (0, True, None)
    assert board.git("rev-parse", "HEAD") + board.git("status", "--porcelain") + board.git("ls-files", "-s") == state


def test_undo_takes_back_the_last_gesture_and_then_the_one_before(board: GitFolder, run: Verb, kanban: Kanban) -> None:
    before = read(board, "prospects/acme.md")
    run("set", "acme", "amount=1 k€")
    run("set", "acme", "amount=2 k€")
    assert kanban("-C", board.root, "undo").code == 0
    assert "amount: 1 k€" in read(board, "prospects/acme.md")
    assert kanban("-C", board.root, "undo").code == 0
    assert read(board, "prospects/acme.md") == before
    assert kanban("-C", board.root, "undo").code == 2


def test_completion_knows_cards_and_columns(board: GitFolder, monkeypatch: pytest.MonkeyPatch, kanban: Kanban) -> None:
    monkeypatch.setenv("_KANBAN_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", f"kanban -C {board.root} move ac")
    monkeypatch.setenv("COMP_CWORD", "4")
    assert kanban().out == "plain,acme\n"
    monkeypatch.setenv("COMP_WORDS", f"kanban -C {board.root} move acme qu")
    monkeypatch.setenv("COMP_CWORD", "5")
    assert "plain,qualifies" in kanban().out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_name_the_command(shell: str, kanban: Kanban, tmp_path: Path) -> None:
    script = kanban("completion", shell)
    assert script.code == 0
    assert "_KANBAN_COMPLETE" in script.out


class Terminal(io.StringIO):
    """Standard input as a person at a terminal types it."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_new_asks_for_what_was_not_given(
    board: GitFolder, run: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("new").code == 2, "no prompt without a terminal"
    monkeypatch.setattr("sys.stdin", Terminal("Gamma SA\nMme Roy\ncall\ntomorrow\n\n\n\n"))
    assert run("new").code == 0
    assert read(board, "prospects/gamma-sa.md") == (
        "---\naccount: Gamma SA\ncontact: Mme Roy\nnext_action: call\nnext_action_date: 2026-10-06\nowner: Zoé\nrole: AE\n---\n"
    )


def test_on_a_terminal_pull_asks_and_heeds_a_no(board: GitFolder, run: Verb, monkeypatch: pytest.MonkeyPatch) -> None:
    run("tick", "acme", "need-explicit")
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert run("pull", "qualifies").code == 0
    assert (board.root / "prospects/acme.md").exists()
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    assert run("pull", "qualifies").code == 0
    assert (board.root / "qualifies/acme.md").exists()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("acme", "acme"),
        ("ac", "acme"),
        ("prospects/acme.md", "acme"),
        ("Beta", "beta"),
        ("bet", "beta"),
        ("ACME", "acme"),
    ],
)
def test_a_card_is_named_by_id_beginning_path_or_account(name: str, found: str, run: Verb) -> None:
    assert run("show", name, "--json").json["card"] == found


def test_an_ambiguous_name_lists_the_candidates(board: GitFolder, run: Verb) -> None:
    board.write("prospects/acme-crm.md", card_text(account="ACME"))
    board.write("prospects/acme-sso.md", card_text(account="ACME"))
    unclear = run("show", "acme-")
    assert unclear.code == 2
    assert "acme-crm" in unclear.err
    assert "acme-sso" in unclear.err
    assert run("show", "acme").code == 0, "an exact id is never ambiguous"


def test_classes_are_seen_and_sorted_first(board: GitFolder, run: Verb) -> None:
    board.write("prospects/later.md", card_text(account="Later", next_action_date="2026-10-06", **{"class": "partner"}))
    board.write(
        "prospects/urgent.md", card_text(account="Urgent", next_action_date="2026-12-01", **{"class": "expedite"})
    )
    cards = [card["card"] for card in run("list", "--column", "prospects", "--json").json["cards"]]
    assert cards == ["urgent", "later", "acme"]
    assert "Expedite" in run("list").out
    assert "Expedite" in run("board").out


def test_a_class_or_owner_that_comes_to_exceed_its_limit_is_refused(board: GitFolder, run: Verb) -> None:
    assert run("set", "beta", "class=expedite").err == ""
    said = run("set", "acme", "class=expedite")
    assert said.code == 1
    assert "Expedite is full: 2 cards for a limit of 1 (acme, beta)" in said.err
    assert run("set", "acme", "amount=10 k€").err == ""


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("tick acme ", "need-explicit"),
        ("lose acme --reason p", "price"),
        ("set acme amo", "amount="),
        ("new A --template d", "discovery"),
        ("new A --class exp", "expedite"),
        ("mail acme follow", "follow-up-again"),
        ("script --copy price", "price-objection"),
    ],
)
def test_completion_knows_the_boards_words(
    words: str, offered: str, board: GitFolder, monkeypatch: pytest.MonkeyPatch, kanban: Kanban
) -> None:
    line = f"kanban -C {board.root} {words}"
    monkeypatch.setenv("_KANBAN_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
    assert f"plain,{offered}\n" in kanban().out


@pytest.mark.parametrize("verb", ["list", "board", "next", "daily", "weekly", "remind"])
def test_an_owner_nobody_knows_is_said(verb: str, run: Verb) -> None:
    said = run(verb, "--owner", "Zéo")
    assert said.code == 0
    assert "note: nobody is called “Zéo” here  → there are Zoé" in said.err
    assert run(verb, "--owner", "zoe").err == ""


def test_a_class_nobody_knows_is_said(run: Verb) -> None:
    assert "there is no class “foo”  → there are Expedite, Partner, standard" in run("list", "--class", "foo").err


def test_hooks_are_not_installed_from_a_folder_that_is_not_there(board: GitFolder, run: Verb) -> None:
    said = run("hook", "install", str(board.root / "nowhere"))
    assert (said.code, "there is no folder" in said.err) == (2, True)
    assert not (board.root / ".git/hooks/pre-commit").exists()


def test_no_editor_is_guessed_without_a_terminal(run: Verb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    said = run("edit", "acme")
    assert (said.code, "there is no terminal to edit in" in said.err) == (2, True)
    monkeypatch.setenv("EDITOR", "no-such-editor-here")
    said = run("edit", "acme")
    assert (said.code, "the editor failed" in said.err) == (2, True)


def test_several_refused_cards_are_several_in_french(run: Verb) -> None:
    said = run("move", "acme", "beta", "qualifies", "--lang", "fr")
    assert "acme, beta ne peuvent pas aller vers Qualified" in said.err


def test_no_verb_has_one_letter_for_two_options() -> None:
    for name in GESTURES:
        command = cli.get_command(click.Context(cli), name)
        if command is None:
            continue
        letters = [one for parameter in command.params for one in parameter.opts if len(one) == 2]
        assert len(letters) == len(set(letters)), (name, letters)
