"""What a colleague does with an editor and a file manager, without git: `sync` says it, and what is printed mends it."""

from __future__ import annotations

import pytest

from tests.team.conftest import Gather


@pytest.mark.parametrize("hooks", [True, False])
def test_sync_says_what_was_done_by_hand_and_what_to_type(gather: Gather, hooks: bool) -> None:
    zoe, karim = gather("Zoe", "Karim", hooks=hooks).members
    root = zoe.root
    old, new = (root / "prospects" / "acme.md").read_bytes(), root / "prospects" / "delta.md"
    new.write_bytes(old.replace(b"Acme", b"Delta"))
    (root / "negociation" / "gamma.md").write_bytes((root / "negociation" / "gamma.md").read_bytes() + b"- typed\n")
    (root / "prospects" / "acme.md").rename(root / "offre" / "acme.md")
    (root / "prospects" / "norvane.md").unlink()
    (root / "offer.txt").write_text("no card, and nobody's business")

    said = zoe.kanban("sync")
    assert (said.code, said.out) == (0, "up to date with origin/main\n")
    assert said.err.splitlines() == [
        "note: changed by hand and not committed, so nobody else sees it: negociation/gamma.md and prospects/delta.md"
        "  → `kanban sync --include-edits`",
        "note: moved by hand, which no rule has judged and nobody else sees: offre/acme.md"
        "  → `kanban doctor --repair` puts it back, then `kanban move acme offre`",
        "note: gone from this folder, and still there for everybody else: prospects/norvane.md"
        "  → `kanban doctor --repair` puts it back",
    ]
    refused = zoe.kanban("note", "acme", "called")
    assert (refused.code, "→ `kanban doctor --repair` puts it back" in refused.err) == (2, True)

    repaired = zoe.kanban("doctor", "--repair")
    assert repaired.err.splitlines()[:2] == [
        "put back where it was: prospects/acme.md",
        "put back where it was: prospects/norvane.md",
    ]
    assert (root / "prospects" / "acme.md").read_bytes() == old
    assert zoe.kanban("move", "acme", "offre", "--set", "amount=900").code == 0
    shared = zoe.kanban("sync", "--include-edits")
    assert (shared.code, shared.out, shared.err) == (0, "3 changes shared (origin/main)\n", "")
    assert zoe.git("status", "--porcelain") == "?? offer.txt"
    assert karim.kanban("sync").code == 0
    assert karim.where("acme") == ["offre"]
    assert karim.where("delta") == ["prospects"]
    assert "- typed" in karim.read("gamma")


def test_what_was_staged_or_has_its_place_taken_is_left_to_whoever_did_it(gather: Gather) -> None:
    (zoe,) = gather("Zoe").members
    zoe.git("mv", "prospects/acme.md", "offre/acme.md")
    assert zoe.kanban("doctor", "--repair").err.splitlines()[0] == "nothing to repair"
    assert zoe.where("acme") == ["offre"]


def test_a_card_that_breaks_a_rule_is_not_committed_by_include_edits(gather: Gather) -> None:
    (zoe,) = gather("Zoe").members
    (zoe.root / "prospects" / "acme.md").write_text("---\naccount: [\n---\n")
    before = zoe.git("rev-parse", "HEAD")
    said = zoe.kanban("sync", "--include-edits")
    assert said.code != 0
    assert "prospects/acme.md" in said.err
    assert zoe.git("rev-parse", "HEAD") == before
