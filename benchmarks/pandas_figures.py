"""The figures of a board that was imported, beside those that pandas works out from the same table.

    python -m benchmarks.pandas_figures table 8000 4711 deals.csv       a made up table: how many deals, which seed
    python -m benchmarks.pandas_figures compare BOARD deals.csv         needs pandas, in an environment of its own

Between the two: `kanban -C BOARD import deals.csv --as-of 2026-11-01` on a board with the columns of the tests. Exit 1
where one figure differs.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

DAY = "2026-11-01"
STAGES = {
    "Prospects": "prospects",
    "Qualified": "qualified",
    "Meeting booked": "meeting",
    "Offer sent": "offer",
    "Negotiation": "negotiation",
}
Pair = tuple[str, Any, Any]


def asked(board: str, *words: str) -> Any:
    """What kanban answers."""
    command = ["kanban", "-C", board, *words, "--as-of", DAY, "--json"]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def figures(board: str, table: str) -> Iterator[Pair]:
    """Name, kanban's figure, pandas' figure."""
    import numpy as np
    import pandas as pd

    def rank(values: Any, percent: int) -> int:
        return int(np.quantile(values, percent / 100, method="inverted_cdf"))

    found, forecast = asked(board, "metrics"), asked(board, "forecast")
    deals = pd.read_csv(table, parse_dates=["Created", "Closed", "Close date"])
    today = pd.Timestamp(DAY)
    won, lost, still = (deals[deals.Status == one] for one in ("Won", "Lost", "Open"))
    ended, columns = pd.concat([won, lost]), still.Stage.map(STAGES)
    took, stay = (won.Closed - won.Created).dt.days + 1, (ended.Closed - ended.Created).dt.days
    yield "cycle time, n", found["cycle_time"]["n"], len(won)
    for percent in (50, 70, 85, 95):
        yield f"cycle time, p{percent}", found["cycle_time"][f"p{percent}"], rank(took, percent)
    for kind, held in (("won", won), ("lost", lost)):
        weeks = held.Closed.dt.strftime("%G-W%V").value_counts()
        for one in found["throughput"]["weeks"]:
            yield f"{kind} in {one['week']}", one[kind], int(weeks.get(one["week"], 0))
    for column in STAGES.values():
        here, first = int((columns == column).sum()), column == "prospects"
        wanted = {"entered": here + first * len(ended), "advanced": first * len(won), "exited": first * len(lost)}
        for key, value in (wanted | {"open": here}).items():
            yield f"conversion of {column}, {key}", found["conversion"][column][key], value
        yield f"work in progress, {column}", found["wip"]["columns"][column]["count"], here
    for percent in (50, 85):
        yield f"time in prospects, p{percent}", found["time_in_column"]["prospects"][f"p{percent}"], rank(stay, percent)
    ages = dict(zip(still.Deal.str.lower().str.replace(" ", "-"), (today - still.Created).dt.days + 1, strict=True))
    for one in found["age"]:
        yield f"age of {one['card']}", one["age_days"], ages[one["card"]]
    yield "open deals", len(found["age"]), len(ages)
    daily = {(day, key): count for day, key, count in asked(board, "sql", "select * from wip_daily")["rows"]}
    stage = deals.Stage.map(STAGES).where(deals.Status == "Open", "prospects")
    days = pd.date_range(deals.Created.min(), today)
    for column in STAGES.values():
        held = deals[stage == column]
        begun, gone = (held.groupby(key).size().reindex(days, fill_value=0).cumsum() for key in ("Created", "Closed"))
        for day, count in (begun - gone).items():
            yield f"{column} on {day.date()}", daily.get((str(day.date()), column), 0), int(count)
    worth = still.Amount * still.Probability.str.rstrip(" %").astype(float) / 100
    months = found["weighted_pipeline"]["EUR"]["months"]
    for month, value in worth.groupby(still["Close date"].dt.strftime("%Y-%m")).sum().items():
        yield f"weighted, {month}", round(float(months[month]), 1), round(float(value), 1)
    said = "select substr(ended, 1, 7), sum(cast(amount as real)) from cards where outcome = 'won' group by 1"
    paid = dict(asked(board, "sql", said)["rows"])
    for month, value in won.groupby(won.Closed.dt.strftime("%Y-%m")).Amount.sum().items():
        yield f"won in {month}", round(paid[month], 1), round(float(value), 1)
    said = "select lost_reason, count(*) from cards where outcome = 'lost' group by 1"
    reasons = dict(asked(board, "sql", said)["rows"])
    for reason, count in lost["Lost reason"].value_counts().items():
        yield f"lost for {reason}", reasons[reason], int(count)
    weekly = int((won.Closed > today - pd.Timedelta(days=42)).sum()) / 6  # the day is a Sunday
    yield "won per week", round(found["throughput"]["won_per_week"], 9), round(weekly, 9)
    yield "expected in four weeks", round(forecast["sheet_rule"]["expected"], 9), round(4 * weekly, 9)
    yield "in negotiation", forecast["w"], int((columns == "negotiation").sum())
    yield "lead time", forecast["lead_time_p50"], rank(took, 50)


def main() -> None:
    """Make the table, or compare."""
    if sys.argv[1] == "table":
        from tests.imports.lives import lives, sheet

        with open(sys.argv[4], "w", encoding="utf-8") as file:
            file.write(sheet(lives(int(sys.argv[2]), int(sys.argv[3])))[0])
        return
    pairs = list(figures(*sys.argv[2:4]))
    differ = [one for one in pairs if one[1] != one[2]]
    print(f"{len(pairs)} figures, {len(differ)} differ", *differ[:10], sep="\n")
    sys.exit(bool(differ))


if __name__ == "__main__":
    main()
