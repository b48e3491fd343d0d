"""D24–D43: every figure of a told story against numbers counted from the story itself, on every board, and on the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from math import ceil, floor, sqrt
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from tests.conftest import Kanban
from tests.sheet.stage import BOARDS, COLUMNS, staged
from tests.sheet.story import EXITS, TODAY, story, written

pytestmark = pytest.mark.sweep(one_in=3)

Documents = dict[str, Any]
MADE: dict[tuple[str, str], tuple[Path, Documents]] = {}
ROWS = [f"D{number}" for number in range(24, 44)]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    MADE.clear()
    return tmp_path_factory.mktemp("story")


@pytest.fixture
def told(preset: str, language: str, home: Path, kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> Documents:
    """What the three verbs say of the story, asked once for each board."""
    board = (preset, language)
    if board not in MADE:
        place = home / "-".join(board)
        stage = staged(place, kanban, preset, language)
        written(story(preset), place, {name: stage.column(name) for name in COLUMNS[preset]})
        monkeypatch.chdir(place)
        found: Documents = {verb: kanban(verb, "--json").json for verb in ("metrics", "forecast", "diagnose")}
        found["columns"] = {name: stage.board.config.columns[at].key for at, name in enumerate(COLUMNS[preset])}
        MADE[board] = (place, found)
    return MADE[board][1]


class Oracle:
    """The story counted by hand, so to say: days ago, no product."""

    def __init__(self, preset: str) -> None:
        self.preset, self.cards = preset, story(preset)
        self.columns = COLUMNS[preset][:-3]
        self.open = {card: one for card, one in self.cards.items() if one.is_open}
        self.won = {card: one for card, one in self.cards.items() if one.here == "won"}
        self.ended = {card: one for card, one in self.cards.items() if one.here in EXITS}

    def monday(self, weeks: int) -> int:
        """Days ago of the Monday that many complete weeks back."""
        return TODAY.weekday() + 7 * weeks

    @property
    def weekly_wins(self) -> list[int]:
        """Wins of the complete weeks, the last one first, from the week of the story's first day on."""
        ago = [one.steps[-1][0] for one in self.won.values()]
        first = max(step for one in self.cards.values() for step, _name in one.steps)
        weeks = ceil((first - TODAY.weekday()) / 7)
        return [sum(self.monday(at) < one <= self.monday(at + 1) for one in ago) for at in range(weeks)]

    @property
    def lead_times(self) -> list[int]:
        return sorted(one.steps[0][0] - one.steps[-1][0] + 1 for one in self.won.values())

    def conversion(self, column: str) -> dict[str, Any]:
        at = self.columns.index(column)
        entered = [one for one in self.cards.values() if column in [name for _ago, name in one.steps]]
        on = [
            one
            for one in entered
            if one.here == "won" or any(name in self.columns[at + 1 :] for _ago, name in one.steps)
        ]
        out = [one for one in entered if one not in on and one.here in EXITS]
        whole = len(on) + len(out)
        rate = len(on) / whole if whole else None
        still = len(entered) - whole
        return {"entered": len(entered), "advanced": len(on), "exited": len(out), "open": still, "rate": rate}

    def standing(self, column: str) -> dict[str, int]:
        """Cards in a column → days since they came."""
        return {card: one.since(column) for card, one in self.open.items() if one.here == column}

    def in_column(self, column: str, ago: int) -> int:
        """How many stood in the column at the end of a day."""
        found = 0
        for one in self.cards.values():
            here = [name for step, name in one.steps if step >= ago]
            found += bool(here) and here[-1] == column
        return found

    @property
    def pipeline(self) -> dict[str, Decimal]:
        """Weighted amounts by month of the close date."""
        found: dict[str, Decimal] = {}
        for one in self.open.values():
            amount, share = one.fields.get("amount"), one.fields.get("probability")
            if amount and share:
                month = one.fields.get("close_date", "")[:7]
                found[month] = found.get(month, Decimal(0)) + Decimal(amount.replace(" ", "")) * int(share) / 100
        return found


@cache
def oracle(preset: str) -> Oracle:
    return Oracle(preset)


def rank(values: list[int], share: float) -> int:
    """The nearest rank."""
    return values[max(0, ceil(share * len(values)) - 1)]


def d24(one: Oracle, said: Documents) -> None:
    weeks = [row["won"] for row in said["metrics"]["throughput"]["weeks"]]
    assert weeks[::-1][:10] == one.weekly_wins[:10]
    assert sum(weeks) == len(one.won)
    assert said["metrics"]["throughput"]["won_per_week"] == pytest.approx(sum(one.weekly_wins[:6]) / 6)


def d25(one: Oracle, said: Documents) -> None:
    found = said["metrics"]["cycle_time"]
    assert (found["n"], found["p50"], found["p85"]) == (
        len(one.lead_times),
        rank(one.lead_times, 0.5),
        rank(one.lead_times, 0.85),
    )


def d26(one: Oracle, said: Documents) -> None:
    for name in one.columns:
        found = said["metrics"]["conversion"][said["columns"][name]]
        wanted = one.conversion(name)
        assert {key: found[key] for key in wanted if key != "rate"} == {k: v for k, v in wanted.items() if k != "rate"}
        assert found["rate"] == pytest.approx(wanted["rate"])


def d27(one: Oracle, said: Documents) -> None:
    found = {row["card"]: (row["idle_days"], row["age_days"]) for row in said["metrics"]["age"]}
    assert found == {card: (of.steps[-1][0], of.steps[0][0] + 1) for card, of in one.open.items()}


def d28(one: Oracle, said: Documents) -> None:
    (found,) = said["metrics"]["weighted_pipeline"].values()
    months = {month: amount for month, amount in one.pipeline.items() if month >= TODAY.isoformat()[:7]}
    past = sum((amount for month, amount in one.pipeline.items() if month and month < "2026-10"), Decimal(0))
    assert {key: Decimal(text) for key, text in found["months"].items()} == months
    assert Decimal(found["past_due"]) == past
    assert Decimal(found["undated"]) == one.pipeline[""]
    assert Decimal(found["total"]) == sum(one.pipeline.values())
    quarters: dict[str, Decimal] = {}
    for month, amount in months.items():
        key = f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"
        quarters[key] = quarters.get(key, Decimal(0)) + amount
    assert {key: Decimal(text) for key, text in found["quarters"].items()} == quarters


def d29(one: Oracle, said: Documents) -> None:
    rows = {row["card"]: row for row in said["metrics"]["age"]}
    last = one.columns[-1]
    for card, days in one.standing(last).items():
        light = "green" if days <= 10 else "amber" if days <= 20 else "red"
        wanted = (light, days >= 7) if last == "negotiation" else ("none", False)
        assert (rows[card]["light"], rows[card]["escalate"]) == wanted
        assert rows[card]["column_days"] == days


def d30(one: Oracle, said: Documents) -> None:
    bare = sorted(card for card, of in one.open.items() if not of.fields.get("next_action_date"))
    found = said["metrics"]["next_action"]
    assert (found["open"], sorted(found["missing"])) == (len(one.open), bare)
    assert found["share_missing"] == pytest.approx(len(bare) / len(one.open))


def d31(one: Oracle, said: Documents) -> None:
    found = said["metrics"]["little"]
    first = max(step for of in one.cards.values() for step, _name in of.steps)
    days = range(one.monday(0) + 1, first + 1)
    wip = mean(sum(one.in_column(name, ago) for name in one.columns) for ago in days)
    spent = [of.steps[0][0] - of.steps[-1][0] for of in one.ended.values()]
    assert found["wip"] == pytest.approx(wip)
    assert found["throughput_per_day"] == pytest.approx(len(spent) / len(days))
    assert found["cycle_time_days"] == pytest.approx(mean(spent))
    assert found["ratio"] == pytest.approx(wip / (len(spent) / len(days) * mean(spent)))
    assert found["valid"] is not bool(found["failed_assumptions"])


def d32(one: Oracle, said: Documents) -> None:
    rows = {(row["metric"], row["column"] or ""): row for row in said["metrics"]["targets"]}
    bare = sum(not of.fields.get("next_action_date") for of in one.open.values())
    row = rows["without_next_action", ""]
    assert (row["value"], row["target"], row["light"]) == (pytest.approx(bare / len(one.open)), 0.0, "red")
    forgotten = rows["card_age", ""]
    assert (forgotten["value"], forgotten["target"]) == (sum(of.steps[-1][0] > 7 for of in one.open.values()), 0.0)
    wins = rows["throughput", ""]
    assert wins["value"] == pytest.approx(sum(one.weekly_wins[:8]) / 8)
    assert all(of["action"] for of in rows.values())
    if one.columns[-1] == "negotiation":
        oldest = rows["negotiation_age", said["columns"]["negotiation"]]
        days = one.standing("negotiation").values()
        assert (oldest["value"], oldest["target"], oldest["light"]) == (max(days), 10.0, "red")


def d33(one: Oracle, said: Documents) -> None:
    last = one.weekly_wins[:6]
    pace = sum(last) / 6
    sigma = sqrt(sum((week - pace) ** 2 for week in last) / 5)
    found = said["forecast"]["sheet_rule"]
    wanted = {"expected": 4 * pace, "sigma": sigma, "low": max(0.0, 4 * pace - sigma), "high": 4 * pace + sigma}
    assert {key: found[key] for key in wanted} == pytest.approx(wanted)


def d34(one: Oracle, said: Documents) -> None:
    found = said["forecast"]
    assert (found["w"], found["lead_time_p50"]) == (len(one.standing(one.columns[-1])), rank(one.lead_times, 0.5))


def d35(one: Oracle, said: Documents) -> None:
    first = max(step for of in one.cards.values() for step, _name in of.steps)
    weeks = min(13, ceil((first - TODAY.weekday()) / 7))
    usual = mean(one.in_column(one.columns[-1], ago) for ago in range(one.monday(0) + 1, one.monday(weeks) + 1))
    found = said["forecast"]
    assert found["w_history"] == pytest.approx(usual)
    assert found["stress"] is (found["w"] > 1.5 * usual)


def symptom(said: Documents, code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in said["diagnose"]["symptoms"] if row["id"] == code)
    assert found["title"]
    assert bool(found["remedies"]) is (found["state"] == "found")
    return found


def d36(one: Oracle, said: Documents) -> None:
    found = symptom(said, "D36")
    if "offer" not in one.columns:
        assert found["state"] == "unknown"
        return
    offered = one.conversion("offer")
    won = sum("offer" in [name for _ago, name in of.steps] for of in one.won.values())
    wanted = {"won": won, "decided": won + offered["exited"], "cards": len(one.standing("negotiation")), "limit": 5}
    assert {key: found["numbers"][key] for key in wanted} == wanted
    assert found["numbers"]["rate"] == pytest.approx(won / wanted["decided"])
    assert found["state"] == "absent"


def d37(one: Oracle, said: Documents) -> None:
    found, days = symptom(said, "D37"), one.standing("meeting")
    wanted = {"cards": len(days), "stuck": sum(one > 14 for one in days.values()), "put_off": 0}
    assert {key: found["numbers"][key] for key in wanted} == wanted
    assert found["state"] == "found"


def d38(one: Oracle, said: Documents) -> None:
    found = symptom(said, "D38")
    assert found["numbers"] == {"cards": 1, "at_risk": 1}
    assert found["cards"] == ["fair"]


def d39(one: Oracle, said: Documents) -> None:
    found, wanted = symptom(said, "D39"), one.conversion("meeting")
    assert found["numbers"]["decided"] == wanted["advanced"] + wanted["exited"]
    assert found["numbers"]["rate"] == pytest.approx(wanted["rate"])


def _long(one: Oracle, said: Documents, code: str, column: str, above: int) -> None:
    found = symptom(said, code)
    if column not in one.columns:
        assert found["state"] == "unknown"
        return
    days = one.standing(column)
    stuck = {card for card, ago in days.items() if ago > above}
    assert found["numbers"] == {"cards": len(days), "stuck": len(stuck)}
    assert (found["state"], set(found["cards"])) == ("found", stuck)


def d40(one: Oracle, said: Documents) -> None:
    _long(one, said, "D40", "offer", 10)


def d41(one: Oracle, said: Documents) -> None:
    _long(one, said, "D41", "negotiation", 20)


def d42(one: Oracle, said: Documents) -> None:
    urgent = [of for of in one.cards.values() if of.fields.get("class") == "expedite"]
    numbers = symptom(said, "D42")["numbers"]
    assert numbers["active"] == sum(of.is_open for of in urgent)
    assert (numbers["started"], numbers["expedite"]) == (len(one.cards), len(urgent))
    assert numbers["share"] == pytest.approx(len(urgent) / len(one.cards))


def d43(one: Oracle, said: Documents) -> None:
    numbers, wins = symptom(said, "D43")["numbers"], one.weekly_wins
    assert (numbers["weeks"], numbers["wins"]) == (len(wins), sum(wins))
    middle = mean(wins)
    spread = sum((week - middle) ** 2 for week in wins) / (len(wins) - 1)
    assert numbers["dispersion"] == pytest.approx(spread / middle)
    assert (numbers["p50"], numbers["p85"]) == (rank(one.lead_times, 0.5), rank(one.lead_times, 0.85))


CHECKS: Mapping[str, Callable[[Oracle, Documents], None]] = {
    "D24": d24,
    "D25": d25,
    "D26": d26,
    "D27": d27,
    "D28": d28,
    "D29": d29,
    "D30": d30,
    "D31": d31,
    "D32": d32,
    "D33": d33,
    "D34": d34,
    "D35": d35,
    "D36": d36,
    "D37": d37,
    "D38": d38,
    "D39": d39,
    "D40": d40,
    "D41": d41,
    "D42": d42,
    "D43": d43,
}


@pytest.mark.sweep
@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize(("preset", "language"), BOARDS, ids=["-".join(one) for one in BOARDS])
def test_a_figure_is_what_the_story_says(row: str, preset: str, told: Documents) -> None:
    CHECKS[row](oracle(preset), told)


def number(value: float, language: str, digits: int = 2) -> str:
    """A number as a page in the language has it, as a pattern."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else str(floor(value + 0.5))
    return re.escape(text.replace(".", "," if language == "fr" else "."))


def shown(one: Oracle, language: str) -> dict[str, tuple[str, str]]:
    """Row → a page, and what stands there."""
    page, pace = "metrics.html", sum(one.weekly_wins[:6]) / 6
    eight, p50 = sum(one.weekly_wins[:8]) / 8, rank(one.lead_times, 0.5)
    first = max(step for of in one.cards.values() for step, _name in of.steps)
    weeks = min(13, ceil((first - TODAY.weekday()) / 7))
    usual = mean(one.in_column(one.columns[-1], ago) for ago in range(one.monday(0) + 1, one.monday(weeks) + 1))
    days = range(one.monday(0) + 1, first + 1)
    wip = mean(sum(one.in_column(name, ago) for name in one.columns) for ago in days)
    bare = sum(not of.fields.get("next_action_date") for of in one.open.values()) / len(one.open)
    w, diagnosis = len(one.standing(one.columns[-1])), "meetings/diagnosis.html"
    meeting, offered = one.conversion("meeting"), one.standing("offer") if "offer" in one.columns else {}
    found = {
        "D24": (page, number(eight, language)),
        "D25": (page, rf"\b{p50} (d|j)\b"),
        "D26": (page, rf"\b{number(100 * meeting['rate'], language, 0)} ?%"),
        "D27": (page, r"silent .{3,30} 41 [dj] 40 [dj] 40 [dj]"),
        "D28": (page, r"[QT]1 2027 ?: €?16[ ,]000"),
        "D30": (page, rf"\b{number(100 * bare, language, 0)} ?%"),
        "D31": (page, number(wip, language, 1)),
        "D32": (page, rf"{number(100 * bare, language, 0)} ?% . 0 ?%"),
        "D33": (page, rf"4 × {number(pace, language)} = {number(4 * pace, language)}"),
        "D34": (page, rf"W = {w}\b"),
        "D35": (page, number(usual, language)),
        "D37": (diagnosis, rf"\b{sum(ago > 14 for ago in one.standing('meeting').values())}\b"),
        "D38": (diagnosis, "fair"),
        "D39": (diagnosis, rf"\b{meeting['advanced'] + meeting['exited']}\b"),
        "D42": (diagnosis, rf"\b{len(one.cards)}\b"),
        "D43": (diagnosis, rf"\b{sum(one.weekly_wins)}\b"),
    }
    if offered:
        oldest = max(one.standing("negotiation").values())
        found |= {
            "D29": (page, rf"\b{oldest} [dj]\b"),
            "D36": (diagnosis, rf"\b{len(one.won) + one.conversion('offer')['exited']}\b"),
            "D40": (diagnosis, rf"{len(offered)} .{{1,6}} {len(offered)}\b"),
            "D41": (diagnosis, "nego-4"),
        }
    return found


@pytest.mark.parametrize(("preset", "language"), [BOARDS[0], BOARDS[3]], ids=["b2b-fr", "phone-en"])
def test_the_site_shows_the_figures(
    preset: str, language: str, told: Documents, kanban: Kanban, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, _said = MADE[preset, language]
    monkeypatch.chdir(place)
    assert kanban("render").code == 0
    pages: dict[str, str] = {}
    missing = {}
    for row, (page, pattern) in shown(oracle(preset), language).items():
        if page not in pages:
            text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", (place / "site" / page).read_text("utf-8"), flags=re.S)
            pages[page] = " ".join(re.sub(r"<[^>]+>", " ", text).split())
        if not re.search(pattern, pages[page]):
            missing[row] = pattern
    assert missing == {}
