"""Where a board is shared and from which branch: settled by `sync` itself, or by one of our own commands."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable

import pytest

from kanban.commands.setup.schema import schema_of
from kanban.commands.together import homecoming
from tests.team.conftest import Gather, Member, Table

pytestmark = pytest.mark.sweep(file=True)

HOOKED = pytest.mark.parametrize("hooks", [True, False], ids=["with hooks", "without"])


def looked_back(zoe: Member) -> None:
    zoe.git("checkout", "-q", "HEAD~1")


def stayed(zoe: Member) -> None:
    zoe.git("checkout", "-q", "--detach")


def committed_there(zoe: Member) -> None:
    zoe.git("checkout", "-q", "--detach")
    by_hand(zoe, "acme", "written there")


def committed_on_both(zoe: Member) -> None:
    zoe.git("checkout", "-q", "HEAD~1")
    by_hand(zoe, "acme", "written there")
    by_hand(zoe, "beta", "and there", column="offre")


def without_a_branch(zoe: Member) -> None:
    zoe.git("checkout", "-q", "--detach")
    by_hand(zoe, "acme", "written there")
    zoe.git("branch", "-q", "-D", "main")


def in_search_of_a_fault(zoe: Member) -> None:
    zoe.git("bisect", "start", "-q", "HEAD", "HEAD~2", ok=False)


def by_hand(zoe: Member, card: str, text: str, *, column: str = "prospects") -> None:
    file = zoe.root / column / f"{card}.md"
    file.write_text(file.read_text("utf-8").rstrip("\n") + f"\n- {text}\n", "utf-8")
    zoe.git("commit", "-q", "--no-verify", "-a", "-m", "by hand")


def looking_at_anothers_plan(zoe: Member) -> None:
    zoe.git("checkout", "-q", "-b", "plan")
    by_hand(zoe, "acme", "a plan")
    zoe.git("checkout", "-q", "main")
    zoe.git("checkout", "-q", "--detach", "plan")


def committed_on_anothers_plan(zoe: Member) -> None:
    looking_at_anothers_plan(zoe)
    by_hand(zoe, "beta", "more of it", column="offre")


NOWHERE = (looked_back, stayed, committed_there, committed_on_both, without_a_branch, in_search_of_a_fault)


@HOOKED
@pytest.mark.parametrize("situation", NOWHERE, ids=[one.__name__ for one in NOWHERE])
def test_where_no_branch_is_checked_out_sync_goes_back_and_takes_along_what_was_written(
    gather: Gather, hooks: bool, situation: Callable[[Member], None]
) -> None:
    table = gather("Zoe", hooks=hooks)
    (zoe,) = table.members
    for text in ("first", "second"):
        assert zoe.kanban("note", "norvane", text).code == 0
    situation(zoe)
    refused = zoe.kanban("note", "gamma", "called")
    assert refused.code == 2
    assert "kanban resolve --finish" in refused.err
    assert "git " not in refused.err.replace("git hook", "")
    if situation is in_search_of_a_fault:
        assert zoe.kanban("resolve", "--finish").code == 0
    tried = zoe.kanban("sync", "--dry-run")
    assert tried.code == 0, tried.text
    done = zoe.kanban("sync")
    assert done.code == 0, done.text
    assert zoe.git("symbolic-ref", "HEAD") == "refs/heads/main"
    assert zoe.git("status", "--porcelain") == ""
    assert zoe.git("rev-parse", "HEAD") == table.lands("rev-parse", "main")
    assert "- second" in zoe.read("norvane")
    if situation in (committed_there, committed_on_both, without_a_branch):
        assert "- written there" in zoe.read("acme")
    assert zoe.kanban("note", "gamma", "called").code == 0


@pytest.mark.parametrize("situation", [looking_at_anothers_plan, committed_on_anothers_plan])
def test_what_belongs_to_another_branch_is_not_shared(gather: Gather, situation: Callable[[Member], None]) -> None:
    table = gather("Zoe", hooks=False)
    (zoe,) = table.members
    situation(zoe)
    here, before = zoe.git("rev-parse", "HEAD"), table.lands("rev-parse", "main")
    done = zoe.kanban("sync")
    assert (done.code, done.out) == (0, "up to date with origin/main\n")
    assert (zoe.git("symbolic-ref", "HEAD"), table.lands("rev-parse", "main")) == ("refs/heads/main", before)
    assert zoe.git("branch", "--format=%(refname)", "--contains", here), "it is in some branch still"
    assert (f"the branch kept-{here[:8]} keeps it" in done.err) == (situation is committed_on_anothers_plan)


@pytest.mark.parametrize("stopped_at", ["adopt", "symbolic-ref"])
def test_stopped_on_the_way_back_it_goes_on_there(
    gather: Gather, monkeypatch: pytest.MonkeyPatch, stopped_at: str
) -> None:
    (zoe,) = gather("Zoe", hooks=False).members
    assert zoe.kanban("note", "norvane", "first").code == 0
    committed_on_both(zoe)

    class Killed(BaseException):
        """The process ends here."""

    def stopped(*_all: object) -> None:
        if stopped_at == "symbolic-ref":
            adopt(*_all)
        raise Killed

    adopt = homecoming.adopt
    with monkeypatch.context() as patch:
        patch.setattr(homecoming, "adopt", stopped)
        with pytest.raises(Killed):
            zoe.kanban("sync")
    assert zoe.kanban("resolve", "--finish").code == 0
    assert zoe.git("symbolic-ref", "HEAD") == "refs/heads/main"
    assert zoe.git("status", "--porcelain") == ""
    assert ("- first" in zoe.read("norvane"), "- and there" in zoe.read("beta")) == (True, True)
    assert zoe.git("rev-list", "--count", "HEAD") == "5"  # start, a note, two by hand, and what brings them together


def test_back_on_the_branch_with_nobody_to_share_with_it_says_so_and_the_same_command_goes_on(gather: Gather) -> None:
    """Exit code 2 would say that nothing was done."""
    table = gather("Zoe", hooks=False)
    (zoe,) = table.members
    assert zoe.kanban("note", "norvane", "first").code == 0
    committed_on_both(zoe)
    away = table.shared.rename(table.shared.with_name("away.git"))
    stopped = zoe.kanban("sync")
    assert (stopped.code, "the way back to main is begun, the rest is not done: " in stopped.err) == (1, True)
    assert zoe.git("symbolic-ref", "HEAD") == "refs/heads/main"
    away.rename(table.shared)
    assert zoe.kanban("sync").code == 0
    assert zoe.git("rev-parse", "HEAD") == table.lands("rev-parse", "main")


def test_edits_that_stand_in_the_way_back_go_along(gather: Gather) -> None:
    (zoe,) = gather("Zoe", hooks=False).members
    assert zoe.kanban("note", "acme", "first").code == 0
    looked_back(zoe)
    file = zoe.root / "prospects" / "acme.md"
    file.write_text(file.read_text("utf-8") + "- a draft\n", "utf-8")
    for words in (("sync",), ("resolve", "--finish")):
        refused = zoe.kanban(*words)
        assert (refused.code, refused.err.splitlines()[-1]) == (2, "  → kanban sync --include-edits"), refused.text
    assert zoe.kanban("sync", "--include-edits").code == 0
    assert zoe.git("symbolic-ref", "HEAD") == "refs/heads/main"
    assert ("- first" in zoe.read("acme"), "- a draft" in zoe.read("acme")) == (True, True)


def test_a_branch_that_another_folder_has_is_told_with_the_way_there(gather: Gather) -> None:
    (zoe,) = gather("Zoe", hooks=False).members
    zoe.git("checkout", "-q", "--detach")
    zoe.git("worktree", "add", "-q", "../beside", "main")
    refused = zoe.kanban("sync")
    assert refused.code == 2
    assert f"→ kanban -C {zoe.root.parent / 'beside'} sync" in refused.err
    assert zoe.kanban("-C", str(zoe.root.parent / "beside"), "sync").code == 0


def test_a_board_that_is_shared_nowhere_yet(gather: Gather) -> None:
    table = gather("Zoe", hooks=False)
    (zoe,) = table.members
    zoe.git("remote", "remove", "origin")
    refused = zoe.kanban("sync")
    assert refused.code == 2
    assert refused.err.splitlines()[-1] == "  → kanban sync --remote ADDRESS"
    before = zoe.git("config", "--local", "--list")
    for wrong, said in (
        ("team", "there is no remote “team”"),
        ("--upload-pack=x", "there is no remote “--upload-pack=x”"),
        ("ext::touch x", "ext::touch x would start a program"),
        ("../nowhere", "../nowhere cannot be reached"),
    ):
        refused = zoe.kanban("sync", f"--remote={wrong}")
        assert (refused.code, said in refused.err) == (2, True), refused.err
        assert zoe.git("config", "--local", "--list") == before
    assert zoe.kanban("sync", "--dry-run", "--remote", str(table.shared)).code == 0
    assert zoe.git("config", "--local", "--list") == before
    assert zoe.kanban("note", "acme", "first").code == 0
    done = zoe.kanban("sync", "--remote", str(table.shared))
    assert done.code == 0, done.text
    assert "1 change shared (origin/main)" in done.out
    assert zoe.git("rev-parse", "refs/remotes/origin/main") == table.lands("rev-parse", "main")
    assert zoe.kanban("sync").out == "up to date with origin/main\n"
    assert zoe.kanban("sync", "--remote", str(table.shared)).out == "up to date with origin/main\n"


def test_one_of_two_places_is_chosen_once(gather: Gather) -> None:
    table = gather("Zoe", hooks=False)
    (zoe,) = table.members
    zoe.git("remote", "rename", "origin", "team")
    zoe.git("remote", "add", "backup", str(table.shared.parent / "backup.git"))
    zoe.git("config", "--remove-section", "branch.main")
    refused = zoe.kanban("sync")
    assert (refused.code, refused.err.splitlines()[-1]) == (2, "  → kanban sync --remote backup|team")
    assert zoe.kanban("sync", "--remote", "team").out == "up to date with team/main\n"
    assert zoe.kanban("sync").out == "up to date with team/main\n"
    zoe.git("init", "-q", "--bare", "-b", "main", str(table.shared.parent / "backup.git"))
    assert zoe.kanban("sync", "--remote", "backup").out == "1 change shared (backup/main)\n"


def test_a_new_branch_is_shared_whole_and_only_what_nobody_has_is_counted(gather: Gather) -> None:
    table = gather("Zoe", hooks=False)
    (zoe,) = table.members
    zoe.git("checkout", "-q", "--no-track", "-b", "plan")
    assert zoe.kanban("sync", "--dry-run").out == "would do: branch shared (origin/plan)\n"
    assert zoe.kanban("sync", "--no-push").out == "branch not shared yet (origin/plan)\n"
    assert zoe.kanban("sync").out == "branch shared (origin/plan)\n"
    assert table.lands("rev-parse", "plan") == zoe.git("rev-parse", "HEAD")
    assert zoe.kanban("sync").out == "up to date with origin/plan\n"
    zoe.git("checkout", "-q", "--no-track", "-b", "second")
    assert zoe.kanban("note", "acme", "first").code == 0
    assert zoe.kanban("sync").out == "1 change shared (origin/second)\n"


def test_a_board_with_another_past_is_told_how_to_share_it_elsewhere(gather: Gather) -> None:
    table = gather("Zoe", hooks=False)
    (zoe,) = table.members
    other = table.shared.parent / "other.git"
    zoe.git("init", "-q", "--bare", "-b", "main", str(other))
    zoe.git("push", "-q", str(other), f"{zoe.git('commit-tree', '-m', 'other', 'HEAD^{tree}')}:refs/heads/main")
    refused = zoe.kanban("sync", "--remote", str(other))
    assert refused.code == 2
    assert "this board and shared/main have no common past" in refused.err
    assert "→ `kanban sync --remote ADDRESS` shares it where its own past is" in refused.err
    assert zoe.kanban("sync", "--remote", "origin").out == "up to date with origin/main\n"


def offline(table: Table) -> None:
    shutil.move(table.shared, table.shared.with_name("gone.git"))


def refusing(table: Table) -> None:
    hook = table.shared / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'closed for the night'\nexit 1\n")
    hook.chmod(0o755)


def locked(table: Table) -> None:
    (table.shared / "refs" / "heads" / "main.lock").write_text("")


def unsaved(table: Table) -> None:
    zoe, karim = table.members
    assert karim.kanban("note", "gamma", "by karim").code == 0
    assert karim.kanban("sync").code == 0
    file = zoe.root / "negociation" / "gamma.md"
    file.write_text(file.read_text("utf-8") + "- draft\n", "utf-8")


def nothing(_table: Table) -> None:
    """As it is."""


OUTCOMES = (
    (nothing, (), 0, "shared", {"sent": 1, "pushed": True}),
    (nothing, ("--dry-run",), 0, "shared", {"sent": 1, "pushed": False, "dry_run": True}),
    (nothing, ("--no-push",), 0, "kept-back", {"sent": 1, "pushed": False}),
    (offline, (), 2, "offline", {"upstream": "origin/main", "exit_code": 2, "dry_run": False}),
    (offline, ("--dry-run",), 2, "offline", {"dry_run": True}),
    (refusing, (), 1, "refused", {"said": ["closed for the night"], "exit_code": 1}),
    (locked, (), 2, "busy", {"exit_code": 2}),
    (unsaved, (), 2, "could-not", {"where": "negociation/gamma.md"}),
)


@pytest.mark.parametrize(
    ("situation", "options", "code", "outcome", "more"),
    OUTCOMES,
    ids=[f"{one[0].__name__} {one[1]}" for one in OUTCOMES],
)
def test_the_document_says_what_came_of_it(
    gather: Gather,
    situation: Callable[[Table], None],
    options: tuple[str, ...],
    code: int,
    outcome: str,
    more: dict[str, object],
) -> None:
    from jsonschema import Draft202012Validator

    table = gather("Zoe", "Karim", hooks=False)
    zoe = table.members[0]
    assert zoe.kanban("note", "acme", "mine").code == 0
    situation(table)
    done = zoe.kanban("sync", "--json", *options)
    told = json.loads(done.out)
    assert (done.code, told["outcome"]) == (code, outcome), done.text
    assert {key: told[key] for key in more} == more
    assert bool(code) == bool(done.err), "what is wrong is said to people too"
    if code:
        assert told["message"] in done.err
        assert told["cure"] in done.err
    Draft202012Validator(schema_of("sync")).validate(told)


def test_who_commits_is_said_once_by_our_own_verb(gather: Gather) -> None:
    (zoe,) = gather("Zoe", hooks=False).members
    zoe.git("config", "--remove-section", "user")
    for words in (("note", "acme", "called"), ("sync",)):
        refused = zoe.kanban(*words)
        assert (refused.code, refused.err.splitlines()[-1]) == (2, '  → kanban doctor --me "NAME <ADDRESS>"')
    wrong = zoe.kanban("doctor", "--me", "Zoé")
    assert (wrong.code, "“Zoé” is not a name and an address" in wrong.err) == (2, True)
    told = zoe.kanban("doctor", "--me", "Zoé Martin <zoe@example.org>")
    assert "commits are made as Zoé Martin <zoe@example.org>" in told.out
    assert zoe.kanban("note", "acme", "called").code == 0
    assert zoe.git("log", "-1", "--format=%an <%ae>") == "Zoé Martin <zoe@example.org>"
