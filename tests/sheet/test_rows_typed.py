"""Rows of the sales sheet, typed on real boards of both presets' languages: the right way, and the wrong way refused."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from kanban.folder.reading import read_folder
from kanban.model.cards.assembly import read_board
from tests.conftest import GitFolder, Kanban

DAY = "2026-10-05"
FULL = "account: {name}\nnext_action: call\nnext_action_date: 2026-10-12T10:00\namount: 9000\n"


@pytest.fixture(params=["fr", "en"])
def board(request: pytest.FixtureRequest, tmp_path: Path, kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> GitFolder:
    folder = GitFolder(tmp_path / "board")
    assert kanban("init", folder.root, "--preset", "b2b", "--lang", request.param).code == 0
    folder.commit("board", date=f"{DAY}T08:00:00+02:00")
    monkeypatch.chdir(folder.root)
    return folder


FOLDERS = ("prospects", "qualifies", "rdv", "offre", "negociation", "gagne", "perdu", "nurturing")


def at(folder: GitFolder, path: str) -> str:
    """The path on this board, whose folders are in its language."""
    column, _slash, name = path.partition("/")
    columns = read_board(read_folder(folder.root)).config.columns
    return f"{columns[FOLDERS.index(column)].directory}/{name}"


def placed(folder: GitFolder, *paths: str, **fields: str) -> None:
    """Cards that have a next action, with these fields more."""
    more = "".join(f"{key}: {value}\n" for key, value in fields.items())
    for path in paths:
        folder.write(at(folder, f"{path}.md"), f"---\n{FULL.format(name=Path(path).name)}{more}---\n")
    folder.commit("cards", date=f"{DAY}T09:00:00+02:00")


TEMPLATES = ["discovery", "outbound", "offer", "negotiation", "découverte", "sortant", "offre", "négociation"]


@pytest.mark.sweep
@pytest.mark.parametrize("template", TEMPLATES)
def test_d09_to_d12_a_template_needs_no_day(board: GitFolder, kanban: Kanban, template: str) -> None:
    made = kanban("new", "X", "--template", template, "--as-of", DAY)
    assert made.code == 0, made.err


WRONG = [
    ("D04", ("prospects/x",), {}, ("move", "x", "negociation", "--reason", "fast"), "contact-opt-in"),
    ("D07", ("prospects/x",), {}, ("set", "x", "role=XYZ"), "SDR, AE"),
    ("D17", ("offre/x", "qualifies/y"), {"class": "expedite"}, ("set", "z", "class=expedite"), "Expedite"),
    ("D18", ("offre/x",), {}, ("lose", "x", "--reason", "trop cher du tout"), "--note"),
    ("D50", (), {}, ("experiment", "new", "T", "--problem", "p"), "--target"),
    ("D51", ("prospects/x",), {}, ("set", "x", "next_action="), "next_action_date"),
    ("D56", tuple(f"rdv/m{at}" for at in range(10)), {"dor": "[agenda-sent]"}, ("move", "z", "rdv"), "11"),
]


@pytest.mark.sweep
@pytest.mark.parametrize(("row", "there", "fields", "typed", "said"), WRONG, ids=[one[0] for one in WRONG])
def test_the_wrong_way_is_refused(
    board: GitFolder,
    kanban: Kanban,
    row: str,
    there: tuple[str, ...],
    fields: dict[str, str],
    typed: tuple[str, ...],
    said: str,
) -> None:
    placed(board, "qualifies/z")
    placed(board, *there, **fields)
    before = board.git("rev-parse", "HEAD")
    answer = kanban(*typed, "--as-of", DAY)
    assert answer.code in (1, 2), (row, answer.out)
    assert said in answer.err
    assert board.git("rev-parse", "HEAD") == before


WORDS = ["risk=haute", "risk=moyenne", "risk=basse", "role=ae", "source=referral"]


@pytest.mark.sweep
@pytest.mark.parametrize("typed", WORDS)
def test_the_sheet_s_own_words_are_understood(board: GitFolder, kanban: Kanban, typed: str) -> None:
    placed(board, "qualifies/z")
    assert kanban("set", "z", typed, "--as-of", DAY).code == 0
    found = kanban("lint", "--json", "--select", "KB212,KB215", "--as-of", DAY).json["findings"]
    assert found == []


def test_d06_a_deal_is_signed_whatever_another_card_lacks(board: GitFolder, kanban: Kanban) -> None:
    placed(board, "offre/x", dod="[receipt-acknowledged]")
    board.write(at(board, "prospects/y.md"), "---\naccount: Y\n---\n")
    board.commit("y", date=f"{DAY}T10:00:00+02:00")
    signed = kanban("win", "x", "--reason", "signed at the fair", "--as-of", DAY)
    assert signed.code == 0, signed.err


def test_d15_bullets_count_however_they_are_written(board: GitFolder, kanban: Kanban) -> None:
    four = {
        "a": "## Notes\n\n- 1\n- 2\n- 3\n- 4\n",
        "b": "## Notes :\n\n• 1\n• 2\n• 3\n• 4\n",
        "c": "Notes :\n- 1\n- 2\n- 3\n- 4\n",
        "d": "Call notes: 1\n\n* 2\n* 3\n* 4\n\nAnother matter.\n\n- 5\n",
        "e": "Notes : SSO + 2.\n\nAnother matter.\n\n- 2\n- 3\n- 4\n- 5\n",
    }
    for name, notes in four.items():
        board.write(at(board, f"qualifies/{name}.md"), f"---\n{FULL.format(name=name)}---\n\n{notes}")
    board.commit("notes", date=f"{DAY}T10:00:00+02:00")
    found = kanban("lint", "--json", "--select", "KB506", "--as-of", DAY).json["findings"]
    assert [one["card"] for one in found] == ["a", "b", "c", "d"]


def test_d17_a_partner_s_request_is_stamped(board: GitFolder, kanban: Kanban) -> None:
    assert kanban("new", "P", "--class", "partner", "--as-of", DAY).code == 0
    assert "received_at: 2026-10-05" in (board.root / at(board, "prospects/p.md")).read_text(encoding="utf-8")


def test_d17_a_card_that_becomes_a_partner_s_is_stamped(board: GitFolder, kanban: Kanban) -> None:
    placed(board, "prospects/x")
    assert kanban("set", "x", "class=partner", "--as-of", DAY).code == 0
    assert "received_at: 2026-10-05" in (board.root / at(board, "prospects/x.md")).read_text(encoding="utf-8")


WAYS = [("call", "mail", "linkedin"), ("Téléphone", "E-mail", "LinkedIn"), ("", "", "")]


@pytest.mark.parametrize("ways", WAYS, ids=["listed", "spoken", "left out"])
def test_d10_three_touches_are_three_ways(board: GitFolder, kanban: Kanban, ways: tuple[str, ...]) -> None:
    placed(board, "prospects/x")
    for way in ways:
        assert kanban("touch", "x", *filter(None, [way]), "--as-of", DAY).code == 0
    assert "touches: 3" in (board.root / at(board, "prospects/x.md")).read_text(encoding="utf-8")


def test_d10_three_calls_are_not_three_touches(board: GitFolder, kanban: Kanban) -> None:
    placed(board, "prospects/x")
    assert kanban("touch", "x", "call", "--as-of", DAY).code == 0
    again = kanban("touch", "x", "call", "--as-of", DAY)
    assert again.code == 1
    assert "kanban touch x mail" in again.err


def test_d13_the_meeting_s_own_day_is_no_follow_up(board: GitFolder, kanban: Kanban) -> None:
    ticks = {"dor": "[agenda-sent, brief-validated]", "dod": "[meeting-held]"}
    placed(board, "rdv/x", **ticks)
    offer = at(board, "offre/").rstrip("/")
    refused = kanban("move", "x", offer, "--as-of", "2026-10-12")
    assert refused.code == 1
    assert "next_action_date=+2d" in refused.err
    assert kanban("note", "x", "held", "--next", "call", "--on", "+2d", "--as-of", "2026-10-12").code == 0
    assert kanban("move", "x", offer, "--as-of", "2026-10-12").code == 0


def test_d13_who_skips_to_won_owes_what_is_skipped(board: GitFolder, kanban: Kanban) -> None:
    placed(board, "qualifies/x", dor="[contact-opt-in, need-explicit]", decision_maker="Roy")
    refused = kanban("win", "x", "--reason", "signed at once", "--as-of", DAY)
    assert refused.code == 1
    for tick in ("agenda-sent", "meeting-held", "brief-validated", "receipt-acknowledged"):
        assert f"kanban tick x {tick}" in refused.err
    board.git("mv", at(board, "qualifies/x.md"), at(board, "gagne/x.md"))
    board.git("commit", "-qm", "by hand\n\nReason: signed at once", date=f"{DAY}T11:00:00+02:00")
    found = kanban("lint", "--json", "--range", "HEAD~1..HEAD", "--as-of", DAY).json["findings"]
    assert {"KB406", "KB407"} <= {one["code"] for one in found}


def test_d13_a_new_card_further_right_is_told_what_to_add(board: GitFolder, kanban: Kanban) -> None:
    typed = ["new", "F", "--column", at(board, "offre/").rstrip("/"), "--reason", "came late", "--as-of", DAY]
    refused = kanban(*typed)
    assert refused.code == 1
    for option in re.findall(r"`(--\w+ [^`]+)`", refused.err):
        typed += shlex.split(option)
    assert kanban(*typed, "--next", "call").code == 0


def test_d16_why_a_blocked_card_is_not_pulled(board: GitFolder, kanban: Kanban) -> None:
    placed(board, "qualifies/x", blocked_since="2026-10-01", blocked_cause="legal", blocked_next="n", blocked_owner="Z")
    refused = kanban("pull", at(board, "rdv/").rstrip("/"), "--yes", "--as-of", DAY)
    assert refused.code == 1
    assert "legal" in refused.err
    assert "`kanban unblock x`" in refused.err


def test_d57_a_silent_offer_is_told_and_not_offered(board: GitFolder, kanban: Kanban) -> None:
    placed(board, "offre/x", dod="[receipt-acknowledged]")
    board.write(
        at(board, "offre/x.md"),
        (board.root / at(board, "offre/x.md")).read_text(encoding="utf-8").replace("2026-10-12", "2026-12-24"),
    )
    board.commit("far", date=f"{DAY}T10:00:00+02:00")
    assert kanban("set", "x", "tags=vip", "--as-of", "2026-11-04").code == 0
    day = ("--json", "--as-of", "2026-11-05")
    told = kanban("next", *day).json
    assert [task["card"] for task in told["tasks"]] == ["x"]
    assert told["pull"][at(board, "negociation/").rstrip("/")] == []
    (found,) = kanban("lint", "--select", "KB509", *day).json["findings"]
    assert "7" in found["message"]


def test_d50_a_decision_is_not_taken_twice_in_silence(board: GitFolder, kanban: Kanban) -> None:
    made = kanban("experiment", "new", "CR", "--problem", "p", "--target", "70 %", "--as-of", DAY)
    assert made.code == 0, made.err
    assert kanban("experiment", "decide", "cr", "garder", "--as-of", "2026-10-19").code == 0
    again = kanban("experiment", "decide", "cr", "drop", "--as-of", "2026-10-20")
    assert again.code == 1
    assert "--because" in again.err
    assert kanban("experiment", "decide", "cr", "drop", "--because", "no use", "--as-of", "2026-10-20").code == 0
    assert "decision: drop" in (board.root / "experiments/cr.md").read_text(encoding="utf-8")


INCOMPLETE = {
    "target": "problem: p\nstart: 2026-10-05\nindicator: wip\n",
    "problem": "target: 3\nstart: 2026-10-05\nindicator: wip\n",
    "start": "problem: p\ntarget: 3\nindicator: wip\n",
    "indicator": "problem: p\ntarget: 3\nstart: 2026-10-05\nindicator: happiness\n",
    "decision": "problem: p\ntarget: 3\nstart: 2026-10-05\nindicator: wip\ndecision: peut-être\n",
}


@pytest.mark.parametrize(("key", "ticket"), INCOMPLETE.items(), ids=INCOMPLETE)
def test_d50_a_ticket_by_hand_owes_what_the_command_asks(
    board: GitFolder, kanban: Kanban, key: str, ticket: str
) -> None:
    board.write("experiments/t.md", f"---\nrule: r\n{ticket}---\n")
    board.git("add", "-A")
    staged = kanban("lint", "--staged", "--json", "--select", "KB537", "--as-of", DAY)
    assert staged.code == 1
    (found,) = staged.json["findings"]
    assert f"`{key}" in found["cure"] or key in ("indicator", "decision")


def test_d50_two_tickets_by_hand_at_once_are_told(board: GitFolder, kanban: Kanban) -> None:
    for name, start in (("a", "2026-10-05"), ("b", "2026-10-12"), ("c", "2026-10-19")):
        text = f"---\nproblem: p\ntarget: 3\nstart: {start}\nindicator: débit\n---\n"
        board.write(f"experiments/{name}.md", text)
    found = kanban("lint", "--json", "--select", "KB537", "--as-of", DAY).json["findings"]
    assert [one["path"] for one in found] == ["experiments/b.md", "experiments/c.md"]


def test_d21_the_sheet_s_own_micro_rules_are_measured_and_applied(board: GitFolder, kanban: Kanban) -> None:
    nego = at(board, "negociation/").rstrip("/")
    typed = ("experiment", "new", f"WIP {nego} –1", "--problem", "slow", "--target", "4", "--as-of", DAY)
    made = kanban(*typed)
    assert made.code == 0, made.err
    assert "`wip: 4`" in made.err
    (ticket,) = (board.root / "experiments").glob("wip*.md")
    assert f"indicator: wip-{nego}" in ticket.read_text(encoding="utf-8")
    later = ("experiment", "new", "CR ≤ 24 h", "--problem", "p", "--target", "90 %", "--start", "2026-10-19")
    assert kanban(*later, "--as-of", DAY).code == 0
    (ticket,) = (board.root / "experiments").glob("cr*.md")
    assert "indicator: reports_in_time" in ticket.read_text(encoding="utf-8")


def test_d21_d22_the_other_meetings_have_their_hour(board: GitFolder, kanban: Kanban) -> None:
    checks = {one["key"]: one["light"] for one in kanban("doctor", "--json", "--as-of", DAY).json["checks"]}
    assert (checks["review"], checks["workshop"]) == ("green", "green")
    assert kanban("render", "--as-of", DAY).code == 0
    calendars = "".join(path.read_text(encoding="utf-8") for path in (board.root / "site").rglob("*.ics"))
    assert "FREQ=MONTHLY;BYDAY=1TH,3TH" in calendars.replace("\r\n ", "")
    bare = (board.root / "board.yml").read_text(encoding="utf-8")
    lines = [line for line in bare.splitlines() if not line.strip().startswith(("review:", "workshop:"))]
    board.write("board.yml", "\n".join(lines) + "\n")
    checks = {one["key"]: one["light"] for one in kanban("doctor", "--json", "--as-of", DAY).json["checks"]}
    assert (checks["review"], checks["workshop"]) == ("amber", "amber")


def test_d44_two_or_three_points(board: GitFolder, kanban: Kanban) -> None:
    fields = {"offer_date": "2026-09-24", "first_name": "Ana", "owner": "Zoé"}
    placed(board, "offre/x", **fields, points="[scope, price, delay, lock-in]")
    refused = kanban("mail", "x", "follow-up", "--as-of", DAY)
    assert refused.code == 2
    cure = re.search(r"kanban (set x points='scope, price, delay')", refused.err)
    assert cure is not None
    assert kanban(*shlex.split(cure[1]), "--as-of", DAY).code == 0
    sent = kanban("mail", "x", "follow-up", "--as-of", DAY)
    assert (sent.code, sent.out.count("\n- ")) == (0, 3)
    assert kanban("set", "x", "points=scope", "--as-of", DAY).code == 0
    one = kanban("mail", "x", "follow-up", "--as-of", DAY)
    assert (one.code, bool(one.err)) == (0, True)


def test_d15_a_point_that_nobody_reads_is_told(board: GitFolder, kanban: Kanban) -> None:
    placed(board, "prospects/x")
    noted = kanban("note", "x", "word " * 60, "--as-of", DAY)
    assert noted.code == 0
    assert "280" in noted.err
    assert "280" not in kanban("note", "x", "word " * 50, "--as-of", DAY).err
    (found,) = kanban("lint", "--json", "--select", "KB506", "--as-of", DAY).json["findings"]
    assert (found["severity"], "280" in found["cure"]) == ("warning", True)


def test_d16_who_moves_a_blocked_card_is_told(board: GitFolder, kanban: Kanban) -> None:
    block = {"blocked_since": "2026-10-01", "blocked_cause": "legal", "blocked_next": "n", "blocked_owner": "Z"}
    placed(board, "qualifies/x", dor="[agenda-sent]", **block)
    moved = kanban("move", "x", at(board, "rdv/").rstrip("/"), "--as-of", DAY)
    assert moved.code == 0, moved.err
    assert "legal" in moved.err
    assert "`kanban unblock x`" in moved.err


def test_d14_a_second_meeting_is_held_again(board: GitFolder, kanban: Kanban) -> None:
    placed(board, "offre/x", dor="[contact-opt-in, need-explicit, agenda-sent, brief-validated]", dod="[meeting-held]")
    meeting = at(board, "rdv/").rstrip("/")
    assert kanban("set", "x", "decision_maker=Roy", "--as-of", DAY).code == 0
    back = kanban("move", "x", meeting, "--reason", "a second demo", "--as-of", DAY)
    assert (back.code, "meeting-held" in back.out) == (0, True), back.err
    again = kanban("move", "x", at(board, "offre/").rstrip("/"), "--as-of", DAY)
    assert again.code == 1
    assert "meeting-held" in again.err
    assert "brief-validated" in again.err


def test_d14_by_hand_a_second_meeting_is_told_and_mended(board: GitFolder, kanban: Kanban) -> None:
    placed(board, "offre/x", dor="[agenda-sent]", dod="[meeting-held]")
    board.git("mv", at(board, "offre/x.md"), at(board, "rdv/x.md"))
    (found,) = kanban("lint", "--staged", "--json", "--select", "KB413", "--as-of", DAY).json["findings"]
    command = found["cure"].strip("`").removeprefix("kanban ")
    board.git("commit", "-qm", "back\n\nReason: a second demo", date=f"{DAY}T11:00:00+02:00")
    assert kanban(*shlex.split(command), "--as-of", DAY).code == 0
    assert "meeting-held" not in (board.root / at(board, "rdv/x.md")).read_text(encoding="utf-8")


def test_d18_a_result_that_changes_says_why(board: GitFolder, kanban: Kanban) -> None:
    placed(board, "gagne/x", "perdu/y", lost_reason="price")
    assert kanban("set", "x", "lost_reason=", "--as-of", DAY).code == 0
    won, lost = at(board, "gagne/").rstrip("/"), at(board, "perdu/").rstrip("/")
    for typed in (("move", "x", lost, "--set", "lost_reason=prix"), ("win", "y")):
        refused = kanban(*typed, "--as-of", DAY)
        assert (refused.code, "--reason" in refused.err) == (1, True), typed
    assert kanban("lose", "x", "--reason", "prix", "--as-of", DAY).code == 0
    assert "Reason: prix" in board.git("log", "-1", "--format=%B")
    assert kanban("win", "y", "--reason", "they signed after all", "--as-of", DAY).code == 0
    assert "lost_reason" not in (board.root / won / "y.md").read_text(encoding="utf-8")
    board.git("mv", f"{won}/y.md", f"{lost}/y.md")
    board.git("commit", "-qm", "by hand", date=f"{DAY}T11:00:00+02:00")
    found = kanban("lint", "--json", "--range", "HEAD~1..HEAD", "--select", "KB403", "--as-of", DAY).json["findings"]
    assert [one["severity"] for one in found] == ["error"]


def test_d07_a_role_that_nobody_has_is_refused_everywhere(board: GitFolder, kanban: Kanban) -> None:
    placed(board, "prospects/x")
    assert kanban("set", "x", "role=XYZ", "--as-of", DAY).code == 2
    path = board.root / at(board, "prospects/x.md")
    path.write_text(path.read_text(encoding="utf-8").replace("account:", "role: XYZ\naccount:"), encoding="utf-8")
    board.git("add", "-A")
    staged = kanban("lint", "--staged", "--json", "--as-of", DAY)
    assert staged.code == 1
    assert [one["severity"] for one in staged.json["findings"] if one["code"] == "KB215"] == ["error"]


def test_d23_a_french_word_in_board_yml_is_understood(board: GitFolder, kanban: Kanban) -> None:
    path = board.root / "board.yml"
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("kind: won", "kind: gagné"),
        ("pull_stop: block", "pull_stop: bloquer"),
        ("weekly: lun 10:00" if "lun 10:00" in text else "weekly: mon 10:00", "weekly: lundi 10h"),
        ("metrics: [throughput", "metrics: [débit"),
    ):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    config = read_board(read_folder(board.root)).config
    assert (config.exits("won")[0].kind, config.policies.pull_stop, config.rituals.weekly) == (
        "won",
        "block",
        "mon 10:00",
    )
    assert kanban("lint", "--json", "--select", "KB010,KB015", "--as-of", DAY).json["findings"] == []
