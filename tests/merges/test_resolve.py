"""Every kind of conflict that a board can get into, made with real git and cured with `kanban resolve`."""

from __future__ import annotations

import jsonschema
import pytest

from tests.boards import FIVE_COLUMNS
from tests.conftest import GitFolder, Kanban
from tests.merges.conftest import CARD, Diverge, cards_in, read

pytestmark = pytest.mark.sweep(one_in=3)

ZOE_NOTE = "- Zoé: budget confirmed\n"
KARIM_NOTE = "- Karim: wants a reference customer\n"
BY_ZOE = CARD + ZOE_NOTE
BY_KARIM = CARD + KARIM_NOTE
LONG = CARD.replace("account: ACME SAS\n", "account: ACME SAS\nsegment: industry\n") + "".join(
    f"- Zoé: detail {number}\n" for number in range(30)
)


def finish(folder: GitFolder, command: str) -> None:
    assert "#" not in "".join(cards_in(folder))
    folder.git("-c", "core.editor=true", *command.split())
    assert folder.git("status", "--porcelain") == ""


def test_two_columns_explained_refused_and_cured(diverge: Diverge, kanban: Kanban) -> None:
    folder = diverge(
        {"prospects/acme.md": None, "offre/acme.md": BY_ZOE}, {"prospects/acme.md": None, "qualifies/acme.md": BY_KARIM}
    )
    told = kanban("-C", folder.root, "resolve")
    assert told.code == 1
    assert "Zoé Martin moved it to Offre, Karim moved it to Qualifiés" in told.out
    assert "kanban resolve acme offre|qualifies" in told.out
    refused = kanban("-C", folder.root, "resolve", "acme")
    assert (refused.code, "each side moved it to another column" in refused.err) == (1, True)
    done = kanban("-C", folder.root, "resolve", "acme", "offre")
    assert done.code == 0, done.err
    assert "kanban resolve --finish" in done.out
    assert cards_in(folder) == ["offre/acme.md"]
    assert read(folder, "offre/acme.md") == CARD + KARIM_NOTE + "\n### 2026-10-01 — call\n\n" + ZOE_NOTE
    finish(folder, "merge --continue")


def test_the_reason_of_a_loss_goes_when_the_card_is_not_lost(diverge: Diverge, kanban: Kanban) -> None:
    lost = CARD.replace("owner: Zoé\n", "owner: Zoé\nlost_reason: price\n")
    folder = diverge(
        {"prospects/acme.md": None, "gagne/acme.md": CARD}, {"prospects/acme.md": None, "perdu/acme.md": lost}
    )
    folder.git("merge", "theirs", check=False)
    assert kanban("-C", folder.root, "resolve", "acme", "gagne").code == 0
    assert "lost_reason" not in (folder.root / "gagne/acme.md").read_text("utf-8")


def test_two_columns_without_edits(diverge: Diverge, kanban: Kanban) -> None:
    folder = diverge(
        {"prospects/acme.md": None, "offre/acme.md": CARD}, {"prospects/acme.md": None, "qualifies/acme.md": CARD}
    )
    assert kanban("-C", folder.root, "resolve", "acme", "Qualifiés").code == 0
    assert cards_in(folder) == ["qualifies/acme.md"]
    assert read(folder, "qualifies/acme.md") == CARD


@pytest.mark.parametrize("how", ["merge", "rebase", "pick"])
def test_a_move_with_a_long_note_against_a_field_edit(diverge: Diverge, kanban: Kanban, how: str) -> None:
    edited = CARD.replace("28 k€", "30 k€") + KARIM_NOTE
    folder = diverge({"prospects/acme.md": None, "offre/acme.md": LONG}, {"prospects/acme.md": edited}, how)
    told = kanban("-C", folder.root, "resolve", "--json")
    assert told.json["cards"][0]["kind"] == "moved-and-changed", told.out
    assert kanban("-C", folder.root, "resolve", "--all").code == 0
    assert cards_in(folder) == ["offre/acme.md"]
    text = read(folder, "offre/acme.md")
    assert "amount: 30 k€" in text
    assert "segment: industry" in text
    assert all(line in text for line in LONG.splitlines(keepends=True) if line.startswith("- "))
    assert KARIM_NOTE in text
    finish(folder, f"{'cherry-pick' if how == 'pick' else how} --continue")


def test_neighbouring_fields(diverge: Diverge, kanban: Kanban) -> None:
    folder = diverge(
        {"prospects/acme.md": CARD.replace("owner: Zoé", "owner: Inès")},
        {"prospects/acme.md": CARD.replace("28 k€", "30 k€   # after the call")},
    )
    assert "<<<<" in read(folder, "prospects/acme.md")
    done = kanban("-C", folder.root, "resolve", "acme")
    assert done.code == 0, done.err
    assert read(folder, "prospects/acme.md") == CARD.replace("28 k€", "30 k€   # after the call").replace(
        "owner: Zoé", "owner: Inès"
    )
    assert "is kept in" in done.err
    finish(folder, "merge --continue")


@pytest.mark.parametrize(("take", "amount"), [("mine", "26 k€"), ("theirs", "30 k€")])
@pytest.mark.parametrize("how", ["merge", "rebase"])
def test_one_field_with_two_values_is_the_users_to_decide(
    diverge: Diverge, kanban: Kanban, take: str, amount: str, how: str
) -> None:
    """In a rebase "mine" is still Zoé's own work, although git calls it "theirs"."""
    folder = diverge(
        {"prospects/acme.md": BY_ZOE.replace("28 k€", "26 k€")},
        {"prospects/acme.md": BY_KARIM.replace("28 k€", "30 k€")},
        how,
    )
    refused = kanban("-C", folder.root, "resolve", "acme")
    assert refused.code == 1
    assert "Amount is “26 k€” here and “30 k€” there" in refused.err
    assert "kanban resolve acme --take mine|theirs" in refused.err
    assert kanban("-C", folder.root, "resolve", "acme", "--take", take).code == 0
    text = read(folder, "prospects/acme.md")
    assert f"amount: {amount}" in text
    assert ZOE_NOTE in text
    assert KARIM_NOTE in text


def test_the_same_note_changed_by_both_keeps_both(diverge: Diverge, kanban: Kanban) -> None:
    old = "- price objection likely\n"
    folder = diverge(
        {"prospects/acme.md": CARD.replace(old, "- price: they want 10 % off\n")},
        {"prospects/acme.md": CARD.replace(old, "- price: fine with the CFO\n")},
    )
    assert kanban("-C", folder.root, "resolve", "acme").code == 1
    assert kanban("-C", folder.root, "resolve", "acme", "--take", "mine").code == 0
    assert read(folder, "prospects/acme.md").endswith("- price: they want 10 % off\n- price: fine with the CFO\n")


def test_a_folder_that_git_thinks_was_renamed(git_folder: GitFolder, diverge: Diverge, kanban: Kanban) -> None:
    git_folder.git("config", "merge.directoryRenames", "conflict")
    board = {"prospects/README.md": None, "prospects/acme.md": None, "prospects/beta.md": None}
    moved = {"offre/acme.md": CARD, "offre/beta.md": CARD.replace("ACME", "Beta")}
    new = CARD.replace("ACME", "Gamma")
    start = {"prospects/acme.md": CARD, "prospects/beta.md": CARD.replace("ACME", "Beta")}
    folder = diverge({**board, **moved}, {"prospects/gamma.md": new}, start=start)
    assert (folder.root / "offre/gamma.md").exists()
    told = kanban("-C", folder.root, "resolve", "--json").json["cards"]
    assert [(one["card"], one["kind"]) for one in told] == [("gamma", "misplaced")]
    assert kanban("-C", folder.root, "resolve", "gamma").code == 0
    assert cards_in(folder) == ["offre/acme.md", "offre/beta.md", "prospects/gamma.md"]
    assert read(folder, "prospects/gamma.md") == new
    finish(folder, "merge --continue")


def test_removed_here_changed_there(diverge: Diverge, kanban: Kanban) -> None:
    folder = diverge({"prospects/acme.md": None}, {"prospects/acme.md": BY_KARIM})
    told = kanban("-C", folder.root, "resolve")
    assert "Zoé Martin removed it, Karim changed it (Prospects)" in told.out
    assert kanban("-C", folder.root, "resolve", "acme").code == 1
    assert kanban("-C", folder.root, "resolve", "acme", "--remove", "--dry-run").code == 0
    assert (folder.root / "prospects/acme.md").exists()
    assert kanban("-C", folder.root, "resolve", "acme", "offre").code == 0
    assert cards_in(folder) == ["offre/acme.md"]
    assert read(folder, "offre/acme.md") == BY_KARIM


def test_moved_here_removed_there(diverge: Diverge, kanban: Kanban) -> None:
    folder = diverge({"prospects/acme.md": None, "offre/acme.md": BY_ZOE}, {"prospects/acme.md": None})
    assert kanban("-C", folder.root, "resolve", "acme", "--remove").code == 0
    assert cards_in(folder) == []
    finish(folder, "merge --continue")


def test_both_made_the_same_card(diverge: Diverge, kanban: Kanban) -> None:
    first = CARD.replace("- price", "- from Zoé\n- price")
    second = CARD.replace("- price", "- from Karim\n- price").replace("owner: Zoé\n", "")
    folder = diverge({"prospects/new.md": first}, {"qualifies/new.md": second}, start={})
    folder.git("merge", "--continue", check=False)
    assert kanban("-C", folder.root, "resolve", "new", "qualifies").code == 0
    text = read(folder, "qualifies/new.md")
    assert "- from Zoé" in text
    assert "- from Karim" in text
    assert not (folder.root / "prospects/new.md").exists()


def test_two_opportunities_under_one_name_are_split(diverge: Diverge, kanban: Kanban) -> None:
    first, second = CARD.replace("ACME SAS", "Dupont Lyon"), CARD.replace("ACME SAS", "Dupont Lille")
    folder = diverge({"prospects/dupont.md": first}, {"prospects/dupont.md": second}, start={})
    told = kanban("-C", folder.root, "resolve", "--json").json["cards"]
    assert [one["kind"] for one in told] == ["same-name"]
    assert kanban("-C", folder.root, "resolve", "dupont").code == 1
    assert kanban("-C", folder.root, "resolve", "dupont", "--split", "../x").code == 2
    assert kanban("-C", folder.root, "resolve", "dupont", "--split", "dupont-lyon").code == 0
    assert cards_in(folder) == ["prospects/dupont-lyon.md", "prospects/dupont.md"]
    assert read(folder, "prospects/dupont-lyon.md") == first
    assert read(folder, "prospects/dupont.md") == second
    finish(folder, "merge --continue")


def test_a_tangle_that_was_committed_all_the_same(diverge: Diverge, kanban: Kanban) -> None:
    """`git add -A && git commit` accepts the card in two columns, conflict markers and all."""
    folder = diverge(
        {"prospects/acme.md": None, "offre/acme.md": BY_ZOE}, {"prospects/acme.md": None, "qualifies/acme.md": BY_KARIM}
    )
    folder.commit("merged without looking")
    told = kanban("-C", folder.root, "resolve")
    assert (told.code, "acme stands in several columns" in told.out) == (1, True)
    assert kanban("-C", folder.root, "resolve", "acme").code == 1
    done = kanban("-C", folder.root, "resolve", "acme", "offre")
    assert done.code == 0, done.err
    assert cards_in(folder) == ["offre/acme.md"]
    text = read(folder, "offre/acme.md")
    assert ZOE_NOTE in text
    assert KARIM_NOTE in text
    assert "<<<" not in text
    assert folder.git("status", "--porcelain") == ""
    assert kanban("-C", folder.root, "lint", "--select", "KB1,KB3", "--exit-zero").out.count("acme") == 0


def test_conflict_markers_committed_inside_the_front_matter(diverge: Diverge, kanban: Kanban) -> None:
    folder = diverge(
        {"prospects/acme.md": BY_ZOE.replace("28 k€", "26 k€")},
        {"prospects/acme.md": BY_KARIM.replace("28 k€", "30 k€")},
    )
    folder.commit("merged without looking")
    assert "<<<<<<<" in folder.git("show", "HEAD:prospects/acme.md")
    assert kanban("-C", folder.root, "resolve", "acme").code == 1
    assert kanban("-C", folder.root, "resolve", "acme", "--take", "theirs").code == 0
    text = folder.git("show", "HEAD:prospects/acme.md")
    assert "amount: 30 k€" in text
    assert "<<<" not in text
    assert ZOE_NOTE in text
    assert KARIM_NOTE in text


def test_the_answers_as_data_follow_their_schema(diverge: Diverge, kanban: Kanban) -> None:
    folder = diverge(
        {"prospects/acme.md": None, "offre/acme.md": BY_ZOE}, {"prospects/acme.md": None, "qualifies/acme.md": BY_KARIM}
    )
    schema = kanban("schema", "resolve").json
    told = kanban("-C", folder.root, "resolve", "--json").json
    jsonschema.validate(told, schema)
    assert [one["kind"] for one in told["cards"]] == ["two-columns"]
    done = kanban("-C", folder.root, "resolve", "acme", "offre", "--json").json
    jsonschema.validate(done, schema)
    assert (done["path"], done["left"]) == ("offre/acme.md", [])


def test_nothing_in_a_knot(diverge: Diverge, kanban: Kanban) -> None:
    folder = diverge({"prospects/b.md": CARD}, {"prospects/c.md": CARD})
    assert kanban("-C", folder.root, "resolve").out.strip() == "no card is in conflict"
    refused = kanban("-C", folder.root, "resolve", "acme")
    assert (refused.code, "nothing to resolve" in refused.err) == (1, True)


def test_a_torn_file_that_is_no_card_is_told_with_its_command(diverge: Diverge, kanban: Kanban) -> None:
    folder = diverge({"offre/README.md": "# one\n"}, {"offre/README.md": "# two\n"})
    told = kanban("-C", folder.root, "resolve")
    assert (told.code, "offre/README.md: no card; both sides changed it" in told.out) == (1, True)
    assert kanban("-C", folder.root, "resolve", "offre/README.md", "--take", "theirs").code == 0
    assert (folder.root / "offre/README.md").read_text("utf-8") == "# two\n"


BROKEN = CARD.replace("account: ACME SAS", "account: [ACME")
RENAMED = BY_KARIM.replace("account: ACME SAS", "account: ACME Group")


@pytest.mark.sweep
@pytest.mark.parametrize("how", ["merge", "rebase"])
@pytest.mark.parametrize(("take", "kept"), [("mine", BROKEN), ("theirs", RENAMED), ("", CARD)])
def test_a_card_that_cannot_be_read_is_taken_whole_or_mended_by_hand(
    diverge: Diverge, kanban: Kanban, how: str, take: str, kept: str
) -> None:
    folder = diverge({"prospects/acme.md": BROKEN}, {"prospects/acme.md": RENAMED}, how)
    refused = kanban("-C", folder.root, "resolve", "acme")
    assert (refused.code, "→ kanban resolve acme --take mine|theirs" in refused.err) == (1, True), refused.err
    if not take:
        folder.write("prospects/acme.md", CARD)
    done = kanban("-C", folder.root, "resolve", "acme", *(("--take", take) if take else ()))
    assert done.code == 0, done.err
    assert read(folder, "prospects/acme.md") == kept
    assert folder.git("ls-files", "-u") == ""


@pytest.mark.sweep
@pytest.mark.parametrize("how", ["merge", "rebase"])
@pytest.mark.parametrize("take", ["mine", "theirs", ""])
@pytest.mark.parametrize("name", ["board.yml", "plan.txt"])
def test_a_file_that_is_no_card_is_settled_by_its_path(
    diverge: Diverge, kanban: Kanban, how: str, take: str, name: str
) -> None:
    texts = {side: FIVE_COLUMNS.replace("title:", f"# {side}\ntitle:") for side in ("mine", "theirs", "")}
    folder = diverge({name: texts["mine"]}, {name: texts["theirs"]}, how, {name: FIVE_COLUMNS})
    told = kanban("-C", folder.root, "lint" if name == "board.yml" else "resolve")
    assert f"→ kanban resolve {name} --take mine|theirs" in told.out + told.err
    refused = kanban("-C", folder.root, "resolve", name)
    assert (refused.code, f"{name} still holds what both sides made of it" in refused.err) == (1, True), refused.err
    if not take:
        folder.write(name, texts[""])
    done = kanban("-C", folder.root, "resolve", name, *(("--take", take) if take else ()))
    assert done.code == 0, done.err
    assert read(folder, name) == texts[take]
    assert kanban("-C", folder.root, "resolve", "--finish").code == 0
    assert folder.git("status", "--porcelain") == ""
