"""Metrics after an import are those of the source table: worked out here from the rows alone, figure by figure."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kanban.cli import cli
from kanban.commands.base.calling.entry import run
from tests.conftest import Answer, GitFolder
from tests.imports.conftest import BOARD, Desk
from tests.imports.lives import OPEN, SYSTEMS, Life, Way, figures, lives

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


def answers(root: Path, kanban: Callable[..., Answer], *, money: bool) -> dict[str, Any]:
    """The figures of `lives.figures`, as kanban gives them."""

    def asked(*words: str) -> Any:
        answer = kanban("-C", root, *words, "--as-of", AS_OF.isoformat(), "--json")
        assert answer.code == 0, answer.err
        return json.loads(answer.out)

    found, forecast = asked("metrics"), asked("forecast")
    weeks, conversion = found["throughput"]["weeks"], found["conversion"]
    named = ("entered", "advanced", "exited", "open")
    told = {
        "cycle": {key: found["cycle_time"][key] for key in ("n", "p50", "p70", "p85", "p95")},
        "wip": {key: one["count"] for key, one in found["wip"]["columns"].items() if one["count"]},
        "weeks": {kind: {one["week"]: one[kind] for one in weeks if one[kind]} for kind in ("won", "lost")},
        "conversion": {key: {name: conversion[key][name] for name in named} for key in OPEN},
        "time": {
            key: {name: one[name] for name in ("n", "p50", "p85")}
            for key, one in found["time_in_column"].items()
            if one["n"] and key in OPEN
        },
        "stock": {
            (day, column): n for day, column, n in asked("sql", "select day, column, cards from wip_daily")["rows"] if n
        },
        "age": {one["card"]: (one["age_days"], one["column"]) for one in found["age"]},
        "won_per_week": round(found["throughput"]["won_per_week"], 6),
        "expected": round(forecast["sheet_rule"]["expected"], 6),
        "W": forecast["w"],
        "L": forecast["lead_time_p50"],
    }
    if money:
        months = found["weighted_pipeline"]["EUR"]["months"]
        won = asked("sql", "select substr(ended, 1, 7), amount from cards where outcome = 'won'")["rows"]
        lost = asked("sql", "select lost_reason, count(*) from cards where outcome = 'lost' group by 1")["rows"]
        told["months"] = {month: pytest.approx(float(value), abs=0.02) for month, value in months.items()}
        told["won_amounts"] = {
            month: pytest.approx(sum(float(amount) for at, amount in won if at == month)) for month, _amount in won
        }
        told["reasons"] = dict(lost)
    return told


def brought(desk: Desk, system: str, found: Sequence[Life]) -> dict[str, Any]:
    """What the import of an export of these deals says."""
    deals, history = SYSTEMS[system][0](found)
    told = ["--history", desk.export("history.csv", history)] if history else []
    return desk.bring(desk.export("board.json" if system == "trello" else "deals.csv", deals), *told)


ALWAYS = ("sheet", "salesforce")
CASES = [
    pytest.param(system, 40 + number, marks=() if system in ALWAYS else pytest.mark.sweep, id=system)
    for number, system in enumerate(SYSTEMS)
]


@pytest.mark.parametrize(("system", "seed"), CASES)
def test_each_figure_of_each_system_is_that_of_its_table(
    system: str, seed: int, desk: Desk, kanban: Callable[..., Answer]
) -> None:
    """First of an export of half a year ago, then of a newer one; the same once more changes nothing."""
    every = lives(60, seed, back=system != "hubspot")
    told_by, money = SYSTEMS[system][1], system != "trello"
    earlier = [one for life in every if (one := life.until(AS_OF - timedelta(days=100)))]
    found = brought(desk, system, earlier)
    assert (len(found["new"]), found["refused"], found["questions"]) == (len(earlier), [], [])
    found = brought(desk, system, every)
    assert (len(found["new"]), found["refused"], found["questions"]) == (len(every) - len(earlier), [], [])
    assert brought(desk, system, every)["commits"] == 0
    known = {one.number: told_by(one) for one in earlier}
    ways = [replace(one, way=merged(known.get(one.number, ()), told_by(one))) for one in every]
    wanted = figures(ways, money=money)
    for key, value in answers(desk.root, kanban, money=money).items():
        assert value == wanted[key], key


def merged(earlier: Way, later: Way) -> Way:
    """What two exports tell together: the steps that were known, and those that came since.

    A step of which only the first day is told was seen on the day of the export.
    """
    if len(later) > len(earlier) and later[: len(earlier)] == earlier:
        return later
    if earlier and earlier[-1][0] == later[-1][0]:
        return earlier
    return (*earlier, later[-1] if len(later) > 1 else (later[-1][0], AS_OF))


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


@pytest.mark.sweep(only=True)
@pytest.mark.slow
@pytest.mark.parametrize("target", ["out", "out.jsonl"])
def test_a_year_of_a_thousand_deals_there_and_back(
    target: str, desk: Desk, tmp_path: Path, kanban: Callable[..., Answer]
) -> None:
    """Brought with its history, exported, and brought into an empty repository: every figure, and all that metrics say."""
    every = lives(1000, 77)
    assert len(brought(desk, "salesforce", every)["new"]) == 1000
    wanted = figures(every)
    found = answers(desk.root, kanban, money=True)
    assert kanban("-C", desk.root, "export", tmp_path / target, "--as-of", AS_OF.isoformat()).code == 0
    other = GitFolder(tmp_path / "other")
    other.write("board.yml", BOARD.format(language="en"))
    other.commit("board", date="2020-01-01T00:00:00Z")
    assert kanban("-C", other.root, "import", tmp_path / target).code == 0
    again = answers(other.root, kanban, money=True)
    for key, value in wanted.items():
        assert found[key] == value, key
        assert again[key] == value, key
    documents = [
        json.loads(kanban("-C", root, "metrics", "--as-of", "2026-11-01", "--json").out)
        for root in (desk.root, other.root)
    ]
    for key in documents[0].keys() - {"head", "known", "suspicions"}:
        assert documents[0][key] == documents[1][key], key
