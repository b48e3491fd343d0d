"""Deals that are made up from a seed, as each system exports them; and the figures of a table of steps, in plain arithmetic."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

AS_OF = date(2026, 11, 1)
NAMES = {"prospects": "Prospects", "qualified": "Qualified", "meeting": "Meeting booked", "offer": "Offer sent",
         "negotiation": "Negotiation", "won": "Closed Won", "lost": "Closed Lost"}  # fmt: skip
OPEN = tuple(NAMES)[:5]
Way = tuple[tuple[str, date], ...]


@dataclass(frozen=True)
class Life:
    """One deal: what it is, and which column it came into on which day."""

    number: int
    amount: str
    owner: str
    share: int
    close: date
    reason: str
    way: Way

    @property
    def column(self) -> str:
        """Where it stands."""
        return self.way[-1][0]

    @property
    def title(self) -> str:
        """What it is called, and what it is known by: cards are named after both."""
        return f"Case {self.number}"

    def until(self, day: date) -> Life | None:
        """What was to be known of it on a day."""
        told = tuple(one for one in self.way if one[1] <= day)
        return replace(self, way=told) if told else None


def lives(count: int, seed: int, *, back: bool = True) -> list[Life]:
    """Deals of a year: some skip columns, some go back, some do two steps on a day."""
    dice = random.Random(seed)
    found = []
    for number in range(count):
        day = AS_OF - timedelta(days=dice.randrange(3, 360))
        place, way = (0 if dice.random() < 0.8 else dice.randrange(5)), list[tuple[str, date]]()
        while day <= AS_OF:
            way.append((OPEN[place], day))
            day += timedelta(days=dice.choice((0, 1, 3, 8, 21, 40)))
            if day <= AS_OF and dice.random() < 0.3:
                way.append((dice.choice(("won", "lost", "lost")), day))
                break
            place = max(0, place + dice.choice((1, 1, 1, 2, -1 if back else 1)))
            if place > 4 or OPEN[place] == way[-1][0]:
                break
        amount = f"{dice.randrange(100, 90000)}.{dice.randrange(10, 99)}"
        close = AS_OF + timedelta(days=dice.randrange(1, 120))
        reason = dice.choice(("price", "timing", "fit", "competition"))
        owner, share = dice.choice(("Zoé", "Karim", "Inès")), dice.randrange(5, 95)
        found.append(Life(number, amount, owner, share, close, reason, tuple(way)))
    return found


def _csv(rows: Sequence[dict[str, object]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _said(one: Life) -> dict[str, Any]:
    ended = one.column in ("won", "lost")
    return {
        "stage": NAMES[next(column for column, _day in reversed(one.way) if column in OPEN)],
        "status": {"won": "Won", "lost": "Lost"}.get(one.column, "Open"),
        "created": one.way[0][1].isoformat(),
        "changed": one.way[-1][1].isoformat(),
        "closed": one.way[-1][1].isoformat() if ended else "",
        "close": one.way[-1][1].isoformat() if ended else one.close.isoformat(),
        "share": "" if ended else one.share,
        "reason": one.reason if one.column == "lost" else "",
    }


def sheet(found: Sequence[Life]) -> tuple[str, str]:
    """A table with two days."""
    return _csv([
        {"Deal ID": f"D{one.number}", "Deal": one.title, "Amount": one.amount, "Probability": told["share"] and f"{told['share']} %",
         "Stage": told["stage"], "Status": told["status"], "Owner": one.owner, "Created": told["created"],
         "Closed": told["closed"], "Close date": told["close"], "Lost reason": told["reason"]}
        for one in found if (told := _said(one))
    ]), ""  # fmt: skip


def pipedrive(found: Sequence[Life]) -> tuple[str, str]:
    """Days of creation, of the last step, and of the end."""
    return _csv([
        {"Deal - ID": one.number, "Deal - Title": one.title, "Deal - Value": one.amount, "Deal - Currency of value": "EUR",
         "Deal - Stage": told["stage"], "Deal - Status": told["status"], "Deal - Owner": one.owner, "Deal - Probability": told["share"],
         "Deal - Deal created": f"{told['created']} 09:00:00", "Deal - Last stage change": f"{told['changed']} 10:00:00",
         "Deal - Won time": f"{told['closed']} 11:00:00" if told["status"] == "Won" else "",
         "Deal - Lost time": f"{told['closed']} 11:00:00" if told["status"] == "Lost" else "",
         "Deal - Lost reason": told["reason"], "Deal - Expected close date": told["close"]}
        for one in found if (told := _said(one))
    ]), ""  # fmt: skip


def odoo(found: Sequence[Life]) -> tuple[str, str]:
    """A lost deal keeps its stage and is not active."""
    return _csv([
        {"External ID": f"crm_{one.number}", "Opportunity": one.title, "Expected Revenue": one.amount, "Probability": told["share"],
         "Stage": "Won" if told["status"] == "Won" else told["stage"], "Salesperson": one.owner, "Created on": f"{told['created']} 09:00:00",
         "Closed Date": told["closed"] and f"{told['closed']} 10:00:00", "Last Stage Update": f"{told['changed']} 10:00:00",
         "Expected Closing": told["close"], "Lost Reason": told["reason"], "Active": str(told["status"] != "Lost")}
        for one in found if (told := _said(one))
    ]), ""  # fmt: skip


def hubspot(found: Sequence[Life]) -> tuple[str, str]:
    """A column for each stage, with the day on which it was entered last: who goes back loses a day."""
    rows = []
    for one in found:
        told = _said(one)
        entered = {
            f'Date entered "{NAMES[column]} (Sales Pipeline)"': f"{day} 1{at}:00"
            for at, (column, day) in enumerate(one.way[:9])
        }
        every = {f'Date entered "{name} (Sales Pipeline)"': "" for name in NAMES.values()}
        rows.append({
            "Record ID": one.number, "Deal Name": one.title, "Pipeline": "Sales Pipeline", "Deal Stage": NAMES[one.column],
            "Amount": one.amount, "Deal probability": told["share"] and told["share"] / 100, "Close Date": f"{told['close']} 16:00",
            "Create Date": f"{told['created']} 09:10", "Deal owner": one.owner, "Closed Lost Reason": told["reason"], **every, **entered,
        })  # fmt: skip
    return _csv(rows), ""


def salesforce(found: Sequence[Life]) -> tuple[str, str]:
    """Opportunities, and the history of their stages."""
    rows, steps = [], []
    for one in found:
        told = _said(one)
        rows.append({"Id": f"006{one.number:04}", "Name": one.title, "StageName": NAMES[one.column], "Amount": one.amount,
            "Probability": told["share"], "CloseDate": told["close"], "Owner.Name": one.owner, "Loss Reason": told["reason"],
            "CreatedDate": f"{told['created']}T08:00:00.000+0000"})  # fmt: skip
        before = ""
        for at, (column, day) in enumerate(one.way):
            if before:
                steps.append({"OpportunityId": f"006{one.number:04}", "Field": "StageName", "OldValue": NAMES[before],
                    "NewValue": NAMES[column], "CreatedDate": f"{day}T{9 + at % 12:02}:00:00.000+0000", "CreatedBy.Name": one.owner})  # fmt: skip
            before = column
    return _csv(rows), _csv(sorted(steps, key=lambda row: str(row["CreatedDate"]), reverse=True))


def trello(found: Sequence[Life]) -> tuple[str, str]:
    """A board with all its actions, the newest first; it tells no amounts."""
    cards, actions = [], []
    for one in found:
        card = {"id": f"69a5564a{one.number:016x}", "name": one.title, "idList": one.column, "idMembers": []}
        cards.append(card)
        before = ""
        for at, (column, day) in enumerate(one.way):
            data: dict[str, Any] = {"card": {"id": card["id"]}}
            data |= (
                {"listBefore": {"name": NAMES[before]}, "listAfter": {"name": NAMES[column]}}
                if before
                else {"list": {"name": NAMES[column]}}
            )
            actions.append({"type": "updateCard" if before else "createCard", "date": f"{day}T{9 + at % 12:02}:00:00.000Z",
                "memberCreator": {"fullName": one.owner}, "data": data})  # fmt: skip
            before = column
    lists = [{"id": key, "name": name} for key, name in NAMES.items()]
    actions.sort(key=lambda one: str(one["date"]), reverse=True)
    return json.dumps({"name": "Sales", "lists": lists, "members": [], "cards": cards, "actions": actions}), ""


def two_days(one: Life, *, changed: bool) -> Way:
    """What an export tells that has the first day, the last step's where `changed`, and the end's."""
    first, last = one.way[0][1], one.way[-1][1]
    if one.column in ("won", "lost"):
        return (("prospects", first), (one.column, last))
    return (
        (("prospects", first), (one.column, last))
        if changed and last > first and one.column != "prospects"
        else ((one.column, first),)
    )


Writer = Callable[[Sequence[Life]], tuple[str, str]]
SYSTEMS: dict[str, tuple[Writer, Callable[[Life], Way]]] = {
    "sheet": (sheet, lambda one: two_days(one, changed=False)),
    "pipedrive": (pipedrive, lambda one: two_days(one, changed=True)),
    "odoo": (odoo, lambda one: two_days(one, changed=True)),
    "hubspot": (hubspot, lambda one: one.way),
    "salesforce": (salesforce, lambda one: one.way),
    "trello": (trello, lambda one: one.way),
}


def rank(values: list[int], percent: int) -> int | None:
    """Nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)] if ordered else None


def week(day: date) -> str:
    """Its ISO week."""
    year, number, _day = day.isocalendar()
    return f"{year}-W{number:02}"


def figures(found: Sequence[Life], *, money: bool = True) -> dict[str, Any]:
    """All figures of the deals' ways as they are given, worked out from nothing but the table."""
    won = [one for one in found if one.column == "won"]
    lost = [one for one in found if one.column == "lost"]
    still = [one for one in found if one.column in OPEN]
    took = [(one.way[-1][1] - one.way[0][1]).days + 1 for one in won]
    last_monday = AS_OF - timedelta(days=AS_OF.weekday()) if AS_OF.weekday() < 6 else AS_OF - timedelta(days=6)
    complete = [last_monday - timedelta(weeks=back) for back in range(1 if AS_OF.weekday() < 6 else 0, 7)][:6]
    wins = Counter(week(one.way[-1][1]) for one in won)
    per_week = sum(wins[week(monday)] for monday in complete) / 6
    stays: dict[str, dict[int, int]] = defaultdict(dict)
    stock: Counter[tuple[str, str]] = Counter()
    conversion: dict[str, Counter[str]] = {column: Counter() for column in OPEN}
    for one in found:
        ends = [*(day for _column, day in one.way[1:]), None]
        for (column, since), until in zip(one.way, ends, strict=True):
            if column in OPEN and until is not None:
                stays[column][one.number] = stays[column].get(one.number, 0) + (until - since).days
            for number in range(((until or AS_OF + timedelta(days=1)) - since).days if column in OPEN else 0):
                stock[(since + timedelta(days=number)).isoformat(), column] += 1
        columns = [column for column, _day in one.way]
        for place, column in enumerate(OPEN):
            if column in columns:
                after = columns[columns.index(column) + 1 :]
                on = one.column == "won" or any(later in OPEN[place + 1 :] for later in after)
                conversion[column].update(
                    ["entered", "advanced" if on else "exited" if one.column == "lost" else "open"]
                )
    told = {
        "cycle": {"n": len(took), **{f"p{one}": rank(took, one) for one in (50, 70, 85, 95)}},
        "wip": dict(Counter(one.column for one in still)),
        "weeks": {kind: dict(Counter(week(one.way[-1][1]) for one in held)) for kind, held in (("won", won), ("lost", lost))},
        "conversion": {key: {name: one[name] for name in ("entered", "advanced", "exited", "open")} for key, one in conversion.items()},
        "time": {key: {"n": len(one), "p50": rank(list(one.values()), 50), "p85": rank(list(one.values()), 85)}
                 for key, one in stays.items()},
        "stock": dict(stock),
        "age": {one.title.lower().replace(" ", "-"): ((AS_OF - one.way[0][1]).days + 1, one.column) for one in still},
        "won_per_week": round(per_week, 6),
        "expected": round(4 * per_week, 6),
        "W": sum(one.column == "negotiation" for one in still),
        "L": rank(took, 50),
    }  # fmt: skip
    if money:
        months, paid = Counter[str](), Counter[str]()
        for one in still:
            months[one.close.isoformat()[:7]] += round(float(one.amount) * 100) * one.share
        for one in won:
            paid[one.way[-1][1].isoformat()[:7]] += round(float(one.amount) * 100)
        told["months"] = {month: cents / 10000 for month, cents in months.items()}
        told["won_amounts"] = {month: cents / 100 for month, cents in paid.items()}
        told["reasons"] = dict(Counter(one.reason for one in lost))
    return told
