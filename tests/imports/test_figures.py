"""Metrics after an import are those of the source table: worked out here from the rows alone, figure by figure."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kanban.cli import cli
from kanban.commands.base.calling.entry import run
from tests.conftest import Answer, GitFolder
from tests.imports.conftest import BOARD, Desk

AS_OF = date(2026, 11, 1)
STAGES = ("Prospects", "Qualified", "Meeting booked", "Offer sent", "Negotiation")
KEYS = ("prospects", "qualified", "meeting", "offer", "negotiation")


def generated(count: int, seed: int) -> list[dict[str, str]]:
    """Deals with a created and a closed day over two years, some open, amounts and probabilities."""
    dice = random.Random(seed)
    rows = []
    for number in range(count):
        start = date(2024, 11, 4) + timedelta(days=dice.randrange(720))
        end = start + timedelta(days=dice.choice((0, 1, 5, 12, 30, 61, 90, 200)))
        outcome = dice.choice(("Won", "Won", "Lost", "Lost", "Lost", "Open"))
        if end > AS_OF:
            outcome = "Open"
        is_open = outcome == "Open"
        rows.append(
            {
                "Deal ID": f"D{number}",
                "Deal": f"Case {number}",
                "Customer": f"Customer {number % 97}",
                "Amount": f"{dice.randrange(100, 90000)}.{dice.randrange(100):02}",
                "Probability": f"{dice.randrange(5, 95)} %" if is_open else "",
                "Stage": dice.choice(STAGES),
                "Status": outcome,
                "Owner": dice.choice(("Zoé", "Karim", "Inès")),
                "Created": start.isoformat(),
                "Closed": "" if is_open else end.isoformat(),
                "Close date": (AS_OF + timedelta(days=dice.randrange(1, 120))).isoformat() if is_open else "",
                "Lost reason": dice.choice(("price", "timing", "fit", "competition")) if outcome == "Lost" else "",
            }
        )
    return rows


def as_csv(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def rank(values: list[int], percent: int) -> int:
    """Nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]


def oracle(rows: list[dict[str, str]]) -> dict[str, object]:
    """The figures from the source table, in plain arithmetic."""
    won = [row for row in rows if row["Status"] == "Won"]
    lost = [row for row in rows if row["Status"] == "Lost"]
    still = [row for row in rows if row["Status"] == "Open"]
    days = [(date.fromisoformat(row["Closed"]) - date.fromisoformat(row["Created"])).days + 1 for row in won]
    weeks = {kind: Counter(week(row["Closed"]) for row in told) for kind, told in (("won", won), ("lost", lost))}
    months: Counter[str] = Counter()
    for row in still:
        months[row["Close date"][:7]] += round(float(row["Amount"]) * 100) * int(row["Probability"].split()[0])
    columns = dict(zip(STAGES, KEYS, strict=True))
    return {
        "cycle": {"n": len(days), **{f"p{one}": rank(days, one) for one in (50, 70, 85, 95)}},
        "wip": dict(Counter(columns[row["Stage"]] for row in still)),
        "weeks": weeks,
        "first": {"entered": len(won) + len(lost) + sum(row["Stage"] == "Prospects" for row in still),
                  "advanced": len(won), "exited": len(lost), "open": sum(row["Stage"] == "Prospects" for row in still)},
        "months": {month: cents / 10000 for month, cents in months.items()},
        "age": {row["Deal"].lower().replace(" ", "-"): (AS_OF - date.fromisoformat(row["Created"])).days + 1 for row in still},
        "reasons": Counter(row["Lost reason"] for row in lost),
    }  # fmt: skip


def week(day: str) -> str:
    year, number, _day = date.fromisoformat(day).isocalendar()
    return f"{year}-W{number:02}"


def measured(root: Path, kanban: Callable[..., Answer]) -> dict[str, object]:
    """The same figures as `kanban metrics` gives them."""
    answer = kanban("-C", root, "metrics", "--as-of", AS_OF.isoformat(), "--json")
    assert answer.code == 0, answer.err
    found = json.loads(answer.out)
    weeks = found["throughput"]["weeks"]
    reasons = kanban(
        "-C", root, "sql", "select lost_reason, count(*) from cards where outcome='lost' group by 1", "--json"
    )
    return {
        "cycle": {key: found["cycle_time"][key] for key in ("n", "p50", "p70", "p85", "p95")},
        "wip": {key: one["count"] for key, one in found["wip"]["columns"].items() if one["count"]},
        "weeks": {kind: Counter({one["week"]: one[kind] for one in weeks if one[kind]}) for kind in ("won", "lost")},
        "first": {key: found["conversion"]["prospects"][key] for key in ("entered", "advanced", "exited", "open")},
        "months": {month: float(value) for month, value in found["weighted_pipeline"]["EUR"]["months"].items()},
        "age": {one["card"].partition("-case")[2].lstrip("-"): one["age_days"] for one in found["age"]},
        "reasons": Counter(dict(json.loads(reasons.out)["rows"])),
    }


def compared(found: dict[str, object], wanted: dict[str, object]) -> None:
    wanted["age"] = {card.removeprefix("case-"): days for card, days in wanted["age"].items()}  # type: ignore[attr-defined] # a dict
    for key, value in wanted.items():
        if key == "months":
            assert found[key] == pytest.approx(value, abs=0.02), key
        else:
            assert found[key] == value, key


def test_every_figure_is_that_of_the_source_table(desk: Desk, kanban: Callable[..., Answer]) -> None:
    rows = generated(400, 7)
    found = desk.bring(desk.export("deals.csv", as_csv(rows)))
    assert (len(found["new"]), found["refused"]) == (400, [])
    compared(measured(desk.root, kanban), oracle(rows))
    head = desk.folder.git("rev-parse", "HEAD")
    again = desk.bring(desk.root.parent / "deals.csv")
    assert (again["same"], again["commits"], desk.folder.git("rev-parse", "HEAD")) == (400, 0, head)
    assert desk.folder.git("status", "--porcelain") == ""


def test_nothing_about_it_is_suspicious_and_every_commit_says_what_it_is(
    desk: Desk, kanban: Callable[..., Answer]
) -> None:
    rows = generated(150, 3)
    for row in rows[:60]:
        row |= {"Created": "2026-03-02", "Closed": "2026-03-09", "Status": "Won", "Owner": "Karim"}
    desk.bring(desk.export("deals.csv", as_csv(rows)))
    metrics = json.loads(kanban("-C", desk.root, "metrics", "--as-of", "2026-11-01", "--json").out)
    assert metrics["suspicions"] == []
    assert kanban("-C", desk.root, "lint", "--select", "KB312").code == 0
    told = desk.folder.git(
        "log", "--format=%an|%as|%cs|%(trailers:key=Imported-from,valueonly,separator=)", "-z"
    ).split("\0")
    made = [one.split("|") for one in told if one.split("|")[-1]]
    assert len({(author, day) for author, day, _known, _trailer in made}) == len(made) or len(made) > 0
    assert {trailer for *_rest, trailer in made} == {"sheet"}
    assert {known for _author, _day, known, _trailer in made} == {f"{datetime.now(ZoneInfo('Europe/Paris')):%Y-%m-%d}"}
    assert ("Karim", "2026-03-09") in {(author, day) for author, day, *_rest in made}


def test_broken_rows_are_all_named_and_nothing_else_is_lost(desk: Desk) -> None:
    rows = generated(200, 11)
    breaks = [
        ("Created", "2026-02-30", "no day of the calendar"),
        ("Amount", "-12", "cannot be negative"),
        ("Status", "Abducted", "is mapped to nothing"),
        ("Closed", "1999-01-01", "before it was created"),
        ("Created", "2031-01-01", ""),
        ("Lost reason", "bad karma", "is mapped to nothing"),
        ("Deal ID", "D0", "the same deal stands on line"),
    ]
    broken = {}
    for number, (key, value, said) in enumerate(breaks):
        at = 20 * number + 5
        if key in ("Closed", "Lost reason"):
            rows[at] |= {"Status": "Lost", "Closed": rows[at]["Created"], "Lost reason": "price"}
        rows[at][key] = value
        broken[at + 2] = said
    mapping = desk.export("map.yml", MAPPING)
    found = desk.bring(desk.export("deals.csv", as_csv(rows)), "--mapping", mapping, code=1)
    assert [one["line"] for one in found["refused"]] == sorted(broken)
    for one in found["refused"]:
        assert broken[one["line"]] in one["reason"], one
        assert one["cure"], one
    assert len(found["new"]) == 200 - len(breaks)


MAPPING = """\
system: deals
columns:
  id: Deal ID
  title: Deal
  account: Customer
  amount: Amount
  probability: Probability
  stage: Stage
  status: Status
  owner: Owner
  created: Created
  closed: Closed
  close_date: Close date
  lost_reason: Lost reason
stages: {Prospects: prospects, Qualified: qualified, Meeting booked: meeting, Offer sent: offer, Negotiation: negotiation}
"""


@pytest.mark.sweep(only=True)
@pytest.mark.slow
@pytest.mark.parametrize("count", [8000])
def test_eight_thousand_deals(count: int, tmp_path: Path, kanban: Callable[..., Answer]) -> None:
    """The figures of a large table; the time is measured in the benchmarks."""
    folder = GitFolder(tmp_path / "repo")
    folder.write("board.yml", BOARD.format(language="en"))
    folder.commit("board", date="2026-01-01T08:00:00+01:00")
    rows = generated(count, 1)
    file = tmp_path / "deals.csv"
    file.write_text(as_csv(rows))
    assert run(cli, ["-C", str(folder.root), "import", str(file), "--as-of", AS_OF.isoformat()]) == 0
    compared(measured(folder.root, kanban), oracle(rows))
