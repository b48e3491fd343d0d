"""No refusal loses what was typed; several gestures are one commit, all or none."""

from __future__ import annotations

import pytest

from tests.team.conftest import RULES, Gather

pytestmark = pytest.mark.sweep(one_in=3)

HOOKED = pytest.mark.parametrize("hooks", [True, False], ids=["with hooks", "without"])
TICKED = RULES.replace("dor: [{id: priced, field: amount}]", "dor: [agenda-sent]")


def typed(refusal: str) -> list[str]:
    """The command that a refusal prints between back quotes, in words."""
    import shlex

    (command,) = [part for part in refusal.split("`") if part.startswith("kanban note")]
    return shlex.split(command)[1:]


@HOOKED
def test_a_refused_move_prints_the_command_with_the_tick_that_lacks(gather: Gather, hooks: bool) -> None:
    (zoe,) = gather("Zoe", hooks=hooks, rules=TICKED).members
    words = ("note", "acme", "wants SSO, said “yes”", "--next", "demo", "--on", "2026-10-09", "--move", "offre")
    refused = zoe.kanban(*words)
    assert refused.code == 1
    assert typed(refused.err) == [*words, "--tick", "agenda-sent"]
    done = zoe.kanban(*typed(refused.err))
    assert done.code == 0, done.text
    assert zoe.where("acme") == ["offre"]
    assert "- wants SSO, said “yes”" in zoe.read("acme")
    assert "dor: [agenda-sent]" in zoe.read("acme")
    assert zoe.git("rev-list", "--count", "HEAD") == "2"


@HOOKED
def test_keep_writes_note_and_date_and_says_what_is_left_out(gather: Gather, hooks: bool) -> None:
    (zoe,) = gather("Zoe", hooks=hooks).members
    for number in range(3):
        zoe.kanban("new", f"Full {number}", "--column", "offre", "--amount", "10", "--reason", "x", "--force")
    words = ("note", "acme", "called", "--next", "demo", "--on", "2026-10-09", "--move", "offre")
    refused = zoe.kanban(*words)
    assert refused.code == 1
    assert typed(refused.err) == [*words, "--keep"]
    kept = zoe.kanban(*typed(refused.err))
    assert kept.code == 1
    assert "left out: acme may not go to Offre" in kept.err
    assert zoe.where("acme") == ["prospects"]
    assert "- called" in zoe.read("acme")
    assert "next_action_date: 2026-10-09" in zoe.read("acme")


@HOOKED
def test_move_ticks_on_the_way(gather: Gather, hooks: bool) -> None:
    (zoe,) = gather("Zoe", hooks=hooks, rules=TICKED).members
    assert zoe.kanban("move", "acme", "offre").code == 1
    assert zoe.kanban("move", "acme", "offre", "--tick", "agenda-sent").code == 0
    assert "dor: [agenda-sent]" in zoe.read("acme")
    assert zoe.kanban("move", "norvane", "beta", "negociation", "--tick", "agenda-sent").code == 2


def test_a_batch_is_one_commit_that_every_hook_takes(gather: Gather, monkeypatch: pytest.MonkeyPatch) -> None:
    (zoe,) = gather("Zoe").members
    (zoe.root / ".git/today.txt").write_text(
        "# a call\n"
        'note acme "called, wants SSO" --next demo --on 2026-10-09\n'
        "kanban set acme amount=31000\n\n"
        "move acme offre\nmove acme negociation\n"
        'new "Delta SA" --next call --on 2026-10-08\n'
        "note delta-sa first\n"
        "lose gamma --reason price\n",
        "utf-8",
    )
    done = zoe.kanban("batch", ".git/today.txt")
    assert done.code == 0, done.text
    assert zoe.git("rev-list", "--count", "HEAD") == "2"
    assert zoe.git("log", "-1", "--format=%s") == "acme, delta-sa, gamma: batch"
    assert [zoe.where(name) for name in ("acme", "delta-sa", "gamma")] == [["negociation"], ["prospects"], ["perdu"]]
    assert "amount: 31000" in zoe.read("acme")
    assert "- first" in zoe.read("delta-sa")
    assert zoe.git("status", "--porcelain") == ""
    assert zoe.kanban("sync").code == 0
    assert zoe.kanban("undo", "acme").code == 0
    assert (zoe.where("acme"), zoe.where("gamma")) == (["prospects"], ["perdu"])


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("note acme one\nmove acme negociation", 1, "line 2: acme may not go to Negociation"),
        ("note acme one\nnote nobody two", 2, "line 2: "),
        ("note acme one\nsync", 2, "line 2: “sync” is no gesture that a batch takes"),
        ("note acme one\nnote acme 'two", 2, "line 2: a quote is not closed"),
        ("note acme one\nnote acme two --no-commit", 2, "line 2: options of writing"),
        ("note acme one\nmove acme", 2, "line 2: "),
        ("# nothing\n", 2, "there is no gesture to make"),
    ],
)
def test_a_batch_is_all_or_nothing(gather: Gather, text: str, code: int, said: str) -> None:
    (zoe,) = gather("Zoe", hooks=False).members
    (zoe.root / ".git/batch.txt").write_text(text, "utf-8")
    before = zoe.read("acme")
    done = zoe.kanban("batch", ".git/batch.txt")
    assert (done.code, said in done.err) == (code, True), done.text
    assert zoe.read("acme") == before
    assert zoe.git("rev-list", "--count", "HEAD") == "1"
