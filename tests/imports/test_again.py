"""The same export again, a newer one, and what was changed on both sides; and whatever stops an import."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.imports.conftest import Desk

HEAD = "Deal ID,Deal,Customer,Amount,Stage,Status,Owner,Created,Closed,Last stage change\n"
FIRST = HEAD + (
    "1,SSO,ACME,28000,Qualified,Open,Zoé,2026-03-02,,2026-03-10\n"
    "2,CRM,Basalt,12000,Offer sent,Open,Karim,2026-03-05,,2026-03-20\n"
    "3,ERP,Corail,9000,Prospects,Open,Zoé,2026-04-01,,\n"
)
NEWER = HEAD + (
    "1,SSO,ACME,31000,Offer sent,Open,Zoé,2026-03-02,,2026-05-04\n"
    "2,CRM,Basalt,12000,Offer sent,Won,Karim,2026-03-05,2026-05-20,2026-03-20\n"
    "3,ERP,Corail,9000,Prospects,Open,Zoé,2026-04-01,,\n"
    "4,BI,Dune,5000,Prospects,Open,Zoé,2026-05-01,,\n"
)


def test_a_newer_export_changes_what_changed(desk: Desk) -> None:
    desk.bring(desk.export("deals.csv", FIRST))
    found = desk.bring(desk.export("deals.csv", NEWER))
    assert (found["new"], found["changed"], found["same"], found["questions"]) == (
        ["dune-bi"],
        ["acme-sso", "basalt-crm"],
        1,
        [],
    )
    assert desk.way("acme-sso")[-1] == ("offer", date(2026, 5, 4), "Zoé")
    assert desk.way("basalt-crm")[-1] == ("won", date(2026, 5, 20), "Karim")
    assert "amount: 31000\n" in desk.card("acme-sso")
    assert desk.bring(desk.root.parent / "deals.csv")["same"] == 4


def test_a_step_without_a_day_is_todays_and_a_deal_that_is_gone_is_told(desk: Desk) -> None:
    head = "ID,Deal,Customer,Stage,Created\n"
    rows = ["1,SSO,ACME,Offer sent,2026-03-02", "2,CRM,Basalt,Offer sent,2026-03-02", "3,ERP,Corail,Won,"]
    desk.bring(desk.export("deals.csv", head + "\n".join(rows)), code=1)
    newer = ["1,SSO,ACME,Negotiation,2026-03-02", "3,ERP,Corail,Won,"]
    found = desk.bring(desk.export("deals.csv", head + "\n".join(newer)), code=1)
    assert (found["changed"], found["absent"]) == (["acme-sso"], ["basalt-crm"])
    assert [(column, day) for column, day, _author in desk.way("acme-sso")] == [
        ("offer", date(2026, 3, 2)),
        ("negotiation", date(2026, 11, 1)),
    ]
    answer = desk.run("-C", desk.root, "import", desk.root.parent / "deals.csv")
    assert "note: 1 open card came with an earlier export and is not in this one: basalt-crm" in answer.err


def test_another_table_with_the_same_numbers_overwrites_nothing(desk: Desk) -> None:
    head = "ID,Deal,Customer,Stage,Created\n"
    desk.bring(desk.export("north.csv", head + "1,SSO,ACME,Offer sent,2026-03-02\n"))
    south = desk.export("south.csv", head + "1,Audit,Dune,Won,2026-03-02\n2,SSO,ACME,Offer sent,2026-03-02\n")
    found = desk.bring(south, "--mapping", _undated(desk, south), code=1)
    assert (found["new"], [one["card"] for one in found["questions"]]) == (["acme-sso-2"], ["acme-sso"])
    assert "`system: NAME`" in found["questions"][0]["cure"]
    named = desk.export("south.yml", _undated(desk, south).read_text().replace("system: sheet", "system: south"))
    assert desk.bring(south, "--mapping", named)["new"] == ["dune-audit", "acme-sso-3"]


def _undated(desk: Desk, table: Path) -> Path:
    guessed = desk.run("-C", desk.root, "import", table, "--guess").out
    return desk.export("map.yml", guessed.replace("undated: refuse", "undated: today"))


def test_several_pipelines_in_one_export_are_told(desk: Desk) -> None:
    rows = "ID,Deal,Pipeline,Stage,Created\n1,A,Sales,Offer sent,2026-03-02\n2,B,Renewals,Offer sent,2026-03-02\n"
    table = desk.export("deals.csv", rows)
    assert (
        "# `Pipeline` holds Sales (1), Renewals (1): all" in desk.run("-C", desk.root, "import", table, "--guess").out
    )
    answer = desk.run("-C", desk.root, "import", table, "--dry-run")
    assert "one alone: `only: {Pipeline: Sales}`" in answer.err


def test_what_was_edited_here_stays_and_what_changed_on_both_sides_is_asked(desk: Desk) -> None:
    desk.bring(desk.export("deals.csv", FIRST))
    desk.run("-C", desk.root, "set", "acme-sso", "amount=29000")
    desk.run("-C", desk.root, "set", "corail-erp", "amount=9500", "tags=warm")
    desk.run("-C", desk.root, "note", "corail-erp", "called")
    before = desk.card("acme-sso")
    found = desk.bring(desk.export("deals.csv", NEWER), code=1)
    assert [(one["card"], "29000" in one["reason"] and "31000" in one["reason"]) for one in found["questions"]] == [
        ("acme-sso", True)
    ]
    assert "amount: 29000\n" in desk.card("acme-sso")
    assert (desk.root / "offer/acme-sso.md").read_text() == before, "only its column was new in one place alone"
    assert "amount: 9500\n" in desk.card("corail-erp")
    assert "- called" in desk.card("corail-erp")
    again = desk.bring(desk.root.parent / "deals.csv", "--theirs", "acme-sso")
    assert (again["changed"], again["questions"]) == (["acme-sso"], [])
    assert "amount: 31000\n" in desk.card("acme-sso")


def test_a_card_moved_on_both_sides_is_asked(desk: Desk) -> None:
    desk.bring(desk.export("deals.csv", FIRST))
    desk.run("-C", desk.root, "move", "acme-sso", "negotiation", "--reason", "signed soon", "--force")
    found = desk.bring(desk.export("deals.csv", NEWER), code=1)
    assert [one["card"] for one in found["questions"]] == ["acme-sso"]
    assert (desk.root / "negotiation/acme-sso.md").exists()


def test_a_card_that_was_renamed_or_deleted_here_is_known(desk: Desk) -> None:
    desk.bring(desk.export("deals.csv", FIRST))
    desk.run("-C", desk.root, "rename", "acme-sso", "acme-login")
    desk.folder.git("rm", "-q", "prospects/corail-erp.md")
    desk.folder.git("commit", "-q", "-m", "gone")
    found = desk.bring(desk.export("deals.csv", FIRST), code=1)
    assert (found["new"], found["changed"], found["same"]) == ([], [], 2)
    assert [one["card"] for one in found["questions"]] == ["Corail ERP"]


def test_uncommitted_work_stays_and_in_the_way_it_is_named(desk: Desk) -> None:
    desk.bring(desk.export("deals.csv", FIRST))
    file = desk.root / "qualified/acme-sso.md"
    file.write_text(file.read_text() + "\nmine\n")
    other = desk.folder.write("prospects/own.md", "---\ntitle: own\n---\n")
    head = desk.folder.git("rev-parse", "HEAD")
    answer = desk.run("-C", desk.root, "import", desk.export("deals.csv", NEWER), "--as-of", "2026-11-01")
    assert answer.code == 2
    assert "acme-sso.md" in answer.err
    assert desk.folder.git("rev-parse", "HEAD") == head
    assert desk.folder.git("for-each-ref", "refs/kanban") == ""
    file.write_text(file.read_text().removesuffix("\nmine\n"))
    desk.bring(desk.root.parent / "deals.csv")
    assert other.exists()
    assert desk.folder.git("status", "--porcelain") == "?? prospects/own.md\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "point", ["after-journal", "before-each-file", "after-next-index", "before-ref", "after-ref", "after-index"]
)
def test_a_kill_leaves_all_or_nothing(desk: Desk, point: str) -> None:
    file = desk.export("deals.csv", FIRST)
    head = desk.folder.git("rev-parse", "HEAD")
    typed = [sys.executable, "-m", "kanban", "-C", str(desk.root), "import", str(file), "--as-of", "2026-11-01"]
    done = subprocess.run(typed, env=os.environ | {"KANBAN_FAILPOINT": point}, capture_output=True, check=False)
    assert done.returncode == -9
    found = desk.bring(file)
    assert found["same"] + len(found["new"]) == 3
    assert (found["same"] == 3) == (point in ("after-ref", "after-index"))
    assert desk.folder.git("status", "--porcelain") == ""
    assert desk.folder.git("rev-list", "--count", f"{head.strip()}..HEAD").strip() == "5"


def test_dry_run_and_strict_change_nothing(desk: Desk) -> None:
    file = desk.export("deals.csv", FIRST + "5,Bad,Row,1 or 2,Prospects,Open,Zoé,2026-03-02,,\n")
    head = desk.folder.git("rev-parse", "HEAD")
    tried = desk.run("-C", desk.root, "import", file, "--dry-run", "--as-of", "2026-11-01")
    assert tried.code == 1
    assert tried.out.splitlines()[0] == "+ acme-sso: prospects 2026-03-02 → qualified 2026-03-10"
    assert "deals.csv:5: Amount: `1 or 2` is not an amount" in tried.err
    assert desk.run("-C", desk.root, "import", file, "--strict", "--as-of", "2026-11-01").code == 2
    assert desk.folder.git("rev-parse", "HEAD") == head
    assert desk.folder.git("status", "--porcelain") == ""


def test_a_guess_can_be_corrected_and_used(desk: Desk) -> None:
    file = desk.export("deals.csv", FIRST.replace("Qualified", "Weird: stage"))
    guessed = desk.run("-C", desk.root, "import", file, "--guess")
    assert guessed.code == 0
    assert '"Weird: stage":\n' in guessed.out
    refused = desk.bring(file, code=1)["refused"]
    assert [(one["line"], "Weird: stage" in one["reason"]) for one in refused] == [(2, True)]
    mapping = desk.export("map.yml", guessed.out.replace('"Weird: stage":', '"Weird: stage": negotiation'))
    assert desk.bring(file, "--mapping", mapping)["new"] == ["acme-sso"]
    assert desk.way("acme-sso")[-1][0] == "negotiation"


def test_errors_are_for_people(desk: Desk) -> None:
    file = desk.export("deals.csv", FIRST)
    for text, said in (
        ("columns: {title: Name}", "has no column “Name”"),
        ("columns: {title: Deal}\ncolour: red", "has no setting `colour`"),
        ("columns: {stage: Stage}", "nothing in deals.csv says what a deal is called"),
    ):
        answer = desk.run("-C", desk.root, "import", file, "--mapping", desk.export("map.yml", text))
        assert (answer.code, said in answer.err) == (2, True), answer.err
    assert desk.run("-C", desk.root, "import", desk.root.parent / "none.csv").code == 2
