"""Two people, two clones, one shared repository: nobody overtakes anybody without being told."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.conftest import GitFolder, Kanban
from tests.merges.conftest import CARD, change, start_board

pytestmark = pytest.mark.sweep(one_in=3)

NAMES = {"zoe": "Zoé", "karim": "Karim"}


class Clone(GitFolder):
    """One person's clone."""

    def __init__(self, root: Path, name: str) -> None:
        super().__init__(root)
        self.name = name


class Team:
    """A bare repository and two clones of it over `file://`."""

    def __init__(self, root: Path, start: GitFolder) -> None:
        self.shared = root / "shared.git"
        start.git("clone", "-q", "--bare", str(start.root), str(self.shared))
        self.zoe, self.karim = (self._clone(root / name, NAMES[name]) for name in ("zoe", "karim"))

    def _clone(self, folder: Path, name: str) -> Clone:
        clone = Clone(folder, name)
        clone.git("remote", "add", "origin", f"file://{self.shared}")
        clone.git("fetch", "-q", "origin")
        clone.git("reset", "-q", "--hard", "origin/main")
        clone.git("branch", "-q", "--set-upstream-to=origin/main")
        return clone

    def tip(self) -> str:
        return subprocess.check_output(["git", f"--git-dir={self.shared}", "rev-parse", "main"], text=True).strip()

    def cards(self) -> list[str]:
        listing = subprocess.check_output(
            ["git", f"--git-dir={self.shared}", "ls-tree", "-r", "--name-only", "main"], text=True
        )
        return [path for path in listing.split() if path.endswith(".md") and "README" not in path]


def did(clone: Clone, message: str = "work", **files: str | None) -> None:
    change(clone, {path.replace("__", "/") + ".md": text for path, text in files.items()})
    clone.commit(message, GIT_AUTHOR_NAME=clone.name, GIT_COMMITTER_NAME=clone.name)


@pytest.fixture
def team(git_folder: GitFolder, tmp_path: Path) -> Team:
    files = {f"prospects/{name}.md": CARD.replace("ACME SAS", name) for name in ("acme", "gamma")}
    start_board(git_folder, {**files, "offre/beta.md": CARD.replace("ACME SAS", "beta")})
    return Team(tmp_path, git_folder)


def state(clone: GitFolder) -> tuple[str, str, str]:
    files = "".join(sorted(f"{f.relative_to(clone.root)}\0{f.read_bytes()!r}" for f in clone.root.glob("*/*.md")))
    return clone.git("rev-parse", "HEAD"), clone.git("status", "--porcelain"), files


def test_both_pull_the_last_free_place_and_the_second_is_told(team: Team, kanban: Kanban) -> None:
    """Offre holds 1 of 2: each sees one free place."""
    for clone, card in ((team.zoe, "acme"), (team.karim, "gamma")):
        done = kanban("-C", clone.root, "move", card, "offre", "--force", "--reason", "one place is free")
        assert done.code == 0, done.err
        clone.git("commit", "-q", "--amend", "-m", f"{card}: pulled", "--author", f"{clone.name} <x@example.org>")
    assert kanban("-C", team.karim.root, "sync").code == 0
    shared, before = team.tip(), state(team.zoe)
    refused = kanban("-C", team.zoe.root, "sync")
    assert refused.code == 1
    assert "Offre: 3 cards, limit 2. You brought acme. Karim brought gamma first." in refused.err
    assert "kanban move acme prospects --reason 'no room beside what the others brought'" in refused.err
    assert team.tip() == shared
    assert state(team.zoe) == before
    team.zoe.git("revert", "--no-edit", "HEAD")
    assert kanban("-C", team.zoe.root, "sync").code == 0
    assert team.cards() == ["offre/beta.md", "offre/gamma.md", "prospects/acme.md"]


def test_an_override_said_in_the_commit_is_shared_openly(team: Team, kanban: Kanban) -> None:
    did(team.karim, prospects__gamma=None, offre__gamma=CARD)
    assert kanban("-C", team.karim.root, "sync").code == 0
    did(
        team.zoe,
        "acme: pulled\n\nCard: acme\nOverride: wip-column: the customer waits",
        prospects__acme=None,
        offre__acme=CARD,
    )
    done = kanban("-C", team.zoe.root, "sync")
    assert done.code == 0, done.err
    assert "Offre: 3 cards, limit 2" in done.err


def test_others_work_comes_under_mine_and_is_told(team: Team, kanban: Kanban) -> None:
    did(team.karim, prospects__gamma=None, qualifies__gamma=CARD)
    kanban("-C", team.karim.root, "sync")
    did(team.zoe, "mine", prospects__acme=CARD + "- more\n")
    (team.zoe.root / "offre/beta.md").write_text("draft\n")
    done = kanban("-C", team.zoe.root, "sync")
    assert done.code == 0, done.err
    assert "Karim: gamma: Prospects → Qualifiés" in done.out
    assert "1 change taken in, 1 change shared (origin/main)" in done.out
    assert team.zoe.git("log", "-1", "--format=%s|%an").strip() == "mine|Zoé"
    assert team.zoe.git("rev-parse", "HEAD").strip() == team.tip()
    assert (team.zoe.root / "qualifies/gamma.md").exists()
    assert team.zoe.git("status", "--porcelain").strip() == "M offre/beta.md"
    assert "up to date" in kanban("-C", team.zoe.root, "sync").out


def test_dry_run_and_no_push(team: Team, kanban: Kanban) -> None:
    did(team.karim, prospects__gamma=None, qualifies__gamma=CARD)
    kanban("-C", team.karim.root, "sync")
    did(team.zoe, "mine", prospects__acme=CARD + "- more\n")
    before, shared = state(team.zoe), team.tip()
    answer = kanban("-C", team.zoe.root, "sync", "--dry-run", "--json").json
    jsonschema.validate(answer, kanban("schema", "sync").json)
    assert (answer["received"], answer["sent"], answer["pushed"]) == (1, 1, False)
    assert (state(team.zoe), team.tip()) == (before, shared)
    assert kanban("-C", team.zoe.root, "sync", "--no-push").code == 0
    assert team.tip() == shared
    assert team.zoe.git("rev-parse", "HEAD~1").strip() == shared


def test_by_merge_keeps_both_lines(team: Team, kanban: Kanban) -> None:
    did(team.karim, prospects__gamma=None, qualifies__gamma=CARD)
    kanban("-C", team.karim.root, "sync")
    did(team.zoe, "mine", prospects__acme=CARD + "- more\n")
    assert kanban("-C", team.zoe.root, "sync", "--merge").code == 0
    assert len(team.zoe.git("log", "-1", "--format=%P").split()) == 2
    did(team.karim, prospects__late=CARD)
    kanban("-C", team.karim.root, "sync", "--no-push")
    assert team.karim.git("status", "--porcelain") == ""


def test_a_conflict_is_told_by_card_and_person_and_leaves_all_as_it_was(team: Team, kanban: Kanban) -> None:
    did(team.karim, prospects__acme=None, qualifies__acme=CARD.replace("28", "30"))
    kanban("-C", team.karim.root, "sync")
    did(team.zoe, prospects__acme=None, offre__acme=CARD.replace("28", "26"))
    before = state(team.zoe)
    refused = kanban("-C", team.zoe.root, "sync")
    assert refused.code == 1
    assert "acme: you moved it to Offre, Karim moved it to Qualifiés" in refused.err
    assert "acme: Amount: yours is “26 k€”, that of Karim is “30 k€”" in refused.err
    assert "kanban sync --take acme=offre|qualifies --take acme.amount=mine|theirs" in refused.err
    assert state(team.zoe) == before
    assert kanban("-C", team.zoe.root, "sync", "--take", "acme=offre", "--take", "acme.amount=theirs").code == 0
    assert "offre/acme.md" in team.cards()
    assert "amount: 30 k€" in (team.zoe.root / "offre/acme.md").read_text("utf-8")


def test_a_draft_in_the_way_is_refused_before_anything_is_pushed(team: Team, kanban: Kanban) -> None:
    did(team.karim, prospects__gamma=CARD.replace("28", "30"))
    kanban("-C", team.karim.root, "sync")
    did(team.zoe, "mine", prospects__acme=CARD + "- more\n")
    (team.zoe.root / "prospects/gamma.md").write_text("draft\n")
    before, shared = state(team.zoe), team.tip()
    refused = kanban("-C", team.zoe.root, "sync")
    assert (refused.code, "prospects/gamma.md" in refused.err) == (2, True)
    assert (state(team.zoe), team.tip()) == (before, shared)


def test_a_lost_race_is_run_again(team: Team, kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> None:
    """Karim pushes between Zoé's fetch and her push."""
    from kanban.commands.together import meeting

    did(team.zoe, "mine", prospects__acme=CARD + "- more\n")
    real, calls = meeting.push, []

    def late(*arguments: Any) -> Any:
        calls.append(arguments)
        if len(calls) == 1:
            did(team.karim, prospects__gamma=None, qualifies__gamma=CARD)
            team.karim.git("push", "-q", "origin", "main")
        return real(*arguments)

    monkeypatch.setattr(meeting, "push", late)
    done = kanban("-C", team.zoe.root, "sync")
    assert done.code == 0, done.err
    assert len(calls) == 2
    assert team.zoe.git("rev-parse", "HEAD").strip() == team.tip()
    assert "qualifies/gamma.md" in team.cards()


def test_a_server_that_says_no_is_quoted_and_nothing_moves(team: Team, kanban: Kanban) -> None:
    hook = team.shared / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'Offre is full' >&2\nexit 1\n")
    hook.chmod(0o755)
    did(team.zoe, "mine", prospects__acme=CARD + "- more\n")
    before = state(team.zoe)
    refused = kanban("-C", team.zoe.root, "sync")
    assert (refused.code, "Offre is full" in refused.err) == (1, True)
    assert state(team.zoe) == before


def test_what_was_pushed_before_a_kill_is_not_doubled(team: Team, kanban: Kanban) -> None:
    """The push went through, the clone never learned of it: the same change is recognised."""
    did(team.karim, prospects__gamma=None, qualifies__gamma=CARD)
    kanban("-C", team.karim.root, "sync")
    did(team.zoe, "mine", prospects__acme=CARD + "- more\n")
    old = team.zoe.git("rev-parse", "HEAD").strip()
    kanban("-C", team.zoe.root, "sync")
    tip = team.tip()
    team.zoe.git("reset", "-q", "--hard", old)
    assert kanban("-C", team.zoe.root, "sync").code == 0
    assert team.zoe.git("rev-parse", "HEAD").strip() == tip == team.tip()


def test_a_place_that_is_not_there_is_told(team: Team, kanban: Kanban) -> None:
    team.zoe.git("remote", "set-url", "origin", "file:///nowhere")
    refused = kanban("-C", team.zoe.root, "sync")
    assert (refused.code, "origin cannot be reached" in refused.err) == (2, True)


def test_a_new_branch_is_shared(team: Team, kanban: Kanban) -> None:
    team.zoe.git("switch", "-qc", "plan")
    did(team.zoe, "mine", prospects__acme=CARD + "- more\n")
    assert kanban("-C", team.zoe.root, "sync").code == 0
    assert (
        team.zoe.git("ls-remote", "origin", "refs/heads/plan").split()[0] == team.zoe.git("rev-parse", "HEAD").strip()
    )


@pytest.mark.parametrize("side", ["theirs", "mine"])
def test_a_past_written_anew_is_asked_about_and_never_comes_back_by_itself(
    team: Team, kanban: Kanban, side: str
) -> None:
    """Somebody was erased, or work was lost by mistake: only a person knows. What is only mine is shared either way."""
    did(team.karim, "of somebody", offre__beta=CARD + "- erased\n")
    for clone in (team.karim, team.zoe):
        assert kanban("-C", clone.root, "sync").code == 0
    team.karim.git("reset", "-q", "--hard", "HEAD~1")
    team.karim.git("push", "-q", "--force", "origin", "main")
    did(team.zoe, "mine", prospects__acme=CARD + "- mine\n")
    before, shared = state(team.zoe), team.tip()
    asked = kanban("-C", team.zoe.root, "sync", "--json")
    assert (asked.code, [one["name"] for one in asked.json["questions"]]) == (1, ["origin/main"])
    assert "1 commit that stood there is gone, the newest by Karim" in asked.err
    assert "kanban sync --take origin/main=theirs|mine" in asked.err
    assert (state(team.zoe), team.tip()) == (before, shared)
    done = kanban("-C", team.zoe.root, "sync", "--take", f"origin/main={side}")
    assert done.code == 0, done.err
    subjects = team.zoe.git("log", "--format=%s", "origin/main").split("\n")
    assert subjects[:-2] == {"theirs": ["mine"], "mine": ["mine", "of somebody"]}[side]
    assert team.zoe.git("status", "--porcelain") == ""
    assert ("- erased" in (team.zoe.root / "offre/beta.md").read_text()) is (side == "mine")


def test_the_same_work_under_another_name_is_no_question(team: Team, kanban: Kanban) -> None:
    did(team.karim, "typing mistake", offre__beta=CARD + "- said\n")
    for clone in (team.karim, team.zoe):
        assert kanban("-C", clone.root, "sync").code == 0
    team.karim.git("commit", "-q", "--amend", "-m", "a better message")
    team.karim.git("push", "-q", "--force", "origin", "main")
    did(team.zoe, "mine", prospects__acme=CARD + "- mine\n")
    done = kanban("-C", team.zoe.root, "sync")
    assert done.code == 0, done.err
    assert team.zoe.git("log", "--format=%s", "-2").split("\n")[:2] == ["mine", "a better message"]
